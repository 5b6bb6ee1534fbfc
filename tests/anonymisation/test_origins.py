import pytest

from qualkit.anonymisation.origins import find_origins


def seen(text: str, language: str = "nb") -> list[str]:
    return [text[hit.start : hit.end] for hit in find_origins(text, language)]


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("hun er polsk og han er somalier", "nb", ["polsk", "somalier"]),
        ("dei polske og ein eritrear", "nn", ["polske", "eritrear"]),
        ("snakker tigrinja og arabisk", "nb", ["tigrinja", "arabisk"]),
        ("samiske barn, samene", "nb", ["samiske", "samene"]),
        ("ein same frå Kautokeino", "nn", ["ein same"]),
        ("norsk-somalisk", "nb", ["norsk-somalisk"]),
        ("polskfødt", "nb", ["polskfødt"]),
        ("vietnameserne", "nb", ["vietnameserne"]),
        ("a turk", "en", ["turk"]),
        ("jeg er muslim, hun er katolikk", "nb", ["muslim", "katolikk"]),
        ("han er Jehovas vitne", "nb", ["Jehovas vitne"]),
        ("dei er læstadianarar? Læstadianer", "nn", ["Læstadianer"]),
        ("med i pinsemenigheten", "nb", ["pinsemenigheten"]),
        ("Smiths venner", "nb", ["Smiths venner"]),
        ("kvensk og romani", "nb", ["kvensk", "romani"]),
        ("kom frå Eritrea, via sudan", "nn", ["Eritrea", "sudan"]),
        ("kom som flyktning", "nb", ["flyktning"]),
        ("SOMALISK", "nb", ["SOMALISK"]),
        ("she's Polish and speaks Somali", "en", ["Polish", "Somali"]),
        ("my Nigerian father", "en", ["Nigerian"]),
        ("we're Catholic", "en", ["Catholic"]),
        ("a Jehovah's Witness", "en", ["Jehovah's Witness"]),
        ("he is british-pakistani", "en", ["british-pakistani"]),
    ],
)
def test_peoples_and_faiths_are_seen(text: str, language: str, expected: list[str]) -> None:
    assert seen(text, language) == expected


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("norsk og norske og nordmenn", "nb"),
        ("det same som før", "nn"),
        ("dei same folka", "nn"),
        ("å finne ut, finner", "nb"),
        ("et rom, rommet, roms", "nb"),
        ("den syrende smaken", "nb"),
        ("vi sørger", "nb"),
        ("here i huset", "nb"),
        ("the same thing", "en"),
        ("I polish the floor", "en"),
        ("English and British people", "en"),
    ],
)
def test_the_majority_and_everyday_words_are_let_be(text: str, language: str) -> None:
    assert seen(text, language) == []
