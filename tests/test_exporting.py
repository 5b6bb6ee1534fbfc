import csv
import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from pyarrow import parquet

from qualkit import study as studies
from qualkit.coding.codings import unit_at
from qualkit.linenumbers import lay_lines
from qualkit.model import Coding

pytestmark = pytest.mark.drafts

VTT = """WEBVTT

00:01:05.000 --> 00:01:07.000
<v Anne>Hva skjedde?</v>

00:01:08.000 --> 00:01:12.000
<v Bente>Jeg måtte ringe kommunen.</v>
"""


def accept(root: Path, transcript: str, passage: str, code: str = "telefon", coder: str = "kari") -> Coding:
    study = studies.open_study(root)
    record, _ = studies.read_transcript(study, transcript)
    start = record.text.index(passage)
    unit = unit_at(record, start, start + len(passage))
    coding = Coding(f"hand-{start}", unit, code, coder, "accepted", "manual", "", text_sha256=record.sha256)
    before, _ = studies.read_codings(study, coder, transcript)
    studies.save_codings(study, coder, transcript, [*before, coding])
    return coding


def whole(folder: Path) -> str:
    texts = [str(parquet.read_table(path).to_pydict()) for path in folder.glob("*.parquet")]
    return "\n".join([*texts, *(p.read_text(encoding="utf-8-sig") for p in folder.iterdir() if p.suffix != ".parquet")])


def codings(root: Path) -> list[dict[str, str]]:
    path = root / "exports" / "codings.not-anonymised.csv"
    return list(csv.DictReader(path.open(encoding="utf-8-sig", newline=""), delimiter=";"))


@pytest.mark.parametrize("kind", ["html", "json", "csv", "parquet"])
def test_no_name_and_no_word_of_who_may_not_be_quoted_goes_out(qualkit: Callable, named_study: Path, kind: str) -> None:
    ran = qualkit("export", kind, "--study", named_study)
    assert ran.code == 0, ran.err
    text = whole(named_study / "exports")
    for name in ("Kari", "Nes", "Ola", "Vik"):
        assert not re.search(rf"\b{name}s?\b", text), name
    assert "aldri" not in text
    assert "Jeg måtte ringe [P2]." in text
    assert "[skal ikke siteres]" in text
    assert "IKKE ANONYMISERT" in text


def test_surroundings_are_rendered_and_keep_back_who_may_not_be_quoted(qualkit: Callable, named_study: Path) -> None:
    assert qualkit("export", "html", "--study", named_study).code == 0
    text = (named_study / "exports" / "resultater.html").read_text()
    opened = re.findall(r"<details>.*?</details>", text)
    plain = [re.sub(r"<[^>]*>", "|", details) for details in opened]
    fokus = next(details for details in plain if "fredag" in details)
    assert re.search(r"P2\|+\[skal ikke siteres\]\|", fokus)
    first = next(details for details in plain if "måtte" in details)
    assert "[P1]s vakt var lang." in first
    assert re.search(r"Intervjuer\|+Ja, \[P1\]\?", first)


def test_a_name_in_the_researchers_own_text_stops_every_kind(qualkit: Callable, named_study: Path) -> None:
    book = named_study / "codebook.yaml"
    book.write_text(book.read_text().replace("name: Å ringe", "name: Å ringe Ola"))
    for kind in ("html", "json", "csv", "parquet"):
        ran = qualkit("export", kind, "--study", named_study)
        assert ran.code == 1
        assert "it holds a name of P2" in ran.err
    assert not list(named_study.glob("exports/*"))


def test_every_coding_has_its_full_provenance(qualkit: Callable, interviews: Callable) -> None:
    folder = interviews({"samtale.vtt": VTT}, participants="id;labels\nD1;Bente\n")
    below = 'children:\n  - id: telefon\n    name: Å ringe\n    rules: ["lemma:ringe"]\n'
    book = "codes:\n- id: hjelp\n  name: Hjelp\n  " + below
    (folder / "codebook.yaml").write_text(book)
    qualkit("code", folder)
    root = folder.with_name("interviews-study")
    qualkit("review", "--study", root, keys="a\n")
    coding = accept(root, "samtale", "ringe", coder="per")
    assert qualkit("export", "csv", "--study", root).code == 0
    rows = codings(root)
    assert (
        list(rows[0])
        == (
            "id transcript start end line speaker participant time code code_path coder status origin kind words notice"
        ).split()
    )
    hers, his = rows
    assert (hers["words"], hers["origin"], hers["coder"]) == ("Jeg måtte ringe kommunen.", "rule:telefon", "kari")
    study = studies.open_study(root)
    text = studies.read_transcript(study, "samtale")[0].text
    start, end, line = int(his["start"]), int(his["end"]), int(his["line"])
    assert text[start:end] == his["words"] == "ringe"
    lines = lay_lines(text)
    assert lines[line - 1][0] <= start < lines[line - 1][1]
    assert {key: his[key] for key in ("id", "transcript", "speaker", "participant", "time", "code", "code_path")} == {
        "id": coding.id,
        "transcript": "samtale",
        "speaker": "D1",
        "participant": "D1",
        "time": "00:01:08",
        "code": "telefon",
        "code_path": "Hjelp > Å ringe",
    }
    assert (his["coder"], his["status"], his["origin"], his["kind"]) == ("per", "accepted", "manual", "interview")


