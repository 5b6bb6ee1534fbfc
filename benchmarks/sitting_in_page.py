"""A whole transcript in the page, by keyboard alone and by mouse alone, from an empty folder to a Word file.

    python -m benchmarks page

A script does what a person would, in a real browser, with the corpus's own reader as the one who knows what is a
meaning unit and of which code: everything from the new study on is pressed, nothing is sent behind the page. The
codebook is the corpus's own, laid into the new folder. The file is chosen in the system's own window, which is not
counted. With `--folder`, pictures of every step are kept there.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.going import WORD, Going, Here
from benchmarks.hands import Hands
from benchmarks.measuring import Options
from benchmarks.serving import chromium, served

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

CORPUS = Path(__file__).parent.parent / "corpora" / "fredag"
CODED, OTHER, CODER = "K5", "K3", "siri"
TITLE, QUESTION = "Hjem på en fredag", "Hvordan opplever ansatte utskriving av gamle, skrøpelige pasienter?"
CONDENSED = "varsel"
"""The code whose units are placed in subgroups."""
SUBGROUPS = ("For sent", "Ingen har sett det")
CONDENSATE = "Jeg finner meldinga når han alt sitter på ferga, og ingen har lest den. De sier at dere visste om det."


@dataclass(frozen=True)
class Unit:
    """A meaning unit of the reader."""

    start: int
    end: int
    code: str
    words: str


def units() -> list[Unit]:
    """Return what the reader marked, in the order of the text."""
    lines = (CORPUS / "codings" / "reader" / f"{CODED}.jsonl").read_text("utf-8").splitlines()
    found = [Unit(one["start"], one["end"], one["code"], one["text"]) for one in map(json.loads, lines)]
    return sorted(found, key=lambda one: (one.start, one.end))


_ONE_LESS = """(n) => {
  const told = document.querySelector('.decide .told');
  return !told || told.textContent.endsWith(` ${n}`);
}"""


# --- the sitting ---------------------------------------------------------------------------------------------------


class Sitting:
    """One person at the page."""

    def __init__(self, page: Page, pictures: Path | None) -> None:
        self.page, self.pictures = page, pictures
        self.hands = Hands(page)
        self.last = ""
        self.names = {}

    def picture(self, name: str) -> None:
        if self.pictures:
            self.page.wait_for_timeout(300)
            self.page.screenshot(path=self.pictures / f"{name}.png")

    def get(self, path: str) -> Any:
        return self.page.evaluate("(path) => fetch(path).then((one) => one.json())", path)

    def saved(self) -> None:
        self.page.wait_for_selector("#status.good")

    def begin(self, folder: Path) -> Path:
        """Make the study and add two files."""
        page, hands = self.page, self.hands
        hands.at("new study")
        page.wait_for_selector("#new-title")
        self.picture("01-start")
        hands.tab("#new-title")
        hands.type(TITLE)
        hands.key("Tab")
        # Where studies lie is asked for once; a person takes what is proposed.
        page.fill("#new-where", str(folder))
        hands.key("Tab", 3)
        hands.type(QUESTION)
        hands.key("Tab")
        hands.type(CODER)
        hands.key("Enter")
        page.wait_for_selector(".zone")
        page.wait_for_load_state("networkidle")
        self.picture("02-add")
        hands.at("two files added")
        hands.tab(".zone")
        with page.expect_file_chooser() as asked:
            hands.key("Enter")
        asked.value.set_files([CORPUS / "originals" / f"{name}.txt" for name in (CODED, OTHER)])
        page.wait_for_selector(".file >> nth=1")
        self.picture("03-added")
        hands.tab(".row .primary")
        hands.key("Enter")
        page.wait_for_selector(".transcripts")
        root = folder / TITLE
        shutil.copy(CORPUS / "codebook.yaml", root / "codebook.yaml")
        self.picture("04-overview")
        return root

    def open(self) -> Going:
        self.page.wait_for_selector(".text")
        self.names = {one["id"]: one["name"] for one in _flat(self.get("/api/codebook")["codes"])}
        return Going.through(self.get(f"/api/transcripts/{CODED}"))

    def code_by_keyboard(self) -> None:
        """Mark and code every unit of the reader."""
        hands = self.hands
        hands.at("transcript opened")
        hands.tab(f'a[href="#/read/{CODED}"]')
        hands.key("Enter")
        going = self.open()
        self.picture("05-reading")
        hands.at("transcript coded")
        here = Here()
        for number, unit in enumerate(units()):
            keys, here = going.keys(here, (unit.start, unit.end))
            for key in keys:
                hands.key(key)
            here = replace(here, kind="")
            if number == 3:
                self.picture("06-chosen")
            self._give(unit.code, number)
        self.saved()
        self.picture("08-coded")

    def _give(self, code: str, number: int) -> None:
        hands, page = self.hands, self.page
        if code == self.last:
            hands.key(".")
        else:
            hands.key("c")
            page.wait_for_selector("dialog.palette")
            for letter in self.names[code].replace(" ", ""):
                first = page.locator("dialog.palette li .name").first
                if first.text_content() == self.names[code]:
                    break
                hands.type(letter.lower())
            if number == 3:
                self.picture("07-palette")
            hands.key("Enter")
            page.wait_for_selector("dialog.palette", state="detached")
        self.last = code
        page.wait_for_function("(n) => document.querySelectorAll('.bar').length >= 1 && n >= 0", arg=number)
        self.saved()

    def decide(self) -> None:
        """Mark the transcript read, let the rules propose, decide."""
        hands, page = self.hands, self.page
        hands.at("marked read")
        hands.key("r")
        page.wait_for_selector("footer.foot .done")
        hands.at("rules have searched")
        hands.key("h")
        page.wait_for_selector(".propose button")
        hands.tab(".propose button")
        hands.key("Enter")
        page.wait_for_selector(".notice.note")
        self.picture("09-proposed")
        hands.tab(f'a[href="#/read/{CODED}"]', back=True)
        hands.key("Enter")
        page.wait_for_selector(".text")
        hands.at("proposals decided")
        mine = units()
        waiting = sorted(self.get(f"/api/transcripts/{CODED}/codings")["proposals"], key=lambda one: one["start"])
        if not waiting:
            return
        hands.key("v")
        page.wait_for_selector(".decide")
        self.picture("10-deciding")
        for left in range(len(waiting), 0, -1):
            name = page.inner_text(".decide strong")
            place = next(one for one in waiting if self.names[one["code"]] == name)
            waiting.remove(place)
            near = any(u.code == place["code"] and u.start < place["end"] and u.end > place["start"] for u in mine)
            hands.key("a" if near else "r")
            page.wait_for_function(
                _ONE_LESS,
                arg=left - 1,
            )
        self.picture("11-decided")

    def condense(self) -> None:
        """Place the units of one code group in subgroups and write a condensate."""
        hands, page = self.hands, self.page
        hands.at("units placed in subgroups")
        hands.tab('header a[href="#/condense"]', back=True)
        hands.key("Enter")
        page.wait_for_selector(".groups")
        self.picture("12-groups")
        group = self._group()
        hands.tab(f'a[href="#/condense/{group}"]')
        hands.key("Enter")
        page.wait_for_selector(".column")
        for name in SUBGROUPS:
            hands.key("n")
            page.wait_for_selector("#asked")
            hands.type(name)
            hands.key("Enter")
            page.wait_for_selector(f'.column h2:text-is("{name}")')
        self.picture("13-board")
        hands.tab(".unit-card")
        while (left := page.locator(".column.waiting .unit-card").count()) > 0:
            hands.key("12"[left % 2])
            page.wait_for_function(
                "(n) => document.querySelectorAll('.column.waiting .unit-card').length < n", arg=left
            )
        self.saved()
        hands.at("golden quotation")
        hands.key("ArrowLeft")
        hands.key("g")
        self.saved()
        hands.at("condensate written")
        hands.key("e")
        hands.type(CONDENSATE)
        hands.key("Escape")
        page.wait_for_selector("#grounding .words")
        self.saved()
        self.picture("14-condensed")

    def _group(self) -> str:
        """Return the code or code group on the boards that holds the condensed code."""
        codes = self.get("/api/codebook")["codes"]
        offered = {one["code"] for one in self.get("/api/condensing")["groups"]}
        for one in codes:
            if CONDENSED in {each["id"] for each in _flat([one])} and one["id"] in offered:
                return str(one["id"])
        return CONDENSED

    def anonymise(self) -> None:
        """Answer what the queue asks of what is printed: the proposal where there is one, else the words stay."""
        hands, page = self.hands, self.page
        hands.at("queue of what is printed, answered")
        hands.tab('header a[href="#/anonymise"]', back=True)
        hands.key("Enter")
        page.wait_for_selector(".question, .empty p + p")
        self.picture("15-queue")
        hands.tab('.scope a[href="#/anonymise/printed"]')
        hands.key("Enter")
        page.wait_for_selector('.scope a[href="#/anonymise/printed"][aria-current=true]')
        page.wait_for_timeout(500)
        self.picture("16-printed")
        for _ in range(200):
            if not page.locator(".question").count():
                break
            hands.key("Enter" if page.locator(".choices button").count() else "k")
            self.saved()
        self.picture("17-answered")

    def export(self, root: Path) -> list[str]:
        """Write the results; return what was written."""
        hands, page = self.hands, self.page
        hands.at("results exported to Word")
        hands.tab("header .more summary", back=True)
        hands.key("Enter")
        hands.tab('header a[href="#/send"]')
        hands.key("Enter")
        page.wait_for_selector(".ways button")
        hands.tab(".ways button")
        hands.key("Enter")
        page.wait_for_selector(".written, .notice.error", timeout=60_000)
        self.picture("18-exported")
        return sorted(path.name for path in (root / "exports").rglob("*.docx")) if (root / "exports").is_dir() else []

    def code_by_mouse(self) -> None:
        """Mark every unit by a drag and code it by a click in the codebook."""
        hands = self.hands
        hands.at("transcript opened")
        hands.click(f'a[href="#/read/{CODED}"]')
        self.open()
        hands.at("transcript coded")
        for number, unit in enumerate(units()):
            hands.select(unit.words)
            if number == 0:
                self.picture("20-mouse")
            hands.click(f'.tree [data-code="{unit.code}"]')
            self.saved()
            self.page.wait_for_selector(".float", state="hidden")
        hands.at("marked read")
        hands.click("footer.foot button.primary")
        self.page.wait_for_selector("footer.foot .done")


def _flat(codes: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    return [each for one in codes for each in (one, *_flat(one["children"]))]


def compared(root: Path) -> tuple[int, list[tuple[str, str]]]:
    """Return how many of the reader's units were saved to the letter, and those that were not, with what was."""
    lines = (root / "codings" / CODER / f"{CODED}.jsonl").read_text("utf-8").splitlines()
    saved = [(one["code"], one["text"]) for one in map(json.loads, lines) if one["origin"] == "manual"]
    wanted = [(one.code, one.words) for one in units()]
    left = list((Counter(saved) - Counter(wanted)).elements())
    missed = list((Counter(wanted) - Counter(saved)).elements())
    return len(wanted) - len(missed), [
        (words, next((other for code_, other in left if code_ == code and _like(words, other)), ""))
        for code, words in missed
    ]


