import json
from collections.abc import Callable
from pathlib import Path

import pytest


def mixed(folder: Path) -> Path:
    folder.mkdir()
    talk = "I: Kor lenge?\n\nKari: Me ringde dei.\n\nI: Og så?\n\nKari: Så kom dei.\n"
    (folder / "I1.txt").write_text(talk, encoding="utf-8")
    (folder / "feltnotat 1.txt").write_text("Dato: 3. mai\n\nDet var stilt på kjøkkenet.\n", encoding="utf-8")
    (folder / "samtykke I1.txt").write_text("Jeg samtykker.\n", encoding="utf-8")
    (folder / "I1.m4a").write_bytes(b"\0\0\0 ftypM4A ")
    (folder / "~$I1.docx").write_bytes(b"x")
    return folder


def test_add_check_shows_what_everything_is_taken_as_and_writes_nothing(
    qualkit: Callable, tmp_path: Path, state_of: Callable
) -> None:
    folder = mixed(tmp_path / "opptak")
    study = tmp_path / "studie"
    assert qualkit("init", study).code == 0
    before = state_of(study)
    ran = qualkit("add", folder, "--study", study, "--check")
    assert ran.code == 0
    shown = [line.split("│")[1:-1] for line in ran.out.splitlines() if "│" in line]
    taken = {cells[0].strip().rpartition("/")[2]: cells[1].strip() for cells in shown if len(cells) == 7}
    assert taken["I1.txt"] == "interview"
    assert taken["feltnotat 1.txt"] == "field-note"
    assert taken["samtykke I1.txt"] == "consent form"
    assert taken["I1.m4a"] == "recording"
    assert "~$I1.docx" not in ran.out
    assert ["I1", "I", "–", "interviewer", "2"] in [[cell.strip() for cell in cells[:5]] for cells in shown]
    assert ["I1", "Kari", "–", "participant", "2"] in [[cell.strip() for cell in cells[:5]] for cells in shown]
    assert "Nothing was written" in ran.err
    assert state_of(study) == before


def test_a_kind_is_told_by_flag_by_study_yaml_and_by_name_in_this_order(qualkit: Callable, tmp_path: Path) -> None:
    folder = mixed(tmp_path / "opptak")
    study = tmp_path / "studie"
    assert qualkit("init", study).code == 0
    text = (study / "study.yaml").read_text(encoding="utf-8")
    (study / "study.yaml").write_text(
        text.replace("sources: {}", 'sources: {"samtykke*": minutes, "I1.*": notes}'), encoding="utf-8"
    )
    ran = qualkit("add", folder, "--study", study)
    assert "taken for a field note by the file's name" in ran.err
    # A field note has no speakers, whatever stands before a colon, and nobody is asked for labels.
    assert "no speaker labels" not in ran.err

    def header(name: str) -> str:
        return (study / "transcripts" / f"{name}.txt").read_text(encoding="utf-8").partition("\n---\n")[0]

    assert "kind: field-note" in header("feltnotat 1")
    assert "speakers" not in header("feltnotat 1")
    assert "kind: minutes" in header("samtykke I1")
    assert "kind: notes" in header("I1")
    more = folder / "I1b.txt"
    more.write_text("I: Hei?\n\nKari: Dette er mellom oss.\n", encoding="utf-8")
    assert qualkit("add", more, "--study", study, "--kind", "off-the-record").code == 0
    assert "kind: off-the-record\nmay_quote: no" in header("I1b")


def test_code_tells_in_a_line_what_was_left_out(qualkit: Callable, tmp_path: Path) -> None:
    folder = mixed(tmp_path / "opptak")
    (folder / "codebook.yaml").write_text('codes: [{id: ringe, rules: ["lemma:ringe"]}]\n', encoding="utf-8")
    for _ in range(2):
        ran = qualkit("code", folder, "--json")
        assert "Left out: 1 recording (qualkit add --check shows them)." in ran.err
        assert "samtykke I1.txt: the file was not read: taken for a consent form by its name" in ran.err
        assert [row["code"] for row in json.loads(ran.out)] == ["ringe"]


@pytest.mark.drafts
def test_who_was_added_by_name_is_listed_too_and_what_was_left_is_told_no_more(
    qualkit: Callable, tmp_path: Path
) -> None:
    folder = mixed(tmp_path / "opptak")
    (folder / "codebook.yaml").write_text('codes: [{id: ringe, rules: ["lemma:ringe"]}]\n', encoding="utf-8")
    assert qualkit("code", folder).code == 0
    study = tmp_path / "opptak-study"
    (folder / "samtykke I1.txt").write_text("I: Hei?\n\nSolveig: Hallo.\n", encoding="utf-8")
    ran = qualkit("add", folder / "samtykke I1.txt", "--study", study)
    assert "participants.csv was drafted" in ran.err
    assert "samtykke I1/Solveig" in (study / "participants.csv").read_text(encoding="utf-8-sig")
    again = qualkit("code", study)
    assert "samtykke I1.txt" not in again.err
    shown = qualkit("add", folder, "--study", study, "--check").out
    rows = [[cell.strip() for cell in line.split("│")[1:-1]] for line in shown.splitlines() if "│" in line]
    assert [row[2] for row in rows if row[-1] == "read before"] == ["I1", "feltnotat 1", "samtykke I1"]
    assert qualkit("export", "csv", "--study", study).code == 0


def test_add_tells_of_every_file_of_a_folder_that_was_not_read(qualkit: Callable, tmp_path: Path) -> None:
    folder = mixed(tmp_path / "opptak")
    (folder / "Gruppe 2.xlsx").write_bytes(b"PK")
    study = tmp_path / "studie"
    qualkit("init", study)
    ran = qualkit("add", folder, "--study", study)
    assert "Left out: 1 recording (qualkit add --check shows them)." in ran.err
    assert "Gruppe 2.xlsx: the file was not read: .xlsx files are not read" in ran.err
    assert "copy its table, with the heading row, into a Word document" in ran.err


def test_a_file_named_after_who_speaks_in_it_is_told_before_anything_rests_on_it(
    qualkit: Callable, tmp_path: Path
) -> None:
    study = tmp_path / "studie"
    qualkit("init", study)
    for name, label in (("Intervju 1 Solveig", "Solveig Nes"), ("Intervju 2", "Solveig Nes"), ("K3", "K3")):
        path = tmp_path / f"{name}.txt"
        path.write_text(f"I: Hei?\n\n{label}: Hallo.\n\nI: Ja?\n\n{label}: Nei.\n", encoding="utf-8")
        ran = qualkit("add", path, "--study", study)
        named = "the file is named after somebody who speaks in it" in ran.err
        assert named == (name == "Intervju 1 Solveig"), ran.err
