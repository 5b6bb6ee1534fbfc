from qualkit.model import Coding, MeaningUnit, Quotation, Span
from qualkit.table import Column, Table, cell_text

UNIT = MeaningUnit(Span("K1", 4, 17), "Me kan ringe.")
CODING = Coding("c1", UNIT, "ringe", "kari", "accepted", "manual", "")
QUOTATION = Quotation("Me kan ringe.", "c1", UNIT.span, "(K1)")


def test_cells_read_as_people_read_them() -> None:
    cells = [None, 0, 3, "●", CODING, QUOTATION, Quotation("Ja.", "c2", UNIT.span, "")]

    assert [cell_text(cell) for cell in cells] == ["", "0", "3", "●", "Me kan ringe.", "Me kan ringe. (K1)", "Ja."]


def test_a_frame_holds_words_and_numbers_under_the_keys() -> None:
    table = Table("t", "T", (Column("code", "Kode"), Column("n", "Antall", "count")), ((CODING, 2), (QUOTATION, 0)))
    frame = table.frame()

    assert list(frame.columns) == ["code", "n"]
    assert frame["code"].tolist() == ["Me kan ringe.", "Me kan ringe. (K1)"]
    assert frame["n"].sum() == 2


def test_a_table_without_rows_is_a_frame_with_columns() -> None:
    frame = Table("t", "T", (Column("code", "Kode"),), ()).frame()

    assert list(frame.columns) == ["code"]
    assert frame.empty


def test_html_escapes_what_people_wrote() -> None:
    shown = Table("t", "<b>", (Column("a", "A & B"),), (("<script>",),), ("n < 5",))._repr_html_()

    assert "<script>" not in shown
    assert "&lt;script&gt;" in shown
    assert "A &amp; B" in shown
    assert "n &lt; 5" in shown
