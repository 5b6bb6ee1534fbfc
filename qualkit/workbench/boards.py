"""The condensing board: a code group's meaning units sorted into subgroups, and the texts written from them.

Every request that changes something names the condensates.yaml that the page shows. Where the file is another one by
now (an editor, a second window, the shell), nothing is written, and the page shows what stands there.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from qualkit import condensing
from qualkit import study as studies
from qualkit.coding.codebook import find_code
from qualkit.condensate import Subgroup
from qualkit.condensation.gathering import Gathered
from qualkit.condensation.grounding import ground
from qualkit.condensing import find_subgroup, gathered_groups
from qualkit.errors import FaultyFiles, QualkitError
from qualkit.material import Material
from qualkit.model import Study
from qualkit.regrouping import regroup
from qualkit.reviewing import ChangedMeanwhile
from qualkit.text import sha256_hex
from qualkit.workbench.answers import Answer, Ask, BadRequest, Route
from qualkit.workbench.collating import colours_of
from qualkit.workbench.desk import Desk
from qualkit.workbench.passages import codable
from qualkit.workbench.shelf import material_of, seen, unit_json
from qualkit.workbench.sittings import goes_on, written_on
from qualkit.workbench.visits import change, coder_of, held, remembered, state, visit_of

_LONGEST = 20_000


class CondensatesChanged(ChangedMeanwhile):
    """condensates.yaml is another one than the page shows."""

    def __init__(self) -> None:
        QualkitError.__init__(
            self,
            "condensates.yaml was changed somewhere else meanwhile, so nothing was saved",
            "The page shows what stands there now. Do it again if you still want to.",
        )


# --- showing ------------------------------------------------------------------------------------------------


def show_groups(desk: Desk, ask: Ask) -> Answer:
    """Return the code groups with how far each is condensed."""
    study = desk.study()
    material = material_of(study)
    names = {code.id: code for code in material.codebook.walk()}
    colours = colours_of(material)
    groups = []
    for one in gathered_groups(material):
        code = names.get(one.group.code)
        groups.append(
            {
                "code": one.group.code,
                "name": one.group.name or (code.name if code else one.group.code),
                "colour": colours.get(one.group.code, ""),
                "units": len(one.units),
                "participants": _people(one.units),
                "waiting": len(one.waiting),
                "subgroups": [
                    {
                        "id": subgroup.id,
                        "name": subgroup.name,
                        "used": len(one.used[subgroup.id]),
                        "condensate": bool(subgroup.condensate),
                        "golden": bool(subgroup.golden),
                        "analytic": bool(subgroup.analytic),
                    }
                    for subgroup in one.group.subgroups
                ],
            }
        )
    return {"groups": groups, "problems": _problems(ask, material), "seen": seen(study), **state(visit_of(desk, ask))}


def show_board(desk: Desk, ask: Ask) -> Answer:
    """Return a code group with its units, its subgroups and what is written of each."""
    study = desk.study()
    return _board(desk, ask, study, ask.path["code"])


def _board(desk: Desk, ask: Ask, study: Study, wanted: str) -> dict[str, Any]:
    material = material_of(study)
    code = find_code(material.codebook, wanted)
    every = gathered_groups(material)
    one = next((each for each in every if each.group.code == code.id), None)
    order = [{"code": each.group.code, "name": each.group.name or _name(material, each.group.code)} for each in every]
    return {
        "code": code.id,
        "name": (one.group.name if one else "") or code.name,
        "colour": code.colour or colours_of(material).get(code.id, ""),
        "definition": code.definition or code.brief,
        "was": list(one.group.was) if one else [],
        "units": [unit_json(desk, material, extract) for extract in one.units] if one else [],
        "waiting": [extract.coding.id for extract in one.waiting] if one else [],
        "subgroups": [_subgroup(subgroup, one) for subgroup in one.group.subgroups] if one else [],
        "groups": order,
        "problems": _problems(ask, material),
        "version": version(study),
        "seen": seen(study),
        **state(visit_of(desk, ask)),
    }


def _subgroup(subgroup: Subgroup, one: Gathered) -> dict[str, Any]:
    return {
        "id": subgroup.id,
        "name": subgroup.name,
        "units": [
            {"id": each.coding, "fate": each.fate, "to": each.to, "why": each.why}
            for each in subgroup.units
            if each.coding not in one.stray[subgroup.id]
        ],
        "stray": list(one.stray[subgroup.id]),
        "start": subgroup.start,
        "golden": subgroup.golden,
        "condensate": subgroup.condensate,
        "analytic": subgroup.analytic,
        "by": subgroup.by,
        "date": subgroup.date,
        "versions": [{"text": each.text, "by": each.by, "date": each.date} for each in subgroup.versions],
        "withdrawn": subgroup.withdrawn,
    }


def _grounding(text: str, units: list[str], language: str) -> dict[str, Any]:
    found = ground(text, units, language=language)
    return {"words": found.words, "own": [list(place) for place in found.own], "runs": found.runs}


def show_version(desk: Desk, ask: Ask) -> Answer:  # noqa: ARG001  every resource is asked alike
    """Return what changes when a file changes that a board rests on: asked often, so nothing is read."""
    return {"seen": seen(desk.study())}


def show_grounding(desk: Desk, ask: Ask) -> Answer:
    """Return which words of a text stand in no unit of its subgroup; nothing is written."""
    study = desk.study()
    one, found = find_subgroup(material_of(study), ask.path["subgroup"])
    words = [extract.coding.unit.text for extract in one.used[found.id]]
    return {"grounding": _grounding(_written(ask, "text"), words, study.settings.language)}


# --- changing -----------------------------------------------------------------------------------------------


def new_subgroup(desk: Desk, ask: Ask) -> Answer:
    """Add a subgroup to a code group, and place units in it if some are named."""
    name = _named(ask)
    code = find_code(material_of(desk.study()).codebook, ask.path["code"]).id
    with _changing(desk, ask, "condense add", name) as (material, who):
        identifier = condensing.begin_subgroup(material.study, who, code, name)
        for unit in ask.texts("units") if ask.body.get("units") else []:
            condensing.place(material_of(material.study), who, unit, identifier)
    return {"made": identifier, **_board(desk, ask, desk.study(), code)}


def change_subgroup(desk: Desk, ask: Ask) -> Answer:
    """Call a subgroup otherwise."""
    name = _named(ask)
    with _changing(desk, ask, "condense rename", ask.path["subgroup"]) as (material, who):
        condensing.rename(material, who, ask.path["subgroup"], name)
    return _after(desk, ask)


def remove_subgroup(desk: Desk, ask: Ask) -> Answer:
    """Remove a subgroup in which nothing stands."""
    code = find_subgroup(material_of(desk.study()), ask.path["subgroup"])[0].group.code
    with _changing(desk, ask, "condense remove", ask.path["subgroup"]) as (material, who):
        condensing.remove_subgroup(material, who, ask.path["subgroup"])
    return _board(desk, ask, desk.study(), code)


def place_units(desk: Desk, ask: Ask) -> Answer:
    """Use units in a subgroup; they leave the one of the same group where they stood."""
    units = ask.texts("units")
    with _changing(desk, ask, "condense place", ask.path["subgroup"]) as (material, who):
        for unit in units:
            condensing.place(material, who, unit, ask.path["subgroup"], why=ask.text("why", ""))
    return _after(desk, ask)


def explain_move(desk: Desk, ask: Ask) -> Answer:
    """Keep why a unit left a subgroup."""
    with _changing(desk, ask, "condense place", ask.path["subgroup"]) as (material, who):
        condensing.explain(material, who, ask.text("unit"), ask.path["subgroup"], _reason(ask))
    return _after(desk, ask)


def set_aside(desk: Desk, ask: Ask) -> Answer:
    """Set a unit aside in a subgroup, and keep why."""
    with _changing(desk, ask, "condense set-aside", ask.text("unit")) as (material, who):
        condensing.put_aside(material, who, ask.text("unit"), ask.path["subgroup"], _reason(ask))
    return _after(desk, ask)


def take_out(desk: Desk, ask: Ask) -> Answer:
    """Let units wait again that stood in a subgroup."""
    units = ask.texts("units")
    with _changing(desk, ask, "condense take-out", units[0]) as (material, who):
        for unit in units:
            condensing.take_out(material, who, unit)
    return _board(desk, ask, desk.study(), ask.path["code"])


def choose(desk: Desk, ask: Ask) -> Answer:
    """Choose a subgroup's golden quotation, or the unit its condensate is begun from; "" chooses none."""
    kind = ask.path["kind"]
    if kind not in ("golden", "start"):
        raise BadRequest("a unit is chosen as “golden” or “start”")
    with _changing(desk, ask, f"condense {kind}", ask.path["subgroup"]) as (material, who):
        unit = ask.text("unit")
        if unit:
            condensing.choose(material, who, unit, ask.path["subgroup"], as_=kind)
        else:
            condensing.unchoose(material, who, ask.path["subgroup"], as_=kind)
    return _after(desk, ask)


