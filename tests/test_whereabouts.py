import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from qualkit import study as studies
from qualkit.errors import Problem
from qualkit.transcripts.canonical import parse_transcript, render_transcript
from qualkit.whereabouts import check_cloud, check_whereabouts


@pytest.fixture
def root(qualkit: Callable, interviews: Callable) -> Path:
    folder = interviews()
    qualkit("code", folder)
    made: Path = folder.with_name("interviews-study")
    qualkit("review", "--study", made, keys="a\nr\na\na\n")
    qualkit("review", "--read", "K1", "--study", made)
    return made


def told(root: Path) -> list[tuple[str, str]]:
    found = check_whereabouts(studies.open_study(root))
    assert all(problem.hint for problem in found)
    return [(problem.file, problem.check) for problem in found]


def git(root: Path, *arguments: str) -> None:
    subprocess.run(["git", *arguments], cwd=root, check=True, capture_output=True)


COPIES = [
    "{} (1)",
    "{} (Kari's conflicted copy 2026-11-01)",
    "{} (motstridende kopi 2026-11-01)",
    "{}-DESKTOP-4F2A",
    "{}.sync-conflict-20261101-120000-ABCDEFG",
    "{} 2",
    "{} - Copy",
    "{} – kopi (2)",
    "Kopi av {}",
    "{} [Conflict]",
]


@pytest.mark.parametrize("pattern", COPIES)
def test_a_sync_programs_copy_is_told_and_read_as_nothing_else(qualkit: Callable, root: Path, pattern: str) -> None:
    study = studies.open_study(root)
    before = studies.transcript_ids(study), studies.coders(study), studies.read_all_codings(study)
    made = []
    for file in (
        *("codebook.yaml", "study.yaml", "participants.csv", "trail.jsonl", "transcripts/K1.txt"),
        *("codings/kari/K1.jsonl", "codings/_rules/K2.jsonl", "readings/kari.jsonl"),
    ):
        path = root / file
        copy = path.with_name(pattern.format(path.stem) + path.suffix)
        copy.write_bytes(path.read_bytes())
        made.append(copy.relative_to(root).as_posix())
    (root / "codings" / pattern.format("kari")).mkdir()
    made.append(f"codings/{pattern.format('kari')}")
    assert sorted(told(root)) == sorted((file, "copy") for file in made)
    assert (studies.transcript_ids(study), studies.coders(study), studies.read_all_codings(study)) == before
    ran = qualkit("check", "--study", root)
    assert ran.code == 1
    assert f"{made[4]}: this looks like a second version of transcripts/K1.txt" in ran.err


def test_a_second_interview_is_no_copy(root: Path) -> None:
    study = studies.open_study(root)
    record, _ = studies.read_transcript(study, "K1")
    path = root / "transcripts" / "K1 2.txt"
    path.write_text(render_transcript(record).replace("id: K1", 'id: "K1 2"'))
    assert parse_transcript(path.read_text(), "K1 2.txt")[0].id == "K1 2"  # type: ignore[union-attr]
    (root / "codings" / "kari" / "K1 2.jsonl").write_bytes(b"")
    assert studies.transcript_ids(study) == ["K1", "K1 2", "K2"]
    assert told(root) == []


