"""What has a number of its own: "plot forty-one", "rom 14", "4471 strek 23", "kilo oscar niner one"."""

from __future__ import annotations

import re

from qualkit.anonymisation.lowered import lowered
from qualkit.anonymisation.numberwords import number_of
from qualkit.anonymisation.openings import matches
from qualkit.identity import Hit

NUMBERED = "numbered@1"

_KINDS = (
    r"(?:allotment|plot|lot|berth|mooring|cell|locker|pitch|stall|case|claim|file|docket|badge|squad|platoon|"
    r"unit|engine|"
    r"ladder|cabin|barrack|hut|bay|hangar|rom|rommet|celle|cella|cellen|merd|parsell|parsellen|tomt|båtplass|"
    r"bryggeplass|skap|mappe|sak|saken|saksnummer|kolonihage|hytte|lugar|brakke|stolpe|post|bås|nøkkel|lisens|"
    r"lisensnummer|medlemsnummer|ansattnummer|fangenummer)"
)
_OF_KIND = re.compile(
    rf"\b{_KINDS}\s(?:number\s|nummer\s|no\.?\s|nr\.?\s)?"
    r"(\d{1,7}[a-z]?(?:[/-]\d{1,6})?|[^\W\d_]{3,20}(?:[ -](?:one|two|three|four|five|six|seven|eight|nine|en|to|"
    r"tre|fire|fem|"
    r"seks|sju|syv|åtte|ni))?)(\s(?:of|av|i)\s(?:19|20)\d\d)?(?![\w]|[.,:]\d|\s?(?:%|prosent|kr\b|kroner|år\b|"
    r"years?\b|timer|hours))"
)
_STROKED = re.compile(
    r"(?<![\w.,])\d{2,9}(?:\s(?:strek|skråstrek|bindestrek|dash|slash|stroke|hyphen)\s\d{1,9}){1,3}(?!\w)"
)
_LETTER_FIRST = re.compile(r"(?<![\w.,'’-])[a-z]\s\d{6,9}(?!\w|[.,]\d)")
_ALPHABET = (
    r"(?:alpha|alfa|bravo|charlie|delta|echo|foxtrot|golf|hotel|india|juliett?e?|kilo|lima|mike|november|oscar|"
    r"papa|quebec|"
    r"romeo|sierra|tango|uniform|victor|whiske?y|x-?ray|yankee|zulu)"
)
_FIGURE = (
    r"(?:niner|zero|oh|one|two|three|four|five|six|seven|eight|nine|null|en|to|tre|fire|fem|seks|sju|syv|åtte|ni|\d)"
)
_CALLED_OUT = re.compile(
    rf"\b(?:{_ALPHABET}[\s-]{_ALPHABET}(?:[\s-]{_ALPHABET})*(?:[\s-]{_FIGURE}){{1,7}}|"
    rf"{_ALPHABET}(?:[\s-]{_FIGURE}){{2,7}}"
    rf"|{_ALPHABET}(?:[\s-]{_ALPHABET}){{2,}})(?!\w)"
)


def find_numbered(text: str, language: str) -> list[Hit]:
    """Return what is told by the number it has.

    Example:
        >>> text = "saken er 4471 strek 23, og han bodde på rom fjorten"
        >>> [text[hit.start : hit.end] for hit in find_numbered(text, "nb")]
        ['4471 strek 23', 'rom fjorten']
    """
    small = lowered(text)
    found = [m.span() for pattern in (_STROKED, _LETTER_FIRST, _CALLED_OUT) for m in matches(pattern, small)]
    for m in matches(_OF_KIND, small):
        number = m.group(1)
        if number[0].isdigit():
            found.append(m.span())
        elif end := _worded(number, language):
            found.append((m.start(), m.start(1) + end))
    return [Hit(start, end, NUMBERED, "number", "direct", "told by its number") for start, end in sorted(set(found))]


def _worded(written: str, language: str) -> int:
    """Return how far some words say a number of two or more: "forty-one", "fjorten"; 0 where they say none."""
    first = re.split(r"[ -]", written)[0]
    value = number_of(written.replace("-", " "), language)
    if value is not None:
        return len(written) if value > 1 else 0
    value = number_of(first, language)
    if value is None or value < 2:
        return 0
    return len(written) if len(written) > len(first) and value in range(20, 100, 10) else len(first)
