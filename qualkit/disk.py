"""Writing that cannot leave half a file, and a lock that says who holds it."""

from __future__ import annotations

import contextlib
import errno
import functools
import hashlib
import json
import math
import os
import shutil
import socket
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from io import RawIOBase
from pathlib import Path

from qualkit.errors import QualkitError

_PART = ".qualkit-part"
_DAY = 24 * 3600
_NO_LONGER = 5
_LARGEST_PID = 2**31

_waiting: dict[Path, None] | None = None


class CannotWrite(QualkitError):
    """A file of the study could not be written; what stood there before stands there still."""

    def __init__(self, path: Path, error: OSError) -> None:
        reason = os.strerror(error.errno) if error.errno else "the system refused"
        super().__init__(f"{path.name} could not be written: {reason}", _write_hint(error))


class StudyLocked(QualkitError):
    """Another process is writing in the study."""

    def __init__(self, who: str, since: str, path: Path, *, old: bool = False) -> None:
        file = f"{path.parent.name}/{path.name}"
        long_ago = (
            "That is long: the other computer was perhaps switched off, or the study came from it as a copy. Look "
            f"whether qualkit still runs there; if it does not, delete {file} in the study and run this again."
        )
        soon = (
            f"Wait until it is done, then run this again. If nothing is running any more, delete {file} in the study."
        )
        super().__init__(f"the study is being written to by {who}, since {since}", long_ago if old else soon)


def _write_hint(error: OSError) -> str:
    if error.errno == errno.ENOSPC:
        return "The disk is full. Make room and run the command again; nothing was lost."
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return "The folder cannot be written to. Check its permissions, or work on a copy."
    if error.errno == errno.ELOOP:
        return "It is a link to another place; put the file itself there."
    return "Nothing was changed in this file. Run the command again."


def write_atomically(path: Path, data: bytes, *, private: bool = False) -> None:
    """Write a file so that it is either the old one or the new one, whatever happens meanwhile.

    Args:
        path: Of the file.
        data: All of it.
        private: Its owner alone may read it, from its first byte on, and open its folder, if that is made for it.

    Raises:
        CannotWrite: If the disk is full, read-only or gone.
    """
    temporary = path.with_name(_part_name(path.name))
    try:
        path.parent.mkdir(0o700 if private else 0o777, parents=True, exist_ok=True)
        with open(temporary, "wb", buffering=0, opener=_for_owner if private else None) as file:
            _write(file, data)
        if path.exists() and not private:
            shutil.copymode(path, temporary)
        temporary.replace(path)
        _see_to(path.parent)
    except OSError as error:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise CannotWrite(path, error) from error


