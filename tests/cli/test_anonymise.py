import json
from collections.abc import Callable
from pathlib import Path

import pytest

from qualkit import register
from qualkit import study as studies
from qualkit.identity import Identities

TALKS = {
    "K1.txt": (
        "I: Hva skjedde?\n\nK1: Jeg ringte Gunvor Solheim i Halden. Gunvors mann svarte.\n\n"
        "I: Og så?\n\nK1: Da kom Gunvor selv, og så kom Liv. Det er livet, det.\n"
    ),
    "K2.txt": (
        "I: Hva skjedde?\n\nK2: Det vet bare Gunvor. Vi bor i Halden.\n\nI: Ja?\n\nK2: Nummeret er 12895798718.\n"
    ),
}


@pytest.fixture
def root(qualkit: Callable, interviews: Callable) -> Path:
    ran = qualkit("code", interviews(TALKS))
    assert ran.code == 0, ran.err
    return Path(_root(ran))


def _root(ran: object) -> str:
    """Return the study that a command named in what it proposes next."""
    return str(ran.err).rsplit("--study ", 1)[1].split()[0]  # type: ignore[attr-defined]


def known(root: Path) -> Identities:
    identities, problems = register.read_register(studies.open_study(root))
    assert problems == []
    return identities


def waiting(qualkit: Callable, root: Path, *more: str) -> list[str]:
    ran = qualkit("anonymise", "scan", "--json", "--study", root, *more)
    rows = json.loads(ran.out)
    assert ran.code == (1 if rows else 0)
    return [row["form"] for row in rows]


def decided(root: Path) -> dict[str, str]:
    return {form: one.print_form("nb") for one in known(root).identities for form in one.forms}


def test_scan_counts_by_class_and_lists_words_where_asked(qualkit: Callable, root: Path) -> None:
    ran = qualkit("anonymise", "scan", "--study", root)
    assert ran.code == 1
    assert "person" in ran.out
    assert "Gunvor" not in ran.out + ran.err
    assert f"Next: qualkit anonymise decide --study {root}" in ran.err
    found = waiting(qualkit, root)
    assert found[0] == "Gunvor Solheim"
    assert {"Gunvor", "Halden", "Liv"} <= set(found)
    assert "Gunvors" not in found
    assert not register.has_register(studies.open_study(root))


def test_the_walk_decides_with_single_keys_and_settles_what_follows(qualkit: Callable, root: Path) -> None:
    ran = qualkit("anonymise", "decide", "--study", root, keys="\n\nq\n")
    assert ran.code == 0, ran.err
    assert "»Gunvor Solheim«" in ran.out
    one = known(root).identities[0]
    assert one.forms == ("Gunvor Solheim", "Gunvor")
    assert len(one.print_form("nb").split()) == 2
    assert "known: p1" in ran.out
    assert "[Enter] is p1" in ran.out
    assert "2 decided with" in ran.err
    assert not {"Gunvor Solheim", "Gunvor"} & set(waiting(qualkit, root))


def test_it_goes_on_where_it_was_left(qualkit: Callable, root: Path) -> None:
    before = waiting(qualkit, root)
    qualkit("anonymise", "decide", "--study", root, keys="\n")
    left = waiting(qualkit, root)
    assert left == before[1:]
    ran = qualkit("anonymise", "decide", "--study", root, keys="q\n")
    assert f"1 of {len(left)}" in ran.out


def test_next_passes_over_and_undo_takes_back(qualkit: Callable, root: Path) -> None:
    ran = qualkit("anonymise", "decide", "--study", root, keys="u\nn\nk\nu\nq\n")
    assert "Nothing to take back in this sitting." in ran.err
    assert "Taken back." in ran.err
    assert known(root) == Identities(seed=known(root).seed)
    assert "0 decided" in ran.err


def test_a_sitting_is_one_change_to_undo(qualkit: Callable, root: Path) -> None:
    qualkit("anonymise", "decide", "--study", root, keys="\nk\nq\n")
    assert decided(root)
    ran = qualkit("undo", "--study", root)
    assert ran.code == 0, ran.err
    assert not decided(root)
    assert qualkit("undo", "--redo", "--study", root).code == 0
    assert decided(root)


