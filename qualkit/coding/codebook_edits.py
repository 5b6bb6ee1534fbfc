"""Changes written into codebook.yaml: each replaces its own lines, and every other byte stays."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final, get_args

from qualkit.coding.codebook import UnknownCode, code_mapping, code_nodes, code_with_id, parse_codebook, root_of
from qualkit.coding.codebook_diff import Change, Kind, Value
from qualkit.errors import FaultyFiles, QualkitError
from qualkit.model import Code, CodeSet
from qualkit.yamltext import Node, insert_lines, newline_of, quoted, set_scalar

_LISTS: Final = ("use_when", "not_when", "examples")
_NOT_LITERAL: Final = re.compile("[\t\r\x85\u2028\u2029\ufeff]|[ ]$|^[ ]", re.MULTILINE)


class CannotEdit(QualkitError):
    """A change that cannot be made without rewriting what a person wrote around it."""

    def __init__(self, code: str, what: str) -> None:
        super().__init__(f"“{code}” {what}", "Make this change in codebook.yaml by hand; nothing was written.")


def apply_changes(text: str, changes: Sequence[Change], *, remove: bool = False) -> str:
    """Return the codebook's text with changes made.

    Args:
        text: Of codebook.yaml.
        changes: As `compare_codebooks` gives them.
        remove: Whether codes the other file does not have are taken out.

    Raises:
        CannotEdit: If a change would need more than its own lines.
        FaultyFiles: If the result would be no sound codebook.
    """
    of_kind = {kind: [change for change in changes if change.kind == kind] for kind in get_args(Kind)}
    for change in of_kind["changed"]:
        if change.field != "guid":
            text = set_value(text, change.code, change.field, change.after)
    by_parent: dict[str, list[Code]] = {}
    for change in of_kind["added"]:
        if change.added is not None:
            by_parent.setdefault(str(change.after), []).append(change.added)
    for parent, codes in by_parent.items():
        text = add_codes(text, codes, parent=parent)
    text = _move_all(text, of_kind["moved"])
    gone = {change.code for change in of_kind["removed"]} if remove else set()
    for change in of_kind["removed"]:
        # Whatever stood above it may have taken it along.
        if change.code in gone and change.code in {code for code, _, _ in code_nodes(text)}:
            text = remove_code(text, change.code, expected=gone)
    for change in of_kind["set"]:
        if change.members is not None:
            text = put_set(text, change.code, change.members)
    text = set_guids(text, {one.code: str(one.after) for one in of_kind["changed"] if one.field == "guid"})
    _, problems = parse_codebook(text)
    faults = [problem for problem in problems if problem.severity == "error"]
    if faults:
        raise FaultyFiles(faults, "the codebook would have faults; nothing was written")
    return text


def _move_all(text: str, moves: Sequence[Change]) -> str:
    """Make moves in an order in which none goes under itself: what is to stand above comes out first."""
    waiting = list(moves)
    while waiting:
        above = {name: {code.id for code in path} for name, path in parse_codebook(text)[0].paths().items()}
        free = [change for change in waiting if change.code not in above.get(str(change.after), ())]
        if not free:
            raise CannotEdit(waiting[0].code, "would stand under itself")
        text = move_code(text, free[0].code, str(free[0].after))
        waiting.remove(free[0])
    return text


def set_value(text: str, code: str, key: str, value: Value) -> str:
    """Return the codebook's text with one field of one code set; an empty value takes the key out.

    Example:
        >>> print(set_value("- id: tid # 1\\n  name: Tid\\n", "tid", "use_when", ("en", "to: tre")), end="")
        - id: tid # 1
          name: Tid
          use_when: [en, "to: tre"]
    """
    text, node = code_with_id(text, code) if key == "name" else code_mapping(text, code)
    return _set(text, node, key, value)


def _set(text: str, node: Node, key: str, value: Value) -> str:
    if value in ("", ()) or (key == "codable" and value is True and node.get(key) is None):
        return _without_key(text, node, key)
    now = node.get(key)
    if isinstance(value, bool):
        written = "true" if value else "false"
    elif isinstance(value, str):
        if "\n" not in value or node.style == "flow" or not _literal(value):
            if now is None or now.style not in ("|", ">"):
                return set_scalar(text, node, key, value)
            written = quoted(value)
        else:
            written = _block_scalar(value, " " * (node.column + 1), newline_of(text))
    else:
        return _set_list(text, node, key, value)
    if now is None:
        return _insert_key(text, node, f"{quoted(key)}: {written}")
    if now.end > now.start:
        return text[: now.start] + written + text[now.end :]
    return set_scalar(text, node, key, str(value))


def _literal(value: str) -> bool:
    """Whether a text comes back unchanged from a literal block."""
    return not _NOT_LITERAL.search(value) and not value.startswith("\n") and not value.endswith("\n")


def _block_scalar(value: str, indent: str, newline: str) -> str:
    return "|-" + "".join(newline + (indent + line if line else "") for line in value.split("\n"))


def _set_list(text: str, node: Node, key: str, value: Sequence[str]) -> str:
    """Write a list, with the items that stay as they were written."""
    now = node.get(key)
    if now is None:
        return _insert_key(text, node, f"{quoted(key)}: [{', '.join(map(_in_flow, value))}]")
    written: dict[str, str] = {}
    if now.kind == "sequence":
        for item in now.items:
            quote = item.get("quote") if item.kind == "mapping" else item
            if quote is not None and (now.style == "flow" or "\n" not in text[item.start : item.end]):
                written.setdefault(quote.value, text[item.start : item.end])
    if now.kind != "sequence" or now.style == "flow" or not now.items:
        items = ", ".join(written.get(item) or _in_flow(item) for item in value)
        if now.end > now.start:
            return text[: now.start] + f"[{items}]" + text[now.end :]
        # A key without a value, or an empty list in a place of its own.
        colon = text.find(":", next(name.end for name in node.keys if name.value == key)) + 1
        return text[:colon] + f" [{items}]" + text[max(colon, now.end) :]
    between = newline_of(text) + " " * (now.column - 1)
    lines = between.join("- " + (written.get(item) or _in_flow(item)) for item in value)
    return text[: now.start] + lines + text[now.end :]


def _in_flow(item: str) -> str:
    plain = quoted(item)
    return plain if plain.startswith('"') or not re.search(r"[\[\]{},]", plain) else '"' + plain + '"'


def _insert_key(text: str, node: Node, line: str) -> str:
    """Write a new key before the code's rules and children, which may be many; at the end where it has none."""
    late = next((key for key in node.keys if key.value in ("rules", "children")), None)
    if node.style == "flow" or late is None or late is node.keys[0]:
        return insert_lines(text, node, line)
    before = node.keys[list(node.keys).index(late) - 1]
    value = node.items[list(node.keys).index(late) - 1]
    stop = text.find("\n", max(before.end, value.end))
    newline = newline_of(text)
    return text[: stop + 1] + " " * (node.column - 1) + line + newline + text[stop + 1 :]


