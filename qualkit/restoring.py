"""A study out of a backup, which anybody may have changed: every file is held against its hash."""

from __future__ import annotations

import errno
import hashlib
import io
import os
import shutil
import stat
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import orjson

from qualkit import disk
from qualkit.backup import FORMAT, MANIFEST, SEALED, is_safe
from qualkit.errors import QualkitError
from qualkit.sealing import Unsealer
from qualkit.study import SETTINGS

_BLOCK = 1024 * 1024
_LARGEST_LIST = 64 * _BLOCK
_SUSPECT_SIZE, _SUSPECT_RATIO = 1024 * _BLOCK, 200
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, tarfile.TarError, RuntimeError, ValueError, struct.error)


class NotABackup(QualkitError):
    """The file is no backup that qualkit made, or it was changed or damaged since."""

    def __init__(self, path: Path, what: str) -> None:
        super().__init__(f"{path.name} was not restored: {what}", "Nothing was written. Take another backup.")


class FolderIsThere(QualkitError):
    """A study would be restored over something."""

    def __init__(self, folder: Path) -> None:
        super().__init__(f"{folder.name} is there already and is not empty", "Name a new folder; nothing was written.")


@dataclass(frozen=True, slots=True)
class Restored:
    """What was restored.

    Attributes:
        files: How many, private ones not counted.
        size: Of all of them, in bytes.
        private: How many files of private/.
        sealed_left: Whether the backup holds a private/ that was not asked for.
    """

    files: int
    size: int
    private: int
    sealed_left: bool


@dataclass(frozen=True, slots=True)
class _Listed:
    path: str
    size: int
    sha256: str


def restore(archive: Path, folder: Path, passphrase: Callable[[], str] | None = None) -> Restored:
    """Unpack a backup into a new folder, every file held against its hash; the folder appears when all are right.

    Args:
        archive: A backup.
        folder: Must not exist, or be empty.
        passphrase: Asked for if private/ is in it; None leaves private/ out.

    Raises:
        NotABackup: If the file is none, was changed, or holds anything that is not in its list.
        FolderIsThere: If the folder is not empty.
        CannotUnseal: If the passphrase is wrong.
        CannotWrite: If the disk is full or read-only.
    """
    folder = Path(os.path.normpath(folder.absolute()))
    if folder.is_symlink() or (folder.exists() and (not folder.is_dir() or any(folder.iterdir()))):
        raise FolderIsThere(folder)
    part = folder.with_name(f".{folder.name}.qualkit-part")
    try:
        with zipfile.ZipFile(archive) as package:
            listed = _listed(archive, package)
            _refuse_too_large(archive, listed, folder)
            shutil.rmtree(part, ignore_errors=True)
            part.mkdir(parents=True)
            plain = [one for one in listed if one.path != SEALED]
            for one in plain:
                with package.open(one.path) as member:
                    _unpack(archive, member, one, part / one.path)
            sealed = len(plain) < len(listed)
            private = 0
            if sealed and passphrase is not None:
                with package.open(SEALED) as member:
                    private = _unseal(archive, member, part, passphrase())
        if folder.exists():
            folder.rmdir()
        part.rename(folder)
    except _BROKEN:
        raise NotABackup(archive, "it is damaged, or no backup") from None
    except OSError as error:
        if error.errno == errno.EINVAL:
            # Its list of contents leads to before its beginning; not every version of zipfile notices.
            raise NotABackup(archive, "it is damaged, or no backup") from None
        raise disk.CannotWrite(folder, error) from error
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return Restored(len(plain), sum(one.size for one in plain), private, sealed and passphrase is None)


def _listed(archive: Path, package: zipfile.ZipFile) -> list[_Listed]:
    """Return the list of files, when the archive holds exactly these.

    Raises:
        NotABackup: If it does not.
    """
    entries = {entry.filename: entry for entry in package.infolist()}
    head = entries.get(MANIFEST)
    if head is None or head.file_size > _LARGEST_LIST:
        raise NotABackup(archive, "it has no list of what is in it")
    try:
        record = orjson.loads(package.read(head))
        version = record["qualkit_backup"]
        listed = [_Listed(str(one["path"]), int(one["size"]), str(one["sha256"])) for one in record["files"]]
    except (orjson.JSONDecodeError, KeyError, TypeError, ValueError):
        raise NotABackup(archive, "its list cannot be read") from None
    if version != FORMAT:
        raise NotABackup(archive, "another version of qualkit made it")
    for entry in package.infolist():
        mode = entry.external_attr >> 16
        if not is_safe(entry.filename) or (stat.S_IFMT(mode) and not stat.S_ISREG(mode)) or entry.flag_bits & 1:
            raise NotABackup(archive, "it holds a path that leads out of the folder, a link or a locked file")
    names = [one.path for one in listed]
    if sorted([*names, MANIFEST]) != sorted(entry.filename for entry in package.infolist()):
        raise NotABackup(archive, "what is in it is not what its list says")
    if SETTINGS not in names or any(entries[one.path].file_size != one.size for one in listed):
        raise NotABackup(archive, "what is in it is not what its list says")
    return listed


def _refuse_too_large(archive: Path, listed: list[_Listed], folder: Path) -> None:
    whole, packed = sum(one.size for one in listed), archive.stat().st_size
    near = next(above for above in folder.parents if above.exists())
    if whole > shutil.disk_usage(near).free:
        raise NotABackup(archive, f"it needs {whole // _BLOCK + 1} MB, more than there is room for")
    if whole > _SUSPECT_SIZE and whole > packed * _SUSPECT_RATIO:
        raise NotABackup(archive, f"it would grow to {whole // packed} times its size, which no study does")


def _unpack(archive: Path, source: IO[bytes], one: _Listed, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    digest, left = hashlib.sha256(), one.size
    with target.open("xb") as out:
        while piece := source.read(min(_BLOCK, left + 1)):
            left -= len(piece)
            if left < 0:
                break
            digest.update(piece)
            out.write(piece)
        out.flush()
        os.fsync(out.fileno())
    if left != 0 or digest.hexdigest() != one.sha256:
        raise NotABackup(archive, "a file in it is not what it was when the backup was made")


def _unseal(archive: Path, source: IO[bytes], part: Path, passphrase: str) -> int:
    """Unpack private/; what is sealed was made by somebody who knew the passphrase, and is not believed either."""
    number = 0
    plain = io.BufferedReader(Unsealer(source, passphrase), _BLOCK)
    with tarfile.open(fileobj=plain, mode="r|") as members:
        for entry in members:
            inner = members.extractfile(entry) if entry.isreg() else None
            if inner is None or not is_safe(entry.name) or not entry.name.startswith("private/"):
                raise NotABackup(archive, "its sealed part holds a path that leads out of the folder, or a link")
            target = part / entry.name
            target.parent.mkdir(parents=True, exist_ok=True)
            with target.open("xb") as out:
                shutil.copyfileobj(inner, out, _BLOCK)
            target.chmod(0o600)
            number += 1
    return number
