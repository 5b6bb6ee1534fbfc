"""Whether the hyphen at the end of a line belongs to the word, or only to the line."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Literal

from qualkit.language.lemmas import is_known

HYPHENS = "-\u2010\u00ad"
"""Signs that may break a word at a line's end: the soft hyphen does nothing else."""

Verdict = Literal["join", "keep", "part"]
"""The line's hyphen goes; the word's hyphen stays in the word; or there are two words."""

# What follows "bolig-" in "bolig- og sosialkontoret", and what goes on behind somebody who breaks off.
_GOES_ON = frozenset(
    "og eller samt men til i på av for med om at som det den de du jeg eg han hun ho vi me dere ikke ikkje er var har "
    "hadde kan vil skal må så da når hvis en ei et ein eit and or but to in on of for with the a an it is was he she "
    "they we you not".split()
)
_BEFORE = re.compile(rf"([^\W_]+(?:['’\-\u2011][^\W_]+)*)[{HYPHENS}]$")
_LONGEST_WORD = 100
_BEHIND = re.compile(r"[^\W_]+")


def verdict(above: str, below: str, language: str = "", words: Collection[str] = frozenset()) -> Verdict | None:
    """Decide on the hyphen that a line ends with; None where it ends with none that could break a word.

    What the text itself writes elsewhere wins over the dictionary, and where nothing speaks for a hyphen of the
    line's own, there are two words: somebody broke off, or the second half stands elsewhere.

    Args:
        above: The line, without white space at its end.
        below: The next line, without white space at its start.
        language: Of the dictionary; "" asks bokmål, nynorsk and English.
        words: Folded words that stand within lines of the same text.

    Example:
        >>> [verdict(*lines) for lines in (("vi har sam-", "arbeid"), ("bolig-", "og sosial"), ("Nord-", "Norge"))]
        ['join', 'part', 'keep']
    """
    before, behind = _BEFORE.search(above[-_LONGEST_WORD:]), _BEHIND.match(below[:_LONGEST_WORD])
    if before is None or behind is None:
        return None
    if above.endswith("\u00ad"):
        return "join"
    return _of_the_word(before[1], behind[0], language, words)


def _of_the_word(first: str, second: str, language: str, words: Collection[str]) -> Verdict:
    joined, hyphened = (first + second).casefold(), f"{first}-{second}".casefold()
    # Behind "me-" may come "darbeiderne", which is no word; behind a "på-" that was broken off comes one.
    broken_off = first.casefold() in _GOES_ON and is_known(second.casefold(), language)
    if broken_off or second in _GOES_ON or _stutters(first, second):
        return "part"
    if not second[0].islower() or first[-1].isdigit() or (len(first) > 1 and first.isupper()):
        return "keep"
    if joined not in words and (hyphened in words or len(first) == 1):
        return "keep"
    if joined in words or is_known(joined, language):
        return "join"
    if first.endswith("sk") and second.endswith("sk"):
        return "keep"
    return "join" if _is_compound(first.rpartition("-")[2], second, language) else "part"


def _stutters(first: str, second: str) -> bool:
    """Tell "t- tenkte" and "ten- tenkte": somebody began a word and began it anew."""
    return second.casefold().startswith(first.casefold())


def _is_compound(first: str, second: str, language: str) -> bool:
    """Tell whether both halves are words of a compound: "samarbeids" and "møtet"."""
    if first[0].isupper() or len(second) < 3 or not is_known(second.casefold(), language):
        return False
    bare = [first.removesuffix(link) for link in ("", "s", "e")]
    return any(len(one) > 2 and is_known(one.casefold(), language) for one in bare)
