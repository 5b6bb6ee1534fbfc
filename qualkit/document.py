"""Document: what is printed, in order. Made by themes and condensation, laid out by publishing, written by exports."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from qualkit.model import Quotation
from qualkit.table import Table

CaptionStyle = Literal["apa", "inline"]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 to 3."""

    text: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text of the researcher's or the tool's, never an informant's words."""

    text: str


Block = Heading | Paragraph | Quotation | Table


@dataclass(frozen=True, slots=True)
class Document:
    """Headings, paragraphs, quotations and tables in the order they are printed.

    Attributes:
        title: Of the document; also its title property.
        language: Of the print strings and of the document: nb, nn or en.
        blocks: In order.
        mark: A warning that every page, sheet and file carries visibly; "" for none.
        caption: "apa" sets number and title on two lines, "inline" on one.
    """

    title: str
    language: str
    blocks: tuple[Block, ...]
    mark: str = ""
    caption: CaptionStyle = "apa"
