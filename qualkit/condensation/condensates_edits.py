"""Changes in condensates.yaml: units placed, condensates written; every other byte stays."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from qualkit.condensation.condensatesfile import CHECK
from qualkit.errors import FaultyFiles, QualkitError
from qualkit.text import near_miss, nfc, slug
from qualkit.yamlitems import cut_item
from qualkit.yamltext import Node, insert_lines, newline_of, parse_yaml, quoted, set_scalar

FILE = "condensates.yaml"
BEGINNING = "# Code groups, the subgroups of their meaning units, and the condensates written from them.\ngroups:\n"


class NoSuchSubgroup(QualkitError):
    """No subgroup has this id."""

    def __init__(self, name: str, known: list[str]) -> None:
        near = near_miss(name, known)
        hint = (
            f"Did you mean “{near}”?" if near else "There are: " + ", ".join(known) if known else "There is none yet."
        )
        super().__init__(f"there is no subgroup “{name}”", hint)


class _Found(NamedTuple):
    group: Node
    subgroup: Node


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
    identifier = _free(slug(name) or "subgroup", [_id(found.subgroup) for found in _subgroups(text)])
    lines = [f"- id: {quoted(identifier)}", f"  name: {quoted(name)}", "  units: []"]
    group = next((node for node in _groups(text) if _text(node.get("code")) == nfc(code)), None)
    if group is not None:
        holder = group.get("subgroups")
        if holder is not None and not holder.empty and holder.kind == "sequence" and holder.items:
            if holder.style == "flow":
                flow = f"{{id: {quoted(identifier)}, name: {quoted(name)}, units: []}}"
                return insert_lines(text, holder, flow), identifier
            return insert_lines(text, holder, "\n".join(lines)), identifier
        if holder is not None:
            text = _cut(text, group, "subgroups")
            group = next(node for node in _groups(text) if _text(node.get("code")) == nfc(code))
        return insert_lines(text, group, "\n".join(["subgroups:", *("  " + line for line in lines)])), identifier
    whole = [f"- code: {quoted(code)}", "  subgroups:", *("    " + line for line in lines)]
    root = _root(text)
    top = root if root is None or root.kind == "sequence" else root.get("groups")
    if top is not None and top.kind == "sequence" and top.items:
        return insert_lines(text, top, "\n".join(whole)), identifier
    newline = newline_of(text)
    if root is None:
        body = text if text.endswith("\n") else text + newline
        body = body if body.rstrip().endswith("groups:") else body + "groups:" + newline
    else:
        body = _cut(text, root, "groups")
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
    home = _subgroup(text, subgroup)
    for other in _siblings(home):
        if _id(other) != subgroup and _unit(other, coding) is not None:
            left = f"{{id: {quoted(coding)}, moved-to: {quoted(subgroup)}, why: {quoted(why)}}}" if why else None
            text = _with_unit(text, other, coding, left)
            home = _subgroup(text, subgroup)
    return _with_unit(text, _subgroup(text, subgroup).subgroup, coding, quoted(coding))


def set_aside(text: str, coding: str, subgroup: str, why: str) -> str:
    """Return the text with a unit set aside in a subgroup, and why."""
    line = f"{{id: {quoted(coding)}, set-aside: {quoted(why)}}}"
    return _with_unit(text, _subgroup(text, subgroup).subgroup, coding, line)


def without_unit(text: str, coding: str) -> str:
    """Return the text without a unit, wherever it stands: placed, as a beginning, or as a golden quotation."""
    while (found := next((f for f in _subgroups(text) if _unit(f.subgroup, coding) is not None), None)) is not None:
        text = _with_unit(text, found.subgroup, coding, None)
    for key in ("start", "golden"):
        while (found := next((f for f in _subgroups(text) if _text(f.subgroup.get(key)) == coding), None)) is not None:
            text = set_scalar(text, found.subgroup, key, "")
    return text


def name_unit(text: str, subgroup: str, key: str, coding: str) -> str:
    """Return the text with a unit named as a subgroup's "start" or "golden"."""
    return set_scalar(text, _subgroup(text, subgroup).subgroup, key, coding)


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
    before = _subgroup(text, subgroup).subgroup
    earlier = _text(before.get(key))
    if earlier == words.strip():
        return text
    if key == "condensate" and earlier:
        was = [("date", _text(before.get("date"))), ("by", _text(before.get("by")))]
        lines = [f"{name}: {quoted(value)}" for name, value in was if value] + ["text: " + quoted(earlier)]
        item = "- " + "\n  ".join(lines)
        versions = before.get("versions")
        if versions is not None and versions.kind == "sequence" and versions.items:
            item = "{" + ", ".join(lines) + "}" if versions.style == "flow" else item
            text = insert_lines(text, versions, item)
        else:
            text = _cut(text, before, "versions") if versions is not None else text
            before = _subgroup(text, subgroup).subgroup
            flow = "versions: [{" + ", ".join(lines) + "}]"
            block = "versions:\n" + "\n".join("  " + line for line in item.split("\n"))
            text = insert_lines(text, before, flow if before.style == "flow" else block)
    text = _set_block(text, _subgroup(text, subgroup).subgroup, key, words.strip())
    if key == "condensate":
        for name, value in (("by", by), ("date", date)):
            text = set_scalar(text, _subgroup(text, subgroup).subgroup, name, value)
    return text


