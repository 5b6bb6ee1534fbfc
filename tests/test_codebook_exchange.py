import csv
import json
import os
import re
from collections.abc import Callable
from pathlib import Path

import docx
import openpyxl
import pytest
from lxml import etree

from qualkit.coding.codebook import parse_codebook

pytestmark = pytest.mark.drafts

KINDS = {"word": "kodebok.docx", "excel": "kodebok.xlsx", "csv": "kodebok.csv", "qdc": "kodebok.qdc"}
BOOK = """# vår kodebok
language: nb
codes:
- id: kontakt   # gruppe
  name: Kontakt
  codable: false
  children:
  - id: telefon
    name: Å ringe
    definition: Å ta en telefon
    examples: ["Kari Nes ringte dem", "de svarte ikke"]
    rules: ["lemma:ringe"]   # regel
- name: Å vente
sets:
- {name: Kandidat, members: [telefon, å-vente]}
# slutt
"""


@pytest.fixture
def root(named_study: Path) -> Path:
    (named_study / "codebook.yaml").write_text(BOOK)
    return named_study


def book(root: Path) -> str:
    return (root / "codebook.yaml").read_text()


def shown(ran: object) -> list[list[str]]:
    return [list(row.values()) for row in json.loads(ran.out)]  # type: ignore[attr-defined]


@pytest.mark.parametrize("kind", KINDS)
def test_the_codebook_goes_out_without_names_and_says_what_is_left(qualkit: Callable, root: Path, kind: str) -> None:
    ran = qualkit("codebook", "export", kind, "--study", root)
    assert ran.code == 0, ran.err
    path = root / "exports" / KINDS[kind]
    assert ran.out.strip().endswith(KINDS[kind])
    assert "Not in the file: the rules of 1 codes" in ran.err
    if kind == "word":
        text = "\n".join(cell.text for row in docx.Document(str(path)).tables[0].rows for cell in row.cells)
    elif kind == "excel":
        sheets = openpyxl.load_workbook(path)
        text = "\n".join(str(cell.value) for sheet in sheets for row in sheet.iter_rows() for cell in row)
    else:
        text = path.read_text(encoding="utf-8-sig")
    assert "[P1] ringte dem" in text
    assert not re.search(r"Kari|\bNes\b", text)
    assert "Å ta en telefon" in text
    if kind != "word":
        assert "IKKE ANONYMISERT" in text


def test_without_examples_no_informants_words_go_out(qualkit: Callable, root: Path) -> None:
    ran = qualkit("codebook", "export", "csv", "--no-examples", "--study", root)
    assert "examples, as you asked" in ran.err
    text = (root / "exports" / "kodebok.csv").read_text(encoding="utf-8-sig")
    assert "ringte dem" not in text
    assert "les gjennom før den deles" in text


def test_a_name_in_a_definition_stops_it(qualkit: Callable, root: Path) -> None:
    (root / "codebook.yaml").write_text(BOOK.replace("Å ta en telefon", "Som da Ola ringte"))
    for kind in KINDS:
        ran = qualkit("codebook", "export", kind, "--study", root)
        assert ran.code == 1
        assert "it holds a name of P2" in ran.err
    assert not (root / "exports").exists()


def test_guids_are_made_once_and_kept_with_every_other_byte(qualkit: Callable, root: Path) -> None:
    assert qualkit("codebook", "export", "qdc", "--study", root).code == 0
    first = (root / "exports" / "kodebok.qdc").read_bytes()
    text = book(root)
    assert [line for line in text.splitlines() if "refi:" not in line] == [
        line.replace("- name: Å vente", "- name: Å vente") if "Kandidat" not in line else line
        for line in BOOK.splitlines()
        if "Kandidat" not in line
    ]
    assert len(re.findall(r'refi: \{guid: "[0-9A-F-]{36}"\}', text)) == 4
    assert qualkit("codebook", "export", "qdc", "--study", root).code == 0
    assert (root / "exports" / "kodebok.qdc").read_bytes() == first
    assert book(root) == text
    (root / "codebook.yaml").write_text(text.replace("name: Å ringe", "name: Telefonen"))
    assert qualkit("codebook", "export", "qdc", "--study", root).code == 0
    again = (root / "exports" / "kodebok.qdc").read_bytes()
    assert re.findall(b'guid="[^"]*"', again) == re.findall(b'guid="[^"]*"', first)
    assert qualkit("codebook", "check", "--study", root).code == 0


