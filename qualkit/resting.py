"""What in themes.yaml and condensates.yaml rests on meaning units that are going."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from qualkit import study as studies
from qualkit.errors import FaultyFiles, Problem
from qualkit.model import Coding, Study, Theme
from qualkit.reflection import Kind, standing
from qualkit.themes.structure import standing_themes, walk_themes

_TAKE_OUT = "Words of theirs go out of it; what it tells of them in other words is yours to take out."
_NOTED: dict[Kind, str] = {"impression": "the impression", "note": "a note", "verdict": "the verdict"}
_READ_AGAIN = "Read it again: does it still hold without them?"


@dataclass(frozen=True, slots=True)
class Rest:
    """Something that rests on a coding.

    Attributes:
        kind: A text written from it, the golden quotation, the unit a condensate is begun from, a quotation chosen
            for a theme or kept in reserve, or the unit made shorter.
        name: Of the subgroup or theme.
        coding: Its id.
    """

    kind: Literal["condensate", "golden", "start", "quotation", "reserve", "condensed"]
    name: str
    coding: str


def rests_on(study: Study, codings: Collection[str]) -> list[Rest]:
    """Return what rests on codings, for whoever is about to take one away or give it another code.

    That a unit stands in a subgroup of which nothing is written is no such thing: it is placed again in a moment.

    Args:
        study: As its files are now; a file that cannot be read tells of nothing.
        codings: Their ids.
    """
    found: list[Rest] = []
    try:
        groups, _ = studies.read_condensates(study)
        themes, _ = studies.read_themes(study)
        condensed, _ = studies.read_condensed(study)
    except FaultyFiles:
        return []
    for subgroup in (subgroup for group in groups for subgroup in group.subgroups):
        if subgroup.condensate or subgroup.analytic:
            found += [Rest("condensate", subgroup.name, one) for one in subgroup.used() if one in codings]
        if subgroup.golden in codings:
            found.append(Rest("golden", subgroup.name, subgroup.golden))
        if subgroup.start in codings:
            found.append(Rest("start", subgroup.name, subgroup.start))
    for theme in walk_themes(standing_themes(themes)):
        found += [Rest("quotation", theme.heading, one) for one in theme.quotations if one in codings]
        found += [Rest("reserve", theme.heading, one) for one in theme.reserve if one in codings]
    return found + [Rest("condensed", "", one.coding) for one in condensed if one.coding in codings]


def rested_on(study: Study, gone: Sequence[Coding], transcripts: Collection[str]) -> list[Problem]:
    """Return a warning for each theme and condensate that rested on codings that go.

    Args:
        study: As it is now.
        gone: Codings that go.
        transcripts: Those that are there, whose ids say how many a theme is left with.
    """
    accepted = [coding for coding in gone if coding.status == "accepted"]
    if not accepted:
        return []
    ids = {coding.id for coding in gone}
    before, _ = studies.read_all_codings(study)
    left = [coding for coding in before if coding.status == "accepted" and coding.id not in ids]
    try:
        themes, _ = studies.read_themes(study)
    except FaultyFiles:
        themes = ()
    problems = []
    lost = Counter(coding.code for coding in accepted)
    for theme, below in _walk(themes):
        went = sum(lost[code] for code in below)
        chosen = sum(identifier in ids for identifier in theme.quotations)
        if not went and not chosen:
            continue
        stays = [coding for coding in left if coding.code in below and coding.unit.span.transcript in transcripts]
        sources = len({coding.unit.span.transcript for coding in stays})
        message = f"the theme rested on {_units(went)}; {len(stays)} are left, from {_many(sources, 'transcript')}"
        hint = _READ_AGAIN
        if chosen:
            hint += f" Choose another quotation for {'the one' if chosen == 1 else f'the {chosen}'} that goes."
        problems.append(Problem(studies.THEMES, theme.line, None, "themes", message, hint, "warning"))
    return problems + _condensates(study, ids)


def noted_about(study: Study, transcripts: Collection[str]) -> list[Problem]:
    """Return a warning for each standing entry of an analyst about transcripts out of which somebody's turns go."""
    try:
        reflections, _ = studies.read_reflections(study)
    except FaultyFiles:
        return []
    problems = []
    for kind, what in _NOTED.items():
        for one in standing(reflections, kind):
            if one.about in transcripts:
                file = studies.relative(study, studies.reflections_path(study, one.by))
                message = f"{what} of {one.about} was written when somebody who goes took part"
                problems.append(Problem(file, one.line, None, "reflections", message, _TAKE_OUT, "warning"))
    return problems


def _units(number: int) -> str:
    return "1 meaning unit that goes" if number == 1 else f"{number} meaning units that go"


def _many(number: int, what: str) -> str:
    return f"1 {what}" if number == 1 else f"{number} {what}s"


def _condensates(study: Study, ids: Collection[str]) -> list[Problem]:
    """Return a warning for each subgroup whose texts were written from codings that go, or whose quotation goes."""
    try:
        groups, _ = studies.read_condensates(study)
    except FaultyFiles:
        return []
    problems = []
    for subgroup in (subgroup for group in groups for subgroup in group.subgroups):
        went = sum(unit in ids for unit in subgroup.used())
        written = bool(subgroup.condensate or subgroup.analytic)
        if not (went and written) and subgroup.golden not in ids:
            continue
        message = f"the condensate of “{subgroup.id}” rested on {_units(went)}; {len(subgroup.used()) - went} are left"
        hint = "Write it again without them." if written else ""
        if subgroup.golden in ids:
            message = message if written else f"the golden quotation of “{subgroup.id}” goes"
            hint = f"{hint} Choose another golden quotation.".strip()
        problems.append(Problem(studies.CONDENSATES, subgroup.line, None, "condensates", message, hint, "warning"))
    return problems


def _walk(themes: Sequence[Theme]) -> Iterator[tuple[Theme, set[str]]]:
    for theme in themes:
        inner = list(_walk(theme.subthemes))
        yield theme, set(theme.codes).union(*(codes for _, codes in inner))
        yield from inner
