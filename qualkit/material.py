"""Everything an analysis needs of a study, read once."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from qualkit import study as studies
from qualkit.coding.codings import check_anchors, decided
from qualkit.condensate import CodeGroup, CondensedUnit
from qualkit.errors import FaultyFiles, Problem
from qualkit.guide import Guide
from qualkit.language.labels import may_be_a_name
from qualkit.model import WAITING, Codebook, Coding, Extract, Participant, Study, Theme, Transcript, Turn
from qualkit.reflection import Reflection
from qualkit.thematic import Announced, DrawnMap
from qualkit.themes.structure import dropped_themes, standing_themes
from qualkit.transcripts.participants import People, index_people, label_owners

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Material:
    """A study's codebook, themes, people, transcripts and codings.

    Attributes:
        transcripts: By id, in the order of their ids.
        extracts: Every coding once (decisions instead of the proposals they decide), with whose words it covers.
        problems: What was wrong with any file; what could be read is here all the same.
        coding_files: Every coder's codings as they were read, proposals that were decided on among them.
        groups: Code groups with their subgroups and condensates.
        condensed: Condensed units of a content analysis.
        guide: Of the interviews.
        reflections: What analysts noted while reading; each version of it.
        dropped: Themes and subthemes that were dropped; `themes` are those that stand.
        drawn: The thematic map as the analyst drew it; None where there is none.
        announced: Themes as they were told of elsewhere.
        queries: What was asked of the study, as its tables print it: a name that was looked for may stand in it.
        unread: By the name of an attribute, why its file could not be read at all; asking for it raises FaultyFiles.
    """

    study: Study
    codebook: Codebook
    themes: tuple[Theme, ...]
    participants: tuple[Participant, ...]
    transcripts: Mapping[str, Transcript]
    extracts: tuple[Extract, ...]
    problems: tuple[Problem, ...]
    coding_files: tuple[studies.CodingFile, ...] = ()
    groups: tuple[CodeGroup, ...] = ()
    condensed: tuple[CondensedUnit, ...] = ()
    guide: Guide = field(default_factory=Guide)
    reflections: tuple[Reflection, ...] = ()
    dropped: tuple[Theme, ...] = ()
    drawn: DrawnMap | None = None
    announced: tuple[Announced, ...] = ()
    queries: tuple[str, ...] = ()
    unread: Mapping[str, tuple[Problem, ...]] = field(default_factory=dict)

    def extended(self, extracts: Iterable[Extract], queries: Sequence[str] = ()) -> Material:
        """Return the same material with more extracts, and with what was asked of it."""
        # Not `replace`: that would ask for what could not be read.
        of = object.__getattribute__
        given = {name: of(self, name) for name in Material.__slots__}
        given["extracts"] = (*self.extracts, *extracts)
        given["queries"] = tuple(queries) or self.queries
        return type(self)(**given)

    def people(self) -> list[str]:
        """Return the ids of participants that transcripts or codings know, in the order of participants.csv."""
        speaking = {extract.participant for extract in self.extracts}
        people = index_people(self.participants)
        for transcript in self.transcripts.values():
            speaking.update(speaker_ids(transcript, people).values())
        listed = [person.id for person in self.participants if person.id in speaking]
        return listed + sorted(speaking - set(listed) - {""}, key=studies.natural)

    def accepted(self) -> list[Extract]:
        """Return the extracts somebody accepted."""
        return [extract for extract in self.extracts if extract.coding.status == "accepted"]

    def by_id(self) -> dict[str, Extract]:
        """Return the extracts by their codings' ids.

        Two people may have decided about one proposal, and then both decisions have its id. The result rests on it
        where one of them accepted it, so that decision is returned.
        """
        found = {extract.coding.id: extract for extract in self.extracts}
        return found | {extract.coding.id: extract for extract in self.accepted()}

    def of_results(self) -> list[Problem]:
        """Return what is wrong in files that results rest on: not the guide, and not what was noted while reading."""
        aside = (studies.GUIDE, f"{studies.REFLECTIONS}/")
        return [one for one in self.problems if not one.file.startswith(aside)]

    def faults(self) -> list[Problem]:
        """Return the errors in files that results rest on.

        A changed transcript is none where the words that were coded still stand: each is held against it.
        """
        return [one for one in self.of_results() if one.severity == "error" and one.check != "changed-transcript"]

    def shown(self, *, with_proposals: bool) -> list[Extract]:
        """Return accepted extracts, and proposals where they were asked for."""
        wanted = ("accepted", "proposed") if with_proposals else ("accepted",)
        return [extract for extract in self.extracts if extract.coding.status in wanted]


class _Partly(Material):
    """Material of a study in which a file cannot be read at all: whatever needs that file stops there and says so."""

    __slots__ = ()

    def __getattribute__(self, name: str) -> Any:
        problems = super().__getattribute__("unread").get(name)
        if problems:
            raise FaultyFiles(list(problems), f"{problems[0].file} cannot be read; nothing was done")
        return super().__getattribute__(name)


def load_material(study: Study) -> Material:
    """Read a study for analysis.

    A file of it that cannot be read at all (it is no UTF-8, or the disk refuses) stops nothing here: its Problem is
    among the others, and whoever asks for what stands in it gets `FaultyFiles`.
    """
    reading = _Reading()
    codebook = reading.of(("codebook",), Codebook(), lambda: studies.read_codebook(study))
    themes = reading.of(("themes", "dropped"), (), lambda: studies.read_themes(study))
    drawn = reading.of(("drawn",), None, lambda: studies.read_map(study))
    announced = reading.of(("announced",), (), lambda: studies.read_announced(study))
    groups = reading.of(("groups",), (), lambda: studies.read_condensates(study))
    condensed = reading.of(("condensed",), (), lambda: studies.read_condensed(study))
    guide = reading.of(("guide",), Guide(), lambda: studies.read_guide(study))
    reflections, found = studies.read_reflections(study)
    reading.problems += found
    participants = reading.of(("participants",), [], lambda: studies.read_participants(study))
    transcripts, found = studies.read_transcripts(study)
    reading.problems += found
    files, found = studies.read_coding_files(study)
    reading.problems += found
    codings = decided(coding for file in files for coding in file.codings)
    by_id = {transcript.id: transcript for transcript in transcripts}
    return (_Partly if reading.unread else Material)(
        study,
        codebook,
        standing_themes(themes),
        tuple(participants),
        by_id,
        extracts_of(codings, by_id, participants),
        (*reading.problems, *_waiting(study, codings)),
        tuple(files),
        groups,
        condensed,
        guide,
        reflections,
        dropped_themes(themes),
        drawn,
        announced,
        unread=reading.unread,
    )


class _Reading:
    """Reads one file of a study after the other, and keeps which could not be read."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self.unread: dict[str, tuple[Problem, ...]] = {}

    def of(self, fields: Sequence[str], nothing: Any, read: Callable[[], tuple[T, list[Problem]]]) -> T:
        """Return what was read for some fields of the material; `nothing` where the file cannot be read."""
        try:
            found, problems = read()
        except FaultyFiles as error:
            self.unread.update(dict.fromkeys(fields, tuple(error.problems)))
            found, problems = nothing, error.problems
        self.problems += problems
        return found


def _waiting(study: Study, codings: Sequence[Coding]) -> list[Problem]:
    """Return a Problem for every coder's file with codings that were not found again in a changed transcript."""
    files: dict[tuple[str, str], list[Coding]] = {}
    for coding in codings:
        if coding.anchor in WAITING:
            files.setdefault((coding.coder, coding.unit.span.transcript), []).append(coding)
    return [
        problem
        for (coder, name), found in files.items()
        for problem in check_anchors(found, studies.relative(study, studies.codings_path(study, coder, name)))
    ]


def extracts_of(
    codings: Sequence[Coding], transcripts: Mapping[str, Transcript], participants: Sequence[Participant] | People
) -> tuple[Extract, ...]:
    """Return codings with whose words they cover."""
    people = participants if isinstance(participants, People) else index_people(participants)
    answering = {name: _answering(transcript, people) for name, transcript in transcripts.items()}
    extracts = []
    for coding in codings:
        span = coding.unit.span
        transcript = transcripts.get(span.transcript)
        if transcript is None or not stands(coding, transcript):
            extracts.append(Extract(coding, "", ""))
            continue
        extracts.append(Extract(coding, *answering[transcript.id](span.start, span.end)))
    return tuple(extracts)


def speaking_at(transcript: Transcript, people: People) -> Callable[[int, int], str]:
    """Return what tells whose words a passage of a transcript holds: a participant's id, or ""."""
    answering = _answering(transcript, people)
    return lambda start, end: answering(start, end)[0]


