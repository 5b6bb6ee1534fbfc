import re
import zipfile
from io import BytesIO

import docx
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from qualkit.document import Paper, PaperLine, Passage
from qualkit.exports.paper import LANES, lay_passages, letter_of, render_paper

LINES = (
    PaperLine(1, "I: Hva skjedde?", 3, opens=True),
    PaperLine(2, "K1: Jeg måtte ringe & vente", 4, opens=True),
    PaperLine(3, "på svar <der>."),
)
PASSAGES = (
    Passage(1, 2, 4, 7, "Å ringe", "#4477aa"),
    Passage(1, 1, 14, 27, "En kode med et navn som er for langt for én linje i margen", "#a3c"),
)


def paper(
    lines: tuple[PaperLine, ...] = LINES, passages: tuple[Passage, ...] = PASSAGES, mark: str = "FORTROLIG"
) -> Paper:
    return Paper("K1", "nb", "Intervju · 3 linjer · 2 kodinger", "Slik leses det.", mark, lines, passages)


def parts(data: bytes) -> dict[str, str]:
    with zipfile.ZipFile(BytesIO(data)) as package:
        return {name: package.read(name).decode() for name in package.namelist() if name.endswith(".xml")}


def rows(data: bytes) -> list[list[str]]:
    (table,) = docx.Document(BytesIO(data)).tables
    return [[cell.text for cell in row.cells] for row in table.rows]


def test_lines_have_their_numbers_and_codes_stand_beside_them() -> None:
    assert [[row[0], row[1], row[-1]] for row in rows(render_paper(paper()))] == [
        ["Linje", "", "Koder og egne notater"],
        ["1", "I: Hva skjedde?", ""],
        ["2", "K1: aJeg måtte bringe & venteb", "■ a  Å ringe"],
        ["3", "på svara <der>.", "■ b  En kode med et navn som er for"],
        ["", "", "    langt for én linje i margen"],
    ]


def test_overlapping_passages_have_bars_of_their_own_kind_side_by_side() -> None:
    document = parts(render_paper(paper()))["word/document.xml"]
    assert re.findall(r'<w:left w:val="(\w+)" w:sz="18" w:space="0" w:color="(\w+)"/>', document) == [
        ("single", "4477aa"),
        ("dashed", "aa33cc"),
        ("single", "4477aa"),
    ]
    assert [row[2:4] for row in rows(render_paper(paper()))[2:4]] == [["a", "b"], ["", ""]]


def test_every_page_says_what_it_is_and_which() -> None:
    files = parts(render_paper(paper()))
    header = next(text for name, text in files.items() if "header" in name)
    plain = re.sub("<[^>]*>", "", header)
    assert "FORTROLIG" in plain
    assert "K1 · Intervju" in plain
    assert re.search(r"Side\s+PAGE\s+1\s+av\s+NUMPAGES", plain)
    assert "<w:tblHeader/>" in files["word/document.xml"]


def test_a_paper_without_codes_is_a_paper() -> None:
    assert [row[1] for row in rows(render_paper(paper(passages=())))][1:] == [line.text for line in LINES]
    assert len(rows(render_paper(paper((), ())))) == 1


def test_the_same_paper_gives_the_same_bytes() -> None:
    assert render_paper(paper()) == render_paper(paper())


def test_more_passages_than_lanes_have_letters_and_names_all_the_same() -> None:
    many = tuple(Passage(1, 2, 4, 7, f"Kode {n}", "#4477aa") for n in range(LANES + 3))
    table = rows(render_paper(paper(passages=many)))
    assert len(table[0]) == 3 + LANES
    assert [row[-1] for row in table[2:]] == [f"■ {letter_of(n)}  Kode {n}" for n in range(LANES + 3)]


spans = st.tuples(st.integers(0, 9), st.integers(0, 9), st.integers(0, 20), st.integers(0, 20)).map(
    lambda s: Passage(min(s[:2]), max(s[:2]), s[2], s[3], "navn", "#123456")
)


@given(st.lists(spans, max_size=12))
def test_no_two_bars_share_a_lane_on_a_line_and_no_word_is_lost(passages: list[Passage]) -> None:
    lines = tuple(PaperLine(number, f"ord{number} andre", 0) for number in range(1, 11))
    laid = lay_passages(passages)
    assert len({one.letter for one in laid}) == len(passages)
    seen = set()
    for one in laid:
        for line in range(one.passage.first, one.passage.last + 1):
            assert one.lane is None or (line, one.lane) not in seen
            seen.add((line, one.lane))
    document = parts(render_paper(paper(lines, tuple(passages))))["word/document.xml"]
    root = etree.fromstring(document.encode())
    name = {"w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main"}
    for number, row in enumerate(root.xpath("//w:tbl/w:tr", namespaces=name)[1:11], 1):
        said = row.xpath("./w:tc[2]//w:r[not(w:rPr/w:vertAlign)]/w:t/text()", namespaces=name)
        assert "".join(said) == f"ord{number} andre"
