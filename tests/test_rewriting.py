import re
from collections.abc import Callable

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from qualkit.anonymisation.redactor import Register, Rendered, rendered
from qualkit.model import Speaker, Transcript
from qualkit.rewriting import Rewritten, TurnsWouldChange, rewritten
from qualkit.text import sha256_hex
from qualkit.transcripts.canonical import parse_turns

REGISTER = Register({"kari nes": "P1"}, {"Kari": "P1", "Nes": "P1", "Ola": "P22"})
SPEAKERS = (Speaker("I", "interviewer"), Speaker("Kari Nes", "participant", participant="P1"))


def record(text: str, **fields: object) -> Transcript:
    turns = parse_turns(text, [speaker.label for speaker in SPEAKERS], {2: (1.5, 9.0)})
    return Transcript("Kari", text, turns, SPEAKERS, "nb", sha256_hex(text), **fields)  # type: ignore[arg-type]


def shared(text: str, **fields: object) -> Rewritten:
    return rewritten(record(text, **fields), rendered(text, REGISTER), {"Kari Nes": "P1"}, identifier="P1")


def test_turns_speakers_times_and_pages_stay() -> None:
    text = "I: Hva, Kari?\n\nKari Nes: Ola gikk.\nKaris vakt.\n\nI: Ja.\n"
    one = shared(text, pages={0: 1, text.index("Karis"): 2}, source="originals/Kari.docx", extra={"x": "Kari"})
    new = one.transcript
    assert new.text == "I: Hva, [P1]?\n\nP1: [P22] gikk.\n[P1]s vakt.\n\nI: Ja.\n"
    assert [(turn.speaker, new.text[turn.start : turn.end], turn.time) for turn in new.turns] == [
        ("I", "Hva, [P1]?", None),
        ("P1", "[P22] gikk.\n[P1]s vakt.", (1.5, 9.0)),
        ("I", "Ja.", None),
    ]
    assert [(speaker.label, speaker.role, speaker.participant) for speaker in new.speakers] == [
        ("I", "interviewer", None),
        ("P1", "participant", None),
    ]
    assert {new.text[start:][:8]: page for start, page in new.pages.items()} == {"I: Hva, ": 1, "[P1]s va": 2}
    assert (new.id, new.source, new.source_sha256, dict(new.extra)) == ("P1", "", "", {})
    assert new.sha256 == sha256_hex(new.text)


def test_an_edge_within_a_name_takes_the_whole_replacement_along() -> None:
    text = "I: Da sa Kari Nes det.\n"
    one = shared(text)
    at = text.index("Kari")
    for start, end, words in [
        (at, at + 4, "[P1]"),
        (at + 2, at + 8, "[P1]"),
        (at + 5, at + 12, "[P1] det"),
        (at - 3, at + 1, "sa [P1]"),
        (at + 8, at + 12, " det"),
    ]:
        first, last = one.place(start, end)
        assert one.transcript.text[first:last] == words


def test_the_way_back_gives_whole_names() -> None:
    one = shared("I: Da sa Kari Nes det.\n")
    new, old = one.transcript.text, one.before.text
    for words, before in [("[P1]", "Kari Nes"), ("P1", "Kari Nes"), ("sa [P1] det", "sa Kari Nes det"), ("det", "det")]:
        start = new.index(words)
        first, last = one.place_before(start, start + len(words))
        assert old[first:last] == before


def test_whose_words_may_not_be_quoted_keeps_turns_without_them() -> None:
    text = "I: Hva?\n\nKari Nes: Jeg var redd.\n\nI: Ja."
    one = rewritten(
        record(text),
        rendered(text, REGISTER),
        {"Kari Nes": "P1"},
        identifier="x",
        barred={"Kari Nes"},
        note="[skal ikke siteres]",
    )
    assert one.transcript.text == "I: Hva?\n\nP1: [skal ikke siteres]\n\nI: Ja."


def test_a_line_that_would_open_a_turn_is_refused() -> None:
    with pytest.raises(TurnsWouldChange, match="P1"):
        shared("Kari Nes: Han skrev\nP1: hei\n")


def pieces() -> st.SearchStrategy[str]:
    word = st.sampled_from(
        ["Kari", "Karis", "Nes", "Ola", "Kari Nes", "vakt", "å", "…", "[ler]", "kari nes", "😀", "\n"]
    )
    line = st.lists(word, min_size=1, max_size=8).map(" ".join)
    turn = st.tuples(st.sampled_from(["I", "Kari Nes"]), line).map(": ".join)
    return st.lists(turn, min_size=1, max_size=5).map("\n\n".join)


@given(text=pieces(), data=st.data())
def test_words_under_every_place_are_the_rendering_of_the_words_before(text: str, data: st.DataObject) -> None:
    one = shared(text)
    spoken = [turn for turn in one.before.turns if turn.start < turn.end]
    assume(spoken)
    turn = data.draw(st.sampled_from(spoken))
    start = data.draw(st.integers(turn.start, turn.end - 1))
    end = data.draw(st.integers(start + 1, turn.end))
    first, last = one.place(start, end)
    # Widened to whole names, and no further.
    whole = one.place_before(first, last)
    assert whole[0] <= start <= end <= whole[1]
    widened = (one.before.text[whole[0] : start], one.before.text[end : whole[1]])
    assert all(re.fullmatch(r"(?i)[karinesol \n]*", words) for words in widened)
    assert one.transcript.text[first:last] == rendered(text, REGISTER).between(*whole)


@given(text=pieces())
def test_turns_are_as_many_and_nothing_leaks(text: str) -> None:
    one = shared(text)
    assert [turn.speaker for turn in one.transcript.turns] == [
        {"I": "I", "Kari Nes": "P1"}[turn.speaker or ""] for turn in one.before.turns
    ]
    assert not re.search("kari|nes|ola", one.transcript.text, re.IGNORECASE)
    assert list(one.origins) == sorted(one.origins)
    assert len(one.origins) == len(one.transcript.text)


def test_what_nobody_renamed_stays(interview: Callable[..., Transcript]) -> None:
    record = interview("I: Hei\nKari: Ja")
    one = rewritten(record, Rendered(record.text, range(len(record.text))), {}, identifier="a")
    assert one.transcript.text == one.before.text
    assert one.place(2, 5) == one.place_before(2, 5) == (2, 5)


def test_a_name_does_not_run_over_the_end_of_a_turn() -> None:
    assert shared("I: Det var Kari\n\nNes\n\nKari Nes: Nei").transcript.text == "I: Det var [P1]\n\nP1: Nei"
    text = "I: Og så Kari\n\nKari Nes: Nei\n"
    at = text.index("Kari\n")
    ran_over = Rendered(text[:at] + "[P1]" + text[at + 10 :], [*range(at), *[at] * 4, *range(at + 10, len(text))])
    one = rewritten(record(text), ran_over, {"Kari Nes": "P1"}, identifier="x")
    assert one.transcript.text == "I: Og så [P1]\n\nP1: Nei\n"
