"""Specimens are built here by a few lines that write PDF; words stand where they would on a printed page."""

import contextlib
import io
import sys
import time
import zlib

import pypdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualkit.transcripts.pdf import read_pdf
from qualkit.transcripts.raw import RawText, UnreadableOriginal

Placed = tuple[float, float, str]
FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Courier /Encoding /WinAnsiEncoding >>"


def stream(data: bytes, entries: bytes = b"") -> bytes:
    return b"<< /Length %d %s >>\nstream\n" % (len(data), entries) + data + b"\nendstream"


def file_of(objects: list[bytes], info: bytes = b"") -> bytes:
    out, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n" % number + content + b"\nendobj\n"
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + b"trailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, info, start)


def drawing(placed: list[Placed]) -> bytes:
    lines = []
    for x, y, text in placed:
        raw = text.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
        lines.append(b"BT /F 10 Tf %.1f %.1f Td (" % (x, y) + raw + b") Tj ET")
    return b"\n".join(lines)


def pdf(
    *pages: bytes, resources: bytes = b"", more: tuple[bytes, ...] = (), info: bytes = b"", page: bytes = b""
) -> bytes:
    """Write a PDF whose first object after font, pages and their drawings is the first of `more`."""
    kids = b" ".join(b"%d 0 R" % (4 + 2 * n) for n in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [" + kids + b"] /Count %d >>" % len(pages),
        FONT,
    ]
    for number, content in enumerate(pages):
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R %s" % (5 + 2 * number, page)
            + b"/Resources << /Font << /F 3 0 R >> %s >> >>" % resources
        )
        objects.append(stream(content))
    return file_of([*objects, *more], info)


def set_lines(*lines: str, top: float = 740, leading: float = 12, x: float = 70) -> list[Placed]:
    """Place lines under each other; an empty one leaves a space."""
    return [(x, top - leading * n, line) for n, line in enumerate(lines) if line]


def typeset(*pages: list[Placed]) -> bytes:
    return pdf(*(drawing(page) for page in pages))


def words(raw: RawText) -> list[str]:
    return [paragraph.text for paragraph in raw.paragraphs]


# Lines of some 70 signs, as a printed page has them.
TURNS = [
    "I: Hvordan opplever du samarbeidet mellom kommunen og foretaket slik",
    "det er i dag?",
    "K1: Det har vært mange møter om dette, og jeg synes at vi har fått til",
    "et godt samarbeid, men bolig-",
    "og sosialkontoret kom sent inn. Da måtte vi begynne på nytt med et sam-",
    "arbeidsmøte i Nord-",
    "Norge.",
    "I: Ja.",
    "K1: Nei.",
]
JOINED = [
    "I: Hvordan opplever du samarbeidet mellom kommunen og foretaket slik det er i dag?",
    (
        "K1: Det har vært mange møter om dette, og jeg synes at vi har fått til et godt samarbeid, men bolig- og "
        "sosialkontoret kom sent inn. Da måtte vi begynne på nytt med et samarbeidsmøte i Nord-Norge."
    ),
    "I: Ja.",
    "K1: Nei.",
]


def test_lines_are_joined_into_paragraphs() -> None:
    raw = read_pdf(typeset(set_lines(*TURNS)))
    assert words(raw) == JOINED
    assert raw.decided == (
        "5 lines were joined to the line above",
        "1 hyphen at the end of a line was taken out",
    )
    assert {paragraph.page for paragraph in raw.paragraphs} == {1}


@pytest.mark.parametrize("leading", [12, 15, 18, 24])
def test_the_leading_makes_no_paragraphs(leading: float) -> None:
    assert words(read_pdf(typeset(set_lines(*TURNS, leading=leading)))) == JOINED


def test_space_above_makes_a_paragraph() -> None:
    lines = [
        "Dette er et notat uten navn på den som taler, og linjene er så lange",
        "som siden er bred, og går over to linjer til.",
        "",
        "et nytt avsnitt begynner her, og også dette er så langt at det trenger",
        "en linje til, før det er slutt.",
        "",
        "og enda ett.",
    ]
    assert words(read_pdf(typeset(set_lines(*lines)))) == [
        f"{lines[0]} {lines[1]}",
        f"{lines[3]} {lines[4]}",
        "og enda ett.",
    ]


