"""What the detectors look at: the words of a text as arrays, with their capitals, and where sentences begin.

Names are told by capitals only where the text has any use of them: recogniser output often has none, and what is
shouted has nothing else. Each text is therefore read with its casing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeAlias

    import numpy as np
    from numpy.typing import NDArray

    Flags: TypeAlias = NDArray[np.bool_]

Casing = Literal["mixed", "lower", "upper"]

_TABLE = 0x10000
_FEW_CAPITALS = 0.01
_SHOUTED = 0.6
_BEGINNING_CAPITALS = 0.3
# In a text of which more sentences than these begin small, names stand in small letters too.
_CARELESS = 0.1
_FEWEST_BEGINNINGS = 10
_BEGINNING_OF_LINE = re.compile(r"[«“\"]?([^\W\d_])")
_BEGINNING = re.compile(r"[.!?] [«“\"]?([^\W\d_])")
# Between two words: the end of a sentence with what closes it, or something that a sentence may begin behind.
_BEGINS = re.compile(r"[.!?…:][»”\"')\]]*\s+[«“\"(\[–—-]*\Z|[:…«“\"‹•–—]\s*\Z|\.\.\.")
_BETWEEN = " \t"
_I = frozenset("i i'm i've i'd i'll i’m i’ve i’d i’ll".split())


@dataclass(frozen=True, slots=True, eq=False)
class Tokens:
    """The words of a text.

    Attributes:
        starts: First code point of each.
        ends: One past its last.
        ids: Number of its folded form in `forms`.
        forms: Distinct folded words.
        capital: Whether it has a capital letter, at its beginning or after a hyphen.
        shouted: Whether it is in capitals throughout, and longer than one letter.
        first: Whether a sentence begins with it, so that its capital tells nothing.
        joined: Whether nothing but white space parts it from the word before, on the same line.
        casing: How the text uses capitals.
    """

    text: str
    starts: list[int]
    ends: list[int]
    ids: NDArray[np.int32]
    forms: list[str]
    capital: Flags
    shouted: Flags
    first: Flags
    joined: Flags
    casing: Casing

    def __len__(self) -> int:
        return len(self.starts)

    def word(self, at: int) -> str:
        """Return a word, folded; "" beyond the ends of the text."""
        return self.forms[self.ids[at]] if 0 <= at < len(self.starts) else ""

    def that(self, holds: Callable[[str], bool]) -> Flags:
        """Return for every word whether something holds for its folded form, asked once for each form."""
        import numpy as np

        return np.fromiter(map(holds, self.forms), bool, len(self.forms))[self.ids]

    def followed(self, at: int) -> bool:
        """Whether the next word belongs to the same run of words."""
        return at + 1 < len(self.starts) and bool(self.joined[at + 1])


@lru_cache(maxsize=2)
def read_tokens(text: str) -> Tokens:
    """Return the words of a text. The last text is kept, since every detector asks for the same one.

    Example:
        >>> t = read_tokens("Hun heter Åse Moen. Og jeg er Bo.")
        >>> [t.word(at) for at in range(len(t)) if t.capital[at] and not t.first[at]], t.casing
        (['åse', 'moen', 'bo'], 'mixed')
    """
    import numpy as np

    from qualkit.language.words import Vocabulary, index_words

    vocabulary = Vocabulary()
    words = index_words(text, vocabulary)
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    upper, letter = (table.take(np.minimum(codes, np.uint32(_TABLE - 1))) for table in _tables())
    capitals, letters = _within(upper, words.starts, words.ends), _within(letter, words.starts, words.ends)
    capital = capitals > 0
    shouted = (capitals == letters) & (capitals > 1)
    first = np.zeros(len(words), bool)
    first[:1] = True
    first[words.breaks[words.breaks < len(words)]] = True
    starts, ends = words.starts.tolist(), words.ends.tolist()
    for at in np.flatnonzero(capital & ~first).tolist():
        first[at] = bool(_BEGINS.search(text, ends[at - 1], starts[at]))
    joined = np.zeros(len(words), bool)
    if len(words) > 1:
        blank = np.isin(codes, np.array([ord(char) for char in _BETWEEN], np.uint32))
        joined[1:] = _within(blank, words.ends[:-1], words.starts[1:]) == words.starts[1:] - words.ends[:-1]
    worded = letters > 0
    # A recogniser that knows no other capital writes the English "I" with one.
    told = capital & worded & ~np.isin(words.ids, [at for at, form in enumerate(vocabulary.words()) if form in _I])
    casing = _casing(int(worded.sum()), int(told.sum()), int((shouted & worded).sum()))
    beginnings = first & worded
    if casing == "mixed" and beginnings.sum() and capital[beginnings].mean() < _BEGINNING_CAPITALS:
        # Speech written down without capitals at the beginning: every capital means something.
        first = np.zeros(len(words), bool)
    return Tokens(text, starts, ends, words.ids, vocabulary.words(), capital, shouted, first, joined, casing)


def is_careless(text: str) -> bool:
    """Return whether a text has capitals here and there, as recognisers and those in a hurry write.

    Example:
        >>> is_careless("jeg bor i halden. og du. " * 9 + "Ja. Men Kari bor i Moss. "  * 9)
        True
    """
    beginnings = [match.group(1) for match in map(_BEGINNING_OF_LINE.match, text.split("\n")) if match] + [
        match.group(1)
        for match in _BEGINNING.finditer(text)
        if (at := match.start()) > 2 and text[at - 3 : at].isalpha()
    ]
    if len(beginnings) < _FEWEST_BEGINNINGS or read_tokens(text).casing != "mixed":
        return False
    small = sum(letter.islower() for letter in beginnings) / len(beginnings)
    return bool(_CARELESS < small < 1 - _BEGINNING_CAPITALS)


def _casing(words: int, capital: int, shouted: int) -> Casing:
    if shouted > words * _SHOUTED:
        return "upper"
    return "lower" if capital < max(1, words * _FEW_CAPITALS) else "mixed"


def _within(flags: Flags, starts: NDArray[np.int32], ends: NDArray[np.int32]) -> NDArray[np.int64]:
    """Count what is flagged in each stretch."""
    import numpy as np

    running = np.concatenate([np.zeros(1, np.int64), np.cumsum(flags)])
    counted: NDArray[np.int64] = running[ends] - running[starts]
    return counted


@cache
def _tables() -> tuple[Flags, Flags]:
    """Return, by code point, whether it is a capital letter, and whether a letter."""
    import numpy as np

    letters = [chr(code) for code in range(_TABLE)]
    upper = np.fromiter((char.isupper() or char.istitle() for char in letters), bool, _TABLE)
    return upper, np.fromiter(map(str.isalpha, letters), bool, _TABLE)
