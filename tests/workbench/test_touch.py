"""With a finger on a tablet, and at two hundred per cent, everything can be reached and is large enough."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from qualkit.model import Study

from .conftest import Served, saved, turn_to, words_of
from .test_in_the_browser import wait_for

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

SMALL = """(least) => [...document.querySelectorAll("button, a, select, summary, input, [role=option]")]
  .map((one) => [one.className || one.tagName, one.textContent, one.getBoundingClientRect()])
  .filter(([, , box]) => box.width && box.height && (box.width < least || box.height < least))
  .map(([name, text, box]) => `${name} ${text} ${box.width} ${box.height}`)"""
HOLD = """([words, from, to]) => {
  const line = [...document.querySelectorAll(".line")].find((one) => one.textContent.includes(words));
  const at = line.firstChild.data.indexOf(words);
  const say = (name) => line.dispatchEvent(new PointerEvent(name, {pointerType: "touch", bubbles: true}));
  // A long press: the browser takes the pointer, selects a word, and gives handles; the press never ends on the page.
  if (from === 0 && to === 3) { say("pointerdown"); say("pointercancel"); }
  const range = document.createRange();
  range.setStart(line.firstChild, at + from);
  range.setEnd(line.firstChild, at + to);
  getSelection().removeAllRanges();
  getSelection().addRange(range);
}"""


@pytest.fixture
def tablet(browser: Browser, serve: Callable[[Study], Served], study: Study) -> Iterator[Page]:
    """Open the workbench on a tablet held upright."""
    served = serve(study)
    context = browser.new_context(
        viewport={"width": 820, "height": 1180}, has_touch=True, is_mobile=True, locale="nb-NO", reduced_motion="reduce"
    )
    page = context.new_page()
    said: list[str] = []
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(served.key.address())
    page.wait_for_selector(".transcripts")
    yield page
    context.close()
    assert said == []


def test_a_passage_is_held_coded_and_uncoded_with_a_finger(tablet: Page, study: Study) -> None:
    page = tablet
    assert page.evaluate(SMALL, 24) == []
    page.tap(".transcripts a >> nth=0")
    page.wait_for_selector(".text")
    page.evaluate(HOLD, ["Det regnet", 0, 3])
    page.wait_for_selector(".float:not([hidden])")
    # The end is drawn by its handle.
    page.evaluate(HOLD, ["Det regnet", 0, 10])
    page.wait_for_timeout(200)
    page.wait_for_selector(".float:not([hidden])")
    tall = page.evaluate("[...document.querySelectorAll('.float button')].map((one) => one.offsetHeight)")
    assert min(tall) >= 44
    assert page.evaluate(SMALL, 24) == []
    page.tap(".float button >> nth=0")
    page.wait_for_selector("dialog.palette")
    # No keyboard comes up before somebody asks for it.
    assert page.evaluate("document.activeElement.tagName") != "INPUT"
    assert page.evaluate(SMALL, 24) == []
    page.tap("dialog.palette >> text=Flere koder")
    page.tap(".palette .options li:has-text('Å ringe')")
    page.tap(".palette .options li:has-text('Å vente')")
    page.tap("dialog.palette >> text=Gi de avkryssede")
    saved(page)
    wait_for(lambda: sorted(words_of(study)) == [("ringe", "Det regnet"), ("vente", "Det regnet")], page)
    tags = page.evaluate(
        "[...document.querySelectorAll('.tag')].map((one) => one.getBoundingClientRect()).map((b) => [b.top, b.bottom])"
    )
    assert all(bottom - top >= 24 for top, bottom in tags)
    assert all(first[1] <= second[0] + 1 for first, second in pairwise(sorted(tags))), tags
    page.tap(".tag >> nth=0")
    page.wait_for_selector(".card")
    assert page.evaluate(SMALL, 24) == []
    page.tap(".card >> text=Fjern")
    wait_for(lambda: len(words_of(study)) == 1, page)


def test_the_codebook_lies_over_the_text_and_goes_again(tablet: Page, study: Study) -> None:
    page = tablet
    page.tap(".transcripts a >> nth=0")
    page.wait_for_selector(".text")
    assert page.locator(".tree").count() == 0
    page.evaluate(HOLD, ["Det regnet", 0, 10])
    page.wait_for_selector(".float:not([hidden])")
    page.tap(".tree-place .show")
    assert page.locator(".tree").bounding_box()["width"] > 250  # type: ignore[index]
    assert page.evaluate(SMALL, 24) == []
    page.tap("[data-code=vente]")
    wait_for(lambda: words_of(study) == [("vente", "Det regnet")], page)
    page.wait_for_selector(".tree", state="detached")
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


def test_at_two_hundred_per_cent_of_a_small_screen_nothing_is_cut_off(
    study: Study, opened: Callable[..., Page]
) -> None:
    page = opened(study, "#/", size=(640, 400))
    for place in ("#/", "#/send", "#/start", "#/people", "#/add", "#/anonymise", "#/read/K1"):
        if place != "#/":
            turn_to(page, place)
        page.wait_for_timeout(100)
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, place
    for keys, dialog in (("c", "palette"), ("i", "form"), ("?", "sheet"), ("m", "form")):
        page.focus(".text")
        page.keyboard.press("j")
        page.keyboard.press(keys)
        page.wait_for_selector(f"dialog.{dialog}")
        box = page.locator("dialog").bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["y"] >= 0
        assert box["x"] + box["width"] <= 640
        assert box["y"] + box["height"] <= 400
        page.keyboard.press("Escape")
        page.wait_for_selector("dialog", state="detached")
