"""A study with everything that is hard to count, a door to the workbench, and a browser."""

from __future__ import annotations

import os
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from qualkit import study as studies
from qualkit.adding import add_originals
from qualkit.model import Coding, Settings, Study
from qualkit.workbench.desk import Desk
from qualkit.workbench.guarding import Pass
from qualkit.workbench.serving import application, listening

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page
    from starlette.testclient import TestClient

BOOK = """# Written by hand; this line stays.
codes:
  - id: hjem
    name: Hjemmet
    codable: false
    children:
      - {id: ringe, name: Å ringe, definition: Noen ringer., colour: "#aa3377", rules: ["lemma:ringe"]}
      - id: ønske
        name: Ønsket om å bo hjemme
  - {id: vente, name: Å vente, rules: ["lemma:vente"]}
"""
K1 = """I: Hva skjedde?
K1: Jeg måtte ringe kommunen 👍🏽 fire ganger. Det regnet 🇳🇴 hele dagen. Så ventet jeg.
I: Og så?
K1: Da sa hun <b>nei</b> <script>window.broken = 1</script> <img src=x onerror="window.broken = 2">. Å, æ veit itj.
K1: שלום sa han, og e\u0301n ringte. Vi ventet 👨‍👩‍👧‍👦 igjen. Jeg ringte ikke.
"""
K2 = "I: Hva?\nK2: Vi venter alltid på svar. Ingen ringer oss.\n"


def new_study(root: Path, method: str = "stc") -> Study:
    """Make a study with two transcripts."""
    study = studies.create_study(root, Settings("Hjem på en fredag", method=method, coders=("kari", "ola")))
    studies.save_codebook_text(study, BOOK)
    folder = root.parent / f"{root.name}-originals"
    folder.mkdir()
    for name, text in (("K1", K1), ("K2", K2)):
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    add_originals(study, sorted(folder.iterdir()), who="kari")
    return study


@pytest.fixture
def study(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Study:
    monkeypatch.setenv("QUALKIT_CODER", "kari")
    return new_study(tmp_path / "s")


@pytest.fixture
def with_proposals(study: Study) -> Study:
    """Let the rules propose."""
    from qualkit.coding_run import run

    run(study, coder="kari", jobs=1)
    return study


def words_of(study: Study, coder: str = "kari", transcript: str = "K1") -> list[tuple[str, str]]:
    """Return code and words of every accepted coding, the words taken from the transcript at its offsets."""
    record, _ = studies.read_transcript(study, transcript)
    found = []
    for coding in _accepted(study, coder, transcript):
        span = coding.unit.span
        assert record.text[span.start : span.end] == coding.unit.text
        assert coding.text_sha256 == record.sha256
        found.append((coding.code, coding.unit.text))
    return found


def _accepted(study: Study, coder: str, transcript: str) -> list[Coding]:
    codings, problems = studies.read_codings(study, coder, transcript)
    assert problems == []
    return [coding for coding in codings if coding.status == "accepted"]


@dataclass
class Door:
    """A client with the cookie."""

    client: TestClient
    key: Pass
    desk: Desk

    def get(self, path: str, **headers: str) -> Any:
        return self.client.get(path, headers=headers)

    def post(self, path: str, body: Any = None, **headers: str) -> Any:
        return self.client.post(path, json=body if body is not None else {}, headers=headers)


PORT = 4711


@pytest.fixture
def door(study: Study) -> Door:
    from starlette.testclient import TestClient

    key = Pass(port=PORT)
    desk = Desk(study.root)
    client = TestClient(application(desk, key), base_url=f"http://127.0.0.1:{PORT}", raise_server_exceptions=False)
    client.headers["x-qualkit-language"] = "en"
    assert client.get(f"/?token={key.token}").status_code == 200
    return Door(client, key, desk)


CHROMIUM = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
"""Where it is looked for; the first has no window to draw, and takes half the processor's time."""


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start a browser without a screen; where there is none, say so, and fail where changes are decided on."""
    path = next((found for name in CHROMIUM if (found := shutil.which(name))), None)
    if path is None:
        reason = f"no Chromium is on this machine, so the page is not tried out (Debian: apt-get install {CHROMIUM[0]})"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield found
        found.close()


@dataclass
class Served:
    """A workbench that runs beside the tests."""

    study: Study
    key: Pass
    desk: Desk

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.key.port}/"


@pytest.fixture
def serve() -> Iterator[Callable[[Study], Served]]:
    import uvicorn

    servers: list[tuple[uvicorn.Server, threading.Thread]] = []

    def start(study: Study) -> Served:
        socket = listening()
        key = Pass(port=socket.getsockname()[1])
        desk = Desk(study.root)
        config = uvicorn.Config(application(desk, key), log_level="critical", lifespan="off", ws="none")
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [socket]}, daemon=True)
        thread.start()
        until = time.monotonic() + 10
        while not server.started and time.monotonic() < until:
            time.sleep(0.01)
        servers.append((server, thread))
        return Served(study, key, desk)

    yield start
    for server, thread in servers:
        server.should_exit = True
        server.force_exit = True
        thread.join(5)


@pytest.fixture(scope="session")
def desktop(browser: Browser) -> Iterator[BrowserContext]:
    """Give one profile to all tests: what a page costs is mostly the making of a new one.

    Each study is served at a port of its own, and what a page remembers it remembers by its port.
    """
    profile = browser.new_context(locale="nb-NO", reduced_motion="reduce")
    yield profile
    profile.close()


@pytest.fixture
def opened(desktop: BrowserContext, serve: Callable[[Study], Served]) -> Iterator[Callable[..., Page]]:
    """Open the workbench on a study; whatever the page complains of is a fault."""
    pages: list[Page] = []
    faults: list[str] = []
    running: dict[Path, Served] = {}

    def go(study: Study, place: str = "#/", *, size: tuple[int, int] = (1400, 900)) -> Page:
        if study.root not in running:
            served = running[study.root] = serve(study)
            # The one-time token becomes a cookie, as on the first visit.
            assert desktop.request.get(served.key.address()).ok
        page = desktop.new_page()
        page.set_viewport_size({"width": size[0], "height": size[1]})
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda said: faults.append(said.text) if "Content Security Policy" in said.text else None)
        page.goto(running[study.root].address + place)
        page.wait_for_selector(".text" if "/read/" in place else "#main > *")
        pages.append(page)
        return page

    yield go
    for page in pages:
        page.close()
    desktop.clear_cookies()
    assert faults == []


def turn_to(page: Page, place: str) -> None:
    """Go to another view in the same page, as a link does."""
    page.evaluate(
        """(place) => new Promise((done) => {
          document.querySelector("#main").replaceChildren();
          addEventListener("hashchange", done, {once: true});
          location.hash = place;
        })""",
        place,
    )
    page.wait_for_selector(".text" if "/read/" in place else "#main > *")


def saved(page: Page) -> None:
    """Wait until the page says that everything is saved."""
    page.wait_for_selector("#status.good")
