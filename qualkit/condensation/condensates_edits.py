"""Changes in condensates.yaml: units placed, condensates written; every other byte stays."""

from __future__ import annotations

from qualkit.condensation.condensatesfile import WITHDRAWN
from qualkit.condensation.nodes import (
    groups_of,
    id_of,
    root_of,
    siblings_of,
    subgroup_named,
    subgroups_of,
    text_of,
    unit_in,
)
from qualkit.text import nfc, slug
from qualkit.yamlitems import cut_item, cut_key, set_block
from qualkit.yamltext import Node, insert_lines, newline_of, quoted, set_scalar

BEGINNING = "# Code groups, the subgroups of their meaning units, and the condensates written from them.\ngroups:\n"


def add_subgroup(text: str, code: str, name: str) -> tuple[str, str]:
    """Return the text with a subgroup added to a code's group, which is begun if there is none, and its id.

    Example:
        >>> print(add_subgroup("", "alene", "Om natta")[0], end="")
        # Code groups, the subgroups of their meaning units, and the condensates written from them.
        groups:
          - code: alene
            subgroups:
              - id: om-natta
                name: Om natta
                units: []
    """
    text = text if text.strip() else BEGINNING
    identifier = _free(slug(name) or "subgroup", [id_of(found.subgroup) for found in subgroups_of(text)])
    lines = [f"- id: {quoted(identifier)}", f"  name: {quoted(name)}", "  units: []"]
    group = next((node for node in groups_of(text) if text_of(node.get("code")) == nfc(code)), None)
    if group is not None:
        holder = group.get("subgroups")
        if holder is not None and not holder.empty and holder.kind == "sequence" and holder.items:
            if holder.style == "flow":
                flow = f"{{id: {quoted(identifier)}, name: {quoted(name)}, units: []}}"
                return insert_lines(text, holder, flow), identifier
            return insert_lines(text, holder, "\n".join(lines)), identifier
        if holder is not None:
            text = cut_key(text, group, "subgroups")
            group = next(node for node in groups_of(text) if text_of(node.get("code")) == nfc(code))
        return insert_lines(text, group, "\n".join(["subgroups:", *("  " + line for line in lines)])), identifier
    whole = [f"- code: {quoted(code)}", "  subgroups:", *("    " + line for line in lines)]
    root = root_of(text)
    top = root if root is None or root.kind == "sequence" else root.get("groups")
    if top is not None and top.kind == "sequence" and top.items:
        return insert_lines(text, top, "\n".join(whole)), identifier
    newline = newline_of(text)
    if root is None:
        body = text if text.endswith("\n") else text + newline
        body = body if body.rstrip().endswith("groups:") else body + "groups:" + newline
    else:
        body = cut_key(text, root, "groups")
        body = (body if not body or body.endswith("\n") else body + newline) + "groups:" + newline
    return body + newline.join("  " + line for line in whole) + newline, identifier


def place_unit(text: str, coding: str, subgroup: str, *, why: str = "") -> str:
    """Return the text with a unit used in a subgroup, and in no other subgroup of its code group.

    Args:
        coding: Id of the coding.
        subgroup: Its id.
        why: Where the unit came from another subgroup, its place there says where it went, and why.

    Raises:
        NoSuchSubgroup: If there is none of this id.
        FaultyFiles: If the file cannot be read.

    Example:
        >>> text = "groups:\\n- code: a\\n  subgroups:\\n  - {id: x, units: [k1]}\\n  - {id: y, units: [k2]} # day\\n"
        >>> print(place_unit(text, "k1", "y"), end="")
        groups:
        - code: a
          subgroups:
          - {id: x, units: []}
          - {id: y, units: [k2, k1]} # day
    """
    home = subgroup_named(text, subgroup)
    for other in siblings_of(home):
        if id_of(other) != subgroup and unit_in(other, coding) is not None:
            left = f"{{id: {quoted(coding)}, moved-to: {quoted(subgroup)}, why: {quoted(why)}}}" if why else None
            text = with_unit(text, other, coding, left)
            home = subgroup_named(text, subgroup)
    return with_unit(text, subgroup_named(text, subgroup).subgroup, coding, quoted(coding))


def set_aside(text: str, coding: str, subgroup: str, why: str) -> str:
    """Return the text with a unit set aside in a subgroup, and why."""
    line = f"{{id: {quoted(coding)}, set-aside: {quoted(why)}}}"
    return with_unit(text, subgroup_named(text, subgroup).subgroup, coding, line)


