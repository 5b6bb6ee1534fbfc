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


@pytest.mark.parametrize(
    ("text", "language", "whole"),
    [
        ("så kom angela pick avance inn og satte seg", "en", "pick"),
        ("then i saw yohannes tes fa lem on the track", "en", "fa"),
        ("det var bente rong ve som spurte meg om det", "nb", "ve"),
    ],
)
def test_fragments_beside_what_nobody_knows_are_part_of_the_name(text, language, whole):
    assert whole in unknown(text, language)


def test_a_rare_english_word_behind_a_first_name_is_a_surname():
    assert "sacks" in unknown("it was julian sacks who wrote to them", "en")
    assert "laughed" not in unknown("it was julian laughed about then", "en")


@pytest.mark.parametrize("word", ["parlamentarikarane", "høgtidelege", "lønningane", "kritikarar"])
def test_nynorsk_forms_of_words_that_bokmaal_has_are_no_names(word):
    assert unknown(f"det var {word} som kom og vi satt der", "nn") == []


@pytest.mark.parametrize(
    ("text", "language", "whole"),
    [
        ("Eg kjøpte det av Brungot Stol og Sofa der.", "nn", "Stol og Sofa"),
        ("It went to The Old Forge last year.", "en", "The Old"),
        ("Alle seier Knut i Lia om han.", "nn", "Knut i Lia"),
        ("Alle i Klopp terrasse vet det.", "nb", "Klopp terrasse"),
        ("Møre-Nytt skreiv om det.", "nn", "Møre-Nytt"),
        ("Ho er «hestejenta» no.", "nn", "hestejenta"),
        ("They called it the “Sawdust Siege” here.", "en", "Sawdust Siege"),
    ],
)
def test_names_of_several_words_and_in_quotation_marks_are_whole(text, language, whole):
    assert whole in capitals(text, language)


@pytest.mark.parametrize(
    "text",
    [
        "Hun sa: «kom hit nå», og jeg kom.",
        "Han sa «nei takk» og gikk.",
        "Da tenkte jeg at «dette er rart».",
    ],
)
def test_what_somebody_says_is_no_name(text):
    assert capitals(text) == []
