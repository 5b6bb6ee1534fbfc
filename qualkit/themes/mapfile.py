"""What else stands in `themes.yaml`: the thematic map as the analyst drew it, and themes announced elsewhere."""

from __future__ import annotations

from typing import get_args

from qualkit.errors import Problem
from qualkit.text import near_miss
from qualkit.thematic import Announced, Arrow, DrawnMap, Link, Standing
from qualkit.themes.themesfile import CHECK, Reader
from qualkit.yamltext import Node, parse_yaml

_MAP = ("title", "nodes", "links", "belongs", "together")
_NODE = ("id", "x", "y")
_LINK = ("from", "to", "name", "arrow")
_ANNOUNCED = ("where", "date", "by", "themes")
_YES = ("yes", "true", "on", "ja")
_NO = ("no", "false", "off", "nei")


def parse_map(text: str, file: str = "themes.yaml") -> tuple[DrawnMap | None, list[Problem]]:
    """Read the thematic map, and what is wrong with how it is written; None where none was drawn.

    Example:
        >>> text = "map:\\n  nodes: [tid, rom]\\n  links: [{from: tid, to: rom, name: presser}]"
        >>> drawn, _ = parse_map(text)
        >>> [(link.start, link.name, link.end) for link in drawn.links]
        [('tid', 'presser', 'rom')]
    """
    root, _ = parse_yaml(text, file, CHECK)
    node = root.get("map") if root is not None and root.kind == "mapping" else None
    problems: list[Problem] = []
    read = Reader(file, problems)
    if node is None or node.empty:
        return None, problems
    if node.kind != "mapping":
        read.fault(node, "a map is keys with values", "Write “nodes:” and “links:” below “map:”.")
        return None, problems
    read.check_keys(node, _MAP, "a map")
    drawn = DrawnMap(
        title=read.string(node.get("title")),
        standing=tuple(_standing(read, item) for item in _items(read, node, "nodes") if _named(read, item)),
        links=tuple(link for item in _items(read, node, "links") if (link := _link(read, item)) is not None),
        belongs=_yes_or_no(read, node.get("belongs")),
        together=_number(read, node.get("together")),
        line=node.line,
    )
    return drawn, problems


def parse_announced(text: str, file: str = "themes.yaml") -> tuple[tuple[Announced, ...], list[Problem]]:
    """Read which themes were announced, and what is wrong with how it is written.

    Example:
        >>> told, _ = parse_announced("announced: [{where: Skisse, themes: [{id: tid, heading: Tida}, Rommet]}]")
        >>> told[0].themes
        (('tid', 'Tida'), ('', 'Rommet'))
    """
    root, _ = parse_yaml(text, file, CHECK)
    problems: list[Problem] = []
    read = Reader(file, problems)
    if root is None or root.kind != "mapping":
        return (), problems
    found = []
    for item in _items(read, root, "announced"):
        if item.kind != "mapping":
            read.fault(item, "what was announced is keys with values", "Write “- where: …” and “themes:” below.")
            continue
        read.check_keys(item, _ANNOUNCED, "an announcement")
        themes = []
        for theme in _items(read, item, "themes"):
            heading = read.string(theme if theme.kind == "scalar" else theme.get("heading"))
            identifier = "" if theme.kind == "scalar" else read.string(theme.get("id"))
            if heading or identifier:
                themes.append((identifier, heading or identifier))
        said = {key: read.string(item.get(key)) for key in ("where", "date", "by")}
        found.append(Announced(said["where"], said["date"], said["by"], tuple(themes), item.line))
    return tuple(found), problems


def _items(read: Reader, mapping: Node, key: str) -> tuple[Node, ...]:
    node = mapping.get(key)
    if node is None or node.empty:
        return ()
    if node.kind == "sequence":
        return node.items
    read.fault(node, f"“{key}” is a list", "Begin each item with “- ”.")
    return ()


def _named(read: Reader, item: Node) -> bool:
    if item.kind == "scalar" and not item.empty:
        return True
    if item.kind == "mapping" and (found := item.get("id")) is not None and not found.empty:
        return True
    read.fault(
        item, "what stands on a map is the id of a theme or a code", "Write “- ID”, or “- {id: ID, x: 0.2, y: 0.5}”."
    )
    return False


def _standing(read: Reader, item: Node) -> Standing:
    if item.kind == "scalar":
        return Standing(read.string(item), line=item.line)
    read.check_keys(item, _NODE, "what stands on a map")
    x, y = _place(read, item.get("x")), _place(read, item.get("y"))
    if (x is None) != (y is None):
        read.fault(item, "only one of x and y is given", "Give both, from 0 to 1, or none.")
        x = y = None
    return Standing(read.string(item.get("id")), x, y, item.line)


def _link(read: Reader, item: Node) -> Link | None:
    if item.kind != "mapping":
        read.fault(item, "a link is keys with values", "Write “- {from: ID, to: ID, name: …}”.")
        return None
    read.check_keys(item, _LINK, "a link")
    start, end = read.string(item.get("from")), read.string(item.get("to"))
    if not start or not end:
        read.fault(item, "a link leads from something to something", "Write “from:” and “to:”, with ids.")
        return None
    arrow: Arrow = "none"
    said = read.string(item.get("arrow")).casefold()
    for known in get_args(Arrow):
        if said == known or (said in _YES and known == "to"):
            arrow = known
            break
    else:
        if said and said not in _NO:
            near = near_miss(said, get_args(Arrow))
            read.fault(item, f"“{said}” is no arrow", f"Did you mean “{near}”?" if near else "It is to, both or none.")
    return Link(start, end, read.string(item.get("name")), arrow, item.line)


def _place(read: Reader, node: Node | None) -> float | None:
    said = read.string(node)
    if node is None or not said:
        return None
    try:
        value = float(said.replace(",", "."))
    except ValueError:
        value = -1.0
    if not 0 <= value <= 1:
        read.fault(node, "a place on a map is a number from 0 to 1", "x counts from the left, y from the top.")
        return None
    return value


def _yes_or_no(read: Reader, node: Node | None) -> bool | None:
    said = read.string(node).casefold()
    if node is None or not said:
        return None
    if said not in (*_YES, *_NO):
        read.fault(node, f"“{said}” is neither yes nor no", "Write yes or no.")
        return None
    return said in _YES


def _number(read: Reader, node: Node | None) -> int:
    said = read.string(node)
    if node is None or not said or said.casefold() in _NO:
        return 0
    if not said.isascii() or not said.isdigit():
        read.fault(node, "a number of shared passages is expected here", "Write a whole number, as “together: 2”.")
        return 0
    return int(said)
