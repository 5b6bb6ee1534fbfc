"""Condensation in a study: units are placed, condensates written, golden quotations chosen, and the trail is told."""

from __future__ import annotations

from collections.abc import Mapping

from qualkit import study as studies
from qualkit.coding.codebook import find_code
from qualkit.condensate import CodeGroup, Subgroup
from qualkit.condensation.condensates_edits import (
    add_subgroup,
    name_unit,
    place_unit,
    set_aside,
    without_unit,
    write_text,
)
from qualkit.condensation.gathering import Gathered, gather_units
from qualkit.condensation.nodes import NoSuchSubgroup
from qualkit.condensation.subgroup_edits import cut_subgroup, explain_move, order_unit, rename_subgroup
from qualkit.errors import QualkitError
from qualkit.material import Material
from qualkit.model import Decision, Study
from qualkit.text import nfc
from qualkit.undoing import carry_out


class NoSuchUnit(QualkitError):
    """A meaning unit was named that is none of the code group."""

    def __init__(self, coding: str, code: str) -> None:
        super().__init__(
            f"“{coding}” is no accepted coding of “{code}”",
            f"See the units of the group, with their ids: qualkit condense show {code}",
        )


class NotEmpty(QualkitError):
    """A subgroup was to be removed in which something stands."""

    def __init__(self, subgroup: str) -> None:
        super().__init__(
            f"the subgroup “{subgroup}” holds meaning units or texts, so it was not removed",
            "Move its units first. A condensate that is written stays where it is.",
        )


def gathered_groups(material: Material) -> list[Gathered]:
    """Return the code groups in the order of the codebook, also of codes that nobody has begun to condense."""
    by_code = {group.code: group for group in material.groups}
    accepted = material.accepted()
    coded = {extract.coding.code for extract in accepted}
    order = [code.id for code in material.codebook.walk() if code.id in by_code or code.id in coded]
    order += [group.code for group in material.groups if group.code not in order]
    return [gather_units(by_code.get(code) or CodeGroup(code), accepted) for code in order]


def find_subgroup(material: Material, name: str) -> tuple[Gathered, Subgroup]:
    """Return a subgroup by its id, with the code group it belongs to.

    Raises:
        NoSuchSubgroup: If there is none.
    """
    known = []
    for one in gathered_groups(material):
        for subgroup in one.group.subgroups:
            if subgroup.id == nfc(name):
                return one, subgroup
            known.append(subgroup.id)
    raise NoSuchSubgroup(name, known)


def begin_subgroup(study: Study, who: str, code: str, name: str) -> str:
    """Add a subgroup to a code's group; return its id.

    Raises:
        UnknownCode: If the codebook does not have the code.
        FaultyFiles: If condensates.yaml cannot be read.
    """
    chosen = find_code(studies.good_codebook(study), code)
    text, identifier = add_subgroup(studies.condensates_text(study), chosen.id, name)
    _save(study, who, "condense add", f"subgroup {identifier}", {"code": chosen.id, "name": name}, text)
    return identifier


def place(material: Material, who: str, coding: str, subgroup: str, *, why: str = "") -> None:
    """Place a meaning unit in a subgroup; it leaves the one of the same group where it stood.

    Raises:
        NoSuchSubgroup: If there is none.
        NoSuchUnit: If the coding is none of the group's.
    """
    one, found = _unit_of(material, coding, subgroup)
    was = next((s.id for s in one.group.subgroups if coding in s.used() and s.id != found.id), None)
    text = place_unit(studies.condensates_text(material.study), coding, found.id, why=why)
    told = {"subgroup": found.id, "from": was}
    _save(material.study, who, "condense place", f"coding {coding}", told, text, why)


def rename(material: Material, who: str, subgroup: str, name: str) -> None:
    """Call a subgroup otherwise; its id stays.

    Raises:
        NoSuchSubgroup: If there is none.
    """
    _, found = find_subgroup(material, subgroup)
    text = rename_subgroup(studies.condensates_text(material.study), found.id, name)
    told = {"from": found.name, "to": name}
    _save(material.study, who, "condense rename", f"subgroup {found.id}", told, text)


def remove_subgroup(material: Material, who: str, subgroup: str) -> None:
    """Remove a subgroup in which nothing stands.

    Raises:
        NoSuchSubgroup: If there is none.
        NotEmpty: If units or texts stand in it.
    """
    _, found = find_subgroup(material, subgroup)
    if found.units or found.condensate or found.analytic or found.versions:
        raise NotEmpty(found.name)
    text = cut_subgroup(studies.condensates_text(material.study), found.id)
    _save(material.study, who, "condense remove", f"subgroup {found.id}", {"name": found.name}, text)


def explain(material: Material, who: str, coding: str, left: str, why: str) -> None:
    """Keep, in the subgroup that a unit left, where it went and why.

    Raises:
        NoSuchSubgroup: If there is none.
        NoSuchUnit: If the coding is none of the group's, or is used in no other subgroup of it.
    """
    one, found = _unit_of(material, coding, left)
    now = next((s.id for s in one.group.subgroups if coding in s.used() and s.id != found.id), None)
    if now is None:
        raise NoSuchUnit(coding, one.group.code)
    text = explain_move(studies.condensates_text(material.study), coding, found.id, now, why)
    _save(material.study, who, "condense place", f"coding {coding}", {"subgroup": now, "from": found.id}, text, why)


