import pytest

from qualkit.anonymisation.roles import find_roles


def seen(text: str, language: str = "nb") -> list[str]:
    return [text[hit.start : hit.end] for hit in find_roles(text, language)]


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("hun er ordfører", "nb", ["ordfører"]),
        ("ordføraren ringte", "nn", ["ordføraren"]),
        ("rektoren og presten", "nb", ["rektoren", "presten"]),
        ("lensmannen i bygda", "nb", ["lensmannen"]),
        ("jeg er kommuneoverlege", "nb", ["kommuneoverlege"]),
        ("hovedtillitsvalgt og hovudtillitsvald", "nb", ["hovedtillitsvalgt", "hovudtillitsvald"]),
        ("fylkeslegen", "nb", ["fylkeslegen"]),
        ("eg er einaste jordmor her", "nn", ["er einaste jordmor"]),
        ("den eneste psykologen vi har", "nb", ["den eneste psykologen"]),
        ("første kvinnelige brannsjef", "nb", ["første kvinnelige brannsjef"]),
        ("den eneste tannlegen i kommunen", "nb", ["den eneste tannlegen i kommunen"]),
        ("den einaste jordmora på øya", "nn", ["den einaste jordmora på øya"]),
        ("eneste kvinnelige fisker i Båtsfjord", "nb", ["eneste kvinnelige fisker i Båtsfjord"]),
        ("den første i Norge", "nb", []),
        ("den første kvinnen i Norge", "nb", ["den første kvinnen i Norge"]),
        ("alle vet hvem jeg er", "nb", ["alle vet hvem"]),
        ("jeg jobber på Rema", "nb", ["Rema"]),
        ("eg arbeider ved Helse Førde no", "nn", ["Helse Førde"]),
        ("the mayor and the headteacher", "en", ["mayor", "headteacher"]),
        ("the only dentist in town", "en", ["the only dentist in town"]),
        ("the only vet on the island", "en", ["the only vet on the island"]),
        ("the first black nurse at Ninewells", "en", ["the first black nurse at Ninewells"]),
        ("I worked at Tesco and", "en", ["Tesco"]),
        ("my father was a headmaster", "en", ["headmaster"]),
        ("I was in the paper", "en", ["was in the paper"]),
    ],
)
def test_rare_roles_are_seen(text: str, language: str, expected: list[str]) -> None:
    assert seen(text, language) == expected


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("det er det eneste jeg vil", "nb"),
        ("den eneste gangen jeg gråt", "nb"),
        ("kvar einaste dag i kommunen", "nn"),
        ("hver eneste natt på skolen", "nb"),
        ("det er eneste måten", "nb"),
        ("det einaste rommet her", "nn"),
        ("den første gangen", "nb"),
        ("jeg jobber i hjemmetjenesten", "nb"),
        ("sykepleieren og legen", "nb"),
        ("presterer og presset", "nb"),
        ("the only thing I want", "en"),
        ("the first time I said it", "en"),
        ("the first time in Bergen", "en"),
        ("the last one that got good at it", "en"),
        ("I worked at the hospital", "en"),
        ("the nurse and the doctor", "en"),
    ],
)
def test_what_many_are_is_let_be(text: str, language: str) -> None:
    assert seen(text, language) == []
