import pytest

from qualkit.anonymisation.clubs import find_clubs


def seen(text: str, language: str = "nb") -> list[str]:
    return [text[hit.start : hit.end] for hit in find_clubs(text, language)]


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("han spiller i Viking", "nb", ["Viking"]),
        ("spilte fotball for Brann", "nb", ["Brann"]),
        ("med i skulekorpset", "nn", ["skulekorpset"]),
        ("leiar i sanitetslaget", "nn", ["sanitetslaget"]),
        ("leder i velforeningen", "nb", ["velforeningen"]),
        ("i bygdekvinnelaget", "nb", ["bygdekvinnelaget"]),
        ("ei jeger- og fiskerforening", "nb", ["fiskerforening"]),
        ("sitter i menighetsrådet", "nb", ["menighetsrådet"]),
        ("synger i Sandvær mannskor", "nb", ["Sandvær", "mannskor"]),
        ("trener for Hamna IL", "nb", ["Hamna IL"]),
        ("plays for Partick Thistle", "en", ["Partick Thistle"]),
        ("in the church choir", "en", ["church choir"]),
        ("the bowling club", "en", ["bowling club"]),
        ("chair of the Rotary", "en", ["Rotary"]),
    ],
)
def test_clubs_are_seen(text: str, language: str, expected: list[str]) -> None:
    assert seen(text, language) == expected


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("vi er et godt lag", "nb"),
        ("laget mat sammen", "nb"),
        ("han spiller piano", "nb"),
        ("på nattklubb", "nb"),
        ("et lag med snø", "nb"),
        ("kortet og korona", "nb"),
        ("utekorpset", "nb"),
        ("join the club", "en"),
        ("plays the piano", "en"),
    ],
)
def test_ordinary_company_is_let_be(text: str, language: str) -> None:
    assert seen(text, language) == []
