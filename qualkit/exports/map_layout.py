"""Where everything on a thematic map stands: boxes that do not overlap, lines around them, names beside the lines.

Positions come from networkx's spring layout, from several beginnings that are always the same; the one with the
fewest crossings is taken, so that the same map is drawn the same way every time. All measures are in points, from
the upper left corner.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from qualkit.thematic import MapFigure, MapLink, MapNode, NodeKind

SIZES: Mapping[NodeKind, float] = {"theme": 9.0, "subtheme": 8.5, "code": 8.0}
"""Of the type, in points."""

LINK_SIZE = 7.5
LEADING = 1.22
WIDTH = 454.0
"""Of the text on a page of A4: 16 cm."""

LANDSCAPE = 680.0
GAP = 20.0
ROOM = 36.0
MARGIN = 8.0

_WRAP: Mapping[NodeKind, float] = {"theme": 104.0, "subtheme": 94.0, "code": 84.0}
_LINK_WRAP = 84.0
_SEEDS = range(12)
_BENDS = (0.0, 0.16, -0.16, 0.32, -0.32, 0.5, -0.5)
_STEPS = 32
_MANY = 14


class Measure(Protocol):
    """Tells how wide a line is, in points."""

    def __call__(self, text: str, size: float, *, bold: bool) -> float:
        """Return the width of a text in type of a size."""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle by its middle and its size."""

    x: float
    y: float
    width: float
    height: float

    def touches(self, other: Box, gap: float = 0.0) -> bool:
        """Return whether two rectangles come nearer to each other than a gap."""
        return (
            abs(self.x - other.x) < (self.width + other.width) / 2 + gap
            and abs(self.y - other.y) < (self.height + other.height) / 2 + gap
        )

    def holds(self, x: float, y: float, gap: float = 0.0) -> bool:
        """Return whether a point lies in it, or nearer to it than a gap."""
        return abs(x - self.x) < self.width / 2 + gap and abs(y - self.y) < self.height / 2 + gap


@dataclass(frozen=True, slots=True)
class PlacedNode:
    """A node with its place and its label in lines."""

    node: MapNode
    box: Box
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlacedLink:
    """A link with the points of its line, from edge to edge, and its name in lines."""

    link: MapLink
    points: tuple[tuple[float, float], ...]
    lines: tuple[str, ...]
    label: Box | None = None


@dataclass(frozen=True, slots=True)
class PlacedMap:
    """A map that can be drawn, by a library or on a page.

    Attributes:
        width: Of the whole, without a legend.
        height: Of the whole.
        clashes: How many things touch each other that should not; 0 for a map that reads well.
    """

    figure: MapFigure
    width: float
    height: float
    nodes: tuple[PlacedNode, ...]
    links: tuple[PlacedLink, ...]
    clashes: int = 0


def lay_out(figure: MapFigure, measure: Measure) -> PlacedMap:
    """Return a map with everything in its place.

    Args:
        figure: What stands on it; places that the analyst fixed are kept.
        measure: Tells how wide lines are.
    """
    lines = {
        node.id: wrapped(node.label, SIZES[node.kind], _WRAP[node.kind], measure, bold=node.kind == "theme")
        for node in figure.nodes
    }
    sizes = _sizes(figure.nodes, lines, measure)
    names = [wrapped(link.name, LINK_SIZE, _LINK_WRAP, measure) if link.name else () for link in figure.links]
    labels = [_size(each, LINK_SIZE, measure) if each else (0.0, 0.0) for each in names]
    if not figure.nodes:
        return PlacedMap(figure, WIDTH, 3 * GAP, (), ())
    best: tuple[float, PlacedMap] | None = None
    beginnings = list(_beginnings(figure))
    for loose in (1.0, 1.18, 1.4, 1.65, 2.0):
        for places in beginnings:
            placed = _placed(figure, places, sizes, lines, names, labels, loose)
            cost = _cost(placed)
            if best is None or cost < best[0]:
                best = cost, placed
        if best is not None and not best[1].clashes:
            break
    assert best is not None  # noqa: S101 - there is at least one beginning
    return best[1]


