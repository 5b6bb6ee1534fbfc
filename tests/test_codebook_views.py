from collections.abc import Callable

import pytest

from qualkit.codebook_views import UnknownRule, code_table, find_rule, forms_table, rule_table
from qualkit.coding.codebook import parse_codebook
from qualkit.model import Transcript

Interview = Callable[..., Transcript]

BOOK, _ = parse_codebook(
    r"""
codes:
- id: tid
  name: Tid
  definition: Å ha tid
  children:
  - id: ring
    rules:
    - any: ["lemma:ringe", "k*", 're:^(ja|nei)\b']
      unless: [aldri]
      within: 4 words
"""
)


def test_codes_are_a_tree() -> None:
    assert code_table(BOOK).rows == (("Tid", "tid", "Å ha tid", 0), ("  ring", "ring", "", 1))


def test_a_rule_is_shown_as_it_works() -> None:
    rows = dict(rule_table(BOOK, "ring-1").rows)

    assert (rows["within"], rows["unless"], rows["speakers"]) == ("4 words", "aldri", "all but interviewers")


def test_an_unknown_rule_has_a_near_one() -> None:
    with pytest.raises(UnknownRule) as error:
        find_rule(BOOK, "ring-2")
    assert "ring-1" in error.value.hint


def test_forms_are_words_said_and_no_labels(interview: Interview) -> None:
    record = interview("I: Ringte du?\nK1: Ja, jeg ringte.\nK1: Nei. Ja, ringer aldri.\nK1: Kan ringe  du.")

    assert [row[1:] for row in forms_table(BOOK, "ring-1", [record]).rows] == [
        ("lemma:ringe", "ringte", 2),
        ("k*", "kan", 1),
        ("lemma:ringe", "ringe", 1),
        ("lemma:ringe", "ringer", 1),
        (r"re:^(ja|nei)\b", "ja", 1),
        (r"re:^(ja|nei)\b", "nei", 1),
        ("aldri", "aldri", 1),
    ]


def test_a_regular_expression_that_takes_too_long_ends(interview: Interview) -> None:
    book, problems = parse_codebook("codes:\n- id: a\n  rules:\n  - any: ['re:(.*?,)+(.*)+\\1z', ja]\n    id: r\n")
    record = interview("I: Hva?\nK1: " + "og så sa jeg, ja men altså, det går ikke, " * 500)

    assert problems == []
    assert [row[1:] for row in forms_table(book, "r", [record]).rows] == [("ja", "ja", 500)]
