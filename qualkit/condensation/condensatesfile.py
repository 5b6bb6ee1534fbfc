"""`condensates.yaml`: code groups, their subgroups, what became of each meaning unit, and the condensates."""

from __future__ import annotations

from collections.abc import Iterator

from qualkit.condensate import CodeGroup, Fate, Placed, Subgroup, Version
from qualkit.errors import Problem
from qualkit.text import near_miss, nfc, slug
from qualkit.yamltext import Node, parse_yaml

CHECK = "condensates"
WITHDRAWN = "rests-on-withdrawn"
"""Key of a subgroup: how many of the units its texts were written from have been withdrawn."""

_GROUP = ("code", "name", "was", "subgroups")
_SUBGROUP = ("id", "name", "units", "start", "golden", "condensate", "analytic", "by", "date", "versions", WITHDRAWN)
_UNIT = ("id", "moved-to", "set-aside", "why")
_VERSION = ("text", "by", "date")
_FEWEST = "Begin each item with “- ”."


def parse_condensates(text: str, file: str = "condensates.yaml") -> tuple[tuple[CodeGroup, ...], list[Problem]]:
    """Read the code groups and what is wrong with the file.

    Example:
        >>> text = 'groups: [{code: alene, subgroups: [{name: "Om natta", units: [a1, {id: b2, set-aside: dag}]}]}]'
        >>> groups, _ = parse_condensates(text)
        >>> groups[0].subgroups[0].id, [(unit.coding, unit.fate) for unit in groups[0].subgroups[0].units]
        ('om-natta', [('a1', 'used'), ('b2', 'set-aside')])
    """
    root, problems = parse_yaml(text, file, CHECK)
    if root is None:
        return (), problems
    node = root if root.kind == "sequence" else root.get("groups")
    if node is None or (node.kind != "sequence" and not node.empty):
        hint = "Write “groups:”, and under it “- code: …” for each code group."
        problems.append(
            Problem(file, root.line, root.column, CHECK, "code groups stand in a list under “groups:”", hint)
        )
        return (), problems
    reader = _Reader(file, problems)
    return tuple(reader.groups(node)), problems


