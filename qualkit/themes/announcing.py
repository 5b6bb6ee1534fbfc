"""Themes as they were announced, against the themes that stand now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from qualkit.language.printed import printed
from qualkit.model import Theme
from qualkit.table import Cell, Column, Table
from qualkit.thematic import Announced
from qualkit.themes.structure import walk_themes


def announced_table(
    announced: Sequence[Announced], standing: Sequence[Theme], dropped: Sequence[Theme], *, language: str
) -> Table:
    """Return what was announced against what stands now, and what came since.

    Args:
        announced: In the order of the file.
        standing: Themes that were not dropped.
        dropped: Themes that were.
        language: nb, nn or en.
    """
    rows: list[tuple[Cell, ...]] = []
    gone = {theme.id: theme for theme in dropped}
    now = {theme.id: theme for theme in walk_themes(standing)}
    for one in announced:
        where = ", ".join(filter(None, (one.where, one.date)))
        told = []
        for identifier, heading in one.themes:
            found = identifier or next((t.id for t in (*now.values(), *gone.values()) if _was(t, heading)), "")
            told.append(found)
            rows.append((where, heading, *_became(found, heading, now, gone, language)))
        reached = {name for found in told for name in _reached(found, gone)} | set(told)
        rows += [
            (where, "", theme.heading, printed("theme-new", language), "")
            for theme in standing
            if theme.id not in reached and not any(below.id in reached for below in theme.subthemes)
        ]
    columns = (
        Column("where", printed("announced-where", language), groups=True),
        Column("announced", printed("announced-as", language)),
        Column("now", printed("theme-now", language)),
        Column("change", printed("theme-change", language)),
        Column("why", printed("reason", language)),
    )
    title = printed("theme-announced", language)
    return Table("theme-announced", title, columns, tuple(rows), description=title)


def _was(theme: Theme, heading: str) -> bool:
    called = [theme.heading, *(earlier.words for earlier in theme.earlier if earlier.what == "heading")]
    return heading.casefold() in [name.casefold() for name in called]


def _became(
    identifier: str, heading: str, now: Mapping[str, Theme], gone: Mapping[str, Theme], language: str
) -> tuple[str, str, str]:
    theme = now.get(identifier)
    if theme is not None and theme.heading == heading:
        return theme.heading, printed("theme-same", language), ""
    if theme is not None:
        why = "; ".join(e.why for e in theme.earlier if e.what == "heading" and e.why)
        return theme.heading, printed("theme-renamed", language), why
    if identifier in gone:
        into = [now[name].heading for name in _reached(identifier, gone) if name in now]
        key = "theme-dropped" if not into else "theme-merged" if len(into) == 1 else "theme-split"
        return "; ".join(into), printed(key, language), gone[identifier].why
    return "", printed("theme-unknown", language), ""


def _reached(identifier: str, gone: Mapping[str, Theme]) -> list[str]:
    """Return what a dropped theme became in the end."""
    found: list[str] = []
    seen = {identifier}
    waiting = list(gone[identifier].became) if identifier in gone else []
    while waiting:
        name = waiting.pop(0)
        if name in seen:
            continue
        seen.add(name)
        if name in gone:
            waiting += gone[name].became
        else:
            found.append(name)
    return found
