"""Summaries are written into framework.yaml, and every other byte stays."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualkit.errors import FaultyFiles
from qualkit.summary import Rest
from qualkit.themes.framework_edits import change_framework, set_passages, without_case, write_summary
from qualkit.themes.frameworkfile import parse_framework

MINE = """# Matrisa vår.
cells:
  - case: K1     # begynn her
    theme: alene
    summary: Er alene.
    passages: [c1, {coding: c2, words: abc}]
    by: kari
    date: "2026-01-01"
  - {case: K2, theme: alene, summary: "Aldri: alene"}   # kort
"""


def test_an_earlier_summary_stays_among_the_versions_and_other_bytes_where_they_are() -> None:
    text = write_summary(MINE, "K1", "alene", "Er alene\nom natta.", by="ola", date="2026-03-02")
    text = write_summary(text, "K1", "alene", "Sover.", by="ola", date="2026-03-03")
    cells, problems = parse_framework(text)
    assert problems == []
    assert (cells[0].text, cells[0].by, [rest.coding for rest in cells[0].passages]) == ("Sover.", "ola", ["c1", "c2"])
    assert [(one.text, one.by) for one in cells[0].versions] == [("Er alene.", "kari"), ("Er alene\nom natta.", "ola")]
    assert "  - case: K1     # begynn her\n    theme: alene\n" in text
    assert text.endswith('  - {case: K2, theme: alene, summary: "Aldri: alene"}   # kort\n')
    assert write_summary(text, "K1", "alene", "Sover.", by="per", date="2026-04-01") == text


def test_a_cell_in_one_line_is_written_in_one_line() -> None:
    text = write_summary(MINE, "K2", "alene", "Nå: alene", by="ola", date="2026-03-02")
    text = set_passages(text, "K2", "alene", [Rest("c9", "ff"), Rest("c8")])
    cell = parse_framework(text)[0][1]
    assert (cell.text, cell.versions[0].text) == ("Nå: alene", "Aldri: alene")
    assert [(rest.coding, rest.words) for rest in cell.passages] == [("c9", "ff"), ("c8", "")]
    assert text.count("\n") == MINE.count("\n")


def test_codes_and_codings_are_followed() -> None:
    text = change_framework(MINE, {"alene": "natt"}, {"c1": "c7", "c2": None})
    assert "passages: [c7]" in text
    assert [cell.theme for cell in parse_framework(text)[0]] == ["natt", "natt"]
    assert "passages" not in change_framework(text, {}, {"c7": None})
    assert change_framework(MINE, {"alene": None}, {}) == MINE


def test_a_case_goes_with_all_its_cells() -> None:
    text = without_case(MINE, "k1", {"c1"})
    assert "Er alene" not in text
    assert [cell.case for cell in parse_framework(text)[0]] == ["K2"]
    assert parse_framework(without_case(text, "K2")) == ((), [])


@pytest.mark.parametrize(
    ("text", "message", "line"),
    [
        ("cells:\n- case: K1\n", "a cell without a case or a theme", 2),
        ("cells:\n- {case: K1, theme: a, sumary: x}\n", "“sumary” is no key of a cell", 2),
        (
            "cells:\n- {case: K1, theme: a}\n- {case: K1, theme: a}\n",
            "the cell of K1 and “a” stands on line 2 already",
            3,
        ),
        ("rows: []\n", "cells stand in a list under “cells:”", 1),
    ],
)
def test_faults_have_a_place(text: str, message: str, line: int) -> None:
    _, problems = parse_framework(text)
    assert [(problem.message, problem.line) for problem in problems] == [(message, line)]


_WORDS = st.text(st.characters(blacklist_categories=["Cs", "Cc"]), min_size=1).filter(
    lambda text: text.strip() and "\u2028" not in text and "\u2029" not in text and "\ufeff" not in text
)


@given(st.lists(_WORDS, min_size=1, max_size=4))
def test_whatever_is_written_is_read_again_with_all_that_stood_before(texts: list[str]) -> None:
    import unicodedata

    text = MINE
    for words in texts:
        text = write_summary(text, "K1", "alene", words, by="a", date="2026-01-01")
    cell = parse_framework(text)[0][0]
    wanted = [unicodedata.normalize("NFC", words.strip()) for words in ["Er alene.", *texts]]
    stood = [version.text for version in cell.versions] + [cell.text]
    assert cell.text == wanted[-1]
    assert set(wanted) == set(stood)


@pytest.mark.parametrize("text", ["cells: {K1: a}\n", "cells: K1\n"])
def test_cells_that_are_no_list_are_told_and_nothing_is_written(text: str) -> None:
    with pytest.raises(FaultyFiles) as told:
        write_summary(text, "K1", "a", "Er alene.", by="kari", date="2026-03-02")
    assert [problem.message for problem in told.value.problems] == ["cells stand in a list under “cells:”"]
