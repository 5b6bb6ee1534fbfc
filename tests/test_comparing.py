import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from qualkit import register
from qualkit import study as studies
from qualkit.coding.queries import QueryError
from qualkit.coding.query_parser import parse_query
from qualkit.comparing import code_table, outside_table, word_tables
from qualkit.material import Material, load_material
from qualkit.model import Coding
from qualkit.table import MARK

TALK = {
    "K1.txt": "I: Hva skjedde med pasienten?\n\nK1: Jeg måtte ringe. Pasienten ventet. Ingen ringte.\n",
    "K2.txt": "I: Hva skjedde?\n\nK2: Brukeren fikk vente. Brukeren ventet.\n",
    "K3.txt": "I: Hva skjedde?\n\nK3: Pasienten sov.\n",
}
DRAFT = ("--allow-unreviewed", "the words themselves are tested")
PEOPLE = "id;etat\nK1;sykehus\nK2;kommune\nK3;sykehus\nK4;kommune\n"
THEMES = "themes:\n- id: kontakt\n  heading: Kontakt\n  subthemes:\n  - heading: Telefon\n    codes: [telefon]\n"


@pytest.fixture
def root(qualkit: Callable, interviews: Callable) -> Path:
    """Make a study of three interviews in which everything that was proposed is accepted."""
    folder = interviews(TALK, participants=PEOPLE)
    assert qualkit("code", folder).code == 0
    root: Path = folder.with_name("interviews-study")
    qualkit("review", "--study", root, keys="a\n" * 9)
    (root / "themes.yaml").write_text(THEMES)
    return root


@pytest.fixture
def material(root: Path) -> Material:
    return load_material(studies.open_study(root))


def words(cell: object) -> str | None:
    return cell.unit.text if isinstance(cell, Coding) else None


def test_codes_stand_against_the_groups(material: Material) -> None:
    table = code_table(material, "ETAT", ["vente"], counts=True)
    assert [column.label for column in table.columns] == [
        "Kode",
        "kommune (n\u00a0=\u00a02)",
        "sykehus (n\u00a0=\u00a02)",
    ]
    assert table.rows == (("Å vente", "2 (1)", "1 (1)"),)
    assert code_table(material, "etat", ["vente"], counts=False).rows == (("Å vente", MARK, MARK),)
    assert "telefon" not in str(table.rows)


def test_a_code_that_stands_in_no_theme_is_compared_all_the_same(material: Material) -> None:
    assert code_table(material, "etat").rows[0][0] == "Kontakt"
    assert [row[0] for row in code_table(material, "etat", ["vente"]).rows] == ["Å vente"]


def test_words_stand_side_by_side_with_how_many_say_them(material: Material) -> None:
    queries = [parse_query("lemma:pasient"), parse_query("re:brukeren")]
    compared = word_tables(material, "etat", queries, counts=True, context=1)
    users, beside = compared.tables
    assert users.rows == (("lemma:pasient", None, "2 (2)"), ("re:brukeren", "2 (1)", None))
    assert [(row[0], words(row[1]), words(row[2])) for row in beside.rows] == [
        ("lemma:pasient", None, "ringe. Pasienten ventet."),
        ("lemma:pasient", None, "Pasienten sov."),
        ("re:brukeren", "Brukeren fikk", None),
        ("re:brukeren", "vente. Brukeren ventet.", None),
    ]
    marks, _ = word_tables(material, "etat", queries, counts=False).tables
    assert marks.rows == (("lemma:pasient", None, MARK), ("re:brukeren", MARK, None))


def test_who_stands_outside_a_theme_is_listed_with_what_was_coded_instead(material: Material) -> None:
    table = outside_table(material, "kontakt", counts=True)
    assert table.rows == (("K2", "K2", "Å vente", 2), ("K3", "K3", "[ikke kodet]", 0))
    assert outside_table(material, "telefon", counts=False).rows == (
        ("K2", "K2", "Å vente"),
        ("K3", "K3", "[ikke kodet]"),
    )
    assert outside_table(material, "vente").rows == (("K3", "K3", "[ikke kodet]", 0),)


@pytest.mark.parametrize("method", ["stc", "reflexive-ta"])
def test_numbers_stand_behind_a_switch_where_the_method_does_not_count(root: Path, method: str) -> None:
    file = root / "study.yaml"
    file.write_text(re.sub("^method: .*$", f"method: {method}", file.read_text(), flags=re.MULTILINE))
    material = load_material(studies.open_study(root))
    assert code_table(material, "etat", ["vente"]).rows == (("Å vente", MARK, MARK),)
    assert word_tables(material, "etat", [parse_query("lemma:pasient")]).tables[0].rows[0][2] == MARK
    assert [column.key for column in outside_table(material, "kontakt").columns] == [
        "participant",
        "transcript",
        "codes",
    ]


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda material: code_table(material, "etatt"), "no column “etatt”"),
        (lambda material: code_table(material, "etat", ["vent"]), "no code “vent”"),
        (lambda material: word_tables(material, "x", []), "no column “x”"),
        (lambda material: outside_table(material, "kontak"), "no theme “kontak”"),
    ],
)
def test_names_that_are_not_there_are_told(material: Material, call: Callable, message: str) -> None:
    with pytest.raises(QueryError, match=message):
        call(material)


