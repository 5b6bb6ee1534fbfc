"""Quotations of a study: a person chooses them, keeps others in reserve, and sees the balance while doing so."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from qualkit import study as studies
from qualkit.anonymisation.wording_edits import with_edit, without_edit
from qualkit.anonymisation.wordings import CUT, QuotationEdit, cut_pieces
from qualkit.anonymisation.wordings import FILE as EDITS
from qualkit.condensation.condensates_edits import name_unit
from qualkit.condensing import choose as choose_golden
from qualkit.errors import Problem, QualkitError
from qualkit.framework import codes_of
from qualkit.material import Material
from qualkit.model import Decision, Extract, Theme
from qualkit.table import Table
from qualkit.text import near_miss, nfc
from qualkit.themes.balance import (
    Chosen,
    alike_table,
    chosen_table,
    groups_table,
    people_table,
    sections_table,
    twice,
)
from qualkit.themes.quotation_edits import Key, set_quotations
from qualkit.undoing import carry_out


class NoSuchSection(QualkitError):
    """A theme or subgroup was named that the study does not have."""

    def __init__(self, name: str, known: Sequence[str]) -> None:
        near = near_miss(name, list(known))
        hint = f"Did you mean “{near}”?" if near else "There are: " + ", ".join(known) if known else ""
        super().__init__(f"there is no theme or subgroup “{name}”", hint)


class CannotChoose(QualkitError):
    """A coding was named that cannot be a quotation of a theme."""

    def __init__(self, coding: str, why: str, hint: str) -> None:
        super().__init__(f"“{coding}” cannot be chosen: {why}", hint)


def chosen_of(material: Material) -> list[Chosen]:
    """Return every quotation that is chosen, golden or in reserve, section by section."""
    by_id = material.by_id()
    found: list[Chosen] = []
    for theme in _walk(material.themes):
        for number, coding in enumerate(theme.quotations, 1):
            found.append(Chosen(theme.id, theme.heading, "chosen", number, coding, by_id.get(coding)))
        for number, coding in enumerate(theme.reserve, 1):
            found.append(Chosen(theme.id, theme.heading, "reserve", number, coding, by_id.get(coding)))
    found += [
        Chosen(sub.id, sub.name, "golden", 1, sub.golden, by_id.get(sub.golden))
        for group in material.groups
        for sub in group.subgroups
        if sub.golden
    ]
    return found


def sections_of(material: Material) -> dict[str, tuple[str, str]]:
    """Return, for every theme, subtheme and subgroup, the section of the results it is part of: id and heading.

    A subtheme is part of its theme, and a subgroup of the theme that has its code, or else of its code group.
    """
    found: dict[str, tuple[str, str]] = {}
    of_code: dict[str, tuple[str, str]] = {}
    for top in material.themes:
        for theme in _walk([top]):
            found[theme.id] = (top.id, top.heading)
            of_code.update(dict.fromkeys(theme.codes, found[theme.id]))
    names = {code.id: code.name for code in material.codebook.walk()}
    for group in material.groups:
        own = of_code.get(group.code, (group.code, group.name or names.get(group.code, group.code)))
        found.update({sub.id: own for sub in group.subgroups})
    return found


def _walk(themes: Sequence[Theme]) -> Iterator[Theme]:
    for theme in themes:
        yield theme
        yield from _walk(theme.subthemes)


def choose(material: Material, who: str, coding: str, section: str, *, why: str = "") -> None:
    """Choose a coding as a quotation of a theme, or as the golden quotation of a subgroup; it leaves the reserve.

    Raises:
        NoSuchSection: If there is none.
        CannotChoose: If the coding is not accepted, has no code of the theme, or may not be quoted.
        NoSuchUnit: If it is no unit used in the subgroup.
    """
    theme = _theme_or_none(material, section)
    if theme is None:
        choose_golden(material, who, coding, _subgroup(material, section), as_="golden")
        return
    _fits(material, coding, theme)
    text = set_quotations(studies.themes_text(material.study), theme.id, "quotations", _with(theme.quotations, coding))
    text = set_quotations(text, theme.id, "reserve", [one for one in theme.reserve if one != coding])
    _save(material, who, "quotations choose", coding, theme.id, text, why)


def unchoose(material: Material, who: str, coding: str, section: str, *, why: str = "") -> None:
    """Take a quotation, or a reserve, out of a theme, or a golden quotation out of a subgroup.

    Raises:
        NoSuchSection: If there is none.
        CannotChoose: If it is none of the section's.
    """
    theme = _theme_or_none(material, section)
    name = theme.id if theme is not None else _subgroup(material, section)
    if not any(one.section == name and one.coding == coding for one in chosen_of(material)):
        raise CannotChoose(coding, f"it is no quotation of “{name}”", "See what is chosen: qualkit quotations")
    if theme is None:
        text = name_unit(studies.condensates_text(material.study), name, "golden", "")
        told = Decision(studies.now(), who, "quotations unchoose", f"coding {coding}", {"section": name}, None, why)
        carry_out(material.study, told, {studies.CONDENSATES: text.encode()})
        return
    text = studies.themes_text(material.study)
    lists: tuple[tuple[Key, tuple[str, ...]], ...] = (("quotations", theme.quotations), ("reserve", theme.reserve))
    for key, codings in lists:
        text = set_quotations(text, theme.id, key, [one for one in codings if one != coding])
    _save(material, who, "quotations unchoose", coding, theme.id, text, why)


def reserve(
    material: Material, who: str, coding: str, section: str, *, place: int | None = None, why: str = ""
) -> None:
    """Keep a coding in reserve for a theme; a chosen one becomes a reserve.

    Args:
        material: Of the study, which is locked by the caller's process.
        who: Decides.
        coding: Its id.
        section: A theme's id or heading.
        place: From 1, where 1 is the second choice; None for the last.
        why: The reason, for the trail.

    Raises:
        NoSuchSection: If there is no such theme: a subgroup has one golden quotation, and no reserve.
        CannotChoose: If the coding is not accepted, has no code of the theme, or may not be quoted.
    """
    theme = _theme_or_none(material, section)
    if theme is None:
        raise NoSuchSection(section, [one.id for one in _walk(material.themes)])
    _fits(material, coding, theme)
    order = [one for one in theme.reserve if one != coding]
    order.insert(len(order) if place is None else max(0, place - 1), coding)
    text = set_quotations(studies.themes_text(material.study), theme.id, "reserve", order)
    text = set_quotations(text, theme.id, "quotations", [one for one in theme.quotations if one != coding])
    _save(material, who, "quotations reserve", coding, theme.id, text, why)


def cut(material: Material, who: str, coding: str, words: str) -> None:
    """Let a quotation be printed without a part of it: `[…]` stands where that was.

    Args:
        material: Of the study, which is locked by the caller's process.
        who: Decides.
        coding: Its id.
        words: Verbatim pieces in their order, with `[…]` between them; "" prints the whole again.

    Raises:
        CannotChoose: If the coding is not there, or the pieces are no words of it in their order.
    """
    extract = material.by_id().get(coding)
    if extract is None:
        raise CannotChoose(coding, "there is no such coding", "See the ids: qualkit quotations")
    said = extract.coding.unit.text
    words = " ".join(re.sub(r"\[\s*(?:\.{3}|…)\s*\]", CUT, words).split())
    if words and (CUT not in words or not cut_pieces(said, words)):
        hint = f"Copy the words, and write {CUT} where you leave some out; nothing else may change."
        raise CannotChoose(coding, "what you gave is not a part of its words with cuts marked", hint)
    before = studies.quotations_text(material.study)
    edit = QuotationEdit(coding, " ".join(said.split()), words, who, studies.now()[:10])
    text = with_edit(before, edit) if words else without_edit(before, coding)
    if text != before:
        told = Decision(studies.now(), who, "quotations cut", f"coding {coding}", None, {"cut": bool(words)})
        carry_out(material.study, told, {EDITS: text.encode()})


def _with(codings: Sequence[str], coding: str) -> list[str]:
    return [*codings, *([coding] if coding not in codings else [])]


def _save(material: Material, who: str, what: str, coding: str, section: str, text: str, why: str) -> None:
    if text == studies.themes_text(material.study):
        return
    told = Decision(studies.now(), who, what, f"coding {coding}", None, {"section": section}, why)
    carry_out(material.study, told, {studies.THEMES: text.encode()})


def _theme_or_none(material: Material, section: str) -> Theme | None:
    wanted = nfc(section).casefold()
    return next((t for t in _walk(material.themes) if wanted in (t.id.casefold(), t.heading.casefold())), None)


def _subgroup(material: Material, section: str) -> str:
    known = [sub.id for group in material.groups for sub in group.subgroups]
    if nfc(section) in known:
        return nfc(section)
    raise NoSuchSection(section, [*(theme.id for theme in _walk(material.themes)), *known])


def _fits(material: Material, coding: str, theme: Theme) -> Extract:
    """Return the extract of a coding that can stand under a theme."""
    extract = material.by_id().get(coding)
    if extract is None:
        raise CannotChoose(coding, "there is no such coding", "See the ids: qualkit find, or qualkit export excel")
    if extract.coding.status != "accepted":
        raise CannotChoose(coding, f"it is {extract.coding.status}", "Only what somebody accepted is quoted.")
    if extract.coding.code not in codes_of(material)[theme.id]:
        hint = f"Its code is “{extract.coding.code}”; the theme has: {', '.join(theme.codes) or 'no codes'}."
        raise CannotChoose(coding, f"its code stands not under “{theme.id}”", hint)
    person = next((one for one in material.participants if one.id == extract.participant), None)
    transcript = material.transcripts.get(extract.coding.unit.span.transcript)
    if (person is not None and not person.may_quote) or (transcript is not None and not transcript.may_quote):
        raise CannotChoose(coding, "whose words it holds may not be quoted", "Choose another passage.")
    return extract


def listed(material: Material) -> Table:
    """Return what is chosen and in reserve."""
    names = {code.id: code.name for code in material.codebook.walk()}
    return chosen_table(chosen_of(material), names, language=material.study.settings.language)


def balance(material: Material, by: Sequence[str] = ()) -> list[Table]:
    """Return the balance of quotations: by section, by participant, by attributes, and what is alike.

    Args:
        material: Of the study.
        by: Attributes of participants to count by.
    """
    language = material.study.settings.language
    chosen, accepted = chosen_of(material), material.accepted()
    part_of = sections_of(material)
    sections = list(dict.fromkeys(part_of.values()))
    gathered = [
        replace(one, section=part_of[one.section][0], heading=part_of[one.section][1])
        for one in chosen
        if one.section in part_of
    ]
    codes = codes_of(material)
    barred = {person.id for person in material.participants if not person.may_quote}
    return [
        sections_table(gathered, accepted, sections, codes, language=language),
        people_table(gathered, accepted, material.people(), sections, barred=barred, language=language),
        *(groups_table(chosen, accepted, material.participants, one, language=language) for one in by),
        alike_table(chosen, language=language),
    ]


def check(material: Material) -> list[Problem]:
    """Find reserves that cannot be printed, and words that are printed twice."""
    problems = []
    lines = {theme.id: theme.line for theme in _walk(material.themes)}
    barred = {person.id for person in material.participants if not person.may_quote}
    chosen = chosen_of(material)
    for one in chosen:
        if one.choice != "reserve":
            continue
        what = ""
        if one.extract is None:
            what = "is no coding of the study"
        elif one.extract.coding.status != "accepted":
            what = f"is {one.extract.coding.status}, not accepted"
        elif one.extract.participant in barred:
            what = "holds the words of somebody who may not be quoted"
        if what:
            hint = f"Take it out: qualkit quotations unchoose {one.coding} {one.section}"
            message = f"“{one.coding}”, in reserve for “{one.section}”, {what}"
            problems.append(Problem(studies.THEMES, lines[one.section], None, "quotations", message, hint, "warning"))
    for first, second in twice(chosen):
        if first.choice == second.choice == "chosen" and first.section != second.section:
            message = f"the same words are chosen under “{first.section}” and “{second.section}” ({second.coding})"
            hint = "A reader takes a quotation that comes back for thin data. See qualkit quotations balance."
            problems.append(
                Problem(studies.THEMES, lines[second.section], None, "quotations", message, hint, "warning")
            )
    return [*problems, *_attribution(material)]


def _attribution(material: Material) -> list[Problem]:
    """Find what study.yaml prints of participants and participants.csv does not have."""
    known = list(dict.fromkeys(name for person in material.participants for name in person.attributes))
    problems = []
    for field in (part.strip() for part in material.study.settings.attribution.split(",")):
        if field and field != "id" and field not in known and material.participants:
            near = near_miss(field, known)
            hint = f"Did you mean “{near}”?" if near else "It has: " + ", ".join(known) if known else "It has none."
            message = f"quotations are to be told by “{field}”, a column that participants.csv does not have"
            problems.append(Problem(studies.SETTINGS, None, None, "quotations", message, hint, "warning"))
    return problems