@pytest.mark.skipif(not os.environ.get("QUALKIT_DATA"), reason="the schema is not here: set QUALKIT_DATA")
def test_what_goes_to_other_programs_is_valid(qualkit: Callable, root: Path) -> None:
    assert qualkit("codebook", "export", "qdc", "--study", root).code == 0
    path = Path(os.environ["QUALKIT_DATA"]) / "refi" / "xsd" / "Codebook-v1.0.openqda.xsd"
    schema = etree.XMLSchema(etree.parse(str(path)))
    assert schema.validate(etree.parse(str(root / "exports" / "kodebok.qdc"))), schema.error_log


@pytest.mark.parametrize("kind", ["excel", "csv", "qdc"])
def test_what_went_out_comes_back_as_nothing_new(qualkit: Callable, root: Path, kind: str) -> None:
    assert qualkit("codebook", "export", kind, "--study", root).code == 0
    before = book(root)
    ran = qualkit("codebook", "import", root / "exports" / KINDS[kind], "--study", root, "--apply")
    assert (ran.code, "codebook.yaml stays as it is" in ran.err) == (0, True), ran.out
    assert "Nothing differs." in ran.out
    assert book(root) == before


def edited(root: Path) -> Path:
    path = root / "exports" / "kodebok.csv"
    rows = list(csv.reader(path.open(encoding="utf-8-sig", newline=""), delimiter=";"))
    for row in rows:
        row[2] = {"Å ringe": "Telefonen", "Å vente": "Venting"}.get(row[2], row[2])
    rows.append(["", "kontakt", "Brev", "", "", "#112233", "", "Å skrive", "a\nb", *[""] * 5])
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file, delimiter=";").writerows(rows)
    return path


def test_an_import_is_a_proposal_until_it_is_applied(qualkit: Callable, root: Path) -> None:
    qualkit("codebook", "export", "csv", "--study", root)
    path = edited(root)
    ran = qualkit("codebook", "import", path, "--study", root, "--json")
    assert shown(ran) == [
        ["changed", "telefon", "Å ringe", "name", "Å ringe", "Telefonen"],
        ["changed", "å-vente", "Å vente", "name", "Å vente", "Venting"],
        ["added", "brev", "Brev", "parent", "", "under Kontakt"],
    ]
    assert re.search(
        r"Next: qualkit codebook import .*kodebok.csv --apply --study .* \(nothing is written yet\)", ran.err
    )
    assert book(root) == BOOK
    ran = qualkit("codebook", "import", path, "--study", root, "--diff")
    assert "-    name: Å ringe" in ran.out.splitlines()
    assert "+    name: Telefonen" in ran.out.splitlines()
    assert book(root) == BOOK
    ran = qualkit("codebook", "import", path, "--study", root, "--apply")
    assert ran.code == 0, ran.err
    text = book(root)
    expected = BOOK.replace("name: Å ringe", "name: Telefonen").replace(
        "- name: Å vente", "- id: å-vente\n  name: Venting"
    )
    for line in expected.splitlines():
        assert line in text.splitlines()
    found, problems = parse_codebook(text)
    assert problems == []
    new = found.paths()["brev"]
    assert [code.id for code in new] == ["kontakt", "brev"]
    assert (new[-1].colour, new[-1].definition, new[-1].use_when) == ("#112233", "Å skrive", ("a", "b"))
    assert found.paths()["telefon"][-1].examples == ("Kari Nes ringte dem", "de svarte ikke")
    log = qualkit("log", "--study", root).out
    assert "codebook added" in log
    assert qualkit("codebook", "import", path, "--study", root).out.count("Nothing differs.") == 1


