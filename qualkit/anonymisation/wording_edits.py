"""Lightly edited words as they may be proposed, and the file in which approved ones are kept."""

from __future__ import annotations

import re
from typing import Final

from qualkit.anonymisation.wordings import FILE, HESITATIONS, PAUSE, QuotationEdit
from qualkit.errors import FaultyFiles
from qualkit.yamlitems import cut_item
from qualkit.yamltext import Node, insert_lines, parse_yaml, quoted

_HEAD: Final = """\
# Quotations as they are printed, where quotation_style in study.yaml lets them be edited: raw is what was said,
# edited what is printed, by who approved it. qualkit quote writes it, and so may you.
"""
_OPENING = re.compile('[«“„(]|(?<!\\S)["‘]')
_ENDS = re.compile("[.!?:;]+")
_END = re.compile('[.!?]*[»”"’)]*\\Z')
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_BETWEEN = re.compile(r"(?=.*[\s,])(?:[\s,…–—-]|\.{2,})*\Z")


def proposed(raw: str) -> str:
    """Return words without hesitations, signs of pauses, and words said twice in a row; nothing is put in.

    Dialect stays as it was said: how it is written as the standard has it, only a person can tell.

    Example:
        >>> proposed("Eh, det, det var eh sånn (.) at jeg jeg ringte."), proposed("Nei. Nei, eh.")
        ('Det var sånn at jeg ringte.', 'Nei. Nei.')
    """
    text = PAUSE.sub("", " ".join(raw.split()))
    out, last, before, at = "", "", "", 0
    for match in _WORD.finditer(text):
        between, word = text[at : match.start()], match.group()
        at = match.end()
        key = word.casefold().replace("’", "'")
        before = _joined(before, between) if before else between
        if key in HESITATIONS:
            continue
        if key == last and _BETWEEN.match(before):
            before = ""
            continue
        if not out:
            before = "".join(_OPENING.findall(before))
            word = word[0].upper() + word[1:] if text[:1].isupper() else word
        out += before + word
        last, before = key, ""
    end = _END.search(text)
    return out + (end[0] if end else "") if out else " ".join(raw.split())


def _joined(before: str, after: str) -> str:
    """Return what stands between two words when one between them is gone."""
    mark = _ENDS.search(before) or _ENDS.search(after)
    sign = mark[0] if mark else "," if "," in before else ""
    return f"{sign} {''.join(_OPENING.findall(before + after))}"


def with_edit(text: str, edit: QuotationEdit) -> str:
    """Return quotations.yaml with a quotation as it was approved; every other byte stays.

    Args:
        text: Of the file; "" begins one.
        edit: Takes the place of the one of the same coding.

    Raises:
        FaultyFiles: If the file has faults.

    Example:
        >>> text = with_edit("# our quotations\\n", QuotationEdit("c1", "eh, ja", "ja", "kari", "2026-03-01"))
        >>> print(text, end="")
        # our quotations
        - coding: c1
          raw: "eh, ja"
          edited: ja
          by: kari
          date: 2026-03-01
    """
    text = without_edit(text, edit.coding)
    fields = {"coding": edit.coding, "raw": edit.raw, "edited": edit.edited, "by": edit.by, "date": edit.date}
    lines = [f"{key}: {value if key == 'date' else quoted(value)}" for key, value in fields.items() if value]
    item = "\n".join(("  " if number else "- ") + line for number, line in enumerate(lines))
    root = _root(text)
    if root is None or root.empty or not root.items:
        kept = "".join(line for line in text.splitlines(keepends=True) if line.lstrip().startswith("#"))
        return f"{kept or _HEAD}{item}\n"
    flow = "{" + ", ".join(lines) + "}"
    return insert_lines(text, root, flow if root.style == "flow" else item)


def without_edit(text: str, coding: str) -> str:
    """Return quotations.yaml without what was approved for a coding."""
    root = _root(text)
    items = root.items if root is not None and root.kind == "sequence" else ()
    for item in items:
        node = item.get("coding") if item.kind == "mapping" else None
        if root is not None and node is not None and " ".join(node.value.split()) == coding:
            if len(items) > 1:
                return cut_item(text, item, root)
            return text[: root.start] + "[]" + text[root.end :]
    return text


def _root(text: str) -> Node | None:
    root, problems = parse_yaml(text, FILE, "quotations")
    if problems:
        raise FaultyFiles(problems, f"{FILE} has faults; nothing was done")
    return root
