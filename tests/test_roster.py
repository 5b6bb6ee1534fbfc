"""participants.csv is drafted where nobody is listed, and never written over once somebody edited it."""

from __future__ import annotations

from pathlib import Path

import pytest

from qualkit import coding_run
from qualkit import study as studies
from qualkit.beginning import study_for
from qualkit.model import Study

CODEBOOK = "codes: [{name: Ringe, rules: ['lemma:ringe']}]"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "intervju"
    folder.mkdir()
    (folder / "codebook.yaml").write_text(CODEBOOK, encoding="utf-8")
    (folder / "Samtale 1.txt").write_text(
        "I: Kor?\nÅse: Eg ringer.\nI: Og?\nÅse: Ja.\nI: Mm.\nÅse: Nei.", encoding="utf-8"
    )
    (folder / "K2.txt").write_text("I: Kor?\nK2: Eg ringte.\n", encoding="utf-8")
    return folder


def coded(folder: Path) -> tuple[Study, coding_run.RunReport]:
    with study_for(folder, None, coder="kari", method=None, language=None, dry_run=False) as study:
        return study, coding_run.run(study, coder="kari", jobs=1)


def test_a_name_becomes_a_number_and_a_part_becomes_the_id(folder: Path) -> None:
    study, report = coded(folder)

    people, problems = studies.read_participants(study)
    assert report.drafted
    assert problems == []
    assert [(person.id, person.labels) for person in people] == [("K2", ("K2/K2",)), ("P1", ("Samtale 1/Åse",))]
    assert [column.key for column in report.table.columns][1:3] == ["K2", "P1"]


def test_a_draft_nobody_touched_goes_on_and_its_ids_stay(folder: Path) -> None:
    study, _ = coded(folder)
    (folder / "Samtale 2.txt").write_text(
        "I: Kor?\nOla: Eg ringer.\nI: Og?\nOla: Ja.\nI: Mm.\nOla: Nei.", encoding="utf-8"
    )

    _, report = coded(folder)

    people, _ = studies.read_participants(study)
    assert report.drafted
    assert [(person.id, person.labels[0]) for person in people] == [
        ("K2", "K2/K2"),
        ("P1", "Samtale 1/Åse"),
        ("P2", "Samtale 2/Ola"),
    ]


def test_a_file_somebody_edited_is_left_alone_and_the_newcomer_is_told(folder: Path) -> None:
    study, _ = coded(folder)
    path = study.root / "participants.csv"
    edited = path.read_bytes().replace(b"P1;", b"Elev 1;")
    path.write_bytes(edited)
    (folder / "Samtale 2.txt").write_text(
        "I: Kor?\nOla: Eg ringer.\nI: Og?\nOla: Ja.\nI: Mm.\nOla: Nei.", encoding="utf-8"
    )

    _, report = coded(folder)

    assert path.read_bytes() == edited
    assert not report.drafted
    assert [problem.message for problem in report.problems] == ["a speaker is in no participants.csv"]


def test_one_label_in_many_transcripts_is_many_people(tmp_path: Path) -> None:
    folder = tmp_path / "samtaler"
    folder.mkdir()
    (folder / "codebook.yaml").write_text(CODEBOOK, encoding="utf-8")
    for name in ("a", "b"):
        (folder / f"{name}.txt").write_text(f"I: Kor, {name}?\nInformant: Eg ringer.\n", encoding="utf-8")

    study, report = coded(folder)

    people, _ = studies.read_participants(study)
    assert [(person.id, person.labels) for person in people] == [("P1", ("a/Informant",)), ("P2", ("b/Informant",))]
    assert [row[1:3] for row in report.table.rows] == [("+1", "+1")]


def test_a_short_name_in_capitals_is_no_id(tmp_path: Path) -> None:
    folder = tmp_path / "intervju"
    folder.mkdir()
    (folder / "codebook.yaml").write_text(CODEBOOK, encoding="utf-8")
    (folder / "Gruppe 1.txt").write_text(
        "MODERATOR: Kor?\nIDA: Eg ringer.\nKN: Ja.\nIDA: Ja.\nMODERATOR: Mm.\nKN: Nei.", encoding="utf-8"
    )

    study, _ = coded(folder)

    people, _ = studies.read_participants(study)
    assert [(person.id, person.labels) for person in people] == [("P1", ("Gruppe 1/IDA",)), ("KN", ("Gruppe 1/KN",))]


def test_of_two_lists_that_differ_one_is_told_and_nobody_barred_by_either_is_quoted(folder: Path) -> None:
    from openpyxl import Workbook

    study, _ = coded(folder)
    book = Workbook()
    for row in (("id", "labels", "may_quote"), ("K2", "K2/K2", "ja"), ("U1", "Samtale 1/Åse", "nei")):
        book.active.append(row)
    book.save(study.root / "participants.xlsx")

    people, problems = studies.read_participants(study)

    assert [(person.id, person.may_quote) for person in people] == [("K2", True), ("P1", False)]
    assert [(one.file, one.severity) for one in problems] == [("participants.xlsx", "error")]
    assert "two lists of participants" in problems[0].message


def test_of_two_lists_that_say_the_same_nothing_is_told(folder: Path) -> None:
    from openpyxl import Workbook

    study, _ = coded(folder)
    people, _ = studies.read_participants(study)
    book = Workbook()
    book.active.append(("id", "labels", "role"))
    for person in people:
        book.active.append((person.id, ", ".join(person.labels), ""))
    book.save(study.root / "participants.xlsx")

    assert studies.read_participants(study) == (people, [])
