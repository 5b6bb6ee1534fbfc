"""Write a Document as JSON: the tables as they are, for other programs."""

from __future__ import annotations

import json
import math
from numbers import Integral, Real
from typing import Any, Final

from qualkit.document import Document, Heading
from qualkit.exports.words import one_line, printable, refuse_codings
from qualkit.model import Quotation
from qualkit.table import Cell, Table

VERSION: Final = 1
"""Of the shape; it grows when a key changes its meaning or goes, not when one is added."""


def render_json(document: Document) -> bytes:
    """Render a document's tables as JSON, UTF-8.

    The object has `qualkit_export` (the version of this shape), `mark`, `title`, `language`, and `tables`: of
    each its name, title, description, notes, columns (key, label, kind) and rows, one value a column. A
    quotation is an object with text, attribution and the coding's id.
    A table "codings" or "codebook" whose rows are records stands under its name instead, as a list of objects.

    Raises:
        TypeError: If a cell or block holds a Coding: an informant's words that publishing has not rendered.
    """
    refuse_codings(document)
    tables = document.tables()
    record = {
        "qualkit_export": VERSION,
        "mark": one_line(document.mark),
        "title": one_line(document.title),
        "language": document.language,
        "headings": [one_line(block.text) for block in document.blocks if isinstance(block, Heading)],
        "tables": [_table(table) for table in tables if table.name not in _RECORDS],
        **{table.name: _records(table) for table in tables if table.name in _RECORDS},
    }
    return (json.dumps(record, ensure_ascii=False, indent=1, allow_nan=False) + "\n").encode()


_RECORDS: Final = ("codings", "codebook")
_KINDS: Final = {"text": "text", "mark": "presence", "count": "count", "quotation": "quotation"}


def _table(table: Table) -> dict[str, Any]:
    return {
        "name": table.name,
        "title": one_line(table.title),
        "description": printable(table.description),
        "notes": [printable(note) for note in table.notes],
        "columns": [
            {"key": column.key, "label": one_line(column.label), "kind": _KINDS[column.kind]}
            for column in table.columns
        ],
        "rows": [[_value(cell) for cell in row] for row in table.rows],
    }


def _records(table: Table) -> list[dict[str, Any]]:
    keys = [column.key for column in table.columns]
    return [
        {
            key: printable(cell.text) if isinstance(cell, Quotation) else _value(cell)
            for key, cell in zip(keys, row, strict=True)
        }
        for row in table.rows
    ]


def _value(cell: Cell) -> Any:
    if isinstance(cell, Quotation):
        return {"text": printable(cell.text), "attribution": one_line(cell.attribution), "coding": cell.coding}
    if cell is None or isinstance(cell, bool):
        return cell
    if isinstance(cell, Integral):
        return int(cell)
    if isinstance(cell, Real):
        number = float(cell)
        return number if math.isfinite(number) else None
    return printable(str(cell))
