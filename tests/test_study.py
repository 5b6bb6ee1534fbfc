import os
from collections.abc import Callable
from pathlib import Path

import pytest

from qualkit import study as studies
from qualkit.errors import FaultyFiles
from qualkit.model import Settings, Transcript
from qualkit.text import sha256_hex


def made(root: Path, settings: str | None = None) -> studies.Study:
    study = studies.create_study(root, Settings("T"))
    if settings is not None:
        (root / "study.yaml").write_text(settings)
    return study


def test_a_study_is_found_from_any_folder_below(tmp_path: Path) -> None:
    made(tmp_path / "s")
    (tmp_path / "s" / "a" / "b").mkdir(parents=True)
    assert studies.open_study(tmp_path / "s" / "a" / "b").root == tmp_path / "s"


def test_a_slip_in_the_name_does_not_open_the_study_around(tmp_path: Path, qualkit: Callable) -> None:
    made(tmp_path)
    with pytest.raises(studies.NoStudy, match="there is no study in my-stduy"):
        studies.open_study(tmp_path / "my-stduy")
    ran = qualkit("check", "--study", "my-stduy", cwd=tmp_path)
    assert (ran.code, ran.out) == (1, "")
    assert "there is no study in my-stduy" in ran.err


def test_a_newer_format_is_refused(tmp_path: Path, qualkit: Callable, state_of: Callable) -> None:
    made(tmp_path / "s", "qualkit_study: 2\nsomething_new: [1]\n")
    before = state_of(tmp_path)
    ran = qualkit("code", tmp_path / "s")
    assert ran.code == 1
    assert "this study has format 2; this version of qualkit knows formats up to 1" in ran.err
    assert "pip install --upgrade qualkit-qda" in ran.err
    assert state_of(tmp_path) == before


def test_typos_in_study_yaml_are_all_named_with_their_place(tmp_path: Path, qualkit: Callable) -> None:
    made(tmp_path / "s", "qualkit_study: 1\ntitel: X\nlanguage: no\nmethod: STC\ncaption: apo\n")
    ran = qualkit("check", "--study", tmp_path / "s")
    assert ran.code == 1
    lines = ran.err.splitlines()
    assert "study.yaml:2:1: “titel” is no key of a study" in lines
    assert "  Did you mean “title”?" in lines
    assert "study.yaml:3:11: “no” is not known here" in lines
    assert "study.yaml:4:9: “STC” is not known here" in lines
    assert "  Did you mean “stc”?" in lines
    assert "study.yaml:5:10: “apo” is not known here" in lines


def test_a_settings_file_in_another_encoding_is_a_problem(tmp_path: Path) -> None:
    made(tmp_path)
    (tmp_path / "study.yaml").write_bytes("qualkit_study: 1\ntitle: Gråsoner\n".encode("cp1252"))
    with pytest.raises(FaultyFiles) as caught:
        studies.open_study(tmp_path)
    (problem,) = caught.value.problems
    assert str(problem) == "study.yaml:2: the file is not UTF-8 here"
    assert caught.value.__cause__ is None


def test_files_that_cannot_be_opened_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    study = made(tmp_path)
    folder = tmp_path / "codings" / "kari"
    folder.mkdir(parents=True)
    (folder / "K1.jsonl").write_text("{}")

    def refuse(_: Path) -> bytes:
        raise PermissionError(13, os.strerror(13))

    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(FaultyFiles):
        studies.read_codings(study, "kari", "K1")
    codings, problems = studies.read_all_codings(study)
    assert codings == []
    assert [str(p) for p in problems] == ["codings/kari/K1.jsonl: the file cannot be read: Permission denied"]


def test_lines_that_cannot_be_read_are_never_lost(tmp_path: Path) -> None:
    study = made(tmp_path)
    folder = tmp_path / "codings" / "kari"
    folder.mkdir(parents=True)
    (folder / "K1.jsonl").write_text('{"id": "half\n<<<<<<< HEAD\n')
    assert studies.save_codings(study, "kari", "K1", []) is False
    assert (folder / "K1.jsonl").read_text() == '{"id": "half\n<<<<<<< HEAD\n'


def test_a_memo_is_added_to_and_not_written_twice(tmp_path: Path) -> None:
    study = made(tmp_path)
    path = tmp_path / "memos" / "m.md"
    studies.save_memo(study, "m", "one\n")
    path.write_text(path.read_text() + "mine\n")
    studies.save_memo(study, "m", "two\n")
    studies.save_memo(study, "m", "one\n")
    assert path.read_text() == "one\nmine\ntwo\n"


def test_the_coder_is_named_asked_for_or_the_only_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("QUALKIT_CODER", raising=False)
    study = studies.Study(tmp_path, Settings("T", coders=("Kari Nes",)))
    assert studies.whoami(study, None) == "kari-nes"
    monkeypatch.setenv("QUALKIT_CODER", "Åse")
    assert studies.whoami(study, None) == "åse"
    assert studies.whoami(study, "../../Ola") == "ola"
    assert studies.whoami(study, "_rules") != "_rules"


@pytest.mark.drafts
def test_what_informants_said_stays_out_of_version_control(
    tmp_path: Path, interviews: Callable, qualkit: Callable
) -> None:
    import subprocess

    folder = interviews(participants="id;labels\nK1;\nK2;\n")
    qualkit("code", folder)
    root = folder.with_name("interviews-study")
    qualkit("review", "--study", root, keys="a\n")
    qualkit("export", "excel", "--study", root)
    subprocess.run(["git", "init", "-q"], cwd=root, check=True)
    listed = subprocess.run(["git", "add", "-An"], cwd=root, check=True, capture_output=True, text=True).stdout
    assert sorted(listed.split("'")[1::2]) == [".gitattributes", ".gitignore", "codebook.yaml", "study.yaml"]


def test_a_text_that_is_replaced_is_kept_and_found_by_its_hash(tmp_path: Path) -> None:
    study = studies.create_study(tmp_path / "s", Settings("S"))
    old, new = (
        Transcript("I3", text, (), (), "nb", sha256_hex(text)) for text in ("K1: Me kan ringe.\n", "K1: Me ringer.\n")
    )
    studies.save_transcript(study, old)
    studies.save_transcript(study, new)
    kept = {path.name: path.read_bytes() for path in (study.root / "history" / "I3").iterdir()}
    assert {name.partition(".")[0] for name in kept} == {old.sha256, new.sha256}
    assert studies.old_text(study, "I3", old.sha256) == old.text
    # Also where the transcript has another id since.
    assert studies.old_text(study, "I03", new.sha256) == new.text
    assert studies.old_text(study, "I3", "0" * 64) is None
    studies.keep_text(study, old)
    assert {path.name: path.read_bytes() for path in (study.root / "history" / "I3").iterdir()} == kept
