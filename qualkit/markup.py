"""HTML for notebooks. Everything an informant said or a researcher wrote is escaped; nothing is fetched."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from itertools import pairwise

_COLOURS = ("#4477aa", "#ee6677", "#228833", "#aa8800", "#008b9b", "#aa3377", "#666666", "#994455")
"""Distinct also for most colour-blind readers (after P. Tol); names stand beside them all the same."""


_SMALL = "font-size: 75%; vertical-align: super; opacity: .8"


def colour_of(number: int) -> str:
    """Return a colour for the nth code."""
    return _COLOURS[number % len(_COLOURS)]


def speech_html(text: str, start: int, end: int, passages: Sequence[tuple[int, int, str, str]]) -> str:
    """Return a stretch of text with its passages underlined, one line for each code, and named at their ends.

    Args:
        text: Canonical.
        start: First code point.
        end: One past the last.
        passages: Start, end, name and colour; they may overlap.

    Example:
        >>> speech_html("a<b", 0, 3, [(0, 1, "tid", "#000")]).count("&lt;")
        1
    """
    inside = [(max(start, a), min(end, b), name, colour) for a, b, name, colour in passages if a < end and b > start]
    edges = sorted({start, end, *(edge for a, b, _, _ in inside for edge in (a, b))})
    out = []
    for low, high in pairwise(edges):
        covering = [passage for passage in inside if passage[0] <= low and passage[1] >= high]
        out.append(_segment(escape(text[low:high]).replace("\n", "<br>"), covering))
        ending = [passage for passage in inside if passage[1] == high]
        out += [_tag(name, colour) for _, _, name, colour in ending]
    return "".join(out)


def _segment(words: str, covering: Sequence[tuple[int, int, str, str]]) -> str:
    if not covering:
        return words
    lines = ", ".join(f"linear-gradient({escape(colour)}, {escape(colour)})" for *_, colour in covering)
    places = ", ".join(f"0 calc(100% - {3 * number}px)" for number in range(len(covering)))
    style = (
        f"background-image: {lines}; background-size: 100% 2px; background-repeat: no-repeat; "
        f"background-position: {places}; padding-bottom: {3 * len(covering)}px"
    )
    names = escape("; ".join(name for _, _, name, _ in covering), quote=True)
    return f'<span style="{style}" title="{names}">{words}</span>'


def _tag(name: str, colour: str) -> str:
    style = f"border-left: 4px solid {escape(colour)}; padding: 0 4px 0 3px; {_SMALL}"
    return f'<span style="{style}">{escape(name)}</span>'


def turns_html(title: str, rows: Sequence[tuple[int, str, bool, str]]) -> str:
    """Return a transcript: number, speaker and speech of each turn.

    Args:
        title: Above it.
        rows: Turn number, label, whether it is set back (the interviewer), and the speech as HTML.
    """
    body = "".join(
        f'<tr style="vertical-align: top; line-height: 1.9{"; opacity: .65" if back else ""}">'
        f'<td style="text-align: right; opacity: .6">{number}</td>'
        f'<td style="text-align: left; white-space: nowrap"><b>{escape(label)}</b></td>'
        f'<td style="text-align: left; max-width: 46em">{speech}</td></tr>'
        for number, label, back, speech in rows
    )
    return f"<h4>{escape(title)}</h4><table>{body}</table>"


def tree_html(title: str, rows: Sequence[tuple[int, str, str, str, str]]) -> str:
    """Return a codebook: depth, colour, name, id and definition of each code."""
    body = "".join(
        f'<tr style="vertical-align: top"><td style="text-align: left; padding-left: {1.5 * depth}em">'
        f'<span style="color: {escape(colour)}">■</span> <b>{escape(name)}</b></td>'
        f'<td style="text-align: left"><code>{escape(identifier)}</code></td>'
        f'<td style="text-align: left; max-width: 40em">{escape(definition)}</td></tr>'
        for depth, colour, name, identifier, definition in rows
    )
    return f"<h4>{escape(title)}</h4><table>{body}</table>"
