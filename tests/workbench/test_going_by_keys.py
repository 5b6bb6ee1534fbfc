"""The ways of the keyboard that a whole transcript showed to be needed."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from benchmarks.going import Going, Here
from qualkit.model import Study

from .conftest import Door, saved
from .test_in_the_browser import wait_for

if TYPE_CHECKING:
    from playwright.sync_api import Page

CHOSEN = "() => { const one = CSS.highlights.get('chosen'); return one?.size ? [...one][0].toString() : ''; }"
PRESSED = (
    *(
        "ArrowDown",
        "ArrowDown",
        "ArrowDown",
        "ArrowUp",
        "ArrowRight",
        "ArrowRight",
        "Shift+ArrowRight",
        "Shift+ArrowDown",
    ),
    *("Shift+ArrowLeft", "ArrowDown", "j", "ArrowDown", "j", "ArrowUp", "k", "j", "j", "ArrowDown", "ArrowLeft"),
    *(
        "Shift+ArrowLeft",
        "Shift+ArrowRight",
        "ArrowUp",
        "Alt+Shift+ArrowRight",
        "Shift+ArrowDown",
        "ArrowUp",
        "k",
        "j",
        "j",
    ),
)


def test_from_a_turn_one_goes_to_its_sentences_and_from_a_sentence_to_its_words(
    study: Study, opened: Callable[..., Page]
) -> None:
    page = opened(study, "#/read/K1")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("ArrowDown")
    assert page.evaluate(CHOSEN) == "Jeg måtte ringe kommunen 👍🏽 fire ganger."
    page.keyboard.press("ArrowRight")
    assert page.evaluate(CHOSEN) == "Jeg"
    page.keyboard.press("ArrowDown")
    assert page.evaluate(CHOSEN) == "Jeg måtte ringe kommunen 👍🏽 fire ganger."
    page.keyboard.press("ArrowLeft")
    assert page.evaluate(CHOSEN) == "ganger"


def test_the_keys_lead_where_the_counting_of_keys_says(study: Study, opened: Callable[..., Page], door: Door) -> None:
    transcript = door.get("/api/transcripts/K1").json()
    going, here = Going.through(transcript), Here()
    page = opened(study, "#/read/K1")
    for key in PRESSED:
        page.keyboard.press(key)
        here = going.press(here, key)
        assert here.chosen is not None
        words = transcript["text"][here.chosen[0] : here.chosen[1]]
        told = page.evaluate(CHOSEN)
        # Between turns the page has the speakers' labels, and the text has them too.
        assert (told[:12], told[-12:]) == (words[:12], words[-12:]), key


def test_marked_read_by_a_key_and_proposals_from_the_page(study: Study, opened: Callable[..., Page]) -> None:
    page = opened(study, "#/read/K1")
    page.keyboard.press("r")
    page.wait_for_selector("footer.foot .done")
    page.keyboard.press("h")
    page.focus(".propose button")
    page.keyboard.press("Enter")
    page.wait_for_selector(".state.wait")
    page.focus('.transcripts a[href="#/read/K1"]')
    page.keyboard.press("Enter")
    page.wait_for_selector(".text")
    page.keyboard.press("v")
    page.wait_for_selector(".decide")
    page.keyboard.press("r")
    saved(page)


def test_enter_follows_a_link_where_it_codes_elsewhere(study: Study, opened: Callable[..., Page]) -> None:
    page = opened(study, "#/read/K1")
    page.keyboard.press("ArrowDown")
    page.focus('header a[href="#/themes"]')
    page.keyboard.press("Enter")
    wait_for(lambda: page.evaluate("location.hash") == "#/themes", page)
    assert page.locator("dialog").count() == 0


def test_the_menu_of_the_study_opens_and_closes_by_keys(study: Study, opened: Callable[..., Page]) -> None:
    page = opened(study, "#/")
    page.focus("header .more summary")
    page.keyboard.press("Enter")
    page.wait_for_selector('header .more a[href="#/send"]')
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.matches('summary')")
    assert not page.locator('header .more a[href="#/send"]').is_visible()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_selector(".zone")
    assert page.locator("header .more summary.current").count() == 1


def test_the_rules_wait_for_an_answer_about_files(door: Door) -> None:
    headers = {"content-type": "application/octet-stream"}
    door.client.post("/api/files", params={"name": "K9.txt"}, content=b"I: Hva?\nK9: Vi venter.\n", headers=headers)
    assert door.post("/api/propose").json()["error"] == "FilesWait"
    door.post("/api/files/back")
    assert door.post("/api/propose").json()["made"] > 0
    assert door.get("/api/transcripts/K1/codings").json()["proposals"] is None
