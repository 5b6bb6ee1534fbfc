"""`codings/CODER/ID.jsonl`: one coding a line, the words beside the offsets."""

from __future__ import annotations

import codecs
import hashlib
from collections.abc import Iterable, Sequence
from types import MappingProxyType
from typing import Any

import orjson

from qualkit.errors import Problem
from qualkit.model import RULES_CODER, WAITING, Coding, MeaningUnit, Span, Transcript
from qualkit.text import around, nfc

CHECK = "coding"
CHANGED = "changed-transcript"
_KEYS = (
    "id",
    "transcript",
    "start",
    "end",
    "text",
    "before",
    "after",
    "code",
    "coder",
    "status",
    "origin",
    "created",
    "memo",
    "anchor",
    "text_sha256",
)
_KNOWN = frozenset(_KEYS)
_NOTHING_ELSE: MappingProxyType[str, Any] = MappingProxyType({})
_STATUSES = ("proposed", "accepted", "rejected")
_ANCHORS = ("kept", "moved", "words-changed", "ambiguous", "lost")


def coding_id(transcript: str, start: int, end: int, code: str) -> str:
    """Return the id of a proposal: the same passage and code always give the same id.

    Example:
        >>> coding_id("I3", 204, 391, "tid") == coding_id("I3", 204, 391, "tid")
        True
    """
    return hashlib.blake2b(f"{transcript}\0{start}\0{end}\0{code}".encode(), digest_size=8).hexdigest()


def unit_at(transcript: Transcript, start: int, end: int) -> MeaningUnit:
    """Return a passage of a transcript with its words and a little text on both sides."""
    text = transcript.text
    return MeaningUnit(Span(transcript.id, start, end), text[start:end], *around(text, start, end))


def sort_key(coding: Coding) -> tuple[int, int, str, str]:
    """Return what codings of one file are sorted by."""
    span = coding.unit.span
    return span.start, span.end, coding.code, coding.id


def render_codings(codings: Iterable[Coding]) -> bytes:
    """Return the lines of a coding file, sorted; `parse_codings` gives the same records back."""
    lines = [orjson.dumps(_as_dict(coding)) for coding in sorted(codings, key=sort_key)]
    return b"\n".join(lines) + b"\n" if lines else b""


def _as_dict(coding: Coding) -> dict[str, object]:
    unit = coding.unit
    return {
        "id": coding.id,
        "transcript": unit.span.transcript,
        "start": unit.span.start,
        "end": unit.span.end,
        "text": unit.text,
        "before": unit.before,
        "after": unit.after,
        "code": coding.code,
        "coder": coding.coder,
        "status": coding.status,
        "origin": coding.origin,
        "created": coding.created,
        "memo": coding.memo,
        "anchor": coding.anchor,
        "text_sha256": coding.text_sha256,
        **coding.extra,
    }


def parse_codings(data: bytes, file: str, transcript: str = "") -> tuple[list[Coding], list[Problem]]:
    """Read a coding file.

    A line that stands there twice to the byte, as git may leave it when two branches meet, is read once.

    Args:
        data: Its bytes.
        file: Named in the Problems.
        transcript: Whose codings the file holds; a coding of another one is a Problem. "" for any.

    Returns:
        The codings that can be read, in the order of the file, and a Problem for every line that cannot.
    """
    codings: list[Coding] = []
    problems: list[Problem] = []
    seen: dict[str, tuple[int, bytes]] = {}
    for number, line in enumerate(data.removeprefix(codecs.BOM_UTF8).split(b"\n"), 1):
        if not line.strip():
            continue
        try:
            coding = _coding(orjson.loads(line), number)
        except (orjson.JSONDecodeError, KeyError, TypeError, ValueError) as error:
            problems.append(_unreadable(file, number, line, error))
            continue
        if coding.id in seen:
            first, same = seen[coding.id]
            if line.strip() != same:
                message = f"the coding id {coding.id} stands on line {first} already"
                hint = "Take one of the two lines out; where two branches met in git, keep the decision that counts."
                problems.append(Problem(file, number, 1, CHECK, message, hint))
            continue
        seen[coding.id] = number, line.strip()
        if transcript and nfc(coding.unit.span.transcript) != transcript:
            message = "the line is a coding of another transcript than the file is named after"
            hint = "Move the line to the file of its transcript, or give the file its name back; it is not read here."
            problems.append(Problem(file, number, 1, CHECK, message, hint))
            continue
        codings.append(coding)
    return codings, problems


def _unreadable(file: str, number: int, line: bytes, error: Exception) -> Problem:
    if line.startswith((b"<<<<<<<", b"=======", b">>>>>>>", b"|||||||")):
        hint = "Two versions met in git: keep the coding lines of both, and take the lines with <<<, === and >>> out."
        return Problem(file, number, 1, CHECK, "a merge conflict was left in the file", hint)
    hint = "The line is left as it is; mend it or take it out."
    if isinstance(error, orjson.JSONDecodeError) and not line.rstrip().endswith(b"}"):
        hint = (
            "It breaks off, as after a power cut or a copy that was not finished: take it out, or copy the file again."
        )
    what = f"the key {error} is missing" if isinstance(error, KeyError) else "the line is no coding"
    return Problem(file, number, 1, CHECK, what, hint)


