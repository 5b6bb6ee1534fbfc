"""The running text of the results part: headings, analytic texts and the quotations chosen for them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from qualkit.condensation.gathering import Gathered
from qualkit.condensation.tables import audit_table
from qualkit.condensing import gathered_groups
from qualkit.document import Block, Document, Heading, Paragraph
from qualkit.material import Material
from qualkit.model import Coding, Theme
from qualkit.table import Table


def results_text(material: Material) -> list[Block]:
    """Return what a person wrote of the results, in order; nothing where nothing is written.

    Under each theme's heading stand the theme's own text, and the analytic text of every subgroup of its codes with
    the golden quotation below. Without themes the code groups are the headings; so they are for texts of groups
    whose code is in no theme. Condensates are no part of it.

    Returns:
        Headings, paragraphs, and codings, which become quotations when they are published.
    """
    names = {code.id: code.name for code in material.codebook.walk()}
    accepted = {extract.coding.id: extract.coding for extract in material.accepted()}
    groups = {one.group.code: one for one in gathered_groups(material)}
    blocks = [block for theme in material.themes for block in _theme(theme, groups, accepted, 2)]
    placed = {code for theme in material.themes for code in _codes(theme)}
    for code, one in groups.items():
        texts = list(_group(one, accepted)) if code not in placed else []
        if texts:
            blocks += [Heading(one.group.name or names.get(code, code), 2), *texts]
    return blocks


def with_text(document: Document, blocks: Sequence[Block]) -> Document:
    """Return a document with running text after its first heading, before the tables."""
    at = 1 if document.blocks and isinstance(document.blocks[0], Heading) else 0
    return replace(document, blocks=(*document.blocks[:at], *blocks, *document.blocks[at:]))


def audit(material: Material) -> Table | None:
    """Return the table from meaning units to analytic text, or None where no condensate is written."""
    names = {code.id: code.name for code in material.codebook.walk()}
    table = audit_table(gathered_groups(material), names, language=material.study.settings.language)
    return table if table.rows else None


def _theme(theme: Theme, groups: Mapping[str, Gathered], accepted: Mapping[str, Coding], level: int) -> Iterator[Block]:
    texts = [block for code in theme.codes if code in groups for block in _group(groups[code], accepted)]
    told: list[Block] = [_paragraph(theme.text)] if theme.text else []
    if theme.text and not texts:
        told += [accepted[name] for name in theme.quotations if name in accepted]
    below = [block for each in theme.subthemes for block in _theme(each, groups, accepted, min(level + 1, 3))]
    if told or texts or below:
        yield from (Heading(theme.heading, level), *told, *texts, *below)


def _group(one: Gathered, accepted: Mapping[str, Coding]) -> Iterator[Block]:
    for subgroup in one.group.subgroups:
        if subgroup.analytic:
            yield _paragraph(subgroup.analytic)
            if subgroup.golden in accepted:
                yield accepted[subgroup.golden]


def _paragraph(text: str) -> Paragraph:
    """Return running text: where a line ends in the file says nothing, an empty line parts paragraphs."""
    return Paragraph("\n\n".join(" ".join(piece.split()) for piece in re.split(r"\n\s*\n", text)))


def _codes(theme: Theme) -> set[str]:
    return set(theme.codes).union(*(_codes(each) for each in theme.subthemes))
