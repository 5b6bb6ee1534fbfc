import re
import zipfile
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import docx
import pytest
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from lxml import etree

from qualkit.document import Document, Heading, Paragraph
from qualkit.exports import build_template
from qualkit.exports.package import pack, unpack
from qualkit.exports.word import render_word
from qualkit.exports.wordfile import UnusableTemplate
from qualkit.model import Coding, MeaningUnit, Quotation, Span
from qualkit.table import MARK, Column, Table

W = {"w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main"}

# The order of ECMA-376, wml.xsd; Word refuses some files that do not keep it.
ORDER = {
    "tblPr": "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing "
    "tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription tblPrChange",
    "tblBorders": "top left start bottom right end insideH insideV",
    "tblCellMar": "top left start bottom right end",
    "tcPr": "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign hideMark",
    "pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs "
    "suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd "
    "snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment "
    "textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange",
    "pBdr": "top left bottom right between bar",
    "rPr": "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid "
    "vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em "
    "lang eastAsianLayout specVanish oMath",
    "sectPr": "footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType "
    "pgNumType cols formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid printerSettings",
    "style": "name aliases basedOn next link autoRedefine hidden uiPriority semiHidden unhideWhenUsed qFormat locked "
    "personal personalCompose personalReply rsid pPr rPr tblPr trPr tcPr tblStylePr",
    "settings": "writeProtection view zoom removePersonalInformation defaultTabStop evenAndOddHeaders "
    "characterSpacingControl footnotePr endnotePr compat rsids themeFontLang clrSchemeMapping",
}


def quotation(text: str, attribution: str = "(K1)") -> Quotation:
    return Quotation(text, "c1", Span("I3", 0, len(text)), attribution)


def coding(text: str) -> Coding:
    return Coding("c1", MeaningUnit(Span("I3", 204, 391), text), "tid", "kari", "accepted", "manual", "2024-01-01")


THEMES = Table(
    "theme-table",
    "Temaer og sitater",
    (Column("theme", "Tema"), Column("q", "Sitat", "quotation"), Column("n", "Antall", "count")),
    (
        ("Tid", quotation("Ho sette seg ned."), 3),
        ("Tillit", quotation("«Vi holder det vi lover.»", "(K2)"), 12),
        ("Rom", None, 0),
    ),
    ("K = kvinner.", "Tallene er kodinger."),
    "Ett sitat for hvert tema.",
)


def matrix(participants: int, name: str = "matrix") -> Table:
    columns = (Column("theme", "Tema"), *(Column(f"K{i}", f"K{i}", "mark") for i in range(1, participants + 1)))
    rows = tuple((theme, *[MARK] * participants) for theme in ("Å bli sett", "Tillit", "Skam", "Rom", "Tid"))
    return Table(name, "Temaer og deltakere", columns, rows)


def one(*blocks: object, **changes: object) -> Document:
    return replace(Document("Resultater", "nb", tuple(blocks)), **changes)  # type: ignore[arg-type]


def opened(document: Document, template: bytes | None = None) -> docx.document.Document:
    return docx.Document(BytesIO(render_word(document, template=template)))


def body(word: docx.document.Document) -> etree._Element:
    return word.element.body


def codes(element: etree._Element) -> list[str]:
    return [code.text.strip() for code in element.iterfind(".//w:instrText", W)]


def text(element: etree._Element) -> str:
    nodes = element.iter(qn("w:t"), qn("w:br"), qn("w:tab"))
    return "".join(node.text or "" if node.tag == qn("w:t") else "\n" for node in nodes)


def words(table: docx.table.Table) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in table.rows]


# Words


