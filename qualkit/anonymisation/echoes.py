"""A name that is known at one place of a transcript, and stands at another where nothing tells it.

"Heather's your wife?", when "heather had her stuffed" was seen; "mindre" at the beginning of a sentence, when it is
written as a name inside another; "pay well", "bil all", when the recogniser has written "paywell" and "bilal" as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qualkit.anonymisation.fragments import FUNCTION
from qualkit.anonymisation.lexicon import is_everyday, is_word, no_names
from qualkit.anonymisation.numberwords import number_of
from qualkit.anonymisation.titles import BEFORE_NAMES
from qualkit.anonymisation.tokens import Tokens, read_tokens
from qualkit.identity import Hit

if TYPE_CHECKING:
    from qualkit.anonymisation.tokens import Flags

ECHO = "echoes@1"

_NAMING = frozenset("named-so names ner unknown-words capitals places institutions".split())
_PERSONS = frozenset("named-so names ner".split())
_SHORTEST, _SHORTEST_TOGETHER, _SHORTEST_NEAR, _FEWEST_CONSONANTS = 3, 5, 6, 4
_LONGEST_NAME, _MOST_WORDS = 24, 3
_DOUBLED = re.compile(r"(.)\1+")
_VOWELS = re.compile(r"[aeiouyæøåäöwh]+")
# Behind these a word is what it says: "at dawn", "the grace of god".
_MAKES_WORDS = frozenset(
    """
    the a an this that my your his her our their some any no every each of at in with by for
    en ei et eit den det denne dette mitt min din sin vår i på av for hver kvar noe noko mye mykje
    """.split()
)


# Words that begin sentences, and names too.
_OPENERS = frozenset(
    """
    men og så da nå når der her det den de han hun ho vi jeg eg du ja nei for om på med til av en et ei to tre fire fem
    seks sju åtte ni ti alle alt bare hele heile før etter under over mange noen nokon
    """.split()
)


def echoes(text: str, language: str, hits: Iterable[Hit]) -> list[Hit]:
    """Return where names that were found stand once more.

    Args:
        text: As it was read.
        language: nb, nn or en.
        hits: What was found in it.

    Example:
        >>> t = "so heather came and doctor paywell. is heather's dog in, yes pay well had it"
        >>> found = [Hit(3, 10, "names@4", "person"), Hit(27, 34, "unknown-words@4", "other")]
        >>> [t[hit.start : hit.end] for hit in echoes(t, "en", found)]
        ["heather's", 'pay well']
    """
    tokens = read_tokens(text)
    if not len(tokens):
        return []
    named = [hit for hit in hits if hit.detector.partition("@")[0] in _NAMING and hit.cls != "public"]
    covered, persons = _covered(tokens, named)
    seen = {
        (tokens.starts[first], tokens.ends[last])
        for first, last in (*_again(tokens, covered, persons, language), *_together(tokens, covered, language))
    }
    return [Hit(start, end, ECHO, "other", "direct", "a name that stands elsewhere too") for start, end in sorted(seen)]


def _covered(tokens: Tokens, named: Iterable[Hit]) -> tuple[Flags, Flags]:
    """Return which words names cover, and which of them names of persons."""
    from bisect import bisect_left

    import numpy as np

    covered, persons = np.zeros(len(tokens), bool), np.zeros(len(tokens), bool)
    for hit in named:
        first, last = bisect_left(tokens.starts, hit.start), bisect_left(tokens.starts, hit.end)
        covered[first:last] = True
        if hit.type in ("person", "other") and hit.detector.partition("@")[0] in _PERSONS and last - first == 1:
            persons[first:last] = True
    return covered, persons


def _again(tokens: Tokens, covered: Flags, persons: Flags, language: str) -> Iterator[tuple[int, int]]:
    """Yield where one word stands that is a name elsewhere in the text."""
    import numpy as np

    cased = tokens.casing == "mixed"
    small = {tokens.word(at) for at in np.flatnonzero(~tokens.capital).tolist()} if cased else set()
    told = {tokens.word(at) for at in np.flatnonzero(covered).tolist() if not cased or tokens.capital[at]}
    told = (
        {word.removesuffix("'s") for word in told if len(word) >= _SHORTEST and word[0].isalpha()}
        - no_names()
        - BEFORE_NAMES
    )
    people = {tokens.word(at) for at in np.flatnonzero(persons).tolist()} & told
    rare = {word for word in people if not is_everyday(word, language) and number_of(word, language) is None}
    inside = {tokens.word(at) for at in np.flatnonzero(covered & tokens.capital & ~tokens.first).tolist()} & told
    # A capital at the beginning of a sentence tells nothing of the word where it stands small.
    unheard = {word for word in (inside if cased else told) if not is_word(word, language)}
    names = told if cased else unheard | rare
    candidate = tokens.that(lambda form: form in names or form.removesuffix("'s") in names)
    for at in np.flatnonzero(candidate & ~covered).tolist():
        word = tokens.word(at).removesuffix("'s")
        if word in unheard:
            yield at, at
        elif cased:
            # A word that is said often may begin a sentence; in English nearly every word is in the dictionary.
            often = is_everyday(word, language) if language == "en" else word in _OPENERS
            if tokens.capital[at] and word in inside and word not in small and not often:
                yield at, at
        elif word in rare and not (tokens.joined[at] and tokens.word(at - 1) in _MAKES_WORDS):
            yield at, at


@dataclass(frozen=True, slots=True)
class _Said:
    """How names of a text sound.

    Attributes:
        whole: Names of one word, no letter twice on end.
        several: The same of names of several words, put together.
        sounds: First letter and consonants of all that have enough of them.
    """

    whole: frozenset[str]
    several: frozenset[str]
    sounds: frozenset[str]

    @classmethod
    def of(cls, tokens: Tokens, covered: Flags, language: str) -> _Said:
        import numpy as np

        found = {tokens.word(at) for at in np.flatnonzero(covered).tolist()}
        whole = {word for word in found if not is_everyday(word, language)}
        several: set[str] = set()
        run = ""
        for at in np.flatnonzero(covered).tolist():
            run = run + tokens.word(at) if at and covered[at - 1] and tokens.joined[at] else tokens.word(at)
            several.add(run)
        names = [
            [name for name in each if _SHORTEST_TOGETHER <= len(name) <= _LONGEST_NAME and name.isalpha()]
            for each in (whole, several - whole)
        ]
        sounds = {_sound(name) for each in names for name in each if len(name) >= _SHORTEST_NEAR}
        return cls(
            frozenset(map(_plain, names[0])),
            frozenset(map(_plain, names[1])),
            frozenset(sound for sound in sounds if len(sound) >= _FEWEST_CONSONANTS),
        )

    def is_name(self, parts: list[str], language: str, *, alike: bool) -> bool:
        """Whether words are a name only when they are said together, or sound much as one."""
        together = "".join(parts)
        if not _SHORTEST_TOGETHER <= len(together) <= _LONGEST_NAME:
            return False
        plain = _plain(together)
        if plain in self.whole:
            return not any(_plain(part) in self.whole for part in parts)
        written = plain in self.several
        heard = alike and len(together) >= _SHORTEST_NEAR and _sound(together) in self.sounds
        if not (written or heard) or all(
            part in FUNCTION or part in no_names() or is_everyday(part, language) for part in parts
        ):
            return False
        same, name = (_plain, plain) if written else (_sound, _sound(together))
        return all(same("".join(parts[:cut])) != name for cut in range(1, len(parts)))


def _together(tokens: Tokens, covered: Flags, language: str) -> Iterator[tuple[int, int]]:
    """Yield where words stand side by side that sound as a name of the text does when they are said together."""
    import numpy as np

    cased = tokens.casing == "mixed"
    written = tokens.capital
    said = _Said.of(tokens, covered, language)
    initials = frozenset(name[0] for name in said.whole | said.several | said.sounds)
    begins = tokens.that(lambda form: form[0] in initials and form.isalpha())
    tried = begins[:-1] & tokens.joined[1:]
    if cased:
        near = written[:-1] | written[1:]
        near[:-1] |= written[2:]
        tried &= near
    for at in np.flatnonzero(tried).tolist():
        parts = [tokens.word(at)]
        for last in range(at + 1, min(at + _MOST_WORDS, len(tokens))):
            if not tokens.joined[last]:
                break
            parts.append(tokens.word(last))
            if covered[at : last + 1].all() or (cased and not written[at : last + 1].any()):
                continue
            if said.is_name(parts, language, alike=not cased):
                yield at, last


def _plain(word: str) -> str:
    """Return a word with no letter twice on end: "bilall" and "bilal" are the same."""
    return _DOUBLED.sub(r"\1", word)


def _sound(word: str) -> str:
    """Return the first letter and the consonants of a word, none of them twice on end."""
    return word[0] + _DOUBLED.sub(r"\1", _VOWELS.sub("", word[1:]))
