import json
from collections.abc import Callable
from pathlib import Path

import pytest

TALK = (
    "I: Hva skjedde?\n\nK1: Jeg måtte ringe kommunen om kvelden. Det regnet hele tiden da.\n\n"
    "I: Og så?\n\nK1: Da måtte jeg vente lenge på svar. Ingen kom den natta.\n"
)


@pytest.fixture
def study(interviews: Callable[..., Path], qualkit: Callable[..., object]) -> Path:
    folder = interviews({"K1.txt": TALK})
    qualkit("code", folder)
    root = folder.with_name(f"{folder.name}-study")
    for words in ("Det regnet hele tiden da.", "Ingen kom den natta."):
        qualkit("mark", "--study", root, "K1", "vente", words)
    return root


def edit(root: Path, before: str, after: str) -> None:
    path = root / "transcripts" / "K1.txt"
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after), encoding="utf-8")


def ids(root: Path) -> dict[str, str]:
    lines = (root / "codings" / "kari" / "K1.jsonl").read_text(encoding="utf-8").splitlines()
    return {json.loads(line)["text"]: json.loads(line)["id"] for line in lines}


def test_every_command_tells_of_a_changed_transcript_and_one_mends_it(
    study: Path, qualkit: Callable[..., object]
) -> None:
    edit(study, "Hva skjedde?", "Hva skjedde egentlig?")
    before = qualkit("check", "--study", study)
    told = qualkit("code", "--study", study)
    after = qualkit("check", "--study", study)

    assert before.code == 1
    assert "qualkit anchor" in before.err
    assert "K1 was changed: of its codings 2 moved with their words." in told.err
    assert (told.code, after.code, after.err.strip()) == (0, 0, "Nothing is wrong.")
    assert "regnet" not in before.err + told.err


@pytest.mark.drafts
def test_what_is_lost_makes_commands_fail_until_it_is_decided(study: Path, qualkit: Callable[..., object]) -> None:
    lost = ids(study)["Det regnet hele tiden da."]
    edit(study, " Det regnet hele tiden da.", "")
    told = qualkit("code", "--study", study)
    again = qualkit("code", "--study", study)
    shown = qualkit("anchor", "--study", study)
    export = qualkit("export", "csv", "--study", study)

    assert (told.code, again.code, shown.code, export.code) == (1, 1, 1, 1)
    assert "1 moved with their words, 1 not found" in told.err
    assert "has not been found again" in again.err
    assert "»Det regnet hele tiden da.«" in shown.out
    assert "regnet" not in told.err + again.err + shown.err + export.err
    dropped = qualkit("anchor", "--study", study, "--drop", lost)
    assert (dropped.code, qualkit("check", "--study", study).code) == (0, 0)


def test_a_place_is_chosen_by_its_number_or_its_words(study: Path, qualkit: Callable[..., object]) -> None:
    [rain, night] = [ids(study)[words] for words in ("Det regnet hele tiden da.", "Ingen kom den natta.")]
    edit(study, "Det regnet hele tiden da.", "Været var dårlig.")
    edit(study, "Ingen kom den natta.", "")
    rows = json.loads(qualkit("anchor", "--study", study, "--json").out)
    assert {row["id"]: row["anchor"] for row in rows} == {rain: "ambiguous", night: "lost"}
    assert "1:       …" in qualkit("anchor", "--study", study).out
    wrong = qualkit("anchor", "--study", study, "--choose", rain, "2")
    assert (wrong.code, "one place" in wrong.err) == (1, True)
    assert qualkit("anchor", "--study", study, "--choose", rain, "x").code == 2
    done = qualkit("anchor", "--study", study, "--choose", rain, "1", "--words", night, "vente lenge på svar")

    assert done.code == 0
    assert "2 decided." in done.err
    assert set(ids(study)) == {"Været var dårlig.", "vente lenge på svar"}


