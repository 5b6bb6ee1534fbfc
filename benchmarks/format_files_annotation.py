"""Specimens of what annotation programs write, each with the bare parser of its format.

Every maker takes turns with speaker, begin, end (seconds) and text; the specimens say the same in every format.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape
from typing import Protocol


class Spoken(Protocol):
    """What a specimen is made of."""

    @property
    def speaker(self) -> str: ...
    @property
    def begin(self) -> float: ...
    @property
    def end(self) -> float: ...
    @property
    def text(self) -> str: ...


def make_eaf(said: Sequence[Spoken]) -> bytes:
    slots = "".join(
        f'<TIME_SLOT TIME_SLOT_ID="ts{2 * i + n}" TIME_VALUE="{round(time * 1000)}"/>\n'
        for i, one in enumerate(said)
        for n, time in enumerate((one.begin, one.end))
    )
    tiers = ""
    for speaker in dict.fromkeys(one.speaker for one in said):
        annotations = "".join(
            f'<ANNOTATION><ALIGNABLE_ANNOTATION ANNOTATION_ID="a{i}" TIME_SLOT_REF1="ts{2 * i}" '
            f'TIME_SLOT_REF2="ts{2 * i + 1}"><ANNOTATION_VALUE>{escape(one.text)}</ANNOTATION_VALUE>'
            "</ALIGNABLE_ANNOTATION></ANNOTATION>\n"
            for i, one in enumerate(said)
            if one.speaker == speaker
        )
        tiers += f'<TIER LINGUISTIC_TYPE_REF="utt" PARTICIPANT="{speaker}" TIER_ID="{speaker}">{annotations}</TIER>\n'
    head = '<HEADER MEDIA_FILE="" TIME_UNITS="milliseconds"/>'
    document = f"<ANNOTATION_DOCUMENT>{head}<TIME_ORDER>{slots}</TIME_ORDER>{tiers}</ANNOTATION_DOCUMENT>"
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{document}'.encode()


def make_textgrid(said: Sequence[Spoken]) -> bytes:
    speakers = list(dict.fromkeys(one.speaker for one in said))
    last = max(one.end for one in said)
    text = 'File type = "ooTextFile"\nObject class = "TextGrid"\n\n'
    text += f"xmin = 0 \nxmax = {last} \ntiers? <exists> \nsize = {len(speakers)} \nitem []: \n"
    for i, speaker in enumerate(speakers, 1):
        pieces: list[tuple[float, float, str]] = []
        at = 0.0
        for one in said:
            if one.speaker == speaker:
                # Praat's tiers have no gaps: silence is an empty interval.
                pieces += [(at, one.begin, ""), (one.begin, one.end, one.text.replace('"', '""'))]
                at = one.end
        text += f'    item [{i}]:\n        class = "IntervalTier" \n        name = "{speaker}" \n'
        text += f"        xmin = 0 \n        xmax = {last} \n        intervals: size = {len(pieces)} \n"
        text += "".join(
            f"        intervals [{n}]:\n            xmin = {begin} \n            xmax = {end} \n"
            f'            text = "{words}" \n'
            for n, (begin, end, words) in enumerate(pieces, 1)
        )
    return text.encode()


def make_cha(said: Sequence[Spoken]) -> bytes:
    codes = {speaker: f"S{i:02}" for i, speaker in enumerate(dict.fromkeys(one.speaker for one in said))}
    people = ", ".join(f"{code} Participant" for code in codes.values())
    lines = "".join(
        f"*{codes[one.speaker]}:\t{one.text} \x15{round(one.begin * 1000)}_{round(one.end * 1000)}\x15\n%com:\tnotert\n"
        for one in said
    )
    return f"@UTF8\n@Begin\n@Languages:\tnor\n@Participants:\t{people}\n{lines}@End\n".encode()


def bare_eaf(data: bytes) -> object:
    from lxml import etree

    return etree.fromstring(data)


def bare_lines(data: bytes) -> object:
    return data.decode().split("\n")


SPECIMENS: list[tuple[str, str, Callable[[Sequence[Spoken]], bytes], Callable[[bytes], object]]] = [
    ("ELAN", ".eaf", make_eaf, bare_eaf),
    ("Praat", ".textgrid", make_textgrid, bare_lines),
    ("CHAT", ".cha", make_cha, bare_lines),
]
"""Name, ending, maker, and the floor: the bare parser over the same bytes."""
