"""What has a number of its own is told by it."""

import pytest

from qualkit.anonymisation.numbered import find_numbered


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("Plot forty-one, at the allotments, and him on plot twelve.", "en", ["Plot forty-one", "plot twelve"]),
        ("case 2304418 of 2019, you can read it", "en", ["case 2304418 of 2019"]),
        ("the number is on my heart: m 2604417.", "en", ["m 2604417"]),
        ("it's my plate kilo oscar niner one two which", "en", ["kilo oscar niner one two"]),
        ("det kan jeg utenat, 4471 strek 23. Men", "nb", ["4471 strek 23"]),
        ("han sat på rom 14 og seinare på celle fire", "nn", ["rom 14", "celle fire"]),
        ("there was a plot to it and a case of wine, in any case", "en", []),
        ("vi fikk rom til alle, og saken er at det var post 50 prosent", "nb", []),
    ],
)
def test_numbers_of_plots_rooms_and_cases(text: str, language: str, expected: list[str]) -> None:
    assert [text[hit.start : hit.end] for hit in find_numbered(text, language)] == expected
