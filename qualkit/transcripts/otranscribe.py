"""oTranscribe's .otr: HTML in JSON, with the times that somebody set while typing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import isfinite
from typing import NamedTuple

from qualkit.transcripts.clock import Time, read_clock
from qualkit.transcripts.cues import plain_spaces
from qualkit.transcripts.htmltext import BLOCKS, Event, events
from qualkit.transcripts.jsontext import load_json
from qualkit.transcripts.lines import arrange
from qualkit.transcripts.raw import Paragraph, RawText, UnreadableOriginal, tell
from qualkit.transcripts.stretches import told_of_times

_HINT = "Export it again in oTranscribe: as .otr, or as plain text."
_LONGEST = 1_000_000.0


class _Line(NamedTuple):
    text: str
    begin: float | None


def read_otr(data: bytes) -> RawText:
    r"""Read an .otr file: a paragraph a line, with the first time that was set in it; labels stay in the text.

    A time runs to the next. The name of the recording is left out.

    Raises:
        UnreadableOriginal: The file is no JSON, or holds no text as oTranscribe writes it.

    Example:
        >>> span = '<span class=\\"timestamp\\" data-timestamp=\\"83.4\\">1:23</span>&nbsp;'
        >>> raw = read_otr(f'{{"text": "<p>{span}I: Hei</p>", "media": "1.mp3"}}'.encode())
        >>> [(paragraph.text, paragraph.time) for paragraph in raw.paragraphs]
        [('I: Hei', (83.4, 83.4))]
    """
    content, decided = load_json(data)
    text = content.get("text") if isinstance(content, Mapping) else None
    if not isinstance(text, str):
        if isinstance(content, Mapping) and "segments" in content:
            raise UnreadableOriginal("the file is a recogniser's JSON, not oTranscribe's", "Give it the ending .json.")
        raise UnreadableOriginal("the file is JSON, but not as oTranscribe writes it: it has no text", _HINT)
    found, unusable = _lines(text)
    lines = [line.text for line in found]
    paragraphs, labelled, told_of_lines, _ = arrange(lines)
    if not paragraphs:
        raise UnreadableOriginal("the file holds no words", _HINT)
    told = list(decided)
    tell(told, unusable, "time that was set cannot be read", "times that were set cannot be read")
    begins = [
        next((begin for piece in one.pieces if (begin := found[piece.line].begin) is not None), None)
        for one in paragraphs
    ]
    told += told_of_times([(begin, begin) for begin in begins if begin is not None], "paragraph")
    times = _running(begins)
    return RawText(
        tuple(
            Paragraph(one.text(lines), one.speaker, time or one.time)
            for one, time in zip(paragraphs, times, strict=True)
        ),
        decided=(*told, *told_of_lines),
        labelled=labelled,
    )


def _lines(text: str) -> tuple[list[_Line], int]:
    """Return the lines with the first time in each, and how many times cannot be read.

    A time that stands alone on its line is the next line's.
    """
    found: list[_Line] = []
    words: list[str] = []
    begin: float | None = None
    unusable = 0
    for name, stamp in _tokens(text):
        if stamp is not None:
            at = _seconds(stamp)
            unusable += at is None
            begin = at if begin is None else begin
        if name is None:
            line = plain_spaces("".join(words)).strip("\u00a0 ")
            if line:
                found.append(_Line(line, begin))
                begin = None
            words = []
        else:
            words.append(name)
    return found, unusable


def _tokens(text: str) -> Iterator[tuple[str | None, str | None]]:
    """Yield text, or None at the end of a line; beside it the time where there is one, which is no text."""
    within: Mapping[str, str] | None = None
    shown: list[str] = []

    def stamp() -> tuple[str, str]:
        # What a time shows is no speech; what else somebody wrote into it is.
        seen = "".join(shown).strip()
        stands_for = (within or {}).get("data-timestamp") or seen
        return "" if read_clock(seen) else seen, stands_for

    for kind, name, attributes in (*events(text), Event("close", "p")):
        if kind == "text":
            if within is None:
                yield name, None
            else:
                shown.append(name)
            continue
        if within is not None and (name in BLOCKS or (name == "span" and kind == "close")):
            yield stamp()
            within = None
        if name in BLOCKS:
            yield None, None
        elif kind == "open" and name == "span" and "timestamp" in attributes.get("class", ""):
            if within is not None:
                yield stamp()
            within, shown = attributes, []


def _seconds(stamp: str) -> float | None:
    """Return the seconds of a time: a number, or minutes and seconds as old files have them."""
    try:
        value = float(stamp)
    except ValueError:
        clock = read_clock(stamp.strip())
        return clock[0] if clock else None
    return value if isfinite(value) and 0 <= value < _LONGEST else None


def _running(begins: list[float | None]) -> list[Time | None]:
    """Let every time run to the next one."""
    times: list[Time | None] = []
    following: float | None = None
    for begin in reversed(begins):
        times.append(None if begin is None else (begin, begin if following is None else max(begin, following)))
        following = begin if begin is not None else following
    return times[::-1]
