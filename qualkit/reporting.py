"""`reporting.yaml`: what a researcher answers to those items of a reporting standard that no program can know."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from qualkit.errors import Problem
from qualkit.language.printed import printed
from qualkit.text import near_miss
from qualkit.yamltext import Node, parse_yaml

CHECK = "reporting"
FILE = "reporting.yaml"
ITEMS = 32
"""Of COREQ."""

COMPUTED = (12, 16, 18, 20, 21, 24, 25, 27, 29, 31, 32)
"""Items of COREQ that are told from the study alone."""

PARTLY = (14, 15, 17, 26, 30)
"""Items of which the study tells a part."""

_KEYS = ("text", "page")


@dataclass(frozen=True, slots=True)
class Answer:
    """What a researcher reports of one item.

    Attributes:
        page: Where it stands in the manuscript, as she writes it.
        line: In reporting.yaml, for messages.
    """

    text: str
    page: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class Reporting:
    """The answers, by the number of the item in COREQ."""

    coreq: Mapping[int, Answer] = field(default_factory=lambda: MappingProxyType({}))


def parse_reporting(text: str, file: str = FILE) -> tuple[Reporting, list[Problem]]:
    """Read the answers and what is wrong with the file.

    Example:
        >>> found, _ = parse_reporting("coreq:\\n  10: Strategisk utvalg.\\n  13: {text: To sa nei., page: 31}\\n")
        >>> found.coreq[10].text, found.coreq[13].page
        ('Strategisk utvalg.', '31')
    """
    root, problems = parse_yaml(text, file, CHECK)

    def fault(at: Node, message: str, hint: str) -> None:
        problems.append(Problem(file, at.line, at.column, CHECK, message, hint))

    if root is None:
        return Reporting(), problems
    if root.kind != "mapping":
        fault(root, "the answers stand under “coreq:”", "Write “coreq:” and below it “10: …”.")
        return Reporting(), problems
    for key in root.keys:
        if key.value not in ("format", "coreq"):
            near = near_miss(key.value, ["format", "coreq"])
            fault(
                key,
                f"“{key.value}” is no key of reporting.yaml",
                f"Did you mean “{near}”?" if near else "It has: coreq",
            )
    node = root.get("coreq")
    if node is None or node.empty:
        return Reporting(), problems
    if node.kind != "mapping":
        fault(node, "the answers stand below the numbers of the items", "Write “10: …”.")
        return Reporting(), problems
    answers: dict[int, Answer] = {}
    for key, value in node.pairs():
        number = int(key.value) if key.value.isdecimal() and len(key.value) < 4 else 0
        if not 1 <= number <= ITEMS:
            fault(key, f"COREQ has no item “{key.value}”", f"Its items are numbered 1 to {ITEMS}.")
        elif number in answers:
            fault(key, f"item {number} stands twice, first on line {answers[number].line}", "Take one out.")
        elif (answer := _answer(value, key.line, fault)) is not None:
            answers[number] = answer
    return Reporting(MappingProxyType(answers)), problems


def _answer(node: Node, line: int, fault: Callable[[Node, str, str], None]) -> Answer | None:
    if node.kind == "scalar":
        return None if node.empty or not node.value.strip() else Answer(" ".join(node.value.split()), "", line)
    if node.kind != "mapping":
        fault(node, "an answer is a text", "Write “10: …”, or “10: {text: …, page: …}”.")
        return None
    for key in node.keys:
        if key.value not in _KEYS:
            fault(key, f"“{key.value}” is no key of an answer", "It has: text, page")
    said = {key: value for key in _KEYS if (value := node.get(key)) is not None and not value.empty}
    text = " ".join(said["text"].value.split()) if "text" in said else ""
    page = said["page"].value.strip() if "page" in said else ""
    return Answer(text, page, line) if text or page else None


def render_questions(language: str) -> str:
    """Return a reporting.yaml without answers: every item that asks for one, with what it is about."""
    lines = ["# COREQ. " + printed("coreq-note", language), "format: 1", "coreq:"]
    for number in range(1, ITEMS + 1):
        if number not in COMPUTED:
            lines += [f"  # {printed(f'coreq-item-{number}', language)}", f"  {number}:"]
    return "\n".join(lines) + "\n"
