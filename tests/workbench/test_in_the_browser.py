"""The page in a real browser: what was seen selected is what is saved."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from qualkit import study as studies
from qualkit.model import Study

from .conftest import saved, words_of

if TYPE_CHECKING:
    from playwright.sync_api import Page

Open = Callable[..., "Page"]


def select(page: Page, words: str, occurrence: int = 0) -> None:
    """Select words with the mouse, from their first letter to their last."""
    page.wait_for_selector(".text:not([aria-busy])")
    box = page.evaluate(
        """([words, occurrence]) => {
          const nodes = [...document.querySelectorAll('.line')].map((one) => one.firstChild);
          let seen = 0;
          for (const node of nodes) {
            const at = node.data.indexOf(words);
            if (at < 0 || seen++ < occurrence) continue;
            node.parentElement.scrollIntoView({block: 'center'});
            const range = document.createRange();
            range.setStart(node, at);
            range.setEnd(node, at + words.length);
            const boxes = [...range.getClientRects()];
            const [first, last] = [boxes[0], boxes.at(-1)];
            return [first.left, first.top + first.height / 2, last.right, last.top + last.height / 2];
          }
        }""",
        [words, occurrence],
    )
    page.mouse.move(box[0] + 0.5, box[1])
    page.mouse.down()
    page.mouse.move(box[0] + 5, box[1])
    page.mouse.move(box[2] - 0.5, box[3])
    page.mouse.up()
    page.wait_for_selector(".float:not([hidden])")


def give(page: Page, typed: str) -> None:
    """Give the passage a code by typing some of its letters."""
    page.keyboard.press("c")
    page.wait_for_selector("dialog.palette")
    page.keyboard.type(typed)
    page.keyboard.press("Enter")
    page.wait_for_selector("dialog.palette", state="detached")
    saved(page)


def wait_for(condition: Callable[[], bool], page: Page) -> None:
    for _ in range(100):
        if condition():
            return
        page.wait_for_timeout(50)
    assert condition()


def test_mouse_and_a_few_letters_code_what_was_selected(study: Study, opened: Open) -> None:
    page = opened(study, "#/read/K1")
    for words, typed, code in (
        ("Det regnet", "vent", "vente"),
        ("nei</b> <script>", "ønske", "ønske"),
        ("en han", "x", ""),
    ):
        if code:
            select(page, words)
            give(page, typed)
            assert (code, words) in words_of(study)
    assert page.inner_text("#status").startswith("✓ Lagret") or "Lagret" in page.inner_text("#status")
    assert page.locator(".tag", has_text="Å vente").count() == 1
    # Two clicks on a word choose it, however quickly they come; and beside a code is the way to all its units.
    page.locator(".line", has_text="Da sa hun").dblclick(position={"x": 6, "y": 12})
    page.wait_for_selector(".float:not([hidden])")
    give(page, "vent")
    assert ("vente", "Da") in words_of(study)
    page.hover("[data-code=vente]")
    page.click("[data-code=vente] ~ .units")
    page.wait_for_selector(".unit-card")
    assert sorted(page.locator(".unit-card .words").all_inner_texts()) == ["Da", "Det regnet"]
    page.go_back()
    page.goto(page.url.split("#")[0] + "#/collate")
    page.wait_for_selector(".choices a")
    assert page.locator(".choices a").all_inner_texts() == ["Hjemmet", "Ønsket om å bo hjemme", "Å vente"]


@pytest.mark.parametrize(
    "words", ["ringe kommunen 👍🏽 fire", "regnet 🇳🇴 hele", "שלום sa han", "én ringte", "👨‍👩‍👧‍👦 igjen"]
)
def test_offsets_hold_over_emoji_flags_marks_and_right_to_left(study: Study, opened: Open, words: str) -> None:
    page = opened(study, "#/read/K1")
    page.evaluate(
        """(words) => {
          const nodes = [...document.querySelectorAll('.line')].map((one) => one.firstChild);
          const node = nodes.find((one) => one.data.includes(words));
          const at = node.data.indexOf(words);
          const range = document.createRange();
          range.setStart(node, at);
          range.setEnd(node, at + words.length);
          getSelection().removeAllRanges();
          getSelection().addRange(range);
        }""",
        words,
    )
    page.wait_for_selector(".float:not([hidden])")
    give(page, "vente")
    assert words_of(study) == [("vente", words)]


def test_the_whole_way_by_keyboard(study: Study, opened: Open) -> None:
    page = opened(study, "#/read/K1")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    give(page, "ringe")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Shift+ArrowDown")
    give(page, "bo hjemme")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press(".")
    wait_for(lambda: len(words_of(study)) == 3, page)
    page.keyboard.press("j")
    page.keyboard.press("j")
    give(page, "vente")
    found = words_of(study)
    assert found[0] == ("ringe", "Jeg måtte ringe kommunen 👍🏽 fire ganger.")
    assert ("ønske", "Det regnet 🇳🇴 hele dagen. Så ventet jeg.") in found
    assert ("ønske", "Og så") in found
    assert found[-1][0] == "vente"
    assert found[-1][1].startswith("Da sa hun <b>nei</b> <script>window.broken = 1</script>")
    assert len(found) == 4

    for left in (3, 2, 1, 0):
        page.keyboard.press("z")
        wait_for(lambda left=left: len(words_of(study)) == left, page)
    for left in (1, 2, 3, 4):
        page.keyboard.press("Shift+Z")
        wait_for(lambda left=left: len(words_of(study)) == left, page)
    assert words_of(study) == found


def test_several_codes_at_once_and_overlaps_stay_apart(study: Study, opened: Open) -> None:
    page = opened(study, "#/read/K1")
    select(page, "ringe kommunen 👍🏽 fire ganger. Det regnet")
    page.keyboard.press("c")
    page.keyboard.type("ringe")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("vente")
    page.keyboard.press("Enter")
    saved(page)
    select(page, "ganger. Det")
    give(page, "ønsket")
    assert len(words_of(study)) == 3
    lanes = page.eval_on_selector_all(".bar", "(bars) => bars.map((bar) => bar.style.insetInlineStart)")
    assert len(lanes) == 3
    assert len(set(lanes)) == 3
    tops = page.eval_on_selector_all(".tag", "(tags) => tags.map((tag) => tag.getBoundingClientRect().top)")
    assert all(abs(a - b) > 15 for number, a in enumerate(tops) for b in tops[:number])
    assert page.evaluate("CSS.highlights.has('code-0') && CSS.highlights.has('code-2')")


def test_a_coding_is_removed_by_key_and_by_mouse(study: Study, opened: Open) -> None:
    page = opened(study, "#/read/K1")
    select(page, "Det regnet")
    give(page, "vente")
    page.keyboard.press("x")
    wait_for(lambda: words_of(study) == [], page)
    page.keyboard.press("z")
    wait_for(lambda: len(words_of(study)) == 1, page)
    page.click(".tag")
    page.click(".card >> text=Fjern")
    wait_for(lambda: words_of(study) == [], page)


def test_a_memo_is_saved_when_it_is_left(study: Study, opened: Open) -> None:
    page = opened(study, "#/read/K1")
    select(page, "Det regnet")
    give(page, "vente")
    page.keyboard.press("m")
    page.keyboard.type("Hun sier det to ganger. Æ!")
    page.keyboard.press("Escape")
    wait_for(lambda: studies.read_codings(study, "kari", "K1")[0][0].memo == "Hun sier det to ganger. Æ!", page)


def test_a_new_code_is_made_while_coding_and_the_yaml_keeps_its_comments(study: Study, opened: Open) -> None:
    page = opened(study, "#/read/K1")
    select(page, "Det regnet")
    give(page, "Været på dagen")
    assert [words for _, words in words_of(study)] == ["Det regnet"]
    text = studies.codebook_text(study)
    assert text.startswith("# Written by hand; this line stays.\n")
    assert "name: Været på dagen" in text
    select(page, "veit itj")
    page.keyboard.press("i")
    page.wait_for_selector("dialog.form")
    assert page.input_value("#new-name") == "veit itj"
    page.select_option("#new-parent", "hjem")
    page.click("dialog.form button.primary")
    wait_for(lambda: len(words_of(study)) == 2, page)
    assert studies.good_codebook(study).paths()["veit-itj"][0].id == "hjem"


def test_transcripts_are_text_and_never_html(study: Study, opened: Open) -> None:
    page = opened(study, "#/read/K1")
    assert page.evaluate("window.broken") is None
    assert page.locator(".text script, .text img, .text b").count() == 0
    assert "<script>window.broken = 1</script>" in page.inner_text(".text")


def test_proposals_wait_until_she_has_read(with_proposals: Study, opened: Open) -> None:
    study = with_proposals
    page = opened(study, "#/read/K1")
    waiting = page.evaluate("fetch('/api/transcripts/K1/codings').then((a) => a.json()).then((a) => a.proposals)")
    assert waiting is None
    assert page.locator("text=Ta stilling").count() == 0
    page.click("text=Merk som lest og kodet")
    page.click("text=/Ta stilling til \\d+ forslag/")
    page.wait_for_selector(".decide")
    proposed = studies.read_codings(study, "_rules", "K1")[0]
    assert len(proposed) >= 4
    page.keyboard.press("a")
    wait_for(lambda: len(words_of(study)) == 1, page)
    page.keyboard.press("r")
    page.wait_for_selector(f".decide .told:has-text(' av {len(proposed) - 2}')")
    page.keyboard.press("e")
    page.keyboard.type("ønsket")
    page.keyboard.press("Enter")
    wait_for(lambda: len(words_of(study)) == 2, page)
    mine = {coding.id: coding for coding in studies.read_codings(study, "kari", "K1")[0]}
    statuses = [(mine[one.id].status, mine[one.id].code == one.code) for one in proposed[:3]]
    assert statuses == [("accepted", True), ("rejected", True), ("accepted", False)]
    page.keyboard.press("z")
    wait_for(lambda: len(words_of(study)) == 1, page)


def test_two_windows_see_each_other(study: Study, opened: Open) -> None:
    one, other = opened(study, "#/read/K1"), opened(study, "#/read/K1")
    select(one, "Det regnet")
    give(one, "vente")
    other.wait_for_selector(".tag:has-text('Å vente')", timeout=8000)
    select(other, "veit itj")
    give(other, "ringe")
    one.wait_for_selector(".tag:has-text('Å ringe')", timeout=8000)
    one.keyboard.press("z")
    wait_for(lambda: words_of(study) == [("ringe", "veit itj")], one)


def test_a_file_that_was_edited_meanwhile_is_shown_and_nothing_lands_on_other_words(study: Study, opened: Open) -> None:
    page = opened(study, "#/read/K1")
    path = studies.transcript_path(study, "K1")
    select(page, "Det regnet")
    path.write_text(path.read_text("utf-8").replace("Hva skjedde?", "Hva var det egentlig som skjedde?"), "utf-8")
    page.wait_for_selector("text=egentlig", timeout=8000)
    assert words_of(study) == []
    select(page, "veit itj")
    give(page, "ringe")
    assert [words for _, words in words_of_changed(study)] == ["veit itj"]


def words_of_changed(study: Study) -> list[tuple[str, str]]:
    record, _ = studies.read_transcript(study, "K1")
    codings, _ = studies.read_codings(study, "kari", "K1")
    return [(c.code, record.text[c.unit.span.start : c.unit.span.end]) for c in codings]


def test_a_refused_coding_is_told_on_the_page(study: Study, opened: Open) -> None:
    page = opened(study, "#/read/K1")
    select(page, "Det regnet")
    page.keyboard.press("c")
    page.wait_for_selector("dialog.palette")
    studies.save_codebook_text(study, "codes: [{id: annet, name: Annet}]")
    page.keyboard.type("vente")
    page.keyboard.press("Enter")
    page.wait_for_selector(".notice.error:has-text('har ingen kode')")
    assert words_of(study) == []
    page.wait_for_selector(".tree :text('Annet')")


def test_search_finds_and_line_numbers_are_those_of_the_paper(study: Study, opened: Open) -> None:
    from qualkit.linenumbers import lay_lines

    page = opened(study, "#/read/K1")
    page.keyboard.press("/")
    page.keyboard.type("ringte")
    page.wait_for_selector(".search .told:has-text('1 av 2')")
    page.keyboard.press("Escape")
    page.keyboard.press("l")
    record, _ = studies.read_transcript(study, "K1")
    shown: list[list[Any]] = page.eval_on_selector_all(
        ".line", "(lines) => lines.map((l) => [l.dataset.n, l.textContent])"
    )
    lines = lay_lines(record.text)
    for number, text in shown:
        start, end = lines[int(number) - 1]
        assert record.text[start:end].endswith(text.rstrip())
    assert page.locator(".numbered").count() == 1


def test_every_key_stands_on_the_sheet(study: Study, opened: Open) -> None:
    page = opened(study, "#/read/K1")
    page.keyboard.press("?")
    page.wait_for_selector("dialog.sheet")
    assert page.locator("dialog.sheet dd").count() >= 20
    page.keyboard.press("Escape")
    page.wait_for_selector("dialog.sheet", state="detached")


def test_code_points_and_units_are_each_others_inverse(study: Study, opened: Open) -> None:
    page = opened(study, "#/")
    texts = [
        "",
        "abc",
        "æøå",
        "👍",
        "a👍🏽b🇳🇴c",
        "e\u0301é",
        "שלום 👨‍👩‍👧‍👦 abc",
        "\ud83d",
        "x\ud83dy\udc4d",
        "𝕳ei" * 50,
    ]
    for text in texts:
        whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass")
        ways = page.evaluate(
            """async (text) => {
              const { Offsets } = await import('/static/offsets.js');
              const offsets = new Offsets(text);
              const units = [...Array(offsets.length + 1).keys()].map((point) => offsets.units(point));
              return { length: offsets.length, units, back: units.map((unit) => offsets.points(unit)),
                inside: [...Array(text.length + 1).keys()].map((unit) => offsets.points(unit)) };
            }""",
            whole,
        )
        assert ways["length"] == len(whole)
        assert ways["back"] == list(range(len(whole) + 1))
        assert ways["units"] == [
            len(whole[:point].encode("utf-16-le", "surrogatepass")) // 2 for point in range(len(whole) + 1)
        ]
        assert ways["inside"] == sorted(ways["inside"])


def test_a_passage_without_a_code_gets_a_note_and_a_transcript_an_impression(study: Study, opened: Open) -> None:
    from qualkit.noting import passage_notes
    from qualkit.reflection import standing

    page = opened(study, "#/read/K1")
    select(page, "Det regnet 🇳🇴 hele")
    page.keyboard.press("m")
    page.wait_for_selector("dialog.form")
    page.keyboard.type("<i>Været</i> bærer stemningen")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector(".tag:has-text('<i>Været</i>')")
    record, _ = studies.read_transcript(study, "K1")
    notes = passage_notes(study, record)
    assert [(record.text[one.start : one.end], one.text) for one in notes] == [
        ("Det regnet 🇳🇴 hele", "<i>Været</i> bærer stemningen")
    ]
    page.keyboard.press("z")
    wait_for(lambda: passage_notes(study, record) == [], page)
    page.click(".impression summary")
    page.fill(".impression textarea", "Sint, og sliten av å vente.")
    page.click("h1")
    wait_for(
        lambda: (
            [one.text for one in standing(studies.read_reflections(study)[0], "impression")]
            == ["Sint, og sliten av å vente."]
        ),
        page,
    )
