from hypothesis import given
from hypothesis import strategies as st

from qualkit.condensation.grounding import ground

UNITS = ["Du blir stående alene om natta.", "Vi ringte legevakta to ganger, og ingen kom."]


def own(condensate: str, units: list[str] = UNITS, language: str = "nb") -> list[str]:
    return [condensate[start:end] for start, end in ground(condensate, units, language=language).own]


def test_a_word_in_another_form_is_held() -> None:
    assert own("Jeg ringer legevakten, og står alene.") == ["Jeg"]


def test_words_that_no_unit_has_are_shown_where_they_stand() -> None:
    assert own("Jeg gråter alene. Jeg venter.") == ["Jeg", "gråter", "Jeg", "venter"]


def test_runs_of_three_words_are_counted_within_one_unit() -> None:
    found = ground("alene om natta. Vi ringte legevakta", UNITS, language="nb")
    # “om natta Vi” and “natta Vi ringte” lie over two units.
    assert (found.runs, found.of_runs) == (2, 4)


def test_nothing_rests_on_nothing() -> None:
    found = ground("", [], language="nb")
    assert (found.words, found.held, found.runs, found.of_runs) == (0, 0, 0, 0)
    assert own("Jeg venter.", []) == ["Jeg", "venter"]


def test_nynorsk_and_english_have_their_forms() -> None:
    assert own("Eg ringjer", ["Dei ringde"], "nn") == ["Eg"]
    assert own("I waited", ["we wait"], "en") == ["I"]


@given(st.lists(st.sampled_from("jeg står alene om natta og venter på svar".split()), min_size=1))
def test_a_copy_of_a_unit_has_no_word_of_its_own(words: list[str]) -> None:
    text = " ".join(words)
    found = ground(text, [f"Og så: {text}."], language="nb")
    assert (found.held, found.own, found.runs) == (found.words, (), found.of_runs)
