"""Where a query's words stand in transcripts: one reading of the texts, whatever the number of words."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from qualkit.coding.chunks import Chunk, language_of, languages_of, regex_places
from qualkit.coding.matching import compile_patterns, find
from qualkit.coding.patterns import Pattern, explodes
from qualkit.coding.queries import QueryError, Words
from qualkit.language.words import Vocabulary
from qualkit.model import Transcript


class Hit(NamedTuple):
    """Words that were found: code points, numbers of words, index of the turn."""

    start: int
    end: int
    first: int
    last: int
    turn: int


ByWords = dict[Words, list[Hit]]


def word_hits(transcripts: Sequence[Transcript], words: Sequence[Words]) -> list[ByWords]:
    """Return, by transcript, where each pattern matches within a turn, in the turn's language."""
    if not words:
        return [{} for _ in transcripts]
    chunk = Chunk(transcripts, Vocabulary())
    patterns = [leaf.pattern() for leaf in words]
    spoken = [languages_of(transcript) for transcript in transcripts]
    places: list[list[tuple[int, int, int, str]]] = [[] for _ in transcripts]
    for language in sorted(set().union(*spoken)):
        for text, number, start, end in _matches(chunk, patterns, language):
            places[text].append((number, start, end, language))
    found = []
    for number, transcript in enumerate(transcripts):
        own = places[number]
        for pattern_number, pattern in enumerate(patterns):
            if pattern.regex:
                try:
                    own += [(pattern_number, *place, "") for place in regex_places(transcript, pattern)]
                except TimeoutError as error:
                    raise QueryError(*explodes(), words[pattern_number].column) from error
        found.append(_in_turns(transcript, own, words, chunk, int(chunk.bases[number])))
    return found


def _matches(chunk: Chunk, patterns: Sequence[Pattern], language: str) -> Iterator[tuple[int, int, int, int]]:
    """Yield number of the transcript, number of the pattern, start and end of every match."""
    import numpy as np

    counts = np.bincount(chunk.words.ids, minlength=len(chunk.names))
    hits = find(chunk.words, compile_patterns(patterns, chunk.names, language, counts))
    starts, ends = chunk.words.starts[hits.first], chunk.words.ends[hits.last]
    texts = np.searchsorted(chunk.bases, starts, "right") - 1
    bases = chunk.bases[texts]
    columns = (texts, hits.pattern, starts - bases, ends - bases)
    yield from zip(*(column.tolist() for column in columns), strict=True)


def _in_turns(
    transcript: Transcript,
    places: Sequence[tuple[int, int, int, str]],
    words: Sequence[Words],
    chunk: Chunk,
    base: int,
) -> ByWords:
    import numpy as np

    turns = transcript.turns
    begins = [turn.start for turn in turns]
    spoken = [language_of(transcript, turn) for turn in turns]
    kept = []
    for number, start, end, language in places:
        turn = bisect_right(begins, start) - 1
        if turn >= 0 and end <= turns[turn].end and language in ("", spoken[turn]):
            kept.append((number, start, end, turn))
    if not kept:
        return {}
    firsts = np.searchsorted(chunk.words.ends, [base + start for _, start, _, _ in kept], "right").tolist()
    lasts = (np.searchsorted(chunk.words.starts, [base + end for _, _, end, _ in kept]) - 1).tolist()
    found: dict[Words, set[Hit]] = defaultdict(set)
    for (number, start, end, turn), first, last in zip(kept, firsts, lasts, strict=True):
        found[words[number]].add(Hit(start, end, first, last, turn))
    return {leaf: sorted(hits) for leaf, hits in found.items()}


def pairs(left: Sequence[Hit], right: Sequence[Hit], most: int) -> list[Hit]:
    """Return for each of some words the nearest of some others, from the one to the other, if they are near."""
    after = sorted(right, key=lambda hit: hit.first)
    before = sorted(right, key=lambda hit: hit.last)
    found = set()
    for hit in left:
        near = []
        at = bisect_right(after, hit.last, key=lambda other: other.first)
        if at < len(after):
            near.append((after[at].first - hit.last, 0, after[at]))
        at = bisect_left(before, hit.first, key=lambda other: other.last) - 1
        if at >= 0:
            near.append((hit.first - before[at].last, 1, before[at]))
        if near and min(near)[0] <= most + 1:
            other = min(near)[2]
            ends = (max(hit.end, other.end), min(hit.first, other.first), max(hit.last, other.last))
            found.add(Hit(min(hit.start, other.start), *ends, hit.turn))
    return sorted(found)
