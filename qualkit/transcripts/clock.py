"""Clock times as transcripts write them, and what they are in seconds."""

from __future__ import annotations

import re

Time = tuple[float, float]
"""Begin and end in seconds."""

REACH = 100
"""How far into a line, in code points, labels and time marks are looked for."""


def _clock(n: int) -> str:
    return (
        rf"(?P<a{n}>\d{{1,3}})(?P<s{n}>[:.])(?P<b{n}>\d\d)(?:(?P=s{n})(?P<c{n}>\d\d))?"
        rf"(?:[-.,](?P<f{n}>\d{{1,3}}))?"
    )


SPANNED = rf"{_clock(1)}(?:\s*(?:-{{1,2}}>|[-–—])\s*{_clock(2)})?"
MARK = rf"[\[(<#]\s?{SPANNED}\s?[\])>#]"
_CLOCK_ONLY = re.compile(rf"\s*[\[(<#]?\s?{SPANNED}\s?[\])>#]?\s*$")
_GROUPS = {n: (f"a{n}", f"s{n}", f"b{n}", f"c{n}", f"f{n}") for n in (1, 2)}


def seconds(match: re.Match[str], n: int) -> float | None:
    """Return the first or second time a pattern of this module's groups has matched; None where it is none."""
    first, sign, second, third, fraction = match.group(*_GROUPS[n])
    if not first or (not third and sign == "."):
        return None
    hours, minutes, rest = (0, first, second) if not third else (int(first), second, third)
    if int(rest) > 59 or (third and int(minutes) > 59):
        return None
    return hours * 3600 + int(minutes) * 60 + (float(f"{rest}.{fraction}") if fraction else float(rest))


def read_clock(text: str) -> tuple[float, float | None] | None:
    """Return begin and end in seconds of a text that is nothing but a time or a span of time.

    Example:
        >>> read_clock("00:01:23 - 00:01:30"), read_clock("[01:05]"), read_clock("12 personer")
        ((83.0, 90.0), (65.0, None), None)
    """
    match = _CLOCK_ONLY.match(text) if len(text) <= REACH else None
    begin = seconds(match, 1) if match else None
    return None if match is None or begin is None else (begin, seconds(match, 2))
