"""Where comments and highlighting stand once the words of a docx are laid out."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate
from typing import NamedTuple, Protocol

from qualkit.transcripts.raw import Mark, tell
from qualkit.transcripts.word_layout import Laid
from qualkit.transcripts.word_walk import Place


class Comment(NamedTuple):
    """A comment, without its place."""

    text: str
    author: str
    created: str


class Walked(Protocol):
    """A document's own paragraphs, and the places of the marks in them; `Walker` tells what each holds."""

    @property
    def texts(self) -> Sequence[str]: ...  # noqa: D102

    @property
    def opened(self) -> Mapping[str, Place]: ...  # noqa: D102

    @property
    def closed(self) -> Mapping[str, Place]: ...  # noqa: D102

    @property
    def referred(self) -> Mapping[str, Place]: ...  # noqa: D102

    @property
    def highlights(self) -> Sequence[tuple[int, int, int, str]]: ...  # noqa: D102


class _Places:
    """Where the words of the document's own paragraphs have come to stand."""

    def __init__(self, walker: Walked, laid: Laid) -> None:
        self._paragraphs = laid.paragraphs
        # Every paragraph of the document has a stretch of one long line, whatever became of it.
        self._bases = [0, *accumulate(len(text) + 1 for text in walker.texts)]
        stretches = sorted(self._stretches(walker.texts, laid))
        self._begins = [begin for begin, _, _, _ in stretches]
        self._stretched = stretches

    def _stretches(self, texts: Sequence[str], laid: Laid) -> Iterator[tuple[int, int, int, int]]:
        """Yield begin and end on the long line, the paragraph, and the offset there of the begin."""
        for paragraph, arranged in enumerate(laid.arranged):
            at = 0
            for before, line, start, end in arranged.pieces:
                at += len(before)
                block, offset = laid.origins[line]
                begin, in_block = offset + start, 0
                for joint, number in laid.blocks[block].parts:
                    in_block += len(joint)
                    first = max(begin, in_block)
                    stop = min(offset + end, in_block + len(texts[number]))
                    if first < stop:
                        base = self._bases[number] - in_block
                        yield base + first, base + stop, paragraph, at + first - begin
                    in_block += len(texts[number])
                at += end - start

    def _on_line(self, place: Place) -> int:
        return self._bases[min(place[0], len(self._bases) - 1)] + place[1]

    def start(self, place: Place) -> Place:
        """Return the place of the first kept character from here on."""
        x = self._on_line(place)
        i = max(0, bisect_right(self._begins, x) - 1)
        if x >= self._stretched[i][1] and i + 1 < len(self._stretched):
            i += 1
        begin, end, paragraph, at = self._stretched[i]
        return paragraph, at + min(max(x, begin), end) - begin

    def end(self, place: Place) -> Place:
        """Return the place behind the last kept character before here."""
        x = self._on_line(place)
        begin, end, paragraph, at = self._stretched[max(0, bisect_left(self._begins, x) - 1)]
        return paragraph, at + min(max(x, begin), end) - begin

    def whole(self, place: Place) -> tuple[Place, Place]:
        """Return the whole paragraph that a place is in."""
        paragraph = self.start((place[0], 0))[0]
        return (paragraph, 0), (paragraph, len(self._paragraphs[paragraph].text))


def marks_on(walker: Walked, laid: Laid, comments: dict[str, Comment], told: list[str]) -> tuple[Mark, ...]:
    """Return comments and highlighting at their places in the paragraphs; comments without words are none."""
    if not (walker.highlights or comments):
        return ()
    places = _Places(walker, laid)
    marks = []
    for number, first, stop, colour in walker.highlights:
        start, end = places.start((number, first)), places.end((number, stop))
        if start < end and number not in laid.left and walker.texts[number][first:stop].strip():
            marks.append(Mark("highlight", start, end, colour))
    lost = on_nothing = 0
    for identifier, (text, author, created) in comments.items():
        opened, closed = walker.opened.get(identifier), walker.closed.get(identifier)
        place = walker.referred.get(identifier) or opened or closed
        if place is None:
            lost += 1
        elif _on_nothing(opened or place, closed or place, laid.left):
            on_nothing += 1
        elif text:
            start, end = places.whole(place)
            if opened and closed and places.start(opened) < places.end(closed):
                start, end = places.start(opened), places.end(closed)
            marks.append(Mark("comment", start, end, text, author, created))
    was, were = "comment outside the text was left out", "comments outside the text were left out"
    tell(told, lost, was, were)
    was, were = "comment on text that is no speech was left out", "comments on text that is no speech were left out"
    tell(told, on_nothing, was, were)
    return tuple(sorted(marks, key=lambda mark: (mark.start, mark.end, mark.kind)))


def _on_nothing(opened: Place, closed: Place, left: frozenset[int]) -> bool:
    """Tell whether all that a comment stands on was left out: it must not come to stand on other words."""
    return bool(left) and all(number in left for number in range(opened[0], closed[0] + 1))
