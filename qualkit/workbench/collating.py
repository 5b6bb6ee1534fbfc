"""All meaning units of a code, a group of codes or a theme, side by side; and the matrices that lead to them."""

from __future__ import annotations

from typing import Any

from qualkit.coding.codebook import find_code
from qualkit.markup import colour_of
from qualkit.material import Material
from qualkit.model import READ_FIRST, Code, Coding
from qualkit.publishing import NoSuchAttribute, attributes_of
from qualkit.quotations import balance
from qualkit.table import Cell, Table
from qualkit.themes.matrices import attribute_matrix, participant_matrix
from qualkit.themes.outline import Line, outline
from qualkit.themes.structure import codes_of_theme, walk_themes
from qualkit.workbench.answers import Answer, Ask, BadRequest, Route
from qualkit.workbench.desk import Desk
from qualkit.workbench.shelf import material_of, seen, unit_json
from qualkit.workbench.visits import state, visit_of

_MOST_CODES = 500


def show_choices(desk: Desk, ask: Ask) -> Answer:
    """Return what units can be collated by: themes and codes, with how many units each has."""
    study = desk.study()
    material = material_of(study)
    counts: dict[str, int] = {}
    for extract in material.accepted():
        counts[extract.coding.code] = counts.get(extract.coding.code, 0) + 1
    colours = colours_of(material)

    def told(code: Code, depth: int) -> list[dict[str, Any]]:
        below = [code.id, *(each.id for child in code.children for each in _walk(child))]
        units = sum(counts.get(each, 0) for each in below)
        one = {"codes": below, "name": code.name, "depth": depth, "units": units, "colour": colours[code.id]}
        return [one, *(row for child in code.children for row in told(child, depth + 1))]

    return {
        "codes": [row for code in material.codebook.codes for row in told(code, 0)],
        "themes": [
            {
                "codes": list(codes_of_theme(theme)),
                "name": theme.heading,
                "units": sum(counts.get(code, 0) for code in codes_of_theme(theme)),
            }
            for theme in walk_themes(material.themes)
        ],
        "seen": seen(study),
        **state(visit_of(desk, ask)),
    }


def show_units(desk: Desk, ask: Ask) -> Answer:
    """Return all accepted meaning units of some codes, in the order of the transcripts."""
    study = desk.study()
    material = material_of(study)
    wanted = [each for each in ask.query.get("codes", "").split("\n") if each]
    if not wanted or len(wanted) > _MOST_CODES:
        raise BadRequest("name the codes whose units are to be shown")
    codes = {find_code(material.codebook, each).id for each in wanted}
    colours = colours_of(material)
    where = {
        placed.coding: (subgroup.name, placed.fate)
        for group in material.groups
        for subgroup in group.subgroups
        for placed in subgroup.units
        if placed.fate != "moved"
    }
    units = [
        {**unit_json(desk, material, extract), "subgroup": where.get(extract.coding.id, ("", ""))[0]}
        for extract in material.accepted()
        if extract.coding.code in codes
    ]
    named = [code for code in material.codebook.walk() if code.id in codes]
    return {
        "codes": [
            {"id": code.id, "name": code.name, "colour": colours[code.id], "definition": code.definition or code.brief}
            for code in named
        ],
        "units": units,
        "people": {person.id: dict(person.attributes) for person in material.participants},
        "attributes": attributes_of(material),
        "seen": seen(study),
    }


def show_matrix(desk: Desk, ask: Ask) -> Answer:
    """Return themes and codes against participants, or against the values of one of their attributes.

    In STC and reflexive studies the cells hold marks, unless numbers are asked for.
    """
    study = desk.study()
    material = material_of(study)
    by, asked = ask.query.get("by", ""), ask.query.get("counts", "")
    known = attributes_of(material)
    if by and by not in known:
        raise NoSuchAttribute(by, known)
    counts = asked == "yes" if asked else study.settings.method not in READ_FIRST
    extracts = material.accepted()
    lines = outline(material.codebook, material.themes, {extract.coding.code for extract in extracts})
    language = study.settings.language
    table = (
        attribute_matrix(lines, extracts, material.participants, by, counts=counts, language=language)
        if by
        else participant_matrix(lines, extracts, material.people(), counts=counts, language=language)
    )
    return {
        "by": by,
        "attributes": known,
        "counts": counts,
        "columns": [{"key": "" if each.key == "-" else each.key, "label": each.label} for each in table.columns[1:]],
        "rows": _rows(lines, table),
        "notes": list(table.notes),
        "units": len(extracts),
        "seen": seen(study),
        **state(visit_of(desk, ask)),
    }


def show_balance(desk: Desk, ask: Ask) -> Answer:
    """Return the balance of the quotations that are chosen: by theme, by participant, by attributes, and what is alike.

    Numbers of quotations are counted for the writer alone, in every method, and are printed nowhere.
    """
    study = desk.study()
    material = material_of(study)
    return {
        "tables": [_table(table) for table in balance(material, attributes_of(material))],
        "attributes": attributes_of(material),
        "seen": seen(study),
        **state(visit_of(desk, ask)),
    }


def _table(table: Table) -> dict[str, Any]:
    return {
        "name": table.name,
        "title": table.title,
        "columns": [{"label": each.label, "number": each.kind == "count"} for each in table.columns],
        "rows": [[_cell(cell) for cell in row] for row in table.rows],
        "notes": list(table.notes),
    }


def _cell(cell: Cell) -> str | int | float | None:
    if isinstance(cell, Coding):
        return cell.unit.text
    return cell if cell is None or isinstance(cell, str | int | float) else str(cell)


def _rows(lines: list[Line], table: Table) -> list[dict[str, Any]]:
    """Return the rows of a matrix with the codes each stands for: headings first, as the table has them."""
    told: list[tuple[int, bool, list[str]]] = []
    above = ("", "")
    for line in lines:
        here, depth = (line.theme, line.subtheme), 0
        for level, heading in enumerate(here):
            if not heading:
                continue
            if here[: level + 1] != above[: level + 1]:
                below = [
                    each.code.id for each in lines if (each.theme, each.subtheme)[: level + 1] == here[: level + 1]
                ]
                told.append((depth, True, list(dict.fromkeys(below))))
            depth += 1
        above = here
        told.append((depth, False, [line.code.id]))
    return [
        {"name": str(row[0]).strip(), "depth": depth, "heading": heading, "codes": codes, "cells": list(row[1:])}
        for (depth, heading, codes), row in zip(told, table.rows, strict=True)
    ]


# --- pieces -------------------------------------------------------------------------------------------------


def colours_of(material: Material) -> dict[str, str]:
    """Return every code's colour: its own, or the one of its place."""
    return {code.id: code.colour or colour_of(number) for number, code in enumerate(material.codebook.walk())}


def _walk(code: Code) -> list[Code]:
    return [code, *(each for child in code.children for each in _walk(child))]


ROUTES: tuple[Route, ...] = (
    ("GET", "/api/collating", show_choices),
    ("GET", "/api/collating/units", show_units),
    ("GET", "/api/matrix", show_matrix),
    ("GET", "/api/balance", show_balance),
)
