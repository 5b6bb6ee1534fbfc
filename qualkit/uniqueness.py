"""Whom attributes single out: combinations of columns of participants.csv that few share, or one has alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import combinations

from qualkit.model import Participant

FEW = 5
"""Fewer than this many people in a cell are few."""

_MOST_COLUMNS = 3


def cell_sizes(participants: Sequence[Participant], columns: Sequence[str]) -> Mapping[str, int]:
    """Return, by participant, how many share the values of all these columns.

    Example:
        >>> people = [Participant("K1", (), {"rolle": "lege"}), Participant("K2", (), {"rolle": "pleier"}),
        ...           Participant("K3", (), {"rolle": "pleier"})]
        >>> dict(cell_sizes(people, ["rolle"]))
        {'K1': 1, 'K2': 2, 'K3': 2}
    """
    cells = {person.id: tuple(person.attributes.get(column, "") for column in columns) for person in participants}
    sizes = Counter(cells.values())
    return {identifier: sizes[cell] for identifier, cell in cells.items()}


def singled_out(participants: Sequence[Participant], columns: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Return who is alone with some values, and the fewest columns that do it.

    Args:
        participants: All of them.
        columns: That readers may know of people.

    Example:
        >>> people = [Participant("K1", (), {"rolle": "lege", "sted": "by"}), Participant("K2", (), {"rolle": "lege"}),
        ...           Participant("K3", (), {"rolle": "pleier", "sted": "by"})]
        >>> singled_out(people, ["rolle", "sted"])
        {'K1': ('rolle', 'sted'), 'K2': ('sted',), 'K3': ('rolle',)}
    """
    found: dict[str, tuple[str, ...]] = {}
    for many in range(1, min(_MOST_COLUMNS, len(columns)) + 1):
        for chosen in combinations(columns, many):
            for identifier, size in cell_sizes(participants, chosen).items():
                if size == 1:
                    found.setdefault(identifier, chosen)
    if columns and len(columns) > _MOST_COLUMNS:
        for identifier, size in cell_sizes(participants, columns).items():
            if size == 1:
                found.setdefault(identifier, tuple(columns))
    return {person.id: found[person.id] for person in participants if person.id in found}
