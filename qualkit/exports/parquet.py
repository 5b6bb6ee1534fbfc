"""Write a Table as a Parquet file, for pandas, R and the like."""

from __future__ import annotations

from io import BytesIO
from numbers import Integral, Real
from typing import Any

from qualkit.errors import QualkitError
from qualkit.exports.words import one_line, printable, refuse_unrendered
from qualkit.table import Cell, Table, cell_text


class NoParquet(QualkitError):
    """The library that writes Parquet is not installed."""

    hint = "Install it with: pip install 'qualkit-qda[parquet]' – or export csv, which needs nothing more."

    def __init__(self) -> None:
        super().__init__("Parquet files are written with pyarrow, which is not installed")


def render_parquet(table: Table, *, mark: str = "") -> bytes:
    """Render a table as Parquet: numbers as numbers where a column holds nothing else, else texts.

    Args:
        table: Cells with quotations give their words and attribution.
        mark: Stands on every row, in a last column `notice`, and in the file's metadata.

    Raises:
        NoParquet: If pyarrow is not installed.
        TypeError: If a cell holds a Coding: an informant's words that publishing has not rendered.
    """
    try:
        import pyarrow
        from pyarrow import parquet
    except ImportError as error:
        raise NoParquet from error
    refuse_unrendered(table)
    names: list[str] = []
    arrays: list[Any] = []
    for index, column in enumerate(table.columns):
        names.append(_free(column.key, names))
        arrays.append(_array(pyarrow, [row[index] for row in table.rows], counts=column.kind == "count"))
    notice = one_line(mark)
    if notice:
        names.append(_free("notice", names))
        arrays.append(pyarrow.array([notice] * len(table.rows), pyarrow.string()))
    about = {"title": one_line(table.title), "notice": notice, "notes": "\n".join(map(printable, table.notes))}
    made = pyarrow.table(arrays, names=names).replace_schema_metadata({k: v for k, v in about.items() if v})
    buffer = BytesIO()
    parquet.write_table(made, buffer, compression="zstd")
    return buffer.getvalue()


def _free(name: str, taken: list[str]) -> str:
    while name in taken:
        name += "_"
    return name


def _array(pyarrow: Any, cells: list[Cell], *, counts: bool) -> Any:
    """Return a column: an empty one is of the kind the table says."""
    filled = [cell for cell in cells if cell is not None]
    numbers = all(isinstance(cell, Real) and not isinstance(cell, bool) for cell in filled) and (bool(filled) or counts)
    if numbers and all(isinstance(cell, Integral) and abs(int(cell)) < 2**63 for cell in filled):
        return pyarrow.array([None if cell is None else int(cell) for cell in cells], pyarrow.int64())  # type: ignore[arg-type]
    if numbers:
        return pyarrow.array([None if cell is None else float(cell) for cell in cells], pyarrow.float64())  # type: ignore[arg-type]
    texts = [None if cell is None else printable(cell_text(cell)) for cell in cells]
    return pyarrow.array(texts, pyarrow.string())
