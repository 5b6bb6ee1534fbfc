"""What themes rest on, to be read again: extracts gathered, what two themes share, and who speaks."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from qualkit.language.printed import printed
from qualkit.model import Extract, Theme
from qualkit.table import MARK, Cell, Column, Table
from qualkit.themes.structure import codes_of_theme

EXTRACTS = "theme-extracts"
"""Name of the table of extracts gathered under themes."""

SHARED = "theme-shared"
"""Name of the table of passages that two themes share."""


class Shared(NamedTuple):
    """A passage under two themes: the coding of each; the same one where both themes have its code."""

    one: Extract
    other: Extract


def extracts_table(
    themes: Sequence[Theme], extracts: Sequence[Extract], names: Mapping[str, str], *, language: str
) -> Table:
    """Return everything coded under each theme, gathered; a passage under several themes stands under each.

    Args:
        themes: With their subthemes.
        extracts: Accepted ones.
        names: Of codes, by id.
        language: nb, nn or en.
    """
    rows: list[tuple[Cell, ...]] = []
    subthemes = any(theme.subthemes for theme in themes)
    for theme in themes:
        for one in theme.walk():
            heads: list[Cell] = [theme.heading]
            if subthemes:
                heads.append(one.heading if one is not theme else "")
            for code in one.codes:
                found = [extract for extract in extracts if extract.coding.code == code]
                rows += [
                    (*heads, names.get(code, code), extract.coding.id, *_whose(extract), extract.coding)
                    for extract in sorted(found, key=lambda e: (e.participant, e.coding.unit.span))
                ]
    columns = [Column("theme", printed("theme", language), groups=True)]
    if subthemes:
        columns.append(Column("subtheme", printed("subtheme", language), groups=True))
    columns += [
        Column("code", printed("code", language), groups=True),
        Column("id", printed("id", language)),
        Column("participant", printed("participant", language)),
        Column("place", printed("place", language)),
        Column("quotation", printed("quotation", language), "quotation"),
    ]
    title = printed("theme-extracts", language)
    return Table(EXTRACTS, title, tuple(columns), tuple(rows), description=title)


def shared_passages(themes: Sequence[Theme], extracts: Sequence[Extract]) -> dict[tuple[str, str], list[Shared]]:
    """Return, by the ids of two themes, the passages that stand under both; themes include their subthemes.

    A passage is shared where a coding of the one and a coding of the other lie over each other by a character at
    least, or where both themes have its code.
    """
    coded: dict[str, list[Extract]] = defaultdict(list)
    for extract in extracts:
        coded[extract.coding.code].append(extract)
    of = {theme.id: [e for code in codes_of_theme(theme) for e in coded[code]] for theme in themes}
    found: dict[tuple[str, str], list[Shared]] = {}
    for one, two in itertools.combinations(themes, 2):
        pairs = list(_over_each_other(of[one.id], of[two.id]))
        if pairs:
            found[one.id, two.id] = pairs
    return found


def _over_each_other(these: Sequence[Extract], those: Sequence[Extract]) -> Iterator[Shared]:
    by_transcript: dict[str, list[Extract]] = defaultdict(list)
    for extract in those:
        by_transcript[extract.coding.unit.span.transcript].append(extract)
    told: set[object] = set()
    for extract in sorted(these, key=lambda e: e.coding.unit.span):
        span = extract.coding.unit.span
        for other in by_transcript[span.transcript]:
            there = other.coding.unit.span
            if there.start < span.end and span.start < there.end:
                # Two coders' codings of the same words are one passage.
                key = (span, there, extract.coding.code, other.coding.code)
                if key not in told and (there, span, other.coding.code, extract.coding.code) not in told:
                    told.add(key)
                    yield Shared(extract, other)


def overlap_table(
    themes: Sequence[Theme], extracts: Sequence[Extract], names: Mapping[str, str], *, counts: bool, language: str
) -> Table:
    """Return what themes share: codes, and passages, as numbers or the passages themselves.

    Args:
        themes: Those that stand.
        extracts: Accepted ones.
        names: Of codes, by id.
        counts: A matrix of themes against themes with the number of shared passages; else the passages.
        language: nb, nn or en.
    """
    shared = shared_passages(themes, extracts)
    both = {
        (one.id, two.id): [names.get(code, code) for code in codes_of_theme(one) if code in codes_of_theme(two)]
        for one, two in itertools.combinations(themes, 2)
    }
    heading = {theme.id: theme.heading for theme in themes}
    title = printed("theme-overlap", language)
    first = Column("theme", printed("theme", language), groups=True)
    second = Column("other", printed("other-theme", language), groups=True)
    codes = Column("codes", printed("shared-codes", language))
    if counts:
        rows: list[tuple[Cell, ...]] = []
        for pair, told in both.items():
            passages = {(s.one.coding.unit.span, s.other.coding.unit.span) for s in shared.get(pair, ())}
            if told or passages:
                rows.append((heading[pair[0]], heading[pair[1]], ", ".join(told), len(passages) or None))
        number = Column("passages", printed("shared-passages", language), "count")
        return Table(
            "theme-overlap",
            title,
            (first, second, codes, number),
            tuple(rows),
            (printed("overlap-note", language),),
            title,
        )
    listed: list[tuple[Cell, ...]] = []
    for pair, told in both.items():
        for one, other in shared.get(pair, ()):
            used = list(dict.fromkeys(names.get(e.coding.code, e.coding.code) for e in (one, other)))
            words = one if len(one.coding.unit.text) >= len(other.coding.unit.text) else other
            listed.append((heading[pair[0]], heading[pair[1]], " / ".join(used), *_whose(words), words.coding))
        if told and pair not in shared:
            listed.append((heading[pair[0]], heading[pair[1]], ", ".join(told), "", "", None))
    columns = (
        first,
        second,
        Column("codes", printed("codes", language)),
        Column("participant", printed("participant", language)),
        Column("place", printed("place", language)),
        Column("quotation", printed("quotation", language), "quotation"),
    )
    return Table(SHARED, title, columns, tuple(listed), (printed("overlap-note", language),), title)


def people_table(
    themes: Sequence[Theme], extracts: Sequence[Extract], people: Sequence[str], *, counts: bool, language: str
) -> Table:
    """Return who speaks under each theme and who does not, so that a theme of one voice can be seen.

    Args:
        themes: Those that stand.
        extracts: Accepted ones.
        people: Ids, in their order.
        counts: Tell how many passages each has, and how many participants there are.
        language: nb, nn or en.
    """
    rows: list[tuple[Cell, ...]] = []
    for theme in themes:
        for one in theme.walk():
            codes = codes_of_theme(one)
            units: dict[str, set[object]] = defaultdict(set)
            for extract in extracts:
                if extract.coding.code in codes:
                    units[extract.participant].add(extract.coding.unit.span)
            voices = [person for person in people if units.get(person)]
            told = ", ".join(f"{person} ({len(units[person])})" if counts else person for person in voices)
            silent = ", ".join(person for person in people if not units.get(person))
            name = one.heading if one is theme else f"\u2003{one.heading}"
            row: list[Cell] = [name, told, silent, MARK if len(voices) == 1 else None]
            rows.append((*row, len(voices)) if counts else tuple(row))
    columns = [
        Column("theme", printed("theme", language)),
        Column("voices", printed("voices", language)),
        Column("silent", printed("silent", language)),
        Column("alone", printed("one-voice", language), "mark"),
    ]
    if counts:
        columns.append(Column("participants", printed("participant-count", language), "count"))
    title = printed("theme-people", language)
    return Table("theme-people", title, tuple(columns), tuple(rows), description=title)


def _whose(extract: Extract) -> tuple[Cell, Cell]:
    return extract.participant, str(extract.coding.unit.span)
