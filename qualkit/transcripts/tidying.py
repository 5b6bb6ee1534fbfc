"""Clean-up on request of what is no speech: page numbers, running heads, line numbers, hyphens, blank lines.

Text that was taken out of a printed page brings its layout along. Nothing here is done unasked, everything that
is taken out is handed back with its place, and reading the original again without asking undoes it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from qualkit.errors import QualkitError
from qualkit.language.identify import identify
from qualkit.table import Column, Table
from qualkit.transcripts.raw import Mark, Paragraph, RawText, counted
from qualkit.transcripts.tidying_rules import Cut, blank_lines, hyphens, line_numbers, page_numbers, running_heads

_Rule = Callable[[Sequence[Paragraph], str], list[Cut]]

_RULES: dict[str, tuple[_Rule, str, str]] = {
    "line-numbers": (line_numbers, "line number", "line numbers"),
    "page-numbers": (page_numbers, "page number", "page numbers"),
    "running-heads": (running_heads, "running head", "running heads"),
    "blank-lines": (blank_lines, "superfluous line break", "superfluous line breaks"),
    "hyphens": (hyphens, "line break within a word", "line breaks within words"),
}

TIDYINGS = tuple(_RULES)
"""What can be asked for, in the order in which it is done."""

TIDIED = "tidied"
"""The key of a transcript's header under which stands what was asked for: "page-numbers, hyphens"."""

_LONGEST_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Removed:
    """Something that was taken out of an original on request.

    Attributes:
        kind: One of `TIDYINGS`.
        paragraph: Of the original as it is read without clean-up, from 1.
        start: Where in that paragraph's text it stood.
        text: What was taken out; a paragraph's end is a line break.
        before: Up to a line of what stands before it in the paragraph.
        after: Up to a line of what stands behind it.
        page: From 1, where the original has pages.
    """

    kind: str
    paragraph: int
    start: int
    text: str
    before: str = ""
    after: str = ""
    page: int | None = None


class NoSuchTidying(QualkitError):
    """A kind of clean-up was asked for that there is not."""

    def __init__(self, kinds: Collection[str]) -> None:
        super().__init__(f"there is no clean-up called {', '.join(sorted(kinds))}")
        self.hint = f"It can be {', '.join(TIDYINGS)}."


def as_asked(kinds: Collection[str]) -> tuple[str, ...]:
    """Return kinds of clean-up in the order in which they are done, each once.

    Raises:
        NoSuchTidying: If a kind is not known.

    Example:
        >>> as_asked(["hyphens", "page-numbers"])
        ('page-numbers', 'hyphens')
    """
    if unknown := set(kinds) - set(TIDYINGS):
        raise NoSuchTidying(unknown)
    return tuple(kind for kind in TIDYINGS if kind in kinds)


class _Piece(NamedTuple):
    """A stretch of a paragraph that comes from the original unchanged.

    Attributes:
        at: Where it stands in the tidied paragraph.
        paragraph: Its paragraph in the original, from 0.
        start: Where it stood there.
        length: How long it is.
    """

    at: int
    paragraph: int
    start: int
    length: int


class _Tidied(NamedTuple):
    """A paragraph as it is by now, and what of it stood where."""

    paragraph: Paragraph
    pieces: tuple[_Piece, ...]


def tidied(raw: RawText, kinds: Collection[str], language: str = "") -> tuple[RawText, tuple[Removed, ...]]:
    r"""Take out what was asked for, and say what that was.

    Args:
        raw: As a reader gives it.
        kinds: Some of `TIDYINGS`.
        language: Of the dictionary that decides on hyphens; "": the language of the text, and where too little is
            said to tell it, bokmål, nynorsk and English.

    Returns:
        The text without it, its marks on the words that they stood on; and what was taken out, in the order of
        the original.

    Raises:
        NoSuchTidying: If a kind is not known.

    Example:
        >>> raw = RawText((Paragraph("K1: Vi hadde et sam-\narbeid om bolig-\nog sosialsaker."),))
        >>> tidy, removed = tidied(raw, ["hyphens"])
        >>> tidy.paragraphs[0].text
        'K1: Vi hadde et samarbeid om bolig-\nog sosialsaker.'
        >>> [(one.kind, one.start, one.text) for one in removed]
        [('hyphens', 19, '-\n')]
    """
    asked = as_asked(kinds)
    if not asked:
        return raw, ()
    now = [_Tidied(paragraph, (_Piece(0, i, 0, len(paragraph.text)),)) for i, paragraph in enumerate(raw.paragraphs)]
    if "hyphens" in asked and not language:
        language = identify([paragraph.text for paragraph in raw.paragraphs]) or ""
    removed: list[Removed] = []
    decided = list(raw.decided)
    for kind in asked:
        rule, one, many = _RULES[kind]
        cuts = sorted(rule([item.paragraph for item in now], language))
        now, out = _cut(now, cuts, kind, raw)
        removed += out
        if cuts:
            decided.append(f"{counted(len(cuts), f'{one} was', f'{many} were')} taken out on request")
    removed.sort(key=lambda item: (item.paragraph, item.start))
    marks = _moved(raw.marks, now) if raw.marks else ()
    tidy = replace(raw, paragraphs=tuple(item.paragraph for item in now), marks=marks, decided=tuple(decided))
    return tidy, tuple(removed)


