"""The queue of the review: what waits, grouped by the words as they are said, the most dangerous first."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from qualkit.anonymisation.forms import register_hits
from qualkit.anonymisation.merging import Seen, merged
from qualkit.anonymisation.queue import bases, folded, waiting
from qualkit.identity import CLASSES, TYPES, Action, Hit, Identities, IdentityClass, IdentityType
from qualkit.linenumbers import lay_lines, line_at
from qualkit.model import Span

PLACES = 4
"""Places of a candidate that are kept with their context."""

_CONTEXT = 90

PROPOSED: Mapping[IdentityType, Action] = MappingProxyType(
    {
        "person": "pseudonym",
        "place": "generalise",
        "institution": "generalise",
        "date": "generalise",
        "age": "band",
        "number": "redact",
        "contact": "redact",
        "role": "generalise",
        "nationality": "generalise",
        "health": "generalise",
    }
)
"""What is proposed for each type; for what is only unknown, nothing."""


@dataclass(frozen=True, slots=True)
class Source:
    """A text that is searched: a transcript, or a piece of the researcher's own that is printed.

    Attributes:
        id: A transcript's id; for what the researcher wrote the file and place: "themes.yaml/heading/t1".
        text: Whole.
        where: How the place is told where it is no transcript: "themes.yaml: heading of t1".
        speaking: Offset of every turn with the participant who speaks; "" for anybody else.
    """

    id: str
    text: str
    where: str = ""
    speaking: tuple[tuple[int, str], ...] = ()

    def participant_at(self, offset: int) -> str:
        """Return the id of the participant who speaks at an offset, or ""."""
        index = bisect_right(self.speaking, offset, key=lambda turn: turn[0]) - 1
        return self.speaking[index][1] if index >= 0 else ""


@dataclass(frozen=True, slots=True)
class Place:
    """Where the words of a candidate stand, with a little text around them. For the researcher's own screen."""

    span: Span
    where: str
    before: str
    words: str
    after: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """Words that wait to be decided, wherever they stand in the study.

    Attributes:
        form: As they are said most often, without a genitive where they are also said without.
        forms: Every way they are written, the most frequent first.
        type: What it is taken for.
        cls: How dangerous it would be.
        detectors: That see it.
        spans: All its places.
        places: The first of them, with context.
        transcripts: In how many it stands.
        participants: Ids of those who say it.
        notes: What detectors say about it.
    """

    form: str
    forms: tuple[str, ...]
    type: IdentityType
    cls: IdentityClass
    detectors: tuple[str, ...]
    spans: tuple[Span, ...]
    places: tuple[Place, ...]
    transcripts: int
    participants: tuple[str, ...]
    notes: tuple[str, ...] = ()

    @property
    def proposed(self) -> Action | None:
        """What is proposed to do with it; None where only a person can tell what it is."""
        return "keep" if self.cls == "public" else PROPOSED.get(self.type)

    @property
    def count(self) -> int:
        """How often it stands in the study."""
        return len(self.spans)


@dataclass(slots=True)
class _Group:
    forms: Counter[str] = field(default_factory=Counter)
    types: Counter[IdentityType] = field(default_factory=Counter)
    cls: IdentityClass = "public"
    detectors: set[str] = field(default_factory=set)
    spans: list[Span] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    transcripts: set[str] = field(default_factory=set)
    participants: dict[str, None] = field(default_factory=dict)
    notes: dict[str, None] = field(default_factory=dict)

    def add(self, other: _Group, places: int) -> None:
        self.forms += other.forms
        self.types += other.types
        self.cls = min(self.cls, other.cls, key=CLASSES.index)
        self.detectors |= other.detectors
        self.spans += other.spans
        self.places = (self.places + other.places)[:places]
        self.transcripts |= other.transcripts
        self.participants.update(other.participants)
        self.notes.update(other.notes)


Wanted = Callable[[Span], bool]


