"""`participants.csv` (or .xlsx): who the participants are, and which speaker label is whose.

People edit it in Excel, so separators and encodings of every kind are read.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from types import MappingProxyType

from qualkit.errors import Problem
from qualkit.model import Participant, Transcript
from qualkit.text import near_miss, normalise
from qualkit.transcripts.encoding import decode_text

CHECK = "participants"

_COLUMNS = {
    "id": ("id", "participant", "deltaker", "deltakar", "informant", "case"),
    "labels": ("labels", "label", "speaker labels", "speakers", "etikett", "etiketter", "taler", "talar"),
    "may_quote": ("may_quote", "may quote", "kan siteres", "kan siterast", "sitat"),
    "notes": ("notes", "note", "notater", "notat", "merknad"),
}
_NO = frozenset({"no", "nei", "false", "0", "n", "nope", "usann"})
_YES = frozenset({"", "yes", "ja", "true", "1", "y", "j", "sann"})


def parse_participants(data: bytes, file: str) -> tuple[list[Participant], list[Problem]]:
    """Read the participants from a csv or xlsx file's bytes.

    Args:
        data: Of the file; an xlsx is recognised by its content.
        file: Named in the Problems.

    Returns:
        The participants in the order of the file, and what is wrong with it. Columns that are no
        fixed ones (id, labels, may_quote, notes) are attributes.

    Example:
        >>> people, _ = parse_participants("id;labels;rolle\\nK1;Kari, K 1;sykepleier\\n".encode(), "participants.csv")
        >>> people[0].labels, people[0].attributes["rolle"]
        (('Kari', 'K 1'), 'sykepleier')
    """
    problems: list[Problem] = []
    rows = _sheet_rows(data, file, problems) if data[:4] == b"PK\x03\x04" else _csv_rows(data)
    numbered = [(number, row) for number, row in rows if any(row)]
    if not numbered:
        hint = "Write a first line with id, labels and the attributes you need."
        problems.append(Problem(file, 1, 1, CHECK, "the file has no columns", hint))
        return [], problems
    header = [normalise(cell)[0].strip() for cell in numbered[0][1]]
    fixed = {name: at for name, words in _COLUMNS.items() if (at := _column(header, words)) is not None}
    if "id" not in fixed:
        near = near_miss("id", [name.casefold() for name in header])
        hint = "The first line names the columns; one must be called id." + (f" Is it “{near}”?" if near else "")
        problems.append(Problem(file, numbered[0][0], 1, CHECK, "there is no column “id”", hint))
        return [], problems
    taken = set(fixed.values())
    attributes = [(at, name) for at, name in enumerate(header) if at not in taken and name]
    people: list[Participant] = []
    seen: dict[str, int] = {}
    for number, row in numbered[1:]:
        cells = [normalise(cell)[0].strip() for cell in row] + [""] * (len(header) - len(row))
        identifier = cells[fixed["id"]]
        if not identifier:
            problems.append(
                Problem(file, number, fixed["id"] + 1, CHECK, "a participant without an id", "Give it one.")
            )
            continue
        if identifier.casefold() in seen:
            message = f"the id “{identifier}” is taken by the participant on line {seen[identifier.casefold()]}"
            problems.append(
                Problem(file, number, fixed["id"] + 1, CHECK, message, "Every participant needs its own id.")
            )
            continue
        seen[identifier.casefold()] = number
        may_quote = cells[fixed["may_quote"]].casefold() if "may_quote" in fixed else ""
        if may_quote not in _YES | _NO:
            message = "may_quote is neither yes nor no"
            hint = "Write yes or no. Until then the participant is not quoted."
            problems.append(Problem(file, number, fixed["may_quote"] + 1, CHECK, message, hint))
        people.append(
            Participant(
                id=identifier,
                labels=_labels(cells[fixed["labels"]]) if "labels" in fixed else (),
                attributes=MappingProxyType({name: cells[at] for at, name in attributes}),
                may_quote=may_quote in _YES,
                notes=cells[fixed["notes"]] if "notes" in fixed else "",
            )
        )
    return people, problems


def _column(header: Sequence[str], words: Iterable[str]) -> int | None:
    folded = [name.casefold() for name in header]
    return next((folded.index(word) for word in words if word in folded), None)


def _labels(cell: str) -> tuple[str, ...]:
    for sign in (";", "|", "\n", ","):
        cell = cell.replace(sign, "\n")
    return tuple(label.strip() for label in cell.split("\n") if label.strip())


def _csv_rows(data: bytes) -> list[tuple[int, list[str]]]:
    text = decode_text(data)[0].removeprefix("\ufeff") if data.strip() else ""
    if text.startswith("sep="):
        text = "\n" + text.split("\n", 1)[-1]
    first = text.lstrip("\n").split("\n", 1)[0]
    delimiter = max(";\t,", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    return [(reader.line_num, row) for row in reader]


def _sheet_rows(data: bytes, file: str, problems: list[Problem]) -> list[tuple[int, list[str]]]:
    import zipfile

    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        sheet = book.worksheets[0]
        return [
            (number, [_cell(value) for value in row]) for number, row in enumerate(sheet.iter_rows(values_only=True), 1)
        ]
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, IndexError, OSError, EOFError):
        problems.append(Problem(file, None, None, CHECK, "the workbook cannot be opened", "Save it again as .xlsx."))
        return []


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def label_owners(transcript: Transcript, participants: Sequence[Participant]) -> dict[str, str]:
    """Return, by speaker label of a transcript, the id of the participant who speaks.

    In this order: what the transcript's header says; a label written as "ID/label" for this transcript
    alone; a participant's id, or a label only one participant has; and where one label is left that is a
    participant's and one participant's id stands in the transcript's id, these two.

    Example:
        >>> from qualkit.transcripts.raw import Paragraph, RawText
        >>> from qualkit.transcripts.reading import transcribe
        >>> raw = RawText((Paragraph("I: Kor?"), Paragraph("Informant: Me kan ringe.")))
        >>> record = transcribe(raw, transcript_id="K1 intervju").transcript
        >>> label_owners(record, [Participant("K1"), Participant("K2")])
        {'Informant': 'K1'}
    """
    by_label: dict[str, set[str]] = {}
    only_here: dict[str, str] = {}
    here = transcript.id.casefold()
    for person in participants:
        by_label[person.id.casefold()] = {person.id}
    for person in participants:
        for label in person.labels:
            where, _, alone = label.rpartition("/")
            if where.casefold() == here:
                only_here[alone.casefold()] = person.id
            elif not where:
                by_label.setdefault(label.casefold(), set()).add(person.id)
    owners: dict[str, str] = {}
    left: list[str] = []
    for speaker in transcript.speakers:
        folded = speaker.label.casefold()
        candidates = by_label.get(folded, set())
        owner = speaker.participant or only_here.get(folded) or (min(candidates) if len(candidates) == 1 else None)
        if owner:
            owners[speaker.label] = owner
        elif speaker.role == "participant":
            left.append(speaker.label)
    named = _named_in(transcript.id, participants)
    if len(left) == 1 and len(named) == 1 and named[0] not in owners.values():
        owners[left[0]] = named[0]
    return owners


def _named_in(transcript: str, participants: Sequence[Participant]) -> list[str]:
    """Return participants whose id stands as a word of its own in a transcript's id."""
    words = "".join(char if char.isalnum() else " " for char in transcript.casefold()).split()
    return [
        person.id
        for person in participants
        if "".join(char if char.isalnum() else " " for char in person.id.casefold()).strip() in words
    ]
