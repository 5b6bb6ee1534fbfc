import sys
from io import BytesIO

import pytest
from pyarrow import parquet

from qualkit.exports.parquet import NoParquet, render_parquet
from qualkit.model import Coding, MeaningUnit, Quotation, Span
from qualkit.table import Column, Table

TABLE = Table(
    "t",
    "Tittel",
    (
        Column("q", "Q", "quotation"),
        Column("n", "N", "count"),
        Column("x", "X"),
        Column("m", "M"),
        Column("notice", ""),
    ),
    (
        (Quotation("Ja,\x00 det.", "c1", Span("I3", 0, 9), "(K1)"), 3, 0.5, "3 (2)", "a"),
        (None, None, 2, 1, "=1+1"),
    ),
)


def read(table: Table, mark: str = ""):  # type: ignore[no-untyped-def]
    return parquet.read_table(BytesIO(render_parquet(table, mark=mark)))


def test_numbers_are_numbers_and_texts_are_as_they_were() -> None:
    table = read(TABLE)
    assert [str(field.type) for field in table.schema] == ["string", "int64", "double", "string", "string"]
    assert table.to_pylist() == [
        {"q": "Ja, det. (K1)", "n": 3, "x": 0.5, "m": "3 (2)", "notice": "a"},
        {"q": None, "n": None, "x": 2.0, "m": "1", "notice": "=1+1"},
    ]


def test_the_mark_stands_on_every_row_and_in_the_metadata() -> None:
    table = read(TABLE, "IKKE\nANONYMISERT")
    assert table.column("notice_").to_pylist() == ["IKKE ANONYMISERT"] * 2
    assert table.schema.metadata == {b"title": b"Tittel", b"notice": b"IKKE ANONYMISERT"}


def test_an_empty_table_keeps_the_kinds_of_its_columns() -> None:
    table = read(Table("t", "T", (Column("a", "A"), Column("n", "N", "count")), ()))
    assert [str(field.type) for field in table.schema] == ["string", "int64"]


def test_the_same_table_gives_the_same_bytes() -> None:
    assert render_parquet(TABLE) == render_parquet(TABLE)


def test_without_the_library_it_is_said_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(NoParquet, match="pyarrow, which is not installed") as fault:
        render_parquet(TABLE)
    assert "pip install 'qualkit-qda[parquet]'" in fault.value.hint


def test_words_not_rendered_are_refused() -> None:
    coding = Coding("c1", MeaningUnit(Span("I3", 2, 9), "Kari."), "tid", "k", "accepted", "manual", "")
    with pytest.raises(TypeError, match="I3:2-9"):
        render_parquet(Table("t", "T", (Column("a", "A"),), ((coding,),)))
