"""What waits to be decided: of all that detectors see, the places that no decision covers."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from qualkit.anonymisation.forms import find_forms
from qualkit.anonymisation.lexicon import words as listed
from qualkit.anonymisation.masked import masked_spans
from qualkit.anonymisation.names import all_names
from qualkit.identity import Hit, Identities, Passed
from qualkit.text import nfc

_TOKEN = re.compile(r"\w+(?:[-‐‑'’ʼ]\w+)*")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")
_ALIKE = str.maketrans({"‐": "-", "‑": "-", "’": "'", "ʼ": "'", "‘": "'"})
_GENITIVES = ("'s", "s", "'")
_GUESSING = frozenset(("ner", "capitals"))
"""Detectors that may take a word too many into a name."""

_SAID_BESIDE_NAMES = frozenset(
    "a am and are at called calls came comes did do does for from goes had has he her his i in is it knows me met my "
    "of on our ringer says she so sees talks that the then they to told was we went were who will with you your".split()
)
_LONGEST = 8
"""Words of the longest form that is looked for among those let through."""


def plain(words: str) -> str:
    """Return words as they are compared, their case kept.

    Example:
        >>> plain("Kari\u00ad  Nes’")
        "Kari Nes'"
    """
    return " ".join(nfc(_INVISIBLE.sub("", words)).translate(_ALIKE).split())


def folded(words: str) -> str:
    """Return words as forms are grouped, without regard to case."""
    return plain(words).casefold()


def bases(form: str) -> tuple[str, ...]:
    """Return what a folded form is a genitive of, if it is one.

    Example:
        >>> bases("karis"), bases("lars'"), bases("kari")
        (('kari',), ('lars',), ())
    """
    found = (form[: -len(ending)] for ending in _GENITIVES if form.endswith(ending))
    return tuple(base for base in found if len(base) > 1 and not base.endswith("'"))


@dataclass(frozen=True, slots=True)
class _Through:
    """Forms that were let through everywhere: those with a capital in any case, the others in small letters alone."""

    any_case: frozenset[str]
    small: frozenset[str]
    longest: int

    def covers(self, words: str) -> bool:
        forms = (words, *(base for base in _genitive_of(words)))
        return any(form.casefold() in self.any_case or form in self.small for form in forms)


def _genitive_of(words: str) -> tuple[str, ...]:
    return tuple(words[: len(base)] for base in bases(words.casefold()))


@lru_cache(maxsize=4)
def _through(passed: tuple[Passed, ...]) -> _Through:
    # Forms are cut into words as the text is, so that "a@b.no" meets "a@b.no".
    forms = [" ".join(_TOKEN.findall(plain(one.form))) or plain(one.form) for one in passed if not one.only]
    return _Through(
        frozenset(form.casefold() for form in forms if form != form.casefold()),
        frozenset(form for form in forms if form == form.casefold()),
        min(_LONGEST, max((len(form.split()) for form in forms), default=0)),
    )


def waiting(
    hits: Sequence[Hit], text: str, identities: Identities, transcript_id: str, *, offset: int = 0
) -> list[Hit]:
    """Return the hits that no decision covers, in the order of the text.

    A hit is covered when each of its letters and digits belongs to a form of a decided identity, to words that
    were let through, or to what was masked already. Of a full name of which only the first name was decided, the
    whole waits. Everyday words in small letters that a guess took into a decided name ("Kari ringer") wait no longer.

    Args:
        hits: Of any detectors, in `text`.
        text: Of a transcript, or a stretch of one.
        identities: The register.
        transcript_id: As decisions for single places name it.
        offset: Where in the transcript the text begins.

    Example:
        >>> from qualkit.identity import Identity, Passed
        >>> text = "Kari Nes kom med Kari. Ring NAV."
        >>> hits = [Hit(0, 8, "ner@1"), Hit(17, 21, "names@2"), Hit(28, 31, "net@1")]
        >>> known = Identities((Identity("p1", ("Kari",), by="siri"),), (Passed("NAV"),))
        >>> [text[hit.start : hit.end] for hit in waiting(hits, text, known, "I1")]
        ['Kari Nes']
    """
    if not hits:
        return []
    mask = bytearray(len(text))
    for start, end in _decided(text, identities, transcript_id, offset):
        mask[start:end] = b"\x01" * (end - start)
    _mark_passed(mask, hits, text, identities)
    open_ = [hit for hit in hits if not (_covered(hit, text, mask) or _is_a_word_too_wide(hit, text, mask))]
    return sorted(open_, key=lambda hit: (hit.start, hit.end, hit.detector))


def _covered(hit: Hit, text: str, mask: bytearray) -> bool:
    return all(mask[at] for at in range(hit.start, hit.end) if text[at].isalnum())


def _is_a_word_too_wide(hit: Hit, text: str, mask: bytearray) -> bool:
    """Return whether a hit is a decided name, with a capital, and everyday words beside it that name nobody.

    An institution's kind belongs to its name, and so does a trade to somebody's; those wait. Where names have no
    capitals nothing tells a name from a word.
    """
    if hit.detector.partition("@")[0] not in _GUESSING or hit.type not in ("person", "place", "other"):
        return False
    named = False
    for token in _TOKEN.finditer(text, hit.start, hit.end):
        covered = [bool(mask[at]) for at in range(*token.span()) if text[at].isalnum()]
        if all(covered):
            named = named or token.group()[0].isupper()
        elif any(covered) or not _is_everyday(token.group()):
            return False
    return named and hit.start < hit.end and _whole_words(hit, text)


def _whole_words(hit: Hit, text: str) -> bool:
    """Return whether a hit begins and ends where words do."""
    parts = ((hit.start - 1, hit.start), (hit.end - 1, hit.end))
    return not any(a >= 0 and b < len(text) and text[a].isalnum() and text[b].isalnum() for a, b in parts)


def _is_everyday(word: str) -> bool:
    if word in _SAID_BESIDE_NAMES:
        return True
    told = word in all_names() or word in listed("occupations.txt") | listed("english-occupations.txt")
    return word.isalpha() and word.islower() and word in listed("common.txt") and not told


def _decided(text: str, identities: Identities, transcript_id: str, offset: int) -> Iterable[tuple[int, int]]:
    """Yield the places where a decision stands for the words: identities, single places, what was masked before."""
    for found in find_forms(text, identities, transcript=transcript_id, offset=offset):
        if found.identity.decided and not found.ambiguous:
            # What is not replaced of a compound is covered by nobody's decision unless it is an everyday word.
            tail = found.ending.removeprefix("-") if found.how == "compound" else ""
            rest = len(found.ending) if tail and not _is_everyday(tail) else 0
            yield found.start, found.end - rest
    yield from masked_spans(text)
    for one in identities.passed:
        forms = {folded(one.form), *_with_genitive(one.form)} if one.only else ()
        for span in one.only:
            start, end = span.start - offset, span.end - offset
            here = span.transcript == transcript_id and 0 <= start < end <= len(text)
            # Only the words that were looked at: the text may have been changed since.
            if here and folded(text[start:end]) in forms:
                yield start, end


def _with_genitive(form: str) -> set[str]:
    return {folded(form) + ending for ending in _GENITIVES}


def _mark_passed(mask: bytearray, hits: Sequence[Hit], text: str, identities: Identities) -> None:
    """Mark the words around hits that were let through everywhere, by every run of words that a hit may lie in."""
    through = _through(identities.passed)
    if not through.longest:
        return
    tokens = [match.span() for match in _TOKEN.finditer(text)]
    starts = [start for start, _ in tokens]
    said = cache(lambda at: plain(text[slice(*tokens[at])]))
    for hit in hits:
        first = max(0, bisect_left(starts, hit.start) - through.longest)
        last = min(len(tokens), bisect_left(starts, hit.end) + through.longest - 1)
        for at in range(first, last):
            for until in range(at + 1, min(at + through.longest, last) + 1):
                start, end = tokens[at][0], tokens[until - 1][1]
                if end > hit.start and start < hit.end and through.covers(" ".join(map(said, range(at, until)))):
                    mask[start:end] = b"\x01" * (end - start)
