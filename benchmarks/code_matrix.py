"""A million codings to a transcript × code matrix; beside a pandas groupby on categoricals."""

from __future__ import annotations

from functools import partial

import numpy as np
import pandas as pd

from benchmarks.generate import SEED
from benchmarks.measuring import Options, Row, interleaved, show
from qualkit.themes.matrices import count_matrix

_CODINGS, _TRANSCRIPTS, _CODES = 1_000_000, 1_000, 200


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
    rows = [Row("1 M codings to a transcript × code matrix", f"{_TRANSCRIPTS:,} × {_CODES}", found["ours"], found["pandas"], 1.5)]
    show("Matrix", rows)


def _group(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.groupby(["transcript", "code"], observed=False).size().unstack()
