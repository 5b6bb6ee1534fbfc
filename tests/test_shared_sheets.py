"""Working sheets to hand on: rendered, through the gate, and still to be read back."""

from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

import pytest

from qualkit import study as studies
from qualkit.condensing import begin_subgroup, find_subgroup, place
from qualkit.gate import text_of_file
from qualkit.marking import code_by_hand
from qualkit.material import load_material


@pytest.fixture
def root(qualkit: Callable, interviews: Callable) -> Path:
    files = {
        "K1.txt": "I: Og så?\n\nKari Nes: Da ringte Kari Nes til vakta om natta.\n",
        "K2.txt": "I: Og så?\n\nK2: Om natta er det bare meg.\n",
    }
    people = "id;labels;may_quote\nK1;Kari Nes;ja\nK2;K2;nei\n"
    folder = interviews(files, codebook="codes: [{id: alene, name: Alene}]\n", participants=people)
    qualkit("code", folder, "--method", "stc")
    study = studies.open_study(folder.with_name("interviews-study"))
    for name, words in (("K1", "Da ringte Kari Nes til vakta om natta."), ("K2", "bare meg")):
        code_by_hand(study, "kari", name, "alene", words)
    begin_subgroup(study, "kari", "alene", "Uten hjelp")
    for one in load_material(study).accepted():
        place(load_material(study), "kari", one.coding.id, "uten-hjelp")
    return study.root


def test_a_shared_sheet_has_ids_and_nobody_who_may_not_be_quoted(qualkit: Callable, root: Path) -> None:
    ran = qualkit("condense", "sheet", "--share", "--study", root, "--allow-unreviewed", "for gruppa")
    assert ran.code == 0, ran.err
    [path] = (root / "exports").iterdir()
    assert path.name == "alene-uten-hjelp.not-anonymised.docx"
    text = text_of_file(path.read_bytes())
    assert "til vakta om natta" in text
    assert "Nes" not in text
    assert "bare meg" not in text
    assert "[skal ikke siteres]" in text
    assert "IKKE ANONYMISERT" in text
    assert not (root / "working").exists()


def test_while_something_waits_it_is_not_written(qualkit: Callable, root: Path) -> None:
    path = root / "transcripts" / "K1.txt"
    path.write_text(path.read_text().replace("til vakta", "til Solbakken"))
    qualkit("anchor", "--study", root)
    study = studies.open_study(root)
    code_by_hand(study, "kari", "K1", "alene", "til Solbakken om natta")
    new = next(one for one in load_material(study).accepted() if one.coding.unit.text == "til Solbakken om natta")
    place(load_material(study), "kari", new.coding.id, "uten-hjelp")
    ran = qualkit("condense", "sheet", "--share", "--study", root)
    assert ran.code == 1
    assert "nobody has decided" in ran.err
    assert "Solbakken" not in ran.err
    assert not list(root.glob("exports/*"))


def test_a_condensate_written_in_it_is_read_back(qualkit: Callable, root: Path) -> None:
    qualkit("condense", "sheet", "--share", "--study", root, "--allow-unreviewed", "for gruppa")
    [path] = (root / "exports").iterdir()
    with ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    xml = parts["word/document.xml"].decode().replace("<w:showingPlcHdr/>", "")
    parts["word/document.xml"] = xml.replace("[Skriv kondensatet her]", "Jeg er alene om natta.").encode()
    with ZipFile(path, "w") as package:
        for name, data in parts.items():
            package.writestr(name, data)
    ran = qualkit("condense", "read", path, "--study", root)
    assert ran.code == 0, ran.err
    assert (
        find_subgroup(load_material(studies.open_study(root)), "uten-hjelp")[1].condensate == "Jeg er alene om natta."
    )