def candidates(
    sources: Iterable[tuple[Source, Sequence[Hit]]],
    identities: Identities,
    *,
    places: int = PLACES,
    wanted: Wanted = lambda _: True,
) -> list[Candidate]:
    """Return what waits in a study, grouped by surface form, the most dangerous and among those the rarest first.

    Inflected and differently written forms of the same word are one candidate. Of all texts only the context of the
    first places is kept.

    Args:
        sources: Texts with the hits in each; read one after the other.
        identities: The register.
        places: How many places of each candidate are kept with their context.
        wanted: Says of a place whether it is asked for.

    Example:
        >>> text = "Kari kom. Det var Karis vakt i Halden."
        >>> hits = [Hit(0, 4, "names@2", "person"), Hit(18, 23, "names@2", "person"), Hit(31, 37, "places@2", "place")]
        >>> found = candidates([(Source("I1", text), hits)], Identities())
        >>> [(one.form, one.count, one.proposed) for one in found]
        [('Kari', 2, 'pseudonym'), ('Halden', 1, 'generalise')]
    """
    groups: dict[tuple[str, bool], _Group] = {}
    for source, hits in sources:
        known = register_hits(source.text, identities, transcript=source.id)
        open_ = waiting([*hits, *known], source.text, identities, source.id)
        lines: list[tuple[int, int]] | None = None
        for seen in merged(open_, source.text):
            span = Span(source.id, seen.start, seen.end)
            if not wanted(span):
                continue
            words = source.text[seen.start : seen.end]
            group = groups.setdefault((folded(words), _figure(seen)), _Group())
            _note(group, source, seen, span)
            if len(group.places) < places:
                if lines is None and not source.where:
                    lines = lay_lines(source.text)
                group.places.append(place_in(source.text, span, source.where, lines))
    _join_genitives(groups, places)
    return in_order((_candidate(group) for group in groups.values()), identities)


def in_order(found: Iterable[Candidate], identities: Identities) -> list[Candidate]:
    """Return candidates by risk: class, type, and the rarest first.

    Whoever shares a part of a full name comes right behind it, and first of all where the full name is decided.
    """
    ordered = sorted(
        found,
        key=lambda one: (
            CLASSES.index(one.cls),
            TYPES.index(one.type),
            -len(one.form.split()),
            one.count,
            one.form.casefold(),
        ),
    )
    parts: dict[str, list[Candidate]] = {}
    for one in ordered:
        if one.type == "person" and len(one.form.split()) == 1:
            parts.setdefault(one.form.casefold(), []).append(one)
    known = [form for one in identities.identities if one.type == "person" for form in one.forms]
    out = dict.fromkeys(part for form in known for word in form.casefold().split() for part in parts.get(word, ()))
    for one in ordered:
        out[one] = None
        for word in one.form.casefold().split() if one.type == "person" else ():
            out.update(dict.fromkeys(parts.get(word, ())))
    return list(out)


def _figure(seen: Seen) -> bool:
    """Return whether it is a date, a number or an age: these are no names, whatever they are written like."""
    return seen.type in {"number", "contact", "date", "age"}


def _note(group: _Group, source: Source, seen: Seen, span: Span) -> None:
    group.forms[" ".join(source.text[seen.start : seen.end].split())] += 1
    group.types[seen.type] += 1
    group.cls = min(group.cls, seen.cls, key=CLASSES.index)
    group.detectors.update(seen.detectors)
    group.spans.append(span)
    group.notes.update(dict.fromkeys(hit.note for hit in seen.hits if hit.note))
    if source.where:
        return
    group.transcripts.add(source.id)
    if participant := source.participant_at(seen.start):
        group.participants[participant] = None


def place_in(text: str, span: Span, where: str = "", lines: Sequence[tuple[int, int]] | None = None) -> Place:
    """Return a place with the text around it, as far as its line goes.

    Args:
        text: That holds it.
        span: In that text.
        where: How the place is told; else by its line.
        lines: Of the text as it is laid out on paper, where they were counted already.
    """
    first = max(text.rfind("\n", 0, span.start) + 1, span.start - _CONTEXT)
    last = min(len(text), span.end + _CONTEXT)
    stop = text.find("\n", span.end, last)
    last = last if stop < 0 else stop
    told = where or f"{span.transcript}, line {line_at(lay_lines(text) if lines is None else lines, span.start)}"
    return Place(span, told, text[first : span.start], text[span.start : span.end], text[span.end : last])


def _join_genitives(groups: dict[tuple[str, bool], _Group], places: int) -> None:
    """Put "Karis" into the group of "Kari" where both stand in the study."""
    for form, figure in list(groups):
        base = next((base for base in bases(form) if (base, figure) in groups), None)
        if base is not None and not figure:
            groups[base, figure].add(groups.pop((form, figure)), places)


def _candidate(group: _Group) -> Candidate:
    forms = [form for form, _ in group.forms.most_common()]
    roots = {folded(form) for form in forms}
    # The form without its genitive, and with a capital where it is written with one anywhere.
    plain = [form for form in forms if not any(base in roots for base in bases(folded(form)))] or forms
    capital = [form for form in plain if form[:1].isupper() and not form.isupper()]
    kind = max(group.types, key=lambda each: (group.types[each], each != "other", -TYPES.index(each)))
    if kind == "other" and len(group.types) > 1:
        kind = max((each for each in group.types if each != "other"), key=lambda each: group.types[each])
    return Candidate(
        (capital or plain)[0],
        tuple(forms),
        kind,
        group.cls,
        tuple(sorted(group.detectors)),
        tuple(group.spans),
        tuple(group.places),
        len(group.transcripts),
        tuple(group.participants),
        tuple(group.notes),
    )
