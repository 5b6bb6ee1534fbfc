"""The thematic map as the analyst drew it becomes a figure: what stands on it, and which lines lead where."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from qualkit.model import Codebook, Theme
from qualkit.thematic import DrawnMap, MapFigure, MapLink, MapNode, Standing
from qualkit.themes.structure import key_of, named_on_map, walk_themes


def map_figure(
    drawn: DrawnMap | None,
    themes: Sequence[Theme],
    codebook: Codebook,
    *,
    automatic: bool,
    shared: Mapping[tuple[str, str], int],
    language: str,
    mark: str = "",
) -> MapFigure:
    """Return what stands on the map and the lines on it; names that lead nowhere are left out.

    Where nobody drew a map, or said what stands on it, all themes and subthemes do.

    Args:
        drawn: As it stands in themes.yaml.
        themes: Those that were not dropped.
        codebook: For the names of codes.
        automatic: Whether the method allows lines that nobody drew. Without it there are none, unless the analyst
            asked for thin lines from themes to what belongs to them.
        shared: By ids of two themes, how many passages they share.
        language: nb, nn or en.
        mark: A warning that stands in the figure.
    """
    drawn = drawn or DrawnMap()
    known = named_on_map(themes, codebook)
    standing = drawn.standing or tuple(Standing(theme.id) for theme in walk_themes(themes))
    names = {code.id: code.name for code in codebook.walk()}
    above = {subtheme.id: theme.id for theme in themes for subtheme in theme.subthemes}
    meant = {one.name: known[one.name] for one in standing if one.name in known}
    there = {key_of(thing) for thing in meant.values()}
    nodes: dict[str, MapNode] = {}
    for one in standing:
        thing = meant.get(one.name)
        if thing is None or key_of(thing) in nodes:
            continue
        key = key_of(thing)
        if isinstance(thing, Theme):
            parent = f"theme:{above[thing.id]}" if thing.id in above else ""
            kind = "subtheme" if parent else "theme"
            label = thing.heading
        else:
            parent = next((f"theme:{t.id}" for t in walk_themes(themes) if thing in t.codes and key_of(t) in there), "")
            kind, label = "code", names[thing]
        nodes[key] = MapNode(key, kind, label, parent if parent in there else "", one.x, one.y)  # type: ignore[arg-type]
    links = [
        MapLink(key_of(known[link.start]), key_of(known[link.end]), link.name, link.arrow)
        for link in drawn.links
        if link.start in known and link.end in known
    ]
    links = [link for link in links if link.start in nodes and link.end in nodes and link.start != link.end]
    if automatic if drawn.belongs is None else drawn.belongs:
        links += _belonging(nodes, themes, links)
    if drawn.together and automatic:
        links += [
            MapLink(f"theme:{one}", f"theme:{two}", str(number), "none", "together")
            for (one, two), number in shared.items()
            if number >= drawn.together and f"theme:{one}" in nodes and f"theme:{two}" in nodes
        ]
    return MapFigure(drawn.title, language, tuple(nodes.values()), tuple(links), mark)


def _belonging(nodes: Mapping[str, MapNode], themes: Sequence[Theme], links: Sequence[MapLink]) -> Iterator[MapLink]:
    """Yield thin lines from themes to their subthemes and codes, where the analyst drew no line of her own."""
    drawn = {frozenset((link.start, link.end)) for link in links}
    for theme in walk_themes(themes):
        below = [*(f"theme:{one.id}" for one in theme.subthemes), *(f"code:{code}" for code in theme.codes)]
        for key in below:
            pair = frozenset((f"theme:{theme.id}", key))
            if f"theme:{theme.id}" in nodes and key in nodes and pair not in drawn:
                yield MapLink(f"theme:{theme.id}", key, kind="belongs")
