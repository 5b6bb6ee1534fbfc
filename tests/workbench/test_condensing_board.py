"""The condensing board in a real browser: what was put where, and what was written, is what stands in the file."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from qualkit import condensing
from qualkit import study as studies
from qualkit.condensate import Subgroup
from qualkit.marking import mark
from qualkit.material import load_material
from qualkit.model import Study

from .conftest import Door, saved
from .test_in_the_browser import wait_for

if TYPE_CHECKING:
    from playwright.sync_api import Page

Open = Callable[..., "Page"]
BOARD = "#/condense/ringe"
NIGHT, DAY = "om-natta", "om-dagen"


@pytest.fixture
def group(study: Study) -> Study:
    """Code four passages, and begin two subgroups."""
    for name, passages in (
        ("K1", ("Jeg måtte ringe kommunen 👍🏽 fire ganger.", "Jeg ringte ikke.", "Å, æ veit itj.")),
        ("K2", ("Ingen ringer oss.",)),
    ):
        record, _ = studies.read_transcript(study, name)
        for words in passages:
            start = record.text.index(words)
            mark(study, "kari", record, ["ringe"], start, start + len(words))
    condensing.begin_subgroup(study, "kari", "ringe", "Om natta")
    condensing.begin_subgroup(study, "kari", "ringe", "Om dagen")
    return study


def words_in(study: Study, subgroup: str, fate: str = "used") -> list[str]:
    """Return the words of a subgroup's units, taken from the transcripts at their offsets."""
    material = load_material(study)
    one, found = condensing.find_subgroup(material, subgroup)
    units = {extract.coding.id: extract.coding.unit for extract in one.units}
    told = []
    for placed in found.units:
        if placed.fate == fate:
            span = units[placed.coding].span
            told.append(material.transcripts[span.transcript].text[span.start : span.end])
    return told


def subgroup_of(study: Study, name: str) -> Subgroup:
    return condensing.find_subgroup(load_material(study), name)[1]


def waiting(study: Study) -> list[str]:
    one = next(g for g in condensing.gathered_groups(load_material(study)) if g.group.code == "ringe")
    return [extract.coding.unit.text for extract in one.waiting]


def unit_of(page: Page, words: str) -> str:
    return f'.unit-card:has-text("{words}")'


def focused(page: Page, place: str) -> str | None:
    """Return the subgroup of the place that the focus is in, None where it is in no such place."""
    found: str | None = page.evaluate("(at) => document.activeElement.closest(at)?.dataset.subgroup ?? null", place)
    return found


def drag(page: Page, words: str, column: str) -> None:
    wait_for(lambda: page.inner_text("#status") != "Lagrer …", page)
    card = page.locator(unit_of(page, words)).first.bounding_box()
    goal = page.locator(column).bounding_box()
    assert card is not None
    assert goal is not None
    page.mouse.move(card["x"] + 40, card["y"] + 15)
    page.mouse.down()
    page.mouse.move(card["x"] + 60, card["y"] + 25, steps=3)
    page.mouse.move(goal["x"] + goal["width"] / 2, goal["y"] + 120, steps=4)
    page.mouse.up()


def test_units_are_dragged_into_subgroups_and_back(group: Study, opened: Open) -> None:
    page = opened(group, BOARD)
    page.wait_for_selector(".unit-card")
    drag(page, "fire ganger", f'[data-subgroup="{NIGHT}"]')
    wait_for(lambda: words_in(group, NIGHT) == ["Jeg måtte ringe kommunen 👍🏽 fire ganger."], page)
    drag(page, "Jeg ringte ikke.", f'[data-subgroup="{NIGHT}"]')
    wait_for(lambda: len(words_in(group, NIGHT)) == 2, page)
    drag(page, "fire ganger", f'[data-subgroup="{DAY}"]')
    wait_for(lambda: words_in(group, DAY) == ["Jeg måtte ringe kommunen 👍🏽 fire ganger."], page)
    assert words_in(group, NIGHT) == ["Jeg ringte ikke."]
    page.fill("#why-moved", "handler om dagen")
    page.keyboard.press("Enter")
    wait_for(lambda: len(subgroup_of(group, NIGHT).units) == 2, page)
    left = next(unit for unit in subgroup_of(group, NIGHT).units if unit.fate == "moved")
    assert (left.to, left.why) == (DAY, "handler om dagen")
    drag(page, "Jeg ringte ikke.", ".column.waiting")
    wait_for(lambda: "Jeg ringte ikke." in waiting(group), page)
    saved(page)


