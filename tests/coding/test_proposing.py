from collections.abc import Callable
from dataclasses import replace

import pytest

from qualkit.coding.codebook import parse_codebook
from qualkit.coding.proposing import propose_codings
from qualkit.model import Transcript

Interview = Callable[..., Transcript]
Found = Callable[..., list[str]]

TALK = """I: Ringer du Nav når det haster?
K1: Ja. Jeg ringte dem i går, og de svarte ikke.
I: Ringte du igjen?
K1: Nei, det var ikke aktuelt å ringe. Men jeg skrev e-post til Nav-kontoret om omsorgsboligen."""


@pytest.fixture
def talk(interview: Interview) -> Transcript:
    return interview(TALK)


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        ("ringte", ["ringte"]),
        ('"svarte ikke"', ["svarte ikke"]),
        ("skrev e-post", ["skrev e-post"]),
        ("ring*", ["ringte", "ringe"]),
        ("*kontoret", ["Nav-kontoret"]),
        ("lemma:ringe", ["ringte", "ringe"]),
        ("compound:bolig", ["omsorgsboligen"]),
        ("compound:nav", ["Nav-kontoret"]),
        (r"re:\bring(t)?e\b", ["ringte", "ringe"]),
        (r"re:^(ja|nei)\b", ["Ja", "Nei"]),
        (r"re:\w+\.$", ["ikke.", "omsorgsboligen."]),
        ("K1", []),
        ("re:K1", []),
        ("k1 ja", []),
    ],
)
def test_each_kind_of_pattern_finds_words(found: Found, talk: Transcript, pattern: str, words: list[str]) -> None:
    assert found(f"{{any: ['{pattern}'], unit: match}}", talk) == words


def test_the_interviewer_is_searched_only_when_named(found: Found, talk: Transcript) -> None:
    rule = "{{any: ['lemma:ringe'], unit: match, speakers: {}}}"

    assert found(rule.format("[]"), talk) == ["ringte", "ringe"]
    assert found(rule.format("[participant]"), talk) == ["ringte", "ringe"]
    assert found(rule.format("[interviewer]"), talk) == ["Ringer", "Ringte"]
    assert found(rule.format("[k1]"), talk) == ["ringte", "ringe"]
    assert found(rule.format("[P7]"), talk, {"K1": "p7"}) == ["ringte", "ringe"]
    assert found(rule.format("[P8]"), talk, {"K1": "P7"}) == []
    assert found(rule.format('["", P8]'), talk) == []


@pytest.mark.parametrize(
    ("unit", "words"),
    [
        ("match", ["skrev"]),
        ("sentence", ["Men jeg skrev e-post til Nav-kontoret om omsorgsboligen."]),
        ("turn", [TALK.splitlines()[3].removeprefix("K1: ")]),
        ("paragraph", [TALK.splitlines()[3].removeprefix("K1: ")]),
    ],
)
def test_what_is_coded(found: Found, talk: Transcript, unit: str, words: list[str]) -> None:
    assert found(f"{{any: [skrev], unit: {unit}}}", talk) == words


def test_a_paragraph_is_one_line_of_a_turn(found: Found, interview: Interview) -> None:
    record = interview("I: Hva?\nK1: Første linje.\nAndre linje her.\nTredje.")

    assert found("{any: [her], unit: paragraph}", record) == ["Andre linje her."]
    assert found("{any: [her], unit: turn}", record) == ["Første linje.\nAndre linje her.\nTredje."]


@pytest.mark.parametrize(
    ("within", "words"),
    [
        ("sentence", ["a"]),
        ("turn", ["a", "a"]),
        ("3 words", ["a"]),
        ("2 words", []),
        ("4 words", ["a"]),
        ("5 words", ["a", "a"]),
    ],
)
def test_all_lies_within_reach(found: Found, interview: Interview, within: str, words: list[str]) -> None:
    record = interview("I: Hva?\nK1: Tom a x x x b tom. Og siden x x a er her.\nK1: Bare b.")
    rule = f"{{any: [a], all: [b], within: {within}, unit: match}}"

    assert found(rule, record) == words


def test_reach_counts_both_ways_and_over_the_match(found: Found, interview: Interview) -> None:
    record = interview("I: Hva?\nK1: b x a y a b.\nK1: a b c")

    assert found("{any: ['a b c'], all: [b], within: 1 words, unit: match}", record) == ["a b c"]
    assert found("{any: [a], all: [b, x], within: 1 words, unit: match}", record) == ["a"]


def test_all_demands_every_one_and_unless_forbids_any(found: Found, talk: Transcript) -> None:
    assert found("{any: ['lemma:ringe'], all: ['i går', svarte], unit: match}", talk) == ["ringte"]
    assert found("{any: ['lemma:ringe'], all: ['i går', borte], unit: match}", talk) == []
    assert found("{any: ['lemma:ringe'], unless: ['ikke aktuelt'], unit: match}", talk) == ["ringte"]
    assert found("{any: ['lemma:ringe'], unless: ['re:ikke'], unit: match}", talk) == []
    assert found("{any: ['skrev'], unless: ['ikke'], within: turn}", talk) == []


