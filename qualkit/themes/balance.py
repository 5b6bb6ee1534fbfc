"""Who is quoted, where and how often: a private question, answered when it is asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

from qualkit.language.printed import printed
from qualkit.model import Extract, Participant
from qualkit.table import Cell, Column, Table

Choice = Literal["chosen", "golden", "reserve"]

_ALIKE = 85
"""Of a hundred: how much two quotations share from which on a reader may take one for the other."""

_FEWEST = 3
"""Words that two quotations must have for their likeness to say anything."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """A quotation at a place where a person put it.

    Attributes:
        section: Id of the theme or subgroup.
        heading: As it is printed.
        choice: For print, as a subgroup's golden quotation, or in reserve.
        place: From 1; in reserve 1 is the second choice.
        coding: Its id.
        extract: None where the coding is not there any more.
    """

    section: str
    heading: str
    choice: Choice
    place: int
    coding: str
    extract: Extract | None

    @property
    def printed(self) -> bool:
        """Whether it is printed, and not in reserve."""
        return self.choice != "reserve"


def people_table(
    chosen: Sequence[Chosen],
    extracts: Sequence[Extract],
    people: Sequence[str],
    sections: Sequence[tuple[str, str]],
    *,
    barred: Collection[str] = (),
    language: str,
) -> Table:
    """Return participants against sections with the number of quotations in each.

    Args:
        chosen: Reserves do not count.
        extracts: Accepted codings: what there was to choose from.
        people: Participants' ids, the rows.
        sections: Ids and headings, the columns.
        barred: Who may not be quoted.
        language: nb, nn or en.
    """
    there = Counter(person for person, _ in {(e.participant, e.coding.unit.span) for e in extracts})
    counted = Counter((one.extract.participant, one.section) for one in chosen if one.printed and one.extract)
    rows: list[tuple[Cell, ...]] = []
    for person in people:
        own = [counted[person, section] for section, _ in sections]
        remark = ""
        if person in barred:
            remark = printed("may-not-be-quoted", language)
        elif not sum(own):
            remark = printed("nobody-quotes", language)
        rows.append((person, there[person], *(number or None for number in own), sum(own), remark))
    columns = (
        Column("participant", printed("participant", language)),
        Column("passages", printed("passages", language), "count"),
        *(Column(section, heading, "count") for section, heading in sections),
        Column("quotations", printed("quotations", language), "count"),
        Column("remark", printed("remark", language)),
    )
    title = printed("balance-people", language)
    return Table("balance-participants", title, columns, tuple(rows), (printed("balance-note", language),), title)


def groups_table(
    chosen: Sequence[Chosen],
    extracts: Sequence[Extract],
    participants: Sequence[Participant],
    attribute: str,
    *,
    language: str,
) -> Table:
    """Return the values of an attribute with how many participants have it, are quoted, and how often."""
    value_of = {person.id: person.attributes.get(attribute, "") for person in participants}
    there = Counter(value_of.get(person, "") for person, _ in {(e.participant, e.coding.unit.span) for e in extracts})
    quoted = [one.extract.participant for one in chosen if one.printed and one.extract is not None]
    often = Counter(value_of.get(person, "") for person in quoted)
    rows: list[tuple[Cell, ...]] = []
    for value in sorted(set(value_of.values()), key=lambda one: (not one, one)):
        members = {person for person, own in value_of.items() if own == value}
        shown = value or printed("not-given", language)
        rows.append((shown, len(members), len(members & set(quoted)), there[value], often[value]))
    columns = (
        Column("value", attribute),
        Column("participants", printed("participants", language), "count"),
        Column("quoted", printed("quoted-people", language), "count"),
        Column("passages", printed("passages", language), "count"),
        Column("quotations", printed("quotations", language), "count"),
    )
    title = printed("balance-groups", language, attribute=attribute)
    return Table(f"balance-{attribute}", title, columns, tuple(rows), description=title)


def sections_table(
    chosen: Sequence[Chosen],
    extracts: Sequence[Extract],
    sections: Sequence[tuple[str, str]],
    codes: Mapping[str, Collection[str]],
    *,
    language: str,
) -> Table:
    """Return sections with their quotations, voices and reserves; what is empty or of one voice is told.

    Args:
        chosen: In all sections.
        extracts: Accepted codings.
        sections: Ids and headings, the rows.
        codes: By section, the codes whose passages belong to it.
        language: nb, nn or en.
    """
    rows: list[tuple[Cell, ...]] = []
    for section, heading in sections:
        own = [one for one in chosen if one.section == section]
        shown = [one.extract.participant for one in own if one.printed and one.extract is not None]
        speaking = {e.participant for e in extracts if e.coding.code in codes.get(section, ()) and e.participant}
        remark = ""
        if not shown:
            remark = printed("section-empty", language)
        elif len(set(shown)) == 1 < len(shown) and len(speaking) > 1:
            remark = printed("one-voice-of", language, person=shown[0], people=len(speaking))
        reserves = sum(not one.printed for one in own)
        rows.append((heading, len(shown), len(set(shown)), len(speaking), reserves or None, remark))
    columns = (
        Column("section", printed("theme", language)),
        Column("quotations", printed("quotations", language), "count"),
        Column("voices", printed("quoted-people", language), "count"),
        Column("participants", printed("participants", language), "count"),
        Column("reserve", printed("reserve", language), "count"),
        Column("remark", printed("remark", language)),
    )
    title = printed("balance-sections", language)
    return Table("balance-sections", title, columns, tuple(rows), description=title)


def alike_table(chosen: Sequence[Chosen], *, language: str) -> Table:
    """Return pairs of quotations that are the same words, overlap, or are nearly alike.

    The words are rendered when the table is published.
    """
    rows: list[tuple[Cell, ...]] = []
    for one, other in combinations([one for one in chosen if one.printed and one.extract is not None], 2):
        what = _likeness(one, other)
        if what and one.extract is not None:
            told = printed(f"alike-{what}", language)
            rows.append((told, one.heading, one.coding, other.heading, other.coding, one.extract.coding))
    columns = (
        Column("alike", printed("alike", language)),
        Column("first", printed("theme", language)),
        Column("first_id", printed("id", language)),
        Column("second", printed("theme", language)),
        Column("second_id", printed("id", language)),
        Column("quotation", printed("quotation", language), "quotation"),
    )
    title = printed("balance-alike", language)
    return Table("balance-alike", title, columns, tuple(rows), description=title)


def _likeness(one: Chosen, other: Chosen) -> str:
    """Return whether two quotations are the "same", "overlap" or are "near"; "" where they are neither."""
    from rapidfuzz import fuzz

    if one.extract is None or other.extract is None:
        return ""
    first, second = one.extract.coding.unit, other.extract.coding.unit
    if first.span == second.span:
        return "same"
    same_text = first.span.transcript == second.span.transcript
    if same_text and first.span.start < second.span.end and second.span.start < first.span.end:
        return "overlap"
    words = [unit.text.casefold().split() for unit in (first, second)]
    if min(map(len, words)) < _FEWEST:
        return ""
    return "near" if fuzz.token_sort_ratio(*map(" ".join, words)) >= _ALIKE else ""


def chosen_table(chosen: Sequence[Chosen], names: Mapping[str, str], *, language: str) -> Table:
    """Return what is chosen and in reserve, section by section; the words are rendered when it is published.

    Args:
        chosen: In the order of the sections.
        names: Of codes, by id.
        language: nb, nn or en.
    """
    rows: list[tuple[Cell, ...]] = []
    for one in chosen:
        choice = printed(one.choice, language)
        told = f"{choice} {one.place}" if one.choice == "reserve" else choice
        if one.extract is None:
            rows.append((one.heading, told, one.coding, "", "", None))
            continue
        coding = one.extract.coding
        rows.append(
            (one.heading, told, coding.id, one.extract.participant, names.get(coding.code, coding.code), coding)
        )
    columns = (
        Column("section", printed("theme", language), groups=True),
        Column("choice", printed("choice", language)),
        Column("id", printed("id", language)),
        Column("participant", printed("participant", language)),
        Column("code", printed("code", language)),
        Column("quotation", printed("quotation", language), "quotation"),
    )
    title = printed("chosen-quotations", language)
    return Table("chosen", title, columns, tuple(rows), description=title)


def twice(chosen: Sequence[Chosen]) -> Iterator[tuple[Chosen, Chosen]]:
    """Yield pairs of quotations for print that are the very same words."""
    for one, other in combinations([one for one in chosen if one.printed and one.extract is not None], 2):
        if _likeness(one, other) == "same":
            yield one, other
