"""A foreign file becomes a transcript: bytes, paragraphs, speakers, canonical text."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from qualkit.language.identify import identify
from qualkit.model import WITHOUT_SPEAKERS, Kind, MeaningUnit, Memo, Role, Span, Speaker, Transcript
from qualkit.text import around, normalise, sha256_hex, trimmed
from qualkit.transcripts.canonical import parse_turns
from qualkit.transcripts.clock import Time
from qualkit.transcripts.formats import format_of
from qualkit.transcripts.hallucinations import doubts_of
from qualkit.transcripts.labelslips import MOST_LABELS, slips
from qualkit.transcripts.raw import Doubt, Mark, Paragraph, RawText, UnreadableOriginal, tell
from qualkit.transcripts.sniffing import refuse_other_kinds
from qualkit.transcripts.speakers import NOBODY, Spoken, assign_roles, split_turns
from qualkit.transcripts.statedlanguage import contradictions, stated_language
from qualkit.transcripts.tidying import TIDIED, Removed, as_asked, tidied

_LARGEST = 300 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Imported:
    """A mark from the original at its place in the transcript.

    Attributes:
        memo: The comment or highlighting, with the passage.
        kind: "comment" or "highlight".
    """

    memo: Memo
    kind: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What reading one original gives.

    Attributes:
        transcript: Canonical.
        imported: Comments and highlighting, in the order of the text.
        decided: What was decided on the way, a sentence each, for the researcher to confirm.
        unlabelled: True where no speaker was found at all.
        doubts: What a person should look at.
        removed: What was taken out because it was asked for.
    """

    transcript: Transcript
    imported: tuple[Imported, ...]
    decided: tuple[str, ...]
    unlabelled: bool
    doubts: tuple[Doubt, ...] = ()
    removed: tuple[Removed, ...] = ()


def read_original(
    path: Path,
    *,
    transcript_id: str,
    source: str = "",
    participants: Collection[str] = (),
    language: str | None = None,
    default_language: str = "nb",
    kind: Kind | None = None,
    interviewers: Collection[str] = (),
    tidy: Collection[str] = (),
) -> Reading:
    """Read a file of any format in `formats.FORMATS` into a canonical transcript. The file is not changed.

    Args:
        path: Of the original.
        transcript_id: The id it gets.
        source: The path to record in the header.
        participants: Labels that belong to participants.
        language: Decided by the researcher; None: found from what is said.
        default_language: Where too little is said to tell.
        kind: Decided by the researcher; None: an interview, of a group where several participants speak.
        interviewers: Labels of those who ask, where it does not show.
        tidy: Kinds of clean-up, as `tidying.TIDYINGS` has them; the transcript's header keeps what was asked for.

    Raises:
        UnreadableOriginal: If the file is empty, broken, protected or not what its name says.
        NoSuchTidying: If a kind of clean-up is not known.
        OSError: If it cannot be opened.
    """
    if path.stat().st_size > _LARGEST:
        raise UnreadableOriginal(
            f"the file is larger than {_LARGEST // 1024 // 1024} MB", "A transcript is text; is this a recording?"
        )
    one = format_of(path.suffix)
    data = path.read_bytes()
    refuse_other_kinds(data, path.suffix)
    asked = as_asked(tidy)
    raw, removed = tidied(one.read(data), asked, language or "")
    reading = transcribe(
        raw,
        transcript_id=transcript_id,
        source=source,
        source_sha256=sha256_hex(data),
        participants=participants,
        language=language,
        default_language=default_language,
        kind=kind,
        interviewers=interviewers,
    )
    if not asked:
        return reading
    extra = {**reading.transcript.extra, TIDIED: ", ".join(asked)}
    return replace(reading, transcript=replace(reading.transcript, extra=extra), removed=removed)


