import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualkit.anonymisation import ner
from qualkit.anonymisation.detecting import DETECTORS, detect
from qualkit.identity import CLASSES, TYPES

ALONE = {
    "names": ("nb", "Dag kom hjem. Så snakket de med ståle lenge.", "Dag"),
    "places": ("nb", "jeg bor i hå og trives", "hå"),
    "institutions": ("nb", "Hun gikk på skolen på Solhaug den gangen.", "skolen på Solhaug"),
    "capitals": ("en", "So I met Thrupp at the station.", "Thrupp"),
    "unknown-words": ("nb", "så traff jeg mbarek på butikken", "mbarek"),
    "id-number": ("en", "It is 018186 12345.", "018186 12345"),
    "account": ("en", "The account is 1234.56.78903, she said.", "1234.56.78903"),
    "organisation-number": ("en", "The firm is 974 760 673 in there.", "974 760 673"),
    "iban": ("en", "So it is no9386011117947 then.", "no9386011117947"),
    "plate": ("nb", "Bilen var EL 12345, den røde.", "EL 12345"),
    "digits": ("en", "The case was 1234567 on the sheet.", "1234567"),
    "spoken-number": ("nb", "Det er ni en tre fire fem seks sju åtte, sa hun.", "ni en tre fire fem seks sju åtte"),
    "numbered": ("en", "He has plot forty-one there.", "plot forty-one"),
    "echoes": (
        "en",
        "heather had the dog stuffed and it is in the hall. is heather's dog in?",
        "heather's",
    ),
    "named-so": ("en", "i grew up outside of pikeville up raccoon creek and it was nice.", "raccoon creek"),
    "phone": ("en", "You can ring 68 05 00 12 then.", "68 05 00 12"),
    "e-mail": ("en", "write to hei.du@example.com then", "hei.du@example.com"),
    "url": ("en", "It is at example.no/side/3 there.", "example.no/side/3"),
    "handle": ("en", "She said I am @solskinn99 in London now.", "@solskinn99"),
    "street": ("nb", "jeg bodde i storgata 14 den gangen", "storgata 14"),
    "postcode": ("nb", "jeg bodde i 1765 Halden", "1765 Halden"),
    "date": ("nb", "Det var den 14. februar det skjedde.", "14. februar"),
    "year": ("en", "He died in 1987 at home.", "1987"),
    "age": ("nb", "Jeg er 46 og har det fint.", "46"),
    "role": ("nb", "Jeg snakket med ordføreren om det.", "ordføreren"),
    "only-one": ("nb", "Jeg er den eneste jordmoren i kommunen, vet du.", "den eneste jordmoren i kommunen"),
    "employer": ("en", "I was employed by Post and Bell in town.", "Post and Bell"),
    "occupation": ("nb", "Moren min er tannlege.", "tannlege"),
    "doing": ("nb", "Han kjører buss.", "kjører buss"),
    "count": ("nb", "De hadde trettito kyr.", "trettito kyr"),
    "years": ("nb", "Jeg var der i sytten år.", "sytten år"),
    "condition": ("nb", "Hun har stomi.", "stomi"),
    "medicine": ("nb", "Jeg går på klozapin.", "klozapin"),
    "diagnosis": ("nb", "Hun var spedalsk i mange år.", "spedalsk"),
    "life": ("nb", "Jeg var båtflyktning den gangen.", "båtflyktning"),
    "family": ("nb", "Moren min er enke og bor her.", "enke"),
    "pet": ("nb", "Jeg gikk tur med hunden min kaffekopp.", "kaffekopp"),
    "origin": ("nb", "Hun er polsk og snakker norsk.", "polsk"),
    "faith": ("nb", "Vi er katolikker i vår familie.", "katolikker"),
    "club": ("nb", "Han spilte i ballklubben der.", "ballklubben"),
    "ner": ("nb", "Dette sa sjefen i høyre da stein kom inn til jo.", "stein"),
}
"""Of each detector, words that it alone sees whole."""


def covered(text: str, words: str, language: str, without: frozenset[str] = frozenset()) -> float:
    """The share of some words' letters and figures that hits cover."""
    start = text.index(words)
    seen = {at for hit in detect(text, language=language, without=without) for at in range(hit.start, hit.end)}
    letters = [at for at in range(start, start + len(words)) if text[at].isalnum()]
    return sum(at in seen for at in letters) / len(letters)


