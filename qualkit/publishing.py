"""Quotations rendered, documents laid out, files written, read again, and only then put in place."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from xml.sax.saxutils import unescape

from qualkit import disk
from qualkit import study as studies
from qualkit.anonymisation.redactor import MayNotBeQuoted, Register, leaks, quote, read_register, redact
from qualkit.document import Block, CaptionStyle, Document, Heading
from qualkit.errors import FaultyFiles, QualkitError
from qualkit.language.printed import printed
from qualkit.material import Material, speaker_ids, speakers_of
from qualkit.model import READ_FIRST, Coding, Quotation, Study
from qualkit.table import Cell, Table
from qualkit.text import near_miss, sha256_hex, transcript_id
from qualkit.themes.matrices import attribute_matrix, participant_matrix
from qualkit.themes.outline import outline
from qualkit.themes.tables import quotation_list, theme_table


class WouldLeak(QualkitError):
    """The finished file holds a name from the register, so it was not written."""

    def __init__(self, path: Path, people: Sequence[str]) -> None:
        super().__init__(
            f"{path.name} was not written: it holds a name of {', '.join(people)}",
            "The name stands in your own text (a heading, a code's name, an attribute) or in a transcript's name. "
            "Take it out there; for a transcript's name, give the person an id in participants.csv.",
        )


class NoSuchAttribute(QualkitError):
    """A table was asked for by an attribute that participants.csv does not have."""

    def __init__(self, attribute: str, known: Sequence[str]) -> None:
        near = near_miss(attribute, list(known))
        hint = f"Did you mean “{near}”?" if near else "It has: " + ", ".join(known) if known else "It has none."
        super().__init__(f"participants.csv has no column “{attribute}”", hint)


class FileIsThere(QualkitError):
    """An export would write over a file."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"{path.name} is there already", "Name another file, or write over it with --force.")


class FileWasEdited(QualkitError):
    """An export would write over what somebody changed in an earlier export."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"{path.name} was changed since it was exported, so it is not written over",
            "Move it or name another file with -o; --force writes over it.",
        )


class WrongEnding(QualkitError):
    """A file to write has an ending that does not say what is in it."""

    def __init__(self, path: Path, endings: Sequence[str]) -> None:
        super().__init__(f"{path.name} does not end in {' or '.join(endings)}", "Nothing was written.")


class NoTranscriptForCoding(QualkitError):
    """A coding's transcript is gone or cannot be read, so its words cannot be verified."""

    def __init__(self, place: str) -> None:
        super().__init__(f"{place} is in no transcript that can be read, so it is not printed", "See qualkit check.")


_ENDINGS = {"word": ".docx", "excel": ".xlsx", "csv": ".csv"}
_TEXT_ATTRIBUTES = re.compile(r'\b(?:descr|title|name|val|tooltip|display|location|Target)="([^"]*)"')
# What these hold are names of typefaces, colours and styles; Roman is a first name too.
_FORM_PARTS = ("styles.xml", "fontTable.xml", "settings.xml", "numbering.xml")
_TELLS_WHO = frozenset(
    "navn namn name fornavn førenamn etternavn etternamn mellomnavn full_name surname e-post epost email e-mail mail "
    "telefon tlf mobil phone adresse address fødselsdato fødselsnummer personnummer".split()
)
"""Columns of participants.csv that tell who the person is: not compared by, and what stands there is not printed."""


def attributes_of(material: Material) -> list[str]:
    """Return the attributes of participants that divide them: more than one value, fewer than people."""
    found = []
    names = dict.fromkeys(name for person in material.participants for name in person.attributes)
    for name in names:
        if name.casefold() in _TELLS_WHO:
            continue
        values = {person.attributes.get(name, "") for person in material.participants}
        if 1 < len(values) < max(3, len(material.participants)):
            found.append(name)
    return found


def results_tables(
    material: Material, *, by: Sequence[str] | None = None, counts: bool | None = None, with_proposals: bool = False
) -> list[Table]:
    """Return theme table, matrices and list of meaning units of a study, words not yet rendered.

    Args:
        material: Of the study.
        by: Attributes to make a matrix of; None for all that divide the participants.
        counts: Numbers in the cells of matrices; None for what the method does: marks in STC and
            reflexive thematic analysis, numbers elsewhere.
        with_proposals: Count and list what rules propose too; never in STC and reflexive studies.

    Raises:
        NoSuchAttribute: If `by` names one that participants.csv does not have.
    """
    settings = material.study.settings
    language = settings.language
    numbers = settings.method not in READ_FIRST if counts is None else counts
    with_proposals = with_proposals and settings.method not in READ_FIRST
    known = list(dict.fromkeys(name for person in material.participants for name in person.attributes))
    for attribute in by or ():
        if attribute not in known:
            raise NoSuchAttribute(attribute, known)
    extracts = material.shown(with_proposals=with_proposals)
    lines = outline(material.codebook, material.themes, {extract.coding.code for extract in extracts})
    people = material.people()
    listed, first = quotation_list(lines, extracts, language=language)
    tables = [
        theme_table(lines, material.accepted(), language=language),
        participant_matrix(lines, extracts, people, counts=numbers, language=language, link=first),
        *(
            attribute_matrix(lines, extracts, material.participants, attribute, counts=numbers, language=language)
            for attribute in (attributes_of(material) if by is None else by)
        ),
        listed,
    ]
    if with_proposals:
        note = printed("with-proposals", language)
        tables = [tables[0], *(replace(table, notes=(*table.notes, note)) for table in tables[1:])]
    return tables


