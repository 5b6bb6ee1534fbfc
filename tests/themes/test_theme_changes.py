import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualkit.errors import FaultyFiles
from qualkit.themes.theme_changes import (
    add_theme,
    announce,
    merge_themes,
    move_theme,
    put,
    rename_theme,
    set_status,
    split_theme,
    take,
    write_theme,
)
from qualkit.themes.theme_nodes import CannotPlace, NoSuchTheme
from qualkit.themes.themesfile import parse_themes

TEXT = """# Ours.
themes:
  - id: tid
    heading: Tida   # for now
    codes: [mas, ro]
    quotations:
      - c1   # the best
      - c2
    subthemes:
      - heading: Natta
        codes:
          - natt
        # thin
  # about rooms
  - heading: Rommet
    concept: >-
      Rommet er
      trangt.
    codes: []
"""
BY = {"by": "kari", "date": "2026-03-02"}


def themes_of(text: str) -> dict[str, list[str]]:
    themes, problems = parse_themes(text)
    assert [str(problem) for problem in problems] == []
    return {one.id: list(one.codes) for theme in themes for one in theme.walk()}


def one_of(text: str, name: str):  # type: ignore[no-untyped-def]
    themes, _ = parse_themes(text)
    return next(one for theme in themes for one in theme.walk() if one.id == name)


def lines_that_went(before: str, after: str) -> list[str]:
    kept = after.splitlines()
    return [line for line in before.splitlines() if line not in kept]


def test_a_theme_is_added_as_a_candidate_and_everything_else_stays() -> None:
    text, new = add_theme(TEXT, "Kroppen: når den sier stopp", codes=["vondt"], **BY)
    assert text.startswith(TEXT)
    assert (new, one_of(text, new).status, one_of(text, new).codes) == (new, "candidate", ("vondt",))
    below, child = add_theme(TEXT, "Morgenen", under="tid", **BY)
    assert [one.id for one in one_of(below, "tid").subthemes] == ["natta", child]
    assert lines_that_went(TEXT, below) == []


@pytest.mark.parametrize("text", ["", "themes:\n", "# only this\nthemes: []\n", "themes:   # none yet\n"])
def test_the_first_theme_finds_its_place(text: str) -> None:
    written, new = add_theme(text, "Tida", **BY)
    assert themes_of(written) == {new: []}
    assert [line for line in text.splitlines() if "#" in line and "# only" in line] == [
        line for line in written.splitlines() if "# only" in line
    ]


def test_an_id_that_is_taken_and_a_subtheme_of_a_subtheme_are_refused() -> None:
    with pytest.raises(CannotPlace):
        add_theme(TEXT, "Annet", identifier="tid", **BY)
    with pytest.raises(CannotPlace):
        add_theme(TEXT, "Annet", under="natta", **BY)
    with pytest.raises(NoSuchTheme, match="tidd"):
        add_theme(TEXT, "Annet", under="tidd", **BY)


def test_a_heading_that_goes_is_kept_with_its_reason() -> None:
    text = rename_theme(TEXT, "rommet", "Rommet som ingen eier", why="sier mer", **BY)
    theme = one_of(text, "rommet")
    assert theme.heading == "Rommet som ingen eier"
    assert [(e.what, e.words, e.by, e.why) for e in theme.earlier] == [("heading", "Rommet", "kari", "sier mer")]
    again = rename_theme(text, "rommet", "Et rom", **BY)
    assert [e.words for e in one_of(again, "rommet").earlier] == ["Rommet", "Rommet som ingen eier"]
    assert rename_theme(again, "rommet", "Et rom", **BY) == again


def test_what_is_written_replaces_what_stood_there_and_keeps_it() -> None:
    text = write_theme(TEXT, "rommet", "concept", "Ingen eier: rommet\ner alles.", why="klarere", **BY)
    theme = one_of(text, "rommet")
    assert theme.concept == "Ingen eier: rommet\ner alles."
    assert [(e.what, e.words, e.why) for e in theme.earlier] == [("concept", "Rommet er trangt.", "klarere")]
    assert "# about rooms" in text
    scoped = write_theme(write_theme(text, "rommet", "in", "stue, gang", **BY), "rommet", "out", "ute: vei", **BY)
    assert (one_of(scoped, "rommet").includes, one_of(scoped, "rommet").excludes) == ("stue, gang", "ute: vei")


def test_a_scope_on_one_line_becomes_what_is_in() -> None:
    text = write_theme("- heading: A\n  scope: alt\n  codes: [a]\n", "a", "out", "resten", **BY)
    assert (one_of(text, "a").includes, one_of(text, "a").excludes) == ("alt", "resten")


