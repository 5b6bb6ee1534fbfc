from hypothesis import given
from hypothesis import strategies as st

from qualkit.anonymisation.lowered import lowered


@given(st.text())
def test_offsets_hold_in_both(text: str) -> None:
    small = lowered(text)

    assert len(small) == len(text)
    assert all(a.lower() in {b, f"{b}\u0307"} or b == a for a, b in zip(text, small, strict=True))
