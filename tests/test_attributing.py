"""Whose words they are stands behind them, before them, or once for all: as the study says, and never typed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from qualkit import study as studies
from qualkit.attributing import placed
from qualkit.document import Heading, Paragraph
from qualkit.exports.words import quotation_words
from qualkit.material import load_material
from qualkit.model import Quotation, Span
from qualkit.quotations import check
from qualkit.table import Column, Table, cell_text
from qualkit.tracing import trace


def said(words: str, attribution: str) -> Quotation:
    return Quotation(words, "c1", Span("K1", 0, 3), attribution)


TABLE = Table("t", "T", (Column("q", "Q", "quotation"),), ((said("Nei.", "(K2)"),),))
BLOCKS = [Heading("A"), said("Ja.", "(K10, lege)"), Paragraph("Så."), said("Kanskje.", "(K2)"), Heading("B"), TABLE]


def test_before_the_words() -> None:
    blocks = placed(BLOCKS, "before", "nb", [])
    assert [quotation_words(one, "nb") for one in blocks if isinstance(one, Quotation)] == [
        "K10, lege: «Ja.»",
        "K2: «Kanskje.»",
    ]
    assert [cell_text(cell) for one in blocks if isinstance(one, Table) for row in one.rows for cell in row] == [
        "K2: Nei."
    ]


def test_collective_in_one_sentence_that_does_not_tell_which_is_whose() -> None:
    blocks = placed(BLOCKS, "collective", "nb", [])
    assert blocks[3:6] == (said("Kanskje.", ""), Paragraph("Sitatene er fra K2; K10, lege."), Heading("B"))
    table = blocks[6]
    assert isinstance(table, Table)
    assert (table.rows, table.notes) == (((said("Nei.", ""),),), ("Sitatene er fra K2.",))


def test_lists_of_everything_and_the_usual_way_stay_as_they_are() -> None:
    assert placed(BLOCKS, "collective", "nb", ["t"])[-1] == TABLE
    assert placed(BLOCKS, "after", "nb", []) == tuple(BLOCKS)


@pytest.mark.drafts
@pytest.mark.parametrize("place", ["before", "collective"])
@pytest.mark.parametrize("kind", ["word", "excel", "html", "csv"])
def test_what_is_printed_leads_back_however_it_is_attributed(
    named_study: Path, qualkit: Callable, place: str, kind: str
) -> None:
    settings = named_study / "study.yaml"
    text = settings.read_text(encoding="utf-8").replace("attribution_place: after", f"attribution_place: {place}")
    settings.write_text(text.replace("attribution: id", "attribution: rolle"), encoding="utf-8")
    material = load_material(studies.open_study(named_study))
    chosen = next(e.coding for e in material.accepted() if e.coding.unit.text.startswith("Jeg måtte ringe"))
    (named_study / "themes.yaml").write_text(
        f"- {{heading: Om å ringe, codes: [telefon], text: De ringer., quotations: [{chosen.id}]}}\n", encoding="utf-8"
    )
    ran = qualkit("export", kind, "--study", named_study)
    assert ran.code == 0, ran.err
    material = load_material(studies.open_study(named_study))
    files = sorted((named_study / "exports").glob("resul*")) or sorted((named_study / "exports").glob("theme-table*"))
    found = trace(material, files[0])
    assert [(one.verdict, one.remarks) for one in found if not one.sound] == []
    assert chosen.id in {extract.coding.id for one in found for extract in one.extracts}


def test_a_column_that_is_not_there_is_told(named_study: Path) -> None:
    settings = named_study / "study.yaml"
    settings.write_text(
        settings.read_text(encoding="utf-8").replace("attribution: id", 'attribution: "id, role"'), encoding="utf-8"
    )
    problems = check(load_material(studies.open_study(named_study)))
    assert [(one.message, one.hint) for one in problems] == [
        (
            "quotations are to be told by “role”, a column that participants.csv does not have",
            "Did you mean “rolle”?",
        )
    ]
