"""`reflections/NAME.yaml`: what an analyst noted while reading; each has a file, so that two never write the same."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Final

from qualkit.errors import Problem
from qualkit.reflection import DIMENSIONS, VERDICTS, Kind, Reflection
from qualkit.text import near_miss, nfc
from qualkit.yamltext import Node, parse_yaml

CHECK = "reflections"
NONE, BY_RULE = "none", "rules"
"""In the place of a question's id: the turn asks none of the guide's, or what its rules say."""

SECTIONS: Final[Mapping[str, Kind]] = {
    "preconceptions": "preconceptions",
    "impressions": "impression",
    "themes": "theme",
    "notes": "note",
    "journal": "journal",
    "verdicts": "verdict",
    "power": "power",
    "asked": "asked",
}
"""Keys at the top of the file, and what stands under each."""

KEYS: Final[Mapping[Kind, tuple[str, ...]]] = {
    "preconceptions": ("date", "text"),
    "impression": ("transcript", "date", "text"),
    "theme": ("name", "was", "why", "dropped", "date"),
    "note": ("transcript", "date", "text"),
    "journal": ("date", "text"),
    "verdict": ("transcript", "verdict", "text", "changed", "date"),
    "power": ("dimension", "text", "date"),
    "asked": ("transcript", "question", "words", "nth", "date"),
}
"""Of an entry of each kind, in the order in which they are written."""

ABOUT: Final[Mapping[Kind, str]] = {
    "impression": "transcript",
    "theme": "name",
    "note": "transcript",
    "verdict": "transcript",
    "power": "dimension",
    "asked": "transcript",
}
"""Which key says what an entry is about."""

_WITH_TEXT = ("preconceptions", "impression", "note", "journal", "power")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_MOST_ALIKE = 10_000


def parse_reflections(text: str, file: str, by: str) -> tuple[tuple[Reflection, ...], list[Problem]]:
    """Read an analyst's entries and what is wrong with the file.

    Args:
        text: Of the file.
        file: Named in the Problems.
        by: The analyst.

    Example:
        >>> text = "impressions: [{transcript: K1, date: 2026-03-02, text: Mye uro.}]"
        >>> parse_reflections(text, "reflections/kari.yaml", "kari")[0][0].text
        'Mye uro.'
    """
    root, problems = parse_yaml(text, file, CHECK)
    if root is None:
        return (), problems
    reader = _Reader(file, by, problems)
    return tuple(reader.entries(root)), problems


class _Reader:
    """Reads nodes into records and gathers what is wrong, with its place."""

    def __init__(self, file: str, by: str, problems: list[Problem]) -> None:
        self._file, self._by, self._problems = file, by, problems

    def entries(self, root: Node) -> Iterator[Reflection]:
        if root.kind != "mapping":
            self._fault(root, "what was noted stands in lists under keys", "Begin with “impressions:” or another key.")
            return
        self._known_keys(root, tuple(SECTIONS), "the file")
        for key, node in root.pairs():
            kind = SECTIONS.get(key.value)
            if kind is None or node.empty:
                continue
            if node.kind != "sequence":
                self._fault(node, f"“{key.value}” is a list", "Begin each entry with “- ”.")
                continue
            for item in node.items:
                entry = self._entry(item, kind)
                if entry is not None:
                    yield entry

    def _entry(self, item: Node, kind: Kind) -> Reflection | None:
        keys = KEYS[kind]
        if item.kind != "mapping":
            first = next(key for key in keys if key != "date")
            self._fault(item, "an entry is keys with values", f"Write “- {first}: …”, and below it “text: …”.")
            return None
        self._known_keys(item, keys, "this entry")
        about = self._about(item, kind)
        if about is None:
            return None
        text_key = {"theme": "why", "asked": "words"}.get(kind, "text")
        one = Reflection(kind, self._by, about, self._string(item, text_key), self._day(item), line=item.line)
        if kind in _WITH_TEXT and not one.text:
            self._fault(item, "an entry without a text", "Write “text: …”, or take the entry out.")
            return None
        if kind == "theme":
            dropped = item.get("dropped")
            why = self._string(item, "dropped") if dropped is not None else ""
            return replace(one, was=self._string(item, "was"), dropped=dropped is not None, text=one.text or why)
        if kind == "verdict":
            return self._verdict(item, one)
        return self._asked(item, one) if kind == "asked" else one

    def _about(self, item: Node, kind: Kind) -> str | None:
        key = ABOUT.get(kind)
        if key is None:
            return ""
        about = self._string(item, key)
        if not about:
            self._fault(item, f"an entry without “{key}”", f"Write “{key}: …”.")
            return None
        if kind == "power" and about not in DIMENSIONS:
            near = near_miss(about, DIMENSIONS)
            hint = f"Did you mean “{near}”?" if near else f"They are {', '.join(DIMENSIONS)}."
            self._fault(item.get(key) or item, f"“{about}” is no dimension of information power", hint)
            return None
        return about

    def _verdict(self, item: Node, one: Reflection) -> Reflection | None:
        said = self._string(item, "verdict")
        if said not in VERDICTS:
            near = near_miss(said, VERDICTS) if said else None
            hint = f"Did you mean “{near}”?" if near else f"Write “verdict:” and one of {', '.join(VERDICTS)}."
            message = f"“{said}” is no verdict" if said else "an entry without a verdict"
            self._fault(item.get("verdict") or item, message, hint)
            return None
        return replace(one, verdict=said, changed=self._string(item, "changed"))

    def _asked(self, item: Node, one: Reflection) -> Reflection | None:
        node = item.get("question")
        items = (node,) if node is not None and node.kind == "scalar" else node.items if node is not None else ()
        named = tuple(dict.fromkeys(self._text(each) for each in items if not each.empty))
        if not one.text or not named:
            missing = "words" if named else "question"
            self._fault(item, f"an entry without “{missing}”", "It says how a turn begins, and which question it asks.")
            return None
        if len(named) > 1 and {NONE, BY_RULE} & set(named):
            self._fault(node or item, f"“{NONE}” and “{BY_RULE}” stand alone", "Take them out, or the other ids.")
            return None
        return replace(
            one,
            questions=() if {NONE, BY_RULE} & set(named) else named,
            by_rule=named == (BY_RULE,),
            nth=self._nth(item),
        )

    # --- pieces ---------------------------------------------------------------------------------------

    def _fault(self, at: Node, message: str, hint: str = "") -> None:
        self._problems.append(Problem(self._file, at.line, at.column, CHECK, message, hint))

    def _known_keys(self, node: Node, keys: tuple[str, ...], what: str) -> None:
        seen: set[str] = set()
        for key in node.keys:
            if key.value in seen:
                self._fault(key, f"“{key.value}” stands twice in {what}", "Put both under one.")
            elif key.value not in keys:
                near = near_miss(key.value, keys)
                hint = f"Did you mean “{near}”?" if near else "It has: " + ", ".join(keys)
                self._fault(key, f"“{_shown(key.value)}” is no key of {what}", hint)
            seen.add(key.value)

    def _string(self, item: Node, key: str) -> str:
        node = item.get(key)
        return "" if node is None else self._text(node)

    def _text(self, node: Node) -> str:
        if node.empty:
            return ""
        if node.kind != "scalar":
            self._fault(node, "a text is expected here", "Put it in quotation marks if it holds a colon or a bracket.")
            return ""
        return nfc(node.value.strip())

    def _day(self, item: Node) -> str:
        day = self._string(item, "date")
        if not day:
            return ""
        try:
            if _DAY.fullmatch(day):
                return date.fromisoformat(day).isoformat()
        except ValueError:
            pass
        self._fault(item.get("date") or item, "this is no date", "Write year, month and day: 2026-03-02.")
        return ""

    def _nth(self, item: Node) -> int:
        said = self._string(item, "nth")
        if not said:
            return 1
        if said.isascii() and said.isdecimal() and len(said) < len(str(_MOST_ALIKE)) and int(said):
            return int(said)
        self._fault(item.get("nth") or item, "a number is expected here", "Of turns that begin alike, the first is 1.")
        return 1


def _shown(key: str) -> str:
    """Return a key as a message may show it: a whole sentence in the place of a key may be an informant's."""
    return key if len(key.split()) == 1 and len(key) < 30 else "…"
