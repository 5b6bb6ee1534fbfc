import zipfile
from dataclasses import replace
from io import BytesIO

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualkit.coding import codebook_sheet
from qualkit.coding.codebook_diff import Incoming, compare_codebooks
from qualkit.coding.codebook_sheet import UnreadableCodebook, read_codebook_sheet
from qualkit.document import Document
from qualkit.exports.delimited import render_csv
from qualkit.exports.excel import render_excel
from qualkit.model import Code, Codebook

BOOK = Codebook(
    codes=(
        Code(
            "tid",
            "Tid > rom",
            level="gruppe",
            codable=False,
            colour="#aa3300",
            brief="kort",
            definition="En\nto",
            use_when=("a\nb", "=c"),
            not_when=("d",),
            examples=("«e»",),
            note="-n",
            children=(Code("ro", "Ro", children=(Code("ly", "Ly"),)),),
        ),
        Code("rom", "Ro"),
    )
)


def outline(codes: tuple[Code, ...]) -> list[object]:
    return [(code.name, outline(code.children)) if code.children else code.name for code in codes]


def read(text: str | bytes, name: str = "bok.csv") -> Incoming:
    incoming, problems = read_codebook_sheet(text.encode() if isinstance(text, str) else text, name)
    assert [str(problem) for problem in problems] == []
    return incoming


def faults(text: str) -> list[str]:
    return [str(problem) for problem in read_codebook_sheet(text.encode(), "bok.csv")[1]]


def workbook(*rows: tuple[object, ...], title: str = "Ark") -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = title
    for row in rows:
        sheet.append(row)
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_our_own_export_read_back_changes_nothing(kind: str) -> None:
    table = codebook_sheet.codebook_sheet(BOOK, "Kodebok")
    data = render_csv(table, mark="M") if kind == "csv" else render_excel(Document("T", "nb", (table,), "M"))
    incoming = read(data, f"bok.{kind}")
    assert {"parent", "definition", "use_when", "codable"} <= incoming.says
    assert compare_codebooks(BOOK, incoming) == []


def test_what_was_edited_is_read() -> None:
    text = render_csv(codebook_sheet.codebook_sheet(BOOK, "K")).decode("utf-8-sig")
    text = text.replace("ly,ro,Ly", "ly,rom,Lyd").rstrip() + "\r\n,tid,Ny kode,,,,,Ny definisjon,,,,,\r\n"
    changes = compare_codebooks(BOOK, read(text))
    assert [(one.kind, one.code, one.field, one.after) for one in changes] == [
        ("changed", "ly", "name", "Lyd"),
        ("moved", "ly", "parent", "rom"),
        ("added", "ny-kode", "parent", "tid"),
    ]


@pytest.mark.parametrize("sign", [">", " > ", "\\"])
def test_paths_of_other_programs_make_a_tree_and_the_steps_that_have_no_row(sign: str) -> None:
    rows = (("Code", "Memo"), (f"Tid{sign}Press", "Om press"), ("Ro", ""), (f"Tid{sign}Jag{sign}Hast", 3))
    incoming = read(workbook(*rows), "maxqda.xlsx")
    assert outline(incoming.codebook.codes) == [("Tid", ["Press", ("Jag", ["Hast"])]), "Ro"]
    assert [code.definition for code in incoming.codebook.walk()] == ["", "Om press", "", "3", ""]
    assert incoming.says == {"name", "parent", "description"}


def test_tags_with_dots_stand_under_the_tag_before_the_dot_if_there_is_one() -> None:
    text = "tag,description,number of highlights\nhelp,a,1\nhelp.phone,b,2\nf.eks,c,0\nhelp.phone.late,d,0\n"
    incoming = read(text)
    assert outline(incoming.codebook.codes) == [("help", [("phone", ["late"])]), "f.eks"]
    assert [code.definition for code in incoming.codebook.walk()] == ["a", "b", "d", "c"]


def test_a_list_of_names_says_nothing_of_the_tree() -> None:
    assert read("Navn;Definisjon\nTid;om\nRo;\n").says == {"name", "definition"}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("sign", [";", ",", "\t"])
def test_encodings_and_separators_of_spreadsheets(encoding: str, sign: str) -> None:
    text = f"name{sign}definition\r\nÅ være{sign}æøå\r\n"
    (code,) = read(text.encode(encoding)).codebook.codes
    assert (code.name, code.definition) == ("Å være", "æøå")


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("name,definition\n,bare ord\n", "bok.csv:2:1: a code without a name"),
        ("name,colour\nA,red\n", "bok.csv:2:2: a colour is # and six hexadecimal digits"),
        ("name,codable\nA,kanskje\n", "bok.csv:2:2: neither true nor false"),
        ("id,parent,name\na,,A\na,,B\n", "bok.csv:3:1: the id “a” stands 2 times"),
        ("id,parent,name\na,bb,A\n", "bok.csv:2:2: there is no code “bb” to stand under"),
        ("id,parent,name\na,b,A\nb,a,B\n", "bok.csv:2:2: the code stands under itself"),
        ("code\nA>B\nA > B\n", "bok.csv:3:1: the code stands twice"),
        (
            "code\n" + ">".join("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ") + "\n",
            "bok.csv:2:1: the path has more",
        ),
    ],
)
def test_every_fault_has_its_place(text: str, fault: str) -> None:
    assert any(found.startswith(fault) for found in faults(text)), faults(text)


@pytest.mark.parametrize("data", [b"", b"a,b\n1,2\n", b"PK\x03\x04nothing", workbook(("x", "y"))])
def test_what_is_no_codebook_is_said(data: bytes) -> None:
    with pytest.raises(UnreadableCodebook, match=r"cannot be read as a codebook"):
        read_codebook_sheet(data, "bok")


def test_far_too_much_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(codebook_sheet, "MOST", 3)
    with pytest.raises(UnreadableCodebook, match="more than 3 codes"):
        read_codebook_sheet(b"name\n" + b"a\n" * 9, "bok.csv")
    monkeypatch.setattr(codebook_sheet, "LARGEST", 5)
    with pytest.raises(UnreadableCodebook, match="larger than"):
        read_codebook_sheet(b"name\na\n", "bok.csv")


words = st.text(alphabet=st.sampled_from("aÅ =+-@'\"\n,;>"), min_size=1, max_size=12).map(
    lambda text: "\n".join(" ".join(line.split()) for line in text.split("\n")).strip()
)


@given(st.lists(st.tuples(words.filter(bool), words, st.lists(words.filter(bool), max_size=3)), min_size=1, max_size=5))
def test_any_codebook_comes_back_from_a_csv_file(codes: list[tuple[str, str, list[str]]]) -> None:
    made = [
        Code(f"k{number}", " ".join(name.split()), definition=definition, use_when=tuple(use))
        for number, (name, definition, use) in enumerate(codes)
    ]
    book = Codebook(codes=(replace(made[0], children=tuple(made[1:])),))
    guarded = any(one[:1] == "'" for code in made for one in (code.name, code.definition, *code.use_when[:1]))
    if not guarded:
        assert compare_codebooks(book, read(render_csv(codebook_sheet.codebook_sheet(book, "K")))) == []


def test_a_workbook_that_cannot_be_unpacked_is_told() -> None:
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", "<Types/>" * 50)
    data = bytearray(made.getvalue())
    begin = 30 + len("[Content_Types].xml")
    data[begin : begin + 4] = b"\xff" * 4
    with pytest.raises(UnreadableCodebook, match="it is no workbook"):
        read_codebook_sheet(bytes(data), "koder.xlsx")
