"""Impressions, preliminary themes, journal, verdicts: written, laid side by side, gone with whom they are about."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from qualkit import study as studies
from qualkit.backup import make_backup
from qualkit.checks import check_study
from qualkit.material import Material, load_material
from qualkit.reading_views import overview, verdicts
from qualkit.reflecting import write_impression, write_theme, write_verdict
from qualkit.restoring import restore

SAID = "Da måtte jeg vente på svar i to uker"
FILES = {
    "K1.txt": f"I: Hva skjedde?\n\nK1: {SAID}. Det regnet.\n\nI: Og så?\n\nK1: Da ga jeg opp.\n",
    "K2.txt": "I: Hva skjedde?\n\nK2: Vi fikk svar med en gang.\n",
    "FG.txt": "I: Hva skjedde?\n\nK1: Ingen ringte oss på hele den lange helga.\n\nK2: Noen ringte.\n",
}


@pytest.fixture
def root(qualkit: Callable, interviews: Callable) -> Path:
    folder = interviews(FILES, participants="id;labels\nK1;K1\nK2;K2\n")
    assert qualkit("code", folder).code == 0
    found: Path = folder.with_name("interviews-study")
    with (found / "study.yaml").open("a") as file:
        file.write("method: stc\n" if "method:" not in (found / "study.yaml").read_text() else "")
    return found


def kari(root: Path) -> str:
    return (root / "reflections" / "kari.yaml").read_text()


def material(root: Path) -> Material:
    return load_material(studies.open_study(root))


def test_an_impression_is_written_and_the_earlier_one_kept(qualkit: Callable, root: Path) -> None:
    assert qualkit("read", "impression", "K1", "--text", "Sint.", "--study", root).code == 0
    # What is piped in is as good as an option.
    ran = qualkit("read", "impression", "K1", "--study", root, keys="Trøtt, heller enn sint.\n")
    assert (ran.code, ran.err) == (0, "Written: the impression of K1.\n")
    again = qualkit("read", "impression", "K1", "--study", root, "--text", "Trøtt, heller enn sint.")
    assert "what stands there already" in again.err
    shown = json.loads(qualkit("read", "impression", "--json", "--study", root).out)
    assert [(row["about"], row["kari"]) for row in shown] == [
        ("FG", None),
        ("K1", "Trøtt, heller enn sint."),
        ("K2", None),
    ]
    versions = json.loads(qualkit("read", "impression", "K1", "--versions", "--json", "--study", root).out)
    assert [row["text"] for row in versions] == ["Sint.", "Trøtt, heller enn sint."]


def test_two_analysts_never_write_the_same_file_and_are_laid_side_by_side(qualkit: Callable, root: Path) -> None:
    qualkit("read", "impression", "K1", "--text", "Sint.", "--study", root)
    before = kari(root)
    qualkit("read", "impression", "K1", "--text", "Redd.", "--study", root, "--coder", "ola")
    qualkit("read", "themes", "Venting", "--why", "alle", "--study", root)
    qualkit("read", "themes", "venting", "--why", "K1", "--study", root, "--coder", "ola")
    qualkit("read", "themes", "Regn", "--study", root, "--coder", "ola")
    assert kari(root).startswith(before)
    row = json.loads(qualkit("read", "impression", "--json", "--study", root).out)[1]
    assert row == {"about": "K1", "kari": "Sint.", "ola": "Redd."}
    rows = json.loads(qualkit("read", "themes", "--json", "--study", root).out)
    # What one saw and the other did not shows.
    assert [(r["about"], r["kari"], r["ola"]) for r in rows] == [("Venting", "alle", "K1"), ("Regn", None, "●")]


def test_a_preliminary_theme_is_renamed_and_given_up_and_stays_in_the_file(qualkit: Callable, root: Path) -> None:
    qualkit("read", "themes", "Uro", "--why", "telefonen", "--study", root)
    assert qualkit("read", "themes", "Venting", "--was", "uro", "--study", root).code == 0
    qualkit("read", "themes", "Regn", "--study", root)
    assert qualkit("read", "themes", "regn", "--drop", "bare hos én", "--study", root).code == 0
    shown = qualkit("read", "themes", "--study", root).out
    assert "Venting" in shown
    assert "Gitt opp: Regn (kari): bare hos én" in shown
    assert "Uro" in kari(root)
    missing = qualkit("read", "themes", "Vent", "--was", "Ventin", "--study", root)
    assert (missing.code, "Did you mean “Venting”?" in missing.err) == (1, True)


def test_the_trail_tells_that_something_was_written_and_not_what(qualkit: Callable, root: Path) -> None:
    qualkit("read", "journal", "--text", "Hørte min egen avdeling.", "--study", root)
    qualkit("read", "preconceptions", "--text", "Jeg venter sinne.", "--study", root)
    lines = [json.loads(line) for line in (root / "trail.jsonl").read_text().splitlines()][-2:]
    assert [(line["what"], line["object"], line["after"]) for line in lines] == [
        ("read journal", "journal", {"words": 4, "version": 1}),
        ("read preconceptions", "preconceptions", {"words": 3, "version": 1}),
    ]
    assert "avdeling" not in json.dumps(lines, ensure_ascii=False)


def test_what_was_written_is_taken_back(qualkit: Callable, root: Path) -> None:
    qualkit("read", "notes", "K1", "--text", "Sier «vi» om avdelinga.", "--study", root)
    one = kari(root)
    qualkit("read", "notes", "K1", "--text", "Ler når det er verst.", "--study", root)
    assert qualkit("undo", "--study", root).code == 0
    assert kari(root) == one
    qualkit("undo", "--study", root)
    assert not (root / "reflections" / "kari.yaml").exists()


def test_the_overview_tells_who_has_read_noted_and_coded_what(qualkit: Callable, root: Path) -> None:
    qualkit("mark", "K1", "vente", SAID, "--study", root)
    qualkit("review", "--read", "K1", "--study", root)
    study = studies.open_study(root)
    write_impression(study, "kari", "K1", "Sint.")
    write_verdict(study, "ola", "K2", "contradicts", "Fikk svar.", changed="Skrev «noen».")
    today = studies.now()[:10]
    table = overview(material(root))
    rows = {row[:2]: row[2:] for row in table.rows}
    assert rows["K1", "kari"] == (today, None, today, "●", None)
    assert rows["K2", "ola"] == (None, None, None, None, "contradicts")
    assert rows["FG", "ola"] == (None, None, None, None, None)


def test_coding_before_preliminary_themes_is_remarked_in_text_condensation_alone(qualkit: Callable, root: Path) -> None:
    qualkit("mark", "K1", "vente", SAID, "--study", root)
    settings = root / "study.yaml"
    plain = settings.read_text()
    for method, told in (("stc", True), ("codebook-ta", False)):
        settings.write_text(
            "\n".join(f"method: {method}" if line.startswith("method:") else line for line in plain.splitlines())
        )
        assert any("no preliminary theme is written yet" in note for note in overview(material(root)).notes) is told
    settings.write_text(plain)
    write_theme(studies.open_study(root), "kari", "Venting")
    assert not any("began to code" in note for note in overview(material(root)).notes)


def test_a_verdict_stands_beside_the_turns_that_nobody_coded(qualkit: Callable, root: Path) -> None:
    qualkit("mark", "K1", "vente", SAID, "--study", root)
    ran = qualkit(
        "read", "verdict", "K1", "nuances", "--text", "Ga opp.", "--changed", "Skrev «noen».", "--study", root
    )
    assert ran.code == 0
    table = verdicts(material(root))
    keys = [column.key for column in table.columns]
    rows = {row[0]: dict(zip(keys, row, strict=True)) for row in table.rows}
    assert (rows["K1"]["verdict"], rows["K1"]["changed"], rows["K1"]["uncoded"]) == ("nyanserer", "Skrev «noen».", 1)
    assert (rows["K2"]["verdict"], rows["K2"]["uncoded"]) == ("(ikke lest på nytt)", 1)


def test_that_nothing_speaks_against_is_said_when_all_were_read_again(root: Path) -> None:
    study = studies.open_study(root)
    for name in ("K1", "K2"):
        write_verdict(study, "kari", name, "supports")
    assert verdicts(material(root)).notes == ()
    write_verdict(study, "kari", "FG", "supports")
    assert "Det ble ikke funnet noe som taler imot" in verdicts(material(root)).notes[0]
    write_verdict(study, "ola", "FG", "contradicts", "Noen ringte.")
    assert verdicts(material(root)).notes == ()


def test_information_power_is_five_texts_and_never_a_number(qualkit: Callable, root: Path) -> None:
    assert qualkit("read", "power", "aim", "--text", "Smalt: én helg.", "--study", root).code == 0
    assert qualkit("read", "power", "size", "--text", "5", "--study", root).code == 2
    rows = json.loads(qualkit("read", "power", "--json", "--study", root).out)
    assert [row["kari"] for row in rows] == ["Smalt: én helg.", None, None, None, None]
    assert rows[1]["about"] == "Utvalgets spesifisitet"


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("impression", "K9", "--text", "a"), "there is no transcript “K9”"),
        (("impression", "K1", "--text", "  "), "there is no text"),
        (("verdict", "K1", "--text", "a"), "say what it does: supports, nuances, contradicts"),
        (("themes", "Uro", "--drop", "a"), "you have no preliminary theme “Uro”"),
    ],
)
def test_what_cannot_be_written_is_refused(qualkit: Callable, root: Path, words: tuple[str, ...], message: str) -> None:
    ran = qualkit("read", *words, "--study", root)
    assert (ran.code != 0, message in ran.err) == (True, True)
    assert not (root / "reflections").exists()


def test_a_file_with_faults_is_not_written_to_and_told_with_its_line(qualkit: Callable, root: Path) -> None:
    (root / "reflections").mkdir()
    (root / "reflections" / "kari.yaml").write_text("impressions:\n- {transcript: K1, text: Sint., dag: i dag}\n")
    before = kari(root)
    ran = qualkit("read", "impression", "K2", "--text", "Glad.", "--study", root)
    assert (ran.code, kari(root)) == (1, before)
    assert "reflections/kari.yaml:2:33: “dag” is no key of this entry" in ran.err
    assert "Sint" not in ran.err


def test_check_finds_entries_about_transcripts_that_are_not_there(root: Path) -> None:
    (root / "reflections").mkdir()
    (root / "reflections" / "kari.yaml").write_text("notes:\n- {transcript: K3, text: a}\n")
    problem = next(p for p in check_study(studies.open_study(root)) if p.check == "reflections")
    assert str(problem) == "reflections/kari.yaml:2: there is no transcript “K3”"
    assert problem.hint


def test_a_copy_that_a_sync_program_made_is_told_and_not_read(root: Path) -> None:
    write_impression(studies.open_study(root), "kari", "K1", "Sint.")
    copy = root / "reflections" / "kari (conflicted copy 2026-03-02).yaml"
    copy.write_text(kari(root).replace("Sint", "Glad"))
    assert [one.text for one in material(root).reflections] == ["Sint."]
    assert any(p.check == "copy" and p.file.startswith("reflections/") for p in check_study(studies.open_study(root)))


def test_who_withdraws_takes_along_what_was_noted_about_their_interview(qualkit: Callable, root: Path) -> None:
    study = studies.open_study(root)
    write_impression(study, "kari", "K1", "Sint og trøtt.")
    write_impression(study, "kari", "K2", "Glad.")
    write_impression(study, "kari", "FG", "Hun sa «Ingen ringte oss på hele den lange helga» og lo.")
    write_verdict(study, "ola", "K1", "nuances", "Ga opp.")
    qualkit("read", "journal", "--text", f"Jeg tenker på det hun sa: {SAID.lower()}.", "--study", root)
    told = qualkit("withdraw", "K1", "--study", root, "-n").err
    assert "impressions, notes and journals: 2" in told
    assert "the impression of FG was written when somebody who goes took part" in told
    assert qualkit("withdraw", "K1", "--study", root, "--yes").code == 0
    after = kari(root) + (root / "reflections" / "ola.yaml").read_text()
    assert [(one.kind, one.about) for one in material(root).reflections] == [
        ("impression", "K2"),
        ("impression", "FG"),
        ("journal", ""),
    ]
    for word in ("Sint", "Ga opp", "ringte oss", "vente på svar", "K1"):
        assert word not in after
    assert "Hun sa «[trukket]» og lo." in after
    assert "K1" not in (root / "trail.jsonl").read_text()


def test_nobody_withdraws_while_it_cannot_be_read_about_whom_something_was_noted(qualkit: Callable, root: Path) -> None:
    (root / "reflections").mkdir()
    (root / "reflections" / "kari.yaml").write_text("impressions:\n- {transcript: K1, text: Sint.\n")
    ran = qualkit("withdraw", "K1", "--study", root, "--yes")
    assert (ran.code, (root / "transcripts" / "K1.txt").is_file()) == (1, True)
    assert "reflections/kari.yaml:" in ran.err


def test_preconceptions_and_preliminary_themes_stay_when_a_study_is_closed(qualkit: Callable, root: Path) -> None:
    write_impression(studies.open_study(root), "kari", "K1", "Sint og trøtt.")
    qualkit("read", "preconceptions", "--text", "Jeg venter sinne.", "--study", root)
    qualkit("read", "themes", "Venting", "--why", f"«{SAID}»", "--study", root)
    write_impression(studies.open_study(root), "ola", "K1", "Redd.")
    guide = "questions:\n- {id: start, question: Hva skjedde den dagen da du skulle hjem?}\n"
    (root / "guide.yaml").write_text(guide)
    text = root / "transcripts" / "K2.txt"
    text.write_text(text.read_text().replace("I: Hva skjedde?", "I: Hva skjedde den dagen da du skulle hjem?"))
    qualkit("code", "--study", root)
    ran = qualkit("close", "--before-date", "prøve", "--yes", "--study", root)
    assert "finds none of the participants' words" in ran.err, ran.err
    left = kari(root)
    assert "Jeg venter sinne." in left
    assert "Venting" in left
    assert "trøtt" not in left
    assert "vente på svar" not in left
    assert not (root / "reflections" / "ola.yaml").exists()
    # What was read out as it stands in the guide is the researcher's own.
    assert (root / "guide.yaml").read_text() == guide


def test_git_leaves_it_out_also_in_a_study_that_was_begun_before(qualkit: Callable, root: Path) -> None:
    assert "reflections/" in (root / ".gitignore").read_text().split()
    ignore = (root / ".gitignore").read_text().replace("reflections/\n", "")
    (root / ".gitignore").write_text(ignore)
    write_impression(studies.open_study(root), "kari", "K1", "Sint.")
    assert (root / ".gitignore").read_text() == ignore + "reflections/\n"


def test_a_backup_has_it_and_a_study_handed_on_has_not(qualkit: Callable, root: Path, tmp_path: Path) -> None:
    write_impression(studies.open_study(root), "kari", "K1", "Sint.")
    make_backup(studies.open_study(root), tmp_path / "b.zip")
    restore(tmp_path / "b.zip", tmp_path / "again")
    assert kari(tmp_path / "again") == kari(root)
    shared = qualkit("anonymise", "share", tmp_path / "shared", "--allow-unreviewed", "prøve", "--study", root)
    assert (shared.code, (tmp_path / "shared" / "transcripts").is_dir()) == (0, True), shared.err
    assert not list((tmp_path / "shared").rglob("reflections"))


def test_what_leaves_the_study_passes_the_gate(qualkit: Callable, root: Path, tmp_path: Path) -> None:
    write_impression(studies.open_study(root), "kari", "K1", "Hun nevner Ragnhild Sandvær.")
    out = tmp_path / "inntrykk.docx"
    ran = qualkit("read", "impression", "-o", out, "--study", root)
    assert (ran.code, out.exists()) == (1, False)
    assert "reflections/kari.yaml: impression on line" in ran.err
    assert "Sandvær" not in ran.err
    assert qualkit("read", "impression", "-o", out, "--allow-unreviewed", "utkast", "--study", root).code == 0
    assert out.exists()
