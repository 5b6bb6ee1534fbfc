"""Illnesses, aids and medicines are proposed by how their words end, or by a list."""

import pytest

from qualkit.anonymisation.conditions import find_conditions


def seen(text: str, language: str = "nb") -> list[str]:
    return [text[hit.start : hit.end] for hit in find_conditions(text, language)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mor hadde posterior kortikal atrofi.", ["posterior kortikal atrofi"]),
        ("Jeg har leddartritt og stomi.", ["leddartritt", "stomi"]),
        ("Han fikk hepatitt og gikk i dialyse.", ["hepatitt", "dialyse"]),
        ("She has focal dystonia.", ["focal dystonia"]),
        ("I was on risperidone and clozapine.", ["risperidone", "clozapine"]),
        ("Ho har MS og sit i rullestol.", ["MS", "rullestol"]),
        ("Sønnen min har ADHD.", ["ADHD"]),
    ],
)
def test_conditions_are_seen(text, expected):
    assert seen(text) == expected


@pytest.mark.parametrize(
    "text",
    ["Det er greitt, i gjennomsnitt.", "Jeg har angst og stress.", "Eg kom til å koma.", "Those roses were close.",
     "Vi gjekk heim, og han var sveitt."],
)  # fmt: skip
def test_what_is_no_condition_is_let_be(text):
    assert not seen(text)


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("Ho fekk gallestein og hjarte flimmer.", "nn", ["gallestein", "hjarte flimmer"]),
        ("De satte inn en hjertestarter i meg.", "nb", ["hjertestarter"]),
        ("Han har nøtteallergi og lipødem.", "nb", ["nøtteallergi", "lipødem"]),
        ("She had Bell's palsy and then shingles.", "en", ["Bell's palsy", "shingles"]),
        ("I take sertraline, he was on Oxy contin.", "en", ["sertraline", "Oxy contin"]),
        ("Jeg går på Lamictal.", "nb", ["Lamictal"]),
        ("Han mistet synet, og jeg brakk lårhalsen.", "nb", ["mistet synet", "brakk lårhalsen"]),
        ("I was born deaf and lost two fingers.", "en", ["born deaf", "lost two fingers"]),
        ("then i got the p t s d diagnosis", "en", ["p t s d"]),
        ("De trodde det var MS først.", "nb", ["MS"]),
    ],
)
def test_what_people_call_their_illnesses_is_seen(text, language, expected):
    assert seen(text, language) == expected


@pytest.mark.parametrize(
    "text",
    ["For eksempel kan eg koma sidan.", "Han har store krefter.", "Ho var navngitt.", "Sten tilbake til fots.",
     "Vi tok MS Trollfjord nordover."],
)  # fmt: skip
def test_what_only_looks_like_an_illness_is_let_be(text):
    assert not seen(text, "nn")
