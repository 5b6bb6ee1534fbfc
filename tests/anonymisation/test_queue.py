import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualkit.anonymisation.queue import bases, folded, waiting
from qualkit.identity import Hit, Identities, Identity, Passed
from qualkit.model import Span

TEXT = "Vi ringte Kari Nes i Halden. Karis far var hjemme, og Kari kom. NAV svarte ikke, sa [fornavn legen]."


def hits(*words: str, text: str = TEXT) -> list[Hit]:
    return [Hit(m.start(), m.end(), "names@2") for word in words for m in re.finditer(re.escape(word), text)]


def words_waiting(found: list[Hit], known: Identities, text: str = TEXT, transcript: str = "I1") -> list[str]:
    return [text[hit.start : hit.end] for hit in waiting(found, text, known, transcript)]


def decided(*forms: str, only: tuple[Span, ...] = ()) -> Identity:
    return Identity("p1", forms, shown={"*": "Anne"}, only=only, by="siri")


def test_nothing_known_lets_everything_wait_in_the_order_of_the_text() -> None:
    assert words_waiting(hits("Halden", "Kari Nes"), Identities()) == ["Kari Nes", "Halden"]


def test_a_decided_form_covers_its_genitive_and_not_the_name_around_it() -> None:
    known = Identities((decided("Kari"),))
    assert words_waiting(hits("Kari Nes", "Karis", "Kari kom"[:4], "Halden"), known) == ["Kari Nes", "Halden"]


def test_a_wider_form_covers_a_hit_inside_it() -> None:
    known = Identities((decided("Kari Nes"),))
    assert words_waiting([Hit(15, 18, "places@2")], known) == []


def test_an_identity_nobody_decided_on_covers_nothing() -> None:
    known = Identities((Identity("s1", ("Halden",), "place", action="generalise", shown={"*": "by"}),))
    assert words_waiting(hits("Halden"), known) == ["Halden"]


def test_what_was_masked_already_does_not_wait() -> None:
    assert words_waiting(hits("fornavn legen"), Identities()) == []


def test_words_let_through_are_let_through_in_any_case_and_as_a_genitive() -> None:
    known = Identities(passed=(Passed("Nav"),))
    text = "NAV kom. Navs folk. nav her."
    assert words_waiting(hits("NAV", "Navs", "nav", text=text), known, text) == []


def test_small_letters_let_through_do_not_let_a_name_through() -> None:
    known = Identities(passed=(Passed("dag"),))
    text = "en dag kom Dag"
    assert words_waiting(hits("dag", "Dag", text=text), known, text) == ["Dag"]


def test_words_let_through_in_places_wait_in_every_other() -> None:
    text = "Liv er livet. Liv kom."
    known = Identities(passed=(Passed("Liv", (Span("I1", 0, 3),)),))
    assert [hit.start for hit in waiting(hits("Liv", text=text), text, known, "I1")] == [14]
    assert [hit.start for hit in waiting(hits("Liv", text=text), text, known, "I2")] == [0, 14]


def test_a_place_whose_words_were_changed_lets_nothing_through() -> None:
    known = Identities(passed=(Passed("Liv", (Span("I1", 0, 3),)),))
    assert words_waiting(hits("Bo.", text="Bo."), known, "Bo. Liv.") == ["Bo."]


def test_a_phrase_let_through_covers_a_hit_within_it_and_nowhere_else() -> None:
    text = "De Grønne vant. Fru Grønne kom."
    known = Identities(passed=(Passed("De Grønne"),))
    assert [hit.start for hit in waiting(hits("Grønne", text=text), text, known, "I1")] == [20]


def test_a_stretch_of_a_transcript_is_judged_as_the_whole() -> None:
    text = "Liv er livet. Liv kom."
    known = Identities(passed=(Passed("Liv", (Span("I1", 14, 17),)),))
    part = text[10:]
    assert waiting(hits("Liv", text=part), part, known, "I1", offset=10) == []


@pytest.mark.parametrize(("form", "found"), [("karis", ("kari",)), ("nes", ("ne",)), ("as", ()), ("kari’s", ("kari",))])
def test_a_genitive_has_its_base(form: str, found: tuple[str, ...]) -> None:
    assert set(found) <= set(bases(folded(form)))


NAMES = st.sampled_from(["Kari", "Ola Vik", "Halden", "Liv", "NAV", "Per-Arne", "o'Hara", "Bjørn"])


@given(st.lists(NAMES, min_size=1, max_size=6), st.sets(NAMES))
def test_every_hit_waits_or_is_covered_by_its_own_words(said: list[str], passed: set[str]) -> None:
    text = "Så kom " + " og ".join(said) + "."
    known = Identities(passed=tuple(Passed(form) for form in sorted(passed)))
    found = hits(*set(said), text=text)
    assert set(words_waiting(found, known, text)) == set(said) - passed
