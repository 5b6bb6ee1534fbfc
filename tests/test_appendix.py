"""The methods appendix: what it says stands in the study, and what stands there it says."""

from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

import pytest

from qualkit import study as studies
from qualkit.activity import steps_table
from qualkit.appendix import appendix_document, code_tree
from qualkit.condensing import begin_subgroup, choose, place, put_aside, write
from qualkit.coreq import computed, coreq_table, durations
from qualkit.document import Document, Heading, Paragraph
from qualkit.gate import text_of_file
from qualkit.marking import code_by_hand
from qualkit.material import load_material
from qualkit.reporting import COMPUTED, PARTLY, Answer, Reporting

CONDENSATE = "Jeg står der alene med alt."
BOOK = """codes:
  - id: natta
    name: Om natta
    codable: false
    children: [{id: alene, name: Alene, definition: Uten noen å spørre}, {id: andre, name: Andre}]
"""


@pytest.fixture
def root(qualkit: Callable, interviews: Callable) -> Path:
    """A study of which one subgroup is written to its end, with a theme over it."""
    files = {
        "K1.txt": "I: Og så?\n\nKari Nes: Jeg står alene om natta. Det er ingen å ringe.\n",
        "K2.txt": "I: Og så?\n\nK2: Om natta er det bare meg.\n",
    }
    people = "id;labels;etat\nK1;Kari Nes;kommune\nK2;K2;sykehus\n"
    folder = interviews(files, codebook=BOOK, participants=people)
    qualkit("code", folder, "--method", "stc", "--coder", "leser")
    study = studies.open_study(folder.with_name("interviews-study"))
    for name, words in (("K1", "Jeg står alene om natta."), ("K2", "bare meg"), ("K1", "Det er ingen å ringe.")):
        code_by_hand(study, "leser", name, "alene", words)
    begin_subgroup(study, "leser", "alene", "Uten hjelp")
    ids = {one.coding.unit.text: one.coding.id for one in load_material(study).accepted()}
    for unit in ("Jeg står alene om natta.", "bare meg"):
        place(load_material(study), "leser", ids[unit], "uten-hjelp")
    put_aside(load_material(study), "leser", ids["Det er ingen å ringe."], "uten-hjelp", "handler om telefonen")
    choose(load_material(study), "leser", ids["bare meg"], "uten-hjelp", as_="golden")
    write(load_material(study), "leser", "uten-hjelp", CONDENSATE)
    write(load_material(study), "leser", "uten-hjelp", "De har ingen å spørre.", key="analytic")
    theme = f"- id: t1\n  heading: Ingen å ringe\n  codes: [alene]\n  quotations: [{ids['bare meg']}]\n"
    (study.root / "themes.yaml").write_text(theme)
    return study.root


def steps(root: Path) -> dict[str, list[str]]:
    study = studies.open_study(root)
    table = steps_table(load_material(study), studies.read_trail(study)[0])
    found: dict[str, list[str]] = {}
    for step, done, *_ in table.rows:
        found.setdefault(str(step).split(":")[0], []).append(str(done))
    return found


def test_the_steps_tell_what_was_done(root: Path) -> None:
    studies.mark_read(studies.open_study(root), "leser", "K1")
    assert steps(root) == {
        "Forberedelse": ["2 transkripsjoner lest inn"],
        "1 Helhetsinntrykk": ["1 transkripsjoner lest"],
        "2 Meningsbærende enheter": ["3 passasjer kodet"],
        "3 Kondensering": [
            "1 subgrupper av kodegruppene",
            "2 enheter plassert",
            "1 enheter flyttet eller lagt til side, med grunn",
            "1 kondensater skrevet, tidligere versjoner medregnet",
            "1 gullsitater valgt",
        ],
        "4 Sammenfatning": ["1 analytiske tekster skrevet", "1 temaer", "1 sitater valgt"],
    }


def test_a_step_of_which_nothing_is_known_says_so(root: Path) -> None:
    assert steps(root)["1 Helhetsinntrykk"] == ["ikke registrert"]


def test_who_and_when_stand_beside_it(root: Path) -> None:
    study = studies.open_study(root)
    table = steps_table(load_material(study), studies.read_trail(study)[0])
    year, month, day = map(int, studies.now()[:10].split("-"))
    for done in ("3 passasjer kodet", "1 analytiske tekster skrevet", "1 gullsitater valgt", "2 enheter plassert"):
        row = next(row for row in table.rows if row[1] == done)
        assert row[2:] == (f"{day}.{month}.{year}", "leser")


