"""Header lines: who speaks and when, on a line of its own above the speech, as Teams, Otter, Zoom and Word have it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from qualkit.transcripts.clock import REACH, seconds

SPAN = re.compile(
    r"\s*(?P<a1>\d{1,2})(?P<s1>:)(?P<b1>\d{1,2})(?::(?P<c1>\d{1,2}))?(?:[.,](?P<f1>\d{1,9}))?\s*-{1,2}>"
    r"\s*(?P<a2>\d{1,2})(?P<s2>:)(?P<b2>\d{1,2})(?::(?P<c2>\d{1,2}))?(?:[.,](?P<f2>\d{1,9}))?\s*$"
)
_NAME_TIME = re.compile(
    r"\s*(?P<name>[^\s\d:][^:\t\n]{0,59}?)(?:[ \u00a0]{2,}|\s*\t\s*)"
    r"\(?(?P<a1>\d{1,2})(?P<s1>:)(?P<b1>\d\d)(?::(?P<c1>\d\d))?(?P<f1>)\)?\s*$"
)
LONE_TIME = re.compile(
    r"\s*(?P<a1>\d{1,3})(?P<s1>:)(?P<b1>\d\d)(?P<c1>)(?P<f1>)(?P<a2>)(?P<s2>)(?P<b2>)(?P<c2>)(?P<f2>)\s*$"
)
"""Minutes and seconds, and nothing else on the line."""
# One space does, where all words are names'; Zoom puts them into brackets.
_NAMES_TIME = re.compile(
    r"\s*(?:\[(?P<bracketed>[^\[\]\t\n]{1,60})\]|(?P<name>[^\W\d_a-zæøå]\S{0,30}(?: (?:[^\W_a-zæøå]|\d)\S{0,30}){0,3}))"
    r"[ \u00a0](?P<a1>\d{1,2})(?P<s1>:)(?P<b1>\d\d)(?::(?P<c1>\d\d))?(?P<f1>)\s*$"
)
_TIME_NAME = re.compile(
    r"\s*(?P<a1>\d{1,2})(?P<s1>:)(?P<b1>\d\d):(?P<c1>\d\d)(?P<f1>)[ \u00a0\t]+(?P<name>[^\W\d][^:\t\n.?!,]{0,39})$"
)
KNOWN_LABEL = re.compile(
    r"(?i:intervjuer|intervjuar|interviewer|moderator|ordstyrer|informant|deltaker|deltakar|respondent"
    r"|participant|speaker|taler)(?:[ _]?\d{1,3})?$|(?:S|P|R|SPEAKER)[_.]?\d{1,3}$"
)
"""Labels that are one wherever they stand, even without a colon."""
# "Ola Nordmann started transcription": only names begin all their words with a capital.
NOTE = re.compile(
    r"\s*(?:[^\Wa-zæøå]\S* |\(\S+ ){1,6}(?:started|stopped|startet|stoppet|starta|stoppa)"
    r" trans(?:cription|kri)\w*\.?\s*$|\s*Transcribed by https?://otter\.ai/?\s*$"
)
"""A line of the program that transcribed, not of anybody who speaks."""


_NEAR = 9


class Header(NamedTuple):
    """Who speaks below a line, from when, and how many lines the header takes; `end` where it tells."""

    speaker: str
    begin: float
    end: float | None
    lines: int


def find_headers(lines: Sequence[str], clocked: Sequence[int]) -> dict[int, Header]:
    """Find the header lines of one style; it must have speech below, and occur twice unless Teams says so."""
    for find in (_name_time, _time_name, _span_name, _names_time):
        found = {i: header for i in clocked if (header := find(lines, i))}
        spoken = sum(i + found[i].lines < len(lines) and i + found[i].lines not in found for i in found)
        # One person may be all that Teams heard.
        noted = find is _name_time and any(len(line) <= REACH and NOTE.match(line) for line in lines[:_NEAR])
        if len(found) >= (1 if noted else 2) and spoken * 2 > len(found) and _are_names(find, found):
            if find is _name_time:
                found |= {i: header for i in clocked if i not in found and (header := _nobody_time(lines[i]))}
            return dict(sorted(found.items()))
    return {}


def _are_names(find: object, found: Mapping[int, Header]) -> bool:
    """Where a single space parts time and name, only names that come back tell a header from speech."""
    if find is _name_time:
        return True
    names = Counter(header.speaker for header in found.values())
    if all(KNOWN_LABEL.match(name) for name in names) or len(names) * 2 <= len(found):
        return True
    if find is _span_name:
        return all(map(_looks_like_a_name, names))
    return len(names) < len(found) and any(map(KNOWN_LABEL.match, names)) and all(map(_looks_like_a_name, names))


def _looks_like_a_name(text: str) -> bool:
    words = text.split()
    begin = all(word[0].isupper() or word[0].isdigit() or word[0] == "(" for word in words)
    return begin and len(words) <= 4 and text[-1:] not in ("", ".", "?", "!", ",", ";")


def _nobody_time(line: str) -> Header | None:
    """Return the header of somebody whose name the program does not know."""
    match = LONE_TIME.match(line) if line[:2].isspace() and len(line) > 2 else None
    begin = seconds(match, 1) if match else None
    return None if begin is None else Header("", begin, None, 1)


def _name_time(lines: Sequence[str], i: int) -> Header | None:
    line = lines[i]
    match = _NAME_TIME.match(line) if len(line) <= REACH else None
    if not match or match["name"][-1] in ".?!,;" or len(match["name"].split()) > 7:
        return None
    begin = seconds(match, 1)
    return None if begin is None else Header(match["name"].rstrip(), begin, None, 1)


def _names_time(lines: Sequence[str], i: int) -> Header | None:
    line = lines[i]
    match = _NAMES_TIME.match(line) if len(line) <= REACH else None
    begin = seconds(match, 1) if match else None
    if match is None or begin is None:
        return None
    return Header((match["bracketed"] or match["name"]).strip(), begin, None, 1)


def _time_name(lines: Sequence[str], i: int) -> Header | None:
    line = lines[i]
    match = _TIME_NAME.match(line) if len(line) <= REACH else None
    if not match or len(match["name"].split()) > 4:
        return None
    begin = seconds(match, 1)
    return None if begin is None else Header(match["name"].rstrip(), begin, None, 1)


def _span_name(lines: Sequence[str], i: int) -> Header | None:
    match = SPAN.match(lines[i]) if "->" in lines[i] and len(lines[i]) <= REACH else None
    if not match or i + 2 >= len(lines):
        return None
    name = lines[i + 1].strip()
    begin = seconds(match, 1)
    if begin is None or len(name) > 60 or len(name.split()) > 7 or "->" in lines[i + 1] + lines[i + 2]:
        return None
    return Header(name, begin, seconds(match, 2), 2)