def key_at(qualkit: Callable, root: Path, form: str, keys: str) -> None:
    """Pass over what comes before a form, and press keys there."""
    at = waiting(qualkit, root).index(form)
    ran = qualkit("anonymise", "decide", "--study", root, keys="n\n" * at + keys + "q\n")
    assert ran.code == 0, ran.err


def test_every_way_to_decide(qualkit: Callable, root: Path) -> None:
    key_at(qualkit, root, "Halden", "g\n2\n")
    assert decided(root)["Halden"] == "Østfold"
    key_at(qualkit, root, "Gunvor Solheim", "w\nAnne Moe\n")
    assert decided(root)["Gunvor Solheim"] == "Anne Moe"
    key_at(qualkit, root, "Gunvor", "m\np1\n")
    assert known(root).identities[1].forms == ("Gunvor Solheim", "Gunvor")
    number = next(form for form in waiting(qualkit, root) if form.isdecimal())
    key_at(qualkit, root, number, "r\n")
    assert decided(root)[number] == ""
    assert [one.action for one in known(root).identities] == ["generalise", "pseudonym", "redact"]


def test_another_type_gives_another_proposal(qualkit: Callable, root: Path) -> None:
    key_at(qualkit, root, "Halden", "t\nperson direct\n\n")
    one = known(root).identities[0]
    assert (one.type, one.cls, one.action) == ("person", "direct", "pseudonym")


def test_an_everyday_word_is_decided_for_its_places(qualkit: Callable, root: Path) -> None:
    key_at(qualkit, root, "Liv", "\n")
    one = next(one for one in known(root).identities if one.forms == ("Liv",))
    text = studies.read_transcript(studies.open_study(root), "K1")[0].text
    assert [text[span.start : span.end] for span in one.only] == ["Liv"]
    path = studies.transcript_path(studies.open_study(root), "K2")
    path.write_text(path.read_text(encoding="utf-8").replace("bare Gunvor", "bare Gunvor og Liv"), encoding="utf-8")
    assert "Liv" in waiting(qualkit, root)


def test_only_some_places_are_decided_and_the_others_are_asked_next(qualkit: Callable, root: Path) -> None:
    key_at(qualkit, root, "Gunvor", "o\n1\nw\nAnne\no\n1-2\nw\nBerit\n")
    found = {one.print_form("nb"): len(one.only) for one in known(root).identities}
    assert found == {"Anne": 1, "Berit": 2}
    assert "Gunvor" not in waiting(qualkit, root)


def test_keys_that_mean_nothing_are_told_and_ask_again(qualkit: Callable, root: Path) -> None:
    ran = qualkit("anonymise", "decide", "--study", root, keys="x\n9\nm\nnobody\nw\n\nv\nq\n")
    assert "[k]eep" in ran.err
    assert "Nothing is proposed here" in ran.err
    assert "The register has nobody with this id or form." in ran.err
    assert "0 decided" in ran.err


def test_decisions_are_written_to_a_file_and_carried_out_again(
    qualkit: Callable, root: Path, interviews: Callable, tmp_path: Path
) -> None:
    qualkit("anonymise", "decide", "--study", root, keys="\nn\nk\n\n")
    file = tmp_path / "decisions.yaml"
    ran = qualkit("anonymise", "decide", "--study", root, "--to", file)
    assert "3 decisions →" in ran.err
    assert file.stat().st_mode & 0o777 == 0o600
    other = Path(_root(qualkit("code", interviews(TALKS, name="others"))))
    ran = qualkit("anonymise", "decide", "--study", other, "--from", file)
    assert (ran.code, "3 decisions of decisions.yaml carried out." in ran.err) == (0, True)
    assert decided(other) == decided(root)
    assert waiting(qualkit, other) == waiting(qualkit, root)
    ran = qualkit("anonymise", "decide", "--study", other, "--from", file)
    assert "0 decisions of decisions.yaml carried out, 3 were made already." in ran.err