def transcribe(
    raw: RawText,
    *,
    transcript_id: str,
    source: str = "",
    source_sha256: str = "",
    participants: Collection[str] = (),
    language: str | None = None,
    default_language: str = "nb",
    kind: Kind | None = None,
    interviewers: Collection[str] = (),
) -> Reading:
    """Give paragraphs a canonical text, turns, roles and languages.

    Raises:
        UnreadableOriginal: If there is no text.

    Example:
        >>> from qualkit.transcripts.raw import Paragraph
        >>> raw = RawText((Paragraph("I: Kor lenge?"), Paragraph("K1: Me kan ringe kvarandre.")))
        >>> print(transcribe(raw, transcript_id="K1").transcript.text, end="")
        I: Kor lenge?
        <BLANKLINE>
        K1: Me kan ringe kvarandre.
    """
    if kind in WITHOUT_SPEAKERS:
        raw = _unspoken(raw)
    turns = split_turns(raw, participants)
    labels = list(dict.fromkeys(turn.label for turn in turns if turn.label is not None))
    if len(labels) > MOST_LABELS:
        raise UnreadableOriginal(
            f"the file names {len(labels):,} speakers, more than any conversation has",
            "Look whether the right file was saved, and what stands before the colons.",
        )
    text, places = _compose(turns, labels)
    if not text.strip():
        raise UnreadableOriginal("the file is empty", "Nothing was found to read in it.")
    roles, assumed = assign_roles(turns, participants, interviewers)
    decided = [*raw.decided, *_repairs(raw)]
    one, many = "line of facts about the interview was left out", "lines of facts about the interview were left out"
    tell(decided, len(raw.facts), one, many)
    unnamed = sum(turn.label == NOBODY for turn in turns)
    kept = f"for which the file names no speaker, kept under the label {NOBODY}"
    tell(decided, unnamed, f"stretch between turns, {kept}", f"stretches between turns, {kept}")
    decided += assumed
    stated = stated_language(raw.about.get("language", ""), default_language)
    found, speakers, told = _languages(turns, roles, language, stated or default_language, stated=bool(stated))
    decided += told
    contradicted = contradictions(stated, found) if language is None else []
    if kind is None:
        kind = "group-interview" if sum(role == "participant" for role in roles.values()) > 1 else "interview"
    about = raw.about if kind == "document" else {}
    times = {number: _to_milliseconds(turn.time) for number, turn in enumerate(turns, 1) if turn.time}
    transcript = Transcript(
        id=transcript_id,
        text=text,
        turns=parse_turns(text, labels, times),
        speakers=speakers,
        language=found,
        sha256=sha256_hex(text),
        kind=kind,
        may_quote=kind != "off-the-record",
        title=about.get("title", ""),
        date=about.get("date", ""),
        publisher=about.get("publisher", ""),
        pages=_pages(raw, places),
        source=source,
        source_sha256=source_sha256,
    )
    marking = _Marking(raw, transcript, places)
    imported = sorted(
        (item for mark in raw.marks if (item := marking.imported(mark))),
        key=lambda item: item.memo.unit.span if item.memo.unit else Span("", 0, 0),
    )
    moments = [(place.at, raw.paragraphs[place.paragraph].time) for place in places]
    doubts = (*raw.doubts, *slips(turns, participants), *doubts_of(text, transcript.turns, moments), *contradicted)
    return Reading(transcript, tuple(imported), tuple(decided), unlabelled=not labels, doubts=doubts)


def _unspoken(raw: RawText) -> RawText:
    """Return the paragraphs of a source in which nobody takes turns: all of it is text."""
    above = len(raw.facts)
    paragraphs = (*map(Paragraph, raw.facts), *(replace(one, speaker=None) for one in raw.paragraphs))
    marks = tuple(
        replace(mark, start=(mark.start[0] + above, mark.start[1]), end=(mark.end[0] + above, mark.end[1]))
        for mark in raw.marks
    )
    return replace(raw, paragraphs=paragraphs, marks=marks, facts=(), labelled=True)


def _pages(raw: RawText, places: Sequence[_Place]) -> Mapping[int, int]:
    """Return page by the offset at which it begins; of several paragraphs that stand in one line, the first counts."""
    pages: dict[int, int] = {}
    last: int | None = None
    for place in places:
        page = raw.paragraphs[place.paragraph].page
        if page is not None and page != last:
            pages.setdefault(place.at, page)
            last = page
    return MappingProxyType(pages)


class _Place(NamedTuple):
    """Where a piece of a paragraph has come to stand.

    Attributes:
        paragraph: Index in the original.
        start: In the normalised paragraph.
        end: In the normalised paragraph.
        at: Where it begins in the canonical text.
    """

    paragraph: int
    start: int
    end: int
    at: int


def _compose(turns: Sequence[Spoken], labels: Sequence[str]) -> tuple[str, list[_Place]]:
    """Return the canonical text, and in its order where each piece of speech stands in it."""
    opening = tuple(f"{label}:" for label in labels)
    out: list[str] = []
    places: list[_Place] = []
    at = 0
    for number, turn in enumerate(turns):
        head = "\n" * bool(number) + (f"{turn.label}:" if turn.label is not None else "")
        out.append(head)
        at += len(head)
        first = True
        for piece in turn.pieces:
            text = _one_turn(piece.text, opening)
            if text:
                # Speech that would read as a new turn is no line of its own.
                clashes = text.startswith(opening)
                joint = " " if clashes or (first and turn.label is not None) else "" if first else "\n"
                out.append(joint)
                at += len(joint)
                first = False
            places.append(_Place(piece.paragraph, piece.start, piece.start + len(text), at))
            out.append(text)
            at += len(text)
        out.append("\n")
        at += 1
    return "".join(out), places