def results_document(material: Material, tables: Sequence[Table]) -> Document:
    """Return the results as a document: title, then the tables."""
    settings = material.study.settings
    blocks: list[Block] = [Heading(printed("results", settings.language)), *tables]
    title = settings.title or printed("results", settings.language)
    mark = printed("not-anonymised", settings.language)
    caption: CaptionStyle = "inline" if settings.caption == "inline" else "apa"
    return Document(title, settings.language, tuple(blocks), mark, caption)


def register_of(material: Material) -> Register:
    """Return the names that must not be printed: the labels of everybody who speaks."""
    listed = {person.id for person in material.participants}
    labels = [
        (value, person.id)
        for person in material.participants
        for name, value in person.attributes.items()
        if name.casefold() in _TELLS_WHO and value
    ]
    for transcript in material.transcripts.values():
        ids = speaker_ids(transcript, material.participants)
        for speaker in transcript.speakers:
            shown = ids.get(speaker.label, speaker.role)
            # Where a file is named after the one who speaks in it, that is nobody's decision to print the name.
            same = shown.casefold() == speaker.label.casefold() and shown not in listed
            labels.append((speaker.label, speaker.role if same else shown))
    return read_register(material.participants, labels)


def render_words(material: Material, document: Document) -> Document:
    """Return a document whose codings have become quotations.

    In lists of all meaning units a participant who may not be quoted stands with a note instead of
    words; where a person chose such a quotation for print, it is refused.

    Raises:
        FaultyFiles: If a file has faults that would make the result wrong, or let the words of somebody through
            who may not be quoted.
        MayNotBeQuoted: If a chosen quotation is of somebody who may not be quoted.
        NoTranscriptForCoding: If a coding's transcript is gone.
        NotVerbatim: If a transcript was changed under a coding.
    """
    # A changed transcript is no hindrance where the words that were coded still stand: each is held against it.
    faults = [p for p in material.problems if p.severity == "error" and p.check != "changed-transcript"]
    if faults:
        raise FaultyFiles(faults, "a file that results rest on has faults; nothing was written")
    register = register_of(material)
    owners = {extract.coding.id: extract.participant for extract in material.extracts}
    people = {person.id: person for person in material.participants}
    ids = {name: speaker_ids(transcript, material.participants) for name, transcript in material.transcripts.items()}
    style = material.study.settings.attribution
    language = material.study.settings.language

    def rendered(coding: Coding, *, listed: bool) -> Quotation | str:
        span = coding.unit.span
        transcript = material.transcripts.get(span.transcript)
        if transcript is None:
            raise NoTranscriptForCoding(str(span))
        person = people.get(owners.get(coding.id, ""))
        try:
            # A passage may run over several persons' turns.
            speaking = [people.get(name) for name in speakers_of(coding, transcript, ids[transcript.id])]
            barred = next((one for one in speaking if one is not None and not one.may_quote), None)
            return quote(coding, transcript, barred or person, register, attribution=style)
        except MayNotBeQuoted:
            if listed:
                return printed("not-quoted", language)
            raise

    def cell(value: Cell, *, listed: bool) -> Cell:
        return rendered(value, listed=listed) if isinstance(value, Coding) else value

    def block(item: Block) -> Block:
        if isinstance(item, Table):
            listed = item.name == "quotations"
            rows = tuple(tuple(cell(value, listed=listed) for value in row) for row in item.rows)
            if listed:
                # The place names the transcript, and a transcript's id may be a person's name.
                at = next(number for number, column in enumerate(item.columns) if column.key == "place")
                rows = tuple((*row[:at], redact(str(row[at]), register), *row[at + 1 :]) for row in rows)
            return replace(item, rows=rows)
        return item

    return replace(document, blocks=tuple(block(item) for item in document.blocks))


def publish(material: Material, document: Document, path: Path, *, template: bytes | None = None) -> None:
    """Render a document's words, write it as the file's ending says, and let it pass the gate.

    The finished bytes are read again before they get their name: a name of the register in them, in
    the text or the properties, stops the export.

    Args:
        material: Of the study.
        document: With codings; words are rendered here and nowhere else.
        path: .docx, .xlsx, or .csv (which holds the first table).
        template: A Word file whose styles are used.

    Raises:
        WrongEnding: If the file's ending is none of these.
        WouldLeak: If a name of the register stands in the finished file.
        MayNotBeQuoted: If a chosen quotation may not be printed.
        NotVerbatim: If a transcript was changed under a coding.
        CannotWrite: If the file cannot be written.
    """
    disk.write_atomically(path, _finished(material, document, path, template))


