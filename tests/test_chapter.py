"""What was written of the results stands before the tables, with its quotations rendered."""

import re
from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

import pytest

from qualkit import study as studies
from qualkit.chapter import overview_table, results_text
from qualkit.condensing import begin_subgroup, choose, place, write
from qualkit.document import Document, Heading, Paragraph
from qualkit.gate import text_of_file, words_of
from qualkit.marking import code_by_hand
from qualkit.material import load_material
from qualkit.model import Coding, Quotation, Span
from qualkit.rendering import framework, written

CONDENSATE = "Jeg står der alene med alt."
ANALYTIC = "De beskriver natta som et sted uten noen å spørre.\n\nDet gjelder begge."


@pytest.fixture
def root(qualkit: Callable, interviews: Callable) -> Path:
    """A study of which one subgroup is written to its end."""
    files = {
        "K1.txt": "I: Og så?\n\nKari Nes: Jeg står alene om natta. Det er ingen å ringe.\n",
        "K2.txt": "I: Og så?\n\nK2: Om natta er det bare meg.\n",
    }
    book = "codes: [{id: alene, name: Alene}, {id: andre, name: Andre}]\n"
    folder = interviews(files, codebook=book, participants="id;labels\nK1;Kari Nes\nK2;K2\n")
    qualkit("code", folder, "--method", "stc")
    found = studies.open_study(folder.with_name("interviews-study"))
    for name, words in (("K1", "Jeg står alene om natta."), ("K2", "bare meg")):
        code_by_hand(found, "kari", name, "alene", words)
    begin_subgroup(found, "kari", "alene", "Om natta")
    ids = {one.coding.unit.text: one.coding.id for one in load_material(found).accepted()}
    for unit in ids.values():
        place(load_material(found), "kari", unit, "om-natta")
    choose(load_material(found), "kari", ids["bare meg"], "om-natta", as_="golden")
    write(load_material(found), "kari", "om-natta", CONDENSATE)
    write(load_material(found), "kari", "om-natta", ANALYTIC, key="analytic")
    return found.root


def told(root: Path) -> list[str]:
    blocks = results_text(load_material(studies.open_study(root)))
    return [
        f"{block.level} {block.text}"
        if isinstance(block, Heading)
        else block.text
        if isinstance(block, Paragraph)
        else f"»{block.unit.text}«"
        for block in blocks
        if isinstance(block, Heading | Paragraph | Coding)
    ]


def test_without_themes_the_code_groups_are_the_headings(root: Path) -> None:
    assert told(root) == ["2 Alene", ANALYTIC, "»bare meg«"]


def test_each_theme_tells_what_its_subgroups_say(root: Path) -> None:
    (root / "themes.yaml").write_text(
        "- heading: Ingen å ringe\n  text: |\n    Kategorien handler\n    om natta.\n  subthemes:\n"
        "  - heading: Natta\n    codes: [alene]\n- heading: Tomt\n  codes: [andre]\n"
    )
    assert told(root) == ["2 Ingen å ringe", "Kategorien handler om natta.", "3 Natta", ANALYTIC, "»bare meg«"]


def test_a_theme_without_subgroups_has_its_text_and_the_quotations_chosen(root: Path) -> None:
    [unit] = [one.coding.id for one in load_material(studies.open_study(root)).accepted() if one.participant == "K1"]
    theme = f"- heading: Andre\n  text: |\n    De er to.\n  codes: [andre]\n  quotations: [{unit}]\n"
    (root / "themes.yaml").write_text(theme)
    # The group whose code is in no theme is not lost.
    assert told(root) == ["2 Andre", "De er to.", "»Jeg står alene om natta.«", "2 Alene", ANALYTIC, "»bare meg«"]


def test_what_was_chosen_for_a_theme_without_a_text_of_its_own_is_printed(root: Path) -> None:
    [unit] = [one.coding.id for one in load_material(studies.open_study(root)).accepted() if one.participant == "K1"]
    (root / "themes.yaml").write_text(
        f"- heading: Natta\n  codes: [alene]\n  quotations: [{unit}]\n"
        f"- heading: Andre\n  codes: [andre]\n  quotations: [{unit}]\n"
    )
    said = "»Jeg står alene om natta.«"
    assert told(root) == ["2 Natta", ANALYTIC, "»bare meg«", said, "2 Andre", said]
    # Where nothing is written, tables are all there is, and they hold the quotations.
    (root / "condensates.yaml").unlink()
    assert told(root) == []


@pytest.mark.drafts
@pytest.mark.parametrize("kind", ["word", "html"])
def test_the_results_part_is_text_quotation_and_table_under_each_heading(
    qualkit: Callable, root: Path, kind: str
) -> None:
    ran = qualkit("export", kind, "--study", root)
    assert ran.code == 0, ran.err
    [path] = (root / "exports").iterdir()
    text = " ".join(text_of_file(path.read_bytes()).split())
    said = text.index("bare meg")
    assert text.index("Oversikt over resultatene") < text.index("Det gjelder begge.") < said
    assert said < text.rindex("Hvem som forteller om «Alene»")
    assert "viser kodene i temaet og hvem de kommer fra." in text
    # A condensate is a working text: it stands in the audit table and nowhere else.
    assert CONDENSATE not in text
    assert "Kari Nes" not in text


