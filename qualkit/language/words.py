"""A text as arrays: where each word starts and ends, and which word it is.

A text is read once. Case is folded and typographic apostrophes and hyphens are made plain through one
lookup table over code points; numpy finds the edges of words, `str.split` cuts the folded text, and a
dictionary gives every distinct word a number. Rules are compiled to sets of those numbers.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    import numpy as np
    from numpy.typing import NDArray

    Ints = NDArray[np.int32]

_TABLE_SIZE = 0x10000
_SPACE = 0x20
# Larger texts are read in pieces, so that memory stays at a few times the piece.
_BLOCK = 1 << 21
_VARIATION_SELECTORS = range(0xFE00, 0xFE10)
_WORD, _JOINER, _BREAK, _STOP = 1, 2, 3, 4
_JOINERS = "-'’‘ʼ‐‑"
_APOSTROPHES = "'’‘ʼ"


class Vocabulary(dict[str, int]):
    """Distinct folded words, numbered in the order they were first met.

    Looking up a word that is not there adds it, so that `map(vocabulary.__getitem__, words)` numbers a
    whole text without a line of Python a word.

    Example:
        >>> v = Vocabulary()
        >>> [v[w] for w in "me kan ringe me".split()], v.words()
        ([0, 1, 2, 0], ['me', 'kan', 'ringe'])
    """

    def __missing__(self, word: str) -> int:
        number = self[word] = len(self)
        return number

    def words(self) -> list[str]:
        """Return the words in the order of their numbers."""
        return list(self)


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one text, in order.

    Attributes:
        starts: First code point of each word.
        ends: One past its last.
        ids: Its number in the vocabulary.
        breaks: Numbers of the words that begin after a line's or a sentence's end: no phrase runs
            across. A full stop counts before a capital only, an ellipsis never.
    """

    starts: Ints
    ends: Ints
    ids: Ints
    breaks: Ints

    def __len__(self) -> int:
        return len(self.ids)


@cache
def _tables() -> tuple[NDArray[np.uint16], NDArray[np.uint8]]:
    """Return, by code point: the folded code point (a space for no word), and what kind it is (0 for all else)."""
    import unicodedata

    import numpy as np

    folded = np.full(_TABLE_SIZE, _SPACE, np.uint16)
    kind = np.zeros(_TABLE_SIZE, np.uint8)
    for code in range(_TABLE_SIZE - 1):
        char = chr(code)
        mark = code > 0x2FF and unicodedata.category(char) in ("Mn", "Mc") and code not in _VARIATION_SELECTORS
        if char.isalnum() or mark:
            lower = char.lower()
            folded[code] = ord(lower) if len(lower) == 1 else code
            kind[code] = _WORD
    for char in _JOINERS:
        folded[ord(char)] = ord("'" if char in _APOSTROPHES else "-")
        kind[ord(char)] = _JOINER
    for char in "!?\n":
        kind[ord(char)] = _BREAK
    kind[ord(".")] = _STOP
    return folded, kind


def index_words(text: str, vocabulary: Vocabulary) -> Words:
    """Read a text into word arrays, adding what is new to the vocabulary.

    A word is a run of letters, digits and combining marks; hyphens and apostrophes between two of them
    belong to it (*e-post*, *veit'ke*). Case is folded, typographic apostrophes count as plain.

    Args:
        text: Canonical text; code points beyond U+FFFE belong to no word.
        vocabulary: Grows.

    Returns:
        Offsets in code points, half-open.

    Example:
        >>> v = Vocabulary()
        >>> w = index_words("Han veit’ke, NAV-ansatte «Åsa»!", v)
        >>> v.words()
        ['han', "veit'ke", 'nav-ansatte', 'åsa']
        >>> [(int(s), int(e)) for s, e in zip(w.starts, w.ends)]
        [(0, 3), (4, 11), (13, 24), (26, 29)]
    """
    import numpy as np

    if len(text) <= _BLOCK:
        return _index_block(text, vocabulary)
    blocks, offsets, counts = [], [], [0]
    at = 0
    while at < len(text):
        # Cut after a line only: there a sentence ends as well, whatever stands on the next line.
        stop = len(text)
        if stop - at > _BLOCK:
            stop = text.rfind("\n", at, at + _BLOCK) + 1 or text.find("\n", at) + 1 or stop
        blocks.append(_index_block(text[at:stop], vocabulary))
        offsets.append(at)
        counts.append(counts[-1] + len(blocks[-1]))
        at = stop
    return Words(
        np.concatenate([block.starts + np.int32(offset) for block, offset in zip(blocks, offsets, strict=True)]),
        np.concatenate([block.ends + np.int32(offset) for block, offset in zip(blocks, offsets, strict=True)]),
        np.concatenate([block.ids for block in blocks]),
        np.unique(
            np.concatenate([block.breaks + np.int32(count) for block, count in zip(blocks, counts, strict=False)])
        ),
    )


