"""Codings of an earlier text find their words again in a later one, or wait for a person.

Five things can become of a coding. It is *kept* (same place, same words) or *moved* (same words
elsewhere); its *words changed* (the passage is the same, some of its words are not); it is *ambiguous*
(there are places it could be, and nothing tells which), or *lost*. White space is not words: a line
broken elsewhere changes nothing. An insertion exactly before or after a passage does not widen it.

Words that stood in the earlier text as well are never taken for words of another passage that was
deleted: only what is new in the later text can be where something was moved to.
"""

from __future__ import annotations

import gc
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from qualkit.coding.anchored import MOST_CANDIDATES, Reanchored, placed, same_words
from qualkit.coding.differences import Difference, Slide, chain_at, compare
from qualkit.coding.segments import Chain
from qualkit.language.words import Vocabulary, index_words
from qualkit.model import Anchor, Coding, Span
from qualkit.text import sha256_hex, trimmed

if TYPE_CHECKING:
    from qualkit.coding.runs import Flags, Ints
    from qualkit.language.words import Ints as WordIds

_LEAST, _HALF = 0.25, 0.5
_FEWEST_WORDS, _FEWEST_LETTERS = 3, 12
_WIDER, _WIDER_LETTERS = 2, 200
_NEIGHBOURS, _ALONE = 40, 20


def reanchor(codings: Sequence[Coding], old: str, new: str) -> list[Reanchored]:
    """Find the passages of one text's codings in a later version of it.

    The two texts are compared once, whatever the number of codings.

    Args:
        codings: With offsets in `old`, of one transcript.
        old: The text they were made on.
        new: The text now.

    Returns:
        One record a coding, in the order given.

    Example:
        >>> from qualkit.model import MeaningUnit
        >>> unit = MeaningUnit(Span("I3", 0, 13), "Me kan ringe.")
        >>> coding = Coding("c1", unit, "telefon", "kari", "accepted", "manual", "")
        >>> [r] = reanchor([coding], "Me kan ringe. Det hender.", "Ja. Me kan ringje. Det hender.")
        >>> r.anchor, r.words_after, str(r.after.unit.span)
        ('words-changed', 'Me kan ringje.', 'I3:4-18')
    """
    if not codings:
        return []
    with _uncollected():
        return _Reanchoring(codings, compare(old, new)).results()


