"""condensates.yaml follows what becomes of codes and codings elsewhere in the study; every other byte stays."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from qualkit.condensation.condensates_edits import with_unit, without_unit
from qualkit.condensation.condensatesfile import CHECK, WITHDRAWN, parse_condensates
from qualkit.condensation.nodes import (
    FILE,
    groups_of,
    id_of,
    root_of,
    subgroups_of,
    text_of,
    unit_in,
)
from qualkit.text import nfc
from qualkit.yamlitems import cut_key, without_item, written_like
from qualkit.yamltext import Node, insert_lines, parse_yaml, quoted, set_scalar


def change_groups(text: str, codes: Mapping[str, str | None]) -> str:
    """Return the text with code groups of other codes; None takes a group out, with all that stands in it.

    Where the other code has a group already, the subgroups of both come to stand in it, and what the one that goes
    was called stands among its earlier names.

    Args:
        text: Of condensates.yaml.
        codes: From id to id.

    Raises:
        FaultyFiles: If the file cannot be read.

    Example:
        >>> change_groups("groups:\\n- code: a   # one\\n  subgroups: []\\n", {"a": "b"})
        'groups:\\n- code: b   # one\\n  subgroups: []\\n'
    """
    for old, new in codes.items():
        group = _group(text, old)
        if group is None or new == old:
            continue
        if new is not None and _group(text, new) is not None:
            text = _joined(text, old, new)
        elif new is not None:
            node = group.get("code")
            if node is not None:
                text = text[: node.start] + written_like(text[node.start : node.end], new) + text[node.end :]
        else:
            text = _without_group(text, old)
    return text


def change_units(text: str, codings: Mapping[str, str | None]) -> str:
    """Return the text naming other codings as units; None takes a unit out.

    Args:
        text: Of condensates.yaml.
        codings: From id to id.

    Raises:
        FaultyFiles: If the file cannot be read.

    Example:
        >>> change_units("- code: a\\n  subgroups: [{id: x, units: [k1, k2], golden: k1}]\\n", {"k1": "k2"})
        '- code: a\\n  subgroups: [{id: x, units: [k2], golden: k2}]\\n'
    """
    for old, new in codings.items():
        if old not in text:
            continue
        if new is None:
            text = without_unit(text, old)
            continue
        while (
            found := next((f for f in subgroups_of(text) if unit_in(f.subgroup, old) is not None), None)
        ) is not None:
            item = unit_in(found.subgroup, old)
            if item is None or unit_in(found.subgroup, new) is not None:
                text = with_unit(text, found.subgroup, old, None)
                continue
            node = item if item.kind == "scalar" else item.get("id") or item
            text = text[: node.start] + written_like(text[node.start : node.end], new) + text[node.end :]
        for key in ("start", "golden"):
            for name in [id_of(f.subgroup) for f in subgroups_of(text) if text_of(f.subgroup.get(key)) == old]:
                chosen = next(f.subgroup for f in subgroups_of(text) if id_of(f.subgroup) == name)
                text = set_scalar(text, chosen, key, new)
    return text


def withdraw_units(text: str, codings: Collection[str]) -> str:
    """Return the text without units that were withdrawn; texts written from them say on how many they rested.

    Args:
        text: Of condensates.yaml.
        codings: Ids.

    Raises:
        FaultyFiles: If the file cannot be read.

    Example:
        >>> text = "- code: a\\n  subgroups:\\n  - id: x\\n    units: [k1, k2]\\n    condensate: Jeg venter.\\n"
        >>> print(withdraw_units(text, {"k1"}), end="")
        - code: a
          subgroups:
          - id: x
            units: [k2]
            condensate: Jeg venter.
            rests-on-withdrawn: 1
    """
    for name, used in [(id_of(f.subgroup), _used(f.subgroup)) for f in subgroups_of(text)]:
        went = len(used & set(codings))
        found = next(f.subgroup for f in subgroups_of(text) if id_of(f.subgroup) == name)
        if went and any(text_of(found.get(key)) for key in ("condensate", "analytic")):
            before = text_of(found.get(WITHDRAWN))
            text = cut_key(text, found, WITHDRAWN)
            found = next(f.subgroup for f in subgroups_of(text) if id_of(f.subgroup) == name)
            text = insert_lines(text, found, f"{WITHDRAWN}: {went + (int(before) if before.isdecimal() else 0)}")
    return change_units(text, dict.fromkeys(codings))


def only_analytic(text: str) -> str:
    """Return what may stay when a study is closed: groups, subgroups and analytic texts, without units and condensates.

    Of a file with faults nothing may: who knows what stands in it.

    Example:
        >>> only_analytic("- code: a\\n  subgroups: [{id: x, units: [k1], condensate: Jeg., analytic: De.}]\\n")
        '- code: a\\n  subgroups: [{id: x, units: [], condensate: "", analytic: De.}]\\n'
    """
    root, _ = parse_yaml(text, FILE, CHECK)
    if parse_condensates(text)[1]:
        return ""
    empty = {"units": "[]", "versions": "[]", "start": '""', "golden": '""', "condensate": '""'}
    places: list[tuple[int, int, str]] = []
    waiting = [root] if root is not None else []
    while waiting:
        node = waiting.pop()
        for key, value in node.pairs() if node.kind == "mapping" else ():
            if key.value in empty and not value.empty:
                places.append((key.end, value.end, empty[key.value]))
        waiting += node.items
    for start, end, nothing in sorted(places, reverse=True):
        text = f"{text[:start]}: {nothing}{text[end:]}"
    return text


def subgroups_under(text: str, code: str) -> list[str]:
    """Return the ids of the subgroups in a code's group."""
    return [id_of(found.subgroup) for found in subgroups_of(text) if text_of(found.group.get("code")) == nfc(code)]