def wrapped(text: str, size: float, width: float, measure: Measure, *, bold: bool = False) -> tuple[str, ...]:
    """Return a text in lines; a word that is wider than a line stands alone and is not parted.

    Example:
        >>> wrapped("Den som kjenner noen, får svar", 1, 12, lambda text, size, *, bold: len(text))
        ('Den som', 'kjenner', 'noen, får', 'svar')
    """
    words = text.split()
    wide = max([width, *(measure(word, size, bold=bold) for word in words)])
    found: list[str] = []
    for word in words:
        if found and measure(f"{found[-1]} {word}", size, bold=bold) <= wide:
            found[-1] += f" {word}"
        else:
            found.append(word)
    return tuple(found)


# --- sizes --------------------------------------------------------------------------------------------------


def _size(lines: Sequence[str], size: float, measure: Measure, *, bold: bool = False) -> tuple[float, float]:
    return max((measure(line, size, bold=bold) for line in lines), default=0.0) + 4, len(lines) * size * LEADING + 2


def _sizes(
    nodes: Sequence[MapNode], lines: Mapping[str, Sequence[str]], measure: Measure
) -> dict[str, tuple[float, float]]:
    """Return the size of every box: the same for all of a kind, since none weighs more than another."""
    kinds: dict[NodeKind, tuple[float, float]] = {}
    for node in nodes:
        bold = node.kind == "theme"
        width, height = _size(lines[node.id], SIZES[node.kind], measure, bold=bold)
        had = kinds.get(node.kind, (0.0, 0.0))
        kinds[node.kind] = max(had[0], width + 14), max(had[1], height + 10)
    return {node.id: kinds[node.kind] for node in nodes}


# --- places -------------------------------------------------------------------------------------------------


def _beginnings(figure: MapFigure) -> Iterator[dict[str, tuple[float, float]]]:
    """Yield places from 0 to 1 for all nodes, in several ways that are the same every time."""
    import networkx

    ids = [node.id for node in figure.nodes]
    graph = networkx.Graph()
    graph.add_nodes_from(ids)
    tops = [node.id for node in figure.nodes if not node.parent or node.parent not in ids]
    # A little of everything holds together what nobody linked.
    graph.add_edges_from(itertools.combinations(tops, 2), weight=0.08)
    graph.add_edges_from(((n.parent, n.id) for n in figure.nodes if n.parent in ids), weight=1.6)
    for link in figure.links:
        if link.kind != "belongs" and link.start != link.end:
            graph.add_edge(link.start, link.end, weight=1.0)
    fixed = {n.id: (n.x, n.y) for n in figure.nodes if n.x is not None and n.y is not None}
    ring = networkx.circular_layout([*tops, *(one for one in ids if one not in tops)])
    yield _spread({one: (float(x), float(y)) for one, (x, y) in ring.items()}, fixed)
    for seed in _SEEDS if len(ids) > 1 else ():
        found = networkx.spring_layout(graph, k=2.2 / math.sqrt(len(ids)), iterations=120, seed=seed)
        yield _spread({one: (float(x), float(y)) for one, (x, y) in found.items()}, fixed)


def _spread(
    places: Mapping[str, tuple[float, float]], fixed: Mapping[str, tuple[float, float]]
) -> dict[str, tuple[float, float]]:
    """Return places that fill the square from 0 to 1, those that were fixed as they are."""

    def along(axis: int) -> dict[str, float]:
        low, high = min(p[axis] for p in places.values()), max(p[axis] for p in places.values())
        return {one: (place[axis] - low) / (high - low) if high > low else 0.5 for one, place in places.items()}

    across, down = along(0), along(1)
    return {one: fixed.get(one, (across[one], down[one])) for one in places}


