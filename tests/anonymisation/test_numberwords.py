import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualkit.anonymisation.numberwords import number_of, spoken_runs

TENS = {20: "tjue", 30: "tretti", 40: "førti", 50: "femti", 60: "seksti", 70: "sytti", 80: "åtti", 90: "nitti"}
UNITS = dict(enumerate("null en to tre fire fem seks sju åtte ni".split()))


def values(text: str, language: str) -> list[list[int]]:
    return [[number.value for number in run] for run in spoken_runs(text, language)]


@given(
    st.sampled_from(sorted(TENS)),
    st.integers(1, 9),
    st.sampled_from(["{t}{u}", "{t} {u}", "{t}-{u}", "{u} og {t}", "{u}og{t}"]),
)
def test_every_number_below_a_hundred_is_read_in_every_order(ten: int, unit: int, form: str) -> None:
    said = form.format(t=TENS[ten], u=UNITS[unit])

    assert values(f"ja {said} ja", "nb") == [[ten + unit]]


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("nittenhundreogsju", "nb", [[1907]]),
        ("nitten hundre og sekstito", "nn", [[1962]]),
        ("nittensekstito", "nb", [[1962]]),
        ("totusenogfire", "nb", [[2004]]),
        ("to tusen og fire", "nn", [[2004]]),
        ("tjuenitten", "nn", [[2019]]),
        ("ein og tjue", "nn", [[21]]),
        ("femogførr", "nb", [[45]]),
        ("trettifire syttisju tredve", "nn", [[34, 77, 30]]),
        ("sjau og sæksti", "nn", [[67]]),
        ("null én tre", "nb", [[0, 1, 3]]),
        ("ni en eh tre, øh førti", "nb", [[9, 1, 3, 40]]),
        ("fire hundre og åtte, tjueto, hundre og tolv", "nb", [[408, 22, 112]]),
        ("oh one two double five", "en", [[0, 1, 2, 5]]),
        ("nineteen sixty-two", "en", [[19, 62]]),
        ("two thousand and four", "en", [[2004]]),
        ("five hundred thousand", "en", [[500, 1000]]),
        ("seks hunder", "nb", [[6]]),
        ("Fem biler. Seks hunder.", "nb", [[5], [6]]),
        ("the 5 and 6", "en", []),
        ("å dra hit", "nb", []),
        ("", "nb", []),
    ],
)
def test_numbers_are_read(text: str, language: str, expected: list[list[int]]) -> None:
    assert values(text, language) == expected


@given(st.text(max_size=60))
def test_any_text_can_be_read(text: str) -> None:
    for language in ("nb", "en"):
        for run in spoken_runs(text, language):
            for number in run:
                assert 0 <= number.start < number.end <= len(text)


@pytest.mark.parametrize("word", ["hundreår", "tusenfryd", "hundrehundre", "ogtjue", "tjueog", "femtiåring", "x" * 100])
def test_what_is_no_number_is_none(word: str) -> None:
    assert number_of(word, "nb") is None
