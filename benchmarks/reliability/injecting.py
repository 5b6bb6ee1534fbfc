"""A process in which one call to the disk fails, or is the last thing it does.

Every call by which qualkit opens, writes, flushes, renames or removes something below a folder is counted, as is
every opening for reading. At the call a plan names, the process kills itself before, after or half-way, or the call
fails as a full or broken disk makes it fail.
"""

from __future__ import annotations

import builtins
import errno
import io
import os
import signal
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

ERRORS = (errno.ENOSPC, errno.EIO, errno.EACCES)


@dataclass(frozen=True, slots=True)
class Plan:
    """What goes wrong.

    Attributes:
        at: The number of the call, from 1; 0 for none.
        how: "before", "after" and "half" kill the process there; "fail" lets the call fail once, "stay" that call
            and every later one.
        error: Of a call that fails.
    """

    at: int = 0
    how: Literal["before", "after", "half", "fail", "stay"] = "before"
    error: int = errno.ENOSPC


class Injector:
    """Counts the calls of this process, and carries a plan out.

    Attributes:
        calls: The name of every call so far.
    """

    def __init__(self, below: str, plan: Plan) -> None:
        self.below, self.plan = below, plan
        self.calls: list[str] = []

    def install(self) -> None:
        """Take the place of the calls, for the rest of this process."""
        for name in ("replace", "rename", "unlink", "remove", "mkdir", "rmdir", "chmod"):
            setattr(os, name, self._guarded(name, getattr(os, name)))
        os.fsync = self._always("fsync", os.fsync)
        os.open = self._guarded("open", os.open)
        io.open = builtins.open = self._opened(io.open)  # type: ignore[assignment]

    def met(self, name: str, call: Callable[[], Any], half: Callable[[], Any] = lambda: None) -> Any:
        """Count a call and make it, unless the plan says otherwise."""
        self.calls.append(name)
        number, plan = len(self.calls), self.plan
        if plan.at and (number == plan.at or (plan.how == "stay" and number > plan.at)):
            if plan.how == "half" or (plan.how in ("fail", "stay") and name == "write" and number % 2):
                half()
            if plan.how in ("fail", "stay"):
                raise OSError(plan.error, os.strerror(plan.error))
            if plan.how == "after":
                call()
            os.kill(os.getpid(), signal.SIGKILL)
        return call()

    def _ours(self, path: object) -> bool:
        return isinstance(path, str | os.PathLike) and os.fspath(path).startswith(self.below)

    def _guarded(self, name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def guarded(path: Any, *rest: Any, **named: Any) -> Any:
            if not self._ours(path):
                return real(path, *rest, **named)
            return self.met(name, lambda: real(path, *rest, **named))

        return guarded

    def _always(self, name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        return lambda *rest, **named: self.met(name, lambda: real(*rest, **named))

    def _opened(self, real: Callable[..., Any]) -> Callable[..., Any]:
        def opened(file: Any, mode: str = "r", *rest: Any, **named: Any) -> Any:
            writes = any(letter in mode for letter in "wax+")
            if not self._ours(file):
                # A descriptor that os.open gave is what a lock is written by.
                made = real(file, mode, *rest, **named)
                return _Writer(made, self) if isinstance(file, int) and writes and file > 2 else made
            made = self.met("open" if writes else "read", lambda: real(file, mode, *rest, **named))
            return _Writer(made, self) if writes else made

        return opened


class _Writer:
    """A file whose writing is counted."""

    def __init__(self, file: Any, injector: Injector) -> None:
        self._file, self._injector = file, injector

    def write(self, data: Any) -> Any:
        piece = memoryview(data)[: len(data) // 2] if not isinstance(data, str) else data[: len(data) // 2]
        return self._injector.met("write", lambda: self._file.write(data), lambda: self._file.write(piece))

    def truncate(self, size: int | None = None) -> Any:
        return self._injector.met("truncate", lambda: self._file.truncate(size))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)

    def __enter__(self) -> _Writer:
        self._file.__enter__()
        return self

    def __exit__(self, *rest: object) -> None:
        self._file.__exit__(*rest)