def test_units_are_carried_by_the_keyboard_and_numbers_place_them(group: Study, opened: Open) -> None:
    page = opened(group, BOARD)
    page.wait_for_selector(".unit-card")
    page.keyboard.press("ArrowDown")
    page.keyboard.press(" ")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    assert page.locator(f'[data-subgroup="{DAY}"].over').count() == 1
    page.keyboard.press("Escape")
    assert len(waiting(group)) == 4
    page.keyboard.press(" ")
    page.keyboard.press("ArrowRight")
    page.keyboard.press(" ")
    wait_for(lambda: words_in(group, NIGHT) == ["Jeg måtte ringe kommunen 👍🏽 fire ganger."], page)
    wait_for(lambda: focused(page, ".column") == NIGHT, page)
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("2")
    wait_for(lambda: len(words_in(group, DAY)) == 1, page)
    saved(page)
    wait_for(lambda: focused(page, ".waiting") == "", page)
    page.keyboard.press("m")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("m")
    page.keyboard.press("1")
    wait_for(lambda: len(words_in(group, NIGHT)) == 3, page)
    assert waiting(group) == []
    page.keyboard.press("z")
    wait_for(lambda: len(waiting(group)) == 2, page)
    page.keyboard.press("Shift+Z")
    wait_for(lambda: waiting(group) == [], page)


def test_a_new_subgroup_is_made_and_named_and_an_empty_one_removed(group: Study, opened: Open) -> None:
    page = opened(group, BOARD)
    page.wait_for_selector(".unit-card")
    page.keyboard.press("n")
    page.keyboard.type("Å vente: <b>lenge</b>")
    page.keyboard.press("Enter")
    page.wait_for_selector(".column h2:text-is('Å vente: <b>lenge</b>')")
    made = next(one for one in load_material(group).groups[0].subgroups if one.name.startswith("Å vente"))
    page.keyboard.press("r")
    page.wait_for_selector("dialog")
    page.keyboard.type("Ventinga")
    page.keyboard.press("Enter")
    wait_for(lambda: subgroup_of(group, made.id).name == "Ventinga", page)
    page.click('[aria-label="Fjern den tomme subgruppen: Ventinga"]')
    wait_for(lambda: len(load_material(group).groups[0].subgroups) == 2, page)


def test_a_unit_is_set_aside_with_its_reason_and_taken_in_again(group: Study, opened: Open) -> None:
    page = opened(group, BOARD)
    page.wait_for_selector(".unit-card")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("1")
    wait_for(lambda: len(words_in(group, NIGHT)) == 1, page)
    saved(page)
    page.focus(unit_of(page, "fire ganger"))
    page.keyboard.press("x")
    page.wait_for_selector("dialog")
    page.keyboard.press("Enter")
    assert page.locator("dialog").count() == 1, "a reason is needed"
    page.keyboard.type("handler om mottaket")
    page.keyboard.press("Enter")
    wait_for(lambda: words_in(group, NIGHT, "set-aside") == ["Jeg måtte ringe kommunen 👍🏽 fire ganger."], page)
    assert subgroup_of(group, NIGHT).units[0].why == "handler om mottaket"
    page.wait_for_selector('.unit-card.aside:has-text("handler om mottaket")')
    page.click('.unit-card.aside [aria-label="Ta inn igjen"]')
    wait_for(lambda: words_in(group, NIGHT) == ["Jeg måtte ringe kommunen 👍🏽 fire ganger."], page)


def test_the_star_picks_the_golden_quotation(group: Study, opened: Open) -> None:
    page = opened(group, BOARD)
    page.wait_for_selector(".unit-card")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("1")
    wait_for(lambda: len(words_in(group, NIGHT)) == 1, page)
    saved(page)
    page.hover(unit_of(page, "fire ganger"))
    page.click(f'{unit_of(page, "fire ganger")} [aria-label="Velg som gullsitat"]')
    wait_for(lambda: subgroup_of(group, NIGHT).golden == subgroup_of(group, NIGHT).units[0].coding, page)
    assert page.inner_text("figure.golden blockquote") == "Jeg måtte ringe kommunen 👍🏽 fire ganger."
    page.focus(unit_of(page, "fire ganger"))
    page.keyboard.press("g")
    wait_for(lambda: subgroup_of(group, NIGHT).golden == "", page)
    page.keyboard.press("s")
    wait_for(lambda: subgroup_of(group, NIGHT).start == subgroup_of(group, NIGHT).units[0].coding, page)


