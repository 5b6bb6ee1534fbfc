"""`participants.csv` (or .xlsx): who the participants are, and which speaker label is whose.

People edit it in Excel, so separators and encodings of every kind are read.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from itertools import islice
from types import MappingProxyType

from qualkit.conflicts import check_conflicts
from qualkit.errors import Problem
from qualkit.model import Participant, Transcript
from qualkit.text import near_miss, normalise
from qualkit.transcripts.encoding import decode_text
from qualkit.transcripts.raw import UnreadableOriginal

CHECK = "participants"

_COLUMNS = {
    "id": ("id", "participant", "deltaker", "deltakar", "informant", "case"),
    "labels": ("labels", "label", "speaker labels", "speakers", "etikett", "etiketter", "taler", "talar"),
    "may_quote": ("may quote", "may be quoted", "kan siteres", "kan siterast", "sitat"),
    "notes": ("notes", "note", "notater", "notat", "merknad"),
}
_BOMS = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE, codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_MOST_ROWS = 20_000
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
    rows = _sheet_rows(data, file, problems) if data[:4] == b"PK\x03\x04" else _csv_rows(data, file, problems)
    if len(rows) > _MOST_ROWS:
        hint = "Is it the right file? Delete the lines below the last participant, also the empty ones."
        number = rows.pop()[0]
        problems.append(Problem(file, number, 1, CHECK, f"the file has more than {_MOST_ROWS:,} lines", hint))
    stripped = [(number, [normalise(cell)[0].strip() for cell in row]) for number, row in rows]
    filled = [(number, row) for number, row in stripped if any(row)]
    if not filled:
        if not problems:
            hint = "Write a first line with id, labels and the attributes you need."
            problems.append(Problem(file, 1, 1, CHECK, "the file has no columns", hint))
        return [], problems
    line, header = filled[0]
    fixed = {name: at for name, words in _COLUMNS.items() if (at := _column(header, words)) is not None}
    if "id" not in fixed:
        near = near_miss("id", [name.casefold() for name in header])
        hint = "The first line names the columns; one must be called id." + (f" Is it “{near}”?" if near else "")
        problems.append(Problem(file, line, 1, CHECK, "there is no column “id”", hint))
        return [], problems
    attributes = [(at, name) for at, name in enumerate(header) if at not in fixed.values() and name]
    problems += _doubtful_columns(header, line, file, fixed)
    people: list[Participant] = []
    seen: dict[str, int] = {}
    for number, row in filled[1:]:
        cells = row + [""] * (len(header) - len(row))
        identifier = cells[fixed["id"]]

        def fault(column: str, message: str, hint: str, number: int = number) -> None:
            problems.append(Problem(file, number, fixed[column] + 1, CHECK, message, hint))

        if not identifier:
            fault("id", "a participant without an id", "Give it one.")
            continue
        if identifier.casefold() in seen:
            message = f"the id “{identifier}” is taken by the participant on line {seen[identifier.casefold()]}"
            fault("id", message, "Every participant needs its own id.")
            continue
        seen[identifier.casefold()] = number
        answer = cells[fixed["may_quote"]].casefold() if "may_quote" in fixed else ""
        if answer not in _YES | _NO:
            hint = "Write yes or no. Until then the participant is not quoted."
            fault("may_quote", "may_quote is neither yes nor no", hint)
        shifted = any(row[len(header) :])
        if shifted:
            hint = "A cell that holds the separator needs quotation marks. Until then the participant is not quoted."
            fault("id", "the line has more cells than there are columns", hint)
        people.append(
            Participant(
                id=identifier,
                labels=_labels(cells[fixed["labels"]]) if "labels" in fixed else (),
                attributes=MappingProxyType({name: cells[at] for at, name in attributes}),
                may_quote=answer in _YES and not shifted,
                notes=cells[fixed["notes"]] if "notes" in fixed else "",
            )
        )
    return people, problems


def _folded(name: str) -> str:
    """Return a column's name as it is compared: "Kan siteres?" is "kan siteres"."""
    return " ".join("".join(char if char.isalnum() else " " for char in name.casefold()).split())


def _column(header: Sequence[str], words: Iterable[str]) -> int | None:
    folded = [_folded(name) for name in header]
    return next((folded.index(word) for word in words if word in folded), None)


