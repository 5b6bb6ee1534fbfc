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
