"""The page is served to this machine alone, on a port that is free."""

from __future__ import annotations

import contextlib
import logging
import socket
import threading
import webbrowser
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

import orjson
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from qualkit.errors import QualkitError
from qualkit.text import nfc, sha256_hex
from qualkit.workbench import (
    anonymising,
    boards,
    bringing,
    codes,
    collating,
    notes,
    overview,
    passages,
    people,
    printing,
    proposals,
    reading,
    recasting,
    sending,
    starting,
    thematic_boards,
    visits,
)
from qualkit.workbench.answers import Ask, BadRequest, Resource, status_of, told
from qualkit.workbench.desk import version_of
from qualkit.workbench.guarding import FIXED, Guard, Pass, TooLarge

if TYPE_CHECKING:
    from qualkit.workbench.desk import Desk

RESOURCES = (
    overview,
    reading,
    passages,
    proposals,
    codes,
    recasting,
    notes,
    boards,
    collating,
    thematic_boards,
    visits,
    anonymising,
    printing,
    starting,
    bringing,
    people,
    sending,
)
"""Every module that answers under /api/."""

_LONGEST_NAME = 300

STATIC = Path(__file__).parent / "static"


class PortTaken(QualkitError):
    """Another program listens on the port that was asked for."""

    def __init__(self, port: int) -> None:
        super().__init__(f"port {port} is in use", "Leave --port out, and a free one is taken.")


def application(desk: Desk, key: Pass) -> Guard:
    """Return the whole application, its door included."""
    routes = [
        Route(path, _endpoint(desk, resource), methods=[method])
        for module in RESOURCES
        for method, path, resource in module.ROUTES
    ]
    app = Starlette(
        routes=[
            Route("/", _index, methods=["GET"]),
            *routes,
            Route("/api/{rest:path}", _unknown, methods=["GET", "POST", "PATCH", "DELETE", "PUT"]),
            Mount(FIXED + "{version}", StaticFiles(directory=STATIC)),
            Mount("/static", StaticFiles(directory=STATIC)),
        ]
    )
    return Guard(app, key, {"/api/files": bringing.LARGEST})


async def _index(request: Request) -> Response:  # noqa: ARG001  the framework hands it over
    page = (STATIC / "index.html").read_text(encoding="utf-8")
    return HTMLResponse(page.replace('"/static/', f'"{FIXED}{_version()}/'))


def _version() -> str:
    """Return what changes when a file of the page does: a file under it need not be asked for twice."""
    files = sorted(path for path in STATIC.rglob("*") if path.is_file())
    return sha256_hex(" ".join(f"{path.name} {version_of(path)}" for path in files))[:12]


async def _unknown(request: Request) -> Response:  # noqa: ARG001  the framework hands it over
    return _json({"error": "unknown", "message": "There is nothing at this address.", "hint": ""}, 404)


def _endpoint(desk: Desk, resource: Resource) -> Callable[[Request], Any]:
    """Return what answers a request with a resource; everything that goes wrong becomes words and a status."""

    async def answer(request: Request) -> Response:
        try:
            ask = await _ask(request)
            return _json(await run_in_threadpool(resource, desk, ask), 200)
        except TooLarge:
            return _json({"error": "too-large", "message": "What was sent is too large.", "hint": ""}, 413)
        except ClientDisconnect:
            return Response(status_code=400)
        except Exception as error:  # noqa: BLE001  the last line of defence: no informant's words in a log
            return _json(told(error), status_of(error))

    return answer


async def _ask(request: Request) -> Ask:
    body: Any = {}
    file = b""
    if request.headers.get("content-type", "").startswith("application/octet-stream"):
        file = await request.body()
    elif request.method not in ("GET", "HEAD"):
        data = await request.body()
        try:
            body = orjson.loads(data) if data else {}
        except orjson.JSONDecodeError:
            body = None
        # Not chained: the parser's error holds what was sent.
        if not isinstance(body, dict):
            raise BadRequest("what was sent is no JSON object")
    header = request.headers
    parts = {name: nfc(str(value)) for name, value in request.path_params.items()}
    if any(not part.isprintable() or len(part) > _LONGEST_NAME for part in parts.values()):
        raise BadRequest("there is no such name")
    return Ask(
        parts,
        dict(request.query_params),
        body,
        unquote(header.get("x-qualkit-coder", ""))[:200],
        header.get("x-qualkit-visit", "")[:64],
        file,
    )


def _json(answer: Any, status: int) -> Response:
    return Response(orjson.dumps(answer), status, media_type="application/json")


def listening(port: int = 0) -> socket.socket:
    """Return a socket that listens on the loopback address.

    Args:
        port: 0 for one that is free.

    Raises:
        PortTaken: If another program listens there.
    """
    # Named as TCP, for else asyncio leaves every answer after a connection's first waiting for forty milliseconds.
    found = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        found.bind(("127.0.0.1", port))
        found.listen(128)
    except OSError:
        found.close()
        raise PortTaken(port) from None
    return found


def serve(desk: Desk, *, port: int = 0, browser: bool = True, say: Callable[[str, bool], None]) -> None:
    """Serve the page until Ctrl-C.

    Args:
        desk: With the study.
        port: 0 for one that is free.
        browser: Open it there.
        say: Told the address, and whether a browser was opened on it.
    """
    import uvicorn

    door = listening(port)
    key = Pass(port=door.getsockname()[1])
    app = application(desk, key)
    # Nothing of a request is logged: its address names transcripts.
    config = uvicorn.Config(
        app, log_level=logging.CRITICAL, access_log=False, lifespan="off", server_header=False, ws="none"
    )
    server = uvicorn.Server(config)
    desk.ending = lambda: setattr(server, "should_exit", True)
    opened = browser and _has_browser()
    say(key.address(), opened)
    if opened:
        threading.Thread(target=_open, args=(key.address(),), daemon=True).start()
    # Ctrl-C is how it is meant to end: the server has shut down when it hands the interrupt on.
    with contextlib.closing(door), contextlib.suppress(KeyboardInterrupt):
        server.run(sockets=[door])


def _has_browser() -> bool:
    try:
        webbrowser.get()
    except webbrowser.Error:
        return False
    return True


def _open(address: str) -> None:
    with contextlib.suppress(webbrowser.Error, OSError):
        webbrowser.open(address)
