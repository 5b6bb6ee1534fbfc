import json
import lzma
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from benchmarks.withdrawal import trial
from qualkit import erasure, register, sealing
from qualkit import study as studies
from qualkit.left_behind import left_behind
from qualkit.withdrawal import plan_withdrawal

GROUP = """I: Hvordan var det i starten?

Kari Nes: Da jeg begynte på Solbakken, fikk jeg ei liste med tolv navn og ingen nøkler.

Ola: Nøklene var det Kari som ordna. Jeg måtte ringe på hos naboen i to uker.

Kari Nes: Fru Halvorsen lukka ikke opp for andre enn meg, så jeg kjørte dit på fridagene mine.

Mona: Det kjenner jeg meg igjen i. Man tar det på seg.
"""
PEOPLE = "id;labels;rolle\nG1;Kari Nes;hjelpepleier\nG2;Ola;assistent\nG3;Mona;sykepleier\nK1;K1;lege\n"
ALONE = "I: Og du?\n\nK1: Jeg skriver under på alt de legger fram for meg om kvelden.\n\nI: Alt?\n\nK1: Ja, alt.\n"
LONG = "fikk jeg ei liste med tolv navn"


@pytest.fixture
def root(qualkit: Callable, interviews: Callable) -> Path:
    folder = interviews({"FG1.txt": GROUP, "K1.txt": ALONE}, participants=PEOPLE)
    assert qualkit("code", folder).code == 0
    root: Path = folder.with_name("interviews-study")
    for code, words in (
        ("telefon", "Jeg måtte ringe på hos naboen i to uker."),
        ("vente", "så jeg kjørte dit på fridagene mine."),
        ("vente", "Man tar det på seg."),
        ("vente", "på fridagene mine. Mona: Det kjenner jeg meg igjen i."),
    ):
        assert qualkit("mark", "FG1", code, words, "--study", root, "--memo", "se her").code == 0
    qualkit("mark", "K1", "vente", "Jeg skriver under på alt", "--study", root)
    return root


def codings(root: Path, transcript: str = "FG1") -> dict[str, tuple[str, str]]:
    """Return the words and the anchor of kari's codings, by their order; the words are read under the offsets."""
    study = studies.open_study(root)
    record, problems = studies.read_transcript(study, transcript)
    assert problems == []
    found, _ = studies.read_codings(study, "kari", transcript)
    for coding in found:
        assert record.text[coding.unit.span.start : coding.unit.span.end] == coding.unit.text
        assert coding.text_sha256 == record.sha256
    return {coding.unit.text: (coding.code, coding.anchor) for coding in found}


def test_words_go_and_everybody_elses_codings_follow(qualkit: Callable, root: Path) -> None:
    ran = qualkit("withdraw", "G1", "--study", root, "--yes")
    assert codings(root) == {
        "Jeg måtte ringe på hos naboen i to uker.": ("telefon", "kept"),
        "Det kjenner jeg meg igjen i.": ("vente", "words-changed"),
        "Man tar det på seg.": ("vente", "kept"),
    }
    text = (root / "transcripts" / "FG1.txt").read_text()
    assert "Trukket: [trukket]\n\nOla: Nøklene var det Kari som ordna." in text
    assert "G1" not in (root / "participants.csv").read_text()
    assert "A search of every file of the study finds none of G1's words." in ran.err
    assert "Their name still stands here. Decide whether others may name them:\n  - " in ran.err
    assert "transcripts/FG1.txt:" in ran.err
    assert ran.code == 1
    # Of the coding that lost a part, somebody has to say that what is left may stand.
    assert "the words of a coding were changed with the transcript" in qualkit("check", "--study", root).err
    shown = qualkit("anchor", "--study", root, "--coder", "kari").out
    assert "Det kjenner jeg meg igjen i." in shown
    assert qualkit("anchor", "--keep", "all", "--study", root, "--coder", "kari").code == 0
    assert qualkit("check", "--study", root).err == "Nothing is wrong.\n"


