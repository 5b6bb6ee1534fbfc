"""Where things stand in condensates.yaml: its code groups, subgroups and units, as nodes with their places."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from qualkit.condensation.condensatesfile import CHECK
from qualkit.errors import FaultyFiles, QualkitError
from qualkit.text import near_miss, nfc, slug
from qualkit.yamltext import Node, parse_yaml

FILE = "condensates.yaml"


class NoSuchSubgroup(QualkitError):
    """No subgroup has this id."""

    def __init__(self, name: str, known: list[str]) -> None:
        near = near_miss(name, known)
        hint = (
            f"Did you mean “{near}”?" if near else "There are: " + ", ".join(known) if known else "There is none yet."
        )
        super().__init__(f"there is no subgroup “{name}”", hint)


class Found(NamedTuple):
    """A subgroup and the code group it stands in."""

    group: Node
    subgroup: Node


def root_of(text: str) -> Node | None:
    """Return the file's root, or None where nothing stands in it.

    Raises:
        FaultyFiles: If it is no sound YAML.
    """
    root, problems = parse_yaml(text, FILE, CHECK)
    if problems:
        # A place in what was mended to be read is no place in the text.
        raise FaultyFiles(problems, "condensates.yaml has faults; nothing was done")
    return root


def groups_of(text: str) -> list[Node]:
    """Return the code groups, in the order of the file."""
    root = root_of(text)
    top = root if root is None or root.kind == "sequence" else root.get("groups")
    return [node for node in top.items if node.kind == "mapping"] if top is not None and top.kind == "sequence" else []


def subgroups_of(text: str) -> Iterator[Found]:
    """Yield every subgroup of every code group."""
    for group in groups_of(text):
        holder = group.get("subgroups")
        for node in holder.items if holder is not None and holder.kind == "sequence" else ():
            if node.kind == "mapping":
                yield Found(group, node)


def siblings_of(home: Found) -> list[Node]:
    """Return all subgroups of the group that a subgroup stands in."""
    holder = home.group.get("subgroups")
    return [node for node in holder.items if node.kind == "mapping"] if holder is not None else []


def subgroup_named(text: str, name: str) -> Found:
    """Return the subgroup of an id.

    Raises:
        NoSuchSubgroup: If there is none.
        FaultyFiles: If the file cannot be read.
    """
    found = list(subgroups_of(text))
    for one in found:
        if id_of(one.subgroup) == nfc(name):
            return one
    raise NoSuchSubgroup(name, [id_of(one.subgroup) for one in found])


def id_of(subgroup: Node) -> str:
    """Return a subgroup's id: as written, or made from its name."""
    return text_of(subgroup.get("id")) or slug(text_of(subgroup.get("name")))


def text_of(node: Node | None) -> str:
    """Return what a scalar says; "" for nothing and for lists."""
    return "" if node is None or node.empty or node.kind != "scalar" else nfc(node.value.strip())


def unit_in(subgroup: Node, coding: str) -> Node | None:
    """Return where a subgroup names a coding among its units, or None."""
    holder = subgroup.get("units")
    for item in holder.items if holder is not None and holder.kind == "sequence" else ():
        if text_of(item if item.kind == "scalar" else item.get("id")) == coding:
            return item
    return None
