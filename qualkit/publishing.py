"""Quotations rendered, documents laid out, files written, read again, and only then put in place."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from xml.sax.saxutils import unescape

from qualkit import disk
from qualkit import study as studies
from qualkit.anonymisation.redactor import MayNotBeQuoted, Register, leaks, quote, read_register, redact
from qualkit.document import Block, CaptionStyle, Document, Heading
from qualkit.errors import QualkitError
from qualkit.language.printed import printed
from qualkit.material import Material, speaker_ids
from qualkit.model import READ_FIRST, Coding, Quotation
from qualkit.table import Cell, Table
from qualkit.text import near_miss
from qualkit.themes.matrices import attribute_matrix, participant_matrix
from qualkit.themes.outline import outline
from qualkit.themes.tables import quotation_list, theme_table


class WouldLeak(QualkitError):
    """The finished file holds a name from the register, so it was not written."""

    def __init__(self, path: Path, people: Sequence[str]) -> None:
        super().__init__(
            f"{path.name} was not written: it holds a name of {', '.join(people)}",
            "The name stands in your own text (a heading, a code's name, an attribute). Take it out there.",
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


def attributes_of(material: Material) -> list[str]:
    """Return the attributes of participants that divide them: more than one value, fewer than people."""
    found = []
    names = dict.fromkeys(name for person in material.participants for name in person.attributes)
    for name in names:
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
    lines = outline(material.codebook, material.themes)
    extracts = material.shown(with_proposals=with_proposals)
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
    labels = []
    for transcript in material.transcripts.values():
        ids = speaker_ids(transcript, material.participants)
        labels += [(speaker.label, ids.get(speaker.label, speaker.role)) for speaker in transcript.speakers]
    return read_register(material.participants, labels)


def render_words(material: Material, document: Document) -> Document:
    """Return a document whose codings have become quotations.

    In lists of all meaning units a participant who may not be quoted stands with a note instead of
    words; where a person chose such a quotation for print, it is refused.

    Raises:
        MayNotBeQuoted: If a chosen quotation is of somebody who may not be quoted.
        NotVerbatim: If a transcript was changed under a coding.
    """
    register = register_of(material)
    owners = {extract.coding.id: extract.participant for extract in material.extracts}
    people = {person.id: person for person in material.participants}
    style = material.study.settings.attribution
    language = material.study.settings.language

    def rendered(coding: Coding, *, listed: bool) -> Quotation | str:
        transcript = material.transcripts[coding.unit.span.transcript]
        person = people.get(owners.get(coding.id, ""))
        try:
            return quote(coding, transcript, person, register, attribution=style)
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
        WouldLeak: If a name of the register stands in the finished file.
        MayNotBeQuoted: If a chosen quotation may not be printed.
        NotVerbatim: If a transcript was changed under a coding.
        CannotWrite: If the file cannot be written.
    """
    ready = render_words(material, document)
    suffix = path.suffix.casefold()
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
    disk.write_atomically(path, data)


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
                texts += [unescape(value) for value in re.findall(r'(?:descr|title|val)="([^"]*)"', xml)]
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
) -> list[Path]:
    """Write the results of a study as Word, Excel or CSV files.

    Args:
        material: Of the study.
        kind: "word", "excel" or "csv".
        path: Where to; None for the study's exports/. For csv a folder.
        by: See `results_tables`.
        counts: See `results_tables`.
        with_proposals: See `results_tables`.
        template: A Word file whose styles are used.

    Returns:
        The files written.
    """
    tables = results_tables(material, by=by, counts=counts, with_proposals=with_proposals)
    folder = studies.exports_folder(material.study)
    name = printed("results", material.study.settings.language).casefold()
    if kind == "word":
        # The list of every meaning unit is a working list, not a part of a results chapter.
        document = results_document(material, tables[:-1])
        target = path or folder / f"{name}.docx"
        publish(material, document, target, template=template)
        return [target]
    document = results_document(material, tables)
    if kind == "excel":
        target = path or folder / f"{name}.xlsx"
        publish(material, document, target)
        return [target]
    written = []
    for table in tables:
        target = (path or folder) / f"{table.name}.not-anonymised.csv"
        publish(material, replace(document, blocks=(table,)), target)
        written.append(target)
    return written
