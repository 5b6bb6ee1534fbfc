"""Specimens are built here, as Word, LibreOffice, TextEdit and f4 write them."""

import contextlib
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualkit.transcripts.raw import Mark, RawText, UnreadableOriginal
from qualkit.transcripts.rtf import read_rtf

FONTS = rb"{\fonttbl{\f0\fswiss\fcharset0 Arial;}{\f1\froman\fcharset2 Symbol;}{\f2\fnil\fcharset238 Arial CE;}}"
COLOURS = rb"{\colortbl;\red0\green0\blue0;\red255\green255\blue0;}"


def rtf(body: bytes, head: bytes = rb"\ansi\ansicpg1252\deff0") -> bytes:
    return rb"{\rtf1" + head + FONTS + COLOURS + b"\n" + body + b"}"


def read(body: bytes) -> RawText:
    return read_rtf(rtf(body))


def words(body: bytes) -> list[str]:
    return [paragraph.text for paragraph in read(body).paragraphs]


def under(raw: RawText, mark: Mark) -> str:
    assert mark.start[0] == mark.end[0]
    return raw.paragraphs[mark.start[0]].text[mark.start[1] : mark.end[1]]


def test_letters_by_code_page_and_by_unicode() -> None:
    assert words(rb"I: Hvordan g\'e5r det?\par R.1: \'93bra\'94 \u8211? ja\par") == [
        "I: Hvordan går det?",
        "R.1: “bra” – ja",
    ]


def test_a_font_may_have_a_code_page_of_its_own() -> None:
    assert words(rb"a\'e5 {\f2 \'9a\'e8} b\'e5 \f2\'9e\plain\'e5") == ["aå šč bå žå"]


@pytest.mark.parametrize(
    ("head", "body", "text"),
    [
        (rb"\mac", rb"p\'8c", "på"),
        (rb"\mac", rb"{\f0 p\'8c}", "på"),
        (rb"\pca", rb"p\'86", "på"),
        (rb"\ansi\ansicpg65001", "på".encode(), "på"),
        (rb"\ansi\ansicpg65001", rb"p\'c3\'a5", "på"),
        (rb"\ansi\ansicpg1252", "p\u00e5 \u2013".encode("cp1252"), "på –"),
        (rb"\ansi\ansicpg4711", rb"p\'e5", "på"),
    ],
)
def test_the_document_says_its_code_page(head: bytes, body: bytes, text: str) -> None:
    assert [paragraph.text for paragraph in read_rtf(rtf(body, head)).paragraphs] == [text]


def test_utf8_under_a_wrong_code_page_is_read_as_utf8_and_told() -> None:
    raw = read_rtf(rtf("K1: på «bussen» \\'e5".encode()))
    assert [paragraph.text for paragraph in raw.paragraphs] == ["K1: på «bussen» å"]
    assert raw.decided == ("the file is written in UTF-8, whatever it says of itself, and was read so",)


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (rb"\u229\'e5 b", "å b"),
        (rb"\uc0\u229 b", "åb"),
        (rb"\uc2\u229 aab", "åb"),
        (rb"{\uc0\u229 }\u229?b", "ååb"),
        (rb"\u-10179?\u-8704?!", "\U0001f600!"),
        (rb"\uc0 \u55357\uc1 \u56832\'3f p", "\U0001f600 p"),
        (rb"\u8220\ldblquote b", "“b"),
        (rb"\u8211\par b", "–\nb"),
        (rb"a\'96\endash\emdash\lquote\rquote\bullet\~\_\-b", "a––—‘’•\u00a0\u2011b"),
        (rb"\{a\}\\", "{a}\\"),
    ],
)
def test_signs(body: bytes, text: str) -> None:
    assert "\n".join(words(body)) == text


def test_half_a_sign_becomes_no_broken_text_and_is_doubted() -> None:
    raw = read(rb"a\u-10179?b\u-8704?c\u-10179?\par")
    assert [paragraph.text for paragraph in raw.paragraphs] == ["a\ufffdb\ufffdc\ufffd"]
    assert raw.doubts[0].message == "3 characters could not be read"


