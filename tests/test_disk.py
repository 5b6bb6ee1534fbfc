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


def spoken(path: Path, owner: str = "kari") -> disk.StudyLocked:
    with pytest.raises(disk.StudyLocked) as caught, disk.lock(path, owner):
        pytest.fail("two at once")
    return caught.value


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="only Linux tells when a process began")
def test_a_later_process_with_the_same_number_is_not_the_holder(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    with disk.lock(path, "ola"):
        mine = json.loads(path.read_bytes())
    held(path, pid=os.getpid(), process=mine["process"])
    assert "by ola" in str(spoken(path))
    held(path, pid=os.getpid(), process="another start of the computer/17")
    with disk.lock(path, "kari"):
        assert json.loads(path.read_bytes())["owner"] == "kari"


def test_how_old_a_lock_is_and_what_to_do_about_an_old_one_of_another_computer(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    for ago, words in ((10, "less than a minute"), (60, "a minute"), (7200, "2 hours"), (200_000, "2 days")):
        held(path, host="elsewhere", since=time.time() - ago)
        error = spoken(path)
        assert str(error).endswith(f"on elsewhere), since {words} ago")
        assert ("switched off" in error.hint) is (ago > 86_400)
        assert "delete" in error.hint


def test_a_clock_that_went_back(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    held(path, host="elsewhere", since=time.time() + 5000)
    assert "a time that has not come yet" in str(spoken(path))
    held(path, host="elsewhere", since=float("inf"))
    assert "a time that has not come yet" in str(spoken(path))


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b"7",
        b"null",
        b"\xff\xfe",
        b"[" * 100_000,
        b'{"pid": 1e999, "host": "a", "since": 1, "owner": 1}',
    ],
)
def test_an_unreadable_lock_is_waited_for_a_moment_and_then_taken_over(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "lock"
    path.write_bytes(content)
    assert "a moment ago" in str(spoken(path))
    os.utime(path, (time.time() - 60, time.time() - 60))
    with disk.lock(path, "kari"):
        assert json.loads(path.read_bytes())["owner"] == "kari"


def test_a_number_no_process_can_have(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    held(path, pid=10**30)
    with disk.lock(path, "kari"):
        assert path.stat().st_size


def test_a_link_or_a_folder_in_the_place_of_the_lock_does_not_hang(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    path.symlink_to(tmp_path / "nowhere")
    spoken(path)
    assert not (tmp_path / "nowhere").exists()
    path.unlink()
    path.mkdir()
    spoken(path)
    (tmp_path / "file").touch()
    with pytest.raises(disk.CannotWrite), disk.lock(tmp_path / "file" / "lock", "kari"):
        pytest.fail("nothing is locked")


def test_what_others_wrote_into_a_lock_does_not_command_the_terminal(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    held(path, owner="\x1b[31m" + "ola" * 100, host="\x9bthere\n")
    said = str(spoken(path))
    assert said.isprintable()
    assert len(said) < 250


def test_where_nobody_can_tell_who_is_alive_the_holder_counts_as_alive(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "lock"
    with subprocess.Popen([sys.executable, "-c", ""]) as gone:
        pass
    held(path, pid=gone.pid)
    with monkeypatch.context() as patch:
        patch.setattr(disk, "_alive", lambda pid: pid > 0)
        assert f"process {gone.pid}" in str(spoken(path))


def test_a_lock_that_another_took_meanwhile_is_left_to_it(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    with disk.lock(path, "kari"):
        held(path, owner="ola", host="elsewhere")
    assert json.loads(path.read_bytes())["owner"] == "ola"


def test_somebody_with_patience_gets_the_lock_when_it_is_free(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    script = (
        "import time; from qualkit import disk; from pathlib import Path\n"
        f"with disk.lock(Path({str(path)!r}), 'ola'):\n"
        "    print('held', flush=True); time.sleep(0.3)"
    )
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        spoken(path)
        with disk.lock(path, "kari", patience=20):
            assert json.loads(path.read_bytes())["owner"] == "kari"


def test_of_many_who_find_an_abandoned_lock_one_gets_it(tmp_path: Path) -> None:
    path, count = tmp_path / "lock", tmp_path / "count"
    with subprocess.Popen([sys.executable, "-c", ""]) as gone:
        pass
    held(path, pid=gone.pid)
    count.write_text("0")
    script = (
        "import sys, time; from qualkit import disk; from pathlib import Path\n"
        f"path, count = Path({str(path)!r}), Path({str(count)!r})\n"
        "for _ in range(20):\n"
        "    with disk.lock(path, 'x', patience=60):\n"
        "        number = int(count.read_text()); count.write_text(str(number + 1))\n"
    )
    many = [subprocess.Popen([sys.executable, "-c", script]) for _ in range(4)]
    assert [one.wait(120) for one in many] == [0] * 4
    assert count.read_text() == "80"


def test_what_killed_processes_left_half_written_is_taken_away(tmp_path: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", ""]) as gone:
        pass
    mine, host = disk._part_name("K1.txt"), disk._host_mark()
    dead = mine.replace(f".{os.getpid()}-", f".{gone.pid}-")
    other_new, other_old = (f".K{n}.txt.{gone.pid}-{'0' * len(host)}.qualkit-part" for n in (1, 2))
    for name in (mine, dead, other_new, other_old, "K1.txt", ".qualkit-part"):
        (tmp_path / name).write_text("words")
    os.utime(tmp_path / other_old, (1, 1))
    disk.sweep([tmp_path, tmp_path / "nowhere"])
    assert {path.name for path in tmp_path.iterdir()} == {mine, other_new, "K1.txt", ".qualkit-part"}


def test_a_very_long_name_is_written_all_the_same(tmp_path: Path) -> None:
    path = tmp_path / ("😀" * 44 + "." + "txt")
    disk.write_atomically(path, b"one")
    assert [one.read_bytes() for one in tmp_path.iterdir()] == [b"one"]


def test_a_name_is_seen_to_the_disk_with_its_file_and_together_once_a_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[Path] = []
    monkeypatch.setattr(disk, "_sync_folder", seen.append)
    disk.write_atomically(tmp_path / "a", b"1")
    disk.append_line(tmp_path / "b", b"1")
    disk.append_line(tmp_path / "b", b"2")
    assert seen == [tmp_path, tmp_path]
    seen.clear()
    with disk.together():
        for number in range(5):
            disk.write_atomically(tmp_path / f"{number % 2}" / f"{number}", b"1")
        with disk.together():
            disk.write_atomically(tmp_path / "c", b"1")
        assert seen == []
    assert sorted(seen) == sorted([tmp_path / "0", tmp_path / "1", tmp_path])
    seen.clear()

    @disk.together()
    def write_and_fail() -> None:
        disk.write_atomically(tmp_path / "d", b"1")
        raise RuntimeError

    with pytest.raises(RuntimeError):
        write_and_fail()
    assert seen == [tmp_path]


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


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="only Linux tells the state of a process in a file")
def test_a_process_that_was_killed_and_not_waited_for_holds_no_lock(tmp_path: Path) -> None:
    child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    path = tmp_path / "lock"
    path.write_text(json.dumps({"owner": "kari", "pid": child.pid, "host": socket.gethostname(), "since": time.time()}))
    child.kill()
    while Path(f"/proc/{child.pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z":
        time.sleep(0.01)
    try:
        with disk.lock(path, "ola"):
            assert json.loads(path.read_text())["owner"] == "ola"
    finally:
        child.wait()
