"""What in a text is the printed page's and not the speech's: each rule finds places and changes nothing."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from qualkit.language.lemmas import is_known
from qualkit.transcripts.hyphens import HYPHENS, verdict
from qualkit.transcripts.lines import LABEL
from qualkit.transcripts.raw import Paragraph

_NUMBERED = re.compile(r"[ \t]*(\d{1,5})[.:)]?(?:[ \t]+|$)")
PAGE_NUMBER = re.compile(
    r"[\W_]*(?P<word>(?:side|page|s\.|p\.)\s*)?(?P<number>\d{1,4})(?P<of>\s*(?:av|of|/)\s*\d{1,4})?[\W_]*$",
    re.IGNORECASE,
)
"""A line that is a page's number and nothing else."""

_DIGITS = re.compile(r"\d+")
_LONGEST_HEAD = 100
_FEWEST_LETTERS = 5
_SHORTEST_PAGE = 400
_BLANK_LINES = re.compile(r"\n[ \t\u00a0]*(?=\n)")
# Where a reader has joined lines of a fixed width, their hyphens stand within lines.
_WITHIN_LINE = re.compile(rf"(?<![\w-])([^\W\d_]{{2,}})([{HYPHENS}]) (?=([^\W\d_]{{2,}}))")
_WORD = re.compile(r"[^\W\d_]+(?:[-\u2011][^\W\d_]+)*")
_ENDS = re.compile(r"[.!?…:;»”\"')\]]$")
# A line shorter than this did not end because the page did.
_FULL_LINE = 40


class Cut(NamedTuple):
    """A place to take out.

    Attributes:
        paragraph: Its number, from 0.
        start: In its text.
        end: In its text, half-open.
        instead: What comes in its place within the paragraph.
        joins: Where the paragraph goes on in the next one: what joins the two.
    """

    paragraph: int
    start: int
    end: int
    instead: str = ""
    joins: str | None = None


def line_numbers(paragraphs: Sequence[Paragraph], language: str = "") -> list[Cut]:  # noqa: ARG001
    """Find numbers that lines begin with, where nine lines in ten carry consecutive ones."""
    lines = [
        (number, start, match)
        for number, paragraph in enumerate(paragraphs)
        for start, line in _lines(paragraph.text)
        if line.strip()
        for match in (_NUMBERED.match(line),)
    ]
    numbers = [int(match[1]) for _, _, match in lines if match]
    follows = sum(b == a + 1 or (b == 1 and a >= 10) for a, b in pairwise(numbers))
    if len(lines) < 5 or (follows + 1) * 10 < len(lines) * 9:
        return []
    return [Cut(number, start, start + match.end()) for number, start, match in lines if match]


def _lines(text: str) -> Iterator[tuple[int, str]]:
    at = 0
    for line in text.split("\n"):
        yield at, line
        at += len(line) + 1


def page_numbers(paragraphs: Sequence[Paragraph], language: str = "") -> list[Cut]:  # noqa: ARG001
    """Find paragraphs that are a page's number: they count up through the whole text."""
    found = [
        (number, int(match["number"]), bool(match["word"] or match["of"]))
        for number, paragraph in enumerate(paragraphs)
        if paragraph.speaker is None and len(paragraph.text) < 30 and (match := PAGE_NUMBER.match(paragraph.text))
    ]
    chain = counting_up([page for _, page, _ in found])
    # Three numbers that count up are pages; two only where they say so.
    if len(chain) < 2 + (not all(found[i][2] for i in chain)):
        return []
    return [Cut(found[i][0], 0, len(paragraphs[found[i][0]].text)) for i in chain]


def counting_up(numbers: Sequence[int]) -> list[int]:
    """Return the places of the longest row of numbers that count up by one, or by up to three where some lack.

    Example:
        >>> counting_up([1, 2, 40, 3, 5])
        [0, 1, 3, 4]
    """
    # Of each number the longest row that ends with it: its length and its last place.
    best: dict[int, tuple[int, int]] = {}
    before: list[int] = []
    for place, number in enumerate(numbers):
        length, last = max((best.get(number - step, (0, -1)) for step in (1, 2, 3)), default=(0, -1))
        before.append(last)
        if length + 1 > best.get(number, (0, -1))[0]:
            best[number] = (length + 1, place)
    place = max(best.values(), default=(0, -1))[1]
    chain = []
    while place >= 0:
        chain.append(place)
        place = before[place]
    return chain[::-1]


