"""The source of a package as syntax trees: what is defined, imported and called where, and what can be reached."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

ERRORS = frozenset({"QualkitError", "PatternError", "UnreadableOriginal"})
"""Errors that carry a message and a hint; what is made of them does too."""

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
            for child in children(node):
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
        bases = {node.name: {last_name(base) for base in node.bases} for node in self.kinds[ast.ClassDef]}
        found = set(ERRORS)
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
                todo += children(one)
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


def children(node: ast.AST) -> Iterator[ast.AST]:
    for name in node._fields:
        value = getattr(node, name, None)
        if isinstance(value, list):
            yield from (one for one in value if isinstance(one, ast.AST))
        elif isinstance(value, ast.AST) and not isinstance(value, ast.expr_context):
            yield value


def last_name(node: ast.expr) -> str:
    """Return a name, or the last part of one with dots."""
    return node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""


def parameters(function: Function) -> list[str]:
    arguments = function.args
    return [one.arg for one in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)]


def argument(call: ast.Call, function: Function, name: str) -> ast.expr | None:
    places = [one.arg for one in (*function.args.posonlyargs, *function.args.args)]
    if places[:1] in (["self"], ["cls"]):
        places = places[1:]
    given = dict(zip(places, call.args, strict=False)) | {one.arg: one.value for one in call.keywords if one.arg}
    return given.get(name)


def default_of(function: Function, name: str) -> ast.expr | None:
    arguments = function.args
    places = [*arguments.posonlyargs, *arguments.args]
    found = dict(zip((one.arg for one in reversed(places)), reversed(arguments.defaults), strict=False))
    found |= {one.arg: value for one, value in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True) if value}
    return found.get(name)


def returns_of(function: Function) -> list[ast.expr]:
    return [one.value for one in ast.walk(function) if isinstance(one, ast.Return) and one.value is not None]
