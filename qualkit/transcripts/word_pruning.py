"""What a docx holds that is no part of the finished text: deletions, second versions, old formatting."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from qualkit.transcripts.raw import tell
from qualkit.transcripts.word_names import (
    ALTERNATE,
    CELL_DEL,
    CHOICE,
    COMMENT_MARKS,
    DEL,
    FALLBACK,
    INS,
    JOINED,
    MOVE_FROM,
    MOVE_TO,
    PPR,
    RPR,
    TCPR,
    TRPR,
    TXBX,
    UNREAD,
    P,
    R,
    T,
)
from qualkit.transcripts.word_styles import hides

if TYPE_CHECKING:
    from lxml.etree import _Element as Element


def prune(root: Element, tally: Counter[str], told: list[str]) -> None:
    """Take out of the tree what is not read, and put text boxes behind the paragraphs that hold them."""
    from lxml import etree

    for alternate in list(root.iter(ALTERNATE)) if tally[ALTERNATE] else ():
        _choose(alternate)
    inserted = sum(_is_content(e) for e in root.iter(INS)) if tally[INS] else 0
    moved = sum(_is_content(e) for e in root.iter(MOVE_TO)) if tally[MOVE_TO] else 0
    tell(told, inserted, "tracked insertion was read as accepted", "tracked insertions were read as accepted")
    tell(told, moved, "moved passage was read at its new place", "moved passages were read at their new place")
    if tally[DEL] or tally[MOVE_FROM] or tally[CELL_DEL]:
        tell(told, _delete(root), "deletion was left out", "deletions were left out")
    if any(tally[tag] for tag in UNREAD):
        etree.strip_elements(root, *UNREAD, with_tail=False)
    if tally[TXBX]:
        _move_boxes(root, told)


def _move_boxes(root: Element, told: list[str]) -> None:
    boxes = list(root.iter(TXBX))
    filled = [box for box in boxes if any((text.text or "").strip() for text in box.iter(T))]
    hidden = [box for box in filled if any(hides(run.find(RPR)) for run in box.iterancestors(R))]
    shown = len(filled) - len(hidden)
    tell(told, shown, "text box was read after its paragraph", "text boxes were read after their paragraphs")
    tell(told, len(hidden), "hidden text box was left out", "hidden text boxes were left out")
    for box in hidden:
        box.clear()
    # Backwards: a box within a box goes first, and two in one paragraph keep their order.
    for box in reversed(boxes):
        holder = next(box.iterancestors(P), None)
        if holder is not None:
            holder.addnext(box)


def _is_content(change: Element) -> bool:
    """Tell a change of words from a change of a paragraph's end, a row or a cell."""
    parent = change.getparent()
    return parent is None or parent.tag not in (RPR, PPR, TRPR, TCPR)


def _choose(alternate: Element) -> None:
    """Keep one version of what was written twice: the first that has text, the choices before the fallback."""
    versions = [*alternate.iterchildren(CHOICE), *alternate.iterchildren(FALLBACK)]
    kept = next((version for version in versions if next(version.iter(T), None) is not None), None)
    for version in versions:
        if version is not kept:
            alternate.remove(version)


def _delete(root: Element) -> int:
    """Take out what was deleted or moved away, and return how many deletions there were."""
    from lxml import etree

    deletions = 0
    for change in list(root.iter(DEL, MOVE_FROM, CELL_DEL)):
        parent = change.getparent()
        holder = None if parent is None else parent.getparent()
        if _is_content(change):
            deletions += change.tag == DEL
            # A comment on what was deleted stays with the words around it.
            for mark in list(change.iter(*COMMENT_MARKS)):
                change.addprevious(mark)
        elif parent is not None and holder is not None and parent.tag in (TRPR, TCPR):
            deletions += 1
            table = holder.getparent()
            if table is not None:
                table.remove(holder)
        elif holder is not None and holder.tag == PPR and (paragraph := holder.getparent()) is not None:
            # The end of the paragraph was deleted: its text goes on in the next one.
            paragraph.set(JOINED, "1")
    etree.strip_elements(root, DEL, MOVE_FROM, with_tail=False)
    return deletions
