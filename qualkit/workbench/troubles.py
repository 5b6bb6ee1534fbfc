"""What is to be looked at in one transcript: each with its place in the text, where it has one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from qualkit import register, scanning
from qualkit import study as studies
from qualkit.coding.anchored import words_before
from qualkit.errors import Problem, QualkitError
from qualkit.material import stands
from qualkit.model import RULES_CODER, Coding, Study, Transcript
from qualkit.reanchoring import reanchored
from qualkit.text import nfc
from qualkit.workbench.answers import Answer, Ask, Route
from qualkit.workbench.desk import Desk
from qualkit.workbench.visits import coder_of


def show_troubles(desk: Desk, ask: Ask) -> Answer:
    """Return what is to be looked at in a transcript, in the order of the text; what has no place comes last.

    Each has a `kind`: "lost", "ambiguous" and "words-changed" of codings, "line-of-file" of a coding file,
    "transcript" of the file itself, "name" of words that may identify somebody and wait for a decision, where the
    study was searched.
    """
    study = desk.study()
    record = desk.laid(study, nfc(ask.path["id"])).record
    who = coder_of(desk, ask, study)
    found = [*_codings(desk, study, record, who), *_files(ask, study, record), *_names(study, record)]
    found.sort(key=lambda one: (one["start"] is None, one["start"] or 0, one["end"] or 0))
    return {"troubles": found}


def _trouble(kind: str, start: int | None = None, end: int | None = None, **more: Any) -> dict[str, Any]:
    return {"kind": kind, "start": start, "end": end, "code": "", "message": "", "hint": "", "words": "", **more}


def _codings(desk: Desk, study: Study, record: Transcript, who: str) -> Iterator[dict[str, Any]]:
    """Yield the codings that do not stand on their words, or whose words are others than they were.

    Those that wait are told with the places where they could belong, the likeliest first.
    """
    last = max(len(record.text) - 1, 0)
    for coder, _, _ in studies.coding_files(study, record.id):
        if coder == RULES_CODER:
            continue
        found = [
            coding
            for coding in desk.codings(study, coder, record.id)[0]
            if coding.status != "rejected" and not (stands(coding, record) and coding.anchor != "words-changed")
        ]
        places = _places(study, record, [coding for coding in found if coding.anchor != "words-changed"])
        for coding in found:
            several = coding.anchor == "ambiguous" and len(places.get(coding.id, ())) > 1
            kind = coding.anchor if several or coding.anchor == "words-changed" else "lost"
            start = min(coding.unit.span.start, last)
            yield _trouble(
                kind,
                start,
                min(max(coding.unit.span.end, start + 1), last + 1),
                id=coding.id,
                mine=coder == who,
                code=coding.code,
                words=coding.unit.text,
                was=words_before(coding),
                places=places.get(coding.id, []),
            )


def _places(study: Study, record: Transcript, codings: Sequence[Coding]) -> dict[str, list[list[int]]]:
    """Return, by the id of each coding that waits, where it could belong."""
    found = {}
    for result, _ in reanchored(study, record, codings):
        spans = [result.after.unit.span] if result.after is not None else result.candidates
        found[result.before.id] = [[span.start, span.end] for span in spans]
    return found


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