def test_words_that_no_unit_has_are_underlined_while_one_writes(group: Study, opened: Open) -> None:
    page = opened(group, BOARD)
    page.wait_for_selector(".unit-card")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("1")
    wait_for(lambda: len(words_in(group, NIGHT)) == 1, page)
    page.keyboard.press("e")
    page.keyboard.type("Jeg 👍🏽 ringer kommunen fortvilet.")
    page.wait_for_selector(".grounded .own:text-is('fortvilet')", timeout=20_000)
    assert page.locator(".grounded .own").all_inner_texts() == ["fortvilet"]
    assert "1 av 4 ord" in page.inner_text("#grounding")
    wait_for(lambda: subgroup_of(group, NIGHT).condensate == "Jeg 👍🏽 ringer kommunen fortvilet.", page)
    page.keyboard.type(" Ganger.")
    wait_for(lambda: subgroup_of(group, NIGHT).condensate == "Jeg 👍🏽 ringer kommunen fortvilet. Ganger.", page)
    assert subgroup_of(group, NIGHT).versions == (), "one sitting is one version"
    page.keyboard.press("Escape")
    saved(page)
    page.keyboard.press("z")
    wait_for(lambda: subgroup_of(group, NIGHT).condensate == "", page)
    page.keyboard.press("Shift+Z")
    wait_for(lambda: subgroup_of(group, NIGHT).condensate.endswith("Ganger."), page)
    page.reload()
    page.wait_for_selector(".unit-card")
    page.keyboard.press("e")
    page.keyboard.press("Control+a")
    page.keyboard.type("Jeg ringer.")
    page.keyboard.press("Control+s")
    wait_for(lambda: subgroup_of(group, NIGHT).condensate == "Jeg ringer.", page)
    assert [one.text for one in subgroup_of(group, NIGHT).versions] == ["Jeg 👍🏽 ringer kommunen fortvilet. Ganger."]
    page.click(".versions summary")
    assert "fortvilet. Ganger." in page.inner_text(".versions ol")
    page.keyboard.press("Escape")
    page.fill("#analytic", "Deltakerne ringte.")
    page.keyboard.press("Control+Enter")
    wait_for(lambda: subgroup_of(group, NIGHT).analytic == "Deltakerne ringte.", page)


def test_a_file_edited_meanwhile_is_noticed_and_nothing_of_it_is_overwritten(group: Study, opened: Open) -> None:
    page = opened(group, BOARD)
    page.wait_for_selector(".unit-card")
    path = group.root / "condensates.yaml"
    page.keyboard.press("e")
    page.keyboard.type("Jeg ringer om natta.")
    wait_for(lambda: subgroup_of(group, NIGHT).condensate != "", page)
    text = path.read_text("utf-8")
    page.keyboard.type(" ")
    path.write_text("# For hand\n" + text.replace("Jeg ringer om natta.", "Jeg ringte hele natta."), "utf-8")
    page.keyboard.type("Og ventet.")
    page.wait_for_selector(".conflict blockquote")
    assert page.inner_text(".conflict blockquote") == "Jeg ringte hele natta."
    assert page.input_value("#condensate") == "Jeg ringer om natta. Og ventet."
    assert subgroup_of(group, NIGHT).condensate == "Jeg ringte hele natta."
    page.click("text=Behold mitt")
    wait_for(lambda: subgroup_of(group, NIGHT).condensate == "Jeg ringer om natta. Og ventet.", page)
    assert [one.text for one in subgroup_of(group, NIGHT).versions] == ["Jeg ringte hele natta."]
    assert path.read_text("utf-8").startswith("# For hand\n")


def test_words_written_while_others_are_saved_are_saved_too(group: Study, opened: Open) -> None:
    page = opened(group, BOARD)
    page.wait_for_selector(".unit-card")
    page.route("**/text", lambda route: (page.wait_for_timeout(700), route.continue_()))
    page.keyboard.press("e")
    page.keyboard.type("Jeg ringer")
    page.keyboard.press("Control+s")
    page.keyboard.type(" om natta.")
    page.click(f'[data-subgroup="{DAY}"] h2')
    page.wait_for_selector(".writing h2:text-is('Om dagen')")
    wait_for(lambda: subgroup_of(group, NIGHT).condensate == "Jeg ringer om natta.", page)
    assert subgroup_of(group, DAY).condensate == ""
    assert page.input_value("#condensate") == ""


