"""Where an expression can match at all: it is tried only at words that begin as its own first word may begin.

An expression that begins with a list of words, `\\b(?:telefon|mobil|ring)`, is tried by Python at every letter of a
text. There are many such expressions, and few words begin one; where the words of a text begin is noted once, by their
first letters. Expressions that may begin with anything are searched for as usual, or near what they need (`near`).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from heapq import merge
from typing import Any

_LETTERS = 3
_MOST = 400
_WIDEST_CLASS = 12
_ENDED, _FIGURE = ".", "0"
_WORD = re.compile(rf"\b\w{{1,{_LETTERS}}}")
_FIGURES = re.compile(r"\d")


def matches(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """Yield what `pattern.finditer(text)` yields.

    Example:
        >>> pattern = re.compile(r"\\b(?:ring|telefon)\\w{0,3}\\s\\d+")
        >>> [m.group() for m in matches(pattern, "ringer 12, og så ring 34")], beginnings(pattern)
        (['ringer 12', 'ring 34'], ('rin', 'tel'))
    """
    begin = beginnings(pattern)
    if not begin:
        yield from pattern.finditer(text)
        return
    reached = 0
    for start in _starts(text, begin):
        if start >= reached and (match := pattern.match(text, start)):
            reached = max(match.end(), start + 1)
            yield match


def near(
    pattern: re.Pattern[str], text: str, places: Iterable[int], *, before: int = 120, after: int = 120
) -> Iterator[re.Match[str]]:
    """Yield what an expression matches around some places, where it needs what stands there.

    Args:
        pattern: Whose matches all have one of the places in them.
        text: To be searched.
        places: In order.
        before: How far before a place a match may begin.
        after: How far behind it a match, and what it looks at, may end.

    Example:
        >>> text = "skriv til kari krøllalfa nes"
        >>> [m.group() for m in near(re.compile(r"\\w+ krøllalfa \\w+"), text, [text.index("krøll")])]
        ['kari krøllalfa nes']
    """
    for start, end in _stretches(places, before, after):
        yield from pattern.finditer(text, max(0, start), end)


def _stretches(places: Iterable[int], before: int, after: int) -> Iterator[tuple[int, int]]:
    start = end = -1
    for place in places:
        if end < 0:
            start = place - before
        elif place - before > end:
            yield start, end
            start = place - before
        end = place + after
    if end >= 0:
        yield start, end


@lru_cache(maxsize=1024)
def beginnings(pattern: re.Pattern[str]) -> tuple[str, ...]:
    """Return how words begin at which an expression can match, or nothing where that is not known.

    Every figure stands as "0".
    """
    if pattern.flags & (re.IGNORECASE | re.MULTILINE):
        return ()
    try:
        begin = {one.rstrip(_ENDED) for one in _after(_parsed(pattern), bounded=False)}
    except _AnythingError:
        return ()
    if "" in begin:
        return ()
    # Of "te" and "tel" the shorter says all.
    return tuple(sorted(one for one in begin if not any(one[:cut] in begin for cut in range(1, len(one)))))


def _parsed(pattern: re.Pattern[str]) -> list[tuple[Any, Any]]:
    """Return the parts of an expression as Python itself reads them; nothing where it does not say."""
    try:
        from re import _parser  # type: ignore[attr-defined]
    except ImportError:
        return []
    return list(_parser.parse(pattern.pattern, pattern.flags & re.VERBOSE))


class _AnythingError(Exception):
    """An expression may begin inside a word, or with very many letters."""


def _after(parts: Iterable[tuple[Any, Any]], *, bounded: bool) -> frozenset[str]:
    """Return the letters that parts begin with; those that no letter may be added to with a mark at their end.

    Args:
        parts: Of an expression.
        bounded: Whether they stand where a word begins, or behind its first letter.
    """
    begin = frozenset(("",))
    for op, value in ((str(op), value) for op, value in parts):
        if op in {"AT", "ASSERT", "ASSERT_NOT"}:
            bounded = bounded or _is_boundary(op, value)
            continue
        if not bounded and op not in {"BRANCH", "SUBPATTERN"}:
            raise _AnythingError
        begin = _joined(begin, _one(op, value, bounded=bounded))
        bounded = True
        if all(one.endswith(_ENDED) for one in begin):
            break
    return begin


def _joined(front: frozenset[str], back: frozenset[str]) -> frozenset[str]:
    joined = {one if one.endswith(_ENDED) else one + two for one in front for two in back}
    if len(joined) > _MOST:
        raise _AnythingError
    return frozenset(one if len(one) <= _LETTERS else one[:_LETTERS] + _ENDED for one in joined)


def _one(op: str, value: Any, *, bounded: bool) -> frozenset[str]:
    if op == "LITERAL":
        return frozenset((_letter(value),))
    if op == "IN":
        return _one_of(value)
    if op == "SUBPATTERN":
        if value[1] & re.IGNORECASE:
            raise _AnythingError
        return _after(value[-1], bounded=bounded)
    if op == "BRANCH":
        return frozenset().union(*(_after(branch, bounded=bounded) for branch in value[1]))
    if op in {"MAX_REPEAT", "MIN_REPEAT"}:
        least, most, repeated = value
        once = _after(repeated, bounded=True)
        if most > 1:
            once = frozenset(one.rstrip(_ENDED) + _ENDED for one in once)
        return once | {""} if least == 0 else once
    return frozenset((_ENDED,))


def _one_of(members: Sequence[tuple[Any, Any]]) -> frozenset[str]:
    """Return what a class of letters begins with; one of many may be anything."""
    if len(members) <= _WIDEST_CLASS and all(str(kind) == "LITERAL" for kind, _ in members):
        return frozenset(_letter(code) for _, code in members)
    figure = [str(each) for _, each in members] == ["CATEGORY_DIGIT"]
    return frozenset((_FIGURE if figure else _ENDED,))


def _letter(code: int) -> str:
    """Return a letter as words are noted by it; the mark of an end for what is none."""
    char = chr(code)
    if char.isdecimal():
        return _FIGURE
    return char if char.isalnum() or char == "_" else _ENDED


def _is_boundary(op: str, value: Any) -> bool:
    """Whether a part of an expression says that a word begins here: `\\b`, `(?<!\\w)`, `(?<![\\w-])`."""
    if op == "AT":
        return str(value) == "AT_BOUNDARY"
    if op != "ASSERT_NOT" or value[0] > 0 or len(value[1]) != 1:
        return False
    kind, members = value[1][0]
    return str(kind) == "IN" and any(str(each) == "CATEGORY_WORD" for _, each in members)


@lru_cache(maxsize=2)
def _noted(text: str) -> tuple[dict[str, list[int]], list[str]]:
    """Return where words begin in a text by their first letters, and those letters in order."""
    places: dict[str, list[int]] = {}
    for match in _WORD.finditer(text):
        places.setdefault(match.group(), []).append(match.start())
    told: dict[str, list[int]] = {}
    for letters, starts in places.items():
        told.setdefault(_FIGURES.sub(_FIGURE, letters), []).extend(starts)
    return {letters: sorted(starts) for letters, starts in told.items()}, sorted(told)


def _starts(text: str, begin: Sequence[str]) -> Iterator[int]:
    """Yield where words begin so, in order."""
    places, keys = _noted(text)
    found = []
    for one in begin:
        at = bisect_left(keys, one)
        while at < len(keys) and keys[at].startswith(one):
            found.append(places[keys[at]])
            at += 1
    yield from merge(*found)