class _Reader:
    """Reads nodes into records and gathers what is wrong, with its place."""

    def __init__(self, file: str, problems: list[Problem]) -> None:
        self._file, self._problems = file, problems
        self._codes: dict[str, int] = {}
        self._ids: dict[str, int] = {}

    def groups(self, node: Node) -> Iterator[CodeGroup]:
        for item in node.items:
            if not self._is_mapping(item, "a code group", "Write “- code: …”.", _GROUP):
                continue
            code = self._string(item.get("code"))
            if not code:
                self._fault(item, "a code group without a code", "Write “code: …”, the id of a code in codebook.yaml.")
                continue
            if code in self._codes:
                message = f"the code “{code}” has a code group on line {self._codes[code]} already"
                self._fault(item, message, "Put the subgroups of both under one.")
            self._codes.setdefault(code, item.line)
            subgroups = tuple(self._subgroups(item.get("subgroups"), code))
            yield CodeGroup(code, self._string(item.get("name")), self._strings(item.get("was")), subgroups, item.line)

    def _subgroups(self, node: Node | None, code: str) -> Iterator[Subgroup]:
        for item in self._items(node):
            if not self._is_mapping(item, "a subgroup", "Write “- name: …”.", _SUBGROUP):
                continue
            name = self._string(item.get("name"))
            identifier = self._string(item.get("id")) or slug(name)
            if not identifier:
                self._fault(item, "a subgroup without a name", "Write “name: …”.")
                continue
            if identifier in self._ids:
                message = f"the id “{identifier}” is taken by the subgroup on line {self._ids[identifier]}"
                self._fault(item, message, f"Give it another, for instance “id: {code}-{identifier}”.")
            self._ids.setdefault(identifier, item.line)
            yield Subgroup(
                id=identifier,
                name=name or identifier,
                units=tuple(self._units(item.get("units"))),
                start=self._string(item.get("start")),
                golden=self._string(item.get("golden")),
                condensate=self._string(item.get("condensate")),
                analytic=self._string(item.get("analytic")),
                by=self._string(item.get("by")),
                date=self._string(item.get("date")),
                versions=tuple(self._versions(item.get("versions"))),
                withdrawn=self._number(item.get(WITHDRAWN)),
                line=item.line,
            )

    def _units(self, node: Node | None) -> Iterator[Placed]:
        seen: dict[str, int] = {}
        for item in self._items(node):
            placed = self._unit(item)
            if placed is None:
                continue
            if placed.coding in seen:
                message = f"the unit “{placed.coding}” stands on line {seen[placed.coding]} already"
                self._fault(item, message, "Take one of the two out.")
                continue
            seen[placed.coding] = item.line
            yield placed

    def _unit(self, item: Node) -> Placed | None:
        if item.kind == "scalar":
            return Placed(self._string(item), line=item.line) if not item.empty else None
        if not self._is_mapping(item, "a unit", "Write a coding's id, or {id: …, set-aside: why}.", _UNIT):
            return None
        coding = self._string(item.get("id"))
        if not coding:
            self._fault(item, "a unit without an id", "Write “id: …”, the id of a coding.")
            return None
        moved, aside = self._string(item.get("moved-to")), item.get("set-aside")
        why = self._string(item.get("why"))
        if moved and aside is not None:
            self._fault(item, "a unit is both moved and set aside", "Take one of the two out.")
        fate: Fate = "moved" if moved else "set-aside" if aside is not None else "used"
        return Placed(coding, fate, moved, why or ("" if moved else self._string(aside)), item.line)

    def _versions(self, node: Node | None) -> Iterator[Version]:
        for item in self._items(node):
            if self._is_mapping(item, "an earlier condensate", "Write “- text: …”.", _VERSION):
                yield Version(*(self._string(item.get(key)) for key in _VERSION))

    # --- pieces ---------------------------------------------------------------------------------------

    def _fault(self, at: Node, message: str, hint: str = "") -> None:
        self._problems.append(Problem(self._file, at.line, at.column, CHECK, message, hint))

    def _is_mapping(self, item: Node, what: str, hint: str, keys: tuple[str, ...]) -> bool:
        if item.kind != "mapping":
            self._fault(item, f"{what} is keys with values", hint)
            return False
        seen: set[str] = set()
        for key in item.keys:
            if key.value in seen:
                self._fault(key, f"“{key.value}” stands twice in {what}", "Take one out.")
            seen.add(key.value)
            if key.value not in keys:
                near = near_miss(key.value, keys)
                hint = f"Did you mean “{near}”?" if near else "It has: " + ", ".join(keys)
                self._fault(key, f"“{key.value}” is no key of {what}", hint)
        return True

    def _items(self, node: Node | None) -> tuple[Node, ...]:
        if node is None or node.empty:
            return ()
        if node.kind != "sequence":
            self._fault(node, "a list is expected here", _FEWEST)
            return ()
        return node.items

    def _string(self, node: Node | None) -> str:
        if node is None or node.empty:
            return ""
        if node.kind != "scalar":
            self._fault(node, "a text is expected here", "Put it in quotation marks if it holds a colon or a bracket.")
            return ""
        return nfc(node.value.strip())

    def _number(self, node: Node | None) -> int:
        said = self._string(node)
        if said.isdecimal() or node is None or not said:
            return int(said or 0)
        self._fault(node, "a number is expected here", "How many units were withdrawn, as “2”.")
        return 0

    def _strings(self, node: Node | None) -> tuple[str, ...]:
        if node is None or node.empty:
            return ()
        items = (node,) if node.kind == "scalar" else self._items(node)
        return tuple(text for item in items if (text := self._string(item)))
