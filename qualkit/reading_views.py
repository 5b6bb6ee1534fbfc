"""Who has read and noted what of a study, and what every transcript says of the result when it is read again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace

from qualkit import study as studies
from qualkit.language.printed import printed
from qualkit.material import Material
from qualkit.model import RULES_CODER
from qualkit.reflection import DIMENSIONS, Reflection, standing
from qualkit.reflections.tables import side_by_side, verdicts_table
from qualkit.rereading import unread_turns
from qualkit.table import MARK, Cell, Column, Table

_RESULTS = ("condense write", "themes", "theme")


def overview(material: Material) -> Table:
    """Return, by transcript and analyst, what was read, noted, coded and read again.

    The notes below tell what each has written that is about no one transcript, and, in text condensation,
    whose coding began before there were preliminary themes: a reminder, nothing is forbidden.
    """
    study = material.study
    begun = _coding_begun(material)
    everybody = analysts(material)
    impressions = {(one.about, one.by): one for one in standing(material.reflections, "impression")}
    verdicts = {(one.about, one.by): one for one in standing(material.reflections, "verdict")}
    notes = Counter((one.about, one.by) for one in standing(material.reflections, "note"))
    marked = {name: studies.transcripts_read(study, name) for name in everybody}
    rows: list[tuple[Cell, ...]] = []
    for name in material.transcripts:
        for who in everybody or [""]:
            impression, verdict = impressions.get((name, who)), verdicts.get((name, who))
            rows.append(
                (
                    name,
                    who,
                    _day(impression),
                    notes[name, who] or None,
                    begun.get((name, who)),
                    MARK if name in marked.get(who, ()) else None,
                    verdict.verdict if verdict is not None else None,
                )
            )
    columns = (
        Column("transcript", "Transcript", groups=True),
        Column("analyst", "Analyst"),
        Column("impression", "Impression"),
        Column("notes", "Notes", "count"),
        Column("coding", "Coding begun"),
        Column("read", "Marked as read", "mark"),
        Column("verdict", "Read again"),
    )
    return Table("reading", "Who has read and noted what", columns, tuple(rows), tuple(_told(material, begun)))


def analysts(material: Material) -> list[str]:
    """Return everybody who noted or coded something, or is named as coder in study.yaml."""
    wrote = {one.by for one in material.reflections}
    coded = {one.coder for one in material.coding_files if one.coder != RULES_CODER}
    named = [name for coder in material.study.settings.coders if (name := studies.whoami(material.study, coder))]
    return list(dict.fromkeys([*named, *sorted(wrote | coded)]))


def impressions(material: Material) -> Table:
    """Return the impressions of all analysts side by side, a row for each transcript."""
    order, language = list(material.transcripts), material.study.settings.language
    return side_by_side(material.reflections, "impression", order, language=language)


def notes(material: Material) -> Table:
    """Return the familiarisation notes of all analysts side by side, a row for each transcript."""
    order, language = list(material.transcripts), material.study.settings.language
    return side_by_side(material.reflections, "note", order, language=language)


def preliminary_themes(material: Material) -> Table:
    """Return the preliminary themes of all analysts side by side: what one saw and another did not, shows.

    Those that were given up stand below.
    """
    language = material.study.settings.language
    table = side_by_side(material.reflections, "theme", (), language=language)
    dropped = [one for one in material.reflections if one.dropped]
    stand = {(one.by, one.about.casefold()) for one in standing(material.reflections, "theme")}
    gone = [one for one in dropped if (one.by, one.about.casefold()) not in stand]
    notes = [printed("given-up", language, name=one.about, analyst=one.by, why=one.text or "–") for one in gone]
    return replace(table, notes=(*table.notes, *dict.fromkeys(notes)))


def preconceptions(material: Material) -> Table:
    """Return the preconceptions of all analysts side by side."""
    return side_by_side(material.reflections, "preconceptions", (), language=material.study.settings.language)


def information_power(material: Material) -> Table:
    """Return what analysts wrote on the five dimensions of information power."""
    return side_by_side(material.reflections, "power", DIMENSIONS, language=material.study.settings.language)


def verdicts(material: Material) -> Table:
    """Return what every transcript says of the result, and in how many of its turns nothing was ever coded."""
    uncoded = Counter(str(row[0]) for row in unread_turns(material).rows)
    trail, _ = studies.read_trail(material.study)
    changed = max((line.when[:10] for line in trail if line.what.startswith(_RESULTS)), default="")
    return verdicts_table(
        material.reflections,
        list(material.transcripts),
        uncoded,
        language=material.study.settings.language,
        changed_on=changed,
    )


def _told(material: Material, begun: Mapping[tuple[str, str], str]) -> list[str]:
    told = []
    found = material.reflections
    for who in analysts(material):
        mine = [one for one in found if one.by == who]
        preconception = next(iter(standing(mine, "preconceptions")), None)
        themes, journal, power = (standing(mine, kind) for kind in ("theme", "journal", "power"))
        parts = [
            *([f"preconceptions ({preconception.date})"] if preconception is not None else []),
            *([f"preliminary themes: {len(themes)}"] if themes else []),
            *([f"entries of the journal: {len(journal)}"] if journal else []),
            *([f"information power: {len(power)} of {len(DIMENSIONS)} dimensions"] if power else []),
        ]
        if parts:
            told.append(f"{who}: {', '.join(parts)}.")
        first = min((day for (_, coder), day in begun.items() if coder == who), default="")
        written = min((one.date for one in mine if one.kind == "theme" and one.date), default="")
        if material.study.settings.method == "stc" and first and (not written or first < written):
            when = f"preliminary themes were written on {written}" if written else "no preliminary theme is written yet"
            told.append(f"{who} began to code on {first}; {when}.")
    return told


def _day(one: Reflection | None) -> str | None:
    return None if one is None else one.date or MARK


def _coding_begun(material: Material) -> dict[tuple[str, str], str]:
    """Return, by transcript and analyst, the day of their first own coding."""
    found: dict[tuple[str, str], str] = {}
    for one in material.coding_files:
        days = [c.created[:10] for c in one.codings if c.status != "proposed" and c.created]
        if days and one.coder != RULES_CODER:
            found[one.transcript, one.coder] = min(days)
    return found
