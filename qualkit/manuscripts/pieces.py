"""A finished file as pieces of text with their places: paragraphs, cells, lines."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_BLANKS = (f"{_W}tab", f"{_W}br", f"{_W}cr")
_QUOTED = frozenset({"quotation", "words"})
"""Keys of columns in which an export has quotations."""

_SKIPPED = frozenset({"details", "style", "script", "head", "nav"})
"""Elements of a page in which no quotation is printed; what was said around one is opened below it."""

_ENDING = frozenset({"p", "blockquote", "td", "th", "li", "h1", "h2", "h3", "h4", "dd", "dt", "figcaption"})


@dataclass(frozen=True, slots=True)
class Piece:
    """A paragraph, a cell or a line of a finished file.

    Attributes:
        place: As a reader finds it: "paragraph 12", "Quotations!F4", "line 7".
        text: Its words.
        quotation: Whether the file itself says that it is a quotation.
        coding: Id of a coding that stands beside it; "" where none does.
        told: Whose words they are, where the file has that apart from them.
    """

    place: str
    text: str
    quotation: bool = False
    coding: str = ""
    told: str = ""


def word_pieces(body: Any) -> Iterator[Piece]:
    """Yield the paragraphs of a Word document and its footnotes, deleted words left out.

    Args:
        body: The root element of the part.
    """
    numbers: dict[Any, str] = {}
    for table_number, table in enumerate(body.iter(f"{_W}tbl"), 1):
        for row_number, row in enumerate(table.findall(f"{_W}tr"), 1):
            for column, cell in enumerate(row.findall(f"{_W}tc"), 1):
                for paragraph in cell.iter(f"{_W}p"):
                    numbers[paragraph] = f"table {table_number}, row {row_number}, column {column}"
    for number, paragraph in enumerate(body.iter(f"{_W}p"), 1):
        text, verbatim = _paragraph(paragraph)
        place = numbers.get(paragraph, f"paragraph {number}")
        around = text.replace(verbatim, " ", 1).strip(" ():") if verbatim else ""
        if around:
            yield Piece(place, verbatim, quotation=True, told=around)
        elif text.strip():
            yield Piece(place, text, bool(verbatim) or _is_quote(paragraph))


def _paragraph(paragraph: Any) -> tuple[str, str]:
    """Return a paragraph's words, and those of them that are marked as not to be corrected."""
    out: list[str] = []
    verbatim: list[str] = []
    for run in paragraph.iter(f"{_W}r"):
        if any(above.tag == f"{_W}del" for above in run.iterancestors()):
            continue
        marked = run.find(f"{_W}rPr/{_W}noProof") is not None
        for node in run:
            said = node.text or "" if node.tag == f"{_W}t" else " " if node.tag in _BLANKS else ""
            out.append(said)
            verbatim += [said] if marked else []
    return "".join(out), "".join(verbatim).strip()


def _is_quote(paragraph: Any) -> bool:
    style = paragraph.find(f"{_W}pPr/{_W}pStyle")
    name = (style.get(f"{_W}val") or "").casefold() if style is not None else ""
    return "quote" in name or "sitat" in name


def workbook_pieces(data: bytes) -> Iterator[Piece]:
    """Yield the cells of a workbook that hold text, with the coding whose id stands in the same row."""
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    try:
        for sheet in book.worksheets:
            for row in sheet.iter_rows():
                cells = [(str(cell.coordinate), cell.value.strip()) for cell in row if isinstance(cell.value, str)]
                first = next((text for _, text in cells if text), "")
                for place, text in cells:
                    beside = first if " " not in first and text != first else ""
                    yield Piece(f"{sheet.title}!{place}", text, coding=beside)
    finally:
        book.close()


