"""A study in one file: every file of it with its hash, read again before the file gets its name."""

from __future__ import annotations

import contextlib
import hashlib
import os
import stat
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import orjson

from qualkit import disk, handed_on
from qualkit.errors import QualkitError
from qualkit.model import Study
from qualkit.sealing import Sealer, Unsealer

MANIFEST = "qualkit-backup.json"
SEALED = "private.sealed"
FORMAT = 1

_PASSED_OVER = (".qualkit", ".git", "__pycache__", ".venv", ".ipynb_checkpoints")
_BLOCK = 1024 * 1024
# A zip holds no earlier day; the same study always gives the same bytes.
_NO_TIME = (1980, 1, 1, 0, 0, 0)


class BackupIsThere(QualkitError):
    """A backup would write over a file."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"{path.name} is there already", "Name another file, or write over it with --force.")


class BackupDiffers(QualkitError):
    """What was written is not what was read again: the disk or the memory is at fault."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"{path.name} was not kept: read again, it was not what had been written",
            "Try another disk. The study itself was only read.",
        )


class CannotRead(QualkitError):
    """A file of the study cannot be read, so a backup would lack it."""

    def __init__(self, file: str, error: OSError) -> None:
        reason = os.strerror(error.errno) if error.errno else "the system refused"
        super().__init__(f"{file} cannot be read: {reason}", "Nothing was written. Close other programs and try again.")


@dataclass(frozen=True, slots=True)
class Backed:
    """What a backup holds.

    Attributes:
        files: How many, private ones not counted.
        size: Of all of them, in bytes.
        private: How many files of private/ are in it, sealed.
        left_out: Links, and names no other system can hold, relative to the study.
        private_left: Whether there is a private/ that is not in it.
    """

    files: int
    size: int
    private: int
    left_out: tuple[str, ...]
    private_left: bool


def make_backup(study: Study, target: Path, *, passphrase: str | None = None, force: bool = False) -> Backed:
    """Write every file of a study into a zip file, and read it again.

    Files are read and written piece by piece, whatever their size. The cache is left out; private/ is taken, sealed,
    where a passphrase is given. Without private/ the same study gives the same bytes.

    Args:
        study: Must be written to by nobody else meanwhile.
        target: The file to write.
        passphrase: Seals private/.
        force: Write over a file that is there.

    Raises:
        BackupIsThere: If it is there already.
        CannotRead: If a file of the study cannot be read.
        CannotWrite: If the disk is full or read-only.
        BackupDiffers: If what was written cannot be read again as it was.
    """
    if target.exists() and not force:
        raise BackupIsThere(target)
    part = target.with_name(f".{target.name[:80]}.{os.getpid()}.qualkit-part")
    taken, left_out, private = _files(study, {target, part})
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with _private_file(part) as out:
            listed, sealed_tar = _write(study, out, taken, private if passphrase else [], passphrase or "")
            out.flush()
            os.fsync(out.fileno())
        if not _is_whole(part, listed, sealed_tar, passphrase or ""):
            raise BackupDiffers(target)
        part.replace(target)
    except OSError as error:
        raise disk.CannotWrite(target, error) from error
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)
    handed_on.remember(study, "backups", target)
    size = sum(int(str(one["size"])) for one in listed if one["path"] != SEALED)
    counted = len(private) if passphrase else 0
    return Backed(len(taken), size, counted, tuple(left_out), bool(private) and not passphrase)


@contextlib.contextmanager
def _private_file(path: Path) -> Iterator[IO[bytes]]:
    """Open a new file that its owner alone may read: it holds what informants said."""
    handle = os.open(path, os.O_CREAT | os.O_TRUNC | os.O_WRONLY | getattr(os, "O_BINARY", 0), 0o600)
    with os.fdopen(handle, "wb") as file:
        yield file


def is_safe(name: str) -> bool:
    """Return whether a path stays below the folder it is written in, on every system.

    Example:
        >>> [is_safe(name) for name in ("transcripts/K1.txt", "../a", "/a", "a//b", "C:/a", "a\\\\b", "")]
        [True, False, False, False, False, False, False]
    """
    odd = any(char in '\\:*?"<>|' or ord(char) < 32 for char in name)
    return not odd and all(part not in ("", ".", "..") for part in name.split("/"))


