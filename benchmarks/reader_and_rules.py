"""What a careful reader coded, held against what the rules propose, code by code.

Every shipped corpus with a reader's codings is copied and coded by its own codebook, as it stands. A unit of
the reader's is found where a proposal of the same code overlaps it; a proposal lies in a unit where it
overlaps one of its code. Nothing was tuned to these numbers.
"""

from __future__ import annotations

import shutil
import tempfile
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from benchmarks.measuring import Options, table
from qualkit import study as studies
from qualkit.coding_run import run
from qualkit.model import RULES_CODER, Coding, Study
from qualkit.shipped import corpora


def measure(options: Options) -> None:  # noqa: ARG001  all benchmarks are called alike
    for corpus in sorted(corpora().iterdir()):
        if (corpus / "codings").is_dir():
            with tempfile.TemporaryDirectory() as scratch:
                copy = Path(scratch) / corpus.name
                shutil.copytree(corpus, copy)
                _compare(studies.open_study(copy))


def _compare(study: Study) -> None:
    run(study, coder="bench", jobs=1)
    reader = _by_code(study, studies.coders(study))
    rules = _by_code(study, [RULES_CODER])
    codebook, _ = studies.read_codebook(study)
    rows = []
    totals = [0, 0, 0, 0]
    for code in codebook.walk():
        if not code.codable:
            continue
        units, proposals = reader[code.id], rules[code.id]
        counts = [len(units), _meeting(units, proposals), len(proposals), _meeting(proposals, units)]
        totals = [a + b for a, b in zip(totals, counts, strict=True)]
        rows.append((code.id, *_told(counts)))
    rows.append(("all", *_told(totals)))
    print(f"\n## The reader and the rules: {study.root.name}\n")
    print(table(rows, ("code", "reader's units", "of them found", "", "proposals", "of them in a unit", "")))


def _by_code(study: Study, coders: Sequence[str]) -> dict[str, list[Coding]]:
    found: dict[str, list[Coding]] = defaultdict(list)
    for coder in coders:
        for transcript in studies.transcript_ids(study):
            for coding in studies.read_codings(study, coder, transcript)[0]:
                if coding.status != "rejected":
                    found[coding.code].append(coding)
    return found


def _meeting(ones: Sequence[Coding], others: Sequence[Coding]) -> int:
    """Count those of the ones that overlap at least one of the others."""
    spans = [coding.unit.span for coding in others]
    return sum(
        any(s.transcript == o.transcript and s.start < o.end and o.start < s.end for o in spans)
        for s in (coding.unit.span for coding in ones)
    )


def _told(counts: Sequence[int]) -> tuple[str, ...]:
    units, found, proposals, inside = counts
    return str(units), str(found), _share(found, units), str(proposals), str(inside), _share(inside, proposals)


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.0%}" if whole else "–"
