import errno
import json
import os
import pickle
import socket
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from qualkit import disk
from qualkit.errors import FaultyFiles, Problem
from qualkit.study import NewerStudy


def full(*_: object) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_a_file_is_written_whole_and_nothing_else_is_left(tmp_path: Path) -> None:
    path = tmp_path / "below" / "å 😀.txt"
    disk.write_atomically(path, b"one")
    disk.write_atomically(path, b"two")
    assert path.read_bytes() == b"two"
    assert list(path.parent.iterdir()) == [path]


@pytest.mark.parametrize("call", ["fsync", "replace"])
def test_a_full_disk_leaves_the_old_file_and_no_part(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    path = tmp_path / "codebook.yaml"
    path.write_bytes(b"old")
    monkeypatch.setattr(os, call, full)
    if call == "replace":
        monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(disk.CannotWrite, match=r"codebook\.yaml could not be written: No space left") as caught:
        disk.write_atomically(path, b"new")
    assert "disk is full" in caught.value.hint
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_private_file_stays_private(tmp_path: Path) -> None:
    path = tmp_path / "K1.jsonl"
    path.write_bytes(b"old")
    path.chmod(0o600)
    disk.write_atomically(path, b"new")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_line_that_did_not_fit_leaves_no_half(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "trail.jsonl"
    disk.append_line(path, b'{"a":1}')
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        with pytest.raises(disk.CannotWrite):
            disk.append_line(path, b'{"b":2}')
    assert path.read_bytes() == b'{"a":1}\n'
    disk.append_line(path, b'{"c":3}')
    assert path.read_bytes() == b'{"a":1}\n{"c":3}\n'


def test_a_line_begins_on_its_own_after_a_crash(tmp_path: Path) -> None:
    path = tmp_path / "trail.jsonl"
    path.write_bytes(b'{"half')
    disk.append_line(path, b'{"c":3}')
    assert path.read_bytes() == b'{"half\n{"c":3}\n'


def held(path: Path, **changes: object) -> None:
    content = {"owner": "ola", "pid": os.getpid(), "host": socket.gethostname(), "since": time.time() - 130}
    path.write_text(json.dumps({**content, **changes}))


def test_a_lock_is_gone_afterwards(tmp_path: Path) -> None:
    path = tmp_path / ".qualkit" / "lock"
    with disk.lock(path, "kari"):
        assert json.loads(path.read_bytes())["owner"] == "kari"
    assert not path.exists()


def test_the_lock_of_a_living_process_stands_and_says_whose_it_is(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as living:
        held(path, pid=living.pid)
        with (
            pytest.raises(disk.StudyLocked, match=rf"by ola \(process {living.pid} on .*\), since 2 minutes ago") as e,
            disk.lock(path, "kari"),
        ):
            pytest.fail("two at once")
        assert "delete" in e.value.hint
        assert f"{tmp_path.name}/lock" in e.value.hint
        living.communicate(b"\n")
    assert json.loads(path.read_bytes())["owner"] == "ola"


def test_the_lock_of_a_process_that_is_gone_is_taken_over(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    with subprocess.Popen([sys.executable, "-c", ""]) as gone:
        pass
    held(path, pid=gone.pid)
    with disk.lock(path, "kari"):
        assert json.loads(path.read_bytes())["owner"] == "kari"


def test_the_lock_of_another_machine_is_never_taken_over(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    held(path, host="elsewhere", pid=1)
    with pytest.raises(disk.StudyLocked, match="on elsewhere"), disk.lock(path, "kari"):
        pytest.fail("two at once")


def test_an_empty_lock_is_waited_for_and_then_taken_over(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    path.touch()
    with pytest.raises(disk.StudyLocked, match="a moment ago"), disk.lock(path, "kari"):
        pytest.fail("two at once")
    os.utime(path, (time.time() - 60, time.time() - 60))
    with disk.lock(path, "kari"):
        assert path.stat().st_size


def test_a_full_disk_leaves_no_lock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "lock"
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(disk.CannotWrite, match="No space left"), disk.lock(path, "kari"):
        pytest.fail("nothing is locked")
    assert not path.exists()


@pytest.mark.parametrize(
    "error",
    [
        disk.CannotWrite(Path("K1.txt"), OSError(errno.ENOSPC, "full")),
        NewerStudy(7),
        FaultyFiles([Problem("a.txt", 1, 2, "c", "m", "h")], "nothing was done"),
    ],
)
def test_errors_travel_back_from_another_process(error: Exception) -> None:
    back = pickle.loads(pickle.dumps(error))
    assert (type(back), str(back), back.__dict__) == (type(error), str(error), error.__dict__)
