"""A file of decisions: what was decided about words, so that it can be decided again in the same way.

It lies beside a study or a corpus, outside the register: what it says is carried out on an empty register and gives
the same one. It names words and what is printed for them, so it is as secret as the register.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal, TypeVar

from qualkit.anonymisation.queue import folded, plain
from qualkit.errors import Problem
from qualkit.identity import (
    ACTIONS,
    CLASSES,
    EVERY_LANGUAGE,
    TYPES,
    Action,
    Identities,
    IdentityClass,
    IdentityType,
    Passed,
)
from qualkit.model import Span
from qualkit.text import near_miss, nfc
from qualkit.yamltext import Node, parse_yaml, quoted

CHECK = "decisions"
FORMAT = 1

Verdict = Literal["pass", "merge"] | Action
"""What is decided: an action of the register; `pass`: the words identify nobody; `merge`: they are an identity that is
known already, under another form."""

VERDICTS: tuple[Verdict, ...] = ("pass", "merge", *ACTIONS)
Gender = Literal["f", "m", ""]
Word = TypeVar("Word", bound=str)
_KEYS = ("forms", "action", "print", "type", "class", "gender", "merge", "participant", "only", "reason")
_ALSO = {"form": "forms", "decision": "action", "shown": "print", "with": "merge", "merge-with": "merge"}
_LANGUAGES = ("nb", "nn", "en", EVERY_LANGUAGE)
_HEAD = """# Decisions on what could identify somebody. To carry them out again: qualkit anonymise decide --from FILE
# It holds the words and what stands for them: keep it as you keep the register.
format: 1
decisions:
"""


@dataclass(frozen=True, slots=True)
class Choice:
    """One decision about words.

    Attributes:
        forms: As they are said; the first is the one that names them.
        action: See `Verdict`.
        type: None where it is taken from what detectors see.
        cls: Likewise.
        shown: The print form by language; empty: it is drawn, or taken from a ladder.
        gender: "f" or "m" for a pseudonym.
        merge: For "merge": a form, or the id, of the identity it is.
        participant: A participant's id, where it is one of them.
        only: Places it is decided for; empty: everywhere.
        reason: Why.
        line: In the file.
    """

    forms: tuple[str, ...]
    action: Verdict
    type: IdentityType | None = None
    cls: IdentityClass | None = None
    shown: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    gender: Gender = ""
    merge: str = ""
    participant: str = ""
    only: tuple[Span, ...] = ()
    reason: str = ""
    line: int = 0


def parse_decisions(text: str, file: str = "decisions.yaml") -> tuple[list[Choice], list[Problem]]:
    """Read a file of decisions, and everything that is wrong with it.

    Example:
        >>> found, _ = parse_decisions("decisions: [{form: Halden, action: generalise, print: by i Østfold}]")
        >>> found[0].forms, found[0].action, dict(found[0].shown)
        (('Halden',), 'generalise', {'*': 'by i Østfold'})
    """
    root, problems = parse_yaml(text, file, CHECK)
    reader = _Reader(file, problems)
    if root is None:
        return [], problems
    node = root if root.kind == "sequence" else root.get("decisions")
    if node is None or node.kind != "sequence":
        reader.fault(root, "decisions stand in a list under “decisions:”", "Begin each with “- form: …”.")
        return [], problems
    return [choice for item in node.items if (choice := reader.choice(item)) is not None], problems


class _Reader:
    """Reads nodes into decisions and gathers what is wrong; no message holds a form."""

    def __init__(self, file: str, problems: list[Problem]) -> None:
        self.file = file
        self.problems = problems

    def fault(self, node: Node, message: str, hint: str = "") -> None:
        self.problems.append(Problem(self.file, node.line, node.column, CHECK, message, hint))

    def choice(self, node: Node) -> Choice | None:
        """Return the decision of an item; None where it says nothing that could be carried out."""
        if node.kind != "mapping":
            self.fault(node, "a decision is keys with values", "Write “- form: …” and “action: …” below it.")
            return None
        found: dict[str, Node] = {}
        for key, value in node.pairs():
            name = _ALSO.get(key.value, key.value)
            if name not in _KEYS:
                near = near_miss(key.value, _KEYS)
                hint = f"Did you mean “{near}”?" if near else "A decision has: " + ", ".join(_KEYS) + "."
                self.fault(key, "this is no key of a decision", hint)
            elif name in found:
                self.fault(key, f"“{name}” is said twice", "Take one of them out.")
            else:
                found[name] = value
        forms = tuple(dict.fromkeys(self.texts(found.get("forms"))))
        merge = self.text(found.get("merge"))
        action = self.one_of(found.get("action"), VERDICTS, "action") or ("merge" if merge else None)
        if not forms or action is None:
            missing = "form" if not forms else "action"
            if missing == "form" or "action" not in found:
                self.fault(node, f"a decision without “{missing}”", f"Write “{missing}: …”.")
            return None
        if action == "merge" and not merge:
            self.fault(node, "a merge does not say with what", "Write “merge: ” and a form of the identity it is.")
            return None
        return Choice(
            forms,
            action,
            self.one_of(found.get("type"), TYPES, "type"),
            self.one_of(found.get("class"), CLASSES, "class"),
            self.shown(found.get("print")),
            self.one_of(found.get("gender"), ("f", "m"), "gender") or "",
            merge,
            self.text(found.get("participant")),
            self.places(found.get("only")),
            self.text(found.get("reason")),
            node.line,
        )

    def text(self, node: Node | None) -> str:
        if node is None or node.empty:
            return ""
        if node.kind != "scalar":
            self.fault(node, "a text is expected here", "Put it in quotation marks if it holds a colon or a bracket.")
            return ""
        return nfc(" ".join(node.value.split()))

    def texts(self, node: Node | None) -> tuple[str, ...]:
        if node is None or node.empty:
            return ()
        items = (node,) if node.kind == "scalar" else node.items
        return tuple(text for item in items if (text := self.text(item)))

    def one_of(self, node: Node | None, allowed: Sequence[Word], key: str) -> Word | None:
        value = self.text(node)
        found = next((word for word in allowed if word == value), None)
        if node is not None and value and found is None:
            near = near_miss(value, list(allowed))
            hint = f"Did you mean “{near}”?" if near else "There are: " + ", ".join(allowed) + "."
            self.fault(node, f"this is no {key}", hint)
        return found

    def shown(self, node: Node | None) -> Mapping[str, str]:
        if node is None or node.empty:
            return MappingProxyType({})
        if node.kind == "scalar":
            return MappingProxyType({EVERY_LANGUAGE: self.text(node)})
        found = {}
        for key, value in node.pairs() if node.kind == "mapping" else ():
            if key.value not in _LANGUAGES:
                self.fault(key, "this is no language of a print form", "There are: nb, nn, en.")
            elif text := self.text(value):
                found[key.value] = text
        if node.kind == "sequence":
            self.fault(node, "a print form is a text, or one for each of nb, nn, en", "Write “print: …”.")
        return MappingProxyType(found)

    def places(self, node: Node | None) -> tuple[Span, ...]:
        spans = []
        for written in self.texts(node):
            name, _, numbers = written.rpartition(":")
            start, _, end = numbers.partition("-")
            if name and start.isdecimal() and end.isdecimal() and int(start) < int(end) and len(numbers) < 20:
                spans.append(Span(name, int(start), int(end)))
            elif node is not None:
                self.fault(node, "this is no place", "A place is written as in “I3:204-210”.")
        return tuple(spans)


def decisions_of(identities: Identities) -> list[Choice]:
    """Return the decisions that make a register what it is."""
    choices = [
        Choice(
            one.forms, one.action, one.type, one.cls, one.shown, one.gender, "", one.participant, one.only, one.reason
        )
        for one in identities.identities
        if one.decided
    ]
    return choices + [Choice((one.form,), "pass", only=one.only, reason=one.reason) for one in identities.passed]


def render_decisions(choices: Sequence[Choice]) -> str:
    """Return a file of decisions.

    Example:
        >>> print(render_decisions([Choice(("NAV",), "pass")]).partition("decisions:")[2], end="")
        <BLANKLINE>
        - {form: NAV, action: pass}
    """
    return _HEAD + "".join(f"- {_rendered(choice)}\n" for choice in choices)


def _rendered(choice: Choice) -> str:
    forms = [quoted(form) for form in choice.forms]
    parts = [f"form: {forms[0]}" if len(forms) == 1 else f"forms: [{', '.join(forms)}]", f"action: {choice.action}"]
    if choice.shown:
        only_one = set(choice.shown) == {EVERY_LANGUAGE}
        each = ", ".join(f"{_key(language)}: {quoted(text)}" for language, text in choice.shown.items())
        parts.append(f"print: {quoted(choice.shown[EVERY_LANGUAGE]) if only_one else f'{{{each}}}'}")
    for key, value in (
        ("type", choice.type),
        ("class", choice.cls),
        ("gender", choice.gender),
        ("merge", choice.merge),
        ("participant", choice.participant),
    ):
        if value:
            parts.append(f"{key}: {quoted(value)}")
    if choice.only:
        parts.append(f"only: [{', '.join(quoted(str(span)) for span in choice.only)}]")
    if choice.reason:
        parts.append(f"reason: {quoted(choice.reason)}")
    return f"{{{', '.join(parts)}}}"


def _key(language: str) -> str:
    return f'"{language}"' if language == EVERY_LANGUAGE else language


def is_decided_alike(choice: Choice, identities: Identities) -> bool:
    """Return whether a register says already what a decision says."""
    wanted = {folded(form) for form in choice.forms}
    if choice.action == "pass":
        passed = [one for one in identities.passed if folded(one.form) in wanted]
        return any(
            bool(choice.only) and set(choice.only) <= set(one.only) if one.only else _as_written(one, choice)
            for one in passed
        )
    known = [one for one in identities.identities if one.decided and wanted <= {folded(form) for form in one.forms}]
    if choice.action == "merge":
        return bool(known)
    return any(set(choice.only) == set(one.only) and choice.action == one.action for one in known)


def _as_written(passed: Passed, choice: Choice) -> bool:
    """Whether words that were let through cover those of a choice as they are written: small ones cover no capital."""
    return plain(passed.form) != folded(passed.form) or all(plain(form) == folded(form) for form in choice.forms)