def test_a_document_is_printed_in_order() -> None:
    word = opened(one(Heading("Funn"), Paragraph("Først.\n\nSå\nnytt."), THEMES, Heading("Under", 2), quotation("Ja.")))

    assert [(p.style.name, p.text) for p in word.paragraphs] == [
        ("Title", "Resultater"),
        ("Heading 1", "Funn"),
        ("Normal", "Først."),
        ("Normal", "Så\nnytt."),
        ("Caption", "Tabell 1\nTemaer og sitater"),
        ("Table Note", "Merk. K = kvinner."),
        ("Table Note", "Tallene er kodinger."),
        ("Heading 2", "Under"),
        ("Quote", "Ja. (K1)"),
    ]
    assert words(word.tables[0]) == [
        ["Tema", "Sitat", "Antall"],
        ["Tid", "«Ho sette seg ned.» (K1)", "3"],
        ["Tillit", "«Vi holder det vi lover.» (K2)", "12"],
        ["Rom", "", "0"],
    ]


@pytest.mark.parametrize(
    ("language", "said", "printed"),
    [
        ("nb", "Ja.", "«Ja.» (K1)"),
        ("nn", "Ja.", "«Ja.» (K1)"),
        ("en", "Yes.", "“Yes.” (K1)"),
        ("nb", "“Ja.”", "“Ja.” (K1)"),
        ("en", '"Yes."', '"Yes." (K1)'),
        ("nb", "«Ja», sa hun, og «nei»", "“«Ja», sa hun, og «nei»” (K1)"),
        ("nb", "«", "“«” (K1)"),
        ("en", "“Yes”, she said.", "‘“Yes”, she said.’ (K1)"),
    ],
)
def test_words_in_a_cell_stand_in_quotation_marks_once(language: str, said: str, printed: str) -> None:
    table = Table("t", "T", (Column("q", "Sitat", "quotation"),), ((quotation(said),),))

    assert words(opened(one(table, language=language)).tables[0])[1] == [printed]


def test_a_quotation_is_not_for_the_spelling_checker() -> None:
    word = opened(one(THEMES, quotation("Eg veit ikkje.")))

    assert word.tables[0].cell(1, 1)._tc.find(".//w:noProof", W) is not None
    assert word.tables[0].cell(1, 0)._tc.find(".//w:noProof", W) is None
    assert word.paragraphs[-1].runs[0]._r.find(".//w:noProof", W) is not None


def test_decimals_are_alike_in_a_column_and_carry_the_languages_sign() -> None:
    table = Table(
        "t", "T", (Column("k", "Kappa", "count"), Column("n", "N", "count")), ((0.5, 3), (0.8249, 4), (None, 5))
    )

    assert [row[0] for row in words(opened(one(table)).tables[0])] == ["Kappa", "0,50", "0,82", ""]
    assert [row[0] for row in words(opened(one(table, language="en")).tables[0])] == ["Kappa", "0.50", "0.82", ""]


def test_a_table_without_rows_says_so() -> None:
    assert words(opened(one(replace(THEMES, rows=()))).tables[0]) == [["Tema", "Sitat", "Antall"], ["(ingen)", "", ""]]


@pytest.mark.parametrize(
    ("said", "printed"),
    [
        ("=HYPERLINK(1)", "=HYPERLINK(1)"),
        ("a\x00b\x07c\x1b\x9f\ud800\ufffe", "abc"),
        ("<b>fet</b> & <script>", "<b>fet</b> & <script>"),
        ("hei 🙂👩‍👧 ]]>", "hei 🙂👩‍👧 ]]>"),
        ("en\r\nto\u2028tre\x0bfire", "en\nto\ntre\nfire"),
    ],
)
def test_hostile_words_are_printed_as_words(said: str, printed: str) -> None:
    table = Table("t\x00", f"T {said}", (Column("a", said),), ((said,),), (said,), said)
    word = opened(one(table, Heading(said), Paragraph(said), quotation(said), mark=said, title=f"T {said}"))

    line = " ".join(printed.split())
    assert words(word.tables[0]) == [[line], [printed]]
    assert [p.text for p in word.paragraphs][-3:] == [line, printed, f"{printed} (K1)"]
    assert word.sections[0].header.paragraphs[0].text == line
    assert word.core_properties.title == f"T {line}"


