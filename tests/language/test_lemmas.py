import importlib.util
import os
from pathlib import Path
from types import ModuleType

import pytest

from qualkit.language.lemmas import is_known, lemmas, query_lemmas

DATA = os.environ.get("QUALKIT_DATA")


@pytest.mark.parametrize(
    ("word", "language", "lemma"),
    [
        ("samarbeidet", "nb", "samarbeide"),
        ("brukerne", "nb", "bruker"),
        ("ringte", "nb", "ringe"),
        ("kommunens", "nb", "kommune"),
        ("veit'ke", "nn", "ikkje"),
        ("ta'n", "nb", "han"),
        ("høyrer", "nn", "høyre"),
        ("ittj", "nb", "ikke"),
        ("don't", "en", "not"),
        ("mother's", "en", "mother"),
        ("nurse's", "en", "nurse"),
        ("i'm", "en", "be"),
        ("meetings", "en", "meeting"),
    ],
)
def test_a_form_has_its_dictionary_form(word: str, language: str, lemma: str) -> None:
    assert lemma in lemmas(word, language)


def test_the_tables_are_asked_in_the_order_of_the_language() -> None:
    assert lemmas("ikkje", "nn")[0] == "ikkje"
    assert lemmas("vart", "nn") != lemmas("vart", "nb")


def test_an_unknown_language_leaves_words_alone() -> None:
    assert lemmas("meetings", "fi") == ("meetings",)
    assert query_lemmas("meetings", "fi") == {"meetings"}


def test_a_query_in_another_form_asks_for_the_same_lemma() -> None:
    assert "ringe" in query_lemmas("ringer", "nb")


def test_words_of_no_dictionary_are_unknown() -> None:
    assert is_known("omsorg", "nb")
    assert not is_known("xqz", "nb")


def _benchmark() -> ModuleType:
    path = Path(__file__).parents[2] / "benchmarks" / "lemma_quality.py"
    spec = importlib.util.spec_from_file_location("lemma_quality", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.skipif(not DATA, reason="QUALKIT_DATA names no folder with treebanks")
@pytest.mark.parametrize("name", ["bokmål", "nynorsk", "dialect speech"])
def test_lemma_rules_find_the_forms_of_a_treebank(name: str) -> None:
    benchmark = _benchmark()
    language, file, goal = benchmark.FILES[name]
    _, _, _, harmonic = benchmark.quality(Path(DATA or "") / file, language)

    assert harmonic >= goal
