"""Places that decisions were made about alone follow their words when a transcript was changed.

The register says under `texts` in which text of each transcript its places count. Where that is another than the
text of today, the two are compared as they are for codings. A place that cannot be told for certain covers nothing
any more, so that its words are asked about again.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from qualkit import study as studies
from qualkit.anonymisation.identities import parse_identities
from qualkit.anonymisation.identity_edits import with_places, with_texts
from qualkit.anonymisation.queue import folded
from qualkit.coding.anchored import Reanchored
from qualkit.coding.anchoring import reanchor
from qualkit.errors import QualkitError
from qualkit.identity import Identities
from qualkit.model import Anchor, Coding, MeaningUnit, Span, Study, Transcript
from qualkit.text import nfc

LOST = "lost from "
"""Before the transcript of a place that nobody knows any more, in `only`: such a place covers nothing."""

_TEXTS = re.compile(r"(?m)^texts: \{([^\n}]*)\}\r?$")
_PAIR = re.compile(r"[\"']?([^\s\"',:{}]+)[\"']?: ([0-9a-f]{64})")
_PLACE = re.compile(r"([^\s\"',\[\]{}]+):\d+-\d+")

_LIKE = 75.0
"""How like a form words are, of 100, that may be it with an ending or a letter off."""


@dataclass(frozen=True, slots=True)
class PlaceMoved:
    """What became of a place that something was decided about alone.

    Attributes:
        before: Where it was.
        anchor: What happened to it.
        after: Where it is now; None where its words are asked about again.
        candidates: Where an ambiguous one could be.
    """

    before: Span
    anchor: Anchor
    after: Span | None = None
    candidates: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Followed:
    """A register whose places count in the transcripts of today.

    Attributes:
        text: Of identities.yaml.
        moved: What became of each place of transcripts that were changed; empty where none was.
    """

    text: str
    moved: tuple[PlaceMoved, ...] = ()

    def count(self, anchor: Anchor) -> int:
        """Return how many ended so."""
        return sum(one.anchor == anchor for one in self.moved)


# For one process: a register is looked at once for each state of the transcripts it names places in.
_known: dict[tuple[str, str], tuple[tuple[object, ...], Followed]] = {}


def is_lost(span: Span) -> bool:
    """Return whether a place of the register is one that nobody knows any more."""
    return span.transcript.startswith(LOST)


def standing(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Return places in their order, without those that are lost where there are others."""
    every = sorted(set(spans))
    return tuple(span for span in every if not is_lost(span)) or tuple(every)


def followed(study: Study, text: str) -> Followed:
    """Return a register's text with its places where they are in the transcripts of today. Nothing is written.

    Args:
        study: An open study.
        text: Of identities.yaml; one with faults comes back as it is.
    """
    if "only" not in text:
        return Followed(text)
    if _is_current(study, text):
        return Followed(text)
    key = (str(study.root), text)
    kept = _known.get(key)
    if kept is not None and kept[0] == _state(study, kept[1]):
        return kept[1]
    identities, problems = parse_identities(text)
    if any(problem.severity == "error" for problem in problems):
        return Followed(text)
    done = _followed(study, text, identities)
    if len(_known) >= 8:
        del _known[next(iter(_known))]
    _known[key] = _state(study, done), done
    return done


def _is_current(study: Study, text: str) -> bool:
    """Return whether all places count in the transcripts of today, without reading the whole register."""
    line = _TEXTS.search(text)
    names = studies.transcript_ids(study)
    if line is None or any(char.isspace() for name in names for char in name):
        return False
    said = dict(_PAIR.findall(line[1]))
    if not {nfc(name) for name in _PLACE.findall(text)} <= set(said):
        return False
    records = {name: _record(study, name) for name in said}
    return all(record is not None and record.sha256 == said[name] for name, record in records.items())


def _state(study: Study, done: Followed) -> tuple[object, ...]:
    """Return what tells whether the transcripts are those that were looked at."""
    out: list[object] = [done.text]
    for name in studies.transcript_ids(study):
        found = studies.transcript_path(study, name).stat()
        out.append((name, found.st_mtime_ns, found.st_size))
    return tuple(out)


def stamped(study: Study, text: str) -> str:
    """Return a register's text saying that its places count in the transcripts of today, whose texts are kept.

    Args:
        study: Locked by the caller's process.
        text: As `followed` returned it, or with decisions made since.
    """
    if "only" not in text or _is_current(study, text):
        return text
    identities, problems = parse_identities(text)
    if any(problem.severity == "error" for problem in problems):
        return text
    texts = {}
    for name in _named(identities):
        record = _record(study, name)
        if record is not None:
            studies.keep_text(study, record)
            texts[name] = record.sha256
    return with_texts(text, texts)


