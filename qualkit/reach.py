"""What erasing cannot reach: copies outside the study folder, named so that a person can deal with them."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from qualkit.handed_on import remembered
from qualkit.left_behind import stand_in_file
from qualkit.model import Study
from qualkit.phrases import Phrases
from qualkit.transcripts.participants import parse_participants

SYNCED = ("onedrive", "dropbox", "google drive", "googledrive", "icloud", "mobile documents", "nextcloud", "box sync")
_PEOPLE = ("participants.csv", "participants.xlsx", "deltakere.csv", "deltakere.xlsx")
_MANY, _LARGE = 5_000, 50_000_000


def originals_elsewhere(study: Study, sources: Iterable[str], words: Phrases, participant: str) -> list[Path]:
    """Return files outside the study that hold what goes: originals, copies of them, lists with the person's row."""
    found = dict.fromkeys(path for source in sources if _outside(study, path := _whole(study, source)))
    for name in study.settings.originals:
        folder = _whole(study, name)
        if not folder.is_dir() or not _outside(study, folder):
            continue
        for number, path in enumerate(sorted(folder.rglob("*"))):
            if number > _MANY:
                break
            if path.is_file() and path.stat().st_size < _LARGE and _holds(path, words, participant):
                found[path] = None
    return [path for path in found if path.is_file()]


def _whole(study: Study, stored: str) -> Path:
    return Path(os.path.normpath(study.root / stored))


def _outside(study: Study, path: Path) -> bool:
    return study.root.absolute() not in (path.absolute(), *path.absolute().parents)


def _holds(path: Path, words: Phrases, participant: str) -> bool:
    try:
        data = path.read_bytes()
    except OSError:
        return False
    if path.name.casefold() in _PEOPLE and participant:
        return any(one.id.casefold() == participant.casefold() for one in parse_participants(data, path.name)[0])
    return stand_in_file(data, words)


def out_of_reach(study: Study) -> list[str]:
    """Return, a sentence each, what this program cannot erase from and a person must."""
    told = []
    if backups := remembered(study, "backups"):
        told.append(f"Backups made with qualkit: {', '.join(backups)}. Delete them, or make new ones in their place.")
    if shared := remembered(study, "shared"):
        told.append(f"Folders that were shared: {', '.join(shared)}. Take them back, or share anew in their place.")
    told.append("Other backups of this computer, and copies on sticks, servers and other computers.")
    above = [study.root.absolute(), *study.root.absolute().parents]
    if any((folder / ".git").exists() for folder in above):
        told.append("Git: commits made earlier keep every version of the files in them, here and elsewhere.")
    if any(part in folder.name.casefold() for folder in above for part in SYNCED):
        told.append("The synchronised folder this study lies in: it keeps deleted files for weeks.")
    told += [
        "Files that were sent to somebody: exports, transcripts, drafts of the thesis.",
        "The recycle bin, the recording, and what transcribed it.",
        "The key with names, consent forms and e-mails, if they lie elsewhere.",
    ]
    if any(not path.name.startswith("identities.yaml") for path in (study.root / "private").glob("*")):
        told.insert(0, "The folder private/: take the person's own entries out of it yourself, but for the register's.")
    return told
