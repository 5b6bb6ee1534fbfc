"""Specimens are built here, from XML as LibreOffice writes it."""

import contextlib
import io
import time
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualkit.transcripts.odt import read_flat_odt, read_odt
from qualkit.transcripts.raw import Mark, RawText, UnreadableOriginal

NAMES = "office:1.0 text:1.0 table:1.0 style:1.0 meta:1.0".split()
NAMESPACES = " ".join(
    [f'xmlns:{n.split(":")[0]}="urn:oasis:names:tc:opendocument:xmlns:{n}"' for n in NAMES]
    + [
        'xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"',
        'xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"',
        'xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"',
        'xmlns:dc="http://purl.org/dc/elements/1.1/"',
    ]
)
STYLES = """
<style:style style:name="Hidden" style:family="text"><style:text-properties text:display="none"/></style:style>
<style:style style:name="Shown" style:family="text"><style:text-properties text:display="true"/></style:style>
<style:style style:name="Child" style:family="text" style:parent-style-name="Hidden"/>
<style:style style:name="PHidden" style:family="paragraph"><style:text-properties text:display="none"/></style:style>
<style:style style:name="Yellow" style:family="text">
  <style:text-properties fo:background-color="#ffff00"/></style:style>
<style:style style:name="Loop" style:family="text" style:parent-style-name="Loop"/>
<text:list-style style:name="L1"><text:list-level-style-number text:level="1" style:num-format="1"/></text:list-style>
<text:list-style style:name="L2"><text:list-level-style-bullet text:level="1"/></text:list-style>
"""


def content(body: str, kind: str = "text") -> str:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {NAMESPACES}>'
        f"<office:automatic-styles>{STYLES}</office:automatic-styles>"
        f"<office:body><office:{kind}>{body}</office:{kind}></office:body></office:document-content>"
    )


