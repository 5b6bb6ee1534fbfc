"""Write a Document as an Excel workbook: one sheet a table, and a sheet that says what they show."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from numbers import Integral, Real
from typing import Any, Final

from qualkit.document import Block, Document, Heading, Paragraph, Picture, Pointer
from qualkit.exports.words import WRITTEN, decimals, one_line, printable, quotation_words, refuse_codings
from qualkit.language.printed import printed
from qualkit.model import Quotation
from qualkit.table import Cell, Table

CELL_LIMIT: Final = 32_767
"""What a cell holds, in UTF-16 units, as Excel counts."""

NAME_LIMIT: Final = 31
"""What a sheet's name holds, in the same units."""

_HEADER_LIMIT: Final = 255

_GUARDED: Final = ("=", "+", "-", "@", "'")
"""First characters of a text that would become a formula, or lose its apostrophe, when someone edits the cell."""

_EXACT: Final = 10**15
"""Excel keeps fifteen digits of a number; a longer one is written as text."""

_TRAILING: Final = " ,.;–-'("

_WIDEST, _NARROWEST, _NARROW = 60, 12, 6
_SHEET_WIDTH: Final = 170
_LINE, _TALLEST = 15, 409  # points
_A4: Final = 9


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A table, the name of its sheet, and its rows as they are written.

    Attributes:
        rows: With the rows that continue an overlong one.
        starts: Where in `rows` each row of the table begins.
        above: Lines above the first row: the mark where there is one, and the heading.
    """

    table: Table
    name: str
    rows: tuple[tuple[Cell, ...], ...]
    starts: tuple[int, ...]
    above: int

    def place(self, row: int) -> int:
        """Return the line on the sheet, from 0, where a row of the table begins."""
        return self.above + self.starts[row]


def render_excel(document: Document) -> bytes:
    """Render a document as an Excel workbook.

    Every table has a sheet; the first sheet lists them and holds the document's other text. No text
    becomes a formula or a web link. A text longer than a cell holds goes on in the row below, and both
    say so. The mark stands on every sheet and in its printed header. The same document gives the same bytes.

    Raises:
        TypeError: If a cell or block holds a Coding: an informant's words that publishing has not rendered.
        ValueError: If a link leads to a row that its table does not have.
    """
    refuse_codings(document)
    import xlsxwriter

    sheets = _sheets(document)
    buffer = BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(buffer, options) as book:
        book.set_properties(
            {"title": one_line(document.title)[:255], "author": "", "created": WRITTEN.replace(tzinfo=None)}
        )
        made: dict[frozenset[tuple[str, object]], Any] = {}
        _write_readme(_Pen(book, made, _readme_name(document)), document, sheets)
        by_table: dict[str, _Sheet] = {}
        for sheet in sheets:
            by_table.setdefault(sheet.table.name, sheet)
        for sheet in sheets:
            _write_sheet(_Pen(book, made, sheet.name), document, sheet, by_table)
    return buffer.getvalue()


# Rows


def _sheets(document: Document) -> list[_Sheet]:
    taken = {_readme_name(document).casefold(), "history"}  # Excel keeps the second for itself
    above = 2 if one_line(document.mark) else 1
    sheets = []
    for block in document.blocks:
        if isinstance(block, Table):
            name = _sheet_name(block, taken)
            taken.add(name.casefold())
            rows: list[tuple[Cell, ...]] = []
            starts = []
            for row in block.rows:
                starts.append(len(rows))
                rows += _rows([_value(cell, document.language) for cell in row], document.language)
            sheets.append(_Sheet(block, name, tuple(rows), tuple(starts), above))
    return sheets


def _readme_name(document: Document) -> str:
    return printed("readme", document.language)


def _sheet_name(table: Table, taken: set[str]) -> str:
    """Return a name Excel accepts: the table's title up to a whole word, unlike the names before it."""
    title = _plain_name(table.title) or _plain_name(table.name) or "Sheet"
    number = 1
    while True:
        ending = "" if number == 1 else f" ({number})"
        name = _cut_name(title, NAME_LIMIT - len(ending)) + ending
        if name.casefold() not in taken:
            return name
        number += 1


