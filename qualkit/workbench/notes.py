"""What an analyst notes while reading: beside a passage, and of a whole transcript."""

from __future__ import annotations

from typing import Any

from qualkit import study as studies
from qualkit.model import Study
from qualkit.noting import note_passage, passage_notes
from qualkit.reflecting import write_impression
from qualkit.reflection import standing
from qualkit.workbench.answers import Answer, Ask, Route, TextChanged
from qualkit.workbench.desk import Desk, Laid
from qualkit.workbench.visits import change, coder_of, held, state, visit_of


def show_notes(desk: Desk, ask: Ask) -> Answer:
    """Return the notes beside a transcript's passages, and the coder's total impression of it."""
    study = desk.study()
    return _noted(desk, ask, study, desk.laid(study, ask.path["id"]))


def _noted(desk: Desk, ask: Ask, study: Study, laid: Laid) -> dict[str, Any]:
    name, who = laid.record.id, coder_of(desk, ask, study)
    written = standing(studies.read_reflections(study)[0], "impression")
    impression = next((one.text for one in written if one.by == who and one.about == name), "")
    notes = [
        {"start": note.start, "end": note.end, "about": note.about, "text": note.text}
        for note in passage_notes(study, laid.record)
    ]
    return {"notes": notes, "impression": impression, **state(visit_of(desk, ask))}


def write_passage_note(desk: Desk, ask: Ask) -> Answer:
    """Write a note beside a passage, with a code or without one."""
    study = desk.study()
    laid = desk.laid(study, ask.path["id"])
    record = laid.record
    if ask.text("sha256", record.sha256) != record.sha256:
        raise TextChanged(record.id)
    who = coder_of(desk, ask, study)
    with change(desk, ask, "note", record.id, [studies.memo_path(study, f"word-{record.id}")]):
        note_passage(study, who, record, ask.number("start"), ask.number("end"), ask.text("text"))
    return _noted(desk, ask, study, laid)


def write_impression_of(desk: Desk, ask: Ask) -> Answer:
    """Write the coder's total impression of a transcript; the earlier one is kept as a version."""
    study = desk.study()
    laid = desk.laid(study, ask.path["id"])
    with held(desk, ask):
        write_impression(study, coder_of(desk, ask, study), laid.record.id, ask.text("text"))
    return _noted(desk, ask, study, laid)


ROUTES: tuple[Route, ...] = (
    ("GET", "/api/transcripts/{id}/notes", show_notes),
    ("POST", "/api/transcripts/{id}/notes", write_passage_note),
    ("POST", "/api/transcripts/{id}/impression", write_impression_of),
)
