"""Of a coding file of which few lines change, those lines are kept, and every earlier state can be made again."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from qualkit import study as studies
from qualkit import undoing
from qualkit.model import Decision, Settings, Study


@pytest.fixture
def study(tmp_path: Path) -> Study:
    return studies.create_study(tmp_path / "s", Settings("S", coders=("kari",)))


def line(number: int) -> str:
    return f'{{"id":"{number:04d}","start":{number},"end":{number + 1},"code":"a","text":"ø{"x" * 40}"}}\n'


def write(study: Study, path: Path, data: str, name: str = "K1") -> None:
    with undoing.recorded(study, "kari", "mark", name, [path]):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(data, encoding="utf-8")


def wholes(study: Study) -> int:
    return len(list(studies.undo_folder(study).glob("*.z")))


def test_every_kept_state_of_a_long_visit_can_be_taken_back(study: Study) -> None:
    path = studies.codings_path(study, "kari", "K1")
    states = []
    lines = [line(number) for number in range(0, 400, 2)]
    for number in range(undoing.KEPT + 30):
        lines.insert(number * 2, line(number * 2 + 1))
        states.append("".join(lines))
        write(study, path, states[-1])
    # One whole and what came to it, not two wholes a change.
    assert wholes(study) <= 3
    for change, was in zip(undoing.changes(study), states[29:-1], strict=True):
        assert change.files[0].before is not None
        assert undoing.kept_bytes(study, change.files[0].before) == was.encode()
    for was in reversed(states[-10:-1]):
        undoing.take_back(study, "kari")
        assert path.read_text(encoding="utf-8") == was
    for again in states[-9:]:
        undoing.take_back(study, "kari", redo=True)
        assert path.read_text(encoding="utf-8") == again


def test_an_edit_by_another_between_two_changes_loses_nothing(study: Study) -> None:
    path = studies.codings_path(study, "kari", "K1")
    for number in range(5):
        write(study, path, "".join(line(each) for each in range(number + 3)))
    path.write_text(line(90) + line(91), encoding="utf-8")
    write(study, path, line(90) + line(91) + line(92))
    undoing.take_back(study, "kari")
    with pytest.raises(undoing.EditedSince):
        undoing.take_back(study, "kari")
    assert path.read_text(encoding="utf-8") == line(90) + line(91)
    undoing.take_back(study, "kari", force=True)
    assert path.read_text(encoding="utf-8") == "".join(line(each) for each in range(6))


def test_a_forgotten_change_leaves_the_others_what_they_need(study: Study) -> None:
    path = studies.codings_path(study, "kari", "K1")
    private = study.root / "private" / "key.txt"
    states = []
    for number in range(6):
        states.append("".join(line(each) for each in range(number + 3)))
        with undoing.recorded(study, "kari", "mark", "K1", [path, private]):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(states[-1], encoding="utf-8")
            if number == 3:
                private.parent.mkdir(exist_ok=True)
                private.write_text("secret", encoding="utf-8")
    assert undoing.forget(study, "private") == 1
    for change, was in zip(undoing.changes(study)[1:], [states[0], states[1], states[3], states[4]], strict=True):
        assert change.files[0].before is not None
        assert undoing.kept_bytes(study, change.files[0].before) == was.encode()


def test_a_list_whose_splice_is_none_is_not_believed(study: Study) -> None:
    path = studies.codings_path(study, "kari", "K1")
    write(study, path, line(1))
    write(study, path, line(1) + line(2))
    made = studies.undo_folder(study) / "0002.json"
    made.write_text(made.read_text().replace('"at": ', '"at": "x", "was": '))
    assert [change.number for change in undoing.changes(study)] == [1]


def test_bytes_that_the_disk_refuses_are_not_taken_for_gone(study: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    told = Decision(studies.now(), "kari", "themes add", "a")
    undoing.carry_out(study, told, {"themes.yaml": b"themes: []\n"})
    digest = undoing.changes(study)[-1].files[0].after
    assert digest is not None
    assert undoing.kept_bytes(study, digest) == b"themes: []\n"

    def refused(path: Path) -> bytes:
        raise OSError(errno.EIO, "", str(path))

    monkeypatch.setattr(Path, "read_bytes", refused)
    with pytest.raises(OSError, match=r"Errno 5"):
        undoing.kept_bytes(study, digest)
