"""Notes on a passage without a code: their place and words, and that the place follows an edited text."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualkit import study as studies
from qualkit.adding import add_originals
from qualkit.marking import OutsideText
from qualkit.memo_places import memo_following
from qualkit.model import Settings, Study, Transcript
from qualkit.noting import note_passage, passage_notes


def _study(root: Path) -> tuple[Study, Transcript]:
    study = studies.create_study(root / "s", Settings("S"))
    (root / "K1.txt").write_text("I: Kor?\nK1: Me kan ringe 👍🏽 no. Ja.\n", encoding="utf-8")
    add_originals(study, [root / "K1.txt"], who="kari")
    return study, studies.read_transcript(study, "K1")[0]


def test_a_note_stands_on_its_words_and_follows_them(tmp_path: Path) -> None:
    study, record = _study(tmp_path)
    start = record.text.index("ringe")
    note_passage(study, "kari", record, start, start + len("ringe 👍🏽"), "To gonger.\n\n## ikkje ei overskrift")
    found = passage_notes(study, record)
    assert [record.text[one.start : one.end] for one in found] == ["ringe 👍🏽"]
    assert found[0].text == "To gonger.\n\n## ikkje ei overskrift"
    assert found[0].about.startswith("note by kari · ")
    assert studies.read_trail(study)[0][-1].after == {"place": f"K1:{start}-{start + 8}"}

    path = studies.transcript_path(study, "K1")
    path.write_text(path.read_text("utf-8").replace("Kor?", "Kor då, meiner du?"), "utf-8")
    moved = studies.read_transcript(study, "K1")[0]
    memo = studies.memo_path(study, "word-K1")
    memo.write_text(memo_following(memo.read_text("utf-8"), moved, record.text), "utf-8")
    assert [moved.text[one.start : one.end] for one in passage_notes(study, moved)] == ["ringe 👍🏽"]


@pytest.mark.parametrize(("start", "end", "text"), [(0, 10**6, "x"), (-1, 3, "x"), (3, 3, "x"), (0, 3, " \n")])
def test_no_note_on_nothing(tmp_path: Path, start: int, end: int, text: str) -> None:
    study, record = _study(tmp_path)
    with pytest.raises(OutsideText):
        note_passage(study, "kari", record, start, end, text)
    assert passage_notes(study, record) == []


@given(
    st.lists(
        st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cf", "Zl", "Zp"]), max_size=20),
        min_size=1,
        max_size=4,
    )
)
def test_whatever_is_written_comes_back(tmp_path_factory: pytest.TempPathFactory, lines: list[str]) -> None:
    from qualkit.text import normalise

    text = normalise("\n".join(lines))[0].strip()
    if not text:
        return
    study, record = _study(tmp_path_factory.mktemp("n"))
    note_passage(study, "kari", record, 0, 7, text)
    note_passage(study, "kari", record, 9, 20, "ein til")
    assert [one.text for one in passage_notes(study, record)] == [text, "ein til"]
