"""Subgroups are renamed and taken away, and why a unit left is kept; every other byte stays."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from qualkit.condensation.condensates_edits import place_unit, write_text
from qualkit.condensation.condensatesfile import parse_condensates
from qualkit.condensation.subgroup_edits import cut_subgroup, explain_move, order_unit, rename_subgroup

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


@given(
    names=st.lists(st.text("abcdef", min_size=1, max_size=4), min_size=2, max_size=6, unique=True),
    flow=st.booleans(),
    data=st.data(),
)
def test_a_unit_is_put_before_another_and_the_others_keep_their_order(
    names: list[str], flow: bool, data: st.DataObject
) -> None:
    if flow:
        text = f"- code: a\n  subgroups:\n  - {{id: x, units: [{', '.join(f'u-{name}' for name in names)}]}}  # x\n"
    else:
        lines = "".join(f"    - u-{name}  # {name}\n" for name in names)
        text = f"- code: a\n  subgroups:\n  - id: x\n    units:\n{lines}    golden: u-{names[0]}\n"
    going = data.draw(st.sampled_from(names))
    goal = data.draw(st.sampled_from(["", *names]))
    after = order_unit(text, f"u-{going}", "x", f"u-{goal}" if goal else "")
    rest = [name for name in names if name != going]
    at = rest.index(goal) if goal and goal != going else len(rest)
    wanted = names if goal == going else [*rest[:at], going, *rest[at:]]
    groups, problems = parse_condensates(after, "condensates.yaml")
    assert problems == []
    assert groups[0].subgroups[0].used() == tuple(f"u-{name}" for name in wanted)
    assert sorted(after) == sorted(text)
    assert flow or all(f"- u-{name}  # {name}\n" in after for name in names)
