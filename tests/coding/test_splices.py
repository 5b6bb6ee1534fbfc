"""One stretch of lines tells two versions of a file apart."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from qualkit.coding.splices import splice_between

lines = st.lists(st.sampled_from(["a", "aa", "å", "æa", "", "b"]), max_size=8)


@given(lines, lines, st.booleans(), st.booleans())
def test_a_splice_leads_there_and_back(old: list[str], new: list[str], first: bool, second: bool) -> None:
    was = ("\n".join(old) + ("\n" if first else "")).encode()
    now = ("\n".join(new) + ("\n" if second else "")).encode()
    splice = splice_between(was, now)
    assert splice is not None
    assert splice.applied(was) == now
    assert splice.applied(now, back=True) == was
    assert splice.at == 0 or was[splice.at - 1 : splice.at] == b"\n"


@given(st.integers(0, 300_000), st.sampled_from([1, 65_535, 65_536, 65_537]))
def test_in_a_long_file_only_the_line_that_came_is_told(place: int, length: int) -> None:
    was = b"".join(b"%06d %s\n" % (number, b"x" * 53) for number in range(5_000))
    at = was.rfind(b"\n", 0, min(place, len(was))) + 1
    line = b"y" * (length % 1_000) + b"\n"
    now = was[:at] + line + was[at:]
    splice = splice_between(was, now)
    assert splice is not None
    assert len(splice.came) + len(splice.gone) <= 2 * (len(line) + 61)
    assert splice.applied(was) == now
    assert splice.applied(now, back=True) == was


def test_where_much_differs_or_is_no_text_there_is_none() -> None:
    assert splice_between(b"", b"x" * 40_000) is None
    assert splice_between(b"a\n", b"a\n\xff\n") is None


def test_another_file_is_left_alone() -> None:
    splice = splice_between(b"a\nb\n", b"a\nc\n")
    assert splice is not None
    assert splice.applied(b"a\nd\n") is None
