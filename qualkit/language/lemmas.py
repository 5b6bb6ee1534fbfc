"""Dictionary forms of words, offline, for bokmål, nynorsk, English, Danish and Swedish.

The tables are simplemma's; the order in which bokmål and nynorsk are asked follows the language of the
text, since the wrong one first costs ten points of accuracy on nynorsk. Spoken clitics (*veit'ke*,
*ta'n*) are words of two lemmas.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from simplemma import Lemmatizer

CHAINS: dict[str, tuple[str, ...]] = {
    "nb": ("nb", "nn"),
    "nn": ("nn", "nb"),
    "en": ("en",),
    "da": ("da",),
    "sv": ("sv",),
}
"""Which dictionaries are asked, in order, by the language of the text."""

CLITICS: dict[str, tuple[str, ...]] = {
    "'ke": ("ikke", "ikkje"),
    "'kke": ("ikke", "ikkje"),
    "'kje": ("ikke", "ikkje"),
    "'kkje": ("ikke", "ikkje"),
    "'itj": ("ikke", "ikkje"),
    "'n": ("han", "den"),
    "'a": ("hun", "ho", "henne"),
    "'em": ("dem", "dei"),
    "'r": ("er",),
    "'m": ("be",),
    "'d": ("have", "will"),
    "'s": (),
    "'ve": ("have",),
    "'re": ("be",),
    "'ll": ("will",),
    "n't": ("not",),
}
"""Spoken endings, with what they stand for."""

_SPOKEN: dict[str, tuple[str, ...]] = {
    "itj": ("ikke",),
    "ittj": ("ikke",),
    "inkje": ("ikkje",),
    "æ": ("jeg",),
    "eg": ("eg", "jeg"),
    "me": ("me", "vi"),
    "dokker": ("dere",),
    "dokke": ("dere",),
    "kor": ("kor", "hvor"),
    "ka": ("kva", "hva"),
    "ho": ("ho", "hun"),
    "hu": ("hun",),
}

_ENDINGS = ("ene", "ane", "en", "et", "er", "ar", "a")

_known: dict[str, dict[str, tuple[str, ...]]] = {}


@cache
def _lemmatizer() -> Lemmatizer:
    from simplemma import Lemmatizer

    # `lemmas` keeps what was looked up, and the tables are the library's own, which `is_known` asks too.
    return Lemmatizer(cache_max_size=1)


def lemmas(word: str, language: str) -> tuple[str, ...]:
    """Return the dictionary forms that a folded word may be a form of.

    Args:
        word: As the vocabulary has it.
        language: nb, nn, en, da or sv; anything else leaves the word as it is.

    Example:
        >>> lemmas("samarbeidet", "nb"), lemmas("veit'ke", "nn")
        (('samarbeide',), ('vite', 'ikke', 'ikkje'))
    """
    cached = _known.setdefault(language, {})
    if word not in cached:
        cached[word] = _lookup(word, language)
    return cached[word]


def _lookup(word: str, language: str) -> tuple[str, ...]:
    chain = CHAINS.get(language)
    if chain is None:
        return (word,)
    if "'" in word:
        for ending, meant in CLITICS.items():
            stem = word.removesuffix(ending)
            if stem and stem != word:
                return (*_lookup(stem, language), *meant)
    found = _lemmatizer().lemmatize(word, chain).lower()
    if language not in ("nb", "nn"):
        return (found,)
    return tuple(dict.fromkeys((found, *_SPOKEN.get(word, ()), *_norwegian_readings(word, found, language))))


def _norwegian_readings(word: str, found: str, language: str) -> Iterator[str]:
    """Yield further dictionary forms that the first look-up does not give.

    In nynorsk the e-infinitive beside the a-infinitive (*høyra*, *høyre*); in bokmål the owner in a
    genitive; of words no dictionary has, what is left without a noun's ending.
    """
    if language == "nn" and found.endswith("a") and len(found) > 3 and is_known(found[:-1] + "e", language):
        yield found[:-1] + "e"
    if found != word:
        return
    if language == "nb" and word.endswith("s") and len(word) > 4:
        yield _lemmatizer().lemmatize(word[:-1], CHAINS[language]).lower()
    if not is_known(word, language):
        for ending in _ENDINGS:
            stem = word.removesuffix(ending)
            if stem != word and len(stem) > 2:
                yield stem


@cache
def dictionary_forms(wanted: frozenset[str], language: str) -> dict[str, frozenset[str]]:
    """Return, for some dictionary forms, all words that a table gives one of them for, in small letters.

    The tables lead from word to dictionary form; here they are read through once for all that are asked
    for, so that a vocabulary need not be looked up word by word.

    Example:
        >>> sorted(dictionary_forms(frozenset({"bok"}), "nb")["bok"])[:4]
        ['bog', 'bok', 'boka', 'boken']
    """
    from simplemma.strategies.dictionaries.dictionary_factory import DEFAULT_DICTIONARY_FACTORY

    forms: dict[str, set[str]] = {lemma: set() for lemma in wanted}
    for code in CHAINS.get(language, ()):
        table = DEFAULT_DICTIONARY_FACTORY.get_dictionary(code)
        # The library keeps bytes behind a view of strings; reading those is fifteen times as fast.
        stored = getattr(table, "_dict", None)
        if stored is None:
            found = [(word, lemma.lower()) for word, lemma in table.items() if lemma.lower() in wanted]
        else:
            # Of bytes, only a to z become small: Å at the beginning of a name, and in capitals, is asked for too.
            spelt = {case for lemma in wanted for case in (lemma, lemma.capitalize(), lemma.upper())}
            asked = {case.encode().lower() for case in spelt}
            found = [
                (word.decode(), lemma.decode().lower()) for word, lemma in stored.items() if lemma.lower() in asked
            ]
        for word, lemma in found:
            if lemma in forms:
                forms[lemma].add(word.lower())
    return {lemma: frozenset(words) for lemma, words in forms.items()}


def looked_up(lemma: str, language: str) -> frozenset[str]:
    """Return what the tables may give for the forms of a word: itself, and in nynorsk its a-infinitive."""
    return frozenset((lemma, lemma[:-1] + "a") if language == "nn" and lemma.endswith("e") else (lemma,))


def is_odd(word: str) -> bool:
    """Return whether a word's dictionary form may look nothing like the word, and be in no table.

    That is so of words with a hyphen or an apostrophe, which are looked up in parts, and of spoken forms.
    """
    return "-" in word or "'" in word or word in _SPOKEN


def query_lemmas(word: str, language: str) -> frozenset[str]:
    """Return the dictionary forms that `lemma:word` asks for: the word itself and its own lemma.

    Example:
        >>> sorted(query_lemmas("samarbeid", "nb"))
        ['samarbeid']
    """
    return frozenset((word, lemmas(word, language)[0]))


@cache
def is_known(word: str, language: str) -> bool:
    """Return whether a dictionary of the language has this folded word.

    Example:
        >>> is_known("omsorg", "nb"), is_known("xqz", "nb")
        (True, False)
    """
    from simplemma import is_known as known

    return bool(known(word, CHAINS.get(language, ("nb", "nn", "en"))))
