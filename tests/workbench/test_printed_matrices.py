"""Matrices, quotations and the map as an export would print them: its words, its cells, and what would stop it."""

from __future__ import annotations

import re
from base64 import b64decode
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from qualkit import study as studies
from qualkit.exporting import document_of
from qualkit.marking import mark
from qualkit.material import load_material
from qualkit.model import Study
from qualkit.publishing import render_words

from .conftest import Door
from .test_accessibility import axe, faults  # noqa: F401  a fixture

if TYPE_CHECKING:
    from playwright.sync_api import Page

Open = Callable[..., "Page"]

DECIDED = """identities:
  - {id: s1, type: place, forms: [Halden], action: generalise, print: en by, by: kari}
"""
PEOPLE = "id,sted,may_quote\nK1,by,yes\nK2,Halden,yes\n"
THEMES = """themes:
  - {id: tid, heading: Tida, codes: [vente], quotations: [%s]}
  - {id: hjem, heading: Å ringe hjem, codes: [ringe]}
"""
WAITED = "Vi venter alltid på svar."


@pytest.fixture
def coded(study: Study) -> Study:
    """Code a passage of each participant; one chooses a quotation of it."""
    (study.root / "private").mkdir(exist_ok=True)
    (study.root / "private" / "identities.yaml").write_text(DECIDED, encoding="utf-8")
    (study.root / "participants.csv").write_text(PEOPLE, "utf-8")
    made = ""
    for name, words, code in (("K1", "Jeg ringte ikke.", "ringe"), ("K2", WAITED, "vente")):
        record, _ = studies.read_transcript(study, name)
        start = record.text.index(words)
        made = mark(study, "kari", record, [code], start, start + len(words))[0].id
    (study.root / "themes.yaml").write_text(THEMES % made, "utf-8")
    return study


def shown(door: Door, path: str) -> Any:
    answer = door.get(f"/api/printed/{path}")
    assert answer.status_code == 200, answer.text
    return answer.json()


def words(pieces: Any) -> str:
    return "".join(text for text, _ in pieces)


def mine(study: Study) -> str:
    return next(one.coding.id for one in load_material(study).extracts if one.coding.unit.text == WAITED)


def table(told: Any) -> tuple[str, list[str], list[list[str]]]:
    (one,) = (block for block in told["blocks"] if block["kind"] == "table")
    return words(one["title"]), [words(each) for each in one["columns"]], [[words(c) for c in r] for r in one["rows"]]


@pytest.mark.parametrize("by", ["", "sted"])
def test_a_matrix_has_the_words_and_cells_of_the_export(door: Door, coded: Study, by: str) -> None:
    material = load_material(coded)
    name = f"theme-{by or 'participant'}"
    printed = next(one for one in render_words(material, document_of(material, "word")).tables() if one.name == name)
    told = shown(door, f"matrix/{by}".rstrip("/"))
    rows = [["" if cell is None else str(cell) for cell in row] for row in printed.rows]
    assert table(told) == (printed.title, [column.label for column in printed.columns], rows)
    assert rows[0][1:] == (["", "●"] if not by else ["●", ""])
    assert [block["notes"] for block in told["blocks"]] == [list(printed.notes)]


def test_what_would_stop_the_export_of_a_matrix_is_marked(door: Door, coded: Study) -> None:
    told = shown(door, "matrix/sted")
    (block,) = told["blocks"]
    assert block["columns"][1] == [["Halden", "stop"], [" (n\u00a0=\u00a01)", ""]]
    assert told["stops"] == 1
    assert (shown(door, "matrix")["stops"], shown(door, "matrix")["open"]) == (0, 0)
    themes = (coded.root / "themes.yaml").read_text("utf-8").replace("Tida", "Halden")
    (coded.root / "themes.yaml").write_text(themes, "utf-8")
    assert shown(door, "matrix")["blocks"][0]["rows"][0][0] == [["Halden", "stop"]]
    assert door.get("/api/printed/matrix/navn").status_code == 422


