"""The net under the lists: what is written with a capital, or is in no dictionary, may be a name nobody listed.

Where the text has capitals: every word with one inside a sentence, and at the beginning of a sentence every word that
no dictionary has. Where it has none, as what recognisers write: every word that no dictionary explains, whole or as a
compound.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from qualkit.anonymisation.fragments import beside
from qualkit.anonymisation.furniture import codes, without_pieces
from qualkit.anonymisation.lexicon import commonness, is_common, is_everyday, is_word, no_names, words
from qualkit.anonymisation.longer_names import names_of_several, quoted_names
from qualkit.anonymisation.names import first_names, surnames
from qualkit.anonymisation.numberwords import number_of
from qualkit.anonymisation.places import LANDFORMS
from qualkit.anonymisation.titles import BEFORE_NAMES, DOES
from qualkit.anonymisation.tokens import Tokens, read_tokens
from qualkit.identity import Hit

if TYPE_CHECKING:
    from collections.abc import Iterator


CAPITALS, UNKNOWN = "capitals@4", "unknown-words@4"

# Codes that speakers, files and users go by: farsund_03.
_CODE = re.compile(r"\b\w*[^\W\d_]_\w*\d\w*")
# A compound that ends so is a place or a surname more often than a thing.
_LANDSCAPE = tuple(
    """
    neset dalen holmen vika viken fjorden øya vågen bygda gjerdet haugen bakken sundet strand heim gård land rud stad
    stein hamar stakken kollen tinden toppen fjellet nuten varden marka vatnet vannet tjernet elva botn eidet
    løkka hamna havna hamn havn borg nes vik dal berg lund moen myra åsen fjell fjord sund bø vang tveit seth
    sæter set voll
    """.split()
)
# Endings of nynorsk, and what bokmål has in their place; the longest first.
_NYNORSK = tuple(
    tuple(pair.split(":"))
    for pair in (
        "arane:erne arar:ere ingane:ingene ingar:inger inga:ingen ane:ene ene:er ar:er ande:ende leg:lig lege:lige "
        "legare:ligere asjonar:asjoner asjonane:asjonene semd:somhet heitar:heter heit:het a:et a:en a:e aste:este "
        "are:ere en: et: ar:e te:"
    ).split()
)
_PARTICLES = frozenset("el al bin ben ibn abu van von la le mac mc san santa".split())
_CLANS = frozenset("mc mac".split())
# "S E O", "K-R-I-S-T-I-N": a name that somebody spells.
_SPELT = re.compile(r"(?<![\w.])[A-ZÆØÅ](?:[ -][A-ZÆØÅ]){2,}(?!\w)")
_LETTERS = re.compile(r"[^\W_]+")


def is_noise(words: str) -> bool:
    """Return whether there is nothing in some words but hesitation, signs, single small letters and furniture.

    Example:
        >>> is_noise("jaha # e e"), is_noise("k-"), is_noise("Intervju D1"), is_noise("K."), is_noise("jaha Li")
        (True, True, True, False, False)
    """
    return all(
        word.casefold() in no_names() or (len(word) == 1 and word.islower())
        for word in _LETTERS.findall(without_pieces(words))
    )


def find_capitals(text: str, language: str) -> list[Hit]:
    """Return words whose capital tells that they name something.

    Example:
        >>> t = "Så traff eg Nasteexo på Rimi. Xawo ringde. Kaffi er godt, og ADHD."
        >>> [t[hit.start:hit.end] for hit in find_capitals(t, "nn")]
        ['Nasteexo', 'Rimi', 'Xawo', 'Nasteexo på Rimi']
    """
    tokens = read_tokens(text)
    quoted = [
        Hit(start, end, CAPITALS, "other", "direct", "what something is called, in quotation marks")
        for start, end in quoted_names(text)
    ]
    if tokens.casing != "mixed":
        return quoted
    quoted += [Hit(*match.span(), CAPITALS, "other", "direct", "spelt") for match in _SPELT.finditer(text)]
    found = list(_capitals(tokens, language))
    hits = [Hit(tokens.starts[at], _end(tokens, at), CAPITALS, "other", "direct") for at in found]
    return (
        hits
        + quoted
        + [
            Hit(tokens.starts[begin], tokens.ends[end], CAPITALS, "other", "direct", "a name of several words")
            for begin, end in names_of_several(tokens, found, language)
        ]
    )


def _end(tokens: Tokens, at: int) -> int:
    """Return where a name ends, past an accent that was typed as an apostrophe: Miche´al."""
    end = tokens.ends[at]
    if tokens.text[end : end + 1] in ("´", "`") and at + 1 < len(tokens) and tokens.starts[at + 1] == end + 1:
        return tokens.ends[at + 1]
    return end


def _capitals(tokens: Tokens, language: str) -> Iterator[int]:
    import numpy as np

    coded = codes(tokens.text)
    for at in np.flatnonzero(tokens.capital).tolist():
        word = tokens.word(at)
        if tokens.starts[at] in coded:
            continue
        if tokens.ends[at] - tokens.starts[at] == 1:
            if _initial(tokens, at) or _odd_letter(tokens, at):
                yield at
        elif at and _initial(tokens, at - 1):
            yield at
        elif word in no_names():
            # "Da Nang", "De Wit": a common word that is part of a name.
            if (
                word.isalpha()
                and len(word) > 1
                and tokens.followed(at)
                and _inside_a_name(tokens, at)
                and not is_common(tokens.word(at + 1), language)
            ):
                yield at
        elif (
            not tokens.first[at]
            or not is_common(word, language)
            or _is_double(tokens, at)
            or _before_a_surname(tokens, at, language)
        ):
            yield at


def _inside_a_name(tokens: Tokens, at: int) -> bool:
    return bool(not tokens.first[at] and tokens.capital[at + 1] and not tokens.first[at + 1])


def _is_double(tokens: Tokens, at: int) -> bool:
    """Whether both halves of a word have a capital: "Møre-Nytt"."""
    front, dash, behind = tokens.text[tokens.starts[at] : tokens.ends[at]].partition("-")
    return bool(dash) and front[:1].isupper() and behind[:1].isupper() and not behind.isupper()


def _odd_letter(tokens: Tokens, at: int) -> bool:
    """Whether one letter stands in a sentence before a word with a capital: "me and A Greens Car"."""
    return bool(
        tokens.capital[at]
        and not tokens.first[at]
        and tokens.word(at) not in ("i", "å")
        and tokens.followed(at)
        and tokens.capital[at + 1]
    )


def _before_a_surname(tokens: Tokens, at: int, language: str) -> bool:
    """Whether a word that begins a sentence stands before a name that no dictionary has: "Mossy Queally, that was"."""
    return bool(
        tokens.followed(at)
        and tokens.word(at).isalpha()
        and tokens.capital[at + 1]
        and not tokens.shouted[at + 1]
        and not is_word(tokens.word(at + 1), language)
        and not is_everyday(tokens.word(at), language)
        and tokens.word(at) not in BEFORE_NAMES
    )


def _initial(tokens: Tokens, at: int) -> bool:
    """Whether one letter stands for a name: "K. Moen", "Per A. Moen"."""
    if tokens.ends[at] - tokens.starts[at] != 1 or tokens.text[tokens.ends[at] : tokens.ends[at] + 1] != ".":
        return False
    return at + 1 < len(tokens) and bool(tokens.capital[at] and tokens.capital[at + 1])


def find_unknown(text: str, language: str) -> list[Hit]:
    """Return, in a text without use of capitals, words that no dictionary has and that may be names.

    Example:
        >>> t = "så traff jeg nasteexo på butikken og hun kjenner jo faren til mbarek"
        >>> [t[hit.start:hit.end] for hit in find_unknown(t, "nb")]
        ['nasteexo', 'mbarek']
    """
    tokens = read_tokens(text)
    coded = [Hit(*match.span(), UNKNOWN, "other", "direct") for match in _CODE.finditer(text)]
    if tokens.casing == "mixed":
        return coded
    return coded + [
        Hit(tokens.starts[at], tokens.ends[at], UNKNOWN, "other", "direct") for at in _unknown(tokens, language)
    ]


def _unknown(tokens: Tokens, language: str) -> Iterator[int]:
    import numpy as np

    unknown = tokens.that(lambda form: _may_name(form, language))
    first_name = tokens.that(lambda form: _is_first_name(form, language))
    rare = tokens.that(lambda form: len(form) > 2 and form[0].isalpha() and not is_common(form, language))
    if language == "en":
        rare |= tokens.that(lambda form: len(form) > 2 and form.isalpha() and _is_rare(form))
    # A surname stands behind a first name; a word that is hardly ever said there is one.
    behind = np.zeros(len(tokens), bool)
    behind[1:] = tokens.joined[1:] & first_name[:-1] & rare[1:]
    # "mc ask", "mac aulay": what is behind them is the rest of a name.
    behind[1:] |= tokens.joined[1:] & tokens.that(_CLANS.__contains__)[:-1]
    named = unknown | behind
    named |= beside(tokens, named, first_name, language)
    # "obrestad fyr", "el amrani": what belongs to a name on either side of it.
    around = np.zeros(len(tokens), bool)
    around[1:] = tokens.joined[1:] & named[:-1] & tokens.that(LANDFORMS.__contains__)[1:]
    around[:-1] |= tokens.joined[1:] & named[1:] & tokens.that(_PARTICLES.__contains__)[:-1]
    yield from np.flatnonzero(named | around).tolist()


def _is_rare(form: str) -> bool:
    """Whether an English word is hardly ever said, or a surname too, and tells nothing that somebody does."""
    if form in DOES or form in no_names():
        return False
    return form in surnames("en") or not (is_everyday(form, "en") or form.endswith(("ed", "ing", "ly")))


def _is_first_name(form: str, language: str) -> bool:
    if language == "en":
        return form in first_names("en") and (form in words("english-told.txt") or not is_word(form, language))
    return form in first_names() and not commonness(form, language)


def _may_name(form: str, language: str) -> bool:
    """Whether no dictionary explains a word, neither whole nor as a compound."""
    if len(form) < 2 or not form[0].isalpha() or form in no_names() or is_word(form, language):
        return False
    # "rosalinda" is no rose of a kind: a name that is known somewhere is not taken apart.
    if form.endswith(_LANDSCAPE) or form in first_names("en"):
        return True
    return not (_compound(form, language) or number_of(form, language) is not None or _respelt(form, language))


def _respelt(form: str, language: str) -> bool:
    """Whether a long word of nynorsk is one of bokmål that ends, or is spelt, as its words are: "nedskjeringane"."""
    if language == "en" or len(form) < 7:
        return False
    for ending, instead in _NYNORSK:
        if form.endswith(ending):
            other = form[: -len(ending)] + instead
            if is_word(other, language) or _compound(other, language):
                return True
    return False


def _compound(form: str, language: str) -> bool:
    """Whether a long word is two words of the dictionary, with or without a joint."""
    if language == "en" or len(form) < 9 or "-" in form:
        return False
    for cut in range(4, len(form) - 3):
        front, back = form[:cut], form[cut:]
        joined = front[-1] in "se" and is_word(front[:-1], language)
        if is_word(back, language) and (joined or is_word(front, language)):
            return True
    return False
