"""The participants as a table that may be printed: how many have each value, and small cells hidden."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import Final

from qualkit.language.printed import printed
from qualkit.model import Participant
from qualkit.table import Cell, Column, Table
from qualkit.uniqueness import FEW

HIDDEN: Final = -1
"""In the place of a count that is hidden because another could be worked out from it."""


def sample_table(
    participants: Sequence[Participant], *, language: str, without: Collection[str] = (), few: int = FEW
) -> Table:
    """Return how many participants have each value of each attribute; cells of fewer than `few` are hidden.

    An attribute that gives nearly everybody a value of their own describes persons and no sample: it is left out.

    Args:
        participants: All of them.
        language: nb, nn or en.
        without: Attributes that tell who somebody is.
        few: From how many on a count is printed.
    """
    rows: list[tuple[Cell, ...]] = [(printed("in-all", language), None, str(len(participants)))]
    for name in dict.fromkeys(key for person in participants for key in person.attributes):
        if name.casefold() in without:
            continue
        counts = Counter(person.attributes.get(name, "").strip() for person in participants)
        if len(counts) > max(2, len(participants) // 2):
            continue
        unknown = printed("not-given", language)
        shown = masked(counts, few)
        rows += [(name, value or unknown, _told(number, few, language)) for value, number in shown.items()]
    columns = (
        Column("trait", printed("trait", language), groups=True),
        Column("value", printed("value", language)),
        Column("people", printed("people", language), "count"),
    )
    title, note = printed("sample", language), printed("sample-note", language, k=few)
    return Table("participants", title, columns, tuple(rows), (note,) if few > 1 else (), description=title)


def masked(counts: Mapping[str, int], few: int) -> dict[str, int]:
    """Return counts with 0 in the place of small ones, and `HIDDEN` in that of a next one which would give them away.

    The sum is known. One hidden cell alone could be worked out from it, and so could several whose sum is small.

    Example:
        >>> masked({"kommune": 9, "sykehus": 6, "annet": 2}, 5)
        {'annet': 0, 'kommune': 9, 'sykehus': -1}
        >>> masked({"kommune": 9, "sykehus": 6}, 5)
        {'kommune': 9, 'sykehus': 6}
    """
    shown = {value: 0 if number < few else number for value, number in sorted(counts.items())}
    rest = sorted((value for value, number in shown.items() if number), key=lambda value: (counts[value], value))
    hidden = [value for value, number in shown.items() if not number]
    while rest and hidden and (len(hidden) == 1 or sum(counts[value] for value in hidden) < few):
        hidden.append(rest.pop(0))
        shown[hidden[-1]] = HIDDEN
    # In the order of their size, hidden cells would say which of them is the larger.
    return shown


def _told(number: int, few: int, language: str) -> str:
    if number == HIDDEN:
        return printed("hidden", language)
    return printed("few", language, k=few) if number == 0 else str(number)
