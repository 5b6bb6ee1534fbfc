"""What identifies only together with other things: roles, rare illnesses, family, origin and faith, pets, clubs."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from qualkit.anonymisation.clubs import CLUB, find_clubs
from qualkit.anonymisation.conditions import CONDITION, MEDICINE, find_conditions
from qualkit.anonymisation.counts import COUNT, YEARS, find_counts
from qualkit.anonymisation.diagnoses import DIAGNOSIS, find_diagnoses
from qualkit.anonymisation.families import FAMILY, LIFE, PET, find_families
from qualkit.anonymisation.occupations import DOING, OCCUPATION, find_occupations
from qualkit.anonymisation.origins import FAITH, ORIGIN, find_origins
from qualkit.anonymisation.outermost import outermost
from qualkit.anonymisation.patterns import Finder
from qualkit.anonymisation.roles import EMPLOYER, ONLY_ONE, ROLE, find_roles
from qualkit.identity import Hit

FINDERS: Mapping[Finder, tuple[str, ...]] = MappingProxyType(
    {
        find_roles: (ROLE, ONLY_ONE, EMPLOYER),
        find_diagnoses: (DIAGNOSIS,),
        find_families: (FAMILY, PET, LIFE),
        find_origins: (ORIGIN, FAITH),
        find_clubs: (CLUB,),
        find_occupations: (OCCUPATION, DOING),
        find_counts: (COUNT, YEARS),
        find_conditions: (CONDITION, MEDICINE),
    }
)
"""Each finder with the detectors, as "id@version", whose hits it returns."""

DETECTORS: tuple[str, ...] = tuple(detector for detectors in FINDERS.values() for detector in detectors)


def find_quasi(text: str, language: str) -> list[Hit]:
    """Return what every finder sees, in the order of the text; hits of different types may overlap.

    Example:
        >>> text = "She is the only dentist in town, Polish, with five children."
        >>> [text[hit.start : hit.end] for hit in find_quasi(text, "en")]
        ['the only dentist in town', 'Polish', 'five children']
    """
    return outermost(hit for finder in FINDERS for hit in finder(text, language))
