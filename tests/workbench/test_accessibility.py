"""An accessibility engine finds no serious fault in any state of the page, and every action has a key."""

from __future__ import annotations

import importlib.util
import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from qualkit.model import Study

from .conftest import turn_to
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
    """Return the serious and critical faults, with where they are, in light and in dark.

    What is dark is the same page in other colours, so there only the contrast is looked at.
    """
    page.wait_for_timeout(100)
    if not page.evaluate("'axe' in window"):
        page.evaluate(axe)
    found = page.evaluate(LOOKED_AT)
    return [
        f"{theme}: {one['id']}: {node['target']} {node.get('failureSummary', '')}"
        for theme, one in found
        if one["impact"] in ("serious", "critical")
        for node in one["nodes"]
    ]


LOOKED_AT = """async () => {
  const found = [], root = document.documentElement, before = root.dataset.theme;
  for (const [theme, only] of [["light", {}], ["dark", {runOnly: ["color-contrast"]}]]) {
    root.dataset.theme = theme;
    const told = await axe.run(document, {resultTypes: ["violations"], ...only});
    found.push(...told.violations.map((one) => [theme, one]));
  }
  if (before) root.dataset.theme = before;
  else delete root.dataset.theme;
  return found;
}"""


def shut(page: Page) -> None:
    """Close a dialog; a key that comes before it has gone would be written into it."""
    page.keyboard.press("Escape")
    page.wait_for_selector("dialog", state="detached")


def test_no_state_of_the_page_has_a_serious_fault(with_proposals: Study, opened: Open, axe: str) -> None:
    page = opened(with_proposals, "#/")
    page.wait_for_selector(".transcripts")
    assert faults(page, axe) == []
    page = opened(with_proposals, "#/read/K1")
    select(page, "Det regnet")
    assert faults(page, axe) == []
    page.keyboard.press("c")
    page.keyboard.type("a")
    assert faults(page, axe) == []
    shut(page)
    give(page, "vente")
    page.click(".tag")
    assert faults(page, axe) == []
    page.keyboard.press("Escape")
    page.keyboard.press("l")
    page.keyboard.press("i")
    page.wait_for_selector("dialog.form")
    assert faults(page, axe) == []
    shut(page)
    page.keyboard.press("?")
    page.wait_for_selector("dialog.sheet")
    assert faults(page, axe) == []
    shut(page)
    page.click("text=Merk som lest og kodet")
    page.click("text=/Ta stilling til/")
    page.wait_for_selector(".decide")
    assert faults(page, axe) == []


def test_no_dialog_has_a_serious_fault(study: Study, opened: Open, axe: str) -> None:
    page = opened(study, "#/read/K1")
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
    shut(page)
    page.hover('[data-code="vente"]')
    page.click('[data-code="vente"] + .more')
    page.wait_for_selector("dialog.recast")
    assert faults(page, axe) == []
    page.click("dialog.recast .rules li button >> nth=0")
    page.wait_for_selector("dialog.rule")
    page.click("dialog.rule details summary")
    assert faults(page, axe) == []


def test_no_form_has_a_serious_fault(study: Study, opened: Open, axe: str) -> None:
    page = opened(study, "#/")
    for place in ("#/start", "#/people", "#/add", "#/send"):
        turn_to(page, place)
        page.wait_for_selector("#main h1")
        for each in page.locator("#main details > summary").all():
            each.click()
        assert faults(page, axe) == [], place


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
