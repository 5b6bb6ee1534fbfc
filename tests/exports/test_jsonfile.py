import json

import pytest

from qualkit.document import Document, Heading
from qualkit.exports.jsonfile import render_json
from qualkit.model import Coding, MeaningUnit, Quotation, Span
from qualkit.table import MARK, Cell, Column, Table

QUOTATION = Quotation("Ja, «det»\x1b går 🙂.", "c1", Span("I3", 0, 9), "(K1)")


def written(*tables: Table) -> dict:  # type: ignore[type-arg]
    data = render_json(Document("Hjem\nute", "nn", (Heading("Resultat"), *tables), "IKKJE"))
    record: dict = json.loads(data)  # type: ignore[type-arg]
    return record


def test_tables_are_read_back_as_they_are() -> None:
    columns = (Column("q", "Sitat", "quotation"), Column("K1", "K1", "mark"), Column("n", "Tal", "count"))
    rows: tuple[tuple[Cell, ...], ...] = ((QUOTATION, MARK, 3), ("=1+1", None, 0.5), (None, "", float("nan")))
    record = written(Table("t", "T", columns, rows, ("n1",), "om"))
    assert {key: record[key] for key in ("qualkit_export", "mark", "title", "language", "headings")} == {
        "qualkit_export": 1,
        "mark": "IKKJE",
        "title": "Hjem ute",
        "language": "nn",
        "headings": ["Resultat"],
    }
    (table,) = record["tables"]
    assert (table["name"], table["title"], table["description"], table["notes"]) == ("t", "T", "om", ["n1"])
    assert [column["kind"] for column in table["columns"]] == ["quotation", "presence", "count"]
    assert table["rows"] == [
        [{"text": "Ja, «det» går 🙂.", "attribution": "(K1)", "coding": "c1"}, "●", 3],
        ["=1+1", None, 0.5],
        [None, "", None],
    ]


def test_codings_stand_as_objects_with_their_words_alone() -> None:
    record = written(
        Table("codings", "K", (Column("id", "id"), Column("words", "words", "quotation")), (("c1", QUOTATION),))
    )
    assert record["tables"] == []
    assert record["codings"] == [{"id": "c1", "words": "Ja, «det» går 🙂."}]


def test_letters_are_written_as_letters() -> None:
    assert "æøå «» 🙂".encode() in render_json(Document("æøå «» 🙂", "nb", ()))


def test_words_not_rendered_are_refused() -> None:
    coding = Coding("c1", MeaningUnit(Span("I3", 2, 9), "Kari."), "tid", "k", "accepted", "manual", "")
    with pytest.raises(TypeError, match="I3:2-9"):
        written(Table("t", "T", (Column("a", "A"),), ((coding,),)))
