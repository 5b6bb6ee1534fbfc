"""Changes in themes.yaml: themes added, renamed, written, placed, joined, parted, dropped; every other byte stays."""

from __future__ import annotations

from collections.abc import Sequence

from qualkit.model import ThemeStatus
from qualkit.text import nfc, slug
from qualkit.themes.theme_nodes import (
    CannotPlace,
    begins,
    flow,
    free_id,
    id_of,
    lines_of,
    listed_in,
    may_have_subthemes,
    said_in,
    set_words,
    theme_named,
    walk,
    with_earlier,
    with_item,
    with_scope,
    with_theme,
    with_top_item,
    without_theme,
)
from qualkit.yamlitems import cut_key, holds, replace_item
from qualkit.yamltext import quoted, set_scalar

WRITTEN = ("text", "concept", "definition", "test")
"""What is written of a theme, of which earlier wordings are kept."""

_SCOPE = ("in", "out")


def add_theme(
    text: str, heading: str, *, identifier: str = "", under: str = "", codes: Sequence[str] = (), by: str, date: str
) -> tuple[str, str]:
    """Return the text with a candidate theme added, and its id.

    Args:
        text: Of themes.yaml.
        heading: Its name for now.
        identifier: Its id; "": made from the heading.
        under: Id of the theme it is a subtheme of; "" for none.
        codes: Ids of codes under it.
        by: Who adds it.
        date: ISO 8601 day.

    Raises:
        CannotPlace: If the id is taken, or the theme above is itself a subtheme.
        NoSuchTheme: If there is no such theme above.

    Example:
        >>> print(add_theme("", "Tida", codes=["mas"], by="kari", date="2026-03-02")[0], end="")
        # Themes over codes, and the quotations chosen for print.
        themes:
          - id: tida
            heading: Tida
            status: candidate
            by: kari
            date: "2026-03-02"
            codes: [mas]
    """
    taken = [id_of(one.theme) for one in walk(text)]
    if identifier and identifier in taken:
        raise CannotPlace(f"there is a theme “{identifier}” already", "Give another id with --id.")
    chosen = identifier or free_id(slug(heading) or "theme", taken)
    pairs = {"id": chosen, "heading": heading, "status": "candidate", "by": by, "date": date}
    lines = [f"{key}: {quoted(value)}" for key, value in pairs.items()]
    lines.append("codes: [" + ", ".join(map(flow, codes)) + "]")
    above = may_have_subthemes(theme_named(text, under)) if under else None
    return with_theme(text, above, lines), chosen


def rename_theme(text: str, name: str, heading: str, *, by: str, date: str, why: str = "") -> str:
    """Return the text with another heading; the earlier one stays among what the theme was called.

    Raises:
        NoSuchTheme: If there is none.
    """
    theme = theme_named(text, name).theme
    was = said_in(theme.get("heading")) or id_of(theme)
    if was == nfc(heading.strip()):
        return text
    identifier = id_of(theme)
    if not said_in(theme.get("id")):
        # The id was made from the heading that goes; what names it must find it again.
        text = set_scalar(text, theme, "id", identifier)
    text = with_earlier(text, identifier, "heading", was, date=date, by=by, why=why)
    return set_scalar(text, theme_named(text, identifier).theme, "heading", heading.strip())


def write_theme(
    text: str, name: str, what: str, words: str, *, by: str, date: str, why: str = "", keep: bool = True
) -> str:
    """Return the text with a theme's analytic text, concept, definition, test or scope written.

    Args:
        text: Of themes.yaml.
        name: Of the theme.
        what: One of `WRITTEN`, or "in" or "out", the two sides of its scope.
        words: What was written.
        by: Who wrote it.
        date: ISO 8601 day.
        why: Why it is written otherwise; kept with the earlier wording.
        keep: False to write over an earlier wording.

    Raises:
        NoSuchTheme: If there is none.
    """
    identifier = id_of(theme_named(text, name).theme)
    words = words.strip()
    theme = theme_named(text, identifier).theme
    if what in _SCOPE:
        text = with_scope(text, theme, what, words)
    else:
        was = said_in(theme.get(what))
        if was == nfc(words):
            return text
        if was and keep:
            text = with_earlier(
                text, identifier, what, was, date=said_in(theme.get("date")), by=said_in(theme.get("by")), why=why
            )
        text = set_words(text, theme_named(text, identifier).theme, what, words)
    for key, value in (("by", by), ("date", date)):
        text = set_scalar(text, theme_named(text, identifier).theme, key, value)
    return text


def set_status(text: str, name: str, status: ThemeStatus, *, why: str = "") -> str:
    """Return the text with another status; why it was dropped stands beside it, and goes when it stands again."""
    identifier = id_of(theme_named(text, name).theme)
    text = set_scalar(text, theme_named(text, identifier).theme, "status", status)
    if why and status == "dropped":
        return set_scalar(text, theme_named(text, identifier).theme, "why", why)
    if status != "dropped":
        for key in ("why", "became"):
            theme = theme_named(text, identifier).theme
            if theme.get(key) is not None and not begins(theme, key):
                text = cut_key(text, theme, key)
    return text


