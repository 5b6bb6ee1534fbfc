from collections.abc import Callable
from pathlib import Path

import pytest

from qualkit import study as studies
from qualkit.settings import METHODS
from qualkit.transcripts.formats import SUFFIXES

OTHER = "codes:\n- id: regn\n  name: Regn\n  rules: [regnet]\n"


def root_of(folder: Path) -> Path:
    return folder.with_name(folder.name + "-study")


def proposed(root: Path) -> list[str]:
    return [coding.unit.text for coding in studies.read_all_codings(studies.open_study(root))[0]]


def test_a_bare_folder_stays_as_it_was_and_the_study_lies_beside(
    qualkit: Callable, interviews: Callable, state_of: Callable
) -> None:
    folder = interviews()
    before = state_of(folder)
    ran = qualkit("code", folder.name, cwd=folder.parent)
    assert ran.code == 0
    assert state_of(folder) == before
    assert proposed(root_of(folder)) == [
        "Jeg måtte ringe kommunen.",
        "Da måtte jeg vente.",
        "Vi venter alltid på svar.",
        "Ingen ringer oss.",
    ]
    assert "Next: qualkit review --study interviews-study" in ran.err


@pytest.mark.parametrize("written", [".", "../interviews", "below/.."])
def test_the_study_gets_its_name_however_the_folder_is_written(
    qualkit: Callable, interviews: Callable, written: str
) -> None:
    folder = interviews()
    (folder / "below").mkdir()
    assert qualkit("code", written, cwd=folder).code == 0
    assert sorted(path.name for path in folder.parent.iterdir()) == ["interviews", "interviews-study"]


def test_an_empty_folder(qualkit: Callable, interviews: Callable) -> None:
    folder = interviews({}, codebook=None)
    ran = qualkit("code", folder)
    assert (ran.code, ran.out) == (1, "")
    assert "Error: there is no transcript in interviews" in ran.err
    assert ", ".join(SUFFIXES) in ran.err
    assert list(folder.parent.iterdir()) == [folder]


def test_no_folder_and_no_study(qualkit: Callable, tmp_path: Path) -> None:
    ran = qualkit("code", tmp_path / "intervjuer")
    assert (ran.code, ran.out) == (1, "")
    assert "there is no folder" in ran.err
    assert "quotation marks" in ran.err
    ran = qualkit("code", cwd=tmp_path)
    assert ran.code == 1
    assert "there is no study" in ran.err


def test_no_codebook(qualkit: Callable, interviews: Callable) -> None:
    folder = interviews(codebook=None)
    ran = qualkit("code", folder)
    assert (ran.code, ran.out) == (1, "")
    assert "Error: there is no codebook for interviews" in ran.err
    assert "-c FILE" in ran.err
    assert list(folder.parent.iterdir()) == [folder]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", ":1:1: the codebook is empty"),
        ("codes:\n", "the codebook has no codes"),
        ("codes: []\n", "the codebook has no codes"),
        ("title: X\n", "the codebook has no codes"),
        ("codes:\n- nam: Tid\n- name: A\n  rule: [x]\n", ":2:3: “nam” is no key of a code"),
        ("codes:\n- nam: Tid\n- name: A\n  rule: [x]\n", ":4:3: “rule” is no key of a code"),
        ("codes:\n- Tid\n- tid\n", ":3:3: the id “tid” is taken by the code on line 2"),
    ],
)
def test_faults_of_the_codebook_are_told_before_anything_is_made(
    qualkit: Callable, interviews: Callable, text: str, said: str
) -> None:
    folder = interviews(codebook=text)
    ran = qualkit("code", folder)
    assert (ran.code, ran.out) == (1, "")
    assert "codebook.yaml" in ran.err
    assert said in ran.err
    assert list(folder.parent.iterdir()) == [folder]