def test_paragraphs_lines_and_pages() -> None:
    assert words(b"a\\line b\\tab c\\par\r\nd\\page e\\sect f\\\ng\\\r\nh") == ["a\nb\tc", "d\ne", "f", "g", "h"]


def test_f4_marks_are_times() -> None:
    raw = read(rb"I: Hvordan? #00:00:05-0#\par K1: Bra. #00:01:23-4#\par")
    assert [(x.text, x.time) for x in raw.paragraphs] == [("I: Hvordan?", (0.0, 5.0)), ("K1: Bra.", (5.0, 83.4))]


def test_deleted_and_hidden_words_are_left_out_and_told() -> None:
    changed = rb"K1: Ja{\deleted  visst}{\revised  alts\'e5}\v  skjult\v0 .{\mvf  flyttet}\par"
    raw = read(changed + rb" {\v borte\par}\v0 K1: Nei.")
    assert [paragraph.text for paragraph in raw.paragraphs] == ["K1: Ja altså.", "K1: Nei."]
    assert set(raw.decided) == {
        "1 tracked insertion was read as accepted",
        "1 deletion was left out",
        "1 moved passage was read at its new place",
        "2 passages of hidden text were left out",
    }


def test_a_paragraph_whose_end_was_deleted_goes_on() -> None:
    assert words(rb"K1: Ja,{\deleted\par }og nei.\par K1: Jo.") == ["K1: Ja,og nei.", "K1: Jo."]


def test_what_is_no_text_is_left_out() -> None:
    body = (
        rb"{\info{\title Intervju K1}{\author Kari}{\creatim\yr2026\mo3\dy4\hr10}}{\*\generator Word;}"
        rb"{\stylesheet{\s0 Normal;}}{\header Konfidensielt\par}{\footer\pard Side \chpgn\par}{\*\listtable{\list a;}}"
        rb"K1: Ja{\footnote\pard fot}{\*\bkmkstart b}{\xe{ord}}{\pict\wmetafile8 0102}{\*\ukjent{\b borte}} visst."
        rb"{\field{\*\fldinst{ HYPERLINK x}}{\fldrslt{ lenke}}}\bin5 {{{{{\par"
    )
    raw = read(body)
    assert [paragraph.text for paragraph in raw.paragraphs] == ["K1: Ja visst. lenke"]
    assert raw.decided == ("1 footnote or endnote was left out",)
    assert dict(raw.about) == {"title": "Intervju K1", "date": "2026-03-04"}


def test_numbers_of_lists_are_told_and_bullets_are_not() -> None:
    raw = read(rb"{\listtext 1.\tab}en\par{\listtext\'b7\tab}to\par{\pntext\f1\'b7\tab}tre\par")
    assert [paragraph.text for paragraph in raw.paragraphs] == ["en", "to", "tre"]
    assert raw.decided == ("1 automatic number was left out: labels made by numbering are missing",)


def test_signs_of_symbol_fonts_are_left_out_and_told() -> None:
    raw = read(rb"a {\f1 \'b7}b\u-3913\'b7c")
    assert [paragraph.text for paragraph in raw.paragraphs] == ["a bc"]
    assert raw.decided == ("2 signs of symbol fonts were left out",)


def test_what_is_written_twice_is_read_once() -> None:
    assert words(rb"a {\upr{ans?}{\*\ud{\uc0 \u229 }}} b") == ["a å b"]


def test_a_text_box_is_read_after_its_paragraph() -> None:
    again = rb"{\shprslt{\*\do{\dptxbxtext I boksen}}}"
    shape = rb"{\shp{\*\shpinst{\sp{\sn a}{\sv 1}}{\shptxt \pard I boksen\par p\'e5}}" + again + b"}"
    raw = read(rb"f\'f8r " + shape + rb"etter\par slutt\par")
    assert [paragraph.text for paragraph in raw.paragraphs] == ["før etter", "I boksen", "på", "slutt"]
    assert raw.decided == ("1 text box was read after its paragraph",)


