import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualkit.text import around, near_miss, nfc, normalise, slug, transcript_id, trimmed

NASTY = st.text(st.sampled_from("a å\u030aA\r\n\u0085\u2028\ufeff\u00ad\u200b\u200d\x00\x0b\t😀\u0301"))


@given(st.one_of(st.text(), NASTY))
def test_a_normalised_text_is_left_alone(text: str) -> None:
    once, _ = normalise(text)
    again, repairs = normalise(once)

    assert again == once
    assert repairs.sentences() == []
    assert unicodedata.is_normalized("NFC", once)
    assert "\r" not in once


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("sam\u00adarbeid", "samarbeid"),
        ("en\r\nto\rtre\u2028fire\u0085fem", "en\nto\ntre\nfire\nfem"),
        ("pa\u030a \u200bgata", "på gata"),
        ("\ufeffja\x00\tnei", "ja\tnei"),
        ("👩\u200d👧 ler", "👩\u200d👧 ler"),
        ("\ud800løst", "løst"),
    ],
)
def test_what_a_canonical_text_may_hold(text: str, canonical: str) -> None:
    assert normalise(text)[0] == canonical


def test_repairs_are_told_once_a_kind() -> None:
    _, repairs = normalise("a\u00ad\u200b\x01 pa\u030a")

    assert len(repairs.sentences()) == 3
    assert repairs.sentences()[0].startswith("2 invisible")


def test_context_stops_at_the_ends_of_the_text() -> None:
    text = "x" * 50 + "ORD" + "y" * 10

    assert around(text, 50, 53) == ("x" * 32, "y" * 10)
    assert around("ord", 0, 3) == ("", "")


@given(st.text(alphabet=" \n\ta"), st.data())
def test_trimmed_cuts_white_space_only(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    begin, stop = trimmed(text, start, end)

    assert text[begin:stop] == text[start:end].strip()


@pytest.mark.parametrize(
    ("stem", "expected"),
    [
        ("CON", "CON_"),
        ("con.intervju", "con_.intervju"),
        ("lpt1 .x", "lpt1_.x"),
        ("...", "transcript"),
        ("a/b\\c", "a-b-c"),
        ("konto", "konto"),
        ("pa\u030a", "på"),
    ],
)
def test_a_transcript_id_is_a_file_name_everywhere(stem: str, expected: str) -> None:
    assert transcript_id(stem) == expected


@given(st.text())
def test_a_transcript_id_has_no_character_that_a_file_system_forbids(stem: str) -> None:
    name = transcript_id(stem)

    assert name
    assert len(name.encode()) <= 181
    assert not set(name) & set('<>:"/\\|?*\0\n')
    assert name == name.strip(" .")


@given(st.text())
def test_a_slug_of_a_slug_is_itself(text: str) -> None:
    assert slug(slug(text)) == slug(text)


def test_letters_in_two_pieces_make_the_same_slug() -> None:
    assert slug("Pa\u030a gata!") == slug("På gata") == "på-gata"
    assert nfc("a\u030a") == "å"


def test_a_slip_finds_its_word_and_nonsense_finds_none() -> None:
    assert near_miss("Definiton", ["name", "definition"]) == "definition"
    assert near_miss("xyz", ["name", "definition"]) is None
    assert near_miss("a" * 1_000_000, ["name", "a" * 50]) is None
