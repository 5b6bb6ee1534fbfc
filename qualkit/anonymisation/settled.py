"""What a decision settled beyond what it was asked about, and whom a candidate may be."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from qualkit.anonymisation.candidates import Candidate
from qualkit.anonymisation.queue import folded, waiting
from qualkit.identity import Hit, Identities, Identity
from qualkit.model import Span

_WINDOW = 300
"""Characters around a place that decide whether a form is found there."""

_LONG = 5
"""Letters a word has at least that may be another one with a letter off."""

TextOf = Callable[[str], str | None]
"""Returns the text of a transcript, or of a piece of the researcher's own, by its id."""


def still_waiting(candidate: Candidate, identities: Identities, text_of: TextOf) -> Candidate | None:
    """Return a candidate with those of its places that wait still; None where none does.

    A decision often settles more than it was asked about: what is decided as "Kari Nes" and "Kari" does not wait
    as "Kari" any more.
    """
    left = [span for span in candidate.spans if _waits(span, candidate, identities, text_of)]
    if len(left) == len(candidate.spans):
        return candidate
    return narrowed(candidate, left) if left else None


def narrowed(candidate: Candidate, spans: Sequence[Span]) -> Candidate:
    """Return a candidate with some of its places."""
    kept = set(spans)
    transcripts = {span.transcript for span in spans if "/" not in span.transcript}
    places = tuple(place for place in candidate.places if place.span in kept)
    return replace(candidate, spans=tuple(spans), places=places, transcripts=len(transcripts))


def _waits(span: Span, candidate: Candidate, identities: Identities, text_of: TextOf) -> bool:
    text = text_of(span.transcript)
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
