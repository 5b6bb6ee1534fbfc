import json
from collections.abc import Callable
from pathlib import Path

import pytest

from qualkit import study as studies
from qualkit.model import Coding
from qualkit.reviewing import decide_alone, waiting
from qualkit.undoing import Sitting, changes


@pytest.fixture
def root(qualkit: Callable, interviews: Callable) -> Path:
    folder = interviews()
    qualkit("code", folder)
    return folder.with_name("interviews-study")


def decisions(root: Path) -> list[tuple[str, str, str]]:
    study = studies.open_study(root)
    found = [c for name in ("K1", "K2") for c in studies.read_codings(study, "kari", name)[0]]
    return [(coding.unit.text, coding.code, coding.status) for coding in found]


def trail(root: Path) -> list[dict[str, object]]:
    lines = map(json.loads, (root / "trail.jsonl").read_text().splitlines())
    return [line for line in lines if str(line["object"]).startswith("coding ")]


def test_accept_reject_change_next_and_quit(qualkit: Callable, root: Path) -> None:
    ran = qualkit("review", "--study", root, keys="a\nc\ntelefon\nn\nq\n")
    assert ran.code == 0
    assert decisions(root) == [
        ("Jeg måtte ringe kommunen.", "telefon", "accepted"),
        ("Da måtte jeg vente.", "telefon", "accepted"),
    ]
    assert "2 decided, 2 waiting." in ran.err
    assert f"Next: qualkit review --study {root}" in ran.err
    assert "»Jeg måtte ringe kommunen.« Det regnet." in ran.out
    ran = qualkit("review", "--study", root, keys="r\n")
    assert "1 of 2" in ran.out
    assert decisions(root)[2] == ("Vi venter alltid på svar.", "vente", "rejected")


def test_the_trail_has_before_and_after(qualkit: Callable, root: Path) -> None:
    qualkit("review", "--study", root, keys="a\nc\nÅ ringe\nr\nu\nq\n")
    proposed, accepted = ({"status": status, "code": "telefon"} for status in ("proposed", "accepted"))
    waiting = {"status": "proposed", "code": "vente"}
    assert [(line["who"], line["what"], line["before"], line["after"]) for line in trail(root)] == [
        ("kari", "accept", proposed, accepted),
        ("kari", "change-code", waiting, accepted),
        ("kari", "reject", waiting, {"status": "rejected", "code": "vente"}),
        ("kari", "undo", {"status": "rejected", "code": "vente"}, waiting),
    ]


def test_undo_goes_back_as_far_as_the_sitting(qualkit: Callable, root: Path) -> None:
    ran = qualkit("review", "--study", root, keys="u\na\nn\nr\nu\nu\nu\nq\n")
    assert ran.err.count("Taken back.") == 2
    assert ran.err.count("Nothing to take back in this sitting.") == 2
    assert decisions(root) == []
    assert "0 decided, 4 waiting." in ran.err


