"""`qualkit check` on a sound study, against reading it: as every command does, and as bytes and JSON alone."""

from __future__ import annotations

import tempfile
from functools import partial
from pathlib import Path

import orjson

from benchmarks.measuring import Options, Row, growth, interleaved, show
from qualkit import study as studies
from qualkit.checks import check_study
from qualkit.coding_run import run
from qualkit.engine import default_jobs
from qualkit.language.words import count_words
from qualkit.material import load_material
from qualkit.model import Settings, Study

_REPETITIONS = 5


def _read(root: Path) -> None:
    """Read every file as what it is, and keep nothing."""
    for path in root.rglob("*"):
        if path.is_file() and ".qualkit" not in path.parts:
            data = path.read_bytes()
            if path.suffix == ".jsonl":
                for line in data.split(b"\n"):
                    if line:
                        orjson.loads(line)
            else:
                data.decode("utf-8")


def measure(options: Options) -> None:
    """Time both on studies of all sizes."""
    rows: list[Row] = []
    ours, words = {}, {}
    for size in options.sizes:
        with tempfile.TemporaryDirectory(prefix="qualkit-check-") as scratch:
            study = _made(Path(scratch) / "study", options, size)
            assert check_study(study) == []
            steps = {
                "ours": partial(check_study, study),
                "reading": partial(load_material, study),
                "floor": partial(_read, study.root),
            }
            times = interleaved(steps, options.times(_REPETITIONS))
            transcripts, _ = studies.read_transcripts(study)
            words[size] = count_words([record.text for record in transcripts])
        ours[size] = times["ours"]
        on = f"{size:,} transcripts"
        rows.append(Row("check, against qualkit reading the study", on, times["ours"], times["reading"], goal=1.25))
        rows.append(Row("check, against bytes and JSON alone", on, times["ours"], times["floor"]))
    show(
        "Checking",
        rows + growth("checking", ours, words),
        ["Bytes and JSON alone: every file is read, text decoded, lines of JSON parsed, and nothing is kept."],
    )


def _made(root: Path, options: Options, size: int) -> Study:
    folder = options.material.texts(size)
    study = Study(root, Settings("Check", originals=(str(folder),)))
    studies.save_codebook_text(study, options.material.codebook.read_text(encoding="utf-8"))
    study = studies.create_study(root, study.settings)
    run(study, coder="bench", jobs=default_jobs())
    return study