def _named(identities: Identities) -> list[str]:
    spans = [span for one in identities.identities for span in one.only]
    spans += [span for let in identities.passed for span in let.only]
    return sorted({span.transcript for span in spans if not is_lost(span)})


def _record(study: Study, name: str) -> Transcript | None:
    # "themes.yaml/heading/t1" is a text of the researcher's own, and has no earlier one.
    if "/" in name or not studies.transcript_path(study, name).is_file():
        return None
    return studies.transcript_or_problems(study, name)[0]


def _followed(study: Study, text: str, identities: Identities) -> Followed:
    forms: dict[Span, set[str]] = {}
    for one in identities.identities:
        for span in one.only:
            forms.setdefault(span, set()).update(map(folded, one.forms))
    for let in identities.passed:
        for span in let.only:
            forms.setdefault(span, set()).add(folded(let.form))
    said = dict(identities.texts)
    moved: dict[Span, PlaceMoved] = {}
    for name in _named(identities):
        record = _record(study, name)
        if record is not None and said.get(name) != record.sha256:
            own = {span: words for span, words in forms.items() if span.transcript == name}
            moved.update((one.before, one) for one in _of_transcript(study, record, own, said.get(name, "")))

    def now(span: Span) -> Span | None:
        return moved[span].after if span in moved else span

    def lost(span: Span) -> Span:
        return span if is_lost(span) else Span(f"{LOST}{span.transcript}", span.start, span.end)

    try:
        after = with_places(text, now, lost)
    except QualkitError:
        return Followed(text)
    return Followed(after, tuple(moved.values()))


Forms = Mapping[Span, Collection[str]]


def _of_transcript(study: Study, record: Transcript, forms: Forms, sha256: str) -> list[PlaceMoved]:
    """Return what became of the places of one transcript."""
    older = _text_of(study, record, forms, sha256)
    if older is None:
        return [PlaceMoved(span, "lost") for span in forms]
    if older == record.text:
        return []
    # A place written by hand since the text was changed counts in the text of today.
    going = [s for s in forms if _like(older, s, forms[s]) or not _like(record.text, s, forms[s])]
    codings = [
        Coding(str(number), MeaningUnit(span, older[span.start : span.end]), "", "", "accepted", "manual", "")
        for number, span in enumerate(going)
    ]
    return [_became(result, record.text, forms) for result in reanchor(codings, older, record.text)]


def _became(result: Reanchored, text: str, forms: Forms) -> PlaceMoved:
    before = result.before.unit.span
    after = result.after.unit.span if result.after is not None else None
    if result.anchor == "words-changed" and after is not None and not _like(text, after, forms[before]):
        after = None
    return PlaceMoved(before, result.anchor, after, result.candidates)


def _text_of(study: Study, record: Transcript, forms: Forms, sha256: str) -> str | None:
    """Return the text that places count in; None where it was another, and is not kept.

    It is the one the register names; where it names none, the first in which the most of them may be forms.
    """
    named = studies.old_text(study, record.id, sha256)
    if named is not None:
        return named
    if not sha256 and studies.read_header(study, record.id)[1] == record.sha256:
        texts = [record.text, *_earlier(study, record)]
    else:
        texts = [*_earlier(study, record), record.text]
    fitting = [sum(_like(text, span, words) for span, words in forms.items()) for text in texts]
    best = max(fitting)
    if sha256 and best < len(forms):
        return None
    return texts[fitting.index(best)] if best else record.text


def _earlier(study: Study, record: Transcript) -> list[str]:
    """Return the texts a transcript had before, the latest first, as far as they are kept."""
    kept = (study.root / "history" / record.id).glob("*.txt.gz")
    latest = sorted(kept, key=lambda path: (-path.stat().st_mtime_ns, path.name))
    known = [studies.read_header(study, record.id)[1], *(path.name.removesuffix(".txt.gz") for path in latest)]
    texts: list[str] = []
    for sha256 in dict.fromkeys(known):
        old = studies.old_text(study, record.id, sha256) if sha256 != record.sha256 else None
        texts += [old] if old is not None else []
    return texts


def _like(text: str, span: Span, forms: Collection[str]) -> bool:
    """Return whether the words at a place may be one of some forms, perhaps with an ending or a letter off."""
    from rapidfuzz import fuzz

    if span.end > len(text):
        return False
    words = folded(text[span.start : span.end])
    return any(words.startswith(form) or fuzz.ratio(words, form) >= _LIKE for form in forms if words)
