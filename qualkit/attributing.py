"""Where it says whose the words are: behind each quotation, before it, or once for all of a section."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from qualkit.document import Block, Heading, Paragraph
from qualkit.language.printed import printed
from qualkit.model import AttributionPlace, Quotation
from qualkit.study import natural
from qualkit.table import Table


def placed(blocks: Sequence[Block], place: AttributionPlace, language: str, listed: Sequence[str]) -> tuple[Block, ...]:
    """Return blocks whose chosen quotations say whose they are in the study's way.

    Of a collective attribution the sentence stands after the last quotation of a section, and under a table; its order
    is that of the participants, and tells of no single quotation whose it is.

    Args:
        blocks: Rendered.
        place: As study.yaml declares it.
        language: nb, nn or en.
        listed: Names of tables of everything there is: working lists, in which each has its own.
    """
    if place == "after":
        return tuple(blocks)
    own = [_table(block, place, language, listed) if isinstance(block, Table) else block for block in blocks]
    if place == "before":
        return tuple(_before(block) if isinstance(block, Quotation) else block for block in own)
    return tuple(_collected(own, language))


def _before(quotation: Quotation) -> Quotation:
    """Return a quotation after whose name it stands.

    Example:
        >>> from qualkit.model import Span
        >>> _before(Quotation("Ja.", "c1", Span("K1", 0, 3), "(K1, lege)")).attribution
        'K1, lege:'
    """
    whose = _bare(quotation.attribution)
    return replace(quotation, attribution=f"{whose}:", before=True) if whose else quotation


def _bare(attribution: str) -> str:
    return re.sub(r"\A\((.*)\)\Z", r"\1", attribution)


def _table(table: Table, place: AttributionPlace, language: str, listed: Sequence[str]) -> Table:
    if table.name in listed:
        return table
    said = [cell for row in table.rows for cell in row if isinstance(cell, Quotation)]
    change = _before if place == "before" else _alone
    rows = tuple(tuple(change(cell) if isinstance(cell, Quotation) else cell for cell in row) for row in table.rows)
    notes = () if place == "before" else tuple(_sentence(said, language))
    return replace(table, rows=rows, notes=(*table.notes, *notes))


def _alone(quotation: Quotation) -> Quotation:
    return replace(quotation, attribution="")


def _collected(blocks: Iterable[Block], language: str) -> Iterator[Block]:
    section: list[Block] = []
    for block in blocks:
        if isinstance(block, Heading | Table):
            yield from _section(section, language)
            section = []
            yield block
        else:
            section.append(block)
    yield from _section(section, language)


def _section(blocks: Sequence[Block], language: str) -> Iterator[Block]:
    said = [block for block in blocks if isinstance(block, Quotation)]
    last = max((number for number, block in enumerate(blocks) if isinstance(block, Quotation)), default=-1)
    for number, block in enumerate(blocks):
        yield _alone(block) if isinstance(block, Quotation) else block
        if number == last:
            yield from (Paragraph(sentence) for sentence in _sentence(said, language))


def _sentence(said: Sequence[Quotation], language: str) -> list[str]:
    whose = sorted({_bare(quotation.attribution) for quotation in said} - {""}, key=natural)
    return [printed("quotations-from", language, whose="; ".join(whose))] if whose else []
