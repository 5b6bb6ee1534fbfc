"""An accessibility engine finds no serious fault on any board, and nothing is cut off at 200 per cent."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from qualkit import condensing
from qualkit.material import load_material
from qualkit.model import Study

from .conftest import turn_to
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


def written_from(study: Study, subgroup: str) -> None:
    """Place a unit in a subgroup, and write its condensate."""
    unit = load_material(study).accepted()[0].coding.id
    condensing.place(load_material(study), "kari", unit, subgroup)
    condensing.write(load_material(study), "kari", subgroup, "Jeg ringte.")


def test_no_board_has_a_serious_fault(themed: Study, opened: Open, axe: str) -> None:  # noqa: F811
    page = opened(themed, "#/")
    for place, there in PLACES.items():
        turn_to(page, place)
        page.wait_for_selector(there)
        assert faults(page, axe) == [], place
    turn_to(page, "#/themes")
    page.wait_for_selector(".code-card")
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


def test_no_dialog_of_the_condensing_board_has_a_serious_fault(
    group: Study,  # noqa: F811
    opened: Open,
    axe: str,  # noqa: F811
) -> None:
    written_from(group, "om-natta")
    page = opened(group, "#/condense/ringe")
    page.wait_for_selector(".unit-card")
    page.focus('[data-subgroup="om-natta"] .unit-card')
    for key in ("n", "r", "x", "c", "Shift+X", "?"):
        page.keyboard.press(key)
        page.wait_for_selector("dialog[open]")
        assert faults(page, axe) == [], key
        page.keyboard.press("Escape")
        page.wait_for_selector("dialog", state="detached")
        assert page.evaluate("document.activeElement.matches('.unit-card')"), (
            f"after {key} the card has the focus again"
        )
    page.fill("#condensate", "Mitt.")
    path = group.root / "condensates.yaml"
    path.write_text(path.read_text("utf-8").replace("Jeg ringte.", "Deres."), "utf-8")
    page.keyboard.press("Control+s")
    page.wait_for_selector(".conflict blockquote")
    assert faults(page, axe) == []


def test_no_dialog_of_the_themes_board_and_the_map_has_a_serious_fault(
    themed: Study,  # noqa: F811
    opened: Open,
    axe: str,  # noqa: F811
) -> None:
    page = opened(themed, "#/map")
    page.wait_for_selector('[data-node="theme:svar"]', timeout=60_000)
    page.focus('[data-node="theme:svar"]')
    page.keyboard.press("l")
    page.wait_for_selector("dialog[open]")
    assert faults(page, axe) == []
    page = opened(themed, "#/themes")
    page.wait_for_selector(".code-card")
    page.focus('.code-card[data-theme="svar"]')
    for key in ("n", "r", "x", "?"):
        page.keyboard.press(key)
        page.wait_for_selector("dialog[open]")
        assert faults(page, axe) == [], key
        page.keyboard.press("Escape")
        page.wait_for_selector("dialog", state="detached")
    page.keyboard.press("x")
    page.wait_for_selector("dialog")
    page.keyboard.type("bæres av ingen")
    page.keyboard.press("Enter")
    page.click(".dropped summary")
    assert faults(page, axe) == []
    page.click('.column[data-theme="tid"] h2')
    page.fill("#said-definition", "Mitt.")
    path = themed.root / "themes.yaml"
    text = path.read_text("utf-8")
    path.write_text(text.replace("heading: Tida går", "heading: Tida går\n    definition: Deres."), "utf-8")
    page.keyboard.press("Control+s")
    page.wait_for_selector(".conflict blockquote")
    assert faults(page, axe) == []


def test_no_board_that_is_empty_has_a_serious_fault(study: Study, opened: Open, axe: str) -> None:  # noqa: F811
    page = opened(study, "#/")
    for place in ("#/condense", "#/condense/ringe", "#/themes", "#/collate", "#/printed/themes"):
        turn_to(page, place)
        page.wait_for_selector("#main > :not(.empty)")
        assert faults(page, axe) == [], place


def test_at_two_hundred_per_cent_no_board_is_cut_off(themed: Study, opened: Open) -> None:  # noqa: F811
    page = opened(themed, "#/", size=(700, 450))
    for place, there in PLACES.items():
        turn_to(page, place)
        page.wait_for_selector(there)
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, place
