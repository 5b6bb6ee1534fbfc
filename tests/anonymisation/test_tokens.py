from hypothesis import given
from hypothesis import strategies as st

from qualkit.anonymisation.tokens import read_tokens


def words(text: str, flags: str) -> list[str]:
    tokens = read_tokens(text)
    return [text[tokens.starts[at] : tokens.ends[at]] for at in range(len(tokens)) if getattr(tokens, flags)[at]]


def test_a_capital_tells_nothing_where_a_sentence_begins():
    text = 'Hun kom. Så sa han: «Kom nå.» Ja? (Nei.) … Men "Ola gikk" og de to.'
    assert words(text, "first") == ["Hun", "Så", "Kom", "Ja", "Nei", "Men", "Ola"]


def test_a_mask_begins_no_sentence():
    assert "Berg" not in words("Da kom * Berg og hun Liv. Ja. Nei. Jo.", "first")


def test_capitals_are_seen_behind_a_hyphen():
    assert words("Ja, ikke-Hansen og NAV-ansatte, e-post og Åse.", "capital") == [
        "Ja",
        "ikke-Hansen",
        "NAV-ansatte",
        "Åse",
    ]
    assert words("Ja, NAV og A og Åse fra DPS.", "shouted") == ["NAV", "DPS"]


def test_what_stands_on_the_next_line_is_not_joined():
    assert words("Kari Nes,\nOla  Moen", "joined") == ["Nes", "Moen"]


def test_the_casing_of_a_text_is_told_by_all_of_it():
    assert read_tokens("så kom nasteexo " * 40).casing == "lower"
    assert read_tokens("SÅ KOM NASTEEXO OG SPURTE").casing == "upper"
    assert read_tokens("Så kom Nasteexo og spurte.").casing == "mixed"
    assert read_tokens("så kom hun " * 40 + "I").casing == "lower"


def test_where_sentences_begin_small_every_capital_tells():
    text = "og så kom ho\nho var der\nOslo var stort\nja det var det\nnei\nog så"
    assert words(text, "first") == []


@given(st.text())
def test_words_stand_under_their_offsets(text):
    tokens = read_tokens(text)
    assert all(0 <= start < end <= len(text) for start, end in zip(tokens.starts, tokens.ends, strict=True))
    assert all(tokens.word(at) == tokens.forms[tokens.ids[at]] for at in range(len(tokens)))
    assert tokens.word(-1) == tokens.word(len(tokens)) == ""
