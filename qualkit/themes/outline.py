"""The rows of every table of results: themes and codes in their order, from themes.yaml or the codebook."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from qualkit.model import Code, Codebook, Theme


@dataclass(frozen=True, slots=True)
class Line:
    """One code at its place among the themes.

    Attributes:
        theme: Heading; "" in a codebook without levels above its codes.
        subtheme: Heading; "" where there is none.
        code: The code.
        quotations: Ids of the codings chosen for print under this theme, whatever their code.
    """

    theme: str
    subtheme: str
    code: Code
    quotations: tuple[str, ...] = ()


def outline(codebook: Codebook, themes: Sequence[Theme] = (), used: Collection[str] = ()) -> list[Line]:
    """Return the lines of the results: from the themes where there are any, else from the codebook's tree.

    Args:
        codebook: Its tree gives the lines where there are no themes.
        themes: Codes that stand in none of them get no line.
        used: Ids of codes that passages have. A code with codes below it, or one that is not meant for
            coding, gets a line of its own only if it is among them.

    Example:
        >>> book = Codebook(codes=(Code("g", "Gruppe", children=(Code("a", "A"), Code("b", "B"))),))
        >>> [(line.theme, line.code.name) for line in outline(book)]
        [('Gruppe', 'A'), ('Gruppe', 'B')]
    """
    if themes:
        codes = {code.id: code for code in codebook.walk()}
        return [line for theme in themes for line in _of_theme(theme, codes)]
    lines: list[Line] = []
    for path in codebook.paths().values():
        code = path[-1]
        if code.id in used or (code.codable and not code.children):
            above = [parent.name for parent in path[:-1]] or ([code.name] if code.children else [])
            lines.append(Line(above[0] if above else "", " / ".join(above[1:]), code))
    return lines


def _of_theme(theme: Theme, codes: dict[str, Code]) -> Iterator[Line]:
    for code in theme.codes:
        if code in codes:
            yield Line(theme.heading, "", codes[code], theme.quotations)
    for subtheme in theme.subthemes:
        for code in subtheme.codes:
            if code in codes:
                yield Line(theme.heading, subtheme.heading, codes[code], (*subtheme.quotations, *theme.quotations))
