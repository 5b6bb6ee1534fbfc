"""Every noun of the field as a frozen record.

Offsets are Unicode code points, half-open, into a transcript's canonical text (NFC, ``\\n``).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from operator import attrgetter
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal, get_args

from qualkit.markup import colour_of, speech_html, tree_html, turns_html

Role = Literal["interviewer", "participant", "other"]
Status = Literal["proposed", "accepted", "rejected"]
Anchor = Literal["kept", "moved", "words-changed", "ambiguous", "lost"]
Kind = Literal["interview", "group-interview", "notes", "field-note", "off-the-record", "minutes", "document"]
Method = Literal["stc", "reflexive-ta", "codebook-ta", "framework", "content-analysis"]
AttributionPlace = Literal["after", "before", "collective"]
UnitOfCoding = Literal["match", "sentence", "turn", "paragraph"]
ThemeStatus = Literal["candidate", "reviewed", "defined", "dropped"]

KINDS: tuple[Kind, ...] = get_args(Kind)
"""Every kind of source. A recorded interview of one person or several, notes of an unrecorded one, the
researcher's own field note, a remark made off the record, minutes of a meeting, or a document."""

SPOKEN: frozenset[Kind] = frozenset({"interview", "group-interview"})
"""Kinds whose words were recorded as they were said."""

WITHOUT_SPEAKERS: frozenset[Kind] = frozenset({"field-note", "document"})
"""Kinds in which nobody takes turns, so that a word with a colon at the start of a line is no speaker."""

READ_FIRST: frozenset[Method] = frozenset({"stc", "reflexive-ta"})
"""Methods in which a person reads and codes before the tool shows what its rules propose."""

WAITING: frozenset[Anchor] = frozenset({"ambiguous", "lost"})
"""Anchors of codings that keep the place, words and hash of an earlier text until somebody decides."""

