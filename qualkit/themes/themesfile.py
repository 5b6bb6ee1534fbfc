"""`themes.yaml`: themes over codes, and the quotations a person chose for print, by coding id."""

from __future__ import annotations

from collections.abc import Iterator

from qualkit.errors import Problem
from qualkit.model import Theme
from qualkit.text import near_miss, nfc, slug
from qualkit.yamltext import Node, parse_yaml

CHECK = "themes"
_KEYS = ("id", "heading", "concept", "definition", "codes", "quotations", "reserve", "text", "subthemes")


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


def _themes(
    node: Node, file: str, problems: list[Problem], seen: dict[str, int], *, deep: bool = False
) -> Iterator[Theme]:
    def fault(at: Node, message: str, hint: str = "") -> None:
        problems.append(Problem(file, at.line, at.column, CHECK, message, hint))

    def string(found: Node | None) -> str:
        if found is None or found.empty:
            return ""
        if found.kind != "scalar":
            fault(found, "a text is expected here", "Put it in quotation marks if it holds a colon or a bracket.")
        return nfc(found.value.strip())

    def strings(found: Node | None) -> tuple[str, ...]:
        if found is None or found.empty:
            return ()
        items = (found,) if found.kind == "scalar" else found.items
        if found.kind == "mapping":
            fault(found, "a list is expected here", "Begin each item with “- ”.")
            return ()
        return tuple(text for each in items if (text := string(each)))

    for item in node.items:
        if item.kind != "mapping":
            fault(item, "a theme is keys with values", "Write “- heading: …”.")
            continue
        twice: set[str] = set()
        for key in item.keys:
            if key.value in twice:
                fault(key, f"“{key.value}” stands twice in a theme", "Take one out.")
            twice.add(key.value)
            if key.value not in _KEYS:
                near = near_miss(key.value, _KEYS)
                fault(key, f"“{key.value}” is no key of a theme", f"Did you mean “{near}”?" if near else "")
        heading = string(item.get("heading"))
        identifier = string(item.get("id")) or slug(heading)
        if not identifier:
            fault(item, "a theme without a heading", "Write “heading: …”.")
            continue
        if identifier in seen:
            fault(item, f"the id “{identifier}” is taken by the theme on line {seen[identifier]}", "Give it another.")
        seen.setdefault(identifier, item.line)
        subthemes = item.get("subthemes")
        if subthemes is not None and not subthemes.empty and (deep or subthemes.kind != "sequence"):
            what = "a subtheme has no subthemes of its own" if deep else "subthemes stand in a list"
            fault(subthemes, what, "Tables show themes and one level of subthemes, each beginning with “- heading: …”.")
            subthemes = None
        yield Theme(
            id=identifier,
            heading=heading or identifier,
            concept=string(item.get("concept")),
            definition=string(item.get("definition")),
            codes=strings(item.get("codes")),
            quotations=strings(item.get("quotations")),
            text=string(item.get("text")),
            subthemes=tuple(_themes(subthemes, file, problems, seen, deep=True)) if subthemes is not None else (),
            line=item.line,
            reserve=strings(item.get("reserve")),
        )


def without_quotations(text: str) -> str:
    """Return themes.yaml with no quotation chosen; every other byte stays.

    Example:
        >>> print(without_quotations("themes:\\n- heading: A\\n  quotations:\\n  - k1\\n  codes: [a]"))
        themes:
        - heading: A
          quotations: []
          codes: [a]
    """
    root, _ = parse_yaml(text, "themes.yaml", CHECK)
    places = []
    waiting = [root] if root is not None else []
    while waiting:
        node = waiting.pop()
        for key, value in node.pairs() if node.kind == "mapping" else ():
            if key.value in ("quotations", "reserve") and not value.empty:
                places.append((key.end, value.end))
        waiting += node.items
    for start, end in sorted(places, reverse=True):
        text = text[:start] + ": []" + text[end:]
    return text
