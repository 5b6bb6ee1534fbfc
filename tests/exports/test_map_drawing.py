import itertools
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualkit.exports.map_drawing import render_map, text_width
from qualkit.exports.map_layout import PlacedMap, lay_out
from qualkit.gate import text_of_file
from qualkit.thematic import MapFigure, MapLink, MapNode

HEADINGS = [
    "Den som kjenner noen, får svar",
    "Fredag ettermiddag er et eget land",
    "Kommunehelsetenesteansvarsområde",
    "Tida",
    "Who's minding who?",
    "Skjemaet & $x_1$ <b>",
]


def figure(number: int, links: list[tuple[int, int, str]] = (), **more: object) -> MapFigure:  # type: ignore[assignment]
    nodes = tuple(MapNode(f"n{k}", "theme", HEADINGS[k % len(HEADINGS)]) for k in range(number))
    lines = tuple(MapLink(f"n{a}", f"n{b}", name, "to") for a, b, name in links)
    return MapFigure("", "nb", nodes, lines, **more)  # type: ignore[arg-type]


def placed(drawn: MapFigure) -> PlacedMap:
    return lay_out(drawn, text_width)


def nothing_touches(found: PlacedMap) -> None:
    for one, other in itertools.combinations(found.nodes, 2):
        assert not one.box.touches(other.box), (one.node.label, other.node.label)
    for node in found.nodes:
        assert node.box.x - node.box.width / 2 >= 0
        assert node.box.x + node.box.width / 2 <= found.width
        assert node.box.y - node.box.height / 2 >= 0
        assert node.box.y + node.box.height / 2 <= found.height
        assert max(text_width(line, 9.0, bold=True) for line in node.lines) < node.box.width


def test_what_stands_on_a_map_does_not_overlap_and_is_equally_large() -> None:
    links = [(0, 1, "er svaret på"), (1, 2, "gjør synlig for dem som ikke spør"), (2, 0, "tvinger fram"), (3, 4, "")]
    found = placed(figure(6, links))
    nothing_touches(found)
    assert found.clashes == 0
    assert len({(node.box.width, node.box.height) for node in found.nodes}) == 1
    labels = [link.label for link in found.links if link.label is not None]
    assert len(labels) == 3
    assert not any(label.touches(node.box) for label in labels for node in found.nodes)
    assert not any(one.touches(other) for one, other in itertools.combinations(labels, 2))


@settings(max_examples=15)
@given(st.integers(1, 9), st.lists(st.tuples(st.integers(0, 8), st.integers(0, 8)), max_size=8))
def test_boxes_of_any_map_stand_apart(number: int, pairs: list[tuple[int, int]]) -> None:
    links = [(a, b, "fører til") for a, b in pairs if a != b and a < number and b < number]
    nothing_touches(placed(figure(number, links)))


def test_a_line_ends_at_the_edge_of_what_it_leads_to() -> None:
    found = placed(figure(2, [(0, 1, "x")]))
    boxes = {node.node.id: node.box for node in found.nodes}
    points = found.links[0].points
    assert boxes["n0"].holds(*points[0], 0.5)
    assert boxes["n1"].holds(*points[-1], 0.5)
    assert not any(boxes[one].holds(*point, -0.5) for one in boxes for point in points[1:-1])


def test_two_lines_between_the_same_two_do_not_lie_on_each_other() -> None:
    found = placed(figure(2, [(0, 1, "hindrer"), (0, 1, "hjelper")]))
    middles = [link.points[len(link.points) // 2] for link in found.links]
    assert abs(middles[0][0] - middles[1][0]) + abs(middles[0][1] - middles[1][1]) > 4


def test_a_fixed_place_is_kept() -> None:
    nodes = (
        MapNode("a", "theme", "A", x=0.0, y=1.0),
        MapNode("b", "theme", "B", x=1.0, y=0.0),
        MapNode("c", "code", "C"),
    )
    found = placed(MapFigure("", "nb", nodes, ()))
    box = {node.node.id: node.box for node in found.nodes}
    assert box["a"].x < box["b"].x
    assert box["a"].y > box["b"].y
    nothing_touches(found)


def test_the_same_map_is_the_same_file() -> None:
    drawn = figure(4, [(0, 1, "bærer"), (2, 3, "")])
    for suffix in (".svg", ".png"):
        assert render_map(drawn, suffix) == render_map(drawn, suffix)


def test_words_stay_words_in_svg_and_nothing_is_coloured() -> None:
    nodes = (MapNode("a", "theme", HEADINGS[5]), MapNode("b", "subtheme", "Natta", "a"), MapNode("c", "code", "Søvn"))
    links = (MapLink("a", "b", kind="belongs"), MapLink("a", "c", "3", kind="together"))
    data = render_map(MapFigure("Kart", "nn", nodes, links, "Utkast"), ".svg")
    text = text_of_file(data).split()
    for word in ("Kart", "Utkast", "Natta", "Søvn", "$x_1$", "<b>", "Undertema", "høyrer", "3"):
        assert word in text
    assert set(re.findall(rb"#[0-9a-f]{6}", data)) <= {b"#000000", b"#ffffff"}
    assert b"Matplotlib" not in data


@pytest.mark.parametrize("number", [0, 1])
def test_little_is_drawn_too(number: int) -> None:
    data = render_map(figure(number), ".png")
    assert data.startswith(b"\x89PNG")
    assert b"Software" not in data


def test_the_legend_says_what_the_shapes_mean_where_there_are_several() -> None:
    assert b"Tema<" not in render_map(figure(2), ".svg")
    both = MapFigure("", "nb", (MapNode("a", "theme", "A"), MapNode("c", "code", "C")), ())
    assert b"Kode<" in render_map(both, ".svg")
