"""Where a coding's words stand in a text, when nothing is known of the text they were coded in.

Words with what stood before and after them first, then words alone; never a place that is only the
likeliest of several.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from qualkit.coding.anchored import MOST_CANDIDATES, Reanchored, placed, same_words
from qualkit.language.words import Vocabulary, Words, index_words
from qualkit.model import Coding, Span
from qualkit.text import CONTEXT, sha256_hex

if TYPE_CHECKING:
    from qualkit.coding.runs import Ints

_FEWEST_WORDS, _FEWEST_LETTERS = 4, 20
"""Of a passage that is found again by its words alone."""
_LEAD = 12
"""Letters of context by which one place must be ahead of all others."""
_LEAST = 8
"""Letters of context on either side without which a short passage is not found again."""


def reanchor_by_words(codings: Sequence[Coding], new: str) -> list[Reanchored]:
    """Find codings again in a text by their words and the 32 code points around them.

    Args:
        codings: Made on a text that is not known any more.
        new: The text now.

    Returns:
        One record a coding, in the order given. No coding ends as "words-changed": without the earlier
        text nobody can tell which words took the place of others.

    Example:
        >>> from qualkit.model import MeaningUnit
        >>> unit = MeaningUnit(Span("I3", 4, 7), "Ja.", "K1: ", " Me ringer.")
        >>> coding = Coding("c1", unit, "telefon", "kari", "accepted", "manual", "")
        >>> [r] = reanchor_by_words([coding], "I: Nei? Ja.\\n\\nK1: Ja. Me ringer.")
        >>> r.anchor, str(r.after.unit.span)
        ('moved', 'I3:17-20')
    """
    if not codings:
        return []
    search = _Search(new)
    return [search.one(coding) for coding in codings]


class _Search:
    """A text, and where each of its words stands."""

    def __init__(self, text: str) -> None:
        import numpy as np

        self._text, self._sha256 = text, sha256_hex(text)
        self._vocabulary = Vocabulary()
        self._words = index_words(text, self._vocabulary)
        order = np.argsort(self._words.ids, kind="stable")
        firsts = np.searchsorted(self._words.ids[order], np.arange(len(self._vocabulary) + 1))
        self._order, self._firsts = order, firsts

    def one(self, coding: Coding) -> Reanchored:
        span, words = coding.unit.span, coding.unit.text
        places = self._places(words)
        exact = [place for place in places if same_words(self._text[place[0] : place[1]], words)]
        scores = {place: self._context(coding, place) for place in exact}
        here = (span.start, span.end)
        whole = [place for place in exact if self._around(coding, place)]
        if here in whole:
            return self._at(coding, here)
        if len(whole) == 1:
            return self._at(coding, whole[0])
        ranked = sorted(exact, key=lambda place: -sum(scores[place]))
        if ranked:
            best = sum(scores[ranked[0]])
            second = sum(scores[ranked[1]]) if len(ranked) > 1 else -_LEAD
            long = len(words.split()) >= _FEWEST_WORDS and len(words) >= _FEWEST_LETTERS
            sure = long or min(scores[ranked[0]]) >= _LEAST
            if not whole and best - second >= _LEAD and sure:
                return self._at(coding, ranked[0])
        others = [place for place in places if place not in scores]
        found = ranked or others or self._framed(coding)
        candidates = tuple(Span(span.transcript, *place) for place in found[:MOST_CANDIDATES])
        return Reanchored(coding, None, "ambiguous" if candidates else "lost", candidates, words)

    def _at(self, coding: Coding, place: tuple[int, int]) -> Reanchored:
        span = coding.unit.span
        anchor = "kept" if place == (span.start, span.end) else "moved"
        after = placed(coding, Span(span.transcript, *place), self._text, self._sha256, anchor)  # type: ignore[arg-type]
        return Reanchored(coding, after, after.anchor, (), coding.unit.text, after.unit.text)

    def _places(self, words: str) -> list[tuple[int, int]]:
        """Return where the words of a passage stand, in any case, with the marks coded around them."""
        wanted = index_words(words, Vocabulary())
        if not len(wanted):
            return self._marks(words)
        ids = self._known(words)
        if ids is None:
            return []
        lead, tail = words[: int(wanted.starts[0])], words[int(wanted.ends[-1]) :]
        out = []
        for at in _rows(ids, self._words, self._order, self._firsts):
            start, end = int(self._words.starts[at]), int(self._words.ends[at + len(ids) - 1])
            start -= len(lead) if self._text[max(0, start - len(lead)) : start] == lead else 0
            end += len(tail) if self._text[end : end + len(tail)] == tail else 0
            out.append((start, end))
        return out

    def _marks(self, words: str) -> list[tuple[int, int]]:
        """Return where a passage without any word stands."""
        out: list[tuple[int, int]] = []
        at = self._text.find(words) if words else -1
        while at >= 0 and len(out) <= MOST_CANDIDATES:
            out.append((at, at + len(words)))
            at = self._text.find(words, at + 1)
        return out

    def _known(self, words: str) -> list[int] | None:
        """Return the numbers of a passage's words, or None where the text does not have one of them."""
        own = Vocabulary()
        ids = index_words(words, own).ids.tolist()
        names = own.words()
        if any(name not in self._vocabulary for name in names):
            return None
        return [self._vocabulary[names[number]] for number in ids]

    def _context(self, coding: Coding, place: tuple[int, int]) -> tuple[int, int]:
        """Return how many letters before and after a place are those that stood around the coding."""
        before = " ".join(coding.unit.before.split())
        after = " ".join(coding.unit.after.split())
        # White space may have become more; a margin is enough.
        mine_before = " ".join(self._text[max(0, place[0] - 2 * CONTEXT) : place[0]].split())
        mine_after = " ".join(self._text[place[1] : place[1] + 2 * CONTEXT].split())
        return _common(before[::-1], mine_before[::-1]), _common(after, mine_after)

    def _around(self, coding: Coding, place: tuple[int, int]) -> bool:
        """Return whether everything that stood before and after the coding stands around a place."""
        left, right = self._context(coding, place)
        before, after = coding.unit.before, coding.unit.after
        if not (before or after):
            return False
        return left == len(" ".join(before.split())) and right == len(" ".join(after.split()))

    def _framed(self, coding: Coding) -> list[tuple[int, int]]:
        """Return what stands between the words that stood before and after, where both are found once, in order."""
        before, after = _whole_words(coding.unit.before, 1), _whole_words(coding.unit.after, -1)
        if len(before.split()) < 3 or len(after.split()) < 3:
            return []
        left, right = self._places(before), self._places(after)
        if len(left) != 1 or len(right) != 1:
            return []
        start, end = left[0][1], right[0][0]
        while start < end and self._text[start].isspace():
            start += 1
        while end > start and self._text[end - 1].isspace():
            end -= 1
        return [(start, end)] if 0 < end - start <= 2 * len(coding.unit.text) + 200 else []


def _rows(wanted: list[int], words: Words, order: Ints, firsts: Ints) -> list[int]:
    """Return where a row of words begins, looked for by the word of it that is rarest; ten places at most."""
    counts = [int(firsts[number + 1] - firsts[number]) for number in wanted]
    rarest = counts.index(min(counts))
    number = wanted[rarest]
    found: list[int] = []
    for at in order[firsts[number] : firsts[number + 1]].tolist():
        first = at - rarest
        if first >= 0 and words.ids[first : first + len(wanted)].tolist() == wanted:
            found.append(first)
            if len(found) > MOST_CANDIDATES:
                break
    return found


def _common(one: str, other: str) -> int:
    """Return how many characters two texts begin with in common."""
    count = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        count += 1
    return count


def _whole_words(context: str, side: int) -> str:
    """Return a context without the word that was cut at its far end."""
    parts = context.split()
    cut = parts[1:] if side > 0 else parts[:-1]
    return " ".join(cut if len(context) >= CONTEXT else parts)
