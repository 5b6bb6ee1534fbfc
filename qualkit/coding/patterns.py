"""The one syntax of codebook rules: what a pattern says, and which words of a vocabulary it means.

======================  ==========================================================================
``ringe rundt``         these words after one another; hesitations (*eh*, *hm*) between them do not count
``"ringe rundt"``       the same, and ``*`` stands for itself
``ta* kontakt``         ``*`` is any letters of a word
``lemma:kontakte``      every form of the word
``compound:bolig``      the word and its compounds: *boligkontoret*, *omsorgsboligen*
``re:\\bmøtt(e|es)?\\b``  a regular expression over the turn's text; case does not count
======================  ==========================================================================
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Literal

from qualkit.language.lemmas import dictionary_forms, is_known, is_odd, lemmas, looked_up, query_lemmas
from qualkit.language.words import fold, fold_letters
from qualkit.text import normalise

FILLERS = frozenset({"eh", "ehm", "øh", "øhm", "hm", "hmm", "mm", "uh", "uhm", "um", "æh"})
"""Hesitations that may stand between the words of a phrase."""

REGEX_SECONDS = 1.0
"""How long one regular expression may search one transcript."""

_KINDS = ("lemma", "compound", "re")
_PREFIX = re.compile(r"^([^\W\d_]{2,}):(.*)$", re.DOTALL)
_LINKS = ("", "s", "e", "-")
# Of two letters, only these begin compounds: with all of them *mo-bil* and *hu-mor* would be some.
_SHORT_FIRSTS = frozenset("by el is ny pc rå te tv ur øl øy ås".split())
# Of a word no table knows, the look-up keeps at least so many letters of the dictionary form in front; and
# behind a form that a table knows it takes off at most two letters, and the s of an owner.
_STAYS, _TAKEN_OFF = 4, 3
_PROBES = ("a" * 40 + "!", "ab" * 24 + "!", " " * 40 + "!", "1" * 40 + "!", "aA1 æø-" * 8 + "!")


class PatternError(ValueError):
    """A pattern that means nothing; `str()` says why, `hint` what to write."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


@dataclass(frozen=True, slots=True)
class Element:
    """One word of a pattern: `kind` says how `word` is meant."""

    kind: Literal["word", "wildcard", "lemma", "compound"]
    word: str


@dataclass(frozen=True, slots=True)
class Pattern:
    """A sequence of words, or a regular expression.

    Attributes:
        text: As the researcher wrote it.
        elements: The words in order; empty for a regular expression.
        regex: The expression; "" for words.
        language: Of its words, where a rule names one; None for the text's own.
    """

    text: str
    elements: tuple[Element, ...] = ()
    regex: str = ""
    language: str | None = None


@lru_cache(maxsize=10_000)
def parse_pattern(text: str) -> Pattern:
    """Return what a pattern says.

    Raises:
        PatternError: If it says nothing, or cannot be read.

    Example:
        >>> parse_pattern("ta* kontakt").elements
        (Element(kind='wildcard', word='ta*'), Element(kind='word', word='kontakt'))
    """
    # A codebook typed elsewhere may hold composed letters in two pieces, or soft hyphens; transcripts never do.
    written = normalise(text)[0].strip()
    if written.startswith("re:"):
        return _regex(text, written[3:])
    if len(written) > 1 and written[0] == written[-1] and written[0] in "\"'":
        words = fold(written[1:-1])
        if not words:
            raise PatternError("the pattern has no words", "Write a word between the quotation marks.")
        return Pattern(text, tuple(Element("word", word) for word in words))
    elements = tuple(element for part in written.split() for element in _elements(part))
    if not elements:
        raise PatternError("the pattern has no words", "Write a word, for instance lemma:kontakte.")
    if all(element.word == "*" for element in elements):
        raise PatternError("the pattern would match every word", "Put letters beside the *, as in ta*.")
    return Pattern(text, elements)


