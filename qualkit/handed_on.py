"""Where backups and shared folders went, so that a withdrawal can name them; only the cache knows."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Literal

import orjson

from qualkit import disk
from qualkit import study as studies
from qualkit.model import Study

Kind = Literal["backups", "shared"]

FILES = ("backups.jsonl", "shared.jsonl")
"""In the cache: paths and times, and none holds a word."""


def remember(study: Study, kind: Kind, target: Path) -> None:
    """Note where something went. A disk that refuses stops nothing: what was handed on is there already."""
    path = studies.cache_folder(study) / f"{kind}.jsonl"
    with suppress(disk.CannotWrite):
        disk.append_line(path, orjson.dumps({"file": str(target.absolute()), "when": studies.now()}))


def remembered(study: Study, kind: Kind) -> list[str]:
    """Return where things went that were handed on with qualkit on this computer, each once."""
    try:
        lines = (studies.cache_folder(study) / f"{kind}.jsonl").read_bytes().splitlines()
        return list(dict.fromkeys(str(orjson.loads(line)["file"]) for line in lines if line.strip()))
    except (OSError, orjson.JSONDecodeError, KeyError, TypeError):
        return []