def test_forty_thousand_characters_are_all_printed_and_may_break_over_pages() -> None:
    said = "ordet " * 7_000
    word = opened(one(Table("t", "T", (Column("a", "A"), Column("b", "B")), ((said, "x"), ("y", "z")))))

    assert words(word.tables[0])[1][0] == said
    assert [row._tr.find("w:trPr/w:cantSplit", W) is not None for row in word.tables[0].rows] == [True, False, True]


def test_words_not_rendered_are_refused_without_saying_them() -> None:
    in_cell = Table("t", "T", (Column("q", "Sitat"),), (("ja",), (coding("Hun heter Kari."),)))

    with pytest.raises(TypeError, match=r"'t', row 2, column 'q' \(I3:204-391\): words not rendered") as fault:
        render_word(one(in_cell))
    assert "Kari" not in str(fault.value)
    with pytest.raises(TypeError, match=r"block 2 \(I3:204-391\): words not rendered") as fault:
        render_word(one(Paragraph("x"), coding("Hun heter Kari.")))
    assert "Kari" not in str(fault.value)


# Captions


def test_a_caption_in_apa_style_is_a_numbered_field_and_a_title_kept_with_the_table() -> None:
    word = opened(one(THEMES, matrix(3)))
    captions = [p for p in word.paragraphs if p.style.name == "Caption"]

    assert [p.text for p in captions] == ["Tabell 1\nTemaer og sitater", "Tabell 2\nTemaer og deltakere"]
    assert codes(captions[1]._p) == [r"SEQ Tabell \* ARABIC"]
    assert all(p.paragraph_format.keep_with_next for p in captions)
    assert captions[0]._p.getnext().tag == qn("w:tbl")
    first, title = captions[0].runs[0], captions[0].runs[-1]
    assert (first.text, first.bold, first.italic) == ("Tabell ", True, False)
    assert (title.text, title.bold, title.italic, title.style.name) == ("Temaer og sitater", False, True, "Table Title")


def test_a_caption_inline_stands_on_one_line() -> None:
    caption = next(
        p for p in opened(one(THEMES, caption="inline", language="en")).paragraphs if p.style.name == "Caption"
    )

    assert caption.text == "Table 1. Temaer og sitater"
    assert codes(caption._p) == [r"SEQ Table \* ARABIC"]
    assert caption.runs[-1].italic is False


def test_a_bookmark_holds_label_and_number_only() -> None:
    word = opened(one(THEMES, matrix(3), matrix(3)))
    starts = body(word).findall(".//w:bookmarkStart", W)

    names = [start.get(qn("w:name")) for start in starts]
    assert all(re.fullmatch(r"_Ref\d{9}", name) for name in names)
    assert len(set(names)) == len({start.get(qn("w:id")) for start in starts}) == 3
    within = []
    for node in starts[1].itersiblings():
        if node.tag == qn("w:bookmarkEnd"):
            break
        within.append(text(node))
    assert "".join(within) == "Tabell 2"


def test_a_bookmark_is_the_tables_own_wherever_it_stands() -> None:
    def name(document: Document, index: int) -> str | None:
        return body(opened(document)).findall(".//w:bookmarkStart", W)[index].get(qn("w:name"))

    assert name(one(THEMES, matrix(3)), 0) == name(one(matrix(3), THEMES), 1) == name(one(THEMES), 0)


def test_tables_are_listed_where_there_is_more_than_one() -> None:
    assert not any(code.startswith("TOC") for code in codes(body(opened(one(THEMES)))))

    word = opened(one(THEMES, matrix(3), mark="Fortrolig"))
    assert codes(body(word))[0] == r'TOC \h \z \c "Tabell"'
    assert [(p.style.name, text(p._p)) for p in word.paragraphs[:4]] == [
        ("Title", "Resultater"),
        ("TOC Heading", "Tabeller"),
        ("table of figures", "Tabell 1. Temaer og sitater"),
        ("table of figures", "Tabell 2. Temaer og deltakere"),
    ]
    anchors = [link.get(qn("w:anchor")) for link in body(word).iterfind(".//w:hyperlink", W)]
    assert anchors == [start.get(qn("w:name")) for start in body(word).iterfind(".//w:bookmarkStart", W)]


