"""Who may ask: this machine's own browser, with the token that was printed, and no page of somebody else's.

A page elsewhere on the web can make a browser send requests to this machine. What keeps it out: the host must be the
loopback address (a foreign name that points here is refused), the origin must be our own, and every request needs a
cookie that is sent to no other site. The token in the address becomes that cookie, and is spent when the page it
opened asks for its first data.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs

import orjson

from qualkit.language.saying import said

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

LARGEST = 4 * 1024 * 1024
"""Bytes of a request's body. Resources that take files have their own limit; see `Guard.larger`."""

FIXED = "/static/v-"
"""How a path begins under which a file of the page is always the same: the version of them all follows."""

_FAILED = 400

_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types 'none'",
    )
)
HEADERS: Mapping[bytes, bytes] = {
    b"content-security-policy": _POLICY.encode(),
    b"x-content-type-options": b"nosniff",
    b"referrer-policy": b"no-referrer",
    b"cross-origin-opener-policy": b"same-origin",
    b"cross-origin-resource-policy": b"same-origin",
    b"permissions-policy": b"camera=(), microphone=(), geolocation=()",
    b"cache-control": b"no-store",
}
"""Sent with every answer."""

_CLOSED = """<!doctype html><html lang="en"><meta charset="utf-8"><title>qualkit workbench</title>
<h1>This address is not valid any more</h1>
<p>Each start of <code>qualkit workbench</code> prints an address of its own, and it opens one browser.
Use the window that is open already, or stop the workbench (Ctrl-C) and start it again.</p>
<p lang="nb">Adressen gjelder ikke lenger. Bruk vinduet som allerede er åpent, eller stopp arbeidsbenken (Ctrl-C) og
start den på nytt.</p></html>
"""


@dataclass(slots=True)
class Pass:
    """What lets a browser in.

    Attributes:
        token: In the address that is printed; "" when it is spent.
        cookie: The value of the cookie.
        port: That is listened on.
        used: The token was exchanged for the cookie.
    """

    token: str = field(default_factory=lambda: secrets.token_urlsafe(32))
    cookie: str = field(default_factory=lambda: secrets.token_urlsafe(32))
    port: int = 0
    used: bool = False

    @property
    def cookie_name(self) -> str:
        """Return the cookie's name: cookies of one host are shared by its ports."""
        return f"qualkit-{self.port}"

    def address(self) -> str:
        """Return the address that opens the page."""
        return f"http://127.0.0.1:{self.port}/?token={self.token}"


