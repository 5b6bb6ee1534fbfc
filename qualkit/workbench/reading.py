"""A transcript to read, and what is coded in it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

import orjson

from qualkit import study as studies
from qualkit.material import speaker_ids, stands
from qualkit.model import READ_FIRST, RULES_CODER, Coding, Decision, Study, Transcript
from qualkit.reviewing import covered
from qualkit.splitting import WAITS
from qualkit.text import nfc
from qualkit.transcripts.participants import index_people
from qualkit.workbench.answers import Answer, Ask, Route
from qualkit.workbench.desk import Desk, Laid, version_of
from qualkit.workbench.visits import coder_of, held, state, visit_of

_AT_HAND = 8
"""Of how many transcripts what is sent is kept."""


def show_transcript(desk: Desk, ask: Ask) -> Answer:
    """Return a transcript with its turns, sentences and numbered lines; its codings may come later."""
    study = desk.study()
    laid = desk.laid(study, ask.path["id"])
    version = (laid.version, *(version_of(study.root / name) for name in studies.PARTICIPANTS))
    text = desk.once("text", laid.record.id, version, partial(_text, study, laid), _AT_HAND)
    return {**text, "problems": ask.problems(laid.problems)}


def _text(study: Study, laid: Laid) -> dict[str, Any]:
    record = laid.record
    people = index_people(studies.read_participants(study)[0])
    own = speaker_ids(record, people)
    turns = []
    for turn in record.turns:
        speaker = record.speaker(turn.speaker)
        turns.append(
            {
                "number": turn.number,
                "speaker": turn.speaker or "",
                "role": speaker.role if speaker else "",
                "participant": own.get(turn.speaker or "", ""),
                "from": turn.label_start,
                "start": turn.start,
                "end": turn.end,
                "time": turn.time[0] if turn.time else None,
                "sentences": laid.sentences[turn.number],
            }
        )
    return {
        "id": record.id,
        "kind": record.kind,
        "title": record.title,
        "language": record.language,
        "sha256": record.sha256,
        "text": record.text,
        "mayQuote": record.may_quote,
        "turns": _written(turns),
        "lines": _written(laid.lines),
    }


def _written(part: object) -> orjson.Fragment:
    """Return a part of an answer as it will be sent, so that it is not written again for every request."""
    return orjson.Fragment(orjson.dumps(part))


def show_codings(desk: Desk, ask: Ask) -> Answer:
    """Return what is coded in a transcript."""
    study = desk.study()
    return coded(desk, ask, study, desk.laid(study, ask.path["id"]))


def coded(desk: Desk, ask: Ask, study: Study, laid: Laid) -> dict[str, Any]:
    """Return every coder's codings of a transcript, and the proposals that may be shown.

    In methods that read first, proposals of a transcript the coder has not marked as read do not leave the server.
    """
    record = laid.record
    who = coder_of(desk, ask, study)
    read = record.id in studies.transcripts_read(study, who)
    hidden = study.settings.method in READ_FIRST and not read
    version = (laid.version, codings_version(study, record.id), hidden)
    found = desk.once(
        "coded", f"{who}/{record.id}", version, partial(_coded, desk, study, who, record, hidden=hidden), _AT_HAND
    )
    return {
        "sha256": record.sha256,
        "coder": who,
        "read": read,
        "hidden": hidden,
        **found,
        "versions": versions(study, record),
        **state(visit_of(desk, ask)),
    }


def _coded(desk: Desk, study: Study, who: str, record: Transcript, *, hidden: bool) -> dict[str, Any]:
    codings: list[dict[str, Any]] = []
    adrift: list[dict[str, Any]] = []
    faults = 0
    own: tuple[Coding, ...] = ()
    proposals: tuple[Coding, ...] = ()
    for coder, _, _ in studies.coding_files(study, record.id):
        found, faulty = desk.codings(study, coder, record.id)
        faults += faulty
        if coder == RULES_CODER:
            proposals = found
            continue
        if coder == who:
            own = found
        for coding in found:
            if coding.status == "rejected":
                continue
            if stands(coding, record):
                codings.append(coding_json(coding, who))
            else:
                adrift.append({**coding_json(coding, who), "text": coding.unit.text})
    decided = {coding.id for coding in own}
    by_hand: dict[str, list[Coding]] = {}
    for coding in own:
        by_hand.setdefault(coding.code, []).append(coding)
    waiting = [
        c for c in proposals if c.id not in decided and stands(c, record) and not covered(c, by_hand.get(c.code, ()))
    ]
    return {
        "codings": _written(codings),
        "adrift": adrift,
        "faults": faults,
        "proposals": None if hidden else _written([coding_json(c, who) for c in waiting]),
    }


def difference(
    desk: Desk, ask: Ask, study: Study, laid: Laid, base: str, codings: Sequence[Coding], gone: Sequence[str] = ()
) -> dict[str, Any]:
    """Return what a change made different: all codings of a long transcript are too many to send for one.

    Args:
        desk: The workbench.
        ask: Who asks.
        study: Held.
        laid: The transcript.
        base: `codings_version` before the change: where the page knows another one, it asks for everything.
        codings: That came or were changed.
        gone: Ids of those that went.
    """
    who = coder_of(desk, ask, study)
    return {
        "base": base,
        "came": [coding_json(coding, who) for coding in codings],
        "gone": list(gone),
        "versions": versions(study, laid.record),
        **state(visit_of(desk, ask)),
    }


def coding_json(coding: Coding, who: str) -> dict[str, Any]:
    """Return a coding as the page needs it; its words are in the transcript."""
    span = coding.unit.span
    return {
        "id": coding.id,
        "start": span.start,
        "end": span.end,
        "code": coding.code,
        "coder": coding.coder,
        "mine": coding.coder == who,
        "status": coding.status,
        "origin": coding.origin,
        "memo": coding.memo,
        "created": coding.created,
        "anchor": coding.anchor,
        "split": coding.extra.get(WAITS) or [],
    }


def versions(study: Study, record: Transcript) -> dict[str, str]:
    """Return what changes when a file of the reading view is written."""
    return {
        "text": version_of(studies.transcript_path(study, record.id)),
        "codings": codings_version(study, record.id),
        "codebook": version_of(studies.codebook_path(study)),
    }


def codings_version(study: Study, transcript: str) -> str:
    """Return what changes when anybody's codings of a transcript, or what was read, change."""
    paths: list[Path] = [path for _, _, path in studies.coding_files(study, transcript)]
    folder = study.root / "readings"
    paths += sorted(folder.glob("*.jsonl")) if folder.is_dir() else []
    return " ".join(version_of(path) for path in paths)


