"""`python -m benchmarks [NAME …] [--transcripts N …] [--quick] [--folder PATH]`."""

from __future__ import annotations

import argparse
import sys
import tempfile
from contextlib import nullcontext
from importlib import import_module
from pathlib import Path

from benchmarks.generate import Material
from benchmarks.measuring import Options, machine

BENCHMARKS = {
    "words": "word_arrays",
    "rules": "rule_search",
    "docx": "word_files",
    "matrix": "code_matrix",
    "help": "starting",
    "process": "whole_process",
    "memory": "memory",
    "side-by-side": "side_by_side",
    "reader": "reader_and_rules",
    "lemma": "lemma_quality",
}
"""Module of each benchmark, in the order in which they run."""


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Measure ratios to floors.")
    parser.add_argument("names", nargs="*", choices=[[], *BENCHMARKS], metavar="NAME", help=", ".join(BENCHMARKS))
    parser.add_argument("--transcripts", type=int, action="append", metavar="N", help="default: 20 and 1000")
    parser.add_argument("--quick", action="store_true", help="20 transcripts, two repetitions")
    parser.add_argument("--folder", type=Path, help="keep the generated interviews here, and take those that are there")
    chosen = parser.parse_args()
    sizes = tuple(sorted(chosen.transcripts or ([20] if chosen.quick else [20, 1000])))
    print(machine(), flush=True)
    scratch = nullcontext(chosen.folder) if chosen.folder else tempfile.TemporaryDirectory(prefix="qualkit-bench-")
    with scratch as folder:
        Path(folder).mkdir(parents=True, exist_ok=True)
        options = Options(sizes, Material(Path(folder).resolve()), chosen.quick)
        for name in chosen.names or BENCHMARKS:
            try:
                module = import_module(f"benchmarks.{BENCHMARKS[name]}")
                module.measure(options) if hasattr(module, "measure") else module.main()
            except ImportError as error:
                print(f"\n{name}: not measured, {error}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