def _doubtful_columns(header: Sequence[str], line: int, file: str, fixed: Mapping[str, int]) -> list[Problem]:
    """Tell of columns that shadow each other, and of one that may be meant as may_quote and is not read as it."""
    problems = []
    meant = _COLUMNS["may_quote"] if "may_quote" not in fixed else ()
    for at, name in enumerate(header):
        if name and name in header[:at]:
            hint = "The later one is read. Rename one of them."
            problems.append(Problem(file, line, at + 1, CHECK, f"two columns are called “{name}”", hint))
        elif at not in fixed.values() and near_miss(_folded(name), meant):
            hint = "Call it may_quote if it says who may be quoted; now everybody may."
            message = f"the column “{name}” is read as an attribute"
            problems.append(Problem(file, line, at + 1, CHECK, message, hint, "warning"))
    return problems


def _labels(cell: str) -> tuple[str, ...]:
    """Return the labels of a cell; a colon behind one is how it stands in the transcript, not part of it."""
    found = (label.strip().rstrip(":：").strip() for label in re.split("[;|\n,]", cell))
    return tuple(label for label in found if label)


def _csv_rows(data: bytes, file: str, problems: list[Problem]) -> list[tuple[int, list[str]]]:
    """Return the rows of a csv file, each with the line it begins on."""
    try:
        text = decode_text(data)[0].removeprefix("\ufeff")
    except UnreadableOriginal as error:
        at = data.find(b"\0")
        line = data.count(b"\n", 0, at) + 1 if at >= 0 else None
        problems.append(Problem(file, line, None, CHECK, str(error), "Save it again as .csv or .xlsx."))
        return []
    met = check_conflicts(text, file, CHECK)
    if met:
        problems += met
        return []
    declared = re.match(r"\s*\"?sep=(.)\"?[ \t]*(?=[\r\n]|\Z)", text, re.IGNORECASE)
    if declared:
        # Excel's own line, which names the separator; an empty one keeps the count of lines.
        text = text[declared.end() :]
    first = next((line for line in re.split("[\r\n]", text) if line.strip()), "")
    delimiter = declared[1] if declared else max(";\t,", key=first.count)
    rows: list[tuple[int, list[str]]] = []
    line = 1
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
        for row in islice(reader, _MOST_ROWS + 1):
            rows.append((line, row))
            line = reader.line_num + 1
    except csv.Error:
        hint = "A quotation mark in a cell is written twice, and the cell stands in quotation marks."
        problems.append(Problem(file, line, 1, CHECK, "a quotation mark is not closed, or stands within a cell", hint))
        rest = re.split("\r\n|\r|\n", text)[line - 1 :]
        rows += [(line + i, [cell.strip('"') for cell in below.split(delimiter)]) for i, below in enumerate(rest)]
    return rows


def _sheet_rows(data: bytes, file: str, problems: list[Problem]) -> list[tuple[int, list[str]]]:
    import zipfile
    import zlib

    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    broken = (InvalidFileException, zipfile.BadZipFile, zlib.error, SyntaxError, LookupError, ValueError, TypeError)
    try:
        sheet = load_workbook(io.BytesIO(data), read_only=True, data_only=True).worksheets[0]
        # Some programs write a size that is not the sheet's.
        sheet.reset_dimensions()
        read = islice(sheet.iter_rows(values_only=True), _MOST_ROWS + 1)
        return [(number, [_cell(value) for value in row]) for number, row in enumerate(read, 1)]
    except (*broken, AttributeError, OSError, EOFError, RuntimeError):
        problems.append(Problem(file, None, None, CHECK, "the workbook cannot be opened", "Save it again as .xlsx."))
        return []


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    return str(value)


@dataclass(frozen=True, slots=True)
class People:
    """Participants by what may name them in a transcript, so that each of many transcripts is a look-up.

    Attributes:
        ids: Id by folded id.
        claims: Ids by folded label; an id is a label too, and "ID/label" one for that transcript alone.
        named: Ids by the words they are made of.
    """

    ids: Mapping[str, str]
    claims: Mapping[str, frozenset[str]]
    named: Mapping[str, tuple[str, ...]]


def index_people(participants: Sequence[Participant]) -> People:
    """Return participants by what may name them."""
    claims: dict[str, set[str]] = {}
    named: dict[str, list[str]] = {}
    for person in participants:
        named.setdefault(_folded(person.id), []).append(person.id)
        for label in (person.id, *person.labels):
            claims.setdefault(_spaced(label), set()).add(person.id)
            where, slash, alone = label.partition("/")
            if slash:
                claims.setdefault(f"{_spaced(where)}/{_spaced(alone)}", set()).add(person.id)
    return People(
        {person.id.casefold(): person.id for person in participants},
        {label: frozenset(ids) for label, ids in claims.items()},
        {words: tuple(ids) for words, ids in named.items() if words},
    )


