"""A passage coded by hand: the words as they stand in a transcript, and a code; and what becomes of it later."""

from __future__ import annotations

import re
import secrets
from collections.abc import Sequence
from dataclasses import replace

from qualkit import study as studies
from qualkit.coding.anchored import looked_at
from qualkit.coding.codebook import find_code
from qualkit.coding.codings import unit_at
from qualkit.errors import QualkitError
from qualkit.model import RULES_CODER, Coding, Decision, Study, Transcript
from qualkit.splitting import WAITS
from qualkit.text import trimmed


class WordsNotFound(QualkitError):
    """The words do not stand in the transcript, or stand there more than once."""

    def __init__(self, transcript: str, times: int) -> None:
        found = f"stand in {transcript} {times} times" if times else f"do not stand in {transcript}"
        hint = "Give more of the words around them." if times else "Copy them from the transcript, to the letter."
        super().__init__(f"these words {found}", hint)


def code_by_hand(study: Study, coder: str, transcript: str, code: str, words: str, *, memo: str = "") -> Coding:
    """Give a passage a code, as somebody who reads does, and tell the trail.

    Args:
        study: Must be written to by nobody else meanwhile.
        coder: Whose coding it is.
        transcript: Its id.
        code: Id or name.
        words: The passage; line breaks and other white space may differ.
        memo: A thought about it.

    Raises:
        NoTranscript: If there is none of this id.
        UnknownCode: If the codebook does not have the code.
        WordsNotFound: If the words do not stand there exactly once.
    """
    record, _ = studies.read_transcript(study, transcript)
    chosen = find_code(studies.good_codebook(study), code)
    pieces = words.split()
    found = list(re.finditer(r"\s+".join(map(re.escape, pieces)), record.text)) if pieces else []
    if len(found) != 1:
        raise WordsNotFound(transcript, len(found))
    return mark(study, coder, record, [chosen.id], found[0].start(), found[0].end(), memo=memo, again=True)[0]


class OutsideText(QualkitError):
    """A passage that is empty, or reaches beyond the transcript."""

    def __init__(self, transcript: str) -> None:
        super().__init__(
            f"the passage does not lie in {transcript}, or holds no words", "Nothing was saved. Select it again."
        )


class NoSuchCoding(QualkitError):
    """A coding that somebody has taken away meanwhile."""

    def __init__(self, transcript: str) -> None:
        super().__init__(f"the coding in {transcript} is not there any more", "It was removed meanwhile.")


def mark(
    study: Study,
    coder: str,
    record: Transcript,
    codes: Sequence[str],
    start: int,
    end: int,
    *,
    memo: str = "",
    again: bool = False,
) -> list[Coding]:
    """Give a passage one code or several, and tell the trail.

    White space at the passage's ends is left out. A code that the coder gave these very words already is not given
    twice: the coding that is there is returned.

    Args:
        study: Must be written to by nobody else meanwhile.
        coder: Whose codings they are.
        record: The transcript as it stands now.
        codes: Ids of codes in the codebook.
        start: First code point of the passage.
        end: One past its last.
        memo: A thought about it.
        again: Give a code even where these words have it.

    Raises:
        OutsideText: If there are no words between start and end.
    """
    inside = 0 <= start < end <= len(record.text)
    start, end = trimmed(record.text, start, end) if inside else (0, 0)
    if start >= end:
        raise OutsideText(record.id)
    when = studies.now()
    unit = unit_at(record, start, end)
    found = studies.codings_at(study, coder, record.id, start, end)
    there = {c.code: c for c in found if c.status == "accepted"}
    made: list[Coding] = []
    for code in codes:
        if code in there and not again:
            made.append(there[code])
            continue
        made.append(
            Coding(
                id=secrets.token_hex(8),
                unit=unit,
                code=code,
                coder=coder,
                status="accepted",
                origin="manual",
                created=when,
                memo=memo,
                text_sha256=record.sha256,
            )
        )
    known = {coding.id for coding in found}
    new = [coding for coding in made if coding.id not in known]
    told = [
        Decision(when, coder, "mark", f"coding {one.id}", None, {"code": one.code, "place": str(unit.span)}, memo)
        for one in new
    ]
    studies.append_decision(study, *told)
    studies.keep_text(study, record)
    if new:
        studies.put_codings(study, coder, record.id, new)
    return made


def unmark(study: Study, coder: str, transcript: str, codings: Sequence[str]) -> list[Coding]:
    """Take codings away, and tell the trail; return what they were.

    What was accepted of the rules' proposals becomes rejected, for the proposal would come back else.

    Args:
        study: Must be written to by nobody else meanwhile.
        coder: Whose codings they are.
        transcript: Its id.
        codings: Their ids.

    Raises:
        NoSuchCoding: If one of them is not there.
    """
    ids = list(dict.fromkeys(codings))
    there = studies.codings_by_id(study, coder, transcript, ids)
    if len(there) < len(ids):
        raise NoSuchCoding(transcript)
    going = [there[identifier] for identifier in ids]
    proposed = studies.codings_by_id(study, RULES_CODER, transcript, ids)
    when = studies.now()
    rejected = [replace(c, status="rejected", created=when) for c in going if c.id in proposed]
    told = [
        Decision(
            when,
            coder,
            "reject" if one.id in proposed else "unmark",
            f"coding {one.id}",
            {"status": one.status, "code": one.code, "place": str(one.unit.span)},
            {"status": "rejected", "code": one.code} if one.id in proposed else None,
        )
        for one in going
    ]
    studies.append_decision(study, *told)
    studies.put_codings(study, coder, transcript, rejected, gone=ids)
    return going


def remark(
    study: Study,
    coder: str,
    record: Transcript,
    coding: str,
    *,
    place: tuple[int, int] | None = None,
    code: str | None = None,
    memo: str | None = None,
    why: str = "",
) -> Coding:
    """Give a coding another place, another code or another memo, and tell the trail.

    Args:
        study: Must be written to by nobody else meanwhile.
        coder: Whose coding it is.
        record: The transcript as it stands now.
        coding: Its id.
        place: Start and end in code points.
        code: Id of a code in the codebook.
        memo: The whole of the new memo.
        why: The reason, for the trail.

    Raises:
        NoSuchCoding: If it is not there.
        OutsideText: If there are no words at the place.
    """
    old = studies.codings_by_id(study, coder, record.id, [coding]).get(coding)
    if old is None:
        raise NoSuchCoding(record.id)
    # Who gives a coding a code has decided where it goes, if its code was being split.
    extra = {key: value for key, value in old.extra.items() if key != WAITS} if code else old.extra
    new = replace(old, code=code or old.code, memo=old.memo if memo is None else memo, extra=extra)
    if place is not None:
        start, end = trimmed(record.text, *place) if 0 <= place[0] < place[1] <= len(record.text) else (0, 0)
        if start >= end:
            raise OutsideText(record.id)
        # Whoever says where a coding belongs has looked at its words.
        new = looked_at(replace(new, unit=unit_at(record, start, end), text_sha256=record.sha256))
        studies.keep_text(study, record)
    if new == old:
        return old
    waited = {"anchor": old.anchor} if new.anchor != old.anchor else {}
    was = {"code": old.code, "place": str(old.unit.span), **waited}
    now = {"code": new.code, "place": str(new.unit.span)}
    why = why or (new.memo if new.memo != old.memo else "")
    studies.append_decision(study, Decision(studies.now(), coder, "remark", f"coding {coding}", was, now, why))
    studies.put_codings(study, coder, record.id, [new])
    return new
