import pytest

from qualkit.anonymisation.wordings import QuotationEdit, beyond, parse_edits


@pytest.mark.parametrize(
    ("raw", "edited", "style", "why"),
    [
        ("eh, vi vi ringte, hmm", "Vi ringte", "hesitations-removed", ""),
        ("vi ringte … altså", "vi ringte, altså", "hesitations-removed", ""),
        ("vi ringte ikke", "vi ringte", "hesitations-removed", "leaves out words"),
        ("vi ringte", "vi ringte dem", "hesitations-removed", "other words"),
        ("æ ringt", "jeg ringte", "hesitations-removed", "other words"),
        ("eh, æ ringt heim", "jeg ringte hjem", "normalised", ""),
        ("æ veit'ke", "jeg vet ikke", "normalised", ""),
        ("æ ringt heim", "jeg ringte hjem i går", "normalised", "more or fewer"),
        ("æ ringt ikke", "jeg ringte", "normalised", "more or fewer"),
        ("vi ringte dem", "alt gikk bra", "normalised", "most of its words"),
        ("vi ringte", "vi ringte", "normalised", ""),
    ],
)
def test_an_edit_does_what_the_style_allows_and_no_more(raw: str, edited: str, style: str, why: str) -> None:
    found = beyond(QuotationEdit("c1", raw, edited, "kari"), style)
    assert (why in found) if why else found == ""


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("a: 1", 1, "no list"),
        ("- x", 1, "no quotation"),
        ("- {coding: c1, raw: a, edited: a}", 1, "without by"),
        ("- {coding: c1, raw: a, edited: a, by: k}\n- {coding: c1, raw: a, edited: a, by: k}", 2, "twice"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(text: str, line: int, message: str) -> None:
    _, (problem,) = parse_edits(text)
    assert (problem.line, problem.file) == (line, "quotations.yaml")
    assert message in problem.message


def test_an_empty_file_is_no_edit() -> None:
    assert parse_edits("") == ({}, [])
