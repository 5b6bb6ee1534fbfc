"""What a careful colleague would remark of meaning units: told on request, never forbidden."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from qualkit.condensation.gathering import Gathered
from qualkit.model import Extract, Span
from qualkit.table import Cell, Column, Table

LONG = 150
"""Words from which a meaning unit is told of as long."""


@dataclass(frozen=True, slots=True)
class Lifted:
    """How much of what a participant said stands in meaning units.

    Attributes:
        lifted: Words in at least one accepted unit.
        said: All words.
    """

    participant: str
    lifted: int
    said: int


def remarks_table(
    gathered: Sequence[Gathered], names: Mapping[str, str], asked: Mapping[str, int], lifted: Sequence[Lifted]
) -> Table:
    """Return everything there is to remark; ids and places, no words.

    Args:
        gathered: The code groups.
        names: Of codes, by id.
        asked: By coding id, how many words in it are an interviewer's.
        lifted: Of each participant.
    """
    rows: list[tuple[Cell, ...]] = []
    for one in gathered:
        name = one.group.name or names.get(one.group.code, one.group.code)
        rows += [(what, name, about, told) for what, about, told in _of_group(one, asked)]
    rows += [("in two groups", groups, ids, "") for groups, ids in _twice(gathered, names)]
    rows += [
        ("share of text lifted", "", one.participant, f"{one.lifted / one.said:.0%} ({one.lifted} of {one.said} words)")
        for one in lifted
        if one.said
    ]
    columns = (
        Column("remark", "Remark", groups=True),
        Column("group", "Code group"),
        Column("about", "Unit or participant"),
        Column("told", "Told"),
    )
    notes = ("Remarks, not faults: whether any of it matters is yours to judge.",)
    return Table("remarks", "Remarks on meaning units", columns, tuple(sorted(rows, key=_order)), notes)


def _order(row: tuple[Cell, ...]) -> int:
    kinds = ("rests on one participant", "in two groups", f"over {LONG} words", "the interviewer speaks in it")
    return kinds.index(str(row[0])) if row[0] in kinds else len(kinds)


def _of_group(one: Gathered, asked: Mapping[str, int]) -> Iterator[tuple[str, str, str]]:
    people = {extract.participant for extract in one.units}
    if len(people) == 1 and one.units:
        units = "1 unit" if len(one.units) == 1 else f"{len(one.units)} units"
        yield "rests on one participant", next(iter(people)) or "(nobody known)", units
    for extract in one.units:
        words = len(extract.coding.unit.text.split())
        if words > LONG:
            yield f"over {LONG} words", extract.coding.id, f"{words} words"
        if asked.get(extract.coding.id):
            yield "the interviewer speaks in it", extract.coding.id, f"{asked[extract.coding.id]} of {words} words"


def _twice(gathered: Sequence[Gathered], names: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield the groups, and the ids, of passages that are units of several groups."""
    standing: dict[Span, list[Extract]] = defaultdict(list)
    called = {one.group.code: one.group.name or names.get(one.group.code, one.group.code) for one in gathered}
    for one in gathered:
        for extract in one.units:
            standing[extract.coding.unit.span].append(extract)
    for units in standing.values():
        codes = dict.fromkeys(extract.coding.code for extract in units)
        if len(codes) > 1:
            yield " · ".join(called[code] for code in codes), ", ".join(extract.coding.id for extract in units)
