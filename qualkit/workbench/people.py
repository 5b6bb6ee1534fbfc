"""participants.csv as a table: every column stays, also those that qualkit does not know."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from qualkit import disk
from qualkit import study as studies
from qualkit.errors import FaultyFiles, QualkitError
from qualkit.model import Decision, Study
from qualkit.roster import COLUMNS
from qualkit.text import sha256_hex
from qualkit.transcripts.encoding import decode_text
from qualkit.transcripts.participants import parse_participants
from qualkit.workbench.answers import Answer, Ask, BadRequest, Route, problem_json
from qualkit.workbench.desk import Desk, version_of
from qualkit.workbench.visits import change, coder_of, state, visit_of

_MOST = 2000


class AWorkbook(QualkitError):
    """The participants stand in a workbook."""

    def __init__(self) -> None:
        super().__init__(
            "the participants stand in a workbook, which is not changed here",
            "Change it in Excel, or save it as participants.csv and delete the workbook.",
        )


class ChangedElsewhere(QualkitError):
    """participants.csv was changed since it was shown."""

    def __init__(self) -> None:
        super().__init__(
            "participants.csv was changed since it was shown, so nothing was saved", "Load the page again."
        )


def show_people(desk: Desk, ask: Ask) -> Answer:
    """Return the table as it stands in the file."""
    study = desk.study()
    path = studies.participants_path(study)
    problems = [problem_json(one, ask.language) for one in studies.read_participants(study)[1]]
    workbook = path is not None and path.suffix.casefold() != ".csv"
    rows = _rows(path) if path is not None and not workbook else [list(COLUMNS)]
    if path is not None and workbook:
        people, _ = studies.read_participants(study)
        names = list(dict.fromkeys(name for person in people for name in person.attributes))
        rows = [["id", *names]]
        rows += [[person.id, *(person.attributes.get(name, "") for name in names)] for person in people]
    return {
        "columns": rows[0],
        "rows": rows[1:],
        "workbook": workbook,
        "version": version_of(path) if path else "",
        "problems": problems,
        **state(visit_of(desk, ask)),
    }


def _rows(path: Path) -> list[list[str]]:
    text = decode_text(path.read_bytes())[0].removeprefix("\ufeff") if path.stat().st_size else ""
    first, _, rest = text.partition("\n")
    if first.strip().strip('"').casefold().startswith("sep="):
        text = rest
    rows = [row for row in csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text)) if any(row)]
    if not rows:
        return [list(COLUMNS)]
    width = max(map(len, rows))
    return [row + [""] * (width - len(row)) for row in rows]


def _delimiter(text: str) -> str:
    first = next((line for line in text.splitlines() if line.strip()), ";")
    return max(";\t,", key=first.count)


def save_people(desk: Desk, ask: Ask) -> Answer:
    """Write the table. What is wrong with it is told, and then nothing is written."""
    table = [ask.texts("columns"), *_given(ask)]
    path = studies.participants_path(desk.study())
    if path is not None and path.suffix.casefold() != ".csv":
        raise AWorkbook
    target = path or desk.study().root / "participants.csv"
    with change(desk, ask, "participants", target.name, [target]) as study:
        if version_of(target) != ask.text("version"):
            raise ChangedElsewhere
        data = _written(table)
        problems = [one for one in parse_participants(data, target.name)[1] if one.severity == "error"]
        if problems:
            raise FaultyFiles(problems, "nothing was saved")
        _tell(study, coder_of(desk, ask, study), target, data)
        disk.write_atomically(target, data)
    return {"version": version_of(target), **state(visit_of(desk, ask))}


def _given(ask: Ask) -> list[list[str]]:
    rows = ask.body.get("rows")
    if not isinstance(rows, list) or len(rows) > _MOST:
        raise BadRequest("“rows” must be a list")
    for row in rows:
        if not isinstance(row, list) or not all(isinstance(cell, str) for cell in row):
            raise BadRequest("“rows” must hold lists of texts")
    return [row for row in rows if any(cell.strip() for cell in row)]


def _written(table: list[list[str]]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=";", lineterminator="\n").writerows(table)
    # Excel takes a file without the mark for Windows-1252 and spoils æøå.
    return text.getvalue().encode("utf-8-sig")


def _tell(study: Study, who: str, target: Path, data: bytes) -> None:
    after = {"participants": sha256_hex(data)}
    studies.append_decision(study, Decision(studies.now(), who, "edit", target.name, None, after))


ROUTES: tuple[Route, ...] = (("GET", "/api/participants", show_people), ("POST", "/api/participants", save_people))
