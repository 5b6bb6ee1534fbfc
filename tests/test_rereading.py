"""What is remarked of meaning units, and what was passed over while coding."""

from collections.abc import Callable
from pathlib import Path

import pytest

from qualkit import study as studies
from qualkit.marking import code_by_hand
from qualkit.material import load_material
from qualkit.rereading import remarks, unread_turns

LONG = " ".join(["så"] * 151)
FILES = {
    "K1.txt": "I: Og så?\n\nK1: Jeg står alene om natta.\n\nI: Ja?\n\nK1: Ingen ringer.\n\nK1: Ingen kommer.\n",
    "K2.txt": f"I: Og så?\n\nK2: {LONG}.\n\nK2: Det er alt.\n",
}


@pytest.fixture
def root(qualkit: Callable, interviews: Callable) -> Path:
    book = "codes: [{id: alene, name: Alene}, {id: natt, name: Natta}]\n"
    folder = interviews(FILES, codebook=book, participants="id;labels\nK1;K1\nK2;K2\n")
    qualkit("code", folder)
    return folder.with_name("interviews-study")  # type: ignore[no-any-return]


def coded(root: Path, *passages: tuple[str, str, str]) -> dict[str, str]:
    """Code passages; return their ids by code and first word."""
    study = studies.open_study(root)
    for name, code, words in passages:
        code_by_hand(study, "kari", name, code, words)
    accepted = load_material(study).accepted()
    return {f"{one.coding.code} {one.coding.unit.text.split()[0]}": one.coding.id for one in accepted}


def told(root: Path) -> dict[str, list[tuple[object, ...]]]:
    found: dict[str, list[tuple[object, ...]]] = {}
    for row in remarks(load_material(studies.open_study(root))).rows:
        found.setdefault(str(row[0]), []).append(row[1:])
    return found


def test_what_there_is_to_remark_is_told_by_ids(root: Path) -> None:
    over = "natta. I: Ja? K1: Ingen"
    ids = coded(root, ("K1", "alene", "Jeg står alene"), ("K1", "natt", "Jeg står alene"), ("K1", "alene", over))
    found = told(root)
    assert found["rests on one participant"] == [("Alene", "K1", "2 units"), ("Natta", "K1", "1 unit")]
    assert found["in two groups"] == [("Alene · Natta", f"{ids['alene Jeg']}, {ids['natt Jeg']}", "")]
    assert found["the interviewer speaks in it"] == [("Alene", ids["alene natta."], "1 of 5 words")]
    # “natta.” and “Ingen” are lifted, and the three words that are coded twice count once.
    assert found["share of text lifted"] == [("", "K1", "56% (5 of 9 words)"), ("", "K2", "0% (0 of 154 words)")]
    assert f"over {150} words" not in found


def test_a_very_long_unit_is_told_and_two_participants_are_no_remark(root: Path) -> None:
    ids = coded(root, ("K1", "alene", "Jeg står alene"), ("K2", "alene", f"{LONG}."))
    found = told(root)
    assert found["over 150 words"] == [("Alene", ids["alene så"], "151 words")]
    assert "rests on one participant" not in found


def test_turns_in_which_nothing_is_coded_are_listed_without_their_words(qualkit: Callable, root: Path) -> None:
    coded(root, ("K1", "alene", "alene om"), ("K2", "alene", "så. K2: Det"))
    table = unread_turns(load_material(studies.open_study(root)))
    assert [row[:1] + row[2:] for row in table.rows] == [("K1", "K1", 2), ("K1", "K1", 2)]
    assert "Ingen" not in qualkit("condense", "reread", "--study", root).out
    shown = qualkit("condense", "reread", "--words", "--study", root).out
    assert "Ingen ringer." in shown
    assert "Jeg står" not in shown


def test_remarks_are_shown_on_request_and_check_is_silent(qualkit: Callable, root: Path) -> None:
    coded(root, ("K1", "alene", "Jeg står alene"))
    assert "rests on one participant" in qualkit("condense", "remarks", "--study", root).out
    assert "one participant" not in qualkit("check", "--study", root).err