def _without_key(text: str, node: Node, key: str) -> str:
    keys = list(node.keys)
    at = next((number for number, name in enumerate(keys) if name.value == key), None)
    if at is None:
        return text
    name, value = keys[at], node.items[at]
    following = keys[at + 1] if at + 1 < len(keys) else None
    if node.style == "flow":
        if following is not None:
            return text[: name.start] + text[following.start :]
        begin = node.items[at - 1].end if at else name.start
        return text[:begin] + text[max(value.end, name.end) :].removeprefix(":")
    if at == 0:
        if following is None:
            raise CannotEdit(name.value, "is the only key of its code")
        return text[: name.start] + text[following.start :]
    begin = text.rfind("\n", 0, name.start) + 1
    stop = text.find("\n", max(name.end, value.end))
    return text[:begin] + ("" if stop < 0 else text[stop + 1 :])


def add_codes(text: str, codes: Sequence[Code], *, parent: str = "") -> str:
    """Return the codebook's text with new codes, and all below them, at the end or under a parent.

    Example:
        >>> print(add_codes("codes:\\n- name: Tid\\n", [Code("ro", "Ro", children=(Code("ly", "Ly"),))]), end="")
        codes:
        - name: Tid
        - id: ro
          name: Ro
          children:
            - id: ly
              name: Ly
    """
    return _insert_items(text, [_lines(code) for code in codes], parent)


def _lines(code: Code) -> list[str]:
    """Return the lines of a new code as a list's item, without indentation."""
    lines = [f"id: {quoted(code.id)}", f"name: {quoted(code.name)}"]
    if code.level != "code":
        lines.append(f"level: {quoted(code.level)}")
    if not code.codable:
        lines.append("codable: false")
    for key in ("colour", "brief", "definition", "note"):
        value = getattr(code, key)
        if value:
            literal = "\n" in value and _literal(value)
            lines += f"{key}: {_block_scalar(value, '  ', chr(10)) if literal else quoted(value)}".split("\n")
    for key in _LISTS:
        if getattr(code, key):
            lines.append(f"{key}: [{', '.join(map(_in_flow, getattr(code, key)))}]")
    if code.guid:
        lines.append(f'refi: {{guid: "{code.guid}"}}')
    if code.children:
        lines.append("children:")
        for child in code.children:
            lines += ["  " + line if line else "" for line in _lines(child)]
    return [("  " if number else "- ") + line if line else "" for number, line in enumerate(lines)]