def show_versions(desk: Desk, ask: Ask) -> Answer:
    """Return the versions of the files that a transcript's view rests on: asked often, so nothing is read."""
    study = desk.study()
    name = nfc(ask.path["id"])
    if name not in studies.transcript_ids(study):
        raise studies.NoTranscript(name, studies.transcript_ids(study))
    return {
        "versions": {
            "text": version_of(studies.transcript_path(study, name)),
            "codings": codings_version(study, name),
            "codebook": version_of(studies.codebook_path(study)),
        }
    }


def mark_read(desk: Desk, ask: Ask) -> Answer:
    """Note that the coder has read and coded a transcript by hand."""
    study = desk.study()
    laid = desk.laid(study, ask.path["id"])
    name = laid.record.id
    who = coder_of(desk, ask, study)
    if name not in studies.transcripts_read(study, who):
        with held(desk, ask):
            studies.append_decision(study, Decision(studies.now(), who, "read", name))
            studies.mark_read(study, who, name)
    return coded(desk, ask, study, laid)


ROUTES: tuple[Route, ...] = (
    ("GET", "/api/transcripts/{id}", show_transcript),
    ("GET", "/api/transcripts/{id}/codings", show_codings),
    ("GET", "/api/transcripts/{id}/versions", show_versions),
    ("POST", "/api/transcripts/{id}/read", mark_read),
)
