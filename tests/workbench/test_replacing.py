"""A coding whose words are not found any more is put in its place from the page, by keyboard and by mouse."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from qualkit import study as studies
from qualkit.model import Study
from qualkit.reanchoring import reanchor_study

from .conftest import Door, words_of
from .test_accessibility import axe, faults  # noqa: F401  a fixture
from .test_in_the_browser import select, wait_for

if TYPE_CHECKING:
    from playwright.sync_api import Page

CODED = (("Det regnet 🇳🇴 hele dagen.", "vente"), ("Jeg måtte ringe kommunen", "ringe"), ("Jeg ringte ikke.", "ringe"))
EDITED = (
    ("Det regnet 🇳🇴 hele dagen.", "Det pøste ned."),
    ("Jeg måtte ringe kommunen", "Eg laut slå på tråden til rådhuset"),
    ("Jeg ringte ikke.", "Ikke ett ord fra meg."),
)


@pytest.fixture
def adrift(study: Study, door: Door) -> Study:
    """Code three passages, and rewrite the transcript so that none of them is found again."""
    text = door.get("/api/transcripts/K1").json()["text"]
    for words, code in CODED:
        start = text.index(words)
        body = {"start": start, "end": start + len(words), "codes": [code], "memo": f"om {code}"}
        assert door.post("/api/transcripts/K1/codings", body).status_code == 200
    path = studies.transcript_path(study, "K1")
    edited = path.read_text("utf-8")
    for before, after in EDITED:
        edited = edited.replace(before, after)
    path.write_text(edited, encoding="utf-8")
    reanchor_study(study, "kari")
    return study


def anchors(study: Study) -> dict[str, str]:
    return {one.unit.text: one.anchor for one in studies.read_codings(study, "kari", "K1")[0]}


def test_what_waits_is_told_with_where_it_could_belong(door: Door, adrift: Study) -> None:
    assert set(anchors(adrift).values()) <= {"lost", "ambiguous"}
    text = door.get("/api/transcripts/K1").json()["text"]
    found = door.get("/api/transcripts/K1/troubles").json()["troubles"]
    own = [one for one in found if one["code"]]
    assert {one["was"] or one["words"] for one in own} == {words for words, _ in CODED}
    assert all(one["mine"] and one["id"] for one in own)
    for one in own:
        for start, end in one["places"]:
            assert text[start:end].strip()


def where(study: Study, coding: str) -> tuple[str, str]:
    """Return the anchor of a coding, and the words under its offsets."""
    record, _ = studies.read_transcript(study, "K1")
    one = next(each for each in studies.read_codings(study, "kari", "K1")[0] if each.id == coding)
    span = one.unit.span
    return one.anchor, record.text[span.start : span.end]


def test_lost_codings_are_put_in_their_places_one_after_the_other(
    adrift: Study,
    opened: Callable[..., Page],
    axe: str,  # noqa: F811
) -> None:
    before = {one.unit.text: one for one in studies.read_codings(adrift, "kari", "K1")[0]}
    rings, rain, never = (before[words].id for words in (CODED[1][0], CODED[0][0], CODED[2][0]))
    page = opened(adrift, "#/")
    page.click("a.state.bad")
    page.wait_for_selector(".replacing q:has-text('Jeg måtte ringe kommunen')")
    assert faults(page, axe) == []
    # By keyboard: the likeliest place is chosen, and its beginning moves to where it should be.
    assert page.evaluate("getSelection().toString()") == "på tråden til rådhuset"
    for _ in range(3):
        page.keyboard.press("Alt+Shift+ArrowLeft")
    page.keyboard.press("s")
    page.wait_for_selector(".replacing q:has-text('Det regnet')")
    assert where(adrift, rings) == ("kept", "Eg laut slå på tråden til rådhuset")
    # By mouse.
    select(page, "Det pøste")
    page.click(".replacing button.primary")
    page.wait_for_selector(".replacing q:has-text('Jeg ringte ikke.')")
    assert where(adrift, rain) == ("kept", "Det pøste")
    select(page, "ord fra meg")
    page.keyboard.press("Enter")
    page.wait_for_selector(".replacing", state="detached")
    assert where(adrift, never) == ("kept", "ord fra meg")
    assert page.locator(".notes .warn").count() == 0
    after = {one.id: one for one in studies.read_codings(adrift, "kari", "K1")[0]}
    for one in before.values():
        assert (after[one.id].code, after[one.id].memo, after[one.id].created) == (one.code, one.memo, one.created)
    assert sorted(words_of(adrift)) == sorted(
        [("ringe", EDITED[1][1]), ("vente", "Det pøste"), ("ringe", "ord fra meg")]
    )
    told = [json.loads(line) for line in (adrift.root / "trail.jsonl").read_text("utf-8").splitlines()]
    assert [one["object"] for one in told if one["what"] == "remark"] == [
        f"coding {id_}" for id_ in (rings, rain, never)
    ]
    # Taken back, it waits again, and is found again.
    page.keyboard.press("z")
    wait_for(lambda: where(adrift, never)[0] == before[CODED[2][0]].anchor, page)
    page.wait_for_selector(".notes .warn button")
    page.click(".notes .warn button")
    page.wait_for_selector(".replacing q:has-text('Jeg ringte ikke.')")
    page.keyboard.press("Shift+z")
    wait_for(lambda: where(adrift, never) == ("kept", "ord fra meg"), page)


def test_changed_words_are_let_stand_by_the_same_key(door: Door, study: Study, opened: Callable[..., Page]) -> None:
    text = door.get("/api/transcripts/K1").json()["text"]
    start, words = text.index("Jeg måtte ringe kommunen"), "Jeg måtte ringe kommunen"
    made = door.post("/api/transcripts/K1/codings", {"start": start, "end": start + len(words), "codes": ["ringe"]})
    path = studies.transcript_path(study, "K1")
    path.write_text(path.read_text("utf-8").replace("måtte ringe", "måtte ringe til"), encoding="utf-8")
    reanchor_study(study, "kari")
    (coding,) = made.json()["made"]
    assert where(study, coding) == ("words-changed", "Jeg måtte ringe til kommunen")
    page = opened(study, "#/read/K1/lost")
    page.wait_for_selector(".replacing q:has-text('Jeg måtte ringe kommunen')")
    page.keyboard.press("s")
    page.wait_for_selector(".replacing", state="detached")
    assert where(study, coding) == ("kept", "Jeg måtte ringe til kommunen")
    assert "was" not in studies.read_codings(study, "kari", "K1")[0][0].extra
