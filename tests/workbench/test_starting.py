"""From nothing to a transcript on the page, without a terminal."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from qualkit import study as studies
from qualkit.adding import add_originals
from qualkit.model import Study
from qualkit.workbench.bringing import safe_name
from qualkit.workbench.remembering import remember, remembered

from .conftest import Door, Served
from .test_accessibility import axe, faults
from .test_in_the_browser import wait_for

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

__all__ = ["axe"]

FIRST = "I: Hva skjedde?\nKari: Jeg ringte kommunen fire ganger. Så ventet jeg.\nI: Og så?\nKari: Ingenting.\n"
SECOND = "I: Hva?\nOla: Vi venter alltid på svar <script>window.broken = 1</script>. Ingen ringer oss.\n"


@pytest.fixture(autouse=True)
def _own_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("qualkit.workbench.remembering.settings_folder", lambda: tmp_path / "settings")


def _send(door: Door, name: str, data: bytes = FIRST.encode()) -> Any:
    headers = {"content-type": "application/octet-stream"}
    return door.client.post("/api/files", params={"name": name}, content=data, headers=headers)


def _new(door: Door, folder: Path, **more: Any) -> Any:
    body = {"title": "Å vente", "where": str(folder), "method": "stc", "language": "nb", "questions": ["Hva?", ""]}
    return door.post("/api/start/new", {**body, **more})


def test_a_new_study_is_made_where_it_was_asked_for_and_opened(door: Door, tmp_path: Path) -> None:
    door.desk.root = None
    assert door.get("/api/study").json()["error"] == "NothingOnTheDesk"
    assert _new(door, tmp_path, coder="siri").status_code == 200
    made = studies.open_study(tmp_path / "Å vente")
    assert (made.settings.title, made.settings.method, made.settings.questions) == ("Å vente", "stc", ("Hva?",))
    assert made.settings.coders == ("siri",)
    assert door.get("/api/study").json()["title"] == "Å vente"
    assert remembered() == [made.root]
    assert _new(door, tmp_path).status_code == 409


@pytest.mark.parametrize(
    "more",
    [
        {"title": "  "},
        {"title": "a\nb"},
        {"where": "relative"},
        {"where": "/no/such/folder"},
        {"where": "/tmp\x00/x"},
        {"method": "magic"},
        {"language": "xx"},
        {"questions": "Hva?"},
        {"questions": [1]},
    ],
)
def test_a_study_that_cannot_be_is_not_made(door: Door, tmp_path: Path, more: dict[str, Any]) -> None:
    (tmp_path / "there").mkdir()
    assert _new(door, tmp_path / "there", **more).status_code in (400, 422)
    assert list((tmp_path / "there").iterdir()) == []


def test_a_folder_with_something_in_it_is_left_alone(door: Door, tmp_path: Path) -> None:
    (tmp_path / "Å vente").mkdir()
    (tmp_path / "Å vente" / "mine.txt").write_text("mine", encoding="utf-8")
    assert _new(door, tmp_path).status_code == 422
    assert [path.name for path in (tmp_path / "Å vente").iterdir()] == ["mine.txt"]


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("../../K9.txt", "K9.txt"),
        ("..\\..\\K9.txt", "K9.txt"),
        ("/etc/passwd.txt", "passwd.txt"),
        ("...txt", "transcript.txt"),
        ("con.docx", "con_.docx"),
        ("a\x00b\u202e.txt", "ab.txt"),
        ("x\u202etxt.docx", "xtxt.docx"),
        ("x" * 400 + ".txt", "x" * 180 + ".txt"),
        ("K 9: «æøå» 👍.txt", "K 9- «æøå» 👍.txt"),
    ],
)
def test_a_hostile_name_stays_in_originals(door: Door, study: Study, written: str, name: str) -> None:
    assert safe_name(written) == name
    before = {path for path in study.root.parent.rglob("*") if path.is_file()}
    assert _send(door, written).json()["name"] == name
    new = {path for path in study.root.parent.rglob("*") if path.is_file()} - before
    assert new == {study.root / "originals" / name}


@pytest.mark.parametrize("written", ["", "noending", "x.", ".", "..", "x.toolongending"])
def test_a_name_that_says_nothing_is_refused(door: Door, study: Study, written: str) -> None:
    assert _send(door, written).status_code == 422
    assert not list((study.root / "originals").glob("*"))


def test_a_file_never_takes_anothers_place(door: Door, study: Study, tmp_path: Path) -> None:
    assert _send(door, "K9.txt").status_code == 200
    assert _send(door, "K9.txt").status_code == 200
    assert _send(door, "K9.txt", b"other").json()["error"] == "NameTaken"
    (tmp_path / "outside.txt").write_bytes(FIRST.encode())
    (study.root / "originals" / "K8.txt").symlink_to(tmp_path / "outside.txt")
    assert _send(door, "K8.txt").json()["error"] == "NameTaken"
    assert (study.root / "originals" / "K9.txt").read_bytes() == FIRST.encode()


def test_a_file_that_is_too_large_is_refused(door: Door, study: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    guard = door.client.app
    monkeypatch.setitem(guard.larger, "/api/files", 10)  # type: ignore[attr-defined]
    assert _send(door, "K9.txt").status_code == 413
    assert not (study.root / "originals" / "K9.txt").exists()


def test_files_are_shown_first_and_added_or_taken_away(door: Door, study: Study) -> None:
    _send(door, "K9.txt")
    would = door.get("/api/files").json()
    assert [one["transcript"] for one in would["files"]] == ["K9"]
    told = [(one["label"], one["role"], one["person"]) for one in would["files"][0]["speakers"]]
    assert told == [("I", "interviewer", ""), ("Kari", "participant", "P1")]
    assert "K9" not in studies.transcript_ids(study)
    door.post("/api/files/back")
    assert not (study.root / "originals" / "K9.txt").exists()
    _send(door, "K9.txt")
    assert door.post("/api/files/add", {"interviewers": ["Kari"]}).status_code == 200
    record, _ = studies.read_transcript(study, "K9")
    assert {speaker.label: speaker.role for speaker in record.speakers} == {"I": "interviewer", "Kari": "interviewer"}
    door.post("/api/files/back")
    assert (study.root / "originals" / "K9.txt").exists()


def test_an_original_that_lay_there_before_is_not_taken_away(door: Door, study: Study) -> None:
    own = study.root / "originals" / "K9.txt"
    own.parent.mkdir(exist_ok=True)
    own.write_bytes(FIRST.encode())
    assert _send(door, "K9.txt").json()["waiting"] == 1
    assert _send(door, "K8.txt").json()["waiting"] == 2
    assert door.post("/api/files/back").json() == {"waiting": 0}
    assert own.read_bytes() == FIRST.encode()
    assert [path.name for path in own.parent.iterdir()] == ["K9.txt"]


def test_nothing_is_brought_through_a_folder_that_is_a_link(door: Door, study: Study, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (study.root / "originals").symlink_to(tmp_path / "elsewhere")
    assert _send(door, "K9.txt").json()["error"] == "OutsideStudy"
    assert not list((tmp_path / "elsewhere").iterdir())


def test_columns_that_qualkit_does_not_know_stay(door: Door, study: Study) -> None:
    path = study.root / "participants.csv"
    path.write_text("id,labels,Etat,alder\nK1,K1,NAV,\nK2,K2,,52\n", encoding="utf-8")
    table = door.get("/api/participants").json()
    assert table["columns"] == ["id", "labels", "Etat", "alder"]
    table["rows"][0][3] = "41; ca."
    body = {key: table[key] for key in ("columns", "rows", "version")}
    assert door.post("/api/participants", body).status_code == 200
    people, problems = studies.read_participants(study)
    assert problems == []
    assert [dict(one.attributes) for one in people] == [
        {"Etat": "NAV", "alder": "41; ca."},
        {"Etat": "", "alder": "52"},
    ]
    assert door.post("/api/participants", body).json()["error"] == "ChangedElsewhere"
    assert door.post("/api/undo").status_code == 200
    assert "41" not in path.read_text("utf-8")


def test_two_with_one_id_are_not_saved(door: Door, study: Study) -> None:
    table = door.get("/api/participants").json()
    body = {"columns": ["id"], "rows": [["K1"], ["k1"]], "version": table["version"]}
    answer = door.post("/api/participants", body)
    assert answer.status_code == 422
    assert answer.json()["problems"][0]["hint"] == "Every participant needs its own id."


def test_settings_change_and_comments_stay(door: Door, study: Study) -> None:
    body = {"title": "Ny: tittel", "method": "framework", "questions": ["Hva «nå»?", "Hvem: hun?"]}
    assert door.client.patch("/api/settings", json=body).status_code == 200
    settings = studies.open_study(study.root).settings
    assert (settings.title, settings.method, settings.questions) == (
        "Ny: tittel",
        "framework",
        tuple(body["questions"]),
    )
    assert "# of tables and documents" in (study.root / "study.yaml").read_text("utf-8")
    assert door.post("/api/undo").status_code == 200
    assert studies.open_study(study.root).settings == study.settings


def test_a_window_that_shows_another_study_writes_nothing(door: Door, study: Study, tmp_path: Path) -> None:
    one, two = {"x-qualkit-visit": "one"}, {"x-qualkit-visit": "two"}
    assert door.get("/api/study", **one).status_code == 200
    body = {"title": "Å vente", "where": str(tmp_path), "method": "stc", "language": "nb"}
    assert door.post("/api/start/new", body, **two).status_code == 200
    refused = door.post("/api/files/back", {}, **one)
    assert (refused.status_code, refused.json()["error"]) == (409, "OtherStudy")
    assert door.post("/api/export", {"kind": "excel"}, **one).json()["error"] == "OtherStudy"
    assert door.post("/api/propose", {}, **one).json()["error"] == "OtherStudy"
    # A passphrase that was meant for one study is not tried on another one.
    assert door.post("/api/anonymise/passphrase", {"passphrase": "x"}, **one).json()["error"] == "OtherStudy"
    assert not (tmp_path / "Å-vente" / "exports").exists()
    assert door.get("/api/study", **one).json()["title"] == "Å vente"
    assert door.post("/api/files/back", {}, **one).status_code == 200


def test_an_export_is_written_or_says_what_to_do(door: Door, study: Study) -> None:
    written = door.post("/api/export", {"kind": "excel"}).json()["written"]
    assert [Path(one["path"]).suffix for one in written] == [".xlsx"]
    assert all(Path(one["path"]).is_file() for one in written)
    open_ = door.post("/api/export", {"kind": "transcripts"}).json()
    assert open_["written"] == [] or open_["count"] == 0
    assert door.post("/api/export", {"kind": "exe"}).status_code == 400


def test_what_was_exported_is_handed_out_and_nothing_else(door: Door, study: Study) -> None:
    one = door.post("/api/export", {"kind": "excel"}).json()["written"][0]
    fetched = door.get(f"/api/exports/{one['ticket']}")
    assert fetched.content == Path(one["path"]).read_bytes()
    assert fetched.headers["content-disposition"].startswith(f'attachment; filename="{one["name"]}"')
    assert fetched.headers["x-content-type-options"] == "nosniff"
    for other in ("x", "..", "%2e%2e%2fstudy.yaml", one["name"]):
        answer = door.get(f"/api/exports/{other}")
        assert answer.status_code == 404, other
        assert "content-disposition" not in answer.headers
    path = Path(one["path"])
    path.unlink()
    assert door.get(f"/api/exports/{one['ticket']}").json()["error"] == "NothingHanded"
    path.symlink_to(study.root / "study.yaml")
    assert door.get(f"/api/exports/{one['ticket']}").status_code == 404
    from starlette.testclient import TestClient

    stranger = TestClient(door.client.app, base_url=str(door.client.base_url))
    assert stranger.get(f"/api/exports/{one['ticket']}").status_code == 403
    foreign = door.get(f"/api/exports/{one['ticket']}", **{"sec-fetch-site": "cross-site"})
    assert foreign.status_code == 403


def test_a_draft_needs_a_reason_and_says_what_it_is(door: Door, study: Study) -> None:
    _name_somebody(door, study)
    refused = door.post("/api/export", {"kind": "excel"}).json()
    assert refused["written"] == []
    assert refused["count"] == len(refused["open"]) > 0
    place = refused["open"][0]["at"]
    assert place.startswith("K3:")
    queue = door.get(f"/api/anonymise?asked=printed&at={place}").json()
    item = door.get(f"/api/anonymise/items/{queue['at']}?asked=printed").json()
    assert "Nordmann" in item["form"]
    assert door.get("/api/anonymise?asked=printed&at=K3:900-901").json()["at"] == ""
    assert door.post("/api/export", {"kind": "excel", "unreviewed": " "}).status_code == 422
    made = door.post("/api/export", {"kind": "excel", "unreviewed": "til veileder"}).json()
    assert made["draft"] is True
    assert [".not-anonymised" in one["name"] for one in made["written"]] == [True]
    assert "til veileder" in (study.root / "trail.jsonl").read_text("utf-8")


def _name_somebody(door: Door, study: Study) -> None:
    """Let a coded passage hold a name that nobody has decided about."""
    folder = study.root.parent / "more"
    folder.mkdir()
    (folder / "K3.txt").write_text("I: Hvem?\nK3: Det var Kari Nordmann i Bodø som ringte.\n", encoding="utf-8")
    add_originals(study, [folder / "K3.txt"], who="kari")
    text = door.get("/api/transcripts/K3").json()["text"]
    start = text.index("Det var")
    body = {"start": start, "end": start + len("Det var Kari Nordmann i Bodø"), "codes": ["vente"]}
    assert door.post("/api/transcripts/K3/codings", body).status_code == 200


def test_what_stops_an_export_is_a_link_and_a_draft_is_fetched(
    door: Door, study: Study, opened: Callable[..., Page], axe: str
) -> None:
    _name_somebody(door, study)
    page = opened(study, "#/send")
    page.wait_for_selector(".ways")
    page.click(".ways button >> nth=1")
    page.wait_for_selector(".draft")
    page.click("text=Jeg trenger et utkast")
    page.click("details:has(.places) > summary")
    assert faults(page, axe) == []
    page.fill("#draft-why", "til veileder")
    page.keyboard.press("Enter")
    page.wait_for_selector(".written a.button")
    assert faults(page, axe) == []
    with page.expect_download() as found:
        page.click(".written a.button")
    assert ".not-anonymised" in found.value.suggested_filename
    assert Path(found.value.path()).read_bytes()[:2] == b"PK"
    page.click(".ways button >> nth=1")
    page.click("details:has(.places) > summary")
    page.click(".places a >> nth=0")
    page.wait_for_selector(".anonymise mark")
    assert "Nordmann" in page.inner_text("#main")


def test_a_backup_lies_beside_the_study(door: Door, study: Study) -> None:
    assert door.post("/api/backup", {"passphrase": "short"}).status_code == 400
    made = door.post("/api/backup", {"passphrase": ""}).json()
    assert Path(made["path"]).parent == study.root.parent
    assert Path(made["path"]).is_file()
    again = door.post("/api/backup", {}).json()
    assert again["path"] != made["path"]


@pytest.mark.skipif(os.geteuid() == 0 if hasattr(os, "geteuid") else True, reason="root may write everywhere")
def test_a_study_that_is_read_only_says_so(door: Door, study: Study) -> None:
    study.root.chmod(stat.S_IRUSR | stat.S_IXUSR)
    try:
        assert _send(door, "K9.txt").status_code == 403
    finally:
        study.root.chmod(stat.S_IRWXU)


def test_a_full_disk_loses_nothing(door: Door, study: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    import errno

    from qualkit import disk

    def full(path: Path, data: bytes, *, private: bool = False) -> None:
        cause = OSError(errno.ENOSPC, "full")
        raise disk.CannotWrite(path, cause) from cause

    table = door.get("/api/participants").json()
    monkeypatch.setattr("qualkit.disk.write_atomically", full)
    assert _send(door, "K9.txt").status_code == 507
    body = {"columns": ["id"], "rows": [["K1"]], "version": table["version"]}
    assert door.post("/api/participants", body).status_code == 507
    monkeypatch.undo()
    assert door.get("/api/participants").json() == table


def test_only_folders_are_remembered_and_those_that_are_gone_are_not_shown(study: Study, tmp_path: Path) -> None:
    remember(study.root)
    remember(tmp_path / "gone")
    assert remembered() == [study.root]
    (tmp_path / "settings" / "workbench.json").write_bytes(b'{"studies": [3, "relative", "\\u0000"]}')
    assert remembered() == []
    (tmp_path / "settings" / "workbench.json").write_bytes(b"[")
    assert remembered() == []


@pytest.fixture
def empty(browser: Browser, serve: Callable[[Study], Served], study: Study) -> Iterator[Page]:
    """Open the workbench where no study is open."""
    served = serve(study)
    served.desk.root = None
    context = browser.new_context(locale="nb-NO", reduced_motion="reduce", viewport={"width": 1300, "height": 900})
    page = context.new_page()
    said: list[str] = []
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(served.key.address())
    page.wait_for_selector(".start .new")
    yield page
    context.close()
    assert said == []


def test_from_an_empty_folder_with_two_dropped_files_to_reading(empty: Page, axe: str, tmp_path: Path) -> None:
    page = empty
    assert faults(page, axe) == []
    page.fill("#new-title", "Å vente")
    page.fill("#new-where", str(tmp_path))
    page.fill("#new-questions", "Hva er det å vente?")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_selector(".zone")
    files = page.evaluate_handle(
        """([first, second]) => {
          const data = new DataTransfer();
          data.items.add(new File([first], "K1.txt", {type: "text/plain"}));
          data.items.add(new File([second], "../../K2 æ.txt", {type: "text/plain"}));
          return data;
        }""",
        [FIRST, SECOND],
    )
    page.dispatch_event(".zone", "drop", {"dataTransfer": files})
    page.wait_for_selector(".file >> nth=1")
    assert faults(page, axe) == []
    assert [each.split("\t")[0] for each in page.locator(".speakers tbody th").all_inner_texts()] == [
        *("I", "Kari"),
        *("I", "Ola"),
    ]
    page.click(".row .primary")
    page.wait_for_selector(".transcripts")
    study = studies.open_study(tmp_path / "Å vente")
    wait_for(lambda: len(studies.transcript_ids(study)) == 2, page)
    page.click(".transcripts a >> nth=0")
    page.wait_for_selector(".text")
    assert "Jeg ringte kommunen fire ganger" in page.inner_text(".text")
    assert page.evaluate("window.broken") is None
    for place, there in (("#/people", ".people table"), ("#/send", ".ways"), ("#/start", ".recent")):
        page.evaluate("(place) => (location.hash = place)", place)
        page.wait_for_selector(there)
        assert faults(page, axe) == []


def test_participants_are_edited_in_the_page(study: Study, opened: Callable[..., Page]) -> None:
    page = opened(study, "#/people")
    page.wait_for_selector(".people table")
    page.fill("#column", "etat")
    page.click("text=Legg til kolonnen")
    page.click("text=Ny deltaker")
    page.locator(".people tbody input").first.fill("K1")
    page.locator(".people tbody tr").first.locator("input").last.fill("NAV")
    page.keyboard.press("Enter")
    page.wait_for_selector("#status.good")
    people, _ = studies.read_participants(study)
    assert people[0].attributes["etat"] == "NAV"
