"""What in a piece of a finished text is quoted: the words between quotation marks, and who is named behind them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from qualkit.manuscripts.pieces import Piece

FEWEST = 4
"""Words in running text that are looked up: fewer are a term, a title or a word put in question."""

_PAIRS = {"«": "»", "“": "”", "„": "“”", '"': '"', "”": "”"}
_ATTRIBUTED = re.compile(r"\s*\(([^()]{1,80})\)\s*\.?\s*\Z")
_BEHIND = re.compile(r"\s*[,.]?\s*\(([^()]{1,80})\)")
_BEFORE = re.compile(r"(?:\A|[.!?]\s+)([^.!?:«“„\"]{1,80}):\s*\Z")
_ALONE = re.compile(r"\s*[«“\"][^«»“”\"]+[»”\"]\s*(?:\([^()]{1,80}\))?\s*\Z")
"""Words between quotation marks and nothing else, as in the cell of a table."""

_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Saying:
    """Words that a finished text gives as somebody's.

    Attributes:
        words: Without the quotation marks around them.
        told: Whose they are, as it stands before or behind them; "" where nothing does.
    """

    words: str
    told: str = ""


def sayings(piece: Piece) -> Iterator[Saying]:
    """Yield what a piece quotes.

    A piece that the file lays out as a quotation is one whatever its marks; in running text, what stands between
    quotation marks is.

    Example:
        >>> list(sayings(Piece("paragraph 1", "En sa: «Jeg ringte dem aldri mer» (K1, lege), og «nei» var svaret.")))
        [Saying(words='Jeg ringte dem aldri mer', told='K1, lege')]
        >>> list(sayings(Piece("paragraph 2", "Jeg ringte. (K1)", quotation=True)))
        [Saying(words='Jeg ringte.', told='K1')]
    """
    if piece.quotation or _ALONE.match(piece.text):
        whole = _whole(piece.text)
        yield Saying(whole.words, piece.told or whole.told)
        return
    marked = list(_marked(piece.text))
    for start, end in marked:
        words = piece.text[start + 1 : end]
        if len(_WORD.findall(words)) >= FEWEST:
            yield Saying(words.strip(), _named(piece.text, start, end))


def _whole(text: str) -> Saying:
    text, told = text.strip(), ""
    found = _ATTRIBUTED.search(text)
    if found:
        text, told = text[: found.start()].rstrip(), found[1]
    elif (before := re.match(r"([^.!?:«“„\"]{1,80}):\s+(?=[«“„\"])", text)) is not None:
        text, told = text[before.end() :], before[1]
    if text and text[0] in _PAIRS and text[-1] in _PAIRS[text[0]]:
        text = text[1:-1]
    return Saying(text.strip(), told)


def _marked(text: str) -> Iterator[tuple[int, int]]:
    """Yield where quotation marks open and close; a pair within another is part of what is quoted."""
    at = 0
    while at < len(text):
        closing = _PAIRS.get(text[at])
        if closing is None:
            at += 1
            continue
        depth, end = 0, -1
        for index in range(at, len(text)):
            if text[index] in closing and (index > at):
                depth -= 1
                if depth == 0:
                    end = index
                    break
            elif text[index] == text[at] or index == at:
                depth += 1
        if end < 0:
            at += 1
            continue
        yield at, end
        at = end + 1


def _named(text: str, start: int, end: int) -> str:
    behind = _BEHIND.match(text, end + 1)
    if behind:
        return behind[1]
    before = _BEFORE.search(text[:start])
    return before[1].strip() if before else ""
