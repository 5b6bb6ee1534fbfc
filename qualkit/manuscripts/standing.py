"""Where quoted words stand in the texts they come from, however they were marked, cut or slightly changed since."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Final, Literal

How = Literal["verbatim", "marks", "cut", "near"]

_CUT = re.compile(r"\[\s*(?:…|\.{2,}|-{2,}|–+)\s*\]|\(\s*(?:…|\.{3})\s*\)|(?<=\s)(?:…|\.{3})(?=\s)")
_TOKEN = re.compile(r"\[\[?[^\[\]]{1,60}\]\]?|[^\W_]+(?:['’][^\W_]+)*")
_SHOWN: Final = "▮"
"""Stands for whatever is printed in the place of a name: it may be printed otherwise today."""

_FARTHEST = 400
"""Words between two pieces of one quotation, at most."""

_ALIKE = 0.8
"""Share of words that a quotation has in common with what it is said to come from."""

_MOST = 12


@dataclass(frozen=True, slots=True)
class Text:
    """A text in which words are looked for.

    Attributes:
        words: Folded, in order.
        places: Where each begins and ends.
        line: All words with a space around each.
        begins: Where each word begins in `line`.
        plain: The text without white space between words, to hold marks against.
    """

    text: str
    words: tuple[str, ...]
    places: tuple[tuple[int, int], ...]
    line: str
    begins: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Match:
    """Where quoted words stand.

    Attributes:
        text: Number of the text.
        start: First code point in it.
        end: One past the last.
        how: Letter by letter; with other signs or capitals; with something left out; or nearly.
        differing: Words that are others, more or fewer.
    """

    text: int
    start: int
    end: int
    how: How
    differing: int = 0


def text_to_search(text: str) -> Text:
    """Return a text ready to be searched."""
    found = list(_TOKEN.finditer(text))
    words = tuple(_folded(match[0]) for match in found)
    begins = tuple(accumulate((len(word) + 1 for word in words[:-1]), initial=1)) if words else ()
    places = tuple((match.start(), match.end()) for match in found)
    return Text(text, words, places, f" {' '.join(words)} ", begins)


def find_words(saying: str, texts: Sequence[Text]) -> list[Match]:
    """Return where quoted words stand: letter by letter where they do so anywhere, else the nearest there is.

    Args:
        saying: Without the marks around it; `[…]` stands where something was left out.
        texts: In which they may stand.

    Example:
        >>> texts = [text_to_search("Jeg ringte, og ringte. Ingen tok den. Da ringte jeg Kari.")]
        >>> [(match.start, match.end, match.how) for match in find_words("Jeg ringte […] Ingen tok den.", texts)]
        [(0, 36, 'cut')]
        >>> find_words("Da ringte jeg Kari.", texts)[0].how, find_words("da ringte jeg kari", texts)[0].how
        ('verbatim', 'marks')
    """
    parts = [part for part in (_words(piece) for piece in _CUT.split(saying)) if part]
    if not parts:
        return []
    found = [match for number, text in enumerate(texts) for match in _in_order(parts, text, number)]
    if found:
        told = _without_space(_CUT.sub("", saying))
        graded = [_graded(match, texts[match.text], told, len(parts)) for match in found]
        best = "verbatim" if any(match.how == "verbatim" for match in graded) else ""
        return [match for match in graded if not best or match.how == best][:_MOST]
    return _nearest([word for part in parts for word in part], texts)


def _words(text: str) -> list[str]:
    return [_folded(word) for word in _TOKEN.findall(text)]


def _folded(word: str) -> str:
    return _SHOWN if word.startswith("[") else word.casefold().replace("’", "'")


def _in_order(parts: Sequence[Sequence[str]], text: Text, number: int) -> Iterable[Match]:
    """Yield where all parts stand one after the other, not too far apart."""
    needles = [f" {' '.join(part)} " for part in parts]
    at = text.line.find(needles[0])
    while at >= 0:
        first = bisect_right(text.begins, at + 1) - 1
        last: int | None = first + len(parts[0]) - 1
        for part, needle in zip(parts[1:], needles[1:], strict=True):
            after = text.line.find(needle, text.begins[last or 0])
            begin = bisect_right(text.begins, after + 1) - 1
            if after < 0 or begin <= (last or 0) or begin - (last or 0) > _FARTHEST:
                last = None
                break
            last = begin + len(part) - 1
        if last is not None:
            yield Match(number, text.places[first][0], text.places[last][1], "cut" if len(parts) > 1 else "marks")
        at = text.line.find(needles[0], at + 1)


def _graded(match: Match, text: Text, told: str, parts: int) -> Match:
    """Return a match that is verbatim where signs and capitals are the same, too."""
    if parts > 1:
        return match
    # Signs at the two ends belong to the sentence the words were put into.
    ends = " .,;:!?…–-«»“”\"'‘’"
    said = _without_space(text.text[match.start : match.end]).strip(ends)
    return Match(match.text, match.start, match.end, "verbatim") if said == told.strip(ends) else match


def _without_space(text: str) -> str:
    """Return a text without white space, and with one sign for whatever is printed in the place of a name."""
    return "".join(re.sub(r"\[\[?[^\[\]]{1,60}\]\]?", _SHOWN, text).split())


def _nearest(words: Sequence[str], texts: Sequence[Text]) -> list[Match]:
    """Return the places that have most of the words in order, by the pairs of neighbours they share."""
    from rapidfuzz.distance import Levenshtein

    if len(words) < 3:
        return []
    tried: list[tuple[float, Match]] = []
    for number, text in enumerate(texts):
        votes: Counter[int] = Counter()
        for index in range(len(words) - 1):
            pair = f" {words[index]} {words[index + 1]} "
            at = text.line.find(pair)
            while at >= 0:
                votes[max(0, bisect_right(text.begins, at + 1) - 1 - index)] += 1
                at = text.line.find(pair, at + 1)
        for begin, _ in votes.most_common(5):
            for length in range(len(words) + 3, max(len(words) - 4, 1), -1):
                there = text.words[begin : begin + length]
                alike = Levenshtein.normalized_similarity(words, there)
                if there and alike >= _ALIKE:
                    end = begin + len(there) - 1
                    differing = Levenshtein.distance(words, there)
                    match = Match(number, text.places[begin][0], text.places[end][1], "near", differing)
                    tried.append((alike, match))
    best = max((alike for alike, _ in tried), default=0.0)
    return list(dict.fromkeys(match for alike, match in tried if alike == best))[:_MOST]
