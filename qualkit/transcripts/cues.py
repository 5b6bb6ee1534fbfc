"""Cues, which is what subtitle files are made of: found, cleaned of their tags, joined into paragraphs.

Where the programs leave the standards, no spoken word is lost. The loop over cues knows nothing of voices.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from qualkit.transcripts.clock import Time
from qualkit.transcripts.raw import Paragraph, tell
from qualkit.transcripts.stretches import Piece, by_sentence, by_speaker, told_of_times

_CLOCK = r"(-?)(?:(\d{1,3}):)?(\d{1,3}):(\d{1,2})(?:[.,](\d{1,9}))?"
_TIMING = re.compile(rf"\s*{_CLOCK}\s*-->\s*{_CLOCK}(?:\s.*)?$")
_SBV_TIMING = re.compile(rf"\s*{_CLOCK},{_CLOCK}\s*$")
# What programs write that had no time to write.
_NO_TIME = r"-?(?:NaN|Infinity|inf|nan|undefined|null|\d+)(?:[:.,]-?(?:NaN|Infinity|inf|nan|undefined|null|\d+))*"
_UNTIMED = re.compile(rf"\s*{_NO_TIME}\s*-->\s*{_NO_TIME}\s*$")
_LINE_END = re.compile(r"\r\n|\n|\r")
_NO_CUE = re.compile(r"(?:NOTE|STYLE|REGION)(?:\s|$)")
_CUE_ID = re.compile(r"\s*(?:\d{1,9}|[0-9A-Fa-f]{8}-[0-9A-Fa-f-]{4,40}(?:/\S{1,20})?)\s*$")
_TAG = re.compile(r"</?[A-Za-z][^<>]*>|</>|<[\d:.,]+>")
_ONE_VOICE = re.compile(r"<v ([^\s<>&][^<>&]*)>([^<>]*)(?:</v>)?$")
_VOICE = re.compile(r"<[vV](?:\.[^\s>]*)?(?:\s+([^<>]*))?>$")
_TIMED_WORD = re.compile(r"<\d\d:\d\d:\d\d\.\d{3}><c>")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_LABEL = re.compile(r"\s*(\[[^\[\]:]{1,40}\]|[^\W_][^:<>\[\]]{0,39}):\s")
_DIARISED = re.compile(r"\[((?:[A-Z]{1,12}|[Ss]peaker)[_ ]?\d{1,3}|UNKNOWN)\]:")
_WHITE = " \t\r\n\v\f\x85\u2028\u2029"
_SPACE = re.compile(rf"[{_WHITE}]{{2,}}|[{_WHITE[1:]}]")
_STYLE = re.compile(r"\{\\[A-Za-z][^{}]{0,80}\}")


@dataclass(frozen=True, slots=True)
class Cue:
    """One cue of a subtitle file.

    Attributes:
        time: Begin and end in seconds, as the file has them; None where it has none that can be.
        lines: The payload as it stands, tags and all, without empty lines.
    """

    time: Time | None
    lines: tuple[str, ...]


def split_lines(text: str) -> list[str]:
    """Split at the line ends of subtitle files: LF, CR or both, and nothing else."""
    return _LINE_END.split(text) if "\r" in text else text.split("\n")


def read_cues(lines: Sequence[str], *, sbv: bool = False) -> Iterator[Cue]:
    """Yield the cues of a WebVTT, SRT or SBV file, in the order of the file.

    A line with `-->` between two times opens a cue wherever it stands, so that indices, cue ids and blank
    lines may be missing. What stands after a blank line without times of its own belongs to the cue before,
    unless it is a NOTE, STYLE or REGION: editors leave blank lines within cues, and speech is not thrown away.

    Args:
        lines: Without line ends; what precedes the first cue (a header) is passed over.
        sbv: Times stand beside each other with a comma between them.

    Example:
        >>> [cue.lines for cue in read_cues(["1", "0:0:1.0 --> 0:0:2,5", "Ja,", "vel.", "", "NOTE nei"])]
        [('Ja,', 'vel.')]
    """
    timings = list(_sbv_timings(lines) if sbv else _timings(lines))
    starts = [i for i, _ in timings] + [len(lines)]
    for (start, time), following in zip(timings, starts[1:], strict=True):
        stop = following
        if following < len(lines) and stop - 1 > start and _is_cue_id(lines[stop - 2], lines[stop - 1]):
            stop -= 1
        if stop == start + 3 and lines[start + 1] and not lines[start + 2] and not lines[start + 1].isspace():
            # One line and an empty one: most cues by far.
            yield Cue(time, (lines[start + 1],))
        else:
            yield Cue(time, tuple(_payload(lines[start + 1 : stop])))


def _timings(lines: Sequence[str]) -> Iterator[tuple[int, Time | None]]:
    for i, line in enumerate(lines):
        if "-->" in line:
            match = _TIMING.match(line)
            if match:
                yield i, _time(match)
            elif len(line) < 200 and _UNTIMED.match(line):
                yield i, None


def _sbv_timings(lines: Sequence[str]) -> Iterator[tuple[int, Time | None]]:
    for i, line in enumerate(lines):
        if "," in line and ":" in line and (match := _SBV_TIMING.match(line)):
            yield i, _time(match)


def _time(match: re.Match[str]) -> Time | None:
    before1, hours1, minutes1, rest1, part1, before2, hours2, minutes2, rest2, part2 = match.groups("0")
    if before1 == "-" or before2 == "-":
        return None
    begin = int(hours1) * 3600 + int(minutes1) * 60 + float(f"{rest1}.{part1}")
    return begin, int(hours2) * 3600 + int(minutes2) * 60 + float(f"{rest2}.{part2}")


def _is_cue_id(above: str, line: str) -> bool:
    return bool(line.strip()) and (not above or above.isspace() or bool(_CUE_ID.match(line)))


def _payload(lines: Sequence[str]) -> Iterator[str]:
    block: list[str] = []
    first = True
    for line in (*lines, ""):
        if line and not line.isspace():
            block.append(line)
            continue
        # The first block follows the times directly: there even "NOTE" and a number are speech.
        if block and (first or not (_NO_CUE.match(block[0]) or (len(block) == 1 and _CUE_ID.match(block[0])))):
            yield from block
        block, first = [], False


def plain_speech(text: str) -> str:
    """Take tags out of a cue's text, unescape its entities once and fold its white space.

    Example:
        >>> plain_speech("<b>R&amp;D</b> <00:00:01.000>og  &amp;lt;")
        'R&D og &lt;'
    """
    if "<" in text:
        text = _TAG.sub("", text)
    if "{\\" in text:
        text = _STYLE.sub("", text)
    return plain_spaces(unescaped(text))


def unescaped(text: str) -> str:
    """Replace the entities of HTML by what they stand for, once.

    Example:
        >>> unescaped("R&amp;D &#229;")
        'R&D å'
    """
    return _ENTITY.sub(lambda entity: html.unescape(entity[0]), text) if "&" in text else text


def plain_spaces(text: str) -> str:
    r"""Fold white space, line ends among it; spaces that must not break stay.

    Example:
        >>> plain_spaces(" Ja,\n  vel ")
        'Ja, vel'
    """
    if "  " in text or not text.isprintable():
        text = _SPACE.sub(" ", text)
    return text.strip(" ")


class Joined(NamedTuple):
    """The paragraphs of a subtitle file, whether it names the speakers itself, and what was not as it should be."""

    paragraphs: list[Paragraph]
    labelled: bool
    told: list[str]


def joined(cues: Sequence[Cue]) -> Joined:
    """Join cues into paragraphs; every word is read once, also where a program repeats it from cue to cue.

    Where the file has voices (`<v Name>`), consecutive cues of one voice are one paragraph. Where it has
    none, a cue is a paragraph unless it goes on with the sentence of the cue before, and a label in its text
    (`Name: …`) stays for the later step. WhisperX's `[SPEAKER_00]: …` stands before every cue of a voice, and so
    is a voice where most cues have it.
    """
    told = told_of_times([cue.time for cue in cues], "cue")
    tell(told, sum(not cue.lines for cue in cues), "cue without words was left out", "cues without words were left out")
    cues = _without_underlining(_without_rolling(cues, told), told)
    if (diarised := _diarised(cues)) is not None:
        return Joined(by_speaker(diarised), labelled=True, told=told)
    labelled = any("<v" in line or "<V" in line for cue in cues for line in cue.lines) and any(
        voice for cue in cues for voice, _ in _voices(" ".join(cue.lines))
    )
    paragraphs = by_speaker(_spoken(cues)) if labelled else by_sentence(_unnamed(cues))
    return Joined(paragraphs, labelled, told)


def _without_underlining(cues: Sequence[Cue], told: list[str]) -> Sequence[Cue]:
    """Read once what Whisper repeats for every word that it underlines."""
    if not any("<u>" in line for cue in cues for line in cue.lines):
        return cues
    kept: list[Cue] = []
    plain = ""
    for cue in cues:
        words = plain_speech(" ".join(cue.lines))
        last = kept[-1].time if kept else None
        if last and cue.time and words and words == plain and abs(last[1] - cue.time[0]) < 0.1:
            kept[-1] = Cue((last[0], max(last[1], cue.time[1])), cue.lines)
        else:
            kept.append(cue)
        plain = words
    again = "the same words with another one underlined, and was read once"
    tell(told, len(cues) - len(kept), f"cue repeats {again}", f"cues repeat {again.replace('was', 'were')}")
    return kept


def _without_rolling(cues: Sequence[Cue], told: list[str]) -> Sequence[Cue]:
    """Read once the lines that YouTube's captions keep on the screen while the next ones come."""
    if not any("><c>" in line and _TIMED_WORD.search(line) for cue in cues for line in cue.lines):
        return cues
    kept: list[Cue] = []
    shown: list[str] = []
    rolled = 0
    for cue in cues:
        plain = [plain_speech(line) for line in cue.lines]
        fresh = tuple(line for line, words in zip(cue.lines, plain, strict=True) if words not in shown)
        rolled += len(cue.lines) - len(fresh)
        if fresh or not cue.lines:
            kept.append(Cue(cue.time, fresh))
        shown = plain
    tell(told, rolled, "line that rolls on was read once", "lines that roll on were read once")
    return kept


