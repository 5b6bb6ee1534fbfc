"""Working sheets to hand on: a subgroup's units as they may be printed, in a file that has passed the gate."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from qualkit import study as studies
from qualkit.anonymisation.redactor import MayNotBeQuoted, quote, redact
from qualkit.clearing import Draft, Undecided, Unresolved, register_of
from qualkit.condensing import find_subgroup, gathered_groups
from qualkit.document import Sheet, SheetUnit
from qualkit.errors import FaultyFiles
from qualkit.exporting import UNREVIEWED, refuse_to_overwrite, write_exported
from qualkit.gate import text_of_file, words_of
from qualkit.language.printed import printed
from qualkit.material import Material, speaker_ids, speakers_of
from qualkit.model import Coding, Span
from qualkit.passing import passed
from qualkit.publishing import NoTranscriptForCoding
from qualkit.rendering import framework
from qualkit.sheets import sheet_of
from qualkit.text import transcript_id


def share_sheets(
    material: Material,
    wanted: Sequence[str] = (),
    *,
    folder: Path | None = None,
    force: bool = False,
    draft: Draft | None = None,
) -> list[Path]:
    """Write a working sheet for every subgroup that has units, with the units as they may be printed.

    A condensate written in it is read back as from any working sheet.

    Args:
        material: Of the study.
        wanted: Ids of subgroups; none for all.
        folder: Where to; None for exports/.
        force: Write over files that are there.
        draft: Who wants them before everything in them is decided, and why.

    Returns:
        The files.

    Raises:
        NoSuchSubgroup: If there is none of an id.
        FaultyFiles: If a file that they rest on has faults.
        NoTranscriptForCoding: If a unit's transcript is gone.
        Unresolved: If something in them may identify somebody, and nobody has decided about it.
        WouldLeak: If a name of the register stands in one.
    """
    from qualkit.exports.sheet import render_sheet

    study = material.study
    faults = material.faults()
    if faults:
        raise FaultyFiles(faults, "a file that the sheet rests on has faults; nothing was written")
    names = wanted or [sub.id for one in gathered_groups(material) for sub in one.group.subgroups if one.used[sub.id]]
    target = folder or studies.exports_folder(study)
    ready: dict[Path, bytes] = {}
    undecided: list[Undecided] = []
    sheets: dict[Path, tuple[Sheet, list[Span]]] = {}
    for name in names:
        one, subgroup = find_subgroup(material, name)
        stem = transcript_id(f"{one.group.code}-{subgroup.id}")
        path = target / f"{stem}{UNREVIEWED if draft else ''}.docx"
        sheets[path] = _rendered(material, name, mark="not-anonymised" if draft else "pseudonymised")
    refuse_to_overwrite(study, sheets, named=folder is not None, force=force)
    for path, (sheet, spans) in sheets.items():
        said = [unit.words for unit in sheet.units]
        try:
            ready[path] = passed(
                render_sheet(sheet),
                path,
                material,
                passages=spans,
                said=said,
                ours=sheet_framework(sheet.language) | words_of(sheet.subgroup),
                draft=draft,
            )
        except Unresolved as error:
            undecided += error.places
    if undecided:
        raise Unresolved(next(iter(sheets)).name if len(sheets) == 1 else target.name, undecided)
    write_exported(study, ready, draft=draft)
    return list(ready)


def _rendered(material: Material, name: str, *, mark: str) -> tuple[Sheet, list[Span]]:
    """Return a sheet whose words are rendered, and where those that it quotes stand."""
    one, subgroup = find_subgroup(material, name)
    sheet = sheet_of(material, one, subgroup)
    spans: list[Span] = []
    units: list[SheetUnit] = []
    register = register_of(material)
    for extract, unit in zip(one.used[subgroup.id], sheet.units, strict=True):
        words = _words(material, extract.coding)
        if words:
            spans.append(extract.coding.unit.span)
        shown = words or printed("not-quoted", sheet.language)
        units.append(replace(unit, told=redact(unit.told, register), words=" ".join(shown.split())))
    return replace(sheet, units=tuple(units), mark=printed(mark, sheet.language)), spans


def _words(material: Material, coding: Coding) -> str:
    """Return a unit as it may be printed; "" where somebody speaks in it who may not be quoted."""
    transcript = material.transcripts.get(coding.unit.span.transcript)
    if transcript is None:
        raise NoTranscriptForCoding(str(coding.unit.span))
    people = {person.id: person for person in material.participants}
    ids = speaker_ids(transcript, material.participants)
    speaking = [people.get(name) for name in speakers_of(coding, transcript, ids)]
    barred = next((person for person in speaking if person is not None and not person.may_quote), None)
    person = barred or next((person for person in speaking if person is not None), None)
    try:
        return quote(coding, transcript, person, register_of(material), attribution="").text
    except MayNotBeQuoted:
        return ""


@lru_cache(maxsize=4)
def sheet_framework(language: str) -> frozenset[str]:
    """Return the words that a working sheet holds whatever stands in it."""
    from qualkit.exports.sheet import render_sheet

    unit = SheetUnit("…", "…", "…", "…")
    sheet = Sheet("…", language, "…", "…", "…", "…", (unit,), "…", "…")
    return words_of(text_of_file(render_sheet(sheet))) | framework(".docx", language, "apa")
