"""What measures can be begun: a benchmark that nobody ran for a while breaks unseen."""

from importlib import import_module

import pytest

from benchmarks.__main__ import BENCHMARKS


@pytest.mark.parametrize("module", sorted({*BENCHMARKS.values(), "workbench", "screenshots"}))
def test_a_benchmark_can_be_begun(module: str) -> None:
    found = import_module(f"benchmarks.{module}")
    assert callable(getattr(found, "measure", None) or getattr(found, "main", None)), module