@pytest.mark.parametrize("method", ["reflexive-ta", "codebook-ta", "framework", "content-analysis"])
def test_every_method_has_its_own_steps(root: Path, method: str) -> None:
    path = root / "study.yaml"
    path.write_text(path.read_text().replace("method: stc", f"method: {method}"))
    found = steps(root)
    assert "2 Meningsbærende enheter" not in found or method == "content-analysis"
    assert any("passasjer kodet" in done for rows in found.values() for done in rows)


def test_the_tree_shows_where_each_code_ended(root: Path) -> None:
    table = code_tree(load_material(studies.open_study(root)))
    assert table.rows == (("Om natta", None), ("\u2003Alene", "Ingen å ringe"), ("\u2003Andre", None))


def test_sixteen_items_are_told_by_the_study_and_the_rest_is_asked_for(root: Path) -> None:
    study = studies.open_study(root)
    material, trail = load_material(study), studies.read_trail(study)[0]
    told = dict(computed(material, trail, tables={"participants": 2, "code-tree": 3}))
    # The guide is told of where there is one.
    assert set(told) == {*COMPUTED, *PARTLY} - {17}
    assert told[12] == "2 deltakere."
    assert told[16] == "Se tabell 2."
    assert told[24] == "1 (leser)."
    assert told[27].endswith(
        "3 av 3 kodinger er gjort for hånd, 0 begynte som forslag fra ordregler som en person "
        "tok stilling til, 0 kom fra en språkmodell."
    )
    assert told[29].startswith("1 sitater fra 1 deltakere")
    assert told[31] == "Ingen å ringe"
    reporting = Reporting({1: Answer("Hun selv.", "12"), 14: Answer("På kontoret.")})
    rows = {row[0]: row[1:] for row in coreq_table(material, trail, reporting, tables={}).rows}
    assert rows["\u20031 Intervjuer"] == ("Hun selv.", "forskeren", "12")
    assert rows["\u200314 Sted for datainnsamling"] == (
        "Kilder: intervju (2). På kontoret.",
        "studien og forskeren",
        None,
    )
    assert rows["\u20032 Intervjuerens grader"] == ("[mangler]", None, None)


def test_how_long_interviews_are_is_told_by_their_times(qualkit: Callable, interviews: Callable) -> None:
    cues = (
        "WEBVTT\n\n00:00:00.000 --> 00:01:00.000\n<v I>Og så?\n\n00:10:00.000 --> 00:30:00.000\n<v K1>Ingen ringer.\n"
    )
    folder = interviews({"K1.vtt": cues}, codebook="codes: [{id: a, name: A}]\n")
    qualkit("code", folder)
    material = load_material(studies.open_study(folder.with_name("interviews-study")))
    assert durations(material) == [30.0]


def told(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Heading | Paragraph)]


def test_a_reflexive_study_has_the_caution_and_no_checklist(root: Path) -> None:
    path = root / "study.yaml"
    path.write_text(path.read_text().replace("method: stc", "method: reflexive-ta"))
    material = load_material(studies.open_study(root))
    plain = appendix_document(material, [])
    assert "coreq" not in [table.name for table in plain.tables()]
    assert "RTARG" in told(plain)[-1]
    asked = appendix_document(material, [], coreq=True)
    assert [table.name for table in asked.tables()][-1] == "coreq"
    assert "RTARG" in told(asked)[-1]


@pytest.mark.drafts
@pytest.mark.parametrize("suffix", ["docx", "html", "xlsx"])
def test_the_appendix_is_written_through_the_gate(qualkit: Callable, root: Path, tmp_path: Path, suffix: str) -> None:
    (root / "reporting.yaml").write_text("coreq: {10: Strategisk utvalg.}\n")
    out = tmp_path / f"vedlegg.{suffix}"
    ran = qualkit("export", "appendix", "-o", out, "--study", root)
    assert ran.code == 0, ran.err
    text = " ".join(text_of_file(out.read_bytes()).split())
    for words in ("Trinnene i analysen", "Strategisk utvalg.", CONDENSATE, "bare meg", "Uten noen å spørre"):
        assert words in text
    assert "Kari Nes" not in text
    assert "15 items wait for your words in reporting.yaml: 1, 2," in ran.err
    assert "vedlegg" in qualkit("export", "appendix", "-o", out, "--study", root).err


