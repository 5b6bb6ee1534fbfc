"""`guide.yaml`: the questions of the interview guide, and rules that tell which turns of interviewers ask them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from qualkit.coding.codebook import ID, rule_reader
from qualkit.errors import Problem
from qualkit.guide import Guide, Question
from qualkit.model import Rule
from qualkit.text import near_miss, nfc, slug
from qualkit.yamltext import Node, parse_yaml

CHECK = "guide"
RESERVED = ("none", "rules")
"""No question's id: by hand, a turn can be said to ask none, and to be left to the rules again."""

_TOP = ("title", "version", "questions")
_QUESTION = ("id", "part", "question", "rules")
_SAME = {"wording": "question", "text": "question", "rule": "rules", "any": "rules"}
_ASKS = ("interviewer",)


def parse_guide(text: str, file: str = "guide.yaml") -> tuple[Guide, list[Problem]]:
    """Read an interview guide and what is wrong with it.

    A rule searches whole turns of interviewers, unless it names other speakers.

    Example:
        >>> guide, _ = parse_guide('questions: [{id: varsel, question: "Hvem sa fra?", rules: ["lemma:si fra"]}]')
        >>> guide.questions[0].rules[0].any, guide.questions[0].rules[0].speakers
        (('lemma:si fra',), ('interviewer',))
    """
    root, problems = parse_yaml(text, file, CHECK)
    if root is None:
        return Guide(), problems
    reader = _Reader(file, problems)
    return reader.guide(root), problems


class _Reader:
    """Reads nodes into records and gathers what is wrong, with its place."""

    def __init__(self, file: str, problems: list[Problem]) -> None:
        self._file, self._problems = file, problems
        self._ids: dict[str, int] = {}
        self._rules: Callable[[Node | None, str], tuple[Rule, ...]] = rule_reader(file, problems, CHECK)

    def guide(self, root: Node) -> Guide:
        if root.kind == "mapping":
            self._keys(root, _TOP, "a guide")
        node = root if root.kind == "sequence" else root.get("questions")
        if node is None or (node.kind != "sequence" and not node.empty):
            hint = "Write “questions:”, and under it “- id: …” for each question."
            self._fault(node or root, "the questions stand in a list under “questions:”", hint)
            return Guide()
        title, version = (self._string(root.get(key)) for key in ("title", "version"))
        return Guide(title, version, tuple(self._questions(node)))

    def _questions(self, node: Node) -> Iterator[Question]:
        for item in node.items:
            if item.kind != "mapping":
                self._fault(item, "a question is keys with values", "Write “- id: …”, and below it “question: …”.")
                continue
            self._keys(item, _QUESTION, "a question")
            identifier = self._id(item)
            if not identifier:
                continue
            rules = tuple(
                replace(rule, unit="turn", speakers=rule.speakers or _ASKS)
                for rule in self._rules(item.get("rules"), identifier)
            )
            wording, part = self._string(item.get("question")), self._string(item.get("part"))
            yield Question(identifier, wording, part, rules, item.line)

    def _id(self, item: Node) -> str:
        node = item.get("id")
        identifier = self._string(node)
        if not identifier:
            words = slug(" ".join(re.findall(r"\w+", self._string(item.get("question")))[:2]))
            self._fault(item, "a question without an id", f"Give it a short one: “id: {words or 'question-1'}”.")
            return ""
        if identifier.casefold() in RESERVED:
            self._fault(node or item, f"“{identifier}” cannot be a question's id", "It has another meaning.")
            return ""
        if not ID.match(identifier):
            hint = f"Use letters, digits and hyphens: “id: {slug(identifier) or 'question-1'}”."
            self._fault(node or item, "an id is one word without signs", hint)
            return ""
        first = self._ids.setdefault(identifier.casefold(), item.line)
        if first != item.line:
            message = f"the id “{identifier}” is taken by the question on line {first}"
            self._fault(node or item, message, "Every question needs an id of its own.")
            return ""
        return identifier

    # --- pieces ---------------------------------------------------------------------------------------

    def _fault(self, at: Node, message: str, hint: str = "") -> None:
        self._problems.append(Problem(self._file, at.line, at.column, CHECK, message, hint))

    def _keys(self, node: Node, known: tuple[str, ...], what: str) -> None:
        seen: set[str] = set()
        for key in node.keys:
            if key.value in seen:
                self._fault(key, f"“{key.value}” stands twice in {what}", "Take one out.")
            elif key.value not in known:
                near = _SAME.get(key.value) or near_miss(key.value, known)
                hint = f"Did you mean “{near}”?" if near else "It has: " + ", ".join(known)
                self._fault(key, f"“{key.value}” is no key of {what}", hint)
            seen.add(key.value)

    def _string(self, node: Node | None) -> str:
        if node is None or node.empty:
            return ""
        if node.kind != "scalar":
            self._fault(node, "a text is expected here", "Put it in quotation marks if it holds a colon or a bracket.")
            return ""
        return nfc(node.value.strip())
