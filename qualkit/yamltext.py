"""YAML text as nodes that know their place, and edits that change only their own characters.

The parser's events are read straight into nodes whose scalars stay strings: what a value means is
decided by the schema that reads it, so `NO`, `12:30` and `0123` are never turned into something else,
and every fault has a line and a column. Writing replaces characters at a node's place; what a person
wrote elsewhere is kept to the byte.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any, Literal

from qualkit.conflicts import check_conflicts
from qualkit.errors import Problem

MAX_DEPTH = 60
MAX_REPAIRS = 200

_KEY_WITH_COLON = re.compile(r"^(\s*(?:- +)*[^\s:#'\"\[{][^:#]*?:[ \t]+)([^\s'\"\[{|>&*!#].*)$")
_LEADING = re.compile(r"^[ ]*\t[ \t]*")
# No comma: in [a, b] it would part one value into two.
_PLAIN = re.compile(r"[^\W\d_][\w æøåÆØÅ.;()/–+-]*\Z")
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_TYPED = {"", "~", "null", "true", "false", "yes", "no", "on", "off", "y", "n"}


@dataclass(frozen=True, slots=True)
class Node:
    """A scalar, sequence or mapping with its place in the text.

    Attributes:
        kind: What it is.
        value: A scalar's characters after unquoting; "" for collections.
        items: A sequence's nodes, or a mapping's values in the order of `keys`.
        keys: A mapping's key nodes.
        start: First code point in the text.
        end: One past the last code point that belongs to the node itself.
        line: From 1.
        column: From 1.
        style: The scalar's quote or block sign, "flow" or "block" for collections, "" for plain.
    """

    kind: Literal["scalar", "sequence", "mapping"]
    value: str
    items: tuple[Node, ...]
    keys: tuple[Node, ...]
    start: int
    end: int
    line: int
    column: int
    style: str

    def pairs(self) -> Iterator[tuple[Node, Node]]:
        """Yield a mapping's keys with their values."""
        yield from zip(self.keys, self.items, strict=True)

    def get(self, key: str) -> Node | None:
        """Return a mapping's value by key, or None."""
        for name, value in zip(self.keys, self.items, strict=False):
            if name.value == key:
                return value
        return None

    @property
    def empty(self) -> bool:
        """Whether nothing stands there (a key without a value)."""
        return self.kind == "scalar" and self.style == "" and self.value in ("", "~", "null")


def parse_yaml(text: str, file: str, check: str) -> tuple[Node | None, list[Problem]]:
    """Read YAML into nodes, going on after the slips people make most.

    A tab in the indentation and an unquoted value with a colon are reported, mended in memory, and
    reading goes on, so that one run shows every fault.

    Args:
        text: The file's text; a leading byte order mark is passed over.
        file: Named in the Problems.
        check: Named in the Problems.

    Returns:
        The root node (None for an empty or unreadable file) and what is wrong with the YAML itself.

    Example:
        >>> node, problems = parse_yaml("name: A: b\\n", "codebook.yaml", "codebook")
        >>> str(problems[0])
        'codebook.yaml:1:7: a value with a colon must stand in quotation marks'
    """
    import yaml

    problems = check_conflicts(text, file, check)
    if problems:
        return None, problems
    offset = 1 if text.startswith("\ufeff") else 0
    body = _FORBIDDEN.sub(" ", text[offset:])
    for match in islice(_FORBIDDEN.finditer(text, offset), MAX_REPAIRS):
        line, column = text.count("\n", 0, match.start()) + 1, match.start() - text.rfind("\n", 0, match.start())
        column -= offset if line == 1 else 0
        what = f"a control character (U+{ord(match.group()):04X}), which YAML forbids"
        problems.append(Problem(file, line, column, check, what, "Delete it; it cannot be seen in most editors."))
    for _ in range(MAX_REPAIRS):
        try:
            return _compose(body, file, check, problems, offset), problems
        except yaml.YAMLError as error:
            mended = _mend(body, error, file, check, problems)
            if mended is None:
                return None, problems
            body = mended
    return None, problems


def _mend(body: str, error: Exception, file: str, check: str, problems: list[Problem]) -> str | None:
    """Report a syntax error; return the text with that slip mended, or None where it cannot be."""
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    lines = body.split("\n")
    number = min(mark.line, len(lines) - 1) if mark else 0
    line = lines[number] if lines else ""
    if tab := _LEADING.match(line):
        column = line.index("\t") + 1
        problems.append(
            Problem(
                file, number + 1, column, check, "a tab in the indentation", "Indent with spaces; YAML forbids tabs."
            )
        )
        lines[number] = _indentation_above(lines, number, line[tab.end() :]) + line[tab.end() :]
        return "\n".join(lines)
    found = _KEY_WITH_COLON.match(line.rstrip(" \t\r"))
    if found and re.search(r":(\s|$)", found.group(2)):
        value = found.group(2)
        problems.append(
            Problem(
                file,
                number + 1,
                found.start(2) + 1,
                check,
                "a value with a colon must stand in quotation marks",
                f'Write "…" around the whole value on line {number + 1}.',
            )
        )
        lines[number] = found.group(1) + "'" + value.replace("'", "''") + "'"
        return "\n".join(lines)
    what = getattr(error, "problem", None) or "this is no valid YAML"
    column = mark.column + 1 if mark else 1
    hint = "Look at this line and the one above: indentation, quotation marks and brackets must match."
    problems.append(Problem(file, number + 1, column, check, f"YAML cannot be read here: {what}", hint))
    return None