def test_a_dropped_theme_says_why_until_it_stands_again() -> None:
    text = set_status(TEXT, "tid", "dropped", why="to ting i ett")
    assert (one_of(text, "tid").status, one_of(text, "tid").why) == ("dropped", "to ting i ett")
    again = set_status(text, "tid", "reviewed")
    assert (one_of(again, "tid").status, one_of(again, "tid").why) == ("reviewed", "")


def test_codes_are_put_and_taken_without_touching_their_neighbours() -> None:
    assert themes_of(put(TEXT, "natta", "codes", ["søvn", "natt"]))["natta"] == ["natt", "søvn"]
    assert themes_of(put(TEXT, "rommet", "codes", ["gang"]))["rommet"] == ["gang"]
    assert "heading: Tida   # for now" in take(TEXT, "tid", "codes", ["mas"])
    assert themes_of(take(TEXT, "tid", "codes", ["mas"]))["tid"] == ["ro"]


def test_a_theme_moves_with_everything_in_it() -> None:
    text = move_theme(TEXT, "rommet", "tid")
    assert [one.id for one in one_of(text, "tid").subthemes] == ["natta", "rommet"]
    assert one_of(text, "rommet").concept == "Rommet er trangt."
    back = move_theme(text, "rommet", "")
    assert list(themes_of(back)) == ["tid", "natta", "rommet"]
    assert one_of(back, "rommet").concept == "Rommet er trangt."
    alone = move_theme(TEXT, "natta", "")
    assert [one.id for one in one_of(alone, "tid").subthemes] == []
    assert themes_of(alone)["natta"] == ["natt"]


@pytest.mark.parametrize(("name", "under"), [("tid", "tid"), ("tid", "rommet"), ("rommet", "natta")])
def test_a_theme_that_would_stand_wrongly_is_not_moved(name: str, under: str) -> None:
    with pytest.raises(CannotPlace):
        move_theme(TEXT, name, under)


def test_themes_that_are_joined_leave_what_is_written_of_them() -> None:
    text = merge_themes(TEXT, ["tid"], "rommet", why="ett og samme")
    kept, gone = one_of(text, "rommet"), one_of(text, "tid")
    assert (kept.codes, kept.quotations) == (("mas", "ro"), ("c1", "c2"))
    assert [one.id for one in kept.subthemes] == ["natta"]
    assert (gone.status, gone.became, gone.why) == ("dropped", ("rommet",), "ett og samme")
    assert gone.codes == ("mas", "ro")
    with pytest.raises(CannotPlace):
        merge_themes(TEXT, ["tid"], "natta", why="")


def test_a_theme_that_is_parted_stands_in_its_parts() -> None:
    parts = [("Maset", ["mas"], ["c1"]), ("Roen", ["ro"], [])]
    text, ids = split_theme(TEXT, "tid", parts, why="to ideer", **BY)
    assert ids == ["maset", "roen"]
    assert (one_of(text, "maset").codes, one_of(text, "maset").quotations) == (("mas",), ("c1",))
    assert one_of(text, "tid").became == ("maset", "roen")
    assert one_of(text, "natta").status == "candidate"


def test_what_is_announced_stands_beside_the_themes() -> None:
    text = announce(TEXT, "Sammendrag: vår", [("tid", "Tida"), ("", "Stedet, byen")], **BY)
    assert text.startswith(TEXT)
    again = announce(text, "Plan", [], **BY)
    assert again.startswith(text)


def test_a_file_with_faults_is_left_alone() -> None:
    with pytest.raises(FaultyFiles):
        rename_theme("themes:\n  - heading: [A\n", "a", "B", **BY)


WORDS = st.text(alphabet="abæø \n:#-\"'[]{},|>&*!%@`~\\", max_size=30)


@given(WORDS, st.sampled_from(["text", "concept", "definition", "test", "in", "out"]))
def test_whatever_is_written_is_read_again(words: str, what: str) -> None:
    text = write_theme(TEXT, "tid", what, words, **BY)
    assert "# Ours.\n" in text
    assert "- c1   # the best" in text
    said = {"in": "includes", "out": "excludes"}.get(what, what)
    assert getattr(one_of(text, "tid"), said).split() == words.split()
    assert themes_of(text)["natta"] == ["natt"]


@given(st.text(alphabet="abæø :#-\"'[]{},|>&*!", min_size=1, max_size=20).filter(str.strip))
def test_whatever_a_theme_is_called_is_read_again(heading: str) -> None:
    text = rename_theme(TEXT, "tid", heading, **BY)
    assert one_of(text, "tid").heading == heading.strip()
    added, new = add_theme(text, heading, **BY)
    assert one_of(added, new).heading.split() == heading.split()