def test_a_faulty_file_of_decisions_decides_nothing(qualkit: Callable, root: Path, tmp_path: Path) -> None:
    file = tmp_path / "decisions.yaml"
    file.write_text("decisions:\n- {form: Gunvor, action: pseudonym}\n- {form: Halden, action: hide}\n")
    ran = qualkit("anonymise", "decide", "--study", root, "--from", file)
    assert ran.code == 1
    assert "decisions.yaml:3:" in ran.err
    assert "Halden" not in ran.err
    assert not decided(root)


def test_only_what_could_be_printed(qualkit: Callable, root: Path) -> None:
    qualkit("mark", "--study", root, "K2", "vente", "Vi bor i Halden.")
    found = waiting(qualkit, root, "--printed")
    assert "Halden" in found
    assert "Gunvor" not in found


def test_public_words_are_let_through_at_once(qualkit: Callable, interviews: Callable) -> None:
    talk = "I: Hva?\n\nK1: Det sto på Facebook, sa Gunvor. Så Facebook er det.\n\nI: Ja?\n\nK1: Ja.\n"
    root = Path(_root(qualkit("code", interviews({"K1.txt": talk}))))
    ran = qualkit("anonymise", "decide", "--study", root, "--accept-public")
    assert "1 taken for public were let through" in ran.err
    assert [(one.form, one.reason) for one in known(root).passed] == [("Facebook", "public")]
    assert "Facebook" not in waiting(qualkit, root)


def test_a_study_with_no_names_has_nothing_that_waits(qualkit: Callable, interviews: Callable) -> None:
    talk = "I: hva skjedde?\n\nK1: det regnet.\n\nI: og så?\n\nK1: det regnet igjen.\n"
    root = Path(_root(qualkit("code", interviews({"K1.txt": talk}))))
    ran = qualkit("anonymise", "decide", "--study", root)
    assert (ran.code, "Nothing waits." in ran.err) == (0, True)
    assert qualkit("anonymise", "scan", "--study", root).code == 0


def test_a_participant_that_a_label_names_is_printed_as_their_id(qualkit: Callable, named_study: Path) -> None:
    at = waiting(qualkit, named_study).index("Ola Vik")
    ran = qualkit("anonymise", "decide", "--study", named_study, keys="n\n" * at + "\nq\n")
    assert "[Enter] pseudonym → [P2]" in ran.out
    one = known(named_study).identities[0]
    assert (one.forms, one.print_form("nb"), one.participant) == (("Ola Vik",), "P2", "P2")


def test_check_reports_what_waits_and_names_nobody(qualkit: Callable, root: Path, tmp_path: Path) -> None:
    qualkit("anonymise", "decide", "--study", root, keys="\n\nq\n")
    ran = qualkit("anonymise", "check", "--study", root)
    assert ran.code == 1
    assert "Waits to be decided" in ran.out
    assert "pseudonymised and not anonymous" in ran.out
    assert not any(word in ran.out + ran.err for word in ("Gunvor", "Solheim", "Halden"))
    rows = json.loads(qualkit("anonymise", "check", "--json", "--study", root).out)
    assert rows["disclosure-counts"][0]["identities"] == 1
    assert rows["disclosure-counts"][0]["places"] == 4
    out = tmp_path / "report.docx"
    assert qualkit("anonymise", "check", "-o", out, "--study", root).code == 1
    assert out.is_file()
    again = qualkit("anonymise", "check", "-o", out, "--study", root)
    assert "is there already" in again.err


def test_check_of_the_study_tells_what_waits_once_there_is_a_register(qualkit: Callable, root: Path) -> None:
    assert "wait to be decided" not in qualkit("check", "--study", root).err
    qualkit("anonymise", "decide", "--study", root, keys="k\nq\n")
    ran = qualkit("check", "--study", root)
    assert "words wait to be decided: qualkit anonymise decide" in ran.err
