"""What rests on a coding is named before it goes."""

from __future__ import annotations

from pathlib import Path

import pytest

from qualkit import study as studies
from qualkit.model import Settings, Study
from qualkit.resting import Rest, rests_on

CONDENSATES = """groups:
  - code: vente
    subgroups:
      - id: natta
        name: Om natta
        units: [k1, {id: k2, set-aside: about the day}]
        golden: k1
        start: k3
        condensate: Jeg.
      - {id: dagen, name: Om dagen, units: [k4]}
"""
THEMES = """themes:
  - id: tid
    heading: Tida
    quotations: [k1]
    subthemes:
      - {id: natt, heading: Natta, reserve: [k4]}
  - {id: borte, heading: Borte, status: dropped, why: nothing bears it, quotations: [k4]}
"""


@pytest.fixture
def study(tmp_path: Path) -> Study:
    made = studies.create_study(tmp_path / "s", Settings("Om å vente", method="stc"))
    (made.root / "condensates.yaml").write_text(CONDENSATES, encoding="utf-8")
    (made.root / "themes.yaml").write_text(THEMES, encoding="utf-8")
    (made.root / "condensed.yaml").write_text("units:\n  - {coding: k2, text: Kort.}\n", encoding="utf-8")
    return made


@pytest.mark.parametrize(
    ("coding", "rests"),
    [
        ("k1", [("condensate", "Om natta"), ("golden", "Om natta"), ("quotation", "Tida")]),
        ("k2", [("condensed", "")]),
        ("k3", [("start", "Om natta")]),
        ("k4", [("reserve", "Natta")]),
        ("k5", []),
    ],
)
def test_each_thing_that_rests_on_a_coding_is_named(study: Study, coding: str, rests: list[tuple[str, str]]) -> None:
    found = rests_on(study, {coding})
    assert [(one.kind, one.name) for one in found] == rests
    assert all(isinstance(one, Rest) and one.coding == coding for one in found)


def test_a_study_without_these_files_has_nothing_resting(tmp_path: Path) -> None:
    made = studies.create_study(tmp_path / "s", Settings("Om å vente", method="stc"))
    assert rests_on(made, {"k1"}) == []