def test_a_transcript_that_is_theirs_alone_goes_altogether(qualkit: Callable, root: Path, state_of: Callable) -> None:
    before = state_of(root)
    ran = qualkit("withdraw", "k1", "--study", root, "--yes")
    assert ran.code == 0, ran.err
    gone = {"transcripts/K1.txt", "codings/kari/K1.jsonl"}
    kept = {file for file in before if file.startswith(("history/K1/", "history/undo/"))}
    assert kept
    after = state_of(root)
    assert set(before) - set(after) == gone | kept
    assert {file for file in after if after[file] != before[file]} == {"participants.csv", "trail.jsonl"}
    assert "K1" not in (root / "trail.jsonl").read_text()
    assert str(root.with_name("interviews") / "K1.txt") in ran.err


def test_the_trail_says_that_somebody_withdrew_and_not_who(qualkit: Callable, root: Path) -> None:
    qualkit("withdraw", "G1", "--study", root, "--yes")
    last = json.loads((root / "trail.jsonl").read_text().splitlines()[-1])
    assert (last["who"], last["what"], last["object"], last["why"]) == ("kari", "withdraw", "participant", "")
    assert {key: last["after"][key] for key in ("transcripts", "turns", "codings")} == {
        "transcripts": 0,
        "turns": 2,
        "codings": 1,
    }
    assert "G1" not in json.dumps(last)


def test_an_original_outside_is_named_and_never_read_again(qualkit: Callable, root: Path) -> None:
    qualkit("withdraw", "K1", "--study", root, "--yes")
    ran = qualkit("code", "--study", root)
    assert "this is the original of somebody who withdrew" in ran.err
    assert not (root / "transcripts" / "K1.txt").exists()
    assert ran.code == 1


def test_what_was_decided_is_not_proposed_again_at_its_new_place(qualkit: Callable, root: Path) -> None:
    qualkit("review", "--study", root, "--again", keys="a\na\na\na\n")
    assert qualkit("code", "--study", root).err.count("0 waiting") == 0
    before = studies.read_codings(studies.open_study(root), "kari", "FG1")[0]
    decided = [coding for coding in before if coding.origin.startswith("rule:")]
    assert [coding.unit.text for coding in decided] == ["Jeg måtte ringe på hos naboen i to uker."]
    qualkit("withdraw", "G1", "--study", root, "--yes")
    assert "nothing new" in qualkit("code", "--study", root).err
    proposed = studies.read_codings(studies.open_study(root), "_rules", "FG1")[0]
    assert [coding.id for coding in proposed if coding.code == "telefon"] == [decided[0].id]


def test_texts_of_the_researchers_own_keep_every_other_byte(qualkit: Callable, root: Path) -> None:
    book = root / "codebook.yaml"
    book.write_text(book.read_text() + f"  examples:\n  - {LONG}   # FG1\n  - «annet»\r\n")
    memo = root / "memos" / "kari.md"
    memo.parent.mkdir()
    text = (root / "transcripts" / "FG1.txt").read_text().partition("\n---\n")[2]
    start, end = text.index("Jeg måtte"), text.index("uker.")
    theirs = text.index("Fru Halvorsen")
    memo.write_text(
        f"# Notat\n\n## FG1:{start}-{end} · kari\n\n> Jeg måtte ringe på hos naboen i to\n\nfint\n\n"
        f"## FG1:{theirs}-{theirs + 20} · kari\n\n> Fru Halvorsen lukka\n\nviktig\n\n"
        f"## Annet\n\nHun «{LONG}», sa hun.\n\n"
        "> ikke opp for andre\n"
    )
    qualkit("withdraw", "G1", "--study", root, "--yes")
    assert book.read_bytes().endswith('  examples:\n  - "[trukket]"   # FG1\n  - «annet»\r\n'.encode())
    assert qualkit("codebook", "check", "--study", root).code == 0
    now = (root / "transcripts" / "FG1.txt").read_text().partition("\n---\n")[2]
    start = now.index("Jeg måtte")
    assert memo.read_text() == (
        f"# Notat\n\n## FG1:{start}-{now.index('uker.')} · kari\n\n> Jeg måtte ringe på hos naboen i to\n\nfint\n\n"
        "## Annet\n\nHun «[trukket]», sa hun.\n\n> [trukket]\n"
    )


