"""What stands in each subgroup: the meaning units a person placed there, and those that wait to be placed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from qualkit.condensate import CodeGroup, Subgroup
from qualkit.model import Extract


@dataclass(frozen=True, slots=True)
class Gathered:
    """A code group with its meaning units.

    Attributes:
        group: As the file has it.
        units: Every accepted coding of the code, in the order of the transcripts.
        used: By subgroup id, the units its condensate is written from, in the file's order.
        aside: By subgroup id, the units that were set aside.
        waiting: Units that stand in no subgroup yet.
        stray: By subgroup id, ids in the file that are no accepted coding of this code.
    """

    group: CodeGroup
    units: tuple[Extract, ...]
    used: dict[str, tuple[Extract, ...]]
    aside: dict[str, tuple[Extract, ...]]
    waiting: tuple[Extract, ...]
    stray: dict[str, tuple[str, ...]]


def gather_units(group: CodeGroup, extracts: Sequence[Extract]) -> Gathered:
    """Return a code group's meaning units by subgroup.

    Args:
        group: Whose code gathers them.
        extracts: Accepted codings of the study; other codes are passed over.
    """
    units = tuple(extract for extract in extracts if extract.coding.code == group.code)
    by_id = {extract.coding.id: extract for extract in units}
    used, aside, stray = {}, {}, {}
    placed: set[str] = set()
    for subgroup in group.subgroups:
        used[subgroup.id] = _of(subgroup, "used", by_id)
        aside[subgroup.id] = _of(subgroup, "set-aside", by_id)
        stray[subgroup.id] = tuple(one.coding for one in subgroup.units if one.coding not in by_id)
        placed.update(one.coding for one in subgroup.units if one.fate != "moved")
    waiting = tuple(extract for extract in units if extract.coding.id not in placed)
    return Gathered(group, units, used, aside, waiting, stray)


def _of(subgroup: Subgroup, fate: str, by_id: dict[str, Extract]) -> tuple[Extract, ...]:
    return tuple(by_id[one.coding] for one in subgroup.units if one.fate == fate and one.coding in by_id)