def units_under(text: str, code: str) -> set[str]:
    """Return the ids of the codings used in the subgroups of a code's group."""
    here = (found for found in subgroups_of(text) if text_of(found.group.get("code")) == nfc(code))
    return {unit for found in here for unit in _used(found.subgroup)}


# --- pieces -------------------------------------------------------------------------------------------------


def _group(text: str, code: str) -> Node | None:
    return next((node for node in groups_of(text) if text_of(node.get("code")) == nfc(code)), None)


def _used(subgroup: Node) -> set[str]:
    holder = subgroup.get("units")
    items = holder.items if holder is not None and holder.kind == "sequence" else ()
    plain = {text_of(item) for item in items if item.kind == "scalar"}
    told = {text_of(item.get("id")) for item in items if item.get("moved-to") is None and item.get("set-aside") is None}
    return (plain | told) - {""}


def _without_group(text: str, code: str) -> str:
    root, group = root_of(text), _group(text, code)
    top = root if root is None or root.kind == "sequence" else root.get("groups")
    if top is None or group is None:
        return text
    return without_item(text, group, top, root)


def _joined(text: str, old: str, new: str) -> str:
    """Return the text with the subgroups of one code's group under another's."""
    gone, kept = _group(text, old), _group(text, new)
    if gone is None or kept is None:
        return text
    moving, holder = gone.get("subgroups"), kept.get("subgroups")
    names = [text_of(gone.get("name")), *(text_of(item) for item in _listed(gone.get("was")))]
    before = text
    if moving is not None and moving.items:
        flow = ", ".join(_flow(item) for item in moving.items)
        block = [f"- {_flow(item)}" for item in moving.items] if moving.style == "flow" else _dedented(text, moving)
        if holder is not None and holder.items:
            text = insert_lines(text, holder, flow if holder.style == "flow" else "\n".join(block))
        else:
            text = cut_key(text, kept, "subgroups") if holder is not None else text
            kept = _group(text, new) or kept
            lines = (
                f"subgroups: [{flow}]"
                if kept.style == "flow"
                else "\n".join(["subgroups:", *("  " + b for b in block)])
            )
            text = insert_lines(text, kept, lines)
    kept = _group(text, new) or kept
    was = kept.get("was")
    told = [quoted(name) for name in dict.fromkeys(filter(None, names))]
    if told and was is None:
        text = insert_lines(text, kept, f"was: [{', '.join(told)}]")
    elif told and was is not None and was.kind == "sequence" and was.items:
        text = insert_lines(
            text, was, ", ".join(told) if was.style == "flow" else "\n".join(f"- {one}" for one in told)
        )
    return _without_group(text, old) if text != before or moving is None or not moving.items else before


def _listed(node: Node | None) -> tuple[Node, ...]:
    return () if node is None else (node,) if node.kind == "scalar" else node.items


def _dedented(text: str, sequence: Node) -> list[str]:
    """Return the lines of a list as they stand, comments between its items included, without their indentation."""
    begin = text.rfind("\n", 0, sequence.start) + 1
    stop = text.find("\n", sequence.end)
    lines = text[begin : len(text) if stop < 0 else stop].replace("\r\n", "\n").rstrip("\r").split("\n")
    return [line[sequence.column - 1 :] for line in lines]


def _flow(node: Node) -> str:
    """Return a node on one line."""
    if node.kind == "mapping":
        return "{" + ", ".join(f"{quoted(key.value)}: {_flow(value)}" for key, value in node.pairs()) + "}"
    if node.kind == "sequence":
        return "[" + ", ".join(map(_flow, node.items)) + "]"
    return quoted(node.value)