@pytest.mark.drafts
def test_every_other_place_they_were_copied_to(qualkit: Callable, root: Path) -> None:
    files = {
        "history/ab.xz": lzma.compress(GROUP.encode()),
        "history/cd.bin": b"\x00\xff\xfe",
        "working/ark.txt": LONG.encode(),
        "exports/utkast.docx": b"PK" + LONG.encode(),
        "undo/1": b"x",
        ".qualkit/words": LONG.encode(),
        "notebooks/n.ipynb": json.dumps({"cells": [{"source": [f"{LONG}\n"], "outputs": [{"t": LONG}]}]}).encode(),
        "transcripts/.FG1.txt.swp": LONG.encode(),
        "notater.txt": f"Før. {LONG} Etter.".encode("cp1252"),
        "avhandling.docx": b"PK" + LONG.encode(),
    }
    for name, data in files.items():
        (root / name).parent.mkdir(exist_ok=True)
        (root / name).write_bytes(data)
    qualkit("export", "excel", "--study", root)
    ran = qualkit("withdraw", "G1", "--study", root, "--yes")
    left = {name for name in files if (root / name).exists()}
    assert left == {"notebooks/n.ipynb", "notater.txt", "avhandling.docx"}
    assert not (root / "exports" / "resultater.xlsx").exists()
    assert (root / "notater.txt").read_text("cp1252") == "Før. [trukket] Etter."
    assert json.loads((root / "notebooks" / "n.ipynb").read_text()) == {
        "cells": [{"source": ["[trukket]\n"], "outputs": []}]
    }
    # A Word file that lies anywhere is the researcher's own: it is named.
    assert "Take them out, or delete the file:\n  - avhandling.docx" in ran.err
    assert "earlier texts that could not be unpacked: 1  (history/cd.bin)" in ran.err


def test_themes_that_rested_on_them_are_named_by_their_line(qualkit: Callable, root: Path) -> None:
    study = studies.open_study(root)
    [gone] = [c.id for c in studies.read_codings(study, "kari", "FG1")[0] if "kjørte" in c.unit.text]
    themes = f"themes:\n- heading: A\n  codes: [vente]\n  quotations: [{gone}]\n- heading: B\n  codes: [telefon]\n"
    (root / "themes.yaml").write_text(themes)
    told = qualkit("withdraw", "G1", "--study", root, "-n").err
    assert "themes.yaml:2: the theme rested on 1 meaning unit that goes; 3 are left, from 2 transcripts" in told
    assert "themes.yaml:5" not in told
    qualkit("withdraw", "G1", "--study", root, "--yes")
    checked = qualkit("check", "--study", root)
    assert [line for line in checked.err.splitlines() if line.startswith("themes")] == [
        f"themes.yaml:2: the quotation “{gone}” is no coding of this study"
    ]


CONDENSATES = """# våre
groups:
- code: vente
  subgroups:
  - id: hjem
    name: Hjem
    units: [GONE, {id: STAYS, moved-to: hos, why: annet}]
    golden: GONE
    condensate: |
      Jeg kommer for sent, så jeg kjørte dit på fridagene mine.
    versions: [{text: "Vi kom, så jeg kjørte dit på fridagene mine.", by: kari}]
  - id: hos
    name: Hos
    units: [STAYS]
    condensate: Jeg tar det på meg.
"""


def test_their_units_leave_the_condensates_and_texts_that_rested_on_them_say_so(qualkit: Callable, root: Path) -> None:
    ids = {c.unit.text: c.id for c in studies.read_codings(studies.open_study(root), "kari", "FG1")[0]}
    gone, stays = ids["så jeg kjørte dit på fridagene mine."], ids["Man tar det på seg."]
    (root / "condensates.yaml").write_text(CONDENSATES.replace("GONE", gone).replace("STAYS", stays))

    ran = qualkit("withdraw", "G1", "--study", root, "--yes")

    assert "condensates.yaml:5: the condensate of “hjem” rested on 1 meaning unit that goes; 0 are left" in ran.err
    assert "Choose another golden quotation." in ran.err
    assert "“hos”" not in ran.err
    text = (root / "condensates.yaml").read_text()
    assert gone not in text
    assert "kjørte" not in text
    assert text.startswith("# våre\ngroups:\n- code: vente\n")
    [group], problems = studies.read_condensates(studies.open_study(root))
    assert problems == []
    hjem, hos = group.subgroups
    assert [(one.coding, one.fate, one.why) for one in hjem.units] == [(stays, "moved", "annet")]
    assert (hjem.golden, hjem.withdrawn, hos.withdrawn) == ("", 1, 0)
    assert hjem.condensate.startswith("Jeg kommer for sent, [")
    assert hos.condensate == "Jeg tar det på meg."
    told = qualkit("check", "--study", root).err
    assert "condensates.yaml:5: the texts of “hjem” rest on a meaning unit that was withdrawn" in told
    write(root)
    assert "withdrawn" not in qualkit("check", "--study", root).err


