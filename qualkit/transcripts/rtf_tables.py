"""The paragraphs and tables of an RTF file, which ends cells and rows but begins none."""

from __future__ import annotations

from dataclasses import dataclass, field

from qualkit.transcripts.word_walk import Item, Table

_DEEPEST = 50


@dataclass(slots=True)
class _Open:
    """A table being read, its row and its cell."""

    rows: list[list[list[Item]]] = field(default_factory=list)
    cells: list[list[Item]] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)


class Tables:
    """Puts paragraphs into cells, by how deep in tables each says that it is.

    Attributes:
        items: What stands outside tables, and the tables.
    """

    def __init__(self) -> None:
        self.items: list[Item] = []
        self._open: list[_Open] = []

    def add(self, number: int, depth: int) -> None:
        """Add a paragraph; tables deeper than it are over."""
        self._go_to(depth)
        (self._open[-1].items if self._open else self.items).append(number)

    def end_cell(self, depth: int) -> None:
        """End a cell of the table at this depth, from 1."""
        self._go_to(depth)
        table = self._open[-1]
        table.cells.append(table.items)
        table.items = []

    def end_row(self, depth: int) -> None:
        """End a row of the table at this depth, from 1."""
        self._go_to(depth)
        table = self._open[-1]
        if table.items:
            table.cells.append(table.items)
        if table.cells:
            table.rows.append(table.cells)
        table.cells, table.items = [], []

    def end(self) -> list[Item]:
        """End whatever is open, and return everything."""
        self._go_to(0)
        return self.items

    def _go_to(self, depth: int) -> None:
        depth = min(depth, _DEEPEST)
        while len(self._open) > depth:
            self.end_row(len(self._open))
            table = self._open.pop()
            if table.rows:
                (self._open[-1].items if self._open else self.items).append(Table(table.rows))
        while len(self._open) < depth:
            self._open.append(_Open())
