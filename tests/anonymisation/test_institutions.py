import pytest

from qualkit.anonymisation.institutions import find_institutions


def institutions(text: str, language: str = "nb", cls: str = "strong-indirect") -> list[str]:
    return [text[hit.start : hit.end] for hit in find_institutions(text, language) if hit.cls == cls]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hun lå på Sørlandet sykehus i fjor.", ["Sørlandet sykehus"]),
        ("Jeg ringte NAV Halden og NAV Indre Østfold.", ["NAV Halden", "NAV Indre Østfold"]),
        ("Mor bor på Åsen bo- og omsorgssenter.", ["Åsen bo- og omsorgssenter"]),
        ("Han gikk på Remmen videregående skole.", ["Remmen videregående skole"]),
        ("Vi var på DPS Nordfjord og BUP Vest.", ["DPS Nordfjord", "BUP Vest"]),
        (
            "Det var på sykehuset i Halden, på barneskolen på Nesodden.",
            ["sykehuset i Halden", "barneskolen på Nesodden"],
        ),
        ("Han satt i Halden fengsel.", ["Halden fengsel"]),
        ("Da var vi ved Haukeland, og på St. Olavs hospital.", ["Haukeland", "St. Olavs hospital"]),
        ("Han jobber på Haldenskolen og Solvangheimen.", ["Haldenskolen", "Solvangheimen"]),
        ("Det var en skole, et sykehus, en kirke og legevakta.", []),
        ("jeg lå på sørlandet sykehus og ringte nav halden", ["sørlandet sykehus", "nav halden"]),
    ],
)
def test_the_whole_name_is_one_hit(text, expected):
    assert [found for found in institutions(text) if found in expected] == expected
    assert bool(expected) or not institutions(text)


@pytest.mark.parametrize(
    "text",
    ["Jeg søkte NAV om det.", "Da ringte Barnevernet.", "Vi fikk hjelp av Røde Kors.", "Stortinget bestemmer det."],
)
def test_what_everybody_deals_with_is_public(text):
    assert len(institutions(text, cls="public")) == 1
    assert not institutions(text)


def test_english_institutions():
    text = "She was at Bellwater General Hospital, then at Pellow Road care home."
    assert institutions(text, "en") == ["Bellwater General Hospital", "Pellow Road care home"]


def test_common_verbs_are_no_institution():
    assert institutions("Stoltenberg lar seg ikke be. Harald Berntsen bruker det, sa Høyre at de vil.") == []


@pytest.mark.parametrize(
    ("text", "language", "whole"),
    [
        ("it got into the daily herald then", "en", "the daily herald"),
        ("outside first lutheran and wouldn't come in", "en", "first lutheran"),
        ("then look north came to film it", "en", "look north"),
        ("the doctor at the mulberry practice wrote", "en", "the mulberry practice"),
        ("Hun leverte på Forsøl fiskebruk i fjor.", "nb", "Forsøl fiskebruk"),
    ],
)
def test_papers_congregations_and_firms_are_institutions(text, language, whole):
    assert whole in institutions(text, language)


def test_english_kinds_are_no_kinds_in_norwegian():
    assert institutions("så går du inn i vaskeforholda der og inn i skogsleiren") == []