def label_owners(transcript: Transcript, participants: Sequence[Participant] | People) -> dict[str, str]:
    """Return, by speaker label of a transcript, the id of the participant who speaks.

    In this order: what the transcript's header says; a label written as "ID/label" for this transcript
    alone; a participant's id, or a label only one participant has. And where a transcript has one speaker
    who takes part, or no labels at all, and one participant's id stands in the transcript's id, it is that
    participant; text without labels, as notes of an interview that was not recorded, has the label "". What
    several participants lay claim to is nobody's.

    Args:
        transcript: Its speakers are looked for.
        participants: As `index_people` gives them, where there are many transcripts.

    Example:
        >>> from qualkit.transcripts.raw import Paragraph, RawText
        >>> from qualkit.transcripts.reading import transcribe
        >>> raw = RawText((Paragraph("I: Kor?"), Paragraph("Informant: Me kan ringe.")))
        >>> record = transcribe(raw, transcript_id="K1 intervju").transcript
        >>> label_owners(record, [Participant("K1"), Participant("K2")])
        {'Informant': 'K1'}
    """
    people = participants if isinstance(participants, People) else index_people(participants)
    here = _spaced(transcript.id) + "/"
    owners: dict[str, str] = {}
    left: dict[str, frozenset[str]] = {}
    for speaker in transcript.speakers:
        folded = _spaced(speaker.label)
        claims = people.claims.get(here + folded) or people.claims.get(folded, frozenset())
        if speaker.participant:
            owners[speaker.label] = people.ids.get(speaker.participant.casefold(), speaker.participant)
        elif len(claims) == 1:
            [owners[speaker.label]] = claims
        elif speaker.role == "participant":
            left[speaker.label] = claims
    taking_part = [speaker.label for speaker in transcript.speakers if speaker.role == "participant"]
    named = _named_in(transcript.id, people)
    if len(named) == 1 and taking_part == list(left) and len(left) == 1:
        [(label, claims)] = left.items()
        if (not claims or named[0] in claims) and named[0] not in owners.values():
            owners[label] = named[0]
    elif len(named) == 1 and not transcript.speakers:
        owners[""] = named[0]
    return owners


def _spaced(label: str) -> str:
    """Return a label as it is compared: in small letters, with single spaces."""
    return " ".join(label.split()).casefold()


def _named_in(transcript: str, people: People) -> list[str]:
    """Return participants whose id stands as words of their own in a transcript's id."""
    words = _folded(transcript).split()
    runs = {" ".join(words[i:j]) for i in range(len(words)) for j in range(i + 1, len(words) + 1)}
    return [person for run in sorted(runs) for person in people.named.get(run, ())]


def without_participant(data: bytes, identifier: str) -> bytes:
    """Return the bytes of participants.csv or .xlsx without one person's row; other rows of a csv stay as they were.

    Args:
        data: Of the file.
        identifier: The participant's id.

    Example:
        >>> without_participant("id;rolle\\nK1;lege\\nK2;pleier\\n".encode(), "K1")
        b'id;rolle\\nK2;pleier\\n'
    """
    wanted = normalise(identifier)[0].strip().casefold()
    xlsx = data[:4] == b"PK\x03\x04"
    rows = _sheet_rows(data, "", []) if xlsx else _csv_rows(data, "", [])
    filled = [(number, [normalise(cell)[0].strip() for cell in row]) for number, row in rows if any(row)]
    column = _column(filled[0][1], _COLUMNS["id"]) if filled else None
    if column is None:
        return data
    gone = [number for number, row in filled[1:] if len(row) > column and row[column].casefold() == wanted]
    if not gone:
        return data
    if xlsx:
        from openpyxl import load_workbook

        book = load_workbook(io.BytesIO(data))
        for number in reversed(gone):
            book.worksheets[0].delete_rows(number)
        out = io.BytesIO()
        book.save(out)
        return out.getvalue()
    text, encoding, _ = decode_text(data)
    lines = io.StringIO(text.removeprefix("\ufeff"), newline="").readlines()
    begins = [number for number, _ in rows]
    kept = []
    for number, behind in zip(begins, [*begins[1:], len(lines) + 1], strict=True):
        if number not in gone:
            kept += lines[number - 1 : behind - 1]
    mark = next((bom for bom in _BOMS if data.startswith(bom)), b"")
    return mark + "".join(kept).encode(encoding.removesuffix("-sig"), "replace")