def test_a_change_elsewhere_that_is_about_something_else_does_not_stand_in_the_way(group: Study, opened: Open) -> None:
    page = opened(group, BOARD)
    page.wait_for_selector(".unit-card")
    path = group.root / "condensates.yaml"
    path.write_text(path.read_text("utf-8").replace("name: Om dagen", "name: På dagtid   # nytt"), "utf-8")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("1")
    wait_for(lambda: len(words_in(group, NIGHT)) == 1, page)
    assert "name: På dagtid   # nytt" in path.read_text("utf-8")
    page.wait_for_selector(".column h2:text-is('På dagtid')")


def test_a_change_on_another_version_of_the_file_is_refused(group: Study, door: Door) -> None:
    board = door.get("/api/condensing/groups/ringe").json()
    unit, path = board["waiting"][0], group.root / "condensates.yaml"
    path.write_text("# other\n" + path.read_text("utf-8"), "utf-8")
    before = path.read_bytes()
    for address, body in (
        (f"subgroups/{NIGHT}/units", {"units": [unit]}),
        (f"subgroups/{NIGHT}/text", {"key": "condensate", "text": "Jeg."}),
        (f"subgroups/{NIGHT}/aside", {"unit": unit, "why": "x"}),
        ("groups/ringe/subgroups", {"name": "Ny"}),
    ):
        answer = door.post(f"/api/condensing/{address}", {**body, "version": board["version"]})
        assert (answer.status_code, answer.json()["error"]) == (409, "CondensatesChanged")
    assert path.read_bytes() == before


def test_what_is_no_unit_no_subgroup_or_no_text_is_refused_in_words(group: Study, door: Door) -> None:
    board = door.get("/api/condensing/groups/ringe").json()
    version, unit = board["version"], board["waiting"][0]
    for address, body, status in (
        (f"subgroups/{NIGHT}/units", {"units": ["nobody"]}, 422),
        ("subgroups/../units", {"units": [unit]}, 404),
        ("subgroups/ingen/units", {"units": [unit]}, 422),
        (f"subgroups/{NIGHT}/units", {"units": unit}, 400),
        (f"subgroups/{NIGHT}/choose/golden", {"unit": unit}, 422),
        (f"subgroups/{NIGHT}/choose/silver", {"unit": unit}, 400),
        (f"subgroups/{NIGHT}/aside", {"unit": unit, "why": "  "}, 400),
        (f"subgroups/{NIGHT}/text", {"key": "start", "text": "x"}, 400),
        (f"subgroups/{NIGHT}/text", {"key": "condensate", "text": "x" * 30_000}, 400),
    ):
        answer = door.post(f"/api/condensing/{address}", {**body, "version": version})
        assert answer.status_code == status, (address, answer.text)
        assert "Jeg måtte" not in answer.text
    assert door.get("/api/condensing/groups/ringe").json()["version"] == version


def test_a_file_with_faults_is_shown_and_not_written_to(group: Study, door: Door) -> None:
    path = group.root / "condensates.yaml"
    path.write_text(path.read_text("utf-8") + "  - code: [oops\n", "utf-8")
    before = path.read_bytes()
    board = door.get("/api/condensing/groups/ringe").json()
    assert board["problems"]
    answer = door.post("/api/condensing/groups/ringe/subgroups", {"name": "Ny", "version": board["version"]})
    assert answer.status_code == 422
    assert path.read_bytes() == before


def test_every_word_of_the_boards_is_said_in_three_languages(group: Study, opened: Open) -> None:
    page = opened(group, BOARD)
    page.wait_for_selector(".unit-card")
    told = page.evaluate("async () => (await import('/static/words/boards.js')).boards")
    assert told["nb"].keys() == told["nn"].keys() == told["en"].keys()
    for key, words in told["nb"].items():
        held = {tuple(sorted(re.findall(r"\{\w+\}", told[language][key]))) for language in told}
        assert len(held) == 1, key
        assert words.strip(), key


FIRST, SECOND = "Jeg måtte ringe kommunen 👍🏽 fire ganger.", "Jeg ringte ikke."