def write_text(desk: Desk, ask: Ask) -> Answer:
    """Write a condensate or an analytic text. What is written on in one sitting is one version, and one step back."""
    key, subgroup, words = ask.text("key"), ask.path["subgroup"], _written(ask, "text")
    if key not in ("condensate", "analytic"):
        raise BadRequest("“key” must be condensate or analytic")
    about = f"{subgroup} {key}"
    if not goes_on(ask, about):
        with _changing(desk, ask, "condense write", about) as (material, who):
            condensing.write(material, who, subgroup, words, key=key)
        return _after(desk, ask)
    file = desk.study().root / studies.CONDENSATES
    with held(desk, ask) as study:
        _same(study, ask)
        with written_on(desk, ask, study, "condense write", about, file):
            condensing.write_on(material_of(study), coder_of(desk, ask, study), subgroup, words, key=key)
    return _after(desk, ask)


def order_units(desk: Desk, ask: Ask) -> Answer:
    """Let a unit of a subgroup stand before another one of it, or last."""
    with _changing(desk, ask, "condense order", ask.path["subgroup"]) as (material, who):
        condensing.put_before(material, who, ask.text("unit"), ask.path["subgroup"], ask.text("before"))
    return _after(desk, ask)


def regroup_units(desk: Desk, ask: Ask) -> Answer:
    """Give units another code: they go to that code's group, and wait there. One step back for all of it."""
    units, to, why = ask.texts("units"), ask.text("to"), " ".join(ask.text("why", "").split())
    material = material_of(desk.study())
    who = coder_of(desk, ask, material.study)
    going = {one.coding.unit.span.transcript for one in material.extracts if one.coding.id in set(units)}
    paths = [studies.codings_path(material.study, who, name) for name in sorted(going)]
    paths.append(material.study.root / studies.CONDENSATES)
    code = codable(desk, material.study, to)
    with change(desk, ask, "condense regroup", ask.path["code"], paths) as study:
        _same(study, ask)
        for unit in units:
            regroup(_sound(study), who, unit, code, why=why[:2000])
    return _board(desk, ask, desk.study(), ask.path["code"])


