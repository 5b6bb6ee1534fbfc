"""What is announced and drawn of themes: lists of headings, and the thematic map as the analyst drew it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Arrow = Literal["none", "to", "both"]
NodeKind = Literal["theme", "subtheme", "code"]
LinkKind = Literal["named", "belongs", "together"]


@dataclass(frozen=True, slots=True)
class Announced:
    """Themes as they were told of somewhere: in a project plan, an abstract, a method section.

    Attributes:
        where: Where they were told of.
        date: When.
        by: Who told of them.
        themes: Id and heading of each; the id is "" of one that is no theme of the study.
        line: In themes.yaml.
    """

    where: str
    date: str = ""
    by: str = ""
    themes: tuple[tuple[str, str], ...] = ()
    line: int = 0


@dataclass(frozen=True, slots=True)
class Standing:
    """What stands on a map: a theme's or code's id, and where, if the analyst fixed it.

    Attributes:
        name: Id of a theme or a code; "code:ID" is the code where a theme has the same id.
        x: From 0 (left) to 1 (right); None where the layout decides.
        y: From 0 (top) to 1 (bottom).
    """

    name: str
    x: float | None = None
    y: float | None = None
    line: int = 0


@dataclass(frozen=True, slots=True)
class Link:
    """A line between two things that stand on a map, with the name the analyst gave it.

    Attributes:
        start: As `Standing.name`.
        end: As `Standing.name`.
    """

    start: str
    end: str
    name: str = ""
    arrow: Arrow = "none"
    line: int = 0


@dataclass(frozen=True, slots=True)
class DrawnMap:
    """The thematic map as it stands in themes.yaml.

    Attributes:
        title: "" for none.
        standing: What stands on it; nothing: all themes and subthemes that were not dropped.
        links: Between them.
        belongs: Whether thin lines lead from themes to their subthemes and codes; None: as the method does.
        together: Link themes by the passages they share, from so many on; 0 for no such links.
        line: In themes.yaml.
    """

    title: str = ""
    standing: tuple[Standing, ...] = ()
    links: tuple[Link, ...] = ()
    belongs: bool | None = None
    together: int = 0
    line: int = 0


@dataclass(frozen=True, slots=True)
class MapNode:
    """A theme, subtheme or code on a map that is to be laid out.

    Attributes:
        id: Unique on the map.
        parent: Id of the theme it belongs to; "" for none. It only tells what is put near what.
        x: Fixed by the analyst, from 0 to 1; None where the layout decides.
        y: As `x`.
    """

    id: str
    kind: NodeKind
    label: str
    parent: str = ""
    x: float | None = None
    y: float | None = None


@dataclass(frozen=True, slots=True)
class MapLink:
    """A line on a map that is to be laid out, between the ids of two nodes."""

    start: str
    end: str
    name: str = ""
    arrow: Arrow = "none"
    kind: LinkKind = "named"


@dataclass(frozen=True, slots=True)
class MapFigure:
    """A thematic map, ready to be laid out and drawn.

    Attributes:
        title: "" for none.
        language: Of the legend: nb, nn or en.
        mark: A warning that stands in the figure; "" for none.
    """

    title: str
    language: str
    nodes: tuple[MapNode, ...]
    links: tuple[MapLink, ...]
    mark: str = ""

    def texts(self) -> list[str]:
        """Return everything the researcher wrote that stands on it."""
        return [text for text in (self.title, *(n.label for n in self.nodes), *(k.name for k in self.links)) if text]
