"""A thematic map as SVG or PNG: in black and white, kinds told by shape and line, all of a kind equally large."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import TYPE_CHECKING, Any

from qualkit.exports.map_layout import LEADING, LINK_SIZE, SIZES, Box, PlacedLink, PlacedMap, lay_out
from qualkit.language.printed import printed
from qualkit.thematic import LinkKind, MapFigure, NodeKind

if TYPE_CHECKING:
    from matplotlib.axes import Axes

ENDINGS = (".svg", ".png")
DPI = 300
FONT = "DejaVu Sans"

_LEGEND = 26.0
_SMALL = 7.5
_STYLES: dict[LinkKind, tuple[float, Any]] = {
    "named": (1.0, "-"),
    "belongs": (0.9, (0, (1, 2))),
    "together": (1.0, (0, (5, 3))),
}
_BORDERS: dict[NodeKind, tuple[float, Any]] = {"theme": (1.8, "-"), "subtheme": (1.0, "-"), "code": (0.8, (0, (4, 2)))}


def render_map(figure: MapFigure, suffix: str) -> bytes:
    """Return a thematic map as a file's bytes; the same map gives the same bytes.

    Args:
        figure: What stands on it.
        suffix: ".svg", in which words stay words, or ".png" with 300 points an inch.
    """
    return draw(lay_out(figure, text_width), suffix)


def draw(placed: PlacedMap, suffix: str) -> bytes:
    """Return a map that was laid out as a file's bytes."""
    import matplotlib as mpl
    from matplotlib.figure import Figure

    settings: Any = {
        "svg.fonttype": "none",
        "svg.hashsalt": "qualkit",
        "font.family": [FONT, "sans-serif"],
        "font.sans-serif": [FONT],
    }
    boxes, lines = _kinds(placed)
    title = 22.0 if placed.figure.title else 0.0
    mark = 16.0 if placed.figure.mark else 0.0
    height = placed.height + title + mark + (_LEGEND if boxes else 0.0)
    with mpl.rc_context(settings):
        paper = Figure(figsize=(placed.width / 72, height / 72), facecolor="white")
        axes = paper.add_axes((0, 0, 1, 1))
        axes.set_xlim(0, placed.width)
        axes.set_ylim(height - title - mark, -title - mark)
        axes.axis("off")
        if placed.figure.mark:
            axes.text(
                placed.width / 2,
                -title - mark / 2,
                placed.figure.mark,
                ha="center",
                va="center",
                size=8,
                parse_math=False,
            )
        if placed.figure.title:
            axes.text(
                placed.width / 2,
                -title / 2,
                _plain(placed.figure.title),
                ha="center",
                va="center",
                size=10,
                weight="bold",
                parse_math=False,
            )
        for link in placed.links:
            _draw_link(axes, link)
        for node in placed.nodes:
            _draw_node(axes, node.box, node.node.kind)
            _write(axes, node.box, node.lines, SIZES[node.node.kind], bold=node.node.kind == "theme")
        for link in placed.links:
            if link.label is not None:
                _write(axes, link.label, link.lines, LINK_SIZE, italic=True, ground=True)
        if boxes:
            _draw_legend(axes, placed, boxes, lines)
        file = BytesIO()
        nothing = ("Software",) if suffix == ".png" else ("Date", "Creator", "Format", "Type")
        paper.savefig(file, format=suffix[1:], dpi=DPI if suffix == ".png" else 72, metadata=dict.fromkeys(nothing))
        return file.getvalue()


def text_width(text: str, size: float, *, bold: bool) -> float:
    """Return how wide a line is, in points."""
    from matplotlib.font_manager import FontProperties, findfont, get_font

    font = get_font(findfont(FontProperties(family=FONT, weight="bold" if bold else "normal")))
    font.set_size(size, 72)
    font.set_text(text, 0.0)
    return float(font.get_width_height()[0]) / 64


