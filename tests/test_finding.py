import json
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from qualkit import study as studies
from qualkit.coding.queries import QueryError
from qualkit.coding.query_parser import parse_query
from qualkit.finding import ask, find, found_table
from qualkit.material import load_material

CODEBOOK = """codes:
- id: kontakt
  name: Kontakt
  codable: false
  children:
  - id: telefon
    name: Å ringe
    rules: ["lemma:ringe"]
- id: vente
  name: Å vente
  rules: ["lemma:vente"]
"""
DRAFT = ("--allow-unreviewed", "the words themselves are tested")
PEOPLE = "id;rolle;sted\nK1;sykepleier;Nord kommune\nK2;lege;Nord kommune\n"


@pytest.fixture
def root(qualkit: Callable, interviews: Callable) -> Path:
    """Make a codebook study of two interviews; of three proposals two are accepted and one waits."""
    folder = interviews(codebook=CODEBOOK, participants=PEOPLE)
    assert qualkit("code", folder).code == 0
    root: Path = folder.with_name("interviews-study")
    qualkit("review", "--study", root, keys="a\na\nq\n")
    return root


def asked(root: Path, query: str, *, with_proposals: bool = False) -> list[str]:
    material = load_material(studies.open_study(root))
    tree = parse_query(query)
    places = find(ask(material, tree, with_proposals=with_proposals), tree)
    return [material.transcripts[p.span.transcript].text[p.span.start : p.span.end] for p in places]


def test_a_code_stands_for_all_below_it_and_accepted_codings_count(root: Path) -> None:
    accepted = [
        extract.coding.unit.text
        for extract in load_material(studies.open_study(root)).accepted()
        if extract.coding.code == "telefon"
    ]
    assert accepted
    assert asked(root, "code:telefon") == accepted
    assert asked(root, "code:KONTAKT") == accepted
    assert asked(root, 'code:"å ringe"') == accepted
    more = asked(root, "code:*", with_proposals=True)
    assert set(accepted) < set(more)
    assert asked(root, "lemma:ringe NOT code:*", with_proposals=True) == []


@pytest.mark.parametrize("method", ["stc", "reflexive-ta"])
def test_what_rules_propose_is_never_found_where_a_person_reads_first(root: Path, method: str) -> None:
    file = root / "study.yaml"
    file.write_text(re.sub("^method: .*$", f"method: {method}", file.read_text(), flags=re.MULTILINE))
    assert asked(root, "code:*", with_proposals=True) == asked(root, "code:*")


@pytest.mark.parametrize(
    ("query", "message", "hint"),
    [
        ("a code:telefn", "column 3 of the query: the codebook has no code “telefn”", "“telefon”"),
        ("code:xyz", "no code “xyz”", "qualkit codebook show"),
        ("roll=lege", "no column “roll”", "“rolle”"),
        ("rolle=leg", "nobody has this value in the column “rolle”", "* is any letters"),
        ("sted=Sør", "nobody has this value in the column “sted”", "Nord kommune"),
        ("participant:K9", "no such participant", "participants.csv"),
        ("transcript:K9", "no such transcript", "transcripts/"),
        ("speaker:interviewr", "nobody speaks under this label", "interviewer"),
        ("kind:intervew", "“intervew” is no kind", "interview"),
    ],
)
def test_names_that_are_not_there_are_told_with_what_is(root: Path, query: str, message: str, hint: str) -> None:
    with pytest.raises(QueryError) as raised:
        asked(root, query)
    assert message in str(raised.value)
    assert hint in raised.value.hint


def test_no_name_of_a_speaker_is_told(named_study: Path) -> None:
    for query in ("speaker:Kary", "navn=Kari", "participant:Kari"):
        with pytest.raises(QueryError) as raised:
            asked(named_study, query)
        assert not re.search("Nes|Vik", str(raised.value) + raised.value.hint)
    assert asked(named_study, 'speaker:"kari nes" lemma:ringe') == ["ringte", "ringe"]


def test_one_process_and_several_find_the_same(root: Path) -> None:
    material = load_material(studies.open_study(root))
    query = parse_query("lemma:ringe OR code:vente")
    told = ask(material, query)
    assert find(told, query, jobs=2) == find(told, query)


def test_a_place_is_told_with_line_codes_and_words_around_it(root: Path) -> None:
    material = load_material(studies.open_study(root))
    query = parse_query("måtte NEAR/0 ringe")
    told = ask(material, query)
    table = found_table(material, told, find(told, query), "Funn", context=1)
    [row] = table.rows
    text = material.transcripts["K1"].text
    at = text.index("måtte ringe")
    assert row[:5] == (f"K1:{at}-{at + 11}", 2, "K1", "Deltaker", "Å ringe")
    assert [cell.unit.text for cell in row[5:]] == ["måtte ringe", "Jeg måtte ringe kommunen."]  # type: ignore[union-attr]


def test_the_screen_shows_the_words_and_counts_them(qualkit: Callable, root: Path) -> None:
    ran = qualkit("find", "lemma:ringe", "rolle=lege", "--json", "--study", root)
    assert ran.code == 0
    [row] = json.loads(ran.out)
    assert row["words"] == "ringer"
    assert row["context"] == "Vi venter alltid på svar. Ingen ringer oss."
    assert ran.err == "1 place in 1 transcript, of 1 participant.\n"
    ran = qualkit("find", "lemma:ringe", "--study", root)
    assert "ringer" in ran.out
    assert qualkit("find", "snø", "--study", root).err == "Nothing was found.\n"


def test_a_query_that_cannot_be_read_ends_the_command(qualkit: Callable, root: Path) -> None:
    ran = qualkit("find", 'ringe "over', "--study", root)
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.startswith("Error: column 7 of the query")


@pytest.mark.parametrize("ending", ["docx", "xlsx", "csv", "json", "html"])
def test_what_leaves_the_desk_holds_no_name_and_nothing_of_who_may_not_be_quoted(
    qualkit: Callable, named_study: Path, tmp_path: Path, ending: str
) -> None:
    path = tmp_path / f"funn.{ending}"
    ran = qualkit("find", "lemma:ringe OR vakt", "--study", named_study, "-o", path, *DRAFT)
    assert ran.code == 0, ran.err
    text = written(path)
    assert not re.search(r"\b(Kari|Nes|Ola|Vik)\b", text)
    assert "aldri" not in text
    assert "Jeg måtte ringe [P2]." in text
    assert "skal ikke siteres" in text
    again = qualkit("find", "vakt", "--study", named_study, "-o", path, *DRAFT)
    assert again.code == 1
    assert "is there already" in again.err


def written(path: Path) -> str:
    """Return all text of a file, tags left out."""
    if path.suffix in (".docx", ".xlsx"):
        with zipfile.ZipFile(path) as package:
            parts = [package.read(name).decode("utf-8", "replace") for name in package.namelist()]
        return "\n".join([*parts, *(re.sub("<[^>]*>", "", part) for part in parts)])
    return path.read_text(encoding="utf-8-sig")
