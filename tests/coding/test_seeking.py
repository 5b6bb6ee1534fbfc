import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualkit.coding.anchored import same_words
from qualkit.coding.seeking import reanchor_by_words
from qualkit.model import Coding, MeaningUnit, Span
from qualkit.text import around


def coded(text: str, words: str, nth: int = 0) -> Coding:
    start = -1
    for _ in range(nth + 1):
        start = text.index(words, start + 1)
    unit = MeaningUnit(Span("I3", start, start + len(words)), words, *around(text, start, start + len(words)))
    return Coding("c1", unit, "tid", "kari", "accepted", "manual", "", text_sha256="gone")


def found(old: str, new: str, words: str, nth: int = 0) -> tuple[str, list[int]]:
    """Return the anchor, and where the passage is or could be."""
    [result] = reanchor_by_words([coded(old, words, nth)], new)
    if result.after is None:
        return result.anchor, [span.start for span in result.candidates]
    span = result.after.unit.span
    assert same_words(new[span.start : span.end], words)
    return result.anchor, [span.start]


TALK = (
    "K1: Ja. Det hender at ingen svarer i helga.\n\nI: Kva då?\n\nK1: Ja. Då må vi vente.\n\n"
    "I: Og elles, når det ikkje er helg?\n\nK1: Ja. Då ringer vi kommunen.\n"
)


def test_the_words_and_what_stands_around_them_tell_the_place() -> None:
    new = "I: Hallo.\n\n" + TALK

    assert found(TALK, new, "Ja.", 1) == ("moved", [new.index("Ja.", new.index("Kva"))])


def test_nothing_changed_is_kept() -> None:
    assert found(TALK, TALK, "Ja.", 1) == ("kept", [TALK.index("Ja.", 10)])


def test_long_words_alone_are_enough_and_short_ones_are_asked_about() -> None:
    new = "Heilt anna. Det hender at ingen svarer i helga. Andre ord her. Kva då no lenger."

    assert found(TALK, new, "Det hender at ingen svarer") == ("moved", [new.index("Det")])
    assert found(TALK, new, "Kva då") == ("ambiguous", [new.index("Kva")])


def test_a_short_passage_needs_its_surroundings_on_both_sides() -> None:
    old = "K1: Eg rista epleiga i Levanger, og så kom det en ny, og så vart det slik.\n"
    new = "K1: Eg var nesten den siste av dei, og så kom det en omorganisering.\n"

    assert found(old, new, "det") == ("ambiguous", [new.index("det")])


def test_words_that_stand_twice_with_nothing_to_tell_them_apart_are_asked_about() -> None:
    new = "A: Då må vi vente.\n\nB: Då må vi vente.\n"

    assert found(TALK, new, "Då må vi vente.") == ("ambiguous", [3, new.rindex("Då")])


def test_words_between_what_stood_around_the_passage_are_a_place_to_look_at() -> None:
    old = "Me har alltid hatt for lite folk, og då ringer vi kommunen, slik at nokon kjem om natta."
    new = old.replace("ringer vi kommunen", "tek eg telefonen")

    [result] = reanchor_by_words([coded(old, "ringer vi kommunen")], new)
    assert result.anchor == "ambiguous"
    assert [new[s.start : s.end] for s in result.candidates] == ["tek eg telefonen,"] or [
        new[s.start : s.end] for s in result.candidates
    ] == ["tek eg telefonen"]


def test_words_that_are_gone_are_lost() -> None:
    assert found(TALK, "Noko heilt anna.", "Det hender at ingen svarer") == ("lost", [])
    assert found(TALK, "", "Ja.") == ("lost", [])


@pytest.mark.parametrize("words", ["…", "(…)"])
def test_a_passage_without_a_word_is_looked_for_as_it_stands(words: str) -> None:
    old = f"K1: Me {words} ringer kommunen nesten kvar einaste dag.\n"

    assert found(old, "I: Ja.\n\n" + old, words) == ("moved", [8 + old.index(words)])


PARTS = st.lists(st.sampled_from(["ja", "nei", "me", "Kan", "ringe.", "\n", "…", "då"]), max_size=30).map(" ".join)


@given(PARTS, PARTS, st.data())
def test_no_coding_ends_on_other_words(old: str, new: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(old)))
    end = data.draw(st.integers(start, len(old)))
    unit = MeaningUnit(Span("I3", start, end), old[start:end], *around(old, start, end))
    [result] = reanchor_by_words([Coding("c", unit, "k", "a", "accepted", "manual", "")], new)

    if result.after is not None:
        span = result.after.unit.span
        assert same_words(new[span.start : span.end], unit.text)
        assert result.after.unit.text == new[span.start : span.end]
