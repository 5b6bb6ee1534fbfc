import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualkit.language.sentences import sentence_bounds

TEXTS = st.one_of(st.text(), st.text(st.sampled_from("aB .!?…\n»)kl1\u00a0\u2003"), max_size=80))


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in sentence_bounds(text, 0, len(text))]


@given(TEXTS, st.data())
@settings(max_examples=300)
def test_every_character_that_is_no_space_is_in_one_sentence(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    covered = [i for begin, stop in sentence_bounds(text, start, end) for i in range(begin, stop)]

    assert covered == sorted(set(covered))
    assert [i for i in range(start, end) if not text[i].isspace()] == [i for i in covered if not text[i].isspace()]
    for begin, stop in sentence_bounds(text, start, end):
        assert text[begin:stop].strip() == text[begin:stop] != ""


@pytest.mark.parametrize(
    "text",
    [
        "Det er kl. ti.| Vi går.",
        "Hun ringte f.eks. Nav i går.| Ja.",
        "Det var Dr. Hansen.| Han kom.",
        "J. Hansen sa nei.| Jeg gikk.",
        "Det veit æ.| Men han kom.| Ja.",
        "So did I.| Then we left.",
        "Den 3. mai.| Da kom de.",
        "«Kommer du?» spurte hun.| Jeg svarte ikke.",
        "Hæ?!| Nei.| Jo.",
        "«Ja.»| Så gikk vi.",
        "Vent …| Ja.",
        "Jeg … vet ikke.| Nei.",
        "Første linje\n|andre linje",
        "Ja.\n|Nei.",
    ],
)
def test_where_sentences_end_in_written_text(text: str) -> None:
    expected = [part.strip() for part in text.split("|")]

    assert sentences(text.replace("|", "")) == expected


def test_without_capitals_every_full_stop_ends_one() -> None:
    assert sentences("me ringte. ho kom ikkje. så gjekk me") == ["me ringte.", "ho kom ikkje.", "så gjekk me"]


def test_what_lies_outside_the_stretch_is_not_looked_at() -> None:
    text = "I: Hva? K1: Ja. Nei."

    assert [text[a:b] for a, b in sentence_bounds(text, 12, len(text))] == ["Ja.", "Nei."]


def test_a_long_turn_of_signs_alone_is_read_at_once() -> None:
    text = "! " * 200_000

    assert len(sentence_bounds(text, 0, len(text))) == 200_000
