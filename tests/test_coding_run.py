import errno
import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from qualkit import disk
from qualkit import study as studies
from qualkit.cli import faults

SECRET = "Jeg måtte ringe kommunen."
METHODS_THAT_READ_FIRST = ["stc", "reflexive-ta"]


def root_of(folder: Path) -> Path:
    return folder.with_name(folder.name + "-study")


def words(root: Path, status: str = "proposed") -> list[str]:
    found, _ = studies.read_all_codings(studies.open_study(root))
    return [coding.unit.text for coding in found if coding.status == status]


def forget(root: Path) -> None:
    shutil.rmtree(root / ".qualkit", ignore_errors=True)


@pytest.mark.parametrize("with_cache", [True, False])
def test_a_second_run_changes_no_byte_and_proposes_nothing(
    qualkit: Callable, interviews: Callable, state_of: Callable, with_cache: bool
) -> None:
    folder = interviews()
    first = qualkit("code", folder)
    before = state_of(root_of(folder))
    if not with_cache:
        forget(root_of(folder))
    again = qualkit("code", folder)
    assert again.code == 0
    assert state_of(root_of(folder)) == before
    assert "2 transcripts" in again.err
    assert "; nothing new." in again.err
    assert again.out == first.out


def test_decisions_stand_when_rules_change_and_proposals_are_withdrawn(qualkit: Callable, interviews: Callable) -> None:
    folder = interviews()
    root = root_of(folder)
    qualkit("code", folder)
    assert qualkit("review", "--study", root, "--transcript", "K1", keys="a\nr\n").code == 0
    book = root / "codebook.yaml"
    book.write_text(book.read_text().replace("lemma:ringe", "regne").replace("lemma:vente", "lemma:regne"))
    ran = qualkit("code", root)
    assert "withdrawn" in ran.err
    assert words(root, "accepted") == ["Jeg måtte ringe kommunen."]
    assert words(root, "rejected") == ["Da måtte jeg vente."]
    assert words(root) == ["Det regnet."]
    assert not any("withdraw" in line for line in (root / "trail.jsonl").read_text().splitlines() if '"reject"' in line)


def test_codings_follow_a_changed_transcript_and_the_others_go_on(qualkit: Callable, interviews: Callable) -> None:
    folder = interviews()
    root = root_of(folder)
    qualkit("code", folder)
    qualkit("review", "--study", root, keys="a\na\na\na\na\n")
    before = words(root)
    file = root / "transcripts" / "K1.txt"
    file.write_text(file.read_text().replace("Hva skjedde?", "Hva var det som skjedde?"))
    (folder / "K3.txt").write_text("I: Hva?\n\nK3: Jeg ringte.\n")
    checked = qualkit("check", "--study", root)
    assert (checked.code, "the text was changed since it was coded" in checked.err) == (1, True)
    first, second = qualkit("code", folder), qualkit("code", folder)
    assert (first.code, second.code) == (0, 0)
    assert "K1 was changed: of its codings 2 moved with their words." in first.err
    assert "was changed" not in second.err
    assert sorted(set(words(root))) == sorted({*before, "Jeg ringte."})
    assert qualkit("check", "--study", root).code == 0


def test_a_changed_text_is_noticed_also_where_the_header_does_not_tell(qualkit: Callable, interviews: Callable) -> None:
    folder = interviews()
    root = root_of(folder)
    qualkit("code", folder)
    qualkit("review", "--study", root, keys="a\na\na\na\na\n")
    file = root / "transcripts" / "K1.txt"
    lines = [line for line in file.read_text().split("\n") if not line.startswith("sha256:")]
    file.write_text("\n".join(lines).replace("Hva skjedde?", "Hva var det som skjedde?"))
    checked = qualkit("check", "--study", root)
    assert checked.code == 1
    assert "codings/kari/K1.jsonl: 2 codings no longer stand on their words" in checked.err
    ran = qualkit("code", folder)
    assert ran.code == 0
    assert "K1 was changed: of its codings 2 moved with their words." in ran.err


def test_proposals_on_changed_text_are_not_shown_for_review(qualkit: Callable, interviews: Callable) -> None:
    folder = interviews()
    root = root_of(folder)
    qualkit("code", folder)
    file = root / "transcripts" / "K1.txt"
    file.write_text(file.read_text().replace("Hva skjedde?", "Hva var det som skjedde?"))
    ran = qualkit("review", "--study", root, keys="a\na\na\na\n")
    assert "Not shown, since the text was changed under them: K1" in ran.err
    assert {coding.split(":")[0] for coding in words(root, "accepted")} <= {
        "Vi venter alltid på svar.",
        "Ingen ringer oss.",
    }


