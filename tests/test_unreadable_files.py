"""A file of a study that cannot be read stops what needs it, which says where and what to do, and nothing else."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from qualkit import study as studies
from qualkit.checks import check_study
from qualkit.errors import FaultyFiles
from qualkit.material import load_material

INTERVIEWS = {
    "K1.txt": "I: Hva skjedde?\n\nK1: Jeg måtte ringe kommunen. Det regnet.\n\nI: Og så?\n\nK1: Da måtte jeg vente.\n",
    "K2.txt": "I: Hva skjedde?\n\nK2: Vi venter alltid på svar. Ingen ringer oss.\n",
}
PEOPLE = "id;labels;rolle\nK1;K1;lege\nK2;K2;pleier\n"
GUIDE = "title: Guide\nquestions:\n  - {id: skje, question: Hva skjedde?, rules: [skje]}\n"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a study with something in every file, once."""
    from qualkit import condensing, framework, quotations, reflecting
    from qualkit.adding import add_originals
    from qualkit.ladder import write_unit
    from qualkit.marking import code_by_hand
    from qualkit.model import Settings

    folder = tmp_path_factory.mktemp("unreadable")
    root = folder / "s"
    study = studies.create_study(root, Settings("T", method="content-analysis", coders=("kari",)))
    studies.save_codebook_text(study, "codes:\n- {id: telefon, name: Å ringe}\n- {id: vente, name: Å vente}\n")
    (root / "participants.csv").write_text(PEOPLE)
    (folder / "inn").mkdir()
    for name, text in INTERVIEWS.items():
        (folder / "inn" / name).write_text(text)
    add_originals(study, sorted((folder / "inn").iterdir()), who="kari")
    one = code_by_hand(study, "kari", "K1", "telefon", "Jeg måtte ringe kommunen.")
    code_by_hand(study, "kari", "K2", "vente", "Vi venter alltid på svar.")
    (root / "guide.yaml").write_text(GUIDE)
    (root / "themes.yaml").write_text(
        "themes:\n- {id: ringe, heading: Om å ringe, codes: [telefon]}\n- {id: venting, heading: V, codes: [vente]}\n"
    )
    condensing.begin_subgroup(study, "kari", "telefon", "Alene")
    condensing.place(load_material(study), "kari", one.id, "alene")
    condensing.write(load_material(study), "kari", "alene", "Jeg ringer.")
    framework.write(load_material(study), "kari", "K1", "ringe", "Ringer.")
    reflecting.write_impression(study, "kari", "K1", "Uro.")
    quotations.choose(load_material(study), "kari", one.id, "ringe")
    quotations.cut(load_material(study), "kari", one.id, "Jeg måtte […] kommunen.")
    write_unit(load_material(study), "kari", one.id, "Ringer")
    return root


@pytest.fixture
def root(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "s"))


CODING = "{coding}"
READS_NOTHING = [("log",), ("find", "ringe"), ("read", "impression", "K1", "--text", "Mer."), ("codebook", "show")]
NEEDS: dict[str, list[tuple[str, ...]]] = {
    "guide.yaml": [("guide",), ("guide", "turns"), ("guide", "match", "K1", "1", "skje")],
    "framework.yaml": [("framework",), ("framework", "write", "K2", "venting", "--file", "-")],
    "themes.yaml": [
        ("themes",),
        ("themes", "add", "Ny", "vente"),
        ("compare", "--against", "ringe"),
        ("quotations", "choose", CODING, "ringe"),
        ("export", "word", "--allow-unreviewed", "x"),
    ],
    "condensates.yaml": [
        ("condense",),
        ("condense", "write", "alene", "--file", "-"),
        ("export", "word", "--allow-unreviewed", "x"),
    ],
    "condensed.yaml": [("condense", "ladder")],
    "quotations.yaml": [("quotations", "cut", CODING, "Jeg […] kommunen.")],
    "reflections/kari.yaml": [("read",), ("read", "journal", "--text", "I dag.")],
}
"""Commands that need a file."""
GO_ON: dict[str, list[tuple[str, ...]]] = {
    "guide.yaml": [
        ("themes",),
        ("themes", "add", "Ny", "vente"),
        ("framework",),
        ("condense",),
        ("quotations", "choose", CODING, "ringe"),
        ("export", "word", "--allow-unreviewed", "x"),
    ],
    "framework.yaml": [("themes",), ("condense",), ("guide",), ("quotations",), ("read",)],
    "themes.yaml": [("guide",), ("condense",), ("read",), ("mark", "K1", "vente", "Det regnet")],
    "condensates.yaml": [("themes",), ("framework",), ("guide",), ("read",)],
    "condensed.yaml": [("themes",), ("framework",), ("guide",), ("condense",), ("quotations",)],
    "quotations.yaml": [("themes",), ("framework",), ("guide",), ("condense",), ("read",)],
    "reflections/kari.yaml": [
        ("themes",),
        ("framework",),
        ("condense",),
        ("export", "word", "--allow-unreviewed", "x"),
    ],
}
"""Commands that do not, each of which worked before."""
SPOILT = {
    "not UTF-8": (b" # \xff\xfe", "the file is not UTF-8 here"),
    "a NUL": (b" \0", "a control character (U+0000), which YAML forbids"),
}


