"""The running text of the results part: headings, analytic texts and the quotations chosen for them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from qualkit.condensate import Subgroup
from qualkit.condensation.gathering import Gathered
from qualkit.condensation.tables import audit_table
from qualkit.condensing import gathered_groups
from qualkit.document import Block, Document, Heading, Paragraph, Pointer
from qualkit.exports.words import quoted
from qualkit.language.printed import printed
from qualkit.material import Material
from qualkit.model import Coding, Theme
from qualkit.table import Column, Table
from qualkit.themes.matrices import participant_matrix
from qualkit.themes.outline import Line, outline
from qualkit.themes.tables import quotation_list

ACROSS = "theme-participant"
"""Name of the matrix of all codes and participants."""


def results_text(material: Material) -> list[Block]:
    """Return what a person wrote of the results, in order; nothing where nothing is written.

    Under each theme's heading stand the theme's own text, and the analytic text of every subgroup of its codes with
    the golden quotation below. Where a theme gathers several code groups, each has a heading of its own. Without
    themes the code groups are the headings; so they are for texts of groups whose code is in no theme. Condensates are
    no part of it.

    Returns:
        Headings, paragraphs, and codings, which become quotations when they are published. A pointer stands where a
        section ends, to the table named after it.
    """
    names = {code.id: code.name for code in material.codebook.walk()}
    accepted = {extract.coding.id: extract.coding for extract in material.accepted()}
    groups = {one.group.code: one for one in gathered_groups(material)}
    blocks: list[Block] = []
    for theme in material.themes:
        told = list(_theme(theme, groups, names, accepted, 2))
        blocks += [*told, Pointer("shown-in", (spread_name(theme.id),))] if told else []
    placed = {code for theme in material.themes for code in _codes(theme)}
    for code, one in groups.items():
        texts = list(_group(one, accepted)) if code not in placed else []
        if texts:
            blocks += [Heading(one.group.name or names.get(code, code), 2), *texts]
            blocks.append(Pointer("shown-in", (spread_name(code),)))
    return blocks


def group_text(material: Material, code: str) -> tuple[list[Heading], dict[str, list[Block]]]:
    """Return what the results print of one code group: the headings above it, and the blocks of each subgroup.

    Returns:
        Headings as `results_text` has them, those of the theme that its code stands under first; and by subgroup id
        its text and quotation, nothing where nothing of it is printed.
    """
    names = {each.id: each.name for each in material.codebook.walk()}
    accepted = {extract.coding.id: extract.coding for extract in material.accepted()}
    groups = {one.group.code: one for one in gathered_groups(material)}
    one = groups[code]
    name = one.group.name or names.get(code, code)
    texts = {sub.id: list(_subgroup(sub, accepted)) for sub in one.group.subgroups}
    path = next((path for theme in material.themes if (path := _way_to(theme, code))), ())
    if not path:
        return [Heading(name, 2)], texts
    headings = [Heading(theme.heading, min(2 + deep, 3)) for deep, theme in enumerate(path)]
    written = [each for each in path[-1].codes if each in groups and list(_group(groups[each], accepted))]
    if len(written) > 1:
        headings.append(Heading(name, min(headings[-1].level + 1, 3)))
    return headings, texts


def theme_text(material: Material, theme: Theme) -> list[Block]:
    """Return what the results print of one theme, its subthemes among it; nothing where nothing is written."""
    names = {code.id: code.name for code in material.codebook.walk()}
    accepted = {extract.coding.id: extract.coding for extract in material.accepted()}
    groups = {one.group.code: one for one in gathered_groups(material)}
    return list(_theme(theme, groups, names, accepted, 2))


def _way_to(theme: Theme, code: str) -> tuple[Theme, ...]:
    """Return the themes from one downwards to the first that has a code; nothing where none has it."""
    if code in theme.codes:
        return (theme,)
    below = (way for each in theme.subthemes if (way := _way_to(each, code)))
    return (theme, *way) if (way := next(below, ())) else ()


def results_chapter(material: Material, document: Document, *, counts: bool) -> Document:
    """Return the results as they stand in a thesis: text and quotations under each heading, and below them a table.

    Before them stands an overview, and after them what goes across all themes. Where nothing is written, the document
    stays as it is: tables.

    Args:
        material: Of the study.
        document: Title and tables, as `publishing.results_document` gives it.
        counts: Numbers in the cells of matrices.
    """
    texts = results_text(material)
    if not texts:
        return document
    sections = {name for block in texts if isinstance(block, Pointer) for name in block.tables}
    tables = {table.name: table for table in _spread(material, counts=counts) if table.name in sections}
    blocks: list[Block] = []
    for block in texts:
        blocks.append(block)
        if isinstance(block, Pointer):
            blocks += [tables[name] for name in block.tables if name in tables]
    overview = overview_table(material)
    # The chosen quotations stand in the text; whom codes come from stands below it, unless some theme has no text.
    told = {"theme-table"} if len(tables) < len(list(_spread(material, counts=counts))) else {"theme-table", ACROSS}
    groups = _group_names(material)
    rest = [_of_groups(table, groups) for table in document.tables() if table.name not in told]
    matrices = tuple(table.name for table in rest if table.name.startswith("theme-"))
    head = [block for block in document.blocks[:1] if isinstance(block, Heading)]
    begin: list[Block] = [*head, Pointer("overview-in", (overview.name,)), overview]
    after: list[Block] = [Heading(printed("across", document.language), 2), Pointer("across-in", matrices)]
    laid: list[Block] = [*begin, *blocks, *(after if matrices else ()), *rest]
    return replace(document, blocks=tuple(laid))


def overview_table(material: Material) -> Table:
    """Return the results at a glance: themes with what holds them together, or code groups with their subgroups."""
    language = material.study.settings.language
    names = {code.id: code.name for code in material.codebook.walk()}
    groups = {one.group.code: one.group for one in gathered_groups(material) if one.group.subgroups}
    rows: list[tuple[str, str, str, str, str]] = []

    def add(theme: Theme, above: str) -> None:
        codes = [code for code in theme.codes if code in names]
        heading, under = (above, theme.heading) if above else (theme.heading, "")
        for code in codes or [""]:
            group = groups.get(code)
            parts = "\n".join(one.name for one in group.subgroups) if group is not None else ""
            shown = (group.name if group is not None else "") or names.get(code, "")
            rows.append((heading, under, " ".join((theme.concept or theme.definition).split()), shown, parts))
        for each in theme.subthemes:
            add(each, above or theme.heading)

    for theme in material.themes:
        add(theme, "")
    placed = {code for theme in material.themes for code in _codes(theme)}
    for code, group in groups.items():
        if code not in placed and any(one.analytic for one in group.subgroups):
            rows.append(("", "", "", group.name or names.get(code, code), "\n".join(o.name for o in group.subgroups)))
    concept = any(theme.concept for theme in material.themes)
    columns = (
        Column("theme", printed("theme", language), groups=True),
        Column("subtheme", printed("subtheme", language), groups=True),
        Column("told", printed("concept" if concept else "definition", language), groups=True),
        Column("group", printed("code-group" if groups else "codes", language), groups=True),
        Column("subgroups", printed("subgroups", language)),
    )
    if not groups:
        rows = _codes_together(rows)
    kept = [index for index in range(len(columns)) if any(row[index] for row in rows)]
    title = printed("results-overview", language)
    shown = tuple(tuple(row[index] or None for index in kept) for row in rows)
    return Table("overview", title, tuple(columns[index] for index in kept), shown, description=title)


def _codes_together(rows: Sequence[tuple[str, str, str, str, str]]) -> list[tuple[str, str, str, str, str]]:
    """Return rows in which the codes of a theme stand in one cell, a line each."""
    found: dict[tuple[str, str, str], list[str]] = {}
    for theme, subtheme, told, code, _ in rows:
        found.setdefault((theme, subtheme, told), []).append(code)
    return [(*key, "\n".join(codes), "") for key, codes in found.items()]


def spread_name(identifier: str) -> str:
    """Return the name of the table that shows whom a theme's codes come from."""
    return f"spread-{identifier}"


