"""Days that a feast, a weekday or what all remember tells."""

import pytest

from qualkit.anonymisation.dates import find_dates


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("That was the Thursday before Easter in 2008.", "en", ["the Thursday before Easter in 2008"]),
        ("i arrive in dover, sixteen of november 2021, small boat", "en", ["sixteen of november 2021"]),
        ("third of may last year i was free", "en", ["third of may last year"]),
        ("she died on thanksgiving of 04 there", "en", ["thanksgiving of 04"]),
        ("ho kom natt til påskedag, 17. november i fjor var det", "nn", ["natt til påskedag", "17. november i fjor"]),
        ("Så den 19. mai sto han der.", "nb", ["den 19. mai"]),
        ("it was in the second lockdown, I think", "en", ["the second lockdown"]),
        ("three of us in the day before work", "en", []),
    ],
)
def test_told_days(text: str, language: str, expected: list[str]) -> None:
    assert [text[hit.start : hit.end] for hit in find_dates(text, language)] == expected