RULES_CODER = "_rules"
"""The coder under whose name proposals of rules are kept."""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A place in a transcript: code points, half-open."""

    transcript: str
    start: int
    end: int

    def __str__(self) -> str:
        return f"{self.transcript}:{self.start}-{self.end}"


@dataclass(frozen=True, slots=True)
class Speaker:
    """A label that opens turns in one transcript, and who stands behind it.

    Attributes:
        label: As it stands in the text, without the colon.
        role: Interviewer, participant or other.
        language: nb, nn, en, da or sv, where it differs from the transcript's.
        participant: A participant's id where the researcher has named it in the transcript's header.
    """

    label: str
    role: Role
    language: str | None = None
    participant: str | None = None


@dataclass(frozen=True, slots=True)
class Turn:
    """One speaker's stretch of a transcript.

    Attributes:
        number: From 1, in the order of the text.
        speaker: The label, or None for text before the first label.
        label_start: Where the line with the label begins.
        start: First code point of the speech.
        end: One past the last code point of the speech.
        time: Begin and end in seconds, if the source gives them.
    """

    number: int
    speaker: str | None
    label_start: int
    start: int
    end: int
    time: tuple[float, float] | None = None


_LABEL_START = attrgetter("label_start")


@dataclass(frozen=True, slots=True)
class Transcript:
    """The canonical text of one source, its turns, speakers, language and hash.

    Attributes:
        id: The file name of `transcripts/ID.txt` without its ending.
        text: NFC, ``\\n``; every offset of the study points into it.
        turns: In the order of the text, parsed from `text` with the labels of `speakers`.
        speakers: In the order of their first turn.
        language: nb, nn, en, da or sv.
        sha256: Of `text` in UTF-8.
        kind: What the source is.
        may_quote: False for what was said off the record, unless the header says otherwise.
        title: Of a document; "" for all else, as date and publisher.
        date: As the researcher writes it.
        publisher: Of a document.
        pages: Page number by the offset at which the page begins, where the original has pages.
        source: Path of the original, relative to the study, or "".
        source_sha256: Of the original's bytes, or "".
        extra: Header keys this version does not know; kept when the file is written.
    """

    id: str
    text: str
    turns: tuple[Turn, ...]
    speakers: tuple[Speaker, ...]
    language: str
    sha256: str
    kind: Kind = "interview"
    may_quote: bool = True
    title: str = ""
    date: str = ""
    publisher: str = ""
    pages: Mapping[int, int] = field(default_factory=lambda: MappingProxyType({}))
    source: str = ""
    source_sha256: str = ""
    extra: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    def speaker(self, label: str | None) -> Speaker | None:
        """Return the speaker with this label, or None."""
        for speaker in self.speakers:
            if speaker.label == label:
                return speaker
        return None

    def turn_at(self, offset: int) -> Turn | None:
        """Return the turn whose line or speech holds this offset, or None."""
        index = bisect_right(self.turns, offset, key=_LABEL_START) - 1
        return self.turns[index] if index >= 0 else None

    def page_at(self, offset: int) -> int | None:
        """Return the page on which an offset stands, or None where the original has no pages."""
        begun = [start for start in self.pages if start <= offset]
        return self.pages[max(begun)] if begun else None

    def _repr_html_(self) -> str:
        return CodedTranscript(self)._repr_html_()


@dataclass(frozen=True, slots=True)
class Participant:
    """A person, who may speak in several transcripts.

    Attributes:
        id: What is printed instead of the person: "K1".
        labels: Speaker labels the person has in transcripts; "I3/Kari" is the label Kari in I3 alone.
        attributes: Role, agency, site, wave …, by column name.
        may_quote: False where the person has asked not to be quoted.
        notes: The researcher's own; never printed.
    """

    id: str
    labels: tuple[str, ...] = ()
    attributes: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    may_quote: bool = True
    notes: str = ""


@dataclass(frozen=True, slots=True)
class MeaningUnit:
    """A span with its exact words and a little text on both sides (up to 32 code points each)."""

    span: Span
    text: str
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Coding:
    """One coder gave one meaning unit one code.

    Attributes:
        id: Unique in the study; a decision on a proposal has the proposal's id.
        origin: "manual", "rule:<id>", "model:<id>" or "import:<tool>".
        created: ISO 8601, UTC.
        anchor: How the coding came through the transcript's last change.
        text_sha256: Hash of the transcript's text that the offsets count in.
        extra: Keys this version does not know; kept when the line is written.
        line: In its file, for messages; 0 where it was not read from one.
    """

    id: str
    unit: MeaningUnit
    code: str
    coder: str
    status: Status
    origin: str
    created: str
    memo: str = ""
    anchor: Anchor = "kept"
    text_sha256: str = ""
    extra: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))
    line: int = field(default=0, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Extract:
    """A coding together with whose words it covers.

    Attributes:
        participant: A participant's id; "" where nobody in participants.csv speaks there.
        role: Of the speaker; "" where no speaker is known.
    """

    coding: Coding
    participant: str
    role: str


@dataclass(frozen=True, slots=True)
class Rule:
    """When a passage is proposed for a code.

    Attributes:
        any: Patterns of which one must match.
        all: Patterns that must match too, within reach of the first.
        within: "sentence", "turn" or a number of words.
        unless: Patterns that take the match away.
        speakers: Roles, labels or participant ids that are searched; empty: all but interviewers.
        language: Of the patterns' words; None: the transcript's.
        unit: What is coded.
        line: Line in codebook.yaml, for messages.
        lines: Line and column of every pattern, by its text.
    """

    id: str
    any: tuple[str, ...]
    all: tuple[str, ...] = ()
    within: str | int = "sentence"
    unless: tuple[str, ...] = ()
    speakers: tuple[str, ...] = ()
    language: str | None = None
    unit: UnitOfCoding = "sentence"
    line: int = 0
    column: int = 0
    lines: Mapping[str, tuple[int, int]] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class Code:
    """A label with a definition, when to use it and when not, examples and optional rules.

    Attributes:
        guid: By which other programs know it, in capitals and without braces; "" until it was exported to one.
    """

    id: str
    name: str
    level: str = "code"
    codable: bool = True
    colour: str = ""
    brief: str = ""
    definition: str = ""
    use_when: tuple[str, ...] = ()
    not_when: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    note: str = ""
    rules: tuple[Rule, ...] = ()
    children: tuple[Code, ...] = ()
    line: int = 0
    guid: str = ""

    def walk(self) -> Iterator[Code]:
        """Yield this code and all below it, in the order of the file."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True, slots=True)
