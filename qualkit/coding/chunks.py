"""Transcripts as they are searched: some read together, each turn in its own language."""

from __future__ import annotations

import time
from collections.abc import Sequence

from qualkit.coding.patterns import REGEX_SECONDS, Pattern
from qualkit.language.words import Vocabulary, index_words
from qualkit.model import Transcript, Turn


class Chunk:
    """Some transcripts read into one set of word arrays, so that few calls serve them all."""

    def __init__(self, transcripts: Sequence[Transcript], vocabulary: Vocabulary) -> None:
        import numpy as np

        texts = [transcript.text for transcript in transcripts]
        lengths = np.array([len(text) + 1 for text in texts], np.int64)
        self.bases = np.concatenate([[0], np.cumsum(lengths)])
        self.words = index_words("\n".join(texts), vocabulary)
        self.names = vocabulary.words()


def languages_of(transcript: Transcript) -> set[str]:
    """Return every language that somebody speaks in a transcript."""
    return {transcript.language, *(s.language for s in transcript.speakers if s.language)}


def language_of(transcript: Transcript, turn: Turn) -> str:
    """Return the language of a turn: its speaker's, or else the transcript's."""
    speaker = transcript.speaker(turn.speaker)
    return (speaker.language if speaker else None) or transcript.language


def regex_places(transcript: Transcript, pattern: Pattern) -> list[tuple[int, int]]:
    """Return where a regular expression matches in the turns, searched for a second at most.

    Raises:
        TimeoutError: If it takes longer.
    """
    import regex

    expression = regex.compile(pattern.regex, regex.IGNORECASE)
    deadline = time.monotonic() + REGEX_SECONDS
    places: list[tuple[int, int]] = []
    for turn in transcript.turns:
        left = deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError
        # A copy of the turn, so that ^ and $ mean its ends.
        found = expression.finditer(transcript.text[turn.start : turn.end], timeout=left)
        places += [(turn.start + m.start(), turn.start + m.end()) for m in found if m.end() > m.start()]
    return places