@contextmanager
def _changing(desk: Desk, ask: Ask, what: str, about: str) -> Iterator[tuple[Material, str]]:
    """Hold the study, see that the page shows condensates.yaml as it is, and remember the change for the tab."""
    file = desk.study().root / studies.CONDENSATES
    with held(desk, ask) as study:
        _same(study, ask)
        with remembered(desk, ask, study, what, about, [file]):
            yield _sound(study), coder_of(desk, ask, study)


def _sound(study: Study) -> Material:
    """Return the study's material, where condensates.yaml can be written to."""
    material = material_of(study)
    faults = [each for each in material.problems if each.file == studies.CONDENSATES]
    if faults:
        raise FaultyFiles(faults, "condensates.yaml has faults; nothing was done")
    return material


def _same(study: Study, ask: Ask) -> None:
    if ask.text("version") != version(study):
        raise CondensatesChanged


def _after(desk: Desk, ask: Ask) -> Answer:
    """Return the board after a change in a subgroup."""
    study = desk.study()
    one, _ = find_subgroup(material_of(study), ask.path["subgroup"])
    return _board(desk, ask, study, one.group.code)


# --- pieces -------------------------------------------------------------------------------------------------


def version(study: Study) -> str:
    """Return what condensates.yaml says, as a short name for it: the same words have the same name."""
    return sha256_hex(studies.condensates_text(study))[:24]


def _named(ask: Ask) -> str:
    name = " ".join(ask.text("name").split())
    if not name or len(name) > 200:
        raise BadRequest("a subgroup needs a name of at most 200 characters")
    return name


def _reason(ask: Ask) -> str:
    why = " ".join(ask.text("why").split())
    if not why or len(why) > 2000:
        raise BadRequest("a reason is needed, of at most 2000 characters")
    return why


def _written(ask: Ask, key: str) -> str:
    text = ask.text(key)
    if len(text) > _LONGEST:
        raise BadRequest(f"a text of more than {_LONGEST} characters is no condensate")
    return text


def _people(extracts: tuple[Any, ...]) -> int:
    return len({extract.participant for extract in extracts} - {""})


def _name(material: Material, code: str) -> str:
    return next((each.name for each in material.codebook.walk() if each.id == code), code)


def _problems(ask: Ask, material: Material) -> list[str]:
    return ask.problems(problem for problem in material.problems if problem.file == studies.CONDENSATES)


ROUTES: tuple[Route, ...] = (
    ("GET", "/api/condensing", show_groups),
    ("GET", "/api/condensing/seen", show_version),
    ("GET", "/api/condensing/groups/{code}", show_board),
    ("POST", "/api/condensing/groups/{code}/subgroups", new_subgroup),
    ("POST", "/api/condensing/groups/{code}/waiting", take_out),
    ("POST", "/api/condensing/groups/{code}/regroup", regroup_units),
    ("PATCH", "/api/condensing/subgroups/{subgroup}", change_subgroup),
    ("POST", "/api/condensing/subgroups/{subgroup}/remove", remove_subgroup),
    ("POST", "/api/condensing/subgroups/{subgroup}/units", place_units),
    ("POST", "/api/condensing/subgroups/{subgroup}/order", order_units),
    ("POST", "/api/condensing/subgroups/{subgroup}/why", explain_move),
    ("POST", "/api/condensing/subgroups/{subgroup}/aside", set_aside),
    ("POST", "/api/condensing/subgroups/{subgroup}/choose/{kind}", choose),
    ("POST", "/api/condensing/subgroups/{subgroup}/text", write_text),
    ("POST", "/api/condensing/subgroups/{subgroup}/grounding", show_grounding),
)
