"""A study of every format there ever was is kept for ever, and opens, is sound, and stays as it is to the byte."""

import hashlib
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from qualkit import study as studies
from qualkit.checks import check_study
from qualkit.coding.codings import parse_codings, render_codings
from qualkit.settings import FORMAT
from qualkit.transcripts.canonical import parse_transcript, render_transcript

pytestmark = pytest.mark.drafts

KEPT = Path(__file__).with_name("studies")
MANIFEST = {
    "v1": "dab140c3a40df212cd5443446e18bdc0bc45655491c5bda281594a05d5dffbd5",
}
"""A hash over names and bytes of each kept study: nobody edits one, not even to make a test pass."""


def files(root: Path) -> dict[str, bytes]:
    paths = (path for path in sorted(root.rglob("*")) if path.is_file() and ".qualkit" not in path.parts)
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in paths}


def test_a_study_of_every_format_is_kept() -> None:
    assert set(MANIFEST) == {f"v{number}" for number in range(1, FORMAT + 1)} == {p.name for p in KEPT.iterdir()}


@pytest.mark.parametrize("version", MANIFEST)
def test_a_kept_study_was_not_edited(version: str) -> None:
    digest = hashlib.sha256()
    for name, data in sorted(files(KEPT / version).items()):
        digest.update(f"{name}\0{len(data)}\0".encode() + data)
    assert digest.hexdigest() == MANIFEST[version]


@pytest.fixture(params=list(MANIFEST))
def root(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    copy = tmp_path / "study"
    shutil.copytree(KEPT / request.param, copy)
    return copy


def test_it_opens_is_sound_and_holds_what_it_held(root: Path) -> None:
    study = studies.open_study(root)
    assert check_study(study) == []
    assert (study.settings.title, study.settings.coders) == ("Å vente på svar", ("kari", "ola"))
    assert studies.transcript_ids(study) == ["FG", "K1", "notat æøå"]
    codings = {c.id: c for c in studies.read_all_codings(study)[0]}
    told = [(c.coder, c.code, c.status, c.unit.text) for c in codings.values() if c.status != "proposed"]
    assert sorted(told) == [
        ("kari", "telefon", "accepted", "Jeg måtte ringe kommunen."),
        ("kari", "telefon", "accepted", "Vi venter alltid på svar."),
        ("kari", "telefon", "rejected", "Ingen ringer oss."),
        ("kari", "vente", "accepted", "Det regnet"),
        ("ola", "vente", "accepted", "alltid på svar"),
    ]
    assert {c.memo for c in codings.values()} == {"", "været som tid"}
    themes, _ = studies.read_themes(study)
    assert codings[themes[0].quotations[0]].unit.text == "Jeg måtte ringe kommunen."
    assert [p.may_quote for p in studies.read_participants(study)[0]] == [True, False]
    assert studies.transcripts_read(study, "kari") == {"K1"}


def test_what_is_read_and_written_again_is_the_same_to_the_byte(root: Path) -> None:
    for path in (root / "transcripts").iterdir():
        record, problems = parse_transcript(path.read_text(encoding="utf-8"), path.name)
        assert record is not None
        assert (problems, render_transcript(record).encode()) == ([], path.read_bytes())
    for path in (root / "codings").rglob("*.jsonl"):
        assert render_codings(parse_codings(path.read_bytes(), path.name)[0]) == path.read_bytes()


def test_working_in_it_changes_nothing_that_stood_there(qualkit: Callable, root: Path) -> None:
    before = files(root)
    assert qualkit("code", "--study", root).code == 0
    assert qualkit("export", "excel", "--study", root).code == 0
    assert qualkit("mark", "K1", "telefon", "Da måtte jeg vente.", "--study", root).code == 0
    after = files(root)
    changed = {"codings/kari/K1.jsonl", "trail.jsonl"}
    assert {name for name in before if after.get(name) != before[name]} == changed
    for name in changed:
        assert set(before[name].splitlines()) < set(after[name].splitlines())