def _plain_name(text: str) -> str:
    return " ".join(re.sub(r"[\[\]:*?/\\#!]", " ", one_line(text)).split()).strip("' ")


def _cut_name(name: str, limit: int) -> str:
    if units(name) <= limit:
        return name
    end = _fitting(name, limit - 1)
    whole = name[:end] if name[end] == " " else name[:end].rpartition(" ")[0] or name[:end]
    return f"{whole.rstrip(_TRAILING)}…"


def units(text: str) -> int:
    """Count the UTF-16 units of a text, as Excel does.

    Example:
        >>> units("å"), units("🙂")
        (1, 2)
    """
    return len(text) + sum(character > "\uffff" for character in text)


def _fitting(text: str, limit: int) -> int:
    """Return how many characters of a text fit into so many units."""
    size = 0
    for index, character in enumerate(text):
        size += 2 if character > "\uffff" else 1
        if size > limit:
            return index
    return len(text)


def _value(cell: Cell, language: str) -> Cell:
    """Return what is written into a cell: a number as a number, anything else as printable text."""
    if isinstance(cell, Quotation):
        return quotation_words(cell, language)
    if isinstance(cell, bool) or not isinstance(cell, Real):
        return None if cell is None else printable(str(cell))
    if isinstance(cell, Integral):
        return int(cell) if abs(cell) < _EXACT else str(cell)
    number = float(cell)
    if math.isnan(number):
        return None
    return number if math.isfinite(number) else str(number)


def _rows(cells: Sequence[Cell], language: str) -> Iterator[tuple[Cell, ...]]:
    """Yield a row, and after it the rows that hold what its cells could not."""
    pieces: list[list[Cell]] = [[*split_text(cell, language)] if isinstance(cell, str) else [cell] for cell in cells]
    if pieces and len(pieces[0]) == 1:
        pieces[0] *= max(map(len, pieces))  # what the row is about, so that it can be sorted and filtered
    for place in range(max(map(len, pieces), default=0)):
        yield tuple(piece[place] if place < len(piece) else None for piece in pieces)


def split_text(text: str, language: str, limit: int = CELL_LIMIT) -> list[str]:
    """Split a text at white space into pieces that cells hold, each saying that it goes on.

    Example:
        >>> split_text("Det var ni forskjellige på ett år. " * 3, "nb", 80)[0]
        'Det var ni forskjellige på ett år. Det var ni [… fortsettelse i neste rad]'
    """
    if units(text) <= limit:
        return [text]
    continues = f" {printed('cell-continues', language)}"
    continued = f"{printed('cell-continued', language)} "
    pieces = []
    opening = ""
    while units(opening) + units(text) > limit:
        end = max(1, _fitting(text, limit - units(opening) - units(continues)))
        # The last white space, unless that would leave half of a cell empty.
        space = max((match.start() for match in re.finditer(r"\s", text[: end + 1])), default=0)
        if space > end // 2:
            end = space
        pieces.append(opening + text[:end] + continues)
        text = text[end:].lstrip(" ")
        opening = continued
    return [*pieces, opening + text]


# Sheets


_Style = Mapping[str, object]

_PLAIN: Final[_Style] = {}
_WRAPPED: Final[_Style] = {"text_wrap": True}
_BODY: Final[_Style] = {"text_wrap": True, "bottom": 1, "bottom_color": "#BFBFBF"}
_HEADING: Final[_Style] = {"bold": True, "text_wrap": True, "bottom": 1}
_LINK: Final[_Style] = {"font_color": "#0563C1", "underline": 1}
_MARK: Final[_Style] = {"bold": True, "font_color": "#8B0000", "font_size": 12}
_TITLE: Final[_Style] = {"bold": True, "font_size": 14}


