"""`framework.yaml`: what each case says to each theme, summed up, with the passages a summary rests on."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from qualkit.condensate import Version
from qualkit.errors import Problem
from qualkit.model import WAITING, Extract
from qualkit.summary import Rest, Summary, fingerprint
from qualkit.text import near_miss, nfc
from qualkit.yamltext import Node, parse_yaml

FILE = "framework.yaml"
CHECK = "framework"
_KEYS = ("case", "theme", "summary", "passages", "by", "date", "versions")


def parse_framework(text: str, file: str = FILE) -> tuple[tuple[Summary, ...], list[Problem]]:
    """Read the cells of the matrix and what is wrong with the file.

    Example:
        >>> text = 'cells: [{case: K1, theme: alene, summary: Er alene om natta., passages: [c1, {coding: c2}]}]'
        >>> cells, _ = parse_framework(text)
        >>> cells[0].case, [rest.coding for rest in cells[0].passages]
        ('K1', ['c1', 'c2'])
    """
    root, problems = parse_yaml(text, file, CHECK)
    if root is None:
        return (), problems
    node = root if root.kind == "sequence" else root.get("cells")
    if node is None or (node.kind != "sequence" and not node.empty):
        hint = "Write “cells:”, and under it “- case: …”, “theme: …” and “summary: …” for each."
        problems.append(Problem(file, root.line, root.column, CHECK, "cells stand in a list under “cells:”", hint))
        return (), problems
    return tuple(_cells(node, file, problems)), problems


def _cells(node: Node, file: str, problems: list[Problem]) -> Iterator[Summary]:
    def fault(at: Node, message: str, hint: str = "") -> None:
        problems.append(Problem(file, at.line, at.column, CHECK, message, hint))

    seen: dict[tuple[str, str], int] = {}
    for item in node.items:
        if item.kind != "mapping":
            fault(item, "a cell is keys with values", "Write “- case: …”.")
            continue
        twice: set[str] = set()
        for key in item.keys:
            if key.value in twice:
                fault(key, f"“{key.value}” stands twice in a cell", "Take one out.")
            twice.add(key.value)
            if key.value not in _KEYS:
                near = near_miss(key.value, _KEYS)
                known = f"Did you mean “{near}”?" if near else "It has: " + ", ".join(_KEYS)
                fault(key, f"“{key.value}” is no key of a cell", known)
        case, theme = value_of(item.get("case")), value_of(item.get("theme"))
        if not case or not theme:
            fault(item, "a cell without a case or a theme", "Write “case: …” and “theme: …”.")
            continue
        if (case, theme) in seen:
            message = f"the cell of {case} and “{theme}” stands on line {seen[case, theme]} already"
            fault(item, message, "Put both texts into one, and take the other out.")
            continue
        seen[case, theme] = item.line
        yield Summary(
            case,
            theme,
            value_of(item.get("summary")),
            tuple(_passages(item.get("passages"), fault)),
            value_of(item.get("by")),
            value_of(item.get("date")),
            tuple(
                Version(value_of(one.get("text")), value_of(one.get("by")), value_of(one.get("date")))
                for one in _items(item.get("versions"))
                if one.kind == "mapping"
            ),
            item.line,
        )


def _passages(node: Node | None, fault: object) -> Iterator[Rest]:
    for item in _items(node):
        if item.kind == "mapping":
            coding = value_of(item.get("coding")) or value_of(item.get("id"))
            if coding:
                yield Rest(coding, value_of(item.get("words")), item.line)
            elif callable(fault):
                fault(item, "a passage without a coding", "Write the id of a coding.")
        elif value_of(item):
            yield Rest(value_of(item), "", item.line)


def _items(node: Node | None) -> tuple[Node, ...]:
    if node is None or node.empty:
        return ()
    return node.items if node.kind == "sequence" else (node,)


def value_of(node: Node | None) -> str:
    """Return a scalar's text; "" where nothing stands there."""
    return "" if node is None or node.empty or node.kind != "scalar" else nfc(node.value.strip())


def became(summary: Summary, extracts: Mapping[str, Extract], codes: Collection[str]) -> dict[str, str]:
    """Return what became of passages since a summary was written on them: a reason for each that changed.

    Args:
        summary: A cell.
        extracts: By coding id, every coding of the study.
        codes: Of the cell's theme.
    """
    found: dict[str, str] = {}
    for rest in summary.passages:
        extract = extracts.get(rest.coding)
        if extract is None:
            found[rest.coding] = "is gone"
        elif extract.coding.status != "accepted":
            found[rest.coding] = f"is {extract.coding.status} now"
        elif extract.coding.anchor in WAITING:
            found[rest.coding] = "was not found again in its changed transcript"
        elif (rest.words and rest.words != fingerprint(extract.coding.unit.text)) or (
            extract.coding.anchor == "words-changed"
        ):
            found[rest.coding] = "has other words now"
        elif codes and extract.coding.code not in codes:
            found[rest.coding] = "has a code of another theme now"
        elif extract.participant and extract.participant != summary.case:
            found[rest.coding] = f"holds the words of {extract.participant}"
    return found


def check_framework(
    cells: Sequence[Summary],
    extracts: Mapping[str, Extract],
    codes: Mapping[str, Collection[str]],
    cases: Collection[str],
    file: str = FILE,
) -> list[Problem]:
    """Find cells of cases and themes that are not there, and summaries whose passages changed since.

    Args:
        cells: As the file has them.
        extracts: By coding id, every coding of the study.
        codes: By id of a theme or a code, the codes whose passages belong to it.
        cases: Ids of participants.
        file: Named in the Problems.
    """
    problems = []
    for cell in cells:
        if cell.case not in cases:
            near = near_miss(cell.case, list(cases))
            hint = f"Did you mean “{near}”?" if near else "A case is a participant's id."
            problems.append(Problem(file, cell.line, None, CHECK, f"there is no case “{cell.case}”", hint))
        if cell.theme not in codes:
            near = near_miss(cell.theme, list(codes))
            hint = f"Did you mean “{near}”?" if near else "Write the id of a theme in themes.yaml, or of a code."
            problems.append(Problem(file, cell.line, None, CHECK, f"there is no theme “{cell.theme}”", hint))
            continue
        for coding, what in became(cell, extracts, codes[cell.theme]).items():
            line = next((rest.line for rest in cell.passages if rest.coding == coding), cell.line)
            message = f"the summary of {cell.case} and “{cell.theme}” rests on a passage that {what}: {coding}"
            hint = (
                f"Read it again. If it holds: qualkit framework link {cell.case} {cell.theme} {coding}; if not, write "
                f"it anew, or: qualkit framework unlink {cell.case} {cell.theme} {coding}"
            )
            problems.append(Problem(file, line, None, CHECK, message, hint, "warning"))
    return problems
