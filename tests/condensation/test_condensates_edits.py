import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualkit.condensate import CodeGroup
from qualkit.condensation.condensates_edits import (
    add_subgroup,
    name_unit,
    place_unit,
    set_aside,
    without_unit,
    write_text,
)
from qualkit.condensation.condensatesfile import parse_condensates
from qualkit.condensation.nodes import NoSuchSubgroup
from qualkit.text import nfc

BLOCK = """# Vårt arbeid
groups:
- code: alene   # kodegruppa
  subgroups:
  - id: natta
    name: Om natta
    units:
    - k1   # den rikeste
    - k2
    golden: k1
  - id: huset
    name: Huset
    units: []
"""
INDENTED = BLOCK.replace("\n", "\r\n")
FLOW = (
    "groups: [{code: alene, subgroups: [{id: natta, name: Om natta, units: [k1, k2], golden: k1}, "
    "{id: huset, name: Huset, units: []}]}]  # slik\n"
)
STYLES = pytest.mark.parametrize("text", [BLOCK, INDENTED, FLOW], ids=["block", "crlf", "flow"])


def read(text: str) -> CodeGroup:
    groups, problems = parse_condensates(text)
    assert problems == []
    return groups[0]


def units(text: str) -> dict[str, list[tuple[str, str]]]:
    return {subgroup.id: [(one.coding, one.fate) for one in subgroup.units] for subgroup in read(text).subgroups}


@STYLES
def test_a_unit_leaves_the_subgroup_where_it_stood(text: str) -> None:
    after = place_unit(text, "k2", "huset")

    assert units(after) == {"natta": [("k1", "used")], "huset": [("k2", "used")]}


@STYLES
def test_where_somebody_said_why_the_way_is_kept(text: str) -> None:
    after = place_unit(text, "k2", "huset", why="handler om huset: ikke natta")

    moved = read(after).subgroups[0].units[1]
    assert (moved.fate, moved.to, moved.why) == ("moved", "huset", "handler om huset: ikke natta")
    assert units(after)["huset"] == [("k2", "used")]


@STYLES
def test_a_unit_is_set_aside_and_taken_up_again(text: str) -> None:
    aside = set_aside(text, "k2", "natta", "sagt av en annen")

    assert units(aside)["natta"] == [("k1", "used"), ("k2", "set-aside")]
    assert read(aside).subgroups[0].units[1].why == "sagt av en annen"
    assert units(place_unit(aside, "k2", "natta"))["natta"] == [("k1", "used"), ("k2", "used")]


@STYLES
def test_a_withdrawn_unit_is_named_nowhere(text: str) -> None:
    after = without_unit(text, "k1")

    assert units(after)["natta"] == [("k2", "used")]
    assert "k1" not in after


def test_comments_and_order_stay() -> None:
    after = name_unit(place_unit(BLOCK, "k9", "natta"), "natta", "start", "k1")

    assert after == BLOCK.replace("    - k2\n    golden: k1\n", "    - k2\n    - k9\n    golden: k1\n    start: k1\n")


@STYLES
def test_an_earlier_condensate_becomes_a_version(text: str) -> None:
    once = write_text(text, "natta", "condensate", "Jeg er alene.\n\nDet er natt.", by="kari", date="2026-03-01")
    twice = write_text(once, "natta", "condensate", "Jeg blir stående alene.", by="ola", date="2026-03-02")
    thrice = write_text(twice, "natta", "condensate", "Jeg blir igjen.", by="ola", date="2026-03-03")

    natta = read(thrice).subgroups[0]
    assert (natta.condensate, natta.by, natta.date) == ("Jeg blir igjen.", "ola", "2026-03-03")
    assert [(v.text, v.by, v.date) for v in natta.versions] == [
        ("Jeg er alene.\n\nDet er natt.", "kari", "2026-03-01"),
        ("Jeg blir stående alene.", "ola", "2026-03-02"),
    ]
    assert units(thrice) == units(text)


@STYLES
def test_an_analytic_text_has_no_author_of_the_condensate(text: str) -> None:
    after = write_text(text, "huset", "analytic", "Informantene beskrev huset.", by="kari", date="2026-03-01")

    huset = read(after).subgroups[1]
    assert (huset.analytic, huset.by, huset.versions) == ("Informantene beskrev huset.", "", ())


def test_the_same_text_again_changes_nothing() -> None:
    once = write_text(BLOCK, "natta", "condensate", "Jeg er alene.", by="kari", date="2026-03-01")

    assert write_text(once, "natta", "condensate", " Jeg er alene. ", by="ola", date="2026-03-09") == once


TEXTS = st.text(st.characters(exclude_categories=("Cs", "Cc", "Cn", "Co")) | st.sampled_from("\n:#'\"-|>[]{} "))


@given(TEXTS.filter(lambda t: t.strip()), st.sampled_from([BLOCK, INDENTED, FLOW]))
def test_every_text_comes_back(words: str, text: str) -> None:
    after = write_text(text, "natta", "condensate", words, by="k", date="2026-03-01")
    again = write_text(after, "natta", "condensate", "Ja.", by="k", date="2026-03-02")

    lines = [line.strip() for line in words.strip().split("\n")]
    told = [line.strip() for line in read(after).subgroups[0].condensate.split("\n")]
    assert "\n".join(told).split() == nfc("\n".join(lines)).split()
    assert read(again).subgroups[0].versions[0].text.split() == "\n".join(told).split()


def test_a_file_is_begun() -> None:
    text, first = add_subgroup("", "alene", "Om natta")
    text, second = add_subgroup(text, "alene", "Om natta")
    text, third = add_subgroup(text, "huset", "Nøkler")

    groups, problems = parse_condensates(text)
    assert (first, second, third, problems) == ("om-natta", "om-natta-2", "nøkler", [])
    assert [(g.code, [s.id for s in g.subgroups]) for g in groups] == [
        ("alene", ["om-natta", "om-natta-2"]),
        ("huset", ["nøkler"]),
    ]


@STYLES
def test_a_subgroup_is_added_to_its_group(text: str) -> None:
    after, name = add_subgroup(text, "alene", "Dagen etter")

    assert list(units(after)) == ["natta", "huset", name]


def test_a_subgroup_that_is_not_there_is_told_with_a_near_one() -> None:
    with pytest.raises(NoSuchSubgroup) as error:
        place_unit(BLOCK, "k1", "nata")
    assert error.value.hint == "Did you mean “natta”?"
