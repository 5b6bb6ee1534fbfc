"""One item of a list in YAML, or one key of a mapping, written otherwise or taken out; every other byte stays."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qualkit.text import nfc
from qualkit.yamltext import Node, insert_lines, newline_of, quoted, set_scalar


def replace_item(text: str, mapping: Node, key: str, old: str, new: str | None) -> str:
    """Return the text with one item of the list under a key replaced, or taken out.

    Where the new item stands in the list already, the old one is taken out: nothing stands there twice.

    Args:
        text: Of the file.
        mapping: Whose key it is.
        key: Of the list; a single text without a list counts as a list of one.
        old: The item.
        new: What it becomes; None takes it out.

    Example:
        >>> from qualkit.yamltext import parse_yaml
        >>> text = "codes: [a, b]  # two\\n"
        >>> replace_item(text, parse_yaml(text, "", "")[0], "codes", "b", "c")
        'codes: [a, c]  # two\\n'
    """
    holder = mapping.get(key)
    if holder is None or holder.empty or holder.kind == "mapping":
        return text
    items = (holder,) if holder.kind == "scalar" else holder.items
    found = next((item for item in items if _says(item, old)), None)
    if found is None:
        return text
    if new is not None and not any(_says(item, new) for item in items):
        return text[: found.start] + written_like(text[found.start : found.end], new) + text[found.end :]
    if holder.kind == "scalar" or len(items) == 1:
        return _emptied(text, mapping, key, holder)
    return cut_item(text, found, holder)


def holds(mapping: Node, key: str, wanted: str) -> bool:
    """Return whether the list under a key has an item."""
    holder = mapping.get(key)
    if holder is None or holder.kind == "mapping":
        return False
    return any(_says(item, wanted) for item in ((holder,) if holder.kind == "scalar" else holder.items))


def cut_item(text: str, item: Node, sequence: Node) -> str:
    """Return the text without one of several items of a list."""
    at = next(number for number, each in enumerate(sequence.items) if each.start == item.start)
    if sequence.style == "flow":
        if at + 1 < len(sequence.items):
            return text[: item.start] + text[sequence.items[at + 1].start :]
        return text[: sequence.items[at - 1].end] + text[item.end :]
    begin = text.rfind("\n", 0, item.start) + 1
    stop = text.find("\n", item.end)
    return text[:begin] + ("" if stop < 0 else text[stop + 1 :])


def reordered(text: str, sequence: Node, order: Sequence[Node]) -> str:
    """Return the text with the items of a list in another order; what is noted behind an item goes along with it.

    Args:
        text: Of the file.
        sequence: The list.
        order: All of its items.

    Example:
        >>> from qualkit.yamltext import parse_yaml
        >>> text = "units: [a, b, {id: c}]\\n"
        >>> units = parse_yaml(text, "", "")[0].get("units")
        >>> reordered(text, units, [units.items[2], *units.items[:2]])
        'units: [{id: c}, a, b]\\n'
    """

    def stretch(item: Node) -> tuple[int, int]:
        if sequence.style == "flow":
            return item.start, item.end
        stop = text.find("\n", item.end)
        stop = len(text) if stop < 0 else stop
        return item.start, stop - (text[stop - 1 : stop] == "\r")

    stretches = [stretch(item) for item in sequence.items]
    words = [text[slice(*stretch(item))] for item in order]
    for (start, end), new in reversed(list(zip(stretches, words, strict=True))):
        text = text[:start] + new + text[end:]
    return text


def cut_key(text: str, mapping: Node, key: str) -> str:
    """Return the text without a key of a mapping and what it holds; a mapping without the key stays.

    Example:
        >>> from qualkit.yamltext import parse_yaml
        >>> root, _ = parse_yaml("{a: 1, b: 2}", "", "")
        >>> cut_key("{a: 1, b: 2}", root, "b")
        '{a: 1}'
    """
    pairs = list(mapping.pairs())
    at = next((number for number, (name, _) in enumerate(pairs) if name.value == key), None)
    if at is None:
        return text
    name, node = pairs[at]
    if mapping.style == "flow":
        if at + 1 < len(pairs):
            return text[: name.start] + text[pairs[at + 1][0].start :]
        stop = max(node.end, name.end)
        return text[: max(pairs[at - 1][0].end, pairs[at - 1][1].end) if at else name.start] + text[stop:]
    begin = text.rfind("\n", 0, name.start) + 1
    stop = text.find("\n", max(node.end, name.end))
    return text[:begin] + ("" if stop < 0 else text[stop + 1 :])


def without_item(text: str, item: Node, sequence: Node, root: Node | None) -> str:
    """Return the text without one item of the list that is the file, or the value of a key at its top.

    Example:
        >>> from qualkit.yamltext import parse_yaml
        >>> text = "groups:   # ours\\n- code: a\\n# end\\n"
        >>> root, _ = parse_yaml(text, "", "")
        >>> without_item(text, root.items[0].items[0], root.items[0], root)
        'groups: []   # ours\\n# end\\n'
    """
    if len(sequence.items) > 1:
        return cut_item(text, item, sequence)
    if sequence.style == "flow":
        return text[: sequence.start] + "[]" + text[sequence.end :]
    begin = text.rfind("\n", 0, sequence.start) + 1
    stop = text.find("\n", sequence.end)
    rest = "" if stop < 0 else text[stop + 1 :]
    if root is None or root is sequence or root.kind == "sequence":
        return text[:begin] + rest
    name = next(name for name, value in root.pairs() if value.start == sequence.start)
    colon = text.find(":", name.end) + 1
    return text[:colon] + " []" + text[colon:begin] + rest


def set_block(text: str, mapping: Node, key: str, words: str) -> str:
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
            if text[stop:].partition("\n")[0].strip() or _swallows(text, stop, mapping):
                # A comment behind it would become part of the text.
                return set_scalar(text, mapping, key, words)
            indent = " " * (mapping.column - 1)
            below = [indent + line if line else "" for line in block[1:]]
            return text[:colon] + " " + newline_of(text).join([block[0], *below]) + text[stop:]
    if _swallows(text, mapping.end, mapping):
        return set_scalar(text, mapping, key, words)
    return insert_lines(text, mapping, f"{key}: " + "\n".join(block))


def _swallows(text: str, at: int, mapping: Node) -> bool:
    """Return whether a comment that stands below would become part of a text in several lines."""
    _, _, below = text[at:].partition("\n")
    line = next((line for line in below.split("\n") if line.strip()), "")
    return line.lstrip(" ").startswith("#") and len(line) - len(line.lstrip(" ")) > mapping.column - 1


def _emptied(text: str, mapping: Node, key: str, holder: Node) -> str:
    name = next(name for name in mapping.keys if name.value == key)
    colon = text.find(":", name.end) + 1
    if holder.kind == "scalar" or holder.style == "flow":
        return text[: holder.start] + "[]" + text[holder.end :]
    between, rest = text[colon : holder.start], text[holder.end :]
    if rest.lstrip(" \r\n") == rest.lstrip(" ") and rest:
        # A comment stands where the item stood.
        return text[:colon] + " []" + between + rest.lstrip(" ")
    return text[:colon] + " []" + between.rstrip(" ").removesuffix("\n").removesuffix("\r") + rest.lstrip(" ")


def _says(item: Node, wanted: str) -> bool:
    return item.kind == "scalar" and not item.empty and nfc(item.value.strip()) == wanted


def written_like(written: str, new: str) -> str:
    """Return a new scalar in the quotation marks of the old one.

    Example:
        >>> written_like("'a'", "b"), written_like("a", "b")
        ("'b'", 'b')
    """
    if written[:1] == "'" and "\n" not in new:
        return "'" + new.replace("'", "''") + "'"
    plain = quoted(new)
    if plain.startswith('"') or not (written[:1] == '"' or re.search(r"[\[\]{},]", plain)):
        return plain
    return f'"{plain}"'