def test_a_codebook_that_is_not_there(qualkit: Callable, interviews: Callable) -> None:
    folder = interviews(codebook=None)
    ran = qualkit("code", folder, "-c", folder.parent / "kodebok.yaml")
    assert ran.code == 1
    assert "kodebok.yaml: the codebook cannot be opened" in ran.err
    assert list(folder.parent.iterdir()) == [folder]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_a_codebook_in_any_encoding(qualkit: Callable, interviews: Callable, tmp_path: Path, encoding: str) -> None:
    folder = interviews(codebook=None)
    book = tmp_path / "kodebok.yaml"
    book.write_bytes('codes:\r\n- name: Må\r\n  rules: ["måtte"]\r\n'.encode(encoding))
    assert qualkit("code", folder, "-c", book).code == 0
    assert proposed(root_of(folder)) == ["Jeg måtte ringe kommunen.", "Da måtte jeg vente."]
    assert "nothing new" in qualkit("code", folder, "-c", book).err


def test_another_codebook_later_is_taken_over(qualkit: Callable, interviews: Callable, tmp_path: Path) -> None:
    folder = interviews()
    qualkit("code", folder)
    book = tmp_path / "ny.yaml"
    book.write_text(OTHER)
    ran = qualkit("code", folder, "-c", book)
    assert ran.code == 0
    assert proposed(root_of(folder)) == ["Det regnet."]
    assert (root_of(folder) / "codebook.yaml").read_text() == OTHER
    assert qualkit("code", folder).code == 0
    assert (root_of(folder) / "codebook.yaml").read_text() == OTHER


def test_another_codebook_is_refused_where_the_studys_own_was_edited(
    qualkit: Callable, interviews: Callable, tmp_path: Path, state_of: Callable
) -> None:
    folder = interviews()
    qualkit("code", folder)
    own = root_of(folder) / "codebook.yaml"
    own.write_text(own.read_text() + "# min merknad\n")
    book = tmp_path / "ny.yaml"
    book.write_text(OTHER)
    before = state_of(tmp_path)
    ran = qualkit("code", folder, "-c", book)
    assert ran.code == 1
    assert "codebook.yaml was edited since it was copied, so ny.yaml does not replace it" in ran.err
    assert "qualkit code interviews-study" in ran.err
    assert state_of(tmp_path) == before


def test_the_starter_codebook_of_init_may_be_replaced(qualkit: Callable, tmp_path: Path) -> None:
    root = tmp_path / "s"
    qualkit("init", root)
    (root / "originals" / "K1.txt").write_text("I: Hva?\n\nK1: Det regnet.\n")
    (tmp_path / "ny.yaml").write_text(OTHER)
    ran = qualkit("code", root, "-c", tmp_path / "ny.yaml")
    assert ran.code == 0, ran.err
    assert proposed(root) == ["Det regnet."]


def test_a_codebook_edited_beside_the_transcripts_is_followed(qualkit: Callable, interviews: Callable) -> None:
    folder = interviews()
    qualkit("code", folder)
    (folder / "codebook.yaml").write_text(OTHER)
    assert qualkit("code", folder).code == 0
    assert proposed(root_of(folder)) == ["Det regnet."]
    own = root_of(folder) / "codebook.yaml"
    own.write_text(OTHER.replace("regnet", "ringe"))
    assert qualkit("code", folder).code == 0
    assert proposed(root_of(folder)) == ["Jeg måtte ringe kommunen."]
    (folder / "codebook.yaml").write_text(OTHER + "# og enda en\n")
    ran = qualkit("code", folder)
    assert ran.code == 1
    assert "was edited since it was copied" in ran.err


