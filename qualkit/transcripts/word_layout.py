"""Blocks of a docx laid out as paragraphs, and by which way their words came there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from qualkit.transcripts.clock import Time
from qualkit.transcripts.lines import Arranged, Arrangement, arrange
from qualkit.transcripts.machine import around_speech, without_what_is_above
from qualkit.transcripts.raw import Doubt, Paragraph
from qualkit.transcripts.word_tables import Block


class Laid(NamedTuple):
    """The paragraphs, and by which way their words came there.

    Attributes:
        arranged: The pieces of each paragraph.
        origins: For every line that pieces are cut of, its block and where in the block it begins.
        about: What the file says of the recording above the speech.
        left: Numbers of the document's paragraphs that were left out.
        facts: Lines of facts above the speech, which are among them.
    """

    paragraphs: tuple[Paragraph, ...]
    labelled: bool
    blocks: list[Block]
    arranged: list[Arranged]
    origins: list[tuple[int, int]]
    doubts: tuple[Doubt, ...]
    about: Mapping[str, str]
    left: frozenset[int]
    facts: tuple[str, ...] = ()


def lay_out(blocks: list[Block], texts: Sequence[str], told: list[str], left: set[int]) -> Laid:
    """Make paragraphs of blocks, with the speakers and times that tables, header lines and time marks give.

    Args:
        blocks: Of the whole document.
        texts: Of the document's own paragraphs.
        told: Takes a sentence on everything that is decided here.
        left: Takes the numbers of the paragraphs that are left out.
    """
    in_tables = sum(len(block.text(texts)) for block in blocks if block.speaker)
    named = bool(in_tables) and in_tables * 2 > sum(len(block.text(texts)) for block in blocks)
    lines: list[str] = []
    origins: list[tuple[int, int]] = []
    continues: set[int] = set()
    given: dict[int, tuple[str | None, Time | None]] = {}
    for number, block in enumerate(blocks):
        if block.given:
            given[len(lines)] = (block.speaker if named else None, block.time)
            if block.label >= 0 and not named:
                # Most of the document is no table: its labels are found in the text, and these with them.
                joint = " " if texts[block.label].rstrip().endswith(":") else ": "
                block.parts = [("", block.label), (joint, block.parts[0][1]), *block.parts[1:]]
        text = block.text(texts)
        at = 0
        if block.given or "\n" not in text:
            lines.append(text)
            origins.append((number, 0))
            continue
        for line in text.split("\n"):
            if at:
                continues.add(len(lines))
            lines.append(line)
            origins.append((number, at))
            at += len(line) + 1
    around = around_speech(lines)
    left |= _numbers(around.lines, origins, blocks)
    if around.lines:
        kept = [i for i in range(len(lines)) if i not in around.lines]
        place = {i: n for n, i in enumerate(kept)}
        lines, origins = [lines[i] for i in kept], [origins[i] for i in kept]
        continues = {place[i] for i in continues if i in place and i - 1 in place}
        given = {place[i]: said for i, said in given.items() if i in place}
    arrangement = arrange(lines, continues=continues, given=given)
    whole = arrangement
    arrangement = without_what_is_above(whole, lines, around, given)
    if left or arrangement is not whole:
        pieced = _pieced(arrangement)
        left |= _numbers(_pieced(whole) - pieced, origins, blocks)
        left -= _numbers(pieced, origins, blocks)
    told += [*around.told, *arrangement.decided]
    arranged, paragraphs = [], []
    for one in arrangement.paragraphs:
        text = one.text(lines)
        if text.strip():
            arranged.append(one)
            paragraphs.append(Paragraph(text, one.speaker, one.time))
    labelled = arrangement.labelled or named
    return Laid(
        tuple(paragraphs),
        labelled,
        blocks,
        arranged,
        origins,
        tuple(around.doubts),
        around.about,
        frozenset(left),
        around.facts,
    )


def _pieced(arrangement: Arrangement) -> set[int]:
    """Return the lines of which anything is kept."""
    return {piece.line for one in arrangement.paragraphs for piece in one.pieces}


def _numbers(lines: Iterable[int], origins: Sequence[tuple[int, int]], blocks: Sequence[Block]) -> set[int]:
    """Return the numbers of the paragraphs that lines are made of."""
    return {number for line in lines for _, number in blocks[origins[line][0]].parts}