def test_words_in_standard_spelling_go_with_the_quotation_they_were_approved_for(
    qualkit: Callable, root: Path, state_of: Callable
) -> None:
    ids = {c.unit.text: c.id for c in studies.read_codings(studies.open_study(root), "kari", "FG1")[0]}
    gone, stays = ids["så jeg kjørte dit på fridagene mine."], ids["Man tar det på seg."]
    [cut] = [identifier for words, identifier in ids.items() if words.startswith("på fridagene")]
    edited = {gone: "Derfor reiste hun dit i ferien.", cut: "I ferien. Mona: Slik har jeg det.", stays: "Slik er det."}
    items = [
        f"- coding: {identifier}\n  raw: {words.replace('mine. Mona:', 'mine, Mona')!r}\n"
        f"  edited: '{edited[identifier]}'\n  by: kari\n"
        for words, identifier in ids.items()
        if identifier in edited
    ]
    path = root / "quotations.yaml"
    path.write_text("# våre\n" + "".join(items) + "- coding: x\n  by\n")
    before = state_of(root, cache=True)
    refused = qualkit("withdraw", "G1", "--study", root, "--yes")
    assert (refused.code, state_of(root, cache=True)) == (1, before)
    assert "quotations.yaml" in refused.err
    path.write_text("# våre\n" + "".join(items))

    qualkit("withdraw", "G1", "--study", root, "--yes")

    text = path.read_text()
    assert text.startswith("# våre\n- coding:")
    assert stays in text
    assert "Slik er det." in text
    assert "ferien" not in text


def write(root: Path) -> None:
    from qualkit.condensing import write
    from qualkit.material import load_material

    assert write(load_material(studies.open_study(root)), "kari", "hjem", "Jeg kommer hjem.")


def test_it_asks_and_a_dry_run_writes_nothing(qualkit: Callable, root: Path, state_of: Callable) -> None:
    before = state_of(root, cache=True)
    dry = qualkit("withdraw", "G1", "--study", root, "-n")
    assert (dry.code, dry.err.splitlines()[-1]) == (0, "Nothing was changed.")
    assert "G1 withdraws. 0 transcripts, 2 turns beside others, 1 coding," in dry.err
    refused = qualkit("withdraw", "G1", "--study", root, keys="n\n")
    assert (refused.code, refused.err.splitlines()[-1][-20:]) == (1, "Nothing was changed.")
    nobody = qualkit("withdraw", "G1", "--study", root)
    assert nobody.code == 1
    assert "In a script say --yes" in nobody.err
    assert state_of(root, cache=True) == before
    assert qualkit("withdraw", "G1", "--study", root, keys="y\n").code == 1
    assert "Halvorsen" not in (root / "transcripts" / "FG1.txt").read_text()


def test_no_word_and_no_name_is_printed(qualkit: Callable, root: Path) -> None:
    for arguments in (["-n"], ["--yes"]):
        ran = qualkit("withdraw", "G1", "--study", root, *arguments)
        for word in ("Kari", "Halvorsen", "Solbakken", "tolv"):
            assert word not in ran.err + ran.out


def test_who_is_not_there_and_whose_words_are_not_clear(qualkit: Callable, root: Path, state_of: Callable) -> None:
    (root / "participants.csv").write_text(PEOPLE.replace("G2;Ola", "G2;Kari Nes, Ola"))
    before = state_of(root)
    ran = qualkit("withdraw", "G11", "--study", root, "--yes")
    assert (ran.code, ran.err.splitlines()) == (
        1,
        ["Error: there is no participant “G11”", "  Did you mean “G1”?"],
    )
    ran = qualkit("withdraw", "G1", "--study", root, "--yes")
    assert ran.code == 1
    assert "transcripts/FG1.txt:1: a label here is G1's and somebody else's too in participants.csv" in ran.err
    assert state_of(root) == before