def put(text: str, name: str, key: str, items: Sequence[str]) -> str:
    """Return the text with codes, quotations or groups added to a theme; what stands there stays.

    Example:
        >>> put("- heading: A\\n  codes: [a]\\n", "a", "codes", ["b", "a"])
        '- heading: A\\n  codes: [a, b]\\n'
    """
    for item in items:
        theme = theme_named(text, name).theme
        if not holds(theme, key, item):
            text = with_item(text, theme, key, item)
    return text


def take(text: str, name: str, key: str, items: Sequence[str]) -> str:
    """Return the text without some codes, quotations or groups of a theme."""
    for item in items:
        text = replace_item(text, theme_named(text, name).theme, key, item, None)
    return text


def move_theme(text: str, name: str, under: str) -> str:
    """Return the text with a theme under another, or, with "", among the themes.

    Raises:
        NoSuchTheme: If one of them is none.
        CannotPlace: If it would stand under itself or below a subtheme, or has subthemes of its own.
    """
    found = theme_named(text, name)
    identifier = id_of(found.theme)
    if under:
        above = may_have_subthemes(theme_named(text, under))
        if id_of(above.theme) == identifier:
            raise CannotPlace(f"the theme “{identifier}” cannot stand under itself", "Name another theme.")
        if found.above is not None and id_of(found.above) == id_of(above.theme):
            return text
        below = found.theme.get("subthemes")
        if below is not None and below.items:
            hint = "Move those first: tables show themes and one level of subthemes."
            raise CannotPlace(f"the theme “{identifier}” has subthemes of its own", hint)
    elif found.above is None:
        return text
    block = lines_of(text, found.theme)
    text = without_theme(text, found)
    return with_theme(text, theme_named(text, under) if under else None, block)


def merge_themes(text: str, names: Sequence[str], into: str, *, why: str) -> str:
    """Return the text with codes and quotations of some themes in another, and those themes dropped.

    What was written of them stays where it is; their subthemes come to stand under the other.

    Raises:
        NoSuchTheme: If one of them is none.
        CannotPlace: If a theme would be joined with itself, or with one that stands under it.
    """
    target = id_of(theme_named(text, into).theme)
    for name in names:
        found = theme_named(text, name)
        identifier = id_of(found.theme)
        if identifier == target:
            raise CannotPlace(f"the theme “{target}” cannot be joined with itself", "Name another theme.")
        for key in ("codes", "quotations", "groups"):
            text = put(text, target, key, listed_in(found.theme.get(key)))
        below = theme_named(text, identifier).theme.get("subthemes")
        for child in [id_of(node) for node in (below.items if below is not None else ()) if node.kind == "mapping"]:
            if child == target:
                message = f"“{target}” stands under “{identifier}”"
                raise CannotPlace(message, f"Move it first: qualkit themes move {target}")
            text = move_theme(text, child, target)
        text = set_status(text, identifier, "dropped", why=why)
        text = put(text, identifier, "became", [target])
    return text


def split_theme(
    text: str,
    name: str,
    parts: Sequence[tuple[str, Sequence[str], Sequence[str]]],
    *,
    by: str,
    date: str,
    why: str,
) -> tuple[str, list[str]]:
    """Return the text with a theme parted into new ones, which take its place, and their ids.

    The theme itself is dropped and keeps what it was; subthemes of it come to stand among the themes.

    Args:
        text: Of themes.yaml.
        name: Of the theme.
        parts: Heading, codes and quotations of each new theme.
        by: Who does it.
        date: ISO 8601 day.
        why: The reason.
    """
    found = theme_named(text, name)
    identifier = id_of(found.theme)
    under = id_of(found.above) if found.above is not None else ""
    ids = []
    for heading, codes, quotations in parts:
        text, new = add_theme(text, heading, under=under, codes=codes, by=by, date=date)
        text = put(text, new, "quotations", quotations)
        ids.append(new)
    below = theme_named(text, identifier).theme.get("subthemes")
    for child in [id_of(node) for node in (below.items if below is not None else ()) if node.kind == "mapping"]:
        text = move_theme(text, child, "")
    text = set_status(text, identifier, "dropped", why=why)
    return put(text, identifier, "became", ids), ids


def announce(text: str, where: str, themes: Sequence[tuple[str, str]], *, by: str, date: str) -> str:
    """Return the text with a list of themes as they are announced somewhere.

    Args:
        text: Of themes.yaml.
        where: In what they are announced.
        themes: Id and heading of each.
        by: Who announces them.
        date: ISO 8601 day.
    """
    told = [f"  - {{id: {flow(identifier)}, heading: {flow(heading)}}}" for identifier, heading in themes]
    lines = [f"where: {quoted(where)}", f"date: {quoted(date)}", f"by: {quoted(by)}", "themes:", *told]
    return with_top_item(text, "announced", lines)