class CodeSet:
    """Codes that belong together across the tree, as the code groups of other programs.

    Attributes:
        members: Ids of codes.
        guid: As a code's.
    """

    name: str
    description: str = ""
    members: tuple[str, ...] = ()
    guid: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class Codebook:
    """All codes in their order, the sets they are in, and the names the method gives their levels."""

    title: str = ""
    language: str = ""
    levels: tuple[str, ...] = ()
    codes: tuple[Code, ...] = ()
    sets: tuple[CodeSet, ...] = ()

    def walk(self) -> Iterator[Code]:
        """Yield every code, parents before children."""
        for code in self.codes:
            yield from code.walk()

    def paths(self) -> dict[str, tuple[Code, ...]]:
        """Return, for every code id, the codes from the top of the tree down to it."""
        found: dict[str, tuple[Code, ...]] = {}

        def descend(code: Code, above: tuple[Code, ...]) -> None:
            path = (*above, code)
            found[code.id] = path
            for child in code.children:
                descend(child, path)

        for code in self.codes:
            descend(code, ())
        return found

    def _repr_html_(self) -> str:
        rows = [
            (
                len(path) - 1,
                path[-1].colour or colour_of(number),
                path[-1].name,
                path[-1].id,
                path[-1].brief or path[-1].definition,
            )
            for number, path in enumerate(self.paths().values())
        ]
        return tree_html(self.title or "Codebook", rows)


@dataclass(frozen=True, slots=True)
class CodedTranscript:
    """A transcript with codings on it, to look at in a notebook.

    Attributes:
        names: By code id: the name and the colour that are shown.
    """

    transcript: Transcript
    codings: tuple[Coding, ...] = ()
    names: Mapping[str, tuple[str, str]] = field(default_factory=lambda: MappingProxyType({}))

    def _repr_html_(self) -> str:
        record = self.transcript
        codes = list(dict.fromkeys(coding.code for coding in self.codings))
        # Where several people coded, each says who.
        several = len({coding.coder for coding in self.codings}) > 1
        passages = []
        for coding in self.codings:
            name, colour = self.names.get(coding.code, (coding.code, ""))
            sign = "?" if coding.status == "proposed" else f" · {coding.coder}" if several else ""
            span = coding.unit.span
            passages.append((span.start, span.end, name + sign, colour or colour_of(codes.index(coding.code))))
        rows = []
        for turn in record.turns:
            speaker = record.speaker(turn.speaker)
            back = speaker is not None and speaker.role == "interviewer"
            speech = speech_html(record.text, turn.start, turn.end, passages)
            rows.append((turn.number, turn.speaker or "", back, speech))
        return turns_html(record.id, rows)


@dataclass(frozen=True, slots=True)
class Earlier:
    """What a theme was called or said before.

    Attributes:
        what: "heading", "text", "concept", "definition" or "test".
        words: As they stood.
        date: When they were given up.
        by: Who had written them.
        why: The reason, where one was given.
    """

    what: str
    words: str
    date: str = ""
    by: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class Theme:
    """A result: heading, central organising concept and definition over codes.

    Attributes:
        text: The analytic text, third person; "" until it is written.
        quotations: Ids of the codings a person chose for print.
        subthemes: One level further down.
        reserve: Ids of codings that could take a quotation's place, the second choice first.
        status: How far the analyst has come with it; nothing is locked by it.
        test: What it is and what it is not, in one or two sentences.
        includes: What belongs to it.
        excludes: What does not, and where that stands.
        groups: Ids of subgroups of condensates.yaml whose analytic texts belong to it.
        origin: Where it comes from: "inductive", "deductive", or the theory it was taken from.
        origins: By code, where a deductive code or indicator comes from.
        became: Ids of the themes it was split into or joined with.
        why: Why it was dropped.
        by: Who wrote its text or definition last.
        date: When.
        earlier: Headings and texts it had before, the oldest first.
    """

    id: str
    heading: str
    concept: str = ""
    definition: str = ""
    codes: tuple[str, ...] = ()
    quotations: tuple[str, ...] = ()
    text: str = ""
    subthemes: tuple[Theme, ...] = ()
    line: int = 0
    reserve: tuple[str, ...] = ()
    status: ThemeStatus = "candidate"
    test: str = ""
    includes: str = ""
    excludes: str = ""
    groups: tuple[str, ...] = ()
    origin: str = ""
    origins: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    became: tuple[str, ...] = ()
    why: str = ""
    by: str = ""
    date: str = ""
    earlier: tuple[Earlier, ...] = ()

    def walk(self) -> Iterator[Theme]:
        """Yield this theme and its subthemes."""
        yield self
        for subtheme in self.subthemes:
            yield from subtheme.walk()


