"""Erasing from a study, in an order in which a crash loses nothing but time: running it again finishes.

What goes is told by the transcripts themselves, so they go last. Until then a small file, `withdrawal.json`, says
what was begun. It holds no words.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

import orjson

from qualkit import disk
from qualkit import study as studies
from qualkit.errors import QualkitError
from qualkit.model import Decision, Study
from qualkit.text import sha256_hex

BEGUN = "withdrawal.json"


class BegunAlready(QualkitError):
    """An earlier erasing was broken off, and another is asked for."""

    def __init__(self, begun: Begun) -> None:
        super().__init__("an earlier erasing was broken off before it was done", f"Finish it first: {begun.command}")


@dataclass(frozen=True, slots=True)
class Change:
    """What becomes of one file.

    Attributes:
        file: Relative to the study.
        data: Its new bytes; None where it goes.
        why: "cache", "exports that quote them": what the file is counted under.
        last: For transcripts: they tell what else must go.
    """

    file: str
    data: bytes | None
    why: str
    last: bool = False

    @property
    def after(self) -> str:
        """Hash of the file as it will be; "" where it goes."""
        return "" if self.data is None else sha256_hex(self.data)


@dataclass(frozen=True, slots=True)
class Begun:
    """What `withdrawal.json` says: no words, and no label.

    Attributes:
        what: "withdraw" or "close".
        subject: A participant's id; "" where all goes.
        since: When it was begun.
        transcripts: By id: numbers of the labels that are the person's, from 0; none where all of it goes.
        after: Hash by file as it is to be.
        told: What the trail will say: counts, and a number drawn by lot that tells this erasing from others.
    """

    what: str
    subject: str
    since: str
    transcripts: Mapping[str, Sequence[int]] = field(default_factory=lambda: MappingProxyType({}))
    after: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    told: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def command(self) -> str:
        """What to type to finish it."""
        return f"qualkit {self.what} {self.subject}".strip()

    def is_done(self, study: Study, file: str) -> bool:
        """Return whether a file is already as it is to be."""
        path = study.root / file
        return file in self.after and self.after[file] == (sha256_hex(path.read_bytes()) if path.is_file() else "")


def read_begun(study: Study) -> Begun | None:
    """Return what was begun and not finished, or None."""
    try:
        record = orjson.loads((study.root / BEGUN).read_bytes())
        return Begun(**{key: record[key] for key in Begun.__slots__})
    except FileNotFoundError:
        return None
    except (OSError, orjson.JSONDecodeError, KeyError, TypeError):
        # Half a file was never written: somebody edited it. What it was for is asked again.
        return None


def carry_out(study: Study, begun: Begun, changes: Iterable[Change], who: str) -> None:
    """Do what was planned; the study must be written to by nobody else meanwhile.

    Args:
        study: Of the changes.
        begun: Says what this is, and what the trail will tell.
        changes: Of the files that are not yet as they are to be.
        who: For the trail.

    Raises:
        CannotWrite: If the disk is full or read-only; running it again goes on.
    """
    ordered = sorted(changes, key=lambda change: change.last)
    after = {**begun.after, **{change.file: change.after for change in ordered}}
    record = {key: getattr(begun, key) for key in Begun.__slots__} | {"after": after}
    record["transcripts"] = dict(begun.transcripts)
    disk.write_atomically(study.root / BEGUN, orjson.dumps(record, option=orjson.OPT_INDENT_2))
    for change in ordered:
        _apply(study, change)
    told = Decision(begun.since, who, begun.what, "participant" if begun.subject else "study", None, dict(begun.told))
    trail, _ = studies.read_trail(study)
    if not any((line.what, line.after) == (told.what, told.after) for line in trail):
        studies.append_decision(study, told)
    _delete(study.root / BEGUN)


def _apply(study: Study, change: Change) -> None:
    path = study.root / change.file
    if change.data is not None:
        disk.write_atomically(path, change.data)
        return
    _delete(path)
    for folder in path.parents:
        # Empty folders would still say whose they were.
        if study.root in (folder, folder.parent) or any(folder.iterdir()):
            break
        with suppress(OSError):
            folder.rmdir()


def _delete(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise disk.CannotWrite(path, error) from error


def withdrawn_originals(study: Study) -> set[str]:
    """Return hashes of originals whose people withdrew: they are not read again, wherever they lie."""
    trail, _ = studies.read_trail(study)
    gone = ("withdraw", "close")
    return {
        str(one)
        for line in trail
        if line.what in gone and isinstance(line.after, dict)
        for one in line.after.get("originals", ())
    }
