"""Numbers of registers and accounts, in figures: birth numbers, accounts, organisations, plates, and long numbers.

A birth number that is a figure away from right is seen too: people misremember, and recognisers mishear.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from qualkit.anonymisation.lowered import lowered
from qualkit.identity import Hit

ID_NUMBER, ACCOUNT, ORGANISATION = "id-number@2", "account@2", "organisation-number@2"
IBAN, PLATE, DIGITS = "iban@2", "plate@2", "digits@3"

_RUN = re.compile(r"(?<!\w)(?<!\d[.,])\d(?:[ \u00a0\u2009\u202f.\-–/]{0,3}\d)*(?!\w)")
_GROUP = re.compile(r"\d+")
_THOUSANDS = re.compile(r"\d{1,3}(?:[ \u00a0\u2009\u202f.]\d{3}){1,4}")
_YEARS = re.compile(r"(?:1[89]|20)\d\d(?:\s?[–/-]\s?(?:1[89]|20)?\d\d)+")
_IBAN = re.compile(r"(?<!\w)[A-Za-z]{2}\d{2}(?:[ \u00a0]?[A-Za-z0-9]{4}){2,7}(?:[ \u00a0]?[A-Za-z0-9]{1,3})?(?!\w)")
_PLATE = re.compile(r"(?<![\w-])(?:[A-ZÆØÅ]{2}|[a-zæøå]{2})[ \u00a0-]?\d{2}[ \u00a0]?\d{3}(?![\w-])")
_UK_PLATE = re.compile(r"(?<!\w)[A-Z]{2}\d{2}\s?[A-Z]{3}(?!\w)")
_LETTERED = re.compile(r"(?<!\w)(?:[A-Z]{1,3}\d{6,10}|[A-Z]{2} ?\d\d ?\d\d ?\d\d ?[A-D])(?!\w)")
_SMALL_INSURANCE = re.compile(r"(?<!\w)[a-z]{2} ?\d\d ?\d\d ?\d\d ?[a-d](?!\w)")
_MONEY = re.compile(r"\s?(?:,-|kr\b|kroner\b|kron[ae]r?\b|euro\b|dollar|pund\b|pounds?\b|millio|£|\$|€)", re.IGNORECASE)

_NO_PLATES = frozenset("kr på og om en to nr er av få ca is of or at no by in by my me vi du eg de".split())

_LONGEST_READ = 64
_SHORTEST_UNKNOWN = 6
_FIRST_WEIGHTS = (3, 7, 6, 1, 8, 9, 4, 5, 2)
_SECOND_WEIGHTS = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)
_ORGANISATION_WEIGHTS = (3, 2, 7, 6, 5, 4, 3, 2)


def _control_digit(digits: str, weights: Sequence[int]) -> str:
    """Return the digit that makes a number right by modulus 11, or "" where there is none.

    Example:
        >>> _control_digit("97476067", _ORGANISATION_WEIGHTS)
        '3'
    """
    rest = -sum(weight * int(digit) for weight, digit in zip(weights, digits, strict=False)) % 11
    return "" if rest == 10 else str(rest)


def is_id_number(digits: str) -> bool:
    """Tell whether eleven digits are a birth number, a D-number or an H-number, invented ones for tests included.

    Example:
        >>> is_id_number("15846012378"), is_id_number("15846012379")
        (True, False)
    """
    return (
        len(digits) == 11
        and looks_like_birth(digits)
        and _control_digit(digits[:9], _FIRST_WEIGHTS) == digits[9]
        and _control_digit(digits[:10], _SECOND_WEIGHTS) == digits[10]
    )


def looks_like_birth(digits: str) -> bool:
    """Tell whether digits begin with a day and a month, as birth numbers write them.

    D-numbers add 40 to the day; H-numbers add 40 to the month, synthetic numbers 40, 65 or 80.
    """
    day, month = int(digits[:2]), int(digits[2:4])
    return 1 <= (day - 40 if day > 40 else day) <= 31 and any(1 <= month - added <= 12 for added in (0, 40, 65, 80))


def is_account(digits: str) -> bool:
    """Tell whether eleven digits are a Norwegian bank account.

    Example:
        >>> is_account("12345678903"), is_account("12345678904")
        (True, False)
    """
    return len(digits) == 11 and _control_digit(digits[:10], _SECOND_WEIGHTS) == digits[10]


def is_organisation(digits: str) -> bool:
    """Tell whether nine digits are a number of the Brønnøysund registers."""
    return len(digits) == 9 and digits[0] in "89" and _control_digit(digits[:8], _ORGANISATION_WEIGHTS) == digits[8]


def known_number(digits: str) -> tuple[str, str]:
    """Return detector and note for the digits of one number, or ("", "") where they are none that is known.

    Example:
        >>> known_number("12345678903")
        ('account@2', 'control digit of a bank account is right')
    """
    if is_id_number(digits):
        return ID_NUMBER, "birth number: both control digits are right"
    if is_account(digits):
        return ACCOUNT, "control digit of a bank account is right"
    if is_organisation(digits):
        return ORGANISATION, "control digit of an organisation number is right"
    if len(digits) == 11 and looks_like_birth(digits):
        return ID_NUMBER, "begins like a birth number, but the control digits are wrong"
    return "", ""


def find_id_numbers(text: str, language: str) -> list[Hit]:
    """Return numbers of people, accounts, organisations and cars, and long numbers of unknown kind.

    Example:
        >>> text = "konto 1234 56 78903, bil AB 12345"
        >>> [(hit.detector, text[hit.start : hit.end]) for hit in find_id_numbers(text, "nb")]
        [('account@2', '1234 56 78903'), ('plate@2', 'AB 12345')]
    """
    hits = [hit for run in _RUN.finditer(text) for hit in _in_run(text, run)]
    hits += [
        Hit(m.start(), m.end(), IBAN, "number", "direct", "account with country")
        for m in _IBAN.finditer(text)
        if _is_iban(m.group())
    ]
    plates = [m for m in _PLATE.finditer(text) if m.group()[:2].casefold() not in _NO_PLATES] + [
        *_UK_PLATE.finditer(text)
    ]
    hits += [Hit(m.start(), m.end(), PLATE, "number", "direct", "number plate") for m in plates]
    hits += [Hit(m.start(), m.end(), DIGITS, "number", "direct", "with letters") for m in _LETTERED.finditer(text)]
    if language == "en":
        hits += [
            Hit(m.start(), m.end(), DIGITS, "number", "direct", "with letters")
            for m in _SMALL_INSURANCE.finditer(lowered(text))
        ]
    return sorted(hits, key=lambda hit: (hit.start, hit.end))


def _is_iban(written: str) -> bool:
    compact = re.sub(r"\s", "", written).upper()
    if not 15 <= len(compact) <= 34:
        return False
    return int("".join(str(int(char, 36)) for char in compact[4:] + compact[:4])) % 97 == 1


def _in_run(text: str, run: re.Match[str]) -> Iterator[Hit]:
    """Yield what is seen in figures that stand together: the known numbers within them, or the whole of them."""
    written = run.group()
    digits = "".join(_GROUP.findall(written)) if len(written) <= _LONGEST_READ * 3 else written
    if len(digits) > _LONGEST_READ:
        yield Hit(run.start(), run.end(), DIGITS, "number", "direct", "a long row of figures")
        return
    if len(digits) < _SHORTEST_UNKNOWN:
        return
    groups = list(_GROUP.finditer(written))
    found = False
    for first in range(len(groups)):
        joined = ""
        for group in groups[first:]:
            joined += group.group()
            if len(joined) > 11:
                break
            detector, note = known_number(joined)
            if detector:
                found = True
                yield Hit(
                    run.start() + groups[first].start(), run.start() + group.end(), detector, "number", "direct", note
                )
    longest = max(len(group.group()) for group in groups)
    if found or _THOUSANDS.fullmatch(written) or _YEARS.fullmatch(written) or _MONEY.match(text, run.end()):
        return
    if longest >= _SHORTEST_UNKNOWN or len(digits) >= 9 or (len(groups) >= 6 and longest <= 2):
        yield Hit(run.start(), run.end(), DIGITS, "number", "direct", f"{len(digits)} figures of unknown kind")
