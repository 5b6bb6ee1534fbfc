"""`qualkit code` as the user runs it, on new transcripts and again when nothing changed; and its memory.

Beside it a script that imports the same modules and does only what nobody could leave out (`floors`). The
two take turns. Before each process everything still unwritten is written to the disk.
"""

from __future__ import annotations

import json
import pickle
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import numpy as np

from benchmarks.measuring import Options, Row, Timing, cores, show
from benchmarks.processes import Ran, run
from benchmarks.rule_search import compiled
from qualkit.language.words import Vocabulary, count_words, index_words
from qualkit.study import open_study, read_codings, transcript_ids

_PROBE = """
import sys
from qualkit.cli import main
try:
    main(sys.argv[2:])
finally:
    with open(sys.argv[1], "w", encoding="utf-8") as file:
        file.write("\\n".join(sys.modules))
"""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A folder of transcripts and what its floor needs.

    Attributes:
        texts: The folder that is coded; the study lies beside it.
        codings: How many the rules propose.
    """

    texts: Path
    codebook: Path
    with_regexes: Path
    study: Path
    floor: Path
    words: int
    codings: int

    def arguments(self, *more: str, codebook: Path | None = None) -> list[str]:
        """Return the command line of `qualkit code`."""
        return ["-m", "qualkit", "code", str(self.texts), "-c", str(codebook or self.codebook), *more]

    def clear(self) -> None:
        """Take the study away, so that the next run is the first one."""
        shutil.rmtree(self.study, ignore_errors=True)

    def floor_arguments(self) -> list[str]:
        """Return the command line of the floor of a first run."""
        out = self.floor / "out"
        shutil.rmtree(out, ignore_errors=True)
        return [
            *("-m", "benchmarks.floors", "code", str(self.floor / "modules-first")),
            *(str(self.texts), str(self.floor), str(out)),
        ]

    def unchanged_arguments(self) -> list[str]:
        """Return the command line of the floor of a run on an unchanged study."""
        folders = (self.texts, self.study / "transcripts", self.study / "codings" / "_rules")
        modules = str(self.floor / "modules-again")
        return ["-m", "benchmarks.floors", "unchanged", modules, *map(str, folders)]


def prepare(options: Options, size: int) -> Prepared:
    """Run once for the floor's sake: which modules are imported, and which passages become codings."""
    material = options.material
    texts, codebook = material.texts(size), material.codebook
    study, floor = texts.with_name(f"{texts.name}-study"), material.folder / f"floor-{size}"
    shutil.rmtree(study, ignore_errors=True)
    floor.mkdir(exist_ok=True)
    for name in ("modules-first", "modules-again"):
        run(["-c", _PROBE, str(floor / name), "code", str(texts), "-c", str(codebook), "--jobs", "1"])
    opened = open_study(study)
    vocabulary = Vocabulary()
    rows, bounds, arrays = [], [0], []
    numbers: dict[str, int] = {}
    for identifier in transcript_ids(opened):
        arrays.append(index_words((texts / f"{identifier}.txt").read_text(encoding="utf-8"), vocabulary))
        for coding in read_codings(opened, "_rules", identifier)[0]:
            span = coding.unit.span
            which = (numbers.setdefault(name, len(numbers)) for name in (coding.code, coding.origin))
            rows.append((span.start, span.end, *which))
        bounds.append(len(rows))
    (floor / "names.json").write_text(json.dumps(list(numbers)), encoding="utf-8")
    np.save(floor / "codings.npy", np.array(rows, np.int32))
    np.save(floor / "bounds.npy", np.array(bounds))
    (floor / "matcher.pickle").write_bytes(pickle.dumps(compiled(vocabulary, arrays)))
    prepared = Prepared(texts, codebook, material.codebook_with_regexes, study, floor, sum(map(len, arrays)), len(rows))
    prepared.clear()
    return prepared


def measure(options: Options) -> None:
    rows, notes = [], []
    one: dict[int, Timing] = {}
    words: dict[int, int] = {}
    for size in options.sizes:
        prepared = prepare(options, size)
        first = _first_runs(prepared, options.times(5 if size <= 100 else 3))
        again = _unchanged_runs(prepared, options.times(9))
        label, large = f"{size:,}", size >= 1_000
        for jobs, ran in first.items():
            if jobs != "floor":
                rows.append(Row(f"first run, {jobs}", label, _clock(ran), _clock(first["floor"]), 3 if large else None))
        rows.append(Row("first run, one process: processor time", label, _cpu(first[_ONE]), _cpu(first["floor"])))
        rows.append(Row("nothing changed", label, _clock(again["ours"]), _clock(again["floor"]), 6 if large else None))
        one[size], words[size] = _cpu(first[_ONE]), prepared.words
        parts = [json.loads(ran.out) for ran in first["floor"]]
        told = ", ".join(f"{name} {median(part[name] for part in parts):.2f} s" for name in parts[0])
        notes.append(
            f"{size:,} transcripts: {prepared.words:,} words, {prepared.codings:,} codings proposed. The floor: {told}."
        )
    if len(one) > 1:
        rows.append(_marginal(options, one, words))
    show("`qualkit code`, whole process", rows, notes)


_ONE = "one process"
_BETWEEN = 200


def _marginal(options: Options, one: Mapping[int, Timing], words: Mapping[int, int]) -> Row:
    """Compare the processor time a further word takes in a large study and in a small one."""
    small, large = min(one), max(one)
    material = options.material
    texts = material.texts(_BETWEEN)
    study = texts.with_name(f"{texts.name}-study")
    seconds = []
    for _ in range(options.times(5)):
        shutil.rmtree(study, ignore_errors=True)
        seconds.append(run(["-m", "qualkit", "code", str(texts), "-c", str(material.codebook), "--jobs", "1"]).cpu)
    shutil.rmtree(study, ignore_errors=True)
    between = count_words(path.read_text(encoding="utf-8") for path in texts.glob("*.txt"))
    first = (median(seconds) - one[small].median) / (between - words[small])
    later = (one[large].median - median(seconds)) / (words[large] - between)
    on = f"{_BETWEEN:,}–{large:,} against {small:,}–{_BETWEEN:,}"
    return Row("processor time per added word: first run, one process", on, None, goal=1.2, ratio=later / first)


def _first_runs(prepared: Prepared, repetitions: int) -> dict[str, list[Ran]]:
    ran: dict[str, list[Ran]] = {"floor": [], _ONE: [], f"{cores()} processes": [], "with 10 regexes more": []}
    for _ in range(repetitions):
        ran["floor"].append(run(prepared.floor_arguments()))
        for name, arguments in (
            (_ONE, prepared.arguments("--jobs", "1")),
            (f"{cores()} processes", prepared.arguments()),
            ("with 10 regexes more", prepared.arguments(codebook=prepared.with_regexes)),
        ):
            prepared.clear()
            ran[name].append(run(arguments))
    prepared.clear()
    return ran


def _unchanged_runs(prepared: Prepared, repetitions: int) -> dict[str, list[Ran]]:
    run(prepared.arguments())
    ran: dict[str, list[Ran]] = {"floor": [], "ours": []}
    for _ in range(repetitions):
        ran["floor"].append(run(prepared.unchanged_arguments()))
        ran["ours"].append(run(prepared.arguments()))
        if "nothing new" not in ran["ours"][-1].err:
            raise AssertionError("the second run found something new")
    return ran


def _clock(ran: Sequence[Ran]) -> Timing:
    return Timing(tuple(one.seconds for one in ran))


def _cpu(ran: Sequence[Ran]) -> Timing:
    return Timing(tuple(one.cpu for one in ran))
