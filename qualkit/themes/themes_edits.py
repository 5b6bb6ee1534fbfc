"""Codes and quotations that themes name, changed in themes.yaml; every other byte stays."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from qualkit.errors import FaultyFiles
from qualkit.themes.map_changes import rename_code_on_map
from qualkit.themes.themesfile import CHECK
from qualkit.yamlitems import cut_key, holds, replace_item, written_like
from qualkit.yamltext import Node, parse_yaml


def change_themes(text: str, key: str, changes: Mapping[str, str | None], file: str = "themes.yaml") -> str:
    """Return the text of themes.yaml with other codes or quotations; None takes one out.

    Args:
        text: Of themes.yaml.
        key: "codes" or "quotations".
        changes: From id to id.
        file: Named in the Problems.

    Raises:
        FaultyFiles: If the file cannot be read.

    Example:
        >>> change_themes("- heading: A\\n  codes: [a, b]  # two\\n", "codes", {"b": "c"})
        '- heading: A\\n  codes: [a, c]  # two\\n'
    """
    for old, new in changes.items():
        while (holder := next((n for n in _themes(text, file) if holds(n, key, old)), None)) is not None:
            text = replace_item(text, holder, key, old, new)
        if key == "codes":
            text = rename_code_on_map(_with_origin(text, old, new, file), old, new)
    return text


def _with_origin(text: str, old: str, new: str | None, file: str) -> str:
    """Return the text with a code's other id where a theme says where the code comes from."""
    for number in range(len(list(_themes(text, file)))):
        origins = list(_themes(text, file))[number].get("origins")
        if origins is None or origins.get(old) is None:
            continue
        if new is None or origins.get(new) is not None:
            if len(origins.keys) > 1:
                text = cut_key(text, origins, old)
            elif origins.style == "flow":
                text = text[: origins.start] + "{}" + text[origins.end :]
            else:
                text = cut_key(text, list(_themes(text, file))[number], "origins")
        else:
            name = next(name for name in origins.keys if name.value == old)
            text = text[: name.start] + written_like(text[name.start : name.end], new) + text[name.end :]
    return text


def themes_naming(text: str, code: str, file: str = "themes.yaml") -> list[str]:
    """Return the headings of themes that name a code."""
    found = []
    for node in _themes(text, file):
        if holds(node, "codes", code):
            named = node.get("heading") or node.get("id")
            found.append(named.value if named is not None else f"line {node.line}")
    return found


def _themes(text: str, file: str) -> Iterator[Node]:
    root, problems = parse_yaml(text, file, CHECK)
    if problems:
        # A place in what was mended to be read is no place in the text.
        raise FaultyFiles(problems, "themes.yaml has faults; nothing was done")
    top = root if root is not None and root.kind == "sequence" else root.get("themes") if root is not None else None
    waiting = list(top.items) if top is not None and top.kind == "sequence" else []
    while waiting:
        node = waiting.pop(0)
        if node.kind == "mapping":
            yield node
            below = node.get("subthemes")
            if below is not None and below.kind == "sequence":
                waiting += below.items