def test_participants_edited_beside_the_transcripts_are_followed(qualkit: Callable, interviews: Callable) -> None:
    folder = interviews(participants="id;rolle\nK1;a\n")
    own = root_of(folder) / "participants.csv"
    assert "K2.txt: a speaker is in no participants.csv" in qualkit("code", folder).err
    (folder / "participants.csv").write_text("id;rolle\nK1;a\nK2;b\n")
    ran = qualkit("code", folder)
    assert "in no participants.csv" not in ran.err
    assert own.read_text() == "id;rolle\nK1;a\nK2;b\n"
    own.write_text("id;rolle\nK1;min\nK2;b\n")
    assert qualkit("code", folder).code == 0
    assert own.read_text() == "id;rolle\nK1;min\nK2;b\n"
    (folder / "participants.csv").write_text("id;rolle\nK1;a\nK2;c\n")
    ran = qualkit("code", folder)
    assert ran.code == 1
    assert "participants.csv was changed both beside the transcripts and in interviews-study" in ran.err
    assert own.read_text() == "id;rolle\nK1;min\nK2;b\n"


def test_a_folder_that_has_the_studys_name_is_not_written_into(
    qualkit: Callable, interviews: Callable, state_of: Callable
) -> None:
    folder = interviews()
    root_of(folder).mkdir()
    (root_of(folder) / "codebook.yaml").write_text("mine")
    before = state_of(folder.parent)
    ran = qualkit("code", folder)
    assert ran.code == 1
    assert "interviews-study is there already and is no study" in ran.err
    assert state_of(folder.parent) == before


def test_an_empty_folder_of_that_name_is_used(qualkit: Callable, interviews: Callable) -> None:
    folder = interviews()
    root_of(folder).mkdir()
    assert qualkit("code", folder).code == 0


def test_the_originals_folder_of_a_study_means_the_study(qualkit: Callable, tmp_path: Path) -> None:
    root = tmp_path / "s"
    qualkit("init", root)
    (root / "originals" / "K1.txt").write_text("I: Hva?\n\nK1: Det regnet.\n")
    assert qualkit("code", root / "originals").code == 0
    assert (root / "transcripts" / "K1.txt").exists()
    assert not (root / "originals-study").exists()


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_a_new_study_is_sound(qualkit: Callable, tmp_path: Path, method: str, language: str) -> None:
    root = tmp_path / "Min studie å"
    ran = qualkit("init", root, "--method", method, "--language", language)
    assert ran.code == 0
    assert qualkit("check", "--study", root).code == 0
    settings = studies.open_study(root).settings
    assert (settings.title, settings.method, settings.language) == ("Min studie å", method, language)


def test_init_keeps_what_is_there_and_never_begins_twice(qualkit: Callable, tmp_path: Path, state_of: Callable) -> None:
    (tmp_path / "codebook.yaml").write_text(OTHER)
    (tmp_path / "participants.csv").write_text("id\nK1\n")
    assert qualkit("init", tmp_path).code == 0
    assert (tmp_path / "codebook.yaml").read_text() == OTHER
    assert (tmp_path / "participants.csv").read_text() == "id\nK1\n"
    before = state_of(tmp_path)
    ran = qualkit("init", tmp_path)
    assert ran.code == 1
    assert "is a study already" in ran.err
    assert state_of(tmp_path) == before


def test_init_that_breaks_off_can_be_done_again(
    qualkit: Callable, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from qualkit import disk

    real = disk.write_atomically

    def fails(path: Path, data: bytes) -> None:
        if path.name == "participants.csv":
            raise disk.CannotWrite(path, OSError(28, "full"))
        real(path, data)

    with monkeypatch.context() as patch:
        patch.setattr(disk, "write_atomically", fails)
        assert qualkit("init", tmp_path / "s").code == 1
    assert qualkit("init", tmp_path / "s").code == 0
    assert (tmp_path / "s" / "participants.csv").read_text() == "id;labels;role;may_quote;notes\n"


def test_init_where_a_file_is_in_the_way(qualkit: Callable, tmp_path: Path) -> None:
    (tmp_path / "originals").write_text("a file")
    ran = qualkit("init", tmp_path)
    assert ran.code == 1
    assert "originals could not be written: File exists" in ran.err
