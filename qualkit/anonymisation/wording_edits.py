"""Lightly edited words as they may be proposed, and the file in which cut and edited quotations are kept."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Final

from qualkit.anonymisation.wordings import FILE, HESITATIONS, PAUSE, QuotationEdit
from qualkit.errors import FaultyFiles
from qualkit.text import nfc
from qualkit.yamlitems import cut_item
from qualkit.yamltext import Node, insert_lines, parse_yaml, quoted, set_scalar

_HEAD: Final = """\
# Quotations as they are printed, cut or edited, beside the words as they were said: raw is what was said, edited
# what is printed, by who approved it. qualkit quotations cut and edit write it, and so may you.
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
    """Return quotations.yaml with a quotation as it was cut or approved; every other byte stays.

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
    fields = {"coding": edit.coding, "raw": edit.raw, "edited": edit.edited, "by": edit.by, "date": edit.date}
    if _item(text, edit.coding) is not None:
        for key, value in fields.items():
            item = _item(text, edit.coding)
            text = set_scalar(text, item, key, value) if item is not None and value and key != "coding" else text
        return text
    lines = [f"{key}: {value if key == 'date' else quoted(value)}" for key, value in fields.items() if value]
    item_lines = "\n".join(("  " if number else "- ") + line for number, line in enumerate(lines))
    root = _root(text)
    if root is None or root.empty or not root.items:
        kept = "".join(line for line in text.splitlines(keepends=True) if line.lstrip().startswith("#"))
        if kept and not kept.endswith("\n"):
            kept += "\n"
        return f"{kept or _HEAD}{item_lines}\n"
    flow = "{" + ", ".join(lines) + "}"
    return insert_lines(text, root, flow if root.style == "flow" else item_lines)


def without_edit(text: str, coding: str) -> str:
    """Return quotations.yaml without what was approved for a coding.

    Example:
        >>> without_edit("- {coding: c1}\\n- {coding: c2}  # to\\n", "c1")
        '- {coding: c2}  # to\\n'
    """
    root, item = _root(text), _item(text, coding)
    if root is None or item is None:
        return text
    if len(root.items) > 1:
        return cut_item(text, item, root)
    return text[: root.start] + "[]" + text[root.end :]


def without_edits(text: str, codings: Collection[str]) -> str:
    """Return quotations.yaml without what was cut and approved for some codings.

    Raises:
        FaultyFiles: If the file has faults.

    Example:
        >>> without_edits("- {coding: c1}\\n- {coding: c2}\\n- {coding: c3}\\n", {"c1", "c3"})
        '- {coding: c2}\\n'
    """
    for coding in sorted(codings):
        if coding in text:
            while (left := without_edit(text, coding)) != text:
                text = left
    return text


def _item(text: str, coding: str) -> Node | None:
    root = _root(text)
    for item in root.items if root is not None and root.kind == "sequence" else ():
        node = item.get("coding") if item.kind == "mapping" else None
        if node is not None and nfc(" ".join(node.value.split())) == coding:
            return item
    return None


def _root(text: str) -> Node | None:
    root, problems = parse_yaml(text, FILE, "quotations")
    if problems or (root is not None and not root.empty and root.kind != "sequence"):
        raise FaultyFiles(problems, f"{FILE} has faults; nothing was done")
    return root
