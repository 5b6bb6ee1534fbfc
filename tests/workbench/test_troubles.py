"""Everything that is to be looked at in a transcript is told, and reached from its menu and by key."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from qualkit import study as studies
from qualkit.model import Study

from .conftest import Door

if TYPE_CHECKING:
    from playwright.sync_api import Page


@pytest.fixture
def troubled(door: Door, study: Study) -> Study:
    """Let codings lose their words, and lines of a coding file be faulty."""
    text = door.get("/api/transcripts/K1").json()["text"]
    for words, code in (("Det regnet", "vente"), ("Jeg ringte ikke", "ringe")):
        start = text.index(words)
        body = {"start": start, "end": start + len(words), "codes": [code]}
        assert door.post("/api/transcripts/K1/codings", body).status_code == 200
    path = studies.codings_path(study, "kari", "K1")
    lines = path.read_text("utf-8").replace('"text":"Det regnet"', '"text":"Det snødde"')
    path.write_text(lines + "{no json\n", encoding="utf-8")
    return study


def test_what_is_wrong_is_told_with_its_place(door: Door, troubled: Study) -> None:
    text = door.get("/api/transcripts/K1").json()["text"]
    found = door.get("/api/transcripts/K1/troubles").json()["troubles"]
    assert [(one["kind"], one["code"]) for one in found] == [("lost", "vente"), ("line-of-file", "")]
    assert text[found[0]["start"] : found[0]["end"]] == "Det regnet"
    assert found[0]["words"] == "Det snødde"
    assert "codings/kari/K1.jsonl:3" in found[1]["message"]
    assert door.get("/api/transcripts/K2/troubles").json()["troubles"] == []
    assert door.get("/api/transcripts/K9/troubles").status_code == 404


def test_names_are_told_where_the_study_was_searched(door: Door, study: Study) -> None:
    assert door.get("/api/transcripts/K1/troubles").json()["troubles"] == []
    keys = door.get("/api/anonymise").json()["keys"]
    places = [
        place["words"]
        for key in keys
        for place in door.get(f"/api/anonymise/items/{key}").json()["places"]
        if place["transcript"] == "K1"
    ]
    found = door.get("/api/transcripts/K1/troubles").json()["troubles"]
    text = door.get("/api/transcripts/K1").json()["text"]
    assert {one["kind"] for one in found} == ({"name"} if places else set())
    assert sorted(text[one["start"] : one["end"]] for one in found) == sorted(places)
    assert places


def test_problems_are_reached_from_the_menu_and_by_key(troubled: Study, opened: Callable[..., Page]) -> None:
    page = opened(troubled, "#/read/K1")
    page.wait_for_selector(".jump option[value^=trouble]", state="attached")
    shown = page.locator(".jump option[value^=trouble]").all_inner_texts()
    assert [text.partition(" (")[0] for text in shown] == ["Koding uten sine ord: Å vente", "Linje i en kodingsfil"]
    page.select_option(".jump", "trouble 0")
    page.wait_for_selector(".replacing q:has-text('Det snødde')")
    assert page.evaluate("getSelection().toString()") == "Det regnet"
    page.keyboard.press("o")
    page.wait_for_selector(".notice:has-text('K1.jsonl:3')")
    assert page.locator(".replacing").count() == 0
    page.keyboard.press("Shift+o")
    page.wait_for_selector(".replacing q:has-text('Det snødde')")
