"""Illnesses, injuries, treatments, aids and medicines that stand in a list, also where a recogniser took one apart.

The lists hold what people call things themselves: "gallestein", "hjertestarter", "bell's palsy", "sertraline".
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from qualkit.anonymisation.lexicon import words
from qualkit.anonymisation.tokens import Tokens, read_tokens

_ENDINGS = ("", "en", "et", "a", "er", "ene", "ar", "ane", "n", "s", "ens", "ets", "t", "e", "ne", "r", "an")
_ENGLISH_ENDINGS = ("", "s", "'s")
# Shorter words are not put together: "ko" and "ma" are no coma.
_SHORTEST_JOINED = 8


@dataclass(frozen=True, slots=True)
class _List:
    """Entries of a list.

    Attributes:
        whole: Single words with their endings.
        fronts: What words of any ending begin with.
        backs: What compounds end with.
        entries: All single words with ordinary endings, those of `fronts` too, and no longer compounds.
        longer: What may stand behind the first word of an entry of several; its last word is listed as the others are.
    """

    whole: frozenset[str]
    fronts: tuple[str, ...]
    backs: tuple[str, ...]
    entries: frozenset[str]
    longer: Mapping[str, tuple[tuple[str, ...], ...]]

    def has(self, word: str) -> bool:
        return word in self.whole or word.startswith(self.fronts) or (word.endswith(self.backs) and len(word) > 8)


def listed_illnesses(text: str, language: str) -> Iterator[tuple[int, int]]:
    """Yield where illnesses, injuries, treatments and aids of the list stand.

    Example:
        >>> text = "Ho har gallestein og Bell's palsy, og kona fekk hjarte flimmer."
        >>> [text[a:b] for a, b in listed_illnesses(text, "nn")]
        ['gallestein', 'hjarte flimmer']
    """
    yield from _found(read_tokens(text), _read("english-illnesses.txt" if language == "en" else "illnesses.txt"))


def listed_medicines(text: str) -> Iterator[tuple[int, int]]:
    """Yield where medicines of the list stand.

    Example:
        >>> text = "I take sertraline, he had Oxy contin."
        >>> [text[a:b] for a, b in listed_medicines(text)]
        ['sertraline', 'Oxy contin']
    """
    yield from _found(read_tokens(text), _read("medicines.txt"))


def _found(tokens: Tokens, known: _List) -> Iterator[tuple[int, int]]:
    import numpy as np

    alone = tokens.that(known.has)
    for at in np.flatnonzero(alone).tolist():
        yield tokens.starts[at], tokens.ends[at]
    for at in np.flatnonzero(tokens.that(known.longer.__contains__)).tolist():
        for behind in known.longer[tokens.word(at)]:
            last = at + len(behind)
            if last < len(tokens) and _is_followed(tokens, at, behind):
                yield tokens.starts[at], tokens.ends[last]
    small = ~tokens.capital
    pairs = tokens.joined[1:] & ~alone[1:] & ~alone[:-1] & small[1:]
    for at in np.flatnonzero(pairs).tolist():
        both = tokens.word(at) + tokens.word(at + 1)
        if (
            len(both) >= _SHORTEST_JOINED
            and len(tokens.word(at)) > 1 < len(tokens.word(at + 1))
            and both in known.entries
        ):
            yield tokens.starts[at], tokens.ends[at + 1]


def _is_followed(tokens: Tokens, at: int, behind: tuple[str, ...]) -> bool:
    *between, last = behind
    if any(tokens.word(at + 1 + place) != word for place, word in enumerate(between)):
        return False
    word = tokens.word(at + len(behind))
    told = word.startswith(last[:-1]) if last.endswith("*") else word in (last, last + "s", last + "er", last + "en")
    return told and all(tokens.joined[at + 1 : at + len(behind) + 1])


@cache
def _read(name: str) -> _List:
    endings = _ENGLISH_ENDINGS if name.startswith("english") else _ENDINGS
    whole, fronts, backs = set(), [], []
    longer: dict[str, list[tuple[str, ...]]] = {}
    for entry in words(name):
        first, *behind = entry.split()
        if behind:
            longer.setdefault(first, []).append(tuple(behind))
        elif entry.startswith("*"):
            backs += [entry[1:] + ending for ending in endings]
        elif entry.endswith("*"):
            fronts.append(entry[:-1])
        else:
            # "krefter" are powers.
            whole |= (
                {entry + ending for ending in endings} if len(entry) > 3 and entry != "kreft" else {entry, entry + "en"}
            )
    return _List(
        whole=frozenset(whole),
        fronts=tuple(fronts),
        backs=tuple(backs),
        entries=frozenset(whole) | {front + ending for front in fronts for ending in _ENDINGS},
        longer={first: tuple(rows) for first, rows in longer.items()},
    )