@pytest.mark.drafts
def test_the_questions_are_put_into_the_study_once(qualkit: Callable, root: Path) -> None:
    ran = qualkit("export", "appendix", "--ask", "--study", root)
    assert ran.code == 0, ran.err
    assert "reporting.yaml" in ran.out
    assert "Forhold til deltakerne" in (root / "reporting.yaml").read_text()
    assert "is there already" in qualkit("export", "appendix", "--ask", "--study", root).err
    written = path.read_bytes() if (path := root / "reporting.yaml").is_file() else b""
    assert qualkit("undo", "--study", root).code == 0
    assert not path.exists()
    assert qualkit("undo", "--redo", "--study", root).code == 0
    assert path.read_bytes() == written


def test_what_was_answered_waits_until_it_is_decided(qualkit: Callable, root: Path) -> None:
    (root / "reporting.yaml").write_text("coreq: {6: Kari Nes var en kollega fra Solbakken.}\n")
    ran = qualkit("export", "appendix", "--study", root)
    assert ran.code == 1
    assert not list(root.glob("exports/*"))
    assert "Solbakken" not in ran.err


def test_slips_in_the_answers_are_told_by_check_and_stop_the_appendix(qualkit: Callable, root: Path) -> None:
    (root / "reporting.yaml").write_text("coreq: {40: Ja}\n")
    assert "COREQ has no item “40”" in qualkit("check", "--study", root).err
    assert qualkit("export", "appendix", "--study", root).code == 1


@pytest.mark.drafts
def test_the_thematic_map_is_a_figure_with_a_number_of_its_own(qualkit: Callable, root: Path, tmp_path: Path) -> None:
    for suffix in ("docx", "html"):
        ran = qualkit("export", "appendix", "-o", tmp_path / f"vedlegg.{suffix}", "--study", root)
        assert ran.code == 0, ran.err
    with ZipFile(tmp_path / "vedlegg.docx") as package:
        assert package.read("word/media/picture1.png").startswith(b"\x89PNG")
        assert b'Extension="png"' in package.read("[Content_Types].xml")
        assert b'Target="media/picture1.png"' in package.read("word/_rels/document.xml.rels")
        xml = package.read("word/document.xml").decode()
    assert " SEQ Figur " in xml
    assert 'r:embed="rIdPicture1"' in xml
    assert 'descr="Temakart: Ingen å ringe"' in xml
    page = (tmp_path / "vedlegg.html").read_text()
    assert "img-src data:" in page
    assert '<img alt="Temakart: Ingen å ringe" src="data:image/png;base64,' in page


@pytest.mark.drafts
def test_a_transcript_named_after_somebody_is_told_of_by_the_persons_id(
    qualkit: Callable, interviews: Callable
) -> None:
    files = {"Intervju Kari.txt": "I: Og så?\n\nKari Nes: Jeg står alene om natta.\n\nI: Ja?\n\nKari Nes: Ja.\n"}
    folder = interviews(files, codebook=BOOK, participants="id;labels\nK1;Kari Nes\n")
    qualkit("code", folder, "--method", "stc", "--coder", "leser")
    root = folder.with_name("interviews-study")
    code_by_hand(studies.open_study(root), "leser", "Intervju Kari", "alene", "Jeg står alene om natta.")
    qualkit("read", "verdict", "Intervju Kari", "supports", "--study", root)

    ran = qualkit("export", "appendix", "--study", root, "--allow-unreviewed", "utkast")

    assert ran.code == 0, ran.err
    text = text_of_file((root / "exports" / "metodevedlegg.not-anonymised.docx").read_bytes())
    assert "Intervju [K1]" in text
    assert "Kari" not in text


@pytest.mark.drafts
def test_a_year_that_was_decided_about_does_not_stop_the_year_of_an_article(
    qualkit: Callable, root: Path, tmp_path: Path
) -> None:
    (root / "private").mkdir(exist_ok=True)
    (root / "private" / "identities.yaml").write_text(
        'format: 1\nidentities:\n- {id: d1, forms: ["2016"], type: date, class: indirect, action: generalise, '
        'print: {nb: "2015–2019"}, by: leser, date: 2026-05-04}\n',
        encoding="utf-8",
    )
    (root / "private" / "identities.yaml").chmod(0o600)
    (root / "reporting.yaml").write_text("coreq: {10: Strategisk utvalg.}\n")
    out = tmp_path / "vedlegg.docx"
    ran = qualkit("export", "appendix", "-o", out, "--study", root)
    assert ran.code == 0, ran.err
    assert "Guassora, 2016" in " ".join(text_of_file(out.read_bytes()).split())
    (root / "reporting.yaml").write_text("coreq: {10: Alle ble valgt i 2016.}\n")
    refused = qualkit("export", "appendix", "-o", out, "--force", "--study", root)
    assert (refused.code, "holds a name of 2015–2019" in refused.err) == (1, True)
