"""How many and for how long is proposed where it tells a life."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualkit.anonymisation.counts import find_counts


def seen(text: str, language: str) -> list[str]:
    return [text[hit.start : hit.end] for hit in find_counts(text, language)]


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("De var tolv onga og to brødra.", "nb", ["tolv onga", "to brødra"]),
        ("Eg har hundre og tretti vinterfôra sauer.", "nn", ["hundre og tretti vinterfôra sauer"]),
        ("Hun snakker fem språk.", "nb", ["fem språk"]),
        ("Vi har hatt elleve onger.", "nb", ["elleve onger"]),
        ("I had two little girls and forty cows.", "en", ["two little girls", "forty cows"]),
        ("To år og femti dager.", "nb", ["To år og femti dager"]),
        ("Han er en av tre i landet.", "nb", ["en av tre i landet"]),
    ],
)
def test_counts_are_seen(text, language, expected):
    assert seen(text, language) == expected


@given(st.integers(10, 70))
def test_many_years_are_seen_in_figures(years):
    assert seen(f"Jeg har vært her i {years} år.", "nb") == [f"{years} år"]


@pytest.mark.parametrize(
    ("text", "language"),
    [("Det tok tre år.", "nb"), ("en av de beste tingene", "nb"), ("two of them", "en"), ("mange unger", "nb")],
)
def test_what_tells_nothing_is_let_be(text, language):
    assert not seen(text, language)
