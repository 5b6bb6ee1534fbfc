"""A query is asked of a study: its names are looked up, every transcript is read once, and places become a Table."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from qualkit.coding.codings import coding_id, unit_at
from qualkit.coding.places import Found, Ground, Source, Within, find_places
from qualkit.coding.queries import Attribute, Coded, Query, QueryError, Said, leaves
from qualkit.engine import over_chunks
from qualkit.language.printed import printed
from qualkit.linenumbers import lay_lines, line_at
from qualkit.material import Material, speaker_ids, speaking_at, stands
from qualkit.model import KINDS, READ_FIRST, Coding, Extract, Transcript
from qualkit.table import Cell, Column, Table
from qualkit.text import alike, near_miss
from qualkit.transcripts.participants import index_people

FOUND = "found"
"""Name of the table of what a query found."""

CONTEXT_WORDS = 8
"""Words that are shown on each side of what was found."""

_ROLES = ("interviewer", "participant", "other")
_LONGEST_WORD = 40
_MOST_VALUES = 8


@dataclass(frozen=True, slots=True)
class Asked:
    """What a query is asked of.

    Attributes:
        ground: Codes and people.
        sources: Transcripts with their codings.
        shown: By transcript, the extracts that count: accepted ones, and proposals where they were asked for.
    """

    ground: Ground
    sources: tuple[Source, ...]
    shown: Mapping[str, tuple[Extract, ...]]


def ask(material: Material, query: Query, *, with_proposals: bool = False) -> Asked:
    """Look up everything that a query names.

    Args:
        material: Of the study.
        query: As `parse_query` gives it.
        with_proposals: Take what rules propose for coded too; never in STC and reflexive studies.

    Raises:
        QueryError: If it names a code, speaker, participant, column, value, transcript or kind that is not there.
    """
    with_proposals = with_proposals and material.study.settings.method not in READ_FIRST
    shown: dict[str, list[Extract]] = defaultdict(list)
    for extract in material.shown(with_proposals=with_proposals):
        span = extract.coding.unit.span
        record = material.transcripts.get(span.transcript)
        if record is not None and stands(extract.coding, record):
            shown[record.id].append(extract)
    people = index_people(material.participants)
    sources = tuple(
        Source(record, speaker_ids(record, people), _passages(shown[name]))
        for name, record in material.transcripts.items()
    )
    below = {}
    for leaf in leaves(query):
        if isinstance(leaf, Coded):
            below[leaf.code] = codes_of(material, leaf.code, leaf.column)
        elif isinstance(leaf, Attribute):
            _check_attribute(leaf, material)
        elif isinstance(leaf, Said):
            _check_said(leaf, sources)
    attributes = {person.id: person.attributes for person in material.participants}
    return Asked(Ground(below, attributes), sources, {name: tuple(found) for name, found in shown.items()})


def _passages(extracts: Sequence[Extract]) -> tuple[tuple[int, int, str], ...]:
    places = {(e.coding.unit.span.start, e.coding.unit.span.end, e.coding.code) for e in extracts}
    return tuple(sorted(places))


def codes_of(material: Material, wanted: str, column: int = 0) -> frozenset[str]:
    """Return the ids of a code and all below it; of every code for "*".

    Args:
        material: Of the study.
        wanted: An id or a name; case does not count.
        column: In the query, for the message.

    Raises:
        QueryError: If there is no such code.
    """
    used = {extract.coding.code for extract in material.extracts}
    codes = list(material.codebook.walk())
    if wanted == "*":
        return frozenset(used.union(code.id for code in codes))
    found = [code for code in codes if code.id.casefold() == wanted.casefold()]
    found = found or [code for code in codes if code.name.casefold() == wanted.casefold()]
    if found:
        return frozenset(below.id for code in found for below in code.walk())
    if wanted in used:
        return frozenset({wanted})
    near = near_miss(wanted, [code.id for code in codes]) or near_miss(wanted, [code.name for code in codes])
    hint = f"Did you mean “{near}”?" if near else "To see every code: qualkit codebook show"
    raise QueryError(f"the codebook has no code “{wanted}”", hint, column)


def column_named(material: Material, wanted: str, column: int = 0) -> str:
    """Return the name of a column of participants.csv as it is written there.

    Raises:
        QueryError: If there is none.
    """
    known = list(dict.fromkeys(name for person in material.participants for name in person.attributes))
    name = next((one for one in known if one.casefold() == wanted.casefold()), None)
    if name is None:
        near = near_miss(wanted, known)
        hint = f"Did you mean “{near}”?" if near else "It has: " + ", ".join(known) if known else "It has none."
        raise QueryError(f"participants.csv has no column “{wanted}”", hint, column)
    return name


def _check_attribute(leaf: Attribute, material: Material) -> None:
    name = column_named(material, leaf.name, leaf.column)
    values = dict.fromkeys(person.attributes.get(name, "") for person in material.participants)
    if not any(alike(value, leaf.value) for value in values):
        near = near_miss(leaf.value, [value for value in values if value])
        # What stands in a column may be a name: only what divides the participants is told.
        told = [value for value in values if value] if len(values) < len(material.participants) else []
        hint = f"Did you mean “{near}”?" if near and told else ""
        hint = hint or (f"It has: {'; '.join(told[:_MOST_VALUES])}. * is any letters." if told else "* is any letters.")
        raise QueryError(f"nobody has this value in the column “{name}”", hint, leaf.column)


def _check_said(leaf: Said, sources: Sequence[Source]) -> None:
    if leaf.kind == "kind":
        if not any(alike(kind, leaf.value) for kind in KINDS):
            near = near_miss(leaf.value, KINDS)
            hint = f"Did you mean {near}?" if near else f"Kinds are {', '.join(KINDS)}."
            raise QueryError(f"“{leaf.value}” is no kind of source", hint, leaf.column)
        return
    if leaf.kind == "transcript":
        names = [source.transcript.id for source in sources]
        if not any(alike(name, leaf.value) for name in names):
            near = near_miss(leaf.value, names)
            hint = f"Did you mean “{near}”?" if near else "It is the file's name in transcripts/ without .txt."
            raise QueryError("there is no such transcript", hint, leaf.column)
        return
    people = {person for source in sources for person in source.owners.values()}
    if leaf.kind == "participant":
        if not any(alike(person, leaf.value) for person in people):
            near = near_miss(leaf.value, people)
            hint = f"Did you mean {near}?" if near else "Write an id, as it stands in participants.csv."
            raise QueryError("no such participant speaks in any transcript", hint, leaf.column)
        return
    labels = {speaker.label for source in sources for speaker in source.transcript.speakers}
    if not any(alike(name, leaf.value) for name in {*labels, *people, *_ROLES}):
        near = near_miss(leaf.value, _ROLES)
        hint = f"Did you mean {near}?" if near else f"Write a label, a participant's id, or {', '.join(_ROLES)}."
        raise QueryError("nobody speaks under this label", hint, leaf.column)


def find(asked: Asked, query: Query, *, within: Within = "turn", jobs: int = 1) -> list[Found]:
    """Return every place where a query is answered, transcript by transcript.

    Args:
        asked: As `ask` gives it for this query.
        query: As `parse_query` gives it.
        within: Where words that are asked for together must stand together.
        jobs: Processes.

    Raises:
        QueryError: If a regular expression takes too long.
    """
    search = partial(find_places, query=query, ground=asked.ground, within=within)
    return [found for _, chunk in over_chunks(search, asked.sources, jobs=jobs) for found in chunk]


def found_table(
    material: Material, asked: Asked, places: Sequence[Found], title: str, *, context: int = CONTEXT_WORDS
) -> Table:
    """Return one row a place: where it is, who speaks, the codes there, the words, and the words around them.

    Words are rendered when the table is published.

    Args:
        material: Of the study.
        asked: What the query was asked of.
        places: As `find` gives them.
        title: Above the table; without anybody's words.
        context: Words on each side of words that were found.
    """
    language = material.study.settings.language
    names = {code.id: code.name for code in material.codebook.walk()}
    people = index_people(material.participants)
    rows: list[tuple[Cell, ...]] = []
    for name, found in _by_transcript(places):
        record = material.transcripts[name]
        lines, speaking = lay_lines(record.text), speaking_at(record, people)
        for place in found:
            label = record.turns[place.turn - 1].speaker if record.turns else None
            speaker = record.speaker(label)
            words, here = place.what == "words", (place.span.start, place.span.end)
            rows.append(
                (
                    str(place.span),
                    line_at(lines, place.span.start),
                    speaking(*here),
                    printed(f"role-{speaker.role}", language) if speaker else "",
                    "; ".join(names.get(code, code) for code in codes_at(asked, place)),
                    as_coding(record, *here) if words else None,
                    as_coding(record, *(around(record, place, context) if words else here)),
                )
            )
    columns = (
        Column("place", printed("place", language)),
        Column("line", printed("line", language), "count"),
        Column("participant", printed("participant", language)),
        *(Column(key, printed(f"found-{key}", language)) for key in ("speaker", "codes")),
        *(Column(key, printed(f"found-{key}", language), "quotation") for key in ("words", "context")),
    )
    return Table(FOUND, title, columns, tuple(rows), description=title)


def _by_transcript(places: Sequence[Found]) -> Iterator[tuple[str, list[Found]]]:
    grouped: dict[str, list[Found]] = defaultdict(list)
    for place in places:
        grouped[place.span.transcript].append(place)
    yield from grouped.items()


def codes_at(asked: Asked, place: Found) -> list[str]:
    """Return the codes of passages that a place lies in, each once."""
    span = place.span
    extracts = asked.shown.get(span.transcript, ())
    units = ((extract.coding.unit.span, extract.coding.code) for extract in extracts)
    return list(dict.fromkeys(code for unit, code in units if unit.start < span.end and unit.end > span.start))


def around(transcript: Transcript, place: Found, words: int) -> tuple[int, int]:
    """Return where the words around a place begin and end, within its turn."""
    span, text = place.span, transcript.text
    turn = transcript.turns[place.turn - 1]
    low, high = max(turn.start, span.start - words * _LONGEST_WORD), min(turn.end, span.end + words * _LONGEST_WORD)
    before = list(re.finditer(r"\S+", text[low : span.start]))[-words:] if words else []
    after = list(re.finditer(r"\S+", text[span.end : high]))[:words] if words else []
    start = low + before[0].start() if before else span.start
    return start, span.end + after[-1].end() if after else span.end


def as_coding(transcript: Transcript, start: int, end: int) -> Coding:
    """Return a place of a transcript as a table's cell holds it until its words are rendered."""
    return Coding(
        id=coding_id(transcript.id, start, end, f"{FOUND}:"),
        unit=unit_at(transcript, start, end),
        code="",
        coder="",
        status="accepted",
        origin="manual",
        created="",
        text_sha256=transcript.sha256,
    )


def with_places(material: Material, table: Table) -> Material:
    """Return the material in which the places of a table are known, as it has to be for publishing the table."""
    codings = {cell.id: cell for row in table.rows for cell in row if isinstance(cell, Coding)}
    extracts = (Extract(coding, "", "") for coding in codings.values())
    return material.extended(extracts)