def test_a_decision_is_saved_at_once(qualkit: Callable, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from qualkit.cli import keys as keyboard

    keys = iter("a")

    def key() -> str:
        for pressed in keys:
            return pressed
        raise KeyboardInterrupt

    monkeypatch.setattr(keyboard, "key", key)
    ran = qualkit("review", "--study", root)
    assert ran.code == 130
    assert "What was done is saved." in ran.err
    assert decisions(root) == [("Jeg måtte ringe kommunen.", "telefon", "accepted")]
    assert not (root / ".qualkit" / "lock").exists()


def test_by_code_and_by_transcript(qualkit: Callable, root: Path) -> None:
    qualkit("review", "--study", root, "--code", "Å vente", keys="a\na\na\na\n")
    assert [(text, code) for text, code, _ in decisions(root)] == [
        ("Da måtte jeg vente.", "vente"),
        ("Vi venter alltid på svar.", "vente"),
    ]
    qualkit("review", "--study", root, "--transcript", "K2", keys="r\nr\nr\n")
    assert decisions(root)[-1] == ("Ingen ringer oss.", "telefon", "rejected")
    assert len(decisions(root)) == 3


@pytest.mark.parametrize(
    ("option", "value", "said"),
    [
        ("--code", "vennte", "the codebook has no code “vennte”"),
        ("--transcript", "K9", "there is no transcript “K9”"),
        ("--read", "K9", "there is no transcript “K9”"),
    ],
)
def test_what_is_not_there(
    qualkit: Callable, root: Path, state_of: Callable, option: str, value: str, said: str
) -> None:
    before = state_of(root)
    ran = qualkit("review", "--study", root, option, value)
    assert (ran.code, ran.out) == (1, "")
    assert said in ran.err
    assert state_of(root) == before


def test_keys_that_mean_nothing_decide_nothing(qualkit: Callable, root: Path) -> None:
    ran = qualkit("review", "--study", root, keys="x\n?\n1\nq\n")
    assert decisions(root) == []
    assert "[a]ccept" in ran.err
    qualkit("review", "--study", root, keys="c\nfinnes ikke\n\nq\n")
    assert decisions(root) == []
    qualkit("review", "--study", root, keys="")
    assert decisions(root) == []


def test_a_group_of_codes_is_not_given_to_passages(qualkit: Callable, root: Path) -> None:
    book = root / "codebook.yaml"
    book.write_text(book.read_text() + "- id: gruppe\n  name: Gruppe\n  codable: false\n")
    ran = qualkit("review", "--study", root, keys="c\ngruppe\n\nq\n")
    assert "“Gruppe” is a group of codes and not itself given to passages." in ran.err
    assert decisions(root) == []


def test_one_coders_decisions_leave_anothers_proposals_waiting(qualkit: Callable, root: Path) -> None:
    qualkit("review", "--study", root, keys="a\na\na\na\n")
    ran = qualkit("review", "--study", root, "--coder", "Ola Nes", keys="r\n")
    assert "1 decided, 3 waiting." in ran.err
    (coding,), _ = studies.read_codings(studies.open_study(root), "ola-nes", "K1")
    assert (coding.status, coding.coder) == ("rejected", "ola-nes")


def test_what_was_coded_by_hand_is_not_asked_again(qualkit: Callable, root: Path) -> None:
    study = studies.open_study(root)
    (proposal, _), _ = studies.read_codings(study, "_rules", "K1")
    by_hand = Coding(
        "mine", proposal.unit, "telefon", "kari", "accepted", "manual", "", text_sha256=proposal.text_sha256
    )
    studies.save_codings(study, "kari", "K1", [by_hand])
    ran = qualkit("review", "--study", root, keys="q\n")
    assert "1 proposals lie where you gave the same code by hand" in ran.err
    assert "1 of 3" in ran.out
    assert "1 of 4" in qualkit("review", "--study", root, "--again", keys="q\n").out


def test_what_would_command_the_terminal_is_not_printed(qualkit: Callable, interviews: Callable) -> None:
    folder = interviews({"K1.txt": "I: Hva?\n\nK1: Jeg ringte \x9b31m dem.\n"}, name="odd")
    qualkit("code", folder)
    ran = qualkit("review", "--study", folder.with_name("odd-study"), keys="q\n")
    assert "ringte" in ran.out
    assert "\x9b" not in ran.out
    assert "\x1b" not in ran.out


def test_nothing_is_decided_while_another_writes(
    qualkit: Callable, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(studies, "PATIENCE", 0)
    with studies.locked(studies.open_study(root), "ola"):
        ran = qualkit("review", "--study", root, keys="a\n")
    assert ran.code == 1
    assert "the study is being written to by ola" in ran.err
    assert decisions(root) == []


def codings_now(root: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (root / "codings" / "kari").glob("*.jsonl")}


def test_a_sitting_that_breaks_off_is_taken_back_like_any_other(qualkit: Callable, root: Path) -> None:
    """Nobody gets to the end: the computer was switched off while somebody thought."""
    qualkit("review", "--study", root, keys="a\nq\n")
    before = codings_now(root)
    study, sitting = studies.open_study(root), Sitting()
    for proposal in waiting(study, "kari").proposals:
        decide_alone(study, "kari", proposal, "rejected", sitting=sitting)

    assert len(decisions(root)) == 4
    assert qualkit("undo", "--study", root).code == 0
    assert codings_now(root) == before
    assert qualkit("undo", "--study", root).code == 0
    assert codings_now(root) == {}


def test_what_others_do_in_a_sitting_is_not_taken_back_with_it(qualkit: Callable, root: Path) -> None:
    study, sitting = studies.open_study(root), Sitting()
    first, *others = waiting(study, "kari", transcript="K1").proposals
    decide_alone(study, "kari", first, "accepted", sitting=sitting)
    states = [{}, codings_now(root)]
    qualkit("codebook", "rename", "telefon", "ringe", "--study", root, "--why", "")
    states.append(codings_now(root))
    for proposal in others:
        decide_alone(study, "kari", proposal, "accepted", sitting=sitting)

    assert b"telefon" not in codings_now(root)["K1.jsonl"]
    for state in reversed(states):
        assert qualkit("undo", "--study", root).code == 0
        assert codings_now(root) == state


def test_a_sitting_that_took_everything_back_leaves_no_change(qualkit: Callable, root: Path) -> None:
    qualkit("review", "--study", root, keys="a\nr\nu\nu\nq\n")
    assert qualkit("undo", "--study", root).code == 1
    qualkit("review", "--study", root, keys="a\nr\nu\nq\n")
    assert len(changes(studies.open_study(root))) == 1
    assert qualkit("undo", "--study", root).code == 0
    assert decisions(root) == []
