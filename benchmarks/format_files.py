"""Files of every format to paragraphs; beside what the bare parser of the format takes to go through them.

A format is a line in `SPECIMENS`: what it is called, the ending under which it is read, a function that makes a
file of so many turns, and the bare parser. The specimens say the same in every format.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from itertools import cycle, islice
from typing import NamedTuple

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


SPECIMENS = [
    Specimen("plain text with times", ".txt", _txt, _lines),
    Specimen("WebVTT", ".vtt", _vtt, _lines),
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