@pytest.mark.parametrize("count", [1, 2, 40])
def test_every_field_begins_has_a_result_and_ends(count: int) -> None:
    word = opened(one(*(matrix(count, f"m{i}") for i in range(3)), mark="Fortrolig"))

    for root in (body(word), word.sections[0].footer._element):
        kinds = [char.get(qn("w:fldCharType")) for char in root.iterfind(".//w:fldChar", W)]
        assert kinds == ["begin", "separate", "end"] * (len(kinds) // 3) or "SEQ" in str(codes(root))
        assert kinds.count("begin") == kinds.count("separate") == kinds.count("end") == len(codes(root)) > 0


# Tables


def test_a_table_has_horizontal_rules_only() -> None:
    table = opened(one(THEMES)).tables[0]
    borders = {
        etree.QName(side).localname: side.get(qn("w:val")) for side in table._tbl.find("w:tblPr/w:tblBorders", W)
    }

    assert borders == {
        "top": "single",
        "bottom": "single",
        "left": "nil",
        "right": "nil",
        "insideH": "nil",
        "insideV": "nil",
    }
    for number, row in enumerate(table.rows):
        for cell in row.cells:
            sides = [etree.QName(side).localname for side in cell._tc.iterfind("w:tcPr/w:tcBorders/*", W)]
            assert sides == (["bottom"] if number == 0 else [])
    assert table._tbl.find(".//w:shd", W) is None


def test_the_heading_is_repeated_and_no_row_is_split() -> None:
    table = opened(one(THEMES)).tables[0]

    assert [row._tr.find("w:trPr/w:tblHeader", W) is not None for row in table.rows] == [True, False, False, False]
    assert all(row._tr.find("w:trPr/w:cantSplit", W) is not None for row in table.rows)
    assert table._tbl.find("w:tblPr/w:tblLook", W).get(qn("w:firstRow")) == "1"


def test_cells_have_the_widths_of_the_grid_and_marks_stand_in_the_middle() -> None:
    table = opened(one(THEMES)).tables[0]
    grid = [int(column.get(qn("w:w"))) for column in table._tbl.find("w:tblGrid", W)]

    assert sum(grid) == build_template.PORTRAIT[0] - 2 * build_template.MARGIN
    assert all(
        [int(cell._tc.find("w:tcPr/w:tcW", W).get(qn("w:w"))) for cell in row.cells] == grid for row in table.rows
    )
    assert grid[2] < grid[0]
    assert [cell.paragraphs[0].style.name for cell in table.rows[1].cells] == ["Table Text", "Table Text", "Table Mark"]
    assert [p.find("w:pPr/w:jc", W) is not None for p in table.rows[0]._tr.iterfind(".//w:p", W)] == [
        False,
        False,
        True,
    ]


def test_a_number_in_brackets_is_not_broken_in_a_heading() -> None:
    table = Table("t", "T", (Column("a", "sykepleier på post (n = 2)"), Column("b", "x (en lengre forklaring)")), ())

    assert words(opened(one(table)).tables[0])[0] == [
        "sykepleier på post (n\u00a0=\u00a02)",
        "x (en lengre forklaring)",
    ]


def test_blanks_before_a_text_become_an_indent() -> None:
    table = Table("t", "T", (Column("a", "A"),), (("Tema",), ("\u2003Kode",), ("\u2003\u2003Underkode",)))
    paragraphs = [row.cells[0].paragraphs[0] for row in opened(one(table)).tables[0].rows[1:]]

    assert [p.text for p in paragraphs] == ["Tema", "Kode", "Underkode"]
    indents = [p.paragraph_format.left_indent or 0 for p in paragraphs]
    assert indents[0] == 0 < indents[1] < indents[2]


def test_marks_under_long_labels_are_alike_and_leave_room_for_the_text() -> None:
    labels = ("saksbehandler på tildelingskontoret (n = 2)", "sykepleier (n = 3)", "lege (n = 2)")
    columns = (Column("a", "Tema"), *(Column(label, label, "mark") for label in labels))
    table = opened(one(Table("t", "T", columns, (("Når vurderingen ikke stoles på", MARK, MARK, MARK),)))).tables[0]
    grid = [int(column.get(qn("w:w"))) for column in table._tbl.find("w:tblGrid", W)]

    assert grid[0] > grid[1] > grid[2] == grid[3]


def test_a_short_table_stays_on_one_page_with_its_notes() -> None:
    table = opened(one(THEMES)).tables[0]

    assert all(cell.paragraphs[0].paragraph_format.keep_with_next for row in table.rows for cell in row.cells)


def test_a_long_table_may_go_on_but_leaves_neither_heading_nor_notes_alone() -> None:
    long = replace(
        THEMES, rows=tuple(("Tid", quotation("Ho sette seg ned og høyrde etter. " * 5), i) for i in range(60))
    )
    kept = [
        bool(row.cells[0].paragraphs[0].paragraph_format.keep_with_next) for row in opened(one(long)).tables[0].rows
    ]

    assert kept == [True, True, *[False] * 57, True, True]


def test_a_table_can_be_heard() -> None:
    properties = [table._tbl.tblPr for table in opened(one(THEMES, replace(matrix(3), description=""))).tables]

    def said(index: int, tag: str) -> str | None:
        return properties[index].find(f"w:{tag}", W).get(qn("w:val"))

    assert said(0, "tblCaption") == "Temaer og sitater"
    assert said(0, "tblDescription") == "Ett sitat for hvert tema."
    assert said(1, "tblDescription") == "Tabell med 5 rader og disse kolonnene: Tema, K1, K2, K3."


@pytest.mark.parametrize("notes", [(), ("K = kvinner.",)])
def test_a_paragraph_after_a_table_has_room_above(notes: tuple[str, ...]) -> None:
    word = opened(one(replace(THEMES, notes=notes), Paragraph("Videre."), Paragraph("Og mer.")))

    assert [bool(p.paragraph_format.space_before) for p in word.paragraphs[-2:]] == [True, False]


def test_a_matrix_of_few_columns_does_not_fill_the_page() -> None:
    def width(table: docx.table.Table) -> int:
        return sum(int(column.get(qn("w:w"))) for column in table._tbl.find("w:tblGrid", W))

    few, many, themes = opened(one(matrix(2), matrix(9), THEMES)).tables
    assert width(few) < width(many) == width(themes)


def test_a_document_does_not_end_with_a_table() -> None:
    assert opened(one(replace(THEMES, notes=()))).element.body[-2].tag == qn("w:p")


# Pages


def layout(word: docx.document.Document) -> list[tuple[str, list[str]]]:
    """Which way the pages of each section lie, and what stands in it."""
    sections: list[tuple[str, list[str]]] = []
    content: list[str] = []
    for element in body(word):
        if element.tag == qn("w:sectPr"):
            properties = element
        else:
            content.append("table" if element.tag == qn("w:tbl") else text(element))
            properties = element.find("w:pPr/w:sectPr", W)
        if properties is not None:
            size = properties.find("w:pgSz", W)
            width, height, orientation = (size.get(qn(f"w:{name}")) for name in ("w", "h", "orient"))
            assert (int(width) > int(height)) == (orientation == "landscape")
            assert sorted((int(width), int(height))) == [11906, 16838]
            sections.append((orientation or "portrait", content))
            content = []
    assert content == []
    return sections


def test_a_wide_table_lies_down_and_the_text_after_it_stands_up_again() -> None:
    text_before, text_after = Paragraph("Langt. " * 200), Paragraph("Etter.")
    word = opened(one(text_before, Heading("Fordeling"), matrix(20), text_after))

    assert [(way, [line[:8] for line in lines]) for way, lines in layout(word)] == [
        ("portrait", ["Resultat", "Langt. L"]),
        ("landscape", ["Fordelin", "Tabell 1", "table", ""]),
        ("portrait", ["Etter."]),
    ]
    assert [section.orientation for section in word.sections] == [
        WD_ORIENT.PORTRAIT,
        WD_ORIENT.LANDSCAPE,
        WD_ORIENT.PORTRAIT,
    ]


def test_a_little_text_before_and_between_wide_tables_lies_down_with_them() -> None:
    word = opened(
        one(Heading("A"), Paragraph("Kort."), matrix(20, "a"), Heading("B"), Paragraph("Kort."), matrix(20, "b"))
    )

    assert [way for way, _ in layout(word)] == ["landscape"]


def test_a_document_that_begins_with_a_wide_table_has_no_empty_page() -> None:
    assert [way for way, _ in layout(opened(one(matrix(20), title="")))] == ["landscape"]


def test_narrow_tables_stand_upright() -> None:
    assert [way for way, _ in layout(opened(one(THEMES, matrix(7))))] == ["portrait"]


def test_a_matrix_too_wide_for_any_page_is_cut_between_columns() -> None:
    word = opened(one(matrix(30)))
    heads = [[cell.text for cell in table.rows[0].cells] for table in word.tables]

    assert [way for way, _ in layout(word)] == ["landscape"]
    assert heads == [["Tema", *(f"K{i}" for i in range(1, 16))], ["Tema", *(f"K{i}" for i in range(16, 31))]]
    assert all(
        [row.cells[0].text for row in table.rows][1:] == ["Å bli sett", "Tillit", "Skam", "Rom", "Tid"]
        for table in word.tables
    )
    captions = [p for p in word.paragraphs if p.style.name == "Caption"]
    assert [p.text for p in captions] == ["Tabell 1\nTemaer og deltakere", "Tabell 1 (forts.)\nTemaer og deltakere"]
    name = body(word).find(".//w:bookmarkStart", W).get(qn("w:name"))
    assert codes(captions[1]._p) == [rf"REF {name} \h"]


def test_every_column_of_a_very_wide_matrix_is_printed_once() -> None:
    word = opened(one(matrix(200), language="en"))
    printed = [cell.text for table in word.tables for cell in table.rows[0].cells[1:]]

    assert printed == [f"K{i}" for i in range(1, 201)]
    widths = [sum(int(c.get(qn("w:w"))) for c in table._tbl.find("w:tblGrid", W)) for table in word.tables]
    assert set(widths) == {build_template.PORTRAIT[1] - 2 * build_template.MARGIN}


def test_the_mark_stands_in_the_header_of_every_section() -> None:
    word = opened(one(Paragraph("Langt. " * 200), matrix(20), Paragraph("Etter."), mark="Fortrolig"))

    assert len(word.sections) == 3
    for section in word.sections:
        assert not section.header.is_linked_to_previous
        assert [(p.text, p.style.name) for p in section.header.paragraphs] == [("Fortrolig", "Notice")]
    notice = word.styles["Notice"]
    assert notice.font.bold
    assert notice.element.find(".//w:pBdr/w:top", W) is not None


def test_without_a_mark_there_is_none() -> None:
    word = opened(one(THEMES))

    assert word.sections[0].header.is_linked_to_previous
    assert "Notice" not in {p.style.name for p in word.paragraphs}


@pytest.mark.parametrize(("language", "page"), [("nb", "Side 1 av 1"), ("nn", "Side 1 av 1"), ("en", "Page 1 of 1")])
def test_pages_are_numbered(language: str, page: str) -> None:
    for section in opened(one(Paragraph("Langt. " * 200), matrix(20), language=language)).sections:
        assert section.footer.paragraphs[0].text == page
        assert codes(section.footer._element) == ["PAGE", "NUMPAGES"]


# The file


@pytest.mark.parametrize(("language", "locale"), [("nb", "nb-NO"), ("nn", "nn-NO"), ("en", "en-GB")])
def test_the_file_says_its_language(language: str, locale: str) -> None:
    word = opened(one(THEMES, language=language))

    assert word.core_properties.language == locale
    assert {lang.get(qn("w:val")) for lang in word.styles.element.iter(qn("w:lang"))} == {locale}
    assert word.styles["Normal"].element.find("w:rPr/w:lang", W).get(qn("w:val")) == locale


def test_the_file_says_its_title_and_nothing_of_who_made_it_or_when() -> None:
    data = render_word(one(THEMES))
    properties = docx.Document(BytesIO(data)).core_properties

    assert (properties.title, properties.author, properties.last_modified_by) == ("Resultater", "", "")
    assert properties.created.year == properties.modified.year == 2000
    with zipfile.ZipFile(BytesIO(data)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert not [name for name in archive.namelist() if "thumbnail" in name or name.endswith("app.xml")]


def test_the_same_document_gives_the_same_bytes() -> None:
    document = one(Heading("A"), THEMES, matrix(30), quotation("Ja."), mark="Fortrolig")

    assert render_word(document) == render_word(document)


def test_children_stand_in_the_order_of_the_schema() -> None:
    document = one(
        Heading("A"), Paragraph("B"), THEMES, matrix(30), replace(THEMES, notes=()), quotation("C"), mark="D"
    )
    checked = set()
    for data in (render_word(document), render_word(document, template=foreign_template())):
        for name, part in unpack(data).items():
            for element in etree.fromstring(part).iter() if name.endswith(".xml") else ():
                tag = etree.QName(element).localname
                if tag in ORDER and etree.QName(element).namespace == W["w"]:
                    order = ORDER[tag].split()
                    children = [etree.QName(child).localname.replace("headerR", "footerR") for child in element]
                    places = [order.index(child) for child in children if tag != "settings" or child in order]
                    assert places == sorted(places), (name, tag, children)
                    checked.add(tag)
    assert checked == {*ORDER}


# Templates


def test_the_template_is_what_its_script_builds() -> None:
    shipped, built = (
        docx.Document(BytesIO(data)) for data in (build_template.TEMPLATE.read_bytes(), build_template.build_template())
    )
    styles = [{style.name: etree.tostring(style.element) for style in word.styles} for word in (shipped, built)]

    assert list(styles[0]) == list(styles[1])
    for name, style in styles[0].items():
        assert style == styles[1][name], f"{name}: run python -m qualkit.exports.build_template"
    assert unpack(build_template.TEMPLATE.read_bytes()) == unpack(build_template.build_template())


def test_the_template_is_small_a4_and_has_the_styles_of_a_thesis() -> None:
    data = build_template.TEMPLATE.read_bytes()
    word = docx.Document(BytesIO(data))

    assert len(data) < 10_000
    assert (round(word.sections[0].page_width.cm, 1), round(word.sections[0].page_height.cm, 1)) == (21.0, 29.7)
    assert {"Caption", "Table Title", "Table Text", "Table Heading", "Table Note", "Quote", "Title"} <= {
        s.name for s in word.styles
    }
    assert {"Heading 1", "Heading 2", "Heading 3"} <= {s.name for s in word.styles}
    assert [p.text for p in word.paragraphs] == [""]


def foreign_template() -> bytes:
    """Return a template as a university makes them: Letter, own fonts, a header, a first page, text, a name."""
    word = docx.Document()
    word.styles["Normal"].font.name = "Georgia"
    word.add_paragraph("Skriv her. Kontakt Kari Nordmann.")
    word.sections[0].header.paragraphs[0].text = "Universitetet"
    word.sections[0].different_first_page_header_footer = True
    word.sections[0].footer.paragraphs[0].text = "Fakultetet"
    word.settings.odd_and_even_pages_header_footer = True
    word.core_properties.author = "Kari Nordmann"
    word.core_properties.keywords = "Kari"
    word.add_comment(word.paragraphs[0].runs, "Husk!", author="Kari Nordmann", initials="KN")
    buffer = BytesIO()
    word.save(buffer)
    return buffer.getvalue()


def test_a_template_of_her_own_gives_styles_page_and_headers_but_no_text_and_no_names() -> None:
    data = render_word(one(THEMES, Paragraph("Videre."), mark="Fortrolig"), template=foreign_template())
    word = docx.Document(BytesIO(data))

    assert word.styles["Normal"].font.name == "Georgia"
    assert word.sections[0].page_width.inches == 8.5
    section = word.sections[0]
    assert [p.text for p in section.header.paragraphs] == ["Fortrolig", "Universitetet"]
    assert section.first_page_header.paragraphs[0].text == section.even_page_header.paragraphs[0].text == "Fortrolig"
    assert section.footer.paragraphs[0].text == "Fakultetet"
    assert section.first_page_footer.paragraphs[0].text == "Side 1 av 1"
    assert [p.style.name for p in word.paragraphs] == [
        "Title",
        "Caption",
        "Table Note",
        "Table Note",
        "Normal",
    ]
    assert word.tables[0].cell(1, 0).paragraphs[0].style.name == "Table Text"
    parts = unpack(data)
    assert not [name for name in parts if "comments" in name or "app.xml" in name or "thumbnail" in name]
    assert not [name for name, part in parts.items() if b"Kari" in part or b"Skriv her" in part]


def test_a_template_without_styles_gets_ours_after_its_own_first_style() -> None:
    parts = unpack(build_template.build_template())
    root = etree.fromstring(parts["word/styles.xml"])
    for style in root.findall("w:style", W):
        if style.find("w:name", W).get(qn("w:val")) == "Normal":
            style.set(qn("w:styleId"), "Brdtekst")
        elif style.get(qn("w:default")) is None:
            root.remove(style)
    word = opened(one(THEMES), pack({**parts, "word/styles.xml": etree.tostring(root)}))

    assert word.styles["Table Text"].base_style.style_id == "Brdtekst"
    assert word.styles["Table Mark"].base_style.name == "Table Text"


def test_a_word_template_file_is_a_template_too() -> None:
    parts = unpack(build_template.build_template())
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(b".document.main", b".template.main")

    assert opened(one(THEMES), pack(parts)).paragraphs[0].text == "Resultater"


@pytest.mark.parametrize("template", [b"", b"no zip", pack({"a.txt": b"x"})])
def test_what_is_no_template_is_said(template: bytes) -> None:
    with pytest.raises(UnusableTemplate, match="no Word file") as fault:
        render_word(one(THEMES), template=template)
    assert "save it as a document" in fault.value.hint


def test_a_template_with_macros_is_refused() -> None:
    parts = unpack(build_template.build_template())

    with pytest.raises(UnusableTemplate, match="macros"):
        render_word(one(THEMES), template=pack({**parts, "word/vbaProject.bin": b"x"}))


def test_the_template_ships_with_the_package() -> None:
    assert Path(build_template.__file__).with_name("template.docx") == build_template.TEMPLATE


def test_a_table_without_columns_is_a_fault() -> None:
    with pytest.raises(ValueError, match="table 't' has no columns"):
        render_word(one(Table("t", "T", (), ())))


def test_page_numbers_of_a_template_go_on_through_the_sections() -> None:
    parts = unpack(build_template.build_template())
    numbered = b'<w:pgNumType w:fmt="lowerRoman" w:start="5"/></w:sectPr>'
    parts["word/document.xml"] = parts["word/document.xml"].replace(b"</w:sectPr>", numbered)
    word = opened(one(Paragraph("Langt. " * 200), matrix(20), Paragraph("Etter.")), pack(parts))

    found = [section._sectPr.find("w:pgNumType", W) for section in word.sections]
    assert [(e.get(qn("w:fmt")), e.get(qn("w:start"))) for e in found] == [
        ("lowerRoman", "5"),
        ("lowerRoman", None),
        ("lowerRoman", None),
    ]


def test_a_group_is_named_once_on_paper() -> None:
    groups = Table(
        "t",
        "T",
        (Column("theme", "Tema", groups=True), Column("code", "Kode", groups=True), Column("q", "Sitat")),
        (("Tid", "Press", "a"), ("Tid", "Press", "b"), ("Tid", "Ro", "c"), ("Rom", "Ro", "d")),
    )
    table = opened(one(groups)).tables[0]

    assert [[cell.text for cell in row.cells] for row in table.rows[1:]] == [
        ["Tid", "Press", "a"],
        ["", "", "b"],
        ["", "Ro", "c"],
        ["Rom", "Ro", "d"],
    ]
