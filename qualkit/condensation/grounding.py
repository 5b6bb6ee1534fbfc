"""Which words of a condensate its meaning units hold: information with no pass mark.

A condensate keeps participants' own terms (Malterud 2012). Words that no unit of the subgroup has are not wrong; they
are the analyst's, and worth a look.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from qualkit.language.lemmas import lemmas
from qualkit.language.words import Vocabulary, index_words


@dataclass(frozen=True, slots=True)
class Grounding:
    """How a condensate rests on the words of its units.

    Attributes:
        words: How many it has.
        own: Places in the condensate of words that no unit has in any form: code points, half-open.
        runs: How many of its runs of three words stand in a unit as they are.
        of_runs: How many runs of three words it has.
    """

    words: int
    own: tuple[tuple[int, int], ...]
    runs: int
    of_runs: int

    @property
    def held(self) -> int:
        """How many of its words a unit has, in this form or another."""
        return self.words - len(self.own)


def ground(condensate: str, units: Iterable[str], *, language: str) -> Grounding:
    """Return how a condensate rests on the words of its meaning units.

    Args:
        condensate: Its text.
        units: The words of the subgroup's meaning units.
        language: nb, nn, en, da or sv; forms of a word are found by its dictionary forms.

    Example:
        >>> text = "Jeg står alene om natta, og venter."
        >>> found = ground(text, ["Du blir stående alene.", "om natta venter vi"], language="nb")
        >>> found.words, [text[start:end] for start, end in found.own]
        (7, ['Jeg', 'og'])
    """
    theirs: set[str] = set()
    meant: set[str] = set()
    threes: set[tuple[str, ...]] = set()
    for unit in units:
        words = [word for _, _, word in _words(unit)]
        theirs.update(words)
        threes.update(_threes(words))
    for word in theirs:
        meant.update(lemmas(word, language))
    places = _words(condensate)
    own = tuple(
        (start, end)
        for start, end, word in places
        if word not in theirs and not meant.intersection(lemmas(word, language))
    )
    mine = _threes([word for _, _, word in places])
    return Grounding(len(places), own, sum(three in threes for three in mine), len(mine))


def _words(text: str) -> list[tuple[int, int, str]]:
    vocabulary = Vocabulary()
    words = index_words(text, vocabulary)
    names = vocabulary.words()
    rows = zip(words.starts.tolist(), words.ends.tolist(), words.ids.tolist(), strict=True)
    return [(start, end, names[number]) for start, end, number in rows]


def _threes(words: Sequence[str]) -> list[tuple[str, ...]]:
    return [tuple(words[at : at + 3]) for at in range(len(words) - 2)]
