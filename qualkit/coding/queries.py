r"""The language of `qualkit find`: what a query says, and the query written again.

=========================  ==========================================================================
``ringe``, ``lemma:ringe`` words, as in a rule: also ``ring*``, ``compound:bolig``, ``re:\bmøtt(e|es)?\b``
``"ta* kontakt"``          words after one another; within quotation marks ``*`` and ``lemma:`` mean the same
``code:ID``                in a passage given the code, or one below it in the tree; ``code:*`` is any
``speaker:LABEL``          said by a label, a participant's id, or interviewer, participant, other
``participant:K1``         said by this participant, in any transcript
``role="head nurse"``      said by a participant with this value in a column of participants.csv; ``*`` as above
``transcript:K*``          in these transcripts
``kind:interview``         in sources of this kind
``NEAR/5``                 between words: at most five others stand between them
``AND``, ``OR``, ``NOT``   in capitals; what stands side by side is joined by AND, and NOT binds before AND before OR
``( )``                    what belongs together
=========================  ==========================================================================
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from qualkit.coding.patterns import Pattern, PatternError, parse_pattern
from qualkit.errors import QualkitError

Filter = Literal["speaker", "participant", "transcript", "kind"]

FILTERS: tuple[Filter, ...] = ("speaker", "participant", "transcript", "kind")

MARKS = '"“”„«»'


class QueryError(QualkitError):
    """A query that cannot be read, or asks for what the study does not have."""

    def __init__(self, message: str, hint: str, column: int = 0) -> None:
        super().__init__(f"column {column} of the query: {message}" if column else message, hint)


@dataclass(frozen=True, slots=True)
class Words:
    """Words that are looked for.

    Attributes:
        text: A pattern; of a phrase what stands between its quotation marks.
        phrase: Whether it stood in quotation marks.
        column: In the query, from 1.
    """

    text: str
    phrase: bool = False
    column: int = field(default=0, compare=False)

    def pattern(self) -> Pattern:
        """Return the pattern, in the one syntax of rules.

        Raises:
            QueryError: If it means nothing.
        """
        literal = self.phrase and not re.search(r"\*|\b(?:lemma|compound):", self.text)
        try:
            return parse_pattern(f'"{self.text}"' if literal else self.text)
        except PatternError as error:
            raise QueryError(str(error), error.hint, self.column) from error


@dataclass(frozen=True, slots=True)
class Coded:
    """Passages that were given a code, or one below it; "*" is any code."""

    code: str
    column: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Said:
    """Who speaks, and where: `kind` says what `value` names."""

    kind: Filter
    value: str
    column: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Attribute:
    """A column of participants.csv, and the value that whoever speaks has there."""

    name: str
    value: str
    column: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Near:
    """Words with at most so many others between them."""

    left: Query
    right: Query
    words: int


@dataclass(frozen=True, slots=True)
class Every:
    """All of these: AND."""

    parts: tuple[Query, ...]


@dataclass(frozen=True, slots=True)
class Either:
    """One of these at least: OR."""

    parts: tuple[Query, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """Not this."""

    part: Query


Leaf = Words | Coded | Said | Attribute
Query = Leaf | Near | Every | Either | Not


def says_what(query: Query) -> bool:
    """Say whether a query names something to be found, on either side of each OR."""
    if isinstance(query, Not):
        return False
    if isinstance(query, Every):
        return any(map(says_what, query.parts))
    return all(map(says_what, query.parts)) if isinstance(query, Either) else True


def leaves(query: Query) -> Iterator[Leaf]:
    """Yield the leaves of a query in their order."""
    if isinstance(query, Every | Either):
        for part in query.parts:
            yield from leaves(part)
    elif isinstance(query, Near):
        yield from leaves(query.left)
        yield from leaves(query.right)
    elif isinstance(query, Not):
        yield from leaves(query.part)
    else:
        yield query


def is_words(query: Query) -> bool:
    """Say whether a query finds words and nothing else."""
    if isinstance(query, Either):
        return all(map(is_words, query.parts))
    return isinstance(query, Words | Near)


def regex_end(text: str, at: int) -> int:
    """Return where a regular expression ends: at white space, or at a bracket that it did not open."""
    depth, inside = 0, False
    while at < len(text) and not text[at].isspace():
        char = text[at]
        if char == "\\":
            at += 1
        elif char in "[]":
            inside = char == "["
        elif not inside and char in "()":
            depth += 1 if char == "(" else -1
            if depth < 0:
                return at
        at += 1
    return min(at, len(text))


def render_query(query: Query) -> str:
    """Return a query as it is written; `parse_query` gives the same query back.

    Example:
        >>> from qualkit.coding.query_parser import parse_query
        >>> render_query(parse_query("(ringe  OR ring*)  AND NOT   code:varsel"))
        '(ringe OR ring*) NOT code:varsel'
    """
    if isinstance(query, Near):
        return f"{_within(query.left, (Near,))} NEAR/{query.words} {_within(query.right, ())}"
    if isinstance(query, Not):
        return f"NOT {_within(query.part, (Near, Not))}"
    if isinstance(query, Every):
        return " ".join(_within(part, (Near, Not)) for part in query.parts)
    if isinstance(query, Either):
        return " OR ".join(_within(part, (Near, Not, Every)) for part in query.parts)
    return _render_leaf(query)


def _render_leaf(leaf: Leaf) -> str:
    if isinstance(leaf, Words):
        return f'"{leaf.text}"' if leaf.phrase else _quoted_behind(leaf.text)
    if isinstance(leaf, Coded):
        return f"code:{_quoted(leaf.code)}"
    if isinstance(leaf, Said):
        return f"{leaf.kind}:{_quoted(leaf.value)}"
    return f"{_quoted(leaf.name)}={_quoted(leaf.value)}"


def _within(query: Query, bare: tuple[type[Near | Not | Every], ...]) -> str:
    """Return a query as a part of another, in brackets unless it is a leaf or binds tighter than the other."""
    written = render_query(query)
    return written if isinstance(query, (Words, Coded, Said, Attribute, *bare)) else f"({written})"


def _quoted(value: str) -> str:
    return value if re.fullmatch(r'[^\s()"=:]+', value) else f'"{value}"'


def _quoted_behind(text: str) -> str:
    if not text.startswith("re:") or regex_end(text, 3) == len(text):
        return text
    return f're:"{text[3:]}"'
