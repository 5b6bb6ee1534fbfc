"""Where a query's words, codes and people come together in transcripts.

What is found is a place. Words are found where they stand; the other words of the query must stand in the same turn
(or sentence, or paragraph), and the codes of the query on the words themselves. Where no words are asked for, passages
are found, and where no codes are asked for either, whole turns.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Literal, NamedTuple

from qualkit.coding.bounds import Bounds
from qualkit.coding.hits import ByWords, Hit, pairs, word_hits
from qualkit.coding.queries import (
    Attribute,
    Coded,
    Either,
    Every,
    Leaf,
    Near,
    Not,
    Query,
    Said,
    Words,
    leaves,
)
from qualkit.model import Span, Transcript, Turn
from qualkit.text import alike

Within = Literal["turn", "sentence", "paragraph"]
What = Literal["words", "passage", "turn"]


@dataclass(frozen=True, slots=True)
class Ground:
    """What of a study a query is asked of, but for its transcripts.

    Attributes:
        below: By code as it is asked for: the ids it stands for.
        attributes: By participant: values by column.
    """

    below: Mapping[str, frozenset[str]]
    attributes: Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Source:
    """A transcript that is searched.

    Attributes:
        owners: Participant by speaker label.
        passages: Start, end and code of its codings, sorted.
    """

    transcript: Transcript
    owners: Mapping[str, str]
    passages: tuple[tuple[int, int, str], ...] = ()


class Found(NamedTuple):
    """A place where a query is answered.

    Attributes:
        span: The words, the passage, or the turn.
        what: Which of the three.
        turn: Number of the turn it begins in, from 1.
    """

    span: Span
    what: What
    turn: int


def find_places(sources: Sequence[Source], query: Query, ground: Ground, within: Within = "turn") -> list[Found]:
    """Return every place in some transcripts where a query is answered, in the order of the texts.

    Args:
        sources: Read together, once.
        query: As `parse_query` gives it.
        ground: Knows every code of the query.
        within: Where words that are asked for together must stand together.

    Raises:
        QueryError: If a regular expression of the query takes too long.
    """
    words = list(dict.fromkeys(leaf for leaf in leaves(query) if isinstance(leaf, Words)))
    hits = word_hits([source.transcript for source in sources], words)
    return [
        found
        for number, source in enumerate(sources)
        for found in _Search(source, query, ground, within, hits[number]).found()
    ]


_Unit = tuple[int, int]
_Test = Callable[[Query], bool]
_Places = dict[tuple[int, int], tuple[What, int]]


class _Cover:
    """Stretches of a text, those that overlap made into one."""

    def __init__(self, places: Iterable[tuple[int, int]]) -> None:
        self.starts: list[int] = []
        self.ends: list[int] = []
        for start, end in sorted(places):
            if self.ends and start < self.ends[-1]:
                self.ends[-1] = max(end, self.ends[-1])
            else:
                self.starts.append(start)
                self.ends.append(end)

    def touches(self, start: int, end: int) -> bool:
        """Say whether a stretch lies in one of them, wholly or in part."""
        at = bisect_left(self.starts, end) - 1
        return at >= 0 and self.ends[at] > start


class _Search:
    """One transcript, and where in it a query is answered."""

    def __init__(self, source: Source, query: Query, ground: Ground, within: Within, hits: ByWords) -> None:
        self.source, self.query, self.ground, self.within = source, query, ground, within
        self.transcript = source.transcript
        self.bounds = Bounds(source.transcript)
        self.hits = hits
        self.by_unit: dict[Query, dict[_Unit, list[Hit]]] = {leaf: self._by_unit(leaf) for leaf in _wordy(query)}
        self.covers: dict[Query, _Cover] = {}
        self.said: dict[tuple[Leaf, int], bool] = {}

    @cached_property
    def _begins(self) -> list[int]:
        return [turn.label_start for turn in self.transcript.turns]

    def found(self) -> list[Found]:
        """Return every place where the query is answered."""
        places: _Places = {}
        for leaf in _positive(self.query):
            for unit, hits in self.by_unit.get(leaf, {}).items():
                for hit in hits:
                    reasons = self._reasons(self.query, partial(self._at_words, unit, hit))
                    if reasons is not None and leaf in reasons:
                        places.setdefault((hit.start, hit.end), ("words", hit.turn))
        if _can(self.query, (Coded, Said, Attribute)):
            self._passages(places)
        if _can(self.query, (Said, Attribute)):
            self._units(places)
        name = self.transcript.id
        return [Found(Span(name, *place), what, turn + 1) for place, (what, turn) in sorted(places.items())]

    def _passages(self, places: _Places) -> None:
        for start, end, code in self.source.passages:
            reasons = self._reasons(self.query, partial(self._at_passage, start, end))
            if reasons is None or any(isinstance(one, Words | Near) for one in reasons):
                continue
            if any(isinstance(one, Coded) and code in self.ground.below[one.code] for one in reasons):
                places.setdefault((start, end), ("passage", self._turns(start, end)[0]))

    def _units(self, places: _Places) -> None:
        for number, turn in enumerate(self.transcript.turns):
            for unit in self._units_of(turn, number):
                reasons = self._reasons(self.query, partial(self._at_unit, unit, number))
                if reasons is not None and not any(isinstance(one, Words | Near | Coded) for one in reasons):
                    places.setdefault(unit, ("turn", number))

    def _units_of(self, turn: Turn, number: int) -> Iterator[_Unit]:
        at = turn.start
        while at < turn.end:
            unit = self.bounds.unit(self.within, at, at, number)
            if unit[1] > unit[0] and self.transcript.text[slice(*unit)].strip():
                yield unit
            at = max(unit[1], at) + 1

    def _reasons(self, query: Query, test: _Test) -> set[Query] | None:
        """Return the parts of a query that make it true at a place; None where it is not true."""
        if isinstance(query, Not):
            return None if self._reasons(query.part, test) is not None else set()
        if isinstance(query, Every | Either):
            told = [self._reasons(part, test) for part in query.parts]
            true = [one for one in told if one is not None]
            enough = len(true) == len(told) if isinstance(query, Every) else bool(true)
            return set().union(*true) if enough else None
        return {query} if test(query) else None

    def _at_words(self, unit: _Unit, hit: Hit, one: Query) -> bool:
        if isinstance(one, Said | Attribute):
            return self._is_said(one, hit.turn)
        return self._covers(one).touches(hit.start, hit.end) if isinstance(one, Coded) else unit in self.by_unit[one]

    def _at_passage(self, start: int, end: int, one: Query) -> bool:
        if isinstance(one, Said | Attribute):
            return any(self._is_said(one, turn) for turn in self._turns(start, end))
        return self._covers(one).touches(start, end)

    def _at_unit(self, unit: _Unit, turn: int, one: Query) -> bool:
        if isinstance(one, Said | Attribute):
            return self._is_said(one, turn)
        return self._covers(one).touches(*unit) if isinstance(one, Coded) else unit in self.by_unit[one]

    def _turns(self, start: int, end: int) -> range:
        """Return the indexes of the turns a passage lies in or runs over."""
        first = max(bisect_right(self._begins, start) - 1, 0)
        return range(first, max(bisect_left(self._begins, end), first + 1))

    def _covers(self, one: Query) -> _Cover:
        """Return what of the text a code, or words of the query, cover."""
        if one not in self.covers:
            if isinstance(one, Coded):
                codes = self.ground.below[one.code]
                places = [(start, end) for start, end, code in self.source.passages if code in codes]
            else:
                places = [(hit.start, hit.end) for hits in self.by_unit[one].values() for hit in hits]
            self.covers[one] = _Cover(places)
        return self.covers[one]

    def _is_said(self, one: Said | Attribute, turn: int) -> bool:
        key = (one, turn)
        if key not in self.said:
            self.said[key] = _is_said(self.source, self.ground, one, turn)
        return self.said[key]

    def _by_unit(self, leaf: Query) -> dict[_Unit, list[Hit]]:
        """Return where words stand, by the turn, sentence or paragraph."""
        if isinstance(leaf, Near):
            return self._near(leaf)
        units: dict[_Unit, list[Hit]] = defaultdict(list)
        for hit in self.hits.get(leaf, ()) if isinstance(leaf, Words) else ():
            units[self.bounds.unit(self.within, hit.start, hit.start, hit.turn)].append(hit)
        return dict(units)

    def _either(self, query: Query) -> dict[_Unit, list[Hit]]:
        if not isinstance(query, Either):
            return self._by_unit(query)
        units: dict[_Unit, set[Hit]] = defaultdict(set)
        for part in query.parts:
            for unit, hits in self._either(part).items():
                units[unit].update(hits)
        return {unit: sorted(hits) for unit, hits in units.items()}

    def _near(self, near: Near) -> dict[_Unit, list[Hit]]:
        left, right = self._either(near.left), self._either(near.right)
        units = {unit: pairs(left[unit], right[unit], near.words) for unit in left.keys() & right.keys()}
        return {unit: hits for unit, hits in units.items() if hits}


def _is_said(source: Source, ground: Ground, one: Said | Attribute, number: int) -> bool:
    transcript = source.transcript
    if isinstance(one, Said) and one.kind in ("transcript", "kind"):
        return alike(transcript.id if one.kind == "transcript" else transcript.kind, one.value)
    if number >= len(transcript.turns):
        return False
    label = transcript.turns[number].speaker
    person = source.owners.get(label or "", "")
    if isinstance(one, Attribute):
        values = ground.attributes.get(person, {})
        return any(name.casefold() == one.name.casefold() and alike(value, one.value) for name, value in values.items())
    if one.kind == "participant":
        return bool(person) and alike(person, one.value)
    speaker = transcript.speaker(label)
    names = {person, *((speaker.label, speaker.role) if speaker else ("",))} - {""}
    return any(alike(name, one.value) for name in names)


def _wordy(query: Query) -> Iterator[Words | Near]:
    if isinstance(query, Words | Near):
        yield query
    elif isinstance(query, Not):
        yield from _wordy(query.part)
    elif isinstance(query, Every | Either):
        for part in query.parts:
            yield from _wordy(part)


def _positive(query: Query) -> set[Query]:
    """Return the leaves of a query that do not stand behind NOT."""
    if isinstance(query, Not):
        return set()
    if isinstance(query, Every | Either):
        return set().union(*map(_positive, query.parts))
    return {query}


def _can(query: Query, kinds: tuple[type[Leaf], ...]) -> bool:
    """Say whether a query can be true by leaves of these kinds alone."""
    if isinstance(query, Not):
        return True
    if isinstance(query, Every | Either):
        return (all if isinstance(query, Every) else any)(_can(part, kinds) for part in query.parts)
    return isinstance(query, kinds)
