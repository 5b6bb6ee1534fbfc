import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualkit.themes.map_changes import link_on_map, off_map, place_on_map, rename_code_on_map, unlink_on_map
from qualkit.themes.mapfile import parse_map
from qualkit.themes.themes_edits import change_themes

TEXT = """themes:
  - id: tid
    heading: Tida
    codes: [mas, ro]
    origins: {mas: teorien, ro: intervjuguiden}
map:   # drawn on Friday
  nodes:
    - tid
    - {id: mas, x: 0.1, y: 0.2}   # to the left
  links:
    - {from: tid, to: mas, name: presser}   # sure?
"""


def standing(text: str) -> list[tuple[str, float | None]]:
    drawn, problems = parse_map(text)
    assert problems == []
    return [(one.name, one.x) for one in drawn.standing] if drawn is not None else []


def links(text: str) -> list[tuple[str, str, str, str]]:
    drawn, _ = parse_map(text)
    return [(link.start, link.end, link.name, link.arrow) for link in drawn.links] if drawn is not None else []


def test_a_thing_is_placed_moved_and_taken_off() -> None:
    text = place_on_map(TEXT, "ro")
    assert standing(text) == [("tid", None), ("mas", 0.1), ("ro", None)]
    text = place_on_map(text, "tid", 0.5, 1.0)
    assert standing(text) == [("tid", 0.5), ("mas", 0.1), ("ro", None)]
    assert place_on_map(text, "tid") == text
    gone = off_map(text, "mas")
    assert standing(gone) == [("tid", 0.5), ("ro", None)]
    assert links(gone) == []
    assert "# drawn on Friday" in gone


def test_a_link_is_drawn_named_otherwise_and_taken_away() -> None:
    text = link_on_map(TEXT, "mas", "tid", "svarer", "to")
    assert links(text) == [("tid", "mas", "presser", "none"), ("mas", "tid", "svarer", "to")]
    text = link_on_map(text, "tid", "mas", "trykker: hardt")
    assert links(text)[0] == ("tid", "mas", "trykker: hardt", "none")
    assert "# sure?" in text
    assert links(unlink_on_map(text, "mas", "tid")) == []


@pytest.mark.parametrize(
    "text", ["", "themes:\n- heading: A\n", "themes: []\nmap:\n", "map: {}\n", "map:\n  nodes: []\n"]
)
def test_a_map_is_begun_where_there_is_none(text: str) -> None:
    assert standing(place_on_map(text, "a", 0.25, 0.75)) == [("a", 0.25)]
    assert links(link_on_map(text, "a", "b", "fører til")) == [("a", "b", "fører til", "none")]


def test_a_block_link_keeps_its_form() -> None:
    text = "map:\n  links:\n    - from: a\n      to: b   # maybe\n"
    assert link_on_map(text, "a", "b", "når") == text + "      name: når\n"


def test_the_map_follows_a_code_that_gets_another_id() -> None:
    text = change_themes(TEXT, "codes", {"mas": "jag"})
    assert standing(text) == [("tid", None), ("jag", 0.1)]
    assert links(text) == [("tid", "jag", "presser", "none")]
    assert "origins: {jag: teorien, ro: intervjuguiden}" in text
    assert change_themes(text, "codes", {"jag": "mas"}) == TEXT


def test_a_code_that_goes_leaves_the_map_and_a_theme_of_its_name_stays() -> None:
    text = change_themes(TEXT, "codes", {"mas": None})
    assert (standing(text), links(text)) == ([("tid", None)], [])
    assert "origins: {ro: intervjuguiden}" in text
    assert rename_code_on_map(TEXT, "tid", "dag") == TEXT
    assert links(rename_code_on_map(TEXT, "mas", "tid")) == [("tid", "code:tid", "presser", "none")]


def test_two_codes_that_become_one_stand_once() -> None:
    text = place_on_map(TEXT, "ro")
    assert standing(change_themes(text, "codes", {"mas": "ro"})) == [("tid", None), ("ro", None)]


@given(st.floats(0, 1), st.floats(0, 1))
def test_a_place_is_read_again(x: float, y: float) -> None:
    drawn, problems = parse_map(place_on_map(TEXT, "ro", x, y))
    assert problems == []
    assert drawn is not None
    assert drawn.standing[-1].x == pytest.approx(x, abs=1e-3)