def _indentation_above(lines: list[str], number: int, content: str) -> str:
    """Return the indentation that fits the line before, as the best guess at what a tab meant."""
    above = next((line for line in reversed(lines[:number]) if line.strip()), "")
    bare = above.lstrip(" ")
    deeper = 0 if content.startswith("- ") else 2 * bare.startswith("- ") + 2 * bare.rstrip().endswith(":")
    return " " * (len(above) - len(bare) + deeper)


def _compose(body: str, file: str, check: str, problems: list[Problem], offset: int) -> Node | None:
    """Build nodes from parser events, without recursion, with a limit on depth and no aliases."""
    import yaml

    loader = getattr(yaml, "CLoader", yaml.Loader)
    found: list[Problem] = []
    stack: list[tuple[Any, list[Node]]] = []
    root: Node | None = None
    for event in yaml.parse(body, Loader=loader):
        mark: Any = event.start_mark
        node: Node | None = None
        if isinstance(event, yaml.DocumentStartEvent) and root is not None:
            problem = "a second document begins here; only the first is read"
            found.append(Problem(file, mark.line + 1, mark.column + 1, check, problem, "Take the line “---” out."))
            break
        if isinstance(event, yaml.ScalarEvent):
            node = _scalar(event, body, offset)
        elif isinstance(event, yaml.AliasEvent):
            problem = "aliases (*name) are not read here"
            found.append(Problem(file, mark.line + 1, mark.column + 1, check, problem, "Write the value out."))
            stop: Any = event.end_mark
            at, end = mark.index + offset, stop.index + offset
            node = Node("scalar", "", (), (), at, end, mark.line + 1, mark.column + 1, "*")
        elif isinstance(event, yaml.SequenceStartEvent | yaml.MappingStartEvent):
            stack.append((event, []))
            if len(stack) > MAX_DEPTH:
                found.append(Problem(file, mark.line + 1, mark.column + 1, check, f"nested deeper than {MAX_DEPTH}"))
                problems.extend(found)
                return None
        elif isinstance(event, yaml.SequenceEndEvent | yaml.MappingEndEvent):
            opening, children = stack.pop()
            node = _collection(opening, event, children, offset)
        if node is None:
            continue
        if stack:
            stack[-1][1].append(node)
        elif root is None:
            root = node
    problems.extend(found)
    return None if root is not None and root.empty else root


def _scalar(event: Any, body: str, offset: int) -> Node:
    start, end = event.start_mark.index, event.end_mark.index
    if event.style in ("|", ">"):
        end = start + len(body[start:end].rstrip(" \t\r\n"))
    line, column = event.start_mark.line + 1, event.start_mark.column + 1
    return Node("scalar", event.value, (), (), start + offset, end + offset, line, column, event.style or "")


def _collection(opening: Any, closing: Any, children: list[Node], offset: int) -> Node:
    import yaml

    start = opening.start_mark
    flow = bool(opening.flow_style)
    # The parser ends a block collection where the next token begins, past comments that are not its own.
    end = closing.end_mark.index + offset if flow or not children else max(child.end for child in children)
    style = "flow" if flow else "block"
    line, column = start.line + 1, start.column + 1
    if isinstance(opening, yaml.MappingStartEvent):
        keys, values = tuple(children[0::2]), tuple(children[1::2])
        return Node("mapping", "", values, keys, start.index + offset, end, line, column, style)
    return Node("sequence", "", tuple(children), (), start.index + offset, end, line, column, style)


def quoted(value: str) -> str:
    r"""Return a scalar as it is safest written: plain where nothing can go wrong, else double-quoted.

    Example:
        >>> quoted("Tidspress"), quoted("#aa3300"), quoted("A: b"), quoted("no")
        ('Tidspress', '"#aa3300"', '"A: b"', '"no"')
    """
    if _PLAIN.match(value) and value.casefold() not in _TYPED and value == value.strip():
        return value
    escapes = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"}
    out = []
    for char in value:
        if char in escapes:
            out.append(escapes[char])
        elif char.isprintable():
            out.append(char)
        elif ord(char) > 0xFFFF:
            out.append(f"\\U{ord(char):08x}")
        else:
            out.append(f"\\u{ord(char):04x}")
    return '"' + "".join(out) + '"'


def newline_of(text: str) -> str:
    """Return the line break the text uses."""
    return "\r\n" if "\r\n" in text else "\n"


def set_scalar(text: str, mapping: Node, key: str, value: str) -> str:
    """Return the text with one key of a mapping set; every other byte stays.

    A plain scalar keeps its comment; a key that is missing is written after the mapping's last line,
    indented as its other keys.
    """
    for name, node in mapping.pairs():
        if name.value == key:
            if node.end > node.start:
                return text[: node.start] + quoted(value) + text[node.end :]
            colon = text.find(":", name.end, node.start)
            after, sign = (colon + 1, " ") if colon >= 0 else (name.end, ": ")
            return text[:after] + sign + quoted(value) + text[after:]
    return insert_lines(text, mapping, f"{quoted(key)}: {quoted(value)}")


def insert_lines(text: str, collection: Node, lines: str) -> str:
    """Return the text with lines added at the end of a block mapping or sequence, at its indentation.

    In a flow collection (`{…}`, `[…]`) the lines go after the last item, separated by a comma.
    """
    if collection.style == "flow":
        at = max((node.end for node in (*collection.keys, *collection.items)), default=collection.end - 1)
        separator = ", " if collection.items else ""
        return text[:at] + separator + lines.strip() + text[at:]
    newline = newline_of(text)
    stop = text.find("\n", collection.end)
    at = len(text) if stop < 0 else stop + 1
    indent = " " * (collection.column - 1)
    block = newline.join(indent + line if line else line for line in lines.split("\n")) + newline
    if stop < 0 and not text.endswith("\n"):
        block = newline + block
    return text[:at] + block + text[at:]
