"""What a group of an RTF file inherits from the group around it, and which control words change it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

ASIDE = frozenset("listtext pntext title atnauthor atnref atndate atrfstart atrfend".split())
"""Groups whose words are no paragraph but are needed: a list's number, a title, a comment's author."""


@dataclass(frozen=True, slots=True)
class State:
    """How the characters that follow are meant.

    Attributes:
        into: Where characters go: "text", "comment", "skip", "fonts", "colours", "info", "created", "shape", or
            one of `ASIDE`.
        codec: Of bytes; None: the document's own.
        symbols: Whether the font is one of symbols.
        skip: How many characters stand behind a Unicode character for those who cannot read it.
        depth: In how many tables the paragraph is.
        instead: Whether the groups within are written twice, and only the second writing is read.
    """

    into: str = "text"
    codec: str | None = None
    symbols: bool = False
    skip: int = 1
    hidden: bool = False
    deleted: bool = False
    moved: bool = False
    inserted: bool = False
    highlight: int = 0
    depth: int = 0
    instead: bool = False


FORMATS: dict[str, Callable[[State, int | None], State]] = {
    "uc": lambda state, number: replace(state, skip=max(0, number or 0)),
    "v": lambda state, number: replace(state, hidden=number != 0),
    "deleted": lambda state, number: replace(state, deleted=number != 0),
    "revised": lambda state, number: replace(state, inserted=number != 0),
    "mvf": lambda state, number: replace(state, moved=number != 0),
    "highlight": lambda state, number: replace(state, highlight=number or 0),
    "chcbpat": lambda state, number: replace(state, highlight=number or 0),
    "pard": lambda state, _: replace(state, depth=0),
    "intbl": lambda state, _: replace(state, depth=max(1, state.depth)),
    "itap": lambda state, number: replace(state, depth=max(0, number or 0)),
}
