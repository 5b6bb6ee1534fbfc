from string import Formatter

import pytest

from qualkit.language.printed import PHRASES, printed


def names(text: str) -> list[str]:
    return sorted(name for _, name, _, _ in Formatter().parse(text) if name)


@pytest.mark.parametrize("key", PHRASES)
def test_every_key_says_the_same_in_three_languages(key: str) -> None:
    phrase = PHRASES[key]

    assert len(phrase) == 3
    assert all(text.strip() for text in phrase)
    assert names(phrase.nb) == names(phrase.nn) == names(phrase.en)


def test_labels_are_those_of_the_language() -> None:
    assert [printed("table", language) for language in ("nb", "nn", "en")] == ["Tabell", "Tabell", "Table"]
    assert [printed("note", language) for language in ("nb", "nn", "en")] == ["Merk.", "Merk.", "Note."]
    assert printed("page", "nb", page=2, pages=7) == "Side 2 av 7"


def test_values_are_filled_in_as_they_are() -> None:
    assert printed("page", "nb", page="{pages}", pages="{0}") == "Side {pages} av {0}"


@pytest.mark.parametrize(("key", "language"), [("no-such-key", "nb"), ("table", "da"), ("table", "")])
def test_an_unknown_key_or_language_is_an_error(key: str, language: str) -> None:
    with pytest.raises(KeyError):
        printed(key, language)


def test_a_missing_value_is_an_error() -> None:
    with pytest.raises(KeyError):
        printed("page", "nb", page=1)


def test_the_phrases_cannot_be_changed() -> None:
    with pytest.raises(TypeError):
        PHRASES["table"] = PHRASES["figure"]  # type: ignore[index]
