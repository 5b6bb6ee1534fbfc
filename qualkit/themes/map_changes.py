"""Changes in the thematic map of themes.yaml: things placed, linked and taken off; every other byte stays."""

from __future__ import annotations

from collections.abc import Iterator

from qualkit.thematic import Arrow
from qualkit.themes.theme_nodes import BEGINNING, CannotPlace, flow, root_of, said_in, walk
from qualkit.themes.theme_nodes import id_of as theme_id
from qualkit.yamlitems import cut_item, cut_key, written_like
from qualkit.yamltext import Node, insert_lines, newline_of, set_scalar


def place_on_map(text: str, name: str, x: float | None = None, y: float | None = None) -> str:
    """Return the text with a theme or code on the map, at a place of its own or where the layout puts it.

    Args:
        text: Of themes.yaml.
        name: Id of a theme or code.
        x: From 0 (left) to 1 (right); None leaves it as it is.
        y: From 0 (top) to 1 (bottom).

    Example:
        >>> place_on_map("map:\\n  nodes: [tid, rom]\\n", "rom", 0.5, 0.25)
        'map:\\n  nodes: [tid, {id: rom, x: 0.5, y: 0.25}]\\n'
    """
    placed = "" if x is None or y is None else f", x: {x:.3g}, y: {y:.3g}"
    line = f"{{id: {flow(name)}{placed}}}" if placed else flow(name)
    for holder, item in _items(text, "nodes"):
        if _name(item) == name:
            if not placed:
                return text
            return text[: item.start] + line + text[item.end :] if holder.items else text
    return _with_item(text, "nodes", line)


def link_on_map(text: str, start: str, end: str, name: str = "", arrow: Arrow = "none") -> str:
    """Return the text with a link between two things; a link between the same two is written otherwise.

    Example:
        >>> link_on_map("map:\\n  links: []\\n", "tid", "rom", "presser")
        'map:\\n  links: [{from: tid, to: rom, name: presser}]\\n'
    """
    said = {"from": start, "to": end, "name": name, "arrow": "" if arrow == "none" else arrow}
    line = "{" + ", ".join(f"{key}: {flow(value)}" for key, value in said.items() if value) + "}"
    for _, item in _items(text, "links"):
        if _ends(item) == (start, end):
            if item.style != "flow":
                for key in ("name", "arrow"):
                    link = next(one for _, one in _items(text, "links") if _ends(one) == (start, end))
                    if said[key] or link.get(key) is not None:
                        text = set_scalar(text, link, key, said[key])
                return text
            return text[: item.start] + line + text[item.end :]
    return _with_item(text, "links", line)


def off_map(text: str, name: str) -> str:
    """Return the text without a theme or code on the map, and without the links that lead to it."""
    while (found := next((one for one in _items(text, "nodes") if _name(one[1]) == name), None)) is not None:
        text = _without(text, "nodes", *found)
    while (found := next((one for one in _items(text, "links") if name in _ends(one[1])), None)) is not None:
        text = _without(text, "links", *found)
    return text


def unlink_on_map(text: str, start: str, end: str) -> str:
    """Return the text without the links between two things."""
    while (found := next((o for o in _items(text, "links") if set(_ends(o[1])) == {start, end}), None)) is not None:
        text = _without(text, "links", *found)
    return text


def rename_code_on_map(text: str, old: str, new: str | None) -> str:
    """Return the text with a code's other id on the map; None, or one that stands there already, takes it off."""
    themes = {theme_id(found.theme) for found in walk(text)}
    names = {f"code:{old}"} | (set() if old in themes else {old})
    for name in names:
        if new is None:
            text = off_map(text, name)
            continue
        target = f"code:{new}" if name.startswith("code:") or new in themes else new
        if any(_name(item) in {new, f"code:{new}"} - themes for _, item in _items(text, "nodes")):
            while (found := next((one for one in _items(text, "nodes") if _name(one[1]) == name), None)) is not None:
                text = _without(text, "nodes", *found)
        while (place := next(_places_of(text, name), None)) is not None:
            text = text[: place.start] + written_like(text[place.start : place.end], target) + text[place.end :]
    return text


def _places_of(text: str, name: str) -> Iterator[Node]:
    for _, item in _items(text, "nodes"):
        place = item if item.kind == "scalar" else item.get("id")
        if place is not None and said_in(place) == name:
            yield place
    for _, item in _items(text, "links"):
        for key in ("from", "to"):
            place = item.get(key) if item.kind == "mapping" else None
            if place is not None and said_in(place) == name:
                yield place


def _items(text: str, key: str) -> Iterator[tuple[Node, Node]]:
    drawn = _map(text)
    holder = drawn.get(key) if drawn is not None and drawn.kind == "mapping" else None
    for item in holder.items if holder is not None and holder.kind == "sequence" else ():
        if holder is not None:
            yield holder, item


def _map(text: str) -> Node | None:
    root = root_of(text)
    return root.get("map") if root is not None and root.kind == "mapping" else None


def _name(item: Node) -> str:
    return said_in(item if item.kind == "scalar" else item.get("id"))


def _ends(item: Node) -> tuple[str, str]:
    return (said_in(item.get("from")), said_in(item.get("to"))) if item.kind == "mapping" else ("", "")


def _with_item(text: str, key: str, line: str) -> str:
    drawn = _map(text)
    if drawn is None or drawn.kind != "mapping":
        return _begun(text, key, line)
    holder = drawn.get(key)
    if holder is not None and holder.kind == "sequence" and (holder.items or holder.style == "flow"):
        return insert_lines(text, holder, line if holder.style == "flow" else f"- {line}")
    if holder is not None:
        name = next(name for name, _ in drawn.pairs() if name.value == key)
        colon = text.find(":", name.end) + 1
        return text[:colon] + f" [{line}]" + text[colon if holder.empty else holder.end :]
    if drawn.style == "flow":
        return insert_lines(text, drawn, f"{key}: [{line}]")
    return insert_lines(text, drawn, f"{key}:\n  - {line}")


def _begun(text: str, key: str, line: str) -> str:
    text = text if text.strip() else BEGINNING
    root = root_of(text)
    if root is not None and (root.kind == "sequence" or root.style == "flow"):
        hint = "Write “themes:” above the list, and move the list two spaces in."
        raise CannotPlace("themes.yaml has no room for a map", hint)
    if root is not None and root.get("map") is not None:
        text = cut_key(text, root, "map")
    newline = newline_of(text)
    body = text if not text or text.endswith("\n") else text + newline
    return body + newline.join(["map:", f"  {key}:", f"    - {line}"]) + newline


def _without(text: str, key: str, holder: Node, item: Node) -> str:
    if len(holder.items) > 1:
        return cut_item(text, item, holder)
    drawn = _map(text)
    name = next(name for name, _ in drawn.pairs() if name.value == key) if drawn is not None else holder
    colon = text.find(":", name.end) + 1
    return text[:colon] + " []" + text[holder.end :]
