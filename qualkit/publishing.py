"""Quotations rendered, documents laid out, files written, read again, and only then put in place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from qualkit import disk
from qualkit.anonymisation.redactor import MayNotBeQuoted, Register, leaks, quote, read_register, redact
from qualkit.comparing import IN_CONTEXT, OUTSIDE
from qualkit.document import Block, CaptionStyle, Document, Heading
from qualkit.errors import FaultyFiles, QualkitError
from qualkit.finding import FOUND
from qualkit.gate import text_of_file
from qualkit.language.printed import printed
from qualkit.material import Material, speaker_ids, speakers_of
from qualkit.model import READ_FIRST, SPOKEN, Coding, Quotation, Transcript
from qualkit.provenance import CODINGS, surroundings
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


class WordsWereChanged(QualkitError):
    """A quotation was chosen for print, and its words were changed with the transcript since."""

    def __init__(self, coding: str) -> None:
        super().__init__(
            f"the words of the chosen quotation “{coding}” were changed with the transcript, so it is not printed",
            f"Look at them: qualkit anchor. If they stand: qualkit anchor --keep {coding}",
        )


class NoTranscriptForCoding(QualkitError):
    """A coding's transcript is gone or cannot be read, so its words cannot be verified."""

    def __init__(self, place: str) -> None:
        super().__init__(f"{place} is in no transcript that can be read, so it is not printed", "See qualkit check.")


ENDINGS = {
    "word": ".docx",
    "excel": ".xlsx",
    "csv": ".csv",
    "html": ".html",
    "json": ".json",
    "parquet": ".parquet",
}
"""By kind of export."""

_TELLS_WHO = frozenset(
    "navn namn name fornavn førenamn etternavn etternamn mellomnavn full_name surname e-post epost email e-mail mail "
    "telefon tlf mobil phone adresse address fødselsdato fødselsnummer personnummer".split()
)
"""Columns of participants.csv that tell who the person is: not compared by, and what stands there is not printed."""
_PLACES = ("place", "transcript")
_LISTS = ("quotations", CODINGS, FOUND, IN_CONTEXT, OUTSIDE)
"""Tables of everything that is there: nobody chose what stands in them, so what may not be quoted has a note."""


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
            attribute_matrix(
                lines, extracts, material.participants, attribute, counts=numbers, language=language, link=first
            )
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
        WordsWereChanged: If a chosen quotation's words were changed with the transcript, and nobody has looked.
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

    def rendered(coding: Coding, *, listed: bool, attribution: str) -> Quotation | str:
        span = coding.unit.span
        transcript = material.transcripts.get(span.transcript)
        if transcript is None:
            raise NoTranscriptForCoding(str(span))
        if coding.anchor == "words-changed" and not listed:
            # Somebody chose other words than these; a list of all passages is no choice.
            raise WordsWereChanged(coding.id)
        person = people.get(owners.get(coding.id, ""))
        try:
            # A passage may run over several persons' turns.
            speaking = [people.get(name) for name in speakers_of(coding, transcript, ids[transcript.id])]
            barred = next((one for one in speaking if one is not None and not one.may_quote), None)
            source = source_told(transcript, span.start, language) if attribution else ""
            return quote(coding, transcript, barred or person, register, attribution=attribution, source=source)
        except MayNotBeQuoted:
            if listed:
                return printed("not-quoted", language)
            raise

    def block(item: Block) -> Block:
        if not isinstance(item, Table):
            return item
        listed = item.name in _LISTS
        # Among the codings as data the words stand alone: whose they are has a column of its own.
        attribution = "" if item.name in (CODINGS, FOUND) else style
        # The place names the transcript, and a transcript's id may be a person's name.
        places = [number for number, column in enumerate(item.columns) if listed and column.key in _PLACES]

        def cell(value: Cell, number: int) -> Cell:
            if isinstance(value, Coding):
                return rendered(value, listed=listed, attribution=attribution)
            return redact(str(value), register) if number in places else value

        rows = tuple(tuple(cell(value, number) for number, value in enumerate(row)) for row in item.rows)
        return replace(item, rows=rows)

    return replace(document, blocks=tuple(block(item) for item in document.blocks))


def source_told(transcript: Transcript, offset: int, language: str) -> str:
    """Return what is printed of a source whose words were not recorded as they were said; "" for interviews.

    Args:
        transcript: Of a document title, date and page are told, as far as its header has them.
        offset: Of the quotation, for the page.
        language: nb, nn or en.
    """
    if transcript.kind in SPOKEN:
        return ""
    if transcript.kind != "document":
        return printed(f"kind-{transcript.kind}", language)
    page = transcript.page_at(offset)
    told = (transcript.title or printed("kind-document", language), transcript.date)
    return ", ".join([*filter(None, told), *([printed("on-page", language, page=page)] if page else [])])


def publish(material: Material, document: Document, path: Path, *, template: bytes | None = None) -> None:
    """Render a document's words, write it as the file's ending says, and let it pass the gate.

    The finished bytes are read again before they get their name: a name of the register in them, in
    the text or the properties, stops the export.

    Args:
        material: Of the study.
        document: With codings; words are rendered here and nowhere else.
        path: .docx, .xlsx, .html, .json, or .csv and .parquet (which hold the first table).
        template: A Word file whose styles are used.

    Raises:
        WrongEnding: If the file's ending is none of these.
        WouldLeak: If a name of the register stands in the finished file.
        MayNotBeQuoted: If a chosen quotation may not be printed.
        NotVerbatim: If a transcript was changed under a coding.
        CannotWrite: If the file cannot be written.
    """
    disk.write_atomically(path, finished(material, document, path, template=template))


def finished(material: Material, document: Document, path: Path, *, template: bytes | None = None) -> bytes:
    """Return the bytes of a file that has passed the gate, as `publish` would write it."""
    if path.suffix.casefold() not in ENDINGS.values():
        raise WrongEnding(path, list(ENDINGS.values()))
    ready = render_words(material, document)
    register = register_of(material)
    if path.suffix.casefold() == ".html":
        cells = (cell for table in ready.tables() for row in table.rows for cell in row)
        quotations = (cell for cell in cells if isinstance(cell, Quotation))
        ready = replace(ready, surroundings=surroundings(material, quotations, register))
    return passed(_written(ready, path.suffix.casefold(), template), path, register)


def passed(data: bytes, path: Path, register: Register) -> bytes:
    """Return a file's bytes if no name of the register stands in them.

    Raises:
        WouldLeak: If one does.
    """
    found = leaks(text_of_file(data), register)
    if found:
        raise WouldLeak(path, found)
    return data


def _written(document: Document, suffix: str, template: bytes | None) -> bytes:
    if suffix == ".docx":
        from qualkit.exports.word import render_word

        return render_word(document, template=template)
    if suffix == ".xlsx":
        from qualkit.exports.excel import render_excel

        return render_excel(document)
    if suffix == ".html":
        from qualkit.exports.page import render_html

        return render_html(document)
    if suffix == ".json":
        from qualkit.exports.jsonfile import render_json

        return render_json(document)
    table = document.tables()[0]
    if suffix == ".parquet":
        from qualkit.exports.parquet import render_parquet

        return render_parquet(table, mark=document.mark)
    from qualkit.exports.delimited import render_csv

    return render_csv(table, mark=document.mark)
