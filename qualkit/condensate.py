"""The nouns of systematic text condensation's third step (Malterud 2012): code groups, subgroups and condensates.

A code's gathered meaning units are its code group. Each *unit*, not each code, is placed in a subgroup; from a
subgroup's units a person writes one condensate, in the first person. A condensate is an artificial quotation and is
never printed as one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Fate = Literal["used", "moved", "set-aside"]


@dataclass(frozen=True, slots=True)
class Placed:
    """What became of one meaning unit in a subgroup.

    Attributes:
        coding: Id of the coding whose unit it is.
        fate: Used for the condensate, moved to another subgroup, or set aside.
        to: The subgroup it was moved to; "" unless moved.
        why: As the researcher says it.
        line: In condensates.yaml, for messages.
    """

    coding: str
    fate: Fate = "used"
    to: str = ""
    why: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class CondensedUnit:
    """One meaning unit made shorter, as in content analysis; no condensate, which is written from many units.

    Attributes:
        coding: Id of the coding whose unit it is.
        text: What the unit says, shorter.
        by: Who wrote it last.
        date: ISO 8601 day of that.
        line: In condensed.yaml, for messages.
    """

    coding: str
    text: str
    by: str = ""
    date: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class Version:
    """A condensate as it was before it was written anew."""

    text: str
    by: str = ""
    date: str = ""


@dataclass(frozen=True, slots=True)
class Subgroup:
    """A part of a code group that is condensed together.

    Attributes:
        id: Unique in the study.
        units: In the order in which they were worked in.
        start: Coding id of the unit the condensate was begun from; "" where none is named.
        golden: Coding id of the golden quotation; "" where none was chosen.
        condensate: First-person text; "" until it is written.
        analytic: The analytic text of step four, third person; "" until it is written.
        by: Who wrote the condensate last.
        date: ISO 8601 day of that.
        versions: Earlier condensates, oldest first.
        withdrawn: How many of the units that its texts were written from have been withdrawn since.
        line: In condensates.yaml, for messages.
    """

    id: str
    name: str
    units: tuple[Placed, ...] = ()
    start: str = ""
    golden: str = ""
    condensate: str = ""
    analytic: str = ""
    by: str = ""
    date: str = ""
    versions: tuple[Version, ...] = ()
    withdrawn: int = 0
    line: int = 0

    def used(self) -> tuple[str, ...]:
        """Return the ids of the units that the condensate is written from."""
        return tuple(placed.coding for placed in self.units if placed.fate == "used")


@dataclass(frozen=True, slots=True)
class CodeGroup:
    """A code's gathered meaning units, with the subgroups they are placed in.

    Attributes:
        code: Id of the code.
        name: The group's own; "" for the code's.
        was: Names it had before, from the preliminary themes on.
        subgroups: In the order of the file.
        line: In condensates.yaml, for messages.
    """

    code: str
    name: str = ""
    was: tuple[str, ...] = ()
    subgroups: tuple[Subgroup, ...] = ()
    line: int = 0