def without_unit(text: str, coding: str) -> str:
    """Return the text without a unit, wherever it stands: placed, as a beginning, or as a golden quotation."""
    while (found := next((f for f in subgroups_of(text) if unit_in(f.subgroup, coding) is not None), None)) is not None:
        text = with_unit(text, found.subgroup, coding, None)
    for key in ("start", "golden"):
        while (
            found := next((f for f in subgroups_of(text) if text_of(f.subgroup.get(key)) == coding), None)
        ) is not None:
            text = set_scalar(text, found.subgroup, key, "")
    return text


def name_unit(text: str, subgroup: str, key: str, coding: str) -> str:
    """Return the text with a unit named as a subgroup's "start" or "golden"."""
    return set_scalar(text, subgroup_named(text, subgroup).subgroup, key, coding)


def write_text(text: str, subgroup: str, key: str, words: str, *, by: str, date: str) -> str:
    """Return the text with a condensate or an analytic text written; an earlier condensate goes to its versions.

    Args:
        subgroup: Its id.
        key: "condensate" or "analytic".
        words: What was written.
        by: Who wrote it.
        date: ISO 8601 day.

    Raises:
        NoSuchSubgroup: If there is none of this id.
        FaultyFiles: If the file cannot be read.
    """
    before = subgroup_named(text, subgroup).subgroup
    earlier = text_of(before.get(key))
    if earlier == words.strip():
        return text
    if key == "condensate" and earlier:
        was = [("date", text_of(before.get("date"))), ("by", text_of(before.get("by")))]
        lines = [f"{name}: {quoted(value)}" for name, value in was if value] + ["text: " + quoted(earlier)]
        item = "- " + "\n  ".join(lines)
        versions = before.get("versions")
        if versions is not None and versions.kind == "sequence" and versions.items:
            item = "{" + ", ".join(lines) + "}" if versions.style == "flow" else item
            text = insert_lines(text, versions, item)
        else:
            text = cut_key(text, before, "versions") if versions is not None else text
            before = subgroup_named(text, subgroup).subgroup
            flow = "versions: [{" + ", ".join(lines) + "}]"
            block = "versions:\n" + "\n".join("  " + line for line in item.split("\n"))
            text = insert_lines(text, before, flow if before.style == "flow" else block)
    text = set_block(text, subgroup_named(text, subgroup).subgroup, key, words.strip())
    if key == "condensate":
        for name, value in (("by", by), ("date", date)):
            text = set_scalar(text, subgroup_named(text, subgroup).subgroup, name, value)
        text = cut_key(text, subgroup_named(text, subgroup).subgroup, WITHDRAWN)
    return text


# --- pieces -------------------------------------------------------------------------------------------------


def _free(wanted: str, taken: list[str]) -> str:
    number, name = 2, wanted
    while name in taken:
        name, number = f"{wanted}-{number}", number + 1
    return name


def with_unit(text: str, subgroup: Node, coding: str, line: str | None) -> str:
    """Return the text with a subgroup's unit written otherwise, added, or, with None, taken out."""
    item = unit_in(subgroup, coding)
    if item is None:
        return text if line is None else _with_new_unit(text, subgroup, line)
    if line is not None:
        return text[: item.start] + line + text[item.end :]
    holder = next(node for key, node in subgroup.pairs() if key.value == "units")
    if len(holder.items) > 1:
        return cut_item(text, item, holder)
    if holder.style == "flow":
        return text[: holder.start] + "[]" + text[holder.end :]
    return _replaced(text, subgroup, "units", "[]")


def _with_new_unit(text: str, subgroup: Node, line: str) -> str:
    holder = subgroup.get("units")
    if holder is not None and holder.kind == "sequence" and holder.items:
        return insert_lines(text, holder, line if holder.style == "flow" else f"- {line}")
    if subgroup.style == "flow":
        if holder is not None:
            return text[: holder.start] + f"[{line}]" + text[holder.end :]
        return insert_lines(text, subgroup, f"units: [{line}]")
    if holder is not None:
        return _replaced(text, subgroup, "units", newline_of(text) + " " * (subgroup.column + 1) + f"- {line}")
    return insert_lines(text, subgroup, f"units:\n  - {line}")


def _replaced(text: str, mapping: Node, key: str, value: str) -> str:
    """Return the text with a block value written on its key's line."""
    name, node = next((name, node) for name, node in mapping.pairs() if name.value == key)
    colon = text.find(":", name.end) + 1
    gap = "" if value.startswith(("\n", "\r")) else " "
    return text[:colon] + gap + value + text[max(node.end, colon) :]
