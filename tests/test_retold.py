"""Exports that retell somebody who withdraws, in a condensate, a theme's text or a summary, are named."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest

from qualkit import study as studies
from qualkit.material import load_material

DEFINITION = "Uten et nummer å slå blir man sittende med foten."
CONDENSATE = "Jeg sitter der med røret i handa og ingen tar den."
ANALYTIC = "Deltakerne beskriver en tjeneste som ikke lar seg nå på telefon."
SUMMARY = "Prøver kommunen først, og gir opp om kvelden."


@pytest.fixture
def root(qualkit: Callable, interviews: Callable) -> Path:
    folder = interviews()
    qualkit("code", folder)
    root: Path = folder.with_name("interviews-study")

    def did(*arguments: str, keys: str = "") -> None:
        ran = qualkit(*arguments, "--study", root, keys=keys)
        assert ran.code == 0, (arguments, ran.err)

    did("review", keys="a\n" * 9)
    did("themes", "add", "Om å ringe", "telefon", "--id", "ringe")
    did("themes", "write", "ringe", "--definition", DEFINITION)
    did("themes", "add", "Om å vente", "vente", "--id", "vente")
    did("themes", "write", "vente", "--test", "Kø er kø.")
    did("condense", "add", "telefon", "Alene")
    units = [e.coding for e in load_material(studies.open_study(root)).accepted() if e.coding.code == "telefon"]
    did("condense", "place", *(one.id for one in units), "alene")
    did("condense", "write", "alene", "--file", "-", keys=CONDENSATE)
    did("condense", "write", "alene", "--analytic", "--file", "-", keys=ANALYTIC)
    did("framework", "write", "K1", "ringe", "--file", "-", keys=SUMMARY)
    (root / "exports").mkdir(exist_ok=True)
    return root


def docx(*lines: str) -> bytes:
    from docx import Document

    document, made = Document(), io.BytesIO()
    for line in lines:
        # In Word a sentence is often parted into runs.
        paragraph = document.add_paragraph()
        for word in line.split(" "):
            paragraph.add_run(word + " ")
    document.save(made)
    return made.getvalue()


def named(qualkit: Callable, root: Path, who: str) -> list[str]:
    ran = qualkit("withdraw", who, "--study", root, "-n")
    assert ran.code == 0, ran.err
    return [line for line in ran.err.splitlines() if line.startswith(("exports/", "working/"))]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        (DEFINITION, "the text of the theme “ringe”"),
        (CONDENSATE, "the condensate of “alene”"),
        (ANALYTIC, "the analytic text of “alene”"),
        (SUMMARY, "the summary of “ringe”"),
    ],
)
@pytest.mark.parametrize("name", ["utkast.docx", "utkast.html", "tabeller.json"])
def test_an_export_that_retells_who_withdraws_is_listed_by_its_name(
    qualkit: Callable, root: Path, text: str, what: str, name: str
) -> None:
    import json

    path = root / "exports" / name
    if name.endswith(".docx"):
        path.write_bytes(docx("Funn", text))
    elif name.endswith(".html"):
        path.write_text(f"<p>{text.replace(' og ', ' <b>og</b> ')}</p>", encoding="utf-8")
    else:
        path.write_text(json.dumps({"text": text}), encoding="utf-8")
    (root / "exports" / "annet.docx").write_bytes(docx("Noe helt annet som ingen har sagt."))

    assert named(qualkit, root, "K1") == [f"exports/{name}: it retells what goes: {what}"]


def test_what_the_study_itself_exported_is_listed_and_stays(qualkit: Callable, root: Path) -> None:
    ran = qualkit(
        "export", "appendix", "--study", root, "-o", root / "exports" / "vedlegg.docx", "--allow-unreviewed", "utkast"
    )
    assert ran.code == 0, ran.err
    (root / "exports" / "funn.docx").write_bytes(docx(CONDENSATE, ANALYTIC))

    ran = qualkit("withdraw", "K1", "--study", root, "--yes")

    assert "exports/funn.docx: it retells what goes: the condensate of “alene”, the analytic text of “alene”" in ran.err
    assert "Delete it; write the text again without them, and export again." in ran.err
    assert (root / "exports" / "funn.docx").exists()
    assert CONDENSATE not in ran.err


def test_an_export_that_rests_on_others_alone_is_not_listed(qualkit: Callable, root: Path) -> None:
    (root / "exports" / "funn.docx").write_bytes(docx(SUMMARY))
    assert named(qualkit, root, "K2") == []


def test_a_text_of_few_words_is_found_as_a_whole(qualkit: Callable, root: Path) -> None:
    assert qualkit("themes", "write", "vente", "--concept", "Køen eier kvelden", "--study", root).code == 0
    (root / "exports" / "funn.docx").write_bytes(docx("Vi kaller det: køen eier kvelden."))
    assert named(qualkit, root, "K2") == ["exports/funn.docx: it retells what goes: the text of the theme “vente”"]


def test_an_earlier_wording_and_a_working_paper_are_found(qualkit: Callable, root: Path) -> None:
    assert qualkit("condense", "write", "alene", "--file", "-", "--study", root, keys="Jeg er nå alene her.").code == 0
    (root / "working").mkdir(exist_ok=True)
    (root / "working" / "ark.docx").write_bytes(docx(CONDENSATE))
    assert named(qualkit, root, "K1") == ["working/ark.docx: it retells what goes: the condensate of “alene”"]