def test_the_turns_that_were_found_must_be_confirmed() -> None:
    (doubt,) = read_pdf(typeset(set_lines(*TURNS))).doubts
    assert doubt.message == "a PDF keeps no paragraphs; 4 turns were found in its lines"
    assert doubt.hint


def test_a_turn_goes_on_over_the_page() -> None:
    head = [(70.0, 800.0, "Intervju med K1, konfidensielt")]
    pages = [
        [*head, *set_lines(*TURNS[:3]), (290, 40, "1")],
        [*head, *set_lines(*TURNS[3:5]), (290, 40, "2")],
        [*head, *set_lines(*TURNS[5:]), (290, 40, "3")],
    ]
    raw = read_pdf(typeset(*pages))
    assert words(raw) == JOINED
    assert [paragraph.page for paragraph in raw.paragraphs] == [1, 1, 3, 3]
    assert raw.decided[:2] == (
        "3 page numbers were left out",
        "3 lines that come again on page after page were left out",
    )


def test_page_numbers_with_words_and_heads_that_count() -> None:
    pages = [
        [(70, 800, f"Vedlegg {n}"), *set_lines(f"K1: Dette er tur nummer {n}0 av dem."), (70, 40, f"Side {n} av 3")]
        for n in (1, 2, 3)
    ]
    assert words(read_pdf(typeset(*pages))) == [f"K1: Dette er tur nummer {n}0 av dem." for n in (1, 2, 3)]


def test_a_head_may_have_a_left_and_a_right_half() -> None:
    pages = [
        [(20, 800, "intervju.html"), (520, 800, f"{n}/3"), *set_lines(f"K1: Dette er tur nummer {n}0 av dem.")]
        for n in (1, 2, 3)
    ]
    assert words(read_pdf(typeset(*pages))) == [f"K1: Dette er tur nummer {n}0 av dem." for n in (1, 2, 3)]


def test_what_is_said_at_the_head_of_pages_is_no_running_head() -> None:
    pages = [set_lines("K1: Det vet jeg ikke.", f"I: Hva tenker du om sak {n}?", f"{n * 7}") for n in (1, 5, 2, 9)]
    pages[1][0] = (70, 740, "K1: Det husker jeg ikke.")
    pages[2][0] = (70, 740, "K1: Jo, det gjør jeg.")
    raw = read_pdf(typeset(*pages))
    assert " ".join(words(raw)).split() == [w for page in pages for _, _, text in page for w in text.split()]


@pytest.mark.parametrize("every", [1, 5])
def test_line_numbers_in_the_margin(every: int) -> None:
    placed = set_lines(*TURNS, *TURNS, *TURNS)
    numbers = [(40.0, y, f"{n:2}") for n, (_, y, _) in enumerate(placed, 1) if n % every == 0]
    raw = read_pdf(typeset([*numbers, *placed]))
    assert words(raw) == JOINED * 3
    assert raw.decided[0] == f"{27 // every} line numbers were left out"


def test_a_list_that_counts_is_no_line_numbering() -> None:
    raw = read_pdf(
        typeset(set_lines("K1: Det var tre ting, og de var disse:", "1  mat", "2  hvile", "3  arbeid", *TURNS))
    )
    assert " ".join(words(raw)).split()[:15] == "K1: Det var tre ting, og de var disse: 1 mat 2 hvile 3 arbeid".split()


def test_labels_in_a_column_of_their_own() -> None:
    placed = []
    for n, (label, text) in enumerate(
        [("I:", "Hvordan?"), ("K1:", "Bra, tror jeg."), ("I:", "Og nå?"), ("K1:", "Også.")]
    ):
        placed += [(70.0, 700.0 - 14 * n, label), (130.0, 700.0 - 14 * n, text)]
    assert words(read_pdf(typeset(placed))) == ["I: Hvordan?", "K1: Bra, tror jeg.", "I: Og nå?", "K1: Også."]
    raw = read_pdf(typeset([(x, y, text.rstrip(":")) for x, y, text in placed]))
    assert words(raw) == ["I\tHvordan?", "K1\tBra, tror jeg.", "I\tOg nå?", "K1\tOgså."]


