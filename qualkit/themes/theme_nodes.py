"""Where themes stand in themes.yaml, as nodes with their places, and the smallest changes there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from qualkit.errors import FaultyFiles, QualkitError
from qualkit.text import near_miss, nfc, slug
from qualkit.themes.themesfile import CHECK
from qualkit.yamlitems import cut_item, cut_key, set_block
from qualkit.yamltext import Node, insert_lines, newline_of, parse_yaml, quoted, set_scalar

FILE = "themes.yaml"
_SHORT = 90
BEGINNING = "# Themes over codes, and the quotations chosen for print.\nthemes:\n"


class NoSuchTheme(QualkitError):
    """No theme has this id."""

    def __init__(self, name: str, known: list[str]) -> None:
        near = near_miss(name, known)
        hint = (
            f"Did you mean “{near}”?" if near else "There are: " + ", ".join(known) if known else "There is none yet."
        )
        super().__init__(f"there is no theme “{name}”", hint)


class CannotPlace(QualkitError):
    """A theme cannot stand where it was asked to."""


class Found(NamedTuple):
    """A theme, the list it stands in, and the theme above it, if there is one."""

    theme: Node
    holder: Node
    above: Node | None


def theme_named(text: str, name: str) -> Found:
    """Return the theme of an id, or of a heading that only one has.

    Raises:
        NoSuchTheme: If there is none.
        FaultyFiles: If the file cannot be read.
    """
    found = list(walk(text))
    for one in found:
        if id_of(one.theme) == nfc(name):
            return one
    alike = [one for one in found if said_in(one.theme.get("heading")).casefold() == nfc(name).strip().casefold()]
    if len(alike) == 1:
        return alike[0]
    raise NoSuchTheme(name, [id_of(one.theme) for one in found])


def id_of(theme: Node) -> str:
    """Return a theme's id: as written, or made from its heading."""
    return said_in(theme.get("id")) or slug(said_in(theme.get("heading")))


def root_of(text: str) -> Node | None:
    """Return the file's root, or None where nothing stands in it.

    Raises:
        FaultyFiles: If it is no sound YAML.
    """
    root, problems = parse_yaml(text, FILE, CHECK)
    if problems:
        # A place in what was mended to be read is no place in the text.
        raise FaultyFiles(problems, "themes.yaml has faults; nothing was done")
    return root


def walk(text: str) -> Iterator[Found]:
    """Yield every theme and subtheme."""
    root = root_of(text)
    top = root if root is None or root.kind == "sequence" else root.get("themes")
    if top is None or top.kind != "sequence":
        return
    for node in top.items:
        if node.kind != "mapping":
            continue
        yield Found(node, top, None)
        below = node.get("subthemes")
        for child in below.items if below is not None and below.kind == "sequence" else ():
            if below is not None and child.kind == "mapping":
                yield Found(child, below, node)


def said_in(node: Node | None) -> str:
    """Return what a scalar says; "" for nothing and for lists."""
    return "" if node is None or node.empty or node.kind != "scalar" else nfc(node.value.strip())


def listed_in(node: Node | None) -> list[str]:
    """Return the texts of a list."""
    if node is None or node.empty or node.kind == "mapping":
        return []
    return [said for item in ((node,) if node.kind == "scalar" else node.items) if (said := said_in(item))]


def free_id(wanted: str, taken: list[str]) -> str:
    """Return an id that is not taken."""
    number, name = 2, wanted
    while name in taken:
        name, number = f"{wanted}-{number}", number + 1
    return name


def flow(value: str) -> str:
    """Return a scalar that may stand between commas and brackets."""
    plain = quoted(value)
    return f'"{plain}"' if plain[:1] != '"' and any(char in plain for char in "[]{},") else plain


def begins(mapping: Node, key: str) -> bool:
    """Return whether a key is the first of a mapping in a list, so that its line holds the list's dash."""
    return bool(mapping.keys) and mapping.keys[0].value == key


def may_have_subthemes(found: Found) -> Found:
    """Return a theme that is not itself a subtheme.

    Raises:
        CannotPlace: If it is one.
    """
    if found.above is not None:
        hint = "Tables show themes and one level of subthemes."
        raise CannotPlace(f"“{id_of(found.theme)}” is a subtheme, and has none of its own", hint)
    return found


def with_theme(text: str, above: Found | None, lines: Sequence[str]) -> str:
    """Return the text with the lines of a theme added at the end of the themes, or of a theme's subthemes."""
    item = ["- " + lines[0], *("  " + line if line else line for line in lines[1:])]
    if above is None:
        return with_top_item(text, "themes", lines)
    return _with_block_item(text, above.theme, "subthemes", item)


def with_top_item(text: str, key: str, lines: Sequence[str]) -> str:
    """Return the text with an item of several lines in a list at the top of the file."""
    item = ["- " + lines[0], *("  " + line if line else line for line in lines[1:])]
    text = text if text.strip() else BEGINNING
    root = root_of(text)
    newline = newline_of(text)
    if root is not None and root.kind == "sequence":
        if key == "themes":
            return insert_lines(text, root, "\n".join(item))
        hint = "Write “themes:” above the list, and move the list two spaces in."
        raise CannotPlace("themes.yaml is a list of themes, and has no room for this", hint)
    if root is None:
        body = text if text.endswith("\n") else text + newline
        body = body if body.rstrip().endswith(f"{key}:") else body + f"{key}:" + newline
        return body + newline.join("  " + line if line else line for line in item) + newline
    if root.style == "flow":
        raise CannotPlace(
            "themes.yaml is written in braces, and cannot be added to", "Write it with a line for each key."
        )
    return _with_block_item(text, root, key, item)


