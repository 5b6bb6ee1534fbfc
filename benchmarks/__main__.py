"""`python -m benchmarks [NAME …] [--transcripts N …] [--quick] [--folder PATH] [--record]`."""

from __future__ import annotations

import argparse
import io
import sys
import tempfile
from collections.abc import Sequence
from contextlib import nullcontext, redirect_stdout
from importlib import import_module
from pathlib import Path

from benchmarks.generate import Material
from benchmarks.measuring import Options, machine

README = Path(__file__).with_name("README.md")
RECORDED = "<!-- recorded -->\n"

BENCHMARKS = {
    "words": "word_arrays",
    "rules": "rule_search",
    "docx": "word_files",
    "matrix": "code_matrix",
    "check": "checking",
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
    parser.add_argument("--record", action="store_true", help="put what is printed into benchmarks/README.md")
    parser.add_argument("--folder", type=Path, help="keep the generated interviews here, and take those that are there")
    chosen = parser.parse_args()
    sizes = tuple(sorted(chosen.transcripts or ([20] if chosen.quick else [20, 1000])))
    told = _Tee() if chosen.record else sys.stdout
    with redirect_stdout(told):
        _measure(chosen.names or list(BENCHMARKS), sizes, chosen.folder, quick=chosen.quick)
    if isinstance(told, _Tee):
        text = README.read_text(encoding="utf-8")
        README.write_text(text[: text.index(RECORDED) + len(RECORDED)] + "\n" + told.getvalue(), encoding="utf-8")
    return 0


def _measure(names: Sequence[str], sizes: tuple[int, ...], kept: Path | None, *, quick: bool) -> None:
    print(f"\n{machine()}", flush=True)
    scratch = nullcontext(kept) if kept else tempfile.TemporaryDirectory(prefix="qualkit-bench-")
    with scratch as folder:
        Path(folder).mkdir(parents=True, exist_ok=True)
        options = Options(sizes, Material(Path(folder).resolve()), quick)
        for name in names:
            try:
                module = import_module(f"benchmarks.{BENCHMARKS[name]}")
                if hasattr(module, "measure"):
                    module.measure(options)
                else:
                    print("\n## How well `lemma:` finds the forms of a word\n\n```")
                    module.main()
                    print("```")
            except ImportError as error:
                print(f"\n{name}: not measured, {error}", file=sys.stderr)


class _Tee(io.StringIO):
    """Keeps what is printed, and prints it all the same."""

    def write(self, text: str) -> int:
        sys.__stdout__.write(text)
        sys.__stdout__.flush()
        return super().write(text)


if __name__ == "__main__":
    raise SystemExit(main())
