"""A board as an export would print it: headings, texts, condensates and quotations, and what is open in them still."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from qualkit.anonymisation.candidates import Source
from qualkit.anonymisation.queue import waiting
from qualkit.anonymisation.redactor import everything_known, leaking
from qualkit.chapter import group_text, overview_table, theme_text
from qualkit.clearing import Clearance, clearance
from qualkit.condensate import Subgroup
from qualkit.condensation.gathering import Gathered
from qualkit.condensing import gathered_groups
from qualkit.document import Block, Document, Heading, Paragraph
from qualkit.errors import FaultyFiles, QualkitError
from qualkit.identity import Hit
from qualkit.material import Material, load_material
from qualkit.model import Quotation
from qualkit.publishing import render_words
from qualkit.table import Table
from qualkit.workbench.answers import Answer, Ask, Route
from qualkit.workbench.desk import Desk
from qualkit.workbench.printing import joined, marked, pieces_of

Piece = list[str]
"""Words, and what they are: "shown" for a print form, "open" for an undecided place, "stop" for a name in own text."""


@dataclass(slots=True)
class _Sheet:
    """What is shown, in order: blocks that are printed, and between them notes that are not.

    Attributes:
        notes: By the identity of the paragraph that holds a note's place: rendering hands paragraphs on as they are.
    """

    blocks: list[Block] = field(default_factory=list)
    notes: dict[int, dict[str, Any]] = field(default_factory=dict)

    def note(self, kind: str, **more: Any) -> None:
        self.blocks.append(self._place({"kind": kind, **more}))

    def stopped(self, error: QualkitError) -> Block:
        return self._place({"kind": "stopped", "message": str(error), "hint": error.hint})

    def _place(self, note: dict[str, Any]) -> Block:
        place = Paragraph("")
        self.notes[id(place)] = note
        return place


def show_condensing(desk: Desk, ask: Ask) -> Answer:
    """Return one code group, or all, as the results print it, with the condensates of the audit table."""
    material = load_material(desk.study())
    groups = gathered_groups(material)
    wanted = ask.path.get("code", "")
    names = {code.id: code.name for code in material.codebook.walk()}
    sheet = _Sheet()
    for one in groups:
        if wanted in ("", one.group.code) and (wanted or one.group.subgroups):
            _group(sheet, material, one)
    others = [{"code": one.group.code, "name": one.group.name or names.get(one.group.code, "")} for one in groups]
    return {**_told(material, sheet), "code": wanted, "name": names.get(wanted, ""), "others": others}


def _group(sheet: _Sheet, material: Material, one: Gathered) -> None:
    headings, texts = group_text(material, one.group.code)
    printed = any(texts.values())
    if printed:
        sheet.blocks += headings
    else:
        sheet.note("unprinted", name=headings[-1].text)
    accepted = {extract.coding.id for extract in one.units}
    for subgroup in one.group.subgroups:
        _subgroup(sheet, subgroup, texts[subgroup.id], accepted)
    if not one.group.subgroups:
        sheet.note("missing", what="subgroups")
    if one.waiting:
        sheet.note("missing", what="waiting", n=len(one.waiting))


def _subgroup(sheet: _Sheet, subgroup: Subgroup, printed: Sequence[Block], accepted: set[str]) -> None:
    sheet.note("part", name=subgroup.name)
    sheet.blocks += printed
    if not subgroup.analytic:
        sheet.note("missing", what="analytic")
    if not subgroup.golden:
        sheet.note("missing", what="golden")
    elif subgroup.golden not in accepted:
        sheet.note("missing", what="golden.gone")
    elif not subgroup.analytic:
        sheet.note("missing", what="golden.alone")
    if subgroup.condensate:
        sheet.note("condensate", text=subgroup.condensate)
    else:
        sheet.note("missing", what="condensate")


def show_themes(desk: Desk, ask: Ask) -> Answer:  # noqa: ARG001  every resource is asked alike
    """Return the results as they are printed of themes: the overview, then each theme's text and quotations."""
    material = load_material(desk.study())
    sheet = _Sheet()
    sections = [(theme, theme_text(material, theme)) for theme in material.themes]
    under = {code for theme in material.themes for each in theme.walk() for code in each.codes}
    loose = [one.group.code for one in gathered_groups(material) if one.group.code not in under]
    apart = [
        (headings, texts) for headings, texts in (group_text(material, code) for code in loose) if any(texts.values())
    ]
    if apart or any(blocks for _, blocks in sections):
        sheet.blocks.append(overview_table(material))
    for theme, blocks in sections:
        if blocks:
            sheet.blocks += blocks
        else:
            sheet.note("unprinted", name=theme.heading)
        for each in theme.walk():
            if not each.text:
                sheet.note("missing", what="theme.quotations" if each.quotations else "theme", name=each.heading)
    for headings, texts in apart:
        sheet.blocks += [*headings, *(block for blocks in texts.values() for block in blocks)]
    return {**_told(material, sheet), "others": []}