WORD_COMMENT = (
    rb"K1: Vi {\*\atrfstart 12}rekker aldri{\*\atrfend 12}{\*\atnid K}{\*\atnauthor K\'e5re}"
    rb"\chatn {\*\annotation{\*\atnref 12}{\*\atndate 132326036}\pard Tema:\par tid} alt.\par"
)


def test_a_comment_stands_on_its_words() -> None:
    raw = read(WORD_COMMENT)
    assert [paragraph.text for paragraph in raw.paragraphs] == ["K1: Vi rekker aldri alt."]
    (mark,) = raw.marks
    assert (under(raw, mark), mark.text, mark.author) == ("rekker aldri", "Tema:\ntid", "Kåre")
    assert mark.created == "2026-03-04T10:20:00"


def test_a_comment_without_a_passage_stands_on_its_paragraph() -> None:
    raw = read(rb"K1: Ja.\par K1: Nei{\*\annotation Se her}.\par")
    (mark,) = raw.marks
    assert (under(raw, mark), mark.text) == ("K1: Nei.", "Se her")


def test_highlighting_is_a_mark_with_its_colour() -> None:
    raw = read(rb"K1: Vi {\highlight2 rekker }{\highlight2\b aldri} alt \chcbpat2 her\plain .")
    first, second = raw.marks
    assert (under(raw, first), first.text, under(raw, second)) == ("rekker aldri", "yellow", "her")


def row(*cells: bytes) -> bytes:
    return rb"\trowd" + b"".join(rb"\pard\intbl " + cell + rb"\cell" for cell in cells) + rb"\row" + b"\n"


def test_an_interview_table_names_its_speakers() -> None:
    raw = read(row(b"Hvem", b"Tekst") + row(b"I", b"Hvordan?") + row(b"K1", rb"Bra.\par Tja.") + row(b"I", b"Vel?"))
    assert raw.labelled
    assert [(x.speaker, x.text) for x in raw.paragraphs] == [("I", "Hvordan?"), ("K1", "Bra.\nTja."), ("I", "Vel?")]


def test_another_table_keeps_its_words_in_order() -> None:
    body = rb"a\par" + row(b"b", b"c") + row(b"d", b"e") + rb"\pard f\par"
    assert words(body) == ["a", "b\tc", "d\te", "f"]


def test_a_table_within_a_table() -> None:
    inner = rb"\pard\intbl\itap2 b\nestcell c\nestcell{\*\nesttableprops\trowd\nestrow}{\nonesttables\par}"
    body = rb"\trowd\pard\intbl a\cell " + inner + rb"\pard\intbl d\cell\row\pard e\par"
    assert " ".join(words(body)).split() == ["a", "b", "c", "d", "e"]


def test_a_file_that_is_cut_off_is_read_and_doubted() -> None:
    raw = read_rtf(rtf(rb"K1: Ja.\par K1: Nei.\par")[:-5])
    assert [paragraph.text for paragraph in raw.paragraphs] == ["K1: Ja.", "K1: Nei."]
    assert "cut off" in raw.doubts[0].message


def test_what_follows_the_end_is_doubted() -> None:
    assert read_rtf(rtf(rb"K1: Ja.\par") + b"\r\n\0").doubts == ()
    raw = read_rtf(rtf(rb"K1: Ja.\par} K1: Nei.\par"))
    assert [paragraph.text for paragraph in raw.paragraphs] == ["K1: Ja."]
    assert "not read" in raw.doubts[0].message


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "empty"),
        (b" \n", "empty"),
        (b"I: Hei", "no RTF document"),
        (b"PK\x03\x04", "no RTF document; it looks like a zip file"),
        (rtf(b""), "no text"),
        (rtf(rb"{\v skjult\par}"), "no text"),
        (b"{\\rtf1", "no text"),
    ],
)
def test_what_cannot_be_read_is_said(data: bytes, message: str) -> None:
    with pytest.raises(UnreadableOriginal, match=message) as told:
        read_rtf(data)
    assert told.value.hint


