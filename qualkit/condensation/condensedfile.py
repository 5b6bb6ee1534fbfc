"""`condensed.yaml`: condensed meaning units, as content analysis makes them (Graneheim & Lundman 2004).

A condensed unit is one meaning unit made shorter; it belongs to that coding alone. It is no condensate, which is
written from many units.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from qualkit.condensate import CondensedUnit
from qualkit.errors import FaultyFiles, Problem
from qualkit.model import Extract
from qualkit.text import near_miss, nfc
from qualkit.yamlitems import without_item
from qualkit.yamltext import Node, insert_lines, newline_of, parse_yaml, quoted, set_scalar

CHECK = "condensed"
FILE = "condensed.yaml"
BEGINNING = "# Condensed meaning units: each says shorter what one coding's words say.\nunits:\n"
_KEYS = ("coding", "text", "by", "date")


def parse_condensed(text: str, file: str = FILE) -> tuple[tuple[CondensedUnit, ...], list[Problem]]:
    """Read the condensed units and what is wrong with the file.

    Example:
        >>> units, _ = parse_condensed('units: [{coding: k1, text: "Alene om natta"}]')
        >>> units[0].coding, units[0].text
        ('k1', 'Alene om natta')
    """
    root, problems = parse_yaml(text, file, CHECK)
    if root is None:
        return (), problems
    node = root if root.kind == "sequence" else root.get("units")

    def fault(at: Node, message: str, hint: str) -> None:
        problems.append(Problem(file, at.line, at.column, CHECK, message, hint))

    if node is None or (node.kind != "sequence" and not node.empty):
        fault(root, "condensed units stand in a list under “units:”", "Begin each with “- coding: …”.")
        return (), problems
    found: list[CondensedUnit] = []
    seen: dict[str, int] = {}
    for item in node.items:
        if item.kind != "mapping":
            fault(item, "a condensed unit is keys with values", "Write “- coding: …” and below it “text: …”.")
            continue
        for key in item.keys:
            if key.value not in _KEYS:
                near = near_miss(key.value, _KEYS)
                hint = f"Did you mean “{near}”?" if near else "It has: " + ", ".join(_KEYS)
                fault(key, f"“{key.value}” is no key of a condensed unit", hint)
        said = {key: _text(item.get(key)) for key in _KEYS}
        if not said["coding"]:
            fault(item, "a condensed unit without a coding", "Write “coding: …”, the id of a coding.")
            continue
        if said["coding"] in seen:
            message = f"“{said['coding']}” has a condensed unit on line {seen[said['coding']]} already"
            fault(item, message, "Take one of the two out.")
            continue
        seen[said["coding"]] = item.line
        found.append(CondensedUnit(said["coding"], said["text"], said["by"], said["date"], item.line))
    return tuple(found), problems


def check_condensed(
    condensed: Sequence[CondensedUnit], extracts: Sequence[Extract], statuses: Mapping[str, str], file: str = FILE
) -> list[Problem]:
    """Find condensed units of codings that are not there, and such that are no shorter than their unit.

    Args:
        condensed: As the file has them.
        extracts: Accepted codings of the study.
        statuses: By coding id, of every coding of the study.
        file: Named in the Problems.
    """
    words = {extract.coding.id: len(extract.coding.unit.text.split()) for extract in extracts}
    problems = []
    for one in condensed:
        if one.coding not in words:
            status = statuses.get(one.coding)
            what = f"is {status}, not accepted" if status else "is not there"
            hint = "Accept it (qualkit review), or take the condensed unit out."
            message = f"the coding “{one.coding}” of a condensed unit {what}"
            problems.append(Problem(file, one.line, None, CHECK, message, hint))
        elif len(one.text.split()) >= words[one.coding] > 1:
            message = f"the condensed unit of “{one.coding}” is no shorter than its meaning unit"
            hint = "Condensing shortens and keeps the core; a short unit needs no condensed one."
            problems.append(Problem(file, one.line, None, CHECK, message, hint, "warning"))
    return problems


def write_condensed(text: str, coding: str, words: str, *, by: str, date: str) -> str:
    """Return the text with a coding's condensed unit written; every other byte stays.

    Raises:
        FaultyFiles: If the file cannot be read.

    Example:
        >>> print(write_condensed("", "k1", "Alene om natta", by="kari", date="2026-03-02"), end="")
        # Condensed meaning units: each says shorter what one coding's words say.
        units:
        - coding: k1
          text: Alene om natta
          by: kari
          date: 2026-03-02
    """
    words = " ".join(words.split())
    pairs = (("coding", quoted(coding)), ("text", quoted(words)), ("by", quoted(by)), ("date", date))
    holder = _holder(text)
    old = next((item for item in _items(holder) if _text(item.get("coding")) == coding), None)
    if old is not None:
        if _text(old.get("text")) == words:
            return text
        for key, value in (("text", words), ("by", by), ("date", date)):
            item = next(item for item in _items(_holder(text)) if _text(item.get("coding")) == coding)
            text = set_scalar(text, item, key, value)
        return text
    if holder is not None and holder.items and holder.style == "flow":
        return insert_lines(text, holder, "{" + ", ".join(f"{key}: {value}" for key, value in pairs) + "}")
    block = "- " + "\n  ".join(f"{key}: {value}" for key, value in pairs)
    if holder is not None and holder.items:
        return insert_lines(text, holder, block)
    newline = newline_of(text)
    if holder is not None and not holder.empty:
        return text[: holder.start].rstrip(" ") + newline + block.replace("\n", newline) + text[holder.end :]
    text = text if text.strip() else BEGINNING
    text = text if text.endswith("\n") else text + newline
    holds = re.search(r"^units:[^\r\n]*\r?\n", text, re.MULTILINE)
    if holds is None:
        text, at = text + "units:" + newline, len(text) + len("units:" + newline)
    else:
        at = holds.end()
    return text[:at] + block.replace("\n", newline) + newline + text[at:]


def change_condensed(text: str, codings: Mapping[str, str | None]) -> str:
    """Return the text with condensed units of other codings; None takes one out, as does one that is there already.

    Raises:
        FaultyFiles: If the file cannot be read.

    Example:
        >>> change_condensed("- {coding: k1, text: a}\\n- {coding: k2, text: b}  # to\\n", {"k1": None})
        '- {coding: k2, text: b}  # to\\n'
    """
    for old, new in codings.items():
        holder = _holder(text) if old in text else None
        found = next((item for item in _items(holder) if _text(item.get("coding")) == old), None)
        if holder is None or found is None:
            continue
        if new is not None and not any(_text(item.get("coding")) == new for item in _items(holder)):
            text = set_scalar(text, found, "coding", new)
        else:
            text = without_item(text, found, holder, _root(text))
    return text


def _root(text: str) -> Node | None:
    root, problems = parse_yaml(text, FILE, CHECK)
    if problems:
        # A place in what was mended to be read is no place in the text.
        raise FaultyFiles(problems, f"{FILE} has faults; nothing was done")
    return root


def _holder(text: str) -> Node | None:
    root = _root(text)
    return root if root is None or root.kind == "sequence" else root.get("units")


def _items(holder: Node | None) -> list[Node]:
    return [item for item in holder.items if item.kind == "mapping"] if holder is not None else []


def _text(node: Node | None) -> str:
    return "" if node is None or node.empty or node.kind != "scalar" else nfc(node.value.strip())
