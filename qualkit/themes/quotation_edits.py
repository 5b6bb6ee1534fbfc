"""Quotations that a person chose or keeps in reserve, changed in themes.yaml; every other byte stays."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from qualkit.errors import FaultyFiles
from qualkit.text import nfc, slug
from qualkit.themes.themesfile import CHECK
from qualkit.yamlitems import replace_item
from qualkit.yamltext import Node, insert_lines, parse_yaml, quoted

Key = Literal["quotations", "reserve"]


def set_quotations(text: str, theme: str, key: Key, codings: Sequence[str], file: str = "themes.yaml") -> str:
    """Return the text with a theme's quotations, or reserve, in this order.

    Args:
        text: Of themes.yaml.
        theme: Id of a theme or subtheme.
        key: Which list.
        codings: Ids.
        file: Named in the Problems.

    Raises:
        FaultyFiles: If the file cannot be read.

    Example:
        >>> print(set_quotations("- heading: A\\n  quotations: [k1]  # to\\n", "a", "quotations", ["k1", "k2"]), end="")
        - heading: A
          quotations: [k1, k2]  # to
    """
    before = _listed(_theme(text, theme, file).get(key))
    for gone in [one for one in before if one not in codings]:
        text = replace_item(text, _theme(text, theme, file), key, gone, None)
    kept = [one for one in before if one in codings]
    added = [one for one in codings if one not in before]
    if [*kept, *added] != list(codings):
        return _rewritten(text, _theme(text, theme, file), key, codings)
    for new in added:
        text = _with(text, _theme(text, theme, file), key, new)
    return text


def _with(text: str, theme: Node, key: Key, coding: str) -> str:
    holder = theme.get(key)
    if holder is None:
        return insert_lines(text, theme, f"{key}: [{quoted(coding)}]")
    if holder.kind == "sequence" and holder.items:
        return insert_lines(text, holder, quoted(coding) if holder.style == "flow" else f"- {quoted(coding)}")
    return _rewritten(text, theme, key, [*_listed(holder), coding])


def _rewritten(text: str, theme: Node, key: Key, codings: Sequence[str]) -> str:
    """Return the text with a whole list written anew, in one line."""
    line = f"[{', '.join(map(quoted, codings))}]"
    for name, holder in theme.pairs():
        if name.value == key:
            colon = text.find(":", name.end) + 1
            return text[:colon] + " " + line + text[max(holder.end, colon) :]
    return insert_lines(text, theme, f"{key}: {line}")


def _listed(holder: Node | None) -> list[str]:
    if holder is None or holder.empty:
        return []
    items = (holder,) if holder.kind == "scalar" else holder.items
    return [nfc(item.value.strip()) for item in items if item.kind == "scalar" and item.value.strip()]


def _theme(text: str, theme: str, file: str) -> Node:
    root, problems = parse_yaml(text, file, CHECK)
    if problems:
        # A place in what was mended to be read is no place in the text.
        raise FaultyFiles(problems, "themes.yaml has faults; nothing was done")
    top = root if root is not None and root.kind == "sequence" else root.get("themes") if root is not None else None
    waiting = list(top.items) if top is not None else []
    while waiting:
        node = waiting.pop(0)
        if node.kind != "mapping":
            continue
        identifier, heading = node.get("id"), node.get("heading")
        named = identifier.value if identifier is not None else slug(heading.value) if heading is not None else ""
        if nfc(named.strip()) == theme:
            return node
        below = node.get("subthemes")
        waiting += below.items if below is not None else ()
    raise KeyError(theme)
