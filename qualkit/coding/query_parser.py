"""A query as it is typed becomes a tree: the grammar of `qualkit find`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from qualkit.coding.queries import (
    FILTERS,
    MARKS,
    Attribute,
    Coded,
    Either,
    Every,
    Leaf,
    Near,
    Not,
    Query,
    QueryError,
    Said,
    Words,
    is_words,
    regex_end,
    says_what,
)
from qualkit.text import near_miss, normalise

_DEEPEST = 50
_NEAR = re.compile(r"NEAR/(\d{1,3})", re.IGNORECASE)
_PREFIX = re.compile(r"([^\W\d_]{2,}):(.*)", re.DOTALL)
_EQUALS = re.compile(r'("[^"]+"|[^\s":=]+)=(.*)', re.DOTALL)
_OF_PATTERNS = ("lemma", "compound", "re")
_PREFIXES = ("code", *FILTERS, *_OF_PATTERNS)


class _Token(NamedTuple):
    kind: str
    text: str
    column: int


def parse_query(text: str) -> Query:
    """Return what a query says.

    Raises:
        QueryError: If it cannot be read, or says only what is not to be found.

    Example:
        >>> parse_query("lemma:ringe NOT code:varsel")
        Every(parts=(Words(text='lemma:ringe', phrase=False, column=1), Not(part=Coded(code='varsel', column=17))))
    """
    tokens = list(_tokens(normalise(text)[0]))
    if not tokens:
        raise QueryError(
            "the query is empty", "Write words, or for instance code:ID. The whole language: see the guide."
        )
    parser = _Parser(tokens)
    query = parser.either(0)
    parser.expect_end()
    if not says_what(query):
        raise QueryError(
            "the query says only what is not to be found",
            "Put beside NOT what is looked for, as in speaker:participant NOT lemma:ringe.",
        )
    return query


def _tokens(text: str) -> Iterator[_Token]:
    at = 0
    while at < len(text):
        if text[at].isspace():
            at += 1
            continue
        column = at + 1
        if text[at] in "()":
            yield _Token(text[at], text[at], column)
            at += 1
            continue
        if text[at : at + 3].casefold() == "re:" and text[at + 3 : at + 4] not in tuple(MARKS):
            stop = regex_end(text, at + 3)
            yield _Token("atom", "re:" + text[at + 3 : stop], column)
        else:
            stop = _atom_end(text, at)
            yield _word(_straight(text[at:stop]), column)
        at = stop


def _straight(atom: str) -> str:
    return "".join('"' if char in MARKS else char for char in atom)


def _word(atom: str, column: int) -> _Token:
    if atom in ("AND", "OR", "NOT"):
        return _Token(atom, atom, column)
    if near := _NEAR.fullmatch(atom):
        return _Token("NEAR", near[1], column)
    if atom == "NEAR" or atom.startswith("NEAR/"):
        raise QueryError("NEAR takes a number of words", "Write NEAR/5 for at most five words between.", column)
    return _Token("atom", atom, column)


def _atom_end(text: str, at: int) -> int:
    """Return where an atom ends: at white space or a bracket outside of quotation marks."""
    while at < len(text) and not text[at].isspace() and text[at] not in "()":
        if text[at] in MARKS:
            closing = next((i for i in range(at + 1, len(text)) if text[i] in MARKS), -1)
            if closing < 0:
                hint = "Close it, and put the whole query in single quotation marks: 'code:varsel \"over helga\"'."
                raise QueryError("the quotation mark that opens here is not closed", hint, at + 1)
            at = closing
        at += 1
    return at


class _Parser:
    """The grammar: OR over AND over NOT over NEAR over what stands in brackets or alone."""

    def __init__(self, tokens: list[_Token]) -> None:
        self._tokens, self._at = tokens, 0

    def _kind(self) -> str:
        return self._tokens[self._at].kind if self._at < len(self._tokens) else ""

    def _next(self) -> _Token:
        self._at += 1
        return self._tokens[self._at - 1]

    def expect_end(self) -> None:
        if self._at < len(self._tokens):
            hint = "Take it out, or open one before it."
            raise QueryError("this bracket closes none", hint, self._tokens[self._at].column)

    def either(self, depth: int) -> Query:
        parts = [self._every(depth)]
        while self._kind() == "OR":
            self._next()
            parts.append(self._every(depth))
        return parts[0] if len(parts) == 1 else Either(tuple(parts))

    def _every(self, depth: int) -> Query:
        parts = [self._not(depth)]
        while self._kind() in ("AND", "NOT", "(", "atom"):
            if self._kind() == "AND":
                self._next()
            parts.append(self._not(depth))
        return parts[0] if len(parts) == 1 else Every(tuple(parts))

    def _not(self, depth: int) -> Query:
        if self._kind() == "NOT":
            if depth > _DEEPEST:
                raise self._too_deep()
            self._next()
            return Not(self._not(depth + 1))
        found = self._one(depth)
        while self._kind() == "NEAR":
            token = self._next()
            right = self._one(depth)
            if not (is_words(found) and is_words(right)):
                hint = 'As in lemma:ringe NEAR/5 (vakt OR "over helga"); for codes: AND.'
                raise QueryError("NEAR stands between words", hint, token.column)
            found = Near(found, right, int(token.text))
        return found

    def _one(self, depth: int) -> Query:
        if depth > _DEEPEST:
            raise self._too_deep()
        if self._kind() == "atom":
            return _leaf(self._next())
        if self._kind() == "(":
            opened = self._next()
            found = self.either(depth + 1)
            if self._kind() != ")":
                raise QueryError("the bracket that opens here is not closed", "Put ) where it ends.", opened.column)
            self._next()
            return found
        if self._at < len(self._tokens):
            token = self._tokens[self._at]
            raise QueryError(f"something to look for is missing before {token.text}", "", token.column)
        last = self._tokens[-1]
        hint = "Write it, or put the word in quotation marks if it is looked for itself."
        raise QueryError(f"something to look for is missing behind {last.text}", hint, last.column)

    def _too_deep(self) -> QueryError:
        return QueryError("there are too many brackets within brackets", "Ask in two steps.")


def _leaf(token: _Token) -> Leaf:
    atom, column = token.text, token.column
    equals = None if atom.startswith(("re:", '"')) and '"=' not in atom else _EQUALS.fullmatch(atom)
    if equals:
        return Attribute(equals[1].strip('"'), _value(equals[2], f"{equals[1]}=", column), column)
    prefix = _PREFIX.fullmatch(atom)
    kind = prefix[1].casefold() if prefix else ""
    if prefix and kind not in _OF_PATTERNS:
        value = _value(prefix[2], f"{kind}:", column)
        if kind == "code":
            return Coded(value, column)
        for name in FILTERS:
            if kind == name:
                return Said(name, value, column)
        near = near_miss(kind, _PREFIXES)
        hint = f"Did you mean {near}:?" if near else f"Known: {', '.join(f'{one}:' for one in _PREFIXES)}."
        raise QueryError(f"“{kind}:” is nothing that can be asked for", hint, column)
    if prefix:
        words = Words(f"{kind}:{_value(prefix[2], f'{kind}:', column)}", column=column)
    else:
        words = Words(_unquoted(atom, column), phrase=atom.startswith('"'), column=column)
    words.pattern()
    return words


def _value(written: str, before: str, column: int) -> str:
    value = _unquoted(written, column)
    if not value:
        hint = f'Write it directly behind, in quotation marks if it is several words: {before}"…".'
        raise QueryError(f"something is missing behind {before}", hint, column)
    return value


def _unquoted(written: str, column: int) -> str:
    bare = written[1:-1] if len(written) > 1 and written[0] == written[-1] == '"' else written
    if '"' in bare:
        hint = "Put a space before the one that opens, and after the one that closes."
        raise QueryError("quotation marks stand within a word", hint, column)
    return bare.strip()
