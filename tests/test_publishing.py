import csv
import json
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from qualkit import study as studies
from qualkit.coding.codings import unit_at
from qualkit.model import Coding

pytestmark = pytest.mark.drafts

PEOPLE = "id;labels;rolle;may_quote;navn\nP1;Kari Nes;sykepleier;ja;Kari Nes\nP2;Ola Vik;lege;nei;Ola Vik\n"
TALK = {
    "Kari Nes.txt": "I: Hva skjedde?\n\nKari Nes: Jeg måtte ringe Ola Vik. Karis vakt var lang.\n",
    "fokus.txt": "I: Hva?\n\nOla Vik: Jeg ringer aldri noen.\n\nKari Nes: Jeg ringte ham på fredag.\n",
}


@pytest.fixture
def root(qualkit: Callable, interviews: Callable) -> Path:
    """Make a study in which everything that was proposed is accepted."""
    folder = interviews(TALK, participants=PEOPLE)
    ran = qualkit("code", folder)
    assert ran.code == 0, ran.err
    root: Path = folder.with_name("interviews-study")
    qualkit("review", "--study", root, keys="a\n" * 9)
    return root


def everything(path: Path) -> str:
    """Return all text of a file, of every part of it where it is an archive, tags left out and kept."""
    if path.suffix == ".csv":
        return path.read_text(encoding="utf-8-sig")
    with zipfile.ZipFile(path) as package:
        parts = [package.read(name).decode("utf-8", "replace") for name in package.namelist()]
    return "\n".join([*parts, *(re.sub("<[^>]*>", "", part) for part in parts)])


def accept(root: Path, transcript: str, passage: str, code: str = "telefon") -> None:
    study = studies.open_study(root)
    record, _ = studies.read_transcript(study, transcript)
    start = record.text.index(passage)
    unit = unit_at(record, start, start + len(passage))
    coding = Coding(f"by-hand-{start}", unit, code, "kari", "accepted", "manual", "", text_sha256=record.sha256)
    before, _ = studies.read_codings(study, "kari", transcript)
    studies.save_codings(study, "kari", transcript, [*before, coding])


def choose(root: Path, *identifiers: str) -> None:
    chosen = ", ".join(identifiers)
    (root / "themes.yaml").write_text(f"themes: [{{heading: Tema, codes: [telefon], quotations: [{chosen}]}}]\n")


def by_words(root: Path, words: str) -> str:
    found, _ = studies.read_all_codings(studies.open_study(root))
    return next(coding.id for coding in found if coding.unit.text == words)


@pytest.mark.parametrize("kind", ["word", "excel", "csv"])
def test_names_and_the_words_of_who_may_not_be_quoted_are_in_no_part_of_any_file(
    qualkit: Callable, root: Path, kind: str
) -> None:
    choose(root, by_words(root, "Jeg måtte ringe Ola Vik."))
    ran = qualkit("export", kind, "--study", root)
    assert ran.code == 0, ran.err
    files = [root.parent / line if not Path(line).is_absolute() else Path(line) for line in ran.out.splitlines()]
    text = "\n".join(everything(file) for file in files)
    for name in ("Kari", "Nes", "Ola", "Vik"):
        assert not re.search(rf"\b{name}\b", text), name
    assert "aldri" not in text
    assert "Jeg måtte ringe [P2]." in text
    if kind != "word":
        assert "Jeg ringte ham på fredag." in text
        assert "[P1]:" in text


def test_a_passage_that_runs_over_somebody_who_may_not_be_quoted_is_kept_back(qualkit: Callable, root: Path) -> None:
    accept(root, "fokus", "Hva?\n\nOla Vik: Jeg ringer aldri noen.\n\nKari Nes: Jeg ringte ham")
    assert qualkit("export", "csv", "--study", root).code == 0
    assert "aldri" not in (root / "exports" / "quotations.not-anonymised.csv").read_text()


