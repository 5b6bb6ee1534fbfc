"""Which themes stand and which were dropped, and what is wrong between them, the codebook and the map."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from qualkit.errors import Problem
from qualkit.model import Codebook, Theme
from qualkit.text import near_miss
from qualkit.thematic import DrawnMap

_CHECK = "themes"


def walk_themes(themes: Iterable[Theme]) -> Iterator[Theme]:
    """Yield themes and their subthemes, in the order of the file."""
    for theme in themes:
        yield from theme.walk()


def standing_themes(themes: Iterable[Theme]) -> tuple[Theme, ...]:
    """Return the themes, with their subthemes, that were not dropped.

    Example:
        >>> gone = Theme("b", "B", status="dropped")
        >>> themes = (Theme("a", "A", subthemes=(gone,)), Theme("c", "C", status="dropped"))
        >>> [[one.id for one in theme.walk()] for theme in standing_themes(themes)]
        [['a']]
    """
    return tuple(
        replace(theme, subthemes=standing_themes(theme.subthemes)) if theme.subthemes else theme
        for theme in themes
        if theme.status != "dropped"
    )


def dropped_themes(themes: Iterable[Theme]) -> tuple[Theme, ...]:
    """Return the themes and subthemes that were dropped, each on its own; below a dropped theme everything is."""

    def below(theme: Theme, *, gone: bool) -> Iterator[Theme]:
        gone = gone or theme.status == "dropped"
        if gone:
            yield replace(theme, subthemes=())
        for subtheme in theme.subthemes:
            yield from below(subtheme, gone=gone)

    return tuple(one for theme in themes for one in below(theme, gone=False))


def codes_of_theme(theme: Theme) -> tuple[str, ...]:
    """Return the codes of a theme and its subthemes, each once."""
    return tuple(dict.fromkeys(code for one in theme.walk() for code in one.codes))


def check_structure(
    standing: Sequence[Theme], dropped: Sequence[Theme], *, subgroups: Collection[str], file: str
) -> list[Problem]:
    """Find themes without codes, what leads nowhere, and themes that became each other.

    Args:
        standing: Themes that were not dropped.
        dropped: Themes that were.
        subgroups: Ids of the subgroups of condensates.yaml.
        file: Named in the Problems.
    """
    problems: list[Problem] = []

    def fault(theme: Theme, message: str, hint: str, *, warn: bool = False) -> None:
        problems.append(Problem(file, theme.line, None, _CHECK, message, hint, "warning" if warn else "error"))

    everything = [*walk_themes(standing), *dropped]
    known = {theme.id for theme in everything}
    for theme in walk_themes(standing):
        if not codes_of_theme(theme) and not any(one.groups for one in theme.walk()):
            hint = f"Put codes under it: qualkit themes put CODE {theme.id}; or drop it: qualkit themes drop {theme.id}"
            fault(theme, f"the theme “{theme.id}” has no codes", hint, warn=True)
        for subgroup in theme.groups:
            if subgroup not in subgroups:
                near = near_miss(subgroup, set(subgroups))
                hint = f"Did you mean “{near}”?" if near else "See the subgroups: qualkit condense"
                fault(theme, f"the theme's group “{subgroup}” is no subgroup of condensates.yaml", hint)
        for code in theme.origins:
            if code not in theme.codes:
                fault(
                    theme, f"an origin is given of “{code}”, which is no code of this theme", "Put the code under it."
                )
    for theme in everything:
        for name in theme.became:
            if name not in known:
                near = near_miss(name, known)
                fault(
                    theme,
                    f"it became “{name}”, which is no theme",
                    f"Did you mean “{near}”?" if near else "Write its id, or take it out.",
                )
        if theme.became and theme.status != "dropped" and not any(theme.id == one.id for one in dropped):
            fault(
                theme, "it became another theme, and was not dropped", "Write “status: dropped”, or take “became” out."
            )
    problems += [_circle(file, theme) for theme in everything if _leads_back(theme.id, everything)]
    return problems


def _circle(file: str, theme: Theme) -> Problem:
    hint = "Look at “became” of these themes: one of them has to stand."
    return Problem(file, theme.line, None, _CHECK, f"the theme “{theme.id}” became itself, by way of others", hint)


def _leads_back(identifier: str, themes: Sequence[Theme]) -> bool:
    became = {theme.id: theme.became for theme in themes}
    seen: set[str] = set()
    waiting = list(became.get(identifier, ()))
    while waiting:
        name = waiting.pop()
        if name == identifier:
            return True
        if name not in seen:
            seen.add(name)
            waiting += became.get(name, ())
    return False


def named_on_map(themes: Iterable[Theme], codebook: Codebook) -> Mapping[str, Theme | str]:
    """Return what a name on a map can mean: a theme, or a code's id; of two alike the bare name is the theme."""
    found: dict[str, Theme | str] = {}
    for theme in walk_themes(themes):
        found.setdefault(theme.id, theme)
    for code in codebook.walk():
        found.setdefault(code.id, code.id)
        found[f"code:{code.id}"] = code.id
    return found


def check_map(
    drawn: DrawnMap | None,
    standing: Sequence[Theme],
    dropped: Sequence[Theme],
    codebook: Codebook,
    *,
    automatic: bool,
    file: str,
) -> list[Problem]:
    """Find what stands on the map and is nothing of the study's, and links that lead nowhere.

    Args:
        drawn: The map.
        standing: Themes that were not dropped.
        dropped: Themes that were.
        codebook: Of the study.
        automatic: Whether the method allows links that nobody drew.
        file: Named in the Problems.
    """
    if drawn is None:
        return []
    problems: list[Problem] = []
    known = named_on_map(standing, codebook)
    gone = {theme.id for theme in dropped}

    def fault(line: int, message: str, hint: str = "") -> None:
        problems.append(Problem(file, line, None, _CHECK, message, hint))

    def there(name: str, line: int) -> bool:
        if name in known:
            return True
        if name in gone:
            fault(line, f"the map names “{name}”, a theme that was dropped", "Take it off the map.")
        else:
            near = near_miss(name, set(known))
            hint = f"Did you mean “{near}”?" if near else "Name themes and codes by their ids."
            fault(line, f"the map names “{name}”, which is no theme and no code", hint)
        return False

    twice: set[str] = set()
    for one in drawn.standing:
        if there(one.name, one.line):
            identity = key_of(known[one.name])
            if identity in twice:
                fault(one.line, f"“{one.name}” stands twice on the map", "Take one out.")
            twice.add(identity)
    for link in drawn.links:
        ends = [name for name in (link.start, link.end) if there(name, link.line)]
        identities = [key_of(known[name]) for name in ends]
        if len(identities) == 2 and identities[0] == identities[1]:
            fault(link.line, f"a link leads from “{link.start}” to itself", "Link two different things.")
        for name, identity in zip(ends, identities, strict=True):
            if drawn.standing and identity not in twice:
                fault(link.line, f"a link names “{name}”, which does not stand on the map", "Add it under “nodes:”.")
    if drawn.together and not automatic:
        hint = "Take “together” out, and draw the links that you mean under “links:”."
        fault(drawn.line, "links by shared passages do not belong to a study of this method", hint)
    return problems


def key_of(meant: Theme | str) -> str:
    """Return a name that is unique on a map for a theme or a code."""
    return f"theme:{meant.id}" if isinstance(meant, Theme) else f"code:{meant}"
