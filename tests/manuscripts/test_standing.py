"""Quoted words are found where they stand, and nowhere else."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from qualkit.manuscripts.pieces import Piece, delimited_pieces, json_pieces, page_pieces, plain_pieces
from qualkit.manuscripts.sayings import sayings
from qualkit.manuscripts.standing import find_words, text_to_search

SAID = "K1: Jeg måtte ringe [K2] igjen. Ingen tok den, og så ble det helg.\n\nK1: Ingen tok den da heller."


def stand(words: str) -> list[tuple[str, str]]:
    return [(SAID[match.start : match.end], match.how) for match in find_words(words, [text_to_search(SAID)])]


def test_words_stand_letter_by_letter_with_other_signs_cut_or_nearly() -> None:
    assert stand("Jeg måtte ringe [K2] igjen.") == [("Jeg måtte ringe [K2] igjen", "verbatim")]
    assert stand("jeg måtte ringe [Kari], igjen") == [("Jeg måtte ringe [K2] igjen", "marks")]
    assert stand("Jeg måtte ringe […] og så ble det helg.") == [
        ("Jeg måtte ringe [K2] igjen. Ingen tok den, og så ble det helg", "cut")
    ]
    assert stand("Ingen tok den, og da ble det helg.") == [("Ingen tok den, og så ble det helg", "near")]


def test_words_that_stand_twice_are_found_twice_and_invented_ones_never() -> None:
    assert [words for words, _ in stand("Ingen tok den")] == ["Ingen tok den", "Ingen tok den"]
    assert stand("Vi gleder oss alltid til fredagen kommer") == []
    assert stand("…") == []


@given(st.integers(0, len(SAID) - 1), st.integers(1, 60))
def test_every_stretch_of_a_text_that_has_words_is_found_in_it(start: int, length: int) -> None:
    text = text_to_search(SAID)
    first = next((begin for begin, _ in text.places if begin >= start), None)
    last = next((end for _, end in reversed(text.places) if end <= start + length), None)
    if first is not None and last is not None and last > first:
        found = find_words(SAID[first:last], [text])
        assert (first, last) in [(match.start, match.end) for match in found]


def test_what_stands_between_marks_is_quoted_with_whose_it_is() -> None:
    text = (
        "Hun sa at «det aldri tok slutt» og «Jeg ringte “og ringte” hele dagen» (K1, lege). K2: «Ja, det gjorde vi da.»"
    )
    assert [(one.words, one.told) for one in sayings(Piece("p", text))] == [
        ("det aldri tok slutt", ""),
        ("Jeg ringte “og ringte” hele dagen", "K1, lege"),
        ("Ja, det gjorde vi da.", "K2"),
    ]
    assert [one.words for one in sayings(Piece("p", "«Nei.» (K1)"))] == ["Nei."]
    assert list(sayings(Piece("p", "Begrepet «tverrfaglig» er «nytt»."))) == []


def test_files_are_taken_apart_with_places() -> None:
    page = "<style>«a b c d»</style><table><td class='said'>«Ja.» (K1)</td></table><details><p>Nei</p></details>"
    assert [(one.text, one.quotation) for one in page_pieces(page)] == [("«Ja.» (K1)", True)]
    rows = list(delimited_pieces("\ufeffid,words\r\nc1,'=ja\r\n"))
    assert [(one.place, one.text, one.quotation, one.coding) for one in rows] == [
        ("row 2, id", "c1", False, "c1"),
        ("row 2, words", "=ja", True, "c1"),
    ]
    quotation = '{"tables":[{"rows":[[{"text":"Ja.","attribution":"(K1)","coding":"c1"}]]}]}'
    assert list(json_pieces(quotation)) == [Piece("tables[1].rows[1][1]", "Ja. (K1)", quotation=True, coding="c1")]
    assert [one.place for one in plain_pieces("a\n\n\nb\n")] == ["line 1", "line 4"]