# --- places in the file ------------------------------------------------------------------------------------


def _root(text: str) -> Node | None:
    root, problems = parse_yaml(text, FILE, CHECK)
    if problems:
        # A place in what was mended to be read is no place in the text.
        raise FaultyFiles(problems, "condensates.yaml has faults; nothing was done")
    return root


def _groups(text: str) -> list[Node]:
    root = _root(text)
    top = root if root is None or root.kind == "sequence" else root.get("groups")
    return [node for node in top.items if node.kind == "mapping"] if top is not None and top.kind == "sequence" else []


def _subgroups(text: str) -> Iterator[_Found]:
    for group in _groups(text):
        holder = group.get("subgroups")
        for node in holder.items if holder is not None and holder.kind == "sequence" else ():
            if node.kind == "mapping":
                yield _Found(group, node)


def _siblings(home: _Found) -> list[Node]:
    holder = home.group.get("subgroups")
    return [node for node in holder.items if node.kind == "mapping"] if holder is not None else []


def _subgroup(text: str, name: str) -> _Found:
    found = list(_subgroups(text))
    for one in found:
        if _id(one.subgroup) == nfc(name):
            return one
    raise NoSuchSubgroup(name, [_id(one.subgroup) for one in found])


def _id(subgroup: Node) -> str:
    return _text(subgroup.get("id")) or slug(_text(subgroup.get("name")))


def _text(node: Node | None) -> str:
    return "" if node is None or node.empty or node.kind != "scalar" else nfc(node.value.strip())


def _free(wanted: str, taken: list[str]) -> str:
    number, name = 2, wanted
    while name in taken:
        name, number = f"{wanted}-{number}", number + 1
    return name


def _unit(subgroup: Node, coding: str) -> Node | None:
    holder = subgroup.get("units")
    for item in holder.items if holder is not None and holder.kind == "sequence" else ():
        if _text(item if item.kind == "scalar" else item.get("id")) == coding:
            return item
    return None


def _with_unit(text: str, subgroup: Node, coding: str, line: str | None) -> str:
    """Return the text with a subgroup's unit written otherwise, added, or, with None, taken out."""
    item = _unit(subgroup, coding)
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


def _cut(text: str, mapping: Node, key: str) -> str:
    """Return the text without a key of a mapping that holds nothing."""
    name, node = next((name, node) for name, node in mapping.pairs() if name.value == key)
    begin = text.rfind("\n", 0, name.start) + 1
    stop = text.find("\n", max(node.end, name.end))
    return text[:begin] + ("" if stop < 0 else text[stop + 1 :])


def _set_block(text: str, mapping: Node, key: str, words: str) -> str:
    """Return the text with a key holding a text of several lines, as YAML is best read by people."""
    if mapping.style == "flow" or any(not char.isprintable() and char != "\n" for char in words) or not words:
        return set_scalar(text, mapping, key, words)
    # A line that begins with white space would change how the block is indented.
    lines = [line.strip() for line in words.split("\n")]
    block = ["|", *("  " + line if line else "" for line in lines)]
    for name, node in mapping.pairs():
        if name.value == key:
            colon = text.find(":", name.end) + 1
            stop = max(node.end, colon)
            if text[stop:].partition("\n")[0].strip():
                # A comment behind it would become part of the text.
                return set_scalar(text, mapping, key, words)
            indent = " " * (mapping.column - 1)
            below = [indent + line if line else "" for line in block[1:]]
            return text[:colon] + " " + newline_of(text).join([block[0], *below]) + text[stop:]
    return insert_lines(text, mapping, f"{key}: " + "\n".join(block))
