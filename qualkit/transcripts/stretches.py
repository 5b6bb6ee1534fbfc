"""Speech that a recogniser broke into short pieces, put together again; and what its times are worth."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from qualkit.transcripts.clock import Time
from qualkit.transcripts.raw import Paragraph, counted, tell

_CLOSED = re.compile(r"[.!?…][»”\"')]*$")
# Beyond, what a recogniser wrote without a full stop is no sentence any more.
_LONGEST_SENTENCE = 1000
# Times are rounded to a hundredth here and there.
_ROUNDED = 0.02


class Piece(NamedTuple):
    """What was recognised in one go: a cue, a segment, or the part of it that one speaker said.

    Attributes:
        words: Not empty.
        speaker: None where nobody is named.
        time: Begin and end in seconds; None where there is none that can be.
        opens: Whether it opens with a label, so that it continues nothing.
    """

    words: str
    speaker: str | None
    time: Time | None
    opens: bool = False


class _Stretch:
    """A paragraph to which further words and times come."""

    __slots__ = ("begin", "end", "length", "speaker", "texts", "timed")

    def __init__(self, piece: Piece) -> None:
        words, self.speaker, time, _ = piece
        self.texts = [words]
        self.length = len(words)
        self.timed = time is not None
        self.begin, self.end = (time[0], max(time)) if time else (0.0, 0.0)

    def add(self, piece: Piece) -> None:
        words, _, time, _ = piece
        self.texts.append(words)
        self.length += len(words) + 1
        if time and self.timed:
            self.end = max(self.end, *time)
        elif time:
            self.timed, self.begin, self.end = True, time[0], max(time)

    def goes_on_in(self, piece: Piece) -> bool:
        """Tell whether the last sentence is not closed, and no pause parts it from the piece."""
        if piece.opens or piece.time is None or not self.timed:
            return False
        if self.end > piece.time[0] or self.length > _LONGEST_SENTENCE:
            return False
        return not _CLOSED.search(self.texts[-1][-20:])

    def paragraph(self) -> Paragraph:
        return Paragraph(" ".join(self.texts), self.speaker, (self.begin, self.end) if self.timed else None)


def by_speaker(pieces: Iterable[Piece]) -> list[Paragraph]:
    """Make one paragraph of consecutive pieces of one speaker.

    Example:
        >>> said = [Piece("Ja,", "S1", (0.0, 1.0)), Piece("vel.", "S1", (1.0, 2.0)), Piece("Nei.", "S2", None)]
        >>> [(one.speaker, one.text, one.time) for one in by_speaker(said)]
        [('S1', 'Ja, vel.', (0.0, 2.0)), ('S2', 'Nei.', None)]
    """
    found: list[_Stretch] = []
    for piece in pieces:
        if found and found[-1].speaker == piece.speaker is not None:
            found[-1].add(piece)
        else:
            found.append(_Stretch(piece))
    return [stretch.paragraph() for stretch in found]


def by_sentence(pieces: Iterable[Piece]) -> list[Paragraph]:
    """Make one paragraph of every piece, unless it goes on with the sentence of the piece before.

    A recogniser breaks its pieces anywhere, and what was said in one sentence should be found in one.

    Example:
        >>> said = [Piece("Vi ringte", None, (0.0, 1.0)), Piece("dem.", None, (1.0, 2.0)), Piece("Ja.", None, None)]
        >>> [(one.text, one.time) for one in by_sentence(said)]
        [('Vi ringte dem.', (0.0, 2.0)), ('Ja.', None)]
    """
    found: list[_Stretch] = []
    for piece in pieces:
        if found and found[-1].goes_on_in(piece):
            found[-1].add(piece)
        else:
            found.append(_Stretch(piece))
    return [stretch.paragraph() for stretch in found]


def told_of_times(times: Sequence[Time | None], one: str) -> list[str]:
    """Tell how often times run backwards, overlap, end before they begin or are missing; they are kept as they are.

    Args:
        times: In the order of the file.
        one: What has them: "cue", "segment".

    Example:
        >>> told_of_times([(5.0, 6.0), (3.0, 4.0), None], "segment")
        ['times run backwards in 1 place; the order of the file was kept', '1 segment has no usable time']
    """
    told: list[str] = []
    known = [time for time in times if time]
    backwards = sum(later[0] < earlier[0] for earlier, later in pairwise(known))
    if backwards:
        where = counted(backwards, "place", "places")
        told.append(f"times run backwards in {where}; the order of the file was kept")
    overlapping = sum(earlier[0] <= later[0] < earlier[1] - _ROUNDED for earlier, later in pairwise(known))
    tell(
        told,
        overlapping,
        f"{one} begins before the one before it has ended; both were kept",
        f"{one}s begin before the one before them has ended; all were kept",
    )
    ended = sum(end < begin for begin, end in known)
    tell(told, ended, f"{one} ends before it begins", f"{one}s end before they begin")
    tell(told, len(times) - len(known), f"{one} has no usable time", f"{one}s have no usable time")
    return told
