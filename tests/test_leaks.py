"""Invented exports, searched for names by means of their own; thousands of them are `python -m benchmarks leaks`."""

import random
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from benchmarks import leaks
from qualkit import clearing
from qualkit.anonymisation import redactor

KINDS = st.sampled_from(leaks.KINDS)


@given(st.integers(0, 10**9), KINDS)
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_no_export_holds_a_name_of_the_register(tmp_path: Path, seed: int, kind: str) -> None:
    became, left = leaks.exported(random.Random(seed), tmp_path, kind)
    assert left == set()
    assert became in ("written", "WouldLeak", "Unresolved")


@pytest.mark.parametrize("kind", leaks.KINDS)
def test_the_search_sees_what_a_broken_redactor_leaves(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    monkeypatch.setattr(redactor, "find_forms", lambda *_, **__: [])
    redactor._rendered.cache_clear()
    monkeypatch.setattr(clearing, "leaking", lambda *_: iter(()))
    found = [leaks.exported(random.Random(seed), tmp_path, kind)[1] for seed in range(12)]
    redactor._rendered.cache_clear()
    assert sum(bool(left) for left in found) > 6


def test_a_broken_redactor_is_stopped_by_the_gate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(redactor, "print_form", lambda *_, **__: None)
    redactor._rendered.cache_clear()
    became = [leaks.exported(random.Random(seed), tmp_path, "word")[0] for seed in range(12)]
    redactor._rendered.cache_clear()
    assert became.count("WouldLeak") > 6