def spoil(path: Path, piece: bytes) -> None:
    lines = path.read_bytes().split(b"\n")
    lines[1] += piece
    path.write_bytes(b"\n".join(lines))


def ran(qualkit: Callable, root: Path, arguments: tuple[str, ...]) -> tuple[int, str]:
    coding = next(one.id for one in studies.read_codings(studies.open_study(root), "kari", "K1")[0])
    given = [coding if one == CODING else one for one in arguments]
    done = qualkit(*given, "--study", root, keys="Ny tekst.\n")
    assert "broke off" not in done.err
    return done.code, done.err


@pytest.mark.parametrize("how", SPOILT)
@pytest.mark.parametrize("file", NEEDS)
def test_what_needs_a_file_that_cannot_be_read_says_where_and_what_to_do(
    qualkit: Callable, root: Path, file: str, how: str
) -> None:
    piece, said = SPOILT[how]
    spoil(root / file, piece)
    before = (root / file).read_bytes()
    for arguments in [("check",), *NEEDS[file]]:
        code, told = ran(qualkit, root, arguments)
        line = next((one for one in told.splitlines() if one.startswith(f"{file}:2:") and said in one), "")
        assert line, (arguments, told)
        hint = told.partition(line)[2].split("\n")[1:2]
        assert hint[0].startswith("  "), (arguments, told)
        assert code == 1 or how == "a NUL" or arguments == ("read",), arguments
        assert (root / file).read_bytes() == before, arguments


@pytest.mark.parametrize("how", SPOILT)
@pytest.mark.parametrize("file", GO_ON)
def test_what_does_not_need_it_goes_on(qualkit: Callable, root: Path, file: str, how: str) -> None:
    for arguments in GO_ON[file]:
        assert ran(qualkit, root, arguments)[0] == 0, arguments
    spoil(root / file, SPOILT[how][0])
    for arguments in GO_ON[file]:
        again = arguments if arguments[0] != "export" else (*arguments, "--force")
        code, told = ran(qualkit, root, again)
        assert code == 0, (arguments, told)


def test_check_tells_every_file_at_once(root: Path) -> None:
    for file in NEEDS:
        spoil(root / file, b" # \xff")
    told = {problem.file for problem in check_study(studies.open_study(root)) if "UTF-8" in problem.message}
    assert told == set(NEEDS)


def test_whoever_asks_for_what_cannot_be_read_stops_there(root: Path) -> None:
    spoil(root / "guide.yaml", b" # \xff")
    material = load_material(studies.open_study(root))
    assert [theme.id for theme in material.themes] == ["ringe", "venting"]
    with pytest.raises(FaultyFiles, match=r"guide\.yaml cannot be read"):
        _ = material.guide
    more = material.extended([])
    assert more.people() == material.people()
    with pytest.raises(FaultyFiles, match=r"guide\.yaml cannot be read"):
        _ = more.guide


@pytest.mark.parametrize("piece", [b"\xff\xfe", b"\0"])
def test_a_list_of_people_that_is_no_text_stops_nothing(qualkit: Callable, root: Path, piece: bytes) -> None:
    spoil(root / "participants.csv", piece)
    for arguments in (("check",), ("themes",), ("compare", "--by", "rolle"), ("find", "ringe"), ("guide",)):
        _, told = ran(qualkit, root, arguments)
        for line in told.splitlines():
            if line.startswith("participants.csv"):
                assert line.startswith("participants.csv:2"), line
