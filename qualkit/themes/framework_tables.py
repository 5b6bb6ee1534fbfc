"""The framework matrix as tables: cases and themes, and the passages that summaries rest on."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from qualkit.language.printed import printed
from qualkit.model import Extract, Span
from qualkit.summary import Summary
from qualkit.table import Cell, Column, Table
from qualkit.themes.frameworkfile import became

FLAG = "⚑"
"""Before a summary whose passages changed since it was written; on the researcher's own desk alone."""


def framework_matrix(
    cells: Sequence[Summary],
    cases: Sequence[str],
    themes: Sequence[tuple[str, str]],
    *,
    language: str,
    flagged: Collection[tuple[str, str]] = (),
) -> Table:
    """Return cases against themes with the summaries in the cells.

    Args:
        cells: Of framework.yaml.
        cases: Participants' ids, the rows.
        themes: Ids and headings, the columns.
        language: nb, nn or en.
        flagged: Case and theme of summaries to mark.
    """
    by_place = {(cell.case, cell.theme): cell.text for cell in cells}
    rows: list[tuple[Cell, ...]] = []
    for case in cases:
        told: list[Cell] = [case]
        for theme, _ in themes:
            text = by_place.get((case, theme), "")
            told.append(f"{FLAG} {text}" if (case, theme) in flagged else text or None)
        rows.append(tuple(told))
    columns = (Column("case", printed("case", language)), *(Column(theme, heading) for theme, heading in themes))
    title = printed("framework", language)
    return Table("framework", title, columns, tuple(rows), description=title)


def passages_table(
    cells: Sequence[Summary],
    extracts: Mapping[str, Extract],
    codes: Mapping[str, Collection[str]],
    headings: Mapping[str, str],
    *,
    language: str,
) -> Table:
    """Return every summary with its passages, what became of them, and accepted ones it does not rest on.

    The words are rendered when the table is published.

    Args:
        cells: Of framework.yaml.
        extracts: By coding id, every coding of the study.
        codes: By id of a theme, its codes.
        headings: By id of a theme.
        language: nb, nn or en.
    """
    rows: list[tuple[Cell, ...]] = []
    for cell in cells:
        own = codes.get(cell.theme, ())
        changed = became(cell, extracts, own)
        heading = headings.get(cell.theme, cell.theme)
        linked = {rest.coding for rest in cell.passages}
        for rest in cell.passages:
            extract = extracts.get(rest.coding)
            said: Cell = extract.coding if extract is not None else None
            rows.append((cell.case, heading, cell.text, rest.coding, changed.get(rest.coding, ""), said))
        # What two coders gave the same code is one passage.
        shown = {_passage(extracts[identifier]) for identifier in linked if identifier in extracts}
        for identifier, extract in extracts.items():
            coding = extract.coding
            here = extract.participant == cell.case and coding.code in own and coding.status == "accepted"
            if here and identifier not in linked and _passage(extract) not in shown:
                shown.add(_passage(extract))
                rows.append((cell.case, heading, cell.text, identifier, printed("not-linked", language), coding))
    columns = (
        Column("case", printed("case", language), groups=True),
        Column("theme", printed("theme", language), groups=True),
        Column("summary", printed("summary", language), groups=True),
        Column("id", printed("id", language)),
        Column("became", printed("became", language)),
        Column("quotation", printed("quotation", language), "quotation"),
    )
    return Table("framework-passages", printed("framework-passages", language), columns, tuple(rows))


def _passage(extract: Extract) -> tuple[Span, str]:
    return extract.coding.unit.span, extract.coding.code
