import pytest

from qualkit.anonymisation.places import all_places, find_places


def places(text: str, language: str = "nb") -> list[str]:
    return [text[hit.start : hit.end] for hit in find_places(text, language)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Jeg kom fra Halden til Mo i Rana.", ["Halden", "Mo i Rana"]),
        (
            "Haldens sykehus og Halden-mannen i Møre og Romsdals midte.",
            ["Haldens", "Halden-mannen", "Møre og Romsdals"],
        ),
        ("Vi bodde i Guovdageaidnu og i Kautokeino.", ["Guovdageaidnu", "Kautokeino"]),
        ("Time etter time satt vi i Time.", ["Time"]),
        ("De kom fra Sri Lanka, Somalia og Polen.", ["Sri Lanka", "Somalia", "Polen"]),
    ],
)
def test_places_of_the_lists_are_found_whole(text, expected):
    assert places(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("jeg bor i halden, ikke i moss nå", ["halden", "moss"]),
        ("time etter time i en hole på strand i vinden", []),
        ("jeg vokste opp og bodde på nes da jeg var liten", ["nes"]),
    ],
)
def test_in_small_letters_a_word_that_is_a_place_needs_a_preposition(text, expected):
    assert places(text) == expected


def test_english_words_are_no_norwegian_places():
    assert places("he lost his son in hell and had a time in moss", "en") == []


def test_postal_places_are_written_as_in_running_text():
    assert {"mo i rana", "ny-ålesund", "nes på hedmarken", "bø i telemark"} <= all_places()
