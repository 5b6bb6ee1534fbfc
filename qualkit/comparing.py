"""Groups of participants side by side: which codes stand there, which words are said there, and who stands outside."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from qualkit.coding.places import Found
from qualkit.coding.queries import Query, QueryError, render_query
from qualkit.finding import CONTEXT_WORDS, around, as_coding, ask, codes_of, column_named, find
from qualkit.language.printed import printed
from qualkit.material import Material, speaking_at
from qualkit.model import READ_FIRST, Codebook, Extract, Participant, Theme
from qualkit.table import MARK, Cell, Column, ColumnKind, Table
from qualkit.text import near_miss
from qualkit.themes.matrices import attribute_matrix
from qualkit.themes.outline import outline
from qualkit.transcripts.participants import index_people

IN_CONTEXT = "in-context"
"""Name of the table that shows the words of groups side by side."""

OUTSIDE = "outside"
"""Name of the table of participants in whom a theme is not coded."""


@dataclass(frozen=True, slots=True)
class Compared:
    """Groups side by side.

    Attributes:
        tables: To be published with `material`.
        material: The study's, with whose words the tables hold.
    """

    tables: tuple[Table, ...]
    material: Material


def numbers_wanted(material: Material, *, counts: bool | None) -> bool:
    """Say whether cells hold numbers: as was asked, and else marks in STC and reflexive thematic analysis."""
    return material.study.settings.method not in READ_FIRST if counts is None else counts


def code_table(
    material: Material,
    column: str,
    codes: Sequence[str] = (),
    *,
    counts: bool | None = None,
    with_proposals: bool = False,
) -> Table:
    """Return codes against the values of a column of participants.csv.

    Args:
        material: Of the study.
        column: Its name.
        codes: Ids or names, each with all below it; none: all.
        counts: Numbers or marks; None for what the method does.
        with_proposals: Count what rules propose too; never in STC and reflexive studies.

    Raises:
        QueryError: If there is no such column or code.
    """
    name = column_named(material, column)
    with_proposals = with_proposals and material.study.settings.method not in READ_FIRST
    extracts = material.shown(with_proposals=with_proposals)
    wanted = frozenset().union(*(codes_of(material, code) for code in codes))
    lines = outline(material.codebook, material.themes, {extract.coding.code for extract in extracts} | wanted)
    if codes:
        found = [line for line in lines if line.code.id in wanted]
        # A code that stands in no theme has its place in the codebook.
        lines = found or [line for line in outline(material.codebook, (), wanted) if line.code.id in wanted]
    table = attribute_matrix(
        lines,
        extracts,
        material.participants,
        name,
        counts=numbers_wanted(material, counts=counts),
        language=material.study.settings.language,
    )
    note = printed("with-proposals", material.study.settings.language)
    return replace(table, notes=(*table.notes, note)) if with_proposals else table


def word_tables(
    material: Material,
    column: str,
    queries: Sequence[Query],
    *,
    counts: bool | None = None,
    context: int = CONTEXT_WORDS,
    with_proposals: bool = False,
    jobs: int = 1,
) -> Compared:
    """Return who says what: queries against groups, and the words in context, groups side by side.

    What nobody in participants.csv says is not counted.

    Args:
        material: Of the study.
        column: Of participants.csv.
        queries: As `parse_query` gives them.
        counts: Numbers or marks; None for what the method does.
        context: Words on each side.
        with_proposals: See `ask`.
        jobs: Processes.

    Raises:
        QueryError: If there is no such column, or a query names what is not there.
    """
    name = column_named(material, column)
    language = material.study.settings.language
    value_of = {person.id: person.attributes.get(name, "") for person in material.participants}
    values = sorted(set(value_of.values()), key=lambda value: (not value, value))
    people = index_people(material.participants)
    speaking = {identifier: speaking_at(record, people) for identifier, record in material.transcripts.items()}
    extracts: list[Extract] = []
    users: list[tuple[Cell, ...]] = []
    side_by_side: list[tuple[Cell, ...]] = []
    for query in queries:
        asked = ask(material, query, with_proposals=with_proposals)
        groups: dict[str, list[Extract]] = defaultdict(list)
        for place in find(asked, query, jobs=jobs):
            person = speaking[place.span.transcript](place.span.start, place.span.end)
            if person in value_of:
                groups[value_of[person]].append(_extract(material, place, person, context))
        written = render_query(query)
        cells = [_users(groups[value], counts=numbers_wanted(material, counts=counts)) for value in values]
        users.append((written, *cells))
        ordered = (_in_order(groups[value], material.participants) for value in values)
        side_by_side += [
            (written, *(extract.coding if extract else None for extract in row)) for row in zip_longest(*ordered)
        ]
        extracts += [extract for group in groups.values() for extract in group]
    numbers = numbers_wanted(material, counts=counts)
    people_in = {value: sum(one == value for one in value_of.values()) for value in values}
    labels = [f"{value or printed('not-given', language)} (n\u00a0=\u00a0{people_in[value]})" for value in values]
    kind: ColumnKind = "count" if numbers else "mark"
    first = Column("words", printed("found-words", language))
    title = printed("words-attribute", language, attribute=name)
    note = printed("words-counts" if numbers else "words-marks", language)
    groups_of = [Column(value or "-", label, kind) for value, label in zip(values, labels, strict=True)]
    quoted = (replace(one, kind="quotation") for one in groups_of)
    aside = printed("in-context-attribute", language, attribute=name)
    tables = (
        Table(f"words-{name}", title, (first, *groups_of), tuple(users), (note,), title),
        Table(IN_CONTEXT, aside, (replace(first, groups=True), *quoted), tuple(side_by_side), description=aside),
    )
    asked_for = tuple(dict.fromkeys(map(render_query, queries)))
    return Compared(tables, material.extended(extracts, asked_for))


def _extract(material: Material, place: Found, person: str, context: int) -> Extract:
    record = material.transcripts[place.span.transcript]
    words = place.what == "words"
    where = around(record, place, context) if words else (place.span.start, place.span.end)
    return Extract(as_coding(record, *where), person, "participant")


def _users(extracts: Sequence[Extract], *, counts: bool) -> Cell:
    if not extracts:
        return None
    return f"{len(extracts)} ({len({extract.participant for extract in extracts})})" if counts else MARK


def _in_order(extracts: Sequence[Extract], participants: Sequence[Participant]) -> list[Extract]:
    order = {person.id: number for number, person in enumerate(participants)}
    return sorted(extracts, key=lambda extract: (order[extract.participant], extract.coding.unit.span))


def outside_table(material: Material, theme: str, *, counts: bool | None = None) -> Table:
    """Return the participants in whom none of a theme's codes stands, with what they were coded with instead.

    Args:
        material: Of the study; accepted codings count.
        theme: Id or heading in themes.yaml; or a code, with all below it.
        counts: Tell how many codings they have; None for what the method does.

    Raises:
        QueryError: If there is no such theme or code.
    """
    language = material.study.settings.language
    heading, codes = _theme(material, theme)
    names = {code.id: code.name for code in material.codebook.walk()}
    own: dict[str, list[Extract]] = defaultdict(list)
    for extract in material.accepted():
        own[extract.participant].append(extract)
    people = index_people(material.participants)
    spoken: dict[str, list[str]] = defaultdict(list)
    for identifier, record in material.transcripts.items():
        speaks = speaking_at(record, people)
        turns = [turn for turn in record.turns if turn.end > turn.start]
        for person in dict.fromkeys(speaks(turn.start, turn.end) for turn in turns):
            spoken[person].append(identifier)
    rows: list[tuple[Cell, ...]] = []
    for person in material.people():
        extracts = own[person]
        if not spoken[person] or any(extract.coding.code in codes for extract in extracts):
            continue
        given = {extract.coding.code for extract in extracts}
        told = "; ".join(name for code, name in names.items() if code in given)
        row: list[Cell] = [person, ", ".join(spoken[person]), told or printed("not-coded", language)]
        rows.append((*row, len(extracts)) if numbers_wanted(material, counts=counts) else tuple(row))
    columns = [
        Column("participant", printed("participant", language)),
        Column("transcript", printed("transcript", language)),
        Column("codes", printed("codes-instead", language)),
    ]
    if numbers_wanted(material, counts=counts):
        columns.append(Column("codings", printed("coding-count", language), "count"))
    title = printed("outside", language, theme=heading)
    looked_for = "; ".join(name for code, name in names.items() if code in codes)
    notes = (printed("outside-codes", language, codes=looked_for), printed("outside-note", language))
    return Table(OUTSIDE, title, tuple(columns), tuple(rows), notes, title)


def _theme(material: Material, wanted: str) -> tuple[str, frozenset[str]]:
    """Return the heading of a theme and the ids of its codes, with those below them."""
    themes = [one for theme in material.themes for one in (theme, *theme.subthemes)]
    for theme in themes:
        if wanted.casefold() in (theme.id.casefold(), theme.heading.casefold()):
            return theme.heading, _codes_below(theme, material.codebook)
    for code in material.codebook.walk():
        if wanted.casefold() in (code.id.casefold(), code.name.casefold()):
            return code.name, frozenset(below.id for below in code.walk())
    known = [name for theme in themes for name in (theme.id, theme.heading) if name]
    known += [name for code in material.codebook.walk() for name in (code.id, code.name)]
    near = near_miss(wanted, known)
    hint = f"Did you mean “{near}”?" if near else "Write a theme's id or heading, or a code. See: qualkit themes table"
    raise QueryError(f"there is no theme “{wanted}”", hint)


def _codes_below(theme: Theme, codebook: Codebook) -> frozenset[str]:
    own = {code for one in (theme, *theme.subthemes) for code in one.codes}
    return frozenset(below.id for code in codebook.walk() if code.id in own for below in code.walk())
