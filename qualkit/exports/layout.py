"""How a table lies on paper: which way the page turns, how wide each column is, where a wide matrix is cut.

Lengths are twips, a twentieth of a point, as Word counts them. Widths of text are estimates for a roman
typeface: only the program that shows the page knows them, and it is not here.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from statistics import median
from typing import Final

from qualkit.table import Table

PADDING: Final = 70
"""White space on each side of a cell."""

_EM: Final = 200  # table text is 10 points
_LINE: Final = 235
_ROW_SPACE: Final = 120

_SLIM: Final = frozenset("fijlrtI.,:;!'’‘|()[]- \u00a0")
_BROAD: Final = frozenset("mwMWÆæ—…%@●&")

_NARROWEST: Final = 480
_NARROW_AT_EASE: Final = 950
_WORD_AT_MOST: Final = 1900
_SHORT_LINE: Final = 1600
_LABEL_AT_MOST: Final = 3600
_TEXT_AT_MOST: Final = 5200
_MARK_AT_MOST: Final = 1300


@dataclass(frozen=True, slots=True)
class Part:
    """The columns of a table that stand side by side on one page, and their widths."""

    columns: tuple[int, ...]
    widths: tuple[int, ...]
    height: int

    @property
    def width(self) -> int:
        """Width of the part."""
        return sum(self.widths)


@dataclass(frozen=True, slots=True)
class Layout:
    """Which way the page turns for a table, and the parts it is printed in."""

    landscape: bool
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """A page that stands upright: the paper, and the text on it."""

    width: int
    height: int
    text_width: int
    text_height: int

    @property
    def lying_text_width(self) -> int:
        """Width of the text when the page lies down."""
        return self.height - (self.width - self.text_width)

    @property
    def lying_text_height(self) -> int:
        """Height of the text when the page lies down."""
        return self.width - (self.height - self.text_height)


@dataclass(frozen=True, slots=True)
class Section:
    """Paragraphs and tables, as XML, on pages that lie the same way."""

    landscape: bool
    content: tuple[str, ...]


def text_width(text: str, *, bold: bool = False) -> int:
    """Estimate the width of a line of table text.

    Example:
        >>> text_width("K1") < text_width("K12") < text_width("K12", bold=True)
        True
    """
    return math.ceil(sum(map(_ems, text)) * _EM * (1.13 if bold else 1.0))


@cache
def _ems(character: str) -> float:
    if character in _SLIM:
        return 0.31
    if character in _BROAD:
        return 0.82
    if character.isupper():
        return 0.70
    return 1.1 if unicodedata.east_asian_width(character) in "WF" else 0.49


def lay_out(table: Table, words: Sequence[Sequence[str]], *, portrait: int, landscape: int) -> Layout:
    """Decide how a table lies on paper.

    A table stands upright where its columns have room enough, and lies down where they have not. What
    is too wide even then is cut between columns into parts of like size, each with the leading columns.

    Args:
        table: Gives the columns' labels and kinds.
        words: Its cells as they are printed.
        portrait: Width of the text on an upright page.
        landscape: Width of the text on a page that lies down.

    Raises:
        ValueError: If the table has no columns.
    """
    if not table.columns:
        raise ValueError(f"table {table.name!r} has no columns")
    columns = range(len(table.columns))
    narrow = [column.kind in ("mark", "count") for column in table.columns]
    tight = _alike([_tight(table, words, index, narrow=narrow[index]) for index in columns], narrow)
    easy = [tight[i] if narrow[i] else _easy(table, words, i, tight[i]) for i in columns]
    if sum(easy) <= portrait:
        room, parts = portrait, [tuple(columns)]
    else:
        room, parts = landscape, _cut(table, tight, narrow, landscape)
    full = [_line(table, words, i) for i in columns]
    long = [not narrow[i] and full[i] > _LABEL_AT_MOST for i in columns]
    if any(long):
        # A long heading leaves room for quotations, also where those chosen so far are short.
        long = [long[i] or table.columns[i].kind == "quotation" for i in columns]
    grows = next(
        (choice for choice in (long, [not is_narrow for is_narrow in narrow]) if any(choice)), [True] * len(narrow)
    )
    # Beside a text that fills line upon line, a label may break; where all are labels, each has its line.
    lined = easy if any(long) else [easy[i] if narrow[i] else max(easy[i], full[i]) for i in columns]
    airy = [max(tight[i], _NARROW_AT_EASE) if narrow[i] else lined[i] for i in columns]
    # A mark far from the label it belongs to is hard to follow: a matrix of few columns does not fill the page.
    most = [max(tight[i], _MARK_AT_MOST) if narrow[i] else round(1.3 * lined[i]) for i in columns]
    compact = any(narrow) and not any(long) and all(column.kind != "quotation" for column in table.columns)
    laid = []
    for part in parts:
        wide = min(room, sum(most[i] for i in part)) if compact else room
        widths = _share(part, tight, (easy, lined, airy), grows, wide)
        laid.append(Part(part, widths, _height(table, words, part, widths)))
    return Layout(room == landscape, tuple(laid))


def row_height(words: Sequence[str], widths: Sequence[int], *, bold: bool = False) -> int:
    """Estimate the height of a row."""
    lines = 1
    for text, width in zip(words, widths, strict=True):
        inner = max(width - 2 * PADDING, 1)
        # A line loses half a word at its end, on average.
        lines = max(
            lines, sum(max(1, math.ceil(text_width(line, bold=bold) / inner * 1.06)) for line in text.split("\n"))
        )
    return lines * _LINE + _ROW_SPACE


def _height(table: Table, words: Sequence[Sequence[str]], part: tuple[int, ...], widths: tuple[int, ...]) -> int:
    head = row_height([table.columns[i].label for i in part], widths, bold=True)
    return head + sum(row_height([row[i] for i in part], widths) for row in words)


def _longest_word(text: str, *, bold: bool = False) -> int:
    # Word breaks a line after a hyphen, a dash and a slash too.
    return max((text_width(word, bold=bold) for word in re.findall(r"[^ \t\n\u2003/–-]+[/–-]?|\S", text)), default=0)


def _tight(table: Table, words: Sequence[Sequence[str]], index: int, *, narrow: bool) -> int:
    """Return the width in which no ordinary word is broken."""
    label = _longest_word(table.columns[index].label, bold=True)
    longest = max([label, *(_longest_word(row[index]) for row in words)])
    if narrow:
        # Somewhat more, for the typeface may be another.
        return max(_NARROWEST, round(1.05 * min(longest, _WORD_AT_MOST)) + 2 * PADDING)
    return max(900, min(longest, _WORD_AT_MOST) + 2 * PADDING)


def _alike(tight: list[int], narrow: list[bool]) -> list[int]:
    """Give the narrow columns one width, but for the few whose label is much longer than the others'."""
    widths = [width for width, is_narrow in zip(tight, narrow, strict=True) if is_narrow]
    if not widths:
        return tight
    limit = 1.35 * median(widths)
    common = max(width for width in widths if width <= limit)
    return [max(width, common) if is_narrow else width for width, is_narrow in zip(tight, narrow, strict=True)]


