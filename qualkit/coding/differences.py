"""What became of one text in another: which stretches stand, in order, which were moved, and what is new.

Words first: runs of words that stand once in each text hold the two together. Only what lies between two
runs is aligned word by word, with the Levenshtein distance (rapidfuzz), and only words that changed are
looked at letter by letter. So the time grows with the text, and with the edits only where they are.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qualkit.coding.runs import Run, free_runs, grouped, heaviest_in_order, shared_runs, untangled
from qualkit.coding.segments import Builder, Chain, filled
from qualkit.language.words import Vocabulary, Words, index_words

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Slide:
    """An insertion or deletion that could as well have been made a little further on.

    Taking one of two equal neighbours out gives the same text whichever it was: nobody can tell.

    Attributes:
        start: First code point of the earlier text that it may touch.
        end: One past the last.
        length: Of what was put in or taken out.
        deleted: Whether it was taken out.
        shift: From earlier to later offsets, before it.
    """

    start: int
    end: int
    length: int
    deleted: bool
    shift: int


@dataclass(frozen=True, slots=True)
class Difference:
    """Two texts and what became of the one in the other.

    Attributes:
        spine: Over both texts whole.
        moved: Stretches that stand elsewhere, in the order of the earlier text.
        slides: In the order of the earlier text.
        gone: By word of the earlier text, whether it stands in neither spine nor a moved stretch.
        fresh: By word of the later text, whether nothing of the earlier text became it.
        brought: By word of the later text, whether it came here with a moved stretch.
    """

    old: str
    new: str
    old_words: Words
    new_words: Words
    spine: Chain
    moved: tuple[Chain, ...]
    slides: tuple[Slide, ...]
    gone: Flags
    fresh: Flags
    brought: Flags


def compare(old: str, new: str) -> Difference:
    """Find out what became of a text in a later one.

    Example:
        >>> spine = compare("Me kan ringe.", "Ja. Me kan ringje.").spine
        >>> spine.old.tolist(), spine.new.tolist(), spine.same.tolist()
        ([0, 0, 11, 11, 13], [0, 4, 15, 16, 18], [False, True, False, True])
    """
    import numpy as np

    vocabulary = Vocabulary()
    a, b = index_words(old, vocabulary), index_words(new, vocabulary)
    a_ids, b_ids = a.ids.astype(np.int64), b.ids.astype(np.int64)
    spine, rest = heaviest_in_order(shared_runs(a_ids, b_ids))
    spine = untangled(spine)
    gone, fresh = np.ones(len(a), bool), np.ones(len(b), bool)
    for run in spine:
        gone[run.old : run.old + run.words] = False
        fresh[run.new : run.new + run.words] = False
    moved = [_Moved(a, b, old, new, group) for group in grouped(free_runs(rest, a, gone, fresh), gone, fresh)]
    for stretch in moved:
        stretch.widen(gone, fresh)
    pieces = [stretch.pieces(a_ids, b_ids) for stretch in moved]
    # What was moved cannot be what stands between two runs of the spine.
    brought = np.zeros(len(b), bool)
    for stretch in moved:
        brought[slice(*stretch.new_words)] = True
        a_ids[slice(*stretch.old_words)] = len(vocabulary)
        b_ids[slice(*stretch.new_words)] = len(vocabulary) + 1
    edges = (0, len(a), 0, len(b))
    whole = Builder(old, new, a, b).build(filled(spine, edges, a_ids, b_ids), (0, len(old), 0, len(new)))
    chains = [Builder(old, new, a, b).build(own, stretch.edges()) for own, stretch in zip(pieces, moved, strict=True)]
    for chain in (whole, *chains):
        _mark(chain, a, b, gone, fresh)
    chains.sort(key=lambda chain: int(chain.old[0]))
    return Difference(old, new, a, b, whole, tuple(chains), tuple(_slides(whole, old, new)), gone, fresh, brought)


def _mark(chain: Chain, a: Words, b: Words, gone: Flags, fresh: Flags) -> None:
    """Mark the words of segments that stand as neither gone nor fresh."""
    import numpy as np

    same = np.flatnonzero(chain.same)
    for words, bounds, flags in ((a, chain.old, gone), (b, chain.new, fresh)):
        change = np.zeros(len(words) + 1, np.int64)
        # A word of which only a letter stands was replaced, not kept.
        first = np.searchsorted(words.starts, bounds[same], side="left")
        last = np.searchsorted(words.ends, bounds[same + 1], side="right")
        whole = last > first
        np.add.at(change, first[whole], 1)
        np.add.at(change, last[whole], -1)
        np.logical_and(flags, np.cumsum(change)[:-1] <= 0, out=flags)


class _Moved:
    """One moved stretch while it is being found: its runs, and the lines they stand in."""

    def __init__(self, a: Words, b: Words, old: str, new: str, runs: list[Run]) -> None:
        self._a, self._b, self._old, self._new, self._runs = a, b, old, new, runs
        first, last = runs[0], runs[-1]
        self.old_words = (first.old, last.old + last.words)
        self.new_words = (first.new, last.new + last.words)

    def widen(self, gone: Flags, fresh: Flags) -> None:
        """Take in the edited words before and after in the same lines, where most of the line was moved."""
        ends = []
        sides = ((self._a, self._old, self.old_words, gone), (self._b, self._new, self.new_words, fresh))
        for words, text, (first, last), free in sides:
            left, right = first, last
            opening = text.rfind("\n", 0, int(words.starts[first])) + 1
            closing = text.find("\n", int(words.ends[last - 1]))
            closing = closing if closing >= 0 else len(text)
            while left > 0 and free[left - 1] and int(words.starts[left - 1]) >= opening:
                left -= 1
            while right < len(words) and free[right] and int(words.ends[right]) <= closing:
                right += 1
            ends.append((left, right) if right - left <= 2 * (last - first) else (first, last))
        self.old_words, self.new_words = ends
        for (first, last), free in zip(ends, (gone, fresh), strict=True):
            free[first:last] = False

    def pieces(self, a: Ints, b: Ints) -> list[tuple[Run, bool]]:
        return filled(self._runs, (*self.old_words, *self.new_words), a, b)

    def edges(self) -> tuple[int, int, int, int]:
        """Return the code points of the stretch in both texts, with the punctuation behind its last word."""
        (i, k), (j, m) = self.old_words, self.new_words
        out = []
        for words, text, first, last in ((self._a, self._old, i, k), (self._b, self._new, j, m)):
            stop = int(words.ends[last - 1])
            limit = int(words.starts[last]) if last < len(words) else len(text)
            while stop < limit and not text[stop].isspace():
                stop += 1
            out += [int(words.starts[first]), stop]
        return out[0], out[1], out[2], out[3]


def _slides(chain: Chain, old: str, new: str) -> Iterator[Slide]:
    """Find insertions and deletions that could as well stand a little further on."""
    i, j, same = chain.old.tolist(), chain.new.tolist(), chain.same.tolist()
    for k, stands in enumerate(same):
        deleted = j[k] == j[k + 1]
        if stands or (not deleted and i[k] != i[k + 1]):
            continue
        text, begin, end = (old, i[k], i[k + 1]) if deleted else (new, j[k], j[k + 1])
        room_left = i[k] - i[k - 1] if k and same[k - 1] else 0
        room_right = i[k + 2] - i[k + 1] if k + 1 < len(same) and same[k + 1] else 0
        left = right = 0
        while left < room_left and text[begin - 1 - left] == text[end - 1 - left]:
            left += 1
        while right < room_right and text[begin + right] == text[end + right]:
            right += 1
        if left or right:
            yield Slide(i[k] - left, i[k + 1] + right, end - begin, deleted, j[k] - i[k])


def chain_at(chains: Sequence[Chain], start: int, end: int) -> Iterator[Chain]:
    """Yield the chains, sorted by where they begin and not overlapping, that touch a passage."""
    at = max(bisect_right(chains, start, key=lambda chain: int(chain.old[0])) - 1, 0)
    while at < len(chains) and int(chains[at].old[0]) < end:
        if int(chains[at].old[-1]) > start:
            yield chains[at]
        at += 1
