"""Quotations rendered, documents laid out, files written, read again, and only then put in place."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from qualkit import disk
from qualkit import study as studies
from qualkit.anonymisation.redactor import MayNotBeQuoted, quote, redact
from qualkit.anonymisation.wordings import FILE, VERBATIM, QuotationEdit, parse_edits
from qualkit.attributing import placed
from qualkit.clearing import TELLS_WHO, Draft, clearance, register_of
from qualkit.comparing import IN_CONTEXT, OUTSIDE
from qualkit.document import Block, CaptionStyle, Document, Heading, Paragraph
from qualkit.errors import FaultyFiles, QualkitError
from qualkit.finding import FOUND
from qualkit.language.printed import printed
from qualkit.material import Material, speaker_ids, speakers_of
from qualkit.model import READ_FIRST, SPOKEN, Coding, Quotation, Span, Transcript
from qualkit.passing import passed, told_in_trail
from qualkit.provenance import CODINGS, surroundings, turns_around
from qualkit.rendering import ENDINGS, framework, written
from qualkit.table import Cell, Table
from qualkit.text import near_miss
from qualkit.themes.matrices import attribute_matrix, participant_matrix
from qualkit.themes.outline import outline
from qualkit.themes.review import EXTRACTS, SHARED
from qualkit.themes.tables import quotation_list, theme_table


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


_PLACES = ("place", "transcript")
_LISTS = ("quotations", CODINGS, "audit", "ladder", FOUND, IN_CONTEXT, OUTSIDE, EXTRACTS, SHARED)
"""Tables of everything that is there: nobody chose what stands in them, so what may not be quoted has a note."""


def attributes_of(material: Material) -> list[str]:
    """Return the attributes of participants that divide them: more than one value, fewer than people."""
    found = []
    names = dict.fromkeys(name for person in material.participants for name in person.attributes)
    for name in names:
        if name.casefold() in TELLS_WHO:
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
    if settings.quotation_style != VERBATIM:
        # Whoever reads a quotation is told that it was edited, and how.
        told = printed(f"quotations-{settings.quotation_style}", language)
        tables[0] = replace(tables[0], notes=(*tables[0].notes, told))
    if with_proposals:
        note = printed("with-proposals", language)
        tables = [tables[0], *(replace(table, notes=(*table.notes, note)) for table in tables[1:])]
    return tables


def results_document(material: Material, tables: Sequence[Table], *, draft: bool = False) -> Document:
    """Return the results as a document: title, then the tables; a draft says that it is not anonymised."""
    settings = material.study.settings
    blocks: list[Block] = [Heading(printed("results", settings.language)), *tables]
    title = settings.title or printed("results", settings.language)
    mark = printed("not-anonymised" if draft else "pseudonymised", settings.language)
    caption: CaptionStyle = "inline" if settings.caption == "inline" else "apa"
    return Document(title, settings.language, tuple(blocks), mark, caption)


def render_words(material: Material, document: Document) -> Document:
    """Return a document whose codings have become quotations.

    In lists of all meaning units a participant who may not be quoted stands with a note instead of
    words; where a person chose such a quotation for print, it is refused.

    Raises:
        FaultyFiles: If a file has faults that would make the result wrong, or let the words of somebody through
            who may not be quoted.
        MayNotBeQuoted: If a chosen quotation is of somebody who may not be quoted.
        NotApproved: If quotations are printed edited, and nobody has approved how a chosen one is.
        NoTranscriptForCoding: If a coding's transcript is gone.
        NotVerbatim: If a transcript was changed under a coding.
        WordsWereChanged: If a chosen quotation's words were changed with the transcript, and nobody has looked.
    """
    faults = material.faults()
    if faults:
        raise FaultyFiles(faults, "a file that results rest on has faults; nothing was written")
    register = register_of(material)
    owners = {extract.coding.id: extract.participant for extract in material.extracts}
    people = {person.id: person for person in material.participants}
    ids = {name: speaker_ids(transcript, material.participants) for name, transcript in material.transcripts.items()}
    edits = _edits(material)
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
            # Lists of all passages are for the researcher's own work: there the words stand as they were said.
            manner = VERBATIM if listed else material.study.settings.quotation_style
            return quote(
                coding,
                transcript,
                barred or person,
                register,
                attribution=attribution,
                source=source,
                style=manner,
                edit=None if listed else edits.get(coding.id),
            )
        except MayNotBeQuoted:
            if listed:
                return printed("not-quoted", language)
            raise

    def block(item: Block) -> Block:
        if isinstance(item, Coding):
            chosen = rendered(item, listed=False, attribution=style)
            return chosen if isinstance(chosen, Quotation) else Paragraph(chosen)
        if not isinstance(item, Table):
            return item
        listed = item.name in _LISTS
        # Among the codings as data the words stand alone: whose they are has a column of its own.
        attribution = "" if item.name in (CODINGS, FOUND) else style
        # The place names the transcript, and a transcript's id may be a person's name.
        named = _PLACES if listed else ("transcript",)
        places = [number for number, column in enumerate(item.columns) if column.key in named]

        def cell(value: Cell, number: int) -> Cell:
            if isinstance(value, Coding):
                return rendered(value, listed=listed, attribution=attribution)
            # A name that was looked for stands in the query.
            return redact(str(value), register) if number in places or value in material.queries else value

        rows = tuple(tuple(cell(value, number) for number, value in enumerate(row)) for row in item.rows)
        return replace(item, rows=rows)

    where = material.study.settings.attribution_place
    return replace(document, blocks=placed([block(item) for item in document.blocks], where, language, _LISTS))


def _edits(material: Material) -> dict[str, QuotationEdit]:
    """Return the quotations whose edited or cut words somebody approved, by coding id."""
    path = material.study.root / FILE
    if not path.is_file():
        return {}
    edits, problems = parse_edits(studies.text_of(path, FILE))
    if problems:
        raise FaultyFiles(problems, "a file that results rest on has faults; nothing was written")
    return edits


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


def publish(
    material: Material, document: Document, path: Path, *, template: bytes | None = None, draft: Draft | None = None
) -> None:
    """Render a document's words, write it as the file's ending says, and let it pass the gate.

    The finished bytes are read again before they get their name: a name of the register in them, in
    the text or the properties, stops the export, and so does anything that nobody has decided about.

    Args:
        material: Of the study.
        document: With codings; words are rendered here and nowhere else.
        path: .docx, .xlsx, .html, .json, or .csv and .parquet (which hold the first table).
        template: A Word file whose styles are used.
        draft: Who wants it before everything in it is decided, and why.

    Raises:
        WrongEnding: If the file's ending is none of these.
        Unresolved: If something in it may identify somebody, and nobody has decided about it.
        WouldLeak: If a name of the register stands in the finished file.
        MayNotBeQuoted: If a chosen quotation may not be printed.
        NotVerbatim: If a transcript was changed under a coding.
        CannotWrite: If the file cannot be written.
    """
    data = finished(material, document, path, template=template, draft=draft)
    disk.write_atomically(path, data)
    told_in_trail(material.study, draft, [path])


def finished(
    material: Material,
    document: Document,
    path: Path,
    *,
    template: bytes | None = None,
    draft: Draft | None = None,
    ours: frozenset[str] = frozenset(),
) -> bytes:
    """Return the bytes of a file that has passed the gate, as `publish` would write it.

    Args:
        ours: Words of the program's own that this document holds beside those that such files always hold.
    """
    suffix = path.suffix.casefold()
    if suffix not in ENDINGS.values():
        raise WrongEnding(path, list(ENDINGS.values()))
    ready = render_words(material, document)
    cleared = clearance(material)
    quotations = ready.quotations()
    passages = [quotation.span for quotation in quotations]
    if suffix == ".html":
        ready = replace(ready, surroundings=surroundings(material, quotations, cleared.register))
        passages += _spans_around(material, passages)
    data = written(ready, suffix, template)
    said = [quotation.text for quotation in quotations]
    said += [piece for around in ready.surroundings.values() for turn in around.turns for piece, _ in turn.pieces]
    frame = framework(suffix, ready.language, ready.caption, template) | ours
    return passed(data, path, material, passages=passages, said=said, ours=frame, draft=draft)


def _spans_around(material: Material, spans: Iterable[Span]) -> list[Span]:
    """Return the turns that stand around passages, but for those of people who may not be quoted."""
    barred = {person.id for person in material.participants if not person.may_quote}
    found = []
    for span in spans:
        transcript = material.transcripts[span.transcript]
        ids = speaker_ids(transcript, material.participants)
        found += [
            Span(span.transcript, turn.start, turn.end)
            for turn in turns_around(transcript, span)
            if ids.get(turn.speaker or "") not in barred
        ]
    return found
