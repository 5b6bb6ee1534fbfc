r"""Line numbers of a transcript: the same on paper, in tables and in a citation.

A line is what the canonical text gives, whatever program shows it: every line of the text is broken at
white space into lines of at most 64 characters (code points), a longer word is cut, and empty lines are not
counted. The speaker's label belongs to its line. So "K1, line 42" stays the same until the transcript itself
is changed; fonts, margins and pseudonyms do not move it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

WIDTH = 64
"""Code points on a line."""

_PIECE = re.compile(r"\S+\s*|\s+")


def lay_lines(text: str, width: int = WIDTH) -> list[tuple[int, int]]:
    r"""Return begin and end of every numbered line, without the white space at its end.

    Args:
        text: Canonical.
        width: Code points on a line.

    Example:
        >>> text = "I: Hva skjedde?\n\nK1: Jeg ringte kommunen."
        >>> [text[start:end] for start, end in lay_lines(text, 16)]
        ['I: Hva skjedde?', 'K1: Jeg ringte', 'kommunen.']
    """
    lines: list[tuple[int, int]] = []
    at = 0
    for paragraph in text.split("\n"):
        if paragraph.strip():
            lines += [(at + start, at + end) for start, end in _broken(paragraph, width)]
        at += len(paragraph) + 1
    return lines


def _broken(paragraph: str, width: int) -> list[tuple[int, int]]:
    lines: list[tuple[int, int]] = []
    begin = end = 0
    for match in _PIECE.finditer(paragraph):
        start, stop = match.start(), match.start() + len(match.group().rstrip())
        if stop - begin > width and end > begin:
            lines.append((begin, end))
            begin = start
        while stop - begin > width:
            lines.append((begin, begin + width))
            begin += width
        end = max(stop, begin)
    return [*lines, (begin, end)] if end > begin else lines


def line_at(lines: Sequence[tuple[int, int]], offset: int) -> int:
    """Return the number, from 1, of the line that holds an offset, or else of the next one.

    Example:
        >>> line_at([(0, 15), (17, 31), (32, 41)], 31), line_at([(0, 15), (17, 31)], 16), line_at([], 0)
        (2, 2, 0)
    """
    number = bisect_right(lines, offset, key=lambda line: line[0])
    if number < len(lines) and (number == 0 or offset >= lines[number - 1][1] + 1):
        return number + 1
    return number
