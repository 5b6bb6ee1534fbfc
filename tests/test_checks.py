import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from qualkit import study as studies


@pytest.fixture
def root(qualkit: Callable, interviews: Callable) -> Path:
    folder = interviews(participants="id;rolle;may_quote\nK1;a;ja\nK2;b;nei\n")
    qualkit("code", folder)
    root: Path = folder.with_name("interviews-study")
    qualkit("review", "--study", root, keys="a\nr\na\na\n")
    return root


def found(qualkit: Callable, root: Path) -> list[str]:
    """Return what `qualkit check` prints, its hints left out."""
    ran = qualkit("check", "--study", root)
    lines = [line for line in ran.err.splitlines() if not line.startswith("  ")]
    assert ran.code == (1 if len(lines) > 1 else 0)
    assert ran.out == ""
    return lines[:-1]


def test_a_sound_study_has_no_problems_and_checking_writes_nothing(
    qualkit: Callable, root: Path, state_of: Callable
) -> None:
    before = state_of(root, cache=True)
    ran = qualkit("check", "--study", root)
    assert (ran.code, ran.err) == (0, "Nothing is wrong.\n")
    assert qualkit("check", "--study", root, "--json").out == "[]\n"
    assert state_of(root, cache=True) == before


def test_faults_of_every_file_are_told_at_once_with_their_places(qualkit: Callable, root: Path) -> None:
    (root / "codebook.yaml").write_text("codes:\n- id: telefon\n  nam: Ringe\n")
    (root / "participants.csv").write_text("id;may_quote\nK1;kanskje\nk1;\n")
    (root / "themes.yaml").write_text("themes:\n- heading: A\n  codes: [telefn]\n  quotations: [borte]\n")
    with (root / "trail.jsonl").open("a") as trail:
        trail.write("{half\n")
    codings = root / "codings/kari/K2.jsonl"
    codings.write_text("<<<<<<< HEAD\n" + codings.read_text())
    (root / "transcripts/K2.txt").write_text("no header\n")
    told = found(qualkit, root)
    for line in (
        "codebook.yaml:3:3: “nam” is no key of a code",
        "participants.csv:2:2: may_quote is neither yes nor no",
        "participants.csv:3:1: the id “k1” is taken by the participant on line 2",
        "themes.yaml:2: the theme's code “telefn” is not in the codebook",
        "themes.yaml:2: the quotation “borte” is no coding of this study",
        "codings/kari/K2.jsonl:1:1: a merge conflict was left in the file",
        "transcripts/K2.txt:1:1: the header is missing",
        "codings/kari/K2.jsonl:2:1: there is no transcript “K2”",
    ):
        assert line in told, told
    assert any(re.match(r"trail\.jsonl:\d+:1: the line cannot be read", line) for line in told)
    assert any("the code “vente” of K1:" in line for line in told)


def test_json_has_the_six_keys_alone_on_stdout(qualkit: Callable, root: Path) -> None:
    (root / "codebook.yaml").write_text("codes:\n- id: telefon\n  nam: Ringe\n- id: vente\n  name: Vente\n")
    ran = qualkit("check", "--study", root, "--json")
    assert (ran.code, ran.err) == (1, "")
    assert json.loads(ran.out) == [
        {
            "file": "codebook.yaml",
            "line": 3,
            "column": 3,
            "check": "codebook",
            "message": "“nam” is no key of a code",
            "hint": "Did you mean “name”?",
        }
    ]
    (root / "study.yaml").write_text("qualkit_study: 1\nmetode: stc\n")
    ran = qualkit("check", "--study", root, "--json")
    assert (ran.code, [problem["file"] for problem in json.loads(ran.out)]) == (1, ["study.yaml"])


def test_words_that_moved_are_told_by_place_and_never_by_their_words(qualkit: Callable, root: Path) -> None:
    file = root / "transcripts" / "K1.txt"
    file.write_text(file.read_text().replace("Hva skjedde?", "Hva var det da?"))
    codings = (root / "codings/kari/K1.jsonl").read_bytes()
    told = found(qualkit, root)
    assert any(
        re.fullmatch(r"transcripts/K1\.txt:\d+:1?\d: the text was changed since it was coded", line) for line in told
    ), told
    [own] = [line for line in told if line.startswith("codings/kari/K1.jsonl")]
    assert re.fullmatch(r"codings/kari/K1.jsonl: (a coding|\d codings) no longer stands? on (its|their) words", own)
    assert not any("ringe" in line for line in told)
    assert (root / "codings/kari/K1.jsonl").read_bytes() == codings


def test_quotations_that_may_not_be_printed(qualkit: Callable, root: Path) -> None:
    accepted, _ = studies.read_codings(studies.open_study(root), "kari", "K2")
    rejected = studies.read_codings(studies.open_study(root), "kari", "K1")[0][1]
    wrong = next(coding for coding in accepted if coding.code == "vente")
    barred = next(coding for coding in accepted if coding.code == "telefon")
    (root / "themes.yaml").write_text(
        f"themes:\n- heading: A\n  codes: [telefon]\n  quotations: [{rejected.id}, {wrong.id}, {barred.id}]\n"
    )
    assert sorted(found(qualkit, root)) == sorted(
        [
            "themes.yaml: accepted codings of “vente”, which stands under no theme: 1",
            f"themes.yaml:2: the quotation “{wrong.id}” has a code outside this theme",
            f"themes.yaml:2: the quotation “{rejected.id}” is not accepted",
            f"themes.yaml:2: the quotation “{barred.id}” is of a participant who may not be quoted",
        ]
    )


def test_a_speaker_nobody_listed_and_no_list_at_all(qualkit: Callable, root: Path) -> None:
    (root / "participants.csv").write_text("id\nK1\n")
    assert found(qualkit, root) == ["transcripts/K2.txt:1: a speaker is in no participants.csv"]
    (root / "participants.csv").unlink()
    assert found(qualkit, root) == []


def test_a_missing_codebook(qualkit: Callable, root: Path) -> None:
    (root / "codebook.yaml").unlink()
    assert found(qualkit, root) == ["codebook.yaml: the study has no codebook"]
    ran = qualkit("code", root)
    assert ran.code == 1
    assert "the codebook has faults; nothing was done" in ran.err


def test_a_label_changed_in_the_text_alone(qualkit: Callable, root: Path) -> None:
    file = root / "transcripts" / "K1.txt"
    file.write_text(file.read_text().replace("\nK1: ", "\nKari: "))
    qualkit("code", "--study", root)
    told = found(qualkit, root)
    assert "transcripts/K1.txt:1: a label opens no turn, though it stands under “speakers”" in told
    file.write_text(file.read_text().replace("  K1: {", "  Kari: {"))
    assert not any("opens no turn" in line for line in found(qualkit, root))
