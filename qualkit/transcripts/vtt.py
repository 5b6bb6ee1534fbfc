"""WebVTT as Teams, Zoom, Stream, Whisper, WhisperX and noScribe write it.

The standard is followed where the programs follow it; where they do not, no spoken word is lost. The loop
over cues knows nothing of voices, so that SRT can share it.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from qualkit.transcripts.encoding import decode_text
from qualkit.transcripts.raw import Paragraph, RawText, UnreadableOriginal, counted

_CLOCK = r"(?:(\d{1,3}):)?(\d{1,3}):(\d{1,2})(?:[.,](\d{1,9}))?"
_TIMING = re.compile(rf"\s*{_CLOCK}\s*-->\s*{_CLOCK}(?:\s.*)?$")
_LINE_END = re.compile(r"\r\n|\n|\r")
_NO_CUE = re.compile(r"(?:NOTE|STYLE|REGION)(?:\s|$)")
_CUE_ID = re.compile(r"\s*(?:\d{1,9}|[0-9A-Fa-f]{8}-[0-9A-Fa-f-]{4,40}(?:/\S{1,20})?)\s*$")
_TAG = re.compile(r"</?[A-Za-z][^<>]*>|</>|<[\d:.,]+>")
_VOICE = re.compile(r"<[vV](?:\.[^\s>]*)?(?:\s+([^<>]*))?>$")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_LABEL = re.compile(r"\s*(\[[^\[\]:]{1,40}\]|[^\W_][^:<>\[\]]{0,39}):\s")
_CLOSED = re.compile(r"[.!?…][»”\"')]*$")
_DIARISED = re.compile(r"\[((?:[A-Z]{1,12}|[Ss]peaker)[_ ]?\d{1,3}|UNKNOWN)\]:")
_SPACE = re.compile(r"[ \t\r\n\v\f\x85\u2028\u2029]+")
_HINT = "Export the transcript again as WebVTT (.vtt), or as text or Word."


@dataclass(frozen=True, slots=True)
class Cue:
    """One cue of a subtitle file.

    Attributes:
        begin: Seconds.
        end: Seconds, as the file has it.
        lines: The payload as it stands, tags and all, without empty lines.
    """

    begin: float
    end: float
    lines: tuple[str, ...]


def split_lines(text: str) -> list[str]:
    """Split at the line ends of subtitle files: LF, CR or both, and nothing else."""
    return _LINE_END.split(text)


def read_cues(lines: Sequence[str]) -> Iterator[Cue]:
    """Yield the cues of a WebVTT or SRT file, in the order of the file.

    A line with `-->` between two times opens a cue wherever it stands, so that indices, cue ids and blank
    lines may be missing. What stands after a blank line without times of its own belongs to the cue before,
    unless it is a NOTE, STYLE or REGION: editors leave blank lines within cues, and speech is not thrown away.

    Args:
        lines: Without line ends; what precedes the first cue (a header) is passed over.

    Example:
        >>> [cue.lines for cue in read_cues(["1", "0:0:1.0 --> 0:0:2,5", "Ja,", "vel.", "", "NOTE nei"])]
        [('Ja,', 'vel.')]
    """
    timings = [(i, match) for i, line in enumerate(lines) if "-->" in line and (match := _TIMING.match(line))]
    starts = [i for i, _ in timings] + [len(lines)]
    for (start, match), following in zip(timings, starts[1:], strict=True):
        stop = following
        if following < len(lines) and stop - 1 > start and _is_cue_id(lines[stop - 2], lines[stop - 1]):
            stop -= 1
        begin, end = _seconds(match.groups()[:4]), _seconds(match.groups()[4:])
        yield Cue(begin, end, tuple(_payload(lines[start + 1 : stop])))


def _is_cue_id(above: str, line: str) -> bool:
    return bool(line.strip()) and (not above.strip() or bool(_CUE_ID.match(line)))


def _payload(lines: Sequence[str]) -> Iterator[str]:
    block: list[str] = []
    first = True
    for line in (*lines, ""):
        if line.strip():
            block.append(line)
            continue
        # The first block follows the times directly: there even "NOTE" and a number are speech.
        if block and (first or not (_NO_CUE.match(block[0]) or (len(block) == 1 and _CUE_ID.match(block[0])))):
            yield from block
        block, first = [], False


def _seconds(clock: Sequence[str | None]) -> float:
    hours, minutes, seconds, fraction = (part or "0" for part in clock)
    return int(hours) * 3600 + int(minutes) * 60 + float(f"{int(seconds)}.{fraction}")


def plain_speech(text: str) -> str:
    """Take tags out of a cue's text, unescape its entities once and fold its white space.

    Example:
        >>> plain_speech("<b>R&amp;D</b> <00:00:01.000>og  &amp;lt;")
        'R&D og &lt;'
    """
    unescaped = _ENTITY.sub(lambda entity: html.unescape(entity[0]), _TAG.sub("", text))
    return _SPACE.sub(" ", unescaped).strip(" ")


def read_vtt(data: bytes) -> RawText:
    r"""Read a WebVTT file into one paragraph per stretch of one voice.

    Where the file has voices (`<v Name>`), consecutive cues of one voice are one paragraph. Where it has
    none, each cue is a paragraph and a label in its text (`Name: …`) stays for the later step; WhisperX's
    `[SPEAKER_00]: …` loses its brackets. Header, notes and styles are left out: they hold file paths.

    Args:
        data: The whole file; any encoding that `decode_text` reads.

    Returns:
        Paragraphs with times in seconds; `labelled` where voices were found.

    Raises:
        UnreadableOriginal: No cue, or no word in any cue.

    Example:
        >>> raw = read_vtt(b"WEBVTT\n\n00:02.160 --> 00:06.560\n<v Kari>Linje en\nlinje to</v>")
        >>> [(paragraph.speaker, paragraph.text, paragraph.time) for paragraph in raw.paragraphs]
        [('Kari', 'Linje en linje to', (2.16, 6.56))]
    """
    text, _, decided = decode_text(data)
    lines = split_lines(text)
    cues = list(read_cues(lines))
    if not cues:
        message = "the file is empty" if not text.strip() else "the file has no cue with times, so it is no WebVTT"
        raise UnreadableOriginal(message, _HINT)
    sentences = list(decided)
    if not lines[0].startswith("WEBVTT"):
        sentences.append("the file does not begin with WEBVTT; its cues were read all the same")
    backwards = sum(later.begin < earlier.begin for earlier, later in pairwise(cues))
    if backwards:
        where = counted(backwards, "place", "places")
        sentences.append(f"times run backwards in {where}; the order of the file was kept")
    labelled = any(_has_voice(cue) for cue in cues)
    paragraphs = _by_voice(cues) if labelled else _by_cue(cues)
    if not paragraphs:
        raise UnreadableOriginal("the file's cues hold no words", _HINT)
    return RawText(tuple(paragraphs), decided=tuple(sentences), labelled=labelled)


def _has_voice(cue: Cue) -> bool:
    return any(voice for voice, _ in _voices(" ".join(cue.lines)))


def _by_voice(cues: Sequence[Cue]) -> list[Paragraph]:
    """Merge consecutive cues of one voice; a cue without a voice continues the voice before."""
    merged: list[tuple[str | None, float, float, list[str]]] = []
    speaker: str | None = None
    for cue in cues:
        begin, end = cue.begin, max(cue.begin, cue.end)
        for voice, speech in _voices(" ".join(cue.lines)):
            speaker = voice or speaker
            words = plain_speech(speech)
            if not words:
                continue
            if merged and merged[-1][0] == speaker is not None:
                _, first, last, texts = merged[-1]
                texts.append(words)
                merged[-1] = (speaker, first, max(last, end), texts)
            else:
                merged.append((speaker, begin, end, [words]))
    return [Paragraph(" ".join(texts), voice, (begin, end)) for voice, begin, end, texts in merged]


def _voices(text: str) -> Iterator[tuple[str, str]]:
    """Yield each voice of a cue with its marked-up speech; "" for speech without a voice."""
    speaker, start = "", 0
    for tag in _TAG.finditer(text):
        voice = _VOICE.match(tag[0])
        if voice:
            yield speaker, text[start : tag.start()]
            speaker, start = plain_speech(voice[1] or ""), tag.end()
    yield speaker, text[start:]


def _by_cue(cues: Sequence[Cue]) -> list[Paragraph]:
    """Keep every cue, parted only where a line within it opens with a label that opens other cues too."""
    labels = {label[1] for cue in cues if cue.lines and (label := _LABEL.match(cue.lines[0]))}
    found: list[Paragraph] = []
    for cue in cues:
        parts: list[list[str]] = []
        for line in cue.lines:
            label = _LABEL.match(line)
            if parts and not (label and label[1] in labels):
                parts[-1].append(line)
            else:
                parts.append([line])
        for part in parts:
            words = plain_speech(" ".join(part))
            diarised = _DIARISED.match(words)
            if diarised:
                words = f"{diarised[1]}:{words[diarised.end() :]}"
            if not words:
                continue
            end = max(cue.begin, cue.end)
            label = _LABEL.match(part[0])
            time = found[-1].time if found else None
            goes_on = time is not None and time[1] <= cue.begin and not _CLOSED.search(found[-1].text)
            if time and goes_on and not (label and label[1] in labels):
                # A recogniser breaks its cues anywhere; a sentence goes on in the next.
                found[-1] = Paragraph(f"{found[-1].text} {words}", None, (time[0], end))
            else:
                found.append(Paragraph(words, None, (cue.begin, end)))
    return found
