"""An accessibility engine finds no serious fault in any state of the page, and every action has a key."""

from __future__ import annotations

import importlib.util
import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from qualkit.model import Study

from .test_in_the_browser import give, select

if TYPE_CHECKING:
    from playwright.sync_api import Page

Open = Callable[..., "Page"]


@pytest.fixture(scope="session")
def axe() -> str:
    spec = importlib.util.find_spec("axe_playwright_python")
    if spec is None or spec.origin is None:
        reason = "axe-core is not installed, so accessibility is not tried out (it is among the development tools)"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    return (Path(spec.origin).parent / "axe.min.js").read_text("utf-8")


def faults(page: Page, axe: str) -> list[str]:
    """Return the serious and critical faults, with where they are.

    What is dark is the same page in other colours, so there only the contrast is looked at.
    """
    page.wait_for_timeout(250)
    page.evaluate(axe)
    dark = page.evaluate("document.documentElement.dataset.theme") == "dark"
    options = {"resultTypes": ["violations"], **({"runOnly": ["color-contrast"]} if dark else {})}
    found = page.evaluate("(options) => axe.run(document, options).then((r) => r.violations)", options)
    return [
        f"{one['id']}: {node['target']} {node.get('failureSummary', '')}"
        for one in found
        if one["impact"] in ("serious", "critical")
        for node in one["nodes"]
    ]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_no_state_of_the_page_has_a_serious_fault(with_proposals: Study, opened: Open, axe: str, theme: str) -> None:
    page = opened(with_proposals, "#/")
    page.evaluate("(theme) => localStorage.setItem('qualkit-theme', theme)", theme)
    page.reload()
    page.wait_for_selector(".transcripts")
    assert faults(page, axe) == []
    page = opened(with_proposals, "#/read/K1")
    select(page, "Det regnet")
    assert faults(page, axe) == []
    page.keyboard.press("c")
    page.keyboard.type("a")
    assert faults(page, axe) == []
    page.keyboard.press("Escape")
    give(page, "vente")
    page.click(".tag")
    assert faults(page, axe) == []
    page.keyboard.press("Escape")
    page.keyboard.press("l")
    page.keyboard.press("i")
    page.wait_for_selector("dialog.form")
    assert faults(page, axe) == []
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    page.wait_for_selector("dialog.sheet")
    assert faults(page, axe) == []
    page.keyboard.press("Escape")
    page.click("text=Merk som lest og kodet")
    page.click("text=/Ta stilling til/")
    page.wait_for_selector(".decide")
    assert faults(page, axe) == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_no_dialog_has_a_serious_fault(study: Study, opened: Open, axe: str, theme: str) -> None:
    page = opened(study, "#/read/K1")
    page.evaluate("(theme) => localStorage.setItem('qualkit-theme', theme)", theme)
    page.reload()
    page.wait_for_selector(".text")
    select(page, "Det regnet")
    page.keyboard.press("m")
    page.wait_for_selector("dialog.form")
    assert faults(page, axe) == []
    page.keyboard.type("Fint vær var det ikke.")
    page.click("dialog.form .primary")
    page.wait_for_selector("dialog", state="detached")
    page.keyboard.press("c")
    page.click("dialog.palette >> text=Flere koder")
    page.click(".palette .options li >> nth=0")
    assert faults(page, axe) == []
    page.click("dialog.palette >> text=Gi de avkryssede")
    page.wait_for_selector("dialog", state="detached")
    page.click(".tree .head button >> nth=0")
    page.wait_for_selector("dialog.form")
    assert faults(page, axe) == []
    page.keyboard.press("Escape")
    page.hover('[data-code="vente"]')
    page.click('[data-code="vente"] + .more')
    page.wait_for_selector("dialog.recast")
    assert faults(page, axe) == []
    page.click("dialog.recast .rules li button >> nth=0")
    page.wait_for_selector("dialog.rule")
    page.click("dialog.rule details summary")
    assert faults(page, axe) == []


@pytest.mark.parametrize("place", ["#/start", "#/people", "#/add", "#/send"])
def test_no_form_has_a_serious_fault(study: Study, opened: Open, axe: str, place: str) -> None:
    page = opened(study, place)
    page.wait_for_selector("#main h1")
    for each in page.locator("#main details > summary").all():
        each.click()
    assert faults(page, axe) == []
    page.evaluate("document.documentElement.dataset.theme = 'dark'")
    assert faults(page, axe) == []


@pytest.mark.parametrize("place", ["#/", "#/read/K1"])
def test_at_two_hundred_per_cent_nothing_is_cut_off(study: Study, opened: Open, place: str) -> None:
    page = opened(study, place, size=(700, 450))
    wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert wide <= 0


def test_focus_is_seen_and_stays_in_the_page(study: Study, opened: Open) -> None:
    page = opened(study, "#/read/K1")
    seen = set()
    for _ in range(25):
        page.keyboard.press("Tab")
        found = page.evaluate(
            """() => {
              const one = document.activeElement;
              const style = getComputedStyle(one);
              return [one.className || one.id || one.tagName, style.outlineStyle !== 'none' || one.matches('.text')];
            }"""
        )
        # Behind the last element the browser's own controls come, and then the page again.
        assert found[1] or found[0] == "BODY", found
        seen.add(found[0])
    assert len(seen) >= 6
