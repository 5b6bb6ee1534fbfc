from dataclasses import replace
from io import BytesIO
from types import MappingProxyType
from xml.etree import ElementTree

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from qualkit.document import Document, Heading, Paragraph
from qualkit.exports.excel import CELL_LIMIT, render_excel, split_text, units
from qualkit.exports.package import unpack
from qualkit.model import Coding, MeaningUnit, Quotation, Span
from qualkit.table import MARK, Column, Table

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"

THEMES = Table(
    "theme-table",
    "Temaer og sitater",
    (Column("theme", "Tema"), Column("q", "Sitat", "quotation"), Column("n", "Antall", "count")),
    (
        ("Tid", Quotation("Ho sette seg ned.", "c1", Span("I3", 0, 17), "(K1)"), 3),
        ("Tillit", None, 0.5),
    ),
    ("K = kvinner.",),
    "Ett sitat for hvert tema.",
)
MATRIX = Table(
    "matrix",
    "Temaer × deltakere",
    (Column("theme", "Tema"), Column("K1", "K1", "mark"), Column("K2", "K2", "count")),
    (("Tid", MARK, 2), ("Tillit", None, 0)),
    links=MappingProxyType({(0, 1): ("theme-table", 0), (0, 2): ("theme-table", 1)}),
)


def one(*blocks: object, **changes: object) -> Document:
    return replace(Document("Resultater", "nb", tuple(blocks)), **changes)  # type: ignore[arg-type]


def texts(*said: str) -> Table:
    return Table("t", "T", (Column("a", "A"),), tuple((text,) for text in said))


def opened(document: Document) -> openpyxl.Workbook:
    return openpyxl.load_workbook(BytesIO(render_excel(document)))


def words(sheet: Worksheet) -> list[list[object]]:
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def links(sheet: Worksheet) -> list[tuple[str, str]]:
    return [(cell.coordinate, cell.hyperlink.location) for row in sheet.iter_rows() for cell in row if cell.hyperlink]


def test_a_table_is_a_sheet() -> None:
    book = opened(one(THEMES, MATRIX))

    assert book.sheetnames == ["Les meg", "Temaer og sitater", "Temaer × deltakere"]
    assert words(book["Temaer og sitater"]) == [
        ["Tema", "Sitat", "Antall"],
        ["Tid", "«Ho sette seg ned.» (K1)", 3],
        ["Tillit", None, 0.5],
    ]
    assert words(book["Temaer × deltakere"])[1] == ["Tid", "●", 2]
    assert book["Temaer og sitater"]["C3"].data_type == "n"


def test_a_sheet_can_be_read_and_printed() -> None:
    sheet = opened(one(THEMES))["Temaer og sitater"]

    assert sheet.freeze_panes == "B2"
    assert sheet.auto_filter.ref == "A1:C3"
    assert (sheet.print_title_rows, sheet.print_title_cols) == ("$1:$1", "$A:$A")
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert (sheet.sheet_properties.pageSetUpPr.fitToPage, sheet.page_setup.fitToHeight) == (True, 0)
    assert all(cell.font.b and cell.alignment.wrap_text for cell in sheet[1])
    assert all(cell.alignment.wrap_text and cell.alignment.vertical == "top" for cell in sheet[2])
    assert sheet["C2"].alignment.horizontal == "center"
    assert sheet.oddFooter.left.text == "Temaer og sitater"


def test_columns_are_between_twelve_and_sixty_wide_and_marks_narrow() -> None:
    long = replace(THEMES, rows=((" ".join(["ord"] * 400), None, 3),))
    sheet = opened(one(long))["Temaer og sitater"]

    widths = {name: round(dimension.width) for name, dimension in sheet.column_dimensions.items()}
    assert (widths["A"], widths["B"]) == (61, 13)  # Excel adds the cell's padding
    assert widths["C"] < 12
    assert sheet.row_dimensions[2].height > 300


def test_the_first_sheet_tells_what_the_others_show() -> None:
    sheet = opened(one(Heading("Funn"), Paragraph("Sju personer."), THEMES, MATRIX))["Les meg"]

    assert [row for row in words(sheet) if any(row)] == [
        ["Resultater", None, None, None],
        ["Ark", "Hva arket viser", "Rader", "Merknader"],
        ["Temaer og sitater", "Temaer og sitater\nEtt sitat for hvert tema.", 2, "K = kvinner."],
        ["Temaer × deltakere", "Temaer × deltakere", 2, None],
        [None, "Funn", None, None],
        [None, "Sju personer.", None, None],
    ]
    assert links(sheet) == [("A4", "'Temaer og sitater'!A1"), ("A5", "'Temaer × deltakere'!A1")]