def test_notes_without_labels_are_of_whom_they_are_named_after(qualkit: Callable, interviews: Callable) -> None:
    talk = {
        "1-P1.txt": "I: Hva?\n\nKari Nes: Jeg ringte ham på fredag.\n",
        "2-P1-notat.txt": "Skrevet i bilen.\nHun ringte i alle fall.\n",
        "2-P2-notat.txt": "Han ville ikke ha opptak.\n«Jeg ringer aldri noen.»\n",
    }
    folder = interviews(talk, participants=PEOPLE)
    assert qualkit("code", folder).code == 0
    root = folder.with_name("interviews-study")
    qualkit("review", "--study", root, keys="a\n" * 9)

    ran = qualkit("themes", "matrix", "--study", root, "--counts", "--json")
    assert json.loads(ran.out)[0] == {"code": "Å ringe", "P1": 2, "P2": 1}
    assert qualkit("export", "csv", "--study", root).code == 0
    text = (root / "exports" / "quotations.not-anonymised.csv").read_text()
    assert "Hun ringte i alle fall." in text
    assert "aldri" not in text


def test_a_passage_that_begins_with_the_question_is_the_words_of_who_answers(qualkit: Callable, root: Path) -> None:
    accept(root, "Kari Nes", "Hva skjedde?\n\nKari Nes: Jeg måtte ringe", "vente")
    ran = qualkit("themes", "matrix", "--study", root, "--counts", "--json")
    assert json.loads(ran.out)[1] == {"code": "Å vente", "P1": 1, "P2": None}


def test_a_chosen_quotation_that_may_not_be_quoted_is_refused_with_its_place(qualkit: Callable, root: Path) -> None:
    choose(root, by_words(root, "Jeg ringer aldri noen."))
    for arguments in (("export", "word"), ("themes", "table")):
        ran = qualkit(*arguments, "--study", root)
        assert (ran.code, ran.out) == (1, "")
        assert re.search(r"fokus:\d+-\d+: participant P2 may not be quoted", ran.err)
        assert "aldri" not in ran.err
    assert not (root / "exports").exists()


@pytest.mark.parametrize(
    "broken", ["navn;labels\nx;Ola Vik\n", PEOPLE + "P2;;x;nei;\n", PEOPLE.replace("nei", "kanskje")]
)
def test_nothing_is_exported_while_participants_are_broken(qualkit: Callable, root: Path, broken: str) -> None:
    (root / "participants.csv").write_text(broken)
    ran = qualkit("export", "excel", "--study", root)
    assert ran.code == 1
    assert "participants.csv:" in ran.err
    assert "nothing was written" in ran.err
    assert not (root / "exports").exists()


def test_a_coding_whose_transcript_is_gone_is_named(qualkit: Callable, root: Path) -> None:
    (root / "transcripts" / "fokus.txt").unlink()
    ran = qualkit("export", "excel", "--study", root)
    assert ran.code == 1
    assert re.search(r"Error: fokus:\d+-\d+ is in no transcript", ran.err)
    assert "aldri" not in ran.err


def test_a_changed_transcript_stops_only_what_no_longer_stands(qualkit: Callable, root: Path) -> None:
    file = root / "transcripts" / "fokus.txt"
    text = file.read_text()
    file.write_text(text + "\nI: Takk.\n")
    ran = qualkit("export", "excel", "--study", root)
    assert ran.code == 1
    assert "the text was changed since it was coded" in ran.err
    assert (root / "exports" / "resultater.xlsx").exists()
    file.write_text(text.replace("I: Hva?", "I: Hva da?"))
    ran = qualkit("export", "csv", "--study", root)
    assert ran.code == 1
    assert re.search(r"fokus:\d+-\d+ no longer holds the words", ran.err)
    assert not list((root / "exports").glob("*.csv"))


def test_a_name_in_her_own_text_stops_the_export(qualkit: Callable, root: Path) -> None:
    book = root / "codebook.yaml"
    book.write_text(book.read_text().replace("name: Å ringe", "name: Å ringe Ola"))
    ran = qualkit("export", "word", "--study", root)
    assert ran.code == 1
    assert "resultater.docx was not written: it holds a name of P2" in ran.err
    assert re.search(r"a transcript's name \(codebook.yaml: name of \S+\)\. Write", ran.err), ran.err
    assert not list(root.glob("exports/*"))


