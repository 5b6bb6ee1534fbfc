"""`qualkit --help`; beside `python -c pass`."""

from __future__ import annotations

from benchmarks.measuring import Options, Row, Timing, show
from benchmarks.processes import run


def measure(options: Options) -> None:
    ours, version, floor = [], [], []
    for _ in range(options.times(25)):
        floor.append(run(["-c", "pass"]).seconds)
        ours.append(run(["-m", "qualkit", "--help"]).seconds)
        version.append(run(["-m", "qualkit", "code", "--help"]).seconds)
    bare = Timing(tuple(floor))
    rows = [
        Row("qualkit --help", "", Timing(tuple(ours)), bare, 8),
        Row("qualkit code --help", "", Timing(tuple(version)), bare),
    ]
    show("Starting", rows)
