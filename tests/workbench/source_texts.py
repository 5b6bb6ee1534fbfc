"""Every text that an expression of the source can become.

What is said is rarely one literal: it is put together of branches, local names, constants and what a caller hands over.
`Texts.templates` follows an expression through all of these and returns every text it can become, with `⟦…⟧` where only
the running program knows: a name, a number, a place.

Example:
    f"{several} in no participants.csv", with several = "a speaker is" if n == 1 else f"{n} speakers are"

    gives "a speaker is in no participants.csv" and "⟦n⟧ speakers are in no participants.csv".
"""

from __future__ import annotations

import ast
import itertools
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from .source_trees import Function, Source, argument, default_of, last_name, parameters, returns_of

_MOST = 48
"""Texts of one expression; one that could become more is a hole."""
_DEEPEST = 14


@dataclass
class Texts(Source):
    """A source, and what its expressions can become."""

    _texts: dict[ast.AST, list[str]] = field(default_factory=dict)
    _asked: set[ast.AST] = field(default_factory=set)
    _handed: set[tuple[Function, str]] = field(default_factory=set)

    def templates(self, node: ast.expr | None, depth: int = 0) -> list[str]:
        """Return every text an expression can become."""
        if node is None or depth > _DEEPEST:
            return [hole("deep")] if node is not None else []
        if node not in self._texts:
            if node in self._asked:
                return []
            self._asked.add(node)
            found = list(dict.fromkeys(self._templates(node, depth + 1)))
            self._asked.discard(node)
            self._texts[node] = found if len(found) <= _MOST else [hole(node)]
        return self._texts[node]

    def _templates(self, node: ast.expr, depth: int) -> Iterable[str]:  # noqa: PLR0911  one a kind of expression
        match node:
            case ast.Constant(value=None):
                return []
            case ast.Constant(value=value):
                return [str(value)]
            case ast.JoinedStr(values=values):
                return joined([self._piece(value, depth) for value in values])
            case ast.BinOp(op=ast.Add(), left=left, right=right):
                return joined([self.templates(left, depth), self.templates(right, depth)])
            case ast.IfExp(body=body, orelse=orelse):
                return [*self.templates(body, depth), *self.templates(orelse, depth)]
            case ast.BoolOp(op=ast.Or(), values=values):
                return [text for value in values for text in self.templates(value, depth)]
            case ast.NamedExpr(value=value):
                return self.templates(value, depth)
            case ast.Name(id=name):
                return self._named(node, name, depth)
            case (
                ast.Subscript(value=ast.Name(id=name))
                | ast.Call(func=ast.Attribute(value=ast.Name(id=name), attr="get"))
            ):
                return self._looked_up(node, name, depth)
            case ast.Attribute(value=ast.Name(id=name), attr=attribute):
                target = self.imports[self.module[node]].get(name)
                value = self.constants.get((target[0], attribute)) if target and not target[1] else None
                return self.templates(value, depth) if is_text(value) else [hole(node)]
            case ast.Call():
                return self._returned(node, depth)
        return [hole(node)]

    def _piece(self, value: ast.expr, depth: int) -> list[str]:
        if not isinstance(value, ast.FormattedValue):
            return self.templates(value, depth)
        if value.format_spec is not None:
            return [hole(value.value)]
        inner = value.value
        function = self.function_of(inner)
        if isinstance(inner, ast.Name) and function is not None and not self._given(function, inner.id):
            handed = self._handed_over(function, inner.id, depth) if inner.id in parameters(function) else []
            if handed:
                return handed
        return self.templates(inner, depth) or [hole(inner)]

    def _handed_over(self, function: Function, name: str, depth: int) -> list[str]:
        """Return the words that callers hand over, if they are words."""
        found = [
            text for call in self.callers[function] for text in self.templates(argument(call, function, name), depth)
        ]
        texts = list(dict.fromkeys([*found, *self.templates(default_of(function, name), depth)]))
        return texts if 0 < len(texts) <= _MOST and any(" " in bare(text) for text in texts) else []

    def _named(self, node: ast.expr, name: str, depth: int) -> list[str]:
        function = self.function_of(node)
        while function is not None:
            given = self._given(function, name)
            if name in parameters(function):
                self._handed.add((function, name))
            if given or name in parameters(function):
                found = [text for value, more in given if not more for text in self._value(value, depth)]
                for value, more in given:
                    if more:
                        found = list(dict.fromkeys([*found, *joined([found, self._value(value, depth)])]))
                    if len(found) > _MOST:
                        return [hole(node)]
                return found or [hole(node)]
            function = self.function_of(function)
        module = self.module[node]
        for _ in range(4):
            if (module, name) in self.constants:
                value = self.constants[module, name]
                return self.templates(value, depth) if is_text(value) else [hole(node)]
            if name not in self.imports[module]:
                break
            module, name = self.imports[module][name]
        return [hole(node)]

    def _value(self, value: ast.expr | None, depth: int) -> list[str]:
        return [hole("…")] if value is None else self.templates(value, depth)

    def _given(self, function: Function, name: str) -> list[tuple[ast.expr | None, bool]]:
        """Return what a name is given in a function; the second says whether it is put behind what it was."""
        return self._all_given(function).get(name, [])

    def _all_given(self, function: Function) -> dict[str, list[tuple[ast.expr | None, bool]]]:
        if function not in self._givings:
            found: dict[str, list[tuple[ast.expr | None, bool]]] = defaultdict(list)
            for node in ast.walk(function):
                for name, value, more in self._gives(node):
                    found[name].append((value, more))
            self._givings[function] = found
        return self._givings[function]

    @cached_property
    def _givings(self) -> dict[Function, dict[str, list[tuple[ast.expr | None, bool]]]]:
        return {}

    def _gives(self, node: ast.AST) -> Iterator[tuple[str, ast.expr | None, bool]]:
        match node:
            case ast.Assign(targets=targets, value=value):
                for target in targets:
                    yield from ((name, part, False) for name, part in self._unpacked(target, value))
            case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value):
                yield name, value, False
            case ast.NamedExpr(target=ast.Name(id=name), value=value):
                yield name, value, False
            case ast.AugAssign(target=ast.Name(id=name), value=value):
                yield name, value, True
            case ast.For(target=target, iter=source) | ast.comprehension(target=target, iter=source):
                if isinstance(source, ast.Name):
                    source = self.constants.get((self.module[source], source.id), source)
                rows = source.elts if isinstance(source, ast.Tuple | ast.List) else [None]
                for row in rows:
                    yield from ((name, part, False) for name, part in self._unpacked(target, row))

    def _unpacked(
        self, target: ast.expr, value: ast.expr | None, depth: int = 0
    ) -> Iterator[tuple[str, ast.expr | None]]:
        if isinstance(target, ast.Name):
            yield target.id, value
        elif isinstance(target, ast.Tuple):
            size = len(target.elts)
            if isinstance(value, ast.Tuple) and len(value.elts) == size:
                for one, part in zip(target.elts, value.elts, strict=True):
                    yield from self._unpacked(one, part)
            elif isinstance(value, ast.IfExp):
                yield from self._unpacked(target, value.body)
                yield from self._unpacked(target, value.orelse)
            elif isinstance(value, ast.Call) and depth < 3 and len(callees := self.callees(value)) == 1:
                for back in returns_of(callees[0]):
                    yield from self._unpacked(target, back, depth + 1)
            else:
                for one in target.elts:
                    yield from self._unpacked(one, None)

    def _counted_text(self, node: ast.Call, number: str, place: int, depth: int) -> str:
        texts = self.templates(node.args[place], depth)
        return f"{number} {texts[0]}" if len(texts) == 1 else hole(node)

    def _looked_up(self, node: ast.expr, name: str, depth: int) -> list[str]:
        table = self.constants.get((self.module[node], name))
        if isinstance(table, ast.Call) and table.args:
            table = table.args[0]
        if not isinstance(table, ast.Dict):
            return [hole(node)]
        values = [part for value in table.values for part in (value.elts if isinstance(value, ast.Tuple) else [value])]
        if isinstance(node, ast.Call) and len(node.args) > 1:
            values.append(node.args[1])
        return [text for value in values for text in self.templates(value, depth)]

    def _returned(self, node: ast.Call, depth: int) -> list[str]:
        name = last_name(node.func)
        if name == "counted":
            return [self._counted_text(node, "1", 1, depth), self._counted_text(node, "⟦n⟧", 2, depth)]
        if (
            name == "replace"
            and isinstance(node.func, ast.Attribute)
            and all(isinstance(one, ast.Constant) for one in node.args)
        ):
            old, new = (str(one.value) for one in node.args if isinstance(one, ast.Constant))
            return [text.replace(old, new) for text in self.templates(node.func.value, depth)]
        callees = self.callees(node)
        if len(callees) != 1 or callees[0].returns is None:
            return [hole(node)]
        if ast.unparse(callees[0].returns) not in ("str", "str | None"):
            return [hole(node)]
        found = [text for back in returns_of(callees[0]) for text in self.templates(back, depth)]
        return found if any(" " in bare(text) for text in found) else [hole(node)]


def hole(node: ast.AST | str) -> str:
    text = node if isinstance(node, str) else ast.unparse(node)
    return "⟦" + text.replace("⟦", "").replace("⟧", "")[:70] + "⟧"


def bare(text: str) -> str:
    """Return a text without its holes."""
    while "⟦" in text:
        before, _, rest = text.partition("⟦")
        text = before + rest.partition("⟧")[2]
    return text


def joined(pieces: list[list[str]]) -> list[str]:
    size = 1
    for piece in pieces:
        size *= max(len(piece), 1)
    if size > _MOST:
        pieces = [piece if len(piece) <= 2 else [hole("one of several")] for piece in pieces]
    return ["".join(parts) for parts in itertools.product(*(piece or [""] for piece in pieces))]


def is_text(value: ast.expr | None) -> bool:
    return isinstance(value, ast.JoinedStr | ast.BinOp) or (
        isinstance(value, ast.Constant) and isinstance(value.value, str)
    )
