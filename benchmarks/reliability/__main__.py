"""`python -m benchmarks.reliability NAME [--seed N] [OPTION …]`: the figures of docs/reliability.md."""

from __future__ import annotations

import sys
from importlib import import_module

RUNS = {
    "crashes": "crashes",
    "merges": "merges",
    "fuzz": "fuzzing",
}
"""Module of each run; its `main` takes the arguments and returns the exit code."""


def main() -> int:
    name = sys.argv[1] if len(sys.argv) > 1 else ""
    if name not in RUNS:
        print(f"usage: python -m benchmarks.reliability {'|'.join(RUNS)} [--help]", file=sys.stderr)
        return 2
    code: int = import_module(f"benchmarks.reliability.{RUNS[name]}").main(sys.argv[2:])
    return code


if __name__ == "__main__":
    raise SystemExit(main())
