"""Words, sentences and paragraphs of one transcript's turns, found when they are first asked for."""

from __future__ import annotations

from bisect import bisect_right
from functools import cached_property

from qualkit.language.sentences import sentence_bounds
from qualkit.language.words import Vocabulary, Words, index_words
from qualkit.model import Transcript


class Bounds:
    """Words and sentences of the turns of one transcript, found when they are first asked for."""

    def __init__(self, transcript: Transcript) -> None:
        self.transcript = transcript
        self.sentences: dict[int, tuple[list[int], list[tuple[int, int]]]] = {}

    @cached_property
    def _words(self) -> Words:
        return index_words(self.transcript.text, Vocabulary())

    def words(self, start: int, end: int) -> tuple[int, int]:
        """Return the numbers of the first and the last word of a passage."""
        first, beyond = self._words.ends.searchsorted(start, "right"), self._words.starts.searchsorted(end)
        return int(first), int(beyond) - 1

    def place(self, within: str | int, offset: int, turn: int) -> object:
        """Return what two matches must have in common to lie within each other's reach."""
        return self.sentence(offset, turn) if within == "sentence" else turn

    def sentence(self, offset: int, turn: int) -> tuple[int, int]:
        """Return the sentence of a turn that holds an offset."""
        if turn not in self.sentences:
            record = self.transcript.turns[turn]
            found = sentence_bounds(self.transcript.text, record.start, record.end)
            self.sentences[turn] = [begin for begin, _ in found], found
        begins, bounds = self.sentences[turn]
        return bounds[max(0, bisect_right(begins, offset) - 1)]

    def unit(self, unit: str, start: int, end: int, turn: int) -> tuple[int, int]:
        """Return the passage that is coded where a match stands."""
        record = self.transcript.turns[turn]
        if unit == "turn":
            return record.start, record.end
        if unit == "sentence":
            begin, stop = self.sentence(start, turn)
            return begin, stop if end <= stop else max(end, self.sentence(end - 1, turn)[1])
        if unit == "paragraph":
            text = self.transcript.text
            begin = max(record.start, text.rfind("\n", record.start, start) + 1)
            stop = text.find("\n", end, record.end)
            return begin, record.end if stop < 0 else stop
        return start, end
