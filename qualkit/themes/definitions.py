"""What is written of themes, as tables: definitions for print, and everything for the desk."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from qualkit.language.printed import printed
from qualkit.model import Theme
from qualkit.table import MARK, Cell, Column, Table
from qualkit.themes.structure import walk_themes


def definitions_table(themes: Sequence[Theme], names: Mapping[str, str], *, language: str) -> Table:
    """Return what each theme is about: concept, definition, what is in it and what is not, and its codes.

    Args:
        themes: Those that stand.
        names: Of codes, by id.
        language: nb, nn or en.
    """
    keys = ("concept", "definition", "test", "includes", "excludes")
    written = [key for key in keys if any(getattr(one, key) for one in walk_themes(themes))]
    origins = any(one.origin or one.origins for one in walk_themes(themes))
    rows: list[tuple[Cell, ...]] = []
    for theme in themes:
        for one in theme.walk():
            row: list[Cell] = [one.heading if one is theme else f"\u2003{one.heading}"]
            row += [getattr(one, key) or None for key in written]
            row.append(", ".join(names.get(code, code) for code in one.codes) or None)
            if origins:
                told = [one.origin, *(f"{names.get(code, code)}: {text}" for code, text in one.origins.items())]
                row.append("; ".join(filter(None, told)) or None)
            rows.append(tuple(row))
    columns = [Column("theme", printed("theme", language))]
    columns += [Column(key, printed(f"theme-{key}", language)) for key in written]
    columns.append(Column("codes", printed("codes", language)))
    if origins:
        columns.append(Column("origin", printed("theme-origin", language)))
    title = printed("theme-definitions", language)
    return Table("theme-definitions", title, tuple(columns), tuple(rows), description=title)


def overview_table(themes: Sequence[Theme], dropped: Sequence[Theme]) -> Table:
    """Return the themes as they stand, with what is written of them, and those that were dropped."""
    rows: list[tuple[Cell, ...]] = []
    for theme in themes:
        for one in theme.walk():
            name = one.heading if one is theme else f"\u2003{one.heading}"
            written = (one.concept, one.definition, one.test, one.text)
            rows.append((one.id, name, one.status, ", ".join(one.codes), *(MARK if w else None for w in written)))
    rows += [(one.id, one.heading, _fate(one), ", ".join(one.codes), *[None] * 4) for one in dropped]
    columns = (
        Column("id", "Id"),
        Column("heading", "Heading"),
        Column("status", "Status"),
        Column("codes", "Codes"),
        Column("concept", "Concept", "mark"),
        Column("definition", "Definition", "mark"),
        Column("test", "Test", "mark"),
        Column("text", "Text", "mark"),
    )
    return Table("themes", "Themes", columns, tuple(rows))


def _fate(theme: Theme) -> str:
    return f"dropped: now {', '.join(theme.became)}" if theme.became else "dropped"


def theme_sheet(theme: Theme, names: Mapping[str, str]) -> Table:
    """Return everything that themes.yaml says of one theme; ids of its quotations, no words."""
    rows: list[tuple[Cell, ...]] = [("heading", theme.heading), ("id", theme.id), ("status", theme.status)]
    rows += [(key, getattr(theme, key)) for key in ("why", "concept", "definition", "test")]
    rows += [("in", theme.includes), ("out", theme.excludes)]
    rows.append(("codes", ", ".join(f"{names.get(code, code)} ({code})" for code in theme.codes)))
    rows += [(f"origin of {code}", text) for code, text in theme.origins.items()]
    rows += [("origin", theme.origin), ("groups", ", ".join(theme.groups)), ("became", ", ".join(theme.became))]
    rows.append(("subthemes", ", ".join(one.heading for one in theme.subthemes)))
    rows += [("quotations", ", ".join(theme.quotations)), ("text", theme.text)]
    rows.append(("written", ", ".join(filter(None, (theme.by, theme.date)))))
    for earlier in theme.earlier:
        told = ", ".join(filter(None, (earlier.by, earlier.date, earlier.why)))
        rows.append((f"earlier {earlier.what}", f"{earlier.words} ({told})" if told else earlier.words))
    shown = tuple(row for row in rows if row[1])
    return Table("theme", theme.heading, (Column("key", ""), Column("said", "")), shown)