def _with_block_item(text: str, mapping: Node, key: str, item: Sequence[str]) -> str:
    """Return the text with an item of several lines in the list under a key, which is begun if it is not there."""
    holder = mapping.get(key)
    if mapping.style == "flow" or (holder is not None and holder.style == "flow" and holder.items):
        raise CannotPlace(
            f"“{key}” is written in brackets, and cannot be added to", "Write it with a line for each item, and again."
        )
    if holder is not None and holder.kind == "sequence" and holder.items:
        return insert_lines(text, holder, "\n".join(item))
    if holder is not None:
        name = next(name for name, _ in mapping.pairs() if name.value == key)
        colon = text.find(":", name.end) + 1
        stop = colon if holder.empty else holder.end
        indent = " " * (mapping.column - 1 + 2)
        newline = newline_of(text)
        rest = text[stop:]
        line, _, after = rest.partition("\n")
        block = newline.join(indent + one if one else one for one in item)
        return text[:colon] + line.rstrip("\r") + newline + block + newline + after
    return insert_lines(text, mapping, "\n".join([f"{key}:", *("  " + line if line else line for line in item)]))


def with_item(text: str, mapping: Node, key: str, value: str) -> str:
    """Return the text with an item in the list of short texts under a key."""
    holder = mapping.get(key)
    if holder is None:
        return insert_lines(text, mapping, f"{key}: [{flow(value)}]")
    if holder.kind == "sequence" and holder.items:
        if holder.style == "flow":
            return insert_lines(text, holder, flow(value))
        return insert_lines(text, holder, f"- {quoted(value)}")
    if holder.kind == "scalar" and not holder.empty:
        return text[: holder.start] + f"[{text[holder.start : holder.end]}, {flow(value)}]" + text[holder.end :]
    name = next(name for name, _ in mapping.pairs() if name.value == key)
    colon = text.find(":", name.end) + 1
    start = colon if holder.empty else holder.start
    gap = " " if holder.empty else ""
    return text[:start] + gap + f"[{flow(value)}]" + text[colon if holder.empty else holder.end :]


def set_words(text: str, mapping: Node, key: str, words: str) -> str:
    """Return the text with what is written under a key: on one line where it is short, else as a block."""
    short = "\n" not in words and len(words) < _SHORT
    return set_scalar(text, mapping, key, words) if short else set_block(text, mapping, key, words)


def with_scope(text: str, theme: Node, side: str, words: str) -> str:
    """Return the text with one side of a theme's scope, "in" or "out", written."""
    scope = theme.get("scope")
    if scope is not None and scope.kind == "mapping":
        return set_words(text, scope, side, words)
    was = said_in(scope)
    said = {"in": was, "out": "", side: words}
    lines = [f"  {key}: {quoted(value)}" for key, value in said.items() if value]
    identifier = id_of(theme)
    if scope is not None and not begins(theme, "scope"):
        text = cut_key(text, theme, "scope")
        theme = theme_named(text, identifier).theme
    if theme.style == "flow":
        return insert_lines(text, theme, "scope: {" + ", ".join(line.strip() for line in lines) + "}")
    return insert_lines(text, theme, "\n".join(["scope:", *lines]))


def with_earlier(text: str, identifier: str, what: str, words: str, *, date: str, by: str, why: str) -> str:
    """Return the text with a wording among the earlier ones of a theme."""
    pairs = {"what": what, "words": words, "date": date, "by": by, "why": why}
    line = "{" + ", ".join(f"{key}: {flow(value)}" for key, value in pairs.items() if value) + "}"
    theme = theme_named(text, identifier).theme
    holder = theme.get("earlier")
    if holder is not None and holder.kind == "sequence" and holder.items:
        return insert_lines(text, holder, line if holder.style == "flow" else f"- {line}")
    if theme.style == "flow":
        return insert_lines(text, theme, f"earlier: [{line}]")
    if holder is not None and not begins(theme, "earlier"):
        text = cut_key(text, theme, "earlier")
        theme = theme_named(text, identifier).theme
    return insert_lines(text, theme, f"earlier:\n  - {line}")


def lines_of(text: str, item: Node) -> list[str]:
    """Return the lines of an item of a list, without the dash and its indentation."""
    if item.style == "flow":
        return [text[item.start : item.end]]
    stop = text.find("\n", item.end)
    written = text[item.start : len(text) if stop < 0 else stop].replace("\r", "")
    first, *rest = written.split("\n")
    deep = item.column - 1
    return [first, *(line[deep:] if line[:deep].strip() == "" else line.lstrip() for line in rest)]


def without_theme(text: str, found: Found) -> str:
    """Return the text without a theme, which stands alone or among others."""
    if len(found.holder.items) > 1:
        return cut_item(text, found.theme, found.holder)
    if found.holder.style == "flow":
        return text[: found.holder.start] + "[]" + text[found.holder.end :]
    begin = text.rfind("\n", 0, found.holder.start) + 1
    stop = text.find("\n", found.holder.end)
    rest = "" if stop < 0 else text[stop + 1 :]
    if found.above is None:
        return text[:begin] + rest
    name = next(name for name, value in found.above.pairs() if value.start == found.holder.start)
    colon = text.find(":", name.end) + 1
    return text[:colon] + " []" + text[colon:begin] + rest