class _Pen:
    """Writes on one sheet; every style becomes a format of the workbook once."""

    def __init__(self, book: Any, made: dict[frozenset[tuple[str, object]], Any], name: str) -> None:
        self.sheet = book.add_worksheet(name)
        self._book = book
        self._made = made

    def write(self, row: int, column: int, cell: Cell, style: _Style = _PLAIN, *, to: str = "") -> None:
        """Write a cell as what it is; where it leads somewhere, it keeps its own text or number."""
        if isinstance(cell, str) and cell.startswith(_GUARDED):
            style = {**style, "quote_prefix": True}
        key = frozenset(style.items())
        if key not in self._made:
            self._made[key] = self._book.add_format({"valign": "top", **style})
        made = self._made[key]
        if to:
            self.sheet.write_url(row, column, f"internal:{to}", made, string="·")
        if cell is None or cell == "":
            self.sheet.write_blank(row, column, None, made)
        elif isinstance(cell, str):
            self.sheet.write_string(row, column, cell, made)
        else:
            self.sheet.write_number(row, column, cell, made)

    def set_height(self, row: int, cells: Sequence[Cell], widths: Sequence[float]) -> None:
        """Make a row as high as its wrapped texts; Excel would do so itself, other programs do not."""
        lines = 1
        for cell, width in zip(cells, widths, strict=True):
            if isinstance(cell, str):
                lines = max(lines, _lines(cell, width))
        if lines > 1:
            self.sheet.set_row(row, min(lines * _LINE, _TALLEST))


def _reference(sheet: str, row: int) -> str:
    quoted_name = sheet.replace("'", "''")
    return f"'{quoted_name}'!A{row + 1}"


def _write_sheet(pen: _Pen, document: Document, sheet: _Sheet, by_table: Mapping[str, _Sheet]) -> None:
    table = sheet.table
    heading = sheet.above - 1
    _lay_out_page(pen, document, title=table.title)
    if heading:
        pen.write(0, 0, one_line(document.mark), _MARK)
    links = _links(sheet, by_table)
    places = decimals(table)
    widths = _widths(sheet, places)
    for index, column in enumerate(table.columns):
        aligned: _Style = {"align": "center" if column.kind in ("mark", "count") else "left"}
        pen.sheet.set_column(index, index, widths[index])
        pen.write(heading, index, one_line(column.label), {**aligned, **_HEADING})
        for place, row in enumerate(sheet.rows):
            to = links.get((place, index), "")
            style = {**aligned, **_BODY, **(_LINK if to else _PLAIN)}
            if places[index] and isinstance(row[index], Real):
                style["num_format"] = f"0.{'0' * places[index]}"
            pen.write(sheet.above + place, index, row[index], style, to=to)
    pen.set_height(heading, [one_line(column.label) for column in table.columns], [width - 1 for width in widths])
    for place, row in enumerate(sheet.rows):
        pen.set_height(sheet.above + place, row, widths)
    if table.columns:
        pen.sheet.freeze_panes(sheet.above, 1)
        pen.sheet.autofilter(heading, 0, heading + len(sheet.rows), len(table.columns) - 1)
        pen.sheet.repeat_rows(0, heading)
        pen.sheet.repeat_columns(0, 0)


def _links(sheet: _Sheet, by_table: Mapping[str, _Sheet]) -> dict[tuple[int, int], str]:
    """Return where the cells of a sheet lead; a table that is not in this workbook cannot be led to."""
    links = {}
    for (row, column), (name, to) in sheet.table.links.items():
        target = by_table.get(name)
        if target is None:
            continue
        if not 0 <= to < len(target.starts):
            raise ValueError(f"table {sheet.table.name!r}: a link leads to row {to} of {name!r}, which has none")
        links[sheet.starts[row], column] = _reference(target.name, target.place(to))
    return links