def _one_turn(text: str, opening: tuple[str, ...]) -> str:
    """Put every line that would read as a new turn behind the line before it."""
    if "\n" not in text or not opening:
        return text
    lines = text.split("\n")
    return lines[0] + "".join((" " if line.startswith(opening) else "\n") + line for line in lines[1:])


def _to_milliseconds(time: Time) -> Time:
    """Return a time as exact as the transcript's header has it."""
    return round(time[0], 3), round(time[1], 3)


def _repairs(raw: RawText) -> list[str]:
    return normalise("\n".join([paragraph.text for paragraph in raw.paragraphs]))[1].sentences()


def _languages(
    turns: Sequence[Spoken], roles: dict[str, Role], language: str | None, default: str, *, stated: bool
) -> tuple[str, tuple[Speaker, ...], list[str]]:
    """Return the transcript's language, the speakers with theirs, and what was decided."""
    said: dict[str | None, list[str]] = {}
    for turn in turns:
        said.setdefault(turn.label, []).extend(piece.text for piece in turn.pieces)
    own = {label: identify(said[label]) for label in roles if label in said}
    told: list[str] = []
    if language is None:
        found = set(own.values()) - {None}
        # Where all who say enough speak one language, it is the transcript's.
        language = found.pop() if len(found) == 1 else identify([text for texts in said.values() for text in texts])
        if language is None:
            language = default
            taken = f"{default} was taken from {'what the file states' if stated else 'the study'}"
            told.append(f"too little is said to tell the language; {taken}")
    speakers = []
    for label, role in roles.items():
        spoken = own.get(label)
        speakers.append(Speaker(label, role, spoken if spoken != language else None))
    return language, tuple(speakers), told


class _Marking:
    """Finds the speech that marks of the original stand on."""

    def __init__(self, raw: RawText, transcript: Transcript, places: Sequence[_Place]) -> None:
        self._texts = [paragraph.text for paragraph in raw.paragraphs]
        self._mended = {i for i, text in enumerate(self._texts) if raw.marks and normalise(text)[0] != text}
        self._transcript = transcript
        self._places = places
        self._spoken = [place for place in places if place.start < place.end]
        self._starts = [(place.paragraph, place.start) for place in self._spoken]
        self._ends = [(place.paragraph, place.end) for place in self._spoken]

    def imported(self, mark: Mark) -> Imported | None:
        """Return a mark at its place in the canonical text.

        Highlighting that covers a label and no speech is none; a comment is kept, and stands on the speech
        behind the label.
        """
        start, end = self._start(*mark.start), self._end(*mark.end)
        if start >= end:
            own = bisect_left(self._places, mark.start[0], key=lambda place: place.paragraph)
            if own == len(self._places) or mark.kind == "highlight":
                return None
            start = self._places[own].at
            end = start + self._places[own].end - self._places[own].start
        text = self._transcript.text
        start, end = trimmed(text, start, end)
        unit = MeaningUnit(Span(self._transcript.id, start, end), text[start:end], *around(text, start, end))
        return Imported(Memo(mark.text, mark.author, mark.created, "import:word", unit), mark.kind)

    def _start(self, paragraph: int, offset: int) -> int:
        """Return where the first speech from here on stands."""
        offset = self._normal(paragraph, offset)
        number = bisect_right(self._ends, (paragraph, offset))
        if number == len(self._spoken):
            return len(self._transcript.text)
        place = self._spoken[number]
        return place.at + (max(0, offset - place.start) if place.paragraph == paragraph else 0)

    def _end(self, paragraph: int, offset: int) -> int:
        """Return where the last speech before here ends."""
        offset = self._normal(paragraph, offset)
        number = bisect_left(self._starts, (paragraph, offset))
        if number == 0:
            return 0
        place = self._spoken[number - 1]
        return place.at + (min(place.end, offset) if place.paragraph == paragraph else place.end) - place.start

    def _normal(self, paragraph: int, offset: int) -> int:
        """Return an offset of a paragraph in its normalised text."""
        return len(normalise(self._texts[paragraph][:offset])[0]) if paragraph in self._mended else offset
