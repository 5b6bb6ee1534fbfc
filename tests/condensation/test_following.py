import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualkit.condensation.condensatesfile import parse_condensates
from qualkit.condensation.following import change_groups, change_units, only_analytic, withdraw_units

BLOCK = """# Vårt arbeid
groups:
- code: a   # kodegruppa
  was: [før]
  name: Gruppe A
  subgroups:
  - id: en
    name: En
    units:
    - k1   # den rikeste
    - {id: k2, set-aside: dag}
    golden: k1
    condensate: |
      Jeg venter.

      Og venter.
- code: b
  name: Gruppe B
  subgroups:
  # her begynner det
  - id: to
    name: To
    units: [k3]
    start: k3
- code: c
  subgroups: []
"""
FLOW = (
    "groups: [{code: a, was: [før], name: Gruppe A, subgroups: "
    "[{id: en, name: En, units: [k1, {id: k2, set-aside: dag}], "
    'golden: k1, condensate: "Jeg venter.\\n\\nOg venter."}]}, '
    "{code: b, name: Gruppe B, subgroups: [{id: to, name: To, units: [k3], start: k3}]}, "
    "{code: c, subgroups: []}]  # slik\n"
)
MIXED = (
    FLOW.replace("groups: [{code: a", "groups:\n- {code: a")
    .replace("}, {code", "}\n- {code")
    .replace("]}]  #", "]}  #")
)
STYLES = pytest.mark.parametrize(
    "text", [BLOCK, BLOCK.replace("\n", "\r\n"), FLOW, MIXED], ids=["block", "crlf", "flow", "mixed"]
)


def read(text: str) -> dict[str, list[tuple[str, list[tuple[str, str]], str, str, str]]]:
    groups, problems = parse_condensates(text)
    assert problems == []
    return {
        group.code: [
            (sub.id, [(one.coding, one.fate) for one in sub.units], sub.start, sub.golden, sub.condensate)
            for sub in group.subgroups
        ]
        for group in groups
    }


EN = ("en", [("k1", "used"), ("k2", "set-aside")], "", "k1", "Jeg venter.\n\nOg venter.")
TO = ("to", [("k3", "used")], "k3", "", "")


def test_the_texts_are_one() -> None:
    assert read(BLOCK) == read(FLOW) == read(MIXED) == {"a": [EN], "b": [TO], "c": []}


@STYLES
@pytest.mark.parametrize(
    ("codes", "after"),
    [
        ({"a": "ny"}, {"ny": [EN], "b": [TO], "c": []}),
        ({"a": "b"}, {"b": [TO, EN], "c": []}),
        ({"b": "a"}, {"a": [EN, TO], "c": []}),
        ({"b": "c"}, {"a": [EN], "c": [TO]}),
        ({"c": "b"}, {"a": [EN], "b": [TO]}),
        ({"a": "c", "b": "c"}, {"c": [EN, TO]}),
        ({"b": None}, {"a": [EN], "c": []}),
        ({"a": None, "b": None, "c": None}, {}),
        ({"x": "y"}, {"a": [EN], "b": [TO], "c": []}),
    ],
)
def test_groups_follow_their_codes(text: str, codes: dict[str, str | None], after: dict) -> None:
    assert read(change_groups(text, codes)) == after


@STYLES
def test_what_a_group_was_called_is_remembered(text: str) -> None:
    groups, _ = parse_condensates(change_groups(text, {"a": "b"}))
    assert groups[0].was == ("Gruppe A", "før")
    groups, _ = parse_condensates(change_groups(text, {"b": "a"}))
    assert groups[0].was == ("før", "Gruppe B")


def test_comments_go_along() -> None:
    after = change_groups(BLOCK, {"b": "a"})
    assert after.startswith("# Vårt arbeid\ngroups:\n- code: a   # kodegruppa\n")
    assert "- k1   # den rikeste\n" in after


@STYLES
@pytest.mark.parametrize(
    ("codings", "en", "to"),
    [
        ({"k1": "k9"}, ("en", [("k9", "used"), ("k2", "set-aside")], "", "k9"), TO[:4]),
        ({"k1": None}, ("en", [("k2", "set-aside")], "", ""), TO[:4]),
        ({"k1": "k2"}, ("en", [("k2", "set-aside")], "", "k2"), TO[:4]),
        ({"k3": None}, EN[:4], ("to", [], "", "")),
        (
            {"k2": "k7", "k3": "k8"},
            ("en", [("k1", "used"), ("k7", "set-aside")], "", "k1"),
            ("to", [("k8", "used")], "k8", ""),
        ),
    ],
)
def test_units_follow_their_codings(text: str, codings: dict[str, str | None], en: tuple, to: tuple) -> None:
    after = read(change_units(text, codings))
    assert (after["a"][0][:4], after["b"][0][:4]) == (en, to)


@STYLES
def test_withdrawals_add_up(text: str) -> None:
    once = withdraw_units(text, {"k1", "k3"})
    twice = withdraw_units(change_units(once, {"k2": "k4"}).replace("{id: k4, set-aside: dag}", "k4"), {"k4"})
    groups, problems = parse_condensates(twice)
    assert problems == []
    # Nothing was written from k3 yet.
    assert [(sub.id, sub.withdrawn, sub.units) for group in groups for sub in group.subgroups] == [
        ("en", 2, ()),
        ("to", 0, ()),
    ]


@STYLES
def test_what_stays_of_a_closed_study_names_no_unit(text: str) -> None:
    after = only_analytic(text)
    assert read(after) == {"a": [("en", [], "", "", "")], "b": [("to", [], "", "", "")], "c": []}
    assert only_analytic(text.replace("golden", "gyllen")) == ""


@given(st.dictionaries(st.sampled_from("abcd"), st.sampled_from(["a", "b", "c", "ny"]), max_size=4), st.booleans())
def test_no_subgroup_is_lost_where_codes_become_others(codes: dict[str, str | None], flow: bool) -> None:
    after = read(change_groups(FLOW if flow else BLOCK, codes))
    assert sorted(sub[0] for subs in after.values() for sub in subs) == ["en", "to"]
