import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualkit.anonymisation.cleaned import MASK, cleaned, in_original


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kari (.) Nes", "Kari Nes"),
        ("Kari (2.0) Nes", "Kari Nes"),
        ("Kari (3 sek) Nes", "Kari Nes"),
        ("Kari (pause) Nes", "Kari Nes"),
        ("Kari [lang pause] Nes", "Kari Nes"),
        ("[latter] Ja", "Ja"),
        ("Ja [latter].", "Ja."),
        ("Ja (ler litt) da", "Ja da"),
        ("((hoster)) ja", "ja"),
        ("<uforståelig> ja", "ja"),
        ("*ler* ja", "ja"),
        ("ni # en # tre", "ni en tre"),
        ("ni // en", "ni en"),
        ("00:12:33 Kari", "Kari"),
        ("[00:12:33] Kari", "Kari"),
        ("Kari [00:12:33] Nes", "Kari Nes"),
        ("00:12:33.000 --> 00:12:35.000\nKari", "\nKari"),
        ("#00:12:33-5# Kari", "Kari"),
        ("Ka:::ri", "Kari"),
        ("Ka:ri", "Kari"),
        ("Ka\u00adri Ne\u200bs", "Kari Nes"),
        ("A\u030ase", "Åse"),
        ("Ka(.)ri", "Kari"),
        ("Kari(ler)Nes", "Kari Nes"),
        ("Intervjuer: Hei\nK1: Hei\nKari: Nei", "Hei\nHei\nKari: Nei"),
        ("i [kommune] i fjor", f"i {MASK} i fjor"),
        ("NN og XX.", f"{MASK} og {MASK}."),
        ("[Kari] (46) (1987) (Per)", "[Kari] (46) (1987) (Per)"),
        ("klokka 12:30", "klokka 12:30"),
        ("46 (år)", f"46 {MASK}"),
        ("(hun mener Kari)", "(hun mener Kari)"),
        ("(68 05 00 12)", "(68 05 00 12)"),
        ("", ""),
        ("ingen merker", "ingen merker"),
    ],
)
def test_marks_are_taken_away(text: str, expected: str) -> None:
    assert cleaned(text)[0] == expected


MARKS = ["(.)", "(pause)", "[latter]", "#", "00:12:33", "[kommune]", "NN", "(2.0)", "\u00ad", "//", "<ler>", ":::"]
WORDS = ["Kari", "Nes", "sa", "46", "A\u030ase", "på", "68 05 00 12", "…", "[Per]", "\n"]


@given(st.lists(st.tuples(st.sampled_from(WORDS + MARKS), st.sampled_from([" ", "", "\n", ", "])), max_size=12))
def test_every_character_is_found_again_where_it_came_from(pieces: list[tuple[str, str]]) -> None:
    text = "".join(piece + between for piece, between in pieces)
    view, origins = cleaned(text)

    assert len(view) == len(origins)
    assert list(origins) == sorted(origins)
    for at, char in enumerate(view):
        start, end = in_original(at, at + 1, origins, text)
        assert char in (MASK, " ") or unicodedata.normalize("NFC", text[start:end].rstrip("\u00ad"))[:1] == char


@given(st.text(st.sampled_from("aK1 .#:()[]<>*/=\u00ad\u030a\nåN"), max_size=40))
def test_any_text_can_be_cleaned(text: str) -> None:
    view, origins = cleaned(text)

    assert len(view) == len(origins)
    assert all(0 <= at < len(text) for at in origins)
    assert list(origins) == sorted(origins)
    for start in range(0, len(view), 3):
        first, last = in_original(start, len(view), origins, text)
        assert 0 <= first < last <= len(text)


def test_a_stretch_covers_the_marks_inside_it() -> None:
    text = "Ja, Ka\u00adri (.) A\u030as da"
    view, origins = cleaned(text)
    start = view.index("Kari")

    first, last = in_original(start, start + len("Kari Ås"), origins, text)

    assert text[first:last] == "Ka\u00adri (.) A\u030as"
