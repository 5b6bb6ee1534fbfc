from qualkit.condensation.condensedfile import write_condensed


def test_a_unit_is_written_below_units_also_where_something_else_stands_behind() -> None:
    written = write_condensed("units:\nmerknad: B\n", "k1", "Alene", by="ida", date="2026-03-02")
    assert written == "units:\n- coding: k1\n  text: Alene\n  by: ida\n  date: 2026-03-02\nmerknad: B\n"
