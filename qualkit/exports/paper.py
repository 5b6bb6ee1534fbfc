"""Write a transcript as a Word file to read and write on: numbered lines, bars along what is coded, a margin."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap
from typing import TYPE_CHECKING, Final

from qualkit.document import Document, Paper, PaperLine, Passage
from qualkit.exports import wordxml as x
from qualkit.exports.layout import Section
from qualkit.exports.words import one_line, printable
from qualkit.language.printed import printed

if TYPE_CHECKING:
    from collections.abc import Mapping

LANES: Final = 5
"""Bars side by side; of more passages over one line, the rest have a letter and a name but no bar."""

_NUMBER, _TEXT, _LANE, _LETTER = 520, 6150, 230, 80  # twips
_LEFT, _RIGHT, _TOP, _BOTTOM = 794, 680, 1300, 1100
_BARS: Final = ("single", "dashed", "double", "dotted", "dotDash")
"""One kind of line a lane, so that bars can be told apart without their colours."""

_CHUNK: Final = 34
"""Characters of a code's name on one line of the margin."""

_SMALL: Final = '<w:sz w:val="17"/><w:szCs w:val="17"/>'
_TINY: Final = '<w:sz w:val="15"/><w:szCs w:val="15"/>'
_SIZE: Final = '<w:sz w:val="21"/><w:szCs w:val="21"/>'
_GREY: Final = '<w:color w:val="595959"/>'


@dataclass(frozen=True, slots=True)
class Laid:
    """A passage with its letter and the lane its bar runs in; None where all are taken."""

    passage: Passage
    letter: str
    lane: int | None


def render_paper(paper: Paper) -> bytes:
    """Render a transcript as a Word file.

    Every line has its number, whatever the font; a coded passage begins and ends with its letter, is
    underlined, has a bar along it and the code's name in the margin. The mark stands on every page, and above
    every page the transcript's id and the page's number. The same paper gives the same bytes.
    """
    from docx.shared import Twips

    from qualkit.exports import wordfile

    word = wordfile.open_template(None)
    section = word.sections[-1]
    section.left_margin, section.right_margin = Twips(_LEFT), Twips(_RIGHT)
    section.top_margin, section.bottom_margin = Twips(_TOP), Twips(_BOTTOM)
    styles = wordfile.complete_styles(word, paper.language)
    page = wordfile.page_of(word)
    content = (
        x.paragraph(styles["Title"], x.run(one_line(paper.id)), keep_next=True),
        x.paragraph(styles["Normal"], x.run(one_line(paper.facts)), keep_next=True),
        x.paragraph(styles["Table Note"], x.run(one_line(paper.note))),
        _table(paper, page.text_width, styles),
        x.paragraph(styles["Table Note"], ""),
    )
    document = Document(one_line(paper.id), paper.language, (), paper.mark)
    running = f"{one_line(paper.id)} · {one_line(paper.facts).partition(' · ')[0]}"
    return wordfile.write(word, [Section(landscape=False, content=content)], page, document, styles, running=running)


def lay_passages(passages: Sequence[Passage]) -> list[Laid]:
    """Give every passage a letter, in the order of the text, and the first lane that is free on all its lines.

    Example:
        >>> places = [(0, 4), (2, 3), (5, 6)]
        >>> laid = lay_passages([Passage(first, last, 0, 9, "", "") for first, last in places])
        >>> [(one.letter, one.lane) for one in laid]
        [('a', 0), ('b', 1), ('c', 0)]
    """
    free = [-1] * LANES
    laid = []
    for number, passage in enumerate(sorted(passages, key=lambda one: (one.first, one.start, -one.last, -one.end))):
        lane = next((at for at, until in enumerate(free) if until < passage.first), None)
        if lane is not None:
            free[lane] = passage.last
        laid.append(Laid(passage, letter_of(number), lane))
    return laid


def letter_of(number: int) -> str:
    """Return the nth letter: a to z, then aa, ab and so on.

    Example:
        >>> letter_of(0), letter_of(25), letter_of(26), letter_of(702)
        ('a', 'z', 'aa', 'aaa')
    """
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(97 + rest) + letters
    return letters


def _table(paper: Paper, room: int, styles: Mapping[str, str]) -> str:
    laid = lay_passages(paper.passages)
    lanes = max((one.lane for one in laid if one.lane is not None), default=-1) + 1
    lane = _LANE + _LETTER * (max((len(one.letter) for one in laid), default=1) - 1)
    margin = room - _NUMBER - _TEXT - lanes * lane
    widths = (_NUMBER, _TEXT, *[lane] * lanes, margin)
    text = styles["Table Text"]
    waiting: deque[tuple[str, str]] = deque()
    rows = [_heading(paper.language, widths, styles["Table Heading"])]
    opening: dict[int, list[Laid]] = {}
    by_line: dict[int, list[Laid]] = {}
    for one in laid:
        opening.setdefault(one.passage.first, []).append(one)
        for index in range(one.passage.first, one.passage.last + 1):
            by_line.setdefault(index, []).append(one)
    for index, line in enumerate(paper.lines):
        waiting.extend(name for one in opening.get(index, ()) for name in _names(one))
        here = by_line.get(index, [])
        name = waiting.popleft() if waiting else ("", "")
        rows.append(_row(line, index, here, lanes, name, widths, text))
    while waiting:
        rows.append(_row(PaperLine(0, ""), len(paper.lines), [], lanes, waiting.popleft(), widths, text))
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    label = f"{one_line(paper.id)}: {printed('line', paper.language)}, {printed('codes-and-notes', paper.language)}"
    caption = label.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;")
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
        '<w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="50" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/>'
        '<w:right w:w="30" w:type="dxa"/></w:tblCellMar><w:tblLook w:val="0020" w:firstRow="1" w:lastRow="0" '
        'w:firstColumn="0" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>'
        f'<w:tblCaption w:val="{caption}"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{"".join(rows)}</w:tbl>'
    )


