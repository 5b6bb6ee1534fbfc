"""Working sheets: a subgroup's units on paper in working/, and the condensate that was written on them read back."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from qualkit import disk
from qualkit import study as studies
from qualkit.condensate import Subgroup
from qualkit.condensation.gathering import Gathered
from qualkit.condensation.returned import Returned, read_sheet
from qualkit.condensing import find_subgroup, gathered_groups, write
from qualkit.document import Sheet, SheetUnit
from qualkit.errors import Problem, QualkitError
from qualkit.language.printed import printed
from qualkit.linenumbers import lay_lines, line_at
from qualkit.material import Material, stands
from qualkit.model import Extract
from qualkit.text import transcript_id
from qualkit.transcripts.raw import UnreadableOriginal
from qualkit.transcripts.word_package import open_package, parsed

CHECK = "sheet"


class SheetIsThere(QualkitError):
    """A working sheet would be written over one that somebody wrote on."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"{path.name} was written on since it was made, so it is not written over",
            f"Read it back first: qualkit condense read {path.name}. Or move it away; --force writes over it.",
        )


def write_sheets(material: Material, wanted: Sequence[str] = (), *, force: bool = False) -> list[Path]:
    """Write a working sheet for every subgroup that has units; they hold informants' own words.

    Args:
        material: Of the study.
        wanted: Ids of subgroups; none for all.
        force: Write over sheets that somebody wrote on.

    Returns:
        The files, in working/.

    Raises:
        NoSuchSubgroup: If there is none of an id.
        SheetIsThere: If somebody wrote on one.
    """
    from qualkit.exports.sheet import render_sheet

    names = wanted or [sub.id for one in gathered_groups(material) for sub in one.group.subgroups if one.used[sub.id]]
    folder = studies.working_folder(material.study)
    ready: dict[Path, bytes] = {}
    for name in names:
        one, subgroup = find_subgroup(material, name)
        path = folder / f"{transcript_id(f'{one.group.code}-{subgroup.id}')}.confidential.docx"
        data = render_sheet(sheet_of(material, one, subgroup))
        if path.is_file() and not force:
            before = path.read_bytes()
            if before != data and _written_on(before, subgroup):
                raise SheetIsThere(path)
        ready[path] = data
    for path, data in ready.items():
        disk.write_atomically(path, data)
    return list(ready)


def _written_on(data: bytes, subgroup: Subgroup) -> bool:
    """Return whether a sheet holds a condensate that the study does not have."""
    try:
        found = _read(data)
    except UnreadableOriginal:
        return True
    known = {subgroup.condensate, *(version.text for version in subgroup.versions), ""}
    return " ".join(found.condensate.split()) not in {" ".join(text.split()) for text in known}


def sheet_of(material: Material, one: Gathered, subgroup: Subgroup) -> Sheet:
    """Return the working sheet of a subgroup, in informants' own words."""
    language = material.study.settings.language
    names = {code.id: code.name for code in material.codebook.walk()}
    used = one.used[subgroup.id]
    units = tuple(_unit(material, extract, subgroup, language) for extract in used)
    people = len({extract.participant for extract in used} - {""})
    return Sheet(
        subgroup=subgroup.id,
        language=language,
        title=f"{one.group.name or names.get(one.group.code, one.group.code)}: {subgroup.name}",
        facts=printed("sheet-facts", language, units=len(units), people=people),
        note=printed("sheet-note", language),
        mark=printed("confidential", language),
        units=units,
        condensate=subgroup.condensate,
        prompt=printed("sheet-prompt", language),
    )


def _unit(material: Material, extract: Extract, subgroup: Subgroup, language: str) -> SheetUnit:
    coding = extract.coding
    span = coding.unit.span
    record = material.transcripts.get(span.transcript)
    where = span.transcript
    if record is not None and stands(coding, record):
        where = f"{where}, {printed('line', language).lower()} {line_at(lay_lines(record.text), span.start)}"
    chosen = [(subgroup.golden, "golden-quotation"), (subgroup.start, "starting-unit")]
    mark = ", ".join(printed(key, language) for name, key in chosen if name == coding.id)
    told = f"{extract.participant} · {where}" if extract.participant else where
    return SheetUnit(coding.id, told, " ".join(coding.unit.text.split()), mark)


def read_back(material: Material, who: str, path: Path, *, why: str = "") -> tuple[str, bool, list[Problem]]:
    """Write the condensate of a sheet that came back into the study; nothing else in the sheet changes anything.

    Args:
        material: Of the study, which is locked by the caller's process.
        who: Wrote it.
        path: Of the sheet.

    Returns:
        The subgroup's id, whether a condensate was written, and what is odd about the sheet: rows that are gone, in
        another order, or no longer the subgroup's, and changes that nobody accepted in Word.

    Raises:
        UnreadableOriginal: If the file is no Word file, or no working sheet.
        NoSuchSubgroup: If its subgroup is gone.
    """
    found = _read(path.read_bytes())
    if not found.subgroup:
        hint = "The field under “Condensate” is gone. Copy what you wrote, and use: qualkit condense write SUBGROUP"
        raise UnreadableOriginal("this is no working sheet of a subgroup", hint)
    _, subgroup = find_subgroup(material, found.subgroup)
    problems = list(_oddities(found, subgroup, path.name))
    same = found.condensate.split() == subgroup.condensate.split()
    written = bool(found.condensate) and not same and write(material, who, subgroup.id, found.condensate, why=why)
    return subgroup.id, written, problems


def _read(data: bytes) -> Returned:
    return read_sheet(parsed(open_package(data).main()))


def _oddities(found: Returned, subgroup: Subgroup, file: str) -> list[Problem]:
    used = subgroup.used()
    problems = []

    def told(message: str, hint: str) -> None:
        problems.append(Problem(file, None, None, CHECK, message, hint, "warning"))

    gone = [number for number, unit in enumerate(used, 1) if unit not in found.units]
    if gone:
        rows = ", ".join(f"row {number}" for number in gone)
        hint = "The units stay in the subgroup. To set one aside: qualkit condense set-aside"
        told(f"the sheet has no row for {len(gone)} of the units used ({rows})", hint)
    if any(unit not in used for unit in found.units):
        told("the sheet has units that are no longer used in the subgroup", "Make a new sheet: qualkit condense sheet")
    here = [unit for unit in found.units if unit in used]
    if here != [unit for unit in used if unit in here]:
        told("the rows stand in another order", "The order in condensates.yaml was kept.")
    if found.tracked:
        hint = "What was inserted was read, and what was deleted was not. Accept or reject the changes in Word."
        told("the sheet has tracked changes", hint)
    if not found.condensate:
        told("no condensate is written in the sheet", "Write it in the field under “Condensate”, and read it again.")
    return problems
