import pytest

from qualkit.model import Theme
from qualkit.themes.remarks import heading_remarks, remarks_table


def names(heading: str, questions: tuple[str, ...] = (), language: str = "nb") -> list[str]:
    return [name for name, _ in heading_remarks(heading, questions, language=language)]


@pytest.mark.parametrize(
    "heading",
    [
        "Betydningen av telefonen",
        "Barrierer for samarbeid",
        "Erfaringer med hjemreise",
        "Erfaringar med heimreise",
        "Utfordringer knyttet til kvelden",
        "Hemmere og fremmere",
        "Barriers to help",
        "Experiences of waiting",
        "The importance of being known",
        "Perceived barriers to help",
        "Fordeler og ulemper",
    ],
)
def test_a_heading_over_a_subject_is_remarked(heading: str) -> None:
    assert "topic" in names(heading)


@pytest.mark.parametrize(
    "heading",
    [
        "Den som kjenner noen, får svar",
        "Who's minding who?",
        "Beskjeden var sendt, men ingen hadde fått den",
        "Brukeren som forsvant",
        "Barrieren er et skjema",
        "“It's what you pay for them not to look”",
        "Rollen ingen ville ha",
    ],
)
def test_a_heading_that_says_something_is_let_be(heading: str) -> None:
    assert names(heading, ("Hvordan opplevde du samarbeidet?",)) == []


def test_one_word_is_remarked() -> None:
    assert names("Tid") == ["one word"]
    assert names("Tid, ") == ["one word"]
    assert names("Tid går") == []


@pytest.mark.parametrize(
    ("heading", "question", "language"),
    [
        ("Samarbeidet med kommunen", "Kan du fortelle om samarbeidet med kommunen?", "nb"),
        ("Samarbeid med kommuner", "Hvordan er samarbeidet med kommunene?", "nb"),
        ("Samarbeidet med kommunen", "Korleis er samarbeidet med kommunen?", "nn"),
        ("Waiting for an answer", "How do you experience waiting for answers?", "en"),
    ],
)
def test_a_theme_that_is_a_question_of_the_guide_is_remarked(heading: str, question: str, language: str) -> None:
    assert "topic summary" in names(heading, ("Noe annet?", question), language)


def test_everything_there_is_to_remark_stands_in_a_table() -> None:
    theme = Theme("a", "A b", codes=("x", "y"), status="defined", test="En. To er mange. Tre er for mange.")
    table = remarks_table([theme], [], [("a", 1)], language="nb")
    assert [row[1] for row in table.rows] == ["test", "concept", "definition", "one voice"]
    fine = Theme("a", "A b", codes=("x", "y"), status="defined", test="En.", concept="I.", definition="D.")
    assert remarks_table([fine], [], [("a", 2)], language="nb").rows == ()