def running_heads(paragraphs: Sequence[Paragraph], language: str = "") -> list[Cut]:  # noqa: ARG001
    """Find the same short line at regular distances, also with numbers that count up."""
    same: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    labels: defaultdict[str, set[str]] = defaultdict(set)
    at = 0
    for number, paragraph in enumerate(paragraphs):
        text = paragraph.text.strip()
        if label := LABEL.match(text):
            labels[_pattern(label[1])].add(_pattern(text))
        short = len(text) <= _LONGEST_HEAD and sum(map(str.isalpha, text)) >= _FEWEST_LETTERS
        # A head is no sentence.
        if short and paragraph.speaker is None and text[-1] not in ".?!…":
            same[_pattern(text)].append((number, at))
        at += len(text) + 1
    cuts = []
    for pattern, places in same.items():
        label = LABEL.match(pattern)
        # Who says the same again and again opens other lines too.
        opens_others = label is not None and len(labels[label[1]]) > 1
        texts = [paragraphs[number].text.strip() for number, _ in places]
        if len(places) >= 3 and not opens_others and _regular([at for _, at in places]) and _numbers_agree(texts):
            cuts += [Cut(number, 0, len(paragraphs[number].text)) for number, _ in places]
    return cuts


def _pattern(text: str) -> str:
    return _DIGITS.sub("#", " ".join(text.split()).casefold())


def _regular(places: Sequence[int]) -> bool:
    """Tell whether places lie about a page from each other; on a page here and there the line may lack."""
    gaps = [b - a for a, b in pairwise(places)]
    usual = median(gaps)
    return usual >= _SHORTEST_PAGE and min(gaps) >= 0.5 * usual and max(gaps) <= 2.2 * usual


def _numbers_agree(texts: Sequence[str]) -> bool:
    """Tell whether every number of a head is the same on each page, or counts up with the pages."""
    columns = list(zip(*([int(number[:9]) for number in _DIGITS.findall(text)] for text in texts), strict=False))
    return all(len(set(column)) == 1 or all(0 < b - a <= 3 for a, b in pairwise(column)) for column in columns)


def blank_lines(paragraphs: Sequence[Paragraph], language: str = "") -> list[Cut]:  # noqa: ARG001
    """Find doubled line breaks within paragraphs, and paragraphs that break off in the midst of a sentence."""
    cuts = []
    for number, paragraph in enumerate(paragraphs):
        text = paragraph.text
        end = len(text.rstrip())
        if "\n" in text:
            cuts += [Cut(number, *match.span()) for match in _BLANK_LINES.finditer(text, 0, end)]
        last = text[:end].rpartition("\n")[2]
        broken_off = len(last) >= _FULL_LINE and not _ENDS.search(last) and last[-1] not in HYPHENS
        if broken_off and number + 1 < len(paragraphs) and _goes_on(paragraph, paragraphs[number + 1]):
            cuts.append(Cut(number, end, len(text), joins=" "))
        elif "\n" in text[end:]:
            cuts.append(Cut(number, end, len(text)))
    return cuts


def _goes_on(above: Paragraph, below: Paragraph) -> bool:
    """Tell whether a paragraph may be the rest of the one above: nobody is named, and it begins with a small letter."""
    text = below.text.lstrip()
    return (
        text[:1].islower()
        and below.time is None
        and below.speaker in (None, above.speaker)
        and not LABEL.match(text)
        and "\t" not in text[:_FULL_LINE]
    )


def hyphens(paragraphs: Sequence[Paragraph], language: str = "") -> list[Cut]:
    """Find hyphens at the ends of lines that belong to the line, and line breaks within words that have one."""
    ends = [
        (number, at + len(line.rstrip()), at + len(line))
        for number, paragraph in enumerate(paragraphs)
        for at, line in _lines(paragraph.text)
        if line.rstrip()[-1:] in HYPHENS and line.strip()
    ]
    within_lines = [
        (number, match)
        for number, paragraph in enumerate(paragraphs)
        if "- " in paragraph.text or "\u00ad " in paragraph.text
        for match in _WITHIN_LINE.finditer(paragraph.text)
    ]
    if not (ends or within_lines):
        return []
    words = written_words(paragraph.text for paragraph in paragraphs)
    cuts = [
        Cut(number, match.end(1), match.end())
        for number, match in within_lines
        if verdict(match[1] + match[2], match[3], language, words) == "join"
        and ((joined := (match[1] + match[3]).casefold()) in words or is_known(joined, language))
    ]
    for number, stop, end in ends:
        text = paragraphs[number].text
        within = end < len(text)
        if not within and (number + 1 == len(paragraphs) or not _goes_on(paragraphs[number], paragraphs[number + 1])):
            continue
        behind = text[end:] if within else paragraphs[number + 1].text
        below = behind.lstrip()
        decided = verdict(text[:stop].rpartition("\n")[2], below[:_LONGEST_HEAD], language, words)
        if decided not in ("join", "keep"):
            continue
        start = stop - (decided == "join")
        white = len(behind) - len(below)
        cuts.append(Cut(number, start, end + white) if within else Cut(number, start, len(text), joins=""))
    return cuts


def written_words(texts: Iterator[str]) -> set[str]:
    """Return the folded words that stand within lines, hyphened ones too; never what a line's end cuts."""
    words: set[str] = set()
    for text in texts:
        for line in text.split("\n"):
            whole = line.rstrip()
            found = [word.casefold() for word in _WORD.findall(whole)]
            words.update(found[1:-1] if whole[-1:] in HYPHENS else found[1:])
    return words
