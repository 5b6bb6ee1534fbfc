"""What the styles and lists of a docx do to text: hide it, and number it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from qualkit.transcripts.word_names import ABSTRACT, ILVL, NUMID, NUMPR, PPR, PSTYLE, RPR, RSTYLE, VAL, VANISH, W
from qualkit.transcripts.word_package import Package

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_STYLE = re.compile(rb'<w:style [^>]*?\bw:styleId="([^"]*)"')
_BASED_ON = re.compile(rb'<w:basedOn w:val="([^"]*)"')


@dataclass(frozen=True, slots=True)
class Styles:
    """What the named styles do that matters here.

    Attributes:
        hidden: Styles whose text is hidden.
        numbered: List and level that a paragraph style brings along.
    """

    hidden: frozenset[str] = frozenset()
    numbered: dict[str, tuple[str, str]] = field(default_factory=dict)


def read_styles(package: Package, document: Element, tally: Counter[str]) -> Styles:
    """Read what the styles that a document uses do; the part is parsed only where one may hide or number."""
    if not (tally[PSTYLE] or tally[RSTYLE]):
        return Styles()
    used = {style.get(VAL, "") for style in document.iter(PSTYLE, RSTYLE)}
    root = package.lesser("word/styles.xml", "the styles", needed=lambda data: _some_matter(data, used))
    if root is None:
        return Styles()
    found = {style.get(f"{W}styleId", ""): style for style in root.iter(f"{W}style")}
    hidden, numbered = set(), {}
    for name in used & found.keys():
        lineage = list(_lineage(found, name))
        if next((on for style in lineage if (on := hides(style.find(RPR))) is not None), False):
            hidden.add(name)
        number = next((number for style in lineage if (number := number_of(style.find(PPR)))), None)
        if number:
            numbered[name] = number
    return Styles(frozenset(hidden), numbered)


def _some_matter(data: bytes, used: Collection[str]) -> bool:
    """Tell whether a style in use may hide or number: Word's own styles are longer than most transcripts."""
    openings = list(_STYLE.finditer(data))
    stops = [*(opening.start() for opening in openings[1:]), len(data)]
    bodies = {
        opening[1].decode(errors="replace"): data[opening.end() : stop]
        for opening, stop in zip(openings, stops, strict=False)
    }
    names, seen = list(used), set()
    while names:
        name = names.pop()
        body = bodies.get(name)
        if body is None:
            # Named otherwise than Word names things, or not there at all: the parser knows.
            return True
        if b"vanish" in body or b"numPr" in body:
            return True
        seen.add(name)
        names += [base for found in _BASED_ON.findall(body) if (base := found.decode(errors="replace")) not in seen]
    return False


def _lineage(styles: dict[str, Element], name: str) -> Iterator[Element]:
    """Yield a style and those it is based on; a circle ends where it began."""
    seen = set()
    while name in styles and name not in seen:
        seen.add(name)
        style = styles[name]
        yield style
        based = style.find(f"{W}basedOn")
        name = "" if based is None else based.get(VAL, "")


def hides(properties: Element | None) -> bool | None:
    """Tell whether run properties hide text; None where they do not say."""
    vanish = None if properties is None else properties.find(VANISH)
    return None if vanish is None else vanish.get(VAL, "1") not in ("0", "false", "off")


def number_of(properties: Element | None) -> tuple[str, str] | None:
    """Return the list and level of paragraph properties; list "0" means none, whatever the style says."""
    numbering = None if properties is None else properties.find(NUMPR)
    number = None if numbering is None else numbering.find(NUMID)
    if numbering is None or number is None:
        return None
    level = numbering.find(ILVL)
    return number.get(VAL, "0"), "0" if level is None else level.get(VAL, "0")


def bullets(package: Package) -> set[tuple[str, str]]:
    """Return the lists and levels that put a mere sign, and no number or label, before a paragraph."""
    root = package.lesser("word/numbering.xml", "the lists")
    if root is None:
        return set()
    signs: dict[str, set[str]] = {}
    for abstract in root.iter(f"{W}abstractNum"):
        levels = signs.setdefault(abstract.get(ABSTRACT, ""), set())
        for level in abstract.iter(f"{W}lvl"):
            style, text = level.find(f"{W}numFmt"), level.find(f"{W}lvlText")
            sign = "" if text is None else text.get(VAL, "")
            if style is not None and style.get(VAL) in ("bullet", "none") and ":" not in sign:
                levels.add(level.get(ILVL, "0"))
    return {
        (number.get(NUMID, ""), level)
        for number in root.iter(f"{W}num")
        for abstract in number.iter(ABSTRACT)
        for level in signs.get(abstract.get(VAL, ""), ())
    }
