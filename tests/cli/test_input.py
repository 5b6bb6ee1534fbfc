"""What people really type and really have: through a process of its own, as they meet it."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from qualkit import study as studies
from qualkit.model import Study

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
def test_keys_of_every_kind_end_well(qualkit: Callable, interviews: Callable, keys: str) -> None:
    folder = interviews({"K1.txt": TALK})
    qualkit("code", folder)
    ran = process("review", "--study", "interviews-study", cwd=folder.parent, keys=keys)
    assert ran.returncode == 0, ran.stderr
    assert "Traceback" not in ran.stderr
    assert not (folder.parent / "interviews-study" / ".qualkit" / "lock").exists()


def test_a_review_goes_on_where_it_was_left(qualkit: Callable, interviews: Callable) -> None:
    folder = interviews()
    qualkit("code", folder)
    root = folder.parent / "interviews-study"
    first = process("review", cwd=root, keys="a\nq\n")
    assert "1 of 4" in first.stdout
    assert "1 decided, 3 waiting." in first.stderr
    second = process("review", cwd=root, keys="r\na\na\n")
    assert "1 of 3" in second.stdout
    assert "Next: qualkit export word" in second.stderr
    assert "No proposals are waiting." in process("review", cwd=root).stderr


def test_somebody_who_thinks_holds_nobody_up(qualkit: Callable, interviews: Callable) -> None:
    folder = interviews()
    qualkit("code", folder)
    root = folder.parent / "interviews-study"
    with subprocess.Popen(
        [sys.executable, "-m", "qualkit", "review"],
        cwd=root,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(HERE), "QUALKIT_CODER": "ola"},
    ) as first:
        assert first.stdout is not None
        while "[a]ccept" not in first.stdout.readline():
            pass
        second = process("review", cwd=root, keys="a\na\n")
        assert (second.returncode, "2 decided" in second.stderr) == (0, True)
        assert process("check", cwd=root).returncode == 0
        _, told = first.communicate("r\nr\nr\n")
    assert "3 decided" in told
    study = studies.open_study(root)
    assert [_decided(study, coder) for coder in ("kari", "ola")] == [2, 3]


def _decided(study: Study, coder: str) -> int:
    return sum(len(studies.read_codings(study, coder, name)[0]) for name in studies.transcript_ids(study))


def test_ten_processes_at_once_lose_nothing(qualkit: Callable, interviews: Callable) -> None:
    words = [f"ord{n}" for n in range(8)]
    folder = interviews({"K1.txt": "I: Hva?\n\nK1: Jeg måtte ringe " + " ".join(words) + ".\n", "K2.txt": TALK})
    qualkit("code", folder)
    root = folder.parent / "interviews-study"
    (folder / "K9.txt").write_text(TALK.replace("Hansen", "Nes"))
    wanted = [
        ["code", str(folder)],
        ["review", "--transcript", "K2"],
        *(["mark", "K1", "telefon", word] for word in words),
    ]
    running = [
        subprocess.Popen(
            [sys.executable, "-m", "qualkit", *arguments],
            cwd=root,
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": str(HERE), "QUALKIT_CODER": "kari"},
        )
        for arguments in wanted
    ]
    told = [
        one.communicate("a\n" if arguments[0] == "review" else "")[1]
        for one, arguments in zip(running, wanted, strict=True)
    ]
    done = []
    for one, arguments, err in zip(running, wanted, told, strict=True):
        # On a slow machine one may have waited too long: then it says so, and nothing of it is there.
        assert one.returncode == 0 or "the study is being written to by kari" in err, (arguments, err)
        if one.returncode == 0:
            done.append(arguments[-1])
    study = studies.open_study(root)
    codings = studies.read_codings(study, "kari", "K1")[0]
    assert {coding.unit.text for coding in codings} == set(done) & set(words)
    assert len(studies.read_codings(study, "kari", "K2")[0]) == ("K2" in done)
    assert studies.transcript_ids(study) == ["K1", "K2", *(["K9"] if str(folder) in done else [])]
    assert process("check", cwd=root).returncode == 0
    assert [decision.what for decision in studies.read_trail(study)[0]].count("mark") == len(set(done) & set(words))


def test_a_cache_may_be_deleted_or_spoiled_at_any_time(interviews: Callable, qualkit: Callable) -> None:
    folder = interviews()
    qualkit("code", folder.name, cwd=folder.parent)
    root = folder.parent / "interviews-study"
    state = root / ".qualkit" / "state.json"
    whole = state.read_bytes()
    for spoiled in (b"", b"[]", b"{}", b"null", whole[: len(whole) // 2], b'{"originals": 3, "transcripts": []}'):
        state.write_bytes(spoiled)
        ran = qualkit("code", cwd=root)
        assert ran.code == 0, (spoiled, ran.err)
        assert "nothing new" in ran.err
    shutil.rmtree(root / ".qualkit")
    assert "nothing new" in qualkit("code", cwd=root).err


def test_an_empty_name_or_a_file_for_a_folder(interviews: Callable) -> None:
    folder = interviews()
    for wrong in ("", folder / "K1.txt", "finnes ikke"):
        ran = process("code", wrong, cwd=folder)
        assert ran.returncode in (0, 1, 2)
        assert "Traceback" not in ran.stderr
        assert "broke off" not in ran.stderr
