"""What of the interview guide was asked of whom, and what its parts gave."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from qualkit import study as studies
from qualkit.coding.guide_turns import AskedTurn, asked_turns, interviewers_turns, placed_by_hand
from qualkit.coding.guidefile import CHECK
from qualkit.errors import Problem, QualkitError
from qualkit.finding import as_coding
from qualkit.guide import Guide, Question
from qualkit.language.printed import printed
from qualkit.linenumbers import lay_lines, line_at
from qualkit.material import Material, speaker_ids, stands
from qualkit.model import READ_FIRST, Transcript, Turn
from qualkit.reflection import standing
from qualkit.table import MARK, Cell, Column, ColumnKind, Table
from qualkit.text import near_miss
from qualkit.transcripts.participants import index_people

ASKED_ONLY = "○"
"""What a cell shows where a question was asked and this participant said nothing to it."""

_WORD = re.compile(r"\S+")


class NoGuide(QualkitError):
    """The study has no interview guide."""

    def __init__(self) -> None:
        hint = "Write guide.yaml in the study: “questions:”, and under it “- id: …”, “question: …”, “rules: […]”."
        super().__init__("the study has no interview guide", hint)


class NoSuchTurn(QualkitError):
    """No turn of an interviewer stands on a line."""

    def __init__(self, transcript: str, line: int) -> None:
        hint = "The interviewer's turns and their lines: qualkit guide turns --all"
        super().__init__(f"no turn of an interviewer stands on line {line} of {transcript}", hint)


@dataclass(frozen=True, slots=True)
class Answer:
    """What was said to a question of the guide at one place.

    Attributes:
        question: Its id.
        transcript: Its id.
        start: Where the interviewer's turn begins.
        end: Where the next question of the guide begins, or the transcript ends.
        words: How many words each participant said there, those who said none among them.
    """

    question: str
    transcript: str
    start: int
    end: int
    words: Mapping[str, int]


def good_guide(material: Material) -> Guide:
    """Return the guide.

    Raises:
        NoGuide: If no question stands in it.
    """
    if not material.guide.questions:
        raise NoGuide
    return material.guide


def turns_asked(material: Material) -> tuple[list[AskedTurn], list[Problem]]:
    """Return every interviewer's turn with the questions it asks, and what took too long."""
    return asked_turns(material.transcripts, material.guide, standing(material.reflections, "asked"))


def answers(material: Material, asked: Sequence[AskedTurn]) -> list[Answer]:
    """Return what was said to each question where it was asked.

    An answer runs until the next turn that asks a question of the guide: what an interviewer says in between, to
    hear more, belongs to it.
    """
    people = index_people(material.participants)
    by_transcript: dict[str, list[AskedTurn]] = {}
    for one in asked:
        if one.questions:
            by_transcript.setdefault(one.transcript, []).append(one)
    found = []
    for name, turns in by_transcript.items():
        record = material.transcripts[name]
        owners = speaker_ids(record, people)
        for at, one in enumerate(turns):
            end = turns[at + 1].turn.label_start if at + 1 < len(turns) else len(record.text)
            words = dict.fromkeys(owners.values(), 0)
            for turn in record.turns:
                person = owners.get(turn.speaker or "")
                if person is not None and one.turn.end <= turn.start < end:
                    words[person] += sum(1 for _ in _WORD.finditer(record.text, turn.start, turn.end))
            found += [Answer(question, name, one.turn.label_start, end, words) for question in one.questions]
    return found


def coverage_table(material: Material, asked: Sequence[AskedTurn], *, counts: bool | None = None) -> Table:
    """Return the questions of the guide against participants: what was asked of whom, and answered.

    Args:
        material: Of the study.
        asked: As `turns_asked` gives it.
        counts: Words of the answers in the place of marks; None: marks in every method.
    """
    language = material.study.settings.language
    said: dict[tuple[str, str], int] = {}
    for answer in answers(material, asked):
        for person, words in answer.words.items():
            said[answer.question, person] = said.get((answer.question, person), 0) + words
    people = material.people()

    def cell(question: str, person: str) -> Cell:
        if (question, person) not in said:
            return None
        words = said[question, person]
        return words if counts else MARK if words else ASKED_ONLY

    rows: list[tuple[Cell, ...]] = [
        (*_named(material.guide, question), *(cell(question.id, person) for person in people))
        for question in good_guide(material).questions
    ]
    kind: ColumnKind = "count" if counts else "mark"
    columns = (*_first_columns(material.guide, language), *(Column(person, person, kind) for person in people))
    title = printed("guide-coverage", language)
    notes = (printed("guide-note", language), *([printed("guide-note-words", language)] if counts else []))
    return Table("guide-coverage", title, columns, tuple(rows), notes, description=title)


