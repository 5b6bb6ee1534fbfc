"""A unit that is given another code leaves the subgroup it stood in, and nothing else changes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from qualkit import condensing
from qualkit import study as studies
from qualkit.adding import add_originals
from qualkit.condensing import NoSuchUnit
from qualkit.marking import mark
from qualkit.material import load_material
from qualkit.model import Settings, Study
from qualkit.regrouping import CodedSoAlready, OthersCoding, regroup

BOOK = "codes:\n  - {id: vente, name: Å vente}\n  - {id: ringe, name: Å ringe}\n"
CONDENSATES = """# Ours.
groups:
  - code: vente
    subgroups:
      - id: natta
        start: {first}
        golden: {first}
        units:
          - {first}  # the long one
          - {second}
"""


@pytest.fixture
def study(tmp_path: Path) -> Study:
    made = studies.create_study(tmp_path / "s", Settings("Om å vente", method="stc", coders=("kari", "ola")))
    studies.save_codebook_text(made, BOOK)
    (tmp_path / "K1.txt").write_text("I: Hva?\nK1: Vi venta. Ingen kom.\n", encoding="utf-8")
    add_originals(made, [tmp_path / "K1.txt"], who="kari")
    record, _ = studies.read_transcript(made, "K1")
    ids = []
    for words in ("Vi venta.", "Ingen kom."):
        start = record.text.index(words)
        ids += [one.id for one in mark(made, "kari", record, ["vente"], start, start + len(words))]
    text = CONDENSATES.format(first=ids[0], second=ids[1])
    (made.root / "condensates.yaml").write_text(text, encoding="utf-8")
    return made


def words_of(study: Study, code: str) -> list[str]:
    return [one.coding.unit.text for one in load_material(study).accepted() if one.coding.code == code]


def unit(study: Study, words: str) -> str:
    return next(one.coding.id for one in load_material(study).accepted() if one.coding.unit.text == words)


def test_the_unit_waits_in_the_other_group_and_the_trail_says_why(study: Study) -> None:
    going = unit(study, "Vi venta.")
    regroup(load_material(study), "kari", going, "Å ringe", why="handler om telefonen")
    assert (words_of(study, "vente"), words_of(study, "ringe")) == (["Ingen kom."], ["Vi venta."])
    groups = {one.group.code: one for one in condensing.gathered_groups(load_material(study))}
    assert [one.coding.unit.text for one in groups["ringe"].waiting] == ["Vi venta."]
    subgroup = groups["vente"].group.subgroups[0]
    assert (subgroup.used(), subgroup.golden, subgroup.start) == ((unit(study, "Ingen kom."),), "", "")
    assert (study.root / "condensates.yaml").read_text("utf-8").startswith("# Ours.\n")
    trail = [json.loads(line) for line in (study.root / "trail.jsonl").read_text("utf-8").splitlines()][-2:]
    assert [one["what"] for one in trail] == ["remark", "condense take-out"]
    assert {one["why"] for one in trail} == {"handler om telefonen"}
    assert "venta" not in json.dumps(trail, ensure_ascii=False)


def test_what_is_not_ones_own_not_there_or_coded_so_already_is_refused(study: Study) -> None:
    record, _ = studies.read_transcript(study, "K1")
    start = record.text.index("Ingen kom.")
    mark(study, "kari", record, ["ringe"], start, start + len("Ingen kom."))
    files = [study.root / "condensates.yaml", studies.codings_path(study, "kari", "K1")]
    before = [path.read_bytes() for path in files]
    material = load_material(study)
    second = next(
        one.coding.id
        for one in material.accepted()
        if one.coding.unit.text == "Ingen kom." and one.coding.code == "vente"
    )
    for who, coding, fault in (
        ("ola", second, OthersCoding),
        ("kari", second, CodedSoAlready),
        ("kari", "nobody", NoSuchUnit),
    ):
        with pytest.raises(fault) as caught:
            regroup(material, who, coding, "ringe")
        assert "Ingen" not in f"{caught.value}{caught.value.hint}"
    assert [path.read_bytes() for path in files] == before
