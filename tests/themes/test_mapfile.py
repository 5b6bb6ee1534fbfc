import pytest

from qualkit.themes.mapfile import parse_announced, parse_map


def test_a_map_is_read_as_it_was_drawn() -> None:
    drawn, problems = parse_map(
        "map:\n  title: Kart\n  belongs: ja\n  together: 2\n  nodes: [tid, {id: rom, x: 0, y: '0,5'}]\n"
        "  links:\n    - {from: tid, to: rom, name: presser, arrow: both}\n    - {from: rom, to: tid}\n"
    )
    assert problems == []
    assert drawn is not None
    assert (drawn.title, drawn.belongs, drawn.together) == ("Kart", True, 2)
    assert [(one.name, one.x, one.y) for one in drawn.standing] == [("tid", None, None), ("rom", 0.0, 0.5)]
    assert [(link.start, link.end, link.name, link.arrow) for link in drawn.links] == [
        ("tid", "rom", "presser", "both"),
        ("rom", "tid", "", "none"),
    ]


@pytest.mark.parametrize("text", ["", "themes: []\n", "- heading: A\n", "map:\n"])
def test_a_file_without_a_map_has_none(text: str) -> None:
    assert parse_map(text) == (None, [])


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("map: [a]", "a map is keys with values"),
        ("map: {node: [a]}", "“node” is no key of a map"),
        ("map: {nodes: a}", "“nodes” is a list"),
        ("map: {nodes: [{x: 1}]}", "the id of a theme or a code"),
        ("map: {nodes: [{id: a, x: 1}]}", "only one of x and y"),
        ("map: {nodes: [{id: a, x: 2, y: 0}]}", "a number from 0 to 1"),
        ("map: {nodes: [{id: a, x: nan, y: 0}]}", "a number from 0 to 1"),
        ("map: {links: [a]}", "a link is keys with values"),
        ("map: {links: [{from: a}]}", "from something to something"),
        ("map: {links: [{from: a, to: b, arrow: bot}]}", "is no arrow"),
        ("map: {belongs: perhaps}", "neither yes nor no"),
        ("map: {together: many}", "a number of shared passages"),
    ],
)
def test_what_is_wrong_with_a_map_is_told_with_its_line(text: str, told: str) -> None:
    _, problems = parse_map(text)
    assert told in problems[0].message
    assert problems[0].line == 1
    assert problems[0].hint


def test_what_was_announced_keeps_headings_that_are_no_theme() -> None:
    announced, problems = parse_announced(
        "announced:\n- where: Plan\n  date: 2026-01-02\n  by: kari\n  themes: [{id: tid, heading: Tida}, Rommet]\n"
    )
    assert problems == []
    assert announced[0].themes == (("tid", "Tida"), ("", "Rommet"))
    assert (announced[0].where, announced[0].by) == ("Plan", "kari")
    assert parse_announced("announced: [Plan]")[1][0].message == "what was announced is keys with values"