def package(parts: dict[str, str | bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        for name, part in parts.items():
            archive.writestr(name, part)
    return buffer.getvalue()


def odt(body: str, **parts: str) -> bytes:
    return package({"content.xml": content(body), **{f"{name}.xml": part for name, part in parts.items()}})


def read(body: str, **parts: str) -> RawText:
    return read_odt(odt(body, **parts))


def p(text: str, style: str = "Standard") -> str:
    return f'<text:p text:style-name="{style}">{text}</text:p>'


def words(body: str) -> list[str]:
    return [paragraph.text for paragraph in read(body).paragraphs]


def under(raw: RawText, mark: Mark) -> str:
    assert mark.start[0] == mark.end[0]
    return raw.paragraphs[mark.start[0]].text[mark.start[1] : mark.end[1]]


def test_spaces_tabs_and_line_breaks_are_elements() -> None:
    body = p('I: Hvordan<text:s text:c="3"/>da<text:tab/>går<text:line-break/>ny <text:span>linje</text:span>')
    assert words(body) == ["I: Hvordan   da\tgår\nny linje"]


def test_white_space_of_the_xml_is_no_text() -> None:
    assert words(p("\n   Det  var\n  <text:span> slik</text:span>")) == ["Det var slik"]


def test_a_huge_number_of_spaces_is_not_written_out() -> None:
    (text,) = words(p('a<text:s text:c="999999999"/>b'))
    assert text.split() == ["a", "b"]
    assert len(text) < 1000


def test_an_unknown_wrapper_keeps_its_words() -> None:
    assert words(p('Ja <text:meta><text:a>men</text:a> <x:y xmlns:x="urn:x">det</x:y></text:meta> går.')) == [
        "Ja men det går."
    ]


def test_headings_lists_and_sections_are_read_in_order() -> None:
    body = (
        "<text:h>Intervju</text:h><text:section>"
        f"<text:list><text:list-item>{p('en')}<text:list><text:list-item>{p('to')}</text:list-item></text:list>"
        f"</text:list-item></text:list></text:section>{p('tre')}"
    )
    assert words(body) == ["Intervju", "en", "to", "tre"]


def test_numbers_of_lists_are_told_and_bullets_are_not() -> None:
    def listed(style: str) -> str:
        return f'<text:list text:style-name="{style}"><text:list-item>{p("Ja.")}</text:list-item></text:list>'

    assert any("automatic number" in told for told in read(listed("L1")).decided)
    assert read(listed("L2")).decided == ()


def test_a_comment_stands_on_its_words() -> None:
    body = p(
        'K1: Vi <office:annotation office:name="a1"><dc:creator>Kari</dc:creator><dc:date>2026-01-02T10:00:00</dc:date>'
        "<text:p>Tema:</text:p><text:p>tid</text:p></office:annotation>rekker aldri"
        '<office:annotation-end office:name="a1"/> alt.'
    )
    raw = read(body)
    assert [paragraph.text for paragraph in raw.paragraphs] == ["K1: Vi rekker aldri alt."]
    (mark,) = raw.marks
    assert (under(raw, mark), mark.text, mark.author, mark.created) == (
        "rekker aldri",
        "Tema:\ntid",
        "Kari",
        "2026-01-02T10:00:00",
    )


def test_a_comment_without_an_end_stands_on_its_paragraph() -> None:
    raw = read(p("K1: Ja.") + p("K1: Nei<office:annotation><text:p>Se her</text:p></office:annotation>."))
    (mark,) = raw.marks
    assert under(raw, mark) == "K1: Nei."


def test_highlighting_is_a_mark_with_its_colour() -> None:
    raw = read(p('K1: Vi <text:span text:style-name="Yellow">rekker <text:span>aldri</text:span></text:span> alt.'))
    (mark,) = raw.marks
    assert (under(raw, mark), mark.kind, mark.text) == ("rekker aldri", "highlight", "yellow")


def test_hidden_text_is_left_out_and_told() -> None:
    raw = read(
        p(
            'a <text:span text:style-name="Hidden">skjult <text:span text:style-name="Shown">vist</text:span>'
            "</text:span> "
            '<text:span text:style-name="Child">arvet</text:span>b<text:span text:style-name="Loop">c</text:span>'
        )
        + p("borte", "PHidden")
        + p("d<text:hidden-text text:is-hidden='true' text:string-value='felt'/>")
        + p("borte<text:hidden-paragraph text:is-hidden='true'/>")
        + f'<text:section text:display="none">{p("borte")}</text:section>'
    )
    assert [paragraph.text for paragraph in raw.paragraphs] == ["a vist bc", "d"]
    assert "5 passages of hidden text were left out" in raw.decided
    assert "1 hidden section was left out" in raw.decided


def test_tracked_changes_are_read_as_accepted() -> None:
    tracked = (
        '<text:tracked-changes><text:changed-region text:id="c1"><text:insertion/></text:changed-region>'
        f'<text:changed-region text:id="c2"><text:deletion>{p("strøket")}</text:deletion></text:changed-region>'
        "</text:tracked-changes>"
    )
    raw = read(tracked + p('Ja<text:change-start text:change-id="c1"/> visst<text:change-end/><text:change/>.'))
    assert [paragraph.text for paragraph in raw.paragraphs] == ["Ja visst."]
    assert raw.decided == ("1 tracked insertion was read as accepted", "1 deletion was left out")


def test_notes_are_left_out_and_told() -> None:
    note = '<text:note text:note-class="{}"><text:note-citation>1</text:note-citation>{}</text:note>'
    raw = read(p("Ja" + note.format("footnote", p("fot")) + note.format("endnote", p("slutt")) + "."))
    assert [paragraph.text for paragraph in raw.paragraphs] == ["Ja."]
    assert raw.decided == ("1 footnote was left out", "1 endnote was left out")


def test_headers_and_footers_are_left_out() -> None:
    header = f"<style:header>{p('Konfidensielt')}</style:header>"
    styles = f"<office:document-styles {NAMESPACES}>{header}</office:document-styles>"
    assert [paragraph.text for paragraph in read(p("Ja."), styles=styles).paragraphs] == ["Ja."]


def test_a_text_box_is_read_after_its_paragraph() -> None:
    box = f"<draw:frame><draw:text-box>{p('i boksen')}</draw:text-box><svg:desc>bilde</svg:desc></draw:frame>"
    raw = read(p(f"før {box}etter"))
    assert [paragraph.text for paragraph in raw.paragraphs] == ["før etter", "i boksen"]
    assert raw.decided == ("1 text box was read after its paragraph",)


def table(*rows: tuple[str, ...]) -> str:
    return (
        "<table:table>"
        + "".join(
            "<table:table-row>"
            + "".join(f"<table:table-cell>{p(c)}</table:table-cell>" for c in row)
            + "</table:table-row>"
            for row in rows
        )
        + "</table:table>"
    )


def test_an_interview_table_names_its_speakers() -> None:
    raw = read(table(("Hvem", "Tekst"), ("I", "Hvordan?"), ("K1", "Bra."), ("I", "Og så?")))
    assert raw.labelled
    assert [(x.speaker, x.text) for x in raw.paragraphs] == [("I", "Hvordan?"), ("K1", "Bra."), ("I", "Og så?")]
    assert "1 table was read as label and speech" in raw.decided


def test_another_table_keeps_its_words_in_order() -> None:
    assert words(p("a") + table(("b", "c"), ("d", "e")) + p("f")) == ["a", "b\tc", "d\te", "f"]


def test_what_the_file_says_of_itself() -> None:
    meta = (
        f"<office:document-meta {NAMESPACES}><office:meta><dc:title>Referat</dc:title>"
        "<meta:creation-date>2026-03-04T10:00:00</meta:creation-date></office:meta></office:document-meta>"
    )
    assert dict(read(p("Ja."), meta=meta).about) == {"title": "Referat", "date": "2026-03-04"}


def test_damaged_styles_cost_no_words() -> None:
    raw = read(p("Ja."), styles="<broken", meta="<broken")
    assert [paragraph.text for paragraph in raw.paragraphs] == ["Ja."]
    assert raw.decided == ("the styles could not be read", "title and date could not be read")


def test_the_flat_form_is_the_same_document() -> None:
    body = p('K1: <text:span text:style-name="Yellow">Vi</text:span> rekker<text:s/>alt.') + table(("a", "b"))
    flat = content(body).replace("document-content", "document").encode()
    assert read_flat_odt(flat) == read(body)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "empty"),
        (b"I: Hei", "no OpenDocument document"),
        (b"PK\x03\x04", "damaged or cut off"),
        (odt(p("Ja. " * 500))[:-200], "damaged or cut off"),
        (package({"content.xml": content("", "spreadsheet")}), "a spreadsheet"),
        (package({"word/document.xml": "<w/>"}), "Word document"),
        (package({"other.xml": "<w/>"}), "not an OpenDocument text"),
        (package({"content.xml": "<!DOCTYPE x>" + content(p("Ja."))}), "DOCTYPE"),
        (package({"content.xml": content(p("Ja."))[:-40]}), "XML is damaged"),
        (package({"encrypted-package": b"\0\1"}), "password"),
        (odt(""), "no text"),
        (odt(p(" ")), "no text"),
    ],
)
def test_what_cannot_be_read_is_said(data: bytes, message: str) -> None:
    with pytest.raises(UnreadableOriginal, match=message) as told:
        read_odt(data)
    assert told.value.hint