def test_a_column_of_names_is_no_attribute(qualkit: Callable, root: Path) -> None:
    assert qualkit("export", "csv", "--study", root).code == 0
    assert not (root / "exports" / "theme-navn.not-anonymised.csv").exists()
    ran = qualkit("export", "csv", "--study", root, "--by", "navn", "-o", root.parent / "ut")
    assert ran.code == 1
    assert "it holds a name of P1, P2" in ran.err
    assert not (root.parent / "ut").exists()


def test_a_speaker_whose_file_has_the_same_name_is_not_printed_by_it(qualkit: Callable, interviews: Callable) -> None:
    folder = interviews(
        {"Kari.txt": "I: Hva?\n\nKari: Jeg ringte.\n\nI: Ja?\n\nKari: Jeg ringte, sa Kari.\n\nKari: Jo.\n"}
    )
    qualkit("code", folder)
    root = folder.with_name("interviews-study")
    (root / "participants.csv").unlink(missing_ok=True)
    qualkit("review", "--study", root, keys="a\na\na\n")
    ran = qualkit("export", "csv", "--study", root)
    written = "".join(everything(path) for path in root.glob("exports/*"))
    assert "Kari" not in written
    assert ran.code == 1 or "[" in written


def test_a_file_she_named_is_never_written_over(qualkit: Callable, root: Path, tmp_path: Path) -> None:
    for kind, name in (("word", "kapittel.docx"), ("excel", "tabeller.xlsx")):
        file = tmp_path / name
        file.write_text("hers")
        ran = qualkit("export", kind, "--study", root, "-o", file)
        assert (ran.code, ran.out) == (1, "")
        assert f"{name} is there already" in ran.err
        assert file.read_text() == "hers"
        assert qualkit("export", kind, "--study", root, "-o", file, "--force").code == 0
        assert file.read_bytes().startswith(b"PK")
    folder = tmp_path / "csv"
    folder.mkdir()
    (folder / "theme-table.not-anonymised.csv").write_text("hers")
    ran = qualkit("export", "csv", "--study", root, "-o", folder)
    assert ran.code == 1
    assert [path.read_text() for path in folder.iterdir()] == ["hers"]
    file = tmp_path / "t.docx"
    assert qualkit("themes", "table", "--study", root, "-o", file).code == 0
    assert qualkit("themes", "table", "--study", root, "-o", file).code == 1


def test_an_export_that_she_edited_is_not_written_over(qualkit: Callable, root: Path) -> None:
    for _ in range(2):
        assert qualkit("export", "word", "--study", root).code == 0
    file = root / "exports" / "resultater.docx"
    file.write_bytes(file.read_bytes() + b"hers")
    ran = qualkit("export", "word", "--study", root)
    assert ran.code == 1
    assert "resultater.docx was changed since it was exported, so it is not written over" in ran.err
    assert file.read_bytes().endswith(b"hers")
    assert qualkit("export", "word", "--study", root, "--force").code == 0
    assert qualkit("export", "word", "--study", root).code == 0


@pytest.mark.parametrize(
    ("kind", "name"),
    [("word", "ut.doc"), ("word", "ut.xlsx"), ("excel", "ut.docx"), ("word", "ut.pdf"), ("excel", "ut")],
)
def test_an_ending_that_does_not_say_what_is_in_it(
    qualkit: Callable, root: Path, tmp_path: Path, kind: str, name: str
) -> None:
    ran = qualkit("export", kind, "--study", root, "-o", tmp_path / name)
    assert ran.code == 1
    assert f"{name} does not end in" in ran.err
    assert not (tmp_path / name).exists()


