"""What a researcher answers in reporting.yaml."""

import pytest

from qualkit.reporting import COMPUTED, ITEMS, PARTLY, Answer, parse_reporting, render_questions


def test_answers_stand_under_the_numbers_of_the_items() -> None:
    text = "format: 1\ncoreq:\n  10: |\n    Strategisk\n    utvalg.\n  13: {text: To sa nei., page: 31}\n  22:\n"
    found, problems = parse_reporting(text)
    assert not problems
    assert found.coreq == {10: Answer("Strategisk utvalg.", "", 3), 13: Answer("To sa nei.", "31", 6)}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("coreq: {33: Ja}\n", "COREQ has no item “33”"),
        ("coreq: {ti: Ja}\n", "COREQ has no item “ti”"),
        ("coreq:\n  1: Ja\n  1: Nei\n", "item 1 stands twice, first on line 2"),
        ("corq: {1: Ja}\n", "“corq” is no key of reporting.yaml"),
        ("coreq: [Ja]\n", "the answers stand below the numbers of the items"),
        ("coreq: {1: [Ja]}\n", "an answer is a text"),
        ("coreq: {1: {tekst: Ja}}\n", "“tekst” is no key of an answer"),
        ("- Ja\n", "the answers stand under “coreq:”"),
    ],
)
def test_slips_have_a_place(text: str, told: str) -> None:
    _, problems = parse_reporting(text)
    assert told in [problem.message for problem in problems]
    assert all(problem.line and problem.hint for problem in problems)


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_the_questions_can_be_read_back_and_ask_for_what_cannot_be_known(language: str) -> None:
    text = render_questions(language)
    found, problems = parse_reporting(text)
    assert not problems
    assert not found.coreq
    asked = {number for number in range(1, ITEMS + 1) if f"\n  {number}:\n" in text}
    assert asked == set(range(1, ITEMS + 1)) - set(COMPUTED)
    assert len(COMPUTED) == 11
    assert len(PARTLY) == 5
