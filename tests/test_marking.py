"""Coding by hand: the words as they stand, once."""

from __future__ import annotations

from pathlib import Path

import pytest

from qualkit import study as studies
from qualkit.adding import add_originals
from qualkit.coding.codebook import UnknownCode
from qualkit.marking import WordsNotFound, code_by_hand, remark
from qualkit.model import Settings, Study
from qualkit.reanchoring import reanchor_study


@pytest.fixture
def study(tmp_path: Path) -> Study:
    study = studies.create_study(tmp_path / "s", Settings("S", method="stc"))
    studies.save_codebook_text(study, "codes: [{id: ringe, name: Å ringe}]")
    original = tmp_path / "K1.txt"
    original.write_text("I: Kor?\nK1: Me kan\nringe. Ja. Ja.\n", encoding="utf-8")
    add_originals(study, [original], who="kari")
    return study


def test_the_words_are_coded_where_they_stand(study: Study) -> None:
    made = code_by_hand(study, "kari", "K1", "å ringe", "kan ringe.", memo="tanke")

    record, _ = studies.read_transcript(study, "K1")
    span = made.unit.span
    assert record.text[span.start : span.end] == made.unit.text == "kan\nringe."
    assert studies.read_codings(study, "kari", "K1")[0] == [made]
    assert (made.code, made.status, made.origin, made.memo) == ("ringe", "accepted", "manual", "tanke")
    assert studies.read_trail(study)[0][-1].after == {"code": "ringe", "place": str(span)}


@pytest.mark.parametrize(
    ("words", "message"), [("Ja.", "stand in K1 2 times"), ("Nei", "do not stand in K1"), (" ", "do not")]
)
def test_words_that_stand_nowhere_or_twice_are_refused(study: Study, words: str, message: str) -> None:
    with pytest.raises(WordsNotFound, match=message):
        code_by_hand(study, "kari", "K1", "ringe", words)
    assert studies.read_codings(study, "kari", "K1")[0] == []


def test_a_code_that_is_not_there_is_refused_with_the_nearest(study: Study) -> None:
    with pytest.raises(UnknownCode) as told:
        code_by_hand(study, "kari", "K1", "ring", "Me kan")
    assert "ringe" in told.value.hint


def test_a_coding_that_lost_its_words_is_put_where_it_belongs_and_the_trail_tells_it_waited(study: Study) -> None:
    made = code_by_hand(study, "kari", "K1", "ringe", "kan\nringe.", memo="tanke")
    path = studies.transcript_path(study, "K1")
    path.write_text(path.read_text("utf-8").replace("Me kan\nringe.", "Me får slå på tråden."), "utf-8")
    reanchor_study(study, "kari")
    (waiting,) = studies.read_codings(study, "kari", "K1")[0]
    assert waiting.anchor in ("lost", "ambiguous", "words-changed")
    record, _ = studies.read_transcript(study, "K1")
    start = record.text.index("slå på tråden")
    after = remark(study, "kari", record, made.id, place=(start, start + len("slå på tråden")))
    assert studies.read_codings(study, "kari", "K1")[0] == [after]
    assert (after.unit.text, after.anchor, after.memo, after.code) == ("slå på tråden", "kept", "tanke", "ringe")
    assert "was" not in after.extra
    told = studies.read_trail(study)[0][-1]
    assert told.before == {"code": "ringe", "place": str(waiting.unit.span), "anchor": waiting.anchor}
    assert told.after == {"code": "ringe", "place": str(after.unit.span)}
