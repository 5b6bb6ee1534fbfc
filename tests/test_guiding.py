"""What of the interview guide was asked of whom, and what its parts gave."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from qualkit import study as studies
from qualkit.checks import check_study
from qualkit.guiding import answers, coverage_table, parts_table, turns_asked, turns_table
from qualkit.material import Material, load_material
from qualkit.table import Table

GUIDE = """questions:
- {id: beskjed, part: Fredagen, question: Hvordan fikk du beskjed?, rules: ["lemma:beskjed"]}
- {id: natt, part: Fredagen, rules: ["natta"]}
- {id: penger, part: Penger, question: Hva koster det?, rules: ["lemma:koste"]}
- {id: slutt, part: Til slutt}
"""
FILES = {
    "K1.txt": "I: Hvordan fikk du beskjed?\n\nK1: På telefon.\n\nI: Ja?\n\nK1: Klokka to.\n\n"
    "I: Hva koster det?\n\nK1: Mye.\n",
    "FG.txt": "I: Fikk dere beskjed?\n\nK1: Nei.\n\nI: Hva koster det, da?\n\nK2: Vet ikke.\n\nI: Takk.\n\nK1: Takk.\n",
}


@pytest.fixture
def root(qualkit: Callable, interviews: Callable) -> Path:
    folder = interviews(FILES, participants="id;labels\nK1;K1\nK2;K2\n")
    assert qualkit("code", folder).code == 0
    found: Path = folder.with_name("interviews-study")
    (found / "guide.yaml").write_text(GUIDE)
    return found


def material(root: Path) -> Material:
    return load_material(studies.open_study(root))


def rows(table: Table) -> list[dict[str, object]]:
    return [dict(zip([column.key for column in table.columns], row, strict=True)) for row in table.rows]


def test_an_answer_runs_until_the_next_question_of_the_guide(root: Path) -> None:
    read = material(root)
    found = {(one.question, one.transcript): one for one in answers(read, turns_asked(read)[0])}
    text = read.transcripts["K1"].text
    here = found["beskjed", "K1"]
    assert text[here.start : here.end].strip() == text.partition("I: Hva koster")[0].strip()
    assert here.words == {"K1": 4}
    assert found["penger", "FG"].words == {"K1": 1, "K2": 2}


def test_coverage_tells_whom_a_question_was_put_to_and_who_answered(root: Path) -> None:
    read = material(root)
    asked, _ = turns_asked(read)
    table = {row["question"]: (row["part"], row["K1"], row["K2"]) for row in rows(coverage_table(read, asked))}
    assert table == {
        "Hvordan fikk du beskjed?": ("Fredagen", "●", "○"),
        "natt": ("Fredagen", None, None),
        "Hva koster det?": ("Penger", "●", "●"),
        "slutt": ("Til slutt", None, None),
    }
    counted = {row["question"]: (row["K1"], row["K2"]) for row in rows(coverage_table(read, asked, counts=True))}
    assert counted["Hvordan fikk du beskjed?"] == (5, 0)


def test_parts_that_gave_nothing_are_told(qualkit: Callable, root: Path) -> None:
    qualkit("mark", "K1", "vente", "Klokka to.", "--study", root)
    read = material(root)
    found = {row["part"]: row for row in rows(parts_table(read, turns_asked(read)[0], counts=True))}
    assert (found["Fredagen"]["coded"], found["Fredagen"]["remark"]) == (1, "aldri stilt: natt")
    assert (found["Penger"]["asked"], found["Penger"]["remark"]) == (2, "stilt, ingenting kodet")
    assert (found["Til slutt"]["asked"], found["Til slutt"]["remark"]) == (None, "aldri stilt")


def test_turns_that_ask_nothing_of_the_guide_are_listed_with_their_words(root: Path) -> None:
    read = material(root)
    table = turns_table(read, turns_asked(read)[0])
    assert [(row["transcript"], row["line"], row["turn"].unit.text) for row in rows(table)] == [  # type: ignore[union-attr,attr-defined]
        ("FG", 5, "Takk."),
        ("K1", 3, "Ja?"),
    ]


def test_a_match_by_hand_counts_and_follows_the_edited_transcript(qualkit: Callable, root: Path) -> None:
    assert qualkit("guide", "match", "FG", "5", "slutt", "--study", root).code == 0
    assert qualkit("guide", "match", "K1", "3", "none", "--study", root).code == 0
    text = root / "transcripts" / "FG.txt"
    text.write_text(text.read_text().replace("I: Takk.", "I: Hei.\n\nI: Takk."))
    qualkit("code", "--study", root)
    read = material(root)
    asked, _ = turns_asked(read)
    said = {read.transcripts[one.transcript].text[one.turn.start : one.turn.end]: one for one in asked}
    assert (said["Takk."].questions, said["Takk."].by_hand) == (("slutt",), True)
    assert [row[0] for row in turns_table(read, asked).rows] == ["FG"]
    assert qualkit("check", "--study", root).err == "Nothing is wrong.\n"
    assert qualkit("undo", "--study", root).code == 0
    assert len(turns_table(material(root), turns_asked(material(root))[0]).rows) == 2


def test_a_match_that_leads_nowhere_is_told_with_its_line(qualkit: Callable, root: Path) -> None:
    qualkit("guide", "match", "FG", "5", "slutt", "--study", root)
    (root / "guide.yaml").write_text(GUIDE.replace("slutt,", "avslutning,"))
    text = root / "transcripts" / "FG.txt"
    text.write_text(text.read_text().replace("I: Takk.", "I: Da stopper jeg opptaket."))
    qualkit("code", "--study", root)
    told = [problem for problem in check_study(studies.open_study(root)) if problem.check == "guide"]
    assert [str(problem) for problem in told] == [
        "reflections/kari.yaml:3: no turn of an interviewer in FG begins with these words",
        "reflections/kari.yaml:3: the guide has no question “slutt”",
    ]
    assert all(problem.hint for problem in told)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("match", "K1", "2", "beskjed"), "no turn of an interviewer stands on line 2 of K1"),
        (("match", "K1", "3", "beskjeden"), "Did you mean “beskjed”?"),
        (("match", "K9", "3", "beskjed"), "there is no transcript “K9”"),
    ],
)
def test_what_cannot_be_matched_is_refused(qualkit: Callable, root: Path, words: tuple[str, ...], message: str) -> None:
    ran = qualkit("guide", *words, "--study", root)
    assert (ran.code, message in ran.err) == (1, True)
    assert not (root / "reflections").exists()


def test_without_a_guide_one_is_told_how_to_write_it(qualkit: Callable, root: Path) -> None:
    (root / "guide.yaml").unlink()
    ran = qualkit("guide", "--study", root)
    assert (ran.code, "guide.yaml" in ran.err) == (1, True)


def test_a_guide_with_faults_is_told_and_what_can_be_read_is_shown(qualkit: Callable, root: Path) -> None:
    (root / "guide.yaml").write_text(GUIDE + "- {id: natt}\n- {id: dyr, rules: ['re:(a+)+b']}\n")
    ran = qualkit("guide", "--json", "--study", root)
    assert ran.code == 1
    assert "guide.yaml:6:8: the id “natt” is taken by the question on line 3" in ran.err
    assert [row["question"] for row in json.loads(ran.out)][:2] == ["Hvordan fikk du beskjed?", "natt"]
    assert "guide.yaml:6:8" in qualkit("check", "--study", root).err


@pytest.mark.drafts
def test_tables_are_written_as_files_and_their_words_rendered(qualkit: Callable, root: Path, tmp_path: Path) -> None:
    for words in (("guide",), ("guide", "parts"), ("guide", "turns", "--all")):
        out = tmp_path / f"{'-'.join(words)}.docx"
        ran = qualkit(*words, "-o", out, "--allow-unreviewed", "utkast", "--study", root)
        assert (ran.code, out.exists()) == (0, True), ran.err
