import pytest

from qualkit.anonymisation.detecting import detect
from qualkit.anonymisation.rejoined import rejoined


@pytest.mark.parametrize(
    ("language", "text", "whole"),
    [
        ("en", "we moved to ull a pool in the spring", "ullapool"),
        ("nb", "hun var syke pleier i mange år", "sykepleier"),
        ("nb", "så kom petter øst by og satte seg", "østby"),
        ("nb", "vi fikk brakke midt i solheims gaten tjueni", "solheimsgaten"),
        ("nn", "fastlegen på ullensvang lege kontor sa det", "legekontor"),
        ("en", "the doctor was ban erjee and she wrote", "banerjee"),
    ],
)
def test_what_a_recogniser_took_apart_is_put_together(language, text, whole):
    view, places = rejoined(text, language)
    assert whole in view
    assert "".join(text[place] for place in places) == view


def test_words_that_are_words_stay_apart():
    assert rejoined("jeg gikk hjem og la meg", "nb") is None
    assert rejoined("det var en lang veien og store huset sto der", "nb") is None


def test_a_name_that_was_taken_apart_is_covered_where_it_stands():
    text = "we moved to ull a pool in the spring"
    assert "ull a pool" in {text[hit.start : hit.end] for hit in detect(text, language="en")}
