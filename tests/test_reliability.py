"""A few of the kills, faults and merges of docs/reliability.md; the long runs are commands of their own."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parents[1]


def ran(*arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.reliability", *arguments],
        cwd=HERE,
        env={**os.environ, "PYTHONPATH": str(HERE)},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    return done.stdout


@pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are forked, which Windows cannot")
def test_nothing_acknowledged_is_lost_when_processes_are_killed_and_disks_fail() -> None:
    told = ran("crashes", "--kills", "10", "--faults", "10", "--seed", "7")
    assert "10 kills" in told
    assert "10 faults" in told
    assert "0 lost; 0 findings" in told


@pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are forked, which Windows cannot")
def test_no_line_is_lost_where_branches_meet() -> None:
    told = ran("merges", "--pairs", "6", "--seed", "7")
    assert "6 pairs of branches" in told
    assert "0 lost; 0 findings" in told