def _files(study: Study, ours: set[Path]) -> tuple[list[str], list[str], list[str]]:
    """Return the files to take, those that are left out, and those of private/; relative to the study, sorted."""
    taken: list[str] = []
    left_out: list[str] = []
    ours = {path.absolute() for path in ours}
    for base, folders, names in os.walk(study.root):
        here = Path(base)
        links = [name for name in folders if (here / name).is_symlink()]
        folders[:] = sorted(name for name in folders if name not in _PASSED_OVER and name not in links)
        for name in (*links, *names):
            path = here / name
            file = path.relative_to(study.root).as_posix()
            if path.absolute() in ours or name.endswith(".qualkit-part"):
                continue
            regular = stat.S_ISREG(path.lstat().st_mode)
            (taken if regular and is_safe(file) and file not in (MANIFEST, SEALED) else left_out).append(file)
    private = sorted(file for file in taken if file.startswith("private/"))
    return sorted(set(taken) - set(private)), sorted(left_out), private


def _write(
    study: Study, out: IO[bytes], taken: list[str], private: list[str], passphrase: str
) -> tuple[list[dict[str, object]], str]:
    listed: list[dict[str, object]] = []
    sealed_tar = ""
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, strict_timestamps=False) as package:
        for file in taken:
            with package.open(_entry(file), "w", force_zip64=True) as member:
                listed.append({"path": file, **_copied(study.root / file, file, member)})
        if private:
            with package.open(_entry(SEALED, zipfile.ZIP_STORED), "w", force_zip64=True) as member:
                counted = _Counted(member)
                sealed_tar = _seal(study, private, counted, passphrase)
            listed.append({"path": SEALED, "size": counted.size, "sha256": counted.hash.hexdigest()})
        manifest = orjson.dumps({"qualkit_backup": FORMAT, "files": listed}, option=orjson.OPT_INDENT_2)
        package.writestr(_entry(MANIFEST), manifest)
    return listed, sealed_tar


def _entry(name: str, method: int = zipfile.ZIP_DEFLATED) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _NO_TIME)
    entry.compress_type = method
    entry.create_system = 3
    entry.external_attr = (stat.S_IFREG | 0o600) << 16
    return entry


def _copied(path: Path, file: str, out: IO[bytes]) -> dict[str, object]:
    digest, size = hashlib.sha256(), 0
    try:
        source = path.open("rb")
    except OSError as error:
        raise CannotRead(file, error) from error
    with source:
        while piece := source.read(_BLOCK):
            digest.update(piece)
            size += len(piece)
            out.write(piece)
    return {"size": size, "sha256": digest.hexdigest()}


class _Counted:
    """Counts and hashes what is written through it."""

    def __init__(self, out: IO[bytes] | None) -> None:
        self.out, self.size, self.hash = out, 0, hashlib.sha256()

    def write(self, data: bytes) -> int:
        self.size += len(data)
        self.hash.update(data)
        if self.out is not None:
            self.out.write(data)
        return len(data)


def _seal(study: Study, private: list[str], out: _Counted, passphrase: str) -> str:
    """Write the files of private/ as a sealed archive, and return the hash of the archive as it is unsealed."""
    sealer = Sealer(out, passphrase)  # type: ignore[arg-type]
    plain = _Counted(sealer)  # type: ignore[arg-type]
    with tarfile.open(fileobj=plain, mode="w|", format=tarfile.PAX_FORMAT) as archive:  # type: ignore[call-overload]
        for file in private:
            entry = tarfile.TarInfo(file)
            try:
                with (study.root / file).open("rb") as source:
                    entry.size, entry.mode = os.fstat(source.fileno()).st_size, 0o600
                    archive.addfile(entry, source)
            except OSError as error:
                raise CannotRead(file, error) from error
    sealer.close()
    return plain.hash.hexdigest()


def _is_whole(path: Path, listed: list[dict[str, object]], sealed_tar: str, passphrase: str) -> bool:
    """Return whether every member, read again, is what was read from the study."""
    try:
        with zipfile.ZipFile(path) as package:
            if package.namelist() != [*(str(one["path"]) for one in listed), MANIFEST]:
                return False
            for one in listed:
                with package.open(str(one["path"])) as member:
                    if _hash_of(member) != one["sha256"]:
                        return False
            if not sealed_tar:
                return True
            with package.open(SEALED) as member:
                return _hash_of(Unsealer(member, passphrase)) == sealed_tar
    except (zipfile.BadZipFile, zlib.error, EOFError, QualkitError):
        return False


def _hash_of(source: IO[bytes] | Unsealer) -> str:
    digest = hashlib.sha256()
    while piece := source.read(_BLOCK):
        digest.update(piece)
    return digest.hexdigest()
