"""Runs of words that stand in two texts, and which of them keep their order.

Words that stand once in each text hold the two together (the idea of patience diff, by Bram Cohen); of
their runs, the heaviest set that keeps its order is the spine, and the others were moved.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qualkit.language.words import Words

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    Flags = NDArray[np.bool_]

_GRAM = 4
"""Words of a run that must stand once in each text to hold them together."""
_FEWEST_MOVED = 12
"""Letters that a moved run must have at least: shorter ones come back by chance."""
_NEAR = 40
"""Words that may lie between two runs that were moved as one."""


@dataclass(frozen=True, slots=True)
class Run:
    """Words that stand in both texts: from number `old` and from number `new`, so many."""

    old: int
    new: int
    words: int


def shared_runs(a: Ints, b: Ints) -> list[Run]:
    """Return runs of words made of groups of four that stand once in each text, in the order of the first."""
    import numpy as np

    if min(len(a), len(b)) < _GRAM:
        return []
    (once_a, at_a), (once_b, at_b) = _single(a), _single(b)
    _, in_a, in_b = np.intersect1d(once_a, once_b, assume_unique=True, return_indices=True)
    i, j = at_a[in_a], at_b[in_b]
    order = np.argsort(i)
    i, j = i[order], j[order]
    if not len(i):
        return []
    cut = np.flatnonzero((np.diff(i) != 1) | (np.diff(j) != 1)) + 1
    firsts, lasts = np.r_[0, cut], np.r_[cut, len(i)] - 1
    runs: list[Run] = []
    for old, new, words in zip(i[firsts].tolist(), j[firsts].tolist(), (lasts - firsts + _GRAM).tolist(), strict=True):
        last = runs[-1] if runs else None
        if (
            last
            and old - last.old == new - last.new
            and np.array_equal(a[last.old + last.words : old], b[last.new + last.words : new])
        ):
            runs[-1] = Run(last.old, last.new, old + words - last.old)
        else:
            runs.append(Run(old, new, words))
    return runs


def _single(ids: Ints) -> tuple[NDArray[np.uint64], Ints]:
    """Return the groups of four words that occur once, as hashes in order, and where each begins."""
    import numpy as np

    words = ids.astype(np.uint64) + np.uint64(1)
    hashes = np.zeros(len(words) - _GRAM + 1, np.uint64)
    for number in range(_GRAM):
        part = words[number : len(words) - _GRAM + 1 + number]
        hashes = (hashes ^ part) * np.uint64(0x9E3779B97F4A7C15)
        hashes ^= hashes >> np.uint64(29)
    order = np.argsort(hashes)
    ranked = hashes[order]
    edge = np.ones(len(ranked) + 1, bool)
    edge[1:-1] = ranked[1:] != ranked[:-1]
    alone = edge[:-1] & edge[1:]
    return ranked[alone], order[alone]


def heaviest_in_order(runs: Sequence[Run]) -> tuple[list[Run], list[Run]]:
    """Return the runs of most words together that keep their order in both texts, and the others."""
    if len(runs) < 2:
        return list(runs), []
    rank = {number: place for place, number in enumerate(sorted(range(len(runs)), key=lambda n: runs[n].new))}
    # By place in the later text: the heaviest chain that ends at or before it (a Fenwick tree of maxima).
    best: list[tuple[int, int]] = [(0, -1)] * (len(runs) + 1)
    before = [-1] * len(runs)
    heaviest = (0, -1)
    for number, run in enumerate(runs):
        found, place = (0, -1), rank[number]
        while place > 0:
            found = max(found, best[place])
            place &= place - 1
        before[number] = found[1]
        mine = (found[0] + run.words, number)
        heaviest = max(heaviest, mine)
        place = rank[number] + 1
        while place <= len(runs):
            best[place] = max(best[place], mine)
            place += place & -place
    chosen = []
    at = heaviest[1]
    while at >= 0:
        chosen.append(at)
        at = before[at]
    spine = set(chosen)
    return [runs[n] for n in reversed(chosen)], [run for n, run in enumerate(runs) if n not in spine]


def untangled(runs: Iterable[Run]) -> list[Run]:
    """Return runs without the words that one shares with the run before it."""
    out: list[Run] = []
    old = new = 0
    for run in runs:
        cut = max(old - run.old, new - run.new, 0)
        if cut < run.words:
            out.append(Run(run.old + cut, run.new + cut, run.words - cut))
            old, new = run.old + run.words, run.new + run.words
    return out


def free_runs(runs: Sequence[Run], words: Words, gone: Flags, fresh: Flags) -> list[Run]:
    """Return, heaviest first, the part of each run that is in neither the spine nor a heavier run."""
    import numpy as np

    taken_old, taken_new = ~gone, ~fresh
    found = []
    for run in sorted(runs, key=lambda run: -run.words):
        old, new = slice(run.old, run.old + run.words), slice(run.new, run.new + run.words)
        free = np.r_[False, ~(taken_old[old] | taken_new[new]), False]
        edges = np.flatnonzero(free[1:] != free[:-1])
        if not len(edges):
            continue
        longest = int(np.argmax(edges[1::2] - edges[::2]))
        first, last = int(edges[2 * longest]), int(edges[2 * longest + 1])
        letters = words.ends[run.old + first : run.old + last] - words.starts[run.old + first : run.old + last]
        if last - first < _GRAM - 1 or int(letters.sum()) < _FEWEST_MOVED:
            continue
        taken_old[run.old + first : run.old + last] = True
        taken_new[run.new + first : run.new + last] = True
        found.append(Run(run.old + first, run.new + first, last - first))
    return sorted(found, key=lambda run: run.old)


def grouped(runs: Sequence[Run], gone: Flags, fresh: Flags) -> Iterator[list[Run]]:
    """Put runs together that were moved as one: near each other in both texts, with nothing of the spine between."""
    group: list[Run] = []
    for run in runs:
        if group:
            last = group[-1]
            old, new = last.old + last.words, last.new + last.words
            near = 0 <= run.old - old <= _NEAR and 0 <= run.new - new <= _NEAR
            if not (near and gone[old : run.old].all() and fresh[new : run.new].all()):
                yield group
                group = []
        group.append(run)
    if group:
        yield group