def manifest(name: str) -> str:
    return (
        '<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<m:file-entry m:full-path="{name}"><m:encryption-data/></m:file-entry></m:manifest>'
    )


def test_an_encrypted_document_is_told_from_one_with_an_encrypted_picture() -> None:
    parts = {"content.xml": content(p("Ja."))}
    with pytest.raises(UnreadableOriginal, match="password"):
        read_odt(package({**parts, "META-INF/manifest.xml": manifest("content.xml")}))
    assert read_odt(package({**parts, "META-INF/manifest.xml": manifest("Pictures/1.png")})).paragraphs


def test_a_bomb_is_refused() -> None:
    with pytest.raises(UnreadableOriginal, match="unpack"):
        read_odt(odt(p(" " * 60_000_000)))


@pytest.mark.parametrize("tag", ["text:span", "text:section", "text:list", "office:x"])
def test_ten_thousand_levels_are_refused(tag: str) -> None:
    with pytest.raises(UnreadableOriginal):
        read(f"<text:p>{f'<{tag}>' * 10_000}a{f'</{tag}>' * 10_000}</text:p>")
    with contextlib.suppress(UnreadableOriginal):
        assert words(f"{f'<{tag}>' * 900}<text:p>a</text:p>{f'</{tag}>' * 900}") == ["a"]


def test_work_grows_with_the_document() -> None:
    def seconds(count: int) -> float:
        data = odt(p("K1: Vi <text:span>rekker</text:span> alt.") * count)
        began = time.process_time()
        assert len(read_odt(data).paragraphs) == count
        return time.process_time() - began

    seconds(100)
    # Of three tries one must do: other processes, and the collector of garbage, come in between.
    assert any(seconds(40_000) < 8 * seconds(10_000) + 0.5 for _ in range(3))


@given(st.binary(max_size=400))
@settings(max_examples=150)
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    for read_any, wrapped in ((read_odt, data), (read_odt, package({"content.xml": data})), (read_flat_odt, data)):
        with contextlib.suppress(UnreadableOriginal):
            read_any(wrapped)


@given(st.integers(0, 5000), st.integers(0, 255))
@settings(max_examples=150)
def test_a_changed_byte_is_read_or_refused(place: int, byte: int) -> None:
    data = bytearray(odt(p("K1: Ja.") + table(("I", "a"), ("K1", "b")), meta="<x/>"))
    data[place % len(data)] = byte
    with contextlib.suppress(UnreadableOriginal):
        read_odt(bytes(data))


WORD = st.text("abcæøå", min_size=1, max_size=6)


@given(st.lists(st.lists(WORD, min_size=1, max_size=6), min_size=1, max_size=8), st.data())
def test_every_word_comes_out_once_and_in_order(paragraphs: list[list[str]], data: st.DataObject) -> None:
    forms = [
        "{}",
        "<text:span>{}</text:span>",
        '<text:span text:style-name="Yellow">{}</text:span>',
        "<text:a>{}</text:a>",
        "<text:bookmark/>{}",
        "{}<office:annotation><text:p>merknad</text:p></office:annotation>",
    ]
    joints = [" ", "<text:s/>", "<text:tab/>", "<text:line-break/>", "\n  "]
    blocks = ["{}", "<text:section>{}</text:section>", "<text:list><text:list-item>{}</text:list-item></text:list>"]
    body = ""
    for line in paragraphs:
        text = ""
        for word in line:
            text += data.draw(st.sampled_from(forms)).format(word) + data.draw(st.sampled_from(joints))
        body += data.draw(st.sampled_from(blocks)).format(p(text))
    raw = read(body)
    assert " ".join(paragraph.text for paragraph in raw.paragraphs).split() == [w for line in paragraphs for w in line]
    assert read(body) == raw
