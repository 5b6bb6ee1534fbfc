"""What an export would print, in order, as the page shows it: with print forms, open places, and what is missing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from qualkit.anonymisation.candidates import Source
from qualkit.anonymisation.queue import waiting
from qualkit.anonymisation.redactor import everything_known, leaking
from qualkit.clearing import Clearance, clearance
from qualkit.document import Block, Document, Heading, Paragraph
from qualkit.errors import FaultyFiles, QualkitError
from qualkit.identity import Hit
from qualkit.material import Material
from qualkit.model import Quotation
from qualkit.publishing import render_words
from qualkit.table import Cell, Column, Table
from qualkit.workbench.printing import joined, marked, pieces_of

Piece = list[str]
"""Words, and what they are: "shown" for a print form, "open" for an undecided place, "stop" for a name in own text."""

_CELLS = ("count", "mark")
"""Kinds of the columns that count passages."""


@dataclass(slots=True)
class Sheet:
    """What is shown, in order: blocks that are printed, and between them notes that are not.

    Attributes:
        said: Gives a message in the language of the page.
        notes: By the identity of the paragraph that holds a note's place: rendering hands paragraphs on as they are.
        named: By the name of a table, what of its title somebody wrote: a theme's heading, a column of participants.
    """

    said: Callable[[str], str]
    blocks: list[Block] = field(default_factory=list)
    notes: dict[int, dict[str, Any]] = field(default_factory=dict)
    named: dict[str, list[str]] = field(default_factory=dict)

    def note(self, kind: str, **more: Any) -> None:
        """Let a note stand here that is not printed."""
        self.blocks.append(self._place({"kind": kind, **more}))

    def stopped(self, error: QualkitError) -> Block:
        """Return what stands in the place of words that an export refuses."""
        return self._place({"kind": "stopped", "message": self.said(str(error)), "hint": self.said(error.hint)})

    def _place(self, note: dict[str, Any]) -> Block:
        place = Paragraph("")
        self.notes[id(place)] = note
        return place


def told(material: Material, sheet: Sheet) -> dict[str, Any]:
    """Return the sheet as the page shows it, and how many places of it would stop an export.

    Blocks have a `kind`; words in them stand in pieces, and those of a list of names in `words`.
    """
    blocks = _rendered(material, sheet)
    cleared = clearance(material)
    own = Own(cleared)
    shown = [_block(material, cleared, own, sheet, block) for block in blocks]
    pieces = [piece for one in shown for piece in _pieces_in(one)]
    open_ = sum(kind == "open" for _, kind in pieces) + sum(one.get("within", 0) for one in shown)
    stops = sum(kind == "stop" for _, kind in pieces) + sum(one["kind"] == "stopped" for one in shown)
    return {"blocks": shown, "open": open_, "stops": stops}


def _rendered(material: Material, sheet: Sheet) -> Sequence[Block]:
    """Return the blocks with quotations as the redactor makes them; one that would be refused says why in its place."""

    def render(blocks: Sequence[Block]) -> Sequence[Block]:
        return render_words(material, Document("", material.study.settings.language, tuple(blocks))).blocks

    try:
        return render(sheet.blocks)
    except FaultyFiles:
        raise
    except QualkitError:
        kept: list[Block] = []
        for block in sheet.blocks:
            try:
                render([block])
                kept.append(block)
            except QualkitError as error:
                kept.append(sheet.stopped(error))
        return render(kept)


def _block(material: Material, cleared: Clearance, own: Own, sheet: Sheet, block: Block) -> dict[str, Any]:
    note = sheet.notes.get(id(block))
    if note is not None:
        if "text" in note:
            return {**note, "pieces": own.pieces(" ".join(note["text"].split("\n")))}
        return {**note, "words": [own.pieces(text) for text in note["words"]]} if "words" in note else note
    if isinstance(block, Heading):
        return {"kind": "heading", "level": block.level, "pieces": own.pieces(block.text)}
    if isinstance(block, Quotation):
        return _quotation(material, cleared, block)
    if isinstance(block, Table):
        return _table(material, cleared, own, block, sheet.named.get(block.name, ()))
    return {"kind": "text", "pieces": own.pieces(block.text if isinstance(block, Paragraph) else "")}


def _table(material: Material, cleared: Clearance, own: Own, table: Table, named: Sequence[str]) -> dict[str, Any]:
    within = 0

    def cell(value: Cell, column: Column) -> list[Piece]:
        nonlocal within
        if isinstance(value, Quotation):
            shown = _quotation(material, cleared, value)
            within += shown["within"]
            whose = [[value.attribution, ""]] if value.attribution else []
            return [*whose, [" ", ""], *shown["pieces"]] if value.before else [*shown["pieces"], [" ", ""], *whose]
        text = "" if value is None else str(value)
        # A number that is some person's age counts passages here.
        return [[text, ""]] if column.kind in _CELLS and text else own.pieces(text)

    return {
        "kind": "table",
        "title": own.named(table.title, named),
        # Of the program's own are all labels but those of people and of what groups them.
        "columns": [own.named(one.label, [one.key] if one.kind in _CELLS else []) for one in table.columns],
        "counted": [one.kind in _CELLS for one in table.columns],
        "rows": [list(map(cell, row, table.columns)) for row in _grouped(table)],
        "notes": list(table.notes),
        "within": within,
    }


def _grouped(table: Table) -> list[list[Cell]]:
    """Return the cells; what a column that groups rows said of the row above is not said again."""
    rows: list[list[Cell]] = []
    above: Sequence[Cell] = [None] * len(table.columns)
    for row in table.rows:
        shown: list[Cell] = []
        same = True
        for column, value, before in zip(table.columns, row, above, strict=True):
            same = same and column.groups and value == before
            shown.append(None if same else value)
        rows.append(shown)
        above = row
    return rows


def _quotation(material: Material, cleared: Clearance, quotation: Quotation) -> dict[str, Any]:
    """Return a quotation with its print forms and open places marked, where its words stand whole as they were said."""
    span = quotation.span
    record = material.transcripts[span.transcript]
    whole, marks = marked(record, cleared.register, cleared.hits(record))
    pieces = pieces_of(whole, marks, span.start, span.end)
    same = " ".join("".join(text for text, _ in pieces).split()) == quotation.text
    return {
        "kind": "quotation",
        "pieces": pieces if same else [[quotation.text, ""]],
        "whose": quotation.attribution,
        "before": quotation.before,
        "within": 0 if same else len(cleared.undecided([span])),
        "transcript": span.transcript,
        "start": span.start,
        "end": span.end,
    }


def _pieces_in(shown: dict[str, Any]) -> list[Piece]:
    lists = [shown.get("pieces", ()), *shown.get("words", ())]
    if shown["kind"] == "table":
        lists += [shown["title"], *shown["columns"], *(cell for row in shown["rows"] for cell in row)]
    return [piece for each in lists for piece in each]


class Own:
    """What the researcher wrote: names of the register stop it, and what nobody has decided about is marked."""

    def __init__(self, cleared: Clearance) -> None:
        self.cleared = cleared
        self.known = everything_known(cleared.register)
        self.sources: dict[str, tuple[Source, Sequence[Hit]]] = {
            "".join(source.text.split()): (source, hits) for source, hits in cleared.own()
        }

    def pieces(self, text: str, *, looked: bool = True) -> list[Piece]:
        """Return a text in pieces, with what would stop an export marked.

        Args:
            text: As it is printed.
            looked: Whether detectors look at a text that is in no file of the study.
        """
        marks = [(one.start, one.end, "stop") for one in leaking(text, self.cleared.register)]
        found = self._open(text, looked=looked)
        open_ = [each for each in joined(found) if not any(a < each[1] and each[0] < b for a, b, _ in marks)]
        marks += [(start, end, "open") for start, end in open_]
        out: list[Piece] = []
        at = 0
        for start, end, kind in sorted(marks):
            if start < at:
                continue
            out += [[text[at:start], ""], [text[start:end], kind]]
            at = end
        return [piece for piece in [*out, [text[at:], ""]] if piece[0]]

    def named(self, text: str, names: Iterable[str]) -> list[Piece]:
        """Return a text of the program's in pieces, in which the first of some names is what somebody wrote.

        Ids of people are among them: an export asks about those that may be somebody's name, and no others.
        """
        for name in names:
            before, found, after = text.partition(name) if name else (text, "", "")
            if found:
                return [piece for piece in [[before, ""], *self.pieces(found, looked=False), [after, ""]] if piece[0]]
        return [[text, ""]] if text else []

    def _open(self, text: str, *, looked: bool) -> list[tuple[int, int]]:
        found = self.sources.get("".join(text.split()))
        if found is None and not looked:
            return []
        if found is None:
            hits = waiting(self.cleared.look(text), text, self.known, "")
            return [(hit.start, hit.end) for hit in hits]
        # A text is printed in other lines than it is written in: its letters are the same.
        source, hits_ = found
        letters = [at for at, char in enumerate(text) if not char.isspace()]
        number = [0]
        for char in source.text:
            number.append(number[-1] + (not char.isspace()))
        return [
            (letters[number[hit.start]], letters[number[hit.end] - 1] + 1)
            for hit in waiting(hits_, source.text, self.known, source.id)
            if number[hit.end] > number[hit.start]
        ]
