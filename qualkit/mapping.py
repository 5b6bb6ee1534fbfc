"""The thematic map of a study: drawn as the analyst says, changed, and written as a figure through the gate."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from qualkit import study as studies
from qualkit.clearing import Draft
from qualkit.errors import QualkitError
from qualkit.exporting import UNREVIEWED, refuse_to_overwrite, write_exported
from qualkit.gate import text_of_file, words_of
from qualkit.language.printed import PHRASES, printed
from qualkit.material import Material
from qualkit.model import READ_FIRST, Study, Theme
from qualkit.passing import passed
from qualkit.publishing import WrongEnding
from qualkit.thematic import Arrow, LinkKind, MapFigure, MapLink, MapNode, NodeKind
from qualkit.themes.map_changes import link_on_map, off_map, place_on_map, unlink_on_map
from qualkit.themes.review import shared_passages
from qualkit.themes.structure import key_of, named_on_map, walk_themes
from qualkit.themes.thematic_map import map_figure
from qualkit.theming import ThemeChange, theme_change


class NotOnMap(QualkitError):
    """Something is named that cannot stand on the map."""

    def __init__(self, name: str) -> None:
        super().__init__(f"“{name}” is no theme and no code", "Name themes and codes by their ids.")


class NothingToDraw(QualkitError):
    """A map is asked for, and no theme stands."""

    def __init__(self) -> None:
        super().__init__("there is no theme to draw", "Begin with one: qualkit themes add HEADING")


def thematic_map(material: Material, *, draft: bool = False) -> MapFigure:
    """Return the thematic map of a study: what stands on it and the lines that the analyst drew.

    Lines that nobody drew (from themes to their codes, between themes that share passages) are for methods that
    begin with a codebook; in STC and reflexive studies there are none unless themes.yaml asks for the first.
    """
    automatic = material.study.settings.method not in READ_FIRST
    together = material.drawn.together if material.drawn is not None and automatic else 0
    shared = shared_passages([*walk_themes(material.themes)], material.accepted()) if together else {}
    return map_figure(
        material.drawn,
        material.themes,
        material.codebook,
        automatic=automatic,
        shared={
            pair: len({(one.coding.unit.span, other.coding.unit.span) for one, other in passages})
            for pair, passages in shared.items()
        },
        language=material.study.settings.language,
        mark=printed("not-anonymised", material.study.settings.language) if draft else "",
    )


def finished_map(material: Material, path: Path, *, draft: Draft | None = None) -> bytes:
    """Return the map as a file's bytes, which have passed the gate.

    Labels and names of links are the researcher's own words: a name of the register in them is refused, and so is
    what nobody has decided about.

    Args:
        material: Of the study.
        path: .svg or .png.
        draft: Who wants it before everything in it is decided, and why.

    Raises:
        NothingToDraw: If no theme stands.
        WrongEnding: If the file ends otherwise.
        WouldLeak: If a name of the register stands in it.
        Unresolved: If something in it was not decided.
    """
    from qualkit.exports.map_drawing import ENDINGS, render_map

    suffix = path.suffix.casefold()
    if suffix not in ENDINGS:
        raise WrongEnding(path, list(ENDINGS))
    figure = thematic_map(material, draft=draft is not None)
    if not figure.nodes:
        raise NothingToDraw
    # A label on several lines is read as it was written, and a picture cannot be read at all.
    whole = "\n" + "\n".join(figure.texts())
    passed(whole.encode(), path, material, draft=draft)
    data = render_map(figure, suffix)
    if suffix == ".svg":
        passed(data, path, material, ours=_frame(figure.language), draft=draft)
    return data


def map_file(study: Study, *, draft: bool = False) -> Path:
    """Return where a map is written that nobody named a file for."""
    name = printed("thematic-map", study.settings.language).casefold().replace(" ", "-")
    return studies.exports_folder(study) / f"{name}{UNREVIEWED if draft else ''}.svg"


def placed_map(material: Material) -> dict[str, object]:
    """Return the map with everything in its place, in points from the upper left corner, for a page to draw."""
    from dataclasses import asdict

    from qualkit.exports.map_drawing import text_width
    from qualkit.exports.map_layout import lay_out

    return asdict(lay_out(thematic_map(material), text_width))


def export_map(
    material: Material, path: Path, *, named: bool = True, force: bool = False, draft: Draft | None = None
) -> None:
    """Write the thematic map as a file of its own; see `finished_map`.

    Args:
        material: Of the study.
        path: .svg or .png.
        named: Whether a person named the file.
        force: Write over what is there.
        draft: Who wants it before everything in it is decided, and why.

    Raises:
        FileIsThere: If a file that was named is there already.
        FileWasEdited: If somebody changed an earlier map.
    """
    refuse_to_overwrite(material.study, [path], named=named, force=force)
    write_exported(material.study, {path: finished_map(material, path, draft=draft)}, draft=draft)


@lru_cache(maxsize=4)
def _frame(language: str) -> frozenset[str]:
    """Return the words that a map's file holds whatever stands on it."""
    from qualkit.exports.map_drawing import render_map

    kinds: tuple[NodeKind, ...] = ("theme", "subtheme", "code")
    lines: tuple[LinkKind, ...] = ("named", "belongs", "together")
    nodes = tuple(MapNode(kind, kind, "…") for kind in kinds)
    links = tuple(MapLink("theme", "code", "…", "both", kind) for kind in lines)
    text = text_of_file(render_map(MapFigure("…", language, nodes, links, "…"), ".svg"))
    return words_of(text).union(*(words_of(string) for phrase in PHRASES.values() for string in phrase))


def plan_on_map(
    material: Material, who: str, name: str, place: tuple[float, float] | None = None, *, off: bool = False
) -> ThemeChange:
    """Plan a theme or code on the map, at a place of its own or where the layout puts it, or off it.

    Where nothing was put on the map yet, all themes stand on it: they stay, and the new one comes to them.

    Raises:
        NotOnMap: If it is no theme and no code.
    """
    known = named_on_map(material.themes, material.codebook)
    if name not in known and not off:
        raise NotOnMap(name)
    before = after = studies.themes_text(material.study)
    if material.drawn is None or not material.drawn.standing:
        for theme in walk_themes(material.themes):
            after = place_on_map(after, theme.id)
    x, y = place if place is not None else (None, None)
    after = off_map(after, name) if off else place_on_map(after, name, x, y)
    what = {"map": None if off else list(place) if place else "laid out"}
    return theme_change(before, after, who, "map", name, None, what)


def plan_link(
    material: Material, who: str, start: str, end: str, name: str = "", *, arrow: Arrow = "none", off: bool = False
) -> ThemeChange:
    """Plan a named link on the map, or, with `off`, that it goes.

    Raises:
        NotOnMap: If one of its ends is no theme and no code.
    """
    known = named_on_map(material.themes, material.codebook)
    before = after = studies.themes_text(material.study)
    if off:
        after = unlink_on_map(after, start, end)
    else:
        standing = material.drawn.standing if material.drawn is not None else ()
        there = {key_of(known[one.name]) for one in standing if one.name in known}
        for one in (start, end):
            if one not in known:
                raise NotOnMap(one)
            meant = known[one]
            drawn = key_of(meant) in there if standing else isinstance(meant, Theme)
            if not drawn:
                if not standing:
                    for theme in walk_themes(material.themes):
                        after = place_on_map(after, theme.id)
                after = place_on_map(after, one)
        after = link_on_map(after, start, end, name, arrow)
    what = {"from": start, "to": end, "name": name or None, "off": off or None}
    return theme_change(before, after, who, "link", start, None, what)
