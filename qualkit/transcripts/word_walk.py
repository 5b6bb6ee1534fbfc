"""The words of every paragraph of a docx, and the places of the marks in them.

Only the elements that hold characters are visited: a wrapper that nobody thought of keeps its words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qualkit.transcripts.colours import colour_name
from qualkit.transcripts.word_names import (
    BR,
    COMMENT_END,
    COMMENT_MARKS,
    COMMENT_REF,
    COMMENT_START,
    CR,
    DEL,
    FLDCHAR,
    HIGHLIGHT,
    HYPHEN,
    ID,
    JOINED,
    MOVE_FROM,
    NUMPR,
    PPR,
    PSTYLE,
    PTAB,
    RPR,
    RSTYLE,
    SHD,
    SYM,
    TAB,
    TBL,
    TC,
    TR,
    TXBX,
    TYPE,
    VAL,
    VANISH,
    P,
    R,
    T,
    W,
)
from qualkit.transcripts.word_styles import Styles, hides, number_of

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_CHARACTERS = {TAB: "\t", PTAB: "\t", CR: "\n", HYPHEN: "\u2011"}


@dataclass(slots=True)
class Table:
    """Rows of cells; a cell holds what a body holds."""

    rows: list[list[list[Item]]]


Item = int | Table
"""The number of a paragraph in `Walker.texts`, or a table."""

Place = tuple[int, int]
"""The number of a paragraph, and an offset in its text."""


class Walker:
    """Collects the text of every paragraph, and the places of the marks in them.

    Attributes:
        texts: One for every `w:p`, in reading order; may be empty.
        opened: Where each comment's passage begins, by the comment's id.
        closed: Where it ends.
        referred: Where its sign stands.
        highlights: Paragraph, start, end and colour.
        numbered: How many paragraphs with text are in each list and level.
    """

    def __init__(self, tally: Counter[str], styles: Styles) -> None:
        self.texts: list[str] = []
        self.opened: dict[str, Place] = {}
        self.closed: dict[str, Place] = {}
        self.referred: dict[str, Place] = {}
        self.highlights: list[tuple[int, int, int, str]] = []
        self.numbered: Counter[tuple[str, str]] = Counter()
        self.hidden = self.symbols = 0
        self._styles = styles
        self._hides = bool(tally[VANISH] or styles.hidden)
        self._colours = bool(tally[HIGHLIGHT] or tally[SHD])
        self._numbers = bool(tally[NUMPR] or styles.numbered)
        self._joins = bool(tally[DEL] or tally[MOVE_FROM])
        self._tables = bool(tally[TBL])
        # True for every field whose result is being read, False while its instruction is; how many are False.
        self._fields: list[bool] = []
        self._instructions = 0
        leaves = [P, T, BR, *_CHARACTERS]
        leaves += [tag for tag in (SYM, FLDCHAR, *COMMENT_MARKS) if tally[tag]]
        if self._hides or self._colours:
            leaves.append(R)
        self._leaves = tuple(leaves)
        # The paragraph being read: it goes on in the next one where its end was deleted.
        self._open: Element | None = None
        self._parts: list[str] = []
        self._at = 0
        self._unfinished = False

    def blocks(self, container: Element) -> list[Item]:
        """Return the paragraphs and tables of a body, a cell, a comment or whatever wraps them."""
        first = len(self.texts)
        if self._tables:
            items = self._mixed(container)
        else:
            self._read(container)
            items = list(range(first, len(self.texts) + (self._open is not None)))
        self._close()
        return items

    def _mixed(self, container: Element) -> list[Item]:
        items: list[Item] = []
        for child in container:
            tag = child.tag
            if tag == P:
                before = len(self.texts) + (self._open is not None)
                self._read(child)
                items += range(before, len(self.texts) + 1)
            elif tag == TBL:
                self._close()
                items.append(Table([self._cells(row) for row in self._within(child, TR)]))
            elif tag in COMMENT_MARKS:
                self._comment(tag, child)
            elif len(child):
                items += self._mixed(child)
        return items

    def _cells(self, row: Element) -> list[list[Item]]:
        return [self.blocks(cell) for cell in self._within(row, TC)]

    def _within(self, parent: Element, tag: str) -> Iterator[Element]:
        """Yield rows or cells, whatever content control or custom XML they are wrapped in."""
        for child in parent:
            if child.tag == tag:
                yield child
            elif child.tag in COMMENT_MARKS:
                self._comment(child.tag, child)
            elif len(child):
                yield from self._within(child, tag)

    def _read(self, container: Element) -> None:
        """Read the paragraphs within; the last one stays open."""
        hidden_by_style = hidden = was_hidden = False
        colour = ""
        for leaf in container.iter(*self._leaves):
            tag = leaf.tag
            if tag == T:
                text = leaf.text or ""
            elif tag == R:
                hidden, colour = self._format(leaf.find(RPR), hidden_by_style=hidden_by_style)
                continue
            elif tag == P:
                self._begin(leaf)
                hidden_by_style = self._hides and self._style_hides(leaf.find(f"{PPR}/{PSTYLE}"))
                hidden, was_hidden = hidden_by_style, False
                continue
            elif tag in _CHARACTERS:
                text = _CHARACTERS[tag]
            elif tag == BR:
                text = "" if leaf.get(TYPE) in ("page", "column") else "\n"
            else:
                text = self._rarer(tag, leaf)
            if not text or self._instructions:
                continue
            if hidden:
                self.hidden += not was_hidden and not text.isspace()
                was_hidden = was_hidden or not text.isspace()
                continue
            was_hidden = False
            self._parts.append(text)
            if colour:
                self._highlight(self._at, self._at + len(text), colour)
            self._at += len(text)

    def _begin(self, paragraph: Element) -> None:
        # A text box has been put between the two halves of a joined paragraph, and joins neither.
        parent = paragraph.getparent()
        if not self._unfinished or (parent is not None and parent.tag == TXBX):
            self._close()
        self._open = paragraph
        self._unfinished = self._joins and paragraph.get(JOINED) is not None

    def _close(self) -> None:
        if self._open is None:
            return
        text = "".join(self._parts)
        self.texts.append(text)
        if self._numbers and text.strip():
            self._count_number(self._open.find(PPR))
        if self._instructions:
            # A field whose instruction never ends must not swallow the document.
            self._fields = [reading for reading in self._fields if reading]
            self._instructions = 0
        self._open, self._parts, self._at, self._unfinished = None, [], 0, False

    def _rarer(self, tag: str, leaf: Element) -> str:
        """Return the character of a symbol; keep book of fields and comments, which have none."""
        if tag == SYM:
            return self._symbol(leaf)
        if tag == FLDCHAR:
            self._field(leaf.get(f"{W}fldCharType", ""))
        else:
            self._comment(tag, leaf)
        return ""

    def _symbol(self, leaf: Element) -> str:
        code = leaf.get(f"{W}char", "")
        try:
            character = chr(int(code, 16))
        except (ValueError, OverflowError):
            character = ""
        # In a symbol font the code is a place in the font, not a character.
        if character and character.isprintable() and not "\ue000" <= character <= "\uf8ff":
            return character
        self.symbols += 1
        return ""

    def _field(self, kind: str) -> None:
        if kind == "begin":
            self._fields.append(False)
            self._instructions += 1
        elif kind in ("separate", "end") and self._fields:
            self._instructions -= not self._fields.pop()
            if kind == "separate":
                self._fields.append(True)

    def _comment(self, tag: str, element: Element) -> None:
        places = {COMMENT_START: self.opened, COMMENT_END: self.closed, COMMENT_REF: self.referred}[tag]
        places[element.get(ID, "")] = (len(self.texts), self._at)

    def _format(self, properties: Element | None, *, hidden_by_style: bool) -> tuple[bool, str]:
        """Return whether a run is hidden, and its highlighting."""
        if properties is None:
            return hidden_by_style, ""
        hidden = hidden_by_style
        if self._hides:
            direct = hides(properties)
            # Two styles that hide show again what both name: Word's rule for such properties.
            by_both = hidden_by_style != self._style_hides(properties.find(RSTYLE))
            hidden = by_both if direct is None else direct
        return hidden, _colour(properties) if self._colours else ""

    def _style_hides(self, style: Element | None) -> bool:
        return style is not None and style.get(VAL, "") in self._styles.hidden

    def _highlight(self, start: int, end: int, colour: str) -> None:
        number = len(self.texts)
        if self.highlights:
            last, first, stop, same = self.highlights[-1]
            if (last, stop, same) == (number, start, colour):
                self.highlights[-1] = (number, first, end, colour)
                return
        self.highlights.append((number, start, end, colour))

    def _count_number(self, properties: Element | None) -> None:
        if properties is None:
            return
        style = properties.find(PSTYLE)
        by_style = None if style is None else self._styles.numbered.get(style.get(VAL, ""))
        found = number_of(properties) or by_style
        if found and found[0] != "0":
            self.numbered[found] += 1


def _colour(properties: Element) -> str:
    highlight = properties.find(HIGHLIGHT)
    if highlight is not None and (name := highlight.get(VAL, "none")) != "none":
        return name
    shading = properties.find(SHD)
    return colour_name("" if shading is None or shading.get(VAL) == "nil" else shading.get(f"{W}fill", ""))