def _coding(record: Any, line: int) -> Coding:
    start, end = record["start"], record["end"]
    if not (type(start) is int and type(end) is int and 0 <= start <= end):
        raise ValueError("offsets")
    status, anchor = record["status"], record.get("anchor", "kept")
    if status not in _STATUSES or anchor not in _ANCHORS:
        raise ValueError("status")
    for key in ("id", "transcript", "code", "coder", "text"):
        if not isinstance(record[key], str):
            raise TypeError(key)
    return Coding(
        id=record["id"],
        unit=MeaningUnit(
            Span(record["transcript"], start, end),
            record["text"],
            str(record.get("before") or ""),
            str(record.get("after") or ""),
        ),
        code=record["code"],
        coder=record["coder"],
        status=status,
        origin=str(record.get("origin") or "manual"),
        created=str(record.get("created") or ""),
        memo=str(record.get("memo") or ""),
        anchor=anchor,
        text_sha256=str(record.get("text_sha256") or ""),
        extra=_NOTHING_ELSE
        if record.keys() <= _KNOWN
        else MappingProxyType({key: value for key, value in record.items() if key not in _KNOWN}),
        line=line,
    )


def check_codings(codings: Sequence[Coding], transcript: Transcript | None, file: str) -> list[Problem]:
    """Hold codings against their transcript: the words under the offsets must be the words coded.

    Args:
        codings: Of one file.
        transcript: As it is now, or None if it is gone.
        file: Named in the Problems, which give places and never words.
    """
    problems = []
    stale = 0
    hint = "The transcript was changed under them. To move codings along with their words: qualkit anchor"
    for coding in codings:
        span, number = coding.unit.span, coding.line or None
        if transcript is None:
            hint = f"Put transcripts/{span.transcript}.txt back."
            problems.append(Problem(file, number, 1, CHECK, f"there is no transcript “{span.transcript}”", hint))
            break
        if coding.anchor not in WAITING and transcript.text[span.start : span.end] != coding.unit.text:
            if coding.text_sha256 not in ("", transcript.sha256):
                stale += 1
                continue
            problems.append(Problem(file, number, 1, CHANGED, f"{span} no longer holds the words coded", hint))
    if stale:
        several = "a coding no longer stands on its" if stale == 1 else f"{stale} codings no longer stand on their"
        problems.append(Problem(file, None, None, CHANGED, f"{several} words", hint))
    return problems if transcript is None else [*problems, *check_anchors(codings, file)]


def check_anchors(codings: Iterable[Coding], file: str) -> list[Problem]:
    """Tell how many codings of a file wait for a decision since their transcript was changed.

    Args:
        codings: Of one file; proposals are passed over, since the rules make them anew.
        file: Named in the Problems.
    """
    anchors = [coding.anchor for coding in codings if coding.coder != RULES_CODER]
    waiting = sum(anchor in WAITING for anchor in anchors)
    changed = anchors.count("words-changed")
    problems = []
    if waiting:
        several = "a coding has" if waiting == 1 else f"{waiting} codings have"
        message = f"{several} not been found again since the transcript was changed"
        hint = "To see and decide where they belong: qualkit anchor"
        problems.append(Problem(file, None, None, CHANGED, message, hint))
    if changed:
        several = "a coding" if changed == 1 else f"{changed} codings"
        message = f"the words of {several} were changed with the transcript"
        hint = "They moved along. To see them before and after: qualkit anchor; if they stand: qualkit anchor --keep ID"
        problems.append(Problem(file, None, None, CHANGED, message, hint, "warning"))
    return problems


def decided(codings: Iterable[Coding]) -> list[Coding]:
    """Return each coding once: where somebody decided on a proposal, the decision, not the proposal.

    Args:
        codings: Of all coders, those of the rules among them.

    Returns:
        Proposals nobody decided on, and decisions; sorted by transcript, start, end, code, id.
    """
    open_: dict[str, Coding] = {}
    final: dict[tuple[str, str], Coding] = {}
    for coding in codings:
        if coding.status == "proposed":
            open_.setdefault(coding.id, coding)
        else:
            final[coding.id, coding.coder] = coding
    ids = {identifier for identifier, _ in final}
    kept = [*final.values(), *(coding for identifier, coding in open_.items() if identifier not in ids)]
    return sorted(kept, key=_place)


def _place(coding: Coding) -> tuple[str, int, int, str, str]:
    span = coding.unit.span
    return span.transcript, span.start, span.end, coding.code, coding.id
