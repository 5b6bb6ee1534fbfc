"""Document: what is printed, in order. Made by themes and condensation, laid out by publishing, written by exports."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

from qualkit.model import Coding, Quotation
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


@dataclass(frozen=True, slots=True)
class Pointer:
    """A sentence that leads to tables of the same document; where none of them is in it, it is not printed.

    Attributes:
        key: Of the print string, in which `{tables}` becomes the tables' numbers.
        tables: Their names.
    """

    key: str
    tables: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """A figure: a drawing whose words have passed the gate by themselves, for nobody can read them in it.

    Attributes:
        name: Short and stable, as a table's.
        title: Stands above it.
        png: With 300 points an inch.
        description: What it shows, for readers who cannot see it.
    """

    name: str
    title: str
    png: bytes
    description: str = ""


Block = Heading | Paragraph | Pointer | Picture | Coding | Quotation | Table
"""A coding among them is a quotation that is not rendered yet: publishing renders it, and exports refuse it."""


@dataclass(frozen=True, slots=True)
class Said:
    """A turn around a quotation, rendered for print.

    Attributes:
        speaker: As printed: an id or a role, never a name.
        pieces: Words in their order, and whether they are the ones that were coded.
        time: Where the turn begins, as hh:mm:ss; "" where it is not known.
    """

    speaker: str
    pieces: tuple[tuple[str, bool], ...]
    time: str = ""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What was said around a quotation, rendered for print.

    Attributes:
        place: Transcript and line, as "K1, line 42".
    """

    place: str
    turns: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Passage:
    """A coded passage on paper.

    Attributes:
        first: Index of its first line among the paper's lines.
        last: Index of its last line.
        start: Where it begins in its first line: code points of the printed line.
        end: Where it ends in its last line.
        name: Of the code, with the coder's where there are several.
        colour: Of the code, "#rrggbb".
    """

    first: int
    last: int
    start: int
    end: int
    name: str
    colour: str


@dataclass(frozen=True, slots=True)
class PaperLine:
    """A numbered line of a transcript on paper.

    Attributes:
        number: From 1.
        text: As printed.
        label: How many characters of it are the speaker's label.
        opens: Whether white space stands above it.
    """

    number: int
    text: str
    label: int = 0
    opens: bool = False


@dataclass(frozen=True, slots=True)
class Paper:
    """A transcript to read and write on.

    Attributes:
        id: As printed.
        facts: What stands under the heading.
        note: How lines and codes are to be read.
        mark: On every page.
    """

    id: str
    language: str
    facts: str
    note: str
    mark: str
    lines: tuple[PaperLine, ...]
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class SheetUnit:
    """A meaning unit on a working sheet.

    Attributes:
        id: Of its coding; by it the sheet is read back.
        told: Whose it is and where it stands, as printed.
        words: In the coded words, or rendered.
        mark: What it was chosen for, as "golden quotation"; "" for nothing.
    """

    id: str
    told: str
    words: str
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A working paper of one subgroup: its units side by side, and room for the condensate.

    Attributes:
        subgroup: Its id; by it the sheet is read back.
        title: Code group and subgroup.
        facts: What stands under the title.
        note: How the condensate is read back.
        mark: On every page.
        condensate: As it is; "" where nothing is written yet.
        prompt: What stands where the condensate will.
    """

    subgroup: str
    language: str
    title: str
    facts: str
    note: str
    mark: str
    units: tuple[SheetUnit, ...]
    condensate: str
    prompt: str


@dataclass(frozen=True, slots=True)
class Remark:
    """A comment on a passage of a text.

    Attributes:
        start: First code point of the passage in the text.
        end: One past the last.
        created: ISO 8601, or "".
    """

    start: int
    end: int
    text: str
    author: str
    created: str = ""


@dataclass(frozen=True, slots=True)
class Commented:
    """A transcript with comments on it, to be read and answered in a word processor.

    Attributes:
        id: As printed.
        mark: On every page.
        text: Rendered for print.
        labels: Where a speaker's label begins and ends.
        remarks: On passages of the text.
    """

    id: str
    language: str
    mark: str
    text: str
    labels: tuple[tuple[int, int], ...]
    remarks: tuple[Remark, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """Headings, paragraphs, quotations and tables in the order they are printed.

    Attributes:
        title: Of the document; also its title property.
        language: Of the print strings and of the document: nb, nn or en.
        blocks: In order.
        mark: A warning that every page, sheet and file carries visibly; "" for none.
        caption: "apa" sets number and title on two lines, "inline" on one.
        surroundings: By coding id, what was said around the quotations; shown where a reader can open them.
    """

    title: str
    language: str
    blocks: tuple[Block, ...]
    mark: str = ""
    caption: CaptionStyle = "apa"
    surroundings: Mapping[str, Surroundings] = field(default_factory=lambda: MappingProxyType({}))

    def tables(self) -> list[Table]:
        """Return the tables among the blocks, in order."""
        return [block for block in self.blocks if isinstance(block, Table)]

    def quotations(self) -> list[Quotation]:
        """Return the quotations among the blocks and in the cells of tables, in order."""
        found: list[Quotation] = []
        for block in self.blocks:
            cells = [cell for row in block.rows for cell in row] if isinstance(block, Table) else [block]
            found += [cell for cell in cells if isinstance(cell, Quotation)]
        return found
