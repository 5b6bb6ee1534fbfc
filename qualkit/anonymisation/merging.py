"""Hits of several detectors that mean the same words become one place."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from qualkit.identity import CLASSES, Hit, IdentityClass, IdentityType

_NAMES = frozenset({"person", "place", "institution", "other"})
_FIGURES = frozenset({"number", "contact", "date", "age"})
_GUESSING = frozenset({"ner", "capitals", "unknown-words"})
"""Detectors that guess from how a word is written and where it stands; the others know a word or a pattern."""

_INSIDE = re.compile(r"\b(?:i|på|ved|in|at)\s\Z", re.IGNORECASE)
_REACH = 6


@dataclass(frozen=True, slots=True)
class Seen:
    """Words that one or several detectors see.

    Attributes:
        start: First code point.
        end: One past the last.
        hits: All that lie in it.
        type: What it is taken for.
    """

    start: int
    end: int
    hits: tuple[Hit, ...]
    type: IdentityType

    @property
    def cls(self) -> IdentityClass:
        """The most dangerous class of what it is taken for; whoever knows counts before those that guess."""
        alike = [hit for hit in self.hits if hit.type == self.type]
        knowing = [hit for hit in alike if not _guesses(hit)]
        return min((hit.cls for hit in knowing or alike or self.hits), key=CLASSES.index)

    @property
    def detectors(self) -> tuple[str, ...]:
        """Who sees it, each once."""
        return tuple(sorted({hit.detector for hit in self.hits}))


def _taken_for(hits: Sequence[Hit], text: str) -> IdentityType:
    """Return what the detectors say that know the words.

    Of several the one counts that speaks of the beginning, of the most words, and with whom those agree that guess.
    """
    start = min(hit.start for hit in hits)
    telling = [hit for hit in hits if hit.type != "other"]
    if not telling:
        return "other"
    votes = Counter(hit.type for hit in telling if _guesses(hit))
    if _INSIDE.search(text, max(0, start - _REACH), start):
        votes["place"] += 1
    best = max(telling, key=lambda hit: (not _guesses(hit), hit.start == start, hit.end - hit.start, votes[hit.type]))
    return best.type


def _seen(hits: Sequence[Hit], text: str) -> Seen:
    return Seen(min(hit.start for hit in hits), max(hit.end for hit in hits), tuple(hits), _taken_for(hits, text))


def _guesses(hit: Hit) -> bool:
    return hit.detector.partition("@")[0] in _GUESSING


def merged(hits: Iterable[Hit], text: str) -> list[Seen]:
    """Return the places that hits point at, the words of each as wide as is sensible, in the order of the text.

    Overlapping names become one; first name and surname side by side too. A name that stands in an address or a
    date belongs to it. A name in a phrase ("the only doctor in Halden") stays a place of its own beside the phrase.

    Example:
        >>> text = "Det var Kari Nes, den eneste legen i Halden."
        >>> found = [Hit(8, 12, "names@2", "person"), Hit(13, 16, "net@1"), Hit(18, 43, "quasi@1", "role"),
        ...          Hit(37, 43, "places@2", "place"), Hit(8, 16, "ner@1", "person")]
        >>> [(text[seen.start : seen.end], seen.type) for seen in merged(found, text)]
        [('Kari Nes', 'person'), ('den eneste legen i Halden', 'role'), ('Halden', 'place')]
    """
    cut = [trimmed for hit in hits if (trimmed := _trimmed(hit, text)) is not None]
    names = _joined(_united([hit for hit in cut if hit.type in _NAMES], text), text)
    figures = _united([hit for hit in cut if hit.type in _FIGURES], text)
    phrases = _united([hit for hit in cut if hit.type not in _NAMES | _FIGURES], text)
    figures, names = _absorbed(figures, names)
    names, phrases = _absorbed(names, phrases)
    return sorted((*names, *figures, *phrases), key=lambda seen: (seen.start, -seen.end))


def _trimmed(hit: Hit, text: str) -> Hit | None:
    """Return a hit without the signs at its edges; None for one without a letter or digit."""
    start, end = max(0, hit.start), min(hit.end, len(text))
    while start < end and not (text[start].isalnum() or text[start] in "+@"):
        start += 1
    while start < end and not text[end - 1].isalnum():
        end -= 1
    return Hit(start, end, hit.detector, hit.type, hit.cls, hit.note) if start < end else None


def _united(hits: Sequence[Hit], text: str) -> list[Seen]:
    """Unite hits that overlap."""
    out: list[Seen] = []
    for hit in sorted(hits, key=lambda hit: (hit.start, hit.end)):
        if out and hit.start < out[-1].end:
            out[-1] = _seen((*out[-1].hits, hit), text)
        else:
            out.append(_seen((hit,), text))
    return out


def _joined(names: Sequence[Seen], text: str) -> list[Seen]:
    """Join names with a capital that stand side by side: first name and surname, "Mrs Reid", "Mallon Street"."""
    out: list[Seen] = []
    for seen in names:
        if out and _side_by_side(out[-1], seen, text):
            out[-1] = _seen((*out[-1].hits, *seen.hits), text)
        else:
            out.append(seen)
    return out


def _side_by_side(left: Seen, right: Seen, text: str) -> bool:
    if text[left.end : right.start] not in {" ", "-"} or "public" in (left.cls, right.cls):
        return False
    return text[left.start].isupper() and text[right.start].isupper()


def _absorbed(wide: Sequence[Seen], narrow: Sequence[Seen]) -> tuple[list[Seen], list[Seen]]:
    """Put what lies whole inside a wider place into it; return both kinds."""
    took = list(wide)
    left: list[Seen] = []
    at = 0
    for seen in narrow:
        while at < len(took) and took[at].end <= seen.start:
            at += 1
        if at < len(took) and took[at].start <= seen.start and seen.end <= took[at].end:
            took[at] = replace(took[at], hits=(*took[at].hits, *seen.hits))
        else:
            left.append(seen)
    return took, left