@contextmanager
def _uncollected() -> Iterator[None]:
    """Let Python look for no garbage meanwhile: it would go through all records made so far, and none is garbage."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


class _Reanchoring:
    """One comparison, and the codings that are looked up in it."""

    def __init__(self, codings: Sequence[Coding], difference: Difference) -> None:
        import numpy as np

        self._codings, self._d = codings, difference
        self._sha256 = sha256_hex(difference.new)
        starts = np.array([coding.unit.span.start for coding in codings], np.int64)
        ends = np.array([coding.unit.span.end for coding in codings], np.int64)
        spine = difference.spine
        self._starts, self._ends = spine.starts(starts).tolist(), spine.ends(ends).tolist()
        self._standing = (spine.standing(ends) - spine.standing(starts)).tolist()
        before, after = np.maximum(starts - _NEIGHBOURS, 0), np.minimum(ends + _NEIGHBOURS, len(difference.old))
        left = spine.standing(starts) - spine.standing(before) >= _HALF * (starts - before)
        right = spine.standing(after) - spine.standing(ends) >= _HALF * (after - ends)
        self._held = (left | right).tolist()
        self._slides = self._sliding(starts, ends)
        self._fresh: _Rows | None = None
        self._gone: _Rows | None = None

    def _sliding(self, starts: Ints, ends: Ints) -> dict[int, list[Slide]]:
        """Return, by number of the coding, the slides that hold the whole of it."""
        order = sorted(range(len(self._codings)), key=lambda n: int(starts[n]))
        ranked = [int(starts[n]) for n in order]
        found: dict[int, list[Slide]] = {}
        for slide in self._d.slides:
            at = bisect_left(ranked, slide.start)
            while at < len(ranked) and ranked[at] < slide.end:
                if ends[order[at]] <= slide.end:
                    found.setdefault(order[at], []).append(slide)
                at += 1
        return found

    def results(self) -> list[Reanchored]:
        return [self._one(number, coding) for number, coding in enumerate(self._codings)]

    def _one(self, number: int, coding: Coding) -> Reanchored:
        span, words = coding.unit.span, coding.unit.text
        old, new = self._d.old, self._d.new
        if old[span.start : span.end] != words:
            # The line says it stands on this text, and does not: somebody edited it.
            return self._waits(coding, [])
        if not words:
            return self._stands(coding, self._starts[number], self._starts[number])
        start, end, standing = self._starts[number], self._ends[number], self._standing[number]
        if end >= start and new[start:end] == words:
            unsure = self._unsure(coding, self._slides[number]) if number in self._slides else None
            if not self._held[number] and len(words) < _ALONE and new.count(words) > 1:
                # A short passage among words that are all new: it may be another one of the same words.
                unsure = unsure or self._waits(coding, [(start, end)])
            return unsure or self._stands(coding, start, end)
        found = max((_in_chain(chain, span) for chain in chain_at(self._d.moved, span.start, span.end)), default=None)
        if found is not None and found[0] > standing:
            standing, start, end = found
            rival = self._rival(span)
            if rival is not None:
                return self._waits(coding, [(start, end), rival] if end > start else [rival])
        elif any(_may_be_gone(span, slide) for slide in self._slides.get(number, ())):
            return self._elsewhere(coding, [])
        return self._changed(coding, start, max(start, end), standing)

    def _stands(self, coding: Coding, start: int, end: int) -> Reanchored:
        span = coding.unit.span
        place = Span(span.transcript, start, end)
        anchor: Anchor = "kept" if place == span else "moved"
        return self._at(coding, place, anchor)

    def _at(self, coding: Coding, place: Span, anchor: Anchor) -> Reanchored:
        after = placed(coding, place, self._d.new, self._sha256, anchor)
        return Reanchored(coding, after, anchor, (), coding.unit.text, after.unit.text)

    def _waits(self, coding: Coding, places: Sequence[tuple[int, int]]) -> Reanchored:
        name = coding.unit.span.transcript
        candidates = tuple(Span(name, start, end) for start, end in dict.fromkeys(places))[:MOST_CANDIDATES]
        return Reanchored(coding, None, "ambiguous" if candidates else "lost", candidates, coding.unit.text)

    def _unsure(self, coding: Coding, slides: Sequence[Slide]) -> Reanchored | None:
        """Return a record with candidates if an equal neighbour of the passage was put in or taken out."""
        span = coding.unit.span
        for slide in slides:
            places = []
            if span.end <= slide.end - (slide.length if slide.deleted else 0):
                places.append(span.start + slide.shift)
            if slide.deleted and span.start >= slide.start + slide.length:
                places.append(span.start + slide.shift - slide.length)
            if not slide.deleted:
                places.append(span.start + slide.shift + slide.length)
            if len(places) > 1 or (slide.deleted and _may_be_gone(span, slide)):
                length = span.end - span.start
                return self._waits(coding, [(place, place + length) for place in sorted(places)])
        return None

    def _rival(self, span: Span) -> tuple[int, int] | None:
        """Return the new words that stand where a moved passage stood, if they are mostly its own."""
        import numpy as np
        from rapidfuzz.distance import LCSseq

        a, b = self._d.old_words, self._d.new_words
        low = int(self._d.spine.ends(np.array([span.start]))[0])
        high = int(self._d.spine.starts(np.array([span.end]))[0])
        first, last = int(b.starts.searchsorted(low)), int(b.ends.searchsorted(high, side="right"))
        if last <= first:
            return None
        own = a.ids[int(a.starts.searchsorted(span.start)) : int(a.ends.searchsorted(span.end, side="right"))].tolist()
        # Words that came from elsewhere are no rivals.
        there = [
            -2 - at if brought else int(number)
            for at, (number, brought) in enumerate(zip(b.ids[first:last], self._d.brought[first:last], strict=True))
        ]
        equal = [code for code in LCSseq.opcodes(own, there) if code.tag == "equal"]
        if sum(code.src_end - code.src_start for code in equal) < max(1, _HALF * len(own)):
            return None
        return int(b.starts[first + equal[0].dest_start]), int(b.ends[first + equal[-1].dest_end - 1])

    # --- words that are no longer the same --------------------------------------------------------------

    def _changed(self, coding: Coding, start: int, end: int, standing: int) -> Reanchored:
        span, words = coding.unit.span, coding.unit.text
        new, length = self._d.new, span.end - span.start
        if words[:1].strip() and words[-1:].strip():
            start, end = trimmed(new, start, end)
        if end <= start:
            return self._elsewhere(coding, [])
        if same_words(new[start:end], words):
            return self._stands(coding, start, end)
        if standing >= _LEAST * length:
            # One of two equal stretches at its edge was taken out: it stands whole, with the other.
            for first in (end - length, start):
                if new[first : first + length] == words and first >= 0:
                    return self._stands(coding, first, first + length)
        known = standing >= _LEAST * length and standing >= _HALF * min(length, end - start)
        if known and end - start <= _WIDER * length + _WIDER_LETTERS:
            return self._at(coding, Span(span.transcript, start, end), "words-changed")
        replaced = end - start <= _WIDER * length + _WIDER_LETTERS
        said = any(char.isalnum() for char in new[start:end])
        return self._elsewhere(coding, [(start, end)] if said and (replaced or known) else [])

    def _elsewhere(self, coding: Coding, places: list[tuple[int, int]]) -> Reanchored:
        """Look for a passage's words in what is new in the later text; take them where nothing speaks against it."""
        a, b = self._d.old_words, self._d.new_words
        span = coding.unit.span
        first = int(a.starts.searchsorted(span.start))
        last = int(a.ends.searchsorted(span.end, side="right"))
        ids = a.ids[first:last]
        found = self._in_new(ids)
        for at in reversed(found):
            start, end = int(b.starts[at]), int(b.ends[at + len(ids) - 1])
            places.insert(0, _with_marks(self._d.new, start, end, coding.unit.text))
        alone = len(found) == 1 and last - first >= _FEWEST_WORDS and span.end - span.start >= _FEWEST_LETTERS
        if alone and self._only_one_gone(ids):
            start, end = places[0]
            if same_words(self._d.new[start:end], coding.unit.text):
                return self._stands(coding, start, end)
            return self._at(coding, Span(span.transcript, start, end), "words-changed")
        return self._waits(coding, places)

    def _in_new(self, ids: WordIds) -> list[int]:
        """Return where a row of words stands in what is new in the later text."""
        if self._fresh is None:
            self._fresh = _Rows(self._d.new_words.ids, self._d.fresh)
        return self._fresh.find(ids)

    def _only_one_gone(self, ids: WordIds) -> bool:
        """Return whether a row of words was taken out of the earlier text once at most."""
        if self._gone is None:
            self._gone = _Rows(self._d.old_words.ids, self._d.gone)
        return len(self._gone.find(ids)) <= 1


