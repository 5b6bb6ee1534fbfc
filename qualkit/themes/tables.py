"""Theme table, overview of codes, and the list of coded passages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from qualkit.language.printed import printed
from qualkit.model import Codebook, Coding, Extract
from qualkit.table import Cell, Column, Table
from qualkit.themes.outline import Line


def theme_table(lines: Sequence[Line], extracts: Sequence[Extract], *, language: str) -> Table:
    """Return theme, subtheme, code and the quotations that a person chose.

    The tool chooses none: where no quotation was chosen the cell says so. Chosen ones are codings of
    `extracts`; their words are rendered when the table is published.

    Args:
        lines: The rows.
        extracts: Accepted codings.
        language: nb, nn or en.
    """
    by_id = {extract.coding.id: extract.coding for extract in extracts}
    empty = printed("choose-quotation", language)
    subthemes = any(line.subtheme for line in lines)
    headed = any(line.theme for line in lines)
    rows: list[tuple[Cell, ...]] = []
    for line in lines:
        chosen: list[Coding | str] = [
            by_id[identifier]
            for identifier in dict.fromkeys(line.quotations)
            if identifier in by_id and by_id[identifier].code == line.code.id
        ]
        heads: list[Cell] = [line.theme] if headed else []
        heads += [line.subtheme] if subthemes else []
        rows += [(*heads, line.code.name, quotation) for quotation in chosen or [empty]]
    columns = []
    if headed:
        columns.append(Column("theme", printed("theme", language), groups=True))
    if subthemes:
        columns.append(Column("subtheme", printed("subtheme", language), groups=True))
    columns += [
        Column("code", printed("code", language), groups=True),
        Column("quotation", printed("quotation", language), "quotation"),
    ]
    title = printed("theme-table", language)
    return Table("theme-table", title, tuple(columns), tuple(rows), description=title)


def quotation_list(
    lines: Sequence[Line], extracts: Sequence[Extract], *, language: str
) -> tuple[Table, dict[tuple[str, str], int]]:
    """Return every accepted coding with its words, and by code and participant the first row.

    The words are rendered when the table is published.
    """
    order = {code: number for number, code in enumerate(dict.fromkeys(line.code.id for line in lines))}
    names = {line.code.id: line.code.name for line in lines}
    chosen = sorted(
        (extract for extract in extracts if extract.coding.code in order),
        key=lambda e: (order[e.coding.code], e.participant, e.coding.unit.span),
    )
    first: dict[tuple[str, str], int] = {}
    rows: list[tuple[Cell, ...]] = []
    for extract in chosen:
        coding = extract.coding
        first.setdefault((coding.code, extract.participant), len(rows))
        rows.append(
            (
                coding.id,
                names[coding.code],
                extract.participant,
                str(coding.unit.span),
                printed(coding.status, language),
                coding,
            )
        )
    keys = ("id", "code", "participant", "place", "status")
    columns = (
        *(Column(key, printed(key, language)) for key in keys),
        Column("quotation", printed("quotation", language), "quotation"),
    )
    title = printed("quotation-list", language)
    return Table("quotations", title, columns, tuple(rows), description=title), first


def overview(
    codebook: Codebook, extracts: Sequence[Extract], participants: Sequence[str], *, widest: int = 12
) -> Table:
    """Return codes against participants with proposals and decisions apart, as `qualkit code` shows them.

    With more than `widest` participants the columns are sums, so that a terminal can hold them.

    Args:
        extracts: Proposed and accepted codings.
        participants: Ids in the order of the columns.
    """
    counts: dict[tuple[str, str, str], int] = defaultdict(int)
    for extract in extracts:
        counts[extract.coding.code, extract.participant, extract.coding.status] += 1
    return overview_of_counts(codebook, counts, participants, widest=widest)


def overview_of_counts(
    codebook: Codebook, counts: dict[tuple[str, str, str], int], participants: Sequence[str], *, widest: int = 12
) -> Table:
    """Return the overview from counts by code, participant and status."""
    wide = len(participants) > widest
    columns = [Column("code", "Code")]
    if not wide:
        columns += [Column(participant, participant or "–", "count") for participant in participants]
    columns += [Column("proposed", "Proposed", "count"), Column("accepted", "Accepted", "count")]
    columns.append(Column("participants", "Participants", "count"))
    rows: list[tuple[Cell, ...]] = []
    for path in codebook.paths().values():
        code = path[-1]
        per = {
            person: (counts[code.id, person, "proposed"], counts[code.id, person, "accepted"])
            for person in participants
        }
        if not code.codable and not any(map(sum, per.values())):
            rows.append(("  " * (len(path) - 1) + code.name, *([None] * (len(columns) - 1))))
            continue
        cells: list[Cell] = [] if wide else [_both(*per[person]) for person in participants]
        proposed, accepted = sum(p for p, _ in per.values()), sum(a for _, a in per.values())
        people = sum(bool(p or a) for person, (p, a) in per.items() if person)
        rows.append(("  " * (len(path) - 1) + code.name, *cells, proposed, accepted, people))
    notes = ("A cell counts codings: accepted, and after + proposed.",) if not wide else ()
    return Table("overview", "Codes and participants", tuple(columns), tuple(rows), notes)


def _both(proposed: int, accepted: int) -> Cell:
    if proposed:
        return f"{accepted}+{proposed}" if accepted else f"+{proposed}"
    return accepted or None