def test_a_transcript_saved_in_another_encoding_is_named_and_the_others_go_on(
    qualkit: Callable, interviews: Callable
) -> None:
    folder = interviews()
    root = root_of(folder)
    qualkit("code", folder)
    file = root / "transcripts" / "K1.txt"
    file.write_bytes(file.read_text().encode("cp1252"))
    for ran in (qualkit("code", folder), qualkit("check", "--study", root)):
        assert ran.code == 1
        assert "transcripts/K1.txt:" in ran.err
        assert "the file is not UTF-8 here" in ran.err
        assert "måtte" not in ran.err


def test_a_transcript_whose_header_names_another_is_told(qualkit: Callable, interviews: Callable) -> None:
    folder = interviews()
    root = root_of(folder)
    qualkit("code", folder)
    (root / "transcripts" / "K7.txt").write_bytes((root / "transcripts" / "K1.txt").read_bytes())
    ran = qualkit("check", "--study", root)
    assert "transcripts/K7.txt:2:1: the header says “K1”, the file's name “K7”" in ran.err
    before = (root / "codings/_rules/K1.jsonl").read_bytes()
    assert qualkit("code", root).code == 1
    assert (root / "codings/_rules/K1.jsonl").read_bytes() == before


def writes(monkeypatch: pytest.MonkeyPatch, fail_at: int, call: str) -> list[str]:
    """Let the disk be full at one call of fsync, of write half way through, or of the renaming."""
    seen: list[str] = []
    real = {"fsync": os.fsync, "write": disk._write, "replace": Path.replace}[call]

    def counted(first: object, *rest: object) -> object:
        seen.append(call)
        if len(seen) == fail_at:
            if call == "write":
                first.write(rest[0][: len(rest[0]) // 2])  # type: ignore[attr-defined,index]
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return real(first, *rest)  # type: ignore[operator]

    if call == "replace":
        monkeypatch.setattr(Path, "replace", counted)
    else:
        monkeypatch.setattr(*((os, "fsync") if call == "fsync" else (disk, "_write")), counted)
    return seen


@pytest.mark.parametrize("call", ["write", "fsync", "replace"])
def test_after_a_full_disk_at_any_moment_running_again_completes(
    qualkit: Callable, interviews: Callable, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    whole = interviews(name="whole")
    qualkit("code", whole)
    wanted = words(root_of(whole))
    assert SECRET in wanted
    for moment in range(1, 100):
        folder = interviews(name=f"run-{moment}", participants="id;rolle\nK1;a\nK2;b\n")
        with monkeypatch.context() as patch:
            seen = writes(patch, moment, call)
            ran = qualkit("code", folder)
        if len(seen) < moment:
            break
        assert ran.code == 0 or "No space left on device" in ran.err
        assert "broke off" not in ran.err
        assert SECRET not in ran.err
        if root_of(folder).exists():
            checked = qualkit("check", "--study", root_of(folder))
            assert checked.code == 0, checked.err
        assert not list(folder.parent.glob(f".run-{moment}-*"))
        again = qualkit("code", folder)
        assert again.code == 0, again.err
        assert words(root_of(folder)) == wanted
        assert not list(root_of(folder).rglob("*.qualkit-part"))
        assert qualkit("check", "--study", root_of(folder)).code == 0
        assert (root_of(folder) / "participants.csv").read_text() == "id;rolle\nK1;a\nK2;b\n"
    assert moment > 5


@pytest.mark.parametrize("call", ["write", "fsync", "replace"])
def test_after_a_full_disk_a_review_goes_on(
    qualkit: Callable, interviews: Callable, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    for moment in range(1, 50):
        folder = interviews(name=f"run-{moment}")
        root = root_of(folder)
        qualkit("code", folder)
        with monkeypatch.context() as patch:
            seen = writes(patch, moment, call)
            qualkit("review", "--study", root, keys="a\nr\na\nu\na\na\n")
        if len(seen) < moment:
            break
        assert qualkit("check", "--study", root).code == 0
        assert qualkit("review", "--study", root, keys="a\na\na\na\na\n").code == 0
        told = {line["object"] for line in map(json.loads, (root / "trail.jsonl").read_text().splitlines())}
        found, _ = studies.read_codings(studies.open_study(root), "kari", "K1")
        assert {f"coding {coding.id}" for coding in found} <= told
        assert words(root) == []
    assert moment > 5


def test_a_study_that_cannot_be_written_to(
    qualkit: Callable, interviews: Callable, state_of: Callable, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = interviews()
    root = root_of(folder)
    qualkit("code", folder)
    (folder / "K3.txt").write_text("I: Hva?\n\nK3: Jeg ringte.\n")
    before = state_of(root, cache=True)
    monkeypatch.setattr(os, "access", lambda _, mode: mode != os.W_OK)
    ran = qualkit("code", folder)
    assert ran.code == 1
    assert "Error: the study interviews-study cannot be written to" in ran.err
    assert state_of(root, cache=True) == before
    assert qualkit("code", folder, "-n").code == 0
    assert qualkit("themes", "matrix", "--study", root).code == 0


def test_a_dry_run_writes_nothing_anywhere(
    qualkit: Callable, interviews: Callable, state_of: Callable, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import tempfile

    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(scratch))
    folder = interviews()
    before = state_of(tmp_path, cache=True)
    ran = qualkit("code", folder, "-n")
    assert ran.code == 0
    assert "4 codings would be proposed" in ran.err
    assert state_of(tmp_path, cache=True) == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["interviews", "scratch"]
    real = qualkit("code", folder)
    assert "4 codings proposed" in real.err
    (folder / "K3.txt").write_text("I: Hva?\n\nK3: Jeg ringte.\n")
    before = state_of(tmp_path, cache=True)
    ran = qualkit("code", folder, "-n")
    assert "1 codings would be proposed" in ran.err
    assert "3 transcripts, 35 words" in ran.err
    assert state_of(tmp_path, cache=True) == before


def test_a_broken_participants_file_stops_before_anything_is_made(qualkit: Callable, interviews: Callable) -> None:
    folder = interviews(participants="navn;rolle\nKari;x\n")
    ran = qualkit("code", folder)
    assert ran.code == 1
    assert "participants.csv:1:1: there is no column “id”" in ran.err
    assert list(folder.parent.iterdir()) == [folder]


@pytest.mark.parametrize("data", [b"\x89PNG\r\n\x1a\n\0\0\0", b"PK\x03\x04broken", b'id;"labels\n' + b"x" * 200_000])
def test_a_participants_file_that_is_none(qualkit: Callable, interviews: Callable, data: bytes) -> None:
    folder = interviews(participants=data)
    ran = qualkit("code", folder)
    assert ran.code == 1
    assert "participants.csv" in ran.err
    assert "broke off" not in ran.err
    assert list(folder.parent.iterdir()) == [folder]


def test_a_codebook_saved_while_the_run_goes_on_is_not_passed_over(
    qualkit: Callable, interviews: Callable, monkeypatch: pytest.MonkeyPatch
) -> None:
    from qualkit import coding_run

    folder = interviews()
    root = root_of(folder)
    real = coding_run.update_proposals

    def meanwhile(*arguments: object, **options: object) -> object:
        book = root / "codebook.yaml"
        book.write_text(book.read_text().replace("lemma:vente", "lemma:regne"))
        return real(*arguments, **options)  # type: ignore[arg-type]

    with monkeypatch.context() as patch:
        patch.setattr(coding_run, "update_proposals", meanwhile)
        qualkit("code", folder)
    ran = qualkit("code", root)
    assert "nothing new" not in ran.err
    assert "Det regnet." in words(root)


@pytest.mark.drafts
@pytest.mark.parametrize("method", METHODS_THAT_READ_FIRST)
def test_proposals_are_not_shown_before_reading(qualkit: Callable, interviews: Callable, method: str) -> None:
    folder = interviews()
    root = root_of(folder)
    ran = qualkit("code", folder, "--method", method, "--json")
    assert all(not row["proposed"] for row in json.loads(ran.out))
    assert "Proposals in 2 transcripts are not shown" in ran.err
    ran = qualkit("review", "--study", root, keys="a\na\n")
    assert "Not shown, since not marked as read: K1, K2" in ran.err
    assert ran.out == ""
    ran = qualkit("review", "--study", root, "--transcript", "K1", keys="a\n")
    assert (ran.code, ran.out) == (1, "")
    assert "K1 is not marked as read" in ran.err
    ran = qualkit("themes", "matrix", "--study", root, "--with-proposals", "--json")
    assert all(value is None for row in json.loads(ran.out) for key, value in row.items() if key != "code")
    import qualkit as notebook

    study = notebook.open_study(root)
    assert notebook.codings(study, with_proposals=True).empty
    assert notebook.transcript(study, "K1", with_proposals=True).codings == ()
    assert qualkit("export", "csv", "--study", root, "--with-proposals").code == 0
    assert not any("ringe kommunen" in path.read_text() for path in (root / "exports").iterdir())

    assert qualkit("review", "--study", root, "--read", "K1").code == 0
    ran = qualkit("code", root, "--json")
    assert sum(row["proposed"] for row in json.loads(ran.out)) == 2
    assert set(notebook.codings(study, with_proposals=True)["transcript"]) == {"K1"}
    ran = qualkit("review", "--study", root, keys="a\n")
    assert "»Jeg måtte ringe kommunen.«" in ran.out
    ran = qualkit("themes", "matrix", "--study", root, "--json")
    assert [row["K1"] for row in json.loads(ran.out)] == ["●", None]
    assert all(row["K2"] is None for row in json.loads(ran.out))


def test_before_reading_is_written_to_the_trail(qualkit: Callable, interviews: Callable) -> None:
    folder = interviews()
    root = root_of(folder)
    qualkit("code", folder, "--method", "stc")
    ran = qualkit("review", "--study", root, "--before-reading", "pilot", keys="a\n")
    assert "»Jeg måtte ringe kommunen.«" in ran.out
    ran = qualkit("log", "--study", root, "--what", "before-reading", "--json")
    assert [line["why"] for line in json.loads(ran.out)] == ["pilot"]


@pytest.mark.drafts
def test_a_codebook_of_three_thousand_codes(qualkit: Callable, interviews: Callable) -> None:
    codes = "".join(
        f'- id: c{n}\n  name: Kode {n}\n  rules: ["ord{n}", "lemma:ringe rundt {n}"]\n' for n in range(3000)
    )
    folder = interviews({"K1.txt": "I: Hva?\n\nK1: Det var ord2999 og ord7.\n"}, codebook=f"codes:\n{codes}")
    ran = qualkit("code", folder, "--json")
    assert ran.code == 0
    assert [row["code"] for row in json.loads(ran.out) if row["proposed"]] == ["Kode 7", "Kode 2999"]
    assert qualkit("export", "excel", "--study", root_of(folder), "--with-proposals").code == 0


def test_a_crash_tells_no_words(qualkit: Callable, interviews: Callable, monkeypatch: pytest.MonkeyPatch) -> None:
    from qualkit import coding_run

    folder = interviews()

    def crash(*_: object, **__: object) -> None:
        try:
            raise KeyError(SECRET)
        except KeyError as error:
            raise RuntimeError(SECRET) from error

    monkeypatch.setattr(coding_run, "update_proposals", crash)
    ran = qualkit("code", folder)
    assert ran.code == 1
    assert "ringe" not in ran.out + ran.err
    assert "RuntimeError at " in ran.err
    assert "Traceback" not in ran.err


def test_a_crash_of_the_system_names_the_file_and_the_reason(capsys: pytest.CaptureFixture[str]) -> None:
    assert faults.tell(PermissionError(errno.EACCES, SECRET, "/home/kari/codings/K1.jsonl")) == 1
    assert "K1.jsonl: Permission denied" in capsys.readouterr().err


def test_the_study_works_from_elsewhere_and_after_it_was_moved(
    qualkit: Callable, interviews: Callable, tmp_path: Path
) -> None:
    folder = interviews()
    root = root_of(folder)
    qualkit("code", folder)
    qualkit("review", "--study", root, keys="a\na\n")
    accepted = words(root, "accepted")
    moved = tmp_path / "et annet sted"
    moved.mkdir()
    shutil.move(folder, moved / folder.name)
    shutil.move(root, moved / root.name)
    root = moved / root.name
    ran = qualkit("code", cwd=root / "transcripts")
    assert ran.code == 0, ran.err
    assert "nothing new" in ran.err
    assert words(root, "accepted") == accepted
    assert qualkit("check", cwd=root).code == 0
    (moved / folder.name / "K3.txt").write_text("I: Hva?\n\nK3: Jeg ringte.\n")
    assert "K3.txt → K3" in qualkit("code", folder.name, cwd=moved).err
    alone = tmp_path / "alone"
    shutil.move(root, alone)
    ran = qualkit("code", alone)
    assert ran.code == 0
    assert "study.yaml: there is no folder “../interviews”" in ran.err
    assert words(alone, "accepted") == accepted


def test_a_study_behind_a_link_stores_paths_that_can_be_moved(
    qualkit: Callable, interviews: Callable, tmp_path: Path
) -> None:
    folder = interviews()
    (tmp_path / "a" / "b" / "c").mkdir(parents=True)
    link = tmp_path / "a" / "b" / "c" / "link"
    link.symlink_to(tmp_path)
    assert qualkit("code", link / folder.name).code == 0
    assert 'source: "../interviews/K1.txt"' in (root_of(folder) / "transcripts/K1.txt").read_text()
    assert "nothing new" in qualkit("code", folder).err


def test_a_study_from_a_mac_with_letters_in_two_parts(qualkit: Callable, interviews: Callable) -> None:
    import unicodedata

    folder = interviews({"Kåre.txt": "I: Hva?\n\nK1: Jeg måtte ringe.\n"})
    root = root_of(folder)
    qualkit("code", folder)
    qualkit("review", "--study", root, keys="a\n")
    for path in [*root.glob("transcripts/*"), *root.glob("codings/*/*")]:
        path.rename(path.with_name(unicodedata.normalize("NFD", path.name)))
    assert qualkit("code", root).code == 0
    assert words(root, "accepted") == ["Jeg måtte ringe."]
    assert words(root) == []
    assert len(list(root.glob("codings/*/*"))) == 2
    assert qualkit("check", "--study", root).code == 0