def test_codes_that_are_not_in_the_file_stay_and_coded_ones_cannot_go(qualkit: Callable, root: Path) -> None:
    path = root.parent / "ny.csv"
    path.write_text("name,definition\nÅ ringe,Å ta en telefon\n")
    ran = qualkit("codebook", "import", path, "--study", root, "--json")
    assert [row[:2] for row in shown(ran)] == [["not in the file", "kontakt"], ["not in the file", "å-vente"]]
    assert "2 codes are not in the file; they stay" in ran.err
    ran = qualkit("codebook", "import", path, "--study", root, "--remove")
    assert ran.code == 1
    assert "“kontakt” has a code below it that is to stay" in ran.err
    path.write_text("name\nKontakt\nÅ vente\n")
    ran = qualkit("codebook", "import", path, "--study", root, "--remove", "--apply")
    assert ran.code == 1
    assert re.search(r"codings have codes that would be taken out: telefon \(\d\)", ran.err)
    path.write_text("name\nKontakt\nÅ ringe\n")
    assert qualkit("codebook", "import", path, "--study", root, "--apply").code == 0
    assert book(root) == BOOK
    assert qualkit("codebook", "import", path, "--study", root, "--remove", "--apply").code == 0
    assert "Å vente" not in book(root)
    assert "# regel" in book(root)


def test_a_codebook_of_another_program_is_taken_in_with_its_guids_and_sets(qualkit: Callable, root: Path) -> None:
    guid = "1FF58B12-6F6F-4B0C-8BE5-BBDC91F55294"
    path = root.parent / "atlas.qdc"
    path.write_text(
        f'<CodeBook xmlns="urn:QDA-XML:codebook:0:4"><Codes><Code guid="{{{guid.lower()}}}" name="Å ringe" '
        'isCodable="true" color="#46AA00"><Description>Kort: ringe\nDefinisjon: Å ta en telefon</Description>'
        f'</Code></Codes><Sets><Set guid="{guid[::-1]}" name="G"><MemberCode guid="{guid}"/></Set></Sets></CodeBook>'
    )
    ran = qualkit("codebook", "import", path, "--study", root, "--apply", "--json")
    assert ran.code == 0, ran.err
    changes = [row for row in shown(ran) if row[0] != "not in the file"]
    assert ["changed", "telefon", "Å ringe", "brief", "", "ringe"] in changes
    assert ["set", "G", "G", "members", "", "telefon"] in changes
    found, problems = parse_codebook(book(root))
    assert problems == []
    code = found.paths()["telefon"][-1]
    assert (code.guid, code.colour, code.brief, code.definition) == (guid, "#46AA00", "ringe", "Å ta en telefon")
    assert [one.members for one in found.sets] == [("telefon", "å-vente"), ("telefon",)]
    assert code.rules[0].any == ("lemma:ringe",)


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("bok.pdf", "x", "does not end in .csv or .xlsx or .qdc"),
        ("bok.csv", "a,b\n1,2\n", "no line names its columns"),
        ("bok.csv", "name\n", "there are no codes in the file"),
        ("bok.csv", "name,colour\nA,red\n", "bok.csv:2:2: a colour is #"),
        ("bok.qdc", "<!DOCTYPE x><x/>", "DOCTYPE"),
    ],
)
def test_a_file_that_cannot_be_proposed_changes_nothing(
    qualkit: Callable, root: Path, name: str, content: str, why: str
) -> None:
    path = root.parent / name
    path.write_text(content)
    ran = qualkit("codebook", "import", path, "--study", root, "--apply")
    assert (ran.code, ran.out) == (1, "")
    assert why in ran.err
    assert book(root) == BOOK


def test_a_codebook_with_faults_is_neither_exported_nor_proposed_to(qualkit: Callable, root: Path) -> None:
    (root / "codebook.yaml").write_text(BOOK + "colour: red\n")
    path = root.parent / "ny.csv"
    path.write_text("name\nA\n")
    for arguments in (("export", "csv"), ("import", path)):
        ran = qualkit("codebook", *arguments, "--study", root)
        assert ran.code == 1
        assert "“colour” is no key of a codebook" in ran.err


def test_a_file_that_is_there_is_not_written_over(qualkit: Callable, root: Path, tmp_path: Path) -> None:
    path = tmp_path / "hennes.qdc"
    path.write_text("hers")
    ran = qualkit("codebook", "export", "qdc", "--study", root, "-o", path)
    assert (ran.code, path.read_text()) == (1, "hers")
    assert book(root) == BOOK
    assert qualkit("codebook", "export", "qdc", "--study", root, "-o", path, "--force").code == 0
    assert qualkit("codebook", "export", "qdc", "--study", root, "-o", tmp_path / "bok.xml").code == 1
