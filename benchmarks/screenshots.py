"""Pictures of every view of the workbench, on a copy of the bokmål corpus.

    python -m benchmarks.screenshots build/screenshots

They are made to be looked at: `make screenshots`.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.serving import chromium, demo_study, served

if TYPE_CHECKING:
    from playwright.sync_api import Page


def _coding(page: Page) -> None:
    for _ in range(6):
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Shift+ArrowDown")


def _palette(page: Page) -> None:
    _coding(page)
    page.keyboard.press("c")
    page.keyboard.type("tel")


def _card(page: Page) -> None:
    for _ in range(3):
        page.keyboard.press("n")


def _lines(page: Page) -> None:
    page.keyboard.press("l")


def _deciding(page: Page) -> None:
    if page.locator("footer.foot .done").count() == 0:
        page.click("footer.foot button.primary")
        page.wait_for_selector("footer.foot .done")
    page.keyboard.press("v")


def _recast(page: Page) -> None:
    page.hover(".tree .code:not(.group)")
    page.click(".tree .code:not(.group) + .more")


def _keys(page: Page) -> None:
    page.keyboard.press("?")


def _written(page: Page) -> None:
    page.keyboard.press("ArrowDown")
    page.wait_for_selector("#grounding .words")


def _carrying(page: Page) -> None:
    for key in ("ArrowDown", "ArrowDown", "m", "ArrowDown", "m", " ", "ArrowRight"):
        page.keyboard.press(key)


def _recoding(page: Page) -> None:
    page.keyboard.press("ArrowDown")
    page.keyboard.press("c")
    page.wait_for_selector("dialog")


def _opened(page: Page) -> None:
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("o")
    page.wait_for_selector(".extracts")


def _nothing(page: Page) -> None:
    """Show the view as it opens."""


VIEWS: tuple[tuple[str, str, Callable[[Page], None]], ...] = (
    ("overview", "#/", _nothing),
    ("reading", "#/read/K1", _nothing),
    ("choosing", "#/read/K1", _coding),
    ("palette", "#/read/K1", _palette),
    ("coding", "#/read/K2", _card),
    ("lines", "#/read/K2", _lines),
    ("deciding", "#/read/K2", _deciding),
    ("codebook", "#/read/K2", _recast),
    ("keys", "#/read/K2", _keys),
    ("groups", "#/condense", _nothing),
    ("condensing", "#/condense/alene", _written),
    ("carrying", "#/condense/alene", _carrying),
    ("recoding", "#/condense/alene", _recoding),
    ("printed-group", "#/printed/condense/alene", _nothing),
    ("themes", "#/themes", _opened),
    ("printed-results", "#/printed/themes", _nothing),
    ("collating", "#/collate/alene", _nothing),
    ("matrix", "#/matrix", _nothing),
    ("printed-matrix", "#/printed/matrix/etat", _nothing),
    ("balance", "#/balance", _nothing),
    ("map", "#/map", _nothing),
    ("printed-map", "#/printed/map", _nothing),
)


def main(folder: Path) -> int:
    """Take every picture, in light and in dark; 1 where there is no browser."""
    folder.mkdir(parents=True, exist_ok=True)
    try:
        path = chromium()
    except ImportError as missing:
        print(missing, file=sys.stderr)
        return 1
    from playwright.sync_api import sync_playwright

    with tempfile.TemporaryDirectory() as place, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        with served(demo_study(Path(place) / "demo")) as address:
            for theme in ("light", "dark"):
                context = browser.new_context(viewport={"width": 1400, "height": 900}, color_scheme=theme)
                page = context.new_page()
                # The first address holds the token, which is spent then; the cookie is shared.
                context.add_cookies([address.cookie])
                for name, view, does in VIEWS:
                    page.goto("about:blank")
                    page.goto(address.base + view)
                    page.wait_for_selector(".text" if "/read/" in view else "#main > :not(.empty)")
                    page.wait_for_timeout(700)
                    page.evaluate("localStorage.setItem('qualkit-lines', 'no')")
                    does(page)
                    page.wait_for_timeout(500)
                    page.screenshot(path=folder / f"{name}-{theme}.png")
                context.close()
        browser.close()
    print(f"{2 * len(VIEWS)} pictures in {folder}")
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1] if len(sys.argv) > 1 else "build/screenshots")))