def _regex(text: str, expression: str) -> Pattern:
    import regex

    if not expression:
        raise PatternError("the regular expression is empty", "Write it after re:, for instance re:møtt(e|es)?")
    try:
        compiled = regex.compile(expression, regex.IGNORECASE)
    except (regex.error, ValueError, OverflowError, RecursionError) as error:
        raise PatternError(f"the regular expression cannot be read: {error}", "Try it at a smaller size.") from error
    try:
        if compiled.search("", timeout=REGEX_SECONDS):
            raise PatternError(
                "the regular expression matches nothing at all, that is everywhere", "Use + instead of *."
            )
        for probe in _PROBES:
            compiled.search(probe, timeout=REGEX_SECONDS / 4)
    except TimeoutError as error:
        raise PatternError(*explodes()) from error
    return Pattern(text, regex=expression)


def explodes() -> tuple[str, str]:
    """Return message and hint for a regular expression that takes too long."""
    return (
        "this regular expression takes too long (it has too many ways to match the same words)",
        "Avoid a repetition inside a repetition, as in (a+)+; a wildcard or lemma: is often enough.",
    )


def _elements(part: str) -> Iterator[Element]:
    prefix = _PREFIX.match(part)
    if prefix:
        kind, rest = prefix.group(1).casefold(), prefix.group(2)
        if kind not in ("lemma", "compound"):
            raise PatternError(
                f"“{kind}:” is no kind of pattern", f"Known kinds: {', '.join(k + ':' for k in _KINDS)}; or quote it."
            )
        words = fold(rest)
        if len(words) != 1 or "*" in rest:
            raise PatternError(f"{kind}: takes one word, without *", f"Write {kind}: directly before the word.")
        yield Element("lemma" if kind == "lemma" else "compound", words[0])
    elif part == "*":
        yield Element("wildcard", "*")
    elif "*" in part:
        wildcard = fold_letters(part)
        if " " in wildcard:
            raise PatternError(
                "a word with * holds letters, digits, hyphens and apostrophes only", "Take the rest out."
            )
        yield Element("wildcard", wildcard)
    else:
        for word in fold(part):
            yield Element("word", word)


