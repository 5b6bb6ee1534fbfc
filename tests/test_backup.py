import hashlib
import json
import os
import shutil
import stat
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from qualkit import backup as backups
from qualkit import study as studies
from qualkit.backup import MANIFEST, SEALED, BackupDiffers, CannotRead, make_backup
from qualkit.restoring import NotABackup, restore

PASSPHRASE = "fire ord er lette"


@pytest.fixture
def root(qualkit: Callable, interviews: Callable) -> Path:
    folder = interviews()
    assert qualkit("code", folder).code == 0
    root: Path = folder.with_name("interviews-study")
    (root / "private").mkdir()
    (root / "private" / "identities.yaml").write_text("K1: Kari Nes\n" * 100)
    (root / "memos" / "år").mkdir(parents=True)
    (root / "memos" / "år" / "ærlig.md").write_text("æøå 😀")
    (root / "tom.txt").touch()
    return root


def files(folder: Path) -> dict[str, bytes]:
    found = {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    return {name: data for name, data in found.items() if not name.startswith(".qualkit/")}


def test_what_was_backed_up_is_restored_to_the_byte(qualkit: Callable, root: Path, tmp_path: Path) -> None:
    before = files(root)
    ran = qualkit("backup", tmp_path / "b.zip", "--study", root)
    assert ran.code == 0, ran.err
    assert f"{len(before) - 1} files; read again and found whole." in ran.err
    assert "private/ is not in it" in ran.err
    assert "Originals outside the study are not in it:\n  - ../interviews" in ran.err
    ran = qualkit("restore", tmp_path / "b.zip", tmp_path / "ny")
    assert ran.code == 0, ran.err
    assert files(tmp_path / "ny") == {name: data for name, data in before.items() if not name.startswith("private/")}
    assert qualkit("check", "--study", tmp_path / "ny").err == "Nothing is wrong.\n"
    assert files(root) == before


def test_private_is_sealed(qualkit: Callable, root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUALKIT_PASSPHRASE", PASSPHRASE)
    assert qualkit("backup", tmp_path / "b.zip", "--study", root, "--private").code == 0
    with zipfile.ZipFile(tmp_path / "b.zip") as package:
        assert not [name for name in package.namelist() if name.startswith("private/")]
        assert b"Kari" not in package.read(SEALED) + package.read(MANIFEST)
    assert qualkit("restore", tmp_path / "b.zip", tmp_path / "ny").code == 0
    assert files(tmp_path / "ny") == files(root)
    assert qualkit("restore", tmp_path / "b.zip", tmp_path / "uten", "--without-private").code == 0
    assert not (tmp_path / "uten" / "private").exists()
    monkeypatch.setenv("QUALKIT_PASSPHRASE", PASSPHRASE + "!")
    ran = qualkit("restore", tmp_path / "b.zip", tmp_path / "feil")
    assert (ran.code, (tmp_path / "feil").exists()) == (1, False)
    assert "the passphrase is not the one it was sealed with" in ran.err
    monkeypatch.setenv("QUALKIT_PASSPHRASE", "kort")
    assert qualkit("backup", tmp_path / "c.zip", "--study", root, "--private").code == 2
    assert not (tmp_path / "c.zip").exists()


def test_the_same_study_gives_the_same_bytes(root: Path, tmp_path: Path) -> None:
    study = studies.open_study(root)
    make_backup(study, tmp_path / "a.zip")
    os.utime(root / "codebook.yaml", (1, 1))
    make_backup(study, tmp_path / "b.zip")
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()
    assert stat.S_IMODE((tmp_path / "a.zip").stat().st_mode) == 0o600


def test_nothing_is_written_over_and_nothing_half_is_left(
    qualkit: Callable, root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "ut" / "b.zip"
    target.parent.mkdir()
    target.write_bytes(b"mine")
    ran = qualkit("backup", target, "--study", root)
    assert (ran.code, target.read_bytes()) == (1, b"mine")
    study = studies.open_study(root)
    monkeypatch.setattr(backups, "_is_whole", lambda *_: False)
    with pytest.raises(BackupDiffers):
        make_backup(study, target, force=True)
    assert [path.name for path in target.parent.iterdir()] == ["b.zip"]
    assert target.read_bytes() == b"mine"


def test_a_byte_that_changes_on_the_way_is_seen(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = backups._copied

    def bad_memory(path: Path, file: str, out: object) -> dict[str, object]:
        told = real(path, file, out)  # type: ignore[arg-type]
        return {**told, "sha256": hashlib.sha256(b"other").hexdigest()} if file == "codebook.yaml" else told

    monkeypatch.setattr(backups, "_copied", bad_memory)
    with pytest.raises(BackupDiffers, match=r"b\.zip was not kept"):
        make_backup(studies.open_study(root), tmp_path / "b.zip")
    assert not (tmp_path / "b.zip").exists()


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="the administrator may read every file")
def test_a_file_that_cannot_be_read_stops_it(root: Path, tmp_path: Path) -> None:
    (root / "codebook.yaml").chmod(0)
    with pytest.raises(CannotRead, match=r"codebook\.yaml cannot be read"):
        make_backup(studies.open_study(root), tmp_path / "b.zip")


def test_links_the_cache_and_the_backup_itself_stay_out(qualkit: Callable, root: Path) -> None:
    (root / "lenke.txt").symlink_to("/etc/hostname")
    (root / "mappe").symlink_to("/etc")
    ran = qualkit("backup", root / "b.zip", "--study", root)
    assert "  - lenke.txt\n  - mappe\n" in ran.err
    assert "The backup lies inside the study" in ran.err
    beside = qualkit("backup", root / ".." / "beside.zip", "--study", root)
    assert "inside the study" not in beside.err
    with zipfile.ZipFile(root / "b.zip") as package:
        names = package.namelist()
    assert not [name for name in names if name.startswith((".qualkit", "b.zip", "lenke", "mappe"))]
    qualkit("backup", root / "b.zip", "--study", root, "--force")
    with zipfile.ZipFile(root / "b.zip") as package:
        assert package.namelist() == names


def rewritten(source: Path, target: Path, change: Callable[[dict[str, bytes], dict], None]) -> Path:
    """Write a backup again, changed by somebody who knows how the list is made."""
    with zipfile.ZipFile(source) as package:
        members = {name: package.read(name) for name in package.namelist()}
    listed = json.loads(members.pop(MANIFEST))
    change(members, listed)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in members.items():
            package.writestr(name, data)
        package.writestr(MANIFEST, json.dumps(listed))
    return target


def entry(name: str, data: bytes) -> dict[str, object]:
    return {"path": name, "size": len(data), "sha256": hashlib.sha256(data).hexdigest()}


@pytest.mark.parametrize(
    "name", ["../evil.txt", "/tmp/evil.txt", "a/../../evil.txt", "C:/evil.txt", "a\\..\\evil", "a//b"]
)
def test_no_path_leads_out_of_the_folder(root: Path, tmp_path: Path, name: str) -> None:
    make_backup(studies.open_study(root), tmp_path / "b.zip")

    def change(members: dict[str, bytes], listed: dict) -> None:
        members[name] = b"x"
        listed["files"].append(entry(name, b"x"))

    bad = rewritten(tmp_path / "b.zip", tmp_path / "bad.zip", change)
    before = sorted(tmp_path.iterdir())
    with pytest.raises(NotABackup, match="a path that leads out of the folder"):
        restore(bad, tmp_path / "ny")
    assert sorted(tmp_path.iterdir()) == before


def test_a_link_in_a_backup_is_refused(root: Path, tmp_path: Path) -> None:
    make_backup(studies.open_study(root), tmp_path / "b.zip")
    with zipfile.ZipFile(tmp_path / "b.zip", "a") as package:
        link = zipfile.ZipInfo("lenke")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        package.writestr(link, "/etc/passwd")
    with pytest.raises(NotABackup, match="a link"):
        restore(tmp_path / "b.zip", tmp_path / "ny")


def test_what_is_not_what_the_list_says_is_refused(root: Path, tmp_path: Path) -> None:
    make_backup(studies.open_study(root), tmp_path / "b.zip")

    def other_words(members: dict[str, bytes], _: dict) -> None:
        members["codebook.yaml"] = b"x" * len(members["codebook.yaml"])

    def one_more(members: dict[str, bytes], _: dict) -> None:
        members["mer.txt"] = b""

    def one_less(members: dict[str, bytes], _: dict) -> None:
        del members["trail.jsonl"]

    def another_size(_: dict[str, bytes], listed: dict) -> None:
        listed["files"][0]["size"] += 1

    def no_study(members: dict[str, bytes], listed: dict) -> None:
        del members["study.yaml"]
        listed["files"] = [one for one in listed["files"] if one["path"] != "study.yaml"]

    def newer(_: dict[str, bytes], listed: dict) -> None:
        listed["qualkit_backup"] = 2

    def odd(_: dict[str, bytes], listed: dict) -> None:
        listed["files"] = [1]

    for number, change in enumerate((other_words, one_more, one_less, another_size, no_study, newer, odd)):
        bad = rewritten(tmp_path / "b.zip", tmp_path / f"{number}.zip", change)
        with pytest.raises(NotABackup):
            restore(bad, tmp_path / "ny")
        assert not (tmp_path / "ny").exists()
    data = bytearray((tmp_path / "b.zip").read_bytes())
    for at in range(0, len(data), 97):
        broken = bytearray(data)
        broken[at] ^= 0x55
        (tmp_path / "broken.zip").write_bytes(broken)
        try:
            restore(tmp_path / "broken.zip", tmp_path / "ny")
        except NotABackup:
            assert not (tmp_path / "ny").exists()
        else:
            # Bytes that say nothing: the day, the system that wrote it.
            assert {n: d for n, d in files(root).items() if not n.startswith("private/")} == files(tmp_path / "ny")
            shutil.rmtree(tmp_path / "ny")


def test_a_bomb_is_refused_before_it_grows(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make_backup(studies.open_study(root), tmp_path / "b.zip")
    zeros = bytes(20_000_000)

    def bomb(members: dict[str, bytes], listed: dict) -> None:
        members["stor.txt"] = zeros
        listed["files"].append(entry("stor.txt", zeros))

    bad = rewritten(tmp_path / "b.zip", tmp_path / "bomb.zip", bomb)
    monkeypatch.setattr("qualkit.restoring._SUSPECT_SIZE", 10_000_000)
    with pytest.raises(NotABackup, match="times its size, which no study does"):
        restore(bad, tmp_path / "ny")
    monkeypatch.setattr("shutil.disk_usage", lambda _: shutil._ntuple_diskusage(10, 10, 1_000_000))
    with pytest.raises(NotABackup, match="it needs 20 MB, more than there is room for"):
        restore(bad, tmp_path / "ny")


def test_nothing_is_restored_over_anything(qualkit: Callable, root: Path, tmp_path: Path) -> None:
    make_backup(studies.open_study(root), tmp_path / "b.zip")
    (tmp_path / "tom").mkdir()
    assert qualkit("restore", tmp_path / "b.zip", tmp_path / "tom").code == 0
    before = files(tmp_path / "tom")
    ran = qualkit("restore", tmp_path / "b.zip", tmp_path / "tom")
    assert (ran.code, files(tmp_path / "tom")) == (1, before)
    assert "tom is there already and is not empty" in ran.err
    (tmp_path / "lenke").symlink_to(tmp_path / "annet")
    assert qualkit("restore", tmp_path / "b.zip", tmp_path / "lenke").code == 1
    assert qualkit("restore", root / "codebook.yaml", tmp_path / "x").code == 1


def test_a_large_study_is_read_piece_by_piece(root: Path, tmp_path: Path) -> None:
    import tracemalloc

    for number in range(40):
        (root / "originals").mkdir(exist_ok=True)
        (root / "originals" / f"{number}.txt").write_bytes(os.urandom(1_000_000))
    tracemalloc.start()
    try:
        make_backup(studies.open_study(root), tmp_path / "b.zip")
        restore(tmp_path / "b.zip", tmp_path / "ny")
        assert tracemalloc.get_traced_memory()[1] < 12_000_000
    finally:
        tracemalloc.stop()


def test_a_withdrawal_names_the_backups_made(qualkit: Callable, root: Path, tmp_path: Path) -> None:
    qualkit("backup", tmp_path / "b.zip", "--study", root)
    ran = qualkit("withdraw", "K1", "--study", root, "--yes")
    assert f"Backups made with qualkit: {tmp_path / 'b.zip'}." in ran.err
