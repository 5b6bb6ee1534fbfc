"""What was lifted out of the transcripts and what was not: for remarks, and for reading again."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Sequence

from qualkit.coding.codings import unit_at
from qualkit.condensation.remarks import Lifted, remarks_table
from qualkit.condensing import gathered_groups
from qualkit.linenumbers import lay_lines, line_at
from qualkit.material import Material, speaker_ids, stands
from qualkit.model import Coding, Transcript
from qualkit.table import Cell, Column, Table

_WORD = re.compile(r"\S+")


def remarks(material: Material) -> Table:
    """Return what there is to remark of a study's meaning units."""
    names = {code.id: code.name for code in material.codebook.walk()}
    asked = {
        extract.coding.id: _asked(extract.coding, record)
        for extract in material.accepted()
        if (record := material.transcripts.get(extract.coding.unit.span.transcript)) is not None
        and stands(extract.coding, record)
    }
    return remarks_table(gathered_groups(material), names, asked, _lifted(material))


def unread_turns(material: Material, *, words: bool = False) -> Table:
    """Return the turns of participants in which nothing is coded, to be read again.

    Args:
        material: Of the study.
        words: Whether to show what is said there: for the researcher's own screen.
    """
    covered = _covered(material)
    rows: list[tuple[Cell, ...]] = []
    for record in material.transcripts.values():
        owners = speaker_ids(record, material.participants)
        lines = lay_lines(record.text)
        for turn in record.turns:
            person = owners.get(turn.speaker or "")
            number = len(_WORD.findall(record.text, turn.start, turn.end))
            if person is None or not number or _touched(covered[record.id], turn.start, turn.end):
                continue
            row: list[Cell] = [record.id, line_at(lines, turn.start), person, number]
            if words:
                unit = unit_at(record, turn.start, turn.end)
                row.append(Coding("", unit, "", "", "proposed", "manual", ""))
            rows.append(tuple(row))
    columns = [
        Column("transcript", "Transcript", groups=True),
        Column("line", "Line", "count"),
        Column("participant", "Participant"),
        Column("words", "Words", "count"),
    ]
    if words:
        columns.append(Column("said", "Said", "quotation"))
    return Table("reread", "Turns in which nothing is coded", tuple(columns), tuple(rows))


def _asked(coding: Coding, record: Transcript) -> int:
    span = coding.unit.span
    asking = {speaker.label for speaker in record.speakers if speaker.role == "interviewer"}
    return sum(
        len(record.text[max(turn.start, span.start) : min(turn.end, span.end)].split())
        for turn in record.turns
        if turn.speaker in asking and turn.start < span.end and span.start < turn.end
    )


def _covered(material: Material) -> dict[str, list[tuple[int, int]]]:
    """Return, by transcript, the places that accepted codings cover, each once, in order."""
    found: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for extract in material.accepted():
        span = extract.coding.unit.span
        record = material.transcripts.get(span.transcript)
        if record is not None and stands(extract.coding, record):
            found[span.transcript].append((span.start, span.end))
    for name, places in found.items():
        joined: list[tuple[int, int]] = []
        for start, end in sorted(places):
            if joined and start <= joined[-1][1]:
                joined[-1] = joined[-1][0], max(joined[-1][1], end)
            else:
                joined.append((start, end))
        found[name] = joined
    return found


def _touched(places: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    """Return whether any of the places lies within these two offsets, or runs into them."""
    at = bisect_right(places, end - 1, key=lambda place: place[0])
    return at > 0 and places[at - 1][1] > start


def _lifted(material: Material) -> list[Lifted]:
    covered = _covered(material)
    said: Counter[str] = Counter()
    taken: Counter[str] = Counter()
    for record in material.transcripts.values():
        owners = speaker_ids(record, material.participants)
        for turn in record.turns:
            person = owners.get(turn.speaker or "")
            if person is None:
                continue
            for word in _WORD.finditer(record.text, turn.start, turn.end):
                said[person] += 1
                taken[person] += _touched(covered[record.id], word.start(), word.end())
    return [Lifted(person, taken[person], said[person]) for person in material.people()]
