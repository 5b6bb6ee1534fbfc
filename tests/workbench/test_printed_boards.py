"""A board as an export would print it: the same words, and a clear sign of what would stop the export or is missing."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from qualkit import condensing, register
from qualkit import study as studies
from qualkit.adding import add_originals
from qualkit.document import Document
from qualkit.marking import mark
from qualkit.material import load_material
from qualkit.model import Settings, Study
from qualkit.publishing import render_words

from .conftest import Door
from .test_accessibility import axe, faults  # noqa: F401  a fixture

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

Open = Callable[..., "Page"]

SAID = """I: Hvem møtte dere?
K1: Vi venta i   Halden hele natta. Ingen kom.
I: Og så?
K1: Kari Nordmann ringte oss. Da sov vi.
"""
BOOK = "codes:\n  - {id: vente, name: Å vente}\n  - {id: ringe, name: Å ringe}\n"
DECIDED = """identities:
  - {id: s1, type: place, forms: [Halden], action: generalise, print: en by, by: kari}
"""
THEMES = """themes:
  - {id: tid, heading: Tida, text: Tida gikk., codes: [vente, ringe]}
  - {id: rom, heading: Rommet}
"""
WAITED, RANG, NOBODY = "Vi venta i   Halden hele natta.", "Kari Nordmann ringte oss.", "Ingen kom."


@pytest.fixture
def study(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Study:
    """Code three passages, sort two into a subgroup each, write of one; Halden is decided, and Kari is not."""
    monkeypatch.setenv("QUALKIT_CODER", "kari")
    made = studies.create_study(tmp_path / "s", Settings("Om å vente", method="stc", coders=("kari",)))
    studies.save_codebook_text(made, BOOK)
    (tmp_path / "K1.txt").write_text(SAID, encoding="utf-8")
    add_originals(made, [tmp_path / "K1.txt"], who="kari")
    (made.root / "private").mkdir(exist_ok=True)
    (made.root / "private" / "identities.yaml").write_text(DECIDED, encoding="utf-8")
    (made.root / "participants.csv").write_text("id,may_quote\nK1,yes\n", "utf-8")
    record, _ = studies.read_transcript(made, "K1")
    for words in (WAITED, RANG, NOBODY):
        start = record.text.index(words)
        mark(made, "kari", record, ["vente"], start, start + len(words))
    for name, words in (("Natta", WAITED), ("Dagen", RANG)):
        identifier = condensing.begin_subgroup(made, "kari", "vente", name)
        condensing.place(load_material(made), "kari", unit(made, words), identifier)
        condensing.choose(load_material(made), "kari", unit(made, words), identifier, as_="golden")
    condensing.write(load_material(made), "kari", "natta", "Jeg venta\nhele natta.")
    condensing.write(load_material(made), "kari", "natta", "De ventet lenge.\n\nIngen kom.", key="analytic")
    return made


def unit(study: Study, words: str) -> str:
    return next(one.coding.id for one in load_material(study).extracts if one.coding.unit.text == words)


def shown(door: Door, path: str = "condensing/vente") -> Any:
    answer = door.get(f"/api/printed/{path}")
    assert answer.status_code == 200, answer.text
    return answer.json()


def kinds(told: Any, kind: str) -> list[Any]:
    return [one for one in told["blocks"] if one["kind"] == kind]


def words(block: Any) -> str:
    return "".join(text for text, _ in block["pieces"])


def test_a_quotation_is_shown_to_the_letter_as_the_export_prints_it(door: Door, study: Study) -> None:
    told = shown(door)
    material = load_material(study)
    coding = next(one.coding for one in material.extracts if one.coding.unit.text == WAITED)
    printed = render_words(material, Document("", "nb", (coding,))).quotations()[0]
    (quotation,) = kinds(told, "quotation")
    assert printed.text == "Vi venta i [en by] hele natta."
    assert " ".join(words(quotation).split()) == printed.text
    assert quotation["whose"] == printed.attribution == "(K1)"
    assert ["[en by]", "shown"] in quotation["pieces"]
    assert words(kinds(told, "heading")[0]) == "Å vente"
    assert words(kinds(told, "text")[0]) == "De ventet lenge.\n\nIngen kom."
    assert [words(one) for one in kinds(told, "condensate")] == ["Jeg venta hele natta."]
    assert (told["open"], told["stops"]) == (0, 0)


def test_what_is_not_written_chosen_or_placed_is_told(door: Door, study: Study) -> None:
    assert [one["what"] for one in kinds(shown(door), "missing")] == [
        "analytic",
        "golden.alone",
        "condensate",
        "waiting",
    ]
    condensing.unchoose(load_material(study), "kari", "natta", as_="golden")
    assert [one["what"] for one in kinds(shown(door), "missing")][:2] == ["golden", "analytic"]
    assert kinds(shown(door), "quotation") == []


def test_places_that_nobody_decided_about_are_marked_in_quotations_and_own_text(door: Door, study: Study) -> None:
    condensing.write(load_material(study), "kari", "dagen", "Petter Solbakken ringte.", key="analytic")
    told = shown(door)
    quotation = kinds(told, "quotation")[1]
    assert [text for text, kind in quotation["pieces"] if kind == "open"] == ["Kari Nordmann"]
    written = kinds(told, "text")[1]
    assert [text for text, kind in written["pieces"] if kind == "open"] == ["Petter Solbakken"]
    assert told["open"] == 2


def test_a_name_of_the_register_in_own_text_stops_the_export_and_is_marked(door: Door, study: Study) -> None:
    condensing.write(load_material(study), "kari", "dagen", "I Halden\nringte noen.", key="analytic")
    told = shown(door)
    assert [piece for one in kinds(told, "text") for piece in one["pieces"] if piece[1] == "stop"] == [
        ["Halden", "stop"]
    ]
    assert told["stops"] == 1
    assert register.good_register(study).identities[0].forms == ("Halden",)


def test_a_quotation_that_is_refused_says_why_and_the_rest_is_shown(door: Door, study: Study) -> None:
    (study.root / "participants.csv").write_text("id,may_quote\nK1,no\n", "utf-8")
    told = shown(door)
    (stopped,) = kinds(told, "stopped")
    assert "may not be quoted" in stopped["message"]
    in_norwegian = door.get("/api/printed/condensing/vente", **{"x-qualkit-language": "nb"}).json()
    assert "skal ikke siteres" in kinds(in_norwegian, "stopped")[0]["message"]
    assert words(kinds(told, "text")[0]) == "De ventet lenge.\n\nIngen kom."
    assert told["stops"] == 1
    assert "venta i" not in door.get("/api/printed/condensing/vente").text


def test_the_headings_of_a_group_are_those_of_its_theme(door: Door, study: Study) -> None:
    (study.root / "themes.yaml").write_text(THEMES, "utf-8")
    assert [words(one) for one in kinds(shown(door), "heading")] == ["Tida"]
    told = shown(door, "themes")
    assert [words(one) for one in kinds(told, "heading")] == ["Tida"]
    assert [words(one) for one in kinds(told, "text")] == ["Tida gikk.", "De ventet lenge.\n\nIngen kom."]
    assert [one["name"] for one in kinds(told, "unprinted")] == ["Rommet"]
    (table,) = kinds(told, "table")
    assert table["rows"][0][0] == [["Tida", ""]]
    assert " ".join(words(kinds(told, "quotation")[0]).split()) == "Vi venta i [en by] hele natta."


def test_where_nothing_is_written_nothing_is_printed(door: Door, study: Study) -> None:
    (study.root / "condensates.yaml").unlink()
    told = shown(door)
    assert [one["kind"] for one in told["blocks"]] == ["unprinted", "missing", "missing"]
    assert [one["kind"] for one in shown(door, "themes")["blocks"]] == []
    assert door.get("/api/printed/condensing/ukjent").json()["blocks"] == []


def test_one_key_shows_a_board_as_printed_and_goes_back(study: Study, opened: Open, axe: str) -> None:  # noqa: F811
    condensing.write(load_material(study), "kari", "dagen", "I Halden ringte noen.", key="analytic")
    page = opened(study, "#/condense/vente")
    page.wait_for_selector(".unit-card")
    page.keyboard.press("Shift+p")
    page.wait_for_selector(".board-print mark.open")
    assert page.inner_text(".quoted blockquote >> nth=0") == "Vi venta i [en by] hele natta. (K1)"
    assert "stopper" in page.inner_text(".print-state")
    assert faults(page, axe) == []
    page.keyboard.press("n")
    assert page.evaluate("document.activeElement.textContent") == "Halden"
    page.keyboard.press("n")
    assert page.evaluate("document.activeElement.textContent") == "Kari Nordmann"
    page.keyboard.press("Shift+p")
    page.wait_for_selector(".unit-card")
    page.goto(page.url.split("#")[0] + "#/themes")
    page.wait_for_selector(".board.themes")
    page.click("a.switch")
    page.wait_for_selector(".board-print")
    assert faults(page, axe) == []
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
