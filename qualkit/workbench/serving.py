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
from urllib.parse import quote, unquote

import orjson
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from qualkit.errors import QualkitError
from qualkit.language.saying import LANGUAGES, said
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
    printing_boards,
    printing_matrices,
    proposals,
    reading,
    recasting,
    ruling,
    sending,
    starting,
    thematic_boards,
    troubles,
    visits,
)
from qualkit.workbench.answers import Ask, BadRequest, Handed, Resource, status_of, told
from qualkit.workbench.desk import version_of
from qualkit.workbench.guarding import FIXED, Guard, Pass, TooLarge

if TYPE_CHECKING:
    from qualkit.workbench.desk import Desk

RESOURCES = (
    overview,
    reading,
    passages,
    troubles,
    proposals,
    codes,
    recasting,
    ruling,
    notes,
    boards,
    collating,
    thematic_boards,
    visits,
    anonymising,
    printing,
    printing_boards,
    printing_matrices,
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


async def _unknown(request: Request) -> Response:
    message = said("There is nothing at this address.", request.headers.get("x-qualkit-language", ""))
    return _json({"error": "unknown", "message": message, "hint": ""}, 404)


def _endpoint(desk: Desk, resource: Resource) -> Callable[[Request], Any]:
    """Return what answers a request with a resource; everything that goes wrong becomes words and a status."""

    async def answered(request: Request) -> Response:
        language = _language(desk, request)
        try:
            ask = await _ask(request, language)
            answer = await run_in_threadpool(resource, desk, ask)
            return _file(answer) if isinstance(answer, Handed) else _json(answer, 200)
        except TooLarge:
            return _json(
                {"error": "too-large", "message": said("What was sent is too large.", language), "hint": ""}, 413
            )
        except ClientDisconnect:
            return Response(status_code=400)
        except Exception as error:  # noqa: BLE001  the last line of defence: no informant's words in a log
            return _json(told(error, language), status_of(error))

    return answered


def _language(desk: Desk, request: Request) -> str:
    """Return what the page is read in: what it says, else the study's language, as the page itself does."""
    spoken = request.headers.get("x-qualkit-language", "")
    if spoken not in LANGUAGES and desk.opened is not None and desk.root is not None:
        spoken = desk.opened[1].settings.language
    return spoken if spoken in LANGUAGES else "en"


async def _ask(request: Request, language: str) -> Ask:
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
        language,
    )


def _file(handed: Handed) -> Response:
    """Return a file for the browser to save: it is shown nowhere, whatever it holds."""
    plain = "".join(char if char.isascii() and (char.isalnum() or char in "-_.") else "_" for char in handed.name)
    named = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(handed.name, safe='')}"
    return Response(
        handed.data, headers={"content-disposition": named}, media_type="application/octet-stream", status_code=200
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
