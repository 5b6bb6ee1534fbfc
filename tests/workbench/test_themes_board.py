"""Themes, units side by side, matrices and the map in a real browser: what is seen moved is what the files say."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from qualkit import study as studies
from qualkit.marking import mark
from qualkit.material import load_material
from qualkit.model import Study, Theme
from qualkit.theming import find_theme

from .conftest import Door, new_study, saved
from .test_in_the_browser import wait_for

if TYPE_CHECKING:
    from playwright.sync_api import Page

Open = Callable[..., "Page"]

THEMES = """# Ours; this line stays.
themes:
  - id: svar
    heading: Å få svar
    codes: [ringe]
  - id: tid
    heading: Tida går
"""
PEOPLE = "id,sted,may_quote\nK1,by,yes\nK2,bygd,yes\n"


def _with_themes(study: Study) -> Study:
    for name, passages in (
        ("K1", (("ringe", "Jeg måtte ringe kommunen 👍🏽 fire ganger."), ("vente", "Vi ventet 👨‍👩‍👧‍👦 igjen."))),
        ("K2", (("ringe", "Ingen ringer oss."),)),
    ):
        record, _ = studies.read_transcript(study, name)
        for code, words in passages:
            start = record.text.index(words)
            mark(study, "kari", record, [code], start, start + len(words))
    (study.root / "themes.yaml").write_text(THEMES, "utf-8")
    (study.root / "participants.csv").write_text(PEOPLE, "utf-8")
    return study


@pytest.fixture
def themed(study: Study) -> Study:
    """Code three passages, and begin two themes."""
    return _with_themes(study)


def theme_of(study: Study, name: str) -> Theme:
    material = load_material(study)
    assert [problem for problem in material.problems if problem.severity == "error"] == []
    return find_theme(material, name)


def code_card(code: str, theme: str) -> str:
    return f'.code-card[data-code="{code}"][data-theme="{theme}"]'


def test_codes_are_dragged_between_themes(themed: Study, opened: Open) -> None:
    page = opened(themed, "#/themes")
    for code, left, to, there in (("vente", "", "tid", {"tid": ("vente",)}), ("ringe", "svar", "tid", {"svar": ()})):
        card = page.locator(code_card(code, left)).bounding_box()
        goal = page.locator(f'.column[data-theme="{to}"]').bounding_box()
        assert card is not None
        assert goal is not None
        page.mouse.move(card["x"] + 60, card["y"] + 15)
        page.mouse.down()
        page.mouse.move(card["x"] + 80, card["y"] + 40, steps=3)
        page.mouse.move(goal["x"] + 80, goal["y"] + 150, steps=4)
        page.mouse.up()
        page.wait_for_selector(code_card(code, to))
        for theme, codes in there.items():
            assert theme_of(themed, theme).codes == codes
    assert theme_of(themed, "tid").codes == ("vente", "ringe")
    assert (themed.root / "themes.yaml").read_text("utf-8").startswith("# Ours; this line stays.\n")
    page.click('[aria-label="Angre"]')
    wait_for(lambda: theme_of(themed, "svar").codes == ("ringe",), page)
    assert theme_of(themed, "tid").codes == ("vente",)


def test_the_keyboard_lays_codes_makes_themes_and_drops_them(themed: Study, opened: Open) -> None:
    page = opened(themed, "#/themes")
    page.wait_for_selector(".code-card")
    page.focus(code_card("vente", ""))
    page.keyboard.press(" ")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    wait_for(lambda: theme_of(themed, "tid").codes == ("vente",), page)
    page.wait_for_selector(code_card("vente", "tid"))
    saved(page)
    page.keyboard.press("1")
    wait_for(lambda: theme_of(themed, "svar").codes == ("ringe", "vente"), page)
    page.wait_for_selector(code_card("vente", "svar"))
    saved(page)
    page.keyboard.press("n")
    page.keyboard.type("Å bo <hjemme>")
    page.keyboard.press("Enter")
    page.wait_for_selector(".column h2:text-is('Å bo <hjemme>')")
    saved(page)
    page.keyboard.press("Escape")
    page.click(".writing h2")
    page.keyboard.press("x")
    page.wait_for_selector("dialog")
    page.keyboard.type("bæres av ingen")
    page.keyboard.press("Enter")
    page.wait_for_selector(".dropped")
    dropped = load_material(themed).dropped
    assert [(one.heading, one.why) for one in dropped] == [("Å bo <hjemme>", "bæres av ingen")]


def test_what_a_theme_is_and_is_not_is_written_in_one_or_two_sentences(themed: Study, opened: Open) -> None:
    page = opened(themed, "#/themes/svar")
    page.wait_for_selector("#said-test")
    page.fill("#said-test", "Det handler om å få svar. Ikke om svaret. Og ikke om tid.")
    assert page.inner_text("#sentences").startswith("3 setninger. Trengs det flere enn to")
    page.keyboard.press("Control+s")
    wait_for(lambda: theme_of(themed, "svar").test.endswith("om tid."), page)
    page.fill("#said-test", "Det handler om å få svar.")
    page.focus("#said-definition")
    wait_for(lambda: theme_of(themed, "svar").test == "Det handler om å få svar.", page)
    saved(page)
    page.select_option('[aria-label="Status"]', "defined")
    wait_for(lambda: theme_of(themed, "svar").status == "defined", page)


def test_what_is_written_of_a_theme_is_saved_while_it_is_written(themed: Study, opened: Open) -> None:
    page = opened(themed, "#/themes/svar")
    page.wait_for_selector("#said-text")
    assert "lagres mens du skriver" in page.inner_text(".writing header")
    page.focus("#said-text")
    page.keyboard.type("De ringte.")
    wait_for(lambda: theme_of(themed, "svar").text == "De ringte.", page)
    saved(page)
    page.keyboard.type(" Ingen svarte.")
    wait_for(lambda: theme_of(themed, "svar").text == "De ringte. Ingen svarte.", page)
    page.keyboard.type(" Så ringte de igjen.")
    wait_for(lambda: theme_of(themed, "svar").text.endswith("igjen."), page)
    assert page.evaluate("document.activeElement.id") == "said-text"
    assert theme_of(themed, "svar").earlier == (), "one sitting is one wording"
    trail = (themed.root / "trail.jsonl").read_text("utf-8")
    assert trail.count('"themes write"') == 1
    saved(page)
    page.keyboard.press("Escape")
    page.keyboard.press("z")
    wait_for(lambda: theme_of(themed, "svar").text == "", page)
    page.keyboard.press("Shift+Z")
    wait_for(lambda: theme_of(themed, "svar").text.endswith("igjen."), page)
    page.reload()
    page.fill("#said-text", "Noe annet.")
    wait_for(lambda: theme_of(themed, "svar").text == "Noe annet.", page)
    assert [one.words for one in theme_of(themed, "svar").earlier] == ["De ringte. Ingen svarte. Så ringte de igjen."]


def test_what_was_written_of_one_theme_is_saved_when_another_is_chosen(themed: Study, opened: Open) -> None:
    page = opened(themed, "#/themes/svar")
    page.wait_for_selector("#said-text")
    page.focus("#said-in")
    page.keyboard.type("Å vente på svar")
    page.click('.column[data-theme="tid"] h2')
    wait_for(lambda: theme_of(themed, "svar").includes == "Å vente på svar", page)
    assert page.input_value("#said-in") == ""
    assert theme_of(themed, "tid").includes == ""
    page.click('.column[data-theme="svar"] h2')
    assert page.input_value("#said-in") == "Å vente på svar"


def test_a_new_study_is_told_in_one_sentence_what_to_do_with_themes(study: Study, opened: Open) -> None:
    (study.root / "codebook.yaml").write_text("codes: []\n", "utf-8")
    page = opened(study, "#/themes")
    page.wait_for_selector(".next-step")
    assert page.inner_text(".next-step").startswith("Kod en transkripsjon først")
    (study.root / "codebook.yaml").write_text("codes:\n  - {id: ringe, name: Å ringe}\n", "utf-8")
    page.wait_for_selector(".next-step:has-text('Lag et tema (N)')")
    page.keyboard.press("n")
    page.keyboard.type("Å få svar")
    page.keyboard.press("Enter")
    page.wait_for_selector(".next-step:has-text('Dra koder under temaene')")
    page.keyboard.press("Escape")
    page.keyboard.press("1")
    page.wait_for_selector(code_card("ringe", "å-få-svar"))
    page.wait_for_selector(".next-step", state="hidden")


def test_a_themes_file_edited_meanwhile_is_not_overwritten(themed: Study, opened: Open) -> None:
    page = opened(themed, "#/themes/svar")
    page.wait_for_selector("#said-test")
    page.fill("#said-definition", "Mitt.")
    path = themed.root / "themes.yaml"
    text = path.read_text("utf-8")
    path.write_text(text.replace("heading: Å få svar", "heading: Å få svar\n    definition: Deres."), "utf-8")
    page.keyboard.press("Control+s")
    page.wait_for_selector(".conflict blockquote")
    assert page.inner_text(".conflict blockquote") == "Deres."
    assert theme_of(themed, "svar").definition == "Deres."
    page.click("text=Behold mitt")
    wait_for(lambda: theme_of(themed, "svar").definition == "Mitt.", page)
    assert any(one.words == "Deres." for one in theme_of(themed, "svar").earlier)


def test_an_extract_is_chosen_as_a_quotation_of_its_theme(themed: Study, opened: Open) -> None:
    page = opened(themed, "#/themes")
    page.focus(code_card("ringe", "svar"))
    page.keyboard.press("o")
    extract = page.locator(".extracts .unit-card", has_text="fire ganger")
    extract.hover()
    extract.get_by_label("Velg som sitat").click()
    wait_for(lambda: len(theme_of(themed, "svar").quotations) == 1, page)
    chosen = theme_of(themed, "svar").quotations[0]
    words = {extract.coding.id: extract.coding.unit.text for extract in load_material(themed).extracts}
    assert words[chosen] == "Jeg måtte ringe kommunen 👍🏽 fire ganger."
    page = opened(themed, "#/balance")
    page.wait_for_selector(".balance table")
    assert "Å få svar" in page.inner_text(".balance")


def test_a_unit_leads_to_its_passage_in_the_transcript(themed: Study, opened: Open) -> None:
    page = opened(themed, "#/collate/ringe")
    page.wait_for_selector(".unit-card")
    assert page.locator(".unit-card .words").all_inner_texts() == [
        "Jeg måtte ringe kommunen 👍🏽 fire ganger.",
        "Ingen ringer oss.",
    ]
    page.fill('[aria-label="Søk i enhetene"]', "ingen")
    assert page.locator(".unit-card").count() == 1
    page.fill('[aria-label="Søk i enhetene"]', "")
    page.select_option('[aria-label="Rekkefølge"]', "short")
    assert page.locator(".unit-card .words").first.inner_text() == "Ingen ringer oss."
    page.keyboard.press("Escape")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_selector(".float:not([hidden])")
    assert page.evaluate("getSelection().toString()") == "Jeg måtte ringe kommunen 👍🏽 fire ganger."


def test_marks_stand_in_the_matrix_and_lead_to_the_passages(themed: Study, opened: Open) -> None:
    page = opened(themed, "#/matrix")
    page.wait_for_selector(".matrix table")
    assert not page.is_checked(".matrix input[type=checkbox]"), "in text condensation numbers are asked for"
    assert page.locator("tbody td").all_inner_texts() == [""] * 4
    assert page.locator("tbody .dot").count() == 4
    page.check(".matrix input[type=checkbox]")
    page.wait_for_selector("tbody a.cell:text-is('1')")
    page.click(".tabs a:text-is('sted')")
    page.wait_for_selector("th:text-is('by (n = 1)')")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    page.wait_for_selector(".collated .unit-card")
    assert page.locator(".unit-card .words").all_inner_texts() == ["Ingen ringer oss."]


def test_numbers_stand_in_the_matrix_of_a_study_with_a_codebook(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, opened: Open
) -> None:
    monkeypatch.setenv("QUALKIT_CODER", "kari")
    page = opened(_with_themes(new_study(tmp_path / "c", "codebook-ta")), "#/matrix")
    page.wait_for_selector(".matrix table")
    assert page.is_checked(".matrix input[type=checkbox]")
    assert page.locator("tbody td").all_inner_texts() == ["1", "1", "1", "1"]


def test_a_theme_is_moved_on_the_map_by_mouse_and_by_keyboard(themed: Study, opened: Open) -> None:
    page = opened(themed, "#/map")
    node = page.wait_for_selector('[data-node="theme:tid"]', timeout=60_000)
    assert node is not None
    box = node.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 10, box["y"] + 10)
    page.mouse.down()
    page.mouse.move(1390, 890, steps=4)
    page.mouse.up()
    wait_for(lambda: _place(themed, "tid") == (1.0, 1.0), page)
    saved(page)
    page.focus('[data-node="theme:tid"]')
    page.keyboard.press("Shift+ArrowLeft")
    wait_for(lambda: _place(themed, "tid")[0] < 1, page)
    saved(page)
    page.focus('[data-node="theme:svar"]')
    page.keyboard.press("l")
    page.wait_for_selector("dialog")
    page.keyboard.type("tar tid")
    page.keyboard.press("Enter")
    page.wait_for_selector(".links li")
    drawn = load_material(themed).drawn
    assert drawn is not None
    assert [(one.start, one.end, one.name) for one in drawn.links] == [("svar", "tid", "tar tid")]


def _place(study: Study, name: str) -> tuple[float, float]:
    drawn = load_material(study).drawn
    found = next((one for one in drawn.standing if one.name == name), None) if drawn else None
    return (found.x, found.y) if found and found.x is not None and found.y is not None else (-1.0, -1.0)


def test_what_is_asked_wrongly_is_refused_and_changes_nothing(themed: Study, door: Door) -> None:
    version = door.get("/api/themes").json()["version"]
    path = themed.root / "themes.yaml"
    for method, address, body, status in (
        ("POST", "/api/themes/codes", {"codes": ["ringe"], "to": "tid", "version": "old"}, 409),
        ("POST", "/api/themes/codes", {"codes": ["ringe"], "version": version}, 400),
        ("POST", "/api/themes/codes", {"codes": ["ukjent"], "to": "tid", "version": version}, 409),
        ("POST", "/api/themes", {"heading": " ", "version": version}, 400),
        ("PATCH", "/api/themes/tid", {"status": "gone", "version": version}, 400),
        ("PATCH", "/api/themes/ingen", {"heading": "X", "version": version}, 422),
        ("PATCH", "/api/themes/tid", {"version": version}, 400),
        ("POST", "/api/themes/tid/quotations", {"unit": "nobody", "version": version}, 422),
        ("POST", "/api/map/places", {"places": {"theme:tid": [2, 0]}, "version": version}, 400),
        ("POST", "/api/map/places", {"places": {"theme:tid": "here"}, "version": version}, 400),
        ("POST", "/api/map/places", {"places": {}, "version": version}, 400),
        ("POST", "/api/map/links", {"start": "svar", "end": "ingen", "name": "x", "version": version}, 422),
    ):
        answer = door.client.request(method, address, json=body)
        assert answer.status_code == status, (address, body, answer.text)
        assert path.read_text("utf-8") == THEMES
    for address, status in (
        ("/api/collating/units", 400),
        ("/api/collating/units?codes=ukjent", 409),
        ("/api/matrix?by=ukjent", 422),
    ):
        assert door.get(address).status_code == status
