"""A million codings to a transcript × code matrix; beside a pandas groupby on categoricals.

And, since that is what a table is made by, coding records to a printed matrix.
"""

from __future__ import annotations

from functools import partial

import numpy as np
import pandas as pd

from benchmarks.generate import SEED
from benchmarks.measuring import Options, Row, interleaved, show
from qualkit.model import Code, Coding, Extract, MeaningUnit, Span
from qualkit.table import Table
from qualkit.themes.matrices import count_matrix, participant_matrix
from qualkit.themes.outline import Line

_CODINGS, _TRANSCRIPTS, _CODES = 1_000_000, 1_000, 200
_RECORDS = 100_000


def measure(options: Options) -> None:
    rng = np.random.default_rng(SEED)
    transcripts = np.sort(rng.integers(0, _TRANSCRIPTS, _CODINGS)).astype(np.int32)
    codes = np.minimum(rng.zipf(1.4, _CODINGS) - 1, _CODES * 50).astype(np.int64) % _CODES
    frame = pd.DataFrame(
        {
            "transcript": pd.Categorical.from_codes(transcripts, [f"D{i:04}" for i in range(_TRANSCRIPTS)]),
            "code": pd.Categorical.from_codes(codes, [f"kode-{i}" for i in range(_CODES)]),
        }
    )
    numbers = frame["transcript"].cat.codes.to_numpy(), frame["code"].cat.codes.to_numpy()
    steps = {
        "ours": partial(count_matrix, *numbers, (_TRANSCRIPTS, _CODES)),
        "pandas": partial(_group, frame),
    }
    if not np.array_equal(steps["ours"](), steps["pandas"]().to_numpy()):
        raise AssertionError("the two matrices differ")
    found = interleaved(steps, options.times(15))
    label = f"{_TRANSCRIPTS:,} × {_CODES}"
    rows = [Row("1 M codings to a transcript × code matrix", label, found["ours"], found["pandas"], 1.5)]
    for people in (20, _TRANSCRIPTS):
        step = partial(_printed, *_records(people), people)
        timing = interleaved({"table": step}, options.times(3))["table"]
        rows.append(Row(f"{_RECORDS:,} coding records to a Table", f"{people:,} × {_CODES}", timing))
    show("Matrix", rows)


def _records(people: int) -> tuple[list[Line], list[Extract]]:
    """Return the lines of a matrix, and codings of so many people."""
    rng = np.random.default_rng(SEED)
    lines = [Line("", "", Code(f"kode-{i}", f"Kode {i}")) for i in range(_CODES)]
    codes, speakers = rng.integers(0, _CODES, _RECORDS).tolist(), rng.integers(0, people, _RECORDS).tolist()
    extracts = []
    for number, (code, person) in enumerate(zip(codes, speakers, strict=True)):
        unit = MeaningUnit(Span(f"D{person:04}", number, number + 1), "x")
        coding = Coding("c", unit, f"kode-{code}", "k", "accepted", "manual", "")
        extracts.append(Extract(coding, f"D{person:04}", "participant"))
    return lines, extracts


def _printed(lines: list[Line], extracts: list[Extract], people: int) -> Table:
    participants = [f"D{p:04}" for p in range(people)]
    return participant_matrix(lines, extracts, participants, counts=True, language="nb")


def _group(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.groupby(["transcript", "code"], observed=False).size().unstack()
