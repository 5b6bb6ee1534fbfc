"""`private/identities.yaml`: who and what could identify somebody, and what is printed in its place.

Reading goes on after every fault, so that one run shows all. What cannot be read of an identity is taken as its most
careful meaning: an unknown action hides, an unknown class is direct.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Final, TypeVar

from qualkit.anonymisation.contradictions import CHECK, check_identities
from qualkit.anonymisation.identity_edits import (
    parse_span,
    render_identities,
    with_form,
    with_identity,
    with_passed,
    with_seed,
    without_identity,
    without_passed,
)
from qualkit.errors import Problem
from qualkit.identity import ACTIONS, CLASSES, EVERY_LANGUAGE, TYPES, Identities, Identity, Passed
from qualkit.model import Span
from qualkit.text import near_miss, nfc
from qualkit.yamltext import Node, parse_yaml

__all__ = (
    "FORMAT",
    "check_identities",
    "parse_identities",
    "parse_span",
    "render_identities",
    "with_form",
    "with_identity",
    "with_passed",
    "with_seed",
    "without_identity",
    "without_passed",
)

FORMAT = 1

_TOP: Final = ("format", "seed", "texts", "identities", "passed")
_IDENTITY: Final = (
    "id",
    "forms",
    "type",
    "class",
    "action",
    "print",
    "participant",
    "only",
    "gender",
    "reason",
    "by",
    "date",
)
_PASSED: Final = ("form", "only", "reason", "by", "date")
_SAME_THING: Final = {
    "form": "forms",
    "names": "forms",
    "name": "forms",
    "shown": "print",
    "replacement": "print",
    "pseudonym": "print",
    "cls": "class",
    "places": "only",
    "why": "reason",
}
_GENDERS: Final = ("f", "m")
_LANGUAGES: Final = ("nb", "nn", "en", EVERY_LANGUAGE)
_ID: Final = re.compile(r"[^\W_][\w-]*\Z")
_LARGEST_SEED = 2**63

Choice = TypeVar("Choice", bound=str)


def parse_identities(text: str, file: str = "private/identities.yaml") -> tuple[Identities, list[Problem]]:
    """Read the register and everything that is wrong with it, contradictions included.

    Args:
        text: Of the file.
        file: Named in the Problems.

    Example:
        >>> read, _ = parse_identities("identities: [{id: s1, forms: [Halden], action: generalise, print: by}]")
        >>> read.identities[0].forms, read.identities[0].print_form("nb")
        (('Halden',), 'by')
    """
    root, problems = parse_yaml(text, file, CHECK)
    reader = _Reader(file, problems)
    identities = reader.register(root)
    problems += check_identities(identities, file)
    return identities, sorted(problems, key=lambda problem: (problem.line or 0, problem.column or 0))


class _Reader:
    """Reads nodes into records and gathers what is wrong; no message holds a form."""

    def __init__(self, file: str, problems: list[Problem]) -> None:
        self.file = file
        self.problems = problems
        self.ids: dict[str, int] = {}

    def fault(self, node: Node | None, message: str, hint: str = "") -> None:
        line, column = (node.line, node.column) if node else (1, 1)
        self.problems.append(Problem(self.file, line, column, CHECK, message, hint))

    def register(self, root: Node | None) -> Identities:
        if root is None:
            if not self.problems:
                message = "the register is empty: nobody and nothing is decided"
                hint = "If decisions stood in it, take them out of a backup; else delete the file."
                self.problems.append(Problem(self.file, 1, 1, CHECK, message, hint, "warning"))
            return Identities()
        if root.kind != "mapping":
            self.fault(root, "a register is keys with values", "Begin with “identities:” and a list below it.")
            return Identities()
        self.keys(root, _TOP, "the register")
        version = root.get("format")
        if version is not None and version.value != str(FORMAT):
            hint = "Write “format: 1”, or update qualkit if a later version wrote the file."
            self.fault(version, f"qualkit reads registers of format {FORMAT}, and this one has another", hint)
        identities = tuple(
            one for node in self.items(root.get("identities"), "identities") if (one := self.identity(node))
        )
        passed = tuple(let for node in self.items(root.get("passed"), "passed") if (let := self.passed(node)))
        return Identities(identities, passed, self.seed(root.get("seed")), self.texts(root.get("texts")))

    def texts(self, node: Node | None) -> tuple[tuple[str, str], ...]:
        if node is None or node.empty:
            return ()
        if node.kind != "mapping":
            hint = "Take it out; qualkit writes it again with the next decision."
            self.fault(node, "“texts” says of each transcript in which text its places count", hint)
            return ()
        return tuple((nfc(key.value), self.string(value)) for key, value in node.pairs())

    def seed(self, node: Node | None) -> int:
        if node is None or node.empty:
            return 0
        if not (node.kind == "scalar" and node.value.isascii() and node.value.isdecimal() and len(node.value) < 20):
            self.fault(node, "the seed is a whole number", "Write what an earlier copy of the file says.")
            return 0
        return int(node.value) % _LARGEST_SEED

    def items(self, node: Node | None, key: str) -> tuple[Node, ...]:
        if node is None or node.empty:
            return ()
        if node.kind != "sequence":
            self.fault(node, f"“{key}” is a list", "Begin each item with “- ” on a line of its own.")
            return ()
        return node.items

    def keys(self, node: Node, known: tuple[str, ...], what: str) -> None:
        seen: dict[str, int] = {}
        for key in node.keys:
            if key.value in seen:
                message = f"a key stands twice in {what}, first on line {seen[key.value]}"
                self.fault(key, message, "Only the first is read. Take one out.")
            seen.setdefault(key.value, key.line)
            if key.value in known:
                continue
            near = _SAME_THING.get(key.value.casefold())
            near = near if near in known else near_miss(key.value, known)
            # What is no slip may be anything, a name among it.
            message = f"“{key.value}” is no key of {what}" if near else f"this is no key of {what}"
            self.fault(key, message, f"Did you mean “{near}”?" if near else "Known keys: " + ", ".join(known))

    def identity(self, node: Node) -> Identity | None:
        if node.kind != "mapping":
            self.fault(node, "an identity is keys with values", "Write “- id: p1” and “forms: […]” below it.")
            return None
        self.keys(node, _IDENTITY, "an identity")
        identifier = self.identifier(node)
        forms = self.strings(node.get("forms"))
        if not forms:
            hint = "Write the words as they are said: forms: [first form, second form]."
            self.fault(node.get("forms") or node, f"“{identifier}” has no forms, so it is found nowhere", hint)
        return Identity(
            id=identifier,
            forms=forms,
            type=self.choice(node.get("type"), TYPES, "type", "person", "other"),
            cls=self.choice(node.get("class"), CLASSES, "class", "direct", "direct"),
            action=self.choice(node.get("action"), ACTIONS, "action", "pseudonym", "redact"),
            shown=self.shown(node.get("print"), identifier),
            participant=self.string(node.get("participant")),
            only=self.spans(node.get("only")),
            gender=self.choice(node.get("gender"), _GENDERS, "gender", "", ""),
            reason=self.string(node.get("reason")),
            by=self.string(node.get("by")),
            date=self.day(node.get("date")),
            line=node.line,
        )

    def identifier(self, node: Node) -> str:
        written = node.get("id")
        identifier = self.string(written)
        made = f"line-{node.line}"
        if not identifier:
            self.fault(written or node, "an identity without an id", "Write “id: p1”, or another that is not taken.")
            return made
        if not _ID.match(identifier):
            hint = "An id has letters, digits, - and _, and no spaces: p1. It is no name."
            self.fault(written, "this cannot be an id", hint)
            return made
        if identifier in self.ids:
            hint = "Every identity needs an id of its own; give one of them another."
            self.fault(written, f"the id “{identifier}” is taken by the identity on line {self.ids[identifier]}", hint)
            return identifier
        self.ids[identifier] = node.line
        return identifier

    def passed(self, node: Node) -> Passed | None:
        if node.kind != "mapping":
            self.fault(node, "what was let through is keys with values", "Write “- form: …”.")
            return None
        self.keys(node, _PASSED, "what was let through")
        form = self.string(node.get("form"))
        if not form:
            self.fault(node.get("form") or node, "nothing says which words were let through", "Write “form: …”.")
            return None
        return Passed(
            form,
            self.spans(node.get("only")),
            self.string(node.get("reason")),
            self.string(node.get("by")),
            self.day(node.get("date")),
            node.line,
        )

    def shown(self, node: Node | None, identifier: str) -> Mapping[str, str]:
        if node is None or node.empty:
            return MappingProxyType({})
        if node.kind == "sequence":
            hint = "Write it without brackets, print: by i Østfold. They are put around it in print."
            self.fault(node, f"the print form of “{identifier}” is a text, or one for each language", hint)
            return MappingProxyType({EVERY_LANGUAGE: nfc(node.items[0].value.strip())} if node.items else {})
        if node.kind == "scalar":
            return MappingProxyType({EVERY_LANGUAGE: self.print_text(node, identifier)})
        found: dict[str, str] = {}
        for key, value in node.pairs():
            if key.value not in _LANGUAGES:
                self.fault(key, "print forms are told by language", "Write print: {nb: …, nn: …, en: …}.")
            elif key.value in found:
                self.fault(key, f"“{key.value}” stands twice in a print form", "Take one out.")
            elif not value.empty:
                found[key.value] = self.print_text(value, identifier)
        return MappingProxyType({key: text for key, text in found.items() if text})

    def print_text(self, node: Node, identifier: str) -> str:
        text = self.string(node)
        if re.search(r"[\[\]\n]", text):
            hint = "Write it on one line without brackets; they are put around it in print."
            self.fault(node, f"the print form of “{identifier}” has brackets or line breaks", hint)
        return text

    def spans(self, node: Node | None) -> tuple[Span, ...]:
        if node is None or node.empty:
            return ()
        found = []
        for item in (node,) if node.kind == "scalar" else node.items:
            span = parse_span(item.value) if item.kind == "scalar" else None
            if span is None:
                hint = "A place is a transcript with first and last character: I3:204-210."
                self.fault(item, "“only” names something that is no place", hint)
            else:
                found.append(span)
        if not found and not (node.kind == "sequence" and node.items) and node.kind != "scalar":
            self.fault(
                node, "“only” names no place", "Write only: [I3:204-210], or take it out: then it is everywhere."
            )
        return tuple(found)

    def choice(self, node: Node | None, allowed: tuple[Choice, ...], key: str, default: str, careful: str) -> Choice:
        value = self.string(node)
        if not value:
            return default  # type: ignore[return-value]
        for one in allowed:
            if one == value:
                return one
        near = near_miss(value, allowed)
        message = f"“{value}” is no {key}" if near else f"this is no {key} that is known"
        self.fault(node, message, f"Did you mean “{near}”?" if near else "It can be " + ", ".join(allowed) + ".")
        return careful  # type: ignore[return-value]

    def day(self, node: Node | None) -> str:
        written = self.string(node)
        try:
            if written and date.fromisoformat(written).isoformat() != written:
                raise ValueError
        except ValueError:
            self.fault(node, "the date cannot be read", "Write year, month and day: 2026-06-30.")
            return ""
        return written

    def strings(self, node: Node | None) -> tuple[str, ...]:
        if node is None or node.empty:
            return ()
        if node.kind == "mapping":
            self.fault(node, "a list is expected here", "Write them in brackets, with commas: [one, two].")
            return ()
        found = [self.string(item) for item in ((node,) if node.kind == "scalar" else node.items)]
        return tuple(text for text in found if text)

    def string(self, node: Node | None) -> str:
        if node is None or node.empty:
            return ""
        if node.kind != "scalar":
            self.fault(node, "a text is expected here", "Put it in quotation marks if it holds a colon or a bracket.")
            return ""
        return nfc(" ".join(node.value.split(" ")).strip())