class Lexicon:
    """The distinct words of some texts, arranged so that a pattern's words are found fast.

    Args:
        words: As a vocabulary numbers them.
        asked: By language, the words that `lemma:` will be asked for.
    """

    def __init__(self, words: list[str], asked: Mapping[str, Collection[str]] | None = None) -> None:
        self.words = words
        self.asked = {
            language: frozenset(lemma for word in words for lemma in query_lemmas(word, language))
            for language, words in (asked or {}).items()
        }
        self._odd_by_lemma: dict[str, dict[str, list[int]]] = {}

    @cached_property
    def _sorted(self) -> tuple[list[str], list[int]]:
        order = sorted(range(len(self.words)), key=self.words.__getitem__)
        return [self.words[i] for i in order], order

    @cached_property
    def _joined(self) -> tuple[str, list[int]]:
        starts, at = [], 1
        for word in self.words:
            starts.append(at)
            at += len(word) + 1
        return "\n" + "\n".join(self.words) + "\n", starts

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return {word: number for number, word in enumerate(self.words)}

    def numbers(self, element: Element, language: str) -> list[int]:
        """Return the numbers of the words that an element of a pattern means.

        Example:
            >>> lexicon = Lexicon(["boligen", "omsorgsbolig", "boligkontoret", "ringer", "mobilige"])
            >>> [lexicon.words[n] for n in lexicon.numbers(Element("compound", "bolig"), "nb")]
            ['boligen', 'omsorgsbolig', 'boligkontoret']
        """
        if element.kind == "word":
            number = self._numbers.get(element.word)
            return [] if number is None else [number]
        if element.kind == "lemma":
            return sorted({n for lemma in query_lemmas(element.word, language) for n in self._forms(lemma, language)})
        if element.kind == "compound":
            return self._compounds(element.word, language)
        return self._wildcards(element.word)

    def _forms(self, lemma: str, language: str) -> Iterator[int]:
        """Yield the numbers of the words that have a dictionary form.

        Looking up every word takes most of the time of a run, and most are new compounds that can be no
        form of what is asked for. So only those are looked up that a table gives the form for, with the
        few letters behind them that the look-up may take off, and those that begin like it: what no table
        knows is taken apart from behind, and at least three letters stay.
        """
        known = self._dictionary_forms(lemma, language)
        asked = looked_up(lemma, language)
        forms = {lemma}.union(*(known[looked] for looked in asked))
        near = {n for looked in asked if len(looked) > 2 for n in self._beginning(looked[:_STAYS])}
        for form in forms:
            near.update(n for n in self._beginning(form) if len(self.words[n]) <= len(form) + _TAKEN_OFF)
        yield from (n for n in near if lemma in lemmas(self.words[n], language))
        yield from self._odd(language).get(lemma, ())

    def _dictionary_forms(self, lemma: str, language: str) -> dict[str, frozenset[str]]:
        asked = self.asked.get(language, frozenset())
        together = asked if lemma in asked else {lemma}
        return dictionary_forms(frozenset(one for other in together for one in looked_up(other, language)), language)

    def _odd(self, language: str) -> dict[str, list[int]]:
        """Return the words that have to be looked up whatever is asked for, by dictionary form."""
        if language not in self._odd_by_lemma:
            table: dict[str, list[int]] = {}
            for number, word in enumerate(self.words):
                if is_odd(word):
                    for lemma in lemmas(word, language):
                        table.setdefault(lemma, []).append(number)
            self._odd_by_lemma[language] = table
        return self._odd_by_lemma[language]

    def _beginning(self, letters: str) -> list[int]:
        names, order = self._sorted
        low, high = bisect_left(names, letters), bisect_left(names, letters + "\U0010ffff")
        return order[low:high]

    def _wildcards(self, wildcard: str) -> list[int]:
        if wildcard == "*":
            return list(range(len(self.words)))
        if wildcard.index("*") == len(wildcard) - 1:
            return sorted(self._beginning(wildcard[:-1]))
        expression = re.compile("(?<=\n)" + "[^\n]*".join(map(re.escape, wildcard.split("*"))) + "(?=\n)")
        return self._found(expression)

    def _found(self, expression: re.Pattern[str]) -> list[int]:
        from bisect import bisect_right

        joined, starts = self._joined
        return sorted({bisect_right(starts, match.start()) - 1 for match in expression.finditer(joined)})

    def _compounds(self, part: str, language: str) -> list[int]:
        """Find words of which `part`, in any form, is one of the words put together."""
        stem = part[:-1] if len(part) > 3 and part[-1] in "ea" else part
        wanted = query_lemmas(part, language)
        candidates = self._found(re.compile(re.escape(stem)))
        return [n for n in candidates if _holds_part(self.words[n], stem, wanted, language)]


def _holds_part(word: str, stem: str, wanted: frozenset[str], language: str) -> bool:
    """Say whether a word is, ends in or begins with a form of the part, at a joint between two words."""
    if wanted & set(lemmas(word, language)):
        return True
    at = word.find(stem)
    while at >= 0:
        if at == 0 or _joins(word[:at], language):
            rest = word[at:]
            if at and wanted & set(lemmas(rest, language)):
                return True
            if any(_continues(rest, form, language) for form in wanted if rest.startswith(form)):
                return True
        at = word.find(stem, at + 1)
    return False


def _joins(first: str, language: str) -> bool:
    """Say whether these letters can be the first word of a compound."""
    if first.endswith("-"):
        return True
    return any(
        (len(bare) > 2 or bare in _SHORT_FIRSTS) and is_known(bare, language)
        for link in _LINKS
        if (bare := first.removesuffix(link)) != first or not link
    )


def _continues(rest: str, form: str, language: str) -> bool:
    """Say whether what follows the part can be the last word of a compound."""
    after = rest[len(form) :]
    if after.startswith("-"):
        return True
    return any(
        len(bare) > 2 and is_known(bare, language)
        for link in _LINKS
        if (bare := after.removeprefix(link)) != after or not link
    )
