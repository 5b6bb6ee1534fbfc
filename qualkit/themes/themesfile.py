"""`themes.yaml`: themes over codes, and the quotations a person chose for print, by coding id."""

from __future__ import annotations

from collections.abc import Iterator

from qualkit.errors import Problem
from qualkit.model import Theme
from qualkit.text import near_miss, slug
from qualkit.yamltext import Node, parse_yaml

CHECK = "themes"
_KEYS = ("id", "heading", "concept", "definition", "codes", "quotations", "subthemes")


def parse_themes(text: str, file: str = "themes.yaml") -> tuple[tuple[Theme, ...], list[Problem]]:
    """Read the themes and what is wrong with the file.

    Example:
        >>> themes, _ = parse_themes('themes: [{heading: "Alene om natta", codes: [alene]}]')
        >>> themes[0].id, themes[0].codes
        ('alene-om-natta', ('alene',))
    """
    root, problems = parse_yaml(text, file, CHECK)
    if root is None:
        return (), problems
    node = root if root.kind == "sequence" else root.get("themes")
    if node is None or (node.kind != "sequence" and not node.empty):
        problems.append(Problem(file, root.line, root.column, CHECK, "themes stand in a list under “themes:”"))
        return (), problems
    seen: dict[str, int] = {}
    return tuple(_themes(node, file, problems, seen)), problems


def _themes(node: Node, file: str, problems: list[Problem], seen: dict[str, int]) -> Iterator[Theme]:
    for item in node.items:

        def fault(at: Node, message: str, hint: str = "") -> None:
            problems.append(Problem(file, at.line, at.column, CHECK, message, hint))

        if item.kind != "mapping":
            fault(item, "a theme is keys with values", "Write “- heading: …”.")
            continue
        for key in item.keys:
            if key.value not in _KEYS:
                near = near_miss(key.value, _KEYS)
                fault(key, f"“{key.value}” is no key of a theme", f"Did you mean “{near}”?" if near else "")
        heading = _string(item.get("heading"))
        identifier = _string(item.get("id")) or slug(heading)
        if not identifier:
            fault(item, "a theme without a heading", "Write “heading: …”.")
            continue
        if identifier in seen:
            fault(item, f"the id “{identifier}” is taken by the theme on line {seen[identifier]}", "Give it another.")
        seen.setdefault(identifier, item.line)
        subthemes = item.get("subthemes")
        yield Theme(
            id=identifier,
            heading=heading or identifier,
            concept=_string(item.get("concept")),
            definition=_string(item.get("definition")),
            codes=_strings(item.get("codes")),
            quotations=_strings(item.get("quotations")),
            subthemes=tuple(_themes(subthemes, file, problems, seen)) if subthemes is not None else (),
            line=item.line,
        )


def _string(node: Node | None) -> str:
    return "" if node is None or node.empty or node.kind != "scalar" else node.value.strip()


def _strings(node: Node | None) -> tuple[str, ...]:
    if node is None or node.empty:
        return ()
    return (node.value,) if node.kind == "scalar" else tuple(n.value for n in node.items if n.kind == "scalar")
