"""Illnesses and medicines that stand in a list are found with their endings, in compounds, and taken apart."""

import pytest

from qualkit.anonymisation.illnesses import listed_illnesses, listed_medicines


def seen(text: str, language: str = "nb") -> list[str]:
    return [text[start:end] for start, end in listed_illnesses(text, language)]


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("gallesteinane vart tekne ut", "nn", ["gallesteinane"]),
        ("en kul i brystet", "nb", ["kul i brystet"]),
        ("nikkelallergien min", "nb", ["nikkelallergien"]),
        ("hjerte stans på gulvet", "nb", ["hjerte stans"]),
        ("a detached retina", "en", ["detached retina"]),
        ("two heart attacks", "en", ["heart attacks"]),
        ("sten tilbake til eksempel", "nb", []),
    ],
)
def test_entries_are_found_as_people_say_them(text, language, expected):
    assert seen(text, language) == expected


def test_medicines_are_known_by_either_name_in_every_language():
    text = "kvetiapin, Seroquel og quetiapine"
    assert [text[start:end] for start, end in listed_medicines(text)] == ["kvetiapin", "Seroquel", "quetiapine"]
