import csv
from io import StringIO

import pytest

from qualkit.document import Document
from qualkit.exports.delimited import render_csv
from qualkit.model import Coding, MeaningUnit, Quotation, Span
from qualkit.rendering import written
from qualkit.table import Column, Table

TABLE = Table(
    "t",
    "T",
    (Column("theme", "Tema"), Column("q", "Sitat", "quotation"), Column("n", "Antall", "count")),
    (("Å bli sett", Quotation("Ja, «det»\ngår.", "c1", Span("I3", 0, 9), "(K1)"), 3), ("Tid", None, 0.5)),
)


def said(*texts: str) -> Table:
    return Table("t", "T", (Column("a", "A"),), tuple((text,) for text in texts))


def read(data: bytes, delimiter: str = ",") -> list[list[str]]:
    return list(csv.reader(StringIO(data.decode("utf-8-sig"), newline=""), delimiter=delimiter))


def test_a_table_is_read_back_as_it_was() -> None:
    data = render_csv(TABLE)

    assert data.startswith(b"\xef\xbb\xbftheme,q,n\r\n")
    assert read(data) == [["theme", "q", "n"], ["Å bli sett", "Ja, «det»\ngår. (K1)", "3"], ["Tid", "", "0.5"]]


def test_the_mark_stands_on_every_row() -> None:
    assert [row[-1] for row in read(render_csv(TABLE, mark="Fortrolig"))] == ["notice", "Fortrolig", "Fortrolig"]


def test_the_marks_column_has_a_name_of_its_own() -> None:
    table = Table("t", "T", (Column("notice", "N"),), (("x",),))

    assert read(render_csv(table, mark="Fortrolig")) == [["notice", "notice_"], ["x", "Fortrolig"]]


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+47", "- ja", "@a", "\t=1", "＝1", " =1", "\u00a0=1", "\n=1", "\x00=1", "-3", '=HYPERLINK("x","y")'],
)
def test_what_a_spreadsheet_would_run_gets_an_apostrophe(text: str) -> None:
    assert read(render_csv(said(text)))[1] == ["'" + text.replace("\x00", "")]


def test_a_carriage_return_first_gets_one_too() -> None:
    assert read(render_csv(said("\rja")))[1] == ["'\nja"]


@pytest.mark.parametrize("text", ["ja = nei", "a\tb", "«=1»", "hei 🙂", "<b>", '"', "'kke", "a;b,c"])
def test_other_texts_are_as_they_were(text: str) -> None:
    assert read(render_csv(said(text)))[1] == [text]


def test_keys_and_marks_cannot_be_run_either() -> None:
    table = Table("t", "T", (Column("=k", "K"),), (("x",),))

    assert read(render_csv(table, mark="=m")) == [["'=k", "notice"], ["x", "'=m"]]


def test_numbers_are_not_guarded() -> None:
    table = Table("t", "T", (Column("n", "N", "count"),), ((-3,), (-0.25,), (float("nan"),), (10**18,)))

    assert [row[0] if row else "" for row in read(render_csv(table))[1:]] == ["-3", "-0.25", "", "1000000000000000000"]


def test_semicolons_come_with_a_decimal_comma() -> None:
    assert read(render_csv(TABLE, delimiter=";"), ";")[2] == ["Tid", "", "0,5"]


def test_control_characters_are_stripped_and_long_texts_whole() -> None:
    assert read(render_csv(said("a\x00b\x1bc\ud800", "x" * 40_000)))[1:] == [["abc"], ["x" * 40_000]]


def test_words_not_rendered_are_refused_without_saying_them() -> None:
    unit = MeaningUnit(Span("I3", 204, 391), "Hun heter Kari.")
    coding = Coding("c1", unit, "tid", "kari", "accepted", "manual", "2024-01-01")

    with pytest.raises(TypeError, match=r"row 1, column 'a' \(I3:204-391\): words not rendered") as fault:
        render_csv(Table("t", "T", (Column("a", "A"),), ((coding,),)))
    assert "Kari" not in str(fault.value)


@pytest.mark.parametrize(("language", "parts"), [("nb", ";"), ("nn", ";"), ("en", ",")])
def test_the_separator_is_that_of_the_languages_spreadsheets(language: str, parts: str) -> None:
    data = written(Document("T", language, (TABLE,), "M"), ".csv")
    assert read(data, parts)[2] == ["Tid", "", "0,5" if parts == ";" else "0.5", "M"]
