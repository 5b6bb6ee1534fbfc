"""Chosen quotations lightly edited for print: proposed beside the words as they were said, approved by a person.

What may be done to a quotation is declared once for the study, by `quotation_style` in study.yaml. What a person
approves is kept in quotations.yaml; nothing else changes what is printed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from qualkit import disk
from qualkit import study as studies
from qualkit.anonymisation.forms import find_forms
from qualkit.anonymisation.redactor import everything_known
from qualkit.anonymisation.wording_edits import proposed, with_edit, without_edit
from qualkit.anonymisation.wordings import FILE, VERBATIM, QuotationEdit, beyond, parse_edits
from qualkit.clearing import register_of
from qualkit.errors import FaultyFiles, QualkitError
from qualkit.language.printed import printed
from qualkit.material import Material
from qualkit.model import WAITING, Coding, Decision, Study, Theme

State = Literal["verbatim", "waits", "approved", "changed", "refused"]
"""Printed as it was said; nobody has approved it; approved; its words were changed since; it does more than allowed."""


class StyleIsVerbatim(QualkitError):
    """A quotation is to be edited in a study that prints every word as it was said."""

    def __init__(self) -> None:
        super().__init__(
            "this study prints quotations as they were said, so there is nothing to approve",
            "To edit them lightly write quotation_style: hesitations-removed, or normalised, into study.yaml, and tell "
            "your readers: the tables do it, too.",
        )


class BeyondStyle(QualkitError):
    """An edit does more than the study's style allows, so it was not approved."""

    def __init__(self, place: str, style: str, why: str) -> None:
        super().__init__(
            f"{place} was not approved: {why}, and the study's quotation_style is {style}",
            "Nothing was changed. Leave the words as they were said, hesitations and repetitions aside; what must be "
            "told besides belongs into your own text, outside the quotation marks.",
        )


class NoSuchQuotation(QualkitError):
    """No coding has this id, or what it covers cannot be printed now."""

    def __init__(self, coding: str) -> None:
        super().__init__(
            f"there is no coding “{coding}” whose words stand in its transcript",
            "See the chosen quotations and their ids: qualkit quotations edit. Ids stand in the quotations table, too.",
        )


@dataclass(frozen=True, slots=True)
class Quote:
    """A quotation, as it was said, as it may be edited, and as it was approved.

    Attributes:
        coding: Its id.
        place: In the transcript, as it is told.
        raw: The words as they were said, white space as one space.
        proposed: Without hesitations and repetitions; a person decides.
        edited: As it was approved; "" where it was not.
        by: Who approved it.
        state: See `State`.
        why: What an edit does more than the style allows; "" for nothing.
    """

    coding: str
    place: str
    raw: str
    proposed: str
    edited: str = ""
    by: str = ""
    state: State = "waits"
    why: str = ""


def chosen(material: Material) -> list[Quote]:
    """Return the quotations that are chosen for print, themes' and groups', in their order."""
    accepted = {extract.coding.id: extract.coding for extract in material.accepted()}
    names = [name for theme in _themes(material.themes) for name in theme.quotations]
    names += [one.golden for group in material.groups for one in group.subgroups if one.golden]
    edits = _edits(material.study)
    return [_quote(material, accepted[name], edits) for name in dict.fromkeys(names) if name in accepted]


def quote_of(material: Material, coding: str) -> Quote:
    """Return a coding's words as a quotation.

    Raises:
        NoSuchQuotation: If there is none of this id, or its words do not stand in the transcript.
    """
    return _quote(material, _coding(material, coding), _edits(material.study))