def put_in(study: Study, subgroup: str, *words: str) -> list[str]:
    """Place units by their words, and return their ids."""
    ids = []
    for each in words:
        material = load_material(study)
        ids += [one.coding.id for one in material.accepted() if one.coding.unit.text == each]
        condensing.place(material, "kari", ids[-1], subgroup)
    return ids


def cards_in(page: Page, subgroup: str) -> list[str]:
    return page.locator(f'[data-subgroup="{subgroup}"] .words').all_inner_texts()


def test_units_are_put_in_order_by_hand_or_shown_by_participant_or_place(group: Study, opened: Open) -> None:
    put_in(group, NIGHT, "Ingen ringer oss.", SECOND, FIRST)
    page = opened(group, BOARD)
    page.wait_for_selector(".unit-card")
    assert cards_in(page, NIGHT) == ["Ingen ringer oss.", SECOND, FIRST]
    page.focus(unit_of(page, "fire ganger"))
    page.keyboard.press("Alt+ArrowUp")
    wait_for(lambda: words_in(group, NIGHT) == ["Ingen ringer oss.", FIRST, SECOND], page)
    saved(page)
    page.keyboard.press("Alt+ArrowUp")
    wait_for(lambda: words_in(group, NIGHT) == [FIRST, "Ingen ringer oss.", SECOND], page)
    wait_for(lambda: cards_in(page, NIGHT) == [FIRST, "Ingen ringer oss.", SECOND], page)
    saved(page)
    page.keyboard.press("z")
    wait_for(lambda: cards_in(page, NIGHT) == ["Ingen ringer oss.", FIRST, SECOND], page)
    card = page.locator(unit_of(page, SECOND)).bounding_box()
    goal = page.locator(unit_of(page, "Ingen ringer")).bounding_box()
    assert card is not None
    assert goal is not None
    page.mouse.move(card["x"] + 40, card["y"] + 15)
    page.mouse.down()
    page.mouse.move(goal["x"] + 60, goal["y"] + 6, steps=5)
    assert page.locator(".unit-card.before").inner_text().startswith("Ingen ringer")
    page.mouse.up()
    wait_for(lambda: words_in(group, NIGHT) == [SECOND, "Ingen ringer oss.", FIRST], page)
    page.select_option('[aria-label="Enhetenes rekkefølge"]', "place")
    assert cards_in(page, NIGHT) == [FIRST, SECOND, "Ingen ringer oss."]
    page.select_option('[aria-label="Enhetenes rekkefølge"]', "participant")
    assert cards_in(page, NIGHT) == [FIRST, SECOND, "Ingen ringer oss."]
    page.focus(unit_of(page, SECOND))
    page.keyboard.press("Alt+ArrowDown")
    page.wait_for_selector(".notice:has-text('sortert for hånd')")
    assert words_in(group, NIGHT) == [SECOND, "Ingen ringer oss.", FIRST]


def test_a_unit_goes_to_another_code_group_and_comes_back(group: Study, opened: Open) -> None:
    (unit,) = put_in(group, NIGHT, SECOND)
    condensing.write(load_material(group), "kari", NIGHT, "Jeg ringte ikke.")
    condensing.choose(load_material(group), "kari", unit, NIGHT, as_="golden")
    before = (group.root / "condensates.yaml").read_bytes()
    page = opened(group, BOARD)
    page.wait_for_selector(".unit-card")
    page.focus(unit_of(page, SECOND))
    page.keyboard.press("c")
    page.wait_for_selector("dialog .rests-on li")
    told = page.locator("dialog .rests-on li").all_inner_texts()
    assert told == ["Teksten i subgruppen «Om natta» er skrevet med den.", "Den er gullsitat i subgruppen «Om natta»."]
    page.select_option("#asked-choice", "vente")
    page.fill("#asked", "handler om å vente")
    page.keyboard.press("Enter")
    wait_for(lambda: page.locator(unit_of(page, SECOND)).count() == 0, page)
    assert words_in(group, NIGHT) == []
    codes = {one.coding.unit.text: one.coding.code for one in load_material(group).accepted()}
    assert codes[SECOND] == "vente"
    assert subgroup_of(group, NIGHT).golden == ""
    assert "handler om å vente" in (group.root / "trail.jsonl").read_text("utf-8")
    saved(page)
    page.keyboard.press("z")
    wait_for(lambda: (group.root / "condensates.yaml").read_bytes() == before, page)
    codes = {one.coding.unit.text: one.coding.code for one in load_material(group).accepted()}
    assert codes[SECOND] == "ringe"