class _Rows:
    """The words of a text that are free, by which they are, to look rows of them up."""

    def __init__(self, ids: WordIds, free: Flags) -> None:
        import numpy as np

        self._ids, self._free = ids, free
        at = np.flatnonzero(free)
        self._order = at[np.argsort(ids[at], kind="stable")]
        last = int(ids.max()) if len(ids) else -1
        self._firsts = np.searchsorted(ids[self._order], np.arange(last + 3))

    def find(self, wanted: WordIds) -> list[int]:
        """Return where a row of words begins, looked for by its rarest word; ten places at most."""
        import numpy as np

        if not len(wanted):
            return []
        # Words that this text does not have come last.
        known = np.minimum(wanted, len(self._firsts) - 2)
        rarest = int(np.argmin(self._firsts[known + 1] - self._firsts[known]))
        word = int(known[rarest])
        at = self._order[self._firsts[word] : self._firsts[word + 1]] - rarest
        at = at[(at >= 0) & (at + len(wanted) <= len(self._ids))]
        for number, own in enumerate(wanted.tolist()):
            at = at[(self._ids[at + number] == own) & self._free[at + number]]
            if not len(at):
                return []
        found: list[int] = at[: MOST_CANDIDATES + 1].tolist()
        return found


def _may_be_gone(span: Span, slide: Slide) -> bool:
    """Return whether a deletion could be placed so that the whole passage is in it."""
    room = slide.end - slide.start - slide.length
    first = max(0, span.end - slide.start - slide.length)
    return slide.deleted and first <= min(room, span.start - slide.start)


def _in_chain(chain: Chain, span: Span) -> tuple[int, int, int]:
    """Return how much of a passage stands in a moved stretch, and where it begins and ends there."""
    import numpy as np

    low, high = int(chain.old[0]), int(chain.old[-1])
    first, last = np.array([max(span.start, low)]), np.array([min(span.end, high)])
    standing = int(chain.standing(last)[0] - chain.standing(first)[0])
    return standing, int(chain.starts(first)[0]), int(chain.ends(last)[0])


def _with_marks(text: str, start: int, end: int, words: str) -> tuple[int, int]:
    """Return a passage together with the marks around its words that were coded with them."""
    vocabulary = Vocabulary()
    own = index_words(words, vocabulary)
    before, after = words[: int(own.starts[0])], words[int(own.ends[-1]) :]
    if before and text[max(0, start - len(before)) : start] == before:
        start -= len(before)
    if after and text[end : end + len(after)] == after:
        end += len(after)
    return start, end
