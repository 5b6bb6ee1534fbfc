"""Cards are carried by a finger: by the grip at once, anywhere else after a moment; a finger that moves on scrolls."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest

from qualkit.model import Study

from .conftest import Served
from .test_condensing_board import group, unit_of, waiting, words_in  # noqa: F401  a fixture
from .test_in_the_browser import wait_for
from .test_themes_board import code_card, theme_of, themed  # noqa: F401  a fixture

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

NIGHT = "om-natta"


@pytest.fixture
def touched(browser: Browser, serve: Callable[[Study], Served]) -> Iterator[Callable[..., Page]]:
    """Open the workbench as a tablet does."""
    contexts: list[Any] = []
    faults: list[str] = []

    def go(study: Study, place: str, *, size: tuple[int, int] = (1100, 800)) -> Page:
        served = serve(study)
        contexts.append(
            browser.new_context(
                viewport={"width": size[0], "height": size[1]}, has_touch=True, is_mobile=True, reduced_motion="reduce"
            )
        )
        page = contexts[-1].new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        assert page.context.request.get(served.key.address()).ok
        page.goto(served.address + place)
        page.wait_for_selector(".unit-card")
        return page

    yield go
    for context in contexts:
        context.close()
    assert faults == []


class Finger:
    """One finger on the glass."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.glass = page.context.new_cdp_session(page)

    def down(self, x: float, y: float) -> None:
        self.at = (x, y)
        self._send("touchStart", x, y)

    def to(self, x: float, y: float, steps: int = 8) -> None:
        a, b = self.at
        for step in range(1, steps + 1):
            self._send("touchMove", a + (x - a) * step / steps, b + (y - b) * step / steps)
            self.page.wait_for_timeout(16)
        self.at = (x, y)

    def up(self) -> None:
        self.glass.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})

    def _send(self, kind: str, x: float, y: float) -> None:
        self.glass.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": y}]})


def middle(page: Page, selector: str) -> tuple[float, float]:
    box = page.locator(selector).first.bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def top(page: Page, selector: str) -> tuple[float, float]:
    box = page.locator(selector).first.bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + 90


def test_a_unit_is_carried_by_its_grip(group: Study, touched: Callable[..., Page]) -> None:  # noqa: F811
    page = touched(group, "#/condense/ringe")
    finger = Finger(page)
    finger.down(*middle(page, f"{unit_of(page, 'fire ganger')} .grip"))
    finger.to(*top(page, f'[data-subgroup="{NIGHT}"]'))
    assert page.locator(".ghost").count() == 1
    assert page.locator(f'[data-subgroup="{NIGHT}"].over').count() == 1
    finger.up()
    wait_for(lambda: words_in(group, NIGHT) == ["Jeg måtte ringe kommunen 👍🏽 fire ganger."], page)
    assert page.locator(".ghost").count() == 0


def test_a_unit_is_carried_where_it_was_held_for_a_moment(group: Study, touched: Callable[..., Page]) -> None:  # noqa: F811
    page = touched(group, "#/condense/ringe")
    finger = Finger(page)
    finger.down(*middle(page, f"{unit_of(page, 'fire ganger')} .words"))
    page.wait_for_selector(".ghost", timeout=2_000)
    finger.to(*top(page, f'[data-subgroup="{NIGHT}"]'))
    finger.up()
    wait_for(lambda: words_in(group, NIGHT) == ["Jeg måtte ringe kommunen 👍🏽 fire ganger."], page)


def test_a_finger_that_moves_at_once_scrolls_and_carries_nothing(group: Study, touched: Callable[..., Page]) -> None:  # noqa: F811
    page = touched(group, "#/condense/ringe")
    finger = Finger(page)
    finger.down(*middle(page, f"{unit_of(page, 'fire ganger')} .words"))
    finger.to(*top(page, f'[data-subgroup="{NIGHT}"]'), steps=4)
    page.wait_for_timeout(500)
    assert page.locator(".ghost").count() == 0
    finger.up()
    assert len(waiting(group)) == 4


def test_a_code_is_carried_under_another_theme(themed: Study, touched: Callable[..., Page]) -> None:  # noqa: F811
    page = touched(themed, "#/themes")
    finger = Finger(page)
    finger.down(*middle(page, f"{code_card('vente', '')} .grip"))
    finger.to(*top(page, '.column[data-theme="tid"]'))
    finger.up()
    wait_for(lambda: theme_of(themed, "tid").codes == ("vente",), page)
    page.wait_for_selector(code_card("vente", "tid"))
    finger.down(*middle(page, f"{code_card('ringe', 'svar')} .name"))
    page.wait_for_selector(".ghost", timeout=2_000)
    finger.to(*top(page, '.column[data-theme="tid"]'))
    finger.up()
    wait_for(lambda: theme_of(themed, "tid").codes == ("vente", "ringe"), page)


def test_on_a_telephone_the_columns_come_along_at_the_edge(group: Study, touched: Callable[..., Page]) -> None:  # noqa: F811
    page = touched(group, "#/condense/ringe", size=(390, 780))
    finger = Finger(page)
    x, y = middle(page, f"{unit_of(page, 'fire ganger')} .grip")
    finger.down(x, y)
    finger.to(382, y)
    wait_for(lambda: page.evaluate("document.querySelector('.columns').scrollLeft") > 200, page)
    page.wait_for_timeout(300)
    finger.to(*[page.evaluate("innerWidth") / 2, y])
    place = page.evaluate("document.querySelector('.column.over')?.dataset.subgroup ?? null")
    finger.up()
    assert place in (NIGHT, "om-dagen")
    wait_for(lambda: len(words_in(group, place)) == 1, page)
