"""Table: what every analysis returns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

from qualkit.model import Coding, Quotation

if TYPE_CHECKING:
    import pandas

ColumnKind = Literal["text", "mark", "count", "quotation"]
Cell = str | int | float | None | Coding | Quotation

MARK = "●"
"""What a cell of a matrix shows where a code is present."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: a stable key for programs, a label for people, and what its cells hold.

    Attributes:
        groups: True where rows that belong together repeat the cell; paper shows it once, data every time.
    """

    key: str
    label: str
    kind: ColumnKind = "text"
    groups: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under columns, with a title and notes.

    Attributes:
        name: Short stable name, used for sheets, files and bookmarks: "theme-table".
        title: What stands above the table in print.
        columns: Left to right.
        rows: One cell a column. A cell with a `Coding` holds an informant's words that were not yet
            rendered: publishing turns it into a `Quotation`, and exports refuse it.
        notes: Under the table, one paragraph each.
        description: What the table shows, in a sentence, for readers who cannot see it.
        links: From a cell (row, column) to a row of another table, by that table's name.
    """

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    notes: tuple[str, ...] = ()
    description: str = ""
    links: Mapping[tuple[int, int], tuple[str, int]] = field(default_factory=lambda: MappingProxyType({}))

    def frame(self) -> pandas.DataFrame:
        """Return the rows as a pandas frame, columns named by key.

        Example:
            >>> Table("t", "T", (Column("code", "Kode"), Column("K1", "K1", "count")), (("tid", 2),)).frame()
              code  K1
            0  tid   2
        """
        import pandas

        rows = [
            [cell_text(cell) if isinstance(cell, Coding | Quotation) else cell for cell in row] for row in self.rows
        ]
        return pandas.DataFrame(rows, columns=[column.key for column in self.columns])

    def _repr_html_(self) -> str:
        def td(column: Column, cell: Cell) -> str:
            centred = column.kind in ("mark", "count")
            return f'<td style="text-align:{"center" if centred else "left"}">{escape(cell_text(cell))}</td>'

        head = "".join(f'<th style="text-align:left">{escape(column.label)}</th>' for column in self.columns)
        body = "".join(
            "<tr>" + "".join(td(column, cell) for column, cell in zip(self.columns, row, strict=True)) + "</tr>"
            for row in self.rows
        )
        notes = "".join(f"<p><small>{escape(note)}</small></p>" for note in self.notes)
        return (
            f'<table><caption style="text-align:left;font-weight:bold">{escape(self.title)}</caption>'
            f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{notes}"
        )


def cell_text(cell: Cell) -> str:
    """Return a cell as a person reads it.

    Example:
        >>> cell_text(None), cell_text(3), cell_text("●")
        ('', '3', '●')
    """
    if cell is None:
        return ""
    if isinstance(cell, Quotation):
        return f"{cell.attribution} {cell.text}" if cell.before else f"{cell.text} {cell.attribution}".rstrip()
    if isinstance(cell, Coding):
        return cell.unit.text
    return str(cell)
