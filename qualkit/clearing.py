"""Whether what is to be printed was looked at: every sight of a detector in it is decided, or the print waits.

A place is told by transcript and offsets, or by the file it is written in, and by the detector; never by its words.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from qualkit import scanning
from qualkit import study as studies
from qualkit.anonymisation.candidates import Source
from qualkit.anonymisation.queue import waiting
from qualkit.anonymisation.redactor import (
    Register,
    Rendered,
    everything_known,
    leaking,
    read_register,
    redact,
    rendered,
)
from qualkit.errors import QualkitError
from qualkit.gate import words_of
from qualkit.identity import Hit
from qualkit.language.labels import may_be_a_name
from qualkit.material import Material, speaker_ids
from qualkit.model import Span, Transcript
from qualkit.register import good_register

TELLS_WHO = frozenset(
    "navn namn name fornavn førenamn etternavn etternamn mellomnavn full_name surname e-post epost email e-mail mail "
    "telefon tlf mobil phone adresse address fødselsdato fødselsnummer personnummer".split()
)
"""Columns of participants.csv that tell who the person is: not compared by, and what stands there is not printed."""

QUERY = "query"
"""What a query that a table prints is called, with its number."""

_SYNTAX = re.compile(r"\b(?:AND|OR|NOT|NEAR(?:/\d+)?)\b|\b\w+:(?=\S)|\w+=(?=\S)")
"""What is no word that was looked for."""

_TOLD_AT_MOST = 40
_NOT_FOR_IDS = frozenset({"capitals", "unknown-words", "digits", "spoken-number", "ner"})

Hits = Callable[[Transcript], Sequence[Hit]]
"""Gives what detectors see in a transcript."""


@dataclass(frozen=True, slots=True, order=True)
class Undecided:
    """A place of the print about which nobody has decided.

    Attributes:
        where: "I3:204-210", or of what the researcher wrote, file and place: "themes.yaml: heading of t1".
        detectors: What sees it: "names@2".
    """

    where: str
    detectors: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.where} ({', '.join(self.detectors)})"


class Unresolved(QualkitError):
    """Something to be printed may identify somebody, and nobody has decided about it."""

    def __init__(self, what: str, places: Sequence[Undecided]) -> None:
        self.places = tuple(dict.fromkeys(places))
        told = [f"    {place}" for place in self.places[:_TOLD_AT_MOST]]
        if len(self.places) > _TOLD_AT_MOST:
            told.append(f"    and {len(self.places) - _TOLD_AT_MOST} more")
        count = "one place" if len(self.places) == 1 else f"{len(self.places)} places"
        hint = (
            "Decide: qualkit anonymise decide; with --printed, only about what stands in coded passages. For a draft "
            "that stays on your desk: --allow-unreviewed REASON, which marks the file as not anonymised."
        )
        if any(place.where.startswith(QUERY) for place in self.places):
            hint += (
                f" “{QUERY} 1” is the first of what you asked for, which the table prints. Where its words stand in no "
                "transcript as you wrote them, decide about them with a file: qualkit anonymise decide --from FILE, in "
                "it “decisions:” and below that “- {form: WORDS, action: pass}”; or ask with other words."
            )
        super().__init__(
            "\n".join([f"{what} was not written: nobody has decided about {count} in it that may identify", *told]),
            hint,
        )


@dataclass(frozen=True, slots=True)
class Draft:
    """An export that somebody wants before everything in it is decided.

    Attributes:
        who: Wants it.
        reason: In their words; it goes into the trail.
    """

    who: str
    reason: str


@dataclass(frozen=True, slots=True, eq=False)
class Clearance:
    """What is known and decided about a study, for one command.

    Attributes:
        register: Labels and identities.
        hits: What detectors see in a transcript.
        detectors: For all other texts.
    """

    material: Material
    register: Register
    hits: Hits
    detectors: scanning.Detectors
    _waiting: dict[str, list[Undecided]] = field(default_factory=dict)
    _spans: dict[str, list[tuple[int, int]]] = field(default_factory=dict)

    def undecided(self, passages: Iterable[Span]) -> list[Undecided]:
        """Return the places in some passages of transcripts that wait to be decided."""
        wanted: dict[str, list[Span]] = defaultdict(list)
        for span in passages:
            wanted[span.transcript].append(span)
        found: list[Undecided] = []
        for name, spans in sorted(wanted.items(), key=lambda item: studies.natural(item[0])):
            places = self._of_transcript(name)
            for (start, end), place in zip(self._spans[name], places, strict=True):
                if any(span.start < end and start < span.end for span in spans):
                    found.append(place)
        return found

    def _of_transcript(self, name: str) -> list[Undecided]:
        if name in self._waiting:
            return self._waiting[name]
        transcript = self.material.transcripts[name]
        known = everything_known(self.register)
        seen: dict[tuple[int, int], dict[str, None]] = defaultdict(dict)
        for hit in waiting(self.hits(transcript), transcript.text, known, name):
            seen[hit.start, hit.end][hit.detector] = None
        for open_ in self.rendered(transcript).open:
            seen[open_.start, open_.end][open_.detector] = None
        places: list[tuple[int, int, dict[str, None]]] = []
        for (start, end), detectors in sorted(seen.items()):
            if places and start < places[-1][1]:
                # Several detectors see one name, some more of it and some less.
                first, last, told = places.pop()
                places.append((first, max(last, end), told | detectors))
            else:
                places.append((start, end, detectors))
        self._spans[name] = [(start, end) for start, end, _ in places]
        self._waiting[name] = [
            Undecided(str(Span(name, start, end)), tuple(sorted(told))) for start, end, told in places
        ]
        return self._waiting[name]

    def rendered(self, transcript: Transcript) -> Rendered:
        """Return a transcript as it may be printed."""
        return rendered(transcript.text, self.register, transcript=transcript.id)

    def undecided_own(self, sources: Iterable[tuple[Source, Sequence[Hit]]]) -> list[Undecided]:
        """Return the places in what the researcher wrote that wait to be decided."""
        known = everything_known(self.register)
        found = []
        for source, hits in sources:
            detectors = dict.fromkeys(hit.detector for hit in waiting(hits, source.text, known, source.id))
            if detectors:
                found.append(Undecided(source.where or source.id, tuple(detectors)))
        return found

    def undecided_queries(self) -> list[Undecided]:
        """Return which of the queries that tables print hold words nobody has decided about."""
        known = everything_known(self.register)
        found = []
        for number, query in enumerate(self.material.queries, 1):
            words = _SYNTAX.sub(lambda match: " " * len(match[0]), query)
            hits = self.look(words)
            told = {hit.detector: None for hit in waiting(hits, words, known, "")}
            told.update((open_.detector, None) for open_ in rendered(query, self.register).open)
            found += [Undecided(f"{QUERY} {number}", tuple(told))] if told else []
        return found

    def own(self) -> list[tuple[Source, Sequence[Hit]]]:
        """Return what the researcher wrote, with what detectors see in it."""
        texts = list(scanning.own_texts(self.material.study, self.detectors))
        ids = [source for source in self._ids() if source.text]
        return [*texts, *self._together(ids, _NOT_FOR_IDS)]

    def _together(self, sources: Sequence[Source], without: frozenset[str]) -> Iterator[tuple[Source, Sequence[Hit]]]:
        """Yield what detectors see in each of some texts, which are looked at as one, a line each."""
        hits = self.look("\n".join(" ".join(source.text.split("\n")) for source in sources), without=without)
        at = 0
        for source in sources:
            end = at + len(source.text)
            inside = [hit for hit in hits if at <= hit.start and hit.end <= end]
            yield source, [replace(hit, start=hit.start - at, end=hit.end - at) for hit in inside]
            at = end + 1

    def look(self, text: str, *, without: frozenset[str] = frozenset()) -> list[Hit]:
        """Return what detectors see in a text that is no transcript's."""
        language = self.material.study.settings.language
        found = self.detectors.detect(text, language=language) if text.strip() else ()
        return [hit for hit in found if hit.detector.partition("@")[0] not in without]

    def _ids(self) -> Iterator[Source]:
        """Yield names of people, transcripts and columns, where they may be names of somebody."""
        people = studies.participants_path(self.material.study)
        file = people.name if people is not None else "participants.csv"
        for person in self.material.participants:
            if may_be_a_name(person.id):
                yield Source(f"{file}/id/{person.id}", person.id, f"{file}: an id")
        for name in dict.fromkeys(key for person in self.material.participants for key in person.attributes):
            if name.casefold() not in TELLS_WHO:
                yield Source(f"{file}/column/{name}", name, f"{file}: the name of a column")
        for name in self.material.transcripts:
            if may_be_a_name(name):
                shown = redact(name, self.register)
                # What stands in brackets was decided; what is left of the name is looked at.
                rest = shown if shown == name else _BRACKETS.sub(" ", shown)
                yield Source(f"transcripts/{name}", rest.strip(), "the name of a transcript")

    def strange(
        self, text: str, known: frozenset[str], what: str, *, without: frozenset[str] = frozenset()
    ) -> list[Undecided]:
        """Return what detectors see among those words of a finished file that nobody has looked at.

        Args:
            text: All of the file's.
            known: Words of passages and texts that were looked at, and the program's own.
            what: The file, as it is told.
            without: Detectors that are not asked.
        """
        found: dict[str, None] = {}
        register = everything_known(self.register)
        for line in text.split("\n"):
            odd = words_of(line) - known
            if not odd:
                continue
            for hit in waiting(self.look(line, without=without), line, register, ""):
                if odd & words_of(line[hit.start : hit.end]):
                    found[hit.detector] = None
        return [Undecided(what, tuple(found))] if found else []

    def strange_name(self, path: Path, known: frozenset[str]) -> list[Undecided]:
        """Return what detectors see in a file's name, which is seldom written as people write."""
        spaced = " ".join(re.split(r"[\W_]+", path.stem))
        return self.strange(spaced, known, "the file's own name", without=_NOT_FOR_IDS)

    def leaks(self, text: str, said: Iterable[str] = ()) -> list[str]:
        """Return the print forms of what stands in a finished text and must not; ids of what has none.

        An age that was decided about, as “17”, is in a finished file a line or a count as well, and a year, as “2016”,
        the date of a step or of an article. It is taken for what was decided where somebody's words, or what the
        researcher wrote, attributes too, hold it as a word, or where a transcript is called or described by it.

        Args:
            text: All of the file's.
            said: Somebody's words in it, as they are printed.
        """
        seen = [(found.identity, text[found.start : found.end]) for found in leaking(text, self.register)]
        if any(_COUNT.fullmatch(words) for _, words in seen):
            # What stands in brackets was put in the place of something: a band may begin with the age it hides.
            written = (*(_BRACKETS.sub(" ", one) for one in said), *(source.text for source, _ in self.own()))
            told = {word.strip(".,;:()!?…«»“”\"'") for one in written for word in one.split()}
            for record in self.material.transcripts.values():
                about = (record.id, record.title, record.date, record.publisher)
                told.update(number for one in about if one for number in re.findall(r"(?<!\d)\d{4}(?!\d)", one))
            seen = [(one, words) for one, words in seen if words in told or not _COUNT.fullmatch(words)]
        return sorted({one.print_form(self.register.language) or one.id for one, _ in seen})


