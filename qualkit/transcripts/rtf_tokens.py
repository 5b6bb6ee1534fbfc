"""What an RTF file is made of: groups, control words with a number, and bytes of text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_TOKEN = re.compile(
    rb"((?:[^\\{}\r\n\x00\x80-\xff]|\\'[0-9a-fA-F]{2})+)|\\([a-zA-Z]{1,32})(-?[0-9]{1,10})? ?|([{}])"
    rb"|\\([\x00-\xff])|([\x80-\xff]+)|[\r\n\x00]+"
)
_CODE = re.compile(rb"\\'(..)")


class Token(NamedTuple):
    """One piece of an RTF file.

    Attributes:
        kind: "{", "}", "word" (also symbols as \\~), "text", or "high": bytes that RTF would have in digits.
        word: Of a word, without the backslash.
        number: Behind a word; None where there is none.
        raw: Of text; what was written as two digits is a byte again.
        end: Where the piece ends in the file.
    """

    kind: str
    word: str
    number: int | None
    raw: bytes
    end: int


def tokens(data: bytes, start: int, stop: int) -> Iterator[Token]:
    r"""Yield the pieces of a part of a file; raw bytes behind ``\bin`` are passed over.

    Example:
        >>> [(one.kind, one.word or one.raw) for one in tokens(rb"{\b p\'e5}", 0, 10)]
        [('{', b''), ('word', 'b'), ('text', b'p\xe5'), ('}', b'')]
    """
    at = start
    while found := _TOKEN.match(data, at, stop):
        at = found.end()
        text, word, number, brace, symbol, high = found.groups()
        if text:
            yield Token("text", "", None, _CODE.sub(_byte, text) if b"\\" in text else text, at)
        elif word:
            parameter = int(number) if number else None
            if word == b"bin":
                at = min(stop, at + max(0, parameter or 0))
            else:
                yield Token("word", word.decode("ascii"), parameter, b"", at)
        elif brace:
            yield Token(brace.decode("ascii"), "", None, b"", at)
        elif symbol in (b"{", b"}", b"\\"):
            yield Token("text", "", None, symbol, at)
        elif symbol:
            yield Token("word", symbol.decode("latin-1"), None, b"", at)
        elif high:
            yield Token("high", "", None, high, at)


def _byte(code: re.Match[bytes]) -> bytes:
    return bytes((int(code[1], 16),))
