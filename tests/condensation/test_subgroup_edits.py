"""Subgroups are renamed and taken away, and why a unit left is kept; every other byte stays."""

from __future__ import annotations

from qualkit.condensation.condensates_edits import place_unit, write_text
from qualkit.condensation.condensatesfile import parse_condensates
from qualkit.condensation.subgroup_edits import cut_subgroup, explain_move, rename_subgroup

FILE = """# Ours.
groups:
  - code: alene
    subgroups:
      - id: natt   # the long ones
        name: Om natta
        units: [k1, k2]
      - name: Om dagen
        units:
          - k3
          - {id: k4, moved-to: natt, why: "sent"}
"""


def test_a_subgroup_is_renamed_and_keeps_its_id_and_every_comment() -> None:
    text = rename_subgroup(rename_subgroup(FILE, "natt", "Natta: <lang>"), "om-dagen", "Dag")
    groups, problems = parse_condensates(text)
    assert problems == []
    assert [(one.id, one.name) for one in groups[0].subgroups] == [("natt", "Natta: <lang>"), ("om-dagen", "Dag")]
    assert "# Ours." in text
    assert "# the long ones" in text


def test_a_subgroup_goes_and_the_last_one_too() -> None:
    text = cut_subgroup(FILE, "om-dagen")
    assert [one.id for one in parse_condensates(text)[0][0].subgroups] == ["natt"]
    groups, problems = parse_condensates(cut_subgroup(text, "natt"))
    assert (problems, groups[0].subgroups) == ([], ())


def test_a_move_made_earlier_keeps_its_reason_when_the_unit_moves_on() -> None:
    text = FILE.replace("units: [k1, k2]", "units: [k1, k2, k4]").replace(
        "      - name: Om dagen", "      - id: ny\n        name: Ny\n        units: []\n      - name: Om dagen"
    )
    moved = place_unit(text, "k4", "ny", why="og så dit")
    groups, problems = parse_condensates(moved)
    assert problems == []
    told = {one.id: [(unit.coding, unit.fate, unit.to, unit.why) for unit in one.units] for one in groups[0].subgroups}
    assert ("k4", "moved", "ny", "og så dit") in told["natt"]
    assert told["ny"] == [("k4", "used", "", "")]
    assert ("k4", "moved", "natt", "sent") in told["om-dagen"]


def test_why_a_unit_left_can_be_said_afterwards() -> None:
    text = explain_move(place_unit(FILE, "k1", "om-dagen"), "k1", "natt", "om-dagen", 'sa "nei"')
    units = {one.id: one.units for one in parse_condensates(text)[0][0].subgroups}
    assert [(unit.coding, unit.to, unit.why) for unit in units["natt"] if unit.fate == "moved"] == [
        ("k1", "om-dagen", 'sa "nei"')
    ]
    assert [unit.coding for unit in units["om-dagen"] if unit.fate == "used"] == ["k3", "k1"]


def test_writing_on_keeps_no_version_and_writing_anew_does() -> None:
    first = write_text(FILE, "natt", "condensate", "Jeg venter.", by="kari", date="2026-01-01")
    on = write_text(first, "natt", "condensate", "Jeg venter lenge.", by="kari", date="2026-01-01", keep=False)
    anew = write_text(on, "natt", "condensate", "Jeg går.", by="kari", date="2026-01-02")
    found = parse_condensates(anew)[0][0].subgroups[0]
    assert (found.condensate, [one.text for one in found.versions]) == ("Jeg går.", ["Jeg venter lenge."])
