"""The ladder of content analysis, from meaning unit to theme, as a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from qualkit.condensate import CondensedUnit
from qualkit.language.printed import printed
from qualkit.model import Codebook, Extract
from qualkit.table import Cell, Column, Table


def ladder_table(
    extracts: Sequence[Extract],
    condensed: Sequence[CondensedUnit],
    codebook: Codebook,
    themes: Mapping[str, Sequence[str]],
    *,
    written: bool,
    language: str,
) -> Table:
    """Return meaning unit, condensed unit, code, the categories above the code, and theme, row by row.

    Units are rendered when the table is published.

    Args:
        extracts: Accepted codings.
        condensed: By a person.
        codebook: Its tree has categories above the codes, and subcategories where there are more levels.
        themes: Headings by code id.
        written: Leave out units that nobody has condensed.
        language: nb, nn or en.
    """
    short = {one.coding: one.text for one in condensed}
    paths = {path[-1].id: path for path in codebook.paths().values()}
    order = {code: number for number, code in enumerate(paths)}
    deepest = max((len(paths[e.coding.code]) for e in extracts if e.coding.code in paths), default=1) - 1
    rows: list[tuple[Cell, ...]] = []
    for extract in sorted(extracts, key=lambda e: (order.get(e.coding.code, len(order)), e.coding.unit.span)):
        coding = extract.coding
        if written and not short.get(coding.id):
            continue
        path = paths.get(coding.code, ())
        above = [code.name for code in reversed(path[:-1])]
        name = path[-1].name if path else coding.code
        named = "; ".join(dict.fromkeys(themes.get(coding.code, ())))
        rows.append((coding, short.get(coding.id), name, *above, *[None] * (deepest - len(above)), named or None))
    # The level nearest to the code is the subcategory where there is one above it.
    levels = ["category"] if deepest == 1 else ["subcategory", *(["category"] * (deepest - 1))] if deepest else []
    columns = (
        Column("unit", printed("meaning-unit", language), "quotation"),
        Column("condensed", printed("condensed-unit", language)),
        Column("code", printed("code", language), groups=True),
        *(
            Column(level if number < 2 else f"{level}-{number}", printed(level, language), groups=True)
            for number, level in enumerate(levels)
        ),
        Column("theme", printed("theme", language), groups=True),
    )
    title = printed("ladder", language)
    return Table("ladder", title, columns, tuple(rows), description=title)
