"""The lists that ship with the package, each read once and only when it is asked for."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from qualkit.anonymisation.numberwords import number_of

_ALWAYS = 1_000
_SHORTEST_FORM = 4
# Languages whose common words are counted.
_COUNTED = ("nb", "nn")
LISTS = Path(__file__).parent / "lists"


@cache
def words(name: str) -> frozenset[str]:
    """Return the entries of a list in small letters; "#" begins a comment.

    Example:
        >>> "ingrid" in words("first-names.txt")
        True
    """
    return frozenset(line.casefold() for line in lines(name))


def lines(name: str) -> Iterator[str]:
    """Yield the lines of a list without comments and blank ones."""
    for line in (LISTS / name).read_text(encoding="utf-8").split("\n"):
        kept = line.partition("#")[0].strip()
        if kept:
            yield kept


def base_forms(word: str, language: str) -> frozenset[str]:
    """Return the dictionary forms that the dictionaries of a language give for a folded word.

    Example:
        >>> sorted(base_forms("klokka", "nb")), base_forms("ingvild", "nb")
        (['klokke'], frozenset())
    """
    tables = _dictionaries(_CODES.get(language, _EVERY))
    found = (dict.get(table, word.encode()) if isinstance(table, dict) else None for table in tables)
    return frozenset(form.decode().lower() for form in found if form)


def stem(word: str, known: frozenset[str]) -> str:
    """Return the entry that a folded word is, is the genitive of, or is compounded of at its front; else "".

    Example:
        >>> [stem(w, frozenset({"kari", "halden", "hans"})) for w in ("karis", "kari's", "halden-mannen", "hans", "ha")]
        ['kari', 'kari', 'halden', 'hans', '']
    """
    if word in known:
        return word
    for ending in ("'s", "s", "'"):
        if word.endswith(ending) and len(word) - len(ending) > 1 and word[: -len(ending)] in known:
            return word[: -len(ending)]
    if "-" in word:
        front = word.partition("-")[0]
        if len(front) > 2:
            return stem(front, known)
    return ""


def is_common(word: str, language: str) -> bool:
    """Return whether a word is one that people often say, so that a capital comes from a sentence's beginning.

    Example:
        >>> is_common("klokka", "nb"), is_common("tjuefire", "nb"), is_common("hverven", "nb")
        (True, True, False)
    """
    if number_of(word, language) is not None:
        return True
    if not is_word(word, language):
        return False
    if language not in _COUNTED or "-" in word or word in words("common.txt"):
        return True
    return len(word) >= _SHORTEST_FORM and not base_forms(word, language).isdisjoint(words("common.txt"))


def is_everyday(word: str, language: str) -> bool:
    """Return whether a word is among those that are said most, as it is or as its dictionary form.

    Example:
        >>> is_everyday("people", "en"), is_everyday("crooks", "en"), is_everyday("klokka", "nb")
        (True, False, True)
    """
    if language == "en":
        return word in words("common-en.txt") or number_of(word, language) is not None
    return is_common(word, language)


@cache
def no_names() -> frozenset[str]:
    """Return words that name nobody though no dictionary has them, or they have a capital: "itj", "mhm", "ADHD"."""
    return words("no-names.txt") | words("spoken.txt")


def commonness(name: str, language: str) -> int:
    """Return how common a name is as a word of a language: how often in half a million words, 0 for hardly ever.

    Example:
        >>> commonness("dag", "nb") > commonness("stein", "nb") > commonness("ingrid", "nb")
        True
    """
    if language == "en":
        return _ALWAYS if name in words("everyday-en.txt") else 0
    return _everyday().get(name, 0)


@cache
def _everyday() -> dict[str, int]:
    return {name: int(count) for name, count in (line.split("\t") for line in lines("everyday.tsv"))}


@cache
def _dictionaries(codes: tuple[str, ...]) -> tuple[frozenset[bytes] | dict[bytes, bytes], ...]:
    from simplemma.strategies.dictionaries.dictionary_factory import DEFAULT_DICTIONARY_FACTORY

    tables = [DEFAULT_DICTIONARY_FACTORY.get_dictionary(code) for code in codes]
    # The library keeps bytes behind a view of strings; asking those is several times as fast.
    return tuple(getattr(table, "_dict", None) or frozenset(word.encode() for word in table) for table in tables)


_EVERY = ("nb", "nn", "en")
_CODES = {"nb": ("nb", "nn"), "nn": ("nb", "nn"), "en": ("en",), "da": ("da",), "sv": ("sv",)}


def is_word(word: str, language: str) -> bool:
    """Return whether a dictionary has this folded word in small letters, or the word it is the genitive of.

    Example:
        >>> is_word("samfunnets", "nb"), is_word("abdirahman", "nb")
        (True, False)
    """
    tables = _dictionaries(_CODES.get(language, _EVERY))
    spelt = word.encode()
    if any(spelt in table for table in tables):
        return True
    if "'" in word:
        front, _, behind = word.removesuffix("n't").partition("'")
        return len(behind) < 4 and is_word(front, language)
    if "-" in word:
        return all(not part or part.isdigit() or is_word(part, language) for part in word.split("-"))
    if word.endswith("s") and len(word) > 3:
        bare = spelt[:-1]
        return any(bare in table for table in tables)
    return False
