"""A person's turns taken out of a transcript, with an exact map of where everything else went."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection
from dataclasses import dataclass, replace
from itertools import count
from types import MappingProxyType

from qualkit.model import Speaker, Transcript, Turn
from qualkit.text import sha256_hex
from qualkit.transcripts.canonical import parse_turns


@dataclass(frozen=True, slots=True)
class Erased:
    """A transcript without a person's words.

    Attributes:
        transcript: As it is now: each of the person's turns is a mark behind a label that names nobody.
        before: As it was.
        turns: The person's turns as they were.
        pieces: Start and end of what was replaced, and by how much everything behind it moved, in order.
    """

    transcript: Transcript
    before: Transcript
    turns: tuple[Turn, ...]
    pieces: tuple[tuple[int, int, int], ...]

    def moved(self, offset: int) -> int:
        """Return where an offset went that lies outside what was replaced; inside, the end of the replacement."""
        at = bisect_left(self.pieces, offset, key=lambda piece: piece[0]) - 1
        if at < 0:
            return offset
        _, end, shift = self.pieces[at]
        return max(offset, end) + shift

    def carried(self, start: int, end: int) -> tuple[int, int] | None:
        """Return where a passage went, without the person's words at its ends; None if it held only theirs.

        A passage that runs over the person's turn keeps its two ends, with the mark between them. What stays must be
        somebody's speech: a question whose answer is gone is no passage of its own.
        """
        theirs = {turn.number for turn in self.turns}
        over = [turn for turn in self.before.turns if turn.label_start < end and start < max(turn.end, turn.start)]
        if not any(turn.number in theirs and start < turn.end and turn.label_start < end for turn in over):
            return self.moved(start), self.moved(end)
        left = [turn for turn in over if turn.number not in theirs and max(start, turn.start) < min(end, turn.end)]
        if not any(self._takes_part(turn) for turn in left):
            return None
        first, last = left[0], left[-1]
        if start < first.label_start:
            start = first.start
        return self.moved(start), self.moved(min(end, last.end))

    def touched(self, start: int, end: int) -> bool:
        """Return whether a passage held any of the person's words."""
        return any(turn.label_start < end and start < turn.end for turn in self.turns)

    def _takes_part(self, turn: Turn) -> bool:
        speaker = self.before.speaker(turn.speaker)
        return speaker is None or speaker.role == "participant"


def erase_turns(transcript: Transcript, labels: Collection[str], *, mark: str, name: str) -> Erased:
    r"""Take the turns of some labels out of a transcript.

    Args:
        transcript: As it is.
        labels: Of one person.
        mark: Stands for what was said: "[trukket]".
        name: Stands for the labels; a number is added where it is taken. Times of the turns go too.

    Example:
        >>> from qualkit.transcripts.raw import Paragraph, RawText
        >>> from qualkit.transcripts.reading import transcribe
        >>> lines = ("I: Hva skjer?", "Kari: Jeg ringer.", "Ola: Ikke jeg.")
        >>> record = transcribe(RawText(tuple(map(Paragraph, lines))), transcript_id="G1").transcript
        >>> gone = erase_turns(record, ["Kari"], mark="[trukket]", name="Trukket")
        >>> gone.transcript.text
        'I: Hva skjer?\n\nTrukket: [trukket]\n\nOla: Ikke jeg.\n'
        >>> start = record.text.index("Ikke")
        >>> gone.transcript.text[gone.moved(start) :]
        'Ikke jeg.\n'
    """
    text = transcript.text
    turns = tuple(turn for turn in transcript.turns if turn.speaker in labels)
    name = _free(transcript, name)
    out: list[str] = []
    pieces: list[tuple[int, int, int]] = []
    at = shift = 0
    for turn in turns:
        label = turn.speaker or ""
        for start, end, instead in (
            (turn.label_start, turn.label_start + len(label), name),
            (turn.start, turn.end, mark),
        ):
            if start < end:
                out += [text[at:start], instead]
                shift += len(instead) - (end - start)
                pieces.append((start, end, shift))
                at = end
    new = "".join((*out, text[at:]))
    speakers: dict[str, Speaker] = {}
    for speaker in transcript.speakers:
        kept = Speaker(name, "other") if speaker.label in labels else speaker
        speakers.setdefault(kept.label, kept)
    theirs = {turn.number for turn in turns}
    times = {turn.number: turn.time for turn in transcript.turns if turn.time and turn.number not in theirs}
    bare = Erased(transcript, transcript, turns, tuple(pieces))
    erased = replace(
        transcript,
        text=new,
        turns=parse_turns(new, list(speakers), times),
        speakers=tuple(speakers.values()),
        sha256=sha256_hex(new),
        pages=MappingProxyType({bare.moved(start): page for start, page in sorted(transcript.pages.items())}),
    )
    return replace(bare, transcript=erased)


def _free(transcript: Transcript, name: str) -> str:
    """Return a label nobody has, and with which no line of the text begins."""
    taken = {speaker.label.casefold() for speaker in transcript.speakers}
    lines = {line.partition(":")[0] for line in transcript.text.split("\n") if ":" in line}
    for number in count(1):
        label = name if number == 1 else f"{name} {number}"
        if label.casefold() not in taken and label not in lines:
            return label
    raise AssertionError
