import json
from io import BytesIO

import pyarrow
import pytest
from pyarrow import parquet

from qualkit.anonymisation.redactor import Register, leaks
from qualkit.document import Document, Said, Surroundings
from qualkit.exports.delimited import render_csv
from qualkit.exports.jsonfile import render_json
from qualkit.exports.page import render_html
from qualkit.exports.parquet import render_parquet
from qualkit.gate import text_of_file
from qualkit.model import Code, Codebook, Quotation, Span
from qualkit.refi.qdc import render_qdc
from qualkit.table import Column, Table

NAMES = Register({"kari nes": "K1", "line": "K2", "said": "K2", "mark": "K2"}, {"Kari": "K1"})
GUID = "0D62985D-B147-5D01-A9B5-CAE5DCD98342"


def document(words: str, title: str = "T", around: str = "ja", label: str = "A", note: str = "n") -> Document:
    quotation = Quotation(words, "c1", Span("K1", 0, 3), "(K1)")
    table = Table("t", title, (Column("line", label),), ((quotation,),), (note,))
    said = Surroundings("K1, linje 1", (Said("K1", (("før ", False), (around, True), (" etter", False))),))
    return Document("Doc", "nb", (table,), "ADVARSEL", surroundings={"c1": said})


def found(data: bytes) -> list[str]:
    return leaks(text_of_file(data), NAMES)


@pytest.mark.parametrize("place", ["words", "title", "around", "label", "note"])
def test_a_name_anywhere_on_a_page_is_found(place: str) -> None:
    said = {"words": "ja", place: "spør Kari Nes"}
    assert found(render_html(document(**said))) == ["K1"]


@pytest.mark.parametrize("name", ["Kari", "kari nes", "Kari\nNes", 'Kari "Nes"', "Ka<ri & Kari>"])
def test_a_name_is_found_however_a_file_writes_it(name: str) -> None:
    assert found(render_html(document(name))) == ["K1"]
    assert found(render_json(document(name))) == ["K1"]
    table = document(name).tables()[0]
    assert found(render_csv(table)) == ["K1"]
    assert found(render_parquet(table)) == ["K1"]


def test_a_name_that_two_elements_share_is_found() -> None:
    page = b"<!doctype html><html><body><p>Ka<b>ri</b></p><p>ne</p></body></html>"
    assert found(page) == ["K1"]
    assert found(page.replace(b"Ka<b>ri</b>", b"Ka</p><p>ri")) == []


@pytest.mark.parametrize("quote", ["Kari", 'Kari "x"', "Kari's <&> 'x' \"y\""])
def test_a_name_is_found_in_a_codebook_of_other_programs(quote: str) -> None:
    for code in (Code("a", quote, guid=GUID), Code("a", "A", guid=GUID)):
        data = render_qdc(Codebook(codes=(code,)), {"a": "ja" if code.name == quote else f'x="{quote}"'})
        assert found(data) == ["K1"]
    assert found(render_qdc(Codebook(codes=(Code("a", "A", guid=GUID),)), {}, mark=quote)) == ["K1"]


def test_what_is_ours_in_a_file_is_no_name() -> None:
    plain = document("ja")
    for data in (render_html(plain), render_json(plain), render_csv(plain.tables()[0], mark="x")):
        assert found(data.replace(b"ADVARSEL", b"x").replace(b"line 1", b"1")) == []
    assert found(render_parquet(plain.tables()[0])) == []


def test_names_of_columns_and_metadata_are_read() -> None:
    buffer = BytesIO()
    table = pyarrow.table({"Kari": [1]})
    parquet.write_table(table, buffer)
    assert found(buffer.getvalue()) == ["K1"]
    buffer = BytesIO()
    parquet.write_table(pyarrow.table({"a": [1]}).replace_schema_metadata({"title": "om Kari"}), buffer)
    assert found(buffer.getvalue()) == ["K1"]
    assert found(json.dumps({"a": {"key": "Kari"}}).encode()) == ["K1"]