def approve(material: Material, who: str, coding: str, words: str = "") -> Quote:
    """Approve how a quotation is printed: as it is proposed, or in words within what the style allows.

    Args:
        material: Of the study, locked by the caller's process.
        who: Approves.
        coding: Id.
        words: As they are to be printed; "" for the proposed ones.

    Raises:
        StyleIsVerbatim: If the study edits no quotations.
        NoSuchQuotation: If there is none of this id.
        BeyondStyle: If the words are others than the style allows, or a name in them is gone.
    """
    style = material.study.settings.quotation_style
    if style == VERBATIM:
        raise StyleIsVerbatim
    found = _coding(material, coding)
    raw = " ".join(found.unit.text.split())
    edited = " ".join(words.split()) or proposed(raw)
    edit = QuotationEdit(found.id, raw, edited, who, studies.now()[:10])
    if why := _too_much(material, edit):
        raise BeyondStyle(str(found.unit.span), style, why)
    before = _text(material.study)
    was = found.id in _edits(material.study)
    _write(material.study, before, with_edit(before, edit), who, "quotations edit", found.id, was=was)
    return _quote(material, found, {found.id: edit})


def take_back(material: Material, who: str, coding: str) -> Quote:
    """Take back what was approved for a quotation: it waits again.

    Raises:
        NoSuchQuotation: If nothing was approved for it.
    """
    if coding not in _edits(material.study):
        raise NoSuchQuotation(coding)
    before = _text(material.study)
    _write(material.study, before, without_edit(before, coding), who, "quotations take-back", coding, was=True)
    return quote_of(material, coding)


def style_sentence(material: Material) -> str:
    """Return what a methods section says of how quotations are printed, in the study's language.

    Example: “Quotations are printed without sounds of hesitation … each edit was approved …”
    """
    return printed(f"quotations-{material.study.settings.quotation_style}", material.study.settings.language)


def path_of(study: Study) -> Path:
    """Return where approved quotations are kept."""
    return study.root / FILE


def _coding(material: Material, coding: str) -> Coding:
    extract = material.by_id().get(coding)
    found = extract.coding if extract is not None else None
    transcript = material.transcripts.get(found.unit.span.transcript) if found is not None else None
    if found is None or transcript is None or found.anchor in WAITING:
        raise NoSuchQuotation(coding)
    if transcript.text[found.unit.span.start : found.unit.span.end] != found.unit.text:
        raise NoSuchQuotation(coding)
    return found


def _quote(material: Material, coding: Coding, edits: dict[str, QuotationEdit]) -> Quote:
    style = material.study.settings.quotation_style
    raw = " ".join(coding.unit.text.split())
    edit = edits.get(coding.id)
    place = str(coding.unit.span)
    if style == VERBATIM:
        return Quote(coding.id, place, raw, raw, state="verbatim")
    if edit is None:
        return Quote(coding.id, place, raw, proposed(raw))
    if edit.raw != raw:
        return Quote(coding.id, place, raw, proposed(raw), edit.edited, edit.by, "changed")
    why = _too_much(material, edit)
    return Quote(coding.id, place, raw, proposed(raw), edit.edited, edit.by, "refused" if why else "approved", why)


def _too_much(material: Material, edit: QuotationEdit) -> str:
    why = beyond(edit, material.study.settings.quotation_style)
    if why:
        return why
    known = everything_known(register_of(material))
    if len(find_forms(edit.edited, known)) != len(find_forms(edit.raw, known)):
        return "a name in it is not found again in the edited words"
    return ""


def _edits(study: Study) -> dict[str, QuotationEdit]:
    edits, problems = parse_edits(_text(study))
    if problems:
        raise FaultyFiles(problems, f"{FILE} has faults; nothing was done")
    return edits


def _text(study: Study) -> str:
    path = path_of(study)
    return studies.text_of(path, FILE) if path.is_file() else ""


def _write(study: Study, before: str, after: str, who: str, what: str, coding: str, *, was: bool) -> None:
    # Places and ids, never words; the trail first, as everywhere.
    if after != before:
        told = Decision(
            studies.now(), who, what, f"coding {coding}", {"approved": was}, {"approved": what == "quotations edit"}
        )
        studies.append_decision(study, told)
        disk.write_atomically(path_of(study), after.encode())


def _themes(themes: tuple[Theme, ...]) -> Iterator[Theme]:
    for theme in themes:
        yield theme
        yield from _themes(theme.subthemes)
