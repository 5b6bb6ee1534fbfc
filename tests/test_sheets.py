"""A working sheet goes to the desk and comes back with a condensate."""

import re
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest

from qualkit import study as studies
from qualkit.condensing import begin_subgroup, choose, place
from qualkit.gate import text_of_file
from qualkit.marking import code_by_hand
from qualkit.material import load_material
from qualkit.sheets import SheetIsThere, read_back, write_sheets
from qualkit.transcripts.raw import UnreadableOriginal


@pytest.fixture
def study(qualkit: Callable, tmp_path: Path) -> studies.Study:
    folder = tmp_path / "intervjuer"
    folder.mkdir()
    (folder / "K1.txt").write_text("I: Og så?\nK1: Jeg står alene om natta. Det er ingen å ringe.\n", encoding="utf-8")
    (folder / "K2.txt").write_text("I: Og så?\nK2: Om natta er det bare meg.\n", encoding="utf-8")
    book = tmp_path / "codebook.yaml"
    book.write_text("codes: [{id: alene, name: Alene}]\n", encoding="utf-8")
    qualkit("code", str(folder), "-c", str(book))
    opened = studies.open_study(tmp_path / "intervjuer-study")
    for name, words in (("K1", "Jeg står alene om natta."), ("K1", "ingen å ringe"), ("K2", "bare meg")):
        code_by_hand(opened, "kari", name, "alene", words)
    begin_subgroup(opened, "kari", "alene", "Om natta")
    for one in load_material(opened).accepted():
        place(load_material(opened), "kari", one.coding.id, "om-natta")
    choose(load_material(opened), "kari", _ids(opened)["Jeg står alene om natta."], "om-natta", as_="golden")
    return opened


def _ids(study: studies.Study) -> dict[str, str]:
    return {one.coding.unit.text: one.coding.id for one in load_material(study).accepted()}


def edited(path: Path, change: Callable[[str], str]) -> Path:
    """Return the path of a sheet changed as Word would."""
    out = BytesIO()
    with zipfile.ZipFile(path) as before, zipfile.ZipFile(out, "w") as after:
        for name in before.namelist():
            data = before.read(name)
            if name == "word/document.xml":
                data = change(data.decode()).encode()
            after.writestr(name, data)
    path.write_bytes(out.getvalue())
    return path


def written(text: str) -> Callable[[str], str]:
    """Return what writes a condensate over what stands in the field."""

    def change(xml: str) -> str:
        paragraphs = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in text.split("\n"))
        begin = xml.index('<w:tag w:val="qualkit-condensate"/>')
        start, end = xml.index("<w:sdtContent>", begin) + len("<w:sdtContent>"), xml.index("</w:sdtContent>", begin)
        return xml[:begin] + xml[begin:start].replace("<w:showingPlcHdr/>", "") + paragraphs + xml[end:]

    return change


def without_row(xml: str, number: int) -> str:
    rows = re.findall(r"<w:tr>.*?</w:tr>", xml, flags=re.DOTALL)
    return xml.replace(rows[number], "")


def condensate(study: studies.Study) -> str:
    return studies.read_condensates(study)[0][0].subgroups[0].condensate


def test_a_sheet_holds_the_units_and_says_that_it_is_confidential(study: studies.Study) -> None:
    [path] = write_sheets(load_material(study))

    text = text_of_file(path.read_bytes())
    assert path == study.root / "working" / "alene-om-natta.confidential.docx"
    assert all(words in text for words in ("Jeg står alene om natta.", "ingen å ringe", "bare meg", "gullsitat"))
    assert "KONFIDENSIELT" in text
    assert "3 meningsbærende enheter fra 2 deltakere" in text


def test_a_condensate_comes_back(study: studies.Study) -> None:
    [path] = write_sheets(load_material(study))
    edited(path, written("Jeg er alene om natta.\nDet er bare meg."))

    name, changed, problems = read_back(load_material(study), "kari", path)

    assert (name, changed, problems) == ("om-natta", True, [])
    assert condensate(study) == "Jeg er alene om natta.\nDet er bare meg."
    assert read_back(load_material(study), "kari", path)[1] is False


def test_an_empty_field_writes_nothing(study: studies.Study) -> None:
    [path] = write_sheets(load_material(study))

    _, changed, [problem] = read_back(load_material(study), "kari", path)

    assert not changed
    assert problem.message == "no condensate is written in the sheet"
    assert condensate(study) == ""


def test_rows_that_were_deleted_or_moved_are_told_and_change_nothing(study: studies.Study) -> None:
    before = studies.read_condensates(study)[0][0].subgroups[0].units
    [path] = write_sheets(load_material(study))
    edited(path, lambda xml: written("Jeg er alene.")(without_row(xml, 2)))

    _, changed, problems = read_back(load_material(study), "kari", path)

    assert changed
    assert [problem.message for problem in problems] == ["the sheet has no row for 1 of the units used (row 2)"]
    assert studies.read_condensates(study)[0][0].subgroups[0].units == before


def test_tracked_changes_are_read_as_word_shows_them(study: studies.Study) -> None:
    [path] = write_sheets(load_material(study))

    def tracked(xml: str) -> str:
        return written("Jeg er alene.")(xml).replace(
            "<w:t>Jeg er alene.</w:t></w:r>",
            "<w:t>Jeg er </w:t></w:r><w:del><w:r><w:delText>alene</w:delText></w:r></w:del>"
            "<w:ins><w:r><w:t>for meg selv</w:t></w:r></w:ins><w:r><w:t>.</w:t></w:r>",
        )

    _, changed, problems = read_back(load_material(study), "kari", edited(path, tracked))

    assert changed
    assert condensate(study) == "Jeg er for meg selv."
    assert [problem.message for problem in problems] == ["the sheet has tracked changes"]


def test_what_somebody_wrote_is_not_written_over(study: studies.Study) -> None:
    [path] = write_sheets(load_material(study))
    edited(path, written("Jeg er alene."))

    with pytest.raises(SheetIsThere):
        write_sheets(load_material(study))
    read_back(load_material(study), "kari", path)
    assert write_sheets(load_material(study)) == [path]
    assert "Jeg er alene." in text_of_file(path.read_bytes())


def test_another_word_file_is_no_sheet(study: studies.Study, tmp_path: Path) -> None:
    import docx

    docx.Document().save(str(tmp_path / "brev.docx"))
    with pytest.raises(UnreadableOriginal, match="no working sheet"):
        read_back(load_material(study), "kari", tmp_path / "brev.docx")
