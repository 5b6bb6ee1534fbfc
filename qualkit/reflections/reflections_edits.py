"""Entries written into `reflections/NAME.yaml`, and taken out of it; every other byte stays."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from qualkit.errors import FaultyFiles, Problem
from qualkit.reflection import Kind
from qualkit.reflections.reflectionsfile import ABOUT, CHECK, KEYS, SECTIONS
from qualkit.text import nfc
from qualkit.yamlitems import without_item
from qualkit.yamltext import Node, insert_lines, newline_of, parse_yaml, quoted

BEGINNING = (
    "# What {by} noted while reading. Of entries about the same thing the last one stands; earlier ones are kept.\n"
)
_SECTION_OF = {kind: section for section, kind in SECTIONS.items()}
_LONG = ("text", "changed", "why", "dropped")
_ONE_LINE = 80
_TELL_OF_PEOPLE = ("impressions", "notes", "journal", "verdicts", "asked")


def add_entry(text: str, by: str, kind: Kind, values: Mapping[str, str | tuple[str, ...]]) -> str:
    """Return the text with an entry at the end of the list of its kind.

    Args:
        text: Of the file; "" for a new one.
        by: The analyst.
        kind: Of the entry.
        values: By key; empty ones are left out.

    Raises:
        FaultyFiles: If the file cannot be read.

    Example:
        >>> print(add_entry("", "kari", "impression", {"transcript": "K1", "text": "Mye uro."}), end="")
        # What kari noted while reading. Of entries about the same thing the last one stands; earlier ones are kept.
        impressions:
          - transcript: K1
            text: Mye uro.
    """
    text = text if text.strip() else BEGINNING.format(by=by)
    fields = [(key, values[key]) for key in KEYS[kind] if values.get(key) or (key == "dropped" and key in values)]
    section = _SECTION_OF[kind]
    root = root_of(text)
    lines = _block(fields)
    under = "\n".join([f"{section}:", *("  " + line if line else "" for line in lines)])
    if root is None:
        return _at_end(text, under)
    node = root.get(section)
    if node is None:
        return insert_lines(text, root, f"{section}: [{_flow(fields)}]" if root.style == "flow" else under)
    if node.kind == "sequence":
        return insert_lines(text, node, _flow(fields) if node.style == "flow" else "\n".join(lines))
    if not node.empty:
        hint = "Begin each entry with “- ”."
        raise FaultyFiles([_fault(node, f"“{section}” is a list", hint)], "nothing was written")
    if node.end > node.start or root.style == "flow":
        key = next(name for name, value in root.pairs() if value is node)
        if node.end > node.start:
            return f"{text[: node.start]}[{_flow(fields)}]{text[node.end :]}"
        colon = text.find(":", key.end, node.start + 1)
        at, sign = (colon + 1, " ") if colon >= 0 else (key.end, ": ")
        return f"{text[:at]}{sign}[{_flow(fields)}]{text[at:]}"
    return _below(text, root, section, lines)


def without_transcripts(text: str, transcripts: Collection[str]) -> str:
    """Return the text without the entries about some transcripts.

    Raises:
        FaultyFiles: If the file cannot be read.

    Example:
        >>> text = "impressions:\\n- {transcript: K1, text: Uro.}\\n- {transcript: K2, text: Ro.}\\n"
        >>> without_transcripts(text, {"K1"})
        'impressions:\\n- {transcript: K2, text: Ro.}\\n'
    """
    while (found := _entry_about(text, transcripts)) is not None:
        text = without_item(text, *found)
    return text


def only_own(text: str) -> str:
    """Return what may stay when a study is closed: preconceptions, preliminary themes, information power.

    Impressions, notes, journal and verdicts tell of people, one by one. Of a file with faults nothing stays: who knows
    what stands in it.

    Example:
        >>> only_own("journal:\\n- text: Møtte henne.\\nthemes:\\n- name: Uro\\n")
        'themes:\\n- name: Uro\\n'
    """
    root, problems = parse_yaml(text, "", CHECK)
    if problems or root is None or root.kind != "mapping":
        return ""
    kept = [(key, node) for key, node in root.pairs() if key.value in SECTIONS and key.value not in _TELL_OF_PEOPLE]
    pieces = []
    for key, node in kept:
        if not node.empty and node.kind == "sequence" and node.items:
            begin = text.rfind("\n", 0, key.start) + 1 if root.style == "block" else key.start
            stop = text.find("\n", node.end)
            end = (len(text) if stop < 0 else stop + 1) if root.style == "block" else node.end
            pieces.append(text[begin:end] if root.style == "block" else text[begin:end] + "\n")
    return "".join(pieces)


def root_of(text: str) -> Node | None:
    """Return the file's root, or None where nothing stands in it.

    Raises:
        FaultyFiles: If it is no sound YAML, or no keys with values.
    """
    root, problems = parse_yaml(text, "reflections", CHECK)
    if root is not None and root.kind != "mapping":
        problems = [*problems, _fault(root, "what was noted stands in lists under keys", "Begin with “impressions:”.")]
    if problems:
        # A place in what was mended to be read is no place in the text.
        raise FaultyFiles(problems, "the file of what was noted has faults; nothing was done")
    return root


# --- pieces -------------------------------------------------------------------------------------------------


def _fault(node: Node, message: str, hint: str) -> Problem:
    return Problem("reflections", node.line, node.column, CHECK, message, hint)


def _entry_about(text: str, transcripts: Collection[str]) -> tuple[Node, Node, Node] | None:
    root = root_of(text)
    for key, node in root.pairs() if root is not None else ():
        kind = SECTIONS.get(key.value)
        if kind is None or ABOUT.get(kind) != "transcript" or node.kind != "sequence" or root is None:
            continue
        for item in node.items:
            about = item.get("transcript") if item.kind == "mapping" else None
            if about is not None and nfc(about.value.strip()) in transcripts:
                return item, node, root
    return None


def _at_end(text: str, lines: str) -> str:
    newline = newline_of(text)
    body = text if not text or text.endswith("\n") else text + newline
    return body + lines.replace("\n", newline) + newline


def _below(text: str, root: Node, section: str, lines: list[str]) -> str:
    """Return the text with lines under a key that has no value yet, behind a comment on its line."""
    key = next(name for name in root.keys if name.value == section)
    newline = newline_of(text)
    indent = " " * (root.column + 1)
    stop = text.find("\n", key.end)
    head = text + newline if stop < 0 else text[: stop + 1]
    return head + "".join((indent + line if line else "") + newline for line in lines) + text[len(head) :]


def _block(fields: list[tuple[str, str | tuple[str, ...]]]) -> list[str]:
    lines: list[str] = []
    for key, value in fields:
        first, *rest = _value(key, value)
        lines.append(("  " if lines else "- ") + f"{key}: {first}")
        lines += ["  " + line if line else "" for line in rest]
    return lines


def _value(key: str, value: str | tuple[str, ...]) -> list[str]:
    """Return a value as lines: a long text below its key, as people best read it."""
    if isinstance(value, tuple) or key not in _LONG:
        return [_short(key, value)]
    lines = value.split("\n")
    plain = bool(value) and all(line == line.strip() and line.isprintable() for line in lines)
    if plain and (len(lines) > 1 or len(value) > _ONE_LINE):
        return ["|", *("  " + line if line else "" for line in lines)]
    return [quoted(value)]


def _short(key: str, value: str | tuple[str, ...]) -> str:
    if isinstance(value, tuple):
        return f"[{', '.join(map(quoted, value))}]"
    return value if key in ("date", "nth") else quoted(value)


def _flow(fields: list[tuple[str, str | tuple[str, ...]]]) -> str:
    return "{" + ", ".join(f"{key}: {_short(key, value)}" for key, value in fields) + "}"