@dataclass(frozen=True, slots=True)
class Quotation:
    """Verbatim words chosen for print, verified against the transcript and rendered.

    Only the redactor makes one.

    Attributes:
        text: What is printed between the quotation marks.
        coding: Id of the coding it comes from.
        span: Where the words stand.
        attribution: "(K1)" or what the study's style makes of it; of words that were not recorded it says so.
        kind: Of the source.
        before: Whether the attribution stands before the words, as "K1:".
    """

    text: str
    coding: str
    span: Span
    attribution: str
    kind: Kind = "interview"
    before: bool = False


@dataclass(frozen=True, slots=True)
class Memo:
    """An analyst's dated note; about a passage where `unit` is set."""

    text: str
    author: str
    created: str
    origin: str = "manual"
    unit: MeaningUnit | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """One line of the trail."""

    when: str
    who: str
    what: str
    object: str
    before: Any = None
    after: Any = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Declared:
    """What the researcher declares of some originals, in study.yaml or on the command line.

    Attributes:
        pattern: Of file names, as ``notater/*``; a star is any letters, and case does not count.
        taken: False where the files are no transcripts, True where they are one whatever they look like; None: as
            they look.
        tidy: Kinds of clean-up asked for.
    """

    pattern: str = "*"
    taken: bool | None = None
    kind: Kind | None = None
    language: str | None = None
    title: str = ""
    date: str = ""
    publisher: str = ""
    tidy: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ethics:
    """What was promised to the participants, as `study.yaml` says under `ethics`.

    Attributes:
        deletion_date: The day by which everything that could identify somebody is deleted.
        approval: Of the committee or the data protection officer, as the researcher writes it.
        line: Of the date in study.yaml, for messages.
    """

    deletion_date: date | None = None
    approval: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class Settings:
    """What `study.yaml` says.

    Attributes:
        originals: Folders, relative to the study, that `qualkit code` looks in for new originals.
        sources: What is declared of some of them; of two that match, the later one wins.
        interviewers: Speaker labels of those who ask, where a transcript does not show it.
        attribution: "id" prints (K1); attribute names, as "id, role", print (K1, nurse), and "role" alone (nurse).
        attribution_place: Behind each quotation, before it, or of all of a section in one sentence after them.
        caption: "apa" (two lines) or "inline".
        ethics: What was promised, the date of deletion above all.
        key_path: Where the key of pseudonymised transcripts lies: from the study's folder, or in full; "" for the
            place it has by itself, outside the study.
    """

    title: str
    language: str = "nb"
    method: Method = "codebook-ta"
    questions: tuple[str, ...] = ()
    coders: tuple[str, ...] = ()
    originals: tuple[str, ...] = ("originals",)
    sources: tuple[Declared, ...] = ()
    interviewers: tuple[str, ...] = ()
    attribution: str = "id"
    attribution_place: AttributionPlace = "after"
    quotation_style: str = "verbatim"
    caption: str = "apa"
    ethics: Ethics = Ethics()
    key_path: str = ""


@dataclass(frozen=True, slots=True)
class Study:
    """One project: a folder of plain files with `study.yaml` in it.

    A record and nothing more: `qualkit.study` reads and writes what belongs to it.
    """

    root: Path
    settings: Settings
