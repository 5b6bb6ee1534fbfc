"""Who may ask: this machine's browser with the token, and nobody else's page."""

from __future__ import annotations

from typing import Any

import pytest
from starlette.testclient import TestClient

from qualkit.model import Study
from qualkit.workbench.desk import Desk
from qualkit.workbench.guarding import LARGEST, Pass
from qualkit.workbench.serving import application

from .conftest import PORT, Door, words_of


def _stranger(door: Door) -> TestClient:
    return TestClient(application(door.desk, door.key), base_url=f"http://127.0.0.1:{PORT}")


def test_the_token_becomes_a_cookie_that_no_other_site_gets(study: Study) -> None:
    key = Pass(port=PORT)
    client = TestClient(application(Desk(study.root), key), base_url=f"http://127.0.0.1:{PORT}")
    answer = client.get(f"/?token={key.token}")

    assert answer.status_code == 200
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith(f"qualkit-{PORT}=")
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie
    assert key.token not in cookie
    assert client.get("/api/study").status_code == 200


@pytest.mark.parametrize("query", ["", "?token=", "?token=wrong", "?token=å", "?token[]=x"])
def test_no_token_or_a_wrong_one_opens_nothing(door: Door, query: str) -> None:
    stranger = _stranger(door)
    for path in (f"/{query}", f"/api/study{query}", f"/static/app.js{query}"):
        answer = stranger.get(path)
        assert answer.status_code == 403
        assert "Hjem" not in answer.text


def test_the_token_is_spent_when_the_page_has_asked_for_data(door: Door) -> None:
    address = f"/?token={door.key.token}"
    assert _stranger(door).get(address).status_code == 200
    assert door.get("/api/study").status_code == 200
    assert _stranger(door).get(address).status_code == 403
    assert door.get(address).status_code == 200


@pytest.mark.parametrize(
    "host", ["evil.example", f"evil.example:{PORT}", "127.0.0.1", f"127.0.0.1:{PORT + 1}", "", f"[::1]:{PORT}"]
)
def test_a_foreign_host_is_not_served(door: Door, host: str) -> None:
    assert door.get("/api/study", host=host).status_code == 421
    assert door.get(f"/?token={door.key.token}", host=host).status_code == 421


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": f"http://127.0.0.1:{PORT + 1}"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
    ],
)
def test_another_page_may_not_ask(door: Door, study: Study, headers: dict[str, str]) -> None:
    body = {"start": 0, "end": 5, "codes": ["vente"]}
    assert door.post("/api/transcripts/K1/codings", body, **headers).status_code == 403
    assert words_of(study) == []


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""])
def test_what_a_form_can_send_is_not_understood(door: Door, kind: str) -> None:
    answer = door.client.post("/api/undo", content=b"{}", headers={"content-type": kind})
    assert answer.status_code == 415


def test_every_answer_says_what_the_page_may_do(door: Door) -> None:
    for path in ("/", "/api/study", "/static/app.js", "/api/none", "/static/none"):
        headers = door.get(path).headers
        policy = headers["content-security-policy"]
        assert "unsafe" not in policy
        assert "default-src 'none'" in policy
        assert "require-trusted-types-for 'script'" in policy
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["cache-control"] == ("no-cache" if path.startswith("/static/") else "no-store")
        assert headers["referrer-policy"] == "no-referrer"


def test_a_file_under_the_version_of_them_all_is_asked_for_once(door: Door) -> None:
    path = door.get("/").text.partition('type="module" src="')[2].partition('"')[0]
    assert path.startswith("/static/v-")
    assert "immutable" in door.get(path).headers["cache-control"]
    assert door.get(path).content == door.get("/static/app.js").content
    missing = door.get(path.replace("app.js", "none"))
    assert (missing.status_code, missing.headers["cache-control"]) == (404, "no-cache")


def test_ten_megabytes_are_refused_whether_announced_or_not(door: Door) -> None:
    body = b'{"memo":"' + b"x" * 10_000_000 + b'"}'
    kind = {"content-type": "application/json"}
    assert door.client.post("/api/undo", content=body, headers=kind).status_code == 413

    def pieces() -> Any:
        for at in range(0, len(body), 65_536):
            yield body[at : at + 65_536]

    assert len(body) > LARGEST
    answer = door.client.post("/api/undo", content=pieces(), headers=kind)
    assert answer.status_code == 413
    assert "x" * 20 not in answer.text


@pytest.mark.parametrize(
    "name",
    ["..%2f..%2fstudy", "%2e%2e", "..%5c..%5cstudy", "K1%00", "%2fetc%2fpasswd", "K1.txt", "con", "a" * 3000, "C:%5cx"],
)
def test_a_name_that_is_a_path_finds_nothing(door: Door, name: str) -> None:
    for path in (f"/api/transcripts/{name}", f"/api/transcripts/{name}/codings", f"/api/transcripts/{name}/versions"):
        answer = door.get(path)
        assert answer.status_code in (400, 404), (path, answer.text)
        assert "root:" not in answer.text
        assert "qualkit_study" not in answer.text


@pytest.mark.parametrize(
    "path", ["/static/..%2f__init__.py", "/static/%2e%2e/serving.py", "/static/../desk.py", "/..%2f..%2fetc/passwd"]
)
def test_only_the_page_itself_is_handed_out(door: Door, path: str) -> None:
    assert door.get(path).status_code == 404


@pytest.mark.parametrize("coder", ["..%2f..%2fx", "%2Fetc", "_rules", "a%00b", "%2e%2e"])
def test_a_coder_named_like_a_path_writes_inside_the_study(door: Door, study: Study, coder: str) -> None:
    before = sorted(path for path in study.root.parent.rglob("*") if study.root not in path.parents)
    door.post("/api/transcripts/K1/codings", {"start": 3, "end": 8, "codes": ["vente"]}, **{"x-qualkit-coder": coder})
    after = sorted(path for path in study.root.parent.rglob("*") if study.root not in path.parents)
    assert after == before
