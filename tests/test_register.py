import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from qualkit import disk, register, sealing
from qualkit import study as studies
from qualkit.anonymisation.identities import with_identity
from qualkit.errors import FaultyFiles
from qualkit.identity import Identity
from qualkit.model import Settings, Study
from qualkit.register import (
    NoPassphrase,
    NothingToSeal,
    ShortPassphrase,
    TwoRegisters,
    WrongPassphrase,
    decrypt,
    encrypt,
    good_register,
    key_path,
    read_key,
    read_register,
    register_bytes,
    register_path,
    register_text,
    save_key,
    save_register,
)

PASSPHRASE = "fire ord er lette å huske"
KARI = Identity("p1", ("Gunvor",), shown={"*": "Anne"}, by="ida", date="2026-05-04")


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sealing, "_WORK", 4)
    monkeypatch.delenv(register.PASSPHRASE, raising=False)
    register.forget_passphrases()
    register._asking.clear()


@pytest.fixture
def study(tmp_path: Path) -> Study:
    return studies.create_study(tmp_path / "s", Settings("Natt og dag"))


def modes(path: Path) -> tuple[int, int]:
    return stat.S_IMODE(path.stat().st_mode), stat.S_IMODE(path.parent.stat().st_mode)


def names_in_clear(root: Path, name: bytes = b"Gunvor") -> list[str]:
    return sorted(path.name for path in root.rglob("*") if path.is_file() and name in path.read_bytes())


def saved(study: Study, *identities: Identity) -> str:
    text = register_text(study)
    for one in identities:
        text = with_identity(text, one)
    save_register(study, text)
    return text


def test_no_register_is_nobody_known(study: Study) -> None:
    read, problems = read_register(study)
    assert (read.identities, read.passed, problems) == ((), (), [])
    assert not register_path(study).exists()


def test_the_seed_is_drawn_once_and_stays(study: Study, tmp_path: Path) -> None:
    seed = read_register(study)[0].seed
    assert seed > 0
    assert read_register(study)[0].seed == seed
    saved(study, KARI)
    assert read_register(study)[0].seed == seed
    other = studies.create_study(tmp_path / "other", Settings("Natt og dag"))
    assert read_register(other)[0].seed != seed


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_its_owner_alone_may_read_it(study: Study) -> None:
    (study.root / "private").mkdir(mode=0o755)
    text = saved(study, KARI)
    assert modes(register_path(study)) == (0o600, 0o700)
    register_path(study).chmod(0o644)
    save_register(study, text)
    assert modes(register_path(study)) == (0o600, 0o700)


