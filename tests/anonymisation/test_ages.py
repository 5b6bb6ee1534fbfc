import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualkit.anonymisation.ages import find_ages


def seen(text: str, language: str = "nb") -> list[str]:
    return [text[hit.start : hit.end] for hit in find_ages(text, language)]


@given(st.integers(3, 104), st.sampled_from(["Jeg er {}.", "Eg vart {} i haust", "Hun var {} da", "Han fylte {}, ja"]))
def test_a_bare_age_behind_to_be_is_found(age: int, said: str) -> None:
    assert seen(said.format(age)) == [str(age)]


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("en 46-åring", "nb", ["46-åring"]),
        ("46 åring", "nb", ["46 åring"]),
        ("han er 46 år", "nb", ["46 år"]),
        ("46 år gammel", "nb", ["46 år gammel"]),
        ("46 år gamal", "nn", ["46 år gamal"]),
        ("femtiåringen", "nb", ["femtiåringen"]),
        ("en syvåring", "nb", ["syvåring"]),
        ("seksten år gammel", "nb", ["seksten år gammel"]),
        ("jeg er førti to", "nb", ["førti to"]),
        ("ho er femogsytti", "nn", ["femogsytti"]),
        ("ho er fem og sytti", "nn", ["fem og sytti"]),
        ("mor mi vart nitti, då", "nn", ["nitti"]),
        ("i femtiårene", "nb", ["i femtiårene"]),
        ("i slutten av femtiåra", "nb", ["i slutten av femtiåra"]),
        ("i 50-årene", "nb", ["i 50-årene"]),
        ("i tenårene", "nb", ["tenårene"]),
        ("i en alder av 46", "nb", ["46"]),
        ("Kari, 46 år, fra byen", "nb", ["46 år"]),
        ("Kari, nittito.", "nb", ["nittito"]),
        ("da jeg var seksten, flyttet vi", "nb", ["seksten"]),
        ("barnet er tre og et halvt år", "nb", ["tre og et halvt år"]),
        ("på 60-årsdagen", "nb", ["60-årsdagen"]),
        ("She is 46 and lives", "en", ["46"]),
        ("I'm 46.", "en", ["46"]),
        ("I turned sixteen", "en", ["sixteen"]),
        ("forty-two years old", "en", ["forty-two years old"]),
        ("a 46-year-old", "en", ["46-year-old"]),
        ("a sixteen-year-old", "en", ["sixteen-year-old"]),
        ("in her fifties", "en", ["in her fifties"]),
        ("in my late forties", "en", ["in my late forties"]),
        ("in his 70s", "en", ["in his 70s"]),
        ("at the age of twelve", "en", ["twelve"]),
        ("aged 71", "en", ["71"]),
        ("she's seventy-six.", "en", ["seventy-six"]),
    ],
)
def test_ages_are_seen(text: str, language: str, expected: list[str]) -> None:
    assert seen(text, language) == expected


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("for tre år siden", "nb"),
        ("i fem år", "nb"),
        ("de siste ti åra", "nb"),
        ("på to år", "nb"),
        ("etter tjue år med sykdom", "nb"),
        ("hvert tredje år", "nb"),
        ("det er fem timer", "nb"),
        ("vi var fire stykker", "nb"),
        ("vi er tre søsken", "nb"),
        ("det var 30 prosent", "nb"),
        ("det er 3 kilometer", "nb"),
        ("klokka er tre", "nb"),
        ("var en mann", "nb"),
        ("det var to til", "nb"),
        ("det er fire hundre", "nb"),
        ("for three years", "en"),
        ("ten years ago", "en"),
        ("the last five years", "en"),
        ("it was 5 pounds", "en"),
        ("the bus is at 8", "en"),
        ("one of them was two of us", "en"),
    ],
)
def test_durations_and_counts_are_let_be(text: str, language: str) -> None:
    assert seen(text, language) == []


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("da jeg var tolv, døde han", "nb", ["tolv"]),
        ("da var eg 9", "nn", ["9"]),
        ("hun fylte nettopp femti", "nb", ["femti"]),
        ("when I was nine", "en", ["nine"]),
        ("my son's 12", "en", ["12"]),
        ("gutten på seksten", "nb", ["seksten"]),
        ("klokka var tolv", "nb", []),
        ("it's 12", "en", []),
        ("I'm 5 foot 2", "en", []),
        ("jeg var to ganger", "nb", []),
    ],
)
def test_of_whom_it_is_said_tells_an_age(text: str, language: str, expected: list[str]) -> None:
    assert seen(text, language) == expected