def _spoken(cues: Sequence[Cue]) -> Iterator[Piece]:
    """Yield what each voice says in each cue; a cue without a voice continues the voice before."""
    speaker: str | None = None
    for cue in cues:
        text = " ".join(cue.lines)
        alone = _ONE_VOICE.match(text)
        for voice, speech in [(plain_speech(alone[1]), alone[2])] if alone else _voices(text):
            speaker = voice or speaker
            words = plain_speech(speech)
            if words:
                yield Piece(words, speaker, cue.time)


def _diarised(cues: Sequence[Cue]) -> list[Piece] | None:
    """Return what each speaker says where most cues open with a recogniser's label in brackets, else None.

    A cue without a label continues the speaker before; those before the first label are nobody's.
    """
    if sum("[" in line for cue in cues for line in cue.lines[:1]) * 2 <= len(cues):
        return None
    pieces: list[Piece] = []
    speaker: str | None = None
    opening = 0
    for cue in cues:
        opening += bool(cue.lines) and bool(_DIARISED.match(plain_speech(cue.lines[0])))
        # Several may speak in a cue, each on lines of their own.
        for line in map(plain_speech, cue.lines):
            label = _DIARISED.match(line)
            if label:
                speaker = label[1]
            if words := line[label.end() :].strip() if label else line:
                pieces.append(Piece(words, speaker, cue.time))
    return pieces if opening * 2 > len(cues) else None


