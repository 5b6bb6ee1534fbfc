"""`python -m benchmarks [NAME …] [--transcripts N …] [--quick] [--folder PATH] [--record]`."""

from __future__ import annotations

import argparse
import io
import sys
import tempfile
from contextlib import nullcontext, redirect_stdout
from importlib import import_module
from pathlib import Path

from benchmarks.generate import Material
from benchmarks.measuring import Options, machine

README = Path(__file__).with_name("README.md")

BENCHMARKS = {
    "words": "word_arrays",
    "rules": "rule_search",
    "docx": "word_files",
    "formats": "format_files",
    "matrix": "code_matrix",
    "check": "checking",
    "help": "starting",
    "process": "whole_process",
    "memory": "memory",
    "side-by-side": "side_by_side",
    "reader": "reader_and_rules",
    "lemma": "lemma_quality",
    "edits": "edits",
    "ner": "ner",
    "anonymisation": "anonymisation",
    "leaks": "leaks",
    "sitting": "sitting",
    "page": "sitting_in_page",
}
"""Module of each benchmark, in the order in which they run."""


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Measure ratios to floors.")
    parser.add_argument("names", nargs="*", choices=[[], *BENCHMARKS], metavar="NAME", help=", ".join(BENCHMARKS))
    parser.add_argument("--transcripts", type=int, action="append", metavar="N", help="default: 20 and 1000")
    parser.add_argument("--quick", action="store_true", help="20 transcripts, two repetitions")
    parser.add_argument("--record", action="store_true", help="put what is printed into benchmarks/README.md")
    parser.add_argument("--scripts", type=int, default=2_000, metavar="N", help="random edit scripts; default: 2000")
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="of the edit scripts and exports; default: 1")
    parser.add_argument("--exports", type=int, default=2_000, metavar="N", help="invented exports; default: 2000")
    parser.add_argument("--folder", type=Path, help="keep the generated interviews here, and take those that are there")
    parser.add_argument("--show", action="store_true", help="print the words that were missed in invented interviews")
    parser.add_argument("--held-out", action="store_true", help="score the interviews that are scored once only")
    chosen = parser.parse_args()
    sizes = tuple(sorted(chosen.transcripts or ([20] if chosen.quick else [20, 1000])))
    print(f"\n{machine()}", flush=True)
    scratch = nullcontext(chosen.folder) if chosen.folder else tempfile.TemporaryDirectory(prefix="qualkit-bench-")
    with scratch as folder:
        Path(folder).mkdir(parents=True, exist_ok=True)
        options = Options(
            sizes,
            Material(Path(folder).resolve()),
            chosen.quick,
            chosen.scripts,
            chosen.seed,
            show=chosen.show,
            held_out=chosen.held_out,
            exports=chosen.exports,
        )
        for name in chosen.names or list(BENCHMARKS):
            told = _Tee()
            try:
                with redirect_stdout(told):
                    _measure(name, options)
            except ImportError as error:
                print(f"\n{name}: not measured, {error}", file=sys.stderr)
                continue
            if chosen.record:
                _record(name, f"{machine()}\n{told.getvalue()}")
    return 0


def _measure(name: str, options: Options) -> None:
    module = import_module(f"benchmarks.{BENCHMARKS[name]}")
    if hasattr(module, "measure"):
        module.measure(options)
        return
    print("\n## How well `lemma:` finds the forms of a word\n\n```")
    module.main()
    print("```")


def _record(name: str, told: str) -> None:
    """Put what a benchmark printed into the README, in the place of what it printed the last time."""
    text = README.read_text(encoding="utf-8")
    begin, end = f"<!-- begin {name} -->\n", f"<!-- end {name} -->\n"
    if begin not in text:
        text = f"{text.rstrip()}\n\n{begin}{end}"
    head, _, rest = text.partition(begin)
    README.write_text(f"{head}{begin}\n{told.strip()}\n\n{end}{rest.partition(end)[2]}", encoding="utf-8")


class _Tee(io.StringIO):
    """Keeps what is printed, and prints it all the same."""

    def write(self, text: str) -> int:
        sys.__stdout__.write(text)
        sys.__stdout__.flush()
        return super().write(text)


if __name__ == "__main__":
    raise SystemExit(main())
