"""A transcript as an export would print it: print forms in the place of names, and the places that are still open."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from qualkit import scanning
from qualkit import study as studies
from qualkit.anonymisation.forms import find_forms
from qualkit.anonymisation.queue import waiting
from qualkit.anonymisation.redactor import Register, Rendered, everything_known, rendered
from qualkit.clearing import register_of
from qualkit.identity import Hit
from qualkit.language.printed import printed
from qualkit.material import load_material, speaker_ids
from qualkit.model import Transcript
from qualkit.workbench.answers import Answer, Ask, Route
from qualkit.workbench.desk import Desk

Marked = tuple[int, int, str]
"""Begin and end, in code points of the transcript, and "shown" for a print form or "open" for an undecided place."""


def show_print(desk: Desk, ask: Ask) -> Answer:
    """Return a transcript's turns in pieces, as they would be printed."""
    study = desk.study()
    record = desk.laid(study, ask.path["id"]).record
    material = load_material(study)
    whole, marks = marked(record, register_of(material), scanning.hits_in(study, record))
    ids = speaker_ids(record, material.participants)
    barred = {person.id for person in material.participants if not person.may_quote}
    turns = []
    for turn in record.turns:
        speaker = record.speaker(turn.speaker)
        silent = ids.get(turn.speaker or "") in barred
        turns.append(
            {
                "number": turn.number,
                "who": whole.between(turn.label_start, turn.start).strip(" :\t\n") if turn.speaker else "",
                "role": speaker.role if speaker else "",
                "quoted": not silent,
                "pieces": [] if silent else pieces_of(whole, marks, turn.start, turn.end),
            }
        )
    if not record.turns:
        turns.append(
            {"number": 1, "who": "", "role": "", "quoted": True, "pieces": pieces_of(whole, marks, 0, len(record.text))}
        )
    return {
        "id": record.id,
        "quoted": record.may_quote,
        "open": sum(kind == "open" for _, _, kind in marks),
        "note": printed("not-quoted", study.settings.language),
        "turns": turns,
        "others": studies.transcript_ids(study),
    }


def marked(record: Transcript, register: Register, hits: Sequence[Hit]) -> tuple[Rendered, list[Marked]]:
    """Return a transcript as it would be printed, and where print forms and undecided places stand in it.

    Args:
        record: As it is now.
        register: What must not be printed.
        hits: What detectors see in it.
    """
    known = everything_known(register)
    whole = rendered(record.text, register, transcript=record.id)
    open_ = [(hit.start, hit.end) for hit in waiting(hits, record.text, known, record.id)]
    open_ += [(place.start, place.end) for place in whole.open]
    return whole, _marks(find_forms(record.text, known, transcript=record.id), joined(open_))


def joined(places: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return places with those that overlap made one."""
    out: list[tuple[int, int]] = []
    for start, end in sorted(set(places)):
        if out and start < out[-1][1]:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return out


def _marks(found: Sequence[Any], open_: Sequence[tuple[int, int]]) -> list[Marked]:
    decided = [
        (one.start, one.end, "shown")
        for one in found
        if not one.ambiguous
        and one.identity.decided
        and one.identity.action != "keep"
        and not any(start < one.end and one.start < end for start, end in open_)
    ]
    return sorted([*decided, *((start, end, "open") for start, end in open_)])


def pieces_of(whole: Rendered, marks: Sequence[Marked], start: int, end: int) -> list[list[str]]:
    """Return a stretch cut where a mark begins or ends: what is printed, and what it is."""
    inside = [(max(a, start), min(b, end), kind) for a, b, kind in marks if a < end and start < b]
    cuts = sorted({start, end, *(at for a, b, _ in inside for at in (a, b))})
    pieces = []
    for a, b in pairwise(cuts):
        text = whole.between(a, b)
        kind = next((kind for one, other, kind in inside if one <= a and b <= other), "")
        if text:
            pieces.append([text, kind])
    return pieces


ROUTES: tuple[Route, ...] = (("GET", "/api/transcripts/{id}/print", show_print),)
