"""Praat's TextGrids: an interval tier is a speaker, an empty interval is silence.

Praat itself reads a TextGrid as nothing but strings, numbers and flags, whatever words stand between them.
Read that way, the long, the short and the chronological format are one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from qualkit.transcripts.encoding import decode_text
from qualkit.transcripts.raw import RawText, UnreadableOriginal, tell
from qualkit.transcripts.tiers import Stretch, Tier, read_tiers

_TOKEN = re.compile(
    r'"(?P<string>[^"]*(?:""[^"]*)*)"|(?<!\S)(?P<number>[-+]?\d+(?:\.\d*)?(?:[eE][-+]?\d{1,3})?)(?![^\s,])'
    r"|(?<!\S)<(?P<flag>exists|absent)>|(?<!\S)!.*"
)
_NUMBER = re.compile(r"[-+]?\d+(?:\.\d*)?(?:[eE][-+]?\d{1,3})?,?")
_CHRONOLOGICAL = "Praat chronological TextGrid text file"
_INTERVALS, _POINTS = "IntervalTier", "TextTier"
_SAVE = "Open it in Praat and save it with “Save as text file…”."
_NOT_ONE = "the file is no TextGrid"
# What recognisers and aligners write where nobody speaks.
_SILENCES = frozenset(("sil", "<sil>", "sp", "spn", "<p:>", "<p>", "<usb>", "<eps>"))
_SIGNS = {
    r"\o/": "ø", r"\O/": "Ø", r"\ae": "æ", r"\Ae": "Æ", r"\ao": "å", r"\Ao": "Å", r'\a"': "ä", r'\A"': "Ä",
    r'\o"': "ö", r'\O"': "Ö", r'\u"': "ü", r'\U"': "Ü", r"\e'": "é", r"\E'": "É", r"\e`": "è", r"\ss": "ß",
}  # fmt: skip
_SIGN = re.compile("|".join(re.escape(sign) for sign in _SIGNS))
_LATEST = 10.0**8


class _Token(NamedTuple):
    at: int
    text: str | None
    number: float


@dataclass(slots=True)
class _Tier:
    name: str
    kind: str
    pieces: list[tuple[float, float, str]] = field(default_factory=list)


def read_textgrid(data: bytes) -> RawText:
    r"""Read a TextGrid in the long, short or chronological text format.

    Args:
        data: The whole file; UTF-8, UTF-16 or an older encoding that `decode_text` reads.

    Returns:
        Paragraphs with speakers by tier, in the order of time; what was left out is told.

    Raises:
        UnreadableOriginal: No TextGrid, a binary one, cut off, or without a word.

    Example:
        >>> head = '"ooTextFile"\n"TextGrid"\n0 5 <exists> 1\n"IntervalTier" "R1" 0 5 2\n'
        >>> raw = read_textgrid((head + '0 2 ""\n2 5 "Han sa ""ja""."').encode())
        >>> [(paragraph.speaker, paragraph.text, paragraph.time) for paragraph in raw.paragraphs]
        [('R1', 'Han sa "ja".', (2.0, 5.0))]
    """
    if not data.strip():
        raise UnreadableOriginal("the file is empty", "Look whether the right file was saved.")
    if data.startswith(b"ooBinaryFile"):
        raise UnreadableOriginal("the TextGrid is saved as a binary file", _SAVE)
    text, _, decided = decode_text(data)
    told = list(decided)
    return read_tiers([*_speech(_Grid(text).tiers(), told)], told)


class _Grid:
    """Reads one string or number after the other."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._tokens = self._read()

    def tiers(self) -> list[_Tier]:
        """Return the tiers of the file.

        Raises:
            UnreadableOriginal: It ends too early, or something else stands where a string or a number should.
        """
        first = next(self._tokens, None)
        if first and first.text == _CHRONOLOGICAL:
            return self._chronological()
        if first is None or first.text is None or not first.text.startswith("ooTextFile"):
            raise UnreadableOriginal(_NOT_ONE, _SAVE)
        if self._string() != "TextGrid":
            raise UnreadableOriginal("the file was made by Praat, but it is no TextGrid", _SAVE)
        self._number(), self._number()
        found = []
        for _ in range(self._count()):
            tier = _Tier("", self._kind())
            tier.name = self._string()
            self._number(), self._number()
            for _ in range(self._count()):
                tier.pieces.append(self._piece(tier.kind))
            found.append(tier)
        return found

    def _chronological(self) -> list[_Tier]:
        self._number(), self._number()
        found = []
        for _ in range(self._count()):
            tier = _Tier("", self._kind())
            tier.name = self._string()
            self._number(), self._number()
            found.append(tier)
        for token in self._tokens:
            if token.text is not None or not 1 <= token.number <= len(found) or token.number % 1:
                raise self._wrong(token.at, "the number of a tier")
            tier = found[int(token.number) - 1]
            tier.pieces.append(self._piece(tier.kind))
        return found

    def _piece(self, kind: str) -> tuple[float, float, str]:
        begin = self._number()
        end = self._number() if kind == _INTERVALS else begin
        return begin, end, self._string()

    def _kind(self) -> str:
        token = self._next()
        if token.text not in (_INTERVALS, _POINTS):
            raise self._wrong(token.at, "the kind of a tier")
        return token.text

    def _count(self) -> int:
        token = self._next()
        # A count is not believed: what is not there is missed when it is read.
        if token.text is not None or token.number < 0 or token.number % 1:
            raise self._wrong(token.at, "a count")
        return int(min(token.number, 1e9))

    def _next(self) -> _Token:
        token = next(self._tokens, None)
        if token is None:
            raise UnreadableOriginal("the TextGrid is cut off: it ends before its last tier does", _SAVE)
        return token

    def _string(self) -> str:
        token = self._next()
        if token.text is None:
            raise self._wrong(token.at, "text between quotation marks")
        return token.text

    def _number(self) -> float:
        token = self._next()
        if token.text is not None:
            raise self._wrong(token.at, "a time")
        return token.number

    def _read(self) -> Iterator[_Token]:
        parts = self._text.split('"')
        # A comment may hold a quotation mark; it begins with a sign that stands outside of strings.
        return self._match() if any("!" in part for part in parts[::2]) else self._parts(parts)

    def _match(self) -> Iterator[_Token]:
        for match in _TOKEN.finditer(self._text):
            if match["string"] is not None:
                yield _Token(match.start(), match["string"].replace('""', '"'), 0.0)
            elif match["number"] is not None:
                yield _Token(match.start(), None, float(match["number"]))

    def _parts(self, parts: list[str]) -> Iterator[_Token]:
        at, began = 0, -1
        string: list[str] = []
        for i, part in enumerate(parts):
            if i % 2:
                began = began if string else at - 1
                string.append(part)
            elif part or i == 0 or i == len(parts) - 1:
                # Nothing between two strings is a quotation mark in one of them.
                if string:
                    yield _Token(began, '"'.join(string), 0.0)
                    string = []
                for word in part.split():
                    if _NUMBER.fullmatch(word):
                        yield _Token(at + part.index(word), None, float(word.rstrip(",")))
            at += len(part) + 1

    def _wrong(self, at: int, expected: str) -> UnreadableOriginal:
        line = self._text.count("\n", 0, at) + 1
        hint = f"A quotation mark within text is written twice. {_SAVE}"
        return UnreadableOriginal(f"line {line} of the TextGrid does not have {expected} where it should", hint)