def _index_block(text: str, vocabulary: Vocabulary) -> Words:
    import numpy as np

    codes = _codes(text)
    narrow = codes.dtype == np.uint8
    folded = _narrow_folded() if narrow else _tables()[0]
    kinds, inside = _inside(codes)
    mapped = folded.take(codes)
    mapped[(kinds == _JOINER) & ~inside] = _SPACE
    at_edge = np.zeros(len(codes) + 1, bool)
    at_edge[:-1] = inside
    at_edge[1:] ^= inside
    edges = at_edge.nonzero()[0].astype(np.int32)
    words = mapped.tobytes().decode("latin-1" if narrow else "utf-16-le").split()
    ids = np.fromiter(map(vocabulary.__getitem__, words), np.int32, len(words))
    stops = np.flatnonzero(kinds == _STOP)
    stops = stops[stops + 2 < len(codes)]
    capital = (kinds[stops + 1] == 0) & (folded.take(codes[stops + 2]) != codes[stops + 2]) & inside[stops + 2]
    ends = np.concatenate([np.flatnonzero(kinds == _BREAK), stops[capital]])
    breaks = np.unique(np.searchsorted(edges[0::2], ends)).astype(np.int32)
    return Words(edges[0::2], edges[1::2], ids, breaks)


def _codes(text: str) -> NDArray[np.uint8] | NDArray[np.uint16]:
    """Return the code points of a text in as few bytes as they take, those beyond the table as its last."""
    import numpy as np

    try:
        return np.frombuffer(text.encode("latin-1"), np.uint8)
    except UnicodeEncodeError:
        data = text.encode("utf-16-le", "surrogatepass")
    if len(data) == 2 * len(text):
        return np.frombuffer(data, np.uint16)
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    return np.minimum(codes, np.uint32(_TABLE_SIZE - 1)).astype(np.uint16)


@cache
def _narrow_folded() -> NDArray[np.uint8]:
    """Return the folded code points of those that take one byte; theirs take one, too."""
    import numpy as np

    return _tables()[0][:256].astype(np.uint8)


def _inside(codes: NDArray[np.uint8] | NDArray[np.uint16]) -> tuple[NDArray[np.uint8], NDArray[np.bool_]]:
    """Return the kind of every code point, and whether it belongs to a word."""
    import numpy as np

    kinds = _tables()[1].take(codes)
    inside = kinds == _WORD
    joiners = np.flatnonzero(kinds == _JOINER)
    within = joiners[(joiners > 0) & (joiners < len(codes) - 1)]
    inside[within[inside[within - 1] & inside[within + 1]]] = True
    return kinds, inside


def fold(text: str) -> list[str]:
    """Return a text's words as the vocabulary has them.

    Example:
        >>> fold("Ringe Rundt")
        ['ringe', 'rundt']
    """
    vocabulary = Vocabulary()
    words = index_words(text, vocabulary)
    names = vocabulary.words()
    return [names[i] for i in words.ids]


def fold_letters(pattern: str) -> str:
    """Return a pattern for one word, folded letter by letter; `*` stays, what is no letter becomes a space.

    Example:
        >>> fold_letters("*-Ansatt*"), fold_letters("a/b*")
        ('*-ansatt*', 'a b*')
    """
    folded, _ = _tables()
    return "".join("*" if char == "*" else chr(folded[min(ord(char), _TABLE_SIZE - 1)]) for char in pattern)


def count_words(texts: Iterable[str]) -> int:
    """Return the number of words in some texts, as they are indexed.

    Example:
        >>> count_words(["Me kan ringe.", "Ja!"])
        4
    """
    import numpy as np

    total = 0
    for text in texts:
        inside = _inside(_codes(text))[1]
        total += int(np.count_nonzero(inside[1:] > inside[:-1])) + int(inside[:1].sum())
    return total
