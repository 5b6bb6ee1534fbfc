import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualkit.anonymisation.queue import bases, folded, waiting
from qualkit.identity import Hit, Identities, Identity, IdentityType, Passed
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


def guess(words: str, text: str, detector: str = "ner@1", kind: IdentityType = "person") -> list[Hit]:
    at = text.index(words)
    return [Hit(at, at + len(words), detector, kind)]


@pytest.mark.parametrize(
    ("text", "words", "waits"),
    [
        ("Da kom Kari ringer og alt.", "Kari ringer", False),
        ("Så sa Karis mor at", "Karis mor", False),
        ("Kari kom og gikk.", "Kari kom", False),
        ("Then Kari went to it.", "Kari went to", False),
        # A word with a capital, one no dictionary has, a name, a trade: each may be who it is.
        ("Ringer Kari da?", "Ringer Kari", True),
        ("Da kom Kari Nes.", "Kari Nes", True),
        ("Da kom Kari skjeggen.", "Kari skjeggen", True),
        ("Da kom Kari nasteexo.", "Kari nasteexo", True),
        ("Da kom Kari nes.", "Kari nes", True),
        ("Da kom Kari lærer.", "Kari lærer", True),
        ("Da kom Kari 47.", "Kari 47", True),
        ("da kom kari ringer.", "kari ringer", True),
        ("Da kom han ringer.", "han ringer", True),
        ("Da kom Kariringer.", "Kariringer", True),
        ("Da kom Kari ringeren.", "Kari ringer", True),
    ],
)
def test_everyday_words_that_were_taken_into_a_decided_name_wait_no_longer(text: str, words: str, waits: bool) -> None:
    known = Identities((decided("Kari"),))
    assert words_waiting(guess(words, text), known, text) == ([words] if waits else [])


def test_only_a_guess_is_a_word_too_wide() -> None:
    text, known = "Da kom Kari ringer.", Identities((decided("Kari"),))
    assert words_waiting(guess("Kari ringer", text, "roles@1", "role"), known, text) == ["Kari ringer"]
    assert words_waiting(guess("Kari ringer", text, "ner@1", "institution"), known, text) == ["Kari ringer"]


ORDINARY = ["ringer", "kom", "sa", "mor", "og", "som", "vi"]
TELLING = "said Nes Moen nes moen hamar Hamar Ringer nasteexo Xawo skjeggen 47 lærer dag".split()


@given(
    st.lists(st.sampled_from(["Kari", "Karis", "kari", "Halden", *ORDINARY, *TELLING]), min_size=1, max_size=8),
    st.lists(st.sampled_from([" ", "-", ", ", "\n", "'"]), min_size=8, max_size=8),
    st.data(),
)
def test_nothing_undecided_that_may_name_somebody_is_dropped(
    tokens: list[str], gaps: list[str], data: st.DataObject
) -> None:
    text = "".join(token + gap for token, gap in zip(tokens, gaps, strict=False))
    start = data.draw(st.integers(0, len(text) - 1))
    hit = Hit(
        start,
        data.draw(st.integers(start + 1, len(text))),
        data.draw(st.sampled_from(["ner@1", "capitals@1", "names@1", "roles@1"])),
        data.draw(st.sampled_from(["person", "place", "other", "institution", "role"])),
    )
    known = Identities((decided("Kari", "Halden"),))
    if waiting([hit], text, known, "I1"):
        return
    at = 0
    for token, gap in zip(tokens, gaps, strict=False):
        inside = at < hit.end and hit.start < at + len(token)
        assert not (inside and token in TELLING), (text, text[hit.start : hit.end])
        at += len(token) + len(gap)
