"""The framework matrix: written, linked, flagged, taken out to Excel and read back."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook

from qualkit import framework, withdrawal
from qualkit import study as studies
from qualkit.checks import check_study
from qualkit.framework_workbook import read_back
from qualkit.material import Material, load_material
from qualkit.transcripts.raw import UnreadableOriginal

THEMES = "- {id: ringe, heading: Om å ringe, codes: [telefon]}\n- {id: vente, heading: Om å vente, codes: [vente]}\n"


@pytest.fixture
def root(qualkit: Callable, interviews: Callable) -> Path:
    folder = interviews()
    ran = qualkit("code", folder)
    assert ran.code == 0, ran.err
    study = folder.with_name("interviews-study")
    qualkit("review", "--study", study, keys="a\n" * 9)
    (study / "themes.yaml").write_text(THEMES, encoding="utf-8")
    return study


def material(root: Path) -> Material:
    return load_material(studies.open_study(root))


def told(root: Path) -> list[str]:
    return [problem.message for problem in check_study(studies.open_study(root)) if problem.check == "framework"]


def test_a_summary_rests_on_the_passages_of_its_theme_in_the_words_of_its_case(root: Path, qualkit: Callable) -> None:
    ran = qualkit("framework", "write", "K1", "Om å ringe", "--file", "-", "--study", root, keys="Må ringe selv.\n")
    assert ran.code == 0, ran.err
    cell = framework.summaries(studies.open_study(root))[0]
    words = [e.coding.unit.text for e in material(root).extracts if e.coding.id in {r.coding for r in cell.passages}]
    assert (cell.case, cell.theme, cell.text, words) == ("K1", "ringe", "Må ringe selv.", ["Jeg måtte ringe kommunen."])
    assert told(root) == []
    shown = json.loads(qualkit("framework", "--study", root, "--json").out)
    assert shown[0] == {"case": "K1", "ringe": "Må ringe selv.", "vente": None}
    assert qualkit("undo", "--study", root).code == 0
    assert not (root / "framework.yaml").exists()


def test_a_summary_whose_passage_was_rejected_or_changed_is_flagged_until_somebody_says_it_holds(
    root: Path, qualkit: Callable
) -> None:
    framework.write(material(root), "kari", "K2", "ringe", "Ingen ringer.")
    framework.write(material(root), "kari", "K2", "vente", "Venter.")
    passage = framework.summaries(studies.open_study(root))[0].passages[0].coding
    path = root / "transcripts" / "K2.txt"
    path.write_text(
        path.read_text(encoding="utf-8").replace("Ingen ringer oss", "Ingen ringer til oss"), encoding="utf-8"
    )
    qualkit("code", root)
    assert told(root) == [f"the summary of K2 and “ringe” rests on a passage that has other words now: {passage}"]
    assert "⚑ Ingen ringer." in qualkit("framework", "--study", root).out
    qualkit("anchor", "--keep", "all", "--study", root)
    assert told(root), "the summary was written on other words"
    framework.link(material(root), "kari", "K2", "ringe", [passage])
    assert told(root) == []
    for coding in (root / "codings" / "kari").glob("K2.jsonl"):
        coding.write_text(coding.read_text(encoding="utf-8").replace('"accepted"', '"rejected"'), encoding="utf-8")
    assert [message.partition("that ")[2] for message in told(root)] == [
        f"is rejected now: {rest.coding}"
        for one in framework.summaries(studies.open_study(root))
        for rest in one.passages
    ]


def test_cells_that_lead_nowhere_are_told_with_their_line(root: Path) -> None:
    (root / "framework.yaml").write_text(
        "cells:\n- {case: K7, theme: ringe, summary: a}\n- {case: K1, theme: rnge, summary: b}\n", encoding="utf-8"
    )
    found = [(p.line, p.message, p.hint) for p in check_study(studies.open_study(root)) if p.check == "framework"]
    assert [(line, message) for line, message, _ in found] == [
        (2, "there is no case “K7”"),
        (3, "there is no theme “rnge”"),
    ]
    assert found[1][2] == "Did you mean “ringe”?"


@pytest.fixture
def workbook(root: Path, tmp_path: Path, qualkit: Callable) -> Path:
    framework.write(material(root), "kari", "K1", "ringe", "Må ringe selv.")
    framework.write(material(root), "kari", "K2", "vente", "Venter alltid.")
    path = tmp_path / "matrix.xlsx"
    ran = qualkit("framework", "-o", path, "--study", root, "--allow-unreviewed", "a draft")
    assert ran.code == 0, ran.err
    return path


def edited(path: Path, change: Callable) -> None:
    book = load_workbook(path)
    change(book.worksheets[0])
    held = io.BytesIO()
    book.save(held)
    path.write_bytes(held.getvalue())


def read(root: Path, path: Path) -> tuple[int, list[str]]:
    done = read_back(material(root), "ola", path)
    return done.written, [problem.message for problem in done.problems]


def texts(root: Path) -> dict[tuple[str, str], str]:
    return {(one.case, one.theme): one.text for one in framework.summaries(studies.open_study(root))}


def test_ids_are_out_of_sight_and_locked_and_cells_are_open(workbook: Path) -> None:
    sheet = load_workbook(workbook).worksheets[0]
    assert sheet.column_dimensions["A"].hidden
    assert sheet.row_dimensions[2].hidden
    assert sheet.protection.sheet
    assert [sheet["C3"].protection.locked, sheet["B4"].protection.locked, sheet["C4"].protection.locked] == [
        True,
        True,
        False,
    ]
    assert load_workbook(workbook)["qualkit"].sheet_state == "veryHidden"


def test_what_was_written_in_excel_comes_back_and_the_earlier_text_stays(root: Path, workbook: Path) -> None:
    def change(sheet: object) -> None:
        sheet["C4"] = "Må ringe selv, hver gang."
        sheet["C5"] = "Ingen ringer."

    edited(workbook, change)
    assert read(root, workbook) == (2, [])
    assert texts(root)["K1", "ringe"] == "Må ringe selv, hver gang."
    cell = next(one for one in framework.summaries(studies.open_study(root)) if one.case == "K1")
    assert ([one.text for one in cell.versions], cell.by) == (["Må ringe selv."], "ola")
    assert texts(root)["K2", "ringe"] == "Ingen ringer."
    assert read(root, workbook) == (0, [])


def test_what_is_in_doubt_is_told_with_its_cell_and_nothing_is_overwritten(root: Path, workbook: Path) -> None:
    framework.write(material(root), "kari", "K1", "ringe", "Skrevet her siden.")
    before = texts(root)

    def change(sheet: object) -> None:
        sheet["C4"] = "Skrevet der siden."
        sheet["D5"] = None
        sheet["D4"] = "=1+1"
        sheet["C3"] = "Telefoner"
        sheet["E3"] = "Nytt tema"
        sheet["B6"] = "K9"
        sheet["C6"] = "Ukjent."

    edited(workbook, change)
    written, messages = read(root, workbook)
    assert written == 0
    assert texts(root) == before
    assert messages == [
        "cell C3: the column of “ringe” was renamed; it was read, and the theme keeps its heading",
        "cell E3: a column was added that is no theme",
        "cell B6: the study has no such case",
        "cell C4: the summary of K1 and “ringe” was changed here and in the study since",
        "cell D4: a formula stands where a summary should",
        "cell D5: the summary of K2 and “vente” was emptied",
    ]


def test_rows_and_columns_that_are_gone_are_told_and_their_summaries_stay(root: Path, workbook: Path) -> None:
    before = texts(root)

    def change(sheet: object) -> None:
        sheet.delete_rows(4)
        sheet.delete_cols(4)

    edited(workbook, change)
    written, messages = read(root, workbook)
    assert (written, texts(root)) == (0, before)
    assert [message.partition(": ")[2] for message in messages] == [
        "the column of “vente” is gone",
        "the row of K1 is gone",
    ]


def test_a_newer_text_in_the_study_stays_where_nobody_wrote_in_the_workbook(root: Path, workbook: Path) -> None:
    framework.write(material(root), "kari", "K1", "ringe", "Nyere.")
    assert read(root, workbook) == (0, [])
    assert texts(root)["K1", "ringe"] == "Nyere."


def test_a_workbook_that_is_none_is_refused(root: Path, workbook: Path) -> None:
    edited(workbook, lambda sheet: sheet.delete_cols(1))
    with pytest.raises(UnreadableOriginal, match="no workbook of a framework matrix"):
        read(root, workbook)


def test_the_sheet_for_the_desk_has_the_passages_and_is_not_written_over(root: Path, qualkit: Callable) -> None:
    ran = qualkit("framework", "sheet", "--study", root)
    assert ran.code == 0, ran.err
    path = root / "working" / "framework.confidential.xlsx"
    words = [cell.value for row in load_workbook(path).worksheets[1].iter_rows() for cell in row]
    assert "Jeg måtte ringe kommunen." in words
    assert qualkit("framework", "sheet", "--study", root).code == 0
    edited(path, lambda sheet: sheet.__setitem__("C4", "Nytt."))
    assert qualkit("framework", "sheet", "--study", root).code == 1
    assert qualkit("framework", "read", path, "--study", root).code == 0
    assert texts(root)["K1", "ringe"] == "Nytt."


def test_a_participant_who_withdraws_takes_the_row_along(root: Path) -> None:
    framework.write(material(root), "kari", "K1", "ringe", "Må ringe selv.")
    framework.write(material(root), "kari", "K2", "ringe", "Ingen ringer.")
    study = studies.open_study(root)
    change = next(one for one in withdrawal.plan_withdrawal(study, "K1").changes if one.file == "framework.yaml")
    assert change.data is not None
    assert "Må ringe" not in change.data.decode()
    assert "Ingen ringer." in change.data.decode()


def test_a_renamed_code_and_a_study_without_themes(root: Path, qualkit: Callable) -> None:
    (root / "themes.yaml").unlink()
    framework.write(material(root), "kari", "K1", "telefon", "Må ringe selv.")
    ran = qualkit("codebook", "rename", "telefon", "oppringning", "--study", root)
    assert ran.code == 0, ran.err
    assert texts(root) == {("K1", "oppringning"): "Må ringe selv."}
    assert told(root) == []


def test_what_one_of_two_coders_accepted_is_no_rejected_passage(root: Path, qualkit: Callable) -> None:
    framework.write(material(root), "kari", "K2", "ringe", "Ingen ringer.")
    passage = framework.summaries(studies.open_study(root))[0].passages[0].coding
    line = next(
        line for path in root.glob("codings/*/K2.jsonl") for line in path.read_text().splitlines() if passage in line
    )
    said = json.loads(line) | {"coder": "zara", "status": "rejected"}
    (root / "codings" / "zara").mkdir()
    (root / "codings" / "zara" / "K2.jsonl").write_text(json.dumps(said, ensure_ascii=False) + "\n", encoding="utf-8")
    assert told(root) == []
    assert [row[4] for row in framework.passages(material(root), "K2", "ringe").rows] == [""]


def test_what_two_coders_gave_one_code_is_one_passage_to_sum_up(root: Path) -> None:
    before = [row[5].unit.text for row in framework.passages(material(root), "K1", "ringe").rows]
    path = next(path for path in root.glob("codings/*/K1.jsonl") if path.parent.name != "_rules")
    (root / "codings" / "zara").mkdir()
    lines = [
        json.loads(line) | {"coder": "zara", "id": f"z{n}"} for n, line in enumerate(path.read_text().splitlines())
    ]
    text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
    (root / "codings" / "zara" / "K1.jsonl").write_text(text, encoding="utf-8")
    rows = framework.passages(material(root), "K1", "ringe").rows
    assert [row[5].unit.text for row in rows] == before
    assert {row[4] for row in rows} == {"ikke knyttet til"}


def test_a_summary_may_be_written_in_the_command(root: Path, qualkit: Callable) -> None:
    assert qualkit("framework", "write", "K1", "ringe", "--text", "Må ringe selv.", "--study", root).code == 0
    assert texts(root)["K1", "ringe"] == "Må ringe selv."
    both = qualkit("framework", "write", "K1", "ringe", "--text", "Ja.", "--file", "-", "--study", root, keys="Nei.\n")
    assert (both.code, texts(root)["K1", "ringe"]) == (2, "Må ringe selv.")