def _names(one: Laid) -> list[tuple[str, str]]:
    """Return a passage's name for the margin, in pieces that stand on one line each, with its colour."""
    pieces = wrap(f"{one.letter}  {one_line(one.passage.name)}", _CHUNK, subsequent_indent="    ") or [one.letter]
    return [(piece, one.passage.colour if not number else "") for number, piece in enumerate(pieces)]


def _heading(language: str, widths: Sequence[int], style: str) -> str:
    lanes = len(widths) - 3
    text = [printed("line", language), "", *[""] * lanes, printed("codes-and-notes", language)]
    cells = [
        _cell(x.paragraph(style, x.run(words, _TINY if number == 0 else _SMALL)), width)
        for number, (words, width) in enumerate(zip(text, widths, strict=True))
    ]
    return f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{''.join(cells)}</w:tr>"


def _row(
    line: PaperLine,
    index: int,
    here: Sequence[Laid],
    lanes: int,
    name: tuple[str, str],
    widths: Sequence[int],
    style: str,
) -> str:
    before = 110 if line.opens else 0
    number = x.run(str(line.number) if line.number else "", _GREY + _TINY)
    cells = [
        _cell(_paragraph(style, number, before, align="right"), widths[0]),
        _cell(_paragraph(style, _words(line, index, here), before), widths[1]),
    ]
    for lane in range(lanes):
        one = next((found for found in here if found.lane == lane), None)
        letter = x.run(one.letter, x.BOLD + _TINY) if one is not None and one.passage.first == index else ""
        border = _bar(one, lane) if one is not None else ""
        cells.append(_cell(_paragraph(style, letter, before), widths[2 + lane], border, narrow=True))
    words, colour = name
    square = x.run("■ ", f'<w:color w:val="{_hex(colour)}"/>{_SMALL}') if colour else ""
    said = x.run(words.strip() if colour else words, _SMALL) if words else ""
    rule = '<w:left w:val="single" w:sz="2" w:space="0" w:color="BFBFBF"/>'
    cells.append(_cell(_paragraph(style, square + said, before, indent=60), widths[-1], rule))
    return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{''.join(cells)}</w:tr>"


def _bar(one: Laid, lane: int) -> str:
    kind = _BARS[lane % len(_BARS)]
    size = 6 if kind == "double" else 18
    return f'<w:left w:val="{kind}" w:sz="{size}" w:space="0" w:color="{_hex(one.passage.colour)}"/>'


def _hex(colour: str) -> str:
    digits = colour.removeprefix("#")
    return "".join(digit * 2 for digit in digits) if len(digits) == 3 else digits


def _words(line: PaperLine, index: int, here: Sequence[Laid]) -> str:
    """Return a line's runs: the label in bold, coded words underlined, letters where passages begin and end."""
    text = printable(line.text)
    spans = []
    for one in here:
        passage = one.passage
        begin = passage.start if passage.first == index else line.label
        end = passage.end if passage.last == index else len(text)
        spans.append((begin, max(begin, min(end, len(text))), one))
    edges = sorted({0, line.label, len(text), *(edge for begin, end, _ in spans for edge in (begin, end))})
    runs = []
    for low, high in zip(edges, [*edges[1:], edges[-1]], strict=True):
        ending = [one for begin, end, one in spans if end == low and one.passage.last == index and begin < low]
        opening = [one for begin, _, one in spans if begin == low and one.passage.first == index]
        runs += [_letters(found) for found in (ending, opening) if found]
        if high > low:
            coded = any(begin <= low and high <= end for begin, end, _ in spans)
            line_under = '<w:u w:val="single" w:color="7F7F7F"/>' if coded else ""
            bold = x.BOLD if high <= line.label else ""
            runs.append(x.run(text[low:high], f"{bold}{x.VERBATIM}{_SIZE}{line_under}"))
    return "".join(runs)


def _letters(found: Sequence[Laid]) -> str:
    raised = '<w:vertAlign w:val="superscript"/>'
    return x.run(",".join(one.letter for one in found), f"{x.BOLD}{x.VERBATIM}{_SIZE}{raised}")


def _paragraph(style: str, content: str, before: int, *, align: str = "left", indent: int = 0) -> str:
    spacing = f'<w:spacing w:before="{before}" w:after="0" w:line="288" w:lineRule="exact"/>'
    left = f'<w:ind w:left="{indent}"/>' if indent else ""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{spacing}{left}<w:jc w:val="{align}"/></w:pPr>{content}</w:p>'


def _cell(paragraph: str, width: int, border: str = "", *, narrow: bool = False) -> str:
    borders = f"<w:tcBorders>{border}</w:tcBorders>" if border else ""
    if narrow:
        borders += '<w:noWrap/><w:tcMar><w:left w:w="40" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tcMar>'
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{borders}</w:tcPr>{paragraph}</w:tc>'
