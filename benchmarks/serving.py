"""A workbench that runs beside a measurement."""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Address:
    """Where it listens, and the cookie that lets in."""

    base: str
    cookie: Any


def chromium() -> str:
    """Return where the browser is.

    Raises:
        ImportError: If there is none on this machine, as for any other part that is missing.
    """
    path = shutil.which("chromium") or shutil.which("google-chrome")
    if path is None:
        raise ImportError("no Chromium is on this machine (Debian: apt-get install chromium)")
    return path


def demo_study(folder: Path) -> Path:
    """Make a copy of the bokmål corpus, coded."""
    from qualkit.cli import main

    try:
        main(["demo", str(folder)])
    except SystemExit as stop:
        if stop.code:
            raise
    return folder


@contextmanager
def served(root: Path | None) -> Iterator[Address]:
    """Serve a study, or the page that makes one, while the block runs."""
    import uvicorn

    from qualkit.workbench.desk import Desk
    from qualkit.workbench.guarding import Pass
    from qualkit.workbench.serving import application, listening

    door = listening()
    key = Pass(port=door.getsockname()[1])
    config = uvicorn.Config(application(Desk(root), key), log_level="critical", lifespan="off", ws="none")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [door]}, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    cookie = {"name": key.cookie_name, "value": key.cookie, "domain": "127.0.0.1", "path": "/", "sameSite": "Strict"}
    try:
        yield Address(f"http://127.0.0.1:{key.port}/", cookie)
    finally:
        server.should_exit = server.force_exit = True
        thread.join(5)