def test_the_mark_stands_on_every_sheet_and_in_print() -> None:
    book = opened(one(THEMES, MATRIX, mark="Fortrolig & farlig"))

    for sheet in book:
        assert sheet["A1"].value == "Fortrolig & farlig"
        assert sheet["A1"].font.b
        assert "Fortrolig && farlig" in sheet.oddHeader.center.text
    sheet = book["Temaer og sitater"]
    assert [cell.value for cell in sheet[2]] == ["Tema", "Sitat", "Antall"]
    assert (sheet.freeze_panes, sheet.auto_filter.ref, sheet.print_title_rows) == ("B3", "A2:C4", "$1:$2")


def test_a_cell_leads_to_the_row_behind_it_and_keeps_its_own_text_or_number() -> None:
    sheet = opened(one(MATRIX, THEMES, mark="Fortrolig"))["Temaer × deltakere"]

    assert links(sheet) == [
        ("B3", "'Temaer og sitater'!A3"),
        ("C3", "'Temaer og sitater'!A4"),
    ]
    assert (sheet["B3"].value, sheet["C3"].value, sheet["C3"].data_type) == ("●", 2, "n")
    assert (sheet["C3"].font.u, sheet["C4"].font.u) == ("single", None)


def test_a_link_to_a_table_that_is_not_there_is_a_plain_cell() -> None:
    sheet = opened(one(MATRIX))["Temaer × deltakere"]

    assert links(sheet) == []
    assert sheet["C2"].value == 2


def test_a_link_to_a_row_that_is_not_there_is_a_fault() -> None:
    wrong = replace(MATRIX, links=MappingProxyType({(0, 1): ("theme-table", 2)}))

    with pytest.raises(ValueError, match="'matrix': a link leads to row 2 of 'theme-table'"):
        render_excel(one(wrong, THEMES))


@pytest.mark.parametrize(
    "said",
    [
        "=1+1",
        '=HYPERLINK("http://a.no")',
        "+47 22",
        "- ja",
        "@SUM(A1)",
        "'kke sant",
        "=",
        "{=A1}",
        "http://a.no",
        "0123",
    ],
)
def test_a_text_is_a_text_and_stays_one(said: str) -> None:
    data = render_excel(one(texts(said), Paragraph(said), title=said, mark=said))
    book = openpyxl.load_workbook(BytesIO(data))

    cell = book["T"]["A3"]
    assert cell.value == said
    assert cell.hyperlink is None
    assert bool(cell._style.quotePrefix) == (said[0] in "=+-@'")
    assert b"<f>" not in b"".join(part for name, part in unpack(data).items() if "sheet" in name)
    kinds = [c.get("t") for c in ElementTree.fromstring(unpack(data)["xl/worksheets/sheet2.xml"]).iter(f"{MAIN}c")]
    assert kinds == ["s", "s", "s"]


def test_hostile_words_are_written_as_words() -> None:
    sheet = opened(one(texts("a\x00b\x1f\ud800c", "<b>&amp;</b>", "hei 🙂👩‍👧", "en\r\nto\x0btre", "_x0041_")))["T"]

    assert [row[0] for row in words(sheet)[1:4]] == ["abc", "<b>&amp;</b>", "hei 🙂👩‍👧"]
    assert words(sheet)[4] == ["en\nto\ntre"]


def test_forty_thousand_characters_go_on_in_the_next_row() -> None:
    said = " ".join(f"ord{i}" for i in range(5_000))
    table = Table(
        "t",
        "T",
        (Column("k", "Kode"), Column("q", "Sitat"), Column("n", "N", "count")),
        (("tid", said, 3), ("rom", "kort", 4)),
    )
    to_second = replace(MATRIX, links=MappingProxyType({(0, 1): ("t", 1)}))
    book = opened(one(table, to_second))

    rows = words(book["T"])[1:]
    assert [(row[0], row[2]) for row in rows] == [("tid", 3), ("tid", None), ("rom", 4)]
    first, second = str(rows[0][1]), str(rows[1][1])
    assert first.endswith(" [… fortsettelse i neste rad]")
    assert second.startswith("[fortsatt fra raden over …] ord")
    first, second = (
        first.removesuffix(" [… fortsettelse i neste rad]"),
        second.removeprefix("[fortsatt fra raden over …] "),
    )
    assert f"{first} {second}" == said
    assert links(book["Temaer × deltakere"]) == [("B2", "'T'!A4")]


