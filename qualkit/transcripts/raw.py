"""What a reader of one file format hands over, before anybody has decided who speaks.

Readers return paragraphs as they stand in the file; `speakers` finds the labels, `canonical` writes
the text. Nothing here touches a disk.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph, line or cue of an original.

    Attributes:
        text: As in the file, not normalised; may hold line breaks inside one turn.
        speaker: Who speaks, where the format says so (a VTT voice); None where it does not.
        time: Begin and end in seconds, where the format says so.
        page: From 1, where the original has pages of its own.
    """

    text: str
    speaker: str | None = None
    time: tuple[float, float] | None = None
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Mark:
    """A comment or a highlighting that somebody made in the original.

    Attributes:
        kind: "comment" or "highlight".
        start: Index of the first paragraph, and offset in its text (code points).
        end: Index of the last paragraph, and offset in its text, half-open.
        text: The comment, or the colour's name.
        author: As the file has it; may be "".
        created: ISO 8601 as the file has it; may be "".
    """

    kind: Literal["comment", "highlight"]
    start: tuple[int, int]
    end: tuple[int, int]
    text: str
    author: str = ""
    created: str = ""


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something in an original that a person should look at; a warning, never an informant's words.

    Attributes:
        message: What is doubtful, without a full stop at the end.
        hint: What to do about it.
        check: Short name of what was looked for.
    """

    message: str
    hint: str = ""
    check: str = "original"


@dataclass(frozen=True, slots=True)
class RawText:
    """An original's paragraphs, the marks on them, and what was decided while reading.

    Attributes:
        paragraphs: In reading order; empty paragraphs are left out.
        marks: Comments and highlighting.
        decided: Sentences that tell what the reader decided ("14 tracked insertions were read as
            accepted"); never an informant's words.
        labelled: True where the format itself names speakers, so that no label is looked for in the text.
        doubts: What a person should look at.
        facts: Lines of facts that stood above the speech and are no part of `paragraphs`: "Dato: 3. mai". In a source
            in which nobody speaks they are text as all else is.
        about: What the file says of itself: "title", "date", "publisher", as far as it does.
    """

    paragraphs: tuple[Paragraph, ...]
    marks: tuple[Mark, ...] = ()
    decided: tuple[str, ...] = ()
    labelled: bool = False
    doubts: tuple[Doubt, ...] = ()
    about: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    facts: tuple[str, ...] = ()


def counted(count: int, one: str, many: str) -> str:
    """Return "1 one" or "3 many", to begin a sentence on what was decided.

    Example:
        >>> counted(1, "deletion was", "deletions were")
        '1 deletion was'
    """
    return f"{count} {one if count == 1 else many}"


def tell(told: list[str], count: int, one: str, many: str) -> None:
    """Add a sentence on how often something was decided; none where it never was."""
    if count:
        told.append(counted(count, one, many))


class UnreadableOriginal(ValueError):
    """The file is not what its name says, or is broken; `str()` says what, `hint` what to do."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint
