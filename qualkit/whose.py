"""Whose words are whose: where a participant speaks, and what they said."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from qualkit import study as studies
from qualkit.erasure import Begun
from qualkit.errors import Problem
from qualkit.left_behind import unpacked
from qualkit.material import speaker_ids
from qualkit.model import Participant, Study, Transcript
from qualkit.phrases import Phrases, phrases_of
from qualkit.transcripts.canonical import parse_turns
from qualkit.transcripts.participants import index_people, label_owners


@dataclass(frozen=True, slots=True)
class Theirs:
    """What a participant said in one transcript.

    Attributes:
        labels: Theirs; none where the text has no labels at all.
        alone: Whether nobody else took part, so that the transcript goes altogether.
    """

    transcript: Transcript
    labels: tuple[str, ...]
    alone: bool

    def texts(self) -> list[str]:
        """Return what they said, turn by turn."""
        text = self.transcript.text
        if not self.labels:
            return [text]
        return [text[turn.start : turn.end] for turn in self.transcript.turns if turn.speaker in self.labels]

    def others(self) -> list[str]:
        """Return what others said beside them."""
        text = self.transcript.text
        if not self.labels:
            return []
        return [text[turn.start : turn.end] for turn in self.transcript.turns if turn.speaker not in self.labels]


def where_they_speak(
    transcripts: Iterable[Transcript], participants: Sequence[Participant], identifier: str
) -> tuple[list[Theirs], list[str]]:
    """Return where a participant speaks, and everybody there is."""
    known = dict.fromkeys(person.id for person in participants)
    people = index_people(participants)
    found = []
    for record in transcripts:
        owners = speaker_ids(record, people)
        known.update(dict.fromkeys(owners.values()))
        labels = tuple(label for label, owner in owners.items() if owner.casefold() == identifier.casefold())
        if labels:
            named = tuple(label for label in labels if label)
            # Somebody listed takes part, whatever part the transcript gives them.
            spoken = [s for s in record.speakers if s.label not in labels]
            others = [s for s in spoken if s.role == "participant" or s.label in owners]
            found.append(Theirs(record, named, alone=not others))
    return found, list(known)


def left_of(transcripts: Sequence[Transcript], begun: Begun, study: Study) -> list[Theirs]:
    """Return what is left of what was begun: transcripts that are still as they were."""
    by_id = {record.id: record for record in transcripts}
    found = []
    for name, numbers in begun.transcripts.items():
        record = by_id.get(name)
        if record is not None and not begun.is_done(study, file_of(study, name)):
            labels = [speaker.label for speaker in record.speakers]
            alone = begun.after.get(file_of(study, name)) == ""
            found.append(Theirs(record, tuple(labels[at] for at in numbers if at < len(labels)), alone))
    return found


def file_of(study: Study, transcript: str) -> str:
    """Return a transcript's file, relative to the study."""
    return studies.relative(study, studies.transcript_path(study, transcript))


def unclear_labels(
    study: Study, transcripts: Iterable[Transcript], participants: Sequence[Participant], identifier: str
) -> list[Problem]:
    """Find labels that are the participant's and somebody else's too, so that nobody can tell whose turns they are."""
    person = next((one for one in participants if one.id.casefold() == identifier.casefold()), None)
    if person is None:
        return []
    wanted = {" ".join(label.split()).casefold() for label in (person.id, *person.labels)}
    people = index_people(participants)
    problems = []
    for record in transcripts:
        owners = label_owners(record, people)
        for speaker in record.speakers:
            if speaker.role == "participant" and speaker.label not in owners:
                folded = " ".join(speaker.label.split()).casefold()
                if folded in wanted or f"{record.id}/{folded}".casefold() in wanted:
                    hint = f"Write who it is in the header, under speakers: participant: {identifier} (or another id)."
                    message = f"a label here is {person.id}'s and somebody else's too in participants.csv"
                    problems.append(Problem(file_of(study, record.id), 1, None, "speakers", message, hint))
    return problems


def said_earlier(study: Study, theirs: Sequence[Theirs], words: Phrases) -> list[str]:
    """Return what earlier texts of the same transcripts gave as their words."""
    folder = study.root / "history"
    whole = {one.transcript.id: phrases_of([one.transcript.text]).runs for one in theirs}
    said: list[str] = []
    for path in sorted(folder.rglob("*")) if folder.is_dir() else []:
        if not path.is_file():
            continue
        data = path.read_bytes()
        text = (unpacked(data) or data).decode("utf-8", "replace")
        if not words.stand_in(text):
            continue
        # Labels of another transcript would give them the turns of people who are not in it.
        runs = phrases_of([text]).runs
        one = max(theirs, key=lambda one: len(runs & whole[one.transcript.id]))
        turns = parse_turns(text, [speaker.label for speaker in one.transcript.speakers])
        said += [text[turn.start : turn.end] for turn in turns if turn.speaker in one.labels]
    return said
