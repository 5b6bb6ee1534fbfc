"""A passage coded by hand: the words as they stand in a transcript, and a code."""

from __future__ import annotations

import re
import secrets

from qualkit import study as studies
from qualkit.coding.codebook import find_code
from qualkit.coding.codings import unit_at
from qualkit.errors import QualkitError
from qualkit.model import Coding, Decision, Study


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
    when = studies.now()
    coding = Coding(
        id=secrets.token_hex(8),
        unit=unit_at(record, found[0].start(), found[0].end()),
        code=chosen.id,
        coder=coder,
        status="accepted",
        origin="manual",
        created=when,
        memo=memo,
        text_sha256=record.sha256,
    )
    after = {"code": chosen.id, "place": str(coding.unit.span)}
    studies.append_decision(study, Decision(when, coder, "mark", f"coding {coding.id}", None, after, memo))
    studies.keep_text(study, record)
    before, _ = studies.read_codings(study, coder, transcript)
    studies.save_codings(study, coder, transcript, [*before, coding])
    return coding