def _answering(transcript: Transcript, people: People) -> Callable[[int, int], tuple[str, str]]:
    """Return what tells, for a passage, the participant and the role of whoever speaks."""
    own = speaker_ids(transcript, people)
    known = {speaker.label: speaker.role for speaker in reversed(transcript.speakers)}
    turns = transcript.turns
    begins = [turn.label_start for turn in turns]

    def answering(start: int, end: int) -> tuple[str, str]:
        begun = bisect_right(begins, start)
        labels = [turn.speaker for turn in turns[max(begun - 1, 0) : max(bisect_left(begins, end), begun)]]
        if not labels:
            return "", ""
        # A passage that begins with the interviewer's question is the words of who answers.
        label = next((label for label in labels if (label or "") in own), labels[0])
        return own.get(label or "", ""), known.get(label, "") if label is not None else ""

    return answering


def stands(coding: Coding, transcript: Transcript) -> bool:
    """Return whether a coding stands on its words: where it does not, somebody else may speak."""
    span = coding.unit.span
    return coding.anchor not in WAITING and transcript.text[span.start : span.end] == coding.unit.text


def speakers_of(coding: Coding, transcript: Transcript, owners: Mapping[str, str]) -> list[str]:
    """Return the ids of all participants whose words a coding covers, in the order of the text.

    Args:
        coding: In this transcript.
        transcript: Its turns.
        owners: As `speaker_ids` gives them.
    """
    labels = dict.fromkeys(turn.speaker or "" for turn in _turns_of(coding, transcript))
    return [owners[label] for label in labels if label in owners]


def _turns_of(coding: Coding, transcript: Transcript) -> tuple[Turn, ...]:
    """Return the turns a coding's passage lies in or runs over."""
    span, turns = coding.unit.span, transcript.turns
    first = transcript.turn_at(span.start)
    at = first.number - 1 if first else 0
    stop = at + (first is not None)
    while stop < len(turns) and turns[stop].label_start < span.end:
        stop += 1
    return turns[at:stop]


def speaker_ids(transcript: Transcript, participants: Sequence[Participant] | People) -> dict[str, str]:
    """Return, by label, what stands for each participant of a transcript in tables.

    The id in participants.csv; for somebody who is not in it the label, where it is no name, and else
    the transcript's id with a number. Text without any label counts as the transcript's one participant:
    the one its id names, or else somebody under the transcript's id.
    """
    owners = label_owners(transcript, participants)
    unknown = [s.label for s in transcript.speakers if s.role == "participant" and s.label not in owners]
    ids = dict(owners)
    for number, label in enumerate(unknown, 1):
        alone = len(unknown) == 1 and not owners
        ids[label] = transcript.id if alone else label if not may_be_a_name(label) else f"{transcript.id}-{number}"
    if not transcript.speakers:
        ids.setdefault("", transcript.id)
    return ids


def unknown_speakers(transcript: Transcript, participants: Sequence[Participant] | People) -> int:
    """Return how many participants of a transcript are in no participants.csv."""
    owners = label_owners(transcript, participants)
    return sum(s.role == "participant" and s.label not in owners for s in transcript.speakers)
