import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualkit.model import Declared, Settings
from qualkit.settings import declared_for, parse_settings, render_settings
from qualkit.text import normalise

TEXTS = st.text(max_size=30).map(lambda text: normalise(text)[0]).filter(str.strip)


@given(TEXTS, st.lists(TEXTS, max_size=3), st.lists(TEXTS, max_size=3), st.lists(TEXTS, min_size=1, max_size=2))
@settings(max_examples=60)
def test_what_is_written_is_read_back(
    title: str, questions: list[str], coders: list[str], originals: list[str]
) -> None:
    written = Settings(title, "nn", "stc", tuple(questions), tuple(coders), tuple(originals))
    read, version, problems = parse_settings(render_settings(written))

    assert [str(problem) for problem in problems] == []
    assert version == 1
    assert read == written


def test_a_name_with_a_comma_is_one_coder() -> None:
    read, _, _ = parse_settings(render_settings(Settings("Vakt", coders=("Nes, Kari", "Ola"))))

    assert read.coders == ("Nes, Kari", "Ola")


def test_every_fault_is_told_at_its_place() -> None:
    text = "titel: Vakt\nlanguage: no\nmethod: STC2\ncaption: harvard\ntitle: A\ntitle: B\n"
    _, version, problems = parse_settings(text)

    assert version == 0
    assert [(p.line, p.column) for p in sorted(problems, key=lambda p: p.line or 0)] == [
        (1, 1),
        (2, 11),
        (3, 9),
        (4, 10),
        (6, 1),
    ]
    assert {p.line: p.hint for p in problems}[1] == "Did you mean “title”?"
    assert all(p.hint for p in problems)


@pytest.mark.parametrize("text", ["", "# only a comment\n", "- a\n", "Vakt", "\ufeff"])
def test_a_file_without_keys_is_a_problem(text: str) -> None:
    read, version, problems = parse_settings(text)

    assert (read.title, version) == ("", 0)
    assert problems


@pytest.mark.parametrize("written", ["9" * 5000, "0", "1.5", "-1", "en", "[1]"])
def test_a_version_that_cannot_be_read_is_told(written: str) -> None:
    _, version, problems = parse_settings(f"title: A\nqualkit_study: {written}\n")
    assert version == 0
    assert [str(problem) for problem in problems] == ["study.yaml:2:16: the version of the study cannot be read"]
    assert "qualkit_study: 1" in problems[0].hint


@given(st.text())
@settings(max_examples=150)
def test_no_text_is_too_broken_to_read(text: str) -> None:
    parse_settings(text)


def test_sources_are_declared_in_a_line_each_and_the_later_line_wins() -> None:
    text = """qualkit_study: 1
sources:
  "notat*": notes
  "samtykke.docx": skip
  "notat-felt*": {kind: field-note, language: nn}
  "plan.pdf": {kind: document, title: "Plan: 2019", date: 2019, publisher: Solvær, tidy: [page-numbers, hyphens]}
"""
    settings, _, problems = parse_settings(text)
    assert problems == []

    def of(source: str) -> Declared:
        return declared_for(source, settings.sources)

    assert of("originals/Notat K3.docx").kind == "notes"
    assert (of("originals/notat-felt 2.txt").kind, of("originals/notat-felt 2.txt").language) == ("field-note", "nn")
    assert of("originals/Samtykke.docx").taken is False
    assert of("originals/K1.docx").taken is None
    plan = of("../papirer/plan.pdf")
    assert (plan.title, plan.date, plan.publisher) == ("Plan: 2019", "2019", "Solvær")
    assert plan.tidy == ("page-numbers", "hyphens")


@pytest.mark.parametrize(
    ("line", "place", "hint"),
    [
        ('"notat*": feltnote', (3, 13), "Did you mean “field-note”?"),
        ('"plan.pdf": {kind: dokument}', (3, 22), "Did you mean “document”?"),
        ('"plan.pdf": {titel: Plan}', (3, 16), "Did you mean “title”?"),
        ("- notat", (3, 3), "Write a line for each"),
    ],
)
def test_faults_in_sources_have_a_place_and_a_hint(line: str, place: tuple[int, int], hint: str) -> None:
    _, _, problems = parse_settings(f"qualkit_study: 1\nsources:\n  {line}\n")
    assert [(problem.line, problem.column) for problem in problems] == [place]
    assert hint in problems[0].hint


def test_what_was_promised_is_read() -> None:
    read, _, problems = parse_settings(
        'qualkit_study: 1\nethics:\n  deletion_date: 2027-06-30\n  approval: "Sikt 12"\n'
    )
    assert problems == []
    assert (str(read.ethics.deletion_date), read.ethics.approval, read.ethics.line) == ("2027-06-30", "Sikt 12", 3)
    written, _, problems = parse_settings(render_settings(read))
    assert problems == []
    assert (written.ethics.deletion_date, written.ethics.approval) == (read.ethics.deletion_date, "Sikt 12")


@pytest.mark.parametrize(
    ("ethics", "told"),
    [
        ("{deletion_date: 30. juni 2027}", "study.yaml:2:25: the deletion date cannot be read"),
        ("{deletion_date: 2027-02-30}", "study.yaml:2:25: the deletion date cannot be read"),
        ("{deletion_date: [2027-06-30, 2028-01-01]}", "study.yaml:2:25: there are several deletion dates"),
        ("{deletion_date: 2027-06-30 eller 2028-01-01}", "study.yaml:2:25: there are several deletion dates"),
        (
            "{deletion_date: 2027-06-30, deletion_date: 2028-01-01}",
            "study.yaml:2:37: “deletion_date” stands twice under ethics, first on line 2",
        ),
        ("{deletiondate: 2027-06-30}", "study.yaml:2:10: “deletiondate” is no key of ethics"),
        ("2027-06-30", "study.yaml:2:9: ethics cannot be read"),
    ],
)
def test_a_date_that_cannot_be_read_is_told_at_its_place(ethics: str, told: str) -> None:
    _, _, problems = parse_settings(f"qualkit_study: 1\nethics: {ethics}\n")
    assert [str(problem) for problem in problems] == [told]
    assert problems[0].hint


def test_other_promises_are_the_researchers_own() -> None:
    read, _, problems = parse_settings("qualkit_study: 1\nethics: {consent: skriftlig, deletion_date: }\n")
    assert (problems, read.ethics.deletion_date) == ([], None)
