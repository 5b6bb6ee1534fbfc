"""From the lines of pages to paragraphs: what is the page's goes, and lines that belong together are joined."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from qualkit.transcripts.clock import read_clock
from qualkit.transcripts.headerlines import KNOWN_LABEL
from qualkit.transcripts.hyphens import HYPHENS, verdict
from qualkit.transcripts.lines import LABEL, TRAILING
from qualkit.transcripts.raw import tell
from qualkit.transcripts.tidying_rules import PAGE_NUMBER, written_words

_NUMBER = re.compile(r" *(\d{1,5})(?: {2,}|$)")
_DIGITS = re.compile(r"\d+")
_GAP = re.compile(r" {2,}")
_HEADER_LINE = re.compile(r"\S.{0,58}? {2,}\(?\d{1,2}:\d\d(?::\d\d)?\)?$|\d{1,2}:\d\d:\d\d {1,}\S.{0,58}$")
_INITIALS = re.compile(r"[A-ZÆØÅ]{1,3}\d{0,2}$")
_OPENS_WITH_TIME = re.compile(r"[\[(#<]? ?\d{1,2}:\d\d")
_ENDS = re.compile(r"[.!?…:»”\"')\]]$")
_MOST_EDGES = 4
_LONGEST_EDGE = 100
_WIDEST_COLUMN = 42


@dataclass(slots=True)
class _Line:
    """A line of a page.

    Attributes:
        gap: How many blank lines stand above it; -1 where it is the first of its page.
    """

    text: str
    page: int
    gap: int


class Paragraphs(NamedTuple):
    """The text of each paragraph, the page it begins on, and what was decided."""

    texts: list[str]
    pages: list[int]
    told: list[str]


def paragraphs_of(pages: Sequence[str]) -> Paragraphs:
    """Join the lines of pages into paragraphs.

    Args:
        pages: The text of each, as its lines stand, blank lines for the space between them.

    Example:
        >>> paragraphs_of(["I: Hvor lenge var du på sam-", "arbeidsmøtet den dagen, da?"]).texts
        ['I: Hvor lenge var du på samarbeidsmøtet den dagen, da?']
    """
    told: list[str] = []
    laid = [_lines(page, number) for number, page in enumerate(pages, 1)]
    tell(told, _take_line_numbers(laid), "line number was left out", "line numbers were left out")
    heads, numbers = _take_edges(laid)
    tell(told, numbers, "page number was left out", "page numbers were left out")
    tell(
        told,
        heads,
        "line that comes again on page after page was left out",
        "lines that come again on page after page were left out",
    )
    lines = [line for page in laid for line in page]
    _set_columns(lines)
    texts, starts, hyphens = _join(lines)
    joined = len(lines) - len(texts)
    tell(told, joined, "line was joined to the line above", "lines were joined to the line above")
    tell(told, hyphens, "hyphen at the end of a line was taken out", "hyphens at the ends of lines were taken out")
    return Paragraphs(texts, [line.page for line in starts], told)


def _lines(page: str, number: int) -> list[_Line]:
    lines: list[_Line] = []
    gap = -1
    for line in page.replace("\u00a0", " ").replace("\t", "    ").splitlines():
        if line.strip():
            lines.append(_Line(line.rstrip(), number, gap if lines else -1))
            gap = 0
        else:
            gap += 1
    return lines


def _take_line_numbers(pages: Sequence[list[_Line]]) -> int:
    """Take off the numbers in the margin, where each counts the lines since the one above; count them."""
    found: list[tuple[list[_Line], int, re.Match[str]]] = []
    agree: set[int] = set()
    steps = []
    for page in pages:
        for place, line in enumerate(page):
            if match := _NUMBER.match(line.text):
                found.append((page, place, match))
    for i, ((page, place, match), (below, later, other)) in enumerate(pairwise(found)):
        # A number that stands alone may also be the page's.
        if page is below and int(other[1]) - int(match[1]) == later - place:
            agree |= {i, i + 1}
            steps.append(later - place)
    total = sum(map(len, pages))
    if len(agree) < 5 or len(agree) * median(steps) < 0.7 * total:
        return 0
    step = median(steps)
    # Rows of a table stand between two numbers and carry none.
    agree |= {i for i, (one, other) in enumerate(pairwise(found), 1) if int(other[2][1]) - int(one[2][1]) == step}
    for i in agree:
        page, place, match = found[i]
        page[place].text = page[place].text[match.end() :].strip()
    for page in pages:
        for line, next_line in pairwise(page):
            if not line.text:
                # A numbered line without words is a blank one.
                next_line.gap += line.gap + 1
        page[:] = [line for line in page if line.text]
    return len(agree)


def _take_edges(pages: Sequence[list[_Line]]) -> tuple[int, int]:
    """Take page numbers and running heads off the top and the foot of pages; count them."""
    heads = numbers = 0
    filled = [page for page in pages if page]
    for edge in (0, -1):
        for _ in range(_MOST_EDGES):
            candidates = [page for page in filled if page and len(_closed_up(page[edge].text)) <= _LONGEST_EDGE]
            counted = _page_numbers(candidates, edge, len(filled))
            repeated = _repeated([page for page in candidates if page not in counted], edge, len(filled))
            if not counted and not repeated:
                break
            numbers, heads = numbers + len(counted), heads + len(repeated)
            for page in (*counted, *repeated):
                page.pop(edge)
                if page and edge == 0:
                    page[0].gap = -1
    return heads, numbers


def _page_numbers(pages: Sequence[list[_Line]], edge: int, total: int) -> list[list[_Line]]:
    """Return the pages whose outermost line is nothing but a number that counts with the pages."""
    offsets: Counter[int] = Counter()
    found = []
    for page in pages:
        match = PAGE_NUMBER.match(page[edge].text)
        if match:
            offset = int(match["number"]) - page[edge].page
            # On a document's only page a number alone may be an answer.
            if total > 1 or match["of"] or match["word"]:
                offsets[offset] += 1
                found.append((page, offset))
    usual, times = offsets.most_common(1)[0] if offsets else (0, 0)
    if times * 2 < total:
        return []
    return [page for page, offset in found if offset == usual]


def _repeated(pages: Sequence[list[_Line]], edge: int, total: int) -> list[list[_Line]]:
    """Return the pages whose outermost line comes again on others, but for numbers that count."""
    same: dict[str, list[list[_Line]]] = {}
    for page in pages:
        same.setdefault(_DIGITS.sub("#", _closed_up(page[edge].text)), []).append(page)
    found = []
    for pattern, group in same.items():
        # Who says the same at the head of two pages is no running head.
        share = 0.8 if LABEL.match(pattern) else 0.4
        numbers = [tuple(int(n) for n in _DIGITS.findall(page[edge].text)) for page in group]
        counts = all(
            len(a) == len(b) and all(0 <= y - x <= 9 for x, y in zip(a, b, strict=True)) for a, b in pairwise(numbers)
        )
        if len(group) >= max(2, share * total) and counts and any(map(str.isalnum, pattern)):
            found += group
    return found


def _closed_up(text: str) -> str:
    return " ".join(text.split())


def _counts_up(above: Sequence[int], below: Sequence[int]) -> bool:
    return len(above) == len(below) and all(0 <= b - a <= 9 for a, b in zip(above, below, strict=True))


def _set_columns(lines: Sequence[_Line]) -> None:
    """Make a tab of the space behind a label in a column of its own, one blank of all other space."""
    texts = [line.text.strip() for line in lines]
    labels = {label[1] for text in texts if (label := LABEL.match(text))}
    first = Counter(text[: gap.start()] for text in texts if (gap := _GAP.search(text, 0, _WIDEST_COLUMN)))
    for line, text in zip(lines, texts, strict=True):
        gap = _GAP.search(text)
        if gap is None or _HEADER_LINE.match(text):
            line.text = text
            continue
        head = text[: gap.start()]
        named = KNOWN_LABEL.match(head) or _INITIALS.match(head) or read_clock(head)
        tab = named and (first[head] >= 2 or head in labels)
        line.text = head + ("\t" if tab else " ") + _GAP.sub(" ", text[gap.end() :])


def _join(lines: Sequence[_Line]) -> tuple[list[str], list[_Line], int]:
    """Return the paragraphs' texts, the line that each begins with, and how many hyphens went."""
    labels = Counter(label[1] for line in lines if (label := LABEL.match(line.text)))
    usual = _usual_gap(lines)
    lengths = sorted(len(line.text) for line in lines)
    width = lengths[len(lengths) * 9 // 10] if lengths else 0
    words = written_words(line.text for line in lines)
    parts: list[list[str]] = []
    starts: list[_Line] = []
    hyphens = 0
    above: _Line | None = None
    for line in lines:
        if above is None or _begins(above, line, labels, usual, width):
            parts.append([line.text])
            starts.append(line)
        else:
            decided = verdict(above.text, line.text, "", words)
            if decided == "join":
                parts[-1][-1] = parts[-1][-1][:-1]
                hyphens += 1
            parts[-1] += ["" if decided in ("join", "keep") else " ", line.text]
        above = line
    return ["".join(part) for part in parts], starts, hyphens


def _usual_gap(lines: Sequence[_Line]) -> int:
    """Return how many blank lines lie between lines that belong together, as in a text with double spacing."""
    gaps = Counter(line.gap for line in lines if line.gap >= 0)
    total = sum(gaps.values())
    return min((gap for gap, times in gaps.items() if times * 7 >= total), default=0)


def _begins(above: _Line, line: _Line, labels: Counter[str], usual: int, width: int) -> bool:
    """Tell whether a line begins a paragraph."""
    text = line.text
    label = LABEL.match(text)
    if label and (labels[label[1]] >= 2 or KNOWN_LABEL.match(label[1]) or _INITIALS.match(label[1])):
        return True
    if "\t" in text or _HEADER_LINE.match(text) or _HEADER_LINE.match(above.text) or _OPENS_WITH_TIME.match(text):
        return True
    if line.gap > usual or (above.text.endswith("#") and TRAILING.search(above.text[-40:])):
        return True
    if text[0].islower() or above.text[-1] in f"{HYPHENS},":
        return False
    if line.page != above.page:
        return bool(_ENDS.search(above.text))
    # Its first word had room on the line above.
    return len(above.text) + 1 + len(text.split(maxsplit=1)[0]) < 0.8 * width
