"""Changes in framework.yaml: summaries written, passages linked, cases taken out; every other byte stays."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from qualkit.errors import FaultyFiles, Problem
from qualkit.summary import Rest
from qualkit.themes.frameworkfile import CHECK, FILE, parse_framework, value_of
from qualkit.yamlitems import cut_item, cut_key, set_block, written_like
from qualkit.yamltext import Node, insert_lines, newline_of, parse_yaml, quoted, set_scalar

BEGINNING = "# What each case says to each theme, summed up, and the passages each summary rests on.\ncells:\n"


def write_summary(text: str, case: str, theme: str, words: str, *, by: str, date: str) -> str:
    """Return the text with a summary written; an earlier one goes to the cell's versions.

    Raises:
        FaultyFiles: If the file cannot be read.

    Example:
        >>> print(write_summary("", "K1", "alene", "Er alene.", by="kari", date="2026-03-02"), end="")
        # What each case says to each theme, summed up, and the passages each summary rests on.
        cells:
          - case: K1
            theme: alene
            by: kari
            date: "2026-03-02"
            summary: |
              Er alene.
    """
    cell = _cell(text, case, theme)
    if cell is None:
        text = _begun(text, case, theme, by, date)
    else:
        earlier = value_of(cell.get("summary"))
        if earlier == words.strip():
            return text
        if earlier:
            text = _kept(text, cell, earlier)
        for key, value in (("by", by), ("date", date)):
            text = set_scalar(text, _found(text, case, theme), key, value)
    return set_block(text, _found(text, case, theme), "summary", words.strip())


def set_passages(text: str, case: str, theme: str, passages: Sequence[Rest]) -> str:
    """Return the text with a cell resting on these passages and no others; the cell is there already.

    Raises:
        FaultyFiles: If the file cannot be read.
    """
    text = cut_key(text, _found(text, case, theme), "passages")
    if not passages:
        return text
    items = [
        f"{{coding: {quoted(rest.coding)}, words: {quoted(rest.words)}}}" if rest.words else quoted(rest.coding)
        for rest in passages
    ]
    cell = _found(text, case, theme)
    if cell.style == "flow":
        return insert_lines(text, cell, f"passages: [{', '.join(items)}]")
    return insert_lines(text, cell, "passages:\n" + "\n".join(f"  - {item}" for item in items))


def change_framework(text: str, themes: Mapping[str, str | None], codings: Mapping[str, str | None]) -> str:
    """Return the text naming other codes as themes, and other codings as passages; None takes a passage out.

    A cell whose code goes stays, and is told of as a cell without a theme: its summary is the person's own.

    Raises:
        FaultyFiles: If the file cannot be read.

    Example:
        >>> change_framework("- {case: K1, theme: a, passages: [c1, c2]}  # to\\n", {"a": "b"}, {"c1": None})
        '- {case: K1, theme: b, passages: [c2]}  # to\\n'
    """
    for old, new in themes.items():
        for cell in reversed([one for one in _cells(text) if value_of(one.get("theme")) == old and new]):
            node = cell.get("theme")
            taken = _cell(text, value_of(cell.get("case")), new or "") is not None
            if node is not None and new and not taken:
                text = text[: node.start] + written_like(text[node.start : node.end], new) + text[node.end :]
    for old, new in codings.items():
        if old in text:
            text = _with_passage(text, old, new)
    return text


def without_case(text: str, case: str, codings: Collection[str] = ()) -> str:
    """Return the text without the cells of a case, and without codings as passages elsewhere.

    Raises:
        FaultyFiles: If the file cannot be read.

    Example:
        >>> print(without_case("cells:\\n- {case: K1, theme: a}\\n- {case: K2, theme: a}  # stays\\n", "K1"), end="")
        cells:
        - {case: K2, theme: a}  # stays
    """
    wanted = case.casefold()
    while case and (holder := _holder(text)) is not None:
        cell = next((c for c in _cells(text) if value_of(c.get("case")).casefold() == wanted), None)
        if cell is None:
            break
        alone = len(holder.items) == 1
        text = text[: holder.start] + "[]" + text[holder.end :] if alone else cut_item(text, cell, holder)
    return change_framework(text, {}, dict.fromkeys(sorted(codings)))


# --- pieces -------------------------------------------------------------------------------------------------


def _root(text: str) -> Node | None:
    root, problems = parse_yaml(text, FILE, CHECK)
    if problems:
        # A place in what was mended to be read is no place in the text.
        raise FaultyFiles(problems, f"{FILE} has faults; nothing was done")
    return root


def _holder(text: str) -> Node | None:
    root = _root(text)
    node = root if root is None or root.kind == "sequence" else root.get("cells")
    if node is not None and node.kind != "sequence" and not node.empty:
        raise FaultyFiles(parse_framework(text)[1], f"{FILE} has faults; nothing was done")
    return node


def _cells(text: str) -> list[Node]:
    holder = _holder(text)
    return [item for item in holder.items if item.kind == "mapping"] if holder is not None else []


def _cell(text: str, case: str, theme: str) -> Node | None:
    wanted = (case, theme)
    return next((c for c in _cells(text) if (value_of(c.get("case")), value_of(c.get("theme"))) == wanted), None)


def _found(text: str, case: str, theme: str) -> Node:
    cell = _cell(text, case, theme)
    if cell is None:
        hint = "Look for a second “cells:”, and put the cells under one of them."
        message = "a cell would stand where it is not read again"
        raise FaultyFiles([Problem(FILE, None, None, CHECK, message, hint)], "nothing was written")
    return cell


def _begun(text: str, case: str, theme: str, by: str, date: str) -> str:
    """Return the text with a cell that has no summary yet."""
    pairs = [("case", case), ("theme", theme), ("by", by), ("date", date)]
    lines = [f"{key}: {quoted(value)}" for key, value in pairs]
    block = "- " + "\n  ".join(lines)
    holder = _holder(text) if text.strip() else None
    if holder is not None and holder.items:
        return insert_lines(text, holder, "{" + ", ".join(lines) + "}" if holder.style == "flow" else block)
    newline = newline_of(text)
    if not text.strip():
        body = BEGINNING
    else:
        root = _root(text)
        body = text if root is None else cut_key(text, root, "cells")
        body = body if not body or body.endswith("\n") else body + newline
        body += "" if body.rstrip().endswith("cells:") else "cells:" + newline
    return body + newline.join("  " + line for line in block.split("\n")) + newline


def _kept(text: str, cell: Node, earlier: str) -> str:
    """Return the text with what a summary was among its versions."""
    was = [("date", value_of(cell.get("date"))), ("by", value_of(cell.get("by")))]
    lines = [f"{name}: {quoted(value)}" for name, value in was if value] + ["text: " + quoted(earlier)]
    flow = "{" + ", ".join(lines) + "}"
    versions = cell.get("versions")
    if versions is not None and versions.kind == "sequence" and versions.items:
        return insert_lines(text, versions, flow if versions.style == "flow" else "- " + "\n  ".join(lines))
    case, theme = value_of(cell.get("case")), value_of(cell.get("theme"))
    text = cut_key(text, cell, "versions")
    cell = _found(text, case, theme)
    if cell.style == "flow":
        return insert_lines(text, cell, f"versions: [{flow}]")
    return insert_lines(text, cell, "versions:\n  - " + "\n    ".join(lines))


def _with_passage(text: str, old: str, new: str | None) -> str:
    """Return the text with another coding in the place of one, or without it; nothing stands in a cell twice."""
    while True:
        place = next(
            (
                (cell, holder, item)
                for cell in _cells(text)
                if (holder := cell.get("passages")) is not None and holder.kind == "sequence"
                for item in holder.items
                if _coding(item) == old
            ),
            None,
        )
        if place is None:
            return text
        cell, holder, item = place
        if new is not None and all(_coding(one) != new for one in holder.items):
            node = item if item.kind == "scalar" else item.get("coding") or item
            text = text[: node.start] + written_like(text[node.start : node.end], new) + text[node.end :]
        elif len(holder.items) > 1:
            text = cut_item(text, item, holder)
        else:
            text = cut_key(text, cell, "passages")


def _coding(item: Node) -> str:
    return value_of(item if item.kind == "scalar" else item.get("coding"))
