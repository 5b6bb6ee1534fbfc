"""Everything identifying that has a shape: numbers, contacts, addresses, dates and ages, written and spoken."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from qualkit.anonymisation.addresses import POSTCODE, STREET, find_addresses
from qualkit.anonymisation.ages import AGE, find_ages
from qualkit.anonymisation.contacts import HANDLE, MAIL, PHONE, URL, find_contacts
from qualkit.anonymisation.dates import DATE, YEAR, find_dates
from qualkit.anonymisation.id_numbers import ACCOUNT, DIGITS, IBAN, ID_NUMBER, ORGANISATION, PLATE, find_id_numbers
from qualkit.anonymisation.numbered import NUMBERED, find_numbered
from qualkit.anonymisation.outermost import outermost
from qualkit.anonymisation.spoken_numbers import SPOKEN, find_spoken_numbers
from qualkit.identity import Hit

Finder = Callable[[str, str], list[Hit]]

FINDERS: Mapping[Finder, tuple[str, ...]] = MappingProxyType(
    {
        find_id_numbers: (ID_NUMBER, ACCOUNT, ORGANISATION, IBAN, PLATE, DIGITS),
        find_spoken_numbers: (SPOKEN,),
        find_numbered: (NUMBERED,),
        find_contacts: (PHONE, MAIL, URL, HANDLE),
        find_addresses: (STREET, POSTCODE),
        find_dates: (DATE, YEAR),
        find_ages: (AGE,),
    }
)
"""Each finder with the detectors, as "id@version", whose hits it returns."""

DETECTORS: tuple[str, ...] = tuple(detector for detectors in FINDERS.values() for detector in detectors)


def find_patterns(text: str, language: str) -> list[Hit]:
    """Return what every finder sees, in the order of the text; hits of different types may overlap.

    Args:
        text: Cleaned of transcription marks.
        language: nb, nn or en; what is written in figures is found in every language.

    Example:
        >>> [hit.detector for hit in find_patterns("Eg er 46 og bur i Bakkevegen 3, ring 68 05 00 12.", "nn")]
        ['age@4', 'street@4', 'phone@3']
    """
    return outermost((hit for finder in FINDERS for hit in finder(text, language)), unknown=DIGITS)
