"""Quotations are chosen by a person, and the balance is shown when it is asked for."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from qualkit import quotations
from qualkit import study as studies
from qualkit.checks import check_study
from qualkit.material import Material, load_material
from qualkit.quotations import CannotChoose, NoSuchSection
from qualkit.table import Table

INTERVIEWS = {
    "K1.txt": "I: Hva?\n\nK1: Jeg måtte ringe kommunen. Jeg måtte ringe dem igjen.\n",
    "K2.txt": "I: Hva?\n\nK2: Ingen ringer oss. Vi venter alltid på svar.\n",
    "K3.txt": "I: Hva?\n\nK3: Jeg måtte ringe kommunen. Og jeg venter.\n",
    "K4.txt": "I: Hva?\n\nK4: De ringer aldri tilbake.\n",
}
WHO = "id;labels;etat;may_quote\nK1;K1;kommune;ja\nK2;K2;sykehus;ja\nK3;K3;kommune;ja\nK4;K4;sykehus;nei\n"


@pytest.fixture
def root(qualkit: Callable, interviews: Callable) -> Path:
    folder = interviews(INTERVIEWS, participants=WHO)
    assert qualkit("code", folder).code == 0
    study = folder.with_name("interviews-study")
    qualkit("review", "--study", study, keys="a\n" * 19)
    (study / "themes.yaml").write_text(
        "- {id: ringe, heading: Om å ringe, codes: [telefon]}\n- {id: vente, heading: Om å vente, codes: [vente]}\n",
        encoding="utf-8",
    )
    return study


def material(root: Path) -> Material:
    return load_material(studies.open_study(root))


def coding(root: Path, words: str, transcript: str) -> str:
    found = [e.coding for e in material(root).extracts if e.coding.unit.span.transcript == transcript]
    return next(one.id for one in found if one.unit.text == words)


def rows(table: Table) -> list[tuple[object, ...]]:
    return [tuple(row) for row in table.rows]


def test_what_is_chosen_and_in_reserve_stands_in_themes_yaml_and_in_the_trail(root: Path, qualkit: Callable) -> None:
    first = coding(root, "Jeg måtte ringe kommunen.", "K1")
    second = coding(root, "Ingen ringer oss.", "K2")
    third = coding(root, "Jeg måtte ringe dem igjen.", "K1")
    for arguments in (
        ("choose", first, "ringe"),
        ("reserve", second, "Om å ringe"),
        ("reserve", third, "ringe", "--place", "1"),
    ):
        ran = qualkit("quotations", *arguments, "--study", root)
        assert ran.code == 0, ran.err
    theme = material(root).themes[0]
    assert (theme.quotations, theme.reserve) == ((first,), (third, second))
    shown = json.loads(qualkit("quotations", "--study", root, "--json").out)
    assert [row["choice"] for row in shown] == ["valgt", "reserve 1", "reserve 2"]
    quotations.choose(material(root), "kari", second, "ringe")
    theme = material(root).themes[0]
    assert (theme.quotations, theme.reserve) == ((first, second), (third,))
    quotations.unchoose(material(root), "kari", first, "ringe")
    assert material(root).themes[0].quotations == (second,)
    what = [decision.what for decision in studies.read_trail(studies.open_study(root))[0]]
    assert what[-5:] == [
        "quotations choose",
        "quotations reserve",
        "quotations reserve",
        "quotations choose",
        "quotations unchoose",
    ]
    assert qualkit("undo", "--study", root).code == 0
    assert material(root).themes[0].quotations == (first, second)


def test_what_cannot_be_quoted_is_not_chosen(root: Path) -> None:
    barred = coding(root, "De ringer aldri tilbake.", "K4")
    other = coding(root, "Vi venter alltid på svar.", "K2")
    for identifier, section, error in (
        (barred, "ringe", CannotChoose),
        (other, "ringe", CannotChoose),
        ("nei", "ringe", CannotChoose),
        (other, "rnge", NoSuchSection),
    ):
        with pytest.raises(error) as caught:
            quotations.choose(material(root), "kari", identifier, section)
        assert "tilbake" not in str(caught.value)
    assert "ventter" not in (root / "themes.yaml").read_text(encoding="utf-8")
    assert material(root).themes[0].quotations == ()


def test_the_balance_tells_who_is_quoted_where_and_what_comes_back(root: Path) -> None:
    for words, transcript in (("Jeg måtte ringe kommunen.", "K1"), ("Jeg måtte ringe dem igjen.", "K1")):
        quotations.choose(material(root), "kari", coding(root, words, transcript), "ringe")
    sections, people, groups, alike = quotations.balance(material(root), ["etat"])
    assert rows(sections) == [
        ("Om å ringe", 2, 1, 4, None, "bare K1, av 4 som snakker om det"),
        ("Om å vente", 0, 0, 2, None, "uten sitat"),
    ]
    assert [(row[0], row[-2], row[-1]) for row in people.rows] == [
        ("K1", 2, ""),
        ("K2", 0, "ikke sitert"),
        ("K3", 0, "ikke sitert"),
        ("K4", 0, "skal ikke siteres"),
    ]
    assert [row[:3] + row[4:] for row in groups.rows] == [("kommune", 2, 1, 2), ("sykehus", 2, 0, 0)]
    assert rows(alike) == []
    quotations.choose(material(root), "kari", coding(root, "Jeg måtte ringe kommunen.", "K3"), "ringe")
    assert [row[0] for row in quotations.balance(material(root))[-1].rows] == ["nesten like"]
    assert people.frame().shape == (4, 6)


def test_a_reserve_that_was_rejected_since_is_told(root: Path) -> None:
    quotations.reserve(material(root), "kari", coding(root, "Ingen ringer oss.", "K2"), "ringe")
    path = root / "codings" / "kari" / "K2.jsonl"
    path.write_text(path.read_text(encoding="utf-8").replace('"accepted"', '"rejected"'), encoding="utf-8")
    messages = [problem.message for problem in quotations.check(material(root))]
    assert len(messages) == 1
    assert messages[0].endswith("in reserve for “ringe”, is rejected, not accepted")


@pytest.mark.drafts
def test_a_cut_is_marked_and_the_rest_is_verbatim(root: Path, qualkit: Callable, tmp_path: Path) -> None:
    identifier = coding(root, "Vi venter alltid på svar.", "K2")
    quotations.choose(material(root), "kari", identifier, "vente")
    for words in ("Vi venter aldri […] på svar.", "Vi venter på svar.", "på svar. […] Vi venter", "Vi vent[…]svar."):
        with pytest.raises(CannotChoose):
            quotations.cut(material(root), "kari", identifier, words)
    ran = qualkit("quotations", "cut", identifier, "Vi venter [...] på svar.", "--study", root)
    assert ran.code == 0, ran.err
    path = tmp_path / "out.docx"
    ran = qualkit("themes", "table", "-o", path, "--study", root)
    assert path.is_file(), ran.err
    from qualkit.gate import text_of_file
    from qualkit.tracing import trace

    assert "«Vi venter […] på svar.» (K2)" in text_of_file(path.read_bytes())
    found = trace(material(root), path)
    assert [(one.verdict, [e.coding.id for e in one.extracts]) for one in found] == [("stands, cut", [identifier])]
    quotations.cut(material(root), "kari", identifier, "")
    shown = json.loads(qualkit("themes", "table", "--study", root, "--json").out)
    assert "[…]" not in str(shown)


def test_what_one_of_two_coders_rejected_may_be_chosen_where_the_other_accepted_it(root: Path) -> None:
    chosen = coding(root, "Ingen ringer oss.", "K2")
    lines = [line for path in root.glob("codings/*/K2.jsonl") for line in path.read_text().splitlines()]
    said = json.loads(next(line for line in lines if chosen in line and "_rules" not in line))
    (root / "codings" / "aase").mkdir()
    line = json.dumps(said | {"coder": "aase", "status": "rejected"}, ensure_ascii=False)
    (root / "codings" / "aase" / "K2.jsonl").write_text(line + "\n", encoding="utf-8")
    quotations.choose(material(root), "kari", chosen, "ringe")
    assert [problem.message for problem in check_study(studies.open_study(root))] == []