def test_codings_that_do_not_stand_on_their_words_stop_it(qualkit: Callable, root: Path, state_of: Callable) -> None:
    path = root / "transcripts" / "FG1.txt"
    path.write_text(path.read_text().replace("i starten", "helt i starten"))
    before = state_of(root)
    ran = qualkit("withdraw", "G1", "--study", root, "--yes")
    assert ran.code == 1
    assert "codings must stand on their words before words are erased; nothing was done" in ran.err
    assert state_of(root) == before


class Crash(BaseException):
    pass


@pytest.mark.parametrize("person", ["G1", "K1"])
def test_a_crash_at_any_step_is_finished_by_running_it_again(
    qualkit: Callable, root: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, person: str
) -> None:
    (root / "memos").mkdir()
    (root / "memos" / "kari.md").write_text(f"## FG1:250-260 · kari\n\n> a\n\nHun «{LONG}»\n")
    expected: dict[str, bytes] | None = None
    real = erasure._apply
    monkeypatch.setattr(studies, "now", lambda: "2026-11-01T10:00:00Z")
    monkeypatch.setattr("secrets.token_hex", lambda _: "0")
    for stop in (99, *range(9)):
        copied = tmp_path / f"copy{stop}" / root.name
        shutil.copytree(root, copied)
        study = studies.open_study(copied)
        plan = plan_withdrawal(study, person)
        done = 0

        def apply(study: studies.Study, change: erasure.Change, stop: int = stop) -> None:
            nonlocal done
            if done == stop:
                raise Crash
            done += 1
            real(study, change)

        monkeypatch.setattr(erasure, "_apply", apply)
        try:
            erasure.carry_out(study, plan.begun, plan.changes, "kari")
        except Crash:
            assert "an erasing was broken off before it was done" in qualkit("check", "--study", copied).err
            begun = (copied / erasure.BEGUN).read_text()
            assert not any(word in begun for word in ("tolv", "Kari", "legger"))
            monkeypatch.setattr(erasure, "_apply", real)
            again = plan_withdrawal(study, person.lower())
            erasure.carry_out(study, again.begun, again.changes, "kari")
        assert left_behind(study, plan.words) == []
        after = {str(path.relative_to(copied)): path.read_bytes() for path in copied.rglob("*") if path.is_file()}
        expected = expected or after
        assert after == expected


