import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualkit.anonymisation.wording_edits import proposed, with_edit, without_edit
from qualkit.anonymisation.wordings import QuotationEdit, beyond, parse_edits
from qualkit.errors import FaultyFiles


@pytest.mark.parametrize(
    ("raw", "edited"),
    [
        ("Eh, det, det var eh sånn (.) at jeg jeg ringte.", "Det var sånn at jeg ringte."),
        ("Nei. Nei, eh.", "Nei. Nei."),
        ("Det var, øh, ikke sant? Eh. Vi vi gikk.", "Det var, ikke sant? Vi gikk."),
        ("Jeg tenkte (2.0) at eh at det\n gikk", "Jeg tenkte at det gikk"),
        ("han sa: «eh, nei»", "han sa: «nei»"),
        ("well, um, I I mean it's, it's fine", "well, I mean it's fine"),
        ("Æ veit itj.", "Æ veit itj."),
        ("eh", "eh"),
    ],
)
def test_hesitations_pauses_and_repetitions_go_and_nothing_is_put_in(raw: str, edited: str) -> None:
    assert proposed(raw) == edited


WORDS = ["eh", "mm", "Eh", "jeg", "Jeg", "det", "it's", "natt-vakt", "ringte", "æ", "«ja»", "(.)", "(2.0)", "#", "27"]


@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=12), st.lists(st.sampled_from([" ", ", ", ". ", " – "])))
def test_what_is_proposed_is_never_more_than_the_style_allows(words: list[str], gaps: list[str]) -> None:
    raw = " ".join("".join(a + (gaps[n] if n < len(gaps) else " ") for n, a in enumerate(words)).split())
    edit = QuotationEdit("c1", raw, proposed(raw), "kari")
    assert beyond(edit, "hesitations-removed") == ""


def test_edits_are_written_taken_out_and_leave_every_other_byte() -> None:
    ours = "# våre\n- coding: c1  # god\n  raw: eh, ja\n  edited: ja\n  by: kari\n"
    both = with_edit(ours, QuotationEdit("c2", 'han sa: "eh"', 'han sa: "eh"', "ola", "2026-03-01"))
    assert both.startswith(ours)
    edits, problems = parse_edits(both)
    assert problems == []
    assert edits["c2"] == QuotationEdit("c2", 'han sa: "eh"', 'han sa: "eh"', "ola", "2026-03-01", 6)
    assert without_edit(both, "c2") == ours
    assert parse_edits(without_edit(ours, "c1")) == ({}, [])
    assert without_edit(ours, "c9") == ours
    again = with_edit(without_edit(ours, "c1"), QuotationEdit("c3", "a", "a", "kari"))
    assert list(parse_edits(again)[0]) == ["c3"]


def test_a_file_with_faults_is_left() -> None:
    with pytest.raises(FaultyFiles):
        with_edit("- coding: c1\n\t- x\n", QuotationEdit("c1", "a", "a", "kari"))
