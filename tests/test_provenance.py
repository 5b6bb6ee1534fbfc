from collections.abc import Callable
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from qualkit import study as studies
from qualkit.anonymisation.redactor import Register
from qualkit.material import load_material
from qualkit.model import Quotation, Span
from qualkit.provenance import clock, codings_table, surroundings
from qualkit.publishing import register_of

TALK = (
    "I: Hvem, Kari?\n\nKari: Før. "
    + "Mange ord her. " * 80
    + "Jeg ringte. "
    + "Flere ord der. " * 80
    + "\n\nI: Ja.\n\nI: Nei.\n"
)


@given(st.integers(0, 200_000))
def test_a_time_tells_its_hours_minutes_and_seconds(seconds: int) -> None:
    hours, minutes, rest = map(int, clock(seconds + 0.9).split(":"))
    assert hours * 3600 + minutes * 60 + rest == seconds
    assert minutes < 60 > rest


def study_of(qualkit: Callable, interviews: Callable, text: str) -> Path:
    folder = interviews({"lang.txt": text}, participants="id;labels\nP1;Kari\n")
    qualkit("code", folder)
    return folder.with_name("interviews-study")


def test_a_long_turn_is_cut_around_the_coded_words_at_whole_words(qualkit: Callable, interviews: Callable) -> None:
    material = load_material(studies.open_study(study_of(qualkit, interviews, TALK)))
    text = material.transcripts["lang"].text
    start = text.index("Jeg ringte.")
    quotation = Quotation("Jeg ringte.", "c1", Span("lang", start, start + 11), "(P1)")
    around = surroundings(material, [quotation], register_of(material))["c1"]
    assert [turn.speaker for turn in around.turns] == ["Intervjuer", "P1", "Intervjuer"]
    assert around.turns[0].pieces == (("Hvem, [P1]?", False),)
    assert around.turns[2].pieces == (("Ja.", False),)
    (before, _), (coded, marked), (after, _) = around.turns[1].pieces
    assert (coded, marked) == ("Jeg ringte.", True)
    assert before.startswith("[…] ")
    assert before.endswith("Mange ord her. ")
    assert after.startswith(" Flere ord der.")
    assert after.endswith(" […]")
    words = {"Mange", "Flere", "ord", "her.", "der.", "[…]"}
    assert set((before + after).split()) <= words
    assert max(len(before), len(after)) < 720


def test_surroundings_of_a_passage_over_several_turns_mark_it_in_each(qualkit: Callable, interviews: Callable) -> None:
    material = load_material(
        studies.open_study(study_of(qualkit, interviews, "I: A?\n\nKari: Ja, jeg ringte.\n\nI: Og?\n\nKari: Nei.\n"))
    )
    text = material.transcripts["lang"].text
    span = Span("lang", text.index("jeg"), text.index("Og?") + 2)
    around = surroundings(material, [Quotation("x", "c1", span, "")], Register({}, {}))["c1"]
    assert [turn.pieces for turn in around.turns] == [
        (("A?", False),),
        (("Ja, ", False), ("jeg ringte.", True)),
        (("Og", True), ("?", False)),
        (("Nei.", False),),
    ]


def test_codings_of_a_transcript_that_is_gone_are_listed_without_a_line(named_study: Path) -> None:
    (named_study / "transcripts" / "fokus.txt").unlink()
    material = load_material(studies.open_study(named_study))
    table = codings_table(material, material.extracts)
    keys = [column.key for column in table.columns]
    rows = [dict(zip(keys, row, strict=True)) for row in table.rows]
    assert {(row["line"], row["speaker"], row["kind"]) for row in rows if row["transcript"] == "fokus"} == {
        (None, "", "")
    }
