"""What the third step of condensation looks like, as tables."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from qualkit.condensate import CodeGroup, Subgroup
from qualkit.condensation.gathering import Gathered
from qualkit.condensation.grounding import ground
from qualkit.language.printed import printed
from qualkit.model import Coding, Extract
from qualkit.table import MARK, Cell, Column, Table


def overview_table(gathered: Sequence[Gathered], names: Mapping[str, str]) -> Table:
    """Return code groups and subgroups with what is placed, set aside, written and chosen.

    Args:
        gathered: Code groups, and codes whose units nobody has placed yet.
        names: Of codes, by id.
    """
    rows: list[tuple[Cell, ...]] = []
    for one in gathered:
        name = one.group.name or names.get(one.group.code, one.group.code)
        for subgroup in one.group.subgroups:
            used = one.used[subgroup.id]
            rows.append(
                (
                    name,
                    f"{subgroup.name} ({subgroup.id})" if subgroup.name != subgroup.id else subgroup.id,
                    len(used) or None,
                    len(one.aside[subgroup.id]) or None,
                    len({extract.participant for extract in used} - {""}) or None,
                    MARK if subgroup.condensate else None,
                    MARK if subgroup.golden else None,
                    MARK if subgroup.analytic else None,
                )
            )
        if one.waiting or not one.group.subgroups:
            rows.append((name, "(not placed)", len(one.waiting) or None, None, _people(one.waiting), None, None, None))
    columns = (
        Column("group", "Code group", groups=True),
        Column("subgroup", "Subgroup"),
        Column("units", "Units", "count"),
        Column("aside", "Set aside", "count"),
        Column("participants", "Participants", "count"),
        Column("condensate", "Condensate", "mark"),
        Column("golden", "Golden quotation", "mark"),
        Column("analytic", "Analytic text", "mark"),
    )
    return Table("condensation", "Code groups, subgroups and condensates", columns, tuple(rows))


def _people(extracts: Sequence[Extract]) -> int | None:
    return len({extract.participant for extract in extracts} - {""}) or None


def units_table(one: Gathered, *, language: str) -> Table:
    """Return a code group's meaning units with where they were placed; the words are rendered when it is published."""
    where: dict[str, str] = {}
    for subgroup in one.group.subgroups:
        for unit in subgroup.units:
            if unit.fate != "moved":
                where[unit.coding] = subgroup.id if unit.fate == "used" else f"{subgroup.id}: set aside"
    rows: list[tuple[Cell, ...]] = [
        (
            where.get(extract.coding.id, ""),
            extract.coding.id,
            extract.participant,
            str(extract.coding.unit.span),
            extract.coding,
        )
        for extract in sorted(one.units, key=lambda e: (where.get(e.coding.id, ""), e.coding.unit.span))
    ]
    columns = (
        Column("subgroup", printed("subgroup", language), groups=True),
        Column("id", printed("id", language)),
        Column("participant", printed("participant", language)),
        Column("place", printed("place", language)),
        Column("words", printed("meaning-units", language), "quotation"),
    )
    return Table("code-group", one.group.name or one.group.code, columns, tuple(rows))


def audit_table(gathered: Sequence[Gathered], names: Mapping[str, str], *, language: str) -> Table:
    """Return the condensation as published studies show it: meaning units, condensate, analytic text.

    The form is that of the worked example in Malterud's tradition: every unit a condensate was written from beside
    the condensate, and what was made of it. Units are rendered when the table is published.
    """
    rows: list[tuple[Cell, ...]] = []
    for one in gathered:
        name = one.group.name or names.get(one.group.code, one.group.code)
        for subgroup in one.group.subgroups:
            if not subgroup.condensate:
                continue
            units: list[Coding | None] = [extract.coding for extract in one.used[subgroup.id]]
            written = _flowing(subgroup.condensate), _flowing(subgroup.analytic) or None
            rows += [(f"{name}: {subgroup.name}", unit, *written) for unit in units or [None]]
    title = printed("audit-table", language)
    columns = (
        Column("subgroup", printed("subgroup", language), groups=True),
        Column("units", printed("meaning-units", language), "quotation"),
        Column("condensate", printed("condensate", language), groups=True),
        Column("analytic", printed("analytic-text", language), groups=True),
    )
    note = printed("condensate-note", language)
    return Table("audit", title, columns, tuple(rows), (note,), description=title)


def _flowing(text: str) -> str:
    """Return running text: where a line ends in the file says nothing, an empty line parts paragraphs."""
    return "\n\n".join(" ".join(piece.split()) for piece in re.split(r"\n\s*\n", text))


def grounding_table(group: CodeGroup, subgroup: Subgroup, units: Sequence[Extract], *, language: str) -> Table:
    """Return which words of a condensate stand in no unit of its subgroup. Information, with no pass mark."""
    found = ground(subgroup.condensate, [extract.coding.unit.text for extract in units], language=language)
    own = [subgroup.condensate[start:end] for start, end in found.own]
    rows: tuple[tuple[Cell, ...], ...] = (
        ("words of the condensate", found.words, ""),
        ("of them in a unit, in this form or another", found.held, _share(found.held, found.words)),
        ("in no unit", len(own), ", ".join(dict.fromkeys(word.casefold() for word in own))),
        ("runs of three words that stand in a unit as they are", found.runs, _share(found.runs, found.of_runs)),
    )
    columns = (Column("what", "What"), Column("number", "Number", "count"), Column("told", ""))
    notes = ("Information only: words that no unit has are the analyst's own, not wrong.",)
    return Table("grounding", f"{group.code}: {subgroup.name}", columns, rows, notes)


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.1%}" if whole else ""