def _for_owner(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _write(file: RawIOBase, data: bytes) -> None:
    """Write everything, and see it to the disk."""
    left = memoryview(data)
    while left:
        left = left[file.write(left) or 0 :]
    os.fsync(file.fileno())


@contextmanager
def together() -> Iterator[None]:
    """See the names of all files written in the block to the disk at its end, folder by folder, not one by one."""
    global _waiting  # noqa: PLW0603  a process writes for one caller at a time
    before, _waiting = _waiting, _waiting if _waiting is not None else {}
    try:
        yield
    finally:
        if before is None:
            for folder in _waiting or {}:
                _sync_folder(folder)
        _waiting = before


def _see_to(folder: Path) -> None:
    if _waiting is None:
        _sync_folder(folder)
    else:
        _waiting[folder] = None


def _sync_folder(folder: Path) -> None:
    """See new names in a folder to the disk; without that a power cut may bring the old file back.

    Windows and some network drives do not know how; the files themselves are on the disk there all the same.
    """
    if os.name == "nt":
        return
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _part_name(name: str) -> str:
    """Return a file's name while it is being written: hidden, and telling which process of which computer writes."""
    short = name.encode()[:120].decode("utf-8", "ignore")
    return f".{short}.{os.getpid()}-{_host_mark()}{_PART}"


def part_folder(folder: Path) -> Path:
    """Return where a folder is made ready, beside its place; what killed processes left there is taken away.

    Two processes never make ready in the same place.
    """
    with contextlib.suppress(OSError), os.scandir(folder.parent) as entries:
        for entry in entries:
            if entry.name.startswith(f".{folder.name}.") and entry.name.endswith(_PART) and _abandoned(entry):
                shutil.rmtree(entry.path, ignore_errors=True)
    return folder.with_name(f".{folder.name}.{os.getpid()}-{_host_mark()}{_PART}")


def _host_mark() -> str:
    return hashlib.blake2b(socket.gethostname().encode(), digest_size=3).hexdigest()


def sweep(folders: Iterable[Path]) -> None:
    """Take away what processes that are gone, killed or cut off by a power cut, left half written in some folders.

    A part of another computer's is left for a day: somebody may be writing it now.
    """
    for folder in folders:
        with contextlib.suppress(OSError), os.scandir(folder) as entries:
            for entry in entries:
                if entry.name.endswith(_PART) and _abandoned(entry):
                    with contextlib.suppress(OSError):
                        Path(entry.path).unlink()


def _abandoned(entry: os.DirEntry[str]) -> bool:
    pid, _, host = entry.name.removesuffix(_PART).rpartition(".")[2].partition("-")
    if host == _host_mark() and pid.isdecimal():
        return not _alive(int(pid))
    return time.time() - entry.stat(follow_symlinks=False).st_mtime > _DAY


def append_line(path: Path, line: bytes) -> None:
    """Add one line to a file that only grows, and see it to the disk; where that fails, no half line stays.

    Raises:
        CannotWrite: If the disk is full, read-only or gone.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.is_symlink():
            raise OSError(errno.ELOOP, os.strerror(errno.ELOOP))
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
        if not size:
            _see_to(path.parent)
    except OSError as error:
        raise CannotWrite(path, error) from error


def _ends_with_newline(path: Path) -> bool:
    with path.open("rb") as file:
        file.seek(-1, os.SEEK_END)
        return file.read(1) == b"\n"


@contextmanager
def lock(path: Path, owner: str, *, patience: float = 0, brief: bool = False) -> Iterator[None]:
    """Hold a lock file while the block runs; a lock left by a process that is gone is taken over.

    Args:
        path: Of the lock file.
        owner: Told to others who come meanwhile.
        patience: Seconds to wait for somebody who holds it.
        brief: It is held for a moment: other processes see it, and after a power cut there is none to be seen.

    Raises:
        StudyLocked: If another process holds it.
        CannotWrite: If the folder cannot be written to.
    """
    pid, host = os.getpid(), socket.gethostname()
    held = {"owner": owner, "pid": pid, "host": host, "since": time.time(), "process": _own_process(pid)}
    mine = json.dumps(held).encode()
    until = time.monotonic() + patience
    while True:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise CannotWrite(path.parent, error) from error
        try:
            handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY)
            break
        except FileExistsError:
            try:
                with _one_judge(path.parent):
                    _take_over_or_stop(path)
            except StudyLocked:
                if time.monotonic() >= until:
                    raise
                time.sleep(0.02)
        except OSError as error:
            raise CannotWrite(path, error) from error
    try:
        with os.fdopen(handle, "wb", buffering=0) as file:
            if brief:
                file.write(mine)
            else:
                _write(file, mine)
    except OSError as error:
        with contextlib.suppress(OSError):
            path.unlink()
        raise CannotWrite(path, error) from error
    try:
        yield
    finally:
        # Somebody who took it for abandoned may hold it now.
        with contextlib.suppress(OSError):
            if path.read_bytes() == mine:
                path.unlink()


@contextmanager
def _one_judge(folder: Path) -> Iterator[None]:
    """Let one process at a time judge a lock: of two who find it abandoned, one would take the other's new one away."""
    try:
        import fcntl
    except ImportError:
        # On Windows no living or dead process is judged, so there is nothing to race for.
        yield
        return
    with contextlib.ExitStack() as stack:
        with contextlib.suppress(OSError):
            handle = os.open(folder, os.O_RDONLY)
            stack.callback(os.close, handle)
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def _take_over_or_stop(path: Path) -> None:
    """Take an abandoned lock away, or raise StudyLocked with its owner."""
    if path.is_dir() or path.is_symlink():
        raise StudyLocked("somebody", "some time", path)
    here = socket.gethostname()
    try:
        held = json.loads(path.read_bytes())
        pid, host, since, owner = int(held["pid"]), str(held["host"]), float(held["since"]), str(held["owner"])
        process = str(held.get("process") or "")
    except FileNotFoundError:
        return
    except OSError as error:
        raise StudyLocked("somebody else", "some time", path) from error
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError):
        # The holder has made the file and not yet written to it, or its disk was full.
        pid, host, owner, process = 0, here, "somebody", ""
        try:
            since = path.stat().st_mtime
        except FileNotFoundError:
            return
        if abs(time.time() - since) < _NO_LONGER:
            raise StudyLocked(owner, "a moment ago", path) from None
    if host == here and not _runs(pid, process):
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            raise CannotWrite(path, error) from error
        return
    ago = time.time() - since
    who = f"{_plain(owner)} (process {pid} on {_plain(host)})"
    raise StudyLocked(who, _ago(ago), path, old=host != here and ago > _DAY)


def _ago(seconds: float) -> str:
    if not math.isfinite(seconds) or seconds < -60:
        return "a time that has not come yet (two clocks differ)"
    for size, one, many in ((_DAY, "a day", "days"), (3600, "an hour", "hours"), (60, "a minute", "minutes")):
        if seconds >= size:
            number = int(seconds // size)
            return f"{one if number == 1 else f'{number} {many}'} ago"
    return "less than a minute ago"


def _plain(text: str) -> str:
    """Return what another process wrote, without what would command a terminal."""
    return "".join(char if char.isprintable() else " " for char in text[:60])


def _runs(pid: int, process: str) -> bool:
    """Return whether the process that took a lock still runs; another may have got its number since."""
    return _alive(pid) and (not process or _process(pid) in ("", process))


def _process(pid: int) -> str:
    """Return what tells a process from later ones of its number: this run of the computer, and its start. Linux alone.

    The clock is not asked: it may be set while a process runs.
    """
    try:
        boot = Path("/proc/sys/kernel/random/boot_id").read_text().strip()
        return f"{boot}/{Path(f'/proc/{pid}/stat').read_text().rpartition(')')[2].split()[19]}"
    except (OSError, IndexError, ValueError):
        return ""


@functools.lru_cache(maxsize=1)
def _own_process(pid: int) -> str:
    return _process(pid)


def _alive(pid: int) -> bool:
    if not 0 < pid < _LARGEST_PID:
        return False
    if os.name == "nt":
        # Signal 0 would end the process on Windows: there a lock is only given up by its owner.
        return True
    try:
        os.kill(pid, 0)
        # Ended, and only waiting for its parent to notice: it writes no more.
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except ProcessLookupError:
        return False
    except (OSError, IndexError):
        return True
