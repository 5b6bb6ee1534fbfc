"""Rules are tried and written in the page: nothing is saved that is wrong, and comments stay."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from regex import _regex_core

from qualkit import study as studies
from qualkit.coding.codebook import find_code
from qualkit.language.saying import unsaid
from qualkit.model import Study

from .conftest import Door
from .test_accessibility import axe, faults  # noqa: F401  a fixture
from .test_in_the_browser import wait_for

if TYPE_CHECKING:
    from playwright.sync_api import Page

CHANGES, TRY = "/api/codebook/changes", "/api/codebook/rules/try"


def _rule(**given: Any) -> dict[str, Any]:
    empty = {
        "any": [],
        "all": [],
        "unless": [],
        "speakers": [],
        "within": "sentence",
        "language": "",
        "unit": "sentence",
    }
    return {**empty, **given}


def _any(study: Study, code: str) -> list[tuple[str, ...]]:
    return [rule.any for rule in find_code(studies.good_codebook(study), code).rules]


def test_a_rule_is_tried_on_what_was_read_alone(door: Door, study: Study) -> None:
    before = studies.codebook_text(study)
    asked = {"code": "ønske", "rule": _rule(any=["lemma:ringe", "lemma:vente"], unless=["alltid"], unit="match")}
    none = door.post(TRY, asked).json()
    assert (none["count"], none["searched"], none["unread"], none["examples"]) == (0, 0, 2, [])
    for name in ("K1", "K2"):
        assert door.post(f"/api/transcripts/{name}/read").status_code == 200
    found = door.post(TRY, asked).json()
    text = door.get("/api/transcripts/K1").json()["text"]
    shown = [(one["transcript"], one["words"]) for one in found["examples"]]
    assert shown == [
        ("K1", "ringe"),
        ("K2", "ringer"),
        *[("K1", words) for words in ("ventet", "ringte", "ventet", "ringte")],
    ]
    assert all(
        text[one["start"] : one["end"]] == one["words"] for one in found["examples"] if one["transcript"] == "K1"
    )
    assert (found["count"], found["searched"], found["unread"], found["faults"]) == (6, 2, 0, [])
    assert studies.codebook_text(study) == before


def test_what_is_wrong_is_told_by_the_line_it_stands_in(door: Door, study: Study) -> None:
    found = door.post(TRY, {"code": "vente", "rule": _rule(any=["lemma:vente", "re:("], within="tre")}).json()
    assert [(one["key"], one["item"]) for one in found["faults"]] == [("any", "re:("), ("within", "tre")]
    assert all(one["message"] and one["hint"] for one in found["faults"])
    assert (found["count"], found["examples"]) == (0, [])
    slow = _rule(any=[r"re:(\w+\s?)+(\w+\s?)+(\w+\s?)+§"], unit="match")
    for name in ("K1", "K2"):
        door.post(f"/api/transcripts/{name}/read")
    assert {one["key"] for one in door.post(TRY, {"code": "vente", "rule": slow}).json()["faults"]} <= {"any"}


@pytest.mark.parametrize(
    ("given", "nb", "nn"),
    [
        (
            {"any": ["re:("]},
            "det regulære uttrykket kan ikke leses: en ) mangler ved tegn 1",
            "ein ) manglar ved teikn 1",
        ),
        ({"any": [r"re:\1"]}, "en henvisning til en gruppe som ikke finnes, ved tegn 2", "ei gruppe som ikkje finst"),
        ({"any": ["re:(?P<a"]}, "> mangler ved tegn 5", "> manglar ved teikn 5"),
        ({"any": ["re:a{3,1}"]}, "det minste tallet er større enn det største", "det minste talet er større"),
        ({"any": ["re:a\\"]}, "en omvendt skråstrek helt til slutt, ved tegn 2", "heilt til slutt, ved teikn 2"),
        ({"any": ["vente", "*"]}, "mønsteret ville truffet alle ord", "mønsteret ville trefft alle ord"),
        ({"any": ["vente"], "within": "tre"}, "«tre» er ukjent", "«tre» er ukjend"),
    ],
)
def test_what_is_wrong_is_told_in_the_page_s_language(door: Door, given: dict[str, Any], nb: str, nn: str) -> None:
    for language, words in (("nb", nb), ("nn", nn)):
        answer = door.post(TRY, {"code": "vente", "rule": _rule(**given)}, **{"x-qualkit-language": language})
        (fault,) = answer.json()["faults"]
        assert words in fault["message"]
        assert unsaid(fault["hint"]) != []  # It is no English sentence any more


def test_whatever_the_library_says_of_a_regular_expression_is_said_in_both_languages() -> None:
    source = inspect.getsource(_regex_core)
    written = re.findall(r'error\("((?:[^"\\]|\\.)*)"', source)
    assert len(written) > 30
    for one in written:
        if one.startswith("recursive"):
            continue
        english = re.sub(r"%s|\{\}", "x", one.replace("\\\\", "\\")) + " at position 7"
        assert unsaid(f"the regular expression cannot be read: {english}") == [], english


def test_rules_are_added_changed_and_taken_out_and_all_of_it_is_undone(door: Door, study: Study) -> None:
    before = studies.codebook_text(study)
    added = door.post(CHANGES, {"kind": "rule", "code": "ønske", "rule": _rule(any=["lemma:ønske"], within="5")})
    assert added.status_code == 200, added.text
    rules = added.json()["codes"][0]["children"][1]["rules"]
    assert [rule["any"] for rule in rules] == [["lemma:ønske"]]
    changed = {
        "kind": "rule",
        "code": "ønske",
        "number": 0,
        "was": rules[0],
        "rule": _rule(any=["lemma:ønske", "vil*"]),
    }
    assert door.post(CHANGES, changed).status_code == 200
    assert _any(study, "ønske") == [("lemma:ønske", "vil*")]
    stale = door.post(CHANGES, changed)
    assert (stale.status_code, stale.json()["error"]) == (409, "RuleChanged")
    assert _any(study, "ønske") == [("lemma:ønske", "vil*")]
    gone = {"kind": "rule", "code": "ringe", "number": 0, "was": _rule(any=["lemma:ringe"]), "rule": None}
    assert door.post(CHANGES, gone).status_code == 200
    assert _any(study, "ringe") == []
    assert studies.codebook_text(study).startswith("# Written by hand; this line stays.\n")
    assert studies.read_trail(study)[0][-1].what == "codebook rule"
    for _ in range(3):
        assert door.post("/api/undo").status_code == 200
    assert studies.codebook_text(study) == before


def test_when_to_use_a_code_is_written_and_emptied(door: Door, study: Study) -> None:
    body = {"kind": "describe", "code": "vente", "use_when": ["på svar", "på noen: ja"], "examples": ["vi venter"]}
    assert door.post(CHANGES, {**body, "not_when": ["på buss"], "note": "Etter K1"}).status_code == 200
    code = find_code(studies.good_codebook(study), "vente")
    assert (code.use_when, code.not_when, code.examples, code.note) == (
        ("på svar", "på noen: ja"),
        ("på buss",),
        ("vi venter",),
        "Etter K1",
    )
    assert door.post(CHANGES, {"kind": "describe", "code": "vente", "use_when": [], "note": ""}).status_code == 200
    code = find_code(studies.good_codebook(study), "vente")
    assert (code.use_when, code.note, code.examples) == ((), "", ("vi venter",))


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"rule": {"any": "lemma:ringe"}}, 400),
        ({"rule": {"any": [3]}}, 400),
        ({"rule": {"any": ["x"], "unit": 3}}, 400),
        ({"rule": None}, 400),
        ({"rule": {"any": []}}, 422),
        ({"rule": {"any": ["re:("]}}, 422),
        ({"rule": {"any": ["x"]}, "number": 7, "was": {}}, 409),
        ({"rule": {"any": ["x"]}, "number": "0"}, 400),
    ],
)
def test_a_rule_that_is_none_changes_nothing(door: Door, study: Study, body: dict[str, Any], status: int) -> None:
    before = studies.codebook_text(study)
    answer = door.post(CHANGES, {"kind": "rule", "code": "vente", **body})
    assert answer.status_code == status, answer.text
    assert answer.json()["message"]
    assert studies.codebook_text(study) == before


def test_a_rule_is_written_in_the_page(study: Study, door: Door, opened: Callable[..., Page], axe: str) -> None:  # noqa: F811
    for name in ("K1", "K2"):
        door.post(f"/api/transcripts/{name}/read")
    page = opened(study, "#/read/K1")
    page.hover('[data-code="ønske"]')
    page.click('[data-code="ønske"] + .more')
    page.wait_for_selector("dialog.recast")
    page.click("dialog.recast .described summary")
    page.fill("#code-useWhen", "når noen vil hjem\nogså: før")
    assert faults(page, axe) == []
    page.click("dialog.recast >> text=Ny regel …")
    page.wait_for_selector("dialog.rule")
    assert faults(page, axe) == []
    page.fill("#rule-word", "vente")
    page.keyboard.press("Enter")
    # The tables of word forms are read the first time.
    page.wait_for_selector(".tried li", timeout=90_000)
    assert page.input_value("#rule-any") == "lemma:vente"
    assert "3 steder." in page.inner_text(".tried")
    page.fill("#rule-any", "lemma:vente\nre:(")
    page.wait_for_selector("#rule-any[aria-invalid]")
    assert "re:(" in page.inner_text("#rule-any-fault")
    assert faults(page, axe) == []
    page.click("dialog.rule .primary")
    page.wait_for_timeout(400)
    assert _any(study, "ønske") == []
    page.fill("#rule-any", "lemma:vente")
    page.fill("#rule-unless", "alltid")
    page.click("dialog.rule .primary")
    page.wait_for_selector("dialog.rule", state="detached")
    wait_for(lambda: _any(study, "ønske") == [("lemma:vente",)], page)
    assert page.inner_text("dialog.recast .rules li span") == "lemma:vente; ikke ved: alltid"
    page.click("dialog.recast .primary")
    page.wait_for_selector("dialog.recast", state="detached")
    assert find_code(studies.good_codebook(study), "ønske").use_when == ("når noen vil hjem", "også: før")
    assert studies.codebook_text(study).startswith("# Written by hand; this line stays.\n")
    page.keyboard.press("z")
    wait_for(lambda: find_code(studies.good_codebook(study), "ønske").use_when == (), page)
    page.keyboard.press("z")
    wait_for(lambda: _any(study, "ønske") == [], page)
