"""What was done in a study, when and by whom, by the steps of its method: told from its trail and its dated files."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Final

from qualkit import study as studies
from qualkit.language.printed import printed
from qualkit.material import Material
from qualkit.model import RULES_CODER, Decision, Method, Theme
from qualkit.table import Cell, Column, Table

_FIRST: Final = ("prepare", ("added", "anonymised", "preconceptions", "power"))
_CODED: Final = ("coded", "rejected", "codebook")
_SIX: Final = (
    ("familiar", ("read", "note", "impression", "journal")),
    ("coding", _CODED),
    ("initial", ("theme", "themes")),
    ("review", ("changed", "dropped")),
    ("define", ("defined",)),
    ("write", ("written", "quotations", "verdict")),
)
STEPS: Final[Mapping[Method, tuple[tuple[str, tuple[str, ...]], ...]]] = MappingProxyType(
    {
        "stc": (
            _FIRST,
            ("impression", ("read", "impression", "note", "theme")),
            ("units", (*_CODED, "journal")),
            ("condense", ("subgroups", "placed", "aside", "condensates", "golden")),
            ("synthesis", ("analytic", "themes", "changed", "dropped", "written", "quotations", "verdict")),
        ),
        "reflexive-ta": (_FIRST, *_SIX),
        "codebook-ta": (_FIRST, *_SIX),
        "framework": (
            _FIRST,
            _SIX[0],
            ("frame", ("theme", "codebook")),
            ("index", ("coded", "rejected")),
            ("map", ("themes", "changed", "dropped", "defined", "written", "quotations", "verdict")),
        ),
        "content-analysis": (
            _FIRST,
            _SIX[0],
            ("mu", ("coded", "rejected")),
            ("cu", ("condensed",)),
            ("categories", ("theme", "codebook")),
            ("themes", ("themes", "changed", "dropped", "defined", "written", "quotations", "verdict")),
        ),
    }
)
"""By method, its steps with the activities that belong to each, after one for what comes before."""

_RARE: Final = frozenset({"changed", "dropped", "rejected", "aside", "journal", "note"})
"""Nobody misses these where they were not done."""

_CODEBOOK: Final = ("codebook", "rename", "merge", "split", "move", "drop", "draft", "add-code")


@dataclass(frozen=True, slots=True)
class Done:
    """One thing that was done.

    Attributes:
        activity: As the steps name it.
        object: What it was done to: of the same one only one is counted.
        who: A coder; "" where it is not known.
        day: ISO 8601, or "".
    """

    activity: str
    object: str
    who: str = ""
    day: str = ""


def steps_table(material: Material, trail: Sequence[Decision]) -> Table:
    """Return the steps of the study's method with what was done in each, when and by whom.

    Args:
        material: Of the study.
        trail: Its decisions.
    """
    language = material.study.settings.language
    told: dict[str, list[Done]] = defaultdict(list)
    for done in everything_done(material, trail):
        told[done.activity].append(done)
    rows: list[tuple[Cell, ...]] = []
    for step, activities in STEPS[material.study.settings.method]:
        name = printed(f"step-{step}", language)
        here = [(key, told[key]) for key in activities if told[key]]
        rows += [(name, *_told(key, found, language)) for key, found in here]
        if not any(key not in _RARE for key, _ in here):
            rows.append((name, printed("not-recorded", language), None, None))
    columns = (
        Column("step", printed("step", language), groups=True),
        Column("done", printed("done", language)),
        Column("when", printed("when", language)),
        Column("who", printed("by-whom", language)),
    )
    title = printed("steps", language)
    return Table("steps", title, columns, tuple(rows), (printed("steps-note", language),), description=title)


def _told(key: str, found: Sequence[Done], language: str) -> tuple[Cell, ...]:
    days = sorted({done.day for done in found if done.day})
    when = " – ".join(dict.fromkeys(_day(day, language) for day in (days[0], days[-1]))) if days else ""
    who = ", ".join(sorted({done.who for done in found if done.who}))
    number = len({done.object for done in found})
    return printed(f"did-{key}", language, n=number), when or None, who or None


def _day(day: str, language: str) -> str:
    """Return a day as it is printed.

    Example:
        >>> _day("2026-03-09", "nb"), _day("2026-03-09", "en")
        ('9.3.2026', '9\xa0Mar\xa02026')
    """
    try:
        found = date.fromisoformat(day)
    except ValueError:
        return day
    if language != "en":
        return f"{found.day}.{found.month}.{found.year}"
    return f"{found.day}\u00a0{printed('months', language).split()[found.month - 1]}\u00a0{found.year}"


def everything_done(material: Material, trail: Sequence[Decision]) -> Iterator[Done]:
    """Yield what was done, out of the trail and of what carries a date and a name by itself."""
    yield from _of_trail(trail)
    for who, transcript, when in studies.reading_marks(material.study):
        yield Done("read", transcript, who, when[:10])
    for name in material.transcripts:
        yield Done("added", name)
    for extract in material.extracts:
        coding = extract.coding
        if coding.coder != RULES_CODER and coding.status in ("accepted", "rejected"):
            activity = "coded" if coding.status == "accepted" else "rejected"
            yield Done(activity, coding.id, coding.coder, coding.created[:10])
    for one in material.reflections:
        if one.kind != "asked":
            about = one.about or (one.date if one.kind in ("journal", "preconceptions") else "")
            yield Done(one.kind, f"{one.by}/{about}", one.by, one.date[:10])
    yield from _condensed(material)
    for theme in (*material.themes, *material.dropped):
        yield from _of_theme(theme)


def _of_trail(trail: Sequence[Decision]) -> Iterator[Done]:
    for number, one in enumerate(trail):
        day, what = one.when[:10], one.what
        if what in ("add", "add-again"):
            yield Done("added", one.object, one.who, day)
        elif what.startswith("anonymise"):
            yield Done("anonymised", f"{number}", one.who, day)
        elif what == "condense write" and isinstance(one.after, dict) and one.after.get("what") == "analytic":
            yield Done("analytic", one.object.removeprefix("subgroup "), one.who, day)
        elif what == "condense golden":
            yield Done("golden", one.object.removeprefix("subgroup "), one.who, day)
        elif what == "condense place":
            yield Done("placed", one.object.removeprefix("coding "), one.who, day)
        elif what.split(" ")[0].startswith(_CODEBOOK) and one.object.partition(" ")[0] not in ("coding", "theme"):
            yield Done("codebook", f"{number}", one.who, day)


def _condensed(material: Material) -> Iterator[Done]:
    for group in material.groups:
        for one in group.subgroups:
            yield Done("subgroups", one.id)
            for unit in one.units:
                yield Done("placed" if unit.fate == "used" else "aside", unit.coding)
            if one.condensate:
                yield Done("condensates", f"{one.id}/{len(one.versions)}", one.by, one.date[:10])
            for number, version in enumerate(one.versions):
                yield Done("condensates", f"{one.id}/{number}", version.by, version.date[:10])
            if one.golden:
                yield Done("golden", one.id)
            if one.analytic:
                yield Done("analytic", one.id)
    for unit_ in material.condensed:
        yield Done("condensed", unit_.coding, unit_.by, unit_.date[:10])


def _of_theme(theme: Theme) -> Iterator[Done]:
    by, day = theme.by, theme.date[:10]
    yield Done("themes", theme.id, by, day)
    if theme.status == "dropped":
        yield Done("dropped", theme.id, by, day)
        return
    for number, was in enumerate(theme.earlier):
        yield Done("changed", f"{theme.id}/{number}", was.by, was.date[:10])
    if theme.definition or theme.concept:
        yield Done("defined", theme.id, by, day)
    if theme.text:
        yield Done("written", theme.id, by, day)
    for coding in theme.quotations:
        yield Done("quotations", coding)
    for each in theme.subthemes:
        yield from _of_theme(each)
