import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualkit.anonymisation.decisionsfile import (
    Choice,
    decisions_of,
    is_decided_alike,
    parse_decisions,
    render_decisions,
)
from qualkit.identity import ACTIONS, CLASSES, TYPES, Identities, Identity, Passed
from qualkit.model import Span


def test_every_key_is_read() -> None:
    text = """decisions:
- forms: [Kari Nes, Kari]
  action: pseudonym
  print: Anne
  type: person
  class: direct
  gender: f
  participant: K1
  reason: the nurse
- {form: Halden, action: generalise, print: {nb: by i Østfold, en: town}, only: ["I3:204-210"]}
- {form: Nes, merge-with: Kari Nes}
- {form: NAV, decision: pass}
"""
    found, problems = parse_decisions(text)
    assert problems == []
    assert found[0] == Choice(
        ("Kari Nes", "Kari"), "pseudonym", "person", "direct", {"*": "Anne"}, "f", "", "K1", (), "the nurse", 2
    )
    assert (dict(found[1].shown), found[1].only) == ({"nb": "by i Østfold", "en": "town"}, (Span("I3", 204, 210),))
    assert (found[2].action, found[2].merge) == ("merge", "Kari Nes")
    assert (found[3].forms, found[3].action) == (("NAV",), "pass")


@pytest.mark.parametrize(
    ("item", "message"),
    [
        ("{action: pass}", "a decision without “form”"),
        ("{form: Kari}", "a decision without “action”"),
        ("{form: Kari, action: pseudonim}", "this is no action"),
        ("{form: Kari, action: merge}", "a merge does not say with what"),
        ("{form: Kari, action: pass, kind: person}", "this is no key of a decision"),
        ("{form: Kari, action: redact, type: human}", "this is no type"),
        ("{form: Kari, action: pass, only: [I3]}", "this is no place"),
        ("{form: Kari, action: band, print: [a]}", "a print form is a text, or one for each of nb, nn, en"),
        ("Kari", "a decision is keys with values"),
    ],
)
def test_a_fault_has_a_place_and_no_word_of_a_name(item: str, message: str) -> None:
    _, problems = parse_decisions(f"decisions:\n- {{form: Ola, action: pass}}\n- {item}\n")
    assert [problem.message for problem in problems] == [message]
    assert problems[0].line == 3
    assert "Kari" not in str(problems[0]) + problems[0].hint


def test_a_file_without_decisions_says_so() -> None:
    assert [problem.message for problem in parse_decisions("format: 1\n")[1]] == [
        "decisions stand in a list under “decisions:”"
    ]


FORMS = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=12)
CHOICES = st.builds(
    Choice,
    st.lists(FORMS, min_size=1, max_size=3, unique=True).map(tuple),
    st.sampled_from(ACTIONS),
    st.sampled_from(TYPES),
    st.sampled_from(CLASSES),
    st.dictionaries(st.sampled_from(["nb", "nn", "en", "*"]), FORMS, max_size=2),
    st.sampled_from(["f", "m", ""]),
    st.just(""),
    FORMS | st.just(""),
    st.lists(
        st.builds(Span, st.sampled_from(["I1", "fokus 2"]), st.integers(0, 9), st.integers(10, 99)), max_size=2
    ).map(tuple),
    FORMS | st.just(""),
)


@given(st.lists(CHOICES, max_size=4))
def test_what_is_written_is_read_again(choices: list[Choice]) -> None:
    from dataclasses import replace
    from unicodedata import normalize

    found, problems = parse_decisions(render_decisions(choices)) if choices else ([], [])
    assert problems == []

    def nfc(choice: Choice) -> tuple[object, ...]:
        return (
            tuple(dict.fromkeys(normalize("NFC", form) for form in choice.forms)),
            {key: normalize("NFC", text) for key, text in choice.shown.items()},
            normalize("NFC", choice.participant),
            normalize("NFC", choice.reason),
        )

    assert [nfc(one) for one in found] == [nfc(one) for one in choices]
    plain = {"forms": (), "shown": {}, "participant": "", "reason": "", "line": 0}
    assert [replace(one, **plain) for one in found] == [replace(one, **plain) for one in choices]


KNOWN = Identities(
    (
        Identity("p1", ("Kari Nes", "Kari"), shown={"*": "Anne"}, gender="f", by="siri"),
        Identity("p2", ("Ola",)),
    ),
    (Passed("NAV"), Passed("Liv", (Span("I1", 0, 3),))),
)


def test_the_decisions_of_a_register_leave_out_what_is_not_decided() -> None:
    assert [(choice.forms, choice.action) for choice in decisions_of(KNOWN)] == [
        (("Kari Nes", "Kari"), "pseudonym"),
        (("NAV",), "pass"),
        (("Liv",), "pass"),
    ]


def test_what_the_register_says_is_known() -> None:
    assert all(is_decided_alike(choice, KNOWN) for choice in decisions_of(KNOWN))
    assert not is_decided_alike(Choice(("Ola",), "pseudonym"), KNOWN)
    assert not is_decided_alike(Choice(("Liv",), "pass"), KNOWN)
    assert not is_decided_alike(Choice(("Liv",), "pass", only=(Span("I1", 7, 10),)), KNOWN)
    assert is_decided_alike(Choice(("Kari",), "merge", merge="p1"), KNOWN)
