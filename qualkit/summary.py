"""The nouns of the framework matrix: what one case says to one theme, summed up by a person, and what that rests on."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from qualkit.condensate import Version


@dataclass(frozen=True, slots=True)
class Rest:
    """A passage that a summary rests on.

    Attributes:
        coding: Id of the coding.
        words: Fingerprint of its words when the summary was written; "" where none was kept.
        line: In framework.yaml, for messages.
    """

    coding: str
    words: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class Summary:
    """A cell of the framework matrix.

    Attributes:
        case: A participant's id.
        theme: Id of a theme, or of a code where the study has no themes.
        text: As a person wrote it.
        passages: In the order in which they were linked.
        by: Who wrote it last.
        date: ISO 8601 day of that.
        versions: Earlier texts, oldest first.
        line: In framework.yaml, for messages.
    """

    case: str
    theme: str
    text: str
    passages: tuple[Rest, ...] = ()
    by: str = ""
    date: str = ""
    versions: tuple[Version, ...] = ()
    line: int = 0


def fingerprint(words: str) -> str:
    """Return a short fingerprint of words, by which a change shows; white space does not count.

    Example:
        >>> fingerprint("Jeg  ringte.") == fingerprint("Jeg ringte."), len(fingerprint(""))
        (True, 10)
    """
    return hashlib.sha256(" ".join(words.split()).encode()).hexdigest()[:10]
