"""Where the forms of the register stand in a text: in any case, inflected, in compounds, a letter off.

A text is read once, however many forms there are: each distinct word is looked up in a dictionary of all of them,
and what was found of it is kept for the next transcript.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from qualkit.anonymisation.form_index import APOSTROPHES, TOKEN, Entry, FormIndex, Reading, fits_between, index_of
from qualkit.anonymisation.letters import fold_word, visible
from qualkit.identity import Hit, Identities, Identity
from qualkit.model import Span

How = Literal["form", "inflected", "compound", "misspelt"]

DETECTOR = "register@1"

_HYPHENS = "-‐‑"
_SHORT = 3
_NUMBER_GAP = re.compile(r"[ .\-\u00a0\u202f/]{0,2}\Z")
_BROKEN = re.compile(r"([-‐‑]?)[ \t]*\n\s*\Z")
_SENTENCE_OPENS = frozenset('.!?:…\n"“”«»()[]–—*•-‐‑‹›')


@dataclass(frozen=True, slots=True)
class Found:
    """A place where a form of the register stands.

    Attributes:
        start: First code point, in the text that was searched.
        end: One past the last, ending included.
        identity: Whose form it is; where two share it and nothing decides, the first of them.
        how: The form itself, with an ending, as part of a compound, or a letter off.
        ending: What stands after the form: "s", "-mannen".
        ambiguous: Whether a person must decide: several share the form, or the words may be no name here.
        others: The others who share the form, where nothing decides.
    """

    start: int
    end: int
    identity: Identity
    how: How = "form"
    ending: str = ""
    ambiguous: bool = False
    others: tuple[Identity, ...] = ()


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a form may stand, in visible characters, before it is known whose it is."""

    start: int
    end: int
    reading: Reading
    how: How
    ending: str


def find_forms(text: str, identities: Identities, *, transcript: str = "", offset: int = 0) -> list[Found]:
    """Return where forms of the register stand, from left to right, none within another.

    A form that is an everyday word too is found where it was decided to be this identity; where it stands
    capitalised inside a sentence; and, as one that somebody must decide, capitalised at the beginning of one.

    Args:
        text: Any text, or a stretch of a transcript.
        identities: The register.
        transcript: Whose text it is, for what was decided of single places.
        offset: Where in the transcript the text begins.

    Example:
        >>> known = Identities((Identity("s1", ("Halden",), "place"), Identity("p1", ("Per",))))
        >>> [(f.start, f.end, f.ending) for f in find_forms("Halden-mannen med perspektiv, og Pers far.", known)]
        [(0, 13, '-mannen'), (33, 37, 's')]
    """
    index = index_of(identities)
    if not index:
        return []
    seen, origins = visible(text)
    found: list[Found] = []
    for place in _longest(_places(seen, index)):
        start, end = origins[place.start], origins[place.end]
        where = Span(transcript, offset + start, offset + end)
        decided = _whose(place, seen, where, index)
        if decided is not None:
            identity, others, ambiguous = decided
            found.append(Found(start, end, identity, place.how, place.ending, ambiguous, others))
    return found


def register_hits(text: str, identities: Identities, *, transcript: str = "", offset: int = 0) -> list[Hit]:
    """Return the same places as a detector tells them."""
    return [
        Hit(one.start, one.end, DETECTOR, one.identity.type, one.identity.cls, _NOTES[one.how])
        for one in find_forms(text, identities, transcript=transcript, offset=offset)
    ]


_NOTES = {
    "form": "in the register",
    "inflected": "in the register, with an ending",
    "compound": "in the register, in a compound",
    "misspelt": "a letter off a form of the register",
}


def _longest(places: Iterable[_Place]) -> Iterator[_Place]:
    """Yield places from left to right; of those that overlap, the one that begins first, and of these the longest."""
    at = 0
    for place in sorted(places, key=lambda one: (one.start, -one.end, one.how != "form")):
        if place.start >= at:
            yield place
            at = place.end


def _places(seen: str, index: FormIndex) -> Iterator[_Place]:
    for literal, reading in index.literals:
        at = seen.find(literal)
        while at >= 0:
            yield _Place(at, at + len(literal), reading, "form", "")
            at = seen.find(literal, at + 1)
    words = [word for word in set(TOKEN.findall(seen)) if index.has(word)]
    breaks = _broken_words(seen, index) if "\n" in seen else []
    yield from breaks
    if not words:
        return
    wanted = frozenset(words)
    tokens = list(TOKEN.finditer(seen))
    for number, token in enumerate(tokens):
        word = token.group()
        if word not in wanted:
            continue
        for reading in index.readings(word):
            yield _with_tail(seen, tokens, number, reading, index)
        for phrase, anchor in index.phrases(word):
            stretch = _phrase(seen, tokens, number - anchor, phrase, index)
            if stretch is not None:
                yield stretch
        if index.numbers and word.isdigit():
            yield from _numbers(seen, tokens, number, index)


def _with_tail(
    seen: str, tokens: Sequence[re.Match[str]], number: int, reading: Reading, index: FormIndex, start: int = -1
) -> _Place:
    """Return a place with what hangs on the form: the ending within the word, a genitive, the rest of a compound."""
    token = tokens[number]
    start = token.start() if start < 0 else start
    end = token.end()
    if reading.ending or reading.how != "form":
        return _Place(start, end, reading, reading.how, reading.ending)
    for entry in index.entries(reading):
        if entry.behind and seen.startswith(entry.behind, end):
            return _Place(start, end + len(entry.behind), reading, "form", "")
    after = seen[end : end + 1]
    following = tokens[number + 1] if number + 1 < len(tokens) else None
    adjoins = following is not None and following.start() == end + 1
    if after in APOSTROPHES:
        if adjoins and following is not None and following.group() in ("s", "S"):
            return _Place(start, following.end(), reading, "inflected", "s")
        if fold_word(token.group())[-1:] in ("s", "x", "z") and not adjoins:
            return _Place(start, end + 1, reading, "inflected", "s")
    if after and after in _HYPHENS and adjoins and following is not None:
        tail = following.group()
        if tail.islower() and not index.has(tail):
            return _Place(start, following.end(), reading, "compound", f"-{tail}")
    return _Place(start, end, reading, "form", "")


def _phrase(seen: str, tokens: Sequence[re.Match[str]], first: int, phrase: Entry, index: FormIndex) -> _Place | None:
    """Return where a form of several words stands, one of them perhaps a letter off, the last perhaps inflected."""
    if first < 0 or first + len(phrase.words) > len(tokens):
        return None
    stretch = tokens[first : first + len(phrase.words)]
    off = 0
    ending = ""
    for at, (token, word) in enumerate(zip(stretch, phrase.words, strict=True)):
        if at and not fits_between(seen[stretch[at - 1].end() : token.start()], phrase.gaps[at - 1]):
            return None
        folded = fold_word(token.group())
        if folded == word:
            continue
        last = at == len(phrase.words) - 1
        if last and folded == word + "s":
            ending = "s"
        elif _letter_off(folded, word, index):
            off += 1
        elif last and _letter_off(folded, word + "s", index):
            off += 1
            ending = "s"
        else:
            return None
    if off > 1:
        return None
    how: How = "misspelt" if off else "inflected" if ending else "form"
    reading = Reading(phrase.key, how, ending)
    return _with_tail(seen, tokens, first + len(stretch) - 1, reading, index, stretch[0].start())


def _letter_off(said: str, word: str, index: FormIndex) -> bool:
    """Return whether a word beside the other words of a form is meant for this one."""
    if len(said) <= _SHORT or not index.letter_off(said, word):
        return False
    return len(said) > _SHORT + 1 or not index.is_word(said)


def _numbers(seen: str, tokens: Sequence[re.Match[str]], first: int, index: FormIndex) -> Iterator[_Place]:
    """Yield numbers of the register however their digits are grouped."""
    digits = ""
    for number in range(first, min(first + index.most_groups, len(tokens))):
        token = tokens[number]
        gap = seen[tokens[number - 1].end() : token.start()] if number > first else ""
        if not token.group().isdigit() or not _NUMBER_GAP.match(gap):
            return
        digits += token.group()
        if digits in index.numbers:
            yield _Place(tokens[first].start(), token.end(), Reading(digits, "form", ""), "form", "")


def _broken_words(seen: str, index: FormIndex) -> list[_Place]:
    """Return forms that a line's end parts, with a hyphen or without."""
    places = []
    tokens = list(TOKEN.finditer(seen))
    starts = [token.start() for token in tokens]
    at = seen.find("\n")
    while at >= 0:
        after = bisect_left(starts, at)
        if 0 < after < len(tokens):
            left, right = tokens[after - 1], tokens[after]
            gap = _BROKEN.match(seen[left.end() : right.start()])
            if gap and right.start() > at:
                joined = left.group() + right.group()
                for reading in index.readings(joined) if index.has(joined) else ():
                    whole = len(reading.key) > _SHORT and (gap[1] or reading.how in ("form", "inflected"))
                    # “i” and “da” on two lines are no Ida.
                    if whole and (gap[1] or not (index.is_word(left.group()) and index.is_word(right.group()))):
                        places.append(_Place(left.start(), right.end(), reading, reading.how, reading.ending))
        at = seen.find("\n", at + 1)
    return places


def _whose(
    place: _Place, seen: str, where: Span, index: FormIndex
) -> tuple[Identity, tuple[Identity, ...], bool] | None:
    """Return whose form stands here, who else may be meant, and whether somebody must decide; None for nobody's."""
    entries = index.entries(place.reading)
    owners = list({id(entry.identity): entry.identity for entry in entries}.values())
    here = [owner for owner in owners if any(_meets(span, where) for span in owner.only)]
    if here:
        return here[0], tuple(here[1:]), len(here) > 1
    words = seen[place.start : place.end]
    if index.passed_at(words, where):
        return None
    if all(entry.letters == 1 for entry in entries):
        return None
    doubtful = False
    if place.how != "compound" and all(entry.everyday for entry in entries):
        if not words[:1].isupper():
            return None
        # An apostrophe is a genitive's, and a genitive is somebody's.
        doubtful = _opens_sentence(seen, place.start) and not APOSTROPHES & set(words)
    free = [owner for owner in owners if not owner.only]
    undecided = doubtful or len(free) != 1
    if (undecided or place.how != "form") and index.passed_everywhere(words):
        return None
    first = free or owners
    others = tuple(first[1:]) if free else tuple(owners[1:])
    return first[0], others, undecided


def _meets(span: Span, where: Span) -> bool:
    return span.transcript == where.transcript and span.start < where.end and where.start < span.end


def _opens_sentence(seen: str, start: int) -> bool:
    """Return whether a sentence may begin here, so that a capital tells nothing."""
    at = start - 1
    while at >= 0 and seen[at].isspace() and seen[at] != "\n":
        at -= 1
    return at < 0 or seen[at] in _SENTENCE_OPENS