def _cut(now: Sequence[_Tidied], cuts: Sequence[Cut], kind: str, raw: RawText) -> tuple[list[_Tidied], list[Removed]]:
    """Carry out the cuts; a cut that takes a paragraph's end joins it to the next one."""
    by_paragraph: dict[int, list[Cut]] = {}
    for cut in cuts:
        by_paragraph.setdefault(cut.paragraph, []).append(cut)
    out: list[Removed] = []
    result: list[_Tidied] = []
    joint: str | None = None
    for number, item in enumerate(now):
        own = by_paragraph.get(number, ())
        if not own and joint is None:
            result.append(item)
            continue
        text, at = "", 0
        pieces: list[_Piece] = []
        joins: str | None = None
        for cut in own:
            text, pieces = _append(text, pieces, item, at, cut.start)
            at = cut.end
            text += cut.instead if cut.joins is None else ""
            joins = cut.joins
            out.append(_removed(item, cut, kind, raw))
        text, pieces = _append(text, pieces, item, at, len(item.paragraph.text))
        if joint is not None and result:
            above = result.pop()
            shift = len(above.paragraph.text) + len(joint)
            pieces = [*above.pieces, *(piece._replace(at=piece.at + shift) for piece in pieces)]
            text = above.paragraph.text + joint + text
            paragraph = replace(above.paragraph, text=text)
        else:
            paragraph = replace(item.paragraph, text=text)
        if text.strip():
            result.append(_Tidied(paragraph, tuple(pieces)))
        joint = joins if text.strip() else None
    return result, out


def _append(text: str, pieces: list[_Piece], item: _Tidied, start: int, end: int) -> tuple[str, list[_Piece]]:
    """Add a stretch of a paragraph, and say of every part of it where in the original it stood."""
    number = max(0, bisect_right(item.pieces, start, key=lambda piece: piece.at) - 1)
    for i in range(number, len(item.pieces)):
        piece = item.pieces[i]
        if piece.at >= end:
            break
        first, stop = max(start, piece.at), min(end, piece.at + piece.length)
        if first < stop:
            at = len(text) + first - start
            pieces.append(_Piece(at, piece.paragraph, piece.start + first - piece.at, stop - first))
    return text + item.paragraph.text[start:end], pieces


def _removed(item: _Tidied, cut: Cut, kind: str, raw: RawText) -> Removed:
    number = bisect_right(item.pieces, cut.start, key=lambda piece: piece.at) - 1
    piece = item.pieces[max(0, number)]
    start = piece.start + min(cut.start - piece.at, piece.length)
    text = item.paragraph.text
    return Removed(
        kind,
        piece.paragraph + 1,
        start,
        text[cut.start : cut.end] + ("\n" if cut.joins is not None else ""),
        text[max(0, cut.start - _LONGEST_SHOWN) : cut.start].rpartition("\n")[2],
        text[cut.end : cut.end + _LONGEST_SHOWN].strip("\n").partition("\n")[0],
        raw.paragraphs[piece.paragraph].page,
    )


def _moved(marks: Sequence[Mark], now: Sequence[_Tidied]) -> tuple[Mark, ...]:
    """Return the marks on the words that they stood on.

    Highlighting of what was taken out is none any more; a comment on it stays, between the words around it.
    """
    stretches = sorted(
        (piece.paragraph, piece.start, piece, number) for number, i in enumerate(now) for piece in i.pieces
    )
    starts = [(paragraph, start) for paragraph, start, _, _ in stretches]
    moved = []
    for mark in marks:
        if not stretches:
            break
        start, end = _place(mark.start, stretches, starts, end=False), _place(mark.end, stretches, starts, end=True)
        if start < end:
            moved.append(replace(mark, start=start, end=end))
        elif mark.kind == "comment":
            moved.append(replace(mark, start=min(start, end), end=min(start, end)))
    return tuple(sorted(moved, key=lambda mark: (mark.start, mark.end, mark.kind)))


def _place(
    place: tuple[int, int],
    stretches: Sequence[tuple[int, int, _Piece, int]],
    starts: Sequence[tuple[int, int]],
    *,
    end: bool,
) -> tuple[int, int]:
    """Return where a place is now: of a start the next word that is left, of an end the last one before."""
    number = max(0, bisect_right(starts, place) - 1)
    if end and number and starts[number] == place:
        number -= 1
    paragraph, start, piece, now = stretches[number]
    behind = (paragraph, start + piece.length) <= place if not end else False
    if behind and number + 1 < len(stretches):
        _, _, piece, now = stretches[number + 1]
        return now, piece.at
    offset = place[1] - start if place[0] == paragraph else (piece.length if place[0] > paragraph else 0)
    return now, piece.at + min(max(0, offset), piece.length)


def removed_table(removed: Mapping[str, Sequence[Removed]]) -> Table:
    """List what was taken out of each transcript's original.

    Args:
        removed: By transcript.

    Returns:
        A row for everything, with the words around it: for the researcher's own desk.
    """
    columns = (
        Column("transcript", "Transcript", groups=True),
        Column("kind", "Kind"),
        Column("page", "Page", "count"),
        Column("paragraph", "Paragraph", "count"),
        Column("place", "Place", "count"),
        Column("before", "Before"),
        Column("text", "Taken out"),
        Column("after", "After"),
    )
    rows = tuple(
        (name, one.kind, one.page, one.paragraph, one.start, one.before, _visible(one.text), one.after)
        for name, all_of_it in removed.items()
        for one in all_of_it
    )
    notes = (
        "Paragraphs as they are read without clean-up; a line break is shown as ⏎.",
        "Reading the original again without clean-up puts everything back.",
    )
    description = "What was taken out of the originals on request, with its place"
    return Table("removed", "What was taken out of the originals", columns, rows, notes, description)


def _visible(text: str) -> str:
    return text.replace("\n", "⏎").replace("\u00ad", "-")
