"""Labels that differ by a slip of the finger: "Informant 1" and "Infromant 1".

Nobody is merged: two labels may be two people. A doubt asks, and names places only, for a label may be a name.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from qualkit.transcripts.raw import Doubt

if TYPE_CHECKING:
    from qualkit.transcripts.speakers import Spoken

CHECK = "speakers"

_DIGITS = re.compile(r"\d+")
# "K" and "R" are two people; so are "Kai" and "Kaia".
_SHORTEST = 4
# A slip is rare beside what was meant.
_RARE, _TIMES_AS_OFTEN = 3, 5
_SHOWN = 8

MOST_LABELS = 2_000
"""More names than this in one file are none."""


def is_slip(one: str, other: str) -> bool:
    """Tell whether two labels differ by one letter more, less or other, by two letters changed over, or by case.

    Labels with different numbers never do: they are made to differ.

    Example:
        >>> is_slip("Informant 1", "Infromant 1"), is_slip("Informant 1", "Informant 2"), is_slip("K1", "K2")
        (True, False, False)
    """
    if one == other or _DIGITS.findall(one) != _DIGITS.findall(other):
        return False
    if _folded(one) == _folded(other):
        return True
    return min(_letters(one), _letters(other)) >= _SHORTEST and _edits(one.casefold(), other.casefold()) == 1


def _letters(label: str) -> int:
    return sum(char.isalpha() for char in label)


def _folded(label: str) -> str:
    return re.sub(r"[\s._-]+", "", label).casefold()


def _edits(one: str, other: str) -> int:
    """Return 1 where one edit leads from one to the other (two neighbours changed over are one), else 2."""
    if abs(len(one) - len(other)) > 1:
        return 2
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    if len(one) == len(other):
        changed_over = (
            one[start : start + 2] == other[start : start + 2][::-1] and one[start + 2 :] == other[start + 2 :]
        )
        return 1 if one[start + 1 :] == other[start + 1 :] or changed_over else 2
    longer, shorter = sorted((one, other), key=len, reverse=True)
    return 1 if longer[start + 1 :] == shorter[start:] else 2


def near_pairs(labels: Iterable[str], to: Collection[str] | None = None) -> list[tuple[str, str]]:
    """Return the pairs of labels that differ by a slip.

    Labels that are one edit apart share what is left when one letter is taken out of either, so that not every
    label is held against every other.

    Args:
        labels: Any number of them.
        to: Only pairs with one of these.
    """
    by_rest: defaultdict[str, list[str]] = defaultdict(list)
    found: dict[tuple[str, str], None] = {}
    for label in labels:
        key = _folded(label)
        for rest in {key, *(key[:i] + key[i + 1 :] for i in range(len(key)))}:
            for other in by_rest[rest]:
                if (to is None or label in to or other in to) and is_slip(other, label):
                    found[other, label] = None
            by_rest[rest].append(label)
    return list(found)


def slips(turns: Sequence[Spoken], known: Collection[str] = ()) -> list[Doubt]:
    """Return a doubt for every pair of labels of which one is rare beside the other and looks like a slip.

    Where two letters are changed over, or only capitals differ, how often they come does not matter: no two
    people's names differ so.

    Args:
        turns: Of one transcript; their numbers are told, and the speakers' by the order of their first turns.
        known: Labels from participants.csv; where both stand there, somebody has decided.
    """
    decided = {" ".join(label.split()).casefold() for label in known}
    counts = Counter(turn.label for turn in turns if turn.label is not None)
    places = {label: number for number, label in enumerate(counts, 1)}
    doubts = []
    for one, other in near_pairs(counts) if len(counts) <= MOST_LABELS else ():
        if one.casefold() in decided and other.casefold() in decided:
            continue
        common, rare = sorted((one, other), key=lambda label: counts[label], reverse=True)
        if not (_is_sure(one, other) or _is_rare(counts, rare, common)):
            continue
        numbers = [number for number, turn in enumerate(turns, 1) if turn.label == rare]
        shown = ", ".join(map(str, numbers[:_SHOWN])) + (" …" if len(numbers) > _SHOWN else "")
        first, second = sorted((places[one], places[other]))
        message = (
            f"the labels of speakers {first} and {second} differ by a slip of the finger; "
            f"speaker {places[rare]} has only turn{'s' if len(numbers) > 1 else ''} {shown}"
        )
        hint = (
            "If they are one person, write the label the same way in the original, or put both labels on that "
            "person's line in participants.csv, in the column labels; if they are two, leave it."
        )
        doubts.append(Doubt(message, hint, CHECK))
    return doubts


def _is_sure(one: str, other: str) -> bool:
    return _folded(one) == _folded(other) or sorted(_folded(one)) == sorted(_folded(other))


def _is_rare(counts: Mapping[str, int], rare: str, common: str) -> bool:
    return counts[rare] <= _RARE and counts[rare] * _TIMES_AS_OFTEN <= counts[common]
