"""Segments of two texts: what stands in both, and what lies between, down to the letter where words changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qualkit.coding.runs import Run
from qualkit.language.words import Words

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    Flags = NDArray[np.bool_]

_WINDOW = 6_000
"""Words that are aligned at once."""
_ALIKE = 0.5
"""Share of letters in common above which a word is taken for another writing of the one it replaced."""


@dataclass(frozen=True, slots=True)
class Chain:
    """Consecutive segments of both texts, in the order that both have.

    Segment k is `old[k]:old[k+1]` of the earlier and `new[k]:new[k+1]` of the later text.

    Attributes:
        same: Whether a segment's words stand in both, letter for letter but for case.
        summed: Code points of segments that stand, before each segment.
    """

    old: Ints
    new: Ints
    same: Flags
    summed: Ints

    def starts(self, offsets: Ints) -> Ints:
        """Return where passages that begin at these offsets begin in the later text.

        What was put in exactly before a passage does not belong to it; what took the place of its
        first words does.
        """
        import numpy as np

        at = np.clip(np.searchsorted(self.old, offsets, side="right") - 1, 0, len(self.same) - 1)
        return self.new[at] + np.where(self.same[at], offsets - self.old[at], 0)

    def ends(self, offsets: Ints) -> Ints:
        """Return where passages that end at these offsets end in the later text."""
        import numpy as np

        at = np.clip(np.searchsorted(self.old, offsets, side="left") - 1, 0, len(self.same) - 1)
        return np.where(self.same[at], self.new[at] + offsets - self.old[at], self.new[at + 1])

    def standing(self, offsets: Ints) -> Ints:
        """Return how many code points before each offset stand in the later text."""
        import numpy as np

        at = np.clip(np.searchsorted(self.old, offsets, side="right") - 1, 0, len(self.same) - 1)
        return self.summed[at] + np.where(self.same[at], offsets - self.old[at], 0)


def filled(runs: Sequence[Run], edges: tuple[int, int, int, int], a: Ints, b: Ints) -> list[tuple[Run, bool]]:
    """Return runs of equal words, and of words that took each other's places, over the whole of both texts."""
    out: list[tuple[Run, bool]] = []
    i, stop_i, j, stop_j = edges
    for run in (*runs, Run(stop_i, stop_j, 0)):
        out += _between(a, b, i, run.old, j, run.new)
        if run.words:
            out.append((run, True))
        i, j = run.old + run.words, run.new + run.words
    return out