def test_the_command_shows_and_writes_them(qualkit: Callable, root: Path, tmp_path: Path) -> None:
    arguments = ["compare", "--study", root, "--by", "etat", "lemma:pasient", "--code", "vente", "--against", "kontakt"]
    ran = qualkit(*arguments, "--json", "--context", "0")
    assert ran.code == 0, ran.err
    told = json.loads(ran.out)
    assert list(told) == ["theme-etat", "words-etat", "in-context", "outside"]
    assert told["in-context"][0]["sykehus"] == "Pasienten (K1)"
    assert "Pasienten (K1)" in qualkit(*arguments, "--context", "0").out
    ran = qualkit(*arguments, "-o", tmp_path / "a.json", *DRAFT)
    assert ran.code == 0, ran.err
    assert "(K1)" in (tmp_path / "a.json").read_text()
    assert "one table" in qualkit(*arguments, "-o", tmp_path / "a.csv", *DRAFT).err


def test_words_without_groups_are_wrong_usage(qualkit: Callable, root: Path) -> None:
    for arguments in ([], ["lemma:pasient", "--against", "kontakt"]):
        assert qualkit("compare", *arguments, "--study", root).code == 2


def test_a_file_is_written_without_asking_where_nothing_in_it_waits(
    qualkit: Callable, root: Path, tmp_path: Path
) -> None:
    (root / "participants.csv").write_text("id;vakt\nK1;dag\nK2;natt\nK3;dag\n")
    ran = qualkit("compare", "--by", "vakt", "lemma:vente", "--study", root, "-o", tmp_path / "a.json")
    assert ran.code == 0, ran.err
    assert "Brukeren fikk vente." in (tmp_path / "a.json").read_text()


def test_what_leaves_the_desk_holds_no_name(qualkit: Callable, named_study: Path, tmp_path: Path) -> None:
    ran = qualkit("compare", "--by", "rolle", "lemma:ringe", "--study", named_study, "-o", tmp_path / "a.json", *DRAFT)
    assert ran.code == 0, ran.err
    text = (tmp_path / "a.json").read_text()
    assert not re.search(r"\b(Kari|Nes|Ola|Vik)\b", text)
    assert "aldri" not in text
    assert "Jeg måtte ringe [P2]." in text


NAMES = {"K1.txt": "I: Hva skjedde?\n\nK1: Da ringte Gunvor Solheim. Jeg ringte til Gunvor. Kaffen var god.\n"}


@pytest.fixture
def with_names(qualkit: Callable, interviews: Callable) -> Path:
    folder = interviews(NAMES, participants="id;etat\nK1;sykehus\n")
    qualkit("code", folder)
    root: Path = folder.with_name("interviews-study")
    return root


def decided(root: Path, *items: str) -> None:
    study = studies.open_study(root)
    register.save_register(study, "".join(items))


GUNVOR = "identities:\n- {id: p1, forms: [Gunvor Solheim, Gunvor], print: Anne Moen, by: siri}\n"


def test_a_name_in_a_query_is_printed_as_the_register_says(qualkit: Callable, with_names: Path, tmp_path: Path) -> None:
    decided(with_names, GUNVOR)
    out = tmp_path / "navn.csv"
    ran = qualkit("compare", "--study", with_names, "--by", "etat", "gunvor", '"til Gunvor"', "kaffen", "-o", out)
    assert ran.code == 0, ran.err
    text = out.read_text(encoding="utf-8-sig")
    assert "[Anne]" in text
    assert "gunvor" not in text.casefold()
    # On one's own screen the query stands as it was asked.
    assert "gunvor" in qualkit("compare", "--study", with_names, "--by", "etat", "gunvor").out


def test_a_query_nobody_decided_about_is_named_as_that_with_what_to_do(
    qualkit: Callable, with_names: Path, tmp_path: Path
) -> None:
    out, options = tmp_path / "navn.xlsx", ("--study", with_names, "--by", "etat")
    ran = qualkit("compare", *options, "kaffen", "Gunvor NOT code:telefon", "-o", out)
    assert ran.code == 1
    assert re.search(r"query 2 \(.*names@", ran.err)
    assert "query 1" not in ran.err.partition("“query 1”")[0]
    assert "qualkit anonymise decide --from FILE" in ran.err
    assert "unvor" not in ran.err
    assert not out.exists()
    decisions = tmp_path / "decisions.yaml"
    decisions.write_text("decisions:\n- {form: Gunvor Solheim, action: pass}\n- {form: Gunvor, action: pass}\n")
    assert qualkit("anonymise", "decide", "--study", with_names, "--from", decisions).code == 0
    ran = qualkit("compare", *options, "kaffen", "Gunvor NOT code:telefon", "-o", out)
    assert ran.code == 0, ran.err


def test_a_name_that_may_be_two_peoples_is_named_in_the_query_too(
    qualkit: Callable, with_names: Path, tmp_path: Path
) -> None:
    at = (with_names / "transcripts" / "K1.txt").read_text(encoding="utf-8").partition("\n---\n")[2].index("Gunvor")
    decided(
        with_names,
        f'identities:\n- {{id: p1, forms: [Gunvor], print: Anne, by: siri, only: ["K1:{at}-{at + 6}"]}}\n',
        '- {id: p2, forms: [Gunvor], print: Berit, by: siri, only: ["K1:1-4"]}\n',
    )
    ran = qualkit("compare", "--study", with_names, "--by", "etat", "gunvor", "-o", tmp_path / "navn.csv")
    assert ran.code == 1
    assert re.search(r"query 1 \(.*register@", ran.err)


@pytest.mark.parametrize("query", ["lemma:ringe", "ringe OR ring*", "ringte NEAR/5 jeg", "kaffen NOT code:telefon"])
def test_a_query_without_names_is_printed_as_it_was_asked(
    qualkit: Callable, with_names: Path, tmp_path: Path, query: str
) -> None:
    decided(with_names, GUNVOR)
    out = tmp_path / "ord.csv"
    ran = qualkit("compare", "--study", with_names, "--by", "etat", query, "-o", out)
    assert ran.code == 0, ran.err
    assert query in out.read_text(encoding="utf-8-sig")