def _placed(
    figure: MapFigure,
    places: Mapping[str, tuple[float, float]],
    sizes: Mapping[str, tuple[float, float]],
    lines: Mapping[str, tuple[str, ...]],
    names: Sequence[tuple[str, ...]],
    labels: Sequence[tuple[float, float]],
    loose: float,
) -> PlacedMap:
    area = sum((width + GAP * 1.6) * (height + GAP * 1.6) for width, height in sizes.values()) * 1.45 * loose
    area += sum((width + 12) * (height + 12) for width, height in labels) * 1.5
    widest = max(width for width, _ in sizes.values())
    wide = LANDSCAPE if len(figure.nodes) > _MANY else WIDTH
    across = max(wide, widest + 2 * MARGIN)
    # Few boxes need no whole width.
    across = min(across, max(widest * 2 + GAP * 4, math.sqrt(area * 1.7)))
    high = max(area / across, max(height for _, height in sizes.values()) + 2 * MARGIN)
    fixed = {node.id for node in figure.nodes if node.x is not None}
    boxes = {
        one: Box(
            MARGIN + width / 2 + places[one][0] * max(across - width - 2 * MARGIN, 0),
            MARGIN + height / 2 + places[one][1] * max(high - height - 2 * MARGIN, 0),
            width,
            height,
        )
        for one, (width, height) in sizes.items()
    }
    named = {frozenset((link.start, link.end)) for link in figure.links if link.name}
    boxes = _apart(boxes, fixed, across, named)
    if not fixed:
        boxes = _to_corner(boxes)
        high = max(box.y + box.height / 2 for box in boxes.values()) + MARGIN
        across = max(box.x + box.width / 2 for box in boxes.values()) + MARGIN
    links, clashes = _routed(figure, boxes, names, labels)
    inside = [*boxes.values(), *(link.label for link in links if link.label is not None)]
    points = [point for link in links for point in link.points]
    left = min([box.x - box.width / 2 for box in inside] + [x for x, _ in points]) - MARGIN
    top = min([box.y - box.height / 2 for box in inside] + [y for _, y in points]) - MARGIN
    right = max([box.x + box.width / 2 for box in inside] + [x for x, _ in points]) + MARGIN
    bottom = max([box.y + box.height / 2 for box in inside] + [y for _, y in points]) + MARGIN
    left, top = min(left, 0.0), min(top, 0.0)
    if left or top:
        boxes = {one: _moved(box, -left, -top) for one, box in boxes.items()}
        links = [_shifted(link, -left, -top) for link in links]
    clashes += sum(one.touches(other) for one, other in itertools.combinations(boxes.values(), 2))
    nodes = tuple(PlacedNode(node, boxes[node.id], lines[node.id]) for node in figure.nodes)
    width, height = max(right, across) - left, max(bottom, high) - top
    return PlacedMap(figure, width, height, nodes, tuple(links), clashes)


def _apart(boxes: Mapping[str, Box], fixed: set[str], across: float, named: set[frozenset[str]]) -> dict[str, Box]:
    """Return boxes pushed apart until none touches another, within a width; what was fixed stays.

    Between two that a named link joins there is room for its name and an arrow.
    """
    found = dict(boxes)
    pairs = [
        (one, two, ROOM if frozenset((one, two)) in named else GAP) for one, two in itertools.combinations(found, 2)
    ]
    for _ in range(400):
        still = True
        for one, two, gap in pairs:
            a, b = found[one], found[two]
            over_x = (a.width + b.width) / 2 + gap - abs(a.x - b.x)
            over_y = (a.height + b.height) / 2 + gap - abs(a.y - b.y)
            if over_x <= 0.01 or over_y <= 0.01 or (one in fixed and two in fixed):
                continue
            still = False
            share = 1.0 if one in fixed or two in fixed else 0.5
            if over_x < over_y * 1.4:
                by = over_x * share * (1 if b.x >= a.x else -1)
                moves = (-by, 0.0), (by, 0.0)
            else:
                by = over_y * share * (1 if b.y >= a.y else -1)
                moves = (0.0, -by), (0.0, by)
            for name, (dx, dy) in zip((one, two), moves, strict=True):
                if name not in fixed:
                    box = _moved(found[name], dx, dy)
                    x = min(max(box.x, MARGIN + box.width / 2), max(across - MARGIN - box.width / 2, box.width / 2))
                    found[name] = Box(x, box.y, box.width, box.height)
        if still:
            break
    return found


