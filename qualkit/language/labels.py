"""Speaker labels that name a part in the conversation, not a person: *I*, *Intervjuer*, *Informant 2*, *S01*."""

from __future__ import annotations

import re

_INTERVIEWER = re.compile(
    r"(?:i|m|q|spm|spørsmål)$|(?:int|inv|intervju[ae]r|interviewer|mod|moderator|ordstyr[ae]r|forsk[ae]r|researcher)"
    r"[ .]?\d{0,2}$",
    re.IGNORECASE,
)
_PARTICIPANT = re.compile(
    r"(?:r|resp|respondent|inf|informant|deltaker|deltakar|deltager|participant|p|id|intervjuobjekt|ip|svar|a|i|io|"
    r"speaker|taler|talar|person|stemme|s|k|h|b)(?: nr\.?)?[ ._-]?\d{1,3}$|"
    r"(?:r|resp|respondent|inf|informant|deltaker|deltakar|deltager|participant|svar|intervjuobjekt|io)$",
    re.IGNORECASE,
)
_UNNAMED = re.compile(r"(?:speaker|spk|taler|talar|s)[ ._-]?\d{1,3}$|unknown speaker$|ukjent taler$", re.IGNORECASE)
_LETTERS_AND_NUMBER = re.compile(r"[A-ZÆØÅ]{1,2}[ ._-]?\d{1,3}$")
_PART_IN_BRACKETS = re.compile(r"(.*?)\s*\(([^()]*)\)$")
_INITIALS = re.compile(r"[^\W\d_]{1,3}[ ._-]?\d{0,3}$")
_VOWEL = "[aeiouyæøåäöé]"
# IDA, Bo, ANN and LIV are names as much as Ida is; KN and ABC, which nobody can say, are initials.
_SHORT_NAME = re.compile(rf"(?:[^\W\d_]?{_VOWEL}[^\W\d_]?|{_VOWEL}([^\W\d_])\1|[^\W\d_]{{2}}{_VOWEL})$", re.IGNORECASE)


def names_interviewer(label: str) -> bool:
    """Return whether people use this label for who asks.

    Example:
        >>> names_interviewer("Intervjuer"), names_interviewer("Anne (intervjuer)"), names_interviewer("I3")
        (True, True, False)
    """
    return any(_INTERVIEWER.match(part) for part in _parts(label))


def names_participant(label: str) -> bool:
    """Return whether people use this label for who answers.

    Example:
        >>> names_participant("Informant 1"), names_participant("Kari")
        (True, False)
    """
    return any(_PARTICIPANT.match(part) or _LETTERS_AND_NUMBER.match(part) for part in _parts(label))


def _parts(label: str) -> tuple[str, ...]:
    """Return a label, or the two halves of one that tells name and part."""
    match = _PART_IN_BRACKETS.match(label)
    return match.groups() if match else (label,)


def is_recogniser_label(label: str) -> bool:
    """Return whether a speech recogniser made this label, which says nothing about who asks.

    Example:
        >>> is_recogniser_label("SPEAKER_00")
        True
    """
    return bool(_UNNAMED.match(label))


def may_be_a_name(label: str) -> bool:
    """Return whether a label may be a person's name, and so must not be printed.

    Example:
        >>> [may_be_a_name(label) for label in ("Kari", "IDA", "KN", "K1", "Informant 2")]
        [True, True, False, False, False]
    """
    match = _PART_IN_BRACKETS.match(label)
    if match and match[1]:
        return may_be_a_name(match[1])
    if names_interviewer(label) or names_participant(label) or is_recogniser_label(label):
        return False
    if len(label) > 1 and _SHORT_NAME.match(label):
        return True
    return not (_INITIALS.match(label) and (len(label) < 3 or label[-1].isdigit() or label.isupper()))