def _easy(table: Table, words: Sequence[Sequence[str]], index: int, tight: int) -> int:
    """Return the width in which the longer of a column's cells are less than half as high as they are wide."""
    lengths = sorted(sum(text_width(line) for line in row[index].split("\n")) for row in words)
    label = text_width(table.columns[index].label, bold=True)
    length = max(label, lengths[math.floor(0.8 * (len(lengths) - 1))] if lengths else 0)
    comfortable = max(min(length, _SHORT_LINE), math.sqrt(2.5 * length * _LINE))
    return min(_TEXT_AT_MOST, max(tight, math.ceil(comfortable) + 2 * PADDING))


def _line(table: Table, words: Sequence[Sequence[str]], index: int) -> int:
    """Return the width in which every cell of a column stands on one line."""
    lines = [text_width(table.columns[index].label, bold=True)]
    lines += [text_width(line) for row in words for line in row[index].split("\n")]
    return max(lines) + 2 * PADDING


def _cut(table: Table, tight: list[int], narrow: list[bool], room: int) -> list[tuple[int, ...]]:
    columns = list(range(len(table.columns)))
    if sum(tight) <= room:
        return [tuple(columns)]
    leading = columns[: narrow.index(True)] if True in narrow else []
    if not leading or len(leading) > 2 or sum(tight[i] for i in leading) > room // 2:
        leading = columns[:1]
    rest = columns[len(leading) :]
    space = room - sum(tight[i] for i in leading)
    count = len(_greedy(rest, tight, space))
    # Parts of like size read better than full ones and a remnant; the cut that is even may not fit.
    size = math.ceil(len(rest) / count)
    even = [rest[start : start + size] for start in range(0, len(rest), size)]
    if any(sum(tight[i] for i in part) > space for part in even):
        even = _greedy(rest, tight, space)
    return [(*leading, *part) for part in even]


def _greedy(columns: list[int], tight: list[int], space: int) -> list[list[int]]:
    parts: list[list[int]] = [[]]
    for index in columns:
        if parts[-1] and sum(tight[i] for i in (*parts[-1], index)) > space:
            parts.append([])
        parts[-1].append(index)
    return parts


def _share(
    part: Sequence[int], tight: list[int], wishes: Sequence[list[int]], grows: list[bool], room: int
) -> tuple[int, ...]:
    """Give every column what it needs, then one wish after the other, and the rest of the line to those that grow."""
    widths = [float(tight[i]) for i in part]
    spare = room - sum(widths)
    if spare < 0:
        # The first column and one other may be wider than the page: then all of them give way.
        widths = [width * room / sum(widths) for width in widths]
    for wish in wishes:
        wanted = [max(0.0, wish[i] - width) for i, width in zip(part, widths, strict=True)]
        given = min(1.0, max(0.0, spare) / max(1.0, sum(wanted)))
        widths = [width + want * given for width, want in zip(widths, wanted, strict=True)]
        spare = room - sum(widths)
    growing = [grows[i] for i in part] if any(grows[i] for i in part) else [True] * len(part)
    base = sum(width for width, grow in zip(widths, growing, strict=True) if grow)
    widths = [width + spare * width / base if grow else width for width, grow in zip(widths, growing, strict=True)]
    whole = [math.floor(width) for width in widths]
    whole[len(part) - 1 - growing[::-1].index(True)] += room - sum(whole)
    return tuple(whole)
