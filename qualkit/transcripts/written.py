"""A word processor's document on its way to paragraphs: its texts, and the places of the marks in them.

The readers of OpenDocument and RTF write here what they meet, in reading order; what becomes of tables, labels,
times and marks is decided as in a docx.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from qualkit.transcripts.raw import Doubt, RawText, UnreadableOriginal, tell
from qualkit.transcripts.word_layout import lay_out
from qualkit.transcripts.word_marks import Comment, marks_on
from qualkit.transcripts.word_tables import Told, blocks_of, facts_of
from qualkit.transcripts.word_walk import Item, Place


@dataclass(slots=True)
class Written:
    """Collects the text of every paragraph, and the places of the marks in them.

    Attributes:
        texts: One for every paragraph that was ended, in reading order; may be empty.
        opened: Where each comment's passage begins, by the comment's id.
        closed: Where it ends.
        referred: Where its sign stands.
        highlights: Paragraph, start, end and colour.
        comments: By the comment's id.
        hidden: How many passages of hidden text were left out.
    """

    texts: list[str] = field(default_factory=list)
    opened: dict[str, Place] = field(default_factory=dict)
    closed: dict[str, Place] = field(default_factory=dict)
    referred: dict[str, Place] = field(default_factory=dict)
    highlights: list[tuple[int, int, int, str]] = field(default_factory=list)
    comments: dict[str, Comment] = field(default_factory=dict)
    hidden: int = 0
    _parts: list[str] = field(default_factory=list)
    _at: int = 0
    _in_hidden: bool = False

    def here(self) -> Place:
        """Return the place that the next character gets."""
        return len(self.texts), self._at

    def write(self, text: str, colour: str = "") -> None:
        """Add characters to the paragraph."""
        if not text:
            return
        self._in_hidden = False
        if colour:
            self._highlight(self._at, self._at + len(text), colour)
        self._parts.append(text)
        self._at += len(text)

    def hide(self, text: str) -> None:
        """Leave hidden characters out, and count the passages that they make."""
        if not text.isspace() and text:
            self.hidden += not self._in_hidden
            self._in_hidden = True

    def end(self) -> int:
        """End the paragraph, and return its number."""
        self.texts.append("".join(self._parts))
        self._parts, self._at, self._in_hidden = [], 0, False
        return len(self.texts) - 1

    def _highlight(self, start: int, end: int, colour: str) -> None:
        number = len(self.texts)
        if self.highlights and (last := self.highlights[-1])[0] == number and last[2:] == (start, colour):
            self.highlights[-1] = (number, last[1], end, colour)
        else:
            self.highlights.append((number, start, end, colour))


def as_raw(
    written: Written,
    items: Sequence[Item],
    told: list[str],
    *,
    doubts: Sequence[Doubt] = (),
    about: Mapping[str, str] | None = None,
) -> RawText:
    """Lay a document out as paragraphs, with what its tables, labels and times say, and its marks in place.

    Args:
        written: The texts and marks.
        items: The numbers of the texts, and tables, in reading order.
        told: What the reader decided so far; more is added.
        doubts: Handed on.
        about: Handed on.

    Raises:
        UnreadableOriginal: If there is no word.
    """
    tell(told, written.hidden, "passage of hidden text was left out", "passages of hidden text were left out")
    tables: Counter[Told] = Counter()
    left: set[int] = set()
    blocks = list(blocks_of(items, written.texts, tables, left))
    for (one, many), count in tables.items():
        tell(told, count, one, many)
    laid = lay_out(blocks, written.texts, told, left)
    if not laid.paragraphs:
        raise UnreadableOriginal("the document holds no text", "Look whether the right file was saved.")
    marks = marks_on(written, laid, written.comments, told)
    about = MappingProxyType({**laid.about, **facts_of(items, written.texts), **(about or {})})
    return RawText(laid.paragraphs, marks, tuple(told), laid.labelled, (*doubts, *laid.doubts), about, laid.facts)
