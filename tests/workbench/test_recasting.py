"""A codebook in use is changed from the page: codings follow, the YAML keeps its comments, undo takes all back."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from qualkit import study as studies
from qualkit.model import Study

from .conftest import Door, words_of
from .test_in_the_browser import give, select, wait_for

if TYPE_CHECKING:
    from playwright.sync_api import Page

CHANGES = "/api/codebook/changes"


def _code(door: Door, words: str, code: str) -> None:
    text = door.get("/api/transcripts/K1").json()["text"]
    start = text.index(words)
    body = {"start": start, "end": start + len(words), "codes": [code]}
    assert door.post("/api/transcripts/K1/codings", body).status_code == 200


def test_merging_takes_the_codings_along_and_is_taken_back_whole(door: Door, study: Study) -> None:
    _code(door, "Det regnet", "vente")
    _code(door, "Og så?", "ringe")
    before = studies.codebook_text(study)
    planned = door.post(CHANGES, {"kind": "merge", "code": "vente", "into": "ringe", "dry": True}).json()
    assert {row["file"] for row in planned["files"]} >= {"codebook.yaml", "codings/kari/K1.jsonl"}
    assert studies.codebook_text(study) == before

    answer = door.post(CHANGES, {"kind": "merge", "code": "vente", "into": "ringe", "why": "det samme"})
    assert answer.status_code == 200, answer.text
    assert words_of(study) == [("ringe", "Det regnet"), ("ringe", "Og så?")]
    assert studies.codebook_text(study).startswith("# Written by hand; this line stays.\n")
    assert studies.read_trail(study)[0][-1].why == "det samme"

    assert door.post("/api/undo").status_code == 200
    assert studies.codebook_text(study) == before
    assert words_of(study) == [("vente", "Det regnet"), ("ringe", "Og så?")]
    assert door.post("/api/redo").status_code == 200
    assert {code for code, _ in words_of(study)} == {"ringe"}


def test_a_split_waits_in_the_text_until_each_unit_is_placed(door: Door, study: Study) -> None:
    _code(door, "Det regnet", "vente")
    answer = door.post(
        CHANGES, {"kind": "split", "code": "vente", "codes": ["Å vente lenge", "Å gi opp"], "why": "to ting"}
    )
    assert answer.status_code == 200, answer.text
    coding = door.get("/api/transcripts/K1/codings").json()["codings"][0]
    assert len(coding["split"]) == 2
    door.client.patch(f"/api/transcripts/K1/codings/{coding['id']}", json={"code": coding["split"][1]})
    now = door.get("/api/transcripts/K1/codings").json()["codings"][0]
    assert (now["code"], now["split"]) == (coding["split"][1], [])


def test_describing_moves_nothing_and_keeps_the_rest_to_the_byte(door: Door, study: Study) -> None:
    body = {
        "kind": "describe",
        "code": "ringe",
        "name": "Å ta telefonen",
        "definition": "Ny: definisjon",
        "colour": "#112233",
    }
    assert door.post(CHANGES, body).status_code == 200
    code = next(one for one in studies.good_codebook(study).walk() if one.id == "ringe")
    assert (code.name, code.definition, code.colour) == ("Å ta telefonen", "Ny: definisjon", "#112233")
    text = studies.codebook_text(study)
    assert text.startswith("# Written by hand; this line stays.\n")
    assert '- {id: vente, name: Å vente, rules: ["lemma:vente"]}\n' in text


def test_a_code_that_nothing_names_is_deleted_and_comes_back(door: Door, study: Study) -> None:
    before = studies.codebook_text(study)
    _code(door, "Det regnet", "vente")
    refused = door.post(CHANGES, {"kind": "delete", "code": "vente", "why": "brukes ikke"})
    assert (refused.status_code, refused.json()["error"]) == (422, "CannotChange")
    assert door.post(CHANGES, {"kind": "delete", "code": "ønske", "why": "brukes ikke"}).status_code == 200
    assert "ønske" not in {code.id for code in studies.good_codebook(study).walk()}
    assert door.post("/api/undo").status_code == 200
    assert studies.codebook_text(study) == before


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"kind": "explode", "code": "vente"}, 400),
        ({"kind": "merge", "code": "vente", "into": "finnes ikke"}, 409),
        ({"kind": "merge", "code": "vente", "into": "vente"}, 422),
        ({"kind": "move", "code": "hjem", "under": "ringe"}, 422),
        ({"kind": "describe", "code": "vente", "name": " "}, 400),
        ({"kind": "describe", "code": "vente", "colour": "rød"}, 422),
        ({"kind": "split", "code": "vente", "codes": []}, 400),
    ],
)
def test_what_cannot_be_done_changes_nothing(door: Door, study: Study, body: dict[str, Any], status: int) -> None:
    before = studies.codebook_text(study)
    answer = door.post(CHANGES, body)
    assert answer.status_code == status, answer.text
    assert answer.json()["message"]
    assert studies.codebook_text(study) == before


def test_the_tree_renames_moves_by_drag_and_merges_with_a_reason(study: Study, opened: Callable[..., Page]) -> None:
    page = opened(study, "#/read/K1")
    select(page, "Det regnet")
    give(page, "vente")
    page.drag_and_drop('[data-code="vente"]', '[data-code="hjem"]')
    wait_for(lambda: [code.id for code in studies.good_codebook(study).paths()["vente"]] == ["hjem", "vente"], page)
    page.hover('[data-code="vente"]')
    page.click('[data-code="vente"] + .more')
    page.fill("#code-name", "Å vente på svar")
    page.click("dialog.recast button.primary")
    page.wait_for_selector(".tag:has-text('Å vente på svar')")
    page.hover('[data-code="vente"]')
    page.click('[data-code="vente"] + .more')
    page.select_option("#code-into", "ringe")
    page.click("dialog.recast >> text=/^Slå sammen$/")
    page.wait_for_selector("dialog.recast .told:has-text('Skriv hvorfor')")
    page.fill("#code-why", "to navn på det samme")
    page.click("dialog.recast >> text=/^Slå sammen$/")
    wait_for(lambda: words_of(study) == [("ringe", "Det regnet")], page)
    page.wait_for_selector(".tag:has-text('Å ringe')")
    page.keyboard.press("z")
    wait_for(lambda: words_of(study) == [("vente", "Det regnet")], page)
