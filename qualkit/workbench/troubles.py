"""What is to be looked at in one transcript: each with its place in the text, where it has one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from qualkit import register, scanning
from qualkit import study as studies
from qualkit.errors import Problem, QualkitError
from qualkit.material import stands
from qualkit.model import RULES_CODER, Study, Transcript
from qualkit.text import nfc
from qualkit.workbench.answers import Answer, Ask, Route
from qualkit.workbench.desk import Desk


def show_troubles(desk: Desk, ask: Ask) -> Answer:
    """Return what is to be looked at in a transcript, in the order of the text; what has no place comes last.

    Each has a `kind`: "lost", "ambiguous" and "words-changed" of codings, "line-of-file" of a coding file,
    "transcript" of the file itself, "name" of words that may identify somebody and wait for a decision, where the
    study was searched.
    """
    study = desk.study()
    record = desk.laid(study, nfc(ask.path["id"])).record
    found = [*_codings(desk, study, record), *_files(ask, study, record), *_names(study, record)]
    found.sort(key=lambda one: (one["start"] is None, one["start"] or 0, one["end"] or 0))
    return {"troubles": found}


def _trouble(kind: str, start: int | None = None, end: int | None = None, **more: str) -> dict[str, Any]:
    return {"kind": kind, "start": start, "end": end, "code": "", "message": "", "hint": "", "words": "", **more}


def _codings(desk: Desk, study: Study, record: Transcript) -> Iterator[dict[str, Any]]:
    """Yield the codings that do not stand on their words, or whose words are others than they were."""
    last = max(len(record.text) - 1, 0)
    for coder, _, _ in studies.coding_files(study, record.id):
        if coder == RULES_CODER:
            continue
        for coding in desk.codings(study, coder, record.id)[0]:
            whole = stands(coding, record)
            if coding.status == "rejected" or (whole and coding.anchor != "words-changed"):
                continue
            kind = coding.anchor if coding.anchor in ("ambiguous", "words-changed") else "lost"
            span = coding.unit.span
            start = min(span.start, last)
            yield _trouble(
                kind, start, min(max(span.end, start + 1), last + 1), code=coding.code, words=coding.unit.text
            )


def _files(ask: Ask, study: Study, record: Transcript) -> Iterator[dict[str, Any]]:
    """Yield what is wrong in the transcript's file and in the coding files, as `qualkit check` tells it."""
    _, problems = studies.read_transcript(study, record.id)
    lines = studies.transcript_path(study, record.id).read_text(encoding="utf-8", errors="replace").splitlines()
    for problem in problems:
        place = _place(problem, lines, record.text)
        yield _trouble("transcript", *place, message=ask.problems([problem])[0], hint=ask.said(problem.hint))
    for coder, _, _ in studies.coding_files(study, record.id):
        for problem in studies.read_codings(study, coder, record.id)[1]:
            yield _trouble("line-of-file", message=ask.problems([problem])[0], hint=ask.said(problem.hint))


def _place(problem: Problem, lines: list[str], text: str) -> tuple[int | None, int | None]:
    """Return where a line of the file stands in the text; nothing where it is not the only one of its kind."""
    said = nfc(lines[problem.line - 1].strip()) if problem.line and problem.line <= len(lines) else ""
    if not said or text.count(said) != 1:
        return None, None
    start = text.index(said)
    return start, start + len(said)


def _names(study: Study, record: Transcript) -> Iterator[dict[str, Any]]:
    """Yield the words of a transcript that wait for a decision; none where the study was not searched for them."""
    try:
        waiting = scanning.cached_queue(study, register.good_register(study))
    except QualkitError:
        # Where the register is sealed, nobody has said yet who may look.
        return
    for one in waiting or ():
        for span in one.spans:
            if span.transcript == record.id:
                yield _trouble("name", span.start, span.end)


ROUTES: tuple[Route, ...] = (("GET", "/api/transcripts/{id}/troubles", show_troubles),)
