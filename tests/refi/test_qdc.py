import os
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from qualkit.model import Code, Codebook, CodeSet
from qualkit.refi import qdc
from qualkit.refi.qdc import NothingToExport, UnreadableExchange, read_qdc, render_qdc

DATA = os.environ.get("QUALKIT_DATA", "")
XSD = Path(DATA) / "refi" / "xsd" / "Codebook-v1.0.openqda.xsd"
with_schema = pytest.mark.skipif(not DATA or not XSD.is_file(), reason="the schema is not here: set QUALKIT_DATA")
SAMPLES = sorted((Path(DATA) / "refi" / "samples").glob("*.qdc")) if DATA else []


def guid(number: int) -> str:
    return f"{number:08X}-AAAA-4BBB-8CCC-{number:012X}"


BOOK = Codebook(
    codes=(
        Code(
            "tid",
            "Tid & «rom» <b>",
            guid=guid(1),
            codable=False,
            colour="#aa3300",
            children=(Code("ro", 'Ro "x"', guid=guid(2)),),
        ),
        Code("rom", "Rom\x1b", guid=guid(3)),
    ),
    sets=(CodeSet("Sett", "om <settet>", ("ro", "finnes-ikke"), guid(4)), CodeSet("Tomt", guid=guid(5))),
)
SAID = {"tid": "Kort: a & b\nDefinisjon: «c» <d>\r", "ro": "", "rom": "  "}
FOREIGN = """<?xml version="1.0" encoding="utf-8"?>
<CodeBook xmlns="{namespace}" origin="ATLAS.ti">
<Codes><!-- en kommentar --><Code guid="{{0d62985d-b147-5d01-a9b5-cae5dcd98342}}" name=" Tid \n og rom" color="#46aa00">
<Description>om <![CDATA[<tid>]]></Description><NoteRef targetGUID="x"/>
<Code guid="0D62985D-B147-5D01-A9B5-CAE5DCD98342" name="Tvilling" isCodable="false" color="red"/>
<Code guid="ikke en" name="Uten" isCodable="0"/><Code name=""/></Code></Codes>
<Sets><Set guid="1FF58B12-6F6F-4B0C-8BE5-BBDC91F55294" name="A"><Description>d</Description>
<MemberCode guid="0D62985D-B147-5D01-A9B5-CAE5DCD98342"/>
<MemberCode targetGUID="1FF58B12-6F6F-4B0C-8BE5-BBDC91F55294"/></Set></Sets>
<Ukjent/></CodeBook>"""


def valid(data: bytes) -> None:
    schema = etree.XMLSchema(etree.parse(str(XSD)))
    assert schema.validate(etree.fromstring(data)), schema.error_log


@with_schema
def test_what_is_written_is_valid() -> None:
    valid(render_qdc(BOOK, SAID, mark="IKKE -- ANONYMISERT --->"))
    valid(render_qdc(Codebook(codes=(Code("a", "A", guid=guid(1)),)), {}))


texts = st.text(max_size=40)


@with_schema
@given(texts, texts, texts)
def test_any_text_makes_a_valid_file(name: str, said: str, mark: str) -> None:
    book = Codebook(codes=(Code("a", name, guid=guid(1)),), sets=(CodeSet(name, said, ("a",), guid(2)),))
    valid(render_qdc(book, {"a": said}, mark=mark))


def test_what_is_written_is_read_back() -> None:
    book, told = read_qdc(render_qdc(BOOK, SAID), "bok.qdc")
    assert told == []
    expected = (
        Code("", "Tid & «rom» <b>", guid=guid(1), codable=False, colour="#aa3300", definition=SAID["tid"].strip()),
        Code("", 'Ro "x"', guid=guid(2)),
        Code("", "Rom", guid=guid(3)),
    )
    assert tuple(replace(code, children=()) for code in book.walk()) == expected
    assert [len(code.children) for code in book.walk()] == [1, 0, 0]
    assert book.sets == (CodeSet("Sett", "om <settet>", (guid(2),), guid(4)), CodeSet("Tomt", guid=guid(5)))


