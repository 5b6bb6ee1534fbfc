"""Passages that rules propose, before there is a record for each: a first run finds hundreds of thousands."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import orjson

from qualkit.coding.codings import coding_id, unit_at
from qualkit.model import Coding, Transcript
from qualkit.text import around


class Passage(NamedTuple):
    """A place in a transcript that a rule proposes for a code; code points, half-open."""

    start: int
    end: int
    code: str
    rule: str


def codings_of(transcript: Transcript, passages: Sequence[Passage], *, coder: str, created: str) -> list[Coding]:
    """Return a coding, status "proposed", for every passage, in their order."""
    return [
        Coding(
            id=coding_id(transcript.id, start, end, code),
            unit=unit_at(transcript, start, end),
            code=code,
            coder=coder,
            status="proposed",
            origin=f"rule:{rule}",
            created=created,
            text_sha256=transcript.sha256,
        )
        for start, end, code, rule in passages
    ]


def render_passages(transcript: Transcript, passages: Sequence[Passage], *, coder: str, created: str) -> bytes:
    """Return the lines of a coding file, as `render_codings` gives them for `codings_of` the same passages.

    Args:
        passages: Sorted, each once.
    """
    name, text, sha256 = transcript.id, transcript.text, transcript.sha256
    lines = []
    for start, end, code, rule in passages:
        before, after = around(text, start, end)
        line = {
            "id": coding_id(name, start, end, code),
            "transcript": name,
            "start": start,
            "end": end,
            "text": text[start:end],
            "before": before,
            "after": after,
            "code": code,
            "coder": coder,
            "status": "proposed",
            "origin": f"rule:{rule}",
            "created": created,
            "memo": "",
            "anchor": "kept",
            "text_sha256": sha256,
        }
        lines.append(orjson.dumps(line))
    return b"\n".join(lines) + b"\n" if lines else b""
