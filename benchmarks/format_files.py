"""Files of every format to paragraphs; beside what the bare parser of the format takes to go through them.

A format is a line in `SPECIMENS`: what it is called, the ending under which it is read, a function that makes a
file of so many turns, and the bare parser. The specimens say the same in every format.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from functools import partial
from html.parser import HTMLParser
from itertools import cycle, islice
from typing import NamedTuple

from benchmarks import format_files_annotation
from benchmarks.measuring import Options, Row, interleaved, show
from qualkit.transcripts.formats import format_of

TURNS = 2_000
"""Of one specimen: an interview of about two hours."""

_SAID = (
    "Ja, det var jo slik at vi ikke visste hvem vi skulle ringe til den kvelden.",
    "Og hva gjorde dere da?",
    "Vi ventet, og så kom det en fra kommunen som tok seg tid til å sette seg ned med oss på kjøkkenet.",
    "Mm.",
    "Etterpå tenkte jeg at sånn burde det alltid være, men det er det jo ikke, og det vet alle som har prøvd.",
)


class Turn(NamedTuple):
    """What every specimen is made of."""

    speaker: str
    begin: float
    end: float
    text: str


class Specimen(NamedTuple):
    """One format to measure.

    Attributes:
        name: As it is printed.
        suffix: Under which `formats.FORMATS` reads it.
        make: Writes turns as a file of the format.
        bare: The floor: the parser alone, over the same bytes.
    """

    name: str
    suffix: str
    make: Callable[[list[Turn]], bytes]
    bare: Callable[[bytes], object]


def turns(number: int) -> list[Turn]:
    """Return the same interview of so many turns every time."""

    def spoken() -> Iterator[Turn]:
        begin = 0.0
        for i, text in enumerate(cycle(_SAID)):
            end = begin + len(text) / 15
            yield Turn(f"SPEAKER_0{i % 2}", round(begin, 3), round(end, 3), text)
            begin = end + 0.25

    return list(islice(spoken(), number))


def clock(seconds: float, sign: str = ".") -> str:
    """Return a time as subtitles write it.

    Example:
        >>> clock(3661.5, ",")
        '01:01:01,500'
    """
    milliseconds = round(seconds * 1000)
    whole, rest = divmod(milliseconds, 1000)
    return f"{whole // 3600:02d}:{whole // 60 % 60:02d}:{whole % 60:02d}{sign}{rest:03d}"


def _txt(said: list[Turn]) -> bytes:
    return "".join(f"[{clock(turn.begin)[:8]}] {turn.speaker}: {turn.text}\n\n" for turn in said).encode()


def _vtt(said: list[Turn]) -> bytes:
    cues = (f"{clock(turn.begin)} --> {clock(turn.end)}\n<v {turn.speaker}>{turn.text}</v>\n\n" for turn in said)
    return ("WEBVTT\n\n" + "".join(cues)).encode()


def _lines(data: bytes) -> list[str]:
    return data.decode().split("\n")


def _srt(said: list[Turn]) -> bytes:
    return "".join(
        f"{number}\n{clock(turn.begin, ',')} --> {clock(turn.end, ',')}\n[{turn.speaker}]: {turn.text}\n\n"
        for number, turn in enumerate(said, 1)
    ).encode()


def _sbv(said: list[Turn]) -> bytes:
    return "".join(
        f"{clock(turn.begin)[1:]},{clock(turn.end)[1:]}\n{turn.speaker}: {turn.text}\n\n" for turn in said
    ).encode()


def _whisperx(said: list[Turn]) -> bytes:
    segments = []
    for turn in said:
        words = turn.text.split()
        step = (turn.end - turn.begin) / len(words)
        times = ((round(turn.begin + i * step, 3), round(turn.begin + (i + 1) * step, 3)) for i in range(len(words)))
        segments.append(
            {
                "start": turn.begin,
                "end": turn.end,
                "text": f" {turn.text}",
                "words": [
                    {"word": word, "start": begin, "end": end, "score": 0.98, "speaker": turn.speaker}
                    for word, (begin, end) in zip(words, times, strict=True)
                ],
                "speaker": turn.speaker,
            }
        )
    return json.dumps({"segments": segments, "language": "no"}).encode()


def _tsv(said: list[Turn]) -> bytes:
    rows = (f"{turn.begin * 1000:.0f}\t{turn.end * 1000:.0f}\t{turn.text}\n" for turn in said)
    return ("start\tend\ttext\n" + "".join(rows)).encode()


def _noscribe(said: list[Turn]) -> bytes:
    paragraphs = (
        f'<p><a name="ts_{turn.begin * 1000:.0f}_{turn.end * 1000:.0f}_{turn.speaker}" >'
        f'<span style="color: #000000">{turn.speaker}: {turn.text}</span></a></p>\n'
        for turn in said
    )
    return ("<html><body><p>Title</p>" + "".join(paragraphs) + "</body></html>").encode()


def _otr(said: list[Turn]) -> bytes:
    paragraphs = (
        f'<p><span class="timestamp" contenteditable="false" data-timestamp="{turn.begin}">{clock(turn.begin)[3:8]}'
        f"</span>&nbsp;<b>{turn.speaker}:</b> {turn.text}</p>"
        for turn in said
    )
    return json.dumps({"text": "".join(paragraphs), "media": "1.mp3", "media-time": 0}).encode()


def _html(text: str) -> None:
    HTMLParser().feed(text)


SPECIMENS = [
    Specimen("plain text with times", ".txt", _txt, _lines),
    Specimen("WebVTT", ".vtt", _vtt, _lines),
    Specimen("SRT", ".srt", _srt, _lines),
    Specimen("SBV", ".sbv", _sbv, _lines),
    Specimen("WhisperX JSON", ".json", _whisperx, json.loads),
    Specimen("Whisper's table", ".tsv", _tsv, _lines),
    Specimen("noScribe's HTML", ".html", _noscribe, lambda data: _html(data.decode())),
    Specimen("oTranscribe", ".otr", _otr, lambda data: _html(json.loads(data)["text"])),
    *(Specimen(*one) for one in format_files_annotation.SPECIMENS),
]
"""What is measured, in the order in which it is printed."""


def measure(options: Options) -> None:
    said = turns(TURNS)
    rows = []
    for specimen in SPECIMENS:
        data = specimen.make(said)
        steps = {
            "bare": partial(specimen.bare, data),
            "read": partial(format_of(specimen.suffix).read, data),
        }
        found = interleaved(steps, options.times(15))
        rows.append(Row(f"{specimen.name} to paragraphs", f"{len(data) / 1024:.0f} KiB", found["read"], found["bare"]))
    show("Formats", rows, [f"One file of {TURNS:,} turns in each format; the floor is the bare parser of the format."])
