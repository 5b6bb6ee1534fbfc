"""The places of an original's comments and highlighting, `memos/word-ID.md`, follow an edited transcript.

A section begins with the place it is about, and quotes its words: `## I3:204-391 · comment by Kari · 2026-03-01`.
Only the place changes, and what is said after it where the words were changed or not found; the quotation stays
as it was.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from qualkit import disk
from qualkit import study as studies
from qualkit.coding.anchored import Reanchored
from qualkit.coding.anchoring import reanchor
from qualkit.coding.seeking import reanchor_by_words
from qualkit.model import Coding, MeaningUnit, Span, Study, Transcript
from qualkit.text import nfc

LOST, CHANGED = "lost", "words changed"
_HEADING = re.compile(rf"(?m)^## (.+?):(\d+)-(\d+)( · (?:{LOST}|{CHANGED}))?(?= · |\s*$)")
_SECTIONS = re.compile(r"(?m)^(?=#{1,2} )")
_QUOTED = re.compile(r"(?m)(?:^>[^\n]*(?:\n|\Z))+")
_LIKE = 0.4
"""How much of a quotation stands at a place, at least, that is taken for its own."""
_MORE = 0.25
"""How much more of it stands there in one text than in the other, where its words were changed before."""


def follow_memo(study: Study, record: Transcript, sha256: str) -> bool:
    """Move the places in the memo of an original's marks along with a transcript's text.

    Twice does no harm: a place whose words stand there in the new text is left.

    Args:
        study: Must be locked by the caller's process or written to by nobody else.
        record: The transcript with its new text.
        sha256: Of the text that the places count in; "" where that is not known.

    Returns:
        Whether the memo was written.
    """
    path = studies.memo_path(study, f"word-{record.id}")
    if not path.is_file():
        return False
    before = path.read_bytes().decode("utf-8", "surrogateescape")
    after = memo_following(before, record, studies.old_text(study, record.id, sha256))
    if after == before:
        return False
    disk.write_atomically(path, after.encode("utf-8", "surrogateescape"))
    return True


def memo_following(memo: str, record: Transcript, old: str | None) -> str:
    r"""Return a memo with the places of a transcript's passages as they are now.

    Args:
        memo: Whose sections begin with a place.
        record: The transcript with its new text.
        old: The text that the places count in; None where it was not kept.

    Example:
        >>> from qualkit.transcripts.canonical import parse_transcript
        >>> k1, _ = parse_transcript("---\nid: K1\n---\nK1: Nei, me ringer.\n", "K1.txt")
        >>> print(memo_following("## K1:4-14 · comment by Kari\n\n> Me ringer.\n", k1, "K1: Me ringer.\n"))
        ## K1:9-19 · words changed · comment by Kari
        <BLANKLINE>
        > Me ringer.
        <BLANKLINE>
    """
    sections = _SECTIONS.split(memo)
    places = [_place(section, record) for section in sections]
    found = _found([place for place in places if place is not None], record, old)
    out = []
    for section, place in zip(sections, places, strict=True):
        head = _HEADING.match(section)
        if place is None or head is None:
            out.append(section)
            continue
        span, said = found.pop(0)
        out.append(f"## {head[1]}:{span.start}-{span.end}{f' · {said}' if said else ''}{section[head.end() :]}")
    return "".join(out)


Place = tuple[Span, str, str]
"""Of a section: its place, what its heading says of it, and the words it quotes."""


def _place(section: str, record: Transcript) -> Place | None:
    head, quoted = _HEADING.match(section), _QUOTED.search(section)
    if head is None or quoted is None or nfc(head[1]) != nfc(record.id):
        return None
    words = "\n".join(line.removeprefix(">").removeprefix(" ") for line in quoted.group().splitlines())
    return Span(record.id, int(head[2]), int(head[3])), (head[4] or "").removeprefix(" · "), nfc(words)


def _found(places: Sequence[Place], record: Transcript, old: str | None) -> list[tuple[Span, str]]:
    """Return, for each section, its place and what its heading says now."""
    known: list[tuple[int, Coding]] = []
    sought: list[tuple[int, Coding]] = []
    for number, (span, said, words) in enumerate(places):
        here = _alike(words, record.text[span.start : span.end])
        there = _alike(words, old[span.start : span.end]) if old is not None else 0.0
        # A run that broke off moved it already where the new text holds its words, and the old one does not.
        moved = here - there > (_MORE if said == CHANGED else 0) if there < 1 else False
        if said != LOST and old is not None and there >= _LIKE and not moved:
            known.append((number, _coding(number, span, old[span.start : span.end])))
        elif said == LOST or here < _LIKE:
            sought.append((number, _coding(number, span, words)))
    results = reanchor([coding for _, coding in known], old or "", record.text)
    results += reanchor_by_words([coding for _, coding in sought], record.text)
    by_number = {int(result.before.id): result for result in results}
    return [_said(place, by_number.get(number)) for number, place in enumerate(places)]


def _said(place: Place, result: Reanchored | None) -> tuple[Span, str]:
    span, said, words = place
    if result is None:
        return span, said
    if result.after is None:
        return span, LOST
    return result.after.unit.span, "" if result.after.unit.text.split() == words.split() else CHANGED


def _coding(number: int, span: Span, words: str) -> Coding:
    return Coding(str(number), MeaningUnit(span, words), "", "", "accepted", "import:word", "")


def _alike(one: str, other: str) -> float:
    return 1.0 if one == other else SequenceMatcher(None, one, other, autojunk=False).ratio()