def test_times_and_header_lines() -> None:
    raw = read_pdf(typeset(set_lines("[00:00:05] I: Hvordan gikk det?", "[00:01:23] K1: Bra.")))
    assert [(x.text, x.time) for x in raw.paragraphs] == [
        ("I: Hvordan gikk det?", (5.0, 83.0)),
        ("K1: Bra.", (83.0, 83.0)),
    ]
    raw = read_pdf(
        typeset(set_lines("Ola Berg   0:04", "Hei.", "Kari Nes   0:09", "Ja, hei.", "Ola Berg   0:12", "Bra."))
    )
    assert [(x.speaker, x.text) for x in raw.paragraphs] == [
        ("Ola Berg", "Hei."),
        ("Kari Nes", "Ja, hei."),
        ("Ola Berg", "Bra."),
    ]


def test_what_the_file_says_of_itself() -> None:
    info = b"/Info << /Title (Referat) /CreationDate (D:20260304100000Z) >>"
    raw = read_pdf(pdf(drawing(set_lines("K1: Ja.")), info=info))
    assert dict(raw.about) == {"title": "Referat", "date": "2026-03-04"}


def test_comments_are_told() -> None:
    note = b"/Annots [ << /Type /Annot /Subtype /Text /Rect [0 0 9 9] /Contents (Tema) >> ] "
    assert "1 comment was left out" in read_pdf(pdf(drawing(set_lines("K1: Ja.")), page=note)).decided


PICTURE = stream(
    b"\0", b"/Type /XObject /Subtype /Image /Width 1 /Height 1 /BitsPerComponent 8 /ColorSpace /DeviceGray"
)


def scan(*pages: bytes) -> bytes:
    number = 4 + 2 * len(pages)
    return pdf(*pages, resources=b"/XObject << /P %d 0 R >>" % number, more=(PICTURE,))


def test_scanned_pages_are_refused_and_a_single_one_is_told() -> None:
    with pytest.raises(UnreadableOriginal, match="pictures") as told:
        read_pdf(scan(b"/P Do", b"/P Do"))
    assert "OCR" in told.value.hint
    raw = read_pdf(scan(drawing(set_lines("K1: Ja.")), b"/P Do"))
    assert "page 2 is a picture without text" in [doubt.message for doubt in raw.doubts]


def test_words_that_the_layout_loses_are_read_without_it() -> None:
    turned = b"BT /F 10 Tf 0 1 -1 0 300 100 Tm (K1: Dette er skrevet paa tvers.) Tj ET"
    raw = read_pdf(pdf(turned))
    assert words(raw) == ["K1: Dette er skrevet paa tvers."]
    assert "the order of the lines is uncertain on page 1" in [doubt.message for doubt in raw.doubts]


def locked(password: str) -> bytes:
    writer = pypdf.PdfWriter(io.BytesIO(typeset(set_lines("K1: Ja."))))
    writer.encrypt(password, owner_password="eier", algorithm="RC4-128")
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def test_a_password_is_said_and_an_empty_one_is_none() -> None:
    with pytest.raises(UnreadableOriginal, match="password"):
        read_pdf(locked("hemmelig"))
    assert words(read_pdf(locked(""))) == ["K1: Ja."]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "empty"),
        (b"\n", "empty"),
        (b"I: Hei", "no PDF"),
        (b"{\\rtf1 Hei}", "no PDF; it looks like an RTF document"),
        (b"%PDF-1.4\n", "damaged or cut off"),
        (typeset([]), "no text"),
        (typeset([(290, 40, " ")]), "no text"),
    ],
)
def test_what_cannot_be_read_is_said(data: bytes, message: str) -> None:
    with pytest.raises(UnreadableOriginal, match=message) as told:
        read_pdf(data)
    assert told.value.hint


def test_a_file_that_is_cut_off_is_refused_or_doubted() -> None:
    whole = typeset(set_lines(*TURNS), set_lines(*TURNS))
    for end in range(20, len(whole) - 8, 97):
        with contextlib.suppress(UnreadableOriginal):
            assert "cut off" in read_pdf(whole[:end]).doubts[0].message


