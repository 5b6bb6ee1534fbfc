"""What noScribe saves as HTML, also after people have worked on it in its editor."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from qualkit.transcripts.clock import Time
from qualkit.transcripts.cues import plain_spaces
from qualkit.transcripts.encoding import decode_text
from qualkit.transcripts.htmltext import BLOCKS, events
from qualkit.transcripts.lines import arrange
from qualkit.transcripts.raw import Paragraph, RawText, UnreadableOriginal, tell
from qualkit.transcripts.stretches import told_of_times

_SEGMENT = re.compile(r"ts_(\d{1,12})_(\d{1,12})(?:_|$)")


class _Line(NamedTuple):
    text: str
    time: Time | None


def read_noscribe(data: bytes) -> RawText:
    r"""Read noScribe's HTML: a paragraph a turn, times from its segments, labels left to the label step.

    The paragraphs above the first segment (title, settings, path of the recording) are left out; whatever
    stands below is kept, also what somebody typed in between. Overlapping speech (`//S02: Ja. //`) stays where
    noScribe put it.

    Raises:
        UnreadableOriginal: The file is empty, or a web page that noScribe did not write.

    Example:
        >>> page = b'<p>Title</p><p><a name="ts_340_2500_S01">S01: [00:00:00] Hei (..) //S02: Ja. //</a></p>'
        >>> [(paragraph.text, paragraph.time) for paragraph in read_noscribe(page).paragraphs]
        [('S01: Hei (..) //S02: Ja. //', (0.34, 2.5))]
    """
    text, _, decided = decode_text(data)
    if not text.strip():
        raise UnreadableOriginal("the file is empty", "Save the transcript again in noScribe.")
    found = list(_lines(text))
    first = next((number for number, line in enumerate(found) if line.time), None)
    if first is None:
        raise UnreadableOriginal(
            "the file is a web page, and not one that noScribe wrote",
            "Open it in a browser or in Word, and save the transcript as .docx or .txt.",
        )
    kept = found[first:]
    told = list(decided)
    above = "above the first segment (title, settings, path) was left out"
    tell(told, first, f"line {above}", f"lines {above.replace('was', 'were')}")
    told += told_of_times([line.time for line in kept if line.time], "paragraph")
    lines = [line.text for line in kept]
    paragraphs, labelled, told_of_lines, _ = arrange(lines)
    if not paragraphs:
        raise UnreadableOriginal("the file's segments hold no words", "Save the transcript again in noScribe.")
    return RawText(
        tuple(
            Paragraph(one.text(lines), one.speaker, _span([kept[piece.line].time for piece in one.pieces]) or one.time)
            for one in paragraphs
        ),
        decided=(*told, *told_of_lines),
        labelled=labelled,
    )


def _lines(text: str) -> Iterator[_Line]:
    """Yield the lines of the page, with the span of the segments in them."""
    words: list[str] = []
    times: list[Time] = []
    for kind, name, attributes in events(text):
        if kind == "text":
            words.append(name)
        elif name == "a" and kind == "open" and (match := _SEGMENT.match(attributes.get("name", ""))):
            times.append((int(match[1]) / 1000, int(match[2]) / 1000))
        elif name in BLOCKS:
            line = plain_spaces("".join(words))
            if line:
                yield _Line(line, _span(times))
                times = []
            words = []
    line = plain_spaces("".join(words))
    if line:
        yield _Line(line, _span(times))


def _span(times: Sequence[Time | None]) -> Time | None:
    known = [time for time in times if time]
    if not known:
        return None
    begin = min(begin for begin, _ in known)
    return begin, max(begin, *(end for _, end in known))
