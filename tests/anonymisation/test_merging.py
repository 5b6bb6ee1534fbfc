import pytest

from qualkit.anonymisation.merging import merged
from qualkit.identity import Hit, IdentityClass, IdentityType


def hit(text: str, words: str, detector: str, kind: IdentityType = "other", cls: IdentityClass = "direct") -> Hit:
    start = text.index(words)
    return Hit(start, start + len(words), detector, kind, cls)


def seen(text: str, *hits: Hit) -> list[tuple[str, str, str]]:
    return [(text[one.start : one.end], one.type, one.cls) for one in merged(hits, text)]


def test_overlapping_names_become_the_widest() -> None:
    text = "Det var Anne Kari Nes."
    found = seen(text, hit(text, "Anne Kari", "names@2", "person"), hit(text, "Kari Nes", "ner@1", "person"))
    assert found == [("Anne Kari Nes", "person", "direct")]


def test_first_name_and_surname_side_by_side_are_one() -> None:
    text = "Ring Kari Halden."
    found = seen(text, hit(text, "Kari", "names@2", "person"), hit(text, "Halden", "places@2", "place", "indirect"))
    assert found == [("Kari Halden", "person", "direct")]


def test_two_people_with_a_word_between_stay_two() -> None:
    text = "Kari og Ola"
    found = seen(text, hit(text, "Kari", "names@2", "person"), hit(text, "Ola", "names@2", "person"))
    assert [words for words, _, _ in found] == ["Kari", "Ola"]


def test_an_institution_is_wider_than_the_place_in_its_name() -> None:
    text = "på Halden sykehus"
    found = seen(
        text,
        hit(text, "Halden", "places@2", "place", "indirect"),
        hit(text, "Halden sykehus", "institutions@2", "institution", "strong-indirect"),
        hit(text, "Halden", "capitals@2"),
    )
    assert found == [("Halden sykehus", "institution", "strong-indirect")]


def test_who_knows_counts_before_who_guesses() -> None:
    text = "fra Solvær"
    found = seen(text, hit(text, "Solvær", "places@2", "place", "indirect"), hit(text, "Solvær", "ner@1", "person"))
    assert found == [("Solvær", "place", "indirect")]


@pytest.mark.parametrize(("text", "kind"), [("i Halden", "place"), ("og Halden", "person")])
def test_a_surname_that_is_a_place_is_one_behind_in(text: str, kind: str) -> None:
    found = seen(text, hit(text, "Halden", "names@2", "person"), hit(text, "Halden", "places@2", "place", "indirect"))
    assert [kind for _, kind, _ in found] == [kind]


def test_a_month_in_a_date_belongs_to_the_date() -> None:
    text = "den 12. Mai 2019"
    found = seen(text, hit(text, "12. Mai 2019", "date@2", "date", "indirect"), hit(text, "Mai", "names@2", "person"))
    assert found == [("12. Mai 2019", "date", "indirect")]


def test_a_name_in_a_phrase_stays_a_place_of_its_own() -> None:
    text = "den eneste legen i Halden"
    found = seen(
        text, hit(text, text, "only-one@2", "role", "strong-indirect"), hit(text, "Halden", "places@2", "place")
    )
    assert [words for words, _, _ in found] == [text, "Halden"]


def test_a_people_in_the_name_of_an_institution_belongs_to_it() -> None:
    text = "hos Norsk Folkehjelp"
    found = seen(
        text,
        hit(text, "Norsk Folkehjelp", "ner@1", "institution"),
        hit(text, "Norsk", "origin@2", "nationality", "indirect"),
    )
    assert found == [("Norsk Folkehjelp", "institution", "direct")]


def test_signs_at_the_edges_are_no_part_of_it() -> None:
    text = "«Kari», sa"
    assert seen(text, Hit(0, 7, "ner@1", "person")) == [("Kari", "person", "direct")]
    assert seen("...", Hit(0, 3, "ner@1", "person")) == []
