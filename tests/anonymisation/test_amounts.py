"""Amounts are proposed where they stand out; times of the day, small change and vague numbers are let be."""

import pytest

from qualkit.anonymisation.amounts import telling_amounts


def seen(text: str, language: str = "nb") -> list[str]:
    return [text[start:end] for start, end in telling_amounts(text, language)]


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("vi har sekstifire beboere her", "nb", ["sekstifire beboere"]),
        ("jeg har vært innlagt sju ganger", "nb", ["sju ganger"]),
        ("vi skylder hundre og seksti tusen", "nb", ["hundre og seksti tusen"]),
        ("kveita var hundreåttifire kilo", "nb", ["hundreåttifire kilo"]),
        ("me er niande generasjon", "nn", ["niande generasjon"]),
        ("jeg kjører linje tolv", "nb", ["linje tolv"]),
        ("he drives the number 34 bus", "en", ["number 34"]),
        ("they paid me eighty-two thousand", "en", ["eighty-two thousand"]),
        ("i was gone thirty-one months", "en", ["thirty-one months"]),
        ("she made eleven oak benches", "en", ["eleven oak benches"]),
        ("for three and a half years", "en", ["three and a half years"]),
    ],
)
def test_what_stands_out_is_seen(text, language, expected):
    assert seen(text, language) == expected


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("det tok ti minutter", "nb"),
        ("klokka var tolv og vi gikk", "nb"),
        ("ein ti femten kasser", "nn"),
        ("det kosta førti kroner", "nb"),
        ("seksti prosent av de spurte", "nb"),
        ("for tolv år siden", "nb"),
        ("og klokka elleve ringte det en gutt", "nb"),
        ("ti over elleve tikker det inn at", "nb"),
        ("det ligger ei på nittito utafor døra", "nb"),
        ("i to tusen og tjue kom han", "nb"),
        ("we waited twenty minutes", "en"),
        ("a hundred times", "en"),
    ],
)
def test_what_is_said_in_passing_is_let_be(text, language):
    assert seen(text, language) == []
