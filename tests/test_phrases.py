import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualkit.phrases import RUN, name_places, phrases_of

SAID = "Da jeg begynte der, fikk jeg ei liste med tolv navn og ingen nøkler."


@pytest.mark.parametrize(
    "copied",
    [
        "«fikk jeg ei liste med tolv navn»",
        "FIKK JEG EI LISTE MED TOLV",
        "fikk jeg, ei liste –\n> med tolv navn",
        "fikk jeg ei liste med to\u00adlv navn",
        "ei liste med tolv navn og ingen no\u0308kler".replace("o\u0308", "ø"),
        "og fikk_jeg ei liste med tolv navn".replace("_", " "),
    ],
)
def test_words_are_found_in_whatever_form_they_were_copied(copied: str) -> None:
    words = phrases_of([SAID])
    assert words.stand_in(copied)
    assert not words.stand_in(words.taken_out(copied, "[trukket]"))


def test_letters_in_two_parts_are_the_same_letters() -> None:
    words = phrases_of(["Vi så på gården bortenfor åsen hver dag."])
    assert words.stand_in("vi sa\u030a pa\u030a ga\u030arden bortenfor a\u030asen")


def test_common_phrases_and_what_others_say_too_are_not_theirs() -> None:
    assert not phrases_of(["Ja ja ja ja ja ja ja ja."]).runs
    assert not phrases_of(["Det er jo sånn."]).runs
    others = ["Hos oss fikk jeg ei liste med tolv ting."]
    assert not phrases_of([SAID], others).stand_in("fikk jeg ei liste med tolv")
    assert phrases_of([SAID], others).stand_in("tolv navn og ingen nøkler")


def test_who_repeats_eight_words_has_copied_them() -> None:
    others = ["Du sa at du fikk ei liste med tolv navn og ingen nøkler?"]
    assert phrases_of([SAID], others).stand_in(others[0])


@given(st.lists(st.text("abcdefghij", min_size=4, max_size=8), min_size=RUN, max_size=30, unique=True))
def test_what_was_taken_out_is_gone(said: list[str]) -> None:
    words = phrases_of([" ".join(said)])
    text = "Først: " + ", ".join(said) + " – til slutt"
    left = words.taken_out(text, "[–]")
    assert left == "Først: [–] – til slutt"
    assert not words.stand_in(left)


ODD = st.text("aåÅßİıﬁ\u030a\u0307\u00ad\u200b_é😀5", min_size=1, max_size=7)


@given(st.lists(ODD, min_size=RUN, max_size=14), st.sampled_from([" ", "\n", " – ", "\u00a0", "_ "]))
def test_odd_letters_are_found_and_taken_out_alike(said: list[str], between: str) -> None:
    text = between.join(said)
    words = phrases_of([text])
    assert words.stand_in(text) == bool(words.runs) == bool(words.places(text))
    assert not words.stand_in(words.taken_out(text, "[–]"))


def test_names_are_found_as_names() -> None:
    assert name_places("kari-02 og karikatur", ["Kari"]) == []
    assert [
        ("Spør Kari Nes' mor, KARI NES."[a:b]) for a, b in name_places("Spør Kari Nes' mor, KARI NES.", ["Kari Nes"])
    ] == [
        "Kari Nes",
        "KARI NES",
    ]
