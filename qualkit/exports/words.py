"""What a document's cells and blocks say in print, whatever kind of file they are printed in."""

from __future__ import annotations

import math
import re
from datetime import UTC, datetime
from numbers import Integral, Real
from typing import Final

from qualkit.document import Document
from qualkit.model import Coding, Quotation
from qualkit.table import Cell, Table

WRITTEN: Final = datetime(2000, 1, 1, tzinfo=UTC)
"""The date every file carries: the same document gives the same bytes, and nothing tells when she sat at her desk."""

LOCALES: Final = {"nb": "nb-NO", "nn": "nn-NO", "en": "en-GB"}

MARKS: Final = {
    "nb": (("«", "»"), ("“", "”")),
    "nn": (("«", "»"), ("“", "”")),
    "en": (("“", "”"), ("‘", "’")),
}
"""The quotation marks of each language; the second pair stands around words that hold the first."""

_CLOSED_BY: Final = {"«": "»", "“": "”", "„": "“”", "‘": "’", "»": "«", "”": "”", '"': '"'}

_BREAK: Final = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
# What no XML file can hold, and the C1 controls, which print as boxes at best.
_CONTROL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def printable(text: str) -> str:
    r"""Strip control characters; every kind of line break becomes ``\n``, tabs stay.

    Example:
        >>> printable("a\x00b\r\nc\x0bd\te")
        'ab\nc\nd\te'
    """
    return _CONTROL.sub("", _BREAK.sub("\n", text))


def one_line(text: str) -> str:
    r"""Return printable text with every run of white space as one space.

    Example:
        >>> one_line(" Temaer\n og  koder ")
        'Temaer og koder'
    """
    return " ".join(printable(text).split())


def is_quoted(text: str) -> bool:
    """Tell whether quotation marks stand around the whole of a text, not only at its two ends.

    Example:
        >>> is_quoted("«Ja.»"), is_quoted("«Ja», sa hun, og så «nei»"), is_quoted("«Hun sa «ja»»")
        (True, False, True)
    """
    text = text.strip()
    if len(text) < 2:
        return False
    opening, closing = text[0], _CLOSED_BY.get(text[0], "")
    if text[-1] not in closing:
        return False
    if opening in closing:
        return text.count(opening) == 2
    depth = 0
    for index, character in enumerate(text):
        depth += (character == opening) - (character in closing)
        if depth == 0:
            return index == len(text) - 1
    return False


def quoted(text: str, language: str) -> str:
    """Put the language's quotation marks around words that do not carry any.

    Marks within the words are the transcript's and stay. Where they are the same as the ones around
    them, the language's other pair stands around: two alike in a row look like a mistake.

    Example:
        >>> quoted("Ja, det går.", "nb"), quoted("Yes.", "en"), quoted("”Ja.”", "nb")
        ('«Ja, det går.»', '“Yes.”', '”Ja.”')
        >>> quoted("«Klar», sa de.", "nb")
        '“«Klar», sa de.”'
    """
    text = text.strip()
    if not text or is_quoted(text):
        return text
    first, second = MARKS[language]
    before, after = second if first[0] in text or first[1] in text else first
    return f"{before}{text}{after}"


def quotation_words(quotation: Quotation, language: str) -> str:
    """Return a quotation as a cell prints it: words in quotation marks, and the attribution behind or before them."""
    words, whose = quoted(printable(quotation.text), language), one_line(quotation.attribution)
    return f"{whose} {words}" if quotation.before else f"{words} {whose}".rstrip()


def refuse_codings(document: Document) -> None:
    """Refuse a document in which an informant's words were not rendered through the anonymisation.

    Raises:
        TypeError: With the place of the words, never the words.
    """
    for number, block in enumerate(document.blocks, 1):
        if isinstance(block, Table):
            refuse_unrendered(block)
        elif isinstance(block, Coding):
            raise TypeError(f"block {number} ({block.unit.span}): words not rendered; publishing makes Quotations")


def refuse_unrendered(table: Table) -> None:
    """Refuse a table with a cell that still holds a Coding.

    Raises:
        TypeError: With the cell and the span, never the words.
    """
    for number, row in enumerate(table.rows, 1):
        for column, cell in zip(table.columns, row, strict=True):
            if isinstance(cell, Coding):
                raise TypeError(
                    f"table {table.name!r}, row {number}, column {column.key!r} ({cell.unit.span}): "
                    "words not rendered; publishing makes Quotations of Codings"
                )


def table_words(table: Table, language: str) -> list[list[str]]:
    """Return every cell as it is printed, row by row.

    Numbers with decimals get as many as their column needs, two at most, after the language's sign.

    Raises:
        TypeError: If a cell holds a Coding.

    Example:
        >>> from qualkit.table import Column
        >>> rows = (("tid", 0.5, 3), ("rom", 0.8249, None))
        >>> table_words(Table("t", "T", (Column("a", "A"), Column("b", "B"), Column("c", "C")), rows), "nb")
        [['tid', '0,50', '3'], ['rom', '0,82', '']]
    """
    refuse_unrendered(table)
    places = decimals(table)
    return [[_words(cell, language, wanted) for cell, wanted in zip(row, places, strict=True)] for row in table.rows]


def decimals(table: Table) -> tuple[int, ...]:
    """Return how many decimals each column needs: two at most, and none where there are no such numbers."""
    return tuple(max((_decimals(row[index]) for row in table.rows), default=0) for index in range(len(table.columns)))


def _decimals(cell: Cell) -> int:
    if not isinstance(cell, Real) or isinstance(cell, Integral) or not math.isfinite(cell):
        return 0
    return len(f"{cell:.2f}".rstrip("0").partition(".")[2])


def _words(cell: Cell, language: str, places: int) -> str:
    if cell is None:
        return ""
    if isinstance(cell, Quotation):
        return quotation_words(cell, language)
    if isinstance(cell, Real) and not isinstance(cell, Integral):
        if math.isnan(cell):
            return ""
        text = f"{cell:.{places}f}"
        return text if language == "en" else text.replace(".", ",")
    return printable(str(cell))
