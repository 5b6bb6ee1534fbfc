"""Blocks of a docx laid out as paragraphs, and by which way their words came there."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from qualkit.transcripts.clock import Time
from qualkit.transcripts.lines import Arranged, arrange
from qualkit.transcripts.raw import Paragraph, tell
from qualkit.transcripts.word_tables import Block

_FULL_CLOCK = re.compile(r"\d{1,2}:\d\d:\d\d$")
_NOTES_HEADING = re.compile(r"(?i)\W*(?:summary|details|sammendrag|samandrag|oppsummering|detaljer)\W*$")
_TRANSCRIPT_HEADING = re.compile(r"(?i)(?:.*\W)?(?:transcript|transcription|transkripsjon|transkript|utskrift)\W*$")
_LONGEST_HEADING = 120


class Laid(NamedTuple):
    """The paragraphs, and by which way their words came there.

    Attributes:
        arranged: The pieces of each paragraph.
        origins: For every line that pieces are cut of, its block and where in the block it begins.
    """

    paragraphs: tuple[Paragraph, ...]
    labelled: bool
    blocks: list[Block]
    arranged: list[Arranged]
    origins: list[tuple[int, int]]


def lay_out(blocks: list[Block], texts: Sequence[str], told: list[str]) -> Laid:
    """Make paragraphs of blocks, with the speakers and times that tables, header lines and time marks give.

    Args:
        blocks: Of the whole document.
        texts: Of the document's own paragraphs.
        told: Takes a sentence on everything that is decided here.
    """
    blocks = blocks[_machine_notes(blocks, texts, told) :]
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
    arrangement = arrange(lines, continues=continues, given=given)
    told += arrangement.decided
    arranged, paragraphs = [], []
    for one in arrangement.paragraphs:
        text = one.text(lines)
        if text.strip():
            arranged.append(one)
            paragraphs.append(Paragraph(text, one.speaker, one.time))
    return Laid(tuple(paragraphs), arrangement.labelled or named, blocks, arranged, origins)


def _machine_notes(blocks: Sequence[Block], texts: Sequence[str], told: list[str]) -> int:
    """Count the blocks of an AI's summary before a transcript, as Google Meet writes both into one file."""
    noted = False
    for i, block in enumerate(blocks):
        text = texts[block.parts[0][1]]
        if len(text) > _LONGEST_HEADING or len(block.parts) > 1:
            continue
        if not noted:
            noted = bool(_NOTES_HEADING.match(text))
        elif _TRANSCRIPT_HEADING.match(text):
            following = [later.text(texts).strip() for later in blocks[i + 1 : i + 5]]
            if any(_FULL_CLOCK.match(line) for line in following):
                was = "paragraph before the transcript, a machine's notes, was left out"
                were = "paragraphs before the transcript, a machine's notes, were left out"
                tell(told, i, was, were)
                return i + 1
    return 0