def _voices(text: str) -> Iterator[tuple[str, str]]:
    """Yield each voice of a cue with its marked-up speech; "" for speech without a voice."""
    speaker, start = "", 0
    if "<v" in text or "<V" in text:
        for tag in _TAG.finditer(text):
            voice = _VOICE.match(tag[0])
            if voice:
                yield speaker, text[start : tag.start()]
                speaker, start = plain_speech(voice[1] or ""), tag.end()
    yield speaker, text[start:]


def _unnamed(cues: Sequence[Cue]) -> Iterator[Piece]:
    """Yield every cue, parted only where a line within it opens with a label that opens other cues too."""
    labels = {label[1] for cue in cues if cue.lines and (label := _LABEL.match(cue.lines[0]))}
    for cue in cues:
        for part in _parts(cue.lines, labels):
            words = plain_speech(" ".join(part))
            diarised = _DIARISED.match(words)
            if diarised:
                words = f"{diarised[1]}:{words[diarised.end() :]}"
            if words:
                label = _LABEL.match(part[0])
                yield Piece(words, None, cue.time, opens=bool(label and label[1] in labels))


def _parts(lines: Sequence[str], labels: set[str]) -> Sequence[Sequence[str]]:
    if len(lines) < 2 or not labels:
        return [lines] if lines else []
    parts: list[list[str]] = []
    for line in lines:
        label = _LABEL.match(line)
        if parts and not (label and label[1] in labels):
            parts[-1].append(line)
        else:
            parts.append([line])
    return parts
