"""A codebook that is in use, changed: renamed, merged, moved; what stands around a change is kept to the byte."""

from __future__ import annotations

from collections.abc import Mapping

from qualkit.coding.codebook import CodeExists, UnknownCode, code_nodes, code_with_id, parse_codebook, root_of
from qualkit.coding.codebook_edits import CannotEdit, move_code, remove_code
from qualkit.errors import FaultyFiles
from qualkit.model import Codebook
from qualkit.yamlitems import holds, replace_item
from qualkit.yamltext import Node, newline_of, set_scalar


def rename_code(text: str, old: str, new: str, name: str = "") -> str:
    """Return the codebook's text with another id for a code, and another name if one is given.

    Args:
        text: Of codebook.yaml.
        old: The id.
        new: The new id; the same for a new name alone.
        name: The new name; "" leaves it.

    Raises:
        UnknownCode: If there is no such code.
        CodeExists: If the new id is taken.
        FaultyFiles: If the result would be no sound codebook.

    Example:
        >>> print(rename_code("codes:\\n- id:   tid   # first\\n  name: Tid\\n", "tid", "tidspress"), end="")
        codes:
        - id:   tidspress   # first
          name: Tid
    """
    taken = {code.casefold() for code, _, _ in code_nodes(text) if code != old}
    if new.casefold() in taken:
        raise CodeExists(new)
    text, node = code_with_id(text, old)
    if new != old:
        text = set_scalar(text, node, "id", new)
        text = change_members(text, {old: new})
    if name:
        _, node = code_with_id(text, new)
        text = set_scalar(text, node, "name", name)
    return sound(text)


def change_members(text: str, changes: Mapping[str, str | None]) -> str:
    """Return the codebook's text with other members in its sets; None takes a member out."""
    for old, new in changes.items():
        while True:
            root = root_of(text)
            sets = root.get("sets") if root is not None and root.kind == "mapping" else None
            holder = next((item for item in (sets.items if sets else ()) if holds(item, "members", old)), None)
            if holder is None:
                break
            text = replace_item(text, holder, "members", old, new)
    return text


def merge_code(text: str, gone: str, kept: str, said: str) -> str:
    """Return the codebook's text with one code gone into another; its own lines stay as a comment above that one.

    Nothing of what was thought about the code is lost: definition, examples and rules can be read, and taken over
    by hand. Codes below it come to stand below the other.

    Args:
        text: Of codebook.yaml.
        gone: The id of the code that goes.
        kept: The id of the code that stays.
        said: The first line of the comment.

    Raises:
        CannotEdit: If the code that stays stands under the one that goes, or the lines cannot be moved.

    Example:
        >>> text = "codes:\\n- id: a\\n- id: b\\n  definition: Noe\\n"
        >>> print(merge_code(text, "b", "a", "“b” went into “a”:"), end="")
        codes:
        # “b” went into “a”:
        #   - id: b
        #     definition: Noe
        - id: a
    """
    book, _ = parse_codebook(text)
    if gone in {code.id for code in book.paths()[kept][:-1]}:
        raise CannotEdit(kept, f"stands under “{gone}”; move it first")
    for child in next(code for code in book.walk() if code.id == gone).children:
        text = move_code(text, child.id, kept)
    node, _ = _item(text, gone)
    lines = text[node.start : node.end].replace("\r", "").split("\n")
    indent = node.column - 1
    body = ["- " + lines[0], *("  " + line[min(indent, len(line) - len(line.lstrip(" "))) :] for line in lines[1:])]
    text = remove_code(text, gone)
    text = change_members(text, {gone: kept})
    node, _ = _item(text, kept)
    begin = text.rfind("\n", 0, node.start) + 1
    newline, before = newline_of(text), text[begin : node.start]
    space = before[: len(before) - len(before.lstrip(" "))]
    comment = "".join(f"{space}# {line}".rstrip() + newline for line in [said, *("  " + line for line in body)])
    expected = parse_codebook(text)[0]
    text = sound(text[:begin] + comment + text[begin:])
    if _bare(parse_codebook(text)[0]) != _bare(expected):
        raise CannotEdit(kept, "stands where no comment can be written")
    return text


def place_code(text: str, code: str, parent: str | None, *, before: str = "", after: str = "") -> str:
    """Return the codebook's text with a code, as it was written, at another place of the tree.

    Args:
        text: Of codebook.yaml.
        code: Its id.
        parent: Under which it comes last; "" for the top; None where `before` or `after` says the place.
        before: A code right before which it comes.
        after: A code right after which it comes, and after all below that one.

    Raises:
        CannotEdit: If the code would stand under itself, or its lines cannot be moved.

    Example:
        >>> print(place_code("- id: a\\n- id: b # 2\\n  name: B\\n", "b", None, before="a"), end="")
        - id: b # 2
          name: B
        - id: a
    """
    target = before or after or parent or ""
    paths = parse_codebook(text)[0].paths()
    for known in filter(None, (code, target)):
        if known not in paths:
            raise UnknownCode(known, list(paths))
    if target and code in {above.id for above in paths[target]}:
        raise CannotEdit(code, "would stand under or beside itself")
    if not (before or after):
        return sound(move_code(text, code, parent or ""))
    node, _ = _item(text, code)
    if text[text.rfind("\n", 0, node.start) + 1 : node.start].strip() != "-":
        raise CannotEdit(code, "does not begin on a line of its own, so it cannot be moved")
    lines = text[node.start : node.end].replace("\r", "").split("\n")
    stop = text.find("\n", node.end)
    # A comment at the end of its last line goes along.
    lines[-1] += text[node.end : len(text) if stop < 0 else stop].rstrip()
    indent = node.column - 1
    text = remove_code(text, code)
    sibling, siblings = _item(text, target)
    begin = text.rfind("\n", 0, sibling.start) + 1
    dash = text[begin : sibling.start]
    if dash.strip() != "-" or siblings.style == "flow":
        raise CannotEdit(target, "does not begin on a line of its own, so nothing can be put beside it")
    lead, inner = dash[: dash.index("-")], " " * len(dash)
    rest = [inner + line[min(indent, len(line) - len(line.lstrip(" "))) :] for line in lines[1:]]
    newline = newline_of(text)
    block = newline.join(line if line.strip() else "" for line in [dash + lines[0], *rest]) + newline
    if before:
        while begin and text[text.rfind("\n", 0, begin - 1) + 1 : begin].startswith(lead + "#"):
            begin = text.rfind("\n", 0, begin - 1) + 1
        return sound(text[:begin] + block + text[begin:])
    stop = text.find("\n", sibling.end)
    if stop < 0:
        return sound(text + newline + block)
    return sound(text[: stop + 1] + block + text[stop + 1 :])


def sound(text: str) -> str:
    """Return the text if it is a codebook without errors.

    Raises:
        FaultyFiles: If it is not.
    """
    faults = [problem for problem in parse_codebook(text)[1] if problem.severity == "error"]
    if faults:
        raise FaultyFiles(faults, "the codebook would have faults; nothing was written")
    return text


def shape(book: Codebook) -> dict[str, str]:
    """Return the parent of every code, "" for those at the top."""
    return {code: path[-2].id if len(path) > 1 else "" for code, path in book.paths().items()}


def _bare(book: Codebook) -> list[tuple[str, str, str, int]]:
    return [(code.id, code.name, code.definition, len(code.rules)) for code in book.walk()]


def _item(text: str, code: str) -> tuple[Node, Node]:
    for identifier, node, parent in code_nodes(text):
        if identifier == code:
            return node, parent
    raise UnknownCode(code, [identifier for identifier, _, _ in code_nodes(text)])
