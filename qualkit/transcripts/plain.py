"""Plain text and Markdown: encoding, line numbers and lines broken at a fixed width."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from types import MappingProxyType

from qualkit.transcripts.encoding import decode_text
from qualkit.transcripts.lines import CLOCKISH, LABEL, TRAILING, arrange
from qualkit.transcripts.machine import around_speech, without_what_is_above
from qualkit.transcripts.raw import Paragraph, RawText, UnreadableOriginal, counted

_NUMBERED = re.compile(r"\s*(\d{1,6})[.:)]?(?:\s+|$)")
_TURN = re.compile(r"\s*S\d\d\s?(?:\[[\d:]{8}\])?:")
_AROUND = " \t\u00a0\u200b\u202f\ufeff\x1a"


def read_plain(data: bytes) -> RawText:
    r"""Read a txt or md file: every line is a paragraph, unless the lines were broken at a fixed width.

    Args:
        data: The whole file, any encoding that `decode_text` reads.

    Returns:
        Paragraphs with speakers and times where header lines or time marks give them.

    Raises:
        UnreadableOriginal: The file is empty, or not text.

    Example:
        >>> raw = read_plain(b"[00:01:23] I: Hei.\n\n**R1:** Ja, 12:30.\n")
        >>> [(paragraph.text, paragraph.time) for paragraph in raw.paragraphs]
        [('I: Hei.', (83.0, 83.0)), ('R1: Ja, 12:30.', None)]
    """
    text, _, decided = decode_text(data)
    if text.lstrip().startswith("{\\rtf"):
        raise UnreadableOriginal(
            "the file is not plain text; it looks like an RTF document",
            "Give the file the ending .rtf, or open it in Word and save it as .docx.",
        )
    lines = [line.rstrip(_AROUND) for line in text.splitlines()]
    sentences = list(decided)
    lines, above = _without_noscribes_note(lines)
    if above:
        lines_above = counted(above, "line above the first turn was", "lines above the first turn were")
        sentences.append(f"{lines_above} noScribe's (title, settings, path), and left out")
    numbered = _line_numbers(lines)
    if numbered:
        lines = [line[number.end() :] if (number := _NUMBERED.match(line)) else line for line in lines]
        sentences.append(f"leading line numbers were taken off {counted(numbered, 'line', 'lines')}")
    lines, joined = _unwrapped(lines)
    if joined:
        were = counted(joined, "was", "were")
        sentences.append(f"the lines are broken at a fixed width; {were} joined to the line above")
    lines = [stripped for line in lines if not (stripped := line.strip(_AROUND)).isspace() and stripped]
    around = around_speech(lines)
    if around.lines:
        lines = [line for i, line in enumerate(lines) if i not in around.lines]
    arrangement = without_what_is_above(arrange(lines), lines, around)
    if not arrangement.paragraphs:
        message = "the file holds nothing but times" if lines else "the file is empty"
        raise UnreadableOriginal(message, "Look whether the right file was saved.")
    return RawText(
        tuple(Paragraph(a.text(lines), a.speaker, a.time) for a in arrangement.paragraphs),
        decided=(*sentences, *around.told, *arrangement.decided),
        labelled=arrangement.labelled,
        doubts=tuple(around.doubts),
        about=MappingProxyType(around.about),
        facts=around.facts,
    )


def _without_noscribes_note(lines: list[str]) -> tuple[list[str], int]:
    """Leave out what noScribe writes above the first turn, for it holds the path of the recording."""
    filled = [number for number, line in enumerate(lines[:40]) if line.strip()][:4]
    note = next((number for number in filled if "noScribe vers" in lines[number]), None)
    if note is None:
        return lines, 0
    # The note ends with its paragraph, and no turn is part of it.
    end = next(
        (number for number in range(note, len(lines)) if not lines[number].strip() or _TURN.match(lines[number])), 0
    )
    return (lines[end:], sum(bool(line.strip()) for line in lines[:end])) if end else (lines, 0)


def _line_numbers(lines: Sequence[str]) -> int:
    """Count the lines with leading numbers, if nine in ten carry consecutive ones; else return 0."""
    filled = [line for line in lines if line.strip()]
    follows, carrying, last, run = 0, 0, None, 0
    for line in filled:
        match = _NUMBERED.match(line)
        if not match:
            continue
        number = int(match[1])
        carrying += 1
        # Numbering may begin anew on a page; two speakers called 1 and 2 are no pages.
        goes_on = last is None or number == last + 1 or (number == 1 and run >= 10)
        run = run + 1 if last is None or number == last + 1 else 1
        follows += goes_on
        last = number
    return carrying if len(filled) >= 5 and follows * 10 >= len(filled) * 9 else 0


def _unwrapped(lines: list[str]) -> tuple[list[str], int]:
    """Join lines that were broken at a fixed width, where that is safe to tell; count the joints."""
    widths = sorted(len(line) for line in lines if line.strip())
    if len(widths) < 6:
        return lines, 0
    width = widths[-1 - len(widths) // 50]
    if not 60 <= width <= 100 or widths[-1] > 120:
        return lines, 0
    inner = [(above, below) for above, below in pairwise(lines) if above.strip() and below.strip()]
    broken = [(above, below) for above, below in inner if _is_full(above, below, width)]
    lower = sum(below.lstrip()[0].islower() for _, below in broken)
    wide = sum(60 <= len(above) <= 100 for above, _ in inner)
    if len(broken) < 4 or wide * 2 < len(inner) or lower * 3 < len(broken) * 2:
        return lines, 0
    joined: list[str] = []
    above = ""
    for line in lines:
        if above.strip() and line.strip() and _is_full(above, line, width):
            soft = joined[-1].endswith("\u00ad")
            joined[-1] += ("" if soft else " ") + line.strip(_AROUND)
        else:
            joined.append(line)
        above = line
    return joined, len(lines) - len(joined)


def _is_full(above: str, below: str, width: int) -> bool:
    """Tell whether a line was broken because its next word had no room, and the next line goes on."""
    words = below.split(maxsplit=1)
    if len(above) + 1 + len(words[0]) <= width - 2:
        return False
    if below.lstrip()[0].islower():
        return True
    # A new turn may follow a full line: a label, a time, or a tab behind a label says so.
    return not (
        LABEL.match(below) or CLOCKISH.search(below, 0, 14) or TRAILING.search(above[-40:]) or "\t" in below[:40]
    )
