"""Hits that were found, kept under the hash of the text they were found in: offsets and never words.

The folder may be deleted at any time.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import orjson

from qualkit import disk
from qualkit import study as studies
from qualkit.identity import CLASSES, TYPES, Hit
from qualkit.model import Study
from qualkit.text import sha256_hex


def key_of(versions: Mapping[str, int | str], language: str, speech: object) -> str:
    """Return what hits rest on beside the text: versions of detectors, languages, and what is speech."""
    return sha256_hex(orjson.dumps([dict(versions), language, speech], option=orjson.OPT_SORT_KEYS))


def read_hits(study: Study, text: str, key: str) -> tuple[Hit, ...] | None:
    """Return the hits that are kept for a text, or None where there are none or they rest on something else."""
    try:
        kept = orjson.loads(_path(study, text).read_bytes())
        if kept["of"] != key:
            return None
        hits = tuple(Hit(*one) for one in kept["hits"])
    except (OSError, orjson.JSONDecodeError, KeyError, TypeError):
        return None
    sound = all(hit.type in TYPES and hit.cls in CLASSES and 0 <= hit.start < hit.end <= len(text) for hit in hits)
    return hits if sound else None


def write_hits(study: Study, text: str, key: str, hits: Sequence[Hit]) -> None:
    """Keep the hits in a text."""
    lines = [[hit.start, hit.end, hit.detector, hit.type, hit.cls, hit.note] for hit in hits]
    disk.write_atomically(_path(study, text), orjson.dumps({"of": key, "hits": lines}))


def forget_others(study: Study, texts: Iterable[str]) -> None:
    """Take away what was found in texts that are no longer there.

    Args:
        study: An open study.
        texts: Hashes of those that are.
    """
    kept = {f"{digest}.json" for digest in texts}
    for path in _folder(study).glob("*.json"):
        if path.name not in kept:
            path.unlink(missing_ok=True)


def _path(study: Study, text: str) -> Path:
    return _folder(study) / f"{sha256_hex(text)}.json"


def _folder(study: Study) -> Path:
    return studies.cache_folder(study) / "hits"
