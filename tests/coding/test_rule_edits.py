"""Rules written into a codebook change their own lines alone, whatever way the codebook is written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualkit.coding.codebook import find_code, parse_codebook
from qualkit.coding.rule_edits import RuleWords, put_rule, read_rule, take_rule, words_of_rule
from qualkit.errors import FaultyFiles
from qualkit.model import Code

BOOK = """# ours
codes:
- id: hjem   # where it began
  name: Hjemmet
  children:
  - {id: ringe, name: Å ringe, rules: ["lemma:ringe"]}   # short
  - Å vente
  - id: svar
    name: Svaret
    rules:   # from K3
    # every form
    - any:
      - lemma:svare   # also svar
      # spoken
      - "gi* svar"
      unless: [svarte svaner]
    - id: brev
      any: [brev*]
      within: 3
    note: N
- id: sist
  name: Sist
  rules:
  - ja
  # and
  - 're:\\bnei\\b'
# the end
"""


def _rules(text: str, code: str) -> list[RuleWords]:
    return [words_of_rule(rule) for rule in find_code(parse_codebook(text)[0], code).rules]


@pytest.mark.parametrize(
    ("code", "number", "words", "line"),
    [
        ("å-vente", None, RuleWords(("lemma:vente",)), "  - id: å-vente\n    name: Å vente\n"),
        ("ringe", None, RuleWords(("slå på tråden",)), '[{id: ringe, any: ["lemma:ringe"]}, {any: [slå på tråden]}]}'),
        ("ringe", 0, RuleWords(("lemma:ringe", "ta*")), 'rules: ["lemma:ringe", "ta*"]}   # short'),
        (
            "hjem",
            None,
            RuleWords(("hjem*",), unit="turn"),
            '  rules:\n    - any: ["hjem*"]\n      unit: turn\n  children:',
        ),
        (
            "svar",
            0,
            RuleWords(("gi* svar", "nytt")),
            '      # spoken\n      - "gi* svar"\n      - nytt\n    - id: brev',
        ),
        ("svar", 0, RuleWords(("gi* svar",)), '    - any:\n      # spoken\n      - "gi* svar"\n    - id: brev'),
        (
            "svar",
            0,
            RuleWords(("gi* svar", "lemma:svare"), unless=("svarte svaner",)),
            '- any:\n      # spoken\n      - "gi* svar"\n      - lemma:svare   # also svar\n',
        ),
        ("sist", 0, RuleWords((r"re:\bnei\b", "jo", "ja")), "  rules:\n  # and\n  - 're:\\bnei\\b'\n  - jo\n  - ja\n"),
        ("svar", 1, RuleWords(("brev*",), within="turn"), "      within: turn\n    note: N"),
        ("svar", 1, RuleWords(("brev*", "post"), ("sende",)), "      any: [brev*, post]\n      all: [sende]\n    note"),
        ("sist", 0, RuleWords(("ja", r"re:\bnei\b"), language="nb"), "      - ja\n      # and\n      - 're:"),
    ],
)
def test_a_rule_is_written_beside_what_stands(code: str, number: int | None, words: RuleWords, line: str) -> None:
    before = _rules(BOOK, code)
    now = put_rule(BOOK, code, number, words)
    assert line in now
    assert _rules(now, code) == (
        [*before, words] if number is None else [*before[:number], words, *before[number + 1 :]]
    )
    for comment in (
        "# ours",
        "# where it began",
        "# short",
        "# from K3",
        "# every form",
        "# spoken",
        "# and",
        "# the end",
    ):
        assert comment in now


def test_a_rule_with_keys_keeps_the_id_it_had_as_a_list() -> None:
    now = put_rule(BOOK, "sist", 0, RuleWords(("ja",), unit="turn"))
    assert [rule.id for rule in find_code(parse_codebook(now)[0], "sist").rules] == ["sist"]


@pytest.mark.parametrize(("code", "number"), [("ringe", 0), ("svar", 0), ("svar", 1), ("sist", 0)])
def test_a_rule_goes_and_the_others_stay(code: str, number: int) -> None:
    before = _rules(BOOK, code)
    now = take_rule(BOOK, code, number)
    assert _rules(now, code) == before[:number] + before[number + 1 :]
    assert now.startswith("# ours\n")
    assert now.endswith("# the end\n")


def test_a_faulty_rule_changes_nothing_and_says_what_is_wrong() -> None:
    words = RuleWords(("lemma:ringe", "re:(", "lemma:"), ("*",), "fem", speakers=("participnt",), language="xx")
    with pytest.raises(FaultyFiles):
        put_rule(BOOK, "å-vente", None, words)
    _, faults = read_rule(words, Code("vente", "Å vente"))
    assert [(fault.key, fault.item) for fault in faults] == [
        ("any", "re:("),
        ("any", "lemma:"),
        ("all", "*"),
        ("within", "fem"),
        ("speakers", "participnt"),
        ("language", "xx"),
    ]
    assert all(fault.problem.message and fault.problem.hint for fault in faults)
    _, none = read_rule(RuleWords(), Code("vente", "Å vente"))
    assert [fault.key for fault in none] == ["any"]


_patterns = st.lists(
    st.sampled_from(
        ["ringe", "lemma:ringe", "ta* kontakt", '"slo på"', "a, b", "no", "12", "#x", "- y", r"re:\ba\b", "[x]"]
    ),
    min_size=1,
    unique=True,
).map(tuple)


@given(
    code=st.sampled_from(["hjem", "ringe", "å-vente", "svar", "sist"]),
    number=st.integers(0, 2),
    words=st.builds(
        RuleWords,
        any=_patterns,
        all=st.one_of(st.just(()), _patterns),
        within=st.sampled_from(["sentence", "turn", "4"]),
        unless=st.one_of(st.just(()), _patterns),
        speakers=st.sampled_from([(), ("participant",), ("interviewer", "K: 1")]),
        language=st.sampled_from(["", "nn"]),
        unit=st.sampled_from(["match", "sentence", "turn", "paragraph"]),
    ),
    newline=st.sampled_from(["\n", "\r\n"]),
)
def test_whatever_is_written_is_read_again(code: str, number: int, words: RuleWords, newline: str) -> None:
    text = BOOK.replace("\n", newline)
    before = _rules(text, code)
    at = number if number < len(before) else None
    now = put_rule(text, code, at, words)
    assert _rules(now, code)[at if at is not None else -1] == words
    # And once more, from what was written.
    again = put_rule(now, code, at if at is not None else len(before), RuleWords(("ja",)))
    assert _rules(again, code)[at if at is not None else -1] == RuleWords(("ja",))
    assert len(_rules(take_rule(again, code, 0), code)) == len(_rules(again, code)) - 1
    for comment in ("# ours", "# where it began", "# short", "# the end"):
        assert comment in again
