"""A transcript with other words in the place of names: its turns, times and pages stay, and every place has a way over.

Two doors need it. What is shared is rewritten on its way out; what is pseudonymised on arrival, before its text is
written.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from qualkit.anonymisation.redactor import Rendered
from qualkit.errors import QualkitError
from qualkit.model import Speaker, Transcript
from qualkit.text import sha256_hex
from qualkit.transcripts.canonical import parse_turns


class TurnsWouldChange(QualkitError):
    """With other labels, a line that opens no turn now would open one."""

    def __init__(self, transcript: str, labels: Sequence[str]) -> None:
        super().__init__(
            f"{transcript} has lines that would open a turn if speakers were called {', '.join(labels)}",
            "Look for lines that begin with one of these and a colon, and write them otherwise; nothing was done.",
        )


@dataclass(frozen=True, slots=True)
class Rewritten:
    """A transcript as it is handed on, and the way of every place there and back.

    Attributes:
        before: As it was.
        transcript: As it is handed on.
        origins: For every character of the new text the offset in the old one where what it stands for begins; never
            decreasing. All characters of a replacement have the offset where what was replaced begins.
    """

    before: Transcript
    transcript: Transcript
    origins: Sequence[int]

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Return where a passage has come to stand; one whose edge is in a replacement has the whole of it."""
        first = bisect_left(self.origins, start)
        if start == end:
            return first, first
        if first and (first == len(self.origins) or self.origins[first] > start):
            first = bisect_left(self.origins, self.origins[first - 1])
        return first, max(first, bisect_left(self.origins, end))

    def place_before(self, start: int, end: int) -> tuple[int, int]:
        """Return where a passage of the new text stood in the old one, whole names where it touches a replacement."""
        first = self._before(start)
        if start == end:
            return first, first
        return first, self._before(bisect_right(self.origins, self.origins[end - 1]))

    def _before(self, at: int) -> int:
        return self.origins[at] if at < len(self.origins) else len(self.before.text)


def rewritten(
    transcript: Transcript,
    whole: Rendered,
    labels: Mapping[str, str],
    *,
    identifier: str,
    barred: Collection[str] = (),
    note: str = "",
) -> Rewritten:
    """Return a transcript under other labels and with other words in the place of names.

    Of the header, what tells where the transcript comes from goes: the original's name and hash, and keys that are
    not known.

    Args:
        transcript: Canonical.
        whole: Its text with other words in the place of names. What is in the place of labels is not used.
        labels: By label, what it becomes; one that is not there stays.
        identifier: The new transcript's id.
        barred: Labels whose speech goes.
        note: Stands in the place of that speech.

    Raises:
        TurnsWouldChange: If the new labels would make other turns.

    Example:
        >>> from qualkit.transcripts.canonical import parse_turns
        >>> text = "I: Hva?\\n\\nKari: Her i Halden."
        >>> speakers = (Speaker("I", "interviewer"), Speaker("Kari", "participant"))
        >>> record = Transcript("I3", text, parse_turns(text, ["I", "Kari"]), speakers, "nb", "")
        >>> whole = Rendered(text.replace("Halden", "[by]"), [*range(21), *[21] * 4, *range(27, 28)])
        >>> new = rewritten(record, whole, {"Kari": "P1"}, identifier="I3")
        >>> new.transcript.text, new.place(15, 28), new.transcript.text[13:24]
        ('I: Hva?\\n\\nP1: Her i [by].', (13, 24), 'Her i [by].')
    """
    text = transcript.text
    out: list[str] = []
    origins: list[int] = []
    opened: list[tuple[int, str | None]] = []

    def put(words: str, places: Sequence[int]) -> None:
        out.append(words)
        origins.extend(places)

    def speech(start: int, end: int) -> None:
        first, last = bisect_left(whole.origins, start), bisect_left(whole.origins, end)
        put(whole.text[first:last], whole.origins[first:last])
        # A name must not run over the end of a turn: the line the next one begins on is its own.
        behind = start + len(text[start:end].rstrip())
        if "\n" in text[behind:end] and "\n" not in whole.text[bisect_left(whole.origins, behind) : last]:
            put(text[behind:end], range(behind, end))

    turns = transcript.turns
    if not turns or turns[0].label_start:
        speech(0, turns[0].label_start if turns else len(text))
    for number, turn in enumerate(turns):
        stop = turns[number + 1].label_start if number + 1 < len(turns) else len(text)
        at, label = turn.label_start, turn.speaker
        opened.append((len(origins), labels.get(label, label) if label is not None else None))
        if label is not None:
            shown = labels.get(label, label)
            put(shown, [at] * len(shown) if shown != label else range(at, at + len(label)))
            at += len(label)
        if label in barred and turn.start < turn.end:
            put(text[at : turn.start], range(at, turn.start))
            put(note, [turn.start] * len(note))
            put(text[turn.end : stop], range(turn.end, stop))
        else:
            speech(at, stop)
    new = "".join(out)
    speakers = _speakers(transcript, labels)
    times = {turn.number: turn.time for turn in turns if turn.time}
    made = parse_turns(new, [speaker.label for speaker in speakers], times)
    if [(turn.label_start, turn.speaker) for turn in made] != opened:
        raise TurnsWouldChange(identifier, [speaker.label for speaker in speakers])
    pages = {bisect_left(origins, start): page for start, page in sorted(transcript.pages.items())}
    after = replace(
        transcript,
        id=identifier,
        text=new,
        turns=made,
        speakers=speakers,
        sha256=sha256_hex(new),
        pages=MappingProxyType(pages),
        source="",
        source_sha256="",
        extra=MappingProxyType({}),
    )
    return Rewritten(transcript, after, origins)


def _speakers(transcript: Transcript, labels: Mapping[str, str]) -> tuple[Speaker, ...]:
    """Return the speakers under their new labels, each once."""
    found: dict[str, Speaker] = {}
    for speaker in transcript.speakers:
        label = labels.get(speaker.label, speaker.label)
        kept = speaker.participant if label == speaker.label else None
        found.setdefault(label, replace(speaker, label=label, participant=kept))
    return tuple(found.values())