class Guard:
    """An ASGI application around another one, that lets in what may come in.

    Attributes:
        larger: Paths, as their beginnings, whose bodies may have more bytes than `LARGEST`.
    """

    def __init__(self, app: ASGIApp, key: Pass, larger: Mapping[str, int] | None = None) -> None:
        self.app = app
        self.key = key
        self.larger = dict(larger or {})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or say why not."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        if scope["type"] != "http":
            # No sockets are served; closing before accepting refuses.
            await send({"type": "websocket.close", "code": 1008})
            return
        headers = {name.lower(): value for name, value in scope["headers"]}
        refusal = self._refusal(scope, headers)
        if refusal is not None:
            await _refuse(send, *refusal)
            return
        most = next((size for path, size in self.larger.items() if scope["path"].startswith(path)), LARGEST)
        # What says how long it is need not be read; what does not is counted while it comes.
        length = headers.get(b"content-length", b"0")
        if not length.isdigit() or int(length) > most:
            language = headers.get(b"x-qualkit-language", b"").decode("ascii", "replace")
            words = ("What was sent is too large.", "Send less at once.")
            await _refuse(send, 413, "too-large", *(said(each, language) for each in words))
            return
        with_cookie = self._exchanges(scope)
        await self.app(
            scope,
            _counted(receive, most),
            self._sending(send, with_cookie=with_cookie, path=scope["path"]),
        )

    def _refusal(self, scope: Scope, headers: Mapping[bytes, bytes]) -> tuple[int, str, str, str] | None:
        own = {f"127.0.0.1:{self.key.port}", f"localhost:{self.key.port}"}
        if headers.get(b"host", b"").decode("latin-1") not in own:
            return 421, "foreign-host", "This address is not served here.", "Use the address that was printed."
        origin = headers.get(b"origin")
        site = headers.get(b"sec-fetch-site", b"same-origin")
        top = headers.get(b"sec-fetch-mode") == b"navigate" and scope["method"] in ("GET", "HEAD")
        foreign = origin is not None and origin.decode("latin-1") not in {f"http://{host}" for host in own}
        if foreign or (site not in (b"same-origin", b"none") and not top):
            return 403, "foreign-origin", "Another page may not ask here.", ""
        if scope["method"] not in ("GET", "HEAD"):
            kind = headers.get(b"content-type", b"").split(b";")[0].strip().lower()
            if kind not in (b"application/json", b"application/octet-stream"):
                return 415, "content-type", "Only JSON is understood here.", ""
        if not self._known(headers):
            closed = (403, "closed", "The workbench does not know this window.", "Start it again: qualkit workbench")
            return None if self._exchanges(scope) else closed
        if scope["path"].startswith("/api/") and self.key.used:
            self.key.token = ""
        return None

    def _known(self, headers: Mapping[bytes, bytes]) -> bool:
        for part in headers.get(b"cookie", b"").decode("latin-1").split(";"):
            name, _, value = part.strip().partition("=")
            if name == self.key.cookie_name and secrets.compare_digest(value.encode(), self.key.cookie.encode()):
                return True
        return False

    def _exchanges(self, scope: Scope) -> bool:
        """Return whether a request brings the token that becomes the cookie."""
        if scope["path"] != "/" or scope["method"] not in ("GET", "HEAD") or not self.key.token:
            return False
        given = parse_qs(scope["query_string"].decode("latin-1")).get("token", [""])[0]
        return secrets.compare_digest(given.encode(), self.key.token.encode())

    def _sending(self, send: Send, *, with_cookie: bool, path: str) -> Send:
        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = [(name, value) for name, value in message["headers"] if name.lower() not in HEADERS]
                headers += HEADERS.items()
                headers[-1] = (b"cache-control", _kept(path, found=message["status"] < _FAILED))
                if with_cookie:
                    self.key.used = True
                    value = (
                        f"{self.key.cookie_name}={self.key.cookie}; Path=/; HttpOnly; SameSite=Strict; Max-Age=2592000"
                    )
                    headers.append((b"set-cookie", value.encode()))
                message = {**message, "headers": headers}
            await send(message)

        return sending


def _kept(path: str, *, found: bool) -> bytes:
    """Return how long a browser may keep what lies at a path.

    Of the page's own files, those under the version of them all for ever; the others are asked for each time, and sent
    only where they are other ones.
    """
    if path.startswith(FIXED) and found:
        return b"max-age=31536000, immutable"
    return b"no-cache" if path.startswith("/static/") else HEADERS[b"cache-control"]


class TooLarge(Exception):
    """More was sent than may be."""


def _counted(receive: Receive, most: int) -> Receive:
    read = 0

    async def receiving() -> Message:
        nonlocal read
        message = await receive()
        read += len(message.get("body", b""))
        if read > most:
            raise TooLarge
        return message

    return receiving


async def _refuse(send: Send, status: int, error: str, message: str, hint: str) -> None:
    page = error == "closed"
    body = _CLOSED.encode() if page else orjson.dumps({"error": error, "message": message, "hint": hint})
    kind = b"text/html; charset=utf-8" if page else b"application/json"
    headers: list[tuple[bytes, Any]] = [(b"content-type", kind), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": [*headers, *HEADERS.items()]})
    await send({"type": "http.response.body", "body": body})