def insert_code_lines(text: str, lines: Sequence[str], parent: str) -> str:
    """Return the codebook's text with a code, given as the lines of a list's item, as the last below a parent."""
    return _insert_items(text, [lines], parent)


def _insert_items(text: str, items: Sequence[Sequence[str]], parent: str) -> str:
    """Add items, given as lines, to a list of codes."""
    lines = [line for item in items for line in item]
    newline = newline_of(text)
    if parent:
        text, holder = code_mapping(text, parent)
        key = "children"
    else:
        root = root_of(text)
        if root is None:
            body = text if not text or text.endswith("\n") else text + newline
            return body + newline.join(["codes:", *lines]) + newline
        if root.kind == "sequence":
            return _extend(text, root, lines, parent)
        holder, key = root, "codes"
    node = holder.get(key)
    if node is not None and node.kind == "sequence" and node.items:
        return _extend(text, node, lines, parent)
    if holder.style == "flow":
        raise CannotEdit(parent or "codes", "stands in braces on one line, so nothing can be put under it")
    if node is not None:
        text = _without_key(text, holder, key) if holder.keys[0].value != key or len(holder.keys) > 1 else ""
        return _insert_items(text, items, parent)
    return insert_lines(text, holder, "\n".join([f"{key}:", *("  " + line if line else "" for line in lines)]))


def _extend(text: str, sequence: Node, lines: Sequence[str], parent: str) -> str:
    if sequence.style == "flow":
        raise CannotEdit(parent or "codes", "has its codes in brackets on one line, so none can be added")
    return insert_lines(text, sequence, "\n".join(lines))


def _item(text: str, code: str) -> tuple[Node, Node]:
    for identifier, node, parent in code_nodes(text):
        if identifier == code:
            return node, parent
    raise UnknownCode(code, [identifier for identifier, _, _ in code_nodes(text)])


def remove_code(text: str, code: str, *, expected: set[str] | frozenset[str] = frozenset()) -> str:
    """Return the codebook's text without a code and all below it.

    Args:
        text: Of codebook.yaml.
        code: Its id.
        expected: Ids that may go; a code below that is not among them stops the removal.

    Raises:
        CannotEdit: If it is the last one, or a code below it is to stay.
    """
    node, parent = _item(text, code)
    book, _ = parse_codebook(text)
    below = [found.id for top in book.walk() if top.id == code for found in top.walk()]
    if expected and not expected.issuperset(below):
        raise CannotEdit(code, "has a code below it that is to stay")
    if len(parent.items) == 1:
        owner = next((name for name, path in book.paths().items() if path[-1].id == code and len(path) > 1), None)
        if owner is None:
            raise CannotEdit(code, "is the only code there is")
        above = book.paths()[owner][-2].id
        text, holder = code_mapping(text, above)
        return _without_key(text, holder, "children")
    return _cut(text, node, parent)


def _cut(text: str, node: Node, parent: Node) -> str:
    """Return the text without one of several items of a list."""
    at = next(number for number, item in enumerate(parent.items) if item.start == node.start)
    if parent.style == "flow":
        if at + 1 < len(parent.items):
            return text[: node.start] + text[parent.items[at + 1].start :]
        return text[: parent.items[at - 1].end] + text[node.end :]
    begin = text.rfind("\n", 0, node.start) + 1
    stop = text.find("\n", node.end)
    return text[:begin] + ("" if stop < 0 else text[stop + 1 :])


def move_code(text: str, code: str, parent: str) -> str:
    """Return the codebook's text with a code, as it was written, under another parent; "" for the top.

    Example:
        >>> print(move_code("- id: a\\n- id: b # 2\\n  name: B\\n", "b", "a"), end="")
        - id: a
          children:
            - id: b # 2
              name: B
    """
    node, _ = _item(text, code)
    begin = text.rfind("\n", 0, node.start) + 1
    opening = text[begin : node.start]
    if node.style == "flow" and opening.strip() != "-":
        raise CannotEdit(code, "stands in a list on one line, so it cannot be moved")
    if opening.strip() != "-":
        raise CannotEdit(code, "does not begin on a line of its own, so it cannot be moved")
    stop = text.find("\n", node.end)
    block = text[node.start : len(text) if stop < 0 else stop].replace("\r", "")
    first, *rest = block.split("\n")
    indent = node.column - 1
    lines = ["- " + first, *("  " + line[min(indent, len(line) - len(line.lstrip(" "))) :] for line in rest)]
    lines = [line if line.strip() else "" for line in lines]
    return _insert_items(remove_code(text, code), [lines], parent)


