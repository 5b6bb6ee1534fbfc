"""An accessibility engine finds no serious fault on any board, and nothing is cut off at 200 per cent."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from qualkit.model import Study

from .test_accessibility import axe, faults  # noqa: F401  a fixture
from .test_condensing_board import group  # noqa: F401  a fixture
from .test_themes_board import themed  # noqa: F401  a fixture

if TYPE_CHECKING:
    from playwright.sync_api import Page

Open = Callable[..., "Page"]

PLACES = {
    "#/condense": ".groups > li",
    "#/condense/ringe": ".unit-card",
    "#/themes": ".code-card",
    "#/collate/ringe": ".unit-card",
    "#/matrix": ".matrix table",
    "#/matrix/sted": ".matrix table",
    "#/balance": ".balance h1",
    "#/map": ".node",
}


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_no_board_has_a_serious_fault(themed: Study, opened: Open, axe: str, theme: str) -> None:  # noqa: F811
    page = opened(themed, "#/")
    page.evaluate("(theme) => localStorage.setItem('qualkit-theme', theme)", theme)
    for place, there in PLACES.items():
        page = opened(themed, place)
        page.wait_for_selector(there)
        assert faults(page, axe) == [], place
    page = opened(themed, "#/themes")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("o")
    page.wait_for_selector(".extracts")
    assert faults(page, axe) == []


def test_no_state_of_the_condensing_board_has_a_serious_fault(group: Study, opened: Open, axe: str) -> None:  # noqa: F811
    page = opened(group, "#/condense/ringe")
    page.wait_for_selector(".unit-card")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("m")
    page.keyboard.press(" ")
    page.keyboard.press("ArrowRight")
    assert faults(page, axe) == []
    page.keyboard.press(" ")
    page.wait_for_selector('[data-subgroup="om-natta"] .unit-card')
    page.keyboard.press("2")
    page.wait_for_selector(".why-moved")
    assert faults(page, axe) == []
    page.keyboard.press("x")
    page.wait_for_selector("dialog")
    assert faults(page, axe) == []


@pytest.mark.parametrize("place", PLACES)
def test_at_two_hundred_per_cent_no_board_is_cut_off(themed: Study, opened: Open, place: str) -> None:  # noqa: F811
    page = opened(themed, place, size=(700, 450))
    page.wait_for_selector(PLACES[place])
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
