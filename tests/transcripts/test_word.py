"""Specimens are built here, from XML as Word writes it; python-docx is a second opinion on ordinary documents."""

import io
import struct
import time
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualkit.transcripts.raw import Mark, RawText, UnreadableOriginal
from qualkit.transcripts.word import read_word

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
NAMESPACES = (
    f'xmlns:w="{W}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    ' xmlns:v="urn:schemas-microsoft-com:vml"'
    ' xmlns:w16se="http://schemas.microsoft.com/office/word/2015/wordml/symex"'
    ' xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)


def document(body: str) -> str:
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    return f"{head}<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>"


def package(**parts: str | bytes) -> bytes:
    """Pack parts into a docx; a part's name is its file's in word/, without the ending."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        for name, content in parts.items():
            archive.writestr(f"word/{name}.xml", content)
    return buffer.getvalue()


def docx(body: str, **parts: str) -> bytes:

    return package(document=document(body), **parts)


def read(body: str, **parts: str) -> RawText:
    return read_word(docx(body, **parts))


def words(body: str, **parts: str) -> list[str]:
    return [paragraph.text for paragraph in read(body, **parts).paragraphs]


def t(text: str) -> str:
    return f'<w:t xml:space="preserve">{text}</w:t>'


def r(text: str, properties: str = "") -> str:
    return f"<w:r>{f'<w:rPr>{properties}</w:rPr>' if properties else ''}{t(text)}</w:r>"


def p(*content: str, properties: str = "") -> str:
    inner = "".join(part if part.startswith("<") else r(part) for part in content)
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{inner}</w:p>"


def table(*rows: list[str]) -> str:
    cells = "".join(
        "<w:tr>" + "".join(f"<w:tc><w:tcPr/>{c if c.startswith('<') else p(c)}</w:tc>" for c in row) + "</w:tr>"
        for row in rows
    )
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{cells}</w:tbl>"


def styles(*definitions: str) -> str:
    return f'<w:styles xmlns:w="{W}">{"".join(definitions)}</w:styles>'


def style(name: str, inner: str = "", *, based: str = "", kind: str = "character") -> str:
    base = f'<w:basedOn w:val="{based}"/>' if based else ""
    return f'<w:style w:type="{kind}" w:styleId="{name}"><w:name w:val="{name}"/>{base}{inner}</w:style>'


def said(raw: RawText) -> list[tuple[str | None, tuple[float, float] | None, str]]:
    return [(paragraph.speaker, paragraph.time, paragraph.text) for paragraph in raw.paragraphs]


def under(raw: RawText, mark: Mark) -> str:
    """Return the words a mark stands on."""
    (first, start), (last, end) = mark.start, mark.end
    if first == last:
        return raw.paragraphs[first].text[start:end]
    between = [paragraph.text for paragraph in raw.paragraphs[first + 1 : last]]
    return "\n".join([raw.paragraphs[first].text[start:], *between, raw.paragraphs[last].text[:end]])


# Ordinary documents


def test_ordinary_documents_read_as_python_docx_reads_them() -> None:
    from docx import Document
    from docx.enum.text import WD_BREAK

    made = Document()
    made.add_heading("Intervju 3", 1)
    for speech in ("I:\tHvordan går det?", "R1: Bra – “veldig”\nbra.", "", "   ", " R1:  Æ e her.  "):
        made.add_paragraph(speech)
    paragraph = made.add_paragraph("R1: ")
    paragraph.add_run("uthevet").bold = True
    paragraph.add_run(" og").add_break(WD_BREAK.PAGE)
    paragraph.add_run("videre\t😀")
    buffer = io.BytesIO()
    made.save(buffer)
    expected = [paragraph.text for paragraph in Document(buffer).paragraphs if paragraph.text.strip()]
    raw = read_word(buffer.getvalue())
    assert [paragraph.text for paragraph in raw.paragraphs] == expected
    assert raw.marks == ()
    assert raw.decided == ()
    assert not raw.labelled


def test_characters_that_are_elements() -> None:
    run = f"<w:r>{t('pleie')}<w:noBreakHyphen/>{t('og')}<w:softHyphen/>{t('om')}<w:tab/>{t('a')}"
    run += f"<w:br/>{t('b')}<w:cr/>{t('c')}"
    run += f'<w:br w:type="page"/>{t("d")}<w:br w:type="column"/><w:ptab/><w:lastRenderedPageBreak/>{t("e")}</w:r>'
    assert words(p(run, properties='<w:tabs><w:tab w:val="left" w:pos="720"/></w:tabs>')) == [
        "pleie\u2011ogom\ta\nb\ncd\te"
    ]


@pytest.mark.parametrize("code", ["", "x", "D800", "FFFFFFFF", "7", "F0E0"])
def test_codes_that_are_no_characters(code: str) -> None:
    raw = read(p("Ja", f'<w:r><w:sym w:char="{code}"/></w:r>'))
    assert [paragraph.text for paragraph in raw.paragraphs] == ["Ja"]
    assert raw.decided == ("1 sign of a symbol font was left out",)


def test_signs_of_a_symbol_font_are_told() -> None:
    raw = read(
        p(
            "Ja ",
            '<w:r><w:sym w:font="Wingdings" w:char="F04A"/></w:r>',
            '<w:r><w:sym w:font="Arial" w:char="00E5"/></w:r>',
        )
    )
    assert [paragraph.text for paragraph in raw.paragraphs] == ["Ja å"]
    assert raw.decided == ("1 sign of a symbol font was left out",)


def test_an_emoji_that_word_writes_twice() -> None:
    run = '<w:r><mc:AlternateContent><mc:Choice Requires="w16se"><w16se:symEx w16se:char="1F60A"/></mc:Choice>'
    assert words(p("Ja ", run + f"<mc:Fallback>{t('😊')}</mc:Fallback></mc:AlternateContent></w:r>")) == ["Ja 😊"]


# Tracked changes


def test_insertions_are_accepted_and_deletions_left_out() -> None:
    body = p(
        "R1: Vi ",
        f'<w:ins w:id="1" w:author="K">{r("ikke ")}</w:ins>',
        f'<w:del w:id="2" w:author="K"><w:r><w:delText>alltid </w:delText></w:r>{r("aldri ")}</w:del>',
        f'<w:ins w:id="3"><w:del w:id="4">{r("begge ")}</w:del></w:ins>',
        "kom.",
        properties='<w:rPr><w:ins w:id="9"/></w:rPr>',
    )
    raw = read(body)
    assert [paragraph.text for paragraph in raw.paragraphs] == ["R1: Vi ikke kom."]
    assert raw.decided == ("2 tracked insertions were read as accepted", "2 deletions were left out")


def test_moved_text_is_read_once_at_its_new_place() -> None:
    raw = read(
        p(
            '<w:moveFromRangeStart w:id="1"/>',
            f'<w:moveFrom w:id="2">{r("Flyttet.")}</w:moveFrom>',
            '<w:moveFromRangeEnd w:id="1"/>',
            "A.",
        )
        + p("B. ", f'<w:moveTo w:id="3">{r("Flyttet.")}</w:moveTo>')
    )
    assert [paragraph.text for paragraph in raw.paragraphs] == ["A.", "B. Flyttet."]
    assert raw.decided == ("1 moved passage was read at its new place",)


def test_a_deleted_paragraph_end_joins_two_paragraphs() -> None:
    end = '<w:rPr><w:del w:id="1"/></w:rPr>'
    body = p("R1: Ja", properties=end) + p(" og", properties=end) + p(" nei.") + p("I: Vel.", properties=end)
    assert words(body) == ["R1: Ja og nei.", "I: Vel."]
    cell = table([p("a", properties=end), "b"], ["c", "d"])
    assert words(p("R1: Ja", properties=end) + cell) == ["R1: Ja", "a\tb", "c\td"]


def test_old_formatting_is_not_read() -> None:
    old = "<w:rPrChange w:id='1'><w:rPr><w:vanish/><w:highlight w:val='red'/></w:rPr></w:rPrChange>"
    raw = read(p(r("Ja.", old)))
    assert [paragraph.text for paragraph in raw.paragraphs] == ["Ja."]
    assert raw.marks == ()


def test_deleted_rows_and_cells() -> None:
    gone = f'<w:tr><w:trPr><w:del w:id="1"/></w:trPr><w:tc>{p("borte")}</w:tc></w:tr>'
    cell = "<w:tc><w:tcPr><w:cellDel w:id='2'/></w:tcPr>" + p("vekk") + "</w:tc>"
    cell = "<w:tr><w:tc>" + p("a") + f"</w:tc>{cell}<w:tc>" + p("b") + "</w:tc></w:tr>"
    raw = read(f"<w:tbl>{gone}{cell}</w:tbl>")
    assert [paragraph.text for paragraph in raw.paragraphs] == ["a\tb"]
    assert raw.decided == ("2 deletions were left out",)


# Wrappers


@pytest.mark.parametrize(
    "wrapped",
    [
        "<w:sdt><w:sdtPr><w:alias w:val='x'/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>",
        "<w:smartTag w:element='x'>{}</w:smartTag>",
        "<w:fldSimple w:instr=' AUTHOR '>{}</w:fldSimple>",
        "<w:hyperlink w:anchor='x'>{}</w:hyperlink>",
        "<w:customXml w:element='x'>{}</w:customXml>",
        "<w:bdo w:val='ltr'>{}</w:bdo>",
        "<w:noSuchWrapper><w:yetAnother>{}</w:yetAnother></w:noSuchWrapper>",
    ],
)
def test_words_in_wrappers_are_kept(wrapped: str) -> None:
    assert words(p("R1: ", wrapped.format(r("ordet")), " der.")) == ["R1: ordet der."]


def test_content_controls_around_paragraphs_rows_and_cells() -> None:
    def control(inner: str) -> str:
        return f"<w:sdt><w:sdtPr/><w:sdtContent>{inner}</w:sdtContent></w:sdt>"

    cells = control("<w:tc>" + p("a") + "</w:tc>") + "<w:tc>" + control(p("b")) + "</w:tc>"
    body = (
        p("Før.")
        + control(p("I: Inni.") + control(p("R: Lenger inn.")))
        + f"<w:tbl>{control('<w:tr>' + cells + '</w:tr>')}</w:tbl>"
        + p("Etter.")
    )
    assert words(body) == ["Før.", "I: Inni.", "R: Lenger inn.", "a\tb", "Etter."]


def field(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def test_fields_show_their_result() -> None:
    instruction = "<w:r><w:instrText>HYPERLINK hemmelig</w:instrText></w:r>"
    nested = field("begin") + instruction + field("separate") + r("skjult") + field("end")
    body = p("Se ", field("begin"), instruction, nested, field("separate"), "side 3", field("end"), " der.")
    assert words(body) == ["Se side 3 der."]


def test_a_field_over_two_paragraphs_and_one_that_never_ends() -> None:
    body = (
        p(field("begin"), field("separate"), "Første")
        + p("andre", field("end"), " slutt")
        + p("Ja ", field("begin"), "nei")
    )
    assert words(body + p("Videre.")) == ["Første", "andre slutt", "Ja ", "Videre."]


# Text boxes


def box(*paragraphs: str) -> str:
    content = f"<w:txbxContent>{''.join(paragraphs)}</w:txbxContent>"
    return (
        "<w:r><mc:AlternateContent><mc:Choice Requires='wps'>"
        f"<w:drawing><wps:txbx>{content}</wps:txbx></w:drawing></mc:Choice><mc:Fallback>"
        f"<w:pict><v:textbox>{content}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )


def test_text_boxes_are_read_once_after_their_paragraph() -> None:
    body = p("R1: Før ", box(p("Boks en."), p("To.")), "og etter.", box(p("Boks to."))) + p("Slutt.")
    raw = read(body)
    assert [paragraph.text for paragraph in raw.paragraphs] == [
        "R1: Før og etter.",
        "Boks en.",
        "To.",
        "Boks to.",
        "Slutt.",
    ]
    assert raw.decided == ("2 text boxes were read after their paragraphs",)


def test_a_text_box_in_a_text_box_and_in_a_cell() -> None:
    assert words(p("Ytre", box(p("midtre", box(p("indre")))))) == ["Ytre", "midtre", "indre"]
    assert words(table([p("a", box(p("boks"))), "b"])) == ["a\nboks\tb"]
    old = f"<w:r><w:pict><v:textbox><w:txbxContent>{p('gammel boks')}</w:txbxContent></v:textbox></w:pict></w:r>"
    assert words(p("Ja", old)) == ["Ja", "gammel boks"]


def test_a_hidden_text_box_is_left_out() -> None:
    hidden = box(p("Skjult boks.")).replace("<w:r><mc", "<w:r><w:rPr><w:vanish/></w:rPr><mc", 1)
    raw = read(p("Ja.", hidden))
    assert [paragraph.text for paragraph in raw.paragraphs] == ["Ja."]
    assert raw.decided == ("1 hidden text box was left out",)


# Hidden text


def test_hidden_text_is_left_out_and_told() -> None:
    body = p(
        "R1: Ja ",
        r("skjult ", "<w:vanish/>"),
        r("mer ", "<w:b/><w:vanish w:val='1'/>"),
        "vi ",
        r("synlig ", "<w:vanish w:val='0'/>"),
    )
    raw = read(body + p(r("Bare skjult.", "<w:vanish w:val='true'/>")) + p("Slutt."))
    assert [paragraph.text for paragraph in raw.paragraphs] == ["R1: Ja vi synlig ", "Slutt."]
    assert raw.decided == ("2 passages of hidden text were left out",)


def test_hidden_by_style() -> None:
    sheet = styles(
        style("Hemmelig", "<w:rPr><w:vanish/></w:rPr>"),
        style("Arving", based="Hemmelig"),
        style("Synlig", "<w:rPr><w:vanish w:val='0'/></w:rPr>", based="Hemmelig"),
        style("Avsnitt", "<w:rPr><w:vanish/></w:rPr>", kind="paragraph"),
        style("Ring", based="Ring"),
    )
    body = p(
        "R1: ",
        r("a", "<w:rStyle w:val='Hemmelig'/>"),
        r("b", "<w:rStyle w:val='Arving'/>"),
        r("c", "<w:rStyle w:val='Synlig'/>"),
        r("d", "<w:rStyle w:val='Ring'/>"),
        r("e", "<w:rStyle w:val='Hemmelig'/><w:vanish w:val='0'/>"),
    )
    body += p("Borte.", r(" Fram.", "<w:vanish w:val='0'/>"), properties="<w:pStyle w:val='Avsnitt'/>")
    raw = read(body, styles=sheet)
    assert [paragraph.text for paragraph in raw.paragraphs] == ["R1: cde", " Fram."]
    assert raw.decided == ("2 passages of hidden text were left out",)


# Tables


def test_a_table_is_read_row_by_row() -> None:
    body = table(["Uke", "12.3.", "x"], ["By", p("Oslo") + p("Bergen"), ""], ["", "", "sist"], ["", "", ""])
    assert words(body) == ["Uke\t12.3.\tx", "By\tOslo\nBergen", "sist"]


def test_merged_cells_are_read_once() -> None:
    rows = f'<w:tr><w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr>{p("Bred")}</w:tc></w:tr>'
    rows += f'<w:tr><w:tc><w:tcPr><w:vMerge w:val="restart"/></w:tcPr>{p("Høy")}</w:tc><w:tc>{p("a")}</w:tc></w:tr>'
    rows += f"<w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr>{p()}</w:tc><w:tc>{p('b')}</w:tc></w:tr>"
    assert words(f"<w:tbl>{rows}</w:tbl>") == ["Bred", "Høy\ta", "b"]


def test_tables_within_tables() -> None:
    inner = table(["c", "d"], ["e", "f"])
    assert words(table(["a", p("b") + inner])) == ["a\tb\nc\td\ne\tf"]
    framed = read(table([p("Ramme.") + table(["I", "Hei."], ["R1", "Ja."], ["I", "Nei."]) + p("Slutt.")]))
    assert [paragraph.text for paragraph in framed.paragraphs] == ["Ramme.", "I: Hei.", "R1: Ja.", "I: Nei.", "Slutt."]


def test_a_frame_around_the_interview_is_no_row() -> None:
    assert words(table([p("I: Hei.") + p("R1: Ja.")])) == ["I: Hei.", "R1: Ja."]
    assert words(table(["", p("I: Hei.") + p("R1: Ja.")])) == ["I: Hei.", "R1: Ja."]


LONG = "Det var jo slik at vi ikke fikk plass, og da måtte vi reise hjem."


def test_label_and_speech() -> None:
    raw = read(
        p("Intervju 3")
        + table(["I:", "Hei."], ["K1:", p(LONG) + p("Og så.")], ["", "Mer."], ["I:", "Takk."], ["K1:", "Ja."])
    )
    assert said(raw) == [
        (None, None, "Intervju 3"),
        ("I", None, "Hei."),
        ("K1", None, f"{LONG}\nOg så."),
        ("K1", None, "Mer."),
        ("I", None, "Takk."),
        ("K1", None, "Ja."),
    ]
    assert raw.labelled
    assert raw.decided == ("1 table was read as label and speech",)


def test_time_label_and_speech_with_a_heading() -> None:
    raw = read(
        table(
            ["Tid", "Hvem", "Tekst"],
            ["00:00:05", "Intervjuer", "Hei."],
            ["0:01:10", "Kari", LONG],
            ["", "Intervjuer", "Hm."],
            ["[00:02:00]", "Kari", "Nei."],
        )
    )
    assert said(raw) == [
        ("Intervjuer", (5.0, 70.0), "Hei."),
        ("Kari", (70.0, 120.0), LONG),
        ("Intervjuer", None, "Hm."),
        ("Kari", (120.0, 120.0), "Nei."),
    ]
    assert raw.decided == ("1 table was read as time, label and speech", "1 heading row of a table was left out")


def test_nvivo_columns_and_row_numbers() -> None:
    raw = read(table(["Timespan", "Content", "Speaker"], ["0:00 - 0:05", LONG, "R1"], ["0:05 - 0:07", "Ja.", "I"]))
    assert said(raw) == [("R1", (0.0, 5.0), LONG), ("I", (5.0, 7.0), "Ja.")]
    numbered = read(table(["1", "I", "Hei."], ["2", "R1", LONG], ["3", "I", "Ja."], ["4", "R1", "Nei."]))
    assert said(numbered)[1] == ("R1", None, LONG)
    assert "1 column of row numbers was left out" in numbered.decided


def test_a_section_title_within_an_interview_table() -> None:
    title = f"<w:tr><w:tc><w:tcPr><w:gridSpan w:val='2'/></w:tcPr>{p('Del to')}</w:tc></w:tr>"
    rows = table(["I", "Hei."], ["R1", LONG], ["I", "Ja."], ["R1", "Nei."]).replace("</w:tbl>", f"{title}</w:tbl>")
    assert said(read(rows))[-1] == (None, None, "Del to")


def test_an_interview_table_in_a_document_of_labelled_text() -> None:
    raw = read(table(["I", "Hei."], ["R1", "Ja."]) + p(f"I: {LONG}") + p(f"R1: {LONG}"))
    assert [paragraph.text for paragraph in raw.paragraphs] == ["I: Hei.", "R1: Ja.", f"I: {LONG}", f"R1: {LONG}"]
    assert not raw.labelled


@pytest.mark.parametrize(
    "rows",
    [
        [["Uke", "12.3.2024"], ["Fase", "45 minutter"], ["Rom", "Kontoret"]],
        [["Tema", "Skyld", "Skam"], ["Tid", "mye", "lite"]],
        [["a", "b"], ["a", "b", "c"], ["a", "b"]],
    ],
)
def test_other_tables_are_no_interviews(rows: list[list[str]]) -> None:
    assert words(table(*rows)) == ["\t".join(row) for row in rows]


# Speakers and times of programs


def test_teams() -> None:
    def turn(name: str, clock: str, *lines: str) -> str:
        breaks = "".join(f"<w:br/>{t(line)}" for line in lines)
        return p(r(name), r(f"   {clock}"), f"<w:r>{breaks}</w:r>")

    body = p("Møte om bolig") + p("12. mars 2026") + p("Kari Nes started transcription")
    body += turn("Kari Nes", "0:04", "Ja, det stemmer.", "Og så …") + turn("Ola", "1:02:05", "Klokka 12:30: nei.")
    raw = read(body)
    assert raw.labelled
    assert said(raw) == [
        ("Kari Nes", (4.0, 3725.0), "Ja, det stemmer.\nOg så …"),
        ("Ola", (3725.0, 3725.0), "Klokka 12:30: nei."),
    ]
    assert dict(raw.about) == {"title": "Møte om bolig", "date": "12. mars 2026"}
    assert raw.decided == (
        "2 lines above the first speaker (title, date, summary) were left out",
        "speakers and times were read from 2 header lines",
        "1 note that the transcription began or ended was left out",
    )


def test_older_teams() -> None:
    body = "".join(
        p(f"<w:r>{t(span)}<w:br/>{t(name)}<w:br/>{t(speech)}</w:r>")
        for span, name, speech in (
            ("0:0:5.100 --> 0:0:8.250", "Kari Nes", "Hei."),
            ("0:0:9.0 --> 0:0:9.5", "Ola", "Ja."),
            ("0:0:9.5 --> 0:1:0.0", "Ola", "Nei."),
            ("0:1:0.0 --> 0:1:1.0", "Kari Nes", "Jo."),
        )
    )
    assert said(read(body))[:2] == [("Kari Nes", (5.1, 8.25), "Hei."), ("Ola", (9.0, 9.5), "Ja.")]


def test_word_transcribe() -> None:
    body = p("Audio file") + p("<w:hyperlink>" + r("opptak.mp3") + "</w:hyperlink>") + p("Transcript")
    body += p("00:00:05 Speaker 1") + p("Hei.") + p("00:00:09 Speaker 2") + p("Hei.") + p("Ja.")
    assert said(read(body)) == [("Speaker 1", (5.0, 9.0), "Hei."), ("Speaker 2", (9.0, 9.0), "Hei.\nJa.")]


def test_google_meet_notes_of_a_machine_are_no_data() -> None:
    body = p("Summary") + p("Deltakerne var enige om alt.") + p("Details") + p("Mer maskinprat.") + p("📖 Transcript")
    body += p("00:00:00") + p("Kari Nes: Nei, det var vi ikke.") + p("00:05:00") + p("Ola: Nei.")
    raw = read(body)
    assert said(raw) == [
        (None, (0.0, 300.0), "Kari Nes: Nei, det var vi ikke."),
        (None, (300.0, 300.0), "Ola: Nei."),
    ]
    assert raw.decided[0] == "5 paragraphs before the transcript, a machine's notes, were left out"


def test_time_marks_and_lone_labels() -> None:
    raw = read(p("[00:01:23] I: Hei.") + p("R1: Ja. #00:01:30-0#") + p("Intervjuer:") + p("Vel?") + p("Han kom 12:30."))
    assert said(raw) == [
        (None, (83.0, 83.0), "I: Hei."),
        (None, (83.0, 90.0), "R1: Ja."),
        (None, None, "Intervjuer: Vel?"),
        (None, None, "Han kom 12:30."),
    ]


# Notes, numbers, other parts


def test_footnotes_are_told_and_not_read() -> None:
    body = p("Ja", "<w:r><w:footnoteReference w:id='1'/></w:r>", "<w:r><w:footnoteReference w:id='2'/></w:r>", " vel.")
    body += p("Nei", "<w:r><w:endnoteReference w:id='1'/></w:r>")
    notes = f"<w:footnotes xmlns:w='{W}'><w:footnote w:id='1'>{p('Fotnote.')}</w:footnote></w:footnotes>"
    raw = read(body, footnotes=notes, header1=f"<w:hdr xmlns:w='{W}'>{p('Topptekst.')}</w:hdr>")
    assert [paragraph.text for paragraph in raw.paragraphs] == ["Ja vel.", "Nei"]
    assert raw.decided == ("2 footnotes were left out", "1 endnote was left out")


def numbering(*levels: tuple[str, str]) -> str:
    """Return lists 1, 2, … of one level each, by format and the text before the paragraph."""
    kinds = "".join(
        f"<w:abstractNum w:abstractNumId='{i}'><w:lvl w:ilvl='0'><w:numFmt w:val='{kind}'/>"
        f"<w:lvlText w:val='{sign}'/></w:lvl></w:abstractNum>"
        for i, (kind, sign) in enumerate(levels)
    )
    numbers = "".join(f"<w:num w:numId='{i + 1}'><w:abstractNumId w:val='{i}'/></w:num>" for i in range(len(levels)))
    return f"<w:numbering xmlns:w='{W}'>{kinds}{numbers}</w:numbering>"


NUMBERING = numbering(("decimal", "I%1:"), ("bullet", "•"), ("bullet", "I:"))


def listed(number: int, level: int = 0) -> str:
    return f"<w:numPr><w:ilvl w:val='{level}'/><w:numId w:val='{number}'/></w:numPr>"


def test_automatic_numbers_are_told() -> None:
    sheet = styles(
        style("Nummerert", f"<w:pPr>{listed(1)}</w:pPr>", kind="paragraph"),
        style("Barn", based="Nummerert", kind="paragraph"),
    )
    body = (
        p("Hei.", properties=listed(1))
        + p("Ja.", properties="<w:pStyle w:val='Barn'/>")
        + p("Nei.", properties=listed(3))
    )
    body += p("Punkt.", properties=listed(2)) + p(properties=listed(1))
    body += p("Uten.", properties="<w:pStyle w:val='Barn'/>" + listed(0))
    raw = read(body, styles=sheet, numbering=NUMBERING)
    assert [paragraph.text for paragraph in raw.paragraphs] == ["Hei.", "Ja.", "Nei.", "Punkt.", "Uten."]
    assert raw.decided == (
        "3 paragraphs have an automatic number, which is not in the text: labels made by numbering are missing",
    )
    assert read(p("Hei.", properties=listed(7))).decided[0].startswith("1 paragraph has an automatic number")


def test_damaged_lesser_parts_are_told() -> None:
    body = p("Ja.", properties="<w:pStyle w:val='x'/>")
    assert read(body, styles="<w:styles", comments="<w:com").decided == (
        "the styles could not be read",
        "the comments could not be read",
    )


# Comments and highlighting


def comments(*said: tuple[int, str, str]) -> str:
    inner = "".join(
        f'<w:comment w:id="{i}" w:author="{author}" w:date="2026-03-12T10:00:00Z" w:initials="K">'
        + "".join(p("<w:r><w:annotationRef/></w:r>", line) for line in text.split("\n"))
        + "</w:comment>"
        for i, author, text in said
    )
    return f'<w:comments xmlns:w="{W}">{inner}</w:comments>'


def start(i: int) -> str:
    return f'<w:commentRangeStart w:id="{i}"/>'


def end(i: int) -> str:
    return f'<w:commentRangeEnd w:id="{i}"/>'


def sign(i: int) -> str:
    return f'<w:r><w:commentReference w:id="{i}"/></w:r>'


def test_a_comment_stands_on_its_words() -> None:
    body = p("R1: ", start(0), "Vi ble ", f"<w:ins w:id='8'>{r('ikke ')}</w:ins>", "hørt", end(0), sign(0), ".")
    raw = read(body, comments=comments((0, "Kari", "Viktig!\nSe også I2.")))
    [mark] = raw.marks
    assert under(raw, mark) == "Vi ble ikke hørt"
    assert mark == Mark("comment", (0, 4), (0, 20), "Viktig!\nSe også I2.", "Kari", "2026-03-12T10:00:00Z")


def test_a_comment_over_paragraphs_and_between_them() -> None:
    body = (
        p("I: A.")
        + start(0)
        + p()
        + p("R1: B.")
        + p("I: C", end(0), sign(0), "D.")
        + start(1)
        + p("E.")
        + end(1)
        + p("F.", sign(1))
    )
    raw = read(body, comments=comments((0, "K", "over"), (1, "K", "mellom")))
    assert [(mark.text, under(raw, mark)) for mark in raw.marks] == [("over", "R1: B.\nI: C"), ("mellom", "E.")]


def test_comments_without_a_range_stand_on_their_paragraph() -> None:
    body = (
        p("I: A.")
        + p("R1: B.", sign(0))
        + p(start(1), end(1), "C.", sign(1))
        + p(start(2), "D.")
        + p(sign(3))
        + p("E.")
    )
    raw = read(
        body, comments=comments((0, "K", "a"), (1, "K", "b"), (2, "K", "c"), (3, "K", "d"), (4, "K", "e"), (5, "K", ""))
    )
    assert [(mark.text, under(raw, mark)) for mark in raw.marks] == [
        ("a", "R1: B."),
        ("b", "C."),
        ("c", "D."),
        ("d", "E."),
    ]
    assert raw.decided == ("2 comments outside the text were left out",)


def test_a_comment_on_deleted_words_stands_on_the_paragraph() -> None:
    body = p("R1: Ja ", f"<w:del w:id='9'>{start(0)}{r('nei')}{end(0)}{sign(0)}</w:del>", "vel.")
    raw = read(body, comments=comments((0, "K", "borte")))
    assert [under(raw, mark) for mark in raw.marks] == ["R1: Ja vel."]


def test_comments_on_what_was_left_out_do_not_move_to_speech() -> None:
    facts = table(
        [p(start(0), r("Informant"), end(0), sign(0)), "K7"], ["Dato", p(r("12.3.", "<w:highlight w:val='red'/>"))]
    )
    title = (
        p(start(1), r("Bolig"), end(1), sign(1)) + p("Sammendrag") + p(start(3), r("Alle var enige."), end(3), sign(3))
    )
    turns = p("Kari Nes  0:04") + p("Ja.") + p("Ola  0:09") + p(start(2), r("Nei."), end(2), sign(2))
    raw = read(
        facts + title + turns, comments=comments((0, "A", "en"), (1, "B", "to"), (2, "C", "tre"), (3, "D", "fire"))
    )
    assert [(mark.text, under(raw, mark)) for mark in raw.marks] == [("tre", "Nei.")]
    assert "3 comments on text that is no speech were left out" in raw.decided


def test_marks_follow_what_was_cut_and_joined() -> None:
    yellow = "<w:highlight w:val='yellow'/>"
    body = (
        p(r("[00:01:23] I: Hei", yellow), " der.")
        + p(r("Intervjuer:", yellow))
        + p("Hva ", start(0), "tenkte du", end(0), sign(0), "?")
    )
    raw = read(body, comments=comments((0, "K", "c")))
    assert [(mark.kind, under(raw, mark)) for mark in raw.marks] == [
        ("highlight", "I: Hei"),
        ("highlight", "Intervjuer:"),
        ("comment", "tenkte du"),
    ]
    teams = "".join(
        p(
            f"<w:r>{t(f'{name}   0:0{i}')}<w:br/>{t('Hva er ')}</w:r>",
            r("viktig", yellow),
            f"<w:r><w:br/>{t('nå')}</w:r>",
        )
        for i, name in enumerate(("Kari", "Ola"))
    )
    raw = read(teams)
    assert [(mark.start[0], under(raw, mark)) for mark in raw.marks] == [(0, "viktig"), (1, "viktig")]
    rows = read(
        table(
            ["I", p(r("Hei", yellow), ".")], ["K1", p(LONG) + p("Og ", r("så", yellow))], ["I", "Ja."], ["K1", "Nei."]
        )
    )
    assert [under(rows, mark) for mark in rows.marks] == ["Hei", "så"]
    other = read(table(["I", p(r("Hei", yellow), ".")], [p(r("R1", yellow)), "Ja."]) + p(f"I: {LONG}"))
    assert [under(other, mark) for mark in other.marks] == ["Hei", "R1"]
    cells = read(table(["a", p("b") + p("c ", r("d", yellow)), p(r("e", yellow))]))
    assert [under(cells, mark) for mark in cells.marks] == ["d", "e"]


def test_highlighting() -> None:
    def coloured(text: str, colour: str) -> str:
        return r(text, f"<w:b/><w:highlight w:val='{colour}'/>")

    body = p(
        "R1: ",
        coloured("gul ", "yellow"),
        "<w:bookmarkStart w:id='1'/>",
        coloured("mer gul", "yellow"),
        coloured(" grønn", "green"),
        coloured(" ingen", "none"),
        coloured("gul", "yellow"),
    )
    body += p(coloured("neste gule", "yellow"), coloured(" ", "red"))
    raw = read(body)
    assert [(mark.text, under(raw, mark)) for mark in raw.marks] == [
        ("yellow", "gul mer gul"),
        ("green", " grønn"),
        ("yellow", "gul"),
        ("yellow", "neste gule"),
    ]
    assert {mark.kind for mark in raw.marks} == {"highlight"}


def test_shading_is_highlighting() -> None:
    def shaded(text: str, fill: str, value: str = "clear") -> str:
        return r(text, f"<w:shd w:val='{value}' w:color='auto' w:fill='{fill}'/>")

    body = p(
        shaded("a", "FFFF00"),
        shaded("b", "auto"),
        shaded("c", "ffffff"),
        shaded("d", "c5e0b3"),
        shaded("e", "FFFF00", "nil"),
    )
    body += p("f", properties="<w:shd w:val='clear' w:fill='FF0000'/>")
    raw = read(body)
    assert [(mark.text, under(raw, mark)) for mark in raw.marks] == [("yellow", "a"), ("#C5E0B3", "d")]


def test_hidden_and_deleted_highlighting_leaves_no_mark() -> None:
    yellow = "<w:highlight w:val='yellow'/>"
    raw = read(
        p(
            "Ja ",
            r("skjult", f"{yellow}<w:vanish/>"),
            f"<w:del w:id='1'>{r('slettet', yellow)}</w:del>",
            r("gul", yellow),
        )
    )
    assert [under(raw, mark) for mark in raw.marks] == ["gul"]


# All at once


def test_torture() -> None:
    """Every construct of the table in one document, and the words a reader of the finished text sees."""
    inserted = "<w:ins w:id='1'>" + r("skjedde") + "</w:ins>"
    moved_end = "<w:rPr><w:moveFrom w:id='4'/></w:rPr>"
    body = (
        p("I:", "<w:r><w:tab/></w:r>", "Hva ", inserted, "<w:del w:id='2'>" + r("hendte") + "</w:del>", "?")
        + "<w:sdt><w:sdtPr/><w:sdtContent>"
        + p("R1: I kontroll ", "<w:smartTag>" + r("Oslo") + "</w:smartTag>", ".")
        + "</w:sdtContent></w:sdt>"
        + p("R1: ", "<w:fldSimple>" + r("felt") + "</w:fldSimple>", box(p("R1: I boks.")), r("x", "<w:vanish/>"), ".")
        + p("<w:moveFrom w:id='3'>" + r("R1: Flyttet.") + "</w:moveFrom>", properties=moved_end)
        + table(["I", "Hei" + "&amp;"], ["R1", p(f"<w:moveTo w:id='5'>{r('Flyttet.')}</w:moveTo>")])
        + p(
            "R1: sam",
            f"<w:r><w:softHyphen/>{t('arbeid')}<w:noBreakHyphen/>{t('et')}</w:r>",
            properties=listed(1),
        )
        + "<w:sectPr><w:headerReference/></w:sectPr>"
    )
    raw = read(body, numbering=NUMBERING)
    assert [paragraph.text for paragraph in raw.paragraphs] == [
        "I:\tHva skjedde?",
        "R1: I kontroll Oslo.",
        "R1: felt.",
        "R1: I boks.",
        "I: Hei&",
        "R1: Flyttet.",
        "R1: samarbeid\u2011et",
    ]
    assert raw.decided == (
        "1 tracked insertion was read as accepted",
        "1 moved passage was read at its new place",
        "1 deletion was left out",
        "1 text box was read after its paragraph",
        "1 passage of hidden text was left out",
        "1 paragraph has an automatic number, which is not in the text: labels made by numbering are missing",
        "1 table was read as label and speech",
    )


# Containers


def test_strict_documents() -> None:
    strict = document(p("R1: Ja.", f"<w:ins w:id='1'>{r(' Nei.')}</w:ins>")).replace(W, STRICT)
    assert [paragraph.text for paragraph in read_word(package(document=strict)).paragraphs] == ["R1: Ja. Nei."]


def test_utf_16_and_other_prefixes() -> None:
    wide = document(p("R1: På.")).replace("UTF-8", "UTF-16").encode("utf-16")
    assert read_word(package(document=wide)).paragraphs[0].text == "R1: På."
    other = (
        document(p("R1: På.", r("skjult", "<w:rStyle w:val='H'/>"))).replace("w:", "x:").replace("xmlns:w=", "xmlns:x=")
    )
    sheet = styles(style("H", "<w:rPr><w:vanish/></w:rPr>")).replace("w:", "x:").replace("xmlns:w=", "xmlns:x=")
    assert read_word(package(document=other, styles=sheet)).paragraphs[0].text == "R1: På."


def test_the_document_may_have_another_name() -> None:
    relations = (
        '<Relationships><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
        'officeDocument" Target="word/document2.xml"/></Relationships>'
    )
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("_rels/.rels", relations)
        archive.writestr("word/document2.xml", document(p("R1: Ja.")))
    assert read_word(buffer.getvalue()).paragraphs[0].text == "R1: Ja."


def zipped(**parts: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), content)
    return buffer.getvalue()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512)


@pytest.mark.parametrize(
    ("data", "message", "hint"),
    [
        (b"", "empty", ""),
        (OLE + "WordDocument".encode("utf-16-le"), r"an old Word file \(\.doc\)", "save it as .docx"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "protected by a password", "without"),
        (b"\x89PNG\r\n\x1a\n" + bytes(30), "looks like an image", "docx"),
        (b"%PDF-1.7\n", "looks like a PDF", "docx"),
        (rb"{\rtf1\ansi I: Hei}", "looks like an RTF", "docx"),
        (b"<html><body>I: Hei</body></html>", "looks like a web page", "docx"),
        (b"I: Hei.", "no Word document", "docx"),
        (zipped(xl__workbook_xml="<x/>"), "an Excel workbook", "docx"),
        (zipped(ppt__presentation_xml="<x/>"), "a PowerPoint presentation", "docx"),
        (zipped(content_xml="<x/>"), "an OpenDocument file", "docx"),
        (zipped(a_txt="hei"), "no word/document.xml", "docx"),
        (docx(p("I: Hei."))[:-60], "damaged or cut off", "again"),
        (docx(p("I: Hei."))[:200], "damaged or cut off", "again"),
        (b"PK\x03\x04", "damaged or cut off", "again"),
        (package(document="<w:document"), "XML is damaged", "again"),
        (package(document=document(p("I: Hei."))[:-30]), "XML is damaged", "again"),
        (package(document=document(p("&hemmelig;"))), "XML is damaged", "again"),
        (package(document=b"\xff\xfe\0"), "XML is damaged", "again"),
        (package(document=document(p("På")).encode("cp1252")), "XML is damaged", "again"),
        (package(document="<x/>"), "not a Word document", "docx"),
        (package(document=f'<w:document xmlns:w="{W}"/>'), "not a Word document", "docx"),
        (docx(""), "holds no text", "right file"),
        (docx(p(" ") + p(r("skjult", "<w:vanish/>"))), "holds no text", "right file"),
    ],
)
def test_what_is_no_readable_document_is_refused(data: bytes, message: str, hint: str) -> None:
    with pytest.raises(UnreadableOriginal, match=message) as refusal:
        read_word(data)
    assert hint in refusal.value.hint
    assert "skjult" not in str(refusal.value)
    assert "Hei" not in str(refusal.value)


@pytest.mark.parametrize("codec", ["utf-8", "utf-16"])
@pytest.mark.parametrize(
    "doctype",
    [
        '<!DOCTYPE x [<!ENTITY a "ja">]>',
        '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>',
        '<!DOCTYPE x SYSTEM "file:///etc/passwd">',
    ],
)
def test_a_doctype_is_refused(doctype: str, codec: str) -> None:
    xml = document(p("I: Hei.")).replace("<w:document", f"{doctype}<w:document").replace("UTF-8", codec.upper())
    with pytest.raises(UnreadableOriginal, match="DOCTYPE"):
        read_word(package(document=xml.encode(codec)))


def test_a_doctype_in_an_odd_encoding_is_refused() -> None:
    xml = '<?xml version="1.0" encoding="UTF-7"?>' + "+ADwAIQ-DOCTYPE x+AD4-" + document(p("Hei")).split("?>", 1)[1]
    with pytest.raises(UnreadableOriginal):
        read_word(package(document=xml.encode("ascii")))


def test_a_part_under_a_password_is_refused() -> None:
    data = bytearray(docx(p("I: Hei.")))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(signature)
        while at >= 0:
            data[at + offset] |= 1
            at = data.find(signature, at + 1)
    with pytest.raises(UnreadableOriginal, match="password"):
        read_word(bytes(data))


def bomb(size: int) -> bytes:
    head, tail = document("§").encode().split("§".encode())
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("word/document.xml", "w", force_zip64=True) as part,
    ):
        part.write(head)
        for _ in range(size // 2**20):
            part.write(b" " * 2**20)
        part.write(tail)
    return buffer.getvalue()


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    data = bomb(210 * 2**20)
    begin = time.process_time()
    with pytest.raises(UnreadableOriginal, match="would unpack"):
        read_word(data)
    assert time.process_time() - begin < 1


def test_a_bomb_that_lies_about_its_size_is_refused() -> None:
    data = bytearray(bomb(30 * 2**20))
    entry = data.rfind(b"PK\x01\x02")
    data[entry + 24 : entry + 28] = struct.pack("<L", 1000)
    with pytest.raises(UnreadableOriginal):
        read_word(bytes(data))


def test_a_tree_that_would_fill_the_memory_is_refused() -> None:
    data = package(document=document("<w:p/>" * 9_000_000))
    with pytest.raises(UnreadableOriginal, match=r"larger than a transcript|would unpack"):
        read_word(data)


@pytest.mark.parametrize("depth", [60, 400, 5000])
def test_tables_nested_without_end(depth: int) -> None:
    opening, closing = "<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>"
    try:
        raw = read(opening * depth + p("I: Inni.") + closing * depth)
    except UnreadableOriginal:
        return
    assert [paragraph.text for paragraph in raw.paragraphs] == ["I: Inni."]


def test_fields_opened_without_end_are_read_in_linear_time() -> None:
    begin = time.process_time()
    fields = field("begin") + field("separate") + r("a")
    assert words(p(fields * 30_000)) == ["a" * 30_000]
    assert time.process_time() - begin < 10


def test_a_large_document_is_read_in_linear_time() -> None:
    body = "".join(p(f"R1: {LONG} {i}", r("gul", "<w:highlight w:val='yellow'/>")) for i in range(40_000))
    begin = time.process_time()
    raw = read(body)
    assert time.process_time() - begin < 20
    assert len(raw.marks) == 40_000
    assert under(raw, raw.marks[-1]) == "gul"


@given(st.binary(max_size=300))
def test_bytes_are_read_or_refused(data: bytes) -> None:
    for head in (b"", b"PK\x03\x04", OLE):
        with pytest.raises(UnreadableOriginal):
            read_word(head + data)


WHOLE = docx(
    p("I: ", start(0), "Hei ", end(0), sign(0), r("gul", "<w:highlight w:val='yellow'/>"))
    + table(["I", "Hei."], ["R1", "Ja."]),
    comments=comments((0, "K", "c")),
    styles=styles(style("H", "<w:rPr><w:vanish/></w:rPr>")),
)


@settings(max_examples=300, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, len(WHOLE) - 1), st.integers(0, 255)), min_size=1, max_size=6),
    st.integers(0, len(WHOLE)),
)
def test_a_damaged_package_is_read_or_refused(changes: list[tuple[int, int]], length: int) -> None:
    data = bytearray(WHOLE)
    for at, value in changes:
        data[at] = value
    for damaged in (bytes(data), bytes(data[:length])):
        try:
            raw = read_word(damaged)
        except UnreadableOriginal:
            continue
        assert raw.paragraphs


TAGS = [
    "p",
    "r",
    "t",
    "tbl",
    "tr",
    "tc",
    "ins",
    "del",
    "sdt",
    "txbxContent",
    "rPr",
    "pPr",
    "vanish",
    "highlight",
    "numPr",
]
TAGS += [
    "fldChar",
    "br",
    "sym",
    "moveFrom",
    "cellDel",
    "trPr",
    "tcPr",
    "commentRangeStart",
    "commentReference",
    "rStyle",
    "shd",
]
XML = st.recursive(
    st.sampled_from(
        ["", "Hei", "<w:t>Ja</w:t>", '<w:fldChar w:fldCharType="begin"/>', '<w:commentRangeEnd w:id="0"/>']
    ),
    lambda inner: st.tuples(st.sampled_from(TAGS), st.lists(inner, max_size=4)).map(
        lambda made: f'<w:{made[0]} w:id="0" w:val="yellow">{"".join(made[1])}</w:{made[0]}>'
    ),
    max_leaves=25,
)


@settings(max_examples=300, deadline=None)
@given(st.lists(XML, max_size=5))
def test_elements_in_any_order_are_read_or_refused(body: list[str]) -> None:
    try:
        raw = read("".join(body), comments=comments((0, "K", "c")))
    except UnreadableOriginal:
        return
    for mark in raw.marks:
        assert under(raw, mark)