def _spread(material: Material, *, counts: bool) -> Iterator[Table]:
    """Yield, for each theme and each code group in none, codes against participants."""
    language = material.study.settings.language
    extracts = material.accepted()
    used = {extract.coding.code for extract in extracts}
    people = material.people()
    _, links = quotation_list(outline(material.codebook, material.themes, used), extracts, language=language)

    def spread(identifier: str, heading: str, lines: Sequence[Line]) -> Table:
        table = participant_matrix(lines, extracts, people, counts=counts, language=language, link=links)
        title = printed("theme-spread", language, theme=quoted(heading, language))
        table = replace(table, name=spread_name(identifier), title=title, description=title)
        return _of_groups(table, _group_names(material))

    for theme in material.themes:
        lines = [replace(line, theme="") for line in outline(material.codebook, [theme])]
        if lines:
            yield spread(theme.id, theme.heading, lines)
    placed = {code for theme in material.themes for code in _codes(theme)}
    groups = {one.group.code: one.group.name for one in gathered_groups(material) if one.group.subgroups}
    for code in material.codebook.walk():
        if code.id in groups and code.id not in placed:
            yield spread(code.id, groups[code.id] or code.name, [Line("", "", code)])


def _group_names(material: Material) -> dict[str, str]:
    """Return, by a code's name, what its code group is called in the results."""
    codes = {code.id: code.name for code in material.codebook.walk()}
    named = [(one.group.code, one.group.name) for one in gathered_groups(material) if one.group.name]
    return {codes[code]: name for code, name in named if code in codes}


