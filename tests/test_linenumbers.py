from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from qualkit.linenumbers import WIDTH, lay_lines, line_at

TEXT = "I: Hva skjedde?\n\nK1: Jeg måtte ringe kommunen, og så måtte jeg vente på at noen tok telefonen der.\n"
TEXT += "Det regnet.\n"
texts = st.text(alphabet=st.sampled_from("ab æ\n\t …–"), max_size=400)


def words(text: str, width: int = WIDTH) -> list[str]:
    return [text[start:end] for start, end in lay_lines(text, width)]


def test_lines_break_at_white_space_and_empty_ones_are_not_counted() -> None:
    assert words(TEXT) == [
        "I: Hva skjedde?",
        "K1: Jeg måtte ringe kommunen, og så måtte jeg vente på at noen",
        "tok telefonen der.",
        "Det regnet.",
    ]


def test_a_word_longer_than_a_line_is_cut() -> None:
    assert words("ab " + "x" * 10 + " cd", 4) == ["ab", "xxxx", "xxxx", "xx", "cd"]


def test_the_line_of_a_place() -> None:
    lines = lay_lines(TEXT)
    assert [line_at(lines, TEXT.index(word)) for word in ("I:", "skjedde", "ringe", "tok", "regnet")] == [1, 1, 2, 3, 4]
    assert line_at(lines, TEXT.index("\n\nK1") + 1) == 2
    assert line_at(lines, len(TEXT)) == 4


@given(texts, st.integers(1, 40))
def test_lines_hold_every_word_once_and_in_order(text: str, width: int) -> None:
    lines = lay_lines(text, width)
    assert "".join("".join(words(text, width)).split()) == "".join(text.split())
    assert all(0 < end - start <= width for start, end in lines)
    assert all(first[1] <= second[0] for first, second in pairwise(lines))
    assert not any("\n" in text[start:end] for start, end in lines)


@given(texts, st.integers(1, 40))
def test_every_letter_stands_on_the_line_that_its_place_gives(text: str, width: int) -> None:
    lines = lay_lines(text, width)
    for number, (start, end) in enumerate(lines, 1):
        assert {line_at(lines, place) for place in range(start, end)} == {number}


@given(texts, texts)
def test_what_comes_later_does_not_move_a_number(before: str, after: str) -> None:
    paragraph = before + "\n"
    assert lay_lines(paragraph + after)[: len(lay_lines(paragraph))] == lay_lines(paragraph)