@pytest.mark.parametrize(
    "namespace", ["urn:QDA-XML:codebook:1.0", "urn:QDA-XML:codebook:0:4", "urn:QDA-XML:codebook:1:0"]
)
def test_other_programs_are_read_with_patience_and_what_is_left_is_told(namespace: str) -> None:
    book, told = read_qdc(FOREIGN.format(namespace=namespace).encode(), "atlas.qdc")
    assert [(code.name, code.codable, code.colour, code.definition, code.guid[:8]) for code in book.walk()] == [
        ("Tid og rom", True, "#46aa00", "om <tid>", "0D62985D"),
        ("Tvilling", False, "", "", ""),
        ("Uten", False, "", "", ""),
    ]
    assert book.sets[0].members == ("0D62985D-B147-5D01-A9B5-CAE5DCD98342", "1FF58B12-6F6F-4B0C-8BE5-BBDC91F55294")
    assert told == [
        "1 × NoteRef were not read",
        "1 × Ukjent were not read",
        "1 codes or sets without a name were not read",
        "1 colours are no #RRGGBB and were not read",
        "2 codes have a GUID that another has too, or none; they are known by name",
        "1 members of sets are codes that the file does not have",
    ]


BOMB = '<!DOCTYPE a [<!ENTITY b "b"><!ENTITY c "&b;&b;">]>\n<CodeBook xmlns="urn:QDA-XML:codebook:1.0"/>'


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (BOMB.encode(), "DOCTYPE"),
        (BOMB.replace("DOCTYPE", "doctype").encode(), "DOCTYPE"),
        (b"\xff\xfe" + BOMB.encode("utf-16-le"), "DOCTYPE"),
        (b"PK\x03\x04", "archive"),
        (b"", "no XML from line 1"),
        (b"<CodeBook>\n<", "no XML from line 2"),
        (b"<CodeBook/>", "no REFI-QDA codebook"),
        (b'<Project xmlns="urn:QDA-XML:project:1.0"/>', "no REFI-QDA codebook"),
        (b'<CodeBook xmlns="urn:annet"/>', "no REFI-QDA codebook"),
    ],
)
def test_what_cannot_be_read_is_said(data: bytes, why: str) -> None:
    with pytest.raises(UnreadableExchange, match=why):
        read_qdc(data, "bok.qdc")


def test_far_too_much_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    deep = '<Code name="a">' * 50 + "</Code>" * 50
    data = f'<CodeBook xmlns="urn:QDA-XML:codebook:1.0"><Codes>{deep}</Codes></CodeBook>'.encode()
    with pytest.raises(UnreadableExchange, match="more than 40 deep"):
        read_qdc(data, "bok.qdc")
    monkeypatch.setattr(qdc, "LARGEST", 5)
    with pytest.raises(UnreadableExchange, match="larger than"):
        read_qdc(data, "bok.qdc")


def test_no_codes_make_no_file() -> None:
    with pytest.raises(NothingToExport):
        render_qdc(Codebook(), {})


@pytest.mark.skipif(not SAMPLES, reason="no files of other programs are here: set QUALKIT_DATA")
@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_files_of_other_programs_come_through_whole(path: Path) -> None:
    book, _ = read_qdc(path.read_bytes(), path.name)
    root = etree.parse(str(path))
    assert len(list(book.walk())) == len(root.xpath("//*[local-name()='Code']")) > 0
    named = replace(book, codes=_with_ids(book.codes), sets=())
    again, told = read_qdc(render_qdc(named, {code.id: code.definition for code in named.walk()}), "igjen.qdc")
    assert told == []
    assert list(again.walk()) == list(book.walk())


def _with_ids(codes: tuple[Code, ...]) -> tuple[Code, ...]:
    return tuple(replace(code, id=code.guid, children=_with_ids(code.children)) for code in codes)