def parts_table(material: Material, asked: Sequence[AskedTurn], *, counts: bool | None = None) -> Table:
    """Return, for each part of the guide, of how many it was asked and whether anything was coded in the answers.

    Where the guide has no parts, each question is one.

    Args:
        counts: How many codings there are; None: as the method does.
    """
    language = material.study.settings.language
    counts = counts if counts is not None else material.study.settings.method not in READ_FIRST
    guide = good_guide(material)
    found = answers(material, asked)
    coded = _coded(material, found)
    parts: dict[str, list[Question]] = {}
    for question in guide.questions:
        parts.setdefault(question.part or question.wording or question.id, []).append(question)
    rows: list[tuple[Cell, ...]] = []
    for part, questions in parts.items():
        ids = {question.id for question in questions}
        here = [answer for answer in found if answer.question in ids]
        people = {person for answer in here for person, words in answer.words.items() if words}
        units = set().union(*(coded[answer.question] for answer in here)) if here else set()
        silent = [question.id for question in questions if question.id not in {answer.question for answer in here}]
        if not here:
            remark = printed("never-asked", language)
        else:
            told = [printed("gave-nothing", language)] if not units else []
            told += [printed("never-asked-some", language, questions=", ".join(silent))] if silent else []
            remark = "; ".join(told)
        mark: Cell = (len(units) if counts else MARK) if units else None
        rows.append((part, len(people) or None, mark, remark or None))
    columns = (
        Column("part", printed("part", language)),
        Column("asked", printed("asked-of", language), "count"),
        Column("coded", printed("coded", language), "count" if counts else "mark"),
        Column("remark", printed("gave", language)),
    )
    title = printed("guide-parts", language)
    return Table(
        "guide-parts", title, columns, tuple(rows), (printed("guide-parts-note", language),), description=title
    )


def turns_table(material: Material, asked: Sequence[AskedTurn], *, every: bool = False) -> Table:
    """Return the interviewers' turns that ask no question of the guide, as far as rules and hands say.

    Args:
        asked: As `turns_asked` gives it.
        every: Return the others too, with what they ask.
    """
    language = material.study.settings.language
    rows: list[tuple[Cell, ...]] = []
    lines: dict[str, list[tuple[int, int]]] = {}
    for one in asked:
        record = material.transcripts[one.transcript]
        if not every and (one.questions or one.by_hand):
            continue
        if one.transcript not in lines:
            lines[one.transcript] = lay_lines(record.text)
        row: list[Cell] = [record.id, line_at(lines[record.id], one.turn.start)]
        if every:
            row.append(", ".join(one.questions) or ("none" if one.by_hand else None))
        said = one.turn.start < one.turn.end
        rows.append((*row, as_coding(record, one.turn.start, one.turn.end) if said else None))
    asks = (Column("asks", printed("asks", language)),) if every else ()
    columns = (
        Column("transcript", printed("transcript", language), groups=True),
        Column("line", printed("line", language), "count"),
        *asks,
        Column("turn", printed("turn-said", language), "quotation"),
    )
    title = printed("guide-turns", language)
    return Table("guide-turns", title, columns, tuple(rows), description=title)


def turn_on_line(transcript: Transcript, line: int) -> Turn:
    """Return the interviewer's turn on a line, numbered as on paper and in tables.

    Raises:
        NoSuchTurn: If there is none.
    """
    lines = lay_lines(transcript.text)
    for turn in interviewers_turns(transcript):
        if line_at(lines, turn.label_start) <= line <= line_at(lines, max(turn.end - 1, turn.label_start)):
            return turn
    raise NoSuchTurn(transcript.id, line)


def check_guide_turns(material: Material) -> list[Problem]:
    """Find what was said by hand of turns that are not found any more, or of questions that are not in the guide."""
    known = [question.id for question in material.guide.questions]
    problems = []

    def fault(by: str, line: int, message: str, hint: str, severity: str = "error") -> None:
        file = studies.relative(material.study, studies.reflections_path(material.study, by))
        problems.append(Problem(file, line, None, CHECK, message, hint, severity))  # type: ignore[arg-type]

    hand = standing(material.reflections, "asked")
    for one in hand:
        for question in one.questions:
            if question not in known:
                near = near_miss(question, known)
                hint = f"Did you mean “{near}”?" if near else "The questions stand in guide.yaml."
                fault(one.by, one.line, f"the guide has no question “{question}”", hint)
    again = "Say it again: qualkit guide turns --all, then qualkit guide match; or take the entry out."
    for one, turn, found in placed_by_hand(material.transcripts, hand):
        if turn is None:
            fault(one.by, one.line, f"no turn of an interviewer in {one.about} begins with these words", again)
        elif found == "changed":
            message = f"a turn in {one.about} is known by words that were changed since; it is still counted"
            fault(one.by, one.line, message, again, "warning")
    return problems


# --- pieces -------------------------------------------------------------------------------------------------


def _named(guide: Guide, question: Question) -> tuple[Cell, ...]:
    name = question.wording or question.id
    return (question.part or None, name) if any(guide.parts()) else (name,)


def _first_columns(guide: Guide, language: str) -> tuple[Column, ...]:
    part = (Column("part", printed("part", language), groups=True),) if any(guide.parts()) else ()
    return (*part, Column("question", printed("question", language)))


def _coded(material: Material, found: Sequence[Answer]) -> dict[str, set[str]]:
    """Return, by question, the ids of accepted codings that lie in its answers."""
    by_transcript: dict[str, list[tuple[int, int, str]]] = {}
    for extract in material.accepted():
        span = extract.coding.unit.span
        record = material.transcripts.get(span.transcript)
        if record is not None and stands(extract.coding, record):
            by_transcript.setdefault(record.id, []).append((span.start, span.end, extract.coding.id))
    coded: dict[str, set[str]] = {answer.question: set() for answer in found}
    for answer in found:
        here = by_transcript.get(answer.transcript, ())
        coded[answer.question] |= {name for start, end, name in here if start < answer.end and end > answer.start}
    return coded