def _draw_node(axes: Axes, box: Box, kind: NodeKind) -> None:
    from matplotlib.patches import FancyBboxPatch, Patch, Rectangle

    left, top = box.x - box.width / 2, box.y - box.height / 2
    width, style = _BORDERS[kind]
    look = {"facecolor": "white", "edgecolor": "black", "linewidth": width, "linestyle": style}
    patch: Patch
    if kind == "subtheme":
        rounded = f"round,pad=0,rounding_size={min(box.height / 2.2, 12):.1f}"
        patch = FancyBboxPatch((left, top), box.width, box.height, boxstyle=rounded, zorder=2, **look)
    else:
        patch = Rectangle((left, top), box.width, box.height, zorder=2, **look)
    axes.add_patch(patch)


def _draw_link(axes: Axes, link: PlacedLink) -> None:
    from matplotlib.lines import Line2D

    width, style = _STYLES[link.link.kind]
    xs, ys = [x for x, _ in link.points], [y for _, y in link.points]
    axes.add_line(Line2D(xs, ys, color="black", linewidth=width, linestyle=style, solid_capstyle="butt", zorder=1))
    if link.link.arrow in ("to", "both"):
        _draw_head(axes, link.points)
    if link.link.arrow == "both":
        _draw_head(axes, link.points[::-1])


def _draw_head(axes: Axes, points: Sequence[tuple[float, float]]) -> None:
    import math

    from matplotlib.patches import Polygon

    tip = points[-1]
    back = next((point for point in reversed(points) if math.dist(point, tip) > 7), points[0])
    far = math.dist(back, tip) or 1.0
    dx, dy = (tip[0] - back[0]) / far, (tip[1] - back[1]) / far
    base = tip[0] - dx * 7, tip[1] - dy * 7
    corners = [tip, (base[0] - dy * 3, base[1] + dx * 3), (base[0] + dy * 3, base[1] - dx * 3)]
    axes.add_patch(Polygon(corners, closed=True, facecolor="black", edgecolor="black", linewidth=0.5, zorder=1.5))


def _write(
    axes: Axes,
    box: Box,
    lines: Sequence[str],
    size: float,
    *,
    bold: bool = False,
    italic: bool = False,
    ground: bool = False,
) -> None:
    from matplotlib.patches import Rectangle

    if ground:
        corner = box.x - box.width / 2, box.y - box.height / 2
        axes.add_patch(Rectangle(corner, box.width, box.height, facecolor="white", edgecolor="none", zorder=3))
    step = size * LEADING
    first = box.y - step * (len(lines) - 1) / 2
    for number, line in enumerate(lines):
        axes.text(
            box.x,
            first + number * step,
            _plain(line),
            ha="center",
            va="center_baseline",
            size=size,
            weight="bold" if bold else "normal",
            style="italic" if italic else "normal",
            parse_math=False,
            zorder=4,
        )


def _plain(text: str) -> str:
    return "".join(char if char.isprintable() else " " for char in text)


def _kinds(placed: PlacedMap) -> tuple[list[NodeKind], list[LinkKind]]:
    """Return what the legend explains: nothing on a map with one kind of box and named lines alone."""
    boxes = [kind for kind in SIZES if any(node.node.kind == kind for node in placed.nodes)]
    lines: list[LinkKind] = [
        kind for kind in _STYLES if kind != "named" and any(link.link.kind == kind for link in placed.links)
    ]
    if len(boxes) < 2 and not lines:
        return [], []
    return boxes, lines


def _draw_legend(axes: Axes, placed: PlacedMap, boxes: Sequence[NodeKind], lines: Sequence[LinkKind]) -> None:
    from matplotlib.lines import Line2D

    labels = {kind: printed(f"map-{kind}", placed.figure.language) for kind in (*boxes, *lines)}
    widths = {kind: text_width(label, _SMALL, bold=False) + 44 for kind, label in labels.items()}
    x = max((placed.width - sum(widths.values())) / 2, 4.0)
    y = placed.height + _LEGEND / 2
    for box in boxes:
        _draw_node(axes, Box(x + 11, y, 22, 11), box)
        axes.text(x + 27, y, labels[box], ha="left", va="center_baseline", size=_SMALL)
        x += widths[box]
    for line in lines:
        thick, style = _STYLES[line]
        axes.add_line(Line2D([x, x + 22], [y, y], color="black", linewidth=thick, linestyle=style))
        axes.text(x + 27, y, labels[line], ha="left", va="center_baseline", size=_SMALL)
        x += widths[line]
