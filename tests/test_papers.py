import csv
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest

from qualkit import study as studies
from qualkit.linenumbers import lay_lines

pytestmark = pytest.mark.drafts


def table(path: Path) -> list[list[str]]:
    (found,) = docx.Document(str(path)).tables
    return [[cell.text for cell in row.cells] for row in found.rows][1:]


def everything(path: Path) -> str:
    with zipfile.ZipFile(path) as package:
        names = [name for name in package.namelist() if name.endswith((".xml", ".rels")) and "styles" not in name]
        found = [package.read(name).decode() for name in names]
    return "\n".join([*found, *(re.sub("<[^>]*>", "", part) for part in found)])


def test_papers_for_the_desk_hold_the_words_as_they_were_said(qualkit: Callable, named_study: Path) -> None:
    ran = qualkit("export", "transcripts", "--study", named_study)
    assert ran.code == 0, ran.err
    written = sorted(path.name for path in (named_study / "working").iterdir())
    assert written == ["Kari Nes.confidential.docx", "fokus.confidential.docx"]
    assert not (named_study / "exports").exists()
    path = named_study / "working" / "fokus.confidential.docx"
    said = [re.sub(r"(?<=[: .])[ab](?=J)|[ab]$", "", row[1]) for row in table(path) if row[0]]
    assert said == ["I: Hva?", "Ola Vik: Jeg ringer aldri noen.", "Kari Nes: Jeg ringte ham på fredag."]
    assert "KONFIDENSIELT" in everything(path)
    assert "Next: qualkit export csv" in ran.err


def test_rendered_papers_have_ids_and_nothing_of_who_may_not_be_quoted(qualkit: Callable, named_study: Path) -> None:
    ran = qualkit("export", "transcripts", "--rendered", "--study", named_study)
    assert ran.code == 0, ran.err
    exports = named_study / "exports"
    assert sorted(path.name for path in exports.iterdir()) == ["P1.not-anonymised.docx", "fokus.not-anonymised.docx"]
    for path in exports.iterdir():
        text = everything(path)
        for name in ("Kari", "Nes", "Ola", "Vik"):
            assert not re.search(rf"\b{name}s?\b", text), name
        assert "aldri" not in text
        assert "IKKE ANONYMISERT" in text
    rows = table(exports / "fokus.not-anonymised.docx")
    assert [row[:2] for row in rows] == [
        ["1", "I: Hva?"],
        ["2", "[P2]: [skal ikke siteres]"],
        ["3", "[P1]: aJeg ringte ham på fredag.a"],
    ]


def test_a_line_has_the_same_number_on_every_paper_and_in_the_table(
    qualkit: Callable, named_study: Path, tmp_path: Path
) -> None:
    text = "I: Hva?\n\nKari Nes: " + "Kari Nes snakket om vakta si. " * 9 + "Så måtte jeg ringe.\n"
    (tmp_path / "lang.txt").write_text(text)
    assert qualkit("add", tmp_path / "lang.txt", "--study", named_study).code == 0
    qualkit("code", named_study)
    qualkit("review", "--study", named_study, keys="a\n")
    for arguments in (["transcripts", "lang"], ["transcripts", "lang", "--rendered"], ["csv"]):
        assert qualkit("export", *arguments, "--study", named_study).code == 0
    with (named_study / "exports" / "codings.not-anonymised.csv").open(encoding="utf-8-sig", newline="") as file:
        line = next(row["line"] for row in csv.DictReader(file, delimiter=";") if row["transcript"] == "lang")
    canonical = studies.read_transcript(studies.open_study(named_study), "lang")[0].text
    assert int(line) == len(lay_lines(canonical))
    desk = table(named_study / "working" / "lang.confidential.docx")
    printed = table(named_study / "exports" / "lang.not-anonymised.docx")
    for rows in (desk, printed):
        (found,) = (row[0] for row in rows if "Å ringe" in row[-1])
        assert found == line
    assert [row[0] for row in desk] == [row[0] for row in printed]


def test_a_paper_with_notes_on_it_is_not_written_over(qualkit: Callable, named_study: Path) -> None:
    for _ in range(2):
        assert qualkit("export", "transcripts", "fokus", "--study", named_study).code == 0
    path = named_study / "working" / "fokus.confidential.docx"
    path.write_bytes(path.read_bytes() + b"hers")
    ran = qualkit("export", "transcripts", "fokus", "--study", named_study)
    assert ran.code == 1
    assert "was changed since it was exported" in ran.err
    assert path.read_bytes().endswith(b"hers")


def test_what_was_said_does_not_lie_among_what_may_leave(qualkit: Callable, named_study: Path) -> None:
    for folder in ("exports", "exports/mer"):
        ran = qualkit("export", "transcripts", "--study", named_study, "-o", named_study / folder)
        assert ran.code == 1
        assert "exports/ holds what may leave" in ran.err
    assert not (named_study / "exports").exists()


def test_a_transcript_that_is_not_there(qualkit: Callable, named_study: Path) -> None:
    ran = qualkit("export", "transcripts", "I9", "--study", named_study)
    assert ran.code == 1
    assert "there is no transcript “I9”" in ran.err


def test_a_changed_transcript_is_told_by_its_place(qualkit: Callable, named_study: Path) -> None:
    path = named_study / "transcripts" / "fokus.txt"
    path.write_text(path.read_text().replace("I: Hva?", "I: Hva da?"))
    ran = qualkit("export", "transcripts", "fokus", "--study", named_study)
    assert ran.code == 1
    assert re.search(r"fokus:\d+-\d+ no longer holds the words", ran.err)
    assert "fredag" not in ran.err


@pytest.mark.parametrize("method", ["stc", "reflexive-ta"])
def test_proposals_are_on_no_paper_before_reading(qualkit: Callable, interviews: Callable, method: str) -> None:
    folder = interviews()
    qualkit("code", folder)
    root = folder.with_name("interviews-study")
    assert qualkit("export", "transcripts", "K1", "--with-proposals", "--study", root).code == 0
    assert any("Å ringe (foreslått)" in row[-1] for row in table(root / "working" / "K1.confidential.docx"))
    settings = root / "study.yaml"
    settings.write_text(settings.read_text().replace("codebook-ta  ", f"{method}  ", 1))
    assert qualkit("export", "transcripts", "K1", "--with-proposals", "--study", root).code == 0
    assert not any(row[-1] for row in table(root / "working" / "K1.confidential.docx"))
