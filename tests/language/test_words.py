import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualkit.language import words as module
from qualkit.language.words import Vocabulary, count_words, fold, fold_letters, index_words

LETTERS = st.sampled_from("aeÅåßİΣ1-'’‑ .!?\n…\t,«»\u00ad\u0301\u030a\u200d\ufe0f☺😀𝐀אبا۳")
TEXTS = st.one_of(st.text(), st.text(LETTERS, max_size=60))


def cut(text: str) -> list[str]:
    vocabulary = Vocabulary()
    words = index_words(text, vocabulary)
    return [text[start:end] for start, end in zip(words.starts.tolist(), words.ends.tolist(), strict=True)]


def plain(word: str) -> str:
    joiners = dict.fromkeys("’‘ʼ", "'") | dict.fromkeys("‐‑", "-")
    return "".join(joiners.get(c, c.lower() if len(c.lower()) == 1 else c) for c in word)


@given(TEXTS)
@settings(max_examples=300)
def test_the_words_under_the_offsets_are_the_words_of_the_vocabulary(text: str) -> None:
    vocabulary = Vocabulary()
    words = index_words(text, vocabulary)
    names = vocabulary.words()

    assert [names[i] for i in words.ids.tolist()] == [plain(word) for word in cut(text)]


def is_word(char: str) -> bool:
    """Return whether a character belongs to a word wherever it stands; an apostrophe that is a letter does not."""
    return char.isalnum() and ord(char) < 0xFFFF and char != "ʼ"


@given(TEXTS)
@settings(max_examples=300)
def test_words_are_in_order_and_whole(text: str) -> None:
    words = index_words(text, Vocabulary())
    spans = list(zip(words.starts.tolist(), words.ends.tolist(), strict=True))
    outside = 0
    for start, end in spans:
        assert outside <= start < end
        if start:
            assert not (is_word(text[start - 1]))
        if end < len(text):
            assert not (is_word(text[end]))
        between = text[outside:start]
        assert not any(is_word(c) for c in between)
        outside = end
    assert not any(is_word(c) for c in text[outside:])


@given(st.text(LETTERS, max_size=80), st.integers(1, 12))
@settings(max_examples=300)
def test_a_text_read_in_pieces_is_the_text_read_whole(text: str, block: int) -> None:
    whole_words, piece_words = Vocabulary(), Vocabulary()
    whole = index_words(text, whole_words)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "_BLOCK", block)
        pieces = index_words(text, piece_words)

    assert piece_words.words() == whole_words.words()
    for name in ("starts", "ends", "ids", "breaks"):
        assert getattr(pieces, name).tolist() == getattr(whole, name).tolist()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("e-post, veit'ke og ta’n", ["e-post", "veit'ke", "og", "ta’n"]),
        ("-ja- 'nei' --", ["ja", "nei"]),
        ("NAV‑ansatte", ["NAV‑ansatte"]),
        ("12.500 kr/mnd", ["12", "500", "kr", "mnd"]),
        ("Bra ❤️ ☺️ 😀!", ["Bra"]),
        ("pa\u030a plass", ["pa\u030a", "plass"]),
        ("sam\u00adarbeid", ["sam", "arbeid"]),
        ("שלום عليكم", ["שלום", "عليكم"]),
        ("", []),
        ("…", []),
    ],
)
def test_what_a_word_is(text: str, words: list[str]) -> None:
    assert cut(text) == words


def test_case_apostrophes_and_hyphens_do_not_tell_words_apart() -> None:
    assert fold("NAV‑Ansatt nav-ansatt Veit’ke veit'ke") == ["nav-ansatt", "nav-ansatt", "veit'ke", "veit'ke"]


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("ja. Vi går", ["Vi"]),
        ("kl. ti", []),
        ("ja! vi går? nei", ["vi", "nei"]),
        ("ja … Vi går", []),
        ("ja\nvi går", ["vi"]),
        ("bl.a. Nav", ["Nav"]),
    ],
)
def test_where_no_phrase_runs_across(text: str, after: list[str]) -> None:
    words = index_words(text, Vocabulary())

    assert [text[words.starts[i] : words.ends[i]] for i in words.breaks.tolist() if i < len(words)] == after


def test_letters_of_a_pattern_are_folded_and_the_star_stays() -> None:
    assert fold_letters("*-Ansatt*") == "*-ansatt*"
    assert fold_letters("a/b😀*") == "a b *"


def test_emojis_and_signs_are_not_counted() -> None:
    assert count_words(["Me kan ringe. ❤️", "", "Ja!"]) == 4
