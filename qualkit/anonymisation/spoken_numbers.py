"""Long numbers said digit by digit or in pairs: a telephone, a birth number, an account."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from qualkit.anonymisation.id_numbers import known_number
from qualkit.anonymisation.numberwords import Spoken, spoken_runs
from qualkit.identity import Hit

SPOKEN = "spoken-number@3"

_FEWEST_DIGITS = 5
_FEWEST_NUMBERS = 3


def find_spoken_numbers(text: str, language: str) -> list[Hit]:
    """Return rows of spoken numbers that make five figures or more.

    Example:
        >>> text = "nummeret er ni en tre førti femtiseks null. Tell en, to, tre"
        >>> [text[hit.start : hit.end] for hit in find_spoken_numbers(text, "nb")]
        ['ni en tre førti femtiseks null']
    """
    hits = []
    for run in spoken_runs(text, language):
        digits = "".join(number.digits for number in run)
        fewest = 4 if len(digits) == _FEWEST_DIGITS else _FEWEST_NUMBERS
        if len(digits) < _FEWEST_DIGITS or len(run) < fewest or _is_counting(run):
            continue
        note = known_number(digits)[1] or f"{len(digits)} figures, as spoken"
        hits.append(Hit(run[0].start, run[-1].end, SPOKEN, "number", "direct", note))
    return hits


def _is_counting(run: Sequence[Spoken]) -> bool:
    """Tell whether numbers are a count or an estimate: "ti, tjue, tretti", "ti, tolv, femten", "en en en"."""
    values = [number.value for number in run]
    steps = [second - first for first, second in pairwise(values)]
    return len(set(steps)) == 1 or (len(run) <= 4 and min(steps) > 0 and min(values) >= 10)
