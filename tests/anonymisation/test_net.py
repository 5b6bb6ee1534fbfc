import pytest

from qualkit.anonymisation.net import find_capitals, find_unknown, is_noise


def capitals(text: str, language: str = "nb") -> list[str]:
    return [text[hit.start : hit.end] for hit in find_capitals(text, language)]


def unknown(text: str, language: str = "nb") -> list[str]:
    return [text[hit.start : hit.end] for hit in find_unknown(text, language)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Da kom Nasteexo til Gerica.", ["Nasteexo", "Gerica"]),
        ("Xawo kom. Huset var stort. Klokka gikk. Tjuefire år.", ["Xawo"]),
        ("Så kom K. Moen og Per A. Berg, på rom B.", ["K", "Moen", "Per", "A", "Berg"]),
        ("Hun har ADHD og PTSD, mener De.", []),
        ("Han sa: «Kanskje det.» Neste dag … Men nei.", []),
        ("Så kom Miche´al dit.", ["Miche´al"]),
    ],
)
def test_a_capital_tells_inside_a_sentence_or_on_a_word_that_no_dictionary_has(text, expected):
    assert capitals(text) == expected


def test_weekdays_and_i_are_no_names_in_english():
    assert capitals("On Fridays I've seen Thrupp, and I'd say so on Monday.", "en") == ["Thrupp"]


def test_without_capitals_the_dictionary_tells():
    assert unknown("så traff jeg nasteexo på butikken i storgrendedalen") == ["nasteexo", "storgrendedalen"]
    assert unknown("æ veit itj ka ho sa, asså, dæ va noko anna") == []
    assert unknown("DA TRAFF JEG NASTEEXO DER") == ["NASTEEXO"]


def test_behind_a_first_name_a_rare_word_is_a_surname():
    assert "hverven" in unknown("da kom ingrid hverven inn i stua og vi satt der")
    assert "hverven" not in unknown("da kom de til hverven inn i stua og vi satt der")


def test_long_compounds_of_known_words_are_no_names():
    assert unknown("vi hadde et samarbeidsmøte om omsorgsboligkøen i dag") == []


def test_codes_of_speakers_and_files_are_seen_in_any_casing():
    assert unknown("Det sa Informanten farsund_03, og så gikk vi.") == ["farsund_03"]


def test_only_one_half_of_the_net_is_spread():
    assert unknown("Da kom Nasteexo til Gerica.") == []
    assert capitals("så kom nasteexo til gerica den dagen") == []


def test_noise_has_nothing_in_it_but_hesitation():
    assert is_noise("# e")
    assert not is_noise("eh Li")
