"""The messages and hints that the source can give, read from its syntax trees.

What is said is rarely one literal: it is put together of branches, local names, constants and what a caller hands over.
`templates` follows an expression through all of these and returns every text it can become, with `⟦…⟧` where only
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
from pathlib import Path
from typing import Any

_MOST = 48
"""Texts of one expression; one that could become more is a hole."""
_DEEPEST = 14
_PROBLEM = ("file", "line", "column", "check", "message", "hint", "severity", "place")
_SAID = ("message", "hint")
_ERRORS = frozenset({"QualkitError", "PatternError", "UnreadableOriginal"})
_TELLING = frozenset({"told", "told_of_times", "repairs", "narrow", "wide"})
"""Functions that return such sentences."""
_COUNTING = frozenset({"tell", "counted"})
"""Functions that put a number before one of two texts."""
_DECIDED = frozenset({"decided", "told", "assumed"})

Function = ast.FunctionDef | ast.AsyncFunctionDef
_KINDS = (
    ast.FunctionDef,
    ast.AsyncFunctionDef,
    ast.ClassDef,
    ast.Call,
    ast.ImportFrom,
    ast.Assign,
    ast.AnnAssign,
    ast.AugAssign,
    ast.Return,
)


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
class Source:
    """All modules of a package, as trees, with who defines, imports and calls what.

    Attributes:
        root: The package's folder.
        start: Modules whose code is where everything begins, by the beginning of their name.
        without: Modules that nothing is followed into, by the beginning of their name.
    """

    root: Path
    start: tuple[str, ...]
    without: tuple[str, ...] = ()
    parent: dict[ast.AST, ast.AST] = field(default_factory=dict)
    module: dict[ast.AST, str] = field(default_factory=dict)
    kinds: dict[type, list[Any]] = field(default_factory=lambda: defaultdict(list))
    _texts: dict[ast.AST, list[str]] = field(default_factory=dict)
    _asked: set[ast.AST] = field(default_factory=set)
    _handed: set[tuple[Function, str]] = field(default_factory=set)

    @cached_property
    def trees(self) -> dict[str, ast.Module]:
        """Return the trees by the name of their module."""
        found = {}
        for path in sorted(self.root.rglob("*.py")):
            name = ".".join(path.relative_to(self.root.parent).with_suffix("").parts).removesuffix(".__init__")
            if not name.startswith(self.without):
                found[name] = ast.parse(path.read_text("utf-8"))
                self._learn(found[name], name)
        return found

    def _learn(self, tree: ast.Module, name: str) -> None:
        """Keep module and parent of every node, and the nodes that are asked for by their kind."""
        todo: list[ast.AST] = [tree]
        while todo:
            node = todo.pop()
            self.module[node] = name
            if isinstance(node, _KINDS):
                self.kinds[type(node)].append(node)
            for child in _children(node):
                self.parent[child] = node
                todo.append(child)

    @cached_property
    def imports(self) -> dict[str, dict[str, tuple[str, str]]]:
        """Return for each module what a name in it means elsewhere: a module and a name there, "" for the module."""
        found: dict[str, dict[str, tuple[str, str]]] = {name: {} for name in self.trees}
        for node in self.kinds[ast.ImportFrom]:
            for alias in node.names:
                whole = f"{node.module}.{alias.name}"
                target = (whole, "") if whole in self.trees else (node.module, alias.name)
                if target[0] in self.trees:
                    found[self.module[node]][alias.asname or alias.name] = target
        return found

    @cached_property
    def constants(self) -> dict[tuple[str, str], ast.expr]:
        """Return what stands at the top of modules, by module and name."""
        found = {}
        for name, tree in self.trees.items():
            for node in tree.body:
                if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
                    found[name, node.targets[0].id] = node.value
                elif isinstance(node, ast.AnnAssign) and node.value and isinstance(node.target, ast.Name):
                    found[name, node.target.id] = node.value
        return found

    @cached_property
    def tops(self) -> dict[tuple[str, str], Function | ast.ClassDef]:
        """Return functions and classes by module and name."""
        return {
            (name, node.name): node
            for name, tree in self.trees.items()
            for node in tree.body
            if isinstance(node, Function | ast.ClassDef)
        }

    @cached_property
    def methods(self) -> dict[str, list[Function]]:
        """Return the functions that stand in something else, by name."""
        found = defaultdict(list)
        for node in [*self.kinds[ast.FunctionDef], *self.kinds[ast.AsyncFunctionDef]]:
            if not isinstance(self.parent[node], ast.Module):
                found[node.name].append(node)
        return found

    @cached_property
    def errors(self) -> frozenset[str]:
        """Return the names of all errors that carry a message and a hint."""
        bases = {node.name: {_last(base) for base in node.bases} for node in self.kinds[ast.ClassDef]}
        found = set(_ERRORS)
        while more := {name for name, known in bases.items() if known & found} - found:
            found |= more
        return frozenset(found)

    @property
    def calls(self) -> list[ast.Call]:
        """Return every call."""
        return self.kinds[ast.Call]

    @cached_property
    def callers(self) -> dict[Function, list[ast.Call]]:
        """Return who calls each function."""
        found: dict[Function, list[ast.Call]] = defaultdict(list)
        for call in self.calls:
            for function in self.callees(call):
                found[function].append(call)
        return found

    def function_of(self, node: ast.AST) -> Function | None:
        """Return the function a node stands in."""
        while node in self.parent:
            node = self.parent[node]
            if isinstance(node, Function):
                return node
        return None

    def meaning(self, module: str, name: str) -> Function | ast.ClassDef | None:
        """Return the function or class that a name means in a module."""
        for _ in range(5):
            if (module, name) in self.tops:
                return self.tops[module, name]
            if name not in self.imports.get(module, {}):
                return None
            module, name = self.imports[module][name]
        return None

    def callees(self, call: ast.Call) -> list[Function]:
        """Return the functions that a call may mean."""
        at = call.func
        here = self.module[call]
        found: Function | ast.ClassDef | None = None
        if isinstance(at, ast.Name):
            found = self.meaning(here, at.id)
            if found is None:
                return [one for one in self.methods.get(at.id, ()) if self.module[one] == here]
        elif isinstance(at, ast.Attribute):
            if isinstance(at.value, ast.Name) and (target := self.imports[here].get(at.value.id)) and not target[1]:
                found = self.meaning(target[0], at.attr)
            elif at.attr.startswith("__"):
                return []
            else:
                every = self.methods.get(at.attr, [])
                return [one for one in every if self.module[one] == here] or every
        if isinstance(found, ast.ClassDef):
            own = [one for one in found.body if isinstance(one, ast.FunctionDef) and one.name == "__init__"]
            return list(own)
        return [found] if found is not None else []

    # What an expression can become

    def templates(self, node: ast.expr | None, depth: int = 0) -> list[str]:
        """Return every text an expression can become."""
        if node is None or depth > _DEEPEST:
            return [_hole("deep")] if node is not None else []
        if node not in self._texts:
            if node in self._asked:
                return []
            self._asked.add(node)
            found = list(dict.fromkeys(self._templates(node, depth + 1)))
            self._asked.discard(node)
            self._texts[node] = found if len(found) <= _MOST else [_hole(node)]
        return self._texts[node]

    def _templates(self, node: ast.expr, depth: int) -> Iterable[str]:
        match node:
            case ast.Constant(value=None):
                return []
            case ast.Constant(value=value):
                return [str(value)]
            case ast.JoinedStr(values=values):
                return _joined([self._piece(value, depth) for value in values])
            case ast.BinOp(op=ast.Add(), left=left, right=right):
                return _joined([self.templates(left, depth), self.templates(right, depth)])
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
                return self.templates(value, depth) if _is_text(value) else [_hole(node)]
            case ast.Call():
                return self._returned(node, depth)
        return [_hole(node)]

    def _piece(self, value: ast.expr, depth: int) -> list[str]:
        if not isinstance(value, ast.FormattedValue):
            return self.templates(value, depth)
        if value.format_spec is not None:
            return [_hole(value.value)]
        inner = value.value
        function = self.function_of(inner)
        if isinstance(inner, ast.Name) and function is not None and not self._given(function, inner.id):
            handed = self._handed_over(function, inner.id, depth) if inner.id in _parameters(function) else []
            if handed:
                return handed
        return self.templates(inner, depth) or [_hole(inner)]

    def _handed_over(self, function: Function, name: str, depth: int) -> list[str]:
        """Return the words that callers hand over, if they are words."""
        found = [
            text for call in self.callers[function] for text in self.templates(_argument(call, function, name), depth)
        ]
        texts = list(dict.fromkeys([*found, *self.templates(_default(function, name), depth)]))
        return texts if 0 < len(texts) <= _MOST and any(" " in _bare(text) for text in texts) else []

    def _named(self, node: ast.expr, name: str, depth: int) -> list[str]:
        function = self.function_of(node)
        while function is not None:
            given = self._given(function, name)
            if name in _parameters(function):
                self._handed.add((function, name))
            if given or name in _parameters(function):
                found = [text for value, more in given if not more for text in self._value(value, depth)]
                for value, more in given:
                    if more:
                        found = list(dict.fromkeys([*found, *_joined([found, self._value(value, depth)])]))
                    if len(found) > _MOST:
                        return [_hole(node)]
                return found or [_hole(node)]
            function = self.function_of(function)
        module = self.module[node]
        for _ in range(4):
            if (module, name) in self.constants:
                value = self.constants[module, name]
                return self.templates(value, depth) if _is_text(value) else [_hole(node)]
            if name not in self.imports[module]:
                break
            module, name = self.imports[module][name]
        return [_hole(node)]

    def _value(self, value: ast.expr | None, depth: int) -> list[str]:
        return [_hole("…")] if value is None else self.templates(value, depth)

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
                for back in _returns(callees[0]):
                    yield from self._unpacked(target, back, depth + 1)
            else:
                for one in target.elts:
                    yield from self._unpacked(one, None)

    def _counted_text(self, node: ast.Call, number: str, place: int, depth: int) -> str:
        texts = self.templates(node.args[place], depth)
        return f"{number} {texts[0]}" if len(texts) == 1 else _hole(node)

    def _looked_up(self, node: ast.expr, name: str, depth: int) -> list[str]:
        table = self.constants.get((self.module[node], name))
        if isinstance(table, ast.Call) and table.args:
            table = table.args[0]
        if not isinstance(table, ast.Dict):
            return [_hole(node)]
        values = [part for value in table.values for part in (value.elts if isinstance(value, ast.Tuple) else [value])]
        if isinstance(node, ast.Call) and len(node.args) > 1:
            values.append(node.args[1])
        return [text for value in values for text in self.templates(value, depth)]

    def _returned(self, node: ast.Call, depth: int) -> list[str]:
        name = _last(node.func)
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
            return [_hole(node)]
        if ast.unparse(callees[0].returns) not in ("str", "str | None"):
            return [_hole(node)]
        found = [text for back in _returns(callees[0]) for text in self.templates(back, depth)]
        return found if any(" " in _bare(text) for text in found) else [_hole(node)]

    # Where something is told

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
                    if (value := _argument(call, function, name)) is not None
                ]
                if (default := _default(function, name)) is not None:
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
        name = _last(call.func)
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
        name = _last(call.func)
        if name == "tell":
            return [made for number, place in (("1", 0), ("⟦n⟧", 1)) if (made := self._counted(call, number, place))]
        if name == "append" and call.args and isinstance(call.func, ast.Attribute):
            to = _last(call.func.value)
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
            told = _last(target) in _DECIDED
        value = node.value
        return _elements(value) if told and value is not None else []

    def _plain(self, call: ast.Call) -> bool:
        """Return whether an error is made of a message and a hint: it has no beginning of its own."""
        node = self.meaning(self.module[call], ast.unparse(call.func))
        while isinstance(node, ast.ClassDef) and node.name not in _ERRORS:
            if any(isinstance(one, ast.FunctionDef) and one.name == "__init__" for one in node.body):
                return False
            base = node.bases[0] if node.bases else None
            node = self.meaning(self.module[node], ast.unparse(base)) if base is not None else None
        return True

    # What can be reached

    @cached_property
    def reached(self) -> tuple[frozenset[str], frozenset[str]]:
        """Return the modules that are imported on the way, and every name that is used there."""
        modules: set[str] = set()
        todo = [name for name in self.trees if name.startswith(self.start)]
        names: set[str] = set()
        while todo:
            name = todo.pop()
            if name in modules or name.startswith(self.without):
                continue
            modules.add(name)
            todo += [target for target, _ in self.imports[name].values()]
        # A function counts where its name is used in code that counts: more than can happen, never less.
        before = -1
        while before != len(names):
            before = len(names)
            for module in modules:
                for node in self._bodies(module, names):
                    names |= self._used(node)
        return frozenset(modules), frozenset(names)

    def _bodies(self, module: str, names: set[str]) -> Iterator[ast.AST]:
        for node in self.trees[module].body:
            if not isinstance(node, Function | ast.ClassDef):
                yield node
            elif module.startswith(self.start) or node.name in names:
                if isinstance(node, ast.ClassDef):
                    for one in node.body:
                        if not isinstance(one, Function) or one.name in names or one.name.startswith("__"):
                            yield one
                else:
                    yield node

    @cached_property
    def _uses(self) -> dict[ast.AST, set[str]]:
        return {}

    def _used(self, node: ast.AST) -> set[str]:
        if node not in self._uses:
            found = self._uses[node] = set()
            todo: list[ast.AST] = [node]
            while todo:
                one = todo.pop()
                if isinstance(one, ast.Name):
                    found.add(one.id)
                elif isinstance(one, ast.Attribute):
                    found.add(one.attr)
                elif isinstance(one, ast.alias) and isinstance(node, Function):
                    found.add(one.name)
                todo += _children(one)
        return self._uses[node]

    def is_reached(self, node: ast.AST) -> bool:
        """Return whether code can come to run."""
        modules, names = self.reached
        module = self.module[node]
        if module not in modules:
            return False
        if module.startswith(self.start):
            return True
        while node in self.parent:
            if (
                isinstance(node, Function | ast.ClassDef)
                and node.name not in names
                and not node.name.startswith("__")
                and isinstance(self.parent[node], ast.Module | ast.ClassDef)
            ):
                return False
            node = self.parent[node]
        return True


def _children(node: ast.AST) -> Iterator[ast.AST]:
    for name in node._fields:
        value = getattr(node, name, None)
        if isinstance(value, list):
            yield from (one for one in value if isinstance(one, ast.AST))
        elif isinstance(value, ast.AST) and not isinstance(value, ast.expr_context):
            yield value


def _last(node: ast.expr) -> str:
    """Return a name, or the last part of one with dots."""
    return node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""


def _hole(node: ast.AST | str) -> str:
    text = node if isinstance(node, str) else ast.unparse(node)
    return "⟦" + text.replace("⟦", "").replace("⟧", "")[:70] + "⟧"


def _bare(text: str) -> str:
    """Return a text without its holes."""
    while "⟦" in text:
        before, _, rest = text.partition("⟦")
        text = before + rest.partition("⟧")[2]
    return text


def _joined(pieces: list[list[str]]) -> list[str]:
    size = 1
    for piece in pieces:
        size *= max(len(piece), 1)
    if size > _MOST:
        pieces = [piece if len(piece) <= 2 else [_hole("one of several")] for piece in pieces]
    return ["".join(parts) for parts in itertools.product(*(piece or [""] for piece in pieces))]


def _elements(value: ast.expr) -> list[ast.expr]:
    """Return what stands in a list or tuple, also where it is one of several or a list of alike ones."""
    match value:
        case ast.List(elts=found) | ast.Tuple(elts=found):
            return [part for one in found for part in (_elements(one.value) if isinstance(one, ast.Starred) else [one])]
        case ast.ListComp(elt=one) | ast.GeneratorExp(elt=one):
            return [one]
        case ast.IfExp(body=body, orelse=orelse):
            return [*_elements(body), *_elements(orelse)]
        case ast.BinOp(left=left, right=right):
            return [*_elements(left), *_elements(right)]
        case ast.Call(args=arguments) if ast.unparse(value.func) in ("tuple", "list", "sorted"):
            return [part for one in arguments for part in _elements(one)]
    return []


def _is_text(value: ast.expr | None) -> bool:
    return isinstance(value, ast.JoinedStr | ast.BinOp) or (
        isinstance(value, ast.Constant) and isinstance(value.value, str)
    )


def _parameters(function: Function) -> list[str]:
    arguments = function.args
    return [one.arg for one in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)]


def _argument(call: ast.Call, function: Function, name: str) -> ast.expr | None:
    places = [one.arg for one in (*function.args.posonlyargs, *function.args.args)]
    if places[:1] in (["self"], ["cls"]):
        places = places[1:]
    given = dict(zip(places, call.args, strict=False)) | {one.arg: one.value for one in call.keywords if one.arg}
    return given.get(name)


def _default(function: Function, name: str) -> ast.expr | None:
    arguments = function.args
    places = [*arguments.posonlyargs, *arguments.args]
    found = dict(zip((one.arg for one in reversed(places)), reversed(arguments.defaults), strict=False))
    found |= {one.arg: value for one, value in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True) if value}
    return found.get(name)


def _returns(function: Function) -> list[ast.expr]:
    return [one.value for one in ast.walk(function) if isinstance(one, ast.Return) and one.value is not None]
