"""Letters as they are typed: what is seen of a text, where it stands, and words that count as the same."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]|(?<=[^\\W\\d_])[\ufe00-\ufe0f]"
)
_CLUSTER = re.compile(".[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]*", re.DOTALL)
_MARKS = re.compile("[\u0300-\u036f]")


def visible(text: str) -> tuple[str, Sequence[int]]:
    """Return a text without what nobody sees, its letters composed, and where each character comes from.

    Returns:
        The text, and for each of its characters the offset in the original; one more for the end.

    Example:
        >>> seen, origins = visible("A\u030ase og Ka\u00adri")
        >>> seen, list(origins)[:4], len(origins)
        ('Åse og Kari', [0, 2, 3, 4], 12)
    """
    kept: Sequence[int] = range(len(text) + 1)
    seen = text
    if _INVISIBLE.search(text):
        gone = {at for match in _INVISIBLE.finditer(text) for at in range(*match.span())}
        kept = [at for at in range(len(text)) if at not in gone]
        seen = "".join([text[at] for at in kept])
        kept.append(len(text))
    if not unicodedata.is_normalized("NFC", seen):
        seen, kept = _composed(seen, kept)
    return seen, kept


def _composed(text: str, origins: Sequence[int]) -> tuple[str, list[int]]:
    """Compose the letters of a text, cluster by cluster: a letter and the marks upon it become one."""
    out: list[str] = []
    places: list[int] = []
    for match in _CLUSTER.finditer(text):
        cluster = unicodedata.normalize("NFC", match.group())
        out.append(cluster)
        places += [origins[match.start()]] * len(cluster)
    whole = unicodedata.normalize("NFC", text)
    if "".join(out) != whole:
        # Scripts whose letters compose across clusters: the words count more than their exact places.
        places = [origins[min(at, len(origins) - 1)] for at in range(len(whole))]
    return whole, [*places, origins[-1]]


@lru_cache(maxsize=1 << 17)
def fold_word(word: str) -> str:
    """Return what all spellings of a word have in common: case, ligatures and stray marks do not count.

    Example:
        >>> [fold_word(word) for word in ("KARİ", "Liſa", "STRAUß", "Åse")]
        ['kari', 'lisa', 'strauss', 'åse']
    """
    if word.isascii():
        return word.lower()
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", word).casefold())
    return _MARKS.sub("", folded)
