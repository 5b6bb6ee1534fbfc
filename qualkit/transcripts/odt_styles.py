"""What the styles of an OpenDocument text do to words: hide them, colour them, number them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from qualkit.transcripts.colours import colour_name

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
FO = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"


@dataclass(frozen=True, slots=True)
class Look:
    """What a style says of the characters under it; None where it says nothing.

    Attributes:
        hidden: Whether they are hidden.
        colour: The name of what they are highlighted with, "" for none.
    """

    hidden: bool | None = None
    colour: str | None = None

    def over(self, below: Look) -> Look:
        """Return what holds where this style stands within another."""
        return Look(
            below.hidden if self.hidden is None else self.hidden,
            below.colour if self.colour is None else self.colour,
        )


PLAIN = Look(hidden=False, colour="")


@dataclass(frozen=True, slots=True)
class Styles:
    """The looks of styles by family and name, and which levels of lists are numbered.

    Attributes:
        looks: By ("text" or "paragraph", name).
        numbered: Lists and their levels, from 1, that put a number before a paragraph.
        lists: The list style that a paragraph style brings along.
    """

    looks: dict[tuple[str, str], Look] = field(default_factory=dict)
    numbered: frozenset[tuple[str, int]] = frozenset()
    lists: dict[str, str] = field(default_factory=dict)


def read_styles(parts: Iterable[Element]) -> Styles:
    """Read the styles of content.xml and styles.xml; a style of the document's own wins over a named one."""
    found: dict[tuple[str, str], Element] = {}
    numbered: set[tuple[str, int]] = set()
    for part in parts:
        for style in part.iter(f"{STYLE}style"):
            found.setdefault((style.get(f"{STYLE}family", ""), style.get(f"{STYLE}name", "")), style)
        for listed in part.iter(f"{TEXT}list-style"):
            for level in listed.iter(f"{TEXT}list-level-style-number"):
                if level.get(f"{STYLE}num-format") and (depth := level.get(f"{TEXT}level", "")).isdecimal():
                    numbered.add((listed.get(f"{STYLE}name", ""), int(depth[:4])))
    looks = {key: look for key in found if key[0] in ("text", "paragraph") and (look := _look(found, key)) != Look()}
    lists = {name: style.get(f"{STYLE}list-style-name", "") for (_, name), style in found.items()}
    return Styles(looks, frozenset(numbered), {name: listed for name, listed in lists.items() if listed})


def _look(found: dict[tuple[str, str], Element], key: tuple[str, str]) -> Look:
    look, seen = Look(), set()
    while key in found and key not in seen:
        seen.add(key)
        style = found[key]
        properties = style.find(f"{STYLE}text-properties")
        if properties is not None:
            display, background = properties.get(f"{TEXT}display"), properties.get(f"{FO}background-color")
            look = look.over(
                Look(
                    None if display is None else display == "none",
                    None if background is None else colour_name(background),
                )
            )
        key = key[0], style.get(f"{STYLE}parent-style-name", "")
    return look
