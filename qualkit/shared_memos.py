"""Memos that are handed on because somebody asked for it: ids in the place of names, passages as they stand there."""

from __future__ import annotations

import re
from collections.abc import Iterator

from qualkit.anonymisation.candidates import Source
from qualkit.anonymisation.redactor import Register, redact
from qualkit.material import Material
from qualkit.outgoing import Outgoing
from qualkit.study import bytes_of, relative
from qualkit.text import nfc, transcript_id

_PIECES = re.compile(r"(?m)^(?=#{1,2} )")
_SECTION = re.compile(r"^## (.+?):(\d+)-(\d+)(?= · |\s*$)", re.MULTILINE)
_QUOTE = re.compile(r"(?:^[ \t]*>[^\n]*(?:\n|\Z))+", re.MULTILINE)


def shared_memos(material: Material, going: Outgoing, register: Register) -> dict[str, bytes]:
    """Return the memos of a study as they are handed on, by path.

    A section on a passage goes along with its passage, and quotes what stands there; one on a passage that is not
    handed on is left out.
    """
    files: dict[str, bytes] = {}
    for name, text in _memos(material):
        pieces = [_shared(piece, going, register) for piece in _PIECES.split(text)]
        stem = transcript_id(re.sub(r"[\[\]]", "", redact(name, register)))
        path = f"memos/{stem}.md"
        files[path] = files.get(path, b"") + "".join(pieces).encode()
    return files


def memo_sources(material: Material, going: Outgoing) -> Iterator[Source]:
    """Yield what was written in memos, without quotations of passages, which are looked at in their transcripts."""
    for name, text in _memos(material):
        said = "".join(_QUOTE.sub("", piece) for piece in _PIECES.split(text) if _is_shared(piece, going))
        yield Source(f"memos/{name}", _SECTION.sub("##", said), f"memos/{name}.md")
    for coding in going.codings:
        if coding.id in going.memos:
            yield Source(f"coding/{coding.id}", going.memos[coding.id], f"the memo of coding {coding.id}")


def _memos(material: Material) -> Iterator[tuple[str, str]]:
    folder = material.study.root / "memos"
    for path in sorted(folder.glob("*.md")) if folder.is_dir() else []:
        yield path.stem, bytes_of(path, relative(material.study, path)).decode("utf-8", "replace")


def _is_shared(piece: str, going: Outgoing) -> bool:
    head = _SECTION.match(piece)
    return head is None or nfc(head[1]) in going.transcripts


def _shared(piece: str, going: Outgoing, register: Register) -> str:
    head = _SECTION.match(piece)
    if head is None:
        return redact(piece, register)
    one = going.transcripts.get(nfc(head[1]))
    if one is None:
        return ""
    start, end = one.place(int(head[2]), int(head[3]))
    rest = piece[head.end() :]
    quote = _QUOTE.search(rest)
    if quote is not None:
        now = "".join(f"> {line}\n" for line in one.transcript.text[start:end].split("\n"))
        rest = redact(rest[: quote.start()], register) + now + redact(rest[quote.end() :], register)
    else:
        rest = redact(rest, register)
    return f"## {one.transcript.id}:{start}-{end}{rest}"