def test_a_coding_on_which_something_rests_goes_only_when_that_was_said(group: Study, opened: Open) -> None:
    put_in(group, NIGHT, SECOND)
    condensing.write(load_material(group), "kari", NIGHT, "Jeg ringte ikke.")
    page = opened(group, BOARD)
    page.wait_for_selector(".unit-card")
    page.focus(unit_of(page, SECOND))
    page.keyboard.press("Shift+X")
    page.wait_for_selector("dialog.rests")
    assert "Om natta" in page.inner_text("#rests-told")
    page.keyboard.press("Enter")
    page.wait_for_selector("dialog.rests", state="detached")
    assert words_in(group, NIGHT) == [SECOND], "the first choice is to let it be"
    page.keyboard.press("Shift+X")
    page.click("dialog.rests .danger")
    wait_for(lambda: len(load_material(group).accepted()) == 3, page)
    page.wait_for_selector(unit_of(page, SECOND), state="detached")
    page.keyboard.press("z")
    wait_for(lambda: len(load_material(group).accepted()) == 4, page)
    assert words_in(group, NIGHT) == [SECOND]


def test_the_reading_view_warns_by_mouse_and_by_keyboard_before_a_coding_goes(group: Study, opened: Open) -> None:
    (unit,) = put_in(group, NIGHT, SECOND)
    condensing.choose(load_material(group), "kari", unit, NIGHT, as_="golden")
    record, _ = studies.read_transcript(group, "K1")
    start = record.text.index(SECOND)
    page = opened(group, f"#/read/K1/{start}-{start + len(SECOND)}")
    page.wait_for_selector(".float:not([hidden])")
    page.keyboard.press("x")
    page.wait_for_selector("dialog.rests")
    assert page.inner_text("#rests-told li") == "Den er gullsitat i subgruppen «Om natta»."
    page.keyboard.press("Escape")
    page.wait_for_selector("dialog.rests", state="detached")
    assert len(load_material(group).accepted()) == 4
    page.click(".tag >> nth=-1")
    page.wait_for_selector(".card article")
    page.keyboard.press("Escape")
    page.keyboard.press("x")
    page.click("dialog.rests .danger")
    wait_for(lambda: len(load_material(group).accepted()) == 3, page)
    first = record.text.index(FIRST)
    page = opened(group, f"#/read/K1/{first}-{first + len(FIRST)}")
    page.wait_for_selector(".float:not([hidden])")
    page.keyboard.press("x")
    wait_for(lambda: len(load_material(group).accepted()) == 2, page)
    assert page.locator("dialog").count() == 0, "nothing rests on it"


def test_what_another_coder_coded_is_not_given_another_code(group: Study, door: Door) -> None:
    board = door.get("/api/condensing/groups/ringe").json()
    body = {"units": [board["waiting"][0]], "to": "vente", "version": board["version"]}
    answer = door.post("/api/condensing/groups/ringe/regroup", body, **{"x-qualkit-coder": "ola"})
    assert (answer.status_code, answer.json()["error"]) == (422, "OthersCoding")
    for to, status in (("ukjent", 409), ("hjem", 422)):
        assert door.post("/api/condensing/groups/ringe/regroup", {**body, "to": to}).status_code == status
    assert len(waiting(group)) == 4


def test_a_new_study_is_told_in_one_sentence_what_to_do(study: Study, opened: Open) -> None:
    page = opened(study, "#/condense")
    page.wait_for_selector(".next-step")
    assert page.inner_text(".next-step").startswith("Kod en transkripsjon først")
    page.click(".next-step a")
    page.wait_for_selector(".transcripts")
    record, _ = studies.read_transcript(study, "K1")
    start = record.text.index(FIRST)
    (made,) = mark(study, "kari", record, ["ringe"], start, start + len(FIRST))
    page = opened(study, BOARD)
    page.wait_for_selector(".next-step")
    assert page.inner_text(".next-step").startswith("Lag en subgruppe (N)")
    identifier = condensing.begin_subgroup(study, "kari", "ringe", "Om natta")
    page.wait_for_selector(".next-step:has-text('Dra enhetene')")
    condensing.place(load_material(study), "kari", made.id, identifier)
    page.wait_for_selector(".next-step:has-text('skriv kondensatet')")
    condensing.write(load_material(study), "kari", identifier, "Jeg ringte.")
    page.wait_for_selector(".next-step", state="hidden")
