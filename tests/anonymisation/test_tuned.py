"""Texts written with capitals here and there, nicknames, ages in passing, landmarks and rarities of few."""

import pytest

from qualkit.anonymisation.detecting import detect
from qualkit.anonymisation.tokens import is_careless

CARELESS = (
    "Ja det var i halden det begynte. så flytta vi. Han het tarsin og jobba på wiig blomster. der var det fint\n"
    "jeg gikk på bryne ungdomsskole. Og så kom doktor el amrani. han var grei\n"
    "vi bodde ved obrestad fyr\nNei. det var det\n"
    "og så var det slutt. Ja. men det gikk"
)


def covered(text: str, words: str, language: str) -> bool:
    at = text.index(words)
    marks = {place for hit in detect(text, language=language) for place in range(hit.start, hit.end)}
    return all(place in marks for place in range(at, at + len(words)) if text[place].isalnum())


@pytest.mark.parametrize("words", ["halden", "tarsin", "bryne", "el amrani", "obrestad fyr"])
def test_names_in_small_letters_are_seen_where_capitals_stand_here_and_there(words):
    assert is_careless(CARELESS)
    assert covered(CARELESS, words, "nb")


def test_a_text_with_capitals_throughout_is_not_careless():
    assert not is_careless("Jeg bor i Halden. Det er fint der. " * 10)


@pytest.mark.parametrize(
    ("text", "words", "language"),
    [
        ("vi kalte ham skjeggen og lo", "skjeggen", "nb"),
        ("our son natnael is nine he plays", "nine", "en"),
        ("og han jostein e sju, og ho e tolv", "sju", "nb"),
        ("Jeg fyller sytti til våren.", "sytti", "nb"),
        ("I'm eighty-three in March.", "eighty-three", "en"),
        ("Nå er jeg trettién\nSå bra.", "trettién", "nb"),
        ("Han ble bare fire uker.", "fire uker", "nb"),
        ("De fant ham ved jernbanebrua.", "jernbanebrua", "nb"),
        ("Jeg kjører rute 63.", "rute 63", "nb"),
        ("I live at 4 Tan y Bryn now.", "4 Tan y Bryn", "en"),
        ("Han bor i Ávžegeaidnu 14.", "Ávžegeaidnu 14", "nb"),
        ("Moren hans er fra Da Nang.", "Da Nang", "nb"),
        ("Oktober. Da kom snøen.", "Oktober", "nb"),
        ("Hun spilte for Trosvik håndball.", "Trosvik håndball", "nb"),
        ("så ringte nav bydel alna meg", "bydel alna", "nb"),
        ("Jeg var eneste kvinnen på nattskiftet.", "eneste kvinnen på nattskiftet", "nb"),
        ("Mor hans va død på sjøen.", "død på sjøen", "nb"),
        ("Lillebroren min drukna i fjor.", "Lillebroren min drukna", "nb"),
        ('She said, "May, come in."', "May", "en"),
        ("So I told Grace. Grace laughed.", "Grace laughed"[:5], "en"),
    ],
)
def test_what_interviews_have_is_covered(text, words, language):
    assert covered(text, words, language)
