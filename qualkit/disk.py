"""Writing that cannot leave half a file, and a lock that says who holds it."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from io import RawIOBase
from pathlib import Path

from qualkit.errors import QualkitError

_PART = ".qualkit-part"


class CannotWrite(QualkitError):
    """A file of the study could not be written; what stood there before stands there still."""

    def __init__(self, path: Path, error: OSError) -> None:
        reason = os.strerror(error.errno) if error.errno else "the system refused"
        super().__init__(f"{path.name} could not be written: {reason}", _write_hint(error))


class StudyLocked(QualkitError):
    """Another process is writing in the study."""

    def __init__(self, who: str, since: str, path: Path) -> None:
        super().__init__(
            f"the study is being written to by {who}, since {since}",
            "Wait until it is done, then run this again. If nothing is running any more, delete "
            f"{path.parent.name}/{path.name} in the study.",
        )


def _write_hint(error: OSError) -> str:
    import errno

    if error.errno == errno.ENOSPC:
        return "The disk is full. Make room and run the command again; nothing was lost."
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return "The folder cannot be written to. Check its permissions, or work on a copy."
    return "Nothing was changed in this file. Run the command again."


def write_atomically(path: Path, data: bytes) -> None:
    """Write a file so that it is either the old one or the new one, whatever happens meanwhile.

    Raises:
        CannotWrite: If the disk is full, read-only or gone.
    """
    temporary = path.with_name(f".{path.name[:80]}.{os.getpid()}{_PART}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with temporary.open("wb", buffering=0) as file:
            _write(file, data)
        if path.exists():
            shutil.copymode(path, temporary)
        temporary.replace(path)
    except OSError as error:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise CannotWrite(path, error) from error


def _write(file: RawIOBase, data: bytes) -> None:
    """Write everything, and see it to the disk."""
    left = memoryview(data)
    while left:
        left = left[file.write(left) or 0 :]
    os.fsync(file.fileno())


def append_line(path: Path, line: bytes) -> None:
    """Add one line to a file that only grows, and see it to the disk; where that fails, no half line stays.

    Raises:
        CannotWrite: If the disk is full, read-only or gone.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("ab", buffering=0) as file:
            size = file.tell()
            # A crash may have left half a line: the next one starts on its own.
            if size and not _ends_with_newline(path):
                line = b"\n" + line
            try:
                _write(file, line + b"\n")
            except OSError:
                with contextlib.suppress(OSError):
                    file.truncate(size)
                raise
    except OSError as error:
        raise CannotWrite(path, error) from error


def _ends_with_newline(path: Path) -> bool:
    with path.open("rb") as file:
        file.seek(-1, os.SEEK_END)
        return file.read(1) == b"\n"


@contextmanager
def lock(path: Path, owner: str) -> Iterator[None]:
    """Hold a lock file while the block runs; a lock left by a process that is gone is taken over.

    Raises:
        StudyLocked: If another process holds it.
        CannotWrite: If the folder cannot be written to.
    """
    mine = json.dumps({"owner": owner, "pid": os.getpid(), "host": socket.gethostname(), "since": time.time()}).encode()
    while True:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY)
            break
        except FileExistsError:
            _take_over_or_stop(path)
        except OSError as error:
            raise CannotWrite(path, error) from error
    try:
        with os.fdopen(handle, "wb", buffering=0) as file:
            _write(file, mine)
    except OSError as error:
        with contextlib.suppress(OSError):
            path.unlink()
        raise CannotWrite(path, error) from error
    try:
        yield
    finally:
        with contextlib.suppress(OSError):
            path.unlink()


def _take_over_or_stop(path: Path) -> None:
    """Take a stale lock away, or raise StudyLocked with its owner."""
    if path.is_dir():
        raise StudyLocked("somebody", "some time", path)
    try:
        held = json.loads(path.read_bytes())
        pid, host, since, owner = int(held["pid"]), str(held["host"]), float(held["since"]), str(held["owner"])
    except FileNotFoundError:
        return
    except OSError as error:
        raise StudyLocked("somebody else", "some time", path) from error
    except (ValueError, KeyError, TypeError):
        # The holder has made the file and not yet written to it, or its disk was full.
        pid, host, owner = 0, socket.gethostname(), "somebody"
        try:
            since = path.stat().st_mtime
        except FileNotFoundError:
            return
        if time.time() - since < 5:
            raise StudyLocked(owner, "a moment ago", path) from None
    if host == socket.gethostname() and not _alive(pid):
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            raise CannotWrite(path, error) from error
        return
    minutes = int((time.time() - since) // 60)
    since_text = f"{minutes} minutes" if minutes else "less than a minute"
    raise StudyLocked(f"{owner} (process {pid} on {host})", since_text + " ago", path)


def _alive(pid: int) -> bool:
    if pid <= 0:
        return False
    if os.name == "nt":
        # Signal 0 would end the process on Windows: there a lock is only given up by its owner.
        return True
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
