"""The command: an address on this machine alone, a free port, an end with Ctrl-C, and a page that survives it."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from qualkit.model import Study
from qualkit.workbench import serving
from qualkit.workbench.desk import Desk

from .conftest import words_of
from .test_in_the_browser import give, select, wait_for

if TYPE_CHECKING:
    from playwright.sync_api import Browser

Started = tuple[subprocess.Popen[str], str]


@pytest.fixture
def start() -> Iterator[Callable[..., Started]]:
    running: list[subprocess.Popen[str]] = []

    def go(study: Study, *more: str) -> Started:
        process = subprocess.Popen(
            [sys.executable, "-m", "qualkit", "workbench", str(study.root), "--no-browser", *more],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=os.environ | {"QUALKIT_CODER": "kari"},
        )
        running.append(process)
        assert process.stdout is not None
        return process, process.stdout.readline().strip()

    yield go
    for process in running:
        process.kill()
        process.communicate()


def _status(address: str, **headers: str) -> int:
    try:
        with urllib.request.urlopen(urllib.request.Request(address, headers=headers), timeout=20) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        error.close()
        return error.code


def test_one_line_with_the_address_that_opens_the_page_and_ctrl_c_ends_it(
    study: Study, start: Callable[..., Started]
) -> None:
    process, address = start(study)
    assert re.fullmatch(r"http://127\.0\.0\.1:\d+/\?token=[\w-]{20,}", address)
    assert _status(address) == 200
    assert _status(address.split("?")[0]) == 403
    assert _status(address, Host="evil.example") == 421
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=20)
    assert process.returncode == 0
    assert out == ""
    assert "closed" in err
    assert "Traceback" not in err


def test_a_port_in_use_is_told(study: Study, qualkit: Callable[..., Any]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        ran = qualkit("workbench", study.root, "--no-browser", "--port", str(taken.getsockname()[1]))
    assert ran.code == 1
    assert "is in use" in ran.err
    assert "--port" in ran.err


def test_a_folder_that_is_no_study_is_told(tmp_path: Path, qualkit: Callable[..., Any]) -> None:
    ran = qualkit("workbench", tmp_path, "--no-browser")
    assert ran.code == 1
    assert "no study" in ran.err.lower()


def test_without_a_browser_the_address_is_printed(study: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    import webbrowser

    def none(*_: Any) -> Any:
        raise webbrowser.Error

    said: list[tuple[str, bool]] = []
    monkeypatch.setattr(webbrowser, "get", none)
    monkeypatch.setattr("uvicorn.Server.run", lambda *_, **__: None)
    serving.serve(Desk(study.root), say=lambda address, opened: said.append((address, opened)))
    assert len(said) == 1
    assert said[0][0].startswith("http://127.0.0.1:")
    assert said[0][1] is False


def test_a_server_that_was_killed_has_saved_everything_and_the_page_says_so(
    study: Study, start: Callable[..., Started], browser: Browser
) -> None:
    process, address = start(study)
    page = browser.new_page(viewport={"width": 1400, "height": 900}, locale="nb-NO")
    page.goto(address)
    page.wait_for_selector(".overview")
    page.goto(address.split("?")[0] + "#/read/K1")
    page.wait_for_selector(".text")
    select(page, "Det regnet")
    give(page, "vente")
    process.kill()
    process.wait()
    assert words_of(study) == [("vente", "Det regnet")]
    select(page, "veit itj")
    page.keyboard.press("c")
    page.keyboard.type("ringe")
    page.keyboard.press("Enter")
    page.wait_for_selector(".notice.error:has-text('svarer ikke')")
    assert page.inner_text("#status") == "Ikke lagret"
    assert page.locator(".tag").count() == 1

    again, new = start(study)
    page.goto(new)
    page.wait_for_selector(".overview")
    page.goto(new.split("?")[0] + "#/read/K1")
    page.wait_for_selector(".tag:has-text('Å vente')")
    select(page, "veit itj")
    give(page, "ringe")
    wait_for(lambda: len(words_of(study)) == 2, page)
    assert again.poll() is None
    page.close()


def test_no_answer_waits_for_the_one_before_to_be_acknowledged() -> None:
    """Asyncio sends small answers at once only where the listening socket says that it is TCP."""
    with serving.listening() as door, socket.create_connection(door.getsockname()), door.accept()[0] as met:
        assert met.proto == socket.IPPROTO_TCP
