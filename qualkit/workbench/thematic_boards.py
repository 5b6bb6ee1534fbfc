"""The themes board and the thematic map: codes laid under candidate themes, what a theme is and is not, its status.

Every request that changes something names the themes.yaml that the page shows. Where the file is another one by now,
nothing is written, and the page shows what stands there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, cast, get_args

from qualkit import quotations
from qualkit import study as studies
from qualkit.errors import QualkitError
from qualkit.mapping import placed_map, plan_link, plan_on_map
from qualkit.material import Material
from qualkit.model import READ_FIRST, Study, Theme, ThemeStatus
from qualkit.reviewing import ChangedMeanwhile
from qualkit.text import sha256_hex
from qualkit.thematic import Arrow
from qualkit.themes.structure import walk_themes
from qualkit.theming import (
    ThemeChange,
    carry_theme_change,
    plan_add,
    plan_move,
    plan_put,
    plan_rename,
    plan_status,
    plan_take,
    plan_writing,
    write_on,
)
from qualkit.workbench.answers import Answer, Ask, BadRequest, Route
from qualkit.workbench.collating import colours_of
from qualkit.workbench.desk import Desk
from qualkit.workbench.shelf import material_of, seen
from qualkit.workbench.sittings import goes_on, written_on
from qualkit.workbench.visits import coder_of, held, remembered, state, visit_of

Plan = Callable[[Material, str], ThemeChange]

_SAID = ("test", "definition", "concept", "in", "out", "text")
_LONGEST = 50_000
_MOST_NODES = 200
_SETTLED = 2


class ThemesChanged(ChangedMeanwhile):
    """themes.yaml is another one than the page shows."""

    def __init__(self) -> None:
        QualkitError.__init__(
            self,
            "themes.yaml was changed somewhere else meanwhile, so nothing was saved",
            "The page shows what stands there now. Do it again if you still want to.",
        )


def show_themes(desk: Desk, ask: Ask) -> Answer:
    """Return the themes, the codes under each, and the codes that stand under none."""
    return _board(desk, ask, desk.study())


def _board(desk: Desk, ask: Ask, study: Study) -> dict[str, Any]:
    material = material_of(study)
    counts: dict[str, int] = {}
    people: dict[str, set[str]] = {}
    for extract in material.accepted():
        counts[extract.coding.code] = counts.get(extract.coding.code, 0) + 1
        people.setdefault(extract.coding.code, set()).add(extract.participant)
    under = {code for theme in walk_themes(material.themes) for code in theme.codes}
    colours = colours_of(material)
    used = [code for code in material.codebook.walk() if code.id in counts or code.codable or code.id in under]
    return {
        "themes": [_theme(theme, "") for theme in material.themes],
        "dropped": [_theme(theme, "") for theme in material.dropped],
        "codes": [
            {
                "id": code.id,
                "name": code.name,
                "colour": colours[code.id],
                "definition": code.definition or code.brief,
                "units": counts.get(code.id, 0),
                "participants": len(people.get(code.id, set()) - {""}),
            }
            for code in used
        ],
        "loose": [code.id for code in used if code.id not in under],
        "counts": study.settings.method not in READ_FIRST,
        "problems": ask.problems(each for each in material.problems if each.file == studies.THEMES),
        "version": version(study),
        "seen": seen(study),
        **state(visit_of(desk, ask)),
    }


def _theme(theme: Theme, above: str) -> dict[str, Any]:
    return {
        "id": theme.id,
        "heading": theme.heading,
        "under": above,
        "status": theme.status,
        "codes": list(theme.codes),
        "quotations": list(theme.quotations),
        "test": theme.test,
        "definition": theme.definition,
        "concept": theme.concept,
        "in": theme.includes,
        "out": theme.excludes,
        "text": theme.text,
        "why": theme.why,
        "by": theme.by,
        "date": theme.date,
        "earlier": len(theme.earlier),
        "subthemes": [_theme(each, theme.id) for each in theme.subthemes],
    }


def show_map(desk: Desk, ask: Ask) -> Answer:
    """Return the thematic map with everything in its place."""
    study = desk.study()
    material = material_of(study)
    drawn = placed_map(material) if material.themes else None
    return {"map": drawn, "version": version(study), "seen": seen(study), **state(visit_of(desk, ask))}


# --- changing -----------------------------------------------------------------------------------------------


def new_theme(desk: Desk, ask: Ask) -> Answer:
    """Add a candidate theme, with codes if some are named."""
    heading, codes = _heading(ask), ask.texts("codes") if ask.body.get("codes") else []
    made: list[str] = []

    def plan(material: Material, who: str) -> ThemeChange:
        change = plan_add(material, who, heading, under=ask.text("under", ""), codes=codes)
        made.extend(change.ids)
        return change

    answer = _carried(desk, ask, "themes add", heading, [plan])
    return {**answer, "made": made[0] if made else ""}


def change_theme(desk: Desk, ask: Ask) -> Answer:
    """Give a theme another heading, status, place, or other words."""
    name = ask.path["theme"]
    plans: list[Plan] = []
    if "heading" in ask.body:
        heading = _heading(ask)
        plans.append(lambda material, who: plan_rename(material, who, name, heading))
    if "status" in ask.body:
        status, why = ask.text("status"), ask.text("why", "")
        if status not in get_args(ThemeStatus):
            raise BadRequest("there is no such status")
        plans.append(lambda material, who: plan_status(material, who, name, cast("ThemeStatus", status), why=why))
    if "under" in ask.body:
        under = ask.text("under")
        plans.append(lambda material, who: plan_move(material, who, name, under))
    said = {key: ask.text(key) for key in _SAID if key in ask.body}
    if any(len(words) > _LONGEST for words in said.values()):
        raise BadRequest("the text is too long")
    if said and len(said) == len(ask.body) - ("again" in ask.body) - ("version" in ask.body):
        return _written(desk, ask, name, said)
    if said:
        plans.append(lambda material, who: plan_writing(material, who, name, said))
    if not plans:
        raise BadRequest("nothing was said to change")
    what = "rename" if "heading" in ask.body else "status" if "status" in ask.body else "write" if said else "move"
    return _carried(desk, ask, f"themes {what}", name, plans)


def _written(desk: Desk, ask: Ask, name: str, said: Mapping[str, str]) -> Answer:
    """Write words of a theme. What is written on in one sitting is one wording, and one step back."""
    about = " ".join((name, *said))
    if not goes_on(ask, about):
        plans: list[Plan] = [lambda material, who: plan_writing(material, who, name, said)]
        return _carried(desk, ask, "themes write", about, plans)
    with held(desk, ask) as study:
        _same(study, ask)
        with written_on(desk, ask, study, "themes write", about, study.root / studies.THEMES):
            write_on(material_of(study), coder_of(desk, ask, study), name, said)
    return {**_board(desk, ask, desk.study()), "told": []}


def put_codes(desk: Desk, ask: Ask) -> Answer:
    """Lay codes under a theme; they leave the one they are dragged from, and stay under any other."""
    codes, left, to = ask.texts("codes"), ask.text("from", ""), ask.text("to", "")
    plans: list[Plan] = []
    if to:
        plans.append(lambda material, who: plan_put(material, who, codes, to))
    if left and left != to:
        plans.append(lambda material, who: plan_take(material, who, codes, left))
    if not plans:
        raise BadRequest("name a theme the codes go to, or come from")
    return _carried(desk, ask, "themes put", to or left, plans)


def choose_quotation(desk: Desk, ask: Ask) -> Answer:
    """Choose a unit as a quotation of a theme, or take it out of its quotations."""
    unit, name, off = ask.text("unit"), ask.path["theme"], ask.body.get("off") is True
    with _held(desk, ask, "quotations unchoose" if off else "quotations choose", name) as study:
        act = quotations.unchoose if off else quotations.choose
        act(material_of(study), coder_of(desk, ask, study), unit, name)
    return _board(desk, ask, desk.study())


def put_on_map(desk: Desk, ask: Ask) -> Answer:
    """Fix where themes and codes stand on the map, by their names there; null lets the map place one."""
    places = ask.body.get("places")
    if not isinstance(places, dict) or not 0 < len(places) <= _MOST_NODES:
        raise BadRequest("name what stands where")
    plans = [_placing(_plain(str(name)), _place(where)) for name, where in places.items()]
    _carried(desk, ask, "themes map", ", ".join(map(_plain, places))[:200], plans)
    return show_map(desk, ask)


def _placing(name: str, place: tuple[float, float] | None) -> Plan:
    return lambda material, who: plan_on_map(material, who, name, place)


def _plain(name: str) -> str:
    """Return the name of a node as themes.yaml has it: a bare id means the theme."""
    return name.removeprefix("theme:")


def _place(where: object) -> tuple[float, float] | None:
    if where is None:
        return None
    if not isinstance(where, list) or len(where) != 2:
        raise BadRequest("a place on the map is two numbers")
    return _share(where[0]), _share(where[1])


def link_on_map(desk: Desk, ask: Ask) -> Answer:
    """Draw a line between two things on the map, name it, or take it away."""
    start, end, name, off = ask.text("start"), ask.text("end"), ask.text("name", ""), ask.body.get("off") is True
    arrow = ask.text("arrow", "none")
    if arrow not in get_args(Arrow) or len(name) > 200:
        raise BadRequest("a link has a short name, and an arrow to one side, both or none")
    called = " ".join(name.split())

    def plan(material: Material, who: str) -> ThemeChange:
        ends = _plain(start), _plain(end)
        return plan_link(material, who, *ends, called, arrow=cast("Arrow", arrow), off=off)

    _carried(desk, ask, "themes link", start, [plan])
    return show_map(desk, ask)


def _carried(desk: Desk, ask: Ask, what: str, about: str, plans: Sequence[Plan]) -> dict[str, Any]:
    """Plan and carry out changes one after the other, as one step of the tab."""
    told: list[str] = []
    with _held(desk, ask, what, about) as study:
        material = material_of(study)
        for number, plan in enumerate(plans):
            # What a plan needs of the material is settled by the first one; the file itself is read every time.
            material = material_of(study) if number < _SETTLED else material
            change = plan(material, coder_of(desk, ask, study))
            carry_theme_change(study, change)
            told += change.told
    return {**_board(desk, ask, desk.study()), "told": told}


@contextmanager
def _held(desk: Desk, ask: Ask, what: str, about: str) -> Iterator[Study]:
    """Hold the study, see that the page shows themes.yaml as it is, and remember the change for the tab."""
    file = desk.study().root / studies.THEMES
    with held(desk, ask) as study:
        _same(study, ask)
        with remembered(desk, ask, study, what, about, [file]):
            yield study


def _same(study: Study, ask: Ask) -> None:
    if ask.text("version") != version(study):
        raise ThemesChanged


def version(study: Study) -> str:
    """Return what themes.yaml says, as a short name for it: the same words have the same name."""
    return sha256_hex(studies.themes_text(study))[:24]


def _share(number: object) -> float:
    if not isinstance(number, int | float) or isinstance(number, bool) or not 0 <= number <= 1:
        raise BadRequest("a place on the map is between 0 and 1")
    return round(float(number), 3)


def _heading(ask: Ask) -> str:
    heading = " ".join(ask.text("heading").split())
    if not heading or len(heading) > 300:
        raise BadRequest("a theme needs a heading of at most 300 characters")
    return heading


ROUTES: tuple[Route, ...] = (
    ("GET", "/api/themes", show_themes),
    ("POST", "/api/themes", new_theme),
    ("PATCH", "/api/themes/{theme}", change_theme),
    ("POST", "/api/themes/codes", put_codes),
    ("POST", "/api/themes/{theme}/quotations", choose_quotation),
    ("GET", "/api/map", show_map),
    ("POST", "/api/map/links", link_on_map),
    ("POST", "/api/map/places", put_on_map),
)
