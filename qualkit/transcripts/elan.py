"""ELAN files (eaf): root tiers are speakers, what depends on them is somebody's work on their words.

A tier that numbers utterances and holds no words is the exception: there the words stand on a tier below.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from qualkit.transcripts.encoding import decode_text
from qualkit.transcripts.raw import RawText, UnreadableOriginal, tell
from qualkit.transcripts.tiers import Stretch, Tier, holds_other_than_speech, read_tiers

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_HINT = "Open it in ELAN and save it again, or export it from ELAN as text."
_DAMAGED = "Fetch the file again from where it came, or open it in ELAN and save it anew."
# A tree of more tags or attributes does not fit in a laptop's memory; an hour of speech has some ten thousand.
_MOST_TAGS = 5_000_000
_DECLARATION = re.compile(r"\s*<\?xml[^>]*\?>")
_FIRST_TAG = re.compile(r"(?:\s|<\?[^>]*\?>|<!--.*?-->)*<([^\s/>!?]+)", re.DOTALL)
_SECONDS = {"PAL-frames": 0.04, "NTSC-frames": 1001 / 30000}
_NUMBERING = re.compile(r"\S{0,50}\d[.)\]]?")


@dataclass(slots=True)
class _Annotated:
    """A tier as the file has it."""

    name: str
    participant: str
    parent: str
    kind: str
    annotations: list[_Annotation] = field(default_factory=list)
    wordless: int = 0


class _Annotation(NamedTuple):
    id: str
    begin: str
    end: str
    above: str
    text: str


class _Place(NamedTuple):
    at: float
    begin: float | None
    end: float | None


def read_elan(data: bytes) -> RawText:
    """Read an eaf file: speakers by participant or tier, in the order of time, with times.

    Annotations whose times are not in the file stand where their neighbours on the tier put them, and get
    no times.

    Args:
        data: The whole file.

    Returns:
        Paragraphs, one for each row of annotations of one speaker; what was left out is told.

    Raises:
        UnreadableOriginal: No ELAN file, damaged, built to exhaust the memory, or without a word.
    """
    if not data.strip():
        raise UnreadableOriginal("the file is empty", "Look whether the right file was saved.")
    text, _, decided = decode_text(data)
    first = _FIRST_TAG.match(text)
    # An entity in an attribute is expanded even by a parser that resolves none.
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise UnreadableOriginal("the file declares a DOCTYPE, as no ELAN file does", _HINT)
    if first is None or first[1] != "ANNOTATION_DOCUMENT":
        raise UnreadableOriginal("the file is no ELAN file (.eaf)", _HINT)
    if max(text.count("<"), text.count("=")) > _MOST_TAGS:
        raise UnreadableOriginal("the file is larger than a transcript can be", "Is this the right file?")
    # What the declaration says of the encoding may be wrong, and could hide a DOCTYPE from the lines above.
    file = _File()
    file.read(_DECLARATION.sub("", text, count=1).encode("utf-8"))
    told = list(decided)
    tiers = list(_speech(file, told))
    _tell_of_times(file, told)
    return read_tiers(tiers, told)


class _File:
    """Time slots, in seconds, and tiers."""

    def __init__(self) -> None:
        self.slots: dict[str, float] = {}
        self.tiers: list[_Annotated] = []
        self.wrong = self.backwards = self.open = 0

    def read(self, data: bytes) -> None:
        """Take what is read out of the tree of the file.

        Raises:
            UnreadableOriginal: The XML is damaged.
        """
        from lxml import etree

        # Without huge_tree, elements nested without end are refused.
        parser = etree.XMLParser(
            encoding="utf-8",
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            remove_comments=True,
            remove_pis=True,
        )
        try:
            root = etree.fromstring(data, parser)
        except etree.XMLSyntaxError:
            raise UnreadableOriginal("the file's XML is damaged or cut off", _DAMAGED) from None
        header = root.find("HEADER")
        unit = _SECONDS.get("" if header is None else header.get("TIME_UNITS", ""), 0.001)
        for slot in root.iter("TIME_SLOT"):
            self._slot(slot.get("TIME_SLOT_ID", ""), slot.get("TIME_VALUE"), unit)
        self.tiers = [_tier(element) for element in root.iter("TIER")]

    def _slot(self, name: str, value: str | None, unit: float) -> None:
        if value is None:
            return
        if len(value) <= 12 and value.isascii() and value.isdigit():
            self.slots[name] = int(value) * unit
        else:
            self.wrong += 1

    def places(self, tier: _Annotated) -> list[_Place]:
        """Return where the annotations of a tier with times of its own stand."""
        times: list[tuple[float | None, float | None]] = []
        for one in tier.annotations:
            begin, end = self.slots.get(one.begin), self.slots.get(one.end)
            if begin is not None and end is not None and end < begin:
                self.backwards += 1
                end = begin
            times.append((begin, end))
        flat = [time for pair in times for time in pair]
        if None in flat:
            self.open += sum(None in pair for pair, one in zip(times, tier.annotations, strict=True) if one.text)
        begins = _filled(flat)[::2]
        return [_Place(at, begin, end) for at, (begin, end) in zip(begins, times, strict=True)]


def _tier(element: Element) -> _Annotated:
    tier = _Annotated(
        name=element.get("TIER_ID", ""),
        participant=element.get("PARTICIPANT", ""),
        parent=element.get("PARENT_REF", ""),
        kind=element.get("LINGUISTIC_TYPE_REF", ""),
    )
    got: Element | None = None
    for one in element.iter("ALIGNABLE_ANNOTATION", "REF_ANNOTATION", "ANNOTATION_VALUE"):
        if one.tag != "ANNOTATION_VALUE":
            got = one
            continue
        text = " ".join(("".join(map(str, one.itertext())) if len(one) else one.text or "").split())
        tier.wordless += not text
        if got is None:
            tier.annotations.append(_Annotation("", "", "", "", text))
            continue
        begin, end = got.get("TIME_SLOT_REF1", ""), got.get("TIME_SLOT_REF2", "")
        tier.annotations.append(
            _Annotation(got.get("ANNOTATION_ID", ""), begin, end, got.get("ANNOTATION_REF", ""), text)
        )
    return tier


def _filled(times: Sequence[float | None]) -> list[float]:
    """Spread what is not known evenly between its neighbours, as ELAN shows it.

    Example:
        >>> _filled([None, 1.0, None, None, 4.0, None])
        [1.0, 1.0, 2.0, 3.0, 4.0, 4.0]
    """
    known = [(i, time) for i, time in enumerate(times) if time is not None]
    if len(known) == len(times):
        return [time for _, time in known]
    if not known:
        return [0.0] * len(times)
    filled = [known[0][1]] * len(times)
    for (i, time), (j, following) in zip(known, [*known[1:], (len(times), known[-1][1])], strict=True):
        for n in range(i, j):
            filled[n] = time + (following - time) * (n - i) / (j - i)
    return filled


def _speech(file: _File, told: list[str]) -> Iterator[Tier]:
    """Yield the root tiers, or the one below that has a numbering tier's words; tell of the others."""
    names = {tier.name for tier in file.tiers}
    below: dict[str, list[_Annotated]] = {}
    roots = []
    for tier in file.tiers:
        if tier.parent and tier.parent in names and tier.parent != tier.name:
            below.setdefault(tier.parent, []).append(tier)
        else:
            roots.append(tier)
    roots = roots or file.tiers
    dependent = sum(any(one.text for one in tier.annotations) for tiers in below.values() for tier in tiers)
    taken = 0
    wordless = 0
    for root in roots:
        places = file.places(root)
        source = _words_below(root, below.get(root.name, []))
        if source is not None:
            taken += 1
            above = {one.id: place for one, place in zip(root.annotations, places, strict=True)}
            own = file.places(source) if any(one.begin for one in source.annotations) else None
            nowhere = _Place(0.0, None, None)
            places = own or [above.get(one.above, nowhere) for one in source.annotations]
        read = source or root
        wordless += read.wordless
        stretches = [
            Stretch(None, place.at, place.begin, place.end, one.text)
            for one, place in zip(read.annotations, places, strict=True)
            if one.text
        ]
        name = root.name if source is None or root.participant else read.name
        yield Tier(name, stretches, root.participant or read.participant, root.kind)
    one = "tier only numbers the utterances; the words were read from a tier below it"
    tell(told, taken, one, "tiers only number the utterances; the words were read from tiers below them")
    left = "that depends on another (a translation, a comment, an analysis) was left out"
    many = "that depend on others (translations, comments, analyses) were left out"
    tell(told, dependent - taken, f"tier {left}", f"tiers {many}")
    tell(told, wordless, "annotation without words was passed over", "annotations without words were passed over")


def _words_below(root: _Annotated, below: Sequence[_Annotated]) -> _Annotated | None:
    """Return the tier that has the words of a tier that only numbers utterances."""
    filled = [one.text for one in root.annotations if one.text]
    if sum(bool(_NUMBERING.fullmatch(text[:60])) for text in filled) * 5 < len(filled) * 4:
        return None
    having = [tier for tier in below if any(one.text for one in tier.annotations)]
    spoken = [tier for tier in having if not (holds_other_than_speech(tier.name) or holds_other_than_speech(tier.kind))]
    if filled and not any(sum(c.isalpha() for c in one.text) > 12 for tier in spoken for one in tier.annotations):
        return None
    return next(iter(spoken), None)


def _tell_of_times(file: _File, told: list[str]) -> None:
    stand = "stands where its neighbours on the tier put it"
    several = "stand where their neighbours on the tier put them"
    tell(told, file.open, f"annotation has no time of its own and {stand}", f"annotations have no times and {several}")
    tell(told, file.wrong, "time is no time and was not read", "times are no times and were not read")
    ends = "ends before it begins; its end was not read"
    tell(told, file.backwards, f"annotation {ends}", "annotations end before they begin; their ends were not read")
