"""What a decision settled beyond what it was asked about, and whom a candidate may be."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from qualkit.anonymisation.candidates import Candidate
from qualkit.anonymisation.changed_words import changed_words, touches, words_of
from qualkit.anonymisation.queue import folded, waiting
from qualkit.identity import Hit, Identities, Identity
from qualkit.model import Span

_WINDOW = 300
"""Characters around a place that decide whether a form is found there."""

_LONG = 5
"""Letters a word has at least that may be another one with a letter off."""

TextOf = Callable[[str], str | None]
"""Returns the text of a transcript, or of a piece of the researcher's own, by its id."""


@dataclass(slots=True)
class _Seen:
    """What was found of a candidate under a register."""

    candidate: Candidate
    texts: list[str | None]
    words: frozenset[str]
    identities: Identities = field(default_factory=Identities)
    left: Candidate | None = None


# For one process: a candidate is looked at again only where a decision's words stand around it.
_seen: dict[int, _Seen] = {}
_SEEN_AT_MOST = 5000


def still_waiting(candidate: Candidate, identities: Identities, text_of: TextOf) -> Candidate | None:
    """Return a candidate with those of its places that wait still; None where none does.

    A decision often settles more than it was asked about: what is decided as "Kari Nes" and "Kari" does not wait
    as "Kari" any more.
    """
    texts = [text_of(span.transcript) for span in candidate.spans]
    seen = _seen.get(id(candidate))
    if seen is None or seen.candidate is not candidate or seen.texts != texts:
        if len(_seen) >= _SEEN_AT_MOST:
            _seen.clear()
        seen = _seen[id(candidate)] = _Seen(candidate, texts, _words_around(candidate, texts))
    elif seen.identities is identities or not touches(changed_words(seen.identities, identities), seen.words):
        seen.identities = identities
        return seen.left
    left = [
        span for span, text in zip(candidate.spans, texts, strict=True) if _waits(span, candidate, identities, text)
    ]
    whole = len(left) == len(candidate.spans)
    seen.identities, seen.left = identities, candidate if whole else narrowed(candidate, left) if left else None
    return seen.left


def _words_around(candidate: Candidate, texts: Sequence[str | None]) -> frozenset[str]:
    around = {
        text[max(0, span.start - _WINDOW) : span.end + _WINDOW]
        for span, text in zip(candidate.spans, texts, strict=True)
        if text is not None and span.end <= len(text)
    }
    return frozenset(word for one in around for word in words_of(one))


def narrowed(candidate: Candidate, spans: Sequence[Span]) -> Candidate:
    """Return a candidate with some of its places."""
    kept = set(spans)
    transcripts = {span.transcript for span in spans if "/" not in span.transcript}
    places = tuple(place for place in candidate.places if place.span in kept)
    return replace(candidate, spans=tuple(spans), places=places, transcripts=len(transcripts))


def _waits(span: Span, candidate: Candidate, identities: Identities, text: str | None) -> bool:
    if text is None or span.end > len(text):
        return True
    first = max(0, span.start - _WINDOW)
    start, end = span.start - first, span.end - first
    hits = [Hit(start, end, detector, candidate.type) for detector in candidate.detectors or ("",)]
    return bool(waiting(hits, text[first : span.end + _WINDOW], identities, span.transcript, offset=first))


def related(candidate: Candidate, identities: Identities) -> list[Identity]:
    """Return the identities a candidate may be another form of, the likeliest first.

    Of a person: who shares a name with it, or whose name is a letter off.

    Example:
        >>> known = Identities((Identity("p1", ("Kari Nes",), by="siri"), Identity("s1", ("Halden",), "place")))
        >>> seen = Candidate("Kari", ("Kari",), "person", "direct", ("names@2",), (), (), 1, ())
        >>> [one.id for one in related(seen, known)]
        ['p1']
    """
    words = folded(candidate.form).split()
    scored = [(score, one) for one in identities.identities if (score := _likeness(words, one))]
    return [one for _, one in sorted(scored, key=lambda pair: (-pair[0], pair[1].id))]


def _likeness(words: Sequence[str], identity: Identity) -> float:
    from rapidfuzz.distance import OSA

    best = 0.0
    for form in identity.forms:
        others = folded(form).split()
        shared = [word for word in words if word in others and len(word) > 2]
        near = [
            word
            for word in words
            if len(word) >= _LONG and any(OSA.distance(word, other, score_cutoff=1) <= 1 for other in others)
        ]
        if shared or near:
            best = max(best, (len(shared) + len(near) / 2) / max(len(words), len(others)))
    return best
