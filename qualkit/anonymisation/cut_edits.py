"""Quotations as a person cut or edited them, written into quotations.yaml; every other byte stays."""

from __future__ import annotations

from qualkit.anonymisation.wordings import FILE, QuotationEdit
from qualkit.errors import FaultyFiles
from qualkit.text import nfc
from qualkit.yamlitems import cut_item
from qualkit.yamltext import Node, insert_lines, parse_yaml, quoted, set_scalar

_BEGINNING = "# Quotations as they are printed, beside the words as they were said.\n"


def write_edit(text: str, edit: QuotationEdit) -> str:
    """Return the text with a quotation's edit written.

    Raises:
        FaultyFiles: If the file cannot be read.

    Example:
        >>> print(write_edit("", QuotationEdit("c1", "Ja, det ja.", "Ja, […]", "kari", "2026-03-02")), end="")
        # Quotations as they are printed, beside the words as they were said.
        - coding: c1
          raw: "Ja, det ja."
          edited: "Ja, […]"
          by: kari
          date: "2026-03-02"
    """
    pairs = [(key, getattr(edit, key)) for key in ("raw", "edited", "by", "date")]
    item = _item(text, edit.coding)
    if item is not None:
        for key, value in pairs:
            found = _item(text, edit.coding)
            text = set_scalar(text, found, key, value) if found is not None else text
        return text
    lines = [f"{key}: {quoted(value)}" for key, value in [("coding", edit.coding), *pairs]]
    root = _root(text)
    if root is not None and root.items:
        flow = "{" + ", ".join(lines) + "}"
        return insert_lines(text, root, flow if root.style == "flow" else "- " + "\n  ".join(lines))
    body = text if root is None else text[: root.start] + text[root.end :]
    body = body or _BEGINNING
    return (body if body.endswith("\n") else body + "\n") + "- " + "\n  ".join(lines) + "\n"


def without_edit(text: str, coding: str) -> str:
    """Return the text without a quotation's edit.

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


def _root(text: str) -> Node | None:
    root, problems = parse_yaml(text, FILE, "quotations")
    if problems or (root is not None and root.kind != "sequence"):
        raise FaultyFiles(problems, f"{FILE} has faults; nothing was done")
    return root


def _item(text: str, coding: str) -> Node | None:
    root = _root(text)
    for item in root.items if root is not None else ():
        node = item.get("coding") if item.kind == "mapping" else None
        if node is not None and nfc(node.value.strip()) == coding:
            return item
    return None
