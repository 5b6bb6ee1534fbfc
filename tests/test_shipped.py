"""What comes with qualkit is sound: starter codebooks, and corpora with the codings of a careful reader."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from qualkit import study as studies
from qualkit.anonymisation.forms import find_forms
from qualkit.coding.codebook import parse_codebook
from qualkit.coding.codings import check_codings, parse_codings
from qualkit.condensate import CodeGroup
from qualkit.condensation.faults import is_first_person
from qualkit.gate import text_of_file
from qualkit.language.sentences import sentence_bounds
from qualkit.model import Coding
from qualkit.reflection import DIMENSIONS
from qualkit.register import good_register
from qualkit.shipped import codebooks, corpora
from qualkit.transcripts.formats import SUFFIXES
from qualkit.transcripts.reading import read_original

BOOKS = sorted(codebooks().glob("*.yaml"))
CORPORA = sorted(path for path in corpora().iterdir() if (path / "study.yaml").is_file())
CONDENSED = [path for path in CORPORA if (path / "condensates.yaml").is_file()]
REFLECTED = [path for path in CORPORA if (path / "reflections").is_dir()]
WHOLE = [path for path in CORPORA if all(file.suffix in SUFFIXES for file in (path / "originals").iterdir())]
READ = [
    pytest.param(corpus, original, id=original.name)
    for corpus in CORPORA
    for original in sorted((corpus / "originals").iterdir())
    if original.suffix in SUFFIXES
]


@pytest.mark.parametrize("path", BOOKS, ids=lambda path: path.name)
def test_every_codebook_is_without_faults_and_says_what_each_code_means(path: Path) -> None:
    book, problems = parse_codebook(path.read_text(encoding="utf-8"), path.name)
    assert problems == []
    assert [code.id for code in book.walk() if code.codable and not code.definition] == []


@pytest.mark.parametrize("path", BOOKS, ids=lambda path: path.name)
def test_every_codebook_begins_a_study_that_the_command_finds_nothing_wrong_with(
    qualkit: Callable, tmp_path: Path, path: Path
) -> None:
    starter, language, _ = path.name.split(".")
    root = tmp_path / "studie"
    assert qualkit("init", root, "--starter", starter, "--language", language).code == 0
    assert (root / "codebook.yaml").read_text(encoding="utf-8") == path.read_text(encoding="utf-8")
    assert qualkit("codebook", "check", "--study", root).code == 0
    (root / "originals" / "K1.txt").write_text("I: Husker du en gang?\n\nK1: Jeg måtte ringe.\n", encoding="utf-8")
    ran = qualkit("code", root)
    assert ran.code == 0, ran.err


def test_a_method_gets_its_own_codebook_and_the_others_the_common_one(qualkit: Callable, tmp_path: Path) -> None:
    for method, language, name in (("stc", "nn", "stc.nb"), ("stc", "en", "start.en"), ("framework", "nb", "start.nb")):
        root = tmp_path / f"{method}-{language}"
        qualkit("init", root, "--method", method, "--language", language)
        written = (root / "codebook.yaml").read_text(encoding="utf-8")
        assert written == (codebooks() / f"{name}.yaml").read_text(encoding="utf-8")


def test_a_starter_asked_for_by_name_is_taken_in_the_language_it_exists_in(qualkit: Callable, tmp_path: Path) -> None:
    for language in ("nb", "en"):
        qualkit("init", tmp_path / language, "--starter", "intervjuguide", "--language", language)
        written = (tmp_path / language / "codebook.yaml").read_text(encoding="utf-8")
        assert written == (codebooks() / "intervjuguide.nb.yaml").read_text(encoding="utf-8")


def test_a_starter_that_does_not_exist_is_told_and_nothing_is_made(qualkit: Callable, tmp_path: Path) -> None:
    ran = qualkit("init", tmp_path / "studie", "--starter", "intervjuguiden")
    assert (ran.code, ran.out) == (1, "")
    assert "Did you mean “intervjuguide”?" in ran.err
    assert not (tmp_path / "studie").exists()


@pytest.mark.parametrize("corpus", CORPORA, ids=lambda path: path.name)
def test_the_files_of_a_corpus_belong_together(corpus: Path) -> None:
    study = studies.open_study(corpus)
    book, faults = studies.read_codebook(study)
    people, more = studies.read_participants(study)
    themes, still = studies.read_themes(study)
    assert [*faults, *more, *still] == []
    assert people
    codes = {code.id for code in book.walk() if code.codable}
    codings = {}
    for path in sorted(corpus.glob("codings/*/*.jsonl")):
        found, problems = parse_codings(path.read_bytes(), path.name)
        assert problems == []
        assert len(list(corpus.glob(f"originals/{path.stem}.*"))) == 1
        codings.update({coding.id: coding for coding in found})
    assert {coding.code for coding in codings.values()} <= codes
    told = (corpus / "README.md").read_text(encoding="utf-8")
    assert str(len(codings)) in re.findall(r"\d+", told), "the README tells how many codings there are"
    for theme in (*themes, *(below for above in themes for below in above.subthemes)):
        assert set(theme.codes) <= codes
        assert {codings[chosen].code for chosen in theme.quotations} <= set(theme.codes)


def _condensed(corpus: Path) -> tuple[tuple[CodeGroup, ...], dict[str, Coding]]:
    groups, problems = studies.read_condensates(studies.open_study(corpus))
    assert problems == []
    read = (parse_codings(path.read_bytes(), path.name)[0] for path in sorted(corpus.glob("codings/*/*.jsonl")))
    return groups, {coding.id: coding for found in read for coding in found}


@pytest.mark.parametrize("corpus", CONDENSED, ids=lambda path: path.name)
def test_every_unit_of_a_condensed_corpus_is_used_once_or_set_aside_with_a_reason(corpus: Path) -> None:
    groups, codings = _condensed(corpus)
    assert {group.code for group in groups} == {coding.code for coding in codings.values()}
    for group in groups:
        placed = [unit for subgroup in group.subgroups for unit in subgroup.units]
        stay = sorted(unit.coding for unit in placed if unit.fate != "moved")
        assert stay == sorted(coding.id for coding in codings.values() if coding.code == group.code)
        assert [unit for unit in placed if unit.fate != "used" and not unit.why] == []
        used = {(subgroup.id, coding) for subgroup in group.subgroups for coding in subgroup.used()}
        assert {(unit.to, unit.coding) for unit in placed if unit.fate == "moved"} <= used


@pytest.mark.parametrize("corpus", CONDENSED, ids=lambda path: path.name)
def test_every_subgroup_of_a_condensed_corpus_is_carried_to_an_analytic_text(corpus: Path) -> None:
    groups, codings = _condensed(corpus)
    for group in groups:
        assert 1 <= len(group.subgroups) <= 3
        for subgroup in group.subgroups:
            assert {subgroup.golden, subgroup.start} <= set(subgroup.used())
            assert len({codings[unit].unit.span.transcript for unit in subgroup.used()}) > 1, subgroup.id
            assert is_first_person(subgroup.condensate, "nb"), subgroup.id
            assert not is_first_person(subgroup.analytic, "nb"), subgroup.id
            assert 80 <= len(subgroup.condensate.split()) <= 180, subgroup.id
            assert 60 <= len(subgroup.analytic.split()) <= 150, subgroup.id
            assert "" not in (subgroup.by, subgroup.date), subgroup.id
            dates = [version.date for version in subgroup.versions]
            assert [*dates, subgroup.date] == sorted({*dates, subgroup.date}), subgroup.id


@pytest.mark.parametrize("corpus", CONDENSED, ids=lambda path: path.name)
def test_no_name_from_the_units_stands_in_a_condensate_or_an_analytic_text(corpus: Path) -> None:
    groups, codings = _condensed(corpus)
    said = " ".join(coding.unit.text for coding in codings.values())
    small = set(re.findall(r"\b[a-zæøåé]\w*", said))
    inside = set(re.findall(r"(?<=[\w,] )[A-ZÆØÅ]\w+", said))
    names = {word for word in inside if word.casefold() not in small} - {"Facebook", "YouTube"}
    assert "Solbakken" in names
    for group in groups:
        for subgroup in group.subgroups:
            earlier = [version.text for version in subgroup.versions]
            told = " ".join((subgroup.name, subgroup.condensate, subgroup.analytic, *earlier))
            assert set(re.findall(r"\w+", told)) & names == set(), subgroup.id


@pytest.mark.parametrize("corpus", REFLECTED, ids=lambda path: path.name)
def test_a_corpus_that_was_carried_through_was_read_noted_asked_and_read_again(corpus: Path) -> None:
    study = studies.open_study(corpus)
    reflections, faults = studies.read_reflections(study)
    guide, more = studies.read_guide(study)
    assert [*faults, *more] == []
    assert len(guide.questions) > 5
    transcripts = {path.stem for path in (corpus / "originals").iterdir()}
    first = "impression" if (corpus / "condensates.yaml").is_file() else "note"
    before, after = ([one for one in reflections if one.kind == kind] for kind in (first, "verdict"))
    assert {one.about for one in before} == {one.about for one in after} == transcripts
    assert {one.about for one in reflections if one.kind == "power"} == {*DIMENSIONS}
    assert [one.about for one in after if one.verdict != "supports" and not one.changed] == []
    assert any(one.kind == "preconceptions" for one in reflections)
    coded = [coding.created[:10] for path in corpus.glob("codings/*/*.jsonl") for coding in _codings_of(path)]
    assert max(one.date for one in before) < min(coded)
    assert max(coded) < min(one.date for one in after)


def test_the_themes_of_the_reflexive_corpus_are_defined_and_those_given_up_say_what_became_of_them() -> None:
    study = studies.open_study(corpora() / "minding")
    themes, _ = studies.read_themes(study)
    known = {one.id for theme in themes for one in (theme, *theme.subthemes)}
    kept = [theme for theme in themes if theme.status != "dropped"]
    assert 3 <= len(kept) <= 5
    assert len(themes) > len(kept)
    used: list[str] = []
    for theme in kept:
        assert 150 <= len(theme.text.split()) <= 300, theme.id
        for one in (theme, *theme.subthemes):
            assert one.status == "defined", one.id
            assert "" not in (one.concept, one.definition, one.test, one.by, one.date), one.id
            assert len(sentence_bounds(one.test, 0, len(one.test))) <= 2, one.id
            assert not is_first_person(one.text, "en"), one.id
            used += one.codes
    assert sorted(used) == sorted(code.id for code in studies.read_codebook(study)[0].walk() if code.codable)
    for theme in themes:
        if theme.status == "dropped":
            assert theme.why, theme.id
            assert theme.became, theme.id
            assert set(theme.became) <= known, theme.id


def _codings_of(path: Path) -> list[Coding]:
    return list(parse_codings(path.read_bytes(), path.name)[0])


@pytest.mark.parametrize(("corpus", "original"), READ)
def test_the_readers_codings_stand_on_their_words(corpus: Path, original: Path) -> None:
    transcript = read_original(original, transcript_id=original.stem).transcript
    for path in corpus.glob(f"codings/*/{original.stem}.jsonl"):
        codings, _ = parse_codings(path.read_bytes(), path.name)
        assert check_codings(codings, transcript, path.name) == []
        assert {coding.text_sha256 for coding in codings} == {transcript.sha256}


DRAFT = ("--allow-unreviewed", "a draft")


@pytest.mark.parametrize("corpus", WHOLE, ids=lambda path: path.name)
def test_a_corpus_is_coded_and_exported_as_it_stands(qualkit: Callable, tmp_path: Path, corpus: Path) -> None:
    root = tmp_path / corpus.name
    shutil.copytree(corpus, root)
    for arguments in (("code", root), ("check", "--study", root), ("export", "word", "--study", root, *DRAFT)):
        ran = qualkit(*arguments)
        assert ran.code == 0, ran.err


@pytest.mark.parametrize("corpus", CORPORA, ids=lambda path: path.name)
def test_the_decisions_of_a_corpus_let_it_be_exported_and_nothing_of_them_is_printed(
    qualkit: Callable, tmp_path: Path, corpus: Path
) -> None:
    root = tmp_path / corpus.name
    shutil.copytree(corpus, root)
    assert qualkit("code", root).code == 0
    ran = qualkit("anonymise", "decide", "--from", root / "decisions.yaml", "--study", root)
    assert ran.code == 0, ran.err
    waiting = qualkit("anonymise", "scan", "--study", root)
    assert (waiting.code, waiting.out.count("│")) == (0, 0), waiting.out
    for kind in ("word", "excel", "html", "json"):
        ran = qualkit("export", kind, "--study", root)
        assert ran.code == 0, ran.err
    identities = good_register(studies.open_study(root))
    hidden = replace(identities, identities=tuple(one for one in identities.identities if one.action != "keep"))
    exports = [path for path in (root / "exports").rglob("*") if path.is_file()]
    assert len(exports) == 4
    for path in exports:
        found = find_forms(text_of_file(path.read_bytes()), hidden)
        assert [one.identity.id for one in found if not one.ambiguous and not one.identity.only] == [], path.name
