"""`themes.yaml`: themes over codes, and the quotations a person chose for print, by coding id."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import get_args

from qualkit.errors import Problem
from qualkit.model import Earlier, Theme, ThemeStatus
from qualkit.text import near_miss, nfc, slug
from qualkit.yamltext import Node, parse_yaml

CHECK = "themes"
STATUSES: tuple[ThemeStatus, ...] = get_args(ThemeStatus)
_KEYS = (
    "id",
    "heading",
    "status",
    "concept",
    "definition",
    "test",
    "scope",
    "codes",
    "groups",
    "origin",
    "origins",
    "quotations",
    "reserve",
    "text",
    "subthemes",
    "became",
    "why",
    "by",
    "date",
    "earlier",
)
_TOP = ("format", "themes", "map", "announced")
_EARLIER = ("what", "words", "date", "by", "why")


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
    for key in root.keys:
        near = near_miss(key.value, _TOP) if key.value not in _TOP else None
        if near:
            hint = f"Did you mean “{near}”?"
            problems.append(Problem(file, key.line, key.column, CHECK, f"“{key.value}” is not read here", hint))
    if node is None and root.kind == "mapping" and any(root.get(key) is not None for key in _TOP):
        return (), problems
    if node is None or (node.kind != "sequence" and not node.empty):
        problems.append(Problem(file, root.line, root.column, CHECK, "themes stand in a list under “themes:”"))
        return (), problems
    seen: dict[str, int] = {}
    return tuple(_themes(node, file, problems, seen)), problems


class Reader:
    """Reads values of themes.yaml, and collects what is wrong with them."""

    def __init__(self, file: str, problems: list[Problem]) -> None:
        self.file = file
        self.problems = problems

    def fault(self, at: Node, message: str, hint: str = "") -> None:
        """Add a Problem at a node's place."""
        self.problems.append(Problem(self.file, at.line, at.column, CHECK, message, hint))

    def check_keys(self, item: Node, known: tuple[str, ...], what: str) -> None:
        """Find keys that stand twice or are not known."""
        twice: set[str] = set()
        for key in item.keys:
            if key.value in twice:
                self.fault(key, f"“{key.value}” stands twice in {what}", "Take one out.")
            twice.add(key.value)
            if key.value not in known:
                near = near_miss(key.value, known)
                self.fault(key, f"“{key.value}” is no key of {what}", f"Did you mean “{near}”?" if near else "")

    def string(self, found: Node | None) -> str:
        """Return a text; "" for nothing."""
        if found is None or found.empty:
            return ""
        if found.kind != "scalar":
            self.fault(found, "a text is expected here", "Put it in quotation marks if it holds a colon or a bracket.")
        return nfc(found.value.strip())

    def strings(self, found: Node | None) -> tuple[str, ...]:
        """Return the texts of a list; a single text counts as a list of one."""
        if found is None or found.empty:
            return ()
        items = (found,) if found.kind == "scalar" else found.items
        if found.kind == "mapping":
            self.fault(found, "a list is expected here", "Begin each item with “- ”.")
            return ()
        return tuple(text for each in items if (text := self.string(each)))

    def texts_by_name(self, found: Node | None) -> Mapping[str, str]:
        """Return texts by the names they stand under."""
        if found is None or found.empty:
            return MappingProxyType({})
        if found.kind != "mapping":
            self.fault(found, "names with texts are expected here", "Write “code: where it comes from”.")
            return MappingProxyType({})
        return MappingProxyType({nfc(key.value.strip()): self.string(value) for key, value in found.pairs()})


def _themes(node: Node, file: str, problems: list[Problem], seen: dict[str, int], above: str = "") -> Iterator[Theme]:
    read = Reader(file, problems)
    fault, string, strings = read.fault, read.string, read.strings
    for item in node.items:
        if item.kind != "mapping":
            fault(item, "a theme is keys with values", "Write “- heading: …”.")
            continue
        read.check_keys(item, _KEYS, "a theme")
        heading = string(item.get("heading"))
        identifier = string(item.get("id")) or slug(heading)
        if not identifier:
            fault(item, "a theme without a heading", "Write “heading: …”.")
            continue
        if identifier == above:
            hint = "Give the subtheme an id of its own, or take it out."
            fault(item, f"the theme “{identifier}” stands under itself", hint)
        elif identifier in seen:
            fault(item, f"the id “{identifier}” is taken by the theme on line {seen[identifier]}", "Give it another.")
        seen.setdefault(identifier, item.line)
        subthemes = item.get("subthemes")
        if subthemes is not None and not subthemes.empty and (above or subthemes.kind != "sequence"):
            what = "a subtheme has no subthemes of its own" if above else "subthemes stand in a list"
            fault(subthemes, what, "Tables show themes and one level of subthemes, each beginning with “- heading: …”.")
            subthemes = None
        scope = item.get("scope")
        parted = scope is not None and scope.kind == "mapping"
        if scope is not None and parted:
            read.check_keys(scope, ("in", "out"), "a scope")
        yield Theme(
            id=identifier,
            heading=heading or identifier,
            concept=string(item.get("concept")),
            definition=string(item.get("definition")),
            codes=strings(item.get("codes")),
            quotations=strings(item.get("quotations")),
            text=string(item.get("text")),
            subthemes=tuple(_themes(subthemes, file, problems, seen, identifier)) if subthemes is not None else (),
            line=item.line,
            reserve=strings(item.get("reserve")),
            status=_status(read, item.get("status")),
            test=string(item.get("test")),
            includes=string(scope.get("in") if scope is not None and parted else scope),
            excludes=string(scope.get("out")) if scope is not None and parted else "",
            groups=strings(item.get("groups")),
            origin=string(item.get("origin")),
            origins=read.texts_by_name(item.get("origins")),
            became=strings(item.get("became")),
            why=string(item.get("why")),
            by=string(item.get("by")),
            date=string(item.get("date")),
            earlier=tuple(_earlier(read, item.get("earlier"))),
        )


def _status(read: Reader, node: Node | None) -> ThemeStatus:
    said = read.string(node).casefold()
    for status in STATUSES:
        if said == status:
            return status
    if node is not None and said:
        near = near_miss(said, STATUSES)
        hint = f"Did you mean “{near}”?" if near else "It is one of: " + ", ".join(STATUSES)
        read.fault(node, f"“{said}” is no status of a theme", hint)
    return "candidate"


def _earlier(read: Reader, node: Node | None) -> Iterator[Earlier]:
    if node is None or node.empty:
        return
    if node.kind != "sequence":
        read.fault(node, "earlier headings and texts stand in a list", "Begin each with “- what: heading”.")
        return
    for item in node.items:
        if item.kind != "mapping":
            read.fault(item, "an earlier heading is keys with values", "Write “- what: heading” and “words: …” below.")
            continue
        read.check_keys(item, _EARLIER, "an earlier heading or text")
        said = {key: read.string(item.get(key)) for key in _EARLIER}
        yield Earlier(said["what"] or "heading", said["words"], said["date"], said["by"], said["why"])


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