def test_another_withdrawal_waits_for_one_that_was_broken_off(
    qualkit: Callable, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def apply(*_: object) -> None:
        raise Crash

    study = studies.open_study(root)
    plan = plan_withdrawal(study, "G1")
    monkeypatch.setattr(erasure, "_apply", apply)
    with pytest.raises(Crash):
        erasure.carry_out(study, plan.begun, plan.changes, "kari")
    for command in (("withdraw", "K1"), ("close",)):
        ran = qualkit(*command, "--study", root, "--yes")
        assert (ran.code, ran.err.splitlines()[-1]) == (1, "  Finish it first: qualkit withdraw G1")


@pytest.mark.parametrize("seed", range(8))
def test_random_studies(tmp_path: Path, seed: int) -> None:
    counted = trial(tmp_path, 7_000 + seed)
    assert counted["erased words"] > 20
    for wrong in ("places with erased words", "codings on other words", "turns of others changed"):
        assert counted[wrong] == 0
    assert counted["problems nobody announced"] == 0


def test_who_is_listed_is_somebody_whatever_part_a_transcript_gives_them(root: Path) -> None:
    path = root / "transcripts" / "FG1.txt"
    text = path.read_text()
    for label in ("Ola", "Mona"):
        text = text.replace(f"{label}: {{role: participant}}", f"{label}: {{role: other}}")
    path.write_text(text)
    plan = plan_withdrawal(studies.open_study(root), "G1")
    [change] = [change for change in plan.changes if change.file == "transcripts/FG1.txt"]
    assert change.data is not None
    assert "Ola: Nøklene var det Kari som ordna." in change.data.decode()


def test_marks_of_an_original_go_with_it(root: Path) -> None:
    memo = root / "memos" / "word-K1.md"
    memo.parent.mkdir()
    memo.write_text("# Marks in the original of K1\n\n## K1:5-8 · comment by Per · undated\n\n> Og\n\nhm\n")
    plan = plan_withdrawal(studies.open_study(root), "K1")
    assert [change.file for change in plan.changes if change.why == "memos"] == ["memos/word-K1.md"]


# --- the register of who is who -------------------------------------------------------------------------

REGISTER = """# vårt
identities:
- id: p1
  forms: [Kari Nes, Kari]
  participant: G1
- id: p2   # i det Ola sa
  forms: [Halvorsen]
  only: [FG1:{theirs}, FG1:{others}]
- id: p3
  forms: [Solbakken]
  only: [FG1:{only_theirs}]
- id: p4
  forms: [Mona]
passed:
- form: meg
  only: [K1:30-33]
"""


def registered(root: Path) -> tuple[studies.Study, str]:
    study = studies.open_study(root)
    text = studies.read_transcript(study, "FG1")[0].text

    def at(words: str) -> str:
        return f"{text.index(words)}-{text.index(words) + len(words)}"

    places = {"theirs": at("Halvorsen"), "others": at("kjenner"), "only_theirs": at("Solbakken")}
    return study, REGISTER.format(**places)


@pytest.mark.parametrize("sealed", [False, True])
def test_a_participant_goes_from_the_register(root: Path, monkeypatch: pytest.MonkeyPatch, sealed: bool) -> None:
    monkeypatch.setattr(sealing, "_WORK", 4)
    monkeypatch.setenv(register.PASSPHRASE, "fire ord er lette å huske")
    register.forget_passphrases()
    study, text = registered(root)
    register.save_register(study, text)
    if sealed:
        register.encrypt(study, "fire ord er lette å huske")
    plan = plan_withdrawal(study, "G1")
    erasure.carry_out(study, plan.begun, plan.changes, "ida")
    after = register.register_text(study)
    assert after.startswith("# vårt\nidentities:\n- id: p2   # i det Ola sa\n")
    read, problems = register.read_register(study)
    assert [problem for problem in problems if problem.severity == "error"] == []
    assert [one.id for one in read.identities] == ["p2", "p4"]
    (place,) = read.identities[0].only
    assert studies.read_transcript(study, "FG1")[0].text[place.start : place.end] == "kjenner"
    assert len(read.passed) == 1
    assert register.is_sealed(study) == sealed
    plan = plan_withdrawal(study, "K1")
    erasure.carry_out(study, plan.begun, plan.changes, "ida")
    assert register.read_register(study)[0].passed == ()


def test_a_participant_goes_from_the_key_outside_the_study(
    root: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("USERPROFILE", str(tmp_path / "home"))
    study = studies.open_study(root)
    lies = register.save_key(study, "identities:\n- {id: p1, forms: [Kari Nes]}\n- {id: p2, forms: [Ola]}\n")
    study = studies.open_study(root)
    plan = plan_withdrawal(study, "G1")
    erasure.carry_out(study, plan.begun, plan.changes, "ida")
    assert lies.read_text() == "identities:\n- {id: p2, forms: [Ola]}\n"


def test_a_sealed_register_that_cannot_be_opened_stops_a_withdrawal(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sealing, "_WORK", 4)
    monkeypatch.delenv(register.PASSPHRASE, raising=False)
    study, text = registered(root)
    register.save_register(study, text)
    register.encrypt(study, "fire ord er lette å huske")
    register.forget_passphrases()
    register._asking.clear()
    with pytest.raises(register.NoPassphrase):
        plan_withdrawal(study, "G1")


def test_a_mark_that_was_not_found_again_keeps_its_words_and_loses_theirs(qualkit: Callable, root: Path) -> None:
    memo = root / "memos" / "word-FG1.md"
    memo.parent.mkdir()
    lost = f"## FG1:20-60 · lost · comment by Kari\n\n> Det sa vi aldri mer.\n\n> {LONG}\n"
    memo.write_text(lost)
    assert qualkit("withdraw", "G1", "--study", root, "--yes").code in (0, 1)
    assert memo.read_text() == lost.replace(LONG, "[trukket]")
