"""The nouns of anonymisation: what could identify somebody, where it was seen, and what was decided about it.

Classes and actions are those of the Finnish Social Science Data Archive's guidelines (direct, strong indirect and
indirect identifiers; invented names, categories, removal). The tool proposes; a person decides; nothing that was not
decided is printed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal, get_args

from qualkit.model import Span

IdentityType = Literal[
    "person", "place", "institution", "date", "age", "number", "contact", "role", "nationality", "health", "other"
]
IdentityClass = Literal["direct", "strong-indirect", "indirect", "public"]
Action = Literal["pseudonym", "generalise", "band", "redact", "keep"]

TYPES: tuple[IdentityType, ...] = get_args(IdentityType)
"""What kind of thing identifies: a person, a place, an institution, a date, an age, a number of a register or an
account, a way to reach somebody, a role that few have, a nationality or people, an illness, or something else."""

CLASSES: tuple[IdentityClass, ...] = get_args(IdentityClass)
"""Most dangerous first; what is public identifies nobody in the study, as the name of a country."""

ACTIONS: tuple[Action, ...] = get_args(Action)
"""An invented name, a wider category, a band of ages or years, nothing but a mark, or the words as they are."""

EVERY_LANGUAGE = "*"
"""The key of `Identity.shown` whose print form serves every language."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A place where a detector sees something that may identify somebody. It proposes and decides nothing.

    Attributes:
        start: First code point, in the text that was searched.
        end: One past the last.
        detector: Which one and its version: "names@2".
        type: What it takes the words for; a guess that only sorts and proposes.
        cls: How dangerous it would be, if it is what the detector takes it for.
        note: For a person, in few words and never the words that were found: "control digits are right".
    """

    start: int
    end: int
    detector: str
    type: IdentityType = "other"
    cls: IdentityClass = "direct"
    note: str = ""


@dataclass(frozen=True, slots=True)
class Identity:
    """One person, place, institution or other thing that could identify someone, and the form it takes in print.

    Attributes:
        id: Unique in the register, as "p3"; never printed.
        forms: As they are said and written; inflected forms, compounds and spellings a letter apart are found by them.
        type: See `TYPES`.
        cls: See `CLASSES`.
        action: What becomes of it in print.
        shown: The print form without brackets by language (nb, nn, en), or by `EVERY_LANGUAGE`; empty for "keep"
            and "redact".
        participant: A participant's id, where this is one of them.
        only: Places where an ambiguous form is this identity: two who are called Kari, a word that is a name too.
            Empty: everywhere.
        gender: "f", "m" or "" where it is not known; a pseudonym keeps it.
        reason: Why it was decided so.
        by: Who decided; "" while it waits to be decided.
        date: ISO 8601 day of the decision.
        line: In identities.yaml, for messages.
    """

    id: str
    forms: tuple[str, ...]
    type: IdentityType = "person"
    cls: IdentityClass = "direct"
    action: Action = "pseudonym"
    shown: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    participant: str = ""
    only: tuple[Span, ...] = ()
    gender: Literal["f", "m", ""] = ""
    reason: str = ""
    by: str = ""
    date: str = ""
    line: int = 0

    @property
    def decided(self) -> bool:
        """Whether a person has decided about it."""
        return bool(self.by)

    def print_form(self, language: str) -> str:
        """Return what is printed in its place, without brackets; "" where nothing is.

        Example:
            >>> Identity("s1", ("Halden",), "place", shown={"nb": "by i Østfold", "en": "town"}).print_form("nb")
            'by i Østfold'
        """
        return self.shown.get(language) or self.shown.get(EVERY_LANGUAGE) or next(iter(self.shown.values()), "")


@dataclass(frozen=True, slots=True)
class Passed:
    """Words that a detector proposed and a person found to identify nobody.

    Attributes:
        form: As it stands.
        only: Places it was decided for, where the same word is a name elsewhere; empty: everywhere.
    """

    form: str
    only: tuple[Span, ...] = ()
    reason: str = ""
    by: str = ""
    date: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class Identities:
    """The register: who and what is known, and which words were looked at and let through.

    Attributes:
        seed: What pseudonyms are drawn by; stored, so that the same study draws the same names.
        texts: By transcript id, the hash of the text that the places decided alone count in.
    """

    identities: tuple[Identity, ...] = ()
    passed: tuple[Passed, ...] = ()
    seed: int = 0
    texts: tuple[tuple[str, str], ...] = ()
