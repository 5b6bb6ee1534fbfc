import re
from base64 import b64encode
from hashlib import sha256
from html.parser import HTMLParser

import pytest

from qualkit.document import Document, Heading, Paragraph, Said, Surroundings
from qualkit.exports.page import render_html
from qualkit.model import Coding, MeaningUnit, Quotation, Span
from qualkit.table import MARK, Column, Table

NASTY = '<script>alert("x")</script> & \x1b[31mrød\x1b[0m \u202eomvendt'
COLUMNS = (Column("theme", "Tema", groups=True), Column("code", "Kode", groups=True), Column("q", "Sitat", "quotation"))


def said(words: str, coding: str = "c1", attribution: str = "(K1)") -> Quotation:
    return Quotation(words, coding, Span("K1", 0, 3), attribution)


def themes(*rows: tuple[object, ...]) -> Table:
    return Table("theme-table", "Temaer", COLUMNS, rows)  # type: ignore[arg-type]


MATRIX = Table(
    "matrix",
    "Matrise",
    (Column("code", "Kode"), Column("K1", "K1 (n = 2)", "mark")),
    (("Tema", MARK), ("\u2003Ringe", MARK), ("\u2003Vente", None)),
    ("● betyr minst én.",),
    links={(1, 1): ("quotations", 0)},
)
LIST = Table(
    "quotations",
    "Enheter",
    (
        Column("id", "Id"),
        Column("code", "Kode"),
        Column("participant", "Deltaker"),
        Column("place", "Sted"),
        Column("status", "Status"),
        Column("quotation", "Sitat", "quotation"),
    ),
    (
        ("c1", "Ringe", "K1", "K1:0-3", "godtatt", said("Jeg ringte.")),
        ("c2", "Ringe", "K2", "K2:1", "godtatt", "[nei]"),
    ),
)
AROUND = {
    "c1": Surroundings(
        "K1, linje 2",
        (
            Said("Intervjuer", (("Hva?", False),), "00:00:03"),
            Said("K1", (("Først. ", False), ("Jeg ringte.", True), (" Så.", False))),
        ),
    ),
}


def page(*blocks: object, language: str = "nb", mark: str = "IKKE ANONYMISERT", around: object = None) -> str:
    document = Document("Hjem & ute", language, blocks, mark, surroundings=around or {})  # type: ignore[arg-type]
    return render_html(document).decode()


