"""What adding originals would give, as tables to look through and confirm before anything is written."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from qualkit import study as studies
from qualkit.adding import AddReport
from qualkit.language.words import count_words
from qualkit.model import Participant, Study, Transcript
from qualkit.originals import CHECK, LeftOut
from qualkit.table import Cell, Column, Table
from qualkit.transcripts.participants import index_people, label_owners


def files_table(study: Study, files: Sequence[Path], report: AddReport, left: Sequence[LeftOut]) -> Table:
    """Return what each file is taken as, those that are left out among them.

    Args:
        study: Paths are shown relative to it.
        files: All that would be read; those that were read before are told too.
        report: Of a dry run.
        left: Files of folders that are not read.
    """
    rows: list[tuple[Cell, ...]] = [
        (told.source, told.kind, told.transcript, told.words, told.turns, told.language, "; ".join(told.decided))
        for told in report.added
    ]
    known = studies.sources(study)
    there = [source for path in files if (source := studies.relative(study, path)) in known]
    rows += [(source, "–", known[source], None, None, "–", "read before") for source in there]
    rows += [(source, "–", "–", None, None, "–", why) for source, why in report.skipped]
    unread = [problem for problem in report.problems if problem.check == CHECK and problem.file not in known]
    rows += [(problem.file, "–", "–", None, None, "–", problem.message) for problem in unread]
    rows += [(studies.relative(study, one.path), one.sorted.what, "–", None, None, "–", one.sorted.why) for one in left]
    columns = (
        Column("file", "File"),
        Column("kind", "Taken as"),
        Column("transcript", "Transcript"),
        Column("words", "Words", "count"),
        Column("turns", "Turns", "count"),
        Column("language", "Language"),
        Column("decided", "Decided"),
    )
    return Table("files", "What each file is taken as", columns, tuple(rows))


def speakers_table(transcripts: Sequence[Transcript], participants: Sequence[Participant]) -> Table:
    """Return who speaks: label, person and role, with how much is said.

    Labels may be names: the table is for the researcher's own screen.

    Args:
        transcripts: Read, and perhaps not written yet.
        participants: Of participants.csv; a label that is nobody's there has no person.
    """
    people = index_people(participants)
    rows: list[tuple[Cell, ...]] = []
    for record in transcripts:
        owners = label_owners(record, people)
        for speaker in record.speakers:
            turns = [turn for turn in record.turns if turn.speaker == speaker.label]
            words = count_words(record.text[turn.start : turn.end] for turn in turns)
            person = owners.get(speaker.label, "")
            unknown = "in no participants.csv" if speaker.role == "participant" and not person and participants else ""
            rows.append((record.id, speaker.label, person or "–", speaker.role, len(turns), words, unknown))
        if not record.speakers:
            words = count_words([record.text])
            rows.append((record.id, "–", "–", "–", len(record.turns), words, "no speaker labels"))
    columns = (
        Column("transcript", "Transcript", groups=True),
        Column("label", "Label"),
        Column("person", "Person"),
        Column("role", "Role"),
        Column("turns", "Turns", "count"),
        Column("words", "Words", "count"),
        Column("note", "Note"),
    )
    return Table("speakers", "Who speaks", columns, tuple(rows))