def _of_groups(table: Table, groups: Mapping[str, str]) -> Table:
    """Return a matrix with code groups as the running text calls them, where its rows are codes."""
    if not groups or not table.name.startswith(("theme-", "spread-")):
        return table
    rows = []
    for head, *cells in table.rows:
        words = str(head)
        bare = words.lstrip("\u2003")
        rows.append((words[: len(words) - len(bare)] + groups.get(bare, bare), *cells))
    return replace(table, rows=tuple(rows))


def audit(material: Material) -> Table | None:
    """Return the table from meaning units to analytic text, or None where no condensate is written."""
    names = {code.id: code.name for code in material.codebook.walk()}
    table = audit_table(gathered_groups(material), names, language=material.study.settings.language)
    return table if table.rows else None


def _theme(
    theme: Theme,
    groups: Mapping[str, Gathered],
    names: Mapping[str, str],
    accepted: Mapping[str, Coding],
    level: int,
) -> Iterator[Block]:
    written = [(groups[code], list(_group(groups[code], accepted))) for code in theme.codes if code in groups]
    written = [(one, blocks) for one, blocks in written if blocks]
    texts: list[Block] = []
    for one, blocks in written:
        if len(written) > 1:
            texts.append(Heading(one.group.name or names.get(one.group.code, one.group.code), min(level + 1, 3)))
        texts += blocks
    told: list[Block] = [_paragraph(theme.text)] if theme.text else []
    if theme.text:
        # What is printed as a golden quotation further down is not printed twice.
        told += [accepted[name] for name in theme.quotations if name in accepted and accepted[name] not in texts]
    below = [block for each in theme.subthemes for block in _theme(each, groups, names, accepted, min(level + 1, 3))]
    if told or texts or below:
        yield from (Heading(theme.heading, level), *told, *texts, *below)


def _group(one: Gathered, accepted: Mapping[str, Coding]) -> Iterator[Block]:
    for subgroup in one.group.subgroups:
        yield from _subgroup(subgroup, accepted)


def _subgroup(subgroup: Subgroup, accepted: Mapping[str, Coding]) -> Iterator[Block]:
    if subgroup.analytic:
        yield _paragraph(subgroup.analytic)
        if subgroup.golden in accepted:
            yield accepted[subgroup.golden]


def _paragraph(text: str) -> Paragraph:
    """Return running text: where a line ends in the file says nothing, an empty line parts paragraphs."""
    return Paragraph("\n\n".join(" ".join(piece.split()) for piece in re.split(r"\n\s*\n", text)))


def _codes(theme: Theme) -> set[str]:
    return set(theme.codes).union(*(_codes(each) for each in theme.subthemes))
