import pytest

from qualkit.anonymisation.addresses import find_addresses


def seen(text: str, language: str = "nb") -> list[str]:
    return [text[hit.start : hit.end] for hit in find_addresses(text, language)]


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("i Bakkeveien 12, der", "nb", ["Bakkeveien 12"]),
        ("i Bakkeveien 12 B, der", "nb", ["Bakkeveien 12 B"]),
        ("i Bakkevegen 12b.", "nn", ["Bakkevegen 12b"]),
        ("i storgata 3 i byen", "nb", ["storgata 3"]),
        ("i storgata fem", "nb", ["storgata fem"]),
        ("i Storgata nummer tolv", "nb", ["Storgata nummer tolv"]),
        ("Karl Johans gate 5", "nb", ["Karl Johans gate 5"]),
        ("i Kongens gate", "nb", ["Kongens gate"]),
        ("i kongens gate 7", "nb", ["kongens gate 7"]),
        ("bur i Solbakken 4", "nn", ["Solbakken 4"]),
        ("jeg bor i tredje etasje i blokk sju der", "nb", ["tredje etasje i blokk sju"]),
        ("eg bur på haugland 12, der", "nn", ["haugland 12"]),
        ("gårdsnummer tolv, bruksnummer tre", "nb", ["gårdsnummer tolv, bruksnummer tre"]),
        ("jeg bodde der i to år og bor i 12 måneder til", "nb", []),
        ("the postcode is ls6 2ab there", "en", ["ls6 2ab"]),
        ("send det til Kokelvveien 1188, der", "nb", ["Kokelvveien 1188"]),
        ("i solheims gaten tjueni der", "nb", ["solheims gaten tjueni"]),
        ("push it through 3 Quaker Fold, please", "en", ["3 Quaker Fold"]),
        ("it is RURAL ROUTE 2, BOX 77, out there", "en", ["RURAL ROUTE 2", "BOX 77"]),
        ("på Nedre Langgate 20", "nb", ["Nedre Langgate 20"]),
        ("Fjordgt. 8", "nb", ["Fjordgt. 8"]),
        ("Prestegårdsalléen 2", "nb", ["Prestegårdsalléen 2"]),
        ("Olav Trygvasons plass 1", "nb", ["Olav Trygvasons plass 1"]),
        ("Granlia 33 A", "nb", ["Granlia 33 A"]),
        ("i Elvegata der nede", "nb", ["Elvegata"]),
        ("1771 Halden", "nb", ["1771 Halden"]),
        ("N-9990 Båtsfjord", "nb", ["N-9990 Båtsfjord"]),
        ("0150 oslo", "nb", ["0150 oslo"]),
        ("postnummeret er 4520", "nb", ["4520"]),
        ("Postboks 12", "nb", ["Postboks 12"]),
        ("gnr. 12, bnr. 3", "nb", ["gnr. 12, bnr. 3"]),
        ("leilighet H0203", "nb", ["H0203"]),
        ("at 14 Mill Lane, just", "en", ["14 Mill Lane"]),
        ("at 14 mill lane", "en", ["14 mill lane"]),
        ("down Fell Road", "en", ["Fell Road"]),
        ("it's SW1A 2AA", "en", ["SW1A 2AA"]),
        ("PO Box 12", "en", ["PO Box 12"]),
    ],
)
def test_addresses_are_seen(text: str, language: str, expected: list[str]) -> None:
    assert seen(text, language) == expected


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("på hovedveien 50 km unna", "nb"),
        ("hele veien 3 timer", "nb"),
        ("langs sykkelveien og skoleveien", "nb"),
        ("Og alle tre kom", "nb"),
        ("jeg fikk ringt tre stykker", "nb"),
        ("de bor på alle kanter", "nb"),
        ("Fått plass to ganger", "nb"),
        ("i 2019 kom Kari", "nb"),
        ("på vei hjem", "nb"),
        ("På vei hjem", "nb"),
        ("underveis", "nb"),
        ("det går sin gang, 12 dager", "nb"),
        ("halvveien", "nb"),
        ("50 miles of open road", "en"),
        ("on the way, 3 times", "en"),
        ("2 of them lived close", "en"),
        ("10 minutes drive", "en"),
        ("the 3 of us sat in a row", "en"),
    ],
)
def test_ways_without_a_name_are_let_be(text: str, language: str) -> None:
    assert seen(text, language) == []
