"""What an analyst's file says, and everything that can be wrong in it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualkit.reflection import Reflection, standing
from qualkit.reflections.reflectionsfile import SECTIONS, parse_reflections

FILE = """# Karis
preconceptions:
  - {date: 2026-02-20, text: "Jeg venter sinne."}
impressions:
  - transcript: K1
    date: 2026-03-02
    text: |
      Mye uro.

      Lite sinne.
  - {transcript: K1, text: Trøtt heller enn sint.}
themes:
  - {name: Uro, why: telefonen}
  - {name: Venting, was: uro, why: telefonen og natta}
  - {name: Penger}
  - {name: penger, dropped: bare hos én}
verdicts:
  - {transcript: K1, verdict: nuances, text: Hun hadde noen., changed: «de fleste»}
power:
  - {dimension: aim, text: Smalt.}
asked:
  - {transcript: K1, question: [varsel, natt], words: "Hvem sa fra?", nth: 2}
  - {transcript: K1, question: none, words: Mm.}
journal:
  - {date: 2026-03-03, text: Hørte meg selv.}
  - {date: 2026-03-03, text: Igjen.}
"""


def read(text: str) -> tuple[Reflection, ...]:
    found, problems = parse_reflections(text, "reflections/kari.yaml", "kari")
    assert [str(problem) for problem in problems] == []
    return found


def told(text: str) -> list[str]:
    problems = parse_reflections(text, "reflections/kari.yaml", "kari")[1]
    assert all(problem.hint for problem in problems)
    return [str(problem) for problem in problems]


def test_the_last_about_the_same_thing_stands_and_every_version_is_there() -> None:
    found = read(FILE)
    assert [one.text for one in found if one.kind == "impression"] == [
        "Mye uro.\n\nLite sinne.",
        "Trøtt heller enn sint.",
    ]
    assert [(one.about, one.text) for one in standing(found, "impression")] == [("K1", "Trøtt heller enn sint.")]
    assert [one.text for one in standing(found, "journal")] == ["Hørte meg selv.", "Igjen."]
    assert all(one.by == "kari" for one in found)


def test_a_preliminary_theme_that_was_renamed_stands_under_its_new_name_and_one_given_up_does_not() -> None:
    assert [(one.about, one.text) for one in standing(read(FILE), "theme")] == [("Venting", "telefonen og natta")]


def test_verdicts_power_and_turns_are_read() -> None:
    found = read(FILE)
    verdict = next(one for one in found if one.kind == "verdict")
    assert (verdict.verdict, verdict.text, verdict.changed) == ("nuances", "Hun hadde noen.", "«de fleste»")
    first, second = (one for one in found if one.kind == "asked")
    assert (first.questions, first.text, first.nth, first.line) == (("varsel", "natt"), "Hvem sa fra?", 2, 22)
    assert (second.questions, second.by_rule) == ((), False)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("- K1", "1:1: what was noted stands in lists under keys"),
        ("impresions: []", "1:1: “impresions” is no key of the file"),
        ("impressions: K1", "1:14: “impressions” is a list"),
        ("impressions: [K1]", "1:15: an entry is keys with values"),
        ("impressions: [{text: Uro}]", "1:15: an entry without “transcript”"),
        ("impressions: [{transcript: K1}]", "1:15: an entry without a text"),
        ("impressions: [{transcript: K1, tekst: Uro, text: a}]", "1:32: “tekst” is no key of this entry"),
        ("impressions: [{transcript: K1, text: a, text: b}]", "1:41: “text” stands twice in this entry"),
        ("impressions: [{transcript: K1, text: [a]}]", "1:38: a text is expected here"),
        ("impressions: [{transcript: K1, text: a, date: i går}]", "1:47: this is no date"),
        ("impressions: [{transcript: K1, text: a, date: 2026-02-30}]", "1:47: this is no date"),
        ("verdicts: [{transcript: K1, verdict: nuance}]", "1:38: “nuance” is no verdict"),
        ("verdicts: [{transcript: K1}]", "1:12: an entry without a verdict"),
        ("power: [{dimension: 5, text: a}]", "1:21: “5” is no dimension of information power"),
        ("asked: [{transcript: K1, words: a}]", "1:9: an entry without “question”"),
        ("asked: [{transcript: K1, question: [a, none], words: a}]", "1:36: “none” and “rules” stand alone"),
        ("asked: [{transcript: K1, question: a, words: a, nth: -1}]", "1:54: a number is expected here"),
        ("impressions: [{transcript: K1, text: a}]\nimpressions: []", "2:1: “impressions” stands twice in the file"),
        ("impressions: &a\n- *a", "2:3: aliases (*name) are not read here"),
    ],
)
def test_a_fault_has_its_place_and_a_hint(text: str, fault: str) -> None:
    assert told(text)[0] == f"reflections/kari.yaml:{fault}"


def test_no_message_tells_what_somebody_said() -> None:
    assert "sint" not in "".join(told('impressions: [{transcript: K1, text: a, "Hun ble så sint at hun gikk": b}]'))


@given(
    st.text(max_size=200)
    | st.lists(st.sampled_from([*SECTIONS, ": ", "- ", "{", "]", "\n  ", "K1", "text"])).map("".join)
)
def test_whatever_stands_there_is_read_or_told(text: str) -> None:
    found, problems = parse_reflections(text, "reflections/kari.yaml", "kari")
    assert all(problem.file == "reflections/kari.yaml" for problem in problems)
    assert all(one.about or one.kind in ("preconceptions", "journal") for one in found)
