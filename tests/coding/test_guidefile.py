"""What an interview guide says, and everything that can be wrong in it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualkit.coding.guidefile import parse_guide

GUIDE = """title: Hjem på en fredag
version: 3
questions:
  - id: varsel
    part: Beskjeden
    question: Hvem sa fra?
    rules: ["lemma:si fra", "hvem sa*"]
  - id: natt
    rules:
      - any: ["natt*"]
        unless: ["god natt"]
        speakers: [I2]
"""


def test_questions_have_parts_and_rules_that_search_turns_of_interviewers() -> None:
    guide, problems = parse_guide(GUIDE)
    assert problems == []
    assert (guide.title, guide.version, guide.parts()) == ("Hjem på en fredag", "3", ["Beskjeden", ""])
    first, second = guide.questions
    assert (first.id, first.wording, first.line) == ("varsel", "Hvem sa fra?", 4)
    assert [(rule.any, rule.unit, rule.speakers) for rule in first.rules] == [
        (("lemma:si fra", "hvem sa*"), "turn", ("interviewer",))
    ]
    assert [(rule.unless, rule.speakers) for rule in second.rules] == [(("god natt",), ("I2",))]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("varsel", "1:1: the questions stand in a list under “questions:”"),
        ("questions: varsel", "1:12: the questions stand in a list under “questions:”"),
        ("questions: [varsel]", "1:13: a question is keys with values"),
        ("questions: [{question: Hvem sa fra?}]", "1:13: a question without an id"),
        ("questions: [{id: none}]", "1:18: “none” cannot be a question's id"),
        ("questions: [{id: hvem sa fra}]", "1:18: an id is one word without signs"),
        ("questions:\n- id: a\n- id: A", "3:7: the id “A” is taken by the question on line 2"),
        ("questions: [{id: a, wording: b}]", "1:21: “wording” is no key of a question"),
        ("questions: [{id: a, rules: [{any: ['*']}]}]", "1:36: any: the pattern would match every word"),
        ("questions: [{id: a, rules: [{all: [b]}]}]", "1:29: a rule without “any”"),
        ("questions: [{id: a, rules: b}]", "1:28: rules stand in a list"),
        ("titel: b\nquestions: []", "1:1: “titel” is no key of a guide"),
    ],
)
def test_a_fault_has_its_place(text: str, fault: str) -> None:
    problems = parse_guide(text)[1]
    assert str(problems[0]) == f"guide.yaml:{fault}"
    assert problems[0].check == "guide"


def test_an_id_is_proposed_out_of_the_question() -> None:
    assert "hvem-sa" in parse_guide("questions: [{question: Hvem sa fra?}]")[1][0].hint


@given(
    st.text(max_size=200)
    | st.lists(st.sampled_from(["questions:", "- id: a", "\n", "  ", "{", "rules: ["])).map("".join)
)
def test_whatever_stands_there_is_read_or_told(text: str) -> None:
    guide, problems = parse_guide(text)
    assert all(problem.file == "guide.yaml" for problem in problems)
    assert len({question.id.casefold() for question in guide.questions}) == len(guide.questions)