def put_before(material: Material, who: str, coding: str, subgroup: str, before: str) -> None:
    """Let a unit of a subgroup stand before another one of it: the order is the one they are condensed and printed in.

    Args:
        before: Id of the other's coding; "" for the end.

    Raises:
        NoSuchSubgroup: If there is none.
        NoSuchUnit: If one of them is not used in this subgroup.
    """
    one, found = find_subgroup(material, subgroup)
    for each in filter(None, (coding, before)):
        if each not in found.used():
            raise NoSuchUnit(each, one.group.code)
    text = order_unit(studies.condensates_text(material.study), coding, found.id, before)
    if text != studies.condensates_text(material.study):
        told = {"subgroup": found.id, "before": before or None}
        _save(material.study, who, "condense order", f"coding {coding}", told, text)


def take_out(material: Material, who: str, coding: str) -> None:
    """Let a unit stand in no subgroup; it waits to be placed again."""
    text = without_unit(studies.condensates_text(material.study), coding)
    _save(material.study, who, "condense take-out", f"coding {coding}", {}, text)


def put_aside(material: Material, who: str, coding: str, subgroup: str, why: str) -> None:
    """Set a meaning unit aside in a subgroup, and say why.

    Raises:
        NoSuchSubgroup: If there is none.
        NoSuchUnit: If the coding is none of the group's.
    """
    _, found = _unit_of(material, coding, subgroup)
    text = set_aside(studies.condensates_text(material.study), coding, found.id, why)
    _save(material.study, who, "condense set-aside", f"coding {coding}", {"subgroup": found.id}, text, why)


def choose(material: Material, who: str, coding: str, subgroup: str, *, as_: str) -> None:
    """Name a used unit as a subgroup's golden quotation or as the one its condensate is begun from.

    Args:
        as_: "golden" or "start".

    Raises:
        NoSuchSubgroup: If there is none.
        NoSuchUnit: If the unit is not used in this subgroup.
    """
    one, found = find_subgroup(material, subgroup)
    if coding not in found.used():
        raise NoSuchUnit(coding, one.group.code)
    text = name_unit(studies.condensates_text(material.study), found.id, as_, coding)
    _save(material.study, who, f"condense {as_}", f"subgroup {found.id}", {"coding": coding}, text)


def unchoose(material: Material, who: str, subgroup: str, *, as_: str) -> None:
    """Let a subgroup have no golden quotation, or no unit that its condensate is begun from.

    Args:
        as_: "golden" or "start".

    Raises:
        NoSuchSubgroup: If there is none.
    """
    _, found = find_subgroup(material, subgroup)
    text = name_unit(studies.condensates_text(material.study), found.id, as_, "")
    _save(material.study, who, f"condense {as_}", f"subgroup {found.id}", {"coding": None}, text)


def write(material: Material, who: str, subgroup: str, words: str, *, key: str = "condensate", why: str = "") -> bool:
    """Write a condensate or an analytic text; an earlier condensate stays among its versions.

    Args:
        key: "condensate" or "analytic".

    Returns:
        Whether anything was written.

    Raises:
        NoSuchSubgroup: If there is none.
    """
    _, found = find_subgroup(material, subgroup)
    before = studies.condensates_text(material.study)
    text = write_text(before, found.id, key, words, by=who, date=studies.now()[:10])
    if text == before:
        return False
    told = {"what": key, "words": len(words.split()), "version": len(found.versions) + 1 + bool(found.condensate)}
    _save(material.study, who, "condense write", f"subgroup {found.id}", told, text, why)
    return True


def write_on(material: Material, who: str, subgroup: str, words: str, *, key: str = "condensate") -> None:
    """Write on a text that was begun in the same sitting: no version is kept, and the trail is not told again.

    A text that is saved while it is written would else have a version for every pause. The first writing of the
    sitting goes through `write`.

    Args:
        key: "condensate" or "analytic".

    Raises:
        NoSuchSubgroup: If there is none.
    """
    _, found = find_subgroup(material, subgroup)
    text = studies.condensates_text(material.study)
    text = write_text(text, found.id, key, words, by=who, date=studies.now()[:10], keep=False)
    studies.save_condensates_text(material.study, text)


def _unit_of(material: Material, coding: str, subgroup: str) -> tuple[Gathered, Subgroup]:
    one, found = find_subgroup(material, subgroup)
    if coding not in {extract.coding.id for extract in one.units}:
        raise NoSuchUnit(coding, one.group.code)
    return one, found


def _save(
    study: Study, who: str, what: str, about: str, after: Mapping[str, object], text: str, reason: str = ""
) -> None:
    told = Decision(studies.now(), who, what, about, None, after, reason)
    carry_out(study, told, {studies.CONDENSATES: text.encode()})