def test_without_pypdf_it_is_said_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pypdf", None)
    with pytest.raises(UnreadableOriginal, match="pypdf") as told:
        read_pdf(typeset(set_lines("K1: Ja.")))
    assert told.value.hint == 'Install it with: pip install "qualkit-qda[pdf]"'


def test_nothing_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    with contextlib.suppress(UnreadableOriginal):
        read_pdf(typeset(set_lines("K1: Hemmelig."))[:-150])
    assert capsys.readouterr() == ("", "")


def form(draws: bytes, number: int | None) -> bytes:
    inner = b"" if number is None else b"/XObject << /X %d 0 R >>" % number
    entries = b"/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources << /Font << /F 3 0 R >> " + inner + b" >>"
    return stream(b"BT /F 10 Tf 70 600 Td (ord) Tj ET " + draws, entries)


@pytest.mark.parametrize("name", [b"/X", b"/#58"])
def test_forms_that_draw_each_other_without_end_are_refused(name: bytes) -> None:
    twice = name + b" Do " + name + b" Do"
    many = tuple(form(twice, 7 + n) for n in range(40))
    with pytest.raises(UnreadableOriginal, match="more than a transcript can"):
        read_pdf(pdf(b"/X Do", resources=b"/XObject << /X 6 0 R >>", more=(*many, form(b"", None))))
    with pytest.raises(UnreadableOriginal, match="more than a transcript can"):
        read_pdf(pdf(b"/X Do", resources=b"/XObject << /X 6 0 R >>", more=(form(twice, 6),)))


def test_words_in_a_form_are_read() -> None:
    raw = read_pdf(pdf(b"/X Do", resources=b"/XObject << /X 6 0 R >>", more=(form(b"", None),)))
    assert words(raw) == ["ord"]


@pytest.mark.parametrize("size", [40_000_000, 200_000_000])
def test_a_bomb_is_refused(size: int) -> None:
    packed = zlib.compress(b" " * size, 9)
    data = file_of(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [4 0 R] /Count 1 >>",
            FONT,
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 5 0 R >>",
            stream(packed, b"/Filter /FlateDecode"),
        ]
    )
    with pytest.raises(UnreadableOriginal):
        read_pdf(data)


def test_ten_thousand_levels_are_refused() -> None:
    with pytest.raises(UnreadableOriginal):
        read_pdf(file_of([b"<< /Type /Catalog /Pages " + b"[" * 10_000 + b"]" * 10_000 + b" >>"]))


def test_work_grows_with_the_pages() -> None:
    def seconds(count: int) -> float:
        data = typeset(*([*set_lines(*TURNS), (290.0, 40.0, str(n))] for n in range(count)))
        began = time.process_time()
        read_pdf(data)
        return time.process_time() - began

    seconds(2)
    assert seconds(80) < 8 * seconds(20) + 0.5


@given(st.binary(max_size=300))
@settings(max_examples=60, deadline=None)
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    for file in (data, b"%PDF-1.4\n" + data, pdf(data), pdf(b"BT /F 10 Tf 70 600 Td (ord) Tj ET " + data)):
        with contextlib.suppress(UnreadableOriginal):
            assert read_pdf(file) == read_pdf(file)


WHOLE = typeset(set_lines("K1: Ja.", "I: Nei."))


@given(st.integers(0, len(WHOLE) - 1), st.binary(min_size=1, max_size=3))
@settings(max_examples=100, deadline=None)
def test_changed_bytes_are_read_or_refused(place: int, data: bytes) -> None:
    with contextlib.suppress(UnreadableOriginal):
        read_pdf(WHOLE[:place] + data + WHOLE[place + len(data) :])


@given(st.lists(st.lists(st.text("abcæøå", min_size=1, max_size=9), min_size=1, max_size=9), min_size=1, max_size=60))
@settings(max_examples=40, deadline=None)
def test_every_word_comes_out_once_and_in_order(lines: list[list[str]]) -> None:
    texts = [" ".join(line) for line in lines]
    pages = [set_lines(*texts[at : at + 20]) for at in range(0, len(texts), 20)]
    raw = read_pdf(typeset(*pages))
    left_out = any("left out" in told for told in raw.decided)
    found = [word for paragraph in raw.paragraphs for word in paragraph.text.split()]
    assert left_out or found == [word for line in lines for word in line]
