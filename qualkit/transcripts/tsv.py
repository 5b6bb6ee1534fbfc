"""The table that Whisper leaves: start, end and text with tabs between them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from qualkit.transcripts.clock import Time
from qualkit.transcripts.cues import plain_spaces, split_lines
from qualkit.transcripts.encoding import decode_text
from qualkit.transcripts.raw import RawText, UnreadableOriginal, tell
from qualkit.transcripts.stretches import Piece, by_sentence, by_speaker, told_of_times

_COLUMNS = ("start", "end", "text")
_NUMBER = re.compile(r"\s*\d{1,12}(?:\.\d{1,9})?\s*$")
_ROW = re.compile(r"\d{1,12}(?:\.\d{1,9})?\t\d{1,12}(?:\.\d{1,9})?\t")
_HINT = (
    "Expected are the columns start, end and text, parted by tabs, times in milliseconds, as Whisper writes them. "
    "Export the transcript as .vtt, .srt or .txt instead."
)


def read_tsv(data: bytes) -> RawText:
    r"""Read a recogniser's table; a segment that goes on with the sentence above is joined to it.

    Columns are found by their names; one called "speaker" names the speakers. Whole numbers are milliseconds,
    numbers with a point seconds. A line without tabs goes on with the text above.

    Raises:
        UnreadableOriginal: There is no row with start, end and text, or no word in any.

    Example:
        >>> raw = read_tsv(b"start\tend\ttext\n0\t2500\tHvordan\n2500\t3000\tdet?\n")
        >>> [(paragraph.text, paragraph.time) for paragraph in raw.paragraphs]
        [('Hvordan det?', (0.0, 3.0))]
    """
    text, _, decided = decode_text(data)
    lines = [line for line in split_lines(text) if line.strip()]
    if not lines:
        raise UnreadableOriginal("the file is empty", _HINT)
    told = list(decided)
    head = [name.strip().casefold() for name in lines[0].split("\t")]
    if set(_COLUMNS) <= set(head):
        rows = lines[1:]
    elif _ROW.match(lines[0]):
        head, rows = list(_COLUMNS), lines
        told.append("the table has no head; its columns were taken to be start, end and text")
    else:
        raise UnreadableOriginal("the file is no table of start, end and text", _HINT)
    pieces, times, empty = _read(rows, head)
    if not pieces:
        raise UnreadableOriginal("the table's rows hold no words", _HINT)
    told += told_of_times(times, "row")
    tell(told, empty, "row without words was left out", "rows without words were left out")
    labelled = any(piece.speaker for piece in pieces)
    paragraphs = by_speaker(pieces) if labelled else by_sentence(pieces)
    return RawText(tuple(paragraphs), decided=tuple(told), labelled=labelled)


def _read(rows: Sequence[str], head: Sequence[str]) -> tuple[list[Piece], list[Time | None], int]:
    pieces: list[Piece] = []
    times: list[Time | None] = []
    empty = 0
    for start, end, words, speaker in _cells(rows, head):
        if not words:
            empty += 1
            continue
        times.append(_time(start, end))
        pieces.append(Piece(words, speaker or None, times[-1]))
    if any("." in cell for start, end, _, _ in _cells(rows, head) for cell in (start, end)):
        return pieces, times, empty
    in_seconds = [time and (time[0] / 1000, time[1] / 1000) for time in times]
    return [piece._replace(time=time) for piece, time in zip(pieces, in_seconds, strict=True)], in_seconds, empty


def _cells(rows: Sequence[str], head: Sequence[str]) -> Iterator[tuple[str, str, str, str]]:
    """Yield start, end, words and speaker of every row; what has no tabs goes on with the row above."""
    start, end, text = (head.index(name) for name in _COLUMNS)
    named = head.index("speaker") if "speaker" in head else -1
    last = text == len(head) - 1
    found: list[list[str]] = []
    for row in rows:
        # Tabs within the last column are no columns.
        cells = row.split("\t", len(head) - 1) if last else row.split("\t")
        if len(cells) >= len(head):
            found.append(cells)
        elif found:
            found[-1][text] += " " + row
        else:
            found.append(["" if i != text else row for i in range(len(head))])
    for cells in found:
        speaker = plain_spaces(cells[named]) if named >= 0 else ""
        yield cells[start], cells[end], plain_spaces(cells[text]), speaker


def _time(start: str, end: str) -> Time | None:
    if not _NUMBER.match(start):
        return None
    return float(start), float(end if _NUMBER.match(end) else start)
