"""Places that a list knows: municipalities, postal places and the larger places of GeoNames.

A place whose name is a word (*Time*, *Hole*, *Moss*) is proposed where it stands capitalised inside a sentence or
behind a preposition of place.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from qualkit.anonymisation.lexicon import commonness, is_word, lines, stem, words
from qualkit.anonymisation.tokens import Tokens, read_tokens
from qualkit.identity import Hit

if TYPE_CHECKING:
    from collections.abc import Iterator

DETECTOR = "places@3"

LANDFORMS = frozenset(
    """
    fyr bru kai brygge havn hamn stasjon torg kirke kyrkje gård gard skog vatn vann fjell fjord ås bygd grend
    sentrum strand
    øy odde nes elv park mark plass leir flyplass lufthavn fergekai ferjekai camping seter sæter vest øst aust nord sør
    lighthouse harbour station bridge beach head bay island moor hill park pier quay lane green road street village
    valley glen fell dale forest woods wood common docks estate reservoir canal cemetery
    borettslag terrasse allé brygge bukt bukta havna vågen kaia brua torget parken skogen marka åsen
    """.split()
)
"""What stands behind a place and belongs to its name: "Obrestad fyr"."""

_LONGEST = 4
_SHORTEST = 3
_AT = frozenset("i på fra frå til ved mot rundt utenfor utanfor nær in from at near to of around".split())
_LIVES = frozenset(
    """
    bor bodde bur budde bo bu flytta flyttet flytter flyttar født fødd oppvokst oppvaksen vokste vaks jobba jobbet
    jobber live lives lived moved move born raised grew work worked
    """.split()
)
# Before an English town that is a word too: "to" makes a verb of most of them, unless somebody goes there.
_THERE = frozenset("in from near outside around through".split())
_GOES = frozenset(
    """
    moved move moves moving went go goes going came come comes coming back drove travelled got get up down over near
    close relocated returned
    """.split()
)


@cache
def all_places() -> frozenset[str]:
    """Return the names of places in small letters, those of several words too."""
    tables = (line.split("\t")[1] for name in ("municipalities.tsv", "postal-places.tsv") for line in lines(name))
    return frozenset(name.casefold() for name in tables) | _words_of("places.txt", "more-places.txt", "countries.txt")


def _words_of(*names: str) -> frozenset[str]:
    return frozenset().union(*map(words, names))


@cache
def english_places() -> frozenset[str]:
    """Return the names of places where English is spoken, and of large towns elsewhere, in small letters."""
    return _words_of("english-places.txt", "english-more-places.txt")


@cache
def places_for(language: str) -> frozenset[str]:
    """Return the places that a text in a language may name.

    Example:
        >>> [name in places_for("en") for name in ("swansea", "halden")], "swansea" in places_for("nb")
        ([True, True], False)
    """
    return all_places() | english_places() if language == "en" else all_places()


@cache
def _long_places(language: str) -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(name.replace("-", " ").split()) for name in places_for(language) if " " in name)


@cache
def _beginnings(language: str) -> frozenset[str]:
    return frozenset(parts[0] for parts in _long_places(language))


def find_places(text: str, language: str) -> list[Hit]:
    """Return where places of the lists stand.

    Example:
        >>> t = "Time for time bodde jeg i Mo i Rana, ikke i Time. Halden-mannen kom fra moss."
        >>> [t[hit.start:hit.end] for hit in find_places(t, "nb")]
        ['Mo i Rana', 'Time', 'Halden-mannen']
    """
    tokens = read_tokens(text)
    return [
        Hit(tokens.starts[begin], tokens.ends[end - 1], DETECTOR, "place", "indirect")
        for begin, end in _found(tokens, language)
    ]


def _found(tokens: Tokens, language: str) -> Iterator[tuple[int, int]]:
    import numpy as np

    placed = {form: name for form in tokens.forms if (name := stem(form, places_for(language)))}
    begins = _beginnings(language)
    candidate = tokens.that(lambda form: form in placed or form in begins)
    cased = tokens.casing == "mixed"
    reached = 0
    for at in np.flatnonzero(candidate).tolist():
        if at < reached or (cased and not tokens.capital[at]):
            continue
        length = _long_from(tokens, at, language)
        word = tokens.word(at)
        if not length and word in placed and _speaks_for(tokens, at, placed[word], language, cased=cased):
            length = 1
        if length:
            while tokens.followed(at + length - 1) and tokens.word(at + length) in LANDFORMS:
                length += 1
            reached = at + length
            yield at, reached


def _long_from(tokens: Tokens, at: int, language: str) -> int:
    """Return the number of words of the longest name of several words that begins here, or 0."""
    if tokens.word(at) not in _beginnings(language):
        return 0
    known = _long_places(language)
    for length in range(_LONGEST, 1, -1):
        found = tuple(tokens.word(at + step) for step in range(length))
        bare = (*found[:-1], found[-1].removesuffix("s"))
        if (found in known or bare in known) and all(tokens.followed(at + step) for step in range(length - 1)):
            return length
    return 0


def _speaks_for(tokens: Tokens, at: int, name: str, language: str, *, cased: bool) -> bool:
    """Whether a word stands here as a place."""
    if cased and not tokens.first[at]:
        return True
    word = tokens.word(at)
    if language == "en" and is_word(word, language):
        return name in english_places() and not cased and _goes_there(tokens, at)
    common = max(commonness(word, language), commonness(name, language)) > 0 or len(name) < _SHORTEST
    if not common and (cased or not is_word(word, language)):
        return True
    # In small letters "i halden" and "bor på nes" tell of a place; "i time" and "fra nå" do not.
    if cased or tokens.word(at - 1) not in _AT:
        return False
    return not common or tokens.word(at - 2) in _LIVES


def _goes_there(tokens: Tokens, at: int) -> bool:
    """Whether a word of English stands here as a town: "moved to cork", "i'm from reading"."""
    before = tokens.word(at - 1)
    return before in _THERE or (before == "to" and tokens.word(at - 2) in _GOES)
