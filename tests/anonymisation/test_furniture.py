"""The furniture of a transcript is nobody's name."""

import pytest

from qualkit.anonymisation.detecting import detect

BODY = "\nJeg bodde i Halden med Ingrid. Vi hadde det fint der. Så flyttet vi."


@pytest.mark.parametrize(
    ("heading", "language"),
    [
        ("Intervju D1", "nb"),
        ("Interview D1", "nb"),
        ("Interview 3", "en"),
        ("Transkripsjon", "nb"),
        ("Transkripsjon av intervju 7", "nb"),
        ("Fokusgruppe 2", "nb"),
        ("Focus group 2", "en"),
        ("Informant 4", "nn"),
        ("Deltakar 12b", "nn"),
        ("Respondent R3", "en"),
        ("Moderator", "nb"),
        ("Participant P-07", "en"),
        ("INFORMANT 4", "nb"),
        ("Så sa Moderator at Informant A var ferdig.", "nb"),
    ],
)
def test_headings_and_roles_of_a_transcript_are_not_proposed_as_names(heading: str, language: str) -> None:
    text = heading + BODY
    named = [text[hit.start : hit.end] for hit in detect(text, language=language) if hit.start < len(heading)]

    assert named == []


@pytest.mark.parametrize("name", ["Kari", "Okonkwo", "Fana"])
def test_a_name_behind_such_a_word_is(name: str) -> None:
    text = f"Vi begynner med Informant {name}." + BODY

    assert name in {text[hit.start : hit.end] for hit in detect(text, language="nb")}