class _Page(HTMLParser):
    """Gathers the blocks of a page with the lines they begin on."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[Piece] = []
        self._words: list[str] = []
        self._line = 1
        self._quoting = 0
        self._said = False
        self._skipping = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SKIPPED:
            self._skipping += 1
        if tag in _ENDING:
            self.end()
            self._said = ("class", "said") in attrs
        self._quoting += tag == "blockquote"
        if tag == "br":
            self._words.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in _ENDING:
            self.end()
        self._quoting -= tag == "blockquote"
        if tag in _SKIPPED:
            self._words.clear()
            self._skipping = max(0, self._skipping - 1)

    def handle_data(self, data: str) -> None:
        if self._skipping:
            return
        if not self._words:
            self._line = self.getpos()[0]
        self._words.append(data)

    def end(self) -> None:
        text = "".join(self._words).strip()
        if text:
            self.pieces.append(Piece(f"line {self._line}", text, self._quoting > 0 or self._said))
        self._words.clear()


def page_pieces(text: str) -> list[Piece]:
    """Return the paragraphs and cells of a page.

    Example:
        >>> page_pieces("<p>Hun sa:</p><blockquote><p>«Jeg ringte.» (K1)</p></blockquote>")[1]
        Piece(place='line 1', text='«Jeg ringte.» (K1)', quotation=True, coding='', told='')
    """
    reader = _Page()
    reader.feed(text)
    reader.close()
    reader.end()
    return reader.pieces


def delimited_pieces(text: str) -> Iterator[Piece]:
    """Yield the cells of a CSV file; columns that an export calls quotation or words hold quotations."""
    text = text.removeprefix("\ufeff")
    head = text.partition("\n")[0]
    rows = csv.reader(io.StringIO(text), delimiter=";" if head.count(";") > head.count(",") else ",")
    keys = next(rows, [])
    for number, row in enumerate(rows, 2):
        record = dict(zip(keys, row, strict=False))
        for key, value in record.items():
            # An apostrophe keeps a spreadsheet from running what begins like a formula.
            if value.strip():
                yield Piece(f"row {number}, {key}", value.removeprefix("'"), key in _QUOTED, record.get("id", ""))


def json_pieces(text: str) -> Iterator[Piece]:
    """Yield the strings of a JSON file with their paths; what an export has as a quotation is one."""
    yield from _strings(json.loads(text), "", "")


def _strings(value: Any, path: str, beside: str) -> Iterator[Piece]:
    if isinstance(value, str):
        key = path.rpartition(".")[2]
        yield Piece(path, value, key in _QUOTED, beside if key in _QUOTED else "")
    elif isinstance(value, dict) and set(value) == {"text", "attribution", "coding"}:
        yield Piece(
            path, f"{value['text']} {value['attribution']}".strip(), quotation=True, coding=str(value["coding"])
        )
    elif isinstance(value, dict):
        own = value.get("id")
        for key, inner in value.items():
            yield from _strings(inner, f"{path}.{key}" if path else key, own if isinstance(own, str) else "")
    elif isinstance(value, list):
        for number, inner in enumerate(value, 1):
            yield from _strings(inner, f"{path}[{number}]", beside)


def parquet_pieces(data: bytes) -> Iterator[Piece]:
    """Yield the texts of a Parquet file with row and column."""
    from pyarrow import parquet

    for number, record in enumerate(parquet.read_table(io.BytesIO(data)).to_pylist(), 1):
        for key, value in record.items():
            if isinstance(value, str) and value.strip():
                yield Piece(f"row {number}, {key}", value, key in _QUOTED, str(record.get("id") or ""))


def plain_pieces(text: str) -> Iterator[Piece]:
    """Yield the paragraphs of a plain text, as of a Markdown file, with the line each begins on.

    Example:
        >>> [(piece.place, piece.quotation) for piece in plain_pieces("Hun sa:\\n\\n> Jeg ringte\\n> rett inn.\\n")]
        [('line 1', False), ('line 3', True)]
    """
    held: list[str] = []
    begun = 1
    for number, line in enumerate([*text.splitlines(), ""], 1):
        if line.strip():
            begun = begun if held else number
            held.append(line)
        elif held:
            quoting = all(one.lstrip().startswith(">") for one in held)
            words = " ".join(one.lstrip().removeprefix(">").strip() if quoting else one.strip() for one in held)
            yield Piece(f"line {begun}", words, quoting)
            held = []
