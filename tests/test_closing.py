import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from qualkit import erasure, register
from qualkit import study as studies
from qualkit.closing import plan_closing, trail_without_words

SAID = "Jeg skriver under på alt de legger fram for meg om kvelden."
INTERVIEW = f"I: Og du?\n\nKari Nes: {SAID}\n\nI: Alt?\n\nKari Nes: Ja, alt sammen.\n"
TODAY = datetime.now(UTC).date()


def dated(root: Path, days: int) -> None:
    path = root / "study.yaml"
    kept = [line for line in path.read_text().splitlines() if not line.startswith("ethics")]
    day = (TODAY + timedelta(days=days)).isoformat()
    path.write_text("\n".join([*kept, f"ethics: {{deletion_date: {day}, approval: Sikt 123}}"]) + "\n")


CONDENSATES = """- code: vente
  subgroups:
  - id: under
    name: Under
    units: [k1]
    golden: k1
    condensate: |
      Jeg gjør som de sier.
    analytic: De gir opp.
"""


@pytest.fixture
def root(qualkit: Callable, interviews: Callable) -> Path:
    folder = interviews({"K1.txt": INTERVIEW}, participants="id;labels\nK1;Kari Nes\n")
    assert qualkit("code", folder).code == 0
    root: Path = folder.with_name("interviews-study")
    assert qualkit("mark", "K1", "vente", SAID, "--study", root, "--memo", "hun gir opp").code == 0
    files = {
        "memos/m.md": "en tanke",
        "working/w.txt": "et ark",
        "private/identities.yaml": "K1: Kari Nes",
        "second-wave.yaml": "decisions:\n- {form: Kari Nes, action: pseudonym, print: Anne Moe}\n",
        "quotations.yaml": "- {coding: x, raw: jau då, edited: ja da, by: kari}\n",
        "condensates.yaml": CONDENSATES,
        "notat.txt": f"Hun sa: «{SAID}»\n",
    }
    files["themes.yaml"] = (
        f"# Temaer\nthemes:\n- heading: Under\n  definition: «{SAID}»\n  codes: [vente]\n  quotations:\n  - x\n"
    )
    for name, text in files.items():
        (root / name).parent.mkdir(exist_ok=True)
        (root / name).write_text(text)
    qualkit("export", "word", "--study", root, "--allow-unreviewed", "a draft")
    dated(root, -1)
    return root


def test_what_may_be_kept_is_kept_and_all_else_goes(qualkit: Callable, root: Path) -> None:
    ran = qualkit("close", "--study", root, "--yes")
    assert ran.code == 0, ran.err
    left = {path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file()}
    assert {name for name in left if not name.startswith(".qualkit")} == {
        ".gitattributes",
        ".gitignore",
        "study.yaml",
        "codebook.yaml",
        "condensates.yaml",
        "themes.yaml",
        "trail.jsonl",
        "notat.txt",
    }
    assert (root / "themes.yaml").read_text() == (
        '# Temaer\nthemes:\n- heading: Under\n  definition: "«[trukket].»"\n  codes: [vente]\n  quotations: []\n'
    )
    assert (root / "condensates.yaml").read_text() == (
        "- code: vente\n  subgroups:\n  - id: under\n    name: Under\n    units: []\n"
        '    golden: ""\n    condensate: ""\n    analytic: De gir opp.\n'
    )
    assert (root / "notat.txt").read_text() == "Hun sa: «[trukket].»\n"
    assert "finds none of the participants' words" in ran.err
    assert str(root.with_name("interviews") / "K1.txt") in ran.err
    for word in ("Kari", "legger", "hun gir opp", "K1"):
        assert word not in (root / "trail.jsonl").read_text()
    assert qualkit("check", "--study", root).err == "Nothing is wrong.\n"


def test_originals_elsewhere_are_not_read_again(qualkit: Callable, root: Path) -> None:
    qualkit("close", "--study", root, "--yes")
    ran = qualkit("code", "--study", root)
    assert "this is the original of somebody who withdrew, or of a study that was closed" in ran.err
    assert not (root / "transcripts" / "K1.txt").exists()


def test_check_reminds_of_the_date(qualkit: Callable, root: Path) -> None:
    (root / "themes.yaml").unlink()

    def told() -> list[str]:
        return [line for line in qualkit("check", "--study", root).err.splitlines() if line.startswith("study.yaml")]

    for days, expected in (
        (31, None),
        (30, "is in 30 days"),
        (1, "is tomorrow"),
        (0, "is today"),
        (-3, "was 3 days ago"),
    ):
        dated(root, days)
        line = len((root / "study.yaml").read_text().splitlines())
        assert told() == ([] if expected is None else [f"study.yaml:{line}: the deletion date {expected}"])


def test_before_its_date_it_is_closed_for_a_reason_alone(qualkit: Callable, root: Path, state_of: Callable) -> None:
    dated(root, 100)
    before = state_of(root)
    ran = qualkit("close", "--study", root, "--yes")
    assert ran.code == 1
    assert f"the deletion date is {(TODAY + timedelta(days=100)).isoformat()}, in 100 days" in ran.err
    assert qualkit("close", "--study", root, "-n").code == 0
    assert qualkit("close", "--study", root, "--before-date", "sensurert", keys="n\n").code == 1
    assert state_of(root) == before
    assert qualkit("close", "--study", root, "--before-date", "sensurert", keys="y\n").code == 0
    last = json.loads((root / "trail.jsonl").read_text().splitlines()[-1])
    assert (last["what"], last["after"]["before the date"], last["after"]["codings"]) == ("close", "sensurert", 1)


def test_a_crash_is_finished_by_running_it_again(
    qualkit: Callable, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, done = erasure._apply, []

    def apply(study: studies.Study, change: erasure.Change) -> None:
        if len(done) == 4:
            raise KeyboardInterrupt
        done.append(change.file)
        real(study, change)

    study = studies.open_study(root)
    plan = plan_closing(study)
    monkeypatch.setattr(erasure, "_apply", apply)
    with pytest.raises(KeyboardInterrupt):
        erasure.carry_out(study, plan.begun, plan.changes, "kari")
    monkeypatch.setattr(erasure, "_apply", real)
    assert "Finish it: qualkit close" in qualkit("check", "--study", root).err
    assert qualkit("close", "--study", root, "--yes").code == 0
    assert not (root / "transcripts" / "K1.txt").exists()
    lines = [json.loads(line) for line in (root / "trail.jsonl").read_text().splitlines()]
    assert [line["after"]["transcripts"] for line in lines if line["what"] == "close"] == [1]


def test_what_earlier_withdrawals_told_stays_in_the_trail() -> None:
    line = {"when": "a", "who": "b", "what": "withdraw", "object": "participant", "after": {"originals": ["c"]}}
    assert json.loads(trail_without_words(json.dumps(line).encode()))["after"] == {"originals": ["c"]}
    assert trail_without_words(b"half a li\n") == b"\n"


def test_the_key_outside_the_study_goes_too(root: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("USERPROFILE", str(tmp_path / "home"))
    lies = register.save_key(studies.open_study(root), "identities: []\n")
    assert lies.is_file()
    study = studies.open_study(root)
    plan = plan_closing(study)
    assert [change.why for change in plan.changes if change.file.endswith(lies.name)] == ["the key of pseudonyms"]
    erasure.carry_out(study, plan.begun, plan.changes, "ida")
    assert not lies.exists()