def seen(text: str, language: str = "nb", **more: object) -> set[str]:
    return {text[hit.start : hit.end] for hit in detect(text, language=language, **more)}  # type: ignore[arg-type]


def test_every_detector_has_words_that_it_alone_sees():
    assert set(ALONE) == set(DETECTORS)


@pytest.mark.parametrize("detector", ALONE)
def test_without_a_detector_something_is_no_longer_seen(detector):
    language, text, words = ALONE[detector]
    assert covered(text, words, language) == 1
    assert covered(text, words, language, frozenset({detector})) < 1


def test_versions_are_those_that_hits_carry():
    text = "Ingrid og Nasteexo bor på Åsen bo- og omsorgssenter i Halden, ring 68 05 00 12."
    carried = dict(hit.detector.split("@", 1) for hit in detect(text, language="nb"))
    assert carried.items() <= DETECTORS.items()
    assert {"names", "places", "institutions", "capitals", "phone"} <= carried.keys()
    assert DETECTORS["ner"] == ner.VERSION


def test_only_what_is_spoken_is_read():
    text = "Berntine: Hvem var det?\nK: Jeg traff Ingrid i Halden."
    assert seen(text, speech=[(10, 23), (27, len(text))]) == {"Ingrid", "Halden"}


def test_labels_do_not_make_recogniser_output_cased():
    turns = ["I: hvem var det da", "K1: jeg traff nasteexo", "I: ja og hva sa hun", "K1: at mbarek var der"]
    text = "\n".join(turns)
    begins = [text.index(turn) + turn.index(":") + 2 for turn in turns]
    spoken = [(begin, text.find("\n", begin) if "\n" in text[begin:] else len(text)) for begin in begins]
    assert {"nasteexo", "mbarek"} <= seen(text, speech=spoken)


def test_a_name_that_a_pause_parts_is_led_back_to_the_text_as_it_stands():
    assert "Kari (.) Nordmann" in seen("Så kom Kari (.) Nordmann inn i stua den kvelden.")


def test_what_is_masked_already_is_not_seen():
    assert not seen("Da jeg var på [sykehus], sa NN at [fornavn legen] ikke var der.")


def test_hesitation_is_no_name():
    assert not seen("e ## e jaha, eh", "nn")


def test_a_name_in_two_turns_is_no_name_of_both():
    text = "K: Da var det Kari\nI: Moen Hansen?"
    assert {"Kari", "Hansen"} <= seen(text, speech=[(3, 18), (22, 34)])


@pytest.mark.parametrize(
    ("language", "text", "names"),
    [
        (
            "nb",
            "Da jeg møtte Abdirahman og Nguyen Thi Lan, var Máret Utsi der.",
            "Abdirahman Nguyen Thi Lan Máret Utsi",
        ),
        ("nn", "Ho Małgorzata og han Sivakumar budde hos Anne-Grete.", "Małgorzata Sivakumar Anne-Grete"),
        ("en", "Then Siobhan said that Mr Okonkwo knew Priyanka.", "Siobhan Okonkwo Priyanka"),
        ("nb", "INGRID BODDE HOS NASTEEXO I HALDEN DEN GANGEN", "INGRID NASTEEXO HALDEN"),
        ("nb", "jeg bodde i halden med ingrid og abdirahman den gangen", "halden ingrid abdirahman"),
    ],
)
def test_names_of_many_origins_are_seen_in_every_casing(language, text, names):
    for name in names.split():
        assert covered(text, name, language) == 1, name


@given(st.text("abc ABC.,:#[]()«»\n\u00ad\u0301'-_KariHalden0123 ", max_size=120), st.sampled_from(["nb", "nn", "en"]))
@settings(max_examples=60, deadline=None)
def test_hits_lie_within_the_text_in_order_and_are_the_same_every_time(text, language):
    hits = detect(text, language=language)
    assert all(0 <= hit.start < hit.end <= len(text) for hit in hits)
    assert [hit.start for hit in hits] == sorted(hit.start for hit in hits)
    assert all(hit.type in TYPES and hit.cls in CLASSES for hit in hits)
    assert hits == detect(text, language=language)