def _to_corner(boxes: Mapping[str, Box]) -> dict[str, Box]:
    left = min(box.x - box.width / 2 for box in boxes.values()) - MARGIN
    top = min(box.y - box.height / 2 for box in boxes.values()) - MARGIN
    return {one: _moved(box, -left, -top) for one, box in boxes.items()}


def _moved(box: Box, dx: float, dy: float) -> Box:
    return Box(box.x + dx, box.y + dy, box.width, box.height)


def _shifted(link: PlacedLink, dx: float, dy: float) -> PlacedLink:
    points = tuple((x + dx, y + dy) for x, y in link.points)
    return PlacedLink(link.link, points, link.lines, _moved(link.label, dx, dy) if link.label else None)


# --- lines --------------------------------------------------------------------------------------------------


def _routed(
    figure: MapFigure,
    boxes: Mapping[str, Box],
    names: Sequence[tuple[str, ...]],
    labels: Sequence[tuple[float, float]],
) -> tuple[list[PlacedLink], int]:
    """Return the links with their lines around the boxes, and how many of them still touch something."""
    clashes = 0
    lines: list[tuple[tuple[float, float], ...]] = []
    between: dict[frozenset[str], int] = {}
    for link in figure.links:
        others = [box for one, box in boxes.items() if one not in (link.start, link.end)]
        before = between.get(frozenset((link.start, link.end)), 0)
        between[frozenset((link.start, link.end))] = before + 1
        # Two links between the same two things bend to different sides.
        bends = _BENDS if not before else _BENDS[1:] if before == 1 else _BENDS[2:]
        options = [_line(boxes[link.start], boxes[link.end], bend) for bend in bends]
        through = [sum(_through(line, box) for box in others) for line in options]
        chosen = min(range(len(options)), key=lambda number: (through[number], number))
        clashes += through[chosen]
        lines.append(options[chosen])
    placed: list[PlacedLink] = []
    taken: list[Box] = []
    for number, link in enumerate(figure.links):
        label = None
        if names[number]:
            rest = [line for at, line in enumerate(lines) if at != number]
            label, bad = _label(lines[number], labels[number], [*boxes.values(), *taken], rest)
            clashes += bad
            taken.append(label)
        placed.append(PlacedLink(link, lines[number], names[number], label))
    return placed, clashes


def _line(start: Box, end: Box, bend: float) -> tuple[tuple[float, float], ...]:
    """Return the points of a line from the edge of one box to that of another, bent to one side."""
    dx, dy = end.x - start.x, end.y - start.y
    middle = (start.x + end.x) / 2 - dy * bend, (start.y + end.y) / 2 + dx * bend
    points = []
    for step in range(_STEPS + 1):
        t = step / _STEPS
        x = (1 - t) ** 2 * start.x + 2 * t * (1 - t) * middle[0] + t * t * end.x
        y = (1 - t) ** 2 * start.y + 2 * t * (1 - t) * middle[1] + t * t * end.y
        points.append((x, y))
    return _clipped(points, start, end)


def _clipped(points: list[tuple[float, float]], start: Box, end: Box) -> tuple[tuple[float, float], ...]:
    outside = [at for at, point in enumerate(points) if not start.holds(*point) and not end.holds(*point)]
    if not outside:
        return tuple(points[:: len(points) - 1])
    first, last = outside[0], outside[-1]
    begin = _edge(points[first], points[max(first - 1, 0)], start)
    stop = _edge(points[last], points[min(last + 1, len(points) - 1)], end)
    return (begin, *points[first : last + 1], stop)


