"""The union of all detectors over one text. They propose; nothing is filtered by what a word is taken for.

Every detector reads the cleaned text, in which pauses, overlaps and times are taken out, and its hits are led back to
the text as it stands. Hits of several detectors on the same words are all kept.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from importlib import import_module
from importlib.util import find_spec
from types import MappingProxyType

from qualkit.identity import Hit

Finder = Callable[[str, str], list[Hit]]

_ROOM = "qualkit.anonymisation"


@dataclass(frozen=True, slots=True)
class _Source:
    """Where a finder stands, and which detectors its hits carry, as "id@version"."""

    module: str
    function: str
    detectors: tuple[str, ...]

    def find(self) -> Finder:
        found: Finder = getattr(import_module(f"{_ROOM}.{self.module}"), self.function)
        return found


def _sources() -> Iterator[_Source]:
    from qualkit.anonymisation import institutions, names, net, places

    yield _Source("names", "find_names", (names.DETECTOR,))
    yield _Source("places", "find_places", (places.DETECTOR,))
    yield _Source("institutions", "find_institutions", (institutions.DETECTOR,))
    yield _Source("net", "find_capitals", (net.CAPITALS,))
    yield _Source("net", "find_unknown", (net.UNKNOWN,))
    for module, function in (("patterns", "find_patterns"), ("quasi", "find_quasi")):
        if find_spec(f"{_ROOM}.{module}"):
            yield _Source(module, function, tuple(import_module(f"{_ROOM}.{module}").DETECTORS))
    if find_spec(f"{_ROOM}.ner"):
        yield _Source("detecting", "find_entities", (f"ner@{import_module(f'{_ROOM}.ner').VERSION}",))


def find_entities(text: str, language: str) -> list[Hit]:
    """Return what the model of names sees, where there is one for the language."""
    ner = import_module(f"{_ROOM}.ner")
    return next(iter(ner.entities([text], language))) if ner.ready(language) else []


SOURCES: tuple[_Source, ...] = tuple(_sources())

DETECTORS: Mapping[str, str] = MappingProxyType(
    dict(detector.split("@", 1) for source in SOURCES for detector in source.detectors)
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
    if speech is None:
        speech = [(0, len(text))]
    view, places = _view(text, speech)
    hits: dict[Hit, None] = {}
    for source in SOURCES:
        if all(_id(detector) in without for detector in source.detectors):
            continue
        for hit in source.find()(view, language):
            if _id(hit.detector) not in without and hit.start < hit.end:
                hits[replace(hit, start=places(hit.start), end=places(hit.end - 1) + 1)] = None
    return tuple(sorted(hits, key=lambda hit: (hit.start, -hit.end, hit.detector)))


def _id(detector: str) -> str:
    return detector.partition("@")[0]


def _view(text: str, speech: Sequence[tuple[int, int]]) -> tuple[str, Callable[[int], int]]:
    """Return what is spoken, cleaned, one stretch a line, and where in the text a code point of it stands."""
    spoken = "\n".join(text[start:end] for start, end in speech)
    begins, origins = [], []
    at = 0
    for start, end in speech:
        begins.append(at)
        origins.append(start)
        at += end - start + 1

    def place(at: int) -> int:
        stretch = bisect_right(begins, at) - 1
        return origins[stretch] + at - begins[stretch]

    if not find_spec(f"{_ROOM}.cleaned"):
        return spoken, place
    clean, kept = import_module(f"{_ROOM}.cleaned").cleaned(spoken)
    return clean, lambda at: place(int(kept[at]))
