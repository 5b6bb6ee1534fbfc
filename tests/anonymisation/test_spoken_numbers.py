from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualkit.anonymisation.spoken_numbers import find_spoken_numbers

DIGITS = "null én to tre fire fem seks sju åtte ni".split()
PLAIN = "null en to tre fire fem seks syv åtte ni".split()
NYNORSK = "null ein to tre fire fem seks sjau åtte ni".split()
ENGLISH = "oh one two three four five six seven eight nine".split()


def seen(text: str, language: str) -> list[str]:
    return [text[hit.start : hit.end] for hit in find_spoken_numbers(text, language)]


@given(
    st.text("0123456789", min_size=6, max_size=11).filter(lambda digits: len(set(digits)) > 3),
    st.sampled_from([(DIGITS, "nb"), (PLAIN, "nb"), (NYNORSK, "nn"), (ENGLISH, "en")]),
    st.sampled_from([" ", ", ", " - ", "\n", " eh "]),
)
def test_a_number_said_digit_by_digit_is_found_whole(digits: str, said: tuple[list[str], str], between: str) -> None:
    names, language = said
    steps = {int(b) - int(a) for a, b in pairwise(digits)}
    spoken = between.join(names[int(digit)] for digit in digits)

    assert seen(f"Xx {spoken} xx", language) == ([spoken] if len(steps) > 1 else [])


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("ring ni en tre, førti fem hundre og seksti", "nb", ["ni en tre, førti fem hundre og seksti"]),
        ("femti tre førti sekstisju åttito", "nb", ["femti tre førti sekstisju åttito"]),
        ("seksti åtte null fem null null tolv", "nn", ["seksti åtte null fem null null tolv"]),
        ("fire hundre og åtte, tjueto, hundre og tolv", "nn", ["fire hundre og åtte, tjueto, hundre og tolv"]),
        ("oh seven seven double oh nine, one two three", "en", ["oh seven seven double oh nine, one two three"]),
        ("ni 13 førti 560", "nb", ["ni 13 førti 560"]),
        ("nummeret er fire femti tre hundre tjue to", "nb", ["fire femti tre hundre tjue to"]),
        ("skiltet er EK en fire null sju to", "nb", ["en fire null sju to"]),
        ("en, to, tre og fire", "nb", []),
        ("ti tjue tretti førti", "nb", []),
        ("ten, twenty, thirty, forty", "en", []),
        ("en en en en en en en", "nb", []),
        ("to tusen fem hundre kroner", "nb", []),
        ("nittenhundreogsekstito", "nb", []),
        ("fem seks ganger", "nb", []),
    ],
)
def test_rows_of_numbers_are_told_from_counting(text: str, language: str, expected: list[str]) -> None:
    assert seen(text, language) == expected


def test_control_digits_are_reckoned_for_spoken_numbers_too() -> None:
    text = "femten åttifire seksti tolv tre sju åtte"
    [hit] = find_spoken_numbers(text, "nb")

    assert hit.note == "birth number: both control digits are right"
    assert hit.cls == "direct"
