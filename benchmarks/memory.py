"""The largest memory of `qualkit code` on new transcripts, its child processes included."""

from __future__ import annotations

import shutil

from benchmarks.measuring import Options, cores, load, table
from benchmarks.processes import Tree, run

_GOAL = 2**30


def measure(options: Options) -> None:
    rows = []
    for size in options.sizes:
        texts = options.material.texts(size)
        study = texts.with_name(f"{texts.name}-study")
        for name, more in (("one process", ["--jobs", "1"]), (f"{cores()} processes", [])):
            shutil.rmtree(study, ignore_errors=True)
            tree = Tree()
            ran = run(["-m", "qualkit", "code", str(texts), "-c", str(options.material.codebook), *more], tree=tree)
            peak = max(tree.proportional, ran.resident if not tree.proportional else 0)
            verdict = "within" if peak < _GOAL else "over"
            rows.append((f"first run, {name}", f"{size:,}", _mib(peak), _mib(tree.resident), "1,024 MiB", verdict))
        again = Tree()
        run(["-m", "qualkit", "code", str(texts), "-c", str(options.material.codebook)], tree=again)
        rows.append(("nothing changed", f"{size:,}", _mib(again.proportional), _mib(again.resident), "", ""))
        shutil.rmtree(study, ignore_errors=True)
    print("\n## Memory\n")
    print(table(rows, ("", "on", "shared pages once", "shared pages in each", "below", "")))
    print(f"\nLoad {load()}.", flush=True)


def _mib(size: int) -> str:
    return f"{size / 2**20:,.0f} MiB"
