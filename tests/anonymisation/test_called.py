import pytest

from qualkit.anonymisation.called import names_of_things


def called(text: str) -> list[str]:
    return [text[start:end] for start, end in names_of_things(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("båten min, brottsjø, ligger til kai", ["brottsjø"]),
        ("the boat, the silver spray, sank", ["the silver spray"]),
        ("vi kalte båten lillegull den gongen", ["lillegull"]),
        ("båten heter havørn og ligger i havna", ["havørn"]),
        ("podkasten heter kaffe og kaos.", ["kaffe og kaos"]),
        ("my podcast is called grief and gravy.", ["grief and gravy"]),
        ("facebooksida heter mammas krok", ["mammas krok"]),
        ("hunden min, han var gammel, døde", []),
        ("the dog, bless him, was there", []),
        ("båten lå der og hunden sov", []),
    ],
)
def test_what_things_are_called_is_a_name(text: str, expected: list[str]) -> None:
    assert called(text) == expected
