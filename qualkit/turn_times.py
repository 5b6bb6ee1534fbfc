"""Times of turns and pages of a document follow when a transcript's text was changed."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

from qualkit import study as studies
from qualkit.coding.differences import Difference, chain_at, compare
from qualkit.model import Study, Transcript, Turn
from qualkit.transcripts.canonical import parse_transcript

Time = tuple[float, float]


def following(study: Study, record: Transcript) -> Transcript:
    """Return a changed transcript with the times and pages that its header gives for the earlier text.

    A header counts turns and code points of the text its hash was taken of. A turn whose words are gone
    has no time any more; turns that became one have the time of all.

    Args:
        study: Its history must hold the earlier text; else the transcript is returned as it is.
        record: As it was read: the new text under the old header.
    """
    header, sha256 = studies.read_header(study, record.id)
    old = studies.old_text(study, record.id, sha256)
    if old is None or not ("\ntimes:" in header or record.pages):
        return record
    before, _ = parse_transcript(header + old, record.id, default_id=record.id)
    if before is None:
        return record
    difference = compare(old, record.text)
    times = _times(before, record, difference)
    turns = tuple(replace(turn, time=times.get(turn.number)) for turn in record.turns)
    pages = {_now(difference, start, start + 1)[0]: page for start, page in sorted(record.pages.items(), reverse=True)}
    return replace(record, turns=turns, pages=MappingProxyType(dict(sorted(pages.items()))))


def _times(before: Transcript, after: Transcript, difference: Difference) -> dict[int, Time]:
    """Return times by the number that a turn has now."""
    found: dict[int, Time] = {}
    for turn in before.turns:
        if turn.time is None:
            continue
        start, standing = _now(difference, turn.start, turn.end)
        now: Turn | None = after.turn_at(start)
        if now is None or not standing:
            continue
        known = found.get(now.number, turn.time)
        found[now.number] = (min(known[0], turn.time[0]), max(known[1], turn.time[1]))
    return found


def _now(difference: Difference, start: int, end: int) -> tuple[int, int]:
    """Return where a stretch of the earlier text begins now, and how much of it stands."""
    import numpy as np

    best = (-1, 0)
    for chain in (difference.spine, *chain_at(difference.moved, start, end)):
        low, high = max(start, int(chain.old[0])), min(end, int(chain.old[-1]))
        edges = chain.standing(np.array([low, high]))
        best = max(best, (int(edges[1] - edges[0]), int(chain.starts(np.array([low]))[0])))
    return best[1], best[0]