class Outline(HTMLParser):
    """Reads a page as a browser would: elements, ids, links; fails where one is closed that is not open."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.hrefs: list[str] = []
        self.tags: list[str] = []
        self.attributes: set[str] = set()
        self.feed(text)
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes |= {name for name, _ in attrs}
        self.ids += [value or "" for name, value in attrs if name == "id"]
        self.hrefs += [value or "" for name, value in attrs if name == "href"]
        if tag not in ("meta", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_a_page_is_whole_in_itself_and_says_its_language(language: str) -> None:
    text = page(Heading("R"), themes(("T", "A", said("Ja."))), MATRIX, LIST, language=language, around=AROUND)
    assert text.startswith(f'<!doctype html>\n<html lang="{language}">')
    outline = Outline(text)
    assert not {"script", "img", "link", "iframe", "object", "form", "base", "font"} & set(outline.tags)
    assert not {name for name in outline.attributes if name.startswith("on")} | ({"src", "style"} & outline.attributes)
    assert all(href.startswith("#") for href in outline.hrefs)
    assert "url(" not in text
    assert "@import" not in text


def test_the_policy_lets_nothing_in_but_the_pages_own_style() -> None:
    text = page(MATRIX)
    style = re.search("<style>(.*?)</style>", text, re.DOTALL)
    assert style is not None
    digest = b64encode(sha256(style.group(1).encode()).digest()).decode()
    assert f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'" in text


def test_every_link_has_its_place_and_every_id_is_there_once() -> None:
    outline = Outline(page(themes(("T", "A", said("Ja."))), MATRIX, LIST, around=AROUND))
    assert sorted(outline.ids) == sorted(set(outline.ids))
    assert {href[1:] for href in outline.hrefs} <= set(outline.ids)


def test_a_cell_of_a_matrix_leads_to_its_quotation_and_says_so() -> None:
    text = page(MATRIX, LIST)
    assert '<a href="#t-quotations-1" aria-label="● – til sitatene for Ringe, K1 (n = 2)">●</a>' in text
    assert '<li id="t-quotations-1"><blockquote><p>«Jeg ringte.» (K1)</p></blockquote>' in text
    assert 'href="#t-quotations' not in page(MATRIX).replace('href="#t-quotations"', "")


def test_a_quotation_opens_what_was_said_around_it_with_the_coded_words_marked() -> None:
    text = page(LIST, around=AROUND)
    details = re.search("<details>.*?</details>", text)
    assert details is not None
    assert "<summary>Vis sammenhengen <span>(K1, linje 2)</span></summary>" in details.group()
    assert "<dt>Intervjuer <span>00:00:03</span></dt><dd>Hva?</dd>" in details.group()
    marked = re.search("<mark>(.*?)</mark>", details.group())
    assert marked is not None
    assert re.sub("<span.*?</span>", "", marked.group(1)) == "Jeg ringte."
    assert "<details>" not in page(LIST)


def test_everything_said_or_written_is_escaped_and_commands_no_terminal() -> None:
    nasty = NASTY.replace("\u202e", "")
    around = {"c1": Surroundings(NASTY, (Said(NASTY, ((NASTY, True), (NASTY, False)), NASTY),))}
    table = Table(
        NASTY,
        NASTY,
        (Column("a", NASTY), Column("b", NASTY, "mark")),
        ((NASTY, NASTY),),
        (NASTY,),
        NASTY,
        {(0, 1): ("quotations", 0)},
    )
    listed = (NASTY, NASTY, NASTY, NASTY, NASTY, said(NASTY))
    text = page(Paragraph(NASTY), table, Table("quotations", NASTY, LIST.columns, (listed,)), around=around, mark=nasty)
    assert "<script" not in text
    assert "alert(&quot;x&quot;)" in text
    assert "\x1b" not in text
    Outline(text)


def test_rows_of_a_theme_stand_under_one_heading_that_spans_them() -> None:
    text = page(themes(("T", "A", "x"), ("T", "A", "y"), ("T", "B", "z"), ("U", "B", "w")))
    assert text.count("<tbody>") == 2
    assert '<th scope="rowgroup" rowspan="3">T</th><th scope="rowgroup" rowspan="2">A</th>' in text
    assert '<tr><th scope="row" rowspan="1">B</th>' in text
    assert '<th scope="rowgroup" rowspan="1">U</th><th scope="row" rowspan="1">B</th>' in text


def test_columns_and_rows_have_headers_and_a_short_label_is_not_broken() -> None:
    text = page(MATRIX)
    assert '<th scope="col" class="middle">K1 (n\u00a0=\u00a02)</th>' in text
    assert '<th scope="row" class="in0">Tema</th>' in text
    assert '<th scope="row" class="in1">Ringe</th>' in text
    assert text.count("<h1>") == 1
    assert '<a class="skip" href="#text">Gå til innholdet</a>' in text


def test_an_empty_table_says_so() -> None:
    assert '<td colspan="3">(ingen)</td>' in page(themes())
    assert "<p>(ingen)</p>" in page(Table("quotations", "E", LIST.columns, ()))


def test_the_mark_stands_on_the_page_and_on_every_sheet_it_is_printed_on() -> None:
    text = page(MATRIX, mark='Fortrolig "</style>')
    assert '<p class="notice" role="note">Fortrolig &quot;&lt;/style&gt;</p>' in text
    assert text.count("</style>") == 1
    sheet = re.search(r'@top-center \{ content: "([^"]*)"', text)
    assert sheet is not None
    assert re.sub(r"\\([0-9a-f]+) ", lambda m: chr(int(m[1], 16)), sheet[1]) == 'Fortrolig "</style>'


def test_the_same_document_gives_the_same_bytes() -> None:
    assert page(MATRIX, LIST, around=AROUND) == page(MATRIX, LIST, around=AROUND)


def test_words_not_rendered_are_refused() -> None:
    coding = Coding("c1", MeaningUnit(Span("I3", 2, 9), "Hun heter Kari."), "tid", "k", "accepted", "manual", "")
    with pytest.raises(TypeError, match="I3:2-9") as fault:
        page(themes(("T", "A", coding)))
    assert "Kari" not in str(fault.value)