_BRACKETS = re.compile(r"\[[^\[\]]*\]")
_COUNT = re.compile(r"\d{1,4}")
_LAST: list[Clearance] = []


def clearance(material: Material, hits: Hits | None = None, detectors: scanning.Detectors | None = None) -> Clearance:
    """Return what is known and decided about a study, read once for one material.

    Args:
        material: Of the study.
        hits: What detectors see in a transcript; out of the study's cache if nothing is given.
        detectors: All of qualkit's, if none are given.

    Raises:
        FaultyFiles: If the register has faults.
    """
    for known in _LAST:
        if known.material is material and hits is None and detectors is None:
            return known
    detectors = detectors or scanning.every_detector()

    def seen(transcript: Transcript) -> Sequence[Hit]:
        return scanning.hits_in(material.study, transcript, detectors)

    made = Clearance(material, register_of(material), hits or seen, detectors)
    _LAST[:] = [made]
    return made


def register_of(material: Material) -> Register:
    """Return the names that must not be printed: the register's, and the labels of everybody who speaks.

    Raises:
        FaultyFiles: If the register has faults.
    """
    for known in _LAST:
        if known.material is material:
            return known.register
    listed = {person.id for person in material.participants}
    labels = [
        (value, person.id)
        for person in material.participants
        for name, value in person.attributes.items()
        if name.casefold() in TELLS_WHO and value
    ]
    for transcript in material.transcripts.values():
        ids = speaker_ids(transcript, material.participants)
        for speaker in transcript.speakers:
            shown = ids.get(speaker.label, speaker.role)
            # Where a file is named after the one who speaks in it, that is nobody's decision to print the name.
            same = shown.casefold() == speaker.label.casefold() and shown not in listed
            labels.append((speaker.label, speaker.role if same else shown))
    register = read_register(material.participants, labels)
    coders = {extract.coding.coder for extract in material.extracts} | {one.by for one in material.reflections}
    language = material.study.settings.language
    return replace(register.with_identities(good_register(material.study), language), ours=frozenset(coders))