@pytest.mark.parametrize("said", ["x" * 100_000, "🙂" * 50_000, "ord " * 40_000, "\n".join(["linje"] * 20_000)])
def test_no_piece_is_longer_than_a_cell_and_none_is_lost(said: str) -> None:
    pieces = split_text(said, "nb")

    assert max(map(units, pieces)) <= CELL_LIMIT
    rejoined = "".join(piece.split(" …] ")[-1].removesuffix(" [… fortsettelse i neste rad]") for piece in pieces)
    assert [c for c in rejoined if not c.isspace()] == [c for c in said if not c.isspace()]
    assert len(pieces) <= 5


def test_numbers_are_numbers() -> None:
    table = Table(
        "t", "T", (Column("a", "A", "count"),), ((1,), (0.25,), (float("nan"),), (float("inf"),), (10**18,), (None,))
    )
    sheet = opened(one(table))["T"]

    assert [row[0] for row in words(sheet)[1:]] == [1, 0.25, None, "inf", "1000000000000000000", None]
    assert sheet["A3"].number_format == "0.00"


@pytest.mark.parametrize(
    ("titles", "names"),
    [
        (["Tid", "tid", "TID"], ["Tid", "tid (2)", "TID (3)"]),
        (["Les meg", "History"], ["Les meg (2)", "History (2)"]),
        (["a/b:c*d?e[f]g\\h!#"], ["a b c d e f g h"]),
        (["'Rom' i «huset»'"], ["Rom' i «huset»"]),
        (["Temaer, koder og illustrerende sitater"], ["Temaer, koder og illustrerende…"]),
        (["x" * 40, "x" * 40], ["x" * 30 + "…", "x" * 26 + "… (2)"]),
        (["🙂" * 20], ["🙂" * 15 + "…"]),
        (["\x00", ""], ["name", "name (2)"]),
    ],
)
def test_names_of_sheets_are_valid_and_unlike(titles: list[str], names: list[str]) -> None:
    book = opened(one(*(replace(THEMES, name="name", title=title) for title in titles)))

    assert book.sheetnames == ["Les meg", *names]
    assert all(units(name) <= 31 for name in book.sheetnames)
    assert [target.rpartition("!")[0] for _, target in links(book["Les meg"])] == [
        "'" + name.replace("'", "''") + "'" for name in names
    ]


def test_words_not_rendered_are_refused_without_saying_them() -> None:
    unit = MeaningUnit(Span("I3", 204, 391), "Hun heter Kari.")
    coding = Coding("c1", unit, "tid", "kari", "accepted", "manual", "2024-01-01")

    with pytest.raises(TypeError, match=r"row 1, column 'a' \(I3:204-391\): words not rendered") as fault:
        render_excel(one(replace(texts("x"), rows=((coding,),))))
    assert "Kari" not in str(fault.value)


def test_long_marks_and_titles_fit_the_printed_header() -> None:
    sheet = opened(one(replace(THEMES, title="T" * 400), mark="&" * 300)).worksheets[1]

    assert sheet.oddHeader.center.text.endswith("…")
    assert len(sheet.oddHeader.center.text) < 255


@pytest.mark.parametrize(("language", "name"), [("nb", "Les meg"), ("nn", "Les meg"), ("en", "Read me")])
def test_the_workbook_speaks_the_documents_language(language: str, name: str) -> None:
    assert opened(one(THEMES, language=language)).sheetnames[0] == name


def test_the_file_says_its_title_and_nothing_of_who_made_it_or_when() -> None:
    properties = opened(one(THEMES)).properties

    assert (properties.title, properties.creator, properties.lastModifiedBy) == ("Resultater", None, None)
    assert properties.created.year == properties.modified.year == 2000


def test_the_same_document_gives_the_same_bytes() -> None:
    document = one(Heading("A"), THEMES, MATRIX, mark="Fortrolig")

    assert render_excel(document) == render_excel(document)


def test_a_table_without_rows_and_a_document_without_tables_are_workbooks() -> None:
    assert words(opened(one(replace(THEMES, rows=())))["Temaer og sitater"]) == [["Tema", "Sitat", "Antall"]]
    assert opened(one(Paragraph("Bare tekst."))).sheetnames == ["Les meg"]
