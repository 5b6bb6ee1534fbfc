from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

import qualkit as notebook
from qualkit import study as studies
from qualkit.coding.codings import unit_at
from qualkit.markup import speech_html
from qualkit.model import Coding


@pytest.fixture
def study(qualkit: Callable, interviews: Callable) -> studies.Study:
    folder = interviews(
        {"K1.txt": "I: Hva <skjedde> & så?\n\nK1: Jeg måtte ringe <b>noen</b> & vente 😀 lenge. Det regnet.\n"},
        participants="id;rolle;text\nK1;lege & <i>sjef</i>;kolonne\n",
    )
    qualkit("code", folder)
    root = folder.with_name("interviews-study")
    qualkit("review", "--study", root, "--code", "telefon", keys="a\n")
    return notebook.open_study(root)


def words(html: str) -> str:
    import re
    from html import unescape

    return unescape(re.sub(r"<[^>]*>", "", html))


def test_frames_hold_words_under_their_offsets(study: studies.Study) -> None:
    record = notebook.transcript(study, "K1").transcript
    turns = notebook.turns(study)
    assert list(turns["participant"]) == ["", "K1"]
    assert list(turns["role"]) == ["interviewer", "participant"]
    frame = notebook.codings(study)
    for row in [*turns.itertuples(), *frame.itertuples()]:
        assert record.text[row.start : row.end] == row.text
    (row,) = frame.itertuples()
    assert (row.code, row.name, row.status, row.participant, row.rolle) == (
        "telefon",
        "Å ringe",
        "accepted",
        "K1",
        "lege & <i>sjef</i>",
    )
    assert set(notebook.codings(study, with_proposals=True)["status"]) == {"accepted", "proposed"}


def test_frames_of_nothing_have_their_columns(tmp_path: Path, qualkit: Callable) -> None:
    qualkit("init", tmp_path / "s")
    empty = notebook.open_study(tmp_path / "s")
    assert {"transcript", "speaker", "text"} <= set(notebook.turns(empty).columns)
    assert {"transcript", "code", "text"} <= set(notebook.codings(empty).columns)


def test_what_was_said_is_escaped(study: studies.Study) -> None:
    html = notebook.transcript(study, "K1", with_proposals=True)._repr_html_()
    assert "<b>noen" not in html
    assert "&lt;b&gt;noen&lt;/b&gt; &amp; vente 😀" in html
    assert "Hva &lt;skjedde&gt; &amp; så?" in html
    for table in (notebook.matrix(study), notebook.matrix(study, by="rolle"), notebook.theme_table(study)):
        assert "<i>" not in table._repr_html_()
    assert "lege &amp; &lt;i&gt;sjef&lt;/i&gt;" in notebook.matrix(study, by="rolle")._repr_html_()


def test_a_codes_name_and_colour_are_escaped(study: studies.Study) -> None:
    path = study.root / "codebook.yaml"
    path.write_text(path.read_text().replace("name: Å ringe", "name: '\"><script>alert(1)</script>'"))
    for html in (notebook.transcript(study, "K1")._repr_html_(), notebook.codebook(study)._repr_html_()):
        assert "<script>" not in html
        assert 'title=""' not in html


def test_overlaps_are_visible(study: studies.Study) -> None:
    record = notebook.transcript(study, "K1").transcript
    start = record.text.index("ringe")
    end = record.text.index("vente") + 5
    unit = unit_at(record, start, end)
    mine = Coding("mine", unit, "vente", "kari", "accepted", "manual", "", text_sha256=record.sha256)
    before, _ = studies.read_codings(study, "kari", "K1")
    studies.save_codings(study, "kari", "K1", [*before, mine])
    html = notebook.transcript(study, "K1")._repr_html_()
    assert 'title="Å ringe; Å vente">ringe &lt;b&gt;noen&lt;/b&gt; &amp; vente</span>' in html
    assert 'title="Å ringe">Jeg måtte </span>' in html
    assert html.count("linear-gradient") == 4
    assert ">Å vente</span>" in html
    assert ">Å ringe</span>" in html


def test_html_holds_every_word_once() -> None:
    text = "en to tre fire"
    passages = [(0, 5, "A", "#111"), (3, 9, "B", "#222"), (3, 9, "C", "#333"), (6, 14, "D", "#444")]
    html = speech_html(text, 0, len(text), passages)
    for name in "ABCD":
        html = html.replace(f">{name}</span>", "></span>")
    assert words(html) == text


def test_what_is_found_stands_in_the_words_that_were_said(study: studies.Study) -> None:
    [row] = notebook.find(study, "lemma:ringe code:telefon", context=1).rows
    assert [cell.unit.text for cell in row if isinstance(cell, Coding)] == ["ringe", "måtte ringe <b>noen</b>"]
    assert len(notebook.find(study, "regnet ringe", within="sentence").rows) == 0
    assert len(notebook.find(study, "regnet ringe").rows) == 2


def test_what_is_not_there_is_said(study: studies.Study) -> None:
    with pytest.raises(studies.NoTranscript, match="there is no transcript “K9”"):
        notebook.transcript(study, "K9")
    from qualkit.publishing import NoSuchAttribute

    with pytest.raises(NoSuchAttribute, match="no column “role”"):
        notebook.matrix(study, by="role")


def test_a_spacy_doc_has_the_same_text_and_the_codings(study: studies.Study) -> None:
    coded = notebook.transcript(study, "K1")
    doc = notebook.spacy_doc(coded)
    assert doc.text == coded.transcript.text
    assert [(span.text, span.label_) for span in doc.spans["codings"]] == [
        (coding.unit.text, coding.code) for coding in coded.codings
    ]


def test_where_two_people_coded_each_passage_says_who(study: studies.Study) -> None:
    coded = notebook.transcript(study, "K1")
    assert "·" not in coded._repr_html_()
    one = coded.codings[0]
    both = replace(coded, codings=(*coded.codings, replace(one, coder="zara")))
    html = both._repr_html_()
    assert f"· {one.coder}</span>" in html
    assert "· zara</span>" in html
