"""Condensed units belong to one meaning unit each, and the ladder leads from them to themes."""

from collections.abc import Callable
from pathlib import Path

import pytest

from qualkit import study as studies
from qualkit.condensation.condensedfile import change_condensed, parse_condensed, write_condensed
from qualkit.gate import text_of_file
from qualkit.ladder import ladder
from qualkit.marking import code_by_hand
from qualkit.material import load_material

FILES = {"K1.txt": "I: Og så?\n\nKari Nes: Jeg står alene om natta. Det er ingen å ringe.\n"}
BOOK = """codes:
- id: natt
  name: Natta
  codable: false
  children:
  - id: bemanning
    name: Bemanning
    codable: false
    children:
    - {id: alene, name: Alene}
    - {id: ringe, name: Ringe}
"""


@pytest.fixture
def root(qualkit: Callable, interviews: Callable) -> Path:
    folder = interviews(FILES, codebook=BOOK, participants="id;labels\nK1;Kari Nes\n")
    qualkit("code", folder, "--method", "content-analysis")
    root: Path = folder.with_name("interviews-study")
    study = studies.open_study(root)
    code_by_hand(study, "kari", "K1", "alene", "Jeg står alene om natta.")
    code_by_hand(study, "kari", "K1", "ringe", "ingen å ringe")
    (root / "themes.yaml").write_text("- {heading: Uten noen, codes: [alene]}\n")
    return root


def ids(root: Path) -> dict[str, str]:
    return {one.coding.code: one.coding.id for one in load_material(studies.open_study(root)).accepted()}


def test_a_condensed_unit_stands_on_its_ladder(qualkit: Callable, root: Path) -> None:
    ran = qualkit("condense", "unit", ids(root)["alene"], "--text", "Alene om natta", "--study", root)
    assert ran.code == 0, ran.err
    table = ladder(load_material(studies.open_study(root)))
    assert [column.key for column in table.columns] == ["unit", "condensed", "code", "subcategory", "category", "theme"]
    assert [row[1:] for row in table.rows] == [
        ("Alene om natta", "Alene", "Bemanning", "Natta", "Uten noen"),
        (None, "Ringe", "Bemanning", "Natta", None),
    ]
    assert "Alene om natta" in qualkit("condense", "ladder", "--study", root).out
    assert qualkit("check", "--study", root).code == 0 or "condensed" not in qualkit("check", "--study", root).err
    qualkit("undo", "--study", root)
    assert studies.read_condensed(studies.open_study(root)) == ((), [])


@pytest.mark.drafts
def test_a_written_ladder_has_only_condensed_units_and_no_name(qualkit: Callable, root: Path, tmp_path: Path) -> None:
    qualkit("condense", "unit", ids(root)["alene"], "--text", "Alene om natta", "--study", root)
    out = tmp_path / "ladder.docx"
    assert qualkit("condense", "ladder", "-o", out, "--study", root).code == 0
    text = text_of_file(out.read_bytes())
    assert "Jeg står alene om natta." in text
    assert "ingen å ringe" not in text
    assert "Kari" not in text


def test_in_text_condensation_it_is_refused_unless_wanted(qualkit: Callable, root: Path) -> None:
    settings = root / "study.yaml"
    settings.write_text(settings.read_text().replace("content-analysis", "stc"))
    arguments = ("condense", "unit", ids(root)["alene"], "--text", "Alene", "--study", root)
    assert "in which no meaning unit is condensed by itself" in qualkit(*arguments).err
    assert not (root / "condensed.yaml").exists()
    assert qualkit(*arguments, "--anyway").code == 0
    assert qualkit("condense", "ladder", "--study", root).code == 0


def test_what_is_wrong_with_the_file_is_told(qualkit: Callable, root: Path) -> None:
    one = ids(root)["alene"]
    (root / "condensed.yaml").write_text(
        f"units:\n- coding: {one}\n  text: Jeg står her og er helt alene om natta\n- coding: borte\n  tekst: a\n"
        f"- coding: {one}\n- bare\n"
    )
    told = qualkit("check", "--study", root).err
    for line in (
        f"condensed.yaml:2: the condensed unit of “{one}” is no shorter than its meaning unit",
        "condensed.yaml:4: the coding “borte” of a condensed unit is not there",
        "condensed.yaml:5:3: “tekst” is no key of a condensed unit",
        f"condensed.yaml:6:3: “{one}” has a condensed unit on line 2 already",
        "condensed.yaml:7:3: a condensed unit is keys with values",
    ):
        assert line in told


def test_condensed_units_go_with_their_coding(qualkit: Callable, root: Path) -> None:
    for code in ("alene", "ringe"):
        qualkit("condense", "unit", ids(root)[code], "--text", "kort", "--study", root)
    kept = ids(root)["alene"]
    qualkit("codebook", "delete", "ringe", "--drop-codings", "--study", root, "--why", "")
    assert [one.coding for one in studies.read_condensed(studies.open_study(root))[0]] == [kept]
    qualkit("withdraw", "K1", "--study", root, "--yes")
    assert studies.read_condensed(studies.open_study(root)) == ((), [])


@pytest.mark.parametrize(
    "text",
    [
        "",
        "units: []\n",
        "units:\n",
        "- coding: k1   # en\n  text: a\n",
        "units: [{coding: k1, text: a}]\n",
        "units:\r\n- coding: k1\r\n  text: a\r\n",
    ],
)
def test_units_are_written_in_any_file(text: str) -> None:
    once = write_condensed(
        write_condensed(text, "k2", "to: «b»", by="kari", date="2026-03-02"), "k1", "ny", by="", date=""
    )
    units, problems = parse_condensed(once)
    assert problems == []
    assert {(one.coding, one.text) for one in units} == {("k1", "ny"), ("k2", "to: «b»")}
    changed, problems = parse_condensed(change_condensed(once, {"k1": "k9", "k2": None}))
    assert ([(one.coding, one.text) for one in changed], problems) == ([("k9", "ny")], [])
    assert parse_condensed(change_condensed(once, {"k1": "k2", "k2": None})) == ((), [])
