"""The union of all detectors over one text. They propose; nothing is filtered by what a word is taken for.

Every detector reads the cleaned text, in which pauses, overlaps and times are taken out, and its hits are led back to
the text as it stands. Hits of several detectors on the same words are all kept.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from types import MappingProxyType

from qualkit.anonymisation import institutions, named_so, names, ner, net, patterns, places, quasi
from qualkit.anonymisation.cleaned import cleaned, in_original
from qualkit.anonymisation.echoes import ECHO, echoes
from qualkit.anonymisation.lowered import lowered
from qualkit.anonymisation.rejoined import rejoined
from qualkit.anonymisation.tokens import is_careless, read_tokens
from qualkit.identity import Hit

Finder = Callable[[str, str], list[Hit]]


@dataclass(frozen=True, slots=True)
class Source:
    """A finder, and the detectors, as "id@version", whose hits it returns."""

    find: Finder
    detectors: tuple[str, ...]


def find_entities(text: str, language: str) -> list[Hit]:
    """Return what the model of names sees, where there is one for the language; less what is hesitation only."""
    return [hit for hit in next(iter(ner.entities([text], language))) if not net.is_noise(text[hit.start : hit.end])]


SOURCES: tuple[Source, ...] = (
    Source(names.find_names, (names.DETECTOR,)),
    Source(places.find_places, (places.DETECTOR,)),
    Source(institutions.find_institutions, (institutions.DETECTOR,)),
    Source(named_so.find_named_so, (named_so.NAMED_SO,)),
    Source(net.find_capitals, (net.CAPITALS,)),
    Source(net.find_unknown, (net.UNKNOWN,)),
    *(Source(find, detectors) for find, detectors in (*patterns.FINDERS.items(), *quasi.FINDERS.items())),
    Source(find_entities, (f"ner@{ner.VERSION}",)),
)
"""All finders, the costly one last."""

DETECTORS: Mapping[str, str] = MappingProxyType(
    dict(detector.split("@", 1) for detector in (*(each for source in SOURCES for each in source.detectors), ECHO))
)
"""Version of each detector by its id."""


def detect(
    text: str,
    *,
    language: str,
    speech: Sequence[tuple[int, int]] | None = None,
    without: frozenset[str] = frozenset(),
) -> tuple[Hit, ...]:
    """Return everything in a text that some detector takes for identifying, in order of place.

    Args:
        text: Canonical text, or any text that is to be printed.
        language: nb, nn or en; others are read with the dictionaries of all three.
        speech: Where somebody speaks; labels and headings between are then not read. None: everything is.
        without: Ids of detectors that are not asked.

    Returns:
        Hits that may overlap, those that begin first and reach farthest first.

    Example:
        >>> t = "I: Hvem var det?\\nK: Jeg traff Ingrid i Halden."
        >>> sorted({t[hit.start:hit.end] for hit in detect(t, language="nb", speech=[(3, 16), (20, 46)])})
        ['Halden', 'Ingrid']
    """
    stretches = [(0, len(text))] if speech is None else [(start, end) for start, end in speech if start < end]
    spoken = "\n".join(text[start:end] for start, end in stretches)
    begins = [0, *accumulate(end - start + 1 for start, end in stretches)]
    view, origins = cleaned(spoken)

    def in_text(at: int) -> int:
        stretch = bisect_right(begins, at) - 1
        return stretches[stretch][0] + at - begins[stretch]

    hits: dict[Hit, None] = {}
    # What is written with capitals here and there is read once more without them.
    views = (view, lowered(view)) if is_careless(view) else (view,)
    found = [
        hit
        for seen in views
        for source in SOURCES
        if not without.issuperset(map(_id, source.detectors))
        for hit in source.find(seen, language)
    ]
    found += _taken_apart(view, language, without)
    found += echoes(view, language, found)
    for hit in found:
        if _id(hit.detector) not in without and hit.start < hit.end:
            start, end = in_original(hit.start, hit.end, origins, spoken)
            hits[replace(hit, start=in_text(start), end=in_text(end - 1) + 1)] = None
    return tuple(sorted(hits, key=lambda hit: (hit.start, -hit.end, hit.detector)))


def _taken_apart(view: str, language: str, without: frozenset[str]) -> Iterator[Hit]:
    """Yield what is seen only when words that a recogniser took apart are put together again."""
    if read_tokens(view).casing == "mixed" or not (found := rejoined(view, language)):
        return
    whole, origins = found
    for source in SOURCES[:-1]:
        if not without.issuperset(map(_id, source.detectors)):
            for hit in source.find(whole, language):
                start, end = origins[hit.start], origins[hit.end - 1] + 1
                if _id(hit.detector) not in without and end - start > hit.end - hit.start > 0:
                    yield replace(hit, start=start, end=end)


def _id(detector: str) -> str:
    return detector.partition("@")[0]
