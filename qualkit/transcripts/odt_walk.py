"""The words of every paragraph of an OpenDocument text, and the places of the marks in them.

An element that nobody thought of keeps its words: only what is known to hold none of the text is passed over.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from qualkit.transcripts.odt_styles import PLAIN, TEXT, Look, Styles
from qualkit.transcripts.raw import tell
from qualkit.transcripts.word_marks import Comment
from qualkit.transcripts.word_walk import Item, Table
from qualkit.transcripts.written import Written

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
META = "{urn:oasis:names:tc:opendocument:xmlns:meta:1.0}"
DC = "{http://purl.org/dc/elements/1.1/}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
_SVG = "{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}"

_P, _H, _LIST, _SECTION = f"{TEXT}p", f"{TEXT}h", f"{TEXT}list", f"{TEXT}section"
_ANNOTATION, _ANNOTATION_END = f"{OFFICE}annotation", f"{OFFICE}annotation-end"
_NOTE, _TRACKED = f"{TEXT}note", f"{TEXT}tracked-changes"
_ROW, _CELL = f"{_TABLE}table-row", f"{_TABLE}table-cell"
_CHARACTERS = {f"{TEXT}tab": "\t", f"{TEXT}line-break": "\n"}
_SPACES = f"{TEXT}s"
_MOST_SPACES = 100
# Boxes that hold paragraphs of their own, within a paragraph.
_BOXES = (f"{_DRAW}frame", f"{_DRAW}custom-shape", f"{_DRAW}g", f"{_DRAW}rect", f"{_DRAW}ellipse")
_UNREAD = frozenset(
    (
        *(f"{TEXT}{name}" for name in ("number", "ruby-text", "note-citation", "sequence-decls", "variable-decls")),
        *(f"{TEXT}{name}" for name in ("user-field-decls", "dde-connection-decls")),
        *(f"{TEXT}{name}-index-source" for name in ("illustration", "table", "object", "user", "alphabetical")),
        *(f"{TEXT}{name}-source" for name in ("table-of-content", "bibliography")),
        *(f"{OFFICE}{name}" for name in ("forms", "binary-data", "scripts", "event-listeners")),
        *(f"{_DRAW}{name}" for name in ("object", "object-ole", "image", "applet", "plugin")),
        *(f"{_TABLE}{name}" for name in ("covered-table-cell", "title", "desc")),
        *(f"{_SVG}{name}" for name in ("title", "desc")),
    )
)
_WHITE = re.compile(r"[ \t\r\n]+")
_COLLAPSES = re.compile(r"[\t\r\n]|  ")


class Walker:
    """Writes down a document's paragraphs, and counts what was left out."""

    def __init__(self, written: Written, styles: Styles) -> None:
        self._written = written
        self._styles = styles
        self._count: Counter[str] = Counter()
        # Spaces at the start of a paragraph and behind another space are the XML's, not the text's.
        self._spaced = True
        self._boxes: list[Element] = []
        self._annotations = 0

    def blocks(self, container: Element, lists: tuple[str, int] = ("", 0)) -> list[Item]:
        """Return the paragraphs and tables of a body, a cell, a list or whatever wraps them."""
        items: list[Item] = []
        for child in container:
            tag = child.tag
            if tag in (_P, _H):
                items += self._paragraph(child, lists)
            elif tag == f"{_TABLE}table":
                rows = self._within(child, _ROW)
                items.append(Table([[self.blocks(cell) for cell in self._within(row, _CELL)] for row in rows]))
            elif tag == _LIST:
                items += self.blocks(child, (child.get(f"{TEXT}style-name") or lists[0], lists[1] + 1))
            elif tag == _SECTION and child.get(f"{TEXT}display") == "none":
                self._count["sections"] += _has_words(child)
            elif tag == _TRACKED:
                self._changes(child)
            elif tag in _BOXES:
                self._count["boxes"] += _has_words(child)
                items += self.blocks(child)
            elif tag not in _UNREAD and not self._mark(child):
                items += self.blocks(child, lists)
        return items

    def _within(self, parent: Element, tag: str) -> list[Element]:
        """Return rows or cells, whatever groups and headers they are wrapped in."""
        found: list[Element] = []
        for child in parent:
            if child.tag == tag:
                found.append(child)
            elif child.tag not in _UNREAD and len(child):
                found += self._within(child, tag)
        return found

    def _paragraph(self, paragraph: Element, lists: tuple[str, int]) -> list[Item]:
        name = paragraph.get(f"{TEXT}style-name", "")
        look = self._styles.looks.get(("paragraph", name), PLAIN).over(PLAIN)
        if any(e.get(f"{TEXT}is-hidden") == "true" for e in paragraph.iter(f"{TEXT}hidden-paragraph")):
            look = Look(hidden=True, colour="")
        waiting, self._boxes, self._spaced = self._boxes, [], True
        self._inline(paragraph, look)
        number = self._written.end()
        style = self._styles.lists.get(name) or lists[0]
        if lists[1] and (style, lists[1]) in self._styles.numbered and self._written.texts[number].strip():
            self._count["numbers"] += 1
        boxes, self._boxes = self._boxes, waiting
        items: list[Item] = [number]
        for box in boxes:
            self._count["boxes"] += _has_words(box)
            items += self.blocks(box)
        return items

    def _inline(self, element: Element, look: Look) -> None:
        if element.text:
            self._characters(element.text, look)
        for child in element:
            tag = child.tag
            if tag == f"{TEXT}span":
                style = self._styles.looks.get(("text", child.get(f"{TEXT}style-name", "")))
                self._inline(child, look if style is None else style.over(look))
            elif tag in _CHARACTERS:
                self._exactly(_CHARACTERS[tag], look)
            elif tag == _SPACES:
                count = child.get(f"{TEXT}c", "1")
                self._exactly(" " * min(int(count[:9]) if count.isdecimal() else 1, _MOST_SPACES), look)
            elif tag == f"{TEXT}hidden-text":
                # The words stand in the element or in its attribute: hidden, they are none of the text.
                if child.get(f"{TEXT}is-hidden") == "true":
                    self._written.hide(_words(child) or child.get(f"{TEXT}string-value", ""))
                else:
                    self._inline(child, look)
            elif tag in _BOXES:
                self._boxes.append(child)
            elif tag not in _UNREAD and not self._mark(child):
                self._inline(child, look)
            if child.tail:
                self._characters(child.tail, look)

    def _characters(self, text: str, look: Look) -> None:
        if _COLLAPSES.search(text):
            text = _WHITE.sub(" ", text)
        if self._spaced and text.startswith(" "):
            text = text[1:]
        if not text:
            return
        self._spaced = text.endswith(" ")
        self._put(text, look)

    def _exactly(self, text: str, look: Look) -> None:
        self._spaced = False
        self._put(text, look)

    def _put(self, text: str, look: Look) -> None:
        if look.hidden:
            self._written.hide(text)
        else:
            self._written.write(text, look.colour or "")

    def _mark(self, element: Element) -> bool:
        """Keep book of comments and notes; say whether the element was one."""
        written = self._written
        if element.tag == _ANNOTATION:
            self._annotations += 1
            name = element.get(f"{OFFICE}name") or f"comment {self._annotations}"
            lines = [_words(p).strip() for p in element.iter(_P, _H)]
            text = "\n".join(line for line in lines if line)
            written.comments[name] = Comment(text, _text(element, f"{DC}creator"), _text(element, f"{DC}date"))
            written.opened[name] = written.referred[name] = written.here()
        elif element.tag == _ANNOTATION_END:
            written.closed[element.get(f"{OFFICE}name", "")] = written.here()
        elif element.tag == _NOTE:
            self._count["endnotes" if element.get(f"{TEXT}note-class") == "endnote" else "footnotes"] += 1
        else:
            return False
        return True

    def _changes(self, tracked: Element) -> None:
        for region in tracked:
            kinds = {str(kind.tag).rpartition("}")[2] for kind in region if isinstance(kind.tag, str)}
            self._count["insertions"] += "insertion" in kinds
            self._count["deletions"] += "deletion" in kinds

    def tell(self, told: list[str]) -> None:
        """Add a sentence on everything that was left out or read as accepted."""
        count = self._count
        inserted = "tracked insertion was read as accepted", "tracked insertions were read as accepted"
        tell(told, count["insertions"], *inserted)
        tell(told, count["deletions"], "deletion was left out", "deletions were left out")
        boxes = "text box was read after its paragraph", "text boxes were read after their paragraphs"
        tell(told, count["boxes"], *boxes)
        tell(told, count["sections"], "hidden section was left out", "hidden sections were left out")
        tell(told, count["footnotes"], "footnote was left out", "footnotes were left out")
        tell(told, count["endnotes"], "endnote was left out", "endnotes were left out")
        missing = "which is not in the text: labels made by numbering are missing"
        one, many = "paragraph has an automatic number", "paragraphs have an automatic number"
        tell(told, count["numbers"], f"{one}, {missing}", f"{many}, {missing}")


def _has_words(element: Element) -> bool:
    return any(_words(p).strip() for p in element.iter(_P, _H))


def _text(element: Element, tag: str) -> str:
    found = element.find(tag)
    return "" if found is None else (found.text or "").strip()


def _words(element: Element) -> str:
    return "".join(str(text) for text in element.itertext())
