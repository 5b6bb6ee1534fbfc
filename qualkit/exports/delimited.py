"""Write a Table as separated values, as data for other programs and for spreadsheets."""

from __future__ import annotations

import csv
import math
from io import StringIO
from numbers import Integral, Real
from typing import Final

from qualkit.exports.words import one_line, printable, refuse_unrendered
from qualkit.table import Cell, Table, cell_text

_FORMULA: Final = ("=", "+", "-", "@", "\t", "＝", "＋", "－", "＠")
"""What spreadsheets take for the beginning of a formula, full-width forms too."""


def separator(language: str) -> str:
    """Return what parts the columns of a study in this language.

    A spreadsheet that is set to Norwegian opens a file with commas in a single column.

    Example:
        >>> separator("nn"), separator("en")
        (';', ',')
    """
    return ";" if language in ("nb", "nn") else ","


def render_csv(table: Table, *, mark: str = "", delimiter: str = ",") -> bytes:
    """Render a table as CSV: UTF-8 with a byte order mark, for without one Excel does not read æ, ø and å.

    The heading holds the columns' keys. Spreadsheets run as a formula whatever begins like one, be it an
    informant's words; so a text that begins with = + - @, a tab or a carriage return gets an apostrophe
    before it. Who reads the file with a program takes it off again, or reads the workbook instead.

    Args:
        table: Cells with quotations give their words and attribution.
        mark: Stands on every row, in a last column `notice`.
        delimiter: With ";" numbers get a decimal comma, as in the files Norwegian spreadsheets read.

    Raises:
        TypeError: If a cell holds a Coding: an informant's words that publishing has not rendered.

    Example:
        >>> from qualkit.table import Column
        >>> render_csv(Table("t", "T", (Column("k", "Kode"),), (("=1+1",),))).decode("utf-8-sig").split()
        ['k', "'=1+1"]
    """
    refuse_unrendered(table)
    notice = one_line(mark)
    keys = [column.key for column in table.columns]
    if notice:
        name = "notice"
        while name in keys:
            name += "_"
        keys.append(name)
    buffer = StringIO()
    writer = csv.writer(buffer, delimiter=delimiter, lineterminator="\r\n")
    writer.writerow(map(_harmless, keys))
    for row in table.rows:
        cells = [_field(cell, "," if delimiter == ";" else ".") for cell in row]
        writer.writerow([*cells, _harmless(notice)] if notice else cells)
    return buffer.getvalue().encode("utf-8-sig")


def _field(cell: Cell, decimal: str) -> str:
    if isinstance(cell, bool) or not isinstance(cell, Real):
        return _harmless(cell_text(cell))
    if isinstance(cell, Integral):
        return str(cell)
    return "" if math.isnan(cell) else repr(float(cell)).replace(".", decimal)


def _harmless(text: str) -> str:
    # A carriage return is a line break by now; before the formula's sign spreadsheets pass over it, and over spaces.
    carriage_return = text.startswith("\r")
    text = printable(text)
    return f"'{text}" if carriage_return or text.lstrip(" \n\u00a0").startswith(_FORMULA) else text
