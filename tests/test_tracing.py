"""Every printed quotation leads back to its transcript."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from qualkit import study as studies
from qualkit.material import load_material
from qualkit.shipped import corpora
from qualkit.tracing import NowhereInStudy, Tracer, trace, where

KINDS = {"word": ".docx", "excel": ".xlsx", "html": ".html", "json": ".json", "csv": ".csv", "parquet": ".parquet"}


@pytest.fixture
def study(named_study: Path) -> Path:
    codings, _ = studies.read_all_codings(studies.open_study(named_study))
    first = next(coding for coding in codings if coding.unit.text.startswith("Jeg måtte ringe"))
    (named_study / "themes.yaml").write_text(
        f"- heading: Om å ringe\n  codes: [telefon]\n  quotations: [{first.id}]\n", encoding="utf-8"
    )
    return named_study


def spans(root: Path, asked: str) -> list[str]:
    return [str(one.span) for one in where(load_material(studies.open_study(root)), asked)]


def test_whatever_is_printed_of_a_quotation_leads_to_it(study: Path) -> None:
    material = load_material(studies.open_study(study))
    chosen = material.themes[0].quotations[0]
    span = next(e.coding.unit.span for e in material.extracts if e.coding.id == chosen)
    words = material.transcripts[span.transcript].text[span.start : span.end]
    anonymised = words.replace("Ola Vik", "[P2]")
    asked = [
        chosen,
        str(span),
        f"{span.transcript}, linje 2",
        f"({span.transcript}, line 2)",
        "(P1)",
        words,
        anonymised,
    ]
    asked += [f"«{anonymised}» (P1, sykepleier)", f"“{words.replace(' ', chr(10))}”"]
    assert {question: spans(study, question) for question in asked} == {question: [str(span)] for question in asked}


def test_what_leads_nowhere_is_refused_without_a_word_of_it(study: Path) -> None:
    material = load_material(studies.open_study(study))
    for asked in ("Dette har ingen av dem sagt noe om", "K9, line 3", "fokus, line 999"):
        with pytest.raises(NowhereInStudy) as caught:
            where(material, asked)
        assert "ingen" not in str(caught.value)


def test_words_of_another_are_told(study: Path, tmp_path: Path) -> None:
    chapter = tmp_path / "chapter.md"
    chapter.write_text(
        "> Jeg måtte ringe [P2]. (P2)\n\n> Jeg måtte aldri ringe [P2]. (P1)\n\n«Alle her er svært fornøyde» (P1)\n",
        encoding="utf-8",
    )
    found = trace(load_material(studies.open_study(study)), chapter)
    assert [(one.place, one.verdict) for one in found] == [
        ("line 1", "stands"),
        ("line 3", "nearly"),
        ("line 5", "not found"),
    ]
    assert found[0].remarks == ("printed as another's: these are the words of P1",)
    assert not any(one.sound for one in found)


def test_a_quotation_whose_coding_was_rejected_is_told(study: Path, qualkit: Callable) -> None:
    root = studies.open_study(study)
    chosen = load_material(root).themes[0].quotations[0]
    for path in (study / "codings" / "kari").glob("*.jsonl"):
        lines = path.read_text(encoding="utf-8").splitlines()
        path.write_text(
            "".join(
                line.replace('"accepted"', '"rejected"') + "\n" if f'"{chosen}"' in line else line + "\n"
                for line in lines
            ),
            encoding="utf-8",
        )
    assert where(load_material(root), chosen)[0].remarks == ("its coding was rejected",)


@pytest.fixture(scope="module")
def coded(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Return a copy of a shipped corpus, coded, with what was decided of names carried out."""
    made: dict[str, Path] = {}

    def make(name: str) -> Path:
        if name not in made:
            import contextlib
            import io

            from qualkit.cli import group

            root = tmp_path_factory.mktemp("traced") / name
            shutil.copytree(corpora() / name, root)
            told = io.StringIO()
            for arguments in (
                ["code", str(root), "--coder", "reader"],
                ["anonymise", "decide", "--from", str(root / "decisions.yaml"), "--study", str(root)],
            ):
                with (
                    contextlib.redirect_stdout(told),
                    contextlib.redirect_stderr(told),
                    contextlib.suppress(SystemExit),
                ):
                    group.main(arguments, standalone_mode=False)
            made[name] = root
        return made[name]

    return make


@pytest.mark.parametrize("corpus", ["fredag", "minding", "tanken"])
@pytest.mark.parametrize("kind", list(KINDS))
def test_every_quotation_of_every_export_of_every_corpus_resolves(
    coded: Callable[[str], Path], qualkit: Callable, corpus: str, kind: str
) -> None:
    root = coded(corpus)
    ran = qualkit("export", kind, "--study", root, "--force")
    assert ran.code == 0, ran.err
    material = load_material(studies.open_study(root))
    chosen = Tracer(material).chosen
    printed: set[str] = set()
    for path in sorted((root / "exports").glob(f"*{KINDS[kind]}")):
        found = trace(material, path)
        assert [(one.place, one.verdict, one.remarks) for one in found if not one.sound] == []
        for one in found:
            assert one.span is not None
            assert one.extracts, one.place
            printed |= {extract.coding.id for extract in one.extracts}
    themed = {name for theme in material.themes for name in theme.quotations}
    assert themed & chosen <= printed


def test_the_command_tells_where_to_open_an_editor(study: Path, qualkit: Callable) -> None:
    ran = qualkit("quotations", "where", "Kari Nes, line 2", "--study", study, "--json")
    assert ran.code == 0, ran.err
    row = json.loads(ran.out)[0]
    path, line = row["file"].split(":")
    assert "Jeg måtte ringe" in (study / path).read_text(encoding="utf-8").splitlines()[int(line) - 1]
    missing = qualkit("quotations", "where", "ingen har noen gang sagt dette", "--study", study)
    assert missing.code == 1
    assert "sagt dette" not in missing.err