def test_what_somebody_else_says_forbids_nothing(found: Found, interview: Interview) -> None:
    record = interview("I: Ikke aktuelt?\nK1: Vi ringer.\nI: Nei?\nK1: Jo.")

    assert found("{any: [ringer], unless: [ikke aktuelt], within: turn}", record) == ["Vi ringer."]


def test_a_text_without_labels_is_searched(found: Found, interview: Interview) -> None:
    record = interview("Notat fra møtet. Vi ringer Nav i morgen.")

    assert found("{any: ['lemma:ringe']}", record) == ["Vi ringer Nav i morgen."]


def test_lemmas_follow_the_speaker_and_the_rule(found: Found, interview: Interview) -> None:
    record = interview("I: Hva?\nK1: Eg høyrer på.\nR2: He called, calling.", language="nb")
    english = replace(
        record, speakers=tuple(replace(s, language="en") if s.label == "R2" else s for s in record.speakers)
    )

    assert found("{any: ['lemma:call'], unit: match}", english) == ["called", "calling"]
    assert found("{any: ['lemma:call'], unit: match}", record) == []
    assert found("{any: ['lemma:call'], unit: match, language: en}", record) == ["called", "calling"]


def test_one_passage_is_proposed_once_a_code_under_the_first_rule(talk: Transcript) -> None:
    book, _ = parse_codebook(
        "codes:\n- id: a\n  rules:\n  - {any: [ringte], all: [svarte], id: en}\n  - {any: [svarte], id: to}\n"
        "- id: b\n  rules: [ringte]\n"
    )
    codings = propose_codings([talk], book, coder="_rules", created="nå")[0]["K1"]

    assert [(c.code, c.origin, c.status) for c in codings] == [
        ("a", "rule:en", "proposed"),
        ("b", "rule:b", "proposed"),
    ]
    assert {c.unit.text for c in codings} == {"Jeg ringte dem i går, og de svarte ikke."}
    assert [c.id for c in codings] == [c.id for c in propose_codings([talk], book, coder="x", created="")[0]["K1"]]


def test_many_transcripts_are_read_as_each_alone(interview: Interview) -> None:
    records = [
        interview("I: Hva?\nK1: Vi ringer, eh.", "A"),
        interview("K2: Rundt omkring 😀 ringer vi rundt.\nK2: Ja", "B"),
        interview("Ingen sier noe.", "C"),
    ]
    book, _ = parse_codebook("codes: [{id: r, rules: ['ringer rundt', 'lemma:ringe', ringer vi rundt, 're:vi$']}]")
    together, _ = propose_codings(records, book, coder="_rules", created="")

    assert together == {
        record.id: propose_codings([record], book, coder="_rules", created="")[0][record.id] for record in records
    }
    assert [c.unit.text for c in together["B"]] == ["Rundt omkring 😀 ringer vi rundt."]


def test_a_proposal_never_covers_a_speaker_label(found: Found, interview: Interview) -> None:
    record = interview("Kari: Hei kari.\nPer: Hei.\nKari: Hei per.\nPer: Ja.\nKari: Nei.\nPer: Jo.")

    for unit in ("match", "sentence", "turn", "paragraph"):
        for words in found(f"{{any: [kari, per, 'hei *', '* per'], unit: {unit}, speakers: [kari, per]}}", record):
            assert ":" not in words


def test_a_regular_expression_that_takes_too_long_is_told_where_it_stands(interview: Interview) -> None:
    record = interview("I: Hva?\nK1: " + "og så sa jeg, ja men altså, det går ikke, " * 500)
    book, problems = parse_codebook("codes:\n- id: a\n  rules:\n  - any:\n    - 're:(.*?,)+(.*)+\\1z'\n    - ja\n")
    assert problems == []
    found, late = propose_codings([record], book, coder="_rules", created="")

    assert [(problem.line, problem.column) for problem in late] == [(5, 7)]
    assert late[0].hint
    assert len(found["K1"]) == 1


def test_a_codebook_without_rules_proposes_nothing(talk: Transcript) -> None:
    assert propose_codings([talk], parse_codebook("codes: [A]")[0], coder="_rules", created="") == ({"K1": []}, [])
    assert propose_codings([], parse_codebook("codes: [{id: a, rules: [x]}]")[0], coder="_rules", created="") == (
        {},
        [],
    )


def test_a_rule_with_thousands_of_matches_in_one_turn_is_done(interview: Interview) -> None:
    record = interview("Notat. " + "ja og nei. " * 6000)
    book, _ = parse_codebook(
        "codes: [{id: a, rules: [{any: [ja], all: [nei], unless: [kanskje], unit: match}]},"
        "{id: b, rules: [{any: [ja], all: [nei], within: turn, unit: match}]}]"
    )
    codings = propose_codings([record], book, coder="_rules", created="")[0]["K1"]

    assert len(codings) == 12000
