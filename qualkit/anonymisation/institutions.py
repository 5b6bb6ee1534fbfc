"""Institutions: those that go by a name of their own, and what is called by its kind and a name.

"Sørlandet sykehus", "NAV Halden", "Åsen bo- og omsorgssenter", "skolen på Nes": the kind is in a list, the name is told
by its capital or, where the text has none, by standing in no dictionary or in a list of places and names. The whole is
one hit. Widely known public bodies identify nobody by themselves.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from qualkit.anonymisation.english_institutions import english_institutions
from qualkit.anonymisation.lexicon import base_forms, commonness, is_common, is_word, lines, no_names, stem
from qualkit.anonymisation.lowered import lowered
from qualkit.anonymisation.names import all_names
from qualkit.anonymisation.outermost import outermost
from qualkit.anonymisation.places import places_for
from qualkit.anonymisation.tokens import Tokens, read_tokens
from qualkit.identity import Hit, IdentityClass

if TYPE_CHECKING:
    from collections.abc import Iterator

DETECTOR = "institutions@4"

_ENDINGS = ("", *"en et a n t ene er ar s ens ets as ne met mets ma".split())
# Words of the kind that stand between a kind and its name: "nav bydel alna".
_BETWEEN = frozenset("bydel kommune distrikt avdeling avd region krets sone".split())
_WHERE = frozenset("på ved hos fra frå til at from".split())
_WITHIN = frozenset("og i for på av til ved mot and of for the &".split())
_AT = {"en": frozenset("in at of for".split())}
_AT_ELSEWHERE = frozenset("i på ved for".split())
_SHORT = 4
# Heads that are written as the end of one word: Haldenskolen, Solvangheimen.
_LAST_PARTS = tuple(
    """
    skolen skulen skole skule sykehuset sjukehuset sykehus sjukehus barnehagen barnehage kirken kirka kyrkja kyrkje
    sykehjemmet sjukeheimen sykehjem hjemmet heimen senteret senter klinikken legevakta legevakten fengselet fengsel
    universitetet mottaket skulane foreningen foreninga foreininga forbundet tunet tun garden gården gard gård
    """.split()
)

# Bodies that are told without capitals though a dictionary has the word.
_TOLD = frozenset("nav ahus stortinget barnevernet politiet kreftforeningen".split())

# Kinds that in their bare form stand behind their name.
_BARE_KINDS = tuple(
    "barnehage barnehave skole skule sykehjem sjukeheim legesenter omsorgssenter behandlingssenter senter bofellesskap "
    "universitet kirke kyrkje".split()
)
_NO_NAMES = frozenset(
    """
    egen eigen annen annet samme denne dette noen ingen hvilken siden før igjen sånn sådan ulike ikkje ikke bare
    både enten
    liten annan naboen videre gjennom mellom etter etterpå over under heilt helt fikk fått vært
    """.split()
)
_ADJECTIVES = (
    "lig",
    "leg",
    "lege",
    "lige",
    "isk",
    "iske",
    "het",
    "ende",
    "ande",
    "ere",
    "este",
    "are",
    "aste",
    "sk",
    "ske",
)

Phrases = dict[str, tuple[tuple[str, ...], ...]]


def _by_first(entries: Iterator[str] | frozenset[str]) -> Phrases:
    """Return phrases by their first word, the longest first."""
    from qualkit.language.words import fold

    found: dict[str, set[tuple[str, ...]]] = {}
    for entry in entries:
        words = tuple(fold(entry))
        found.setdefault(words[0], set()).add(words)
    return {first: tuple(sorted(phrases, key=len, reverse=True)) for first, phrases in found.items()}


# Kinds in English that are other words in Norwegian.
_ENGLISH_KINDS = frozenset("inn arms lodge grange refuge shelter prison parish council academy".split())


@cache
def _heads(language: str) -> Phrases:
    """Return the kinds of institution with the endings of their last word."""
    heads = [head for head in lines("institution-heads.txt") if language == "en" or head not in _ENGLISH_KINDS]
    inflected = (f"{head}{ending}" for head in heads if len(head) > _SHORT for ending in _ENDINGS)
    return _by_first(frozenset((*heads, *inflected)))


@cache
def _named() -> Phrases:
    return _by_first(lines("institutions.txt"))


@cache
def _public() -> Phrases:
    return _by_first(lines("public-bodies.txt"))


def find_institutions(text: str, language: str) -> list[Hit]:
    """Return where institutions stand, each as a whole.

    Example:
        >>> t = "Hun lå på Sørlandet sykehus, så ringte NAV Halden. Skolen på Nes er en skole, Haldenskolen en annen."
        >>> [(t[hit.start:hit.end], hit.cls) for hit in find_institutions(t, "nb")][:3]
        [('Sørlandet sykehus', 'strong-indirect'), ('NAV', 'public'), ('NAV Halden', 'strong-indirect')]
    """
    tokens = read_tokens(text)
    hits = [
        Hit(tokens.starts[begin], tokens.ends[end - 1], DETECTOR, "institution", cls)
        for begin, end, cls in dict.fromkeys(_found(tokens, language))
    ]
    if language != "en":
        return hits
    told = english_institutions(text, lowered(text))
    return outermost([*hits, *(Hit(start, end, DETECTOR, "institution", "strong-indirect") for start, end in told)])


def _found(tokens: Tokens, language: str) -> Iterator[tuple[int, int, IdentityClass]]:
    import numpy as np

    heads, named, public = _heads(language), _named(), _public()
    marking = _Marking(tokens, language)
    starting = tokens.that(
        lambda form: form in heads or form in named or form in public or form.removesuffix("s") in public
        or form.endswith(_LAST_PARTS) or form.partition("-")[0] in public
    )  # fmt: skip
    for at in np.flatnonzero(starting).tolist():
        for phrases, cls in ((named, "strong-indirect"), (public, "public")):
            length = _phrase_at(tokens, at, phrases)
            if length and (marking.named(at) or (length > 1 and tokens.casing != "mixed")):
                yield at, at + length, cls  # type: ignore[misc]
        length = _phrase_at(tokens, at, heads)
        if length > 1 or (length and marking.kind(at)):
            begin, end = marking.left(at), marking.right(at + length)
            if begin == at and marking.called(at):
                begin = at - 1
            if begin < at or end > at + length:
                yield begin, end, "strong-indirect"
        elif tokens.word(at).endswith(_LAST_PARTS):
            end = marking.right(at + 1)
            if end > at + 1 and language != "en":
                yield marking.left(at), end, "strong-indirect"
            elif marking.compound(at):
                yield marking.left(at), at + 1, "strong-indirect"


def _is_bare(word: str) -> bool:
    return word.endswith(_BARE_KINDS)


def _phrase_at(tokens: Tokens, at: int, phrases: Phrases) -> int:
    """Return the number of words of the longest phrase that begins here, the last one maybe in the genitive; or 0."""
    word = tokens.word(at)
    for first in dict.fromkeys((word, word.removesuffix("s").removesuffix("'"), word.partition("-")[0])):
        for phrase in phrases.get(first, ()):
            if len(phrase) == 1:
                return 1
            if first == word and all(
                tokens.followed(at + step - 1) or tokens.text[tokens.ends[at + step - 1] :][:2] in (". ", "- ")
                for step in range(1, len(phrase))
            ):
                found = [tokens.word(at + step) for step in range(1, len(phrase))]
                if tuple(found) == phrase[1:] or (*found[:-1], found[-1].removesuffix("s")) == phrase[1:]:
                    return len(phrase)
    return 0


class _Marking:
    """Tells which words around a kind of institution belong to its name."""

    def __init__(self, tokens: Tokens, language: str) -> None:
        self._tokens = tokens
        self._language = language
        self._cased = tokens.casing == "mixed"

    def named(self, at: int) -> bool:
        """Whether a word of a list stands here as a name: with a capital, or as no word of the language."""
        tokens, word = self._tokens, self._tokens.word(at)
        if self._cased:
            told = tokens.shouted[at] or not tokens.first[at] or word in _TOLD or not is_word(word, self._language)
            return bool(tokens.capital[at] and told)
        if word in _TOLD or not (is_word(word, self._language) or word in no_names()):
            return True
        # "gikk på kuben": a word that is a name too, where one goes or works.
        return tokens.word(at - 1) in _WHERE and bool(tokens.joined[at]) and not is_common(word, self._language)

    def kind(self, at: int) -> bool:
        """Whether a word stands for a kind of institution: one of few letters only in capitals, as *DPS* and *IL*."""
        short = self._tokens.ends[at] - self._tokens.starts[at] <= _SHORT
        return not short or not self._cased or bool(self._tokens.capital[at])

    def part(self, at: int) -> bool:
        """Whether a word is part of a name."""
        tokens = self._tokens
        if not 0 <= at < len(tokens):
            return False
        word = tokens.word(at)
        if self._cased:
            if not tokens.capital[at]:
                return False
            return not tokens.first[at] or not is_word(word, self._language) or self._listed(word)
        if word in _heads(self._language) or word in no_names():
            return False
        return not is_word(word, self._language) or self._listed(word)

    def _listed(self, word: str) -> bool:
        return bool(stem(word, places_for(self._language)) or stem(word, all_names())) and not commonness(
            word, self._language
        )

    def left(self, at: int) -> int:
        """Return where the name that ends before a word begins."""
        tokens = self._tokens
        begin = at
        while begin > 0 and self._touching(begin):
            if self.part(begin - 1):
                begin -= 1
            elif begin > 1 and tokens.word(begin - 1) in _WITHIN and begin < at and self._touching(begin - 1):
                if not (tokens.word(begin - 1) in ("og", "and", "&") and self.part(begin - 2)):
                    break
                begin -= 2
            else:
                break
        return begin

    def right(self, end: int) -> int:
        """Return where the name that begins behind a word ends: "sykehuset i Halden", "NAV Indre Østfold"."""
        tokens = self._tokens
        begin = end
        if (
            end < len(tokens)
            and self._touching(end)
            and tokens.word(end) in _AT.get(self._language, _AT_ELSEWHERE)
            and self._inside(end + 1)
        ):
            end += 2
        if begin == end and self._touched(end) and tokens.word(end) in _BETWEEN and self._inside(end + 1):
            end += 2
        while end < len(tokens) and self._inside(end):
            end += 1
        while begin < end and end + 1 < len(tokens) and tokens.word(end) in _WITHIN and self._inside(end + 1) and (
            tokens.capital[end + 1] and tokens.word(end) not in ("og", "and")
        ):  # fmt: skip
            end += 2
        return end

    def _touched(self, at: int) -> bool:
        return at < len(self._tokens) and self._touching(at)

    def _inside(self, at: int) -> bool:
        return at < len(self._tokens) and self._touching(at) and self.part(at)

    def _touching(self, at: int) -> bool:
        return bool(self._tokens.joined[at])

    def called(self, at: int) -> bool:
        """Whether a kind without an article has its name before it, in small letters: "maurtua barnehage".

        A bare noun stands behind an article, an adjective or a preposition, unless what stands there names it.
        """
        tokens = self._tokens
        if self._language == "en" or not (at and self._touching(at)) or not _is_bare(tokens.word(at)):
            return False
        if self._cased and not (tokens.first[at - 1] and tokens.capital[at - 1]):
            return False
        word = tokens.word(at - 1)
        definite = len(word) > _SHORT and word.endswith(("a", "en", "et", "bo", "ly", "tun", "gløtt", "stua"))
        plain = word in _NO_NAMES or word.endswith(_ADJECTIVES)
        return definite and not plain and base_forms(word, "nb") != frozenset((word,))

    def compound(self, at: int) -> bool:
        """Whether a word that ends in a kind of institution begins with a name: Haldenskolen, Solvangheimen."""
        tokens = self._tokens
        word = tokens.word(at)
        if self._cased and tokens.capital[at] and not tokens.first[at]:
            return True
        if is_word(word, self._language):
            return False
        for ending in _LAST_PARTS:
            front = word.removesuffix(ending).rstrip("-")
            if front != word and len(front) > 2:
                bare = front.removesuffix("s")
                placed = any(name in places_for(self._language) and len(name) > 3 for name in (front, bare))
                named = any(name in all_names() for name in (front, bare))
                return placed or (named and not is_word(front, self._language))
        return False
