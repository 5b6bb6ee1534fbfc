"""Files that are brought into the study: put into originals/, shown as what they would become, and added or not."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from qualkit import disk
from qualkit import study as studies
from qualkit.adding import AddReport, add_originals
from qualkit.errors import QualkitError
from qualkit.language.words import count_words
from qualkit.model import Declared, Study, Transcript
from qualkit.roster import draft_rows, ensure_participants
from qualkit.text import nfc, transcript_id
from qualkit.transcripts.participants import index_people, label_owners
from qualkit.workbench.answers import Answer, Ask, BadRequest, Route, problem_json
from qualkit.workbench.desk import Desk
from qualkit.workbench.visits import coder_of, held

LARGEST = 200 * 1024 * 1024
"""Bytes of one file."""

_ENDING = re.compile(r"\.[A-Za-z0-9]{1,8}\Z")
_KEPT = "bringing"
_FOLDER = "originals"


class NameTaken(QualkitError):
    """Another file of this name lies in the study."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"originals/ has another file called {name}", "Give the new one another name, and bring it again."
        )


class NoSuchEnding(QualkitError):
    """A file whose name does not say what it is."""

    def __init__(self) -> None:
        super().__init__("a file needs an ending that says what it is", "As .docx, .txt, .vtt, .srt or .pdf.")


def safe_name(written: str) -> str:
    """Return a name that every file system can hold, and that lies in no other folder.

    Raises:
        NoSuchEnding: If it has no ending.

    Example:
        >>> safe_name("../../K1.txt"), safe_name("con.docx"), safe_name("C:\\\\notes\\\\K 2.TXT")
        ('K1.txt', 'con_.docx', 'K 2.TXT')
    """
    # A sign that turns the direction of writing would make an ending look like another one.
    shown = "".join(char for char in nfc(written) if unicodedata.category(char) not in ("Cc", "Cf"))
    name = shown.replace("\\", "/").rpartition("/")[2]
    ending = _ENDING.search(name)
    if ending is None:
        raise NoSuchEnding
    return transcript_id(name[: ending.start()]) + ending[0]


def bring(desk: Desk, ask: Ask) -> Answer:
    """Put one file into originals/; it is no transcript yet."""
    name = safe_name(ask.query.get("name", ""))
    with held(desk, ask) as study:
        path = study.root / _FOLDER / name
        inside = os.path.realpath(study.root)
        if os.path.commonpath([inside, os.path.realpath(path.parent)]) != inside:
            raise studies.OutsideStudy(_FOLDER)
        new = not (path.exists() or path.is_symlink())
        if not new:
            if path.is_symlink() or not path.is_file() or path.read_bytes() != ask.data:
                raise NameTaken(name)
        else:
            path.parent.mkdir(exist_ok=True)
            disk.write_atomically(path, ask.data)
        if studies.relative(study, path) not in studies.sources(study):
            # What lay there before is somebody's own: it is never taken away again.
            waiting(desk).setdefault(path, new)
    return {"name": name, "waiting": len(waiting(desk))}


def waiting(desk: Desk) -> dict[Path, bool]:
    """Return the files that nobody has said yes or no to, each with whether it was put there by bringing it."""
    found: dict[Path, bool] = desk.kept.setdefault(_KEPT, {})
    for path in list(found):
        if not path.is_file():
            found.pop(path)
    return found


def show_waiting(desk: Desk, ask: Ask) -> Answer:
    """Return what the files that were brought would become: who speaks in each, and as whom."""
    study = desk.study()
    files = list(waiting(desk))
    report = _look(desk, ask, study, files)
    said = [_lines(ask.query.get(key, "")) for key in ("interviewers", "participants")]
    asked = _asked(study, report, *said)
    return _told(ask, asked, report if asked is study else _look(desk, ask, asked, files))


