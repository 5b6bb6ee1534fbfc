"""A text in small letters with the words put together again that a recogniser took apart: "ull a pool", "syke pleier".

Recognisers write a name or a compound that they do not know as the words it sounds like. Two or three words that stand
side by side are put together where lists of names, places and jobs know them only as one.
"""

from __future__ import annotations

from functools import cache

from qualkit.anonymisation.lexicon import is_common, is_word, no_names, words
from qualkit.anonymisation.names import all_names, first_names
from qualkit.anonymisation.places import places_for
from qualkit.anonymisation.tokens import read_tokens

_SHORTEST, _SHORTEST_OF_WORDS = 4, 7


# What a street, a school or a hall is called by behind a name: "solheims gaten", "siva salen".
_TAILS = frozenset(
    """
    gata gaten gate veien vegen vei veg alleen plassen torget ringen bakken lia svingen stien kroken siden sida salen
    dalen viken vika neset haugen åsen toppen moen myra bukta stranda stranden øya holmen skolen skulen barnehagen
    senteret hjemmet heimen kirka kirken kyrkja huset gården garden marka jordet lunden hagen tunet brua broen kaia
    """.split()
)
_LONGEST_TAILED = 24


@cache
def _known(language: str) -> frozenset[str]:
    told = all_names(language) | words("english-told.txt") | words("more-names.txt")
    return frozenset(name for name in told | places_for(language) if name.isalpha())


@cache
def _institutions() -> frozenset[str]:
    return frozenset(name for name in words("institutions.txt") if name.isalpha() and len(name) >= _SHORTEST_OF_WORDS)


@cache
def _jobs() -> frozenset[str]:
    return frozenset(
        form + ending
        for form in words("occupations.txt")
        | words("english-occupations.txt")
        | words("rejoined.txt")
        | words("institution-heads.txt")
        for ending in ("", "en", "n", "e", "ar", "er", "ne", "ane", "s")
    )


def rejoined(text: str, language: str) -> tuple[str, list[int]] | None:
    """Return a text with words put together, and where each of its letters stood; None where there are none.

    Example:
        >>> view, places = rejoined("i was up in ull a pool then", "en")
        >>> view, places[view.index("then")]
        ('i was up in ullapool then', 23)
    """
    tokens = read_tokens(text)
    gaps: list[int] = []
    at = 0
    while at + 1 < len(tokens):
        taken = 0
        for length in (3, 2):
            run = range(at, at + length)
            if run.stop <= len(tokens) and all(
                tokens.joined[step] and tokens.starts[step] == tokens.ends[step - 1] + 1 for step in run[1:]
            ):
                parts = [tokens.word(step) for step in run]
                if _one_word(parts, language, tokens.word(at - 1) if tokens.joined[at] else ""):
                    gaps += [tokens.ends[step] for step in run[:-1]]
                    taken = length
                    break
        at += taken or 1
    if not gaps:
        return None
    left_out = frozenset(gaps)
    kept = [place for place in range(len(text)) if place not in left_out]
    return "".join(text[place] for place in kept), kept


def _one_word(parts: list[str], language: str, before: str) -> bool:
    """Whether some words are a name or a job only together."""
    whole = "".join(parts)
    if len(whole) < _SHORTEST or not whole.isalpha():
        return False
    if whole in _jobs() or (whole in _institutions() and not all(is_common(part, language) for part in parts[:-1])):
        return True
    if parts[-1] in _TAILS and _is_tailed("".join(parts[:-1]), language):
        return True
    if before in first_names(language) and not is_word(before, language) and whole in all_names(language):
        return True
    if whole not in _known(language) or is_word(whole, language):
        return False
    common = all(is_common(part, language) or part in no_names() for part in parts)
    return not common or len(whole) >= _SHORTEST_OF_WORDS


def _is_tailed(front: str, language: str) -> bool:
    """Whether what stands before a street, a school or a hall is the name of a place or of somebody."""
    if not 3 < len(front) < _LONGEST_TAILED or is_common(front, language):
        return False
    known = _known(language)
    return any(name in known for name in (front, front.removesuffix("s"), front.removesuffix("e"), front + "en"))
