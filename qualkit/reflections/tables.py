"""What analysts noted, laid side by side: to see more, not to agree."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from qualkit.language.printed import printed
from qualkit.reflection import DIMENSIONS, Kind, Reflection, standing
from qualkit.table import Cell, Column, Table


def side_by_side(
    reflections: Sequence[Reflection], kind: Kind, order: Sequence[str], *, language: str, everybody: Sequence[str] = ()
) -> Table:
    """Return what each analyst wrote about each thing, a column an analyst.

    Args:
        reflections: Of all analysts.
        kind: "impression", "note", "theme", "power" or "preconceptions".
        order: What they may be about, in this order; other things follow.
        language: Of the headings.
        everybody: Analysts who have a column also where they wrote nothing.
    """
    found: dict[str, dict[str, list[Reflection]]] = {name: {} for name in order}
    names: dict[str, str] = {name: name for name in order}
    for one in standing(reflections, kind):
        # Two analysts' themes meet where they call them alike, however they write it.
        key = one.about.casefold() if kind == "theme" else one.about
        names.setdefault(key, one.about)
        found.setdefault(key, {}).setdefault(one.by, []).append(one)
    wrote = {one.by for one in reflections if one.kind == kind}
    people = sorted(wrote | set(everybody)) or [""]
    rows: list[tuple[Cell, ...]] = [
        (
            _shown(kind, names[key], language),
            *("\n\n".join(map(_told, by.get(person, []))) or None for person in people),
        )
        for key, by in found.items()
    ]
    if kind == "preconceptions":
        rows = [row[1:] for row in rows]
    label = {"theme": "preliminary-theme", "power": "dimension"}.get(kind, "transcript")
    first = () if kind == "preconceptions" else (Column("about", printed(label, language)),)
    columns = (*first, *(Column(person or "text", person or printed("text", language)) for person in people))
    title = printed(f"read-{kind}", language)
    notes = (printed("power-note", language),) if kind == "power" else ()
    return Table(f"read-{kind}", title, columns, tuple(rows), notes, description=title)


def journal_table(reflections: Iterable[Reflection], *, language: str) -> Table:
    """Return the entries of the reflexive journals in the order of their days."""
    entries = sorted(standing(reflections, "journal"), key=lambda one: (one.date, one.by))
    title = printed("read-journal", language)
    columns = (
        Column("date", printed("date", language)),
        Column("analyst", printed("analyst", language)),
        Column("text", printed("text", language)),
    )
    return Table("read-journal", title, columns, tuple((e.date, e.by, e.text) for e in entries), description=title)


def versions_table(reflections: Iterable[Reflection], kind: Kind, about: str, *, language: str) -> Table:
    """Return everything that was ever written about one thing, the latest last."""
    entries = [one for one in reflections if one.kind == kind and one.about == about]
    title = printed(f"read-{kind}", language) + (f": {_shown(kind, about, language)}" if about else "")
    columns = (
        Column("analyst", printed("analyst", language), groups=True),
        Column("date", printed("date", language)),
        Column("text", printed("text", language)),
    )
    rows = tuple((one.by, one.date, _told(one) or None) for one in entries)
    return Table(f"read-{kind}", title, columns, rows, description=title)


def verdicts_table(
    reflections: Iterable[Reflection],
    transcripts: Sequence[str],
    uncoded: Mapping[str, int],
    *,
    language: str,
    changed_on: str = "",
) -> Table:
    """Return what every transcript says of the result, and which nobody has read again yet.

    Args:
        reflections: Of all analysts.
        transcripts: Ids, in their order.
        uncoded: Turns in which nothing was ever coded, by transcript: where what speaks against may stand.
        language: Of the headings.
        changed_on: The day on which a result was changed last; verdicts that are older are told.
    """
    by_transcript: dict[str, list[Reflection]] = {name: [] for name in transcripts}
    for one in standing(reflections, "verdict"):
        by_transcript.setdefault(one.about, []).append(one)
    rows: list[tuple[Cell, ...]] = []
    older = 0
    for name, verdicts in by_transcript.items():
        left = uncoded.get(name) or None
        if not verdicts:
            rows.append((name, printed("not-read-again", language), None, None, None, None, left))
        for one in verdicts:
            older += bool(one.date and one.date < changed_on)
            said = printed(f"verdict-{one.verdict}", language)
            rows.append((name, said, one.text or None, one.changed or None, one.by, one.date or None, left))
    keys = ("transcript", "verdict", "text", "changed", "analyst", "date")
    columns = (
        *(Column(key, printed(key, language), groups=key == "transcript") for key in keys),
        Column("uncoded", printed("uncoded-turns", language), "count"),
    )
    title = printed("read-verdict", language)
    notes = [printed("verdicts-older", language, number=older, date=changed_on)] if older else []
    against = any(one.verdict != "supports" for found in by_transcript.values() for one in found)
    if all(by_transcript.values()) and by_transcript and not against:
        notes.append(printed("nothing-against", language))
    return Table("read-verdict", title, columns, tuple(rows), tuple(notes), description=title)


def dimensions(language: str) -> dict[str, str]:
    """Return the dimensions of information power with what is asked in each."""
    return {name: printed(f"power-{name}", language) for name in DIMENSIONS}


def _shown(kind: Kind, about: str, language: str) -> str:
    return printed(f"power-{about}", language) if kind == "power" and about in DIMENSIONS else about


def _told(one: Reflection) -> str:
    if one.kind == "theme":
        return one.text or "●"
    return one.text
