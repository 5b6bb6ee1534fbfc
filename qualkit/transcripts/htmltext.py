"""Tags and text of the HTML that transcription programs write.

Every tag is looked at once, in the order of the text, so that no file is nested too deeply. What is between
tags is text; scripts, styles, comments and the head are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from qualkit.transcripts.cues import unescaped

_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]*)([^<>]*)>|<(!--|!|\?)")
_CUT_OFF = re.compile(r"<(?:/[^<>]*|[A-Za-z][^<>]*)\Z")
_ATTRIBUTE = re.compile(r"([A-Za-z][-\w]{0,40})\s{0,9}=\s{0,9}(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")
_LONGEST_TAG = 5_000
_SILENT = {name: re.compile(f"</{name}[^<>]*>", re.IGNORECASE) for name in ("script", "style", "head", "template")}

BLOCKS = frozenset("p div br li ul ol h1 h2 h3 h4 h5 h6 tr table body blockquote hr".split())
"""Tags that end a line of text."""


class Event(NamedTuple):
    """A tag or a stretch of text.

    Attributes:
        kind: "open", "close" or "text".
        name: Of the tag, in small letters; the text, unescaped.
        attributes: Of an opening tag.
    """

    kind: str
    name: str
    attributes: Mapping[str, str] = {}


def events(text: str) -> Iterator[Event]:
    """Yield the tags and the text of an HTML file, in order; work grows linearly with it.

    Example:
        >>> [event[:2] for event in events("<p>R&amp;D<!-- nei --> ja</p>")]
        [('open', 'p'), ('text', 'R&D'), ('text', ' ja'), ('close', 'p')]
    """
    at = 0
    unclosed: set[str] = set()
    while match := _TAG.search(text, at):
        if match.start() > at:
            yield Event("text", unescaped(text[at : match.start()]))
        at = match.end()
        if match[4]:
            at = _behind(text, "-->" if match[4] == "!--" else ">", at)
            continue
        name = match[2].lower()
        if match[1]:
            yield Event("close", name)
        elif name in _SILENT and name not in unclosed:
            end = _SILENT[name].search(text, at)
            if end:
                at = end.end()
            else:
                unclosed.add(name)
        else:
            yield Event("open", name, _attributes(match[3]))
    # A file may break off within a tag.
    rest = _CUT_OFF.sub("", text[at:])
    if rest:
        yield Event("text", unescaped(rest))


def _behind(text: str, sign: str, at: int) -> int:
    found = text.find(sign, at)
    return len(text) if found < 0 else found + len(sign)


def _attributes(inner: str) -> dict[str, str]:
    if "=" not in inner or len(inner) > _LONGEST_TAG:
        return {}
    return {match[1].lower(): unescaped(match[2] or match[3] or match[4] or "") for match in _ATTRIBUTE.finditer(inner)}