def put_set(text: str, name: str, proposed: CodeSet) -> str:
    """Return the codebook's text with a set that is new, or that now has this name, changed."""
    root = root_of(text)
    if root is None or root.kind != "mapping":
        raise CannotEdit(name, "cannot be added to a codebook that is only a list of codes")
    sets = root.get("sets")
    found = next((item for item in sets.items if _text(item.get("name")) == name), None) if sets is not None else None
    if found is None:
        lines = [f"- name: {quoted(proposed.name)}"]
        if proposed.description:
            lines.append(f"  description: {quoted(proposed.description)}")
        lines.append(f"  members: [{', '.join(map(_in_flow, proposed.members))}]")
        if proposed.guid:
            lines.append(f'  refi: {{guid: "{proposed.guid}"}}')
        if sets is not None and sets.kind == "sequence" and sets.items:
            return _extend(text, sets, lines, "sets")
        if sets is not None:
            return put_set(_without_key(text, root, "sets"), name, proposed)
        return insert_lines(text, root, "\n".join(["sets:", *("  " + line for line in lines)]))
    for key in ("description", "members", "name"):
        value: Value = getattr(proposed, key)
        text = _set(text, _set_node(text, name), key, value)
    return text


def _set_node(text: str, name: str) -> Node:
    root = root_of(text)
    sets = root.get("sets") if root is not None else None
    return next(item for item in (sets.items if sets is not None else ()) if _text(item.get("name")) == name)


def _text(node: Node | None) -> str:
    return node.value if node is not None else ""


def set_guids(text: str, guids: Mapping[str, str], sets: Mapping[str, str] | None = None) -> str:
    """Return the codebook's text with the guids by which other programs know codes and sets.

    They are written all at once, from the end of the file to its beginning, so that a large codebook is read once.

    Args:
        text: Of codebook.yaml.
        guids: By code id.
        sets: By set name.

    Example:
        >>> print(set_guids("- Tid  # kort\\n", {"tid": "A"}), end="")
        - id: tid
          name: Tid
          refi: {guid: "A"}  # kort
    """
    edits: list[tuple[int, int, str]] = []
    newline = newline_of(text)
    for identifier, node, parent in code_nodes(text):
        if identifier in guids:
            edits.append(_guid_edit(text, node, parent, identifier, guids[identifier], newline))
    root = root_of(text)
    found = root.get("sets") if root is not None and root.kind == "mapping" and sets else None
    if found is not None and sets:
        named = [(item, _text(item.get("name"))) for item in found.items]
        edits += [_guid_edit(text, item, found, "", sets[name], newline) for item, name in named if name in sets]
    for start, end, new in sorted(edits, reverse=True):
        text = text[:start] + new + text[end:]
    return text


def _guid_edit(text: str, node: Node, parent: Node, identifier: str, guid: str, newline: str) -> tuple[int, int, str]:
    """Return what is replaced by what so that a node has a guid."""
    line = f'refi: {{guid: "{guid}"}}'
    if node.kind == "scalar":
        fields = [f"id: {quoted(identifier)}", f"name: {text[node.start : node.end]}", line]
        if parent.style == "flow":
            return node.start, node.end, "{" + ", ".join(fields) + "}"
        return node.start, node.end, (newline + " " * (node.column - 1)).join(fields)
    if (refi := node.get("refi")) is not None:
        inner = refi.get("guid") or refi
        written = f'"{guid}"' if inner is not refi else f' {{guid: "{guid}"}}'
        return inner.start, max(inner.start, inner.end), written
    # After the name or the id, whichever is later: near the top, where a reader sees whose it is.
    named = [value for key, value in node.pairs() if key.value in ("id", "name") and value.kind == "scalar"]
    last = max(named, key=lambda value: value.end)
    if node.style == "flow":
        return last.end, last.end, f", {line}"
    stop = text.find("\n", last.end)
    if stop < 0:
        return len(text), len(text), newline + " " * (node.column - 1) + line
    return stop + 1, stop + 1, " " * (node.column - 1) + line + newline
