import pytest

from qualkit.errors import FaultyFiles
from qualkit.themes.themes_edits import change_themes, themes_naming

THEMES = """# Kategoriene
themes:
  - heading: "Natta: alene"   # i arbeid
    codes: [tid,   'sted' ]  # to
    quotations:
    - K1-01
    - K1-02   # den beste
    subthemes:
    - heading: Under
      codes: sted
"""


def test_a_code_has_another_id_in_every_theme_and_nothing_else_moves() -> None:
    assert change_themes(THEMES, "codes", {"sted": "plass"}) == THEMES.replace("sted", "plass")
    windows = THEMES.replace("\n", "\r\n")
    assert change_themes(windows, "codes", {"sted": "plass"}) == windows.replace("sted", "plass")


def test_a_code_that_stands_there_already_stands_there_once() -> None:
    assert "codes: [tid ]  # to" in change_themes(THEMES, "codes", {"sted": "tid"})
    assert "codes: ['sted' ]  # to" in change_themes(THEMES, "codes", {"tid": "sted"})


def test_quotations_go() -> None:
    assert "    quotations:\n    - K1-02   # den beste\n" in change_themes(THEMES, "quotations", {"K1-01": None})
    both = change_themes(THEMES, "quotations", {"K1-01": None, "K1-02": None})
    assert "    quotations: []\n    # den beste\n    subthemes:" in both
    assert "      codes: []\n" in change_themes(THEMES, "codes", {"sted": None})


def test_themes_that_name_a_code() -> None:
    assert themes_naming(THEMES, "sted") == ["Natta: alene", "Under"]
    assert themes_naming("", "sted") == []


def test_a_faulty_file_is_left() -> None:
    with pytest.raises(FaultyFiles):
        change_themes("themes:\n\t- heading: a\n", "codes", {"a": "b"})