def test_the_interviewers_words_have_a_role_and_no_name(qualkit: Callable, named_study: Path) -> None:
    accept(named_study, "fokus", "Hva?")
    assert qualkit("export", "csv", "--study", named_study).code == 0
    row = next(row for row in codings(named_study) if row["words"] == "Hva?")
    assert (row["speaker"], row["participant"], row["transcript"]) == ("interviewer", "", "fokus")
    assert {row["transcript"] for row in codings(named_study)} == {"[P1]", "fokus"}


def test_words_of_a_formula_are_harmless_in_the_list_of_codings(qualkit: Callable, interviews: Callable) -> None:
    folder = interviews({"K1.txt": "I: Hva?\n\nK1: =cmd|ringe!A1 var det.\n"})
    qualkit("code", folder)
    root = folder.with_name("interviews-study")
    accept(root, "K1", "=cmd|ringe!A1")
    assert qualkit("export", "csv", "--study", root).code == 0
    assert [row["words"] for row in codings(root)] == ["'=cmd|ringe!A1"]


def test_the_json_file_holds_what_the_tables_hold(qualkit: Callable, named_study: Path) -> None:
    for kind in ("json", "csv"):
        assert qualkit("export", kind, "--study", named_study).code == 0
    record = json.loads((named_study / "exports" / "resultater.json").read_text())
    assert record["qualkit_export"] == 1
    rows = [{key: value for key, value in row.items() if key != "notice"} for row in codings(named_study)]
    assert [{key: str(value) for key, value in one.items()} for one in record["codings"]] == rows
    names = [table["name"] for table in record["tables"]]
    written = {path.name.partition(".")[0] for path in (named_study / "exports").glob("*.csv")}
    assert {*names, "codings"} == written
    assert [code["id"] for code in record["codebook"]] == ["telefon", "vente"]


def test_what_a_transcript_says_runs_nowhere(qualkit: Callable, interviews: Callable) -> None:
    folder = interviews(
        {"K1.txt": "I: <img src=x onerror=alert(1)>\n\nK1: Jeg ringte <script>alert(1)</script> \x1b[31m.\n"}
    )
    qualkit("code", folder)
    root = folder.with_name("interviews-study")
    qualkit("review", "--study", root, keys="a\n")
    assert qualkit("export", "html", "--study", root).code == 0
    text = (root / "exports" / "resultater.html").read_text()
    assert "<script" not in text
    assert "<img" not in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text
    assert "&lt;img src=x onerror=alert(1)&gt;" in text
    assert "\x1b" not in text


def test_a_page_that_she_edited_is_not_written_over(qualkit: Callable, named_study: Path, tmp_path: Path) -> None:
    for _ in range(2):
        ran = qualkit("export", "html", "--study", named_study)
        assert ran.code == 0
        assert "Next: qualkit export transcripts" in ran.err
    file = named_study / "exports" / "resultater.html"
    file.write_text(file.read_text() + "hers")
    assert "was changed since it was exported" in qualkit("export", "html", "--study", named_study).err
    assert file.read_text().endswith("hers")
    assert qualkit("export", "html", "--study", named_study, "-o", tmp_path / "side.htm").code == 1
    assert qualkit("export", "html", "--study", named_study, "-o", tmp_path / "side.html").code == 0
    assert qualkit("export", "html", "--study", named_study, "-o", tmp_path / "side.html").code == 1


def test_a_text_without_speakers_has_surroundings_too(qualkit: Callable, interviews: Callable) -> None:
    folder = interviews({"notat.txt": "Hun ringte først.\n\nDet regnet hele dagen.\n"})
    qualkit("code", folder)
    root = folder.with_name("interviews-study")
    accept(root, "notat", "Hun ringte først.")
    assert qualkit("export", "html", "--study", root).code == 0
    text = re.sub(r"<[^>]*>", "", (root / "exports" / "resultater.html").read_text())
    assert "Det regnet hele dagen." in text