def _look(desk: Desk, ask: Ask, study: Study, files: list[Path]) -> AddReport:
    return add_originals(study, files, who=coder_of(desk, ask, study), dry_run=True, declared=Declared(taken=True))


def _lines(text: str) -> list[str]:
    return [line for line in text.split("\n") if line.strip()]


def _asked(study: Study, report: AddReport, interviewers: list[str], participants: list[str]) -> Study:
    """Return the study with who asks, where a person corrected what the labels look like.

    Who is said to ask is added to those who seem to: a study that names its interviewers has no others.
    """
    if not interviewers and not participants:
        return study
    seem = [one.label for record in report.transcripts for one in record.speakers if one.role == "interviewer"]
    named = dict.fromkeys((*study.settings.interviewers, *seem, *interviewers))
    asking = tuple(label for label in named if label not in participants)
    return replace(study, settings=replace(study.settings, interviewers=asking))


def _told(ask: Ask, study: Study, report: AddReport) -> dict[str, Any]:
    participants, _ = studies.read_participants(study)
    people = index_people(participants)
    # Who would get which id, where participants.csv does not say it yet.
    drafted = {labels: person for person, labels in draft_rows(report.added, [one.id for one in participants])}
    by_id = {record.id: record for record in report.transcripts}
    return {
        "files": [
            {
                "file": told.source,
                "transcript": told.transcript,
                "kind": told.kind,
                "words": told.words,
                "turns": told.turns,
                "language": told.language,
                "decided": [ask.said(each) for each in told.decided],
                "speakers": _speakers(by_id[told.transcript], people, drafted) if told.transcript in by_id else [],
            }
            for told in report.added
        ],
        "skipped": [{"file": file, "why": ask.said(why)} for file, why in report.skipped],
        "problems": [problem_json(problem, ask.language) for problem in report.problems],
    }


def _speakers(record: Transcript, people: Any, drafted: Mapping[str, str]) -> list[dict[str, Any]]:
    owners = label_owners(record, people)
    rows = []
    for speaker in record.speakers:
        turns = [turn for turn in record.turns if turn.speaker == speaker.label]
        person = owners.get(speaker.label, "") or drafted.get(f"{record.id}/{speaker.label}", "")
        rows.append(
            {
                "label": speaker.label,
                "role": speaker.role,
                "person": person if speaker.role == "participant" else "",
                "turns": len(turns),
                "words": count_words(record.text[turn.start : turn.end] for turn in turns),
            }
        )
    return rows


def add_waiting(desk: Desk, ask: Ask) -> Answer:
    """Make transcripts of the files that were brought."""
    said = [_labels(ask, key) for key in ("interviewers", "participants")]
    with held(desk, ask) as study:
        who = coder_of(desk, ask, study)
        files = list(waiting(desk))
        asked = _asked(study, _look(desk, ask, study, files), *said) if any(said) else study
        report = add_originals(asked, files, who=who, declared=Declared(taken=True))
        ensure_participants(asked, report.added, who)
    desk.kept.pop(_KEPT, None)
    return _told(ask, asked, report)


def _labels(ask: Ask, key: str) -> list[str]:
    given = ask.body.get(key, [])
    if not isinstance(given, list) or not all(isinstance(each, str) for each in given):
        raise BadRequest(f"“{key}” must be a list of texts")
    return given


def send_back(desk: Desk, ask: Ask) -> Answer:
    """Take the files away again that were brought and not added."""
    with held(desk, ask) as study:
        known = studies.sources(study)
        for path, new in list(waiting(desk).items()):
            if new and studies.relative(study, path) not in known:
                path.unlink(missing_ok=True)
    desk.kept.pop(_KEPT, None)
    return {"waiting": 0}


ROUTES: tuple[Route, ...] = (
    ("POST", "/api/files", bring),
    ("GET", "/api/files", show_waiting),
    ("POST", "/api/files/add", add_waiting),
    ("POST", "/api/files/back", send_back),
)
