"""One place, one question: a hit that says nothing beyond a wider one of its kind is left out."""

from __future__ import annotations

from collections.abc import Iterable

from qualkit.identity import CLASSES, Hit


def outermost(hits: Iterable[Hit], *, unknown: str = "") -> list[Hit]:
    """Return hits in the order of the text, without those that lie in a wider hit of the same type.

    Args:
        unknown: A detector that knows no kind; its hits are left out where any other covers them.

    Example:
        >>> day, year = Hit(0, 11, "date@2", "date"), Hit(7, 11, "year@2", "date")
        >>> outermost([year, day]) == [day]
        True
    """
    widest: dict[str, tuple[int, int]] = {}
    kept: list[Hit] = []
    for hit in sorted(
        set(hits), key=lambda hit: (hit.start, -hit.end, hit.detector == unknown, CLASSES.index(hit.cls), hit.detector)
    ):
        around = widest.values() if hit.detector == unknown else [widest[hit.type]] if hit.type in widest else []
        if any(start <= hit.start and hit.end <= end for start, end in around):
            continue
        kept.append(hit)
        widest[hit.type] = (hit.start, hit.end)
    return kept
