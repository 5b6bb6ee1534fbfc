import os
from collections.abc import Callable
from pathlib import Path

import orjson
import pytest

from qualkit import erasure, register, sealing
from qualkit import study as studies
from qualkit.anonymisation.identities import with_identity
from qualkit.checks import check_study
from qualkit.identity import Identity
from qualkit.keys import NoJudgement, NothingToDestroy, destroy_key, holdings, plan_destroying, what_still_identifies
from qualkit.model import Decision, Study
from qualkit.sealing_keys import seal_register, unseal_register
from qualkit.undoing import carry_out

PASSPHRASE = "fire ord er lette å huske"
SAID = "I: Hvem?\n\nK1: Legen min, han bodde i Halden.\n"
JUDGEMENT = "Ingen utenfor prosjektet kan kjenne noen igjen."


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sealing, "_WORK", 4)
    monkeypatch.delenv(register.PASSPHRASE, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("USERPROFILE", str(tmp_path / "home"))
    register.forget_passphrases()


@pytest.fixture
def study(qualkit: Callable, interviews: Callable) -> Study:
    folder = interviews({"K1.txt": SAID}, participants="id;labels\nK1;K1\n")
    assert qualkit("code", folder).code == 0
    study = studies.open_study(folder.with_name("interviews-study"))
    for one in (
        Identity("p1", ("Gunvor Lie",), shown={"*": "Anne Dahl"}, by="ida"),
        Identity("s1", ("Halden",), "place", "indirect", "keep", by="ida"),
        Identity("s2", ("Moss",), "place", "indirect", "generalise", {"*": "by i Østfold"}, by="ida"),
    ):
        text = with_identity(register.register_text(study), one)
        told = Decision(studies.now(), "ida", "anonymise", f"identity {one.id}")
        carry_out(study, told, {register.REGISTER: register.register_bytes(study, text)})
    for name, text in (
        ("exports/t.csv", "x"),
        ("working/w.txt", "x"),
        ("memos/m.md", "x"),
        ("originals/K1.txt", SAID),
        ("private/samtykke.txt", "Gunvor Lie"),
    ):
        (study.root / name).parent.mkdir(exist_ok=True)
        (study.root / name).write_text(text)
    register.save_key(study, with_identity("", Identity("p9", ("Torleif",))))
    return studies.open_study(study.root)


def groups(study: Study) -> dict[str, int]:
    return {one.key: one.number for one in holdings(study) if one.key}


def undone(study: Study) -> list[str]:
    """Return the files kept for taking changes of the register back."""
    folder = studies.undo_folder(study)
    return [path.name for path in folder.glob("[0-9]*.json") if b'"private/' in path.read_bytes()]


# --- what still identifies ------------------------------------------------------------------------------


def test_everything_that_still_identifies_is_listed(study: Study) -> None:
    found = groups(study)
    assert {key: found[key] for key in found if key not in ("undo", "cache")} == {
        "register": 1,
        "key": 1,
        "private": 1,
        "originals": 1,
        "history": 1,
        "participants": 1,
        "memos": 1,
        "working": 1,
        "exports": 1,
    }
    assert found["undo"] > 3
    rest = {one.what: one.number for one in holdings(study) if not one.key}
    assert rest["transcripts: what was said"] == 1
    assert rest["originals outside the study"] == 1
    assert rest["identities that stay as they are"] == 1
    assert rest["identities printed as something wider, which add up over one person's quotations"] == 1
    assert any(what.startswith("lines of the trail") for what in rest)
    assert "recordings, consent forms, e-mails, others' copies and backups" in rest


def test_the_table_promises_nothing(study: Study) -> None:
    table = what_still_identifies(study)
    told = " ".join(table.notes)
    assert "qualkit does not call data anonymous" in told
    assert "can often be recovered" in told
    assert "Gunvor" not in str(table)
    assert "Halden" not in str(table)


def test_git_and_backups_are_told_of(qualkit: Callable, study: Study, tmp_path: Path) -> None:
    (study.root / ".git").mkdir()
    assert qualkit("backup", tmp_path / "b.zip", "--study", study.root).code == 0
    assert groups(study)["backups"] == 1
    assert any("git" in one.what for one in holdings(study))
    destroy(study, "backups")
    assert not (tmp_path / "b.zip").exists()


def test_a_sealed_register_is_listed_unopened(study: Study) -> None:
    seal_register(study, PASSPHRASE, "ida")
    register.forget_passphrases()
    register._asking.clear()
    assert groups(study)["register"] == 1
    assert not any("stay as they are" in one.what for one in holdings(study))


# --- destroying -----------------------------------------------------------------------------------------


def destroy(study: Study, *named: str, judgement: str = JUDGEMENT) -> None:
    with studies.locked(study, "ida"):
        destroy_key(study, plan_destroying(study, named, judgement), "ida")


def test_what_is_named_goes_and_the_rest_stays(study: Study) -> None:
    before = {path for path in study.root.rglob("*") if path.is_file()}
    destroy(study, "register", "key", "private", "originals")
    gone = before - {path for path in study.root.rglob("*") if path.is_file()}
    named = {path.relative_to(study.root).as_posix() for path in gone if "undo" not in path.parts}
    assert named == {register.REGISTER, "private/samtykke.txt", "originals/K1.txt"}
    assert not register.key_path(study).exists()
    assert not (study.root / "private").exists()
    assert (study.root / "transcripts/K1.txt").is_file()


def test_with_the_register_goes_what_it_was_before_its_changes(study: Study) -> None:
    assert len(undone(study)) == 3
    destroy(study, "register")
    assert undone(study) == []
    left = [path for path in study.root.rglob("*") if path.is_file() and path.parent.name != "private"]
    import zlib

    for path in left:
        data = path.read_bytes()
        data += zlib.decompress(data) if path.suffix == ".z" else b""
        assert b"Gunvor" not in data, path


def test_the_judgement_is_kept_and_the_trail_says_what_went(study: Study) -> None:
    with pytest.raises(NoJudgement):
        plan_destroying(study, ["register"], "  ")
    assert register.has_register(study)
    destroy(study, "register", "memos")
    told = studies.read_trail(study)[0][-1]
    assert (told.what, told.who) == ("anonymise destroy-key", "ida")
    assert told.after["judgement"] == JUDGEMENT
    assert told.after["destroyed"] == ["register", "memos"]


def test_slips_and_what_is_not_there(study: Study) -> None:
    with pytest.raises(NothingToDestroy, match="“regster” is nothing that can be destroyed here") as caught:
        plan_destroying(study, ["memos", "regster"], JUDGEMENT)
    assert caught.value.hint == "Did you mean “register”?"
    destroy(study, "memos")
    with pytest.raises(NothingToDestroy, match="nothing of what was named is there"):
        plan_destroying(study, ["memos"], JUDGEMENT)
    assert plan_destroying(study, ["memos", "exports"], JUDGEMENT).groups == ("exports",)


@pytest.mark.parametrize("stop", range(1, 4))
def test_what_was_broken_off_is_gone_on_with(study: Study, monkeypatch: pytest.MonkeyPatch, stop: int) -> None:
    left = [stop]
    apply = erasure._apply

    def breaking(study: Study, change: erasure.Change) -> None:
        left[0] -= 1
        if not left[0]:
            raise KeyboardInterrupt
        apply(study, change)

    monkeypatch.setattr(erasure, "_apply", breaking)
    with pytest.raises(KeyboardInterrupt):
        destroy(study, "register", "memos", "exports")
    monkeypatch.setattr(erasure, "_apply", apply)
    broken = [problem for problem in check_study(study) if problem.check == "withdrawal"]
    assert [problem.hint for problem in broken] == ["Finish it: qualkit anonymise destroy-key"]
    destroy(study, judgement="")
    assert not {"register", "memos", "exports"} & set(groups(study))
    told = [line for line in studies.read_trail(study)[0] if line.what == "anonymise destroy-key"]
    assert [line.after["judgement"] for line in told] == [JUDGEMENT]
    assert not (study.root / "withdrawal.json").exists()


# --- the register that is gone ----------------------------------------------------------------------------


def lost(study: Study) -> list[str]:
    return [problem.message for problem in check_study(study) if problem.check == "register"]


def test_a_register_that_was_deleted_by_hand_is_missed_where_exports_exist(study: Study) -> None:
    register.register_path(study).unlink()
    (message,) = lost(study)
    assert message.startswith("there is no register, though exports were written by one")
    (study.root / "exports/t.csv").unlink()
    assert lost(study) == []


def test_a_register_that_was_destroyed_on_purpose_is_not_missed(study: Study) -> None:
    destroy(study, "register")
    assert lost(study) == []


def test_contradictions_and_modes_are_found_by_check(study: Study) -> None:
    assert lost(study) == []
    register.save_register(study, register.register_text(study) + "- {id: p1, forms: [Ola]}\n")
    found = [str(problem) for problem in check_study(study) if problem.check == "register"]
    assert [one for one in found if "the id “p1” is taken by the identity on line 6" in one]
    if os.name != "nt":
        register.register_path(study).chmod(0o644)
        assert "others on this computer may read it" in lost(study)


def test_a_sealed_one_is_checked_if_its_passphrase_can_be_had(study: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    seal_register(study, PASSPHRASE, "ida")
    register.forget_passphrases()
    register._asking.clear()
    assert lost(study) == ["the register is sealed, and was not looked at"]
    monkeypatch.setenv(register.PASSPHRASE, "another one altogether")
    assert lost(study)[0].startswith("cannot be opened: the passphrase is not the one")
    monkeypatch.setenv(register.PASSPHRASE, PASSPHRASE)
    assert lost(study) == []


# --- sealing --------------------------------------------------------------------------------------------


def test_register_and_key_are_sealed_and_no_plain_copy_is_left(study: Study, tmp_path: Path) -> None:
    import zlib

    (study.root / "private/samtykke.txt").unlink()
    key = register.key_path(study)
    done = seal_register(study, PASSPHRASE, "ida")
    assert [path.name for path in done] == ["identities.yaml.sealed", f"{key.name}.sealed"]
    for path in tmp_path.rglob("*"):
        if path.is_file():
            data = path.read_bytes()
            data += zlib.decompress(data) if path.suffix == ".z" else b""
            assert b"Gunvor" not in data, path
            assert b"Torleif" not in data, path
    assert undone(study) == []
    assert studies.read_trail(study)[0][-1].what == "anonymise encrypt"
    assert [path.name for path in unseal_register(study, "ida")] == ["identities.yaml", key.name]
    assert register.read_key(study)[0].identities[0].forms == ("Torleif",)
    with pytest.raises(register.NothingToSeal):
        unseal_register(study, "ida")


# --- as it is typed ---------------------------------------------------------------------------------------


def test_the_commands(qualkit: Callable, study: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    at = ("--study", study.root)
    monkeypatch.setenv(register.PASSPHRASE, PASSPHRASE)
    ran = qualkit("anonymise", "encrypt", *at)
    assert ran.code == 0, ran.err
    assert "identities.yaml.sealed" in ran.out
    assert qualkit("anonymise", "decrypt", *at).code == 0
    ran = qualkit("anonymise", "destroy-key", *at)
    assert (ran.code, "--delete register" in ran.out) == (0, True)
    ran = qualkit("anonymise", "destroy-key", "--delete", "register", *at)
    assert (ran.code, register.has_register(study)) == (1, True)
    assert "--judgement" in ran.err
    wanted = ("anonymise", "destroy-key", "--delete", "register", "--judgement", JUDGEMENT)
    assert qualkit(*wanted, "-n", *at).code == 0
    assert register.has_register(study)
    assert qualkit(*wanted, *at).code == 1
    assert register.has_register(study)
    ran = qualkit(*wanted, "--yes", *at)
    assert (ran.code, register.has_register(study)) == (0, False)
    assert "qualkit does not call data anonymous" in ran.out + ran.err
    assert orjson.loads((study.root / "trail.jsonl").read_bytes().splitlines()[-1])["what"] == "anonymise destroy-key"


def test_a_passphrase_nobody_can_type_stops_with_a_hint(
    qualkit: Callable, study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(register.PASSPHRASE, PASSPHRASE)
    assert qualkit("anonymise", "encrypt", "--study", study.root).code == 0
    monkeypatch.delenv(register.PASSPHRASE)
    register.forget_passphrases()
    ran = qualkit("anonymise", "decrypt", "--study", study.root)
    assert ran.code == 1
    assert "is sealed, and nobody is there to type its passphrase" in ran.err
    assert "In a script set QUALKIT_PASSPHRASE." in ran.err
    monkeypatch.setenv(register.PASSPHRASE, "kort")
    assert qualkit("anonymise", "encrypt", "--study", study.root).code in (1, 2)