def test_ten_thousand_levels() -> None:
    assert words(b"{" * 10_000 + b"a" + b"}" * 10_000) == ["a"]
    boxes, tables = rb"{\shp{\*\shpinst{\shptxt a\par ", rb"\itap9999999999\nestcell "
    for deep in (boxes, tables, rb"{\upr{a}{\*\ud ", rb"{\*\annotation "):
        with contextlib.suppress(UnreadableOriginal):
            read(b"b\\par " + deep * 3_000)


def test_work_grows_with_the_document() -> None:
    def seconds(count: int) -> float:
        data = rtf(b"K1: Vi {\\b rekker} p\\'e5 alt.\\par\n" * count)
        began = time.process_time()
        assert len(read_rtf(data).paragraphs) == count
        return time.process_time() - began

    seconds(100)
    assert seconds(40_000) < 8 * seconds(10_000) + 0.5


WORDS = rb"\par \pard \cell \row \nestcell \nestrow \itap2 \intbl \u229? \u-10179? \uc3 { } \* \v \deleted".split()
WORDS += rb"\annotation \atnref \shptxt \shpinst \upr \ud \fonttbl \f1 \f2 \fcharset2 \colortbl \red9 ;".split()
WORDS += rb"\highlight2 \'e5 \'8 \bin3 \info \title \creatim \yr2026 \listtext \plain \mac \ansicpg65001".split()
WORDS += [b"ord ", b"\\page ", b"\\~", b"\xe5", b"\xc3\xa5", b"\n", b"\\", b"\0"]


@given(st.binary(max_size=300) | st.lists(st.sampled_from(WORDS), max_size=60).map(b"".join))
@settings(max_examples=400)
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    for body in (data, b"{\\rtf1 " + data, rtf(b"a\\par " + data)):
        with contextlib.suppress(UnreadableOriginal):
            raw = read_rtf(body)
            "".join(paragraph.text for paragraph in raw.paragraphs).encode()
            assert read_rtf(body) == raw


def encoded(text: str, way: str) -> bytes:
    if way == "code":
        codes = [b"\\'" + sign.encode("cp1252").hex().encode() for sign in text]
        return b"".join(sign.encode() if sign.isascii() else code for sign, code in zip(text, codes, strict=True))
    if way == "raw":
        return text.encode("cp1252")
    return b"".join(sign.encode() if sign.isascii() else f"\\u{ord(sign)}?".encode() for sign in text)


@given(st.lists(st.lists(st.text("abcæøå", min_size=1, max_size=6), min_size=1), min_size=1, max_size=8), st.data())
def test_every_word_comes_out_once_and_in_order(paragraphs: list[list[str]], data: st.DataObject) -> None:
    forms = [b"%s", b"{%s}", b"{\\b %s}", b"{\\highlight2 %s}", b"{\\f2\\f0 %s}", b"{\\field{\\fldrslt %s}}"]
    forms += [
        b"%s{\\*\\annotation merknad}",
        b"%s{\\footnote fot}",
        b"{\\rtlch\\fcs1 \\af0 \\ltrch\\fcs0 \\insrsid1 %s}",
    ]
    joints = [b" ", b"\\tab ", b"\\line ", b"\n ", b"\\~ "]
    ends = [b"\\par\n", b"\\par\\pard\\plain ", b"\\sect ", b"\\\n"]
    body = b""
    for line in paragraphs:
        for word in line:
            way = data.draw(st.sampled_from(["code", "raw", "unicode"]))
            body += data.draw(st.sampled_from(forms)) % encoded(word, way) + data.draw(st.sampled_from(joints))
        body += data.draw(st.sampled_from(ends))
    raw = read_rtf(rtf(body))
    assert [w for x in raw.paragraphs for w in x.text.split()] == [w for line in paragraphs for w in line]
