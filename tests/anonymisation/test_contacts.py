import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualkit.anonymisation.contacts import find_contacts


def seen(text: str, language: str = "nb") -> list[tuple[str, str]]:
    return [(hit.detector.partition("@")[0], text[hit.start : hit.end]) for hit in find_contacts(text, language)]


@given(
    st.sampled_from(["+47 ", "+47", "0047 ", "0047", "(+47) ", ""]),
    st.sampled_from(
        ["{}{}{}{}{}{}{}{}", "{}{} {}{} {}{} {}{}", "{}{}{} {}{} {}{}{}", "{}{}.{}{}.{}{}.{}{}", "{}{}{}{} {}{}{}{}"]
    ),
    st.integers(0, 99),
)
def test_a_telephone_is_found_however_it_is_grouped(country: str, grouping: str, last: int) -> None:
    number = country + grouping.format(*f"680500{last:02}")

    [(detector, written)] = seen(f"Det er {number}, ring meg.")

    assert detector == "phone"
    assert written.strip("+()") in number
    assert grouping.format(*f"680500{last:02}") in written


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("call 07700 900123 now", "en", [("phone", "07700 900123")]),
        ("call +44 7700 900 123 now", "en", [("phone", "+44 7700 900 123")]),
        ("it is 020 7946 0958", "en", [("phone", "020 7946 0958")]),
        ("telefonen er 6 8 0 5 0 0 1 2", "nb", [("phone", "6 8 0 5 0 0 1 2")]),
        ("ring 05 005 nå", "nb", [("phone", "05 005")]),
        ("skriv til kari.nes@example.org.", "nb", [("e-mail", "kari.nes@example.org")]),
        ("kari.nes @ example . org", "nb", [("e-mail", "kari.nes @ example . org")]),
        (
            "kari punktum nes krøllalfa gmail punktum com",
            "nb",
            [("e-mail", "kari punktum nes krøllalfa gmail punktum com")],
        ),
        (
            "Kari understrek nes alfakrøll example punktum no",
            "nn",
            [("e-mail", "Kari understrek nes alfakrøll example punktum no")],
        ),
        ("it's jo dot smith at example dot org", "en", [("e-mail", "jo dot smith at example dot org")]),
        ("se https://example.org/kari/nes?x=1 der", "nb", [("url", "https://example.org/kari/nes?x=1")]),
        ("se www.example.org/kari.", "nb", [("url", "www.example.org/kari")]),
        ("gå inn på example.no og se", "nb", [("url", "example.no")]),
        ("www punktum example punktum no", "nb", [("url", "www punktum example punktum no")]),
        ("blogg punktum no", "nb", [("url", "blogg punktum no")]),
        ("følg @kari_nes på", "nb", [("handle", "@kari_nes")]),
        ("insta er karines99, da", "nb", [("handle", "karines99")]),
        ("my username is jo_smith", "en", [("handle", "jo_smith")]),
    ],
)
def test_ways_to_reach_somebody_are_seen(text: str, language: str, expected: list[tuple[str, str]]) -> None:
    assert seen(text, language) == expected


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("i 2019 og 2020", "nb"),
        ("12 345 678 kroner", "nb"),
        ("han kom.Så gikk han", "nb"),
        ("ring meg i morgen", "nb"),
        ("telefonen ringte tre ganger", "nb"),
        ("I was at work dot dot dot", "en"),
        ("look at it", "en"),
        ("jeg er på facebook og snap", "nb"),
        ("mellom 20 og 30 av 40", "nb"),
        ("det var 3 @", "nb"),
    ],
)
def test_ordinary_talk_is_let_be(text: str, language: str) -> None:
    assert seen(text, language) == []


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("nettsida vår er vevstua dott no", "vevstua dott no"),
        ("our website is the green shed dot co dot uk", "green shed dot co dot uk"),
        ("mailen er ola bindestrek hansen krøllalfa jobb dott com", "ola bindestrek hansen krøllalfa jobb dott com"),
        ("passordet er blåbær1974", "blåbær1974"),
        ("saksnummeret var 2019/4471", "2019/4471"),
        ("send en melding til tretti to førti femti seksti", "tretti to førti femti seksti"),
        ("my handle is mad dog mike.", "mad dog mike"),
    ],
)
def test_what_is_said_to_be_reached_by_is_whole(text, whole):
    assert whole in {text[hit.start : hit.end] for hit in find_contacts(text, "nb")}
