"""The study at a glance: its transcripts and how far the coder is, and what is wrong."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from qualkit import study as studies
from qualkit.checks import check_study
from qualkit.errors import QualkitError
from qualkit.material import speaker_ids
from qualkit.model import READ_FIRST, RULES_CODER, WAITING, Study
from qualkit.transcripts.participants import People, index_people
from qualkit.version import __version__
from qualkit.workbench.answers import Answer, Ask, Route, problem_json
from qualkit.workbench.desk import Desk, is_read_only, version_of
from qualkit.workbench.visits import coder_of, state, visit_of


def show_study(desk: Desk, ask: Ask) -> Answer:
    """Return the study's settings, its coders, and its transcripts with the coder's progress."""
    study = desk.study()
    desk.shown[ask.visit] = study.root
    who = coder_of(desk, ask, study)
    settings = study.settings
    names = [name for name in (*settings.coders, *studies.coders(study)) if not name.startswith("_")]
    return {
        "version": __version__,
        "title": settings.title,
        "folder": study.root.name,
        "language": settings.language,
        "method": settings.method,
        "questions": list(settings.questions),
        "readsFirst": settings.method in READ_FIRST,
        "coder": who,
        "coders": list(dict.fromkeys([who, *names])),
        "readOnly": is_read_only(study),
        "rules": any(code.rules for code in desk.codebook_and_problems(study)[0].walk()),
        "transcripts": _transcripts(desk, study, who),
        **state(visit_of(desk, ask)),
    }


def _transcripts(desk: Desk, study: Study, who: str) -> list[dict[str, Any]]:
    read = studies.transcripts_read(study, who)
    hides = study.settings.method in READ_FIRST
    people = index_people(studies.read_participants(study)[0])
    known = [version_of(path) for path in _PARTS["participants"](study)]
    rows = []
    for name in studies.transcript_ids(study):
        paths = [studies.transcript_path(study, name)]
        paths += [studies.codings_path(study, coder, name) for coder in (who, RULES_CODER)]
        version = (*map(version_of, paths), *known, name in read, hides)
        row = partial(_row, desk, study, who, name, people, read=name in read, hides=hides)
        rows.append(desk.once("overview", f"{who}/{name}", version, row))
    return rows


def _row(desk: Desk, study: Study, who: str, name: str, people: People, *, read: bool, hides: bool) -> dict[str, Any]:
    try:
        record = desk.record(study, name)
    except QualkitError:
        return {"id": name, "faulty": True, "read": read, "codings": 0, "waiting": None}
    mine, _ = desk.codings(study, who, name)
    proposed, _ = desk.codings(study, RULES_CODER, name)
    decided = {coding.id for coding in mine}
    waiting = sum(c.id not in decided and c.anchor not in WAITING for c in proposed)
    accepted = [coding for coding in mine if coding.status == "accepted"]
    return {
        "id": name,
        "kind": record.kind,
        "title": record.title,
        "language": record.language,
        "words": len(record.text.split()),
        "turns": len(record.turns),
        "participants": sorted(set(speaker_ids(record, people).values()), key=studies.natural),
        "codings": len(accepted),
        "codes": len({coding.code for coding in accepted}),
        "reached": max((coding.unit.span.end for coding in accepted), default=0) / max(len(record.text), 1),
        "adrift": sum(coding.anchor in WAITING for coding in mine),
        "read": read,
        "waiting": None if hides and not read else waiting,
    }


def show_problems(desk: Desk, ask: Ask) -> Answer:
    """Return everything that is wrong in the study."""
    return {"problems": [problem_json(problem, ask.language) for problem in check_study(desk.study())]}


def show_versions(desk: Desk, ask: Ask) -> Answer:  # noqa: ARG001  every resource is asked alike
    """Return what changes when a file of the study is written, by the part of the study it belongs to.

    Asked often: nothing is read, only looked at.
    """
    study = desk.study()
    return {"versions": {part: " ".join(map(version_of, paths(study))) for part, paths in _PARTS.items()}}


def _in(folder: str, pattern: str) -> Callable[[Study], list[Path]]:
    return lambda study: sorted((study.root / folder).glob(pattern))


_PARTS: Mapping[str, Callable[[Study], list[Path]]] = {
    "study": lambda study: [study.root / studies.SETTINGS],
    "codebook": lambda study: [studies.codebook_path(study)],
    "participants": lambda study: [study.root / name for name in studies.PARTICIPANTS],
    "condensates": lambda study: [study.root / studies.CONDENSATES],
    "themes": lambda study: [study.root / studies.THEMES],
    "identities": _in("private", "*.yaml*"),
    "transcripts": _in("transcripts", "*.txt"),
    "codings": _in("codings", "*/*.jsonl"),
    "readings": _in("readings", "*.jsonl"),
    "memos": _in("memos", "*.md"),
}
"""The files whose time tells whether a part of the study was changed."""

ROUTES: tuple[Route, ...] = (
    ("GET", "/api/study", show_study),
    ("GET", "/api/problems", show_problems),
    ("GET", "/api/versions", show_versions),
)
