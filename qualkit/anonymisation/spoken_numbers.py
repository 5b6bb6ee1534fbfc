"""Long numbers said digit by digit or in pairs: a telephone, a birth number, an account."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from qualkit.anonymisation.id_numbers import known_number
from qualkit.anonymisation.numberwords import Spoken, spoken_runs
from qualkit.identity import Hit

SPOKEN = "spoken-number@1"

_FEWEST_DIGITS = 6
_FEWEST_NUMBERS = 3


def find_spoken_numbers(text: str, language: str) -> list[Hit]:
    """Return rows of spoken numbers that make six figures or more.

    Example:
        >>> text = "nummeret er ni en tre førti femtiseks null, altså en, to, tre"
        >>> [text[hit.start : hit.end] for hit in find_spoken_numbers(text, "nb")]
        ['ni en tre førti femtiseks null']
    """
    hits = []
    for run in spoken_runs(text, language):
        digits = "".join(number.digits for number in run)
        if len(digits) < _FEWEST_DIGITS or len(run) < _FEWEST_NUMBERS or _is_counting(run):
            continue
        note = known_number(digits)[1] or f"{len(digits)} figures, as spoken"
        hits.append(Hit(run[0].start, run[-1].end, SPOKEN, "number", "direct", note))
    return hits


def _is_counting(run: Sequence[Spoken]) -> bool:
    """Tell whether numbers are one said again and again, or a count in even steps: "ti, tjue, tretti"."""
    steps = {second.value - first.value for first, second in itertools.pairwise(run)}
    return len(steps) == 1 or len({number.value for number in run}) == 1