def test_a_count_is_no_age_of_somebody(door: Door, coded: Study) -> None:
    age = "  - {id: a1, type: age, forms: ['1'], action: generalise, print: ung, by: kari}\n"
    (coded.root / "private" / "identities.yaml").write_text(DECIDED + age, "utf-8")
    settings = (coded.root / "study.yaml").read_text("utf-8").replace("method: stc", "method: codebook-ta")
    (coded.root / "study.yaml").write_text(settings, "utf-8")
    told = shown(door, "matrix")
    assert table(told)[2][0] == ["Tida", "", "1"]
    assert told["stops"] == 0


def test_where_results_are_written_the_matrix_stands_under_each_heading(door: Door, coded: Study) -> None:
    text = (coded.root / "themes.yaml").read_text("utf-8").replace("heading: ", "text: Slik var det., heading: ")
    (coded.root / "themes.yaml").write_text(text, "utf-8")
    titles = [words(one["title"]) for one in shown(door, "matrix")["blocks"]]
    assert titles == ["Hvem som forteller om «Tida»", "Hvem som forteller om «Å ringe hjem»"]


def test_of_the_balance_only_quotations_are_printed(door: Door, coded: Study) -> None:
    told = shown(door, "balance")
    (rows,) = (one["rows"] for one in told["blocks"] if one["kind"] == "table")
    assert [words(cell) for cell in rows[0]] == ["Tida", "Å vente", f"{WAITED} (K2)"]
    assert "tables" not in told
    text = (
        (coded.root / "themes.yaml").read_text("utf-8").replace("heading: Tida", "text: Slik var det., heading: Tida")
    )
    (coded.root / "themes.yaml").write_text(text, "utf-8")
    told = shown(door, "balance")
    assert [(one["kind"], words(one["pieces"])) for one in told["blocks"]] == [
        ("heading", "Tida"),
        ("quotation", WAITED),
    ]
    text = (THEMES % "").replace("[ringe]", f"[ringe], quotations: [{mine(coded)}]")
    (coded.root / "themes.yaml").write_text(text, "utf-8")
    missing = [(one["what"], one["name"]) for one in shown(door, "balance")["blocks"] if one["kind"] == "missing"]
    assert missing == [("chosen", "Å ringe hjem")]


def test_the_map_is_the_drawing_of_the_export_with_its_names(door: Door, coded: Study) -> None:
    told = shown(door, "map")
    picture, names = told["blocks"]
    drawn = b64decode(picture["data"].partition(",")[2]).decode()
    assert "Tida" in re.findall(r">([^<>\n]+)</text>", drawn)
    assert [words(each) for each in names["words"]] == ["Tida", "Å ringe hjem"]
    assert told["stops"] == 0
    text = (coded.root / "themes.yaml").read_text("utf-8").replace("Tida", "I Halden")
    (coded.root / "themes.yaml").write_text(text, "utf-8")
    assert shown(door, "map")["blocks"][1]["words"][0] == [["I ", ""], ["Halden", "stop"]]
    (coded.root / "themes.yaml").unlink()
    assert [one["what"] for one in shown(door, "map")["blocks"]] == ["map"]


def test_one_key_leads_from_each_board_to_its_printed_side_and_back(coded: Study, opened: Open, axe: str) -> None:  # noqa: F811
    page = opened(coded, "#/matrix/sted")
    for board, side in (
        (".matrix table", ".printed-table"),
        (".map svg", ".drawing img"),
        (".balance", ".printed-table"),
    ):
        page.wait_for_selector(board)
        page.keyboard.press("Shift+p")
        page.wait_for_selector(f".board-print {side}")
        assert faults(page, axe) == []
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
        if side == ".drawing img":
            assert page.evaluate("document.querySelector('.drawing img').naturalWidth") > 0
        elif "matrix" in page.url:
            assert page.inner_text(".printed-table mark") == "Halden"
            page.keyboard.press("n")
            assert page.evaluate("document.activeElement.textContent") == "Halden"
        page.keyboard.press("Shift+p")
        page.wait_for_selector(board)
        page.evaluate("(place) => { location.hash = place; }", "#/map" if "matrix" in page.url else "#/balance")
