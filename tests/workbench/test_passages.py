"""Coding by hand over the page's interface: the words under every offset, and everything that can be sent wrong."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import Any

import pytest

from qualkit import study as studies
from qualkit.errors import QualkitError
from qualkit.model import Study

from .conftest import Door, words_of

CODINGS = "/api/transcripts/K1/codings"


def _text(door: Door) -> str:
    text: str = door.get("/api/transcripts/K1").json()["text"]
    return text


def _at(door: Door, words: str) -> dict[str, Any]:
    text = _text(door)
    start = text.index(words)
    return {"start": start, "end": start + len(words), "words": words, "codes": ["vente"]}


@pytest.mark.parametrize(
    "words", ["ringe kommunen 👍🏽", "🇳🇴", "<b>nei</b> <script>", "שלום sa han", "én ringte", "👨‍👩‍👧‍👦 igjen"]
)
def test_what_was_selected_is_what_is_coded(door: Door, study: Study, words: str) -> None:
    answer = door.post(CODINGS, _at(door, words))
    assert answer.status_code == 200, answer.text
    assert words_of(study) == [("vente", words)]
    assert [one["code"] for one in answer.json()["came"]] == ["vente"]


def test_several_codes_at_once_and_a_memo(door: Door, study: Study) -> None:
    body = _at(door, "Det regnet") | {"codes": ["vente", "ringe"], "memo": "tanke"}
    assert door.post(CODINGS, body).status_code == 200
    assert words_of(study) == [("ringe", "Det regnet"), ("vente", "Det regnet")]
    assert {coding.memo for coding in studies.read_codings(study, "kari", "K1")[0]} == {"tanke"}
    trail = [decision.what for decision in studies.read_trail(study)[0]]
    assert trail.count("mark") == 2


def test_the_same_code_is_not_given_twice(door: Door, study: Study) -> None:
    first = door.post(CODINGS, _at(door, "Det regnet")).json()
    second = door.post(CODINGS, _at(door, " Det regnet ")).json()
    assert first["made"] == second["made"]
    assert len(words_of(study)) == 1


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"start": 0, "end": 10**9, "codes": ["vente"]}, 422),
        ({"start": -5, "end": 3, "codes": ["vente"]}, 422),
        ({"start": 9, "end": 9, "codes": ["vente"]}, 422),
        ({"start": 9, "end": 2, "codes": ["vente"]}, 422),
        ({"start": "0", "end": 3, "codes": ["vente"]}, 400),
        ({"start": True, "end": 3, "codes": ["vente"]}, 400),
        ({"start": 0.5, "end": 3, "codes": ["vente"]}, 400),
        ({"end": 3, "codes": ["vente"]}, 400),
        ({"start": 0, "end": 3, "codes": []}, 400),
        ({"start": 0, "end": 3, "codes": "vente"}, 400),
        ({"start": 0, "end": 3, "codes": [1]}, 400),
        ({"start": 0, "end": 3, "codes": ["vente"], "memo": 3}, 400),
        ({"start": 0, "end": 3, "codes": ["vente"], "words": ["x"]}, 400),
        ({"start": 0, "end": 3, "codes": ["slettet"]}, 409),
        ({"start": 0, "end": 3, "codes": ["hjem"]}, 422),
        ({"start": 0, "end": 3, "codes": ["vente"], "words": "andre ord"}, 409),
        ({"start": 0, "end": 3, "codes": ["vente"], "sha256": "0" * 64}, 409),
        ([], 400),
        ("tekst", 400),
    ],
)
def test_what_is_sent_wrong_is_refused_in_words_and_saves_nothing(
    door: Door, study: Study, body: Any, status: int
) -> None:
    answer = door.post(CODINGS, body)
    assert answer.status_code == status, answer.text
    told = answer.json()
    assert told["message"]
    assert "regnet" not in answer.text
    assert words_of(study) == []
    assert [decision.what for decision in studies.read_trail(study)[0] if decision.what == "mark"] == []


@pytest.mark.parametrize("content", [b"{", b"\xff\xfe", b"[" * 2000, b'{"start": 1e999}', b"null"])
def test_what_is_no_json_is_refused(door: Door, study: Study, content: bytes) -> None:
    answer = door.client.post(CODINGS, content=content, headers={"content-type": "application/json"})
    assert answer.status_code == 400
    assert words_of(study) == []


def test_a_coding_is_removed_changed_and_moved(door: Door, study: Study) -> None:
    made = door.post(CODINGS, _at(door, "Det regnet")).json()["made"][0]
    text = _text(door)
    start = text.index("Det regnet 🇳🇴 hele")
    body = {"start": start, "end": start + len("Det regnet 🇳🇴 hele"), "code": "ringe", "memo": "ny"}
    assert door.client.patch(f"{CODINGS}/{made}", json=body).status_code == 200
    assert words_of(study) == [("ringe", "Det regnet 🇳🇴 hele")]
    assert studies.read_codings(study, "kari", "K1")[0][0].memo == "ny"

    assert door.post(f"{CODINGS}/remove", {"codings": [made]}).status_code == 200
    assert words_of(study) == []
    again = door.post(f"{CODINGS}/remove", {"codings": [made]})
    assert again.status_code == 409
    assert "not there any more" in again.json()["message"]


def test_everything_is_taken_back_and_made_again_without_limit(door: Door, study: Study) -> None:
    text = _text(door)
    turns = door.get("/api/transcripts/K1").json()["turns"]
    words = [text[a:b] for turn in turns for a, b in turn["sentences"]]
    states = [words_of(study)]
    for number in range(60):
        body = _at(door, words[number % len(words)]) | {"codes": [("vente", "ringe", "ønske")[number % 3]]}
        made = door.post(CODINGS, body).json()["made"][0]
        states.append(words_of(study))
        if number % 4 == 3:
            door.post(f"{CODINGS}/remove", {"codings": [made]})
            states.append(words_of(study))
    changes = [states[0]]
    for state in states:
        if state != changes[-1]:
            changes.append(state)
    assert len(changes) > 20
    for state in reversed(changes[:-1]):
        assert door.post("/api/undo").status_code == 200
        assert words_of(study) == state
    assert door.post("/api/undo").status_code == 409
    for state in changes[1:]:
        assert door.post("/api/redo").status_code == 200
        assert words_of(study) == state
    assert door.post("/api/redo").status_code == 409


def test_a_tab_takes_back_its_own_work_and_leaves_what_others_wrote_since(door: Door, study: Study) -> None:
    one, other = {"x-qualkit-visit": "one"}, {"x-qualkit-visit": "other"}
    door.post(CODINGS, _at(door, "Det regnet"), **one)
    door.post(CODINGS, _at(door, "Og så?"), **other)
    assert door.post("/api/undo", **one).status_code == 200
    assert words_of(study) == [("vente", "Og så?")]
    assert door.post("/api/undo", **one).status_code == 409
    assert door.post("/api/redo", **one).status_code == 200
    assert sorted(words for _, words in words_of(study)) == ["Det regnet", "Og så?"]


def test_what_somebody_else_changed_since_is_not_taken_back(door: Door, study: Study) -> None:
    one, other = {"x-qualkit-visit": "one"}, {"x-qualkit-visit": "other"}
    made = door.post(CODINGS, _at(door, "Det regnet"), **one).json()["made"][0]
    door.client.patch(f"{CODINGS}/{made}", json={"memo": "min"}, headers=other)
    answer = door.post("/api/undo", **one)
    assert answer.status_code == 409
    assert "edited since" in answer.json()["message"]
    assert len(words_of(study)) == 1


def test_the_shell_takes_back_what_the_page_did(door: Door, study: Study, qualkit: Any) -> None:
    door.post(CODINGS, _at(door, "Det regnet"))
    ran = qualkit("undo", "--study", study.root)
    assert ran.code == 0, ran.err
    assert words_of(study) == []


def test_a_line_that_cannot_be_read_survives_coding_and_undo(door: Door, study: Study) -> None:
    door.post(CODINGS, _at(door, "Det regnet"))
    path = studies.codings_path(study, "kari", "K1")
    path.write_bytes(path.read_bytes() + b"<<<<<<< mine\n")
    door.post(CODINGS, _at(door, "Og så?"))
    assert b"<<<<<<< mine" in path.read_bytes()
    door.post("/api/undo")
    assert b"<<<<<<< mine" in path.read_bytes()
    assert door.get(CODINGS).json()["faults"] == 1


def test_another_coder_writes_into_another_file(door: Door, study: Study) -> None:
    door.post(CODINGS, _at(door, "Det regnet"))
    door.post(CODINGS, _at(door, "Og så?"), **{"x-qualkit-coder": "ola"})
    assert words_of(study, "kari") == [("vente", "Det regnet")]
    assert words_of(study, "ola") == [("vente", "Og så?")]
    assert [
        (one["coder"], one["mine"]) for one in door.get(CODINGS, **{"x-qualkit-coder": "ola"}).json()["codings"]
    ] == [
        ("kari", False),
        ("ola", True),
    ]


def test_a_text_that_was_edited_meanwhile_is_noticed(door: Door, study: Study) -> None:
    body = _at(door, "Det regnet") | {"sha256": door.get("/api/transcripts/K1").json()["sha256"]}
    path = studies.transcript_path(study, "K1")
    path.write_text(path.read_text("utf-8").replace("Det regnet", "Det snødde"), "utf-8")
    answer = door.post(CODINGS, body)
    assert answer.status_code == 409
    assert "changed" in answer.json()["message"]
    assert studies.read_codings(study, "kari", "K1")[0] == []


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root writes everywhere; Windows knows no such mode")
def test_a_study_that_cannot_be_written_to_is_read_and_says_so(door: Door, study: Study) -> None:
    folders = [study.root, *(path for path in study.root.rglob("*") if path.is_dir())]
    for folder in folders:
        folder.chmod(0o555)
    try:
        assert door.get("/api/study").json()["readOnly"] is True
        answer = door.post(CODINGS, _at(door, "Det regnet"))
    finally:
        for folder in folders:
            folder.chmod(0o755)
    assert answer.status_code == 403
    assert "could not be written" in answer.json()["message"]
    assert words_of(study) == []


@pytest.mark.parametrize(
    ("number", "status", "hint"),
    [(errno.ENOSPC, 507, "full"), (errno.EACCES, 403, "permissions"), (errno.EROFS, 403, "copy")],
)
def test_a_disk_that_takes_nothing_is_told_and_loses_nothing(
    door: Door, study: Study, monkeypatch: pytest.MonkeyPatch, number: int, status: int, hint: str
) -> None:
    from qualkit import disk

    door.post(CODINGS, _at(door, "Og så?"))

    def full(file: Any, data: bytes) -> None:
        raise OSError(number, os.strerror(number))

    with monkeypatch.context() as patch:
        patch.setattr(disk, "_write", full)
        answer = door.post(CODINGS, _at(door, "Det regnet"))
    assert answer.status_code == status
    assert hint in answer.json()["hint"]
    assert words_of(study) == [("vente", "Og så?")]
    assert door.post(CODINGS, _at(door, "Det regnet")).status_code == 200


def test_a_study_with_faults_opens_all_the_same(door: Door, study: Study) -> None:
    studies.codebook_path(study).write_text("codes: [{id: vente, name: Å vente}, {nam: x}", "utf-8")
    (study.root / "transcripts" / "K9.txt").write_bytes(b"\xff\xfe no header")
    rows = {row["id"]: row for row in door.get("/api/study").json()["transcripts"]}
    assert rows["K9"]["faulty"] is True
    assert rows["K1"]["words"] > 10
    assert door.get("/api/problems").json()["problems"]
    assert door.get("/api/codebook").json()["problems"]
    assert door.get("/api/transcripts/K1").status_code == 200
    answer = door.post(CODINGS, _at(door, "Det regnet"))
    assert answer.status_code == 422
    assert answer.json()["problems"]
    assert words_of(study) == []


def test_what_nobody_foresaw_tells_its_place_and_no_words(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: Any) -> Any:
        raise RuntimeError("Jeg måtte ringe kommunen")

    monkeypatch.setattr(Path, "stat", broken)
    monkeypatch.setattr("qualkit.study.read_participants", broken)
    answer = door.get("/api/transcripts/K1")
    assert answer.status_code == 500
    assert "RuntimeError" in answer.json()["message"]
    assert "kommunen" not in answer.text


def test_a_failure_that_is_known_has_a_message_of_its_own(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuses(*_: Any) -> Any:
        raise QualkitError("something is wrong", "do this")

    monkeypatch.setattr("qualkit.study.read_participants", refuses)
    answer = door.get("/api/transcripts/K1")
    assert (answer.status_code, answer.json()["message"], answer.json()["hint"]) == (
        422,
        "something is wrong",
        "do this",
    )
