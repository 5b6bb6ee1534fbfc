"""The review queue in the page: a key is a decision, and the register says what was decided."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from qualkit import register
from qualkit import study as studies
from qualkit.adding import add_originals
from qualkit.model import Settings, Study

from .conftest import Door, saved
from .test_accessibility import axe, faults
from .test_in_the_browser import wait_for

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

Open = Callable[..., "Page"]
__all__ = ["axe"]

SAID = """I: Hvem møtte dere?
K1: Kari Nordmann kom, og hun bor i Halden. Ring 22 33 44 55 om det <b>er</b> noe.
I: Og så?
K1: Kari ringte igjen. Jeg flyttet fra Halden i fjor.
"""


@pytest.fixture
def study(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Study:
    monkeypatch.setenv("QUALKIT_CODER", "kari")
    made = studies.create_study(tmp_path / "s", Settings("Om å møtes", method="stc", coders=("kari",)))
    studies.save_codebook_text(made, "codes:\n  - {id: møte, name: Å møtes}\n")
    (tmp_path / "K1.txt").write_text(SAID, encoding="utf-8")
    add_originals(made, [tmp_path / "K1.txt"], who="kari")
    return made


def _item(door: Door, form: str) -> dict[str, object]:
    for key in door.get("/api/anonymise").json()["keys"]:
        item: dict[str, object] = door.get(f"/api/anonymise/items/{key}").json()
        if item.get("form") == form:
            return item
    raise AssertionError(form)


def _decide(door: Door, form: str, **body: object) -> dict[str, object]:
    answer = door.post(f"/api/anonymise/items/{_item(door, form)['key']}", body)
    assert answer.status_code == 200, answer.json()
    told: dict[str, object] = answer.json()
    return told


def test_a_decision_is_in_the_register_and_the_trail_holds_no_word_of_it(door: Door, study: Study) -> None:
    _decide(door, "Kari Nordmann", action="pseudonym", shown={"*": "Berit Dahl"})
    _decide(door, "Halden", action="generalise", shown="en by")
    one, two = register.good_register(study).identities
    assert (one.forms[0], one.action, one.print_form("nb")) == ("Kari Nordmann", "pseudonym", "Berit Dahl")
    assert (two.forms, two.action, two.print_form("nn")) == (("Halden",), "generalise", "en by")
    trail = (study.root / "trail.jsonl").read_text("utf-8")
    assert '"anonymise"' in trail
    assert not any(word in trail for word in ("Nordmann", "Halden", "Berit"))


def test_what_is_decided_does_not_wait_and_undo_lets_it_wait_again(door: Door, study: Study) -> None:
    before = door.get("/api/anonymise").json()
    key = _item(door, "Halden")["key"]
    _decide(door, "Halden", action="redact")
    after = door.get("/api/anonymise").json()
    assert key not in after["keys"]
    assert after["total"] == before["total"]
    assert door.post(f"/api/anonymise/items/{key}", {"action": "pass"}).json()["error"] == "NotWaiting"
    assert door.post("/api/undo").status_code == 200
    assert register.good_register(study).identities == ()
    assert door.get("/api/anonymise").json()["keys"] == before["keys"]
    assert door.post("/api/redo").status_code == 200
    assert [one.action for one in register.good_register(study).identities] == ["redact"]


def test_some_places_alone_and_a_merge(door: Door, study: Study) -> None:
    _decide(door, "Halden", action="generalise", shown="en by", places=[1])
    one = register.good_register(study).identities[0]
    text = studies.read_transcript(study, "K1")[0].text
    assert [text[span.start : span.end] for span in one.only] == ["Halden"]
    assert one.only[0].start == text.rindex("Halden")
    left = _item(door, "Halden")
    assert left["count"] == 1
    assert [(place["transcript"], place["line"]) for place in left["places"]] == [("K1", "2")]  # type: ignore[index]
    _decide(door, "Halden", action="merge", merge=one.id)
    assert len(register.good_register(study).identities) == 1


@pytest.mark.parametrize(
    "body",
    [
        {"action": "burn"},
        {"action": "pseudonym"},
        {"action": "pseudonym", "shown": {"nb": 3}},
        {"action": "generalise", "shown": "  "},
        {"action": "redact", "places": [99]},
        {"action": "redact", "places": []},
        {"action": "redact", "places": [True]},
        {"action": "redact", "type": "robot"},
        {},
    ],
)
def test_what_is_no_decision_is_refused(door: Door, study: Study, body: dict[str, object]) -> None:
    key = _item(door, "Halden")["key"]
    assert door.post(f"/api/anonymise/items/{key}", body).status_code == 400
    assert register.good_register(study).identities == ()


def test_a_sealed_register_asks_for_its_passphrase(door: Door, study: Study) -> None:
    _decide(door, "Halden", action="redact")
    register.encrypt(study, "en lang passfrase")
    register.forget_passphrases()
    door.desk.kept.clear()
    register._asking.clear()
    try:
        assert door.get("/api/anonymise").status_code == 401
        wrong = door.post("/api/anonymise/passphrase", {"passphrase": "en annen passfrase"})
        assert wrong.status_code == 401
        assert door.post("/api/anonymise/passphrase", {"passphrase": "en lang passfrase"}).status_code == 200
        assert "keys" in door.get("/api/anonymise").json()
    finally:
        register.forget_passphrases()
        register._asking.clear()


def test_print_shows_what_is_printed_and_marks_what_is_open(door: Door) -> None:
    _decide(door, "Halden", action="generalise", shown="en by")
    shown = door.get("/api/transcripts/K1/print").json()
    pieces = [tuple(piece) for turn in shown["turns"] for piece in turn["pieces"]]
    assert ("[en by]", "shown") in pieces
    assert any(kind == "open" and "Kari" in text for text, kind in pieces)
    said = "".join(text for text, _ in pieces)
    assert "Halden" not in said
    assert "<b>er</b>" in said


def test_the_queue_is_decided_by_keys_alone(study: Study, opened: Open, axe: str) -> None:
    page = opened(study, "#/anonymise")
    page.wait_for_selector(".question")
    assert faults(page, axe) == []
    decided = {}
    for _ in range(12):
        if not page.locator(".question").count():
            break
        form = page.inner_text(".question .form")
        key = {"Halden": "r", "Kari Nordmann": "Enter"}.get(form, "k")
        before = len(register.good_register(study).identities) + len(register.good_register(study).passed)
        page.keyboard.press(key)
        wait_for(
            lambda before=before: (
                len(register.good_register(study).identities) + len(register.good_register(study).passed) > before
            ),
            page,
        )
        page.wait_for_selector(".told")
        page.wait_for_function(
            "(form) => !document.querySelector('.question .form') || "
            "document.querySelector('.question .form').textContent !== form",
            arg=form,
        )
        saved(page)
        decided[form] = key
    assert page.inner_text(".empty").startswith("Ingenting venter")
    told = {one.forms[0]: one.action for one in register.good_register(study).identities}
    assert told["Halden"] == "redact"
    assert told["Kari Nordmann"] == "pseudonym"
    assert {one.form for one in register.good_register(study).passed} == {
        form for form, key in decided.items() if key == "k"
    }
    page.keyboard.press("z")
    page.wait_for_selector(".question")
    assert page.inner_text(".question .form") == list(decided)[-1]


def test_the_print_view_is_one_key_away(study: Study, opened: Open, axe: str) -> None:
    page = opened(study, "#/read/K1")
    page.keyboard.press("Shift+p")
    page.wait_for_selector(".printed mark")
    assert faults(page, axe) == []
    assert "<b>er</b>" in page.inner_text(".printed")
    page.keyboard.press("Shift+p")
    page.wait_for_selector(".text")
