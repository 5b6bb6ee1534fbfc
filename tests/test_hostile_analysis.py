"""Files of the analysis that nobody meant to write: links out of the study, bombs, escapes and pages in names."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from benchmarks.reliability.editable import FEEDS
from qualkit.anonymisation.decisionsfile import parse_decisions
from qualkit.anonymisation.identities import parse_identities
from qualkit.anonymisation.wording_edits import with_edit
from qualkit.anonymisation.wordings import QuotationEdit, parse_edits
from qualkit.coding.guidefile import parse_guide
from qualkit.condensation.condensatesfile import parse_condensates
from qualkit.condensation.condensedfile import parse_condensed
from qualkit.errors import FaultyFiles
from qualkit.reflections.reflectionsfile import parse_reflections
from qualkit.reporting import parse_reporting
from qualkit.themes.framework_edits import write_summary
from qualkit.themes.frameworkfile import parse_framework
from qualkit.themes.mapfile import parse_announced, parse_map
from qualkit.themes.themesfile import parse_themes

PARSERS = {
    "condensates": parse_condensates,
    "condensed": parse_condensed,
    "framework": parse_framework,
    "guide": parse_guide,
    "quotations": parse_edits,
    "reporting": parse_reporting,
    "identities": parse_identities,
    "decisions": parse_decisions,
    "themes": lambda text: parse_themes(text, "themes.yaml"),
    "reflections": lambda text: parse_reflections(text, "reflections/ida.yaml", "ida"),
}


@pytest.mark.parametrize("name", PARSERS)
def test_a_hundred_levels_and_aliases_that_explode_are_told(name: str) -> None:
    bomb = "a: &a [x, x]\n" + "".join(f"b{n}: &b{n} [*{'a' if not n else f'b{n - 1}'}, *a]\n" for n in range(50))
    for text, said in (
        ("groups: " + "[" * 100 + "]" * 100, "nested deeper than 60"),
        ("\n".join(" " * n + f"k{n}:" for n in range(100)), "nested deeper than 60"),
        (bomb, "aliases (*name) are not read here"),
    ):
        told = [str(problem) for problem in PARSERS[name](text)[1]]
        # What is wrong with themes.yaml itself is told once, by whoever reads the themes.
        assert not parse_map(text, "themes.yaml")[0]
        assert not parse_announced(text, "themes.yaml")[0]
        assert any(said in one for one in told), told[:3]


@pytest.fixture
def root(qualkit: Callable, interviews: Callable) -> Path:
    folder = interviews()
    qualkit("code", folder)
    made: Path = folder.with_name("interviews-study")
    qualkit("review", "--study", made, keys="a\na\na\na\n")
    (made / "participants.csv").write_text("id;rolle\nK1;a\nK2;b\n")
    return made


WRITES = {
    "themes.yaml": ("themes", "add", "Ny", "vente"),
    "framework.yaml": ("framework", "write", "K1", "telefon", "--file", "-"),
    "condensates.yaml": ("condense", "add", "telefon", "Ny gruppe"),
    "reflections": ("read", "impression", "K1", "--text", "Uro."),
}


@pytest.mark.parametrize("file", WRITES)
def test_a_link_out_of_the_study_is_not_written_through(
    qualkit: Callable, root: Path, tmp_path: Path, file: str
) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    target = outside if file == "reflections" else outside / file
    if file != "reflections":
        target.write_text("")
    (root / file).symlink_to(target, target_is_directory=file == "reflections")
    ran = qualkit(*WRITES[file], "--study", root, keys="Ringer.\n")
    assert "broke off" not in ran.err
    assert [(path.name, path.read_text()) for path in outside.iterdir()] in ([], [(file, "")])


ESCAPES = "\\x1b]0;x\\a\\x1b[31m\\u009b31m\\u202e"
PAGE = "<script>alert(1)</script><img src=x onerror=alert(1)>"
SHOWN = [
    ("themes",),
    ("themes", "show"),
    ("themes", "map", "--json"),
    ("framework",),
    ("framework", "passages"),
    ("guide",),
    ("guide", "turns"),
    ("condense",),
    ("quotations",),
    ("quotations", "balance"),
    ("read",),
    ("read", "journal"),
    ("find", "ringe"),
    ("compare", "--by", "rolle"),
    ("compare", "--against", "a"),
]


@pytest.fixture
def hostile(root: Path) -> Path:
    (root / "themes.yaml").write_text(f'themes:\n- {{id: a, heading: "A{ESCAPES}{PAGE}", codes: [telefon]}}\n')
    (root / "framework.yaml").write_text(f'cells:\n- {{case: K1, theme: a, summary: "R{ESCAPES}{PAGE}"}}\n')
    (root / "condensates.yaml").write_text(
        f'groups:\n- code: telefon\n  name: "G{ESCAPES}"\n  subgroups:\n  - {{id: s, name: "S{ESCAPES}{PAGE}"}}\n'
    )
    (root / "guide.yaml").write_text(f'questions:\n- {{id: q, question: "Q{ESCAPES}{PAGE}", rules: [skje]}}\n')
    (root / "reflections").mkdir()
    (root / "reflections" / "kari.yaml").write_text(f'journal:\n- {{date: 2026-03-02, text: "J{ESCAPES}{PAGE}"}}\n')
    return root


@pytest.mark.parametrize("arguments", SHOWN)
def test_nothing_in_an_analysis_commands_the_terminal(
    qualkit: Callable, hostile: Path, arguments: tuple[str, ...]
) -> None:
    ran = qualkit(*arguments, "--study", hostile)
    assert "broke off" not in ran.err
    assert ran.out + ran.err
    for printed in (ran.out, ran.err):
        assert not any(letter in printed for letter in "\x1b\x9b\x07")


def test_nothing_in_an_analysis_becomes_part_of_a_page(qualkit: Callable, hostile: Path, tmp_path: Path) -> None:
    for arguments in (("export", "html", "-o", tmp_path / "page.html"), ("framework", "-o", tmp_path / "m.html")):
        ran = qualkit(*arguments, "--allow-unreviewed", "x", "--study", hostile)
        assert "broke off" not in ran.err
    for path in tmp_path.glob("*.html"):
        page = path.read_text(encoding="utf-8")
        assert "<script>alert" not in page
        assert "<img src=x" not in page


def test_what_is_written_stands_where_it_is_read_again() -> None:
    edit = QuotationEdit("c1", "eh, ja", "ja", "kari", "2026-03-01")
    text = with_edit("# våre", edit)
    assert text.startswith("# våre\n- coding: c1\n")
    edits, problems = parse_edits(text)
    assert (list(edits), problems) == (["c1"], [])
    # A second list of cells is told, and nothing is written beside it.
    with pytest.raises(FaultyFiles, match="nothing was written"):
        write_summary("cells:\ncells:\n  - case ", "K1", "ringe", "Ringer.", by="ida", date="2026-03-02")


def test_every_file_that_is_edited_by_hand_is_fed_to_the_fuzzer() -> None:
    from qualkit import study as studies

    named = {studies.CONDENSATES, studies.CONDENSED, studies.REPORTING, studies.FRAMEWORK, studies.QUOTATIONS}
    assert named | {studies.GUIDE, studies.REFLECTIONS, "identities.yaml"} <= set(FEEDS)
