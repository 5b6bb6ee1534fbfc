"""The participants' table: what is hidden, and that nothing hidden can be worked out."""

from hypothesis import given
from hypothesis import strategies as st

from qualkit.model import Participant
from qualkit.sample import HIDDEN, masked, sample_table


def people(**traits: list[str]) -> list[Participant]:
    rows = zip(*traits.values(), strict=True)
    return [Participant(f"P{n}", (), dict(zip(traits, row, strict=True))) for n, row in enumerate(rows)]


def test_small_cells_are_hidden_and_the_note_says_so() -> None:
    table = sample_table(people(etat=["kommune"] * 9 + ["sykehus"] * 6 + ["annet"] * 2), language="nb")
    assert table.rows == (
        ("Alle", None, "17"),
        ("etat", "annet", "< 5"),
        ("etat", "kommune", "9"),
        ("etat", "sykehus", "–"),
    )
    assert "færre enn 5 deltakere" in table.notes[0]


def test_a_column_that_tells_who_or_gives_each_a_value_of_their_own_is_left_out() -> None:
    everyone = people(navn=["Kari"] * 6, rolle=["lege"] * 6, trade=list("abcdef"))
    table = sample_table(everyone, language="en", without={"navn"})
    assert [row[:2] for row in table.rows] == [("All", None), ("rolle", "lege")]


def test_another_limit_can_be_chosen() -> None:
    table = sample_table(people(etat=["kommune"] * 3 + ["sykehus"] * 3), language="en", few=3)
    assert [row[2] for row in table.rows] == ["6", "3", "3"]
    assert "fewer than 3" in table.notes[0]


@given(st.dictionaries(st.text(min_size=1, max_size=3), st.integers(1, 12), min_size=1, max_size=6), st.integers(1, 6))
def test_no_small_cell_can_be_worked_out_from_the_sum(counts: dict[str, int], few: int) -> None:
    shown = masked(counts, few)
    assert set(shown) == set(counts)
    assert all(number in (0, HIDDEN) or number == counts[value] >= few for value, number in shown.items())
    hidden = [value for value, number in shown.items() if number in (0, HIDDEN)]
    if hidden and len(hidden) < len(counts):
        assert len(hidden) > 1
        assert sum(counts[value] for value in hidden) >= few