def _finished(material: Material, document: Document, path: Path, template: bytes | None) -> bytes:
    """Return the bytes of a file that has passed the gate."""
    suffix = path.suffix.casefold()
    if suffix not in _ENDINGS.values():
        raise WrongEnding(path, list(_ENDINGS.values()))
    ready = render_words(material, document)
    if suffix == ".docx":
        from qualkit.exports.word import render_word

        data = render_word(ready, template=template)
    elif suffix == ".xlsx":
        from qualkit.exports.excel import render_excel

        data = render_excel(ready)
    else:
        from qualkit.exports.delimited import render_csv

        data = render_csv(next(item for item in ready.blocks if isinstance(item, Table)), mark=ready.mark)
    found = leaks(text_of_file(data), register_of(material))
    if found:
        raise WouldLeak(path, found)
    return data


def text_of_file(data: bytes) -> str:
    """Return all text of a finished Word, Excel or CSV file, its properties included."""
    if not data.startswith(b"PK"):
        return data.decode("utf-8-sig")
    texts = []
    with zipfile.ZipFile(BytesIO(data)) as package:
        for name in package.namelist():
            if name.endswith((".xml", ".rels")):
                xml = package.read(name).decode("utf-8", "replace")
                # A name may be split over several runs of one paragraph or cell.
                xml = re.sub(r"</(?:w:p|si|c|dc:\w+|cp:\w+|w:tab|w:br)\b[^>]*>|<w:(?:tab|br)/>", "\n", xml)
                texts.append(unescape(re.sub(r"<[^>]*>", "", xml)))
                if not name.endswith(_FORM_PARTS) and "/theme/" not in name:
                    texts += [unescape(value, {"&quot;": '"'}) for value in _TEXT_ATTRIBUTES.findall(xml)]
    return "\n".join(texts)


def export_results(
    material: Material,
    kind: str,
    *,
    path: Path | None = None,
    by: Sequence[str] | None = None,
    counts: bool | None = None,
    with_proposals: bool = False,
    template: bytes | None = None,
    force: bool = False,
) -> list[Path]:
    """Write the results of a study as Word, Excel or CSV files.

    Args:
        material: Of the study.
        kind: "word", "excel" or "csv".
        path: Where to, a file or a folder, for csv a folder; None for the study's exports/.
        by: See `results_tables`.
        counts: See `results_tables`.
        with_proposals: See `results_tables`.
        template: A Word file whose styles are used.
        force: Write over files that are there.

    Returns:
        The files written.

    Raises:
        FileIsThere: If a file that was named is there already.
        FileWasEdited: If somebody changed what was exported earlier.
        WrongEnding: If the file named does not end as its kind does.
    """
    tables = results_tables(material, by=by, counts=counts, with_proposals=with_proposals)
    # The list of every meaning unit is a working list, not a part of a results chapter.
    document = results_document(material, tables[:-1] if kind == "word" else tables)
    folder = path if path is not None and (kind == "csv" or path.is_dir()) else None
    folder = folder or studies.exports_folder(material.study)
    if kind == "csv":
        # A table may be named after a column of participants.csv, which may hold any character.
        files = [folder / f"{transcript_id(table.name)}.not-anonymised.csv" for table in tables]
        targets = {file: replace(document, blocks=(table,)) for file, table in zip(files, tables, strict=True)}
    elif path is not None and path != folder:
        if path.suffix.casefold() != _ENDINGS[kind]:
            raise WrongEnding(path, [_ENDINGS[kind]])
        targets = {path: document}
    else:
        name = printed("results", material.study.settings.language).casefold()
        targets = {folder / f"{name}{_ENDINGS[kind]}": document}
    for target in targets:
        if target.exists() and not force:
            if path is not None:
                raise FileIsThere(target)
            if sha256_hex(target.read_bytes()) not in _exported(material.study):
                raise FileWasEdited(target)
    # All of them pass the gate before the first is written.
    finished = {target: _finished(material, content, target, template) for target, content in targets.items()}
    # No lock is held here: what a killed export left in the folder holds words.
    disk.sweep({target.parent for target in targets})
    for target, data in finished.items():
        disk.write_atomically(target, data)
    _note_exported(material.study, finished.values())
    return list(targets)


def _exported(study: Study) -> list[str]:
    """Return the hashes of files that were exported and not changed by qualkit since."""
    try:
        return _exports_list(study).read_text(encoding="utf-8").split()
    except (OSError, UnicodeDecodeError):
        return []


def _note_exported(study: Study, written: Iterable[bytes]) -> None:
    """Remember what was written, so that it may be written over until somebody changes it."""
    hashes = [*_exported(study), *map(sha256_hex, written)]
    with suppress(disk.CannotWrite):
        disk.write_atomically(_exports_list(study), "\n".join(dict.fromkeys(hashes)).encode())


def _exports_list(study: Study) -> Path:
    return studies.cache_folder(study) / "exported"