# --- rendering ----------------------------------------------------------------------------------------------


def _told(material: Material, sheet: _Sheet) -> dict[str, Any]:
    """Return the sheet as the page shows it, and how many places of it would stop an export."""
    blocks = _rendered(material, sheet)
    cleared = clearance(material)
    own = _Own(cleared)
    told = [_block(material, cleared, own, sheet, block) for block in blocks]
    pieces = [piece for one in told for piece in _pieces_in(one)]
    open_ = sum(kind == "open" for _, kind in pieces) + sum(one.get("within", 0) for one in told)
    stops = sum(kind == "stop" for _, kind in pieces) + sum(one["kind"] == "stopped" for one in told)
    return {"blocks": told, "open": open_, "stops": stops}


def _rendered(material: Material, sheet: _Sheet) -> Sequence[Block]:
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


def _block(material: Material, cleared: Clearance, own: _Own, sheet: _Sheet, block: Block) -> dict[str, Any]:
    note = sheet.notes.get(id(block))
    if note is not None:
        return {**note, "pieces": own.pieces(" ".join(note["text"].split("\n")))} if "text" in note else note
    if isinstance(block, Heading):
        return {"kind": "heading", "level": block.level, "pieces": own.pieces(block.text)}
    if isinstance(block, Quotation):
        return _quotation(material, cleared, block)
    if isinstance(block, Table):
        rows = [[own.pieces(text) for text in row] for row in _grouped(block)]
        return {"kind": "table", "title": block.title, "columns": [each.label for each in block.columns], "rows": rows}
    return {"kind": "text", "pieces": own.pieces(block.text if isinstance(block, Paragraph) else "")}


def _grouped(table: Table) -> list[list[str]]:
    """Return the cells as texts; what a column that groups rows said of the row above is not said again."""
    rows, above = [], [""] * len(table.columns)
    for cells in table.rows:
        row = ["" if cell is None else str(cell) for cell in cells]
        shown, same = [], True
        for column, cell, before in zip(table.columns, row, above, strict=True):
            same = same and column.groups and cell == before
            shown.append("" if same else cell)
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


def _pieces_in(told: dict[str, Any]) -> list[Piece]:
    cells = [piece for row in told.get("rows", ()) for cell in row for piece in cell]
    return [*told.get("pieces", ()), *cells]


class _Own:
    """What the researcher wrote: names of the register stop it, and what nobody has decided about is marked."""

    def __init__(self, cleared: Clearance) -> None:
        self.cleared = cleared
        self.known = everything_known(cleared.register)
        self.sources: dict[str, tuple[Source, Sequence[Hit]]] = {
            "".join(source.text.split()): (source, hits) for source, hits in cleared.own()
        }

    def pieces(self, text: str) -> list[Piece]:
        """Return a text in pieces, with what would stop an export marked."""
        marks = [(one.start, one.end, "stop") for one in leaking(text, self.cleared.register)]
        open_ = [each for each in joined(self._open(text)) if not any(a < each[1] and each[0] < b for a, b, _ in marks)]
        marks += [(start, end, "open") for start, end in open_]
        out: list[Piece] = []
        at = 0
        for start, end, kind in sorted(marks):
            if start < at:
                continue
            out += [[text[at:start], ""], [text[start:end], kind]]
            at = end
        return [piece for piece in [*out, [text[at:], ""]] if piece[0]]

    def _open(self, text: str) -> list[tuple[int, int]]:
        found = self.sources.get("".join(text.split()))
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


ROUTES: tuple[Route, ...] = (
    ("GET", "/api/printed/condensing", show_condensing),
    ("GET", "/api/printed/condensing/{code}", show_condensing),
    ("GET", "/api/printed/themes", show_themes),
)