@pytest.mark.drafts
@pytest.mark.parametrize("kind", ["word", "html"])
def test_the_audit_table_is_there_when_it_is_asked_for(qualkit: Callable, root: Path, kind: str) -> None:
    ran = qualkit("export", kind, "--audit", "--study", root)
    assert ran.code == 0, ran.err
    [path] = (root / "exports").iterdir()
    text = " ".join(text_of_file(path.read_bytes()).split())
    assert text.index("Fra meningsbærende enheter til analytisk tekst") < text.rindex(CONDENSATE)


@pytest.mark.drafts
def test_a_sentence_leads_to_its_table_by_a_field(qualkit: Callable, root: Path) -> None:
    assert qualkit("export", "word", "--study", root).code == 0
    [path] = (root / "exports").iterdir()
    with ZipFile(path) as package:
        xml = package.read("word/document.xml").decode()
    referred = re.findall(r" REF (_Ref[0-9]+) ", xml)
    assert len(referred) == 2
    assert set(referred) <= set(re.findall(r'<w:bookmarkStart [^>]*w:name="(_Ref[0-9]+)"', xml))
    shown = re.findall(r" REF _Ref[0-9]+ .*?separate.*?<w:t [^>]*>([^<]*)</w:t>", xml)
    assert shown == ["Tabell 1", "Tabell 2"]


def test_an_overview_gathers_themes_groups_and_subgroups(root: Path) -> None:
    (root / "themes.yaml").write_text(
        "- heading: Ingen å ringe\n  definition: Natta er tom.\n  codes: [alene, andre]\n"
        "  subthemes:\n  - heading: De andre\n    codes: [andre]\n"
    )
    table = overview_table(load_material(studies.open_study(root)))
    assert [column.key for column in table.columns] == ["theme", "subtheme", "told", "group", "subgroups"]
    assert table.rows == (
        ("Ingen å ringe", None, "Natta er tom.", "Alene", "Om natta"),
        ("Ingen å ringe", None, "Natta er tom.", "Andre", None),
        ("Ingen å ringe", "De andre", None, "Andre", None),
    )


@pytest.mark.drafts
def test_what_may_not_be_quoted_is_refused_where_it_was_chosen(qualkit: Callable, root: Path) -> None:
    (root / "participants.csv").write_text("id;labels;may_quote\nK1;Kari Nes;yes\nK2;K2;no\n")
    assert "the golden quotation of “om-natta” is of a participant who may not be quoted" in (
        qualkit("check", "--study", root).err
    )
    assert qualkit("export", "word", "--study", root).code == 1
    assert not (root / "exports").exists() or not list((root / "exports").iterdir())
    # Among all units it stands with a note.
    assert qualkit("condense", "audit", "-o", root.parent / "a.docx", "--study", root).code == 0
    text = text_of_file((root.parent / "a.docx").read_bytes())
    assert "bare meg" not in text
    assert "Jeg står alene om natta." in text


@pytest.mark.drafts
def test_the_audit_table_is_shown_and_written(qualkit: Callable, root: Path, tmp_path: Path) -> None:
    shown = qualkit("condense", "audit", "--study", root).out
    assert CONDENSATE in " ".join(shown.split())
    out = tmp_path / "audit.xlsx"
    assert qualkit("condense", "audit", "-o", out, "--study", root).code == 0
    assert "bare meg" in text_of_file(out.read_bytes())
    assert "audit.xlsx is there already" in qualkit("condense", "audit", "-o", out, "--study", root).err


def test_units_follow_a_transcript_that_was_edited(qualkit: Callable, root: Path) -> None:
    path = root / "transcripts" / "K2.txt"
    path.write_text(path.read_text().replace("K2: Om natta", "K2: Ja, det var det, om natta"))
    qualkit("anchor", "--study", root)
    assert told(root) == ["2 Alene", ANALYTIC, "»bare meg«"]
    assert "condensates.yaml" not in qualkit("check", "--study", root).err


@pytest.mark.parametrize("suffix", [".docx", ".xlsx", ".html", ".json"])
def test_names_of_styles_for_running_text_are_the_program_s_own(root: Path, suffix: str) -> None:
    blocks = tuple(
        block for block in results_text(load_material(studies.open_study(root))) if isinstance(block, Heading)
    )
    document = Document("", "nb", (*blocks, Paragraph(ANALYTIC), Quotation("bare meg", "u", Span("K2", 0, 8), "(K2)")))
    ours = framework(suffix, "nb", "apa") | words_of(f"{ANALYTIC} Alene bare meg K2 u")
    assert words_of(text_of_file(written(document, suffix))) <= ours


def test_what_was_written_waits_until_it_is_decided(qualkit: Callable, root: Path) -> None:
    write(load_material(studies.open_study(root)), "kari", "om-natta", "Hun på Solbakken ringer aldri.", key="analytic")
    told = qualkit("export", "word", "--study", root).err
    assert "condensates.yaml: analytic of om-natta" in told
    assert "Solbakken" not in told
