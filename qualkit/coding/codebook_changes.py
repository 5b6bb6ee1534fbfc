"""A codebook that is in use, changed: renamed, merged, moved; what stands around a change is kept to the byte."""

from __future__ import annotations

import re
from collections.abc import Mapping

from qualkit.coding.codebook import CodeExists, UnknownCode, code_nodes, code_with_id, parse_codebook, root_of
from qualkit.coding.codebook_edits import CannotEdit, insert_code_lines, remove_code
from qualkit.errors import FaultyFiles, QualkitError
from qualkit.model import Codebook
from qualkit.yamlitems import holds, replace_item, written_like
from qualkit.yamltext import Node, newline_of, set_scalar


class Tangled(CannotEdit):
    """A code that would come to stand under itself."""

    def __init__(self, code: str, what: str, hint: str) -> None:
        QualkitError.__init__(self, f"“{code}” {what}", hint)


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
    now = node.get("id")
    if new != old and now is not None:
        text = text[: now.start] + written_like(text[now.start : now.end], new) + text[now.end :]
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
        raise Tangled(kept, f"stands under “{gone}”", f"Move it first: qualkit codebook move {kept} --top")
    for child in next(code for code in book.walk() if code.id == gone).children:
        text = place_code(text, child.id, kept)
    body = _lines_of(text, gone)
    text = take_out(text, gone)
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
        raise Tangled(code, "would stand under or beside itself", "Name a code that does not stand below it.")
    node, _ = _item(text, code)
    if text[text.rfind("\n", 0, node.start) + 1 : node.start].strip() != "-":
        raise CannotEdit(code, "does not begin on a line of its own, so it cannot be moved")
    lines, said = _lines_of(text, code), sorted(_bare(parse_codebook(text)[0]))
    text = _put_in(take_out(text, code), lines, parent, before=before, after=after)
    if sorted(_bare(parse_codebook(sound(text))[0])) != said:
        raise CannotEdit(code, "cannot be moved without changing what stands around it")
    return text


def _put_in(text: str, lines: list[str], parent: str | None, *, before: str, after: str) -> str:
    """Return the codebook's text with a code, given as lines of a list's item, at a place of the tree."""
    if not (before or after):
        return insert_code_lines(text, lines, parent or "")
    target = before or after
    sibling, siblings = _item(text, target)
    begin = text.rfind("\n", 0, sibling.start) + 1
    dash = text[begin : sibling.start]
    if dash.strip() != "-" or siblings.style == "flow":
        raise CannotEdit(target, "does not begin on a line of its own, so nothing can be put beside it")
    lead, newline = dash[: dash.index("-")], newline_of(text)
    block = newline.join(lead + line if line else "" for line in lines) + newline
    if before:
        while begin and text[text.rfind("\n", 0, begin - 1) + 1 : begin].startswith(lead + "#"):
            begin = text.rfind("\n", 0, begin - 1) + 1
        return text[:begin] + block + text[begin:]
    stop = text.find("\n", sibling.end)
    if stop < 0:
        return text + newline + block
    return text[: stop + 1] + block + text[stop + 1 :]


def _lines_of(text: str, code: str) -> list[str]:
    """Return a code's lines as a list's item, as they were written but for the indentation."""
    node, parent = _item(text, code)
    stop = text.find("\n", node.end)
    # A comment at the end of its last line goes along; in brackets what follows is another's.
    block = text[node.start : node.end if parent.style == "flow" else len(text) if stop < 0 else stop]
    first, *rest = block.replace("\r", "").split("\n")
    indent = node.column - 1
    lines = ["- " + first, *("  " + line[min(indent, len(line) - len(line.lstrip(" "))) :] for line in rest)]
    return [line if line.strip() else "" for line in lines]


def take_out(text: str, code: str) -> str:
    """Return the codebook's text without a code and all below it; comments before it stay, also before an only child.

    Raises:
        CannotEdit: If it is the last one.
    """
    out, lead = _cut_out(text, code)
    below = {one.id for top in parse_codebook(text)[0].walk() if top.id == code for one in top.walk()}
    wanted = [one for one in _bare(parse_codebook(text)[0]) if one[0] not in below]
    if _bare(parse_codebook(out)[0]) == wanted:
        return out
    # A comment that stood under the code would now be part of a text above it: it comes to stand further left.
    same = next((at for at, (one, two) in enumerate(zip(text, out, strict=False)) if one != two), len(out))
    begin = out.rfind("\n", 0, same) + 1
    comments = re.match(r"(?:[ ]*(?:#[^\n]*)?\r?(?:\n|\Z))*", out[begin:])
    end = begin + (comments.end() if comments else 0)
    out = out[:begin] + re.sub(r"(?m)^[ ]+(?=#)", lead, out[begin:end]) + out[end:]
    if _bare(parse_codebook(out)[0]) != wanted:
        raise CannotEdit(code, "cannot be taken out without changing what stands around it")
    return out


def _cut_out(text: str, code: str) -> tuple[str, str]:
    """Return the text without a code, and the indentation of what stood there."""
    node, parent = _item(text, code)
    owner = next((one for _, one, _ in code_nodes(text) if one.get("children") == parent), None)
    opening = text[text.rfind("\n", 0, node.start) + 1 : node.start]
    lead = opening[: len(opening) - len(opening.lstrip(" "))]
    if owner is None or len(parent.items) > 1 or parent.style == "flow" or owner.style == "flow":
        return remove_code(text, code), lead
    key = next(key for key in owner.keys if key.value == "children")
    begin = text.rfind("\n", 0, key.start) + 1
    lead = text[begin : key.start]
    if lead.strip():
        return remove_code(text, code), ""
    comments = re.findall(r"(?<!\S)#[^\r\n]*", text[key.end : node.start])
    stop = text.find("\n", node.end)
    kept = "".join(lead + comment + newline_of(text) for comment in comments)
    return text[:begin] + kept + ("" if stop < 0 else text[stop + 1 :]), lead


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


def _bare(book: Codebook) -> list[tuple[str, ...]]:
    """Return what every code says, wherever it stands."""
    keys = ("id", "name", "level", "codable", "colour", "brief", "definition", "use_when", "not_when", "examples")
    return [
        (*(str(getattr(code, key)) for key in (*keys, "note", "guid")), *(str(rule.any) for rule in code.rules))
        for code in book.walk()
    ]


def _item(text: str, code: str) -> tuple[Node, Node]:
    for identifier, node, parent in code_nodes(text):
        if identifier == code:
            return node, parent
    raise UnknownCode(code, [identifier for identifier, _, _ in code_nodes(text)])
