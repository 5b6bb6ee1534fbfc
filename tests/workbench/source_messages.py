"""The messages and hints that the source can give, and the sentences on what was decided while a file was read."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass

from .source_texts import Texts
from .source_trees import ERRORS, Function, argument, default_of, last_name

_PROBLEM = ("file", "line", "column", "check", "message", "hint", "severity", "place")
_SAID = ("message", "hint")
_TELLING = frozenset({"told", "told_of_times", "repairs", "narrow", "wide"})
"""Functions that return sentences on what was decided."""
_COUNTING = frozenset({"tell", "counted"})
"""Functions that put a number before one of two texts."""
_DECIDED = frozenset({"decided", "told", "assumed"})


@dataclass(frozen=True, slots=True)
class Said:
    """A text that can be told.

    Attributes:
        text: With ⟦…⟧ for what only the running program knows.
        module: Where it is given.
        line: There.
    """

    text: str
    module: str
    line: int


@dataclass
class Messages(Texts):
    """A source, and what it can tell."""

    def said(self) -> list[Said]:
        """Return everything that a message or a hint can be."""
        self.trees  # noqa: B018  everything rests on them
        found: dict[str, Said] = {}
        todo: list[tuple[ast.expr, ast.AST]] = [(value, at) for at, value in self._told()]
        done: set[tuple[Function, str]] = set()
        while todo:
            for value, at in todo:
                module = self.module[at]
                if self.is_reached(at):
                    for text in self.templates(value):
                        found.setdefault(text, Said(text, module, getattr(at, "lineno", 0)))
            todo = []
            for function, name in self._handed - done:
                done.add((function, name))
                if function.name in _COUNTING or not any(
                    value in self._texts for value in self._wholes(function, name)
                ):
                    continue
                todo += [
                    (value, call)
                    for call in self.callers[function]
                    if (value := argument(call, function, name)) is not None
                ]
                if (default := default_of(function, name)) is not None:
                    todo.append((default, function))
        return list(found.values())

    def _wholes(self, function: Function, name: str) -> list[ast.expr]:
        """Return where a parameter is told as it stands, not as a piece of something."""
        return [
            node
            for node in ast.walk(function)
            if isinstance(node, ast.Name)
            and node.id == name
            and isinstance(node.ctx, ast.Load)
            and not isinstance(self.parent[node], ast.FormattedValue)
        ]

    def _told(self) -> Iterator[tuple[ast.AST, ast.expr]]:
        for node in self.kinds[ast.ClassDef]:
            if node.name in self.errors:
                yield from self._class_hint(node)
        for node in self.calls:
            yield from ((node, value) for value in (*self._told_by(node), *self._decided_by(node)))
        for kind in (ast.Assign, ast.AnnAssign, ast.AugAssign, ast.Return):
            for node in self.kinds[kind]:
                yield from ((node, value) for value in self._decided_in(node))

    def _class_hint(self, node: ast.ClassDef) -> Iterator[tuple[ast.AST, ast.expr]]:
        for one in node.body:
            if (isinstance(one, ast.Assign) and ast.unparse(one.targets[0]) == "hint") or (
                isinstance(one, ast.AnnAssign) and ast.unparse(one.target) == "hint" and one.value is not None
            ):
                yield one, one.value

    def _told_by(self, call: ast.Call) -> list[ast.expr]:
        name = last_name(call.func)
        order: tuple[str, ...] = ()
        if name == "Problem":
            order = _PROBLEM
        elif name == "Doubt":
            order = _SAID
        elif name == "FaultyFiles":
            order = ("problems", "message")
        elif name == "__init__" or (name in self.errors and self._plain(call)):
            inside = self.function_of(call)
            owner = self.parent.get(inside) if inside is not None else None
            if name == "__init__" and not (isinstance(owner, ast.ClassDef) and owner.name in self.errors):
                return []
            order = _SAID
        elif name == "replace":
            order = ()
        else:
            return []
        given = dict(zip(order, call.args, strict=False)) | {one.arg: one.value for one in call.keywords if one.arg}
        return [given[key] for key in _SAID if key in given]

    def _decided_by(self, call: ast.Call) -> list[ast.expr]:
        """Return the sentences on what was decided while reading a file, and why one was skipped."""
        name = last_name(call.func)
        if name == "tell":
            return [made for number, place in (("1", 0), ("⟦n⟧", 1)) if (made := self._counted(call, number, place))]
        if name == "append" and call.args and isinstance(call.func, ast.Attribute):
            to = last_name(call.func.value)
            if to in _DECIDED:
                return [call.args[0]]
            if to == "skipped" and isinstance(call.args[0], ast.Tuple):
                return [call.args[0].elts[1]]
        return []

    def _counted(self, call: ast.Call, number: str, place: int) -> ast.expr | None:
        """Return an expression for a number and what `tell` is given to say of it."""
        given = call.args[2:]
        if given and isinstance(given[0], ast.Starred) and isinstance(given[0].value, ast.Name):
            inside = self.function_of(call)
            known = self._given(inside, given[0].value.id) if inside is not None else []
            given = known[0][0].elts if known and isinstance(known[0][0], ast.Tuple) else []
        if len(given) <= place:
            return None
        made = ast.BinOp(ast.Constant(f"{number} "), ast.Add(), given[place])
        self.module[made] = self.module[made.left] = self.module[call]
        self.parent[made] = call
        return made

    def _decided_in(self, node: ast.Assign | ast.AnnAssign | ast.AugAssign | ast.Return) -> list[ast.expr]:
        if isinstance(node, ast.Return):
            inside = self.function_of(node)
            told = inside is not None and inside.name.strip("_") in _TELLING
        else:
            target = node.targets[0] if isinstance(node, ast.Assign) else node.target
            told = last_name(target) in _DECIDED
        value = node.value
        return elements(value) if told and value is not None else []

    def _plain(self, call: ast.Call) -> bool:
        """Return whether an error is made of a message and a hint: it has no beginning of its own."""
        node = self.meaning(self.module[call], ast.unparse(call.func))
        while isinstance(node, ast.ClassDef) and node.name not in ERRORS:
            if any(isinstance(one, ast.FunctionDef) and one.name == "__init__" for one in node.body):
                return False
            base = node.bases[0] if node.bases else None
            node = self.meaning(self.module[node], ast.unparse(base)) if base is not None else None
        return True


def elements(value: ast.expr) -> list[ast.expr]:
    """Return what stands in a list or tuple, also where it is one of several or a list of alike ones."""
    match value:
        case ast.List(elts=found) | ast.Tuple(elts=found):
            return [part for one in found for part in (elements(one.value) if isinstance(one, ast.Starred) else [one])]
        case ast.ListComp(elt=one) | ast.GeneratorExp(elt=one):
            return [one]
        case ast.IfExp(body=body, orelse=orelse):
            return [*elements(body), *elements(orelse)]
        case ast.BinOp(left=left, right=right):
            return [*elements(left), *elements(right)]
        case ast.Call(args=arguments) if ast.unparse(value.func) in ("tuple", "list", "sorted"):
            return [part for one in arguments for part in elements(one)]
    return []