def test_changed_words_are_shown_before_and_after(study: Path, qualkit: Callable[..., object]) -> None:
    edit(study, "regnet hele tiden", "regna hele tida")
    shown = qualkit("anchor", "--study", study)
    assert shown.code == 0
    assert "before:  »Det regnet hele tiden da.«" in shown.out
    assert "now:     »Det regna hele tida da.«" in shown.out
    assert qualkit("check", "--study", study).code == 1
    another = qualkit("anchor", "--study", study, "--keep", "all", "--coder", "ola")
    assert "No coding of ola has other words now" in another.err
    assert "before:" in another.out
    kept = qualkit("anchor", "--study", study, "--keep", "all")

    assert "Every coding stands on its words." in kept.err
    assert qualkit("check", "--study", study).code == 0


def test_they_are_decided_one_after_the_other(study: Path, qualkit: Callable[..., object]) -> None:
    edit(study, "regnet hele tiden", "regna hele tida")
    edit(study, "Ingen kom den natta.", "")
    told = qualkit("anchor", "--study", study, "--decide", keys="x\nd\nk\n")

    assert told.code == 0
    assert "“x” is none of these." in told.err
    assert list(ids(study)) == ["Det regna hele tida da."]


def test_a_dry_run_counts_and_writes_nothing(
    study: Path, qualkit: Callable[..., object], state_of: Callable[..., object]
) -> None:
    edit(study, "Hva skjedde?", "Hva skjedde egentlig?")
    before = state_of(study)
    [row] = json.loads(qualkit("anchor", "--study", study, "-n", "--json").out)

    assert (row["transcript"], row["coder"], row["moved"], row["lost"]) == ("K1", "kari", 2, 0)
    assert state_of(study) == before


@pytest.mark.drafts
def test_a_chosen_quotation_is_not_printed_before_its_new_words_were_looked_at(
    study: Path, qualkit: Callable[..., object]
) -> None:
    chosen = ids(study)["Det regnet hele tiden da."]
    themes = f"themes:\n- heading: Vær\n  codes: [vente]\n  quotations: [{chosen}]\n"
    (study / "themes.yaml").write_text(themes, encoding="utf-8")
    edit(study, "regnet hele tiden", "regna hele tida")
    qualkit("anchor", "--study", study)
    refused = qualkit("export", "csv", "--study", study)
    checked = qualkit("check", "--study", study)

    assert refused.code == 1
    assert f"qualkit anchor --keep {chosen}" in refused.err
    assert "themes.yaml:2: the words of the quotation" in checked.err
    qualkit("anchor", "--study", study, "--keep", chosen)
    assert qualkit("export", "csv", "--study", study).code == 0


def test_a_changed_original_is_read_again(study: Path, qualkit: Callable[..., object]) -> None:
    original = study.parent / "interviews" / "K1.txt"
    original.write_text(TALK.replace("Hva skjedde?", "Hva var det som skjedde?"), encoding="utf-8")
    told = qualkit("code", "--study", study)
    assert "qualkit add --again" in told.err
    dry = qualkit("add", "--study", study, "--again", "-n", original)
    assert "would be read again" in dry.err
    done = qualkit("add", "--study", study, "--again", original)

    assert done.code == 0
    assert "2 moved with their words" in done.err
    assert qualkit("check", "--study", study).code == 0
    assert "was changed" not in qualkit("code", "--study", study).err
    assert qualkit("add", "--study", study, "--transcript", "K1", original).code == 2


def test_a_dry_run_of_code_tells_what_would_become_of_codings(
    study: Path, qualkit: Callable[..., object], state_of: Callable[..., object]
) -> None:
    edit(study, "Hva skjedde?", "Hva skjedde egentlig?")
    before = state_of(study, cache=True)
    told = qualkit("code", "--study", study, "-n")
    assert "K1 was changed: of its codings would be 2 moved with their words." in told.err
    assert (told.code, state_of(study, cache=True)) == (0, before)
    edit(study, " Det regnet hele tiden da.", "")
    would = qualkit("code", "--study", study, "-n")
    did = qualkit("code", "--study", study)
    assert "would be 1 moved with their words, 1 not found." in would.err
    assert "a coding has not been found again since the transcript was changed" in would.err
    assert (would.code, did.code, would.out) == (1, 1, did.out)
    assert "nothing new" in would.err
    assert "regnet" not in would.err