def _like(one: str, other: str) -> bool:
    """Return whether two passages hold the same words, whatever stands around them."""
    return WORD.findall(one) == WORD.findall(other)


def _told(hands: Hands) -> list[str]:
    total: Counter[str] = Counter()
    lines = []
    for step, counts in hands.counts.items():
        total += counts
        lines.append(f"  {step}: {', '.join(f'{what} {n}' for what, n in counts.items()) or 'nothing'}")
    return [*lines, f"  in all: {', '.join(f'{what} {n}' for what, n in total.items())}"]


def _page(browser: Browser, address: Any) -> Page:
    context = browser.new_context(viewport={"width": 1280, "height": 860}, locale="nb-NO", reduced_motion="reduce")
    context.add_cookies([address.cookie])
    page = context.new_page()
    page.goto(address.base)
    return page


def measure(options: Options) -> None:
    path = chromium()
    from playwright.sync_api import sync_playwright

    del options
    pictures = Path(os.environ["PICTURES"]) if "PICTURES" in os.environ else None
    with tempfile.TemporaryDirectory(prefix="qualkit-page-") as place, sync_playwright() as playwright:
        folder = Path(place)
        os.environ["XDG_CONFIG_HOME"] = str(folder / "settings")
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        print(f"\npage: {CODED} of the bokmål corpus, {len(units())} meaning units, as its reader marked them")
        with served(None) as address:
            sitting = Sitting(_page(browser, address), pictures)
            root = sitting.begin(folder)
            by_mouse = folder / "by-mouse"
            shutil.copytree(root, by_mouse)
            sitting.code_by_keyboard()
            _report("by keyboard alone", root)
            sitting.decide()
            sitting.condense()
            sitting.anonymise()
            written = sitting.export(root)
            print("\n".join(_told(sitting.hands)))
            print(f"  Word files: {', '.join(written) or 'none'}")
        with served(by_mouse) as address:
            sitting = Sitting(_page(browser, address), pictures)
            sitting.code_by_mouse()
            _report("by mouse alone", by_mouse)
            print("\n".join(_told(sitting.hands)))
        browser.close()


def _report(how: str, root: Path) -> None:
    exact, others = compared(root)
    same = sum(bool(got) for _, got in others)
    print(
        f"{how}: {exact} units saved to the letter, {same} but for a sign at the end, {len(others) - same} otherwise",
        flush=True,
    )