def _widths(sheet: _Sheet, places: Sequence[int]) -> list[float]:
    """Return the widths of the columns in characters: narrow for marks and counts, and the texts share a screen."""
    widths: list[float] = []
    for index, column in enumerate(sheet.table.columns):
        label = one_line(column.label)
        shown = [_shown(row[index], places[index]) for row in sheet.rows]
        wanted = max(
            max((len(word) for word in label.split()), default=0) + 4,  # with the filter's button
            math.ceil(min(len(label), 36) / 2) + 3,
            max((len(line) for cell in shown for line in cell.split("\n")), default=0) + 2,
        )
        if column.kind in ("mark", "count"):
            widths.append(min(_WIDEST, max(_NARROW, wanted)))
        else:
            widths.append(min(_WIDEST, max(_NARROWEST, wanted, min(len(label) + 4, 24))))
    long = [index for index, width in enumerate(widths) if width > 36]
    if long and sum(widths) > _SHEET_WIDTH:
        rest = sum(width for index, width in enumerate(widths) if index not in long)
        for index in long:
            widths[index] = max(36, min(widths[index], (_SHEET_WIDTH - rest) // len(long)))
    return widths


def _lines(text: str, width: float) -> int:
    """Count the lines a text takes in a column, words kept whole where they can be."""
    lines = 0
    for line in text.split("\n"):
        lines += 1
        used = 0.0
        for word in line.split(" "):
            if used and used + len(word) > width:
                lines += 1
                used = 0.0
            if len(word) > width:
                lines += math.ceil(len(word) / width) - 1
            used += len(word) + 1
    return lines


def _shown(cell: Cell, places: int) -> str:
    if cell is None:
        return ""
    return f"{cell:.{places}f}" if places and isinstance(cell, float) else str(cell)


def _lay_out_page(pen: _Pen, document: Document, *, title: str) -> None:
    pen.sheet.set_landscape()
    pen.sheet.set_paper(_A4)
    pen.sheet.fit_to_pages(1, 0)
    pen.sheet.set_margins(left=0.5, right=0.5, top=0.9, bottom=0.7)
    mark = one_line(document.mark)
    pen.sheet.set_header(_printed_line("&C&K8B0000&B", mark) if mark else "")
    page = printed("page", document.language, page="\x00", pages="\x01")
    number = _escaped(page).replace("\x00", "&P").replace("\x01", "&N")
    pen.sheet.set_footer(_printed_line("&L", title, f"&R{number}"))


def _escaped(text: str) -> str:
    return text.replace("&", "&&")


def _printed_line(code: str, text: str, after: str = "") -> str:
    """Return a header or footer: a text between its codes, cut where Excel's limit cuts it."""
    text = one_line(text)
    room = _HEADER_LIMIT - units(code) - units(after)
    if units(_escaped(text)) > room:
        while units(_escaped(text)) >= room:
            text = text[:-1]
        text += "…"
    return f"{code}{_escaped(text)}{after}"


def _write_readme(pen: _Pen, document: Document, sheets: Sequence[_Sheet]) -> None:
    language = document.language
    _lay_out_page(pen, document, title=document.title)
    widths = (34, _WIDEST, 8, _WIDEST)
    for column, width in enumerate(widths):
        pen.sheet.set_column(column, column, width)
    row = 0
    if one_line(document.mark):
        pen.write(row, 0, one_line(document.mark), _MARK)
        row += 1
    pen.write(row, 0, one_line(document.title), _TITLE)
    row += 2
    for column, key in enumerate(("readme-sheet", "readme-shows", "readme-rows", "readme-notes") if sheets else ()):
        pen.write(row, column, printed(key, language), _HEADING)
    for sheet in sheets:
        row += 1
        table = sheet.table
        shows = list(dict.fromkeys(filter(None, (one_line(table.title), printable(table.description).strip()))))
        notes = "\n".join(map(printable, table.notes))
        pen.write(row, 0, sheet.name, {**_WRAPPED, **_LINK}, to=_reference(sheet.name, 0))
        pen.write(row, 1, "\n".join(shows), _WRAPPED)
        pen.write(row, 2, len(table.rows), {"align": "center"})
        pen.write(row, 3, notes, _WRAPPED)
        pen.set_height(row, [sheet.name, "\n".join(shows), None, notes], widths)
    row += 2
    for block in document.blocks:
        text, style = _text(block, language)
        for piece in split_text(text, language) if text else ():
            pen.write(row, 1, piece, style)
            pen.set_height(row, [piece], widths[1:2])
            row += 1


def _text(block: Block, language: str) -> tuple[str, _Style]:
    """Return what a block says that is no table, and how it is shown."""
    match block:
        case Table() | Pointer() | Picture():
            return "", _PLAIN
        case Quotation():
            return quotation_words(block, language), _WRAPPED
        case Heading():
            return one_line(block.text), {**_WRAPPED, "bold": True}
        case Paragraph():
            return printable(block.text).strip(), _WRAPPED
        case _:
            raise TypeError(f"no block of a document: {type(block).__name__}")