def test_links_out_of_the_study_are_told_and_not_written_through(qualkit: Callable, root: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    (root / "codings" / "kari").rename(elsewhere)
    (root / "codings" / "kari").symlink_to(elsewhere)
    before = {path.name: path.read_bytes() for path in elsewhere.iterdir()}
    assert told(root) == [("codings/kari", "link")]
    ran = qualkit("mark", "K1", "telefon", "Det regnet.", "--study", root)
    assert (ran.code, "“kari” leads out of the study" in ran.err) == (1, True)
    assert {path.name: path.read_bytes() for path in elsewhere.iterdir()} == before
    (root / "codings" / "kari").unlink()
    trail = tmp_path / "outside.jsonl"
    trail.write_bytes(b"")
    (root / "trail.jsonl").unlink()
    (root / "trail.jsonl").symlink_to(trail)
    assert told(root) == [("trail.jsonl", "link")]
    ran = qualkit("mark", "K1", "telefon", "Det regnet.", "--study", root)
    assert (ran.code, "It is a link to another place" in ran.err, trail.read_bytes()) == (1, True, b"")


@pytest.mark.parametrize("name", ["../../outside", "..", "../K1", "/etc/x", "a/b", "..\\x"])
def test_no_id_leads_out_of_the_study(qualkit: Callable, root: Path, tmp_path: Path, name: str) -> None:
    (tmp_path / "outside.txt").write_text((root / "transcripts" / "K1.txt").read_text())
    before = {path for path in tmp_path.rglob("*") if ".qualkit" not in path.parts}
    for arguments in (
        ("mark", name, "telefon", "Det regnet."),
        ("review", "--read", name),
        ("review", "--transcript", name),
    ):
        ran = qualkit(*arguments, "--study", root, keys="a\n")
        assert ran.code == 1
        assert "broke off" not in ran.err
    line = json.loads((root / "codings/_rules/K2.jsonl").read_bytes().splitlines()[0])
    lines = json.dumps({**line, "id": "x", "transcript": name}).encode() + b"\n"
    (root / "codings/_rules/K2.jsonl").write_bytes(lines)
    (root / "codings/kari/K2.jsonl").unlink()
    assert "of another transcript than the file is named after" in qualkit("check", "--study", root).err
    assert "1 decided" not in qualkit("review", "--study", root, keys="a\n").err
    assert {path for path in tmp_path.rglob("*") if ".qualkit" not in path.parts} <= before


def test_git_that_keeps_or_would_send_what_informants_said(root: Path) -> None:
    git(root, "init", "-q")
    git(root, "add", "-A")
    assert told(root) == []
    git(root, "add", "-f", "transcripts", "trail.jsonl")
    found = check_whereabouts(studies.open_study(root))
    assert [(p.file, p.severity) for p in found] == [("transcripts/K1.txt", "warning"), ("trail.jsonl", "warning")]
    assert "and 1 more below transcripts/" in found[0].message
    git(root, "rm", "-rq", "--cached", "transcripts", "trail.jsonl")
    git(root, "remote", "add", "origin", "https://example.org/x.git")
    assert [problem.message for problem in check_whereabouts(studies.open_study(root))] == [
        "git would send this study elsewhere, to: origin"
    ]


def test_a_repository_that_names_programs_runs_none(root: Path, tmp_path: Path) -> None:
    git(root, "init", "-q")
    program = tmp_path / "program"
    program.write_text(f"#!/bin/sh\ntouch {tmp_path / 'ran'}\n")
    program.chmod(0o755)
    git(root, "config", "core.fsmonitor", str(program))
    git(root, "config", "core.pager", str(program))
    assert told(root) == []
    assert not (tmp_path / "ran").exists()


def test_git_that_cannot_be_asked(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (root / ".git").write_text("gitdir: nowhere\n")
    assert told(root) == [(".git", "git")]
    monkeypatch.setenv("PATH", "")
    assert told(root) == [(".git", "git")]


@pytest.mark.parametrize(
    ("path", "cloud"),
    [
        ("/home/kari/Dropbox/studie", "Dropbox"),
        ("/home/kari/Dropbox (UiB)/studie", ""),
        ("/Users/kari/Library/Mobile Documents/com~apple~CloudDocs/studie", "iCloud Drive"),
        ("C:\\Users\\kari\\iCloudDrive\\studie", "iCloud Drive"),
        ("/Users/kari/Library/CloudStorage/GoogleDrive-kari@gmail.com/My Drive/studie", "Google Drive"),
        ("/Users/kari/Library/CloudStorage/OneDrive-Personal/studie", "a private OneDrive"),
        ("/Users/kari/Library/CloudStorage/OneDrive-UniversitetetiBergen/studie", ""),
        ("C:\\Users\\kari\\OneDrive\\studie", "a private OneDrive"),
        ("C:\\Users\\kari\\OneDrive - Universitetet i Bergen\\studie", ""),
        ("D:\\sky\\studie", "a private OneDrive"),
        ("/home/kari/Dropboxen/studie", ""),
        ("/srv/forskning/studie", ""),
    ],
)
def test_private_clouds_are_told_from_an_organisations(path: str, cloud: str) -> None:
    found: list[Problem] = check_cloud(Path(path), {"OneDriveConsumer": "D:\\sky"})
    assert [problem.message for problem in found] == ([f"the study lies in {cloud}"] if cloud else [])
