"""Changes to the subgroups of condensates.yaml: their names, their end, why a unit left; all else stays."""

from __future__ import annotations

from qualkit.condensation.condensates_edits import with_unit
from qualkit.condensation.nodes import id_of, subgroup_named, text_of, unit_in
from qualkit.yamlitems import cut_item, cut_key, reordered
from qualkit.yamltext import quoted, set_scalar


def rename_subgroup(text: str, subgroup: str, name: str) -> str:
    """Return the text with a subgroup called otherwise; its id stays, also where it was made from the name.

    Args:
        text: Of condensates.yaml.
        subgroup: Its id.
        name: The new one.

    Raises:
        NoSuchSubgroup: If there is none of this id.
        FaultyFiles: If the file cannot be read.

    Example:
        >>> rename_subgroup("- code: a\\n  subgroups: [{name: Om natta, units: [k1]}]\\n", "om-natta", "Natt")
        '- code: a\\n  subgroups: [{name: Natt, units: [k1], id: om-natta}]\\n'
    """
    found = subgroup_named(text, subgroup).subgroup
    if not text_of(found.get("id")):
        text = set_scalar(text, found, "id", id_of(found))
    return set_scalar(text, subgroup_named(text, subgroup).subgroup, "name", name)


def cut_subgroup(text: str, subgroup: str) -> str:
    """Return the text without a subgroup and all that stands in it.

    Example:
        >>> print(cut_subgroup("- code: a\\n  subgroups:\\n  - id: x   # one\\n  - id: y\\n", "x"), end="")
        - code: a
          subgroups:
          - id: y
    """
    home = subgroup_named(text, subgroup)
    holder = home.group.get("subgroups")
    if holder is None or len(holder.items) == 1:
        return cut_key(text, home.group, "subgroups")
    return cut_item(text, home.subgroup, holder)


def explain_move(text: str, coding: str, left: str, to: str, why: str) -> str:
    """Return the text in which the subgroup that a unit left says where it went, and why.

    Args:
        text: Of condensates.yaml.
        coding: Id of the unit's coding.
        left: Id of the subgroup it stood in.
        to: Id of the subgroup it was moved to.
        why: As the researcher says it.

    Raises:
        NoSuchSubgroup: If there is none of this id.
        FaultyFiles: If the file cannot be read.

    Example:
        >>> text = "- code: a\\n  subgroups:\\n  - {id: x, units: []}\\n  - {id: day, units: [k1]}\\n"
        >>> print(explain_move(text, "k1", "x", "day", "om natta"), end="")
        - code: a
          subgroups:
          - {id: x, units: [{id: k1, moved-to: day, why: om natta}]}
          - {id: day, units: [k1]}
    """
    line = f"{{id: {quoted(coding)}, moved-to: {quoted(to)}, why: {quoted(why)}}}"
    return with_unit(text, subgroup_named(text, left).subgroup, coding, line)


def order_unit(text: str, coding: str, subgroup: str, before: str) -> str:
    """Return the text in which a unit of a subgroup stands before another one of it, or last.

    Args:
        text: Of condensates.yaml.
        coding: Id of the unit's coding.
        subgroup: Its id.
        before: Id of the coding it is to stand before; "" for the end.

    Raises:
        NoSuchSubgroup: If there is none of this id.
        FaultyFiles: If the file cannot be read.

    Example:
        >>> text = "- code: a\\n  subgroups:\\n  - id: x\\n    units:\\n    - k1  # early\\n    - k2\\n    - k3\\n"
        >>> print(order_unit(text, "k3", "x", "k1"), end="")
        - code: a
          subgroups:
          - id: x
            units:
            - k3
            - k1  # early
            - k2
    """
    home = subgroup_named(text, subgroup).subgroup
    holder, item = home.get("units"), unit_in(home, coding)
    if holder is None or item is None or coding == before:
        return text
    goal = unit_in(home, before) if before else None
    rest = [each for each in holder.items if each.start != item.start]
    at = next((number for number, each in enumerate(rest) if goal is not None and each.start == goal.start), len(rest))
    return reordered(text, holder, [*rest[:at], item, *rest[at:]])