def _edge(outer: tuple[float, float], inner: tuple[float, float], box: Box) -> tuple[float, float]:
    """Return where the way from a point outside to one inside meets the edge of a box."""
    for _ in range(12):
        half = (outer[0] + inner[0]) / 2, (outer[1] + inner[1]) / 2
        if box.holds(*half):
            inner = half
        else:
            outer = half
    return outer


def _through(line: Sequence[tuple[float, float]], box: Box) -> bool:
    return any(box.holds(x, y, 5.0) for x, y in _dense(line))


def _dense(line: Sequence[tuple[float, float]]) -> Iterator[tuple[float, float]]:
    for (ax, ay), (bx, by) in itertools.pairwise(line):
        steps = max(1, int(math.hypot(bx - ax, by - ay) / 5))
        for step in range(steps):
            yield ax + (bx - ax) * step / steps, ay + (by - ay) * step / steps
    yield line[-1]


def _label(
    line: Sequence[tuple[float, float]],
    size: tuple[float, float],
    boxes: Sequence[Box],
    lines: Sequence[Sequence[tuple[float, float]]],
) -> tuple[Box, int]:
    """Return where a link's name stands on its line, and how much it still touches."""
    width, height = size
    points = list(_dense(line))
    found: list[tuple[float, int, Box]] = []
    for share in (0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74):
        x, y = points[min(int(share * len(points)), len(points) - 1)]
        box = Box(x, y, width, height)
        bad = sum(box.touches(other, 2.0) for other in boxes)
        # An arrow's head is not covered.
        bad += sum(box.holds(*end, 8.0) for end in (line[0], line[-1]))
        over = sum(any(box.holds(*point, 1.0) for point in other) for other in lines)
        found.append((bad * 10 + over * 3 + abs(share - 0.5), bad + over, box))
    _, bad, box = min(found, key=lambda option: option[0])
    return box, bad


def _cost(placed: PlacedMap) -> float:
    links = placed.links
    crossings = sum(
        _cross(one.points, other.points)
        for one, other in itertools.combinations(links, 2)
        if not {one.link.start, one.link.end} & {other.link.start, other.link.end}
    )
    length = sum(math.dist(link.points[0], link.points[-1]) for link in links)
    middle = {node.node.id: node.box for node in placed.nodes}
    far = sum(
        math.dist((node.box.x, node.box.y), (middle[node.node.parent].x, middle[node.node.parent].y))
        for node in placed.nodes
        if node.node.parent in middle
    )
    tops = {
        key: box
        for key, box in middle.items()
        if any(n.node.id == key and n.node.kind == "theme" for n in placed.nodes)
    }
    astray = sum(
        min(tops, key=lambda key: math.dist((node.box.x, node.box.y), (tops[key].x, tops[key].y))) != node.node.parent
        for node in placed.nodes
        if node.node.parent in tops
    )
    bent = sum(len(link.points) > 2 and not _straight(link.points) for link in links)
    return (
        placed.clashes * 100
        + crossings * 25
        + bent * 3
        + astray * 10
        + length / 60
        + far / 30
        + placed.width * placed.height / 9000
    )


def _straight(points: Sequence[tuple[float, float]]) -> bool:
    return sum(math.dist(a, b) for a, b in itertools.pairwise(points)) < math.dist(points[0], points[-1]) * 1.005


def _cross(one: Sequence[tuple[float, float]], other: Sequence[tuple[float, float]]) -> bool:
    thin, rest = one[:: max(1, len(one) // 6)], other[:: max(1, len(other) // 6)]
    return any(
        _meet(a, b, c, d)
        for a, b in itertools.pairwise([*thin, one[-1]])
        for c, d in itertools.pairwise([*rest, other[-1]])
    )


def _meet(a: tuple[float, float], b: tuple[float, float], c: tuple[float, float], d: tuple[float, float]) -> bool:
    def side(p: tuple[float, float], q: tuple[float, float], r: tuple[float, float]) -> float:
        return (q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0])

    return side(a, b, c) * side(a, b, d) < 0 and side(c, d, a) * side(c, d, b) < 0
