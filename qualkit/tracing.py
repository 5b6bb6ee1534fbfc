"""From a printed quotation back to its transcript: by its words, its place, its id, or a whole finished file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal, get_args

from qualkit import study as studies
from qualkit.anonymisation.redactor import Register, redact, rendered
from qualkit.anonymisation.wordings import FILE, parse_edits
from qualkit.clearing import register_of
from qualkit.errors import QualkitError
from qualkit.language.printed import PHRASES
from qualkit.linenumbers import lay_lines, line_at
from qualkit.manuscripts.pieces import (
    Piece,
    delimited_pieces,
    json_pieces,
    page_pieces,
    parquet_pieces,
    plain_pieces,
    word_pieces,
    workbook_pieces,
)
from qualkit.manuscripts.sayings import Saying, sayings
from qualkit.manuscripts.standing import Match, Text, find_words, text_to_search
from qualkit.material import Material, speaking_at, stands
from qualkit.model import READ_FIRST, Extract, Span, Transcript
from qualkit.quotations import chosen_of
from qualkit.table import Cell, Column, Table
from qualkit.themes.structure import walk_themes
from qualkit.transcripts.participants import index_people
from qualkit.transcripts.raw import UnreadableOriginal
from qualkit.transcripts.word_package import open_package, parsed

Verdict = Literal["stands", "stands, cut", "as edited", "stands, other signs", "nearly", "not found"]

_VERDICTS: tuple[Verdict, ...] = get_args(Verdict)
"""The best first."""

ENDINGS = (".docx", ".xlsx", ".html", ".htm", ".csv", ".json", ".parquet", ".md", ".txt")
"""Of files whose quotations can be traced."""

_LINE = re.compile(
    r"\(?(.+?)\s*[,:]?\s+(?:lines?|linjer?|linjene?|l\.|ln\.?)\s*(\d+)(?:\s*[-–]\s*(\d+))?\)?\s*\Z", re.I
)
_SPAN = re.compile(r"(.+):(\d+)[-–](\d+)\Z")
_LINE_ALONE = re.compile(r"(.+):(\d+)\Z")
_NAMED = re.compile(r"([^.!?:]{1,80}):\s+(\S.*)", re.DOTALL)
_SIGNS = " \n\t.,;:!?…–-«»“”\"'‘’"
_ID = re.compile(r"[\w.-]{3,}\Z")


class NowhereInStudy(QualkitError):
    """What was asked for stands nowhere in the study."""

    def __init__(self, what: str) -> None:
        super().__init__(
            f"{what} leads to no place in the study",
            "Give the words of the quotation, “K1, line 42”, a place as K1:204-391, the id of a coding, or what stands "
            "in the brackets behind the quotation. Of a whole file: qualkit quotations trace FILE",
        )


class CannotTrace(QualkitError):
    """A file of a kind was named whose quotations cannot be traced."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"{path.name} is no file whose quotations can be traced", f"It can be {', '.join(ENDINGS)}.")


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a printed quotation stands in the study.

    Attributes:
        place: In the file it was printed in; "" where it was asked for by itself.
        printed: Its words as they were printed or asked for.
        verdict: Whether its words stand.
        span: In the transcript; None where they stand nowhere.
        extracts: Codings of the passage.
        participant: Whose words the passage holds.
        remarks: What has to be known before it is printed again.
    """

    place: str
    printed: str
    verdict: Verdict
    span: Span | None = None
    extracts: tuple[Extract, ...] = ()
    participant: str = ""
    remarks: tuple[str, ...] = ()

    @property
    def sound(self) -> bool:
        """Whether the words stand, and nothing speaks against printing them."""
        return self.verdict not in ("nearly", "not found") and not self.remarks


@dataclass(frozen=True, slots=True)
class _Source:
    """A text that can be searched, and the way from it to a transcript.

    Attributes:
        origins: For every character the offset in the transcript; None where they are the same.
        coding: Whose edited words these are; "" for a whole transcript.
    """

    transcript: str
    text: Text
    origins: Sequence[int] | None = None
    coding: str = ""


class Tracer:
    """A study ready to be asked where printed words stand; every transcript is rendered once."""

    def __init__(self, material: Material) -> None:
        self.material = material
        self.register: Register = register_of(material)
        self.by_id = material.by_id()
        self.sources = tuple(self._sources())
        self.texts = [source.text for source in self.sources]
        self.people = index_people(material.participants)
        self.phrases = {phrase.casefold().strip("()") for key in PHRASES for phrase in PHRASES[key]}
        self.chosen = {one.coding for one in chosen_of(material) if one.printed}
        self.said: dict[tuple[str, str, str], list[Standing]] = {}

    def _sources(self) -> Iterator[_Source]:
        for name, transcript in self.material.transcripts.items():
            whole = rendered(transcript.text, self.register, transcript=name)
            yield _Source(name, text_to_search(whole.text), whole.origins)
            if whole.text != transcript.text:
                yield _Source(name, text_to_search(transcript.text))
        path = self.material.study.root / FILE
        edits = parse_edits(studies.text_of(path, FILE))[0] if path.is_file() else {}
        for edit in edits.values():
            extract = self.by_id.get(edit.coding)
            if extract is not None:
                shown = redact(edit.edited, self.register)
                for words in dict.fromkeys((shown, edit.edited)):
                    yield _Source(extract.coding.unit.span.transcript, text_to_search(words), None, edit.coding)

    # Words

    def saying(self, said: Saying, *, place: str = "", coding: str = "") -> list[Standing]:
        """Return where quoted words stand; several places where nothing tells which is meant."""
        found = self._looked_up(said, place, coding)
        before = _NAMED.match(said.words)
        if before is not None and not any(one.verdict in ("stands", "as edited") for one in found):
            # Whose they are may stand before them without a mark between.
            alone = self._looked_up(Saying(before[2], before[1]), place, coding)
            if any(one.verdict in ("stands", "as edited") for one in alone):
                return alone
        return found

    def _looked_up(self, said: Saying, place: str, coding: str) -> list[Standing]:
        found = [self._standing(match, said, place) for match in find_words(said.words, self.texts)]
        best: dict[Span | None, Standing] = {}
        for one in sorted(found, key=lambda standing: _VERDICTS.index(standing.verdict)):
            best.setdefault(one.span, one)
        found = list(best.values())
        if not found:
            return [Standing(place, said.words, "not found", remarks=self._of_coding(coding))]
        for narrowed in (
            [one for one in found if coding and coding in {e.coding.id for e in one.extracts}],
            [one for one in found if self._is_told(said.told, one.participant)],
            [one for one in found if any(e.coding.id in self.chosen for e in one.extracts)],
            [one for one in found if one.extracts],
        ):
            found = narrowed or found
        sound = [one for one in found if one.verdict == "stands"]
        return [self._remarked(one, said.told, coding) for one in sound or found]

    def _standing(self, match: Match, said: Saying, place: str) -> Standing:
        source = self.sources[match.text]
        if source.coding:
            extract = self.by_id[source.coding]
            whole = match.start <= 1 and match.end >= len(source.text.text) - 1
            if match.how != "near" and whole:
                return Standing(
                    place, said.words, "as edited", extract.coding.unit.span, (extract,), extract.participant
                )
        transcript = self.material.transcripts[source.transcript]
        if source.coding:
            span = self.by_id[source.coding].coding.unit.span
        else:
            span = Span(transcript.id, *_way_back(source, match, len(transcript.text)))
        verdicts: dict[str, Verdict] = {"verbatim": "stands", "marks": "stands, other signs", "cut": "stands, cut"}
        verdict = verdicts.get(match.how, "nearly")
        remarks = (f"{match.differing} words differ",) if match.how == "near" else ()
        extracts = tuple(self._codings_at(span, transcript))
        bare = transcript.text[span.start : span.end].strip(_SIGNS)
        if extracts and extracts[0].coding.unit.text.strip(_SIGNS) == bare:
            # The sentence's own full stop was coded too.
            span = extracts[0].coding.unit.span
        person = speaking_at(transcript, self.people)(span.start, span.end)
        return Standing(place, said.words, verdict, span, extracts, person, remarks)

    def _codings_at(self, span: Span, transcript: Transcript) -> list[Extract]:
        """Return the codings of a passage: of these very words, else those that hold it, else those that touch it."""
        shown = ("accepted", "rejected") if self.material.study.settings.method in READ_FIRST else None
        there = [
            extract
            for extract in self.material.extracts
            if extract.coding.unit.span.transcript == span.transcript
            and (shown is None or extract.coding.status in shown)
            and stands(extract.coding, transcript)
        ]

        def inner(one: Span) -> tuple[int, int]:
            words = transcript.text[one.start : one.end]
            bare = words.strip(_SIGNS)
            start = one.start + words.find(bare)
            return start, start + len(bare)

        wanted = inner(span)
        same = [e for e in there if inner(e.coding.unit.span) == wanted]
        around = [e for e in there if e.coding.unit.span.start <= wanted[0] and e.coding.unit.span.end >= wanted[1]]
        touching = [e for e in there if e.coding.unit.span.start < span.end and e.coding.unit.span.end > span.start]
        found = same or around or touching
        accepted = [extract for extract in found if extract.coding.status == "accepted"]
        return sorted(accepted or found, key=lambda extract: extract.coding.id not in self.chosen)

    def _is_told(self, told: str, participant: str) -> bool:
        """Return whether what stands behind a quotation names a participant, by id or description."""
        person = next((one for one in self.material.participants if one.id == participant), None)
        parts = {part.strip().casefold() for part in re.split(r"[,;]", told) if part.strip()}
        known = {participant.casefold(), redact(participant, self.register).casefold()}
        if person is not None:
            known |= {value.casefold() for value in person.attributes.values() if value}
            known |= {redact(value, self.register).casefold() for value in person.attributes.values() if value}
        return bool(parts & known)

    def _remarked(self, one: Standing, told: str, coding: str) -> Standing:
        remarks = list(one.remarks)
        ids = {person.id.casefold() for person in self.material.participants} | {
            person.casefold() for person in self.material.people()
        }
        parts = {part.strip().casefold() for part in re.split(r"[,;]", told)}
        if parts & ids and one.participant.casefold() not in parts:
            remarks.append(f"printed as another's: these are the words of {one.participant or 'no participant'}")
        remarks += self._against(one)
        if coding and coding in self.by_id and coding not in {extract.coding.id for extract in one.extracts}:
            remarks.append("printed beside another coding's id")
        return replace(one, remarks=tuple(remarks))

    def _against(self, one: Standing) -> Iterator[str]:
        person = next((p for p in self.material.participants if p.id == one.participant), None)
        transcript = self.material.transcripts.get(one.span.transcript) if one.span else None
        if (person is not None and not person.may_quote) or (transcript is not None and not transcript.may_quote):
            yield "may not be quoted"
        statuses = {extract.coding.status for extract in one.extracts}
        if statuses == {"rejected"}:
            yield "its coding was rejected"
        if one.extracts and one.extracts[0].coding.anchor == "words-changed":
            yield "its words changed with the transcript: qualkit anchor"

    def _of_coding(self, coding: str) -> tuple[str, ...]:
        extract = self.by_id.get(coding)
        if extract is None:
            return ()
        return (f"the coding {coding} beside it has other words now ({extract.coding.unit.span})",)

    # Places

    def extract(self, extract: Extract) -> Standing:
        """Return where a coding stands."""
        coding = extract.coding
        transcript = self.material.transcripts.get(coding.unit.span.transcript)
        good = transcript is not None and stands(coding, transcript)
        if not good:
            waits = "it waits for a decision in a changed transcript: qualkit anchor"
            return Standing("", coding.id, "not found", coding.unit.span, (extract,), extract.participant, (waits,))
        return self._remarked(
            Standing("", coding.id, "stands", coding.unit.span, (extract,), extract.participant), "", ""
        )

    def at(self, name: str, start: int, end: int) -> list[Standing]:
        """Return what is coded in a stretch of a transcript, or else the stretch itself."""
        transcript = self.material.transcripts[name]
        span = Span(name, start, end)
        inside = [extract for extract in self._codings_at(span, transcript) if extract.coding.status == "accepted"]
        if inside:
            return [self.extract(extract) for extract in inside]
        person = speaking_at(transcript, self.people)(start, end)
        return [self._remarked(Standing("", transcript.text[start:end], "stands", span, (), person), "", "")]

    def named(self, name: str) -> list[str]:
        """Return the transcripts that a printed name may mean: their own ids, or those a participant speaks in."""
        wanted = name.strip().strip("()[]").casefold()
        ids = [one for one in self.material.transcripts if one.casefold() == wanted]
        ids = ids or [
            one for one in self.material.transcripts if redact(one, self.register).strip("[]").casefold() == wanted
        ]
        spoken = (e.coding.unit.span.transcript for e in self.material.extracts if e.participant.casefold() == wanted)
        return ids or sorted(dict.fromkeys(spoken), key=studies.natural)


def _way_back(source: _Source, match: Match, length: int) -> tuple[int, int]:
    if source.origins is None:
        return match.start, match.end
    end = source.origins[match.end] if match.end < len(source.origins) else length
    return source.origins[match.start], end


def where(material: Material, asked: str) -> list[Standing]:
    """Return where what is printed of a quotation leads.

    Args:
        material: Of the study.
        asked: A coding's id, "K1, line 42", "K1:204-391", what stands behind a quotation, or its words, also as they
            were anonymised, with or without the marks and the brackets around.

    Raises:
        NowhereInStudy: If it leads to no place.
    """
    tracer = Tracer(material)
    asked = " ".join(asked.split())
    found = list(_by_name(tracer, asked)) or _by_place(tracer, asked) or _by_attribution(tracer, asked)
    if not found:
        said = next(sayings(Piece("", asked, quotation=True)))
        found = [one for one in tracer.saying(said) if one.span is not None]
    if not found:
        raise NowhereInStudy("what you gave")
    return found


def _by_name(tracer: Tracer, asked: str) -> Iterator[Standing]:
    if asked in tracer.by_id:
        yield tracer.extract(tracer.by_id[asked])
    elif _ID.match(asked) and len(asked) >= 6:
        yield from (tracer.extract(one) for name, one in tracer.by_id.items() if name.startswith(asked))


def _by_place(tracer: Tracer, asked: str) -> list[Standing]:
    if match := _SPAN.match(asked):
        names = tracer.named(match[1])
        return [one for name in names for one in tracer.at(name, int(match[2]), int(match[3]))]
    match = _LINE.match(asked) or _LINE_ALONE.match(asked)
    if match is None:
        return []
    first = int(match[2])
    last = int(match[3]) if match.re is _LINE and match[3] else first
    found: list[Standing] = []
    for name in tracer.named(match[1]):
        lines = lay_lines(tracer.material.transcripts[name].text)
        if 1 <= first <= last <= len(lines):
            found += tracer.at(name, lines[first - 1][0], lines[last - 1][1])
    return found


def _by_attribution(tracer: Tracer, asked: str) -> list[Standing]:
    """Return the chosen quotations of whoever an attribution names."""
    match = re.match(r"\((.{1,80})\)\Z", asked)
    if match is None:
        return []
    parts = {part.strip().casefold() for part in match[1].split(",")}
    found = []
    for identifier in sorted(tracer.chosen & set(tracer.by_id)):
        extract = tracer.by_id[identifier]
        person = next((one for one in tracer.material.participants if one.id == extract.participant), None)
        known = {extract.participant.casefold()}
        known |= {value.casefold() for value in person.attributes.values()} if person is not None else set()
        if parts <= known:
            found.append(tracer.extract(extract))
    return found


def trace(material: Material, path: Path, *, tracer: Tracer | None = None) -> list[Standing]:
    """Return where every quotation of a finished file stands, in the order of the file.

    Args:
        material: Of the study.
        path: A file that was exported, or a text that a person went on writing in.
        tracer: Of the same material, where several files are traced; None makes one.

    Raises:
        CannotTrace: If it is of another kind.
        UnreadableOriginal: If it cannot be read.
    """
    tracer = tracer or Tracer(material)
    found: list[Standing] = []
    # What a condensate has between quotation marks was written by the researcher, and captions name themes in them.
    written = {_folded(sub.condensate) for group in material.groups for sub in group.subgroups} - {""}
    names = {_folded(name) for name in _names(material)} - {""}
    for piece in pieces_of(path):
        if _folded(piece.text) in written:
            continue
        for said in sayings(piece):
            if not re.search(r"\w", said.words) or said.words.casefold().strip("()") in tracer.phrases:
                continue
            if _folded(said.words) in names and not piece.quotation:
                continue
            key = (said.words, said.told, piece.coding)
            if key not in tracer.said:
                tracer.said[key] = tracer.saying(said, coding=piece.coding)
            found += [replace(one, place=piece.place) for one in tracer.said[key]]
    return found


def _names(material: Material) -> Iterator[str]:
    """Yield what themes, code groups, subgroups and codes are called."""
    for theme in walk_themes((*material.themes, *material.dropped)):
        yield theme.heading
        yield from (earlier.words for earlier in theme.earlier if earlier.what == "heading")
    for group in material.groups:
        yield from (group.name, *(sub.name for sub in group.subgroups))
    yield from (code.name for code in material.codebook.codes)


def pieces_of(path: Path) -> list[Piece]:
    """Return a finished file in pieces.

    Raises:
        CannotTrace: If it is of another kind.
        UnreadableOriginal: If it cannot be read.
    """
    suffix = path.suffix.casefold()
    if suffix not in ENDINGS:
        raise CannotTrace(path)
    data = studies.bytes_of(path, path.name)
    if suffix == ".docx":
        package = open_package(data)
        return list(word_pieces(parsed(package.main())))
    try:
        if suffix == ".xlsx":
            return list(workbook_pieces(data))
        if suffix == ".parquet":
            return list(parquet_pieces(data))
        text = data.decode("utf-8-sig")
        readers = {".json": json_pieces, ".csv": delimited_pieces, ".html": page_pieces, ".htm": page_pieces}
        return list(readers.get(suffix, plain_pieces)(text))
    except Exception as error:
        # Whatever a library says of a foreign file may hold its words.
        hint = "Open it in its own program and save it again."
        raise UnreadableOriginal(f"{path.name} cannot be read as {suffix[1:]}", hint) from error


def standing_table(material: Material, found: Iterable[Standing], *, file: str = "") -> Table:
    """Return where quotations stand, a row each, with the line of the transcript's file to open an editor at.

    Args:
        material: Of the study.
        found: Of `where` or `trace`.
        file: In which they are printed; "" where they were asked for one by one.
    """
    names = {code.id: code.name for code in material.codebook.walk()}
    laid = {name: lay_lines(transcript.text) for name, transcript in material.transcripts.items()}
    rows: list[tuple[Cell, ...]] = []
    for one in found:
        span = one.span if one.span is not None and one.span.transcript in laid else None
        line = line_at(laid[span.transcript], span.start) if span else None
        codings = [extract.coding for extract in one.extracts]
        words: Cell = codings[0] if codings else _short(one.printed)
        rows.append(
            (
                *([one.place] if file else []),
                one.verdict,
                f"{span.transcript}, line {line}" if span else "",
                str(span) if span else "",
                _in_file(material, span) if span else "",
                one.participant,
                ", ".join(dict.fromkeys(names.get(coding.code, coding.code) for coding in codings)),
                ", ".join(coding.id for coding in codings),
                words,
                "; ".join(one.remarks),
            )
        )
    columns = (
        *([Column("printed", "In the file", groups=True)] if file else []),
        Column("verdict", "Words"),
        Column("where", "Where"),
        Column("place", "Place"),
        Column("file", "Open"),
        Column("participant", "Participant"),
        Column("code", "Code"),
        Column("id", "Coding"),
        Column("quotation", "Quotation", "quotation"),
        Column("remark", "Remark"),
    )
    title = f"Quotations in {file}" if file else "Where it stands"
    return Table("standing", title, columns, tuple(rows))


def _folded(text: str) -> str:
    return " ".join(text.split())


def _short(words: str, most: int = 12) -> str:
    parts = words.split()
    return " ".join(parts[:most]) + (" …" if len(parts) > most else "")


def _in_file(material: Material, span: Span) -> str:
    """Return the transcript's file and the line in it, as editors open them."""
    path = studies.transcript_path(material.study, span.transcript)
    head, _ = studies.read_header(material.study, span.transcript)
    text = material.transcripts[span.transcript].text
    line = head.count("\n") + 1 + text.count("\n", 0, span.start)
    return f"{studies.relative(material.study, path)}:{line}"
