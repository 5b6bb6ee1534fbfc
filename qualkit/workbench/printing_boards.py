"""A board as an export would print it: headings, texts, condensates and quotations, and what is open in them still."""

from __future__ import annotations

from collections.abc import Sequence

from qualkit.chapter import group_text, overview_table, theme_text
from qualkit.condensate import Subgroup
from qualkit.condensation.gathering import Gathered
from qualkit.condensing import gathered_groups
from qualkit.document import Block
from qualkit.material import Material, load_material
from qualkit.workbench.answers import Answer, Ask, Route
from qualkit.workbench.desk import Desk
from qualkit.workbench.printed_sheet import Sheet, told


def show_condensing(desk: Desk, ask: Ask) -> Answer:
    """Return one code group, or all, as the results print it, with the condensates of the audit table."""
    material = load_material(desk.study())
    groups = gathered_groups(material)
    wanted = ask.path.get("code", "")
    names = {code.id: code.name for code in material.codebook.walk()}
    sheet = Sheet(ask.said)
    for one in groups:
        if wanted in ("", one.group.code) and (wanted or one.group.subgroups):
            _group(sheet, material, one)
    others = [{"code": one.group.code, "name": one.group.name or names.get(one.group.code, "")} for one in groups]
    return {**told(material, sheet), "code": wanted, "name": names.get(wanted, ""), "others": others}


def _group(sheet: Sheet, material: Material, one: Gathered) -> None:
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


def _subgroup(sheet: Sheet, subgroup: Subgroup, printed: Sequence[Block], accepted: set[str]) -> None:
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


def show_themes(desk: Desk, ask: Ask) -> Answer:
    """Return the results as they are printed of themes: the overview, then each theme's text and quotations."""
    material = load_material(desk.study())
    sheet = Sheet(ask.said)
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
    return {**told(material, sheet), "others": []}


ROUTES: tuple[Route, ...] = (
    ("GET", "/api/printed/condensing", show_condensing),
    ("GET", "/api/printed/condensing/{code}", show_condensing),
    ("GET", "/api/printed/themes", show_themes),
)
