import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from qualkit.model import Code, Coding, Extract, MeaningUnit, Participant, Span
from qualkit.table import MARK
from qualkit.themes.matrices import attribute_matrix, count_matrix, participant_matrix
from qualkit.themes.outline import Line

MAS, RO, ROM = Code("mas", "Mas"), Code("ro", "Ro"), Code("rom", "Rom")
LINES = [Line("Tid", "", MAS), Line("Tid", "Stille", RO), Line("Sted", "", ROM)]


def extract(code: str, participant: str, start: int = 0, coder: str = "kari") -> Extract:
    unit = MeaningUnit(Span(participant, start, start + 2), "Ja")
    return Extract(Coding("c", unit, code, coder, "accepted", "manual", ""), participant, "participant")


EXTRACTS = [
    extract("mas", "K1", 0),
    extract("mas", "K1", 10),
    extract("mas", "K2", 0),
    extract("ro", "K1", 20),
    extract("ut", "K1", 30),
]


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 4))))
def test_pairs_are_counted(pairs: list[tuple[int, int]]) -> None:
    rows = np.array([row for row, _ in pairs], np.int64)
    columns = np.array([column for _, column in pairs], np.int64)
    counted = count_matrix(rows, columns, (4, 5))

    assert all(counted[r, c] == pairs.count((r, c)) for r in range(4) for c in range(5))


def test_headings_gather_the_codes_below() -> None:
    table = participant_matrix(LINES, EXTRACTS, ["K1", "K2"], counts=True, language="nb", link={("ro", "K1"): 7})

    assert [tuple(str(cell).strip() if cell is not None else "" for cell in row) for row in table.rows] == [
        ("Tid", "3", "1"),
        ("Mas", "2", "1"),
        ("Stille", "1", ""),
        ("Ro", "1", ""),
        ("Sted", "", ""),
        ("Rom", "", ""),
    ]
    # A heading leads to the first of what it gathers.
    assert dict(table.links) == dict.fromkeys(((0, 1), (2, 1), (3, 1)), ("quotations", 7))
    assert table.notes


def test_a_passage_is_one_meaning_unit_however_many_coders_and_codes_it_has() -> None:
    twice = [*EXTRACTS, extract("mas", "K1", 0, coder="ola"), extract("ro", "K1", 0)]
    table = participant_matrix(LINES, twice, ["K1"], counts=True, language="nb")

    assert [row[1] for row in table.rows[:4]] == [3, 2, 2, 2]


def test_a_mark_says_at_least_one() -> None:
    table = participant_matrix(LINES, EXTRACTS, ["K1", "K2"], counts=False, language="en")

    assert [row[1:] for row in table.rows] == [
        (MARK, MARK),
        (MARK, MARK),
        (MARK, None),
        (MARK, None),
        *[(None, None)] * 2,
    ]


def test_groups_tell_codings_and_people() -> None:
    people = [
        Participant("K1", attributes={"role": "lege"}),
        Participant("K2", attributes={"role": "lege"}),
        Participant("K3"),
    ]
    table = attribute_matrix(LINES, [*EXTRACTS, extract("rom", "K3")], people, "role", counts=True, language="nb")

    assert [column.label for column in table.columns][1] == "lege (n\u00a0=\u00a02)"
    assert "n\u00a0=\u00a01" in table.columns[2].label
    assert table.rows[0][1:] == ("4 (2)", None)
    assert table.rows[-1][1:] == (None, "1 (1)")


def test_nobody_and_nothing_give_a_table() -> None:
    assert participant_matrix([], [], [], counts=True, language="nn").rows == ()
