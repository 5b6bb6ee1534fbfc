import pytest

from qualkit.anonymisation.lexicon import LISTS, lines
from qualkit.anonymisation.names import find_names


def names(text: str, language: str = "nb") -> list[str]:
    return [text[hit.start : hit.end] for hit in find_names(text, language)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Jeg traff Ingrid og Hansen.", ["Ingrid", "Hansen"]),
        ("Karis bror kjenner Ola’s mor og Anne-Maries hund.", ["Karis", "Ola’s", "Anne-Maries"]),
        ("Så kom ståle og abdirahman, sa hun.", ["ståle", "abdirahman"]),
        ("Det var Hansen-familien som bodde der.", ["Hansen-familien"]),
        ("Der var Małgorzata, Nguyen og Áilu.", ["Małgorzata", "Nguyen", "Áilu"]),
        ("Perspektivet var at perstorp ikke er et navn.", []),
    ],
)
def test_names_of_the_lists_are_found_in_their_inflections(text, expected):
    assert names(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Dag og natt satt vi der. Liv er viktig for meg.", ["Liv"]),
        ("Dag Hansen kom. Liv sa det.", ["Dag", "Hansen", "Liv"]),
        ("Så sa jeg til Liv at Odd og Stein var der.", ["Liv", "Odd", "Stein"]),
        ("En dag til i livet, på en stein, even og odd og en bo.", []),
        ("Hei Liv, sa jeg. Takk, Dag.", ["Liv", "Dag"]),
    ],
)
def test_names_that_are_words_are_proposed_in_context_only(text, expected):
    assert names(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("hver dag tenkte jeg på liv og død der hjemme", []),
        ("broren min heter dag og kona liv kom da", ["dag", "liv"]),
        ("jeg ringte ingrid og dag hansen om kvelden", ["ingrid", "dag", "hansen"]),
    ],
)
def test_in_small_letters_such_a_name_stands_behind_a_cue_or_beside_a_name(text, expected):
    assert names(text) == expected


def test_english_words_are_no_norwegian_names():
    assert names("so I said this with him and asked his mum about it", "en") == []
    assert names("I will ask Grace, and then Siobhan said she may come.", "en") == ["Grace", "Siobhan"]


def test_a_text_without_names_and_an_empty_one_give_nothing():
    assert names("Vi satt der og ventet på at noen skulle komme.") == names("") == []


def test_the_lists_hold_an_entry_once_and_no_space_at_its_ends():
    for path in LISTS.glob("*.t*"):
        entries = [*lines(path.name)]
        assert entries == [entry.strip() for entry in entries]
        assert len(set(entries)) == len(entries), path.name


@pytest.mark.parametrize(
    ("text", "language", "found"),
    [
        ("Vi hadde en mann, gamle kaptein Stousland, og pater Khiem.", "nb", {"kaptein", "pater"}),
        ("Det var onkel Sigvart og svigermor Adelheid.", "nb", {"onkel", "svigermor"}),
        ("det var onkel sigvart som kom", "nb", {"onkel", "sigvart"}),
        ("og prinsesse Märtha heiter ho", "nn", {"prinsesse"}),
        ("the social worker miss adeyemi was crying", "en", {"miss"}),
        ("We saw Father Hackett and Big Colin there.", "en", {"Father", "Big"}),
    ],
)
def test_what_is_said_before_a_name_is_said_with_it(text: str, language: str, found: set[str]) -> None:
    assert found <= {text[hit.start : hit.end] for hit in find_names(text, language)}


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("og mormor satt der og onkel fikk kaffe", "nb"),
        ("det var gamle hus og store problem elles", "nn"),
        ("my big brother and the old doctor was there", "en"),
        ("Gamle hus og store dager. Onkel kom. Prest var han.", "nb"),
    ],
)
def test_relatives_and_titles_alone_are_no_names(text: str, language: str) -> None:
    assert find_names(text, language) == []
