"""Which studies were open last: their folders and nothing else, in the place the system keeps settings."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path

import orjson

from qualkit import disk
from qualkit import study as studies
from qualkit.errors import QualkitError

_MOST = 8


def settings_folder(platform: str = sys.platform, given: Mapping[str, str] = os.environ) -> Path:
    """Return where a program of this system keeps what it remembers.

    Example:
        >>> settings_folder("linux", {"XDG_CONFIG_HOME": "/home/kari/.settings"}).as_posix()
        '/home/kari/.settings/qualkit'
    """
    if platform == "win32" and given.get("APPDATA"):
        return Path(given["APPDATA"]) / "qualkit"
    if platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "qualkit"
    return Path(given.get("XDG_CONFIG_HOME") or Path.home() / ".config") / "qualkit"


def remembered() -> list[Path]:
    """Return the folders of studies that were open, the last one first; those that are gone are left out."""
    try:
        found = orjson.loads((settings_folder() / "workbench.json").read_bytes())
    except (OSError, orjson.JSONDecodeError):
        return []
    listed = found.get("studies") if isinstance(found, dict) else None
    folders = [Path(each) for each in listed if isinstance(each, str)] if isinstance(listed, list) else []
    return [folder for folder in folders if _is_study(folder)]


def remember(root: Path) -> None:
    """Remember a study's folder. Where that cannot be written, nothing is remembered, and nothing fails."""
    here = root.absolute()
    others = [str(folder) for folder in remembered() if folder != here]
    data = orjson.dumps({"studies": [str(here), *others][:_MOST]}, option=orjson.OPT_INDENT_2)
    try:
        settings_folder().mkdir(parents=True, exist_ok=True)
        disk.write_atomically(settings_folder() / "workbench.json", data, private=True)
    except (OSError, QualkitError):
        return


def _is_study(folder: Path) -> bool:
    try:
        return folder.is_absolute() and studies.is_study(folder)
    except (OSError, ValueError):
        return False
