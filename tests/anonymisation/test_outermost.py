from hypothesis import given
from hypothesis import strategies as st

from qualkit.anonymisation.outermost import outermost
from qualkit.identity import Hit

hits = st.builds(
    lambda start, length, detector, kind: Hit(start, start + length, detector, kind),
    st.integers(0, 30),
    st.integers(1, 12),
    st.sampled_from(["a@1", "b@1", "digits@2"]),
    st.sampled_from(["date", "number", "contact"]),
)


@given(st.lists(hits, max_size=15))
def test_nothing_that_was_seen_is_uncovered(found: list[Hit]) -> None:
    kept = outermost(found, unknown="digits@2")

    assert {at for hit in found for at in range(hit.start, hit.end)} == {
        at for hit in kept for at in range(hit.start, hit.end)
    }
    for hit in found:
        assert any(other.start <= hit.start and hit.end <= other.end for other in kept)


def test_what_lies_in_a_wider_one_of_another_type_is_kept() -> None:
    name, role = Hit(4, 8, "role@2", "role"), Hit(0, 20, "club@2", "institution")

    assert outermost([name, role]) == [role, name]


def test_the_known_kind_stands_before_the_unknown() -> None:
    phone, digits = Hit(0, 11, "phone@2", "contact"), Hit(0, 11, "digits@2", "number")

    assert outermost([digits, phone], unknown="digits@2") == [phone]


def test_of_two_detectors_that_see_the_same_it_is_always_the_same_one() -> None:
    words = [Hit(0, 9, f"{name}@1", "contact") for name in ("url", "phone", "handle", "e-mail")]
    assert outermost(words) == outermost(reversed(words)) == [words[3]]
