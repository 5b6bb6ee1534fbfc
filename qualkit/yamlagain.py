"""YAML that was changed in one place, read again there alone.

A long list is written to one item at a time, and each time the whole file would be read. Here the nodes of the last
texts are kept: where a text is one of them but for some items of a list, those items are read, and the others are
moved to where they stand now. Whatever is not surely so is read whole.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from qualkit.errors import Problem
from qualkit.yamltext import Node, parse_yaml

_KEPT_AT_MOST = 6
_ELSEWHERE = re.compile(r"^(?:---|\.\.\.|%)|\ufeff", re.MULTILINE)
"""What means something else at the beginning of a text, or of a line, than within a list."""

_OTHER_BREAKS = re.compile("[\x85\u2028\u2029]|\r(?!\n)")
"""Line breaks of YAML that are no newline, by which lines are not counted here."""

# For one process: sound texts with their nodes, the latest last.
_kept: dict[str, Node] = {}


def parse_again(text: str, file: str, check: str) -> tuple[Node | None, list[Problem]]:
    """Read YAML as `qualkit.yamltext.parse_yaml` does; sooner, where nearly the same was read before.

    Args:
        text: The file's text.
        file: Named in the Problems.
        check: Named in the Problems.

    Example:
        >>> before = parse_again("people:\\n- name: Kari\\n- name: Ola\\n", "a.yaml", "list")[0]
        >>> after = parse_again("people:\\n- name: Kari\\n- name: Ola\\n- name: Per\\n", "a.yaml", "list")[0]
        >>> kari, *others = after.items[0].items
        >>> [one.get("name").value for one in others], kari is before.items[0].items[0]
        (['Ola', 'Per'], True)
    """
    root = _kept.pop(text, None)
    problems: list[Problem] = []
    if root is None:
        # The latest two: what was written, and what it was written from.
        found = (_spliced(older, _kept[older], text) for older in list(_kept)[:-3:-1])
        root = next((one for one in found if one is not None), None)
    if root is None:
        root, problems = parse_yaml(text, file, check)
    if root is not None and not problems and root.kind == "mapping" and root.style == "block" and root.column == 1:
        _kept[text] = root
        while len(_kept) > _KEPT_AT_MOST:
            del _kept[next(iter(_kept))]
    return root, problems


def _spliced(older: str, root: Node, text: str) -> Node | None:
    """Return the nodes of a text by those of an older one, if some items of one list are all that is changed."""
    first = _alike(older, text)
    last = len(older) - _alike(older[first:][::-1], text[first:][::-1])
    for number, holder in enumerate(root.items):
        if holder.kind != "sequence" or holder.style != "block" or not holder.items:
            continue
        stop = len(older) if number + 1 == len(root.keys) else root.keys[number + 1].start
        starts = _item_starts(older, holder)
        ends_lines = stop == len(older) or older[stop - 1] == "\n"
        if starts and ends_lines and starts[0] <= first and last <= stop:
            return _with_items(older, root, number, [*starts, stop], (first, last), text)
    return None


def _alike(one: str, other: str) -> int:
    """Return how many characters two texts begin with alike."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _item_starts(text: str, holder: Node) -> list[int]:
    """Return where the lines of a list's items begin; empty where one does not begin its own line with a dash."""
    starts = []
    for item in holder.items:
        at = text.rfind("\n", 0, item.start) + 1
        dash = text[at : item.start]
        if dash.strip(" ") != "-" or dash.index("-") != holder.column - 1 or dash[-1] != " ":
            return []
        starts.append(at)
    return starts


def _with_items(
    older: str, root: Node, number: int, bounds: Sequence[int], changed: tuple[int, int], text: str
) -> Node | None:
    holder = root.items[number]
    count = len(holder.items)
    # Items that end before the change, and items that begin behind it.
    before = next((at for at in range(count) if bounds[at + 1] > changed[0]), count)
    behind = next((at for at in range(before, count) if bounds[at] >= changed[1]), count)
    begin, end = bounds[before], bounds[behind]
    by = len(text) - len(older)
    middle, was = text[begin : end + by], older[begin:end]
    indent = " " * (holder.column - 1)
    if end + by < begin or _OTHER_BREAKS.search(older) or _OTHER_BREAKS.search(middle) or _ELSEWHERE.search(middle):
        return None
    if middle and not (middle.startswith(f"{indent}- ") and (middle.endswith("\n") or end + by == len(text))):
        return None
    if not older[:begin].endswith("\n"):
        return None
    new: tuple[Node, ...] = ()
    if middle:
        read, problems = parse_yaml(middle, "", "")
        if problems or read is None or read.kind != "sequence" or read.style != "block" or read.column != holder.column:
            return None
        new = tuple(_moved(item, begin, older.count("\n", 0, begin)) for item in read.items)
    lines = middle.count("\n") - was.count("\n")
    items = (*holder.items[:before], *new, *(_moved(item, by, lines) for item in holder.items[behind:]))
    if not items:
        return None
    values = list(root.items)
    values[number] = replace(holder, items=items, end=max(item.end for item in items))
    values[number + 1 :] = (_moved(value, by, lines) for value in root.items[number + 1 :])
    keys = (*root.keys[: number + 1], *(_moved(key, by, lines) for key in root.keys[number + 1 :]))
    return replace(root, keys=keys, items=tuple(values), end=max(node.end for node in (*keys, *values)))


def _moved(node: Node, by: int, lines: int) -> Node:
    if not by and not lines:
        return node
    return Node(
        node.kind,
        node.value,
        tuple([_moved(one, by, lines) for one in node.items]) if node.items else (),
        tuple([_moved(one, by, lines) for one in node.keys]) if node.keys else (),
        node.start + by,
        node.end + by,
        node.line + lines,
        node.column,
        node.style,
    )