def test_a_folder_to_write_to(qualkit: Callable, root: Path, tmp_path: Path) -> None:
    (tmp_path / "ut").mkdir()
    assert qualkit("export", "word", "--study", root, "-o", tmp_path / "ut").code == 0
    assert qualkit("export", "csv", "--study", root, "-o", tmp_path / "nytt å" / "sted").code == 0
    assert (tmp_path / "ut" / "resultater.docx").exists()
    assert (tmp_path / "nytt å" / "sted" / "theme-table.not-anonymised.csv").exists()


def test_a_column_with_any_name_stays_inside_the_folder(qualkit: Callable, root: Path) -> None:
    path = root / "participants.csv"
    path.write_text(path.read_text().replace("rolle", "../../rolle/stilling?"))
    ran = qualkit("export", "csv", "--study", root)
    assert ran.code == 0, ran.err
    names = sorted(path.relative_to(root).as_posix() for path in root.rglob("*.csv"))
    assert [name for name in names if "stilling" in name] == ["exports/theme-..-..-rolle-stilling.not-anonymised.csv"]
    assert not (root.parent / "rolle").exists()
    assert qualkit("export", "excel", "--study", root).code == 0


def test_an_attribute_that_is_not_there(qualkit: Callable, root: Path) -> None:
    ran = qualkit("export", "word", "--study", root, "--by", "role")
    assert ran.code == 1
    assert "participants.csv has no column “role”" in ran.err
    assert "Did you mean “rolle”?" in ran.err


@pytest.mark.parametrize("method", ["stc", "reflexive-ta"])
def test_matrices_of_methods_that_read_first_are_marks_of_what_was_accepted(
    qualkit: Callable, root: Path, method: str
) -> None:
    settings = root / "study.yaml"
    settings.write_text(settings.read_text().replace("codebook-ta  ", f"{method}  ", 1))
    qualkit("review", "--study", root, "--read", "fokus", "--read", "Kari Nes")
    (codings,) = root.glob("codings/kari/fokus.jsonl")
    codings.unlink()
    ran = qualkit("export", "excel", "--study", root, "--with-proposals")
    assert "Proposals are not printed in a study of this method" in ran.err
    book = openpyxl.load_workbook(root / "exports" / "resultater.xlsx")
    cells = [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert "●" in cells
    assert not any("fredag" in cell for cell in cells)
    assert qualkit("themes", "matrix", "--study", root, "--counts", "--json").out.count(": 1") == 1


def test_proposals_are_printed_only_on_request_elsewhere(qualkit: Callable, root: Path) -> None:
    for path in root.glob("codings/kari/*"):
        path.unlink()
    assert qualkit("export", "csv", "--study", root).code == 0
    quotations = root / "exports" / "quotations.not-anonymised.csv"
    assert len(list(csv.reader(quotations.open(encoding="utf-8-sig"), delimiter=";"))) == 1
    ran = qualkit("export", "csv", "--study", root, "--with-proposals")
    assert ran.code == 0
    rows = list(csv.DictReader(quotations.open(encoding="utf-8-sig"), delimiter=";"))
    assert {row["status"] for row in rows} == {"foreslått"}
    assert "Jeg ringte ham på fredag. (P1)" in {row["quotation"] for row in rows}


def test_a_template_that_is_no_word_file(qualkit: Callable, root: Path, tmp_path: Path) -> None:
    template = tmp_path / "mal.docx"
    template.write_text("nothing")
    ran = qualkit("export", "word", "--study", root, "--template", template)
    assert ran.code == 1
    assert "the Word template cannot be used: it is no Word file" in ran.err
    assert "broke off" not in ran.err


def test_a_name_that_is_a_typeface_too_does_not_stop_the_export(qualkit: Callable, interviews: Callable) -> None:
    folder = interviews({"a.txt": "I: Hva?\n\nRoman: Jeg ringte.\n"}, participants="id;labels\nP1;Roman\n")
    qualkit("code", folder)
    root = folder.with_name("interviews-study")
    qualkit("review", "--study", root, keys="a\n")
    for kind in ("word", "excel"):
        ran = qualkit("export", kind, "--study", root)
        assert ran.code == 0, ran.err