def test_a_full_disk_leaves_what_stood_there(study: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    text = saved(study, KARI)

    def full(*_: object) -> None:
        raise OSError(28, "no space")

    monkeypatch.setattr(disk, "_write", full)
    with pytest.raises(disk.CannotWrite):
        save_register(study, "other")
    assert register_path(study).read_text() == text
    assert [path.name for path in register_path(study).parent.iterdir()] == ["identities.yaml"]


def test_faults_of_the_register_stop(study: Study) -> None:
    save_register(study, "identities:\n- id: p1\n")
    with pytest.raises(FaultyFiles, match="the register has faults") as caught:
        good_register(study)
    assert str(caught.value.problems[0]).startswith("private/identities.yaml:2:3: “p1” has no forms")
    save_register(study, "identities: []\n")
    assert good_register(study).identities == ()


def test_a_register_that_is_not_utf8(study: Study) -> None:
    saved(study, KARI)
    register_path(study).write_bytes("identities: # æ".encode("cp1252"))
    with pytest.raises(FaultyFiles):
        read_register(study)


# --- sealing ------------------------------------------------------------------------------------------


def test_every_reading_and_writing_works_on_the_sealed_one(study: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    text = saved(study, KARI)
    sealed = encrypt(study, PASSPHRASE)
    assert sealed == register_path(study) == study.root / "private/identities.yaml.sealed"
    assert names_in_clear(study.root) == []
    register.forget_passphrases()
    monkeypatch.setenv(register.PASSPHRASE, PASSPHRASE)
    assert register_text(study) == text
    after = with_identity(text, Identity("p2", ("Torleif",), action="redact"))
    save_register(study, after)
    assert register.is_sealed(study)
    assert [one.id for one in read_register(study)[0].identities] == ["p1", "p2"]
    assert [path.name for path in (study.root / "private").iterdir()] == ["identities.yaml.sealed"]
    register.forget_passphrases()
    assert register_text(study) == after
    if os.name != "nt":
        assert modes(sealed) == (0o600, 0o700)


def test_a_passphrase_is_asked_for_once(study: Study) -> None:
    saved(study, KARI)
    encrypt(study, PASSPHRASE)
    register.forget_passphrases()
    asked: list[str] = []

    def answer(what: str) -> str:
        asked.append(what)
        return PASSPHRASE

    register.ask_with(answer)
    for _ in range(3):
        save_register(study, register_text(study) + "# en til\n")
        read_register(study)
    assert asked == ["private/identities.yaml.sealed"]


def test_a_wrong_passphrase_loses_nothing(study: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    text = saved(study, KARI)
    encrypt(study, PASSPHRASE)
    before = register_path(study).read_bytes()
    register.forget_passphrases()
    monkeypatch.setenv(register.PASSPHRASE, "another one altogether")
    for doing in (register_text, lambda one: save_register(one, "x"), lambda one: register_bytes(one, "x"), decrypt):
        with pytest.raises(WrongPassphrase, match="cannot be opened: the passphrase is not the one") as caught:
            doing(study)
        assert "Nothing was changed. Try again" in caught.value.hint
    assert register_path(study).read_bytes() == before
    assert names_in_clear(study.root) == []
    monkeypatch.setenv(register.PASSPHRASE, PASSPHRASE)
    assert register_text(study) == text


def test_a_slip_is_not_remembered(study: Study) -> None:
    text = saved(study, KARI)
    encrypt(study, PASSPHRASE)
    register.forget_passphrases()
    answers = ["a slip of the hand", PASSPHRASE]
    register.ask_with(lambda _: answers.pop(0))
    with pytest.raises(WrongPassphrase):
        register_text(study)
    assert register_text(study) == text


def test_nobody_to_ask(study: Study) -> None:
    saved(study, KARI)
    encrypt(study, PASSPHRASE)
    register.forget_passphrases()
    with pytest.raises(NoPassphrase, match="is sealed, and nobody is there to type its passphrase"):
        read_register(study)


def test_a_damaged_one(study: Study) -> None:
    saved(study, KARI)
    path = encrypt(study, PASSPHRASE)
    path.write_bytes(path.read_bytes()[:-3])
    with pytest.raises(WrongPassphrase, match="or the file is damaged"):
        read_register(study)


def test_a_sealed_one_that_another_process_wrote_is_read_anew(study: Study) -> None:
    saved(study, KARI)
    path = encrypt(study, PASSPHRASE)
    register_text(study)
    path.write_bytes(register.seal("identities: []\n", PASSPHRASE))
    assert register_text(study) == "identities: []\n"


def test_unsealed_again(study: Study) -> None:
    text = saved(study, KARI)
    sealed = encrypt(study, PASSPHRASE)
    assert decrypt(study).read_text() == text
    assert not sealed.exists()
    with pytest.raises(NothingToSeal, match="the register is not sealed"):
        decrypt(study)


def test_another_passphrase(study: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    text = saved(study, KARI)
    encrypt(study, PASSPHRASE)
    encrypt(study, "a new one, and longer")
    register.forget_passphrases()
    monkeypatch.setenv(register.PASSPHRASE, "a new one, and longer")
    assert register_text(study) == text


def test_sealing_that_cannot_be_done(study: Study) -> None:
    with pytest.raises(NothingToSeal, match="there is no register yet"):
        encrypt(study, PASSPHRASE)
    saved(study, KARI)
    with pytest.raises(ShortPassphrase):
        encrypt(study, "kort")
    assert not register.is_sealed(study)


def test_a_crash_between_sealing_and_taking_the_plain_one_away(study: Study) -> None:
    text = saved(study, KARI)
    plain = register_path(study)
    sealed = encrypt(study, PASSPHRASE)
    plain.write_text(text)
    with pytest.raises(TwoRegisters, match="lie side by side"):
        read_register(study)
    with pytest.raises(TwoRegisters):
        save_register(study, text)
    assert encrypt(study, PASSPHRASE) == sealed
    assert not plain.exists()
    plain.write_text(text + "# later\n")
    with pytest.raises(TwoRegisters):
        encrypt(study, PASSPHRASE)
    assert plain.read_text() == text + "# later\n"
    assert sealed.exists()


# --- the key ------------------------------------------------------------------------------------------


def test_the_key_lies_outside_the_study_by_itself(
    study: Study, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("USERPROFILE", str(tmp_path / "home"))
    assert read_key(study)[0].identities == ()
    before = (study.root / "study.yaml").read_text()
    lies = save_key(study, with_identity("", KARI))
    assert lies == key_path(study)
    assert lies.parent == tmp_path / "home" / "qualkit-keys"
    assert lies.name.startswith("natt-og-dag-")
    assert names_in_clear(study.root) == []
    if os.name != "nt":
        assert modes(lies) == (0o600, 0o700)
    after = (study.root / "study.yaml").read_text()
    assert after.startswith(before)
    moved = study.root.rename(tmp_path / "moved")
    assert read_key(studies.open_study(moved))[0].identities[0].forms == ("Gunvor",)


def test_the_key_lies_where_study_yaml_says(study: Study, tmp_path: Path) -> None:
    text = (study.root / "study.yaml").read_text()
    (tmp_path / "keys").mkdir(mode=0o755)
    (study.root / "study.yaml").write_text(text + "key_path: ../keys/natt.yaml\n")
    opened = studies.open_study(study.root)
    save_key(opened, with_identity("", KARI))
    assert names_in_clear(tmp_path) == ["natt.yaml"]
    # A folder that was there is other people's too.
    assert os.name == "nt" or modes(tmp_path / "keys/natt.yaml") == (0o600, 0o755)
    sealed = encrypt(opened, PASSPHRASE, tmp_path / "s" / "../keys/natt.yaml")
    assert key_path(opened) == sealed
    assert read_key(opened)[0].identities[0].forms == ("Gunvor",)


@pytest.mark.parametrize("written", ["exports/key.yaml", "key.yaml", "private", "~/keys/", "../a/../s/exports/k.yaml"])
def test_a_key_that_would_go_along_with_the_study_is_refused(study: Study, written: str) -> None:
    text = (study.root / "study.yaml").read_text()
    (study.root / "study.yaml").write_text(text + f"key_path: {written}\n")
    with pytest.raises(FaultyFiles) as caught:
        studies.open_study(study.root)
    assert "key_path names no .yaml file outside the study, nor one in private/" in str(caught.value.problems[0])
    assert "~/keys/study.yaml" in caught.value.problems[0].hint


def test_undo_gives_the_register_back_to_its_owner_alone(study: Study, state_of: Callable) -> None:
    from qualkit.model import Decision
    from qualkit.undoing import carry_out, take_back

    text = register_text(study)
    for one in (KARI, Identity("p2", ("Torleif",), action="redact")):
        text = with_identity(text, one)
        path = studies.relative(study, register_path(study))
        told = Decision(studies.now(), "ida", "anonymise decide", one.id, None, None)
        carry_out(study, told, {path: register_bytes(study, text)})
    assert [one.id for one in read_register(study)[0].identities] == ["p1", "p2"]
    take_back(study, "ida")
    assert [one.id for one in read_register(study)[0].identities] == ["p1"]
    assert os.name == "nt" or modes(register_path(study)) == (0o600, 0o700)
    take_back(study, "ida")
    assert not register.has_register(study)
