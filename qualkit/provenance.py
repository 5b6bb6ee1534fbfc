"""Where every coding comes from: the list of codings as data, and what was said around a passage."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from qualkit.anonymisation.redactor import Register, Rendered, redact, rendered
from qualkit.document import Said, Surroundings
from qualkit.language.printed import printed
from qualkit.linenumbers import lay_lines, line_at
from qualkit.material import Material, speaker_ids
from qualkit.model import Coding, Extract, Quotation, Span, Transcript, Turn
from qualkit.table import Cell, Column, Table

CODINGS = "codings"
"""Name of the table in which every coding stands with its provenance."""

PATH_SIGN = " > "
"""Between the names of a code's path."""

_KEYS = (
    "id",
    "transcript",
    "start",
    "end",
    "line",
    "speaker",
    "participant",
    "time",
    "code",
    "code_path",
    "coder",
    "status",
    "origin",
    "kind",
    "words",
)
_COUNTS = ("start", "end", "line")
_TURN_AT_MOST = 700
"""Characters of a turn that are shown around a quotation, on either side of the coded words."""


def clock(seconds: float) -> str:
    """Return a time as hh:mm:ss.

    Example:
        >>> clock(3725.9)
        '01:02:05'
    """
    whole = int(seconds)
    return f"{whole // 3600:02}:{whole // 60 % 60:02}:{whole % 60:02}"


def speaker_as_printed(transcript: Transcript, label: str | None, ids: Mapping[str, str]) -> str:
    """Return a participant's id, or else the speaker's role; never a name.

    Args:
        transcript: In which the label stands.
        label: Of the turn, None before the first label.
        ids: As `speaker_ids` gives them.
    """
    speaker = transcript.speaker(label)
    return ids.get(label or "", speaker.role if speaker else "")


def codings_table(material: Material, extracts: Sequence[Extract]) -> Table:
    """Return one row a coding with its full provenance; the words are rendered when the table is published.

    The keys of the columns, and the values of `status`, `origin` and `kind`, are the same in every language:
    they are for programs.

    Args:
        material: Of the study.
        extracts: What is listed.
    """
    paths = material.codebook.paths()
    ids = {name: speaker_ids(transcript, material.participants) for name, transcript in material.transcripts.items()}
    lines = {name: lay_lines(transcript.text) for name, transcript in material.transcripts.items()}
    rows: list[tuple[Cell, ...]] = []
    for extract in sorted(extracts, key=lambda one: _order(one.coding)):
        coding, span = extract.coding, extract.coding.unit.span
        transcript = material.transcripts.get(span.transcript)
        turn = transcript.turn_at(span.start) if transcript else None
        rows.append(
            (
                coding.id,
                span.transcript,
                span.start,
                span.end,
                line_at(lines[span.transcript], span.start) if transcript else None,
                speaker_as_printed(transcript, turn.speaker, ids[transcript.id]) if transcript and turn else "",
                extract.participant,
                clock(turn.time[0]) if turn and turn.time else "",
                coding.code,
                PATH_SIGN.join(code.name for code in paths.get(coding.code, ())),
                coding.coder,
                coding.status,
                coding.origin,
                transcript.kind if transcript else "",
                coding,
            )
        )
    columns = tuple(
        Column(key, key, "count" if key in _COUNTS else "quotation" if key == "words" else "text") for key in _KEYS
    )
    language = material.study.settings.language
    title = printed("codings", language)
    return Table(CODINGS, title, columns, tuple(rows), (printed("codings-note", language),), title)


def _order(coding: Coding) -> tuple[str, int, int, str, str, str]:
    span = coding.unit.span
    return span.transcript, span.start, span.end, coding.code, coding.coder, coding.id


def surroundings(material: Material, quotations: Iterable[Quotation], register: Register) -> dict[str, Surroundings]:
    """Return, by coding id, the turns a quotation stands in with the one before and the one after, rendered.

    The turn of a participant who may not be quoted is replaced by a note.

    Args:
        material: Whose people speak there.
        quotations: Already held against their transcripts.
        register: What must not be printed.
    """
    found: dict[str, Surroundings] = {}
    by_transcript: dict[str, dict[str, Span]] = defaultdict(dict)
    for quotation in quotations:
        by_transcript[quotation.span.transcript][quotation.coding] = quotation.span
    for name, spans in by_transcript.items():
        transcript = material.transcripts[name]
        around = _Around(transcript, material, register)
        found.update({coding: around.passage(span) for coding, span in spans.items() if transcript.turns})
    return found


def turns_around(transcript: Transcript, span: Span) -> tuple[Turn, ...]:
    """Return the turns a passage stands in with the one before and the one after."""
    if not transcript.turns:
        return ()
    first = transcript.turn_at(span.start) or transcript.turns[0]
    last = transcript.turn_at(max(span.start, span.end - 1)) or first
    return transcript.turns[max(0, first.number - 2) : last.number + 1]


class _Around:
    """One transcript, its lines and people; every turn is rendered once."""

    def __init__(self, transcript: Transcript, material: Material, register: Register) -> None:
        self.transcript = transcript
        self.language = material.study.settings.language
        self.register = register
        self.ids = speaker_ids(transcript, material.participants)
        self.barred = {person.id for person in material.participants if not person.may_quote}
        self.lines = lay_lines(transcript.text)
        self.whole = rendered(transcript.text, register, transcript=transcript.id)
        self.shown = redact(transcript.id, register)

    def passage(self, span: Span) -> Surroundings:
        said = [self.said(turn, span) for turn in turns_around(self.transcript, span)]
        line = line_at(self.lines, span.start)
        return Surroundings(printed("place-line", self.language, transcript=self.shown, line=line), tuple(said))

    def said(self, turn: Turn, span: Span) -> Said:
        time = clock(turn.time[0]) if turn.time else ""
        own = self.ids.get(turn.speaker or "")
        if own in self.barred:
            return Said(self.speaker(turn), ((printed("not-quoted", self.language), False),), time)
        return Said(self.speaker(turn), _pieces(self.whole, turn, span), time)

    def speaker(self, turn: Turn) -> str:
        own = self.ids.get(turn.speaker or "")
        if own is not None:
            return redact(own, self.register)
        speaker = self.transcript.speaker(turn.speaker)
        return printed(f"role-{speaker.role}", self.language) if speaker else ""


def _pieces(whole: Rendered, turn: Turn, span: Span) -> tuple[tuple[str, bool], ...]:
    """Return a turn's speech in pieces, the coded words apart; a long one is cut around them."""
    begin, end = (min(max(edge, turn.start), turn.end) for edge in (span.start, span.end))
    if begin >= end:
        # The turn before is cut at its beginning, the one after at its end.
        cut = _head if span.end <= turn.start else _tail
        words = cut(whole, turn.start, turn.end)
        return ((words, False),) if words else ()
    before, after = _tail(whole, turn.start, begin), _head(whole, end, turn.end)
    pieces = ((before, False), (whole.between(begin, end), True), (after, False))
    return tuple((piece, marked) for piece, marked in pieces if piece)


def _tail(whole: Rendered, start: int, end: int) -> str:
    """Return a stretch, or what of its end there is room for."""
    if end - start <= _TURN_AT_MOST:
        return whole.between(start, end)
    return "[…] " + whole.between(end - _TURN_AT_MOST, end).partition(" ")[2]


def _head(whole: Rendered, start: int, end: int) -> str:
    """Return a stretch, or what of its beginning there is room for."""
    if end - start <= _TURN_AT_MOST:
        return whole.between(start, end)
    return whole.between(start, start + _TURN_AT_MOST).rpartition(" ")[0] + " […]"