def _speech(tiers: list[_Tier], told: list[str]) -> Iterator[Tier]:
    """Yield the interval tiers; points only where no interval has words."""
    points = [tier for tier in tiers if tier.kind == _POINTS and any(text.strip() for _, _, text in tier.pieces)]
    spoken = [tier for tier in tiers if tier.kind == _INTERVALS and any(text.strip() for _, _, text in tier.pieces)]
    if spoken:
        one, many = "tier of points in time was left out", "tiers of points in time were left out"
        tell(told, len(points), one, many)
    silences = signs = wrong = 0
    for tier in spoken or points:
        stretches = []
        for begin, end, text in tier.pieces:
            words = " ".join(text.split())
            if not words:
                continue
            if words.casefold() in _SILENCES:
                silences += 1
                continue
            if "\\" in words:
                words, count = _SIGN.subn(lambda sign: _SIGNS[sign[0]], words)
                signs += count
            known = 0 <= begin <= end < _LATEST
            wrong += not known
            at = min(max(begin, -_LATEST), _LATEST)
            stretches.append(Stretch(None, at, begin if known else None, end if known else None, words))
        yield Tier(tier.name, stretches)
    tell(told, silences, "mark of silence was left out", "marks of silence were left out")
    tell(told, signs, "backslash sign was read as its letter", "backslash signs were read as their letters")
    tell(told, wrong, "interval has impossible times, which were not kept", "intervals have impossible times, not kept")
