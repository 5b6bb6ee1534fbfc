"""Whole processes: how long they take, how much processor time and memory, alone and with their children."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Ran:
    """What became of a process.

    Attributes:
        seconds: On the clock.
        cpu: Of processor time, its children's included.
        resident: Largest resident memory of any one process of the tree, in bytes.
        err: What it wrote on stderr.
    """

    seconds: float
    cpu: float
    resident: int
    out: str
    err: str


class Failed(RuntimeError):
    """A measured process ended with an error."""


def run(arguments: Sequence[str], *, tree: Tree | None = None) -> Ran:
    """Run Python with these arguments, and wait for it.

    What is still to be written to the disk is written first, so that one process does not pay for another.
    """
    if hasattr(os, "sync"):
        os.sync()
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "QUALKIT_CODER": "bench"}
    begin = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment
    )
    before = os.times()
    if tree is not None:
        tree.watch(process.pid)
    out, err = process.communicate()
    seconds = time.perf_counter() - begin
    after = os.times()
    if tree is not None:
        tree.stop()
    if process.returncode:
        raise Failed(f"{' '.join(arguments)}\n{err}")
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    return Ran(seconds, cpu, _largest_child(), out, err)


def _largest_child() -> int:
    try:
        import resource
    except ImportError:
        return 0
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * unit


class Tree:
    """The memory of a process and all below it, looked at ten times a second (Linux).

    Attributes:
        proportional: The largest sum of proportional set sizes: pages that processes share count once.
        resident: The largest sum of resident set sizes: shared pages count in every process.
    """

    def __init__(self) -> None:
        self.proportional = self.resident = 0
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None

    def watch(self, pid: int) -> None:
        """Begin to look."""
        self._thread = threading.Thread(target=self._look, args=(pid,), daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Look no more."""
        self._stop.set()
        if self._thread is not None:
            self._thread.join()

    def _look(self, pid: int) -> None:
        while not self._stop.wait(0.1):
            sizes = [_sizes(member) for member in _members(pid)]
            self.proportional = max(self.proportional, sum(size[0] for size in sizes))
            self.resident = max(self.resident, sum(size[1] for size in sizes))


def _members(pid: int) -> list[int]:
    """Return a process and all below it."""
    members = [pid]
    for member in members:
        try:
            for task in Path(f"/proc/{member}/task").iterdir():
                members += [int(child) for child in (task / "children").read_text().split()]
        except OSError:
            continue
    return members


def _sizes(pid: int) -> tuple[int, int]:
    """Return proportional and resident memory in bytes; nothing where the process is gone."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0, 0
    found = {line.split(":")[0]: int(line.split()[1]) * 1024 for line in lines if line.startswith(("Pss:", "Rss:"))}
    return found.get("Pss", 0), found.get("Rss", 0)
