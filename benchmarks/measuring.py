"""Several repetitions beside their floor, medians and spread, and one table for all."""

from __future__ import annotations

import gc
import os
import platform
import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from statistics import median

from benchmarks.generate import Material

LIBRARIES = ("numpy", "pandas", "spacy", "lxml", "orjson", "simplemma", "py3langid", "regex", "click", "rich")


@dataclass(frozen=True, slots=True)
class Options:
    """What is measured.

    Attributes:
        sizes: Numbers of transcripts.
        material: Where generated interviews lie.
        quick: Fewer repetitions.
        scripts: Random edit scripts.
        seed: Of the edit scripts.
        show: Whether words of invented interviews that were missed are printed.
        held_out: Whether interviews that are scored once only are scored.
        exports: Invented exports that are searched for names.
    """

    sizes: tuple[int, ...]
    material: Material
    quick: bool = False
    scripts: int = 2_000
    seed: int = 1
    show: bool = False
    held_out: bool = False
    exports: int = 2_000

    def times(self, repetitions: int) -> int:
        """Return how often to repeat: as asked, or twice where it has to be quick."""
        return min(2, repetitions) if self.quick else repetitions


@dataclass(frozen=True, slots=True)
class Timing:
    """Seconds of each repetition."""

    seconds: tuple[float, ...]

    @property
    def median(self) -> float:
        """The middle one."""
        return median(self.seconds)

    def __str__(self) -> str:
        low, high = min(self.seconds), max(self.seconds)
        scale, unit = (1.0, "s") if self.median >= 1 else (1e3, "ms")
        digits = 2 if self.median * scale < 10 else 1 if self.median * scale < 100 else 0
        middle = f"{self.median * scale:.{digits}f}"
        if len(self.seconds) == 1:
            return f"{middle} {unit}"
        return f"{middle} {unit} ({low * scale:.{digits}f}–{high * scale:.{digits}f})"


@dataclass(frozen=True, slots=True)
class Row:
    """One measured step.

    Attributes:
        size: What it was measured on.
        floor: None where there is no floor, only a time worth knowing.
        goal: The largest ratio that will do; None where none was set.
    """

    step: str
    size: str
    ours: Timing | None
    floor: Timing | None = None
    goal: float | None = None
    ratio: float | None = None

    def times_floor(self) -> float | None:
        """Return the ratio of the medians, or the ratio that was given."""
        if self.ratio is not None or self.ours is None or self.floor is None:
            return self.ratio
        return self.ours.median / self.floor.median

    def cells(self) -> tuple[str, ...]:
        """Return the row as it is printed."""
        ratio = self.times_floor()
        verdict = "" if self.goal is None or ratio is None else "within" if ratio <= self.goal else "over"
        return (
            self.step,
            self.size,
            "" if self.ours is None else str(self.ours),
            "" if self.floor is None else str(self.floor),
            "" if ratio is None else f"{ratio:.2f}×",
            "" if self.goal is None else f"{self.goal:g}×",
            verdict,
        )


HEAD = ("step", "on", "qualkit", "floor", "ratio", "at most", "")


def interleaved(steps: Mapping[str, Callable[[], object]], repetitions: int) -> dict[str, Timing]:
    """Time some functions in turn, again and again, in this process; a first round does not count."""
    seconds: dict[str, list[float]] = {name: [] for name in steps}
    for round_ in range(repetitions + 1):
        for name, step in steps.items():
            gc.collect()
            begin = time.perf_counter()
            step()
            taken = time.perf_counter() - begin
            if round_:
                seconds[name].append(taken)
    return {name: Timing(tuple(taken)) for name, taken in seconds.items()}


def growth(step: str, timings: Mapping[int, Timing], words: Mapping[int, int]) -> list[Row]:
    """Compare the time a word of the largest size with that of the smallest, where there are two."""
    if len(timings) < 2:
        return []
    small, large = min(timings), max(timings)
    ratio = (timings[large].median / words[large]) / (timings[small].median / words[small])
    return [Row(f"time per word: {step}", f"{large:,} against {small:,}", None, goal=1.2, ratio=ratio)]


def table(rows: Iterable[Sequence[str]], head: Sequence[str] = HEAD) -> str:
    """Lay rows out as a Markdown table with even columns."""
    lines = [tuple(head), *map(tuple, rows)]
    widths = [max(len(line[i]) for line in lines) for i in range(len(head))]
    out = [
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) + " |" for line in lines
    ]
    out.insert(1, "|" + "|".join("-" * (width + 2) for width in widths) + "|")
    return "\n".join(out)


def show(title: str, rows: Sequence[Row], notes: Sequence[str] = ()) -> None:
    """Print a benchmark's table, and the load of the machine at its end."""
    print(f"\n## {title}\n")
    print(table(row.cells() for row in rows))
    for note in notes:
        print(f"\n{note}")
    print(f"\nLoad {load()}.", flush=True)


def load() -> str:
    """Return how many processes wanted a core, over one, five and fifteen minutes."""
    return " ".join(f"{value:.1f}" for value in os.getloadavg()) if hasattr(os, "getloadavg") else "not known"


def cores() -> int:
    """Return the cores this process may use."""
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity else os.cpu_count() or 1


def machine() -> str:
    """Describe the machine and the versions."""
    versions = []
    for name in LIBRARIES:
        try:
            versions.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            continue
    memory = ""
    if hasattr(os, "sysconf") and "SC_PHYS_PAGES" in os.sysconf_names:
        memory = f", {os.sysconf('SC_PHYS_PAGES') * os.sysconf('SC_PAGE_SIZE') / 2**30:.0f} GiB"
    python = f"{platform.python_implementation()} {platform.python_version()}"
    return (
        f"{_processor()}, {cores()} cores{memory}; {platform.system()}; {python}; {', '.join(versions)}. Load {load()}."
    )


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        lines = []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor() or sys.platform