def _between(a: Ints, b: Ints, i: int, stop_i: int, j: int, stop_j: int) -> Iterator[tuple[Run, bool]]:
    """Align two stretches of words; very long ones in windows, so that the time grows with their length."""
    from rapidfuzz.distance import Levenshtein

    while i < stop_i and j < stop_j:
        left, right = a[i : min(stop_i, i + _WINDOW)].tolist(), b[j : min(stop_j, j + _WINDOW)].tolist()
        whole = i + len(left) == stop_i and j + len(right) == stop_j
        if left == right:
            yield Run(i, j, len(left)), True
            i, j = i + len(left), j + len(right)
            continue
        next_i, next_j = stop_i, stop_j
        for code in Levenshtein.opcodes(left, right):
            if not whole and code.src_start >= _WINDOW // 2:
                next_i, next_j = i + code.src_start, j + code.dest_start
                break
            if code.tag in ("equal", "replace"):
                size = code.src_end - code.src_start
                if not whole and code.tag == "equal" and code.src_end > _WINDOW // 2:
                    size = min(size, max(_WINDOW // 2 - code.src_start, 1))
                    next_i, next_j = i + code.src_start + size, j + code.dest_start + size
                yield Run(i + code.src_start, j + code.dest_start, size), code.tag == "equal"
                if (next_i, next_j) != (stop_i, stop_j):
                    break
        else:
            if not whole:
                next_i, next_j = i + len(left), j + len(right)
        i, j = next_i, next_j


class Builder:
    """Turns runs of words into segments of code points."""

    def __init__(self, old: str, new: str, a: Words, b: Words) -> None:
        self._old, self._new, self._a, self._b = old, new, a, b
        self._bounds: list[tuple[int, int]] = []
        self._same: list[bool] = []

    def build(self, pieces: Iterable[tuple[Run, bool]], edges: tuple[int, int, int, int]) -> Chain:
        """Return the chain over a stretch of both texts: from and to in the earlier, from and to in the later."""
        import numpy as np

        i, stop_i, j, stop_j = edges
        self._bounds = [(i, j)]
        for run, equal in pieces:
            self._gap(int(self._a.starts[run.old]), int(self._b.starts[run.new]))
            if equal:
                self._words(run.old, run.new, run.words)
            else:
                for number in range(run.words):
                    self._gap(int(self._a.starts[run.old + number]), int(self._b.starts[run.new + number]))
                    self._changed(int(self._a.ends[run.old + number]), int(self._b.ends[run.new + number]))
        self._gap(stop_i, stop_j)
        if not self._same:
            self._same, self._bounds = [i == stop_i], [*self._bounds, (stop_i, stop_j)]
        bounds = np.array(self._bounds, np.int64)
        same = np.array(self._same, bool)
        lengths = np.where(same, np.diff(bounds[:, 0]), 0)
        return Chain(bounds[:, 0].copy(), bounds[:, 1].copy(), same, np.r_[0, np.cumsum(lengths)].astype(np.int64))

    def _put(self, i: int, j: int, *, same: bool) -> None:
        """Add a segment that ends here; segments that stand run together."""
        if (i, j) == self._bounds[-1]:
            return
        if same and self._same and self._same[-1]:
            self._bounds[-1] = (i, j)
        else:
            self._bounds.append((i, j))
            self._same.append(same)

    def _gap(self, i: int, j: int) -> None:
        """Add what lies up to here: equal at the beginning, at the end, or not at all."""
        (from_i, from_j), old, new = self._bounds[-1], self._old, self._new
        while from_i < i and from_j < j and old[from_i] == new[from_j]:
            from_i, from_j = from_i + 1, from_j + 1
        self._put(from_i, from_j, same=True)
        to_i, to_j = i, j
        while to_i > from_i and to_j > from_j and old[to_i - 1] == new[to_j - 1]:
            to_i, to_j = to_i - 1, to_j - 1
        self._put(to_i, to_j, same=False)
        self._put(i, j, same=True)

    def _words(self, i: int, j: int, size: int) -> None:
        """Add words that are equal but perhaps for case, and for what stands between them."""
        a, b = self._a, self._b
        stop_i, stop_j = int(a.ends[i + size - 1]), int(b.ends[j + size - 1])
        from_i, from_j = int(a.starts[i]), int(b.starts[j])
        if self._old[from_i:stop_i] == self._new[from_j:stop_j] or (size == 1 and stop_i - from_i == stop_j - from_j):
            self._put(stop_i, stop_j, same=True)
        elif size == 1:
            self._changed(stop_i, stop_j)
        else:
            half = size // 2
            self._words(i, j, half)
            self._gap(int(a.starts[i + half]), int(b.starts[j + half]))
            self._words(i + half, j + half, size - half)

    def _changed(self, i: int, j: int) -> None:
        """Add a word that took another's place, letter by letter where the two are alike."""
        from rapidfuzz.distance import Levenshtein

        from_i, from_j = self._bounds[-1]
        before, after = self._old[from_i:i], self._new[from_j:j]
        if Levenshtein.normalized_similarity(before, after) >= _ALIKE:
            for code in Levenshtein.opcodes(before, after):
                self._put(from_i + code.src_end, from_j + code.dest_end, same=code.tag == "equal")
        else:
            self._put(i, j, same=False)
