"""What people really type and really have: through a process of its own, as they meet it."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parents[2]
TALK = "I: Hva skjedde?\n\nK1: Jeg måtte ringe hemmelige Hansen.\n"


def process(*arguments: str | Path, cwd: Path, keys: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "qualkit", *map(str, arguments)],
        cwd=cwd,
        input=keys,
        text=True,
        encoding="utf-8",
        capture_output=True,
        timeout=120,
        check=False,
        env={**os.environ, "PYTHONPATH": str(HERE), "QUALKIT_CODER": "kari"},
    )


def test_a_folder_of_good_and_bad_files(interviews: Callable) -> None:
    folder = interviews(
        {
            "K1 æøå 😀.txt": TALK,
            "tom.txt": b"",
            "bilde.docx": b"\x89PNG\r\n\x1a\n\0\0",
            "gammel.docx": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
            "lyd.txt": b"ID3\3" + bytes(range(256)) * 20,
        }
    )
    ran = process("code", folder.name, cwd=folder.parent)
    assert ran.returncode == 1
    named = [line.split(":")[0] for line in ran.stderr.splitlines() if line.startswith("../") and "→" not in line]
    assert sorted(named) == [f"../interviews/{name}" for name in ("bilde.docx", "gammel.docx", "lyd.txt", "tom.txt")]
    assert "Å ringe" in ran.stdout
    assert "Traceback" not in ran.stderr
    assert "Hansen" not in ran.stdout + ran.stderr


@pytest.mark.parametrize(
    "keys",
    ["", "\n", "a", "q", "\x04", "å\n", "aaaa\n", "c\n", "c\ntelefon", "u\nu\n", "\0\n", "😀\n" * 3],
)
def test_keys_of_every_kind_end_well(interviews: Callable, keys: str) -> None:
    folder = interviews({"K1.txt": TALK})
    process("code", folder.name, cwd=folder.parent)
    ran = process("review", "--study", "interviews-study", cwd=folder.parent, keys=keys)
    assert ran.returncode == 0, ran.stderr
    assert "Traceback" not in ran.stderr
    assert not (folder.parent / "interviews-study" / ".qualkit" / "lock").exists()


def test_a_review_goes_on_where_it_was_left(interviews: Callable) -> None:
    folder = interviews()
    process("code", folder.name, cwd=folder.parent)
    root = folder.parent / "interviews-study"
    first = process("review", cwd=root, keys="a\nq\n")
    assert "1 of 4" in first.stdout
    assert "1 decided, 3 waiting." in first.stderr
    second = process("review", cwd=root, keys="r\na\na\n")
    assert "1 of 3" in second.stdout
    assert "Next: qualkit export word" in second.stderr
    assert "No proposals are waiting." in process("review", cwd=root).stderr


def test_two_at_once_one_waits_its_turn(interviews: Callable) -> None:
    folder = interviews()
    process("code", folder.name, cwd=folder.parent)
    root = folder.parent / "interviews-study"
    with subprocess.Popen(
        [sys.executable, "-m", "qualkit", "review"],
        cwd=root,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env={**os.environ, "PYTHONPATH": str(HERE), "QUALKIT_CODER": "ola"},
    ) as first:
        assert first.stdout is not None
        while "[a]ccept" not in first.stdout.readline():
            pass
        second = process("review", cwd=root, keys="a\n")
        assert second.returncode == 1
        assert f"the study is being written to by ola (process {first.pid} on " in second.stderr
        first.kill()
    third = process("review", cwd=root, keys="a\n")
    assert third.returncode == 0
    assert "1 decided" in third.stderr


def test_a_cache_may_be_deleted_or_spoiled_at_any_time(interviews: Callable) -> None:
    folder = interviews()
    process("code", folder.name, cwd=folder.parent)
    root = folder.parent / "interviews-study"
    state = root / ".qualkit" / "state.json"
    whole = state.read_bytes()
    for spoiled in (b"", b"[]", b"{}", b"null", whole[: len(whole) // 2], b'{"originals": 3, "transcripts": []}'):
        state.write_bytes(spoiled)
        ran = process("code", cwd=root)
        assert ran.returncode == 0, (spoiled, ran.stderr)
        assert "nothing new" in ran.stderr
    shutil.rmtree(root / ".qualkit")
    assert "nothing new" in process("code", cwd=root).stderr


def test_an_empty_name_or_a_file_for_a_folder(interviews: Callable) -> None:
    folder = interviews()
    for wrong in ("", folder / "K1.txt", "finnes ikke"):
        ran = process("code", wrong, cwd=folder)
        assert ran.returncode in (0, 1, 2)
        assert "Traceback" not in ran.stderr
        assert "broke off" not in ran.stderr
