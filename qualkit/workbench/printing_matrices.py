"""Matrices, the balance of quotations and the thematic map as an export would print them."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator, Sequence

from qualkit.chapter import ACROSS, spread_name
from qualkit.document import Block, Heading
from qualkit.exporting import document_of
from qualkit.language.printed import printed
from qualkit.mapping import thematic_map
from qualkit.material import Material, load_material
from qualkit.model import Coding
from qualkit.publishing import NoSuchAttribute, attributes_of
from qualkit.quotations import chosen_of
from qualkit.table import Table
from qualkit.workbench.answers import Answer, Ask, Route
from qualkit.workbench.desk import Desk
from qualkit.workbench.printed_sheet import Sheet, told


def show_matrix(desk: Desk, ask: Ask) -> Answer:
    """Return a matrix as the Word file has it: against participants, also split over the themes, or an attribute."""
    material = load_material(desk.study())
    known = attributes_of(material)
    by = ask.path.get("by", "")
    if by and by not in known:
        raise NoSuchAttribute(by, known)
    sheet = Sheet(ask.said)
    headings = _headings(material)
    for table in document_of(material, "word").tables():
        if table.name == f"theme-{by}" if by else table.name == ACROSS or table.name in headings:
            _table(sheet, table, [by] if by else [headings.get(table.name, "")])
    if not sheet.blocks:
        sheet.note("missing", what="matrix")
    return {**told(material, sheet), "by": by, "attributes": known, "others": []}


def _headings(material: Material) -> dict[str, str]:
    """Return, by the names of tables that stand under one theme or code group, what it is called."""
    themes = {theme.id: theme.heading for theme in material.themes}
    codes = {code.id: code.name for code in material.codebook.walk()}
    groups = {group.code: group.name for group in material.groups if group.name}
    return {spread_name(each): heading for each, heading in ({**codes, **groups, **themes}).items()}


def _table(sheet: Sheet, table: Table, names: list[str]) -> None:
    if not table.rows:
        sheet.note("missing", what="matrix")
        return
    sheet.named[table.name] = names
    sheet.blocks.append(table)


def show_balance(desk: Desk, ask: Ask) -> Answer:
    """Return the quotations that are printed of those that were chosen. Their numbers are printed nowhere."""
    material = load_material(desk.study())
    document = document_of(material, "word")
    sheet = Sheet(ask.said)
    sheet.blocks += _quoted(document.blocks)
    if not sheet.blocks:
        # Where nothing is written yet, quotations stand in the table of themes.
        sheet.blocks += [table for table in document.tables() if table.name == "theme-table" and table.rows]
    for name in _silent(material, sheet.blocks):
        sheet.note("missing", what="chosen", name=name)
    if not sheet.blocks:
        sheet.note("missing", what="quotations")
    return {**told(material, sheet), "attributes": attributes_of(material), "others": []}


def _quoted(blocks: Sequence[Block]) -> Iterator[Block]:
    """Yield quotations of the running text, each with the headings above it that were not yet given."""
    above: list[Heading] = []
    for block in blocks:
        if isinstance(block, Heading):
            above = [*(each for each in above if each.level < block.level), block]
        elif isinstance(block, Coding):
            yield from (each for each in above if each.level > 1)
            above = []
            yield block


def _silent(material: Material, blocks: Sequence[Block]) -> list[str]:
    """Return the headings of sections for which a quotation was chosen that is printed nowhere among some blocks."""
    cells = [cell for block in blocks if isinstance(block, Table) for row in block.rows for cell in row]
    shown = {each.id for each in (*blocks, *cells) if isinstance(each, Coding)}
    return list(dict.fromkeys(one.heading for one in chosen_of(material) if one.printed and one.coding not in shown))


def show_map(desk: Desk, ask: Ask) -> Answer:
    """Return the thematic map as it is drawn for print, and every name on it: one of the register would stop it."""
    from qualkit.exports.map_drawing import render_map

    material = load_material(desk.study())
    sheet = Sheet(ask.said)
    figure = thematic_map(material) if material.themes else None
    if figure is None or not figure.nodes:
        sheet.note("missing", what="map")
    else:
        drawn = b64encode(render_map(figure, ".svg")).decode()
        title = printed("thematic-map", material.study.settings.language)
        sheet.note("picture", data=f"data:image/svg+xml;base64,{drawn}", name=title)
        sheet.note("words", words=figure.texts())
    return {**told(material, sheet), "others": []}


ROUTES: tuple[Route, ...] = (
    ("GET", "/api/printed/matrix", show_matrix),
    ("GET", "/api/printed/matrix/{by}", show_matrix),
    ("GET", "/api/printed/balance", show_balance),
    ("GET", "/api/printed/map", show_map),
)
