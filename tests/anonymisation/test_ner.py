import json
import os
import re
from importlib.metadata import PackageNotFoundError
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualkit.anonymisation import ner
from qualkit.anonymisation.ner import MODEL, VERSION, detector, entities, pieces, ready
from qualkit.identity import CLASSES, TYPES

DATA = os.environ.get("QUALKIT_DATA", "")
PACKAGE = """
from spacy.util import load_model_from_init_py

def load(**overrides):
    return load_model_from_init_py(__file__, **overrides)
"""
UNCACHED = ner._english.__wrapped__


def seen(text: str, language: str = "nb") -> list[str]:
    """The words that stand under the offsets of the hits."""
    (hits,) = entities([text], language)
    return [text[hit.start : hit.end] for hit in hits]


@pytest.mark.parametrize(
    ("language", "text", "names"),
    [
        ("nb", "I fjor flyttet Kari Nordmann til Halden.", ["Kari Nordmann", "Halden"]),
        ("nb", "Sjefen min, Per Hansen, jobbet i Bergen.", ["Per Hansen", "Bergen"]),
        ("nb", "Da ringte jeg til Anne og spurte om hun ville være med til Trondheim.", ["Anne", "Trondheim"]),
        ("nn", "Eg budde hos Olav Bakke i Førde den vinteren.", ["Olav Bakke", "Førde"]),
        ("nn", "Ho Ingrid kjem ikkje frå Stavanger, ho er svensk.", ["Ingrid", "Stavanger"]),
        ("nb", "Vi spurte Halden-ordføreren om hjelp.", ["Halden-ordføreren"]),
        ("da", "Min søster Mette Jensen bor i København.", ["Mette Jensen", "København"]),
        ("sv", "Min syster Anna Svensson bor i Stockholm.", ["Anna Svensson", "Stockholm"]),
    ],
)
def test_names_are_seen_where_they_stand(language: str, text: str, names: list[str]) -> None:
    assert seen(text, language) == names


@pytest.mark.parametrize(
    "name",
    [
        "Inger-Ánne Utsi",
        "Agnieszka Kowalska",
        "Abdirahman Warsame",
        "Fatima Al-Masri",
        "Tharmini Kandiah",
        "Nguyen Thi Hoa",
    ],
)
def test_names_from_all_over_are_seen(name: str) -> None:
    assert name in seen(f"Læreren min het {name}, og henne snakket jeg mye med.")


def test_a_transcript_without_capitals_is_not_read_in_vain() -> None:
    assert "kari nordmann" in seen("så kom kari nordmann og sa at vi måtte dra til oslo")
    assert "oslo" in seen("så kom kari nordmann og sa at vi måtte dra til oslo")


def test_a_transcript_in_capitals_is_not_read_in_vain() -> None:
    text = "I FJOR FLYTTET KARI NORDMANN TIL HALDEN."
    assert seen(text) == ["KARI NORDMANN", "HALDEN"]


def test_a_hit_says_what_it_takes_the_words_for_and_who_saw_it() -> None:
    text = "I fjor flyttet Kari Nordmann til Halden."
    (hits,) = entities([text], "nb")
    assert [(text[hit.start : hit.end], hit.type, hit.cls, hit.detector) for hit in hits] == [
        ("Kari Nordmann", "person", "direct", f"ner@{VERSION}"),
        ("Halden", "place", "indirect", f"ner@{VERSION}"),
    ]


@pytest.mark.parametrize("text", ["", " ", "\n\n", "Ja.", "…", "\u200b", "🙂🙂"])
def test_a_text_without_names_has_none(text: str) -> None:
    assert seen(text) == []


def test_each_text_keeps_its_own_hits() -> None:
    texts = ["Jeg heter Kari Nordmann.", "", "Ja, nettopp.", "Hun bor i Halden."]
    found = [
        [text[hit.start : hit.end] for hit in hits] for text, hits in zip(texts, entities(texts, "nb"), strict=True)
    ]
    assert found == [["Kari Nordmann"], [], [], ["Halden"]]


def test_the_same_names_are_seen_in_a_long_text_and_nothing_of_it_stays_in_memory() -> None:
    turn = "P1: Da vi bodde i Halden, kom Kari Nordmann innom hver dag med kaffe til alle som var hjemme.\n"
    text = "".join(turn.replace("kaffe", f"kaffe{number}") for number in range(600))
    assert len(text.split()) > 10_000
    seen("Noe.")
    before = len(ner._model("nb").vocab.strings)

    names = seen(text)

    assert names.count("Kari Nordmann") == names.count("Halden") == 600
    assert len(ner._model("nb").vocab.strings) == before


def test_a_paragraph_without_an_end_is_parted_between_words() -> None:
    text = "og så dro vi til Halden " * 400
    parts = list(pieces(text))
    assert len(parts) > 1
    assert all(part.endswith(" ") for part, _ in parts)
    assert [part for part, _ in parts if re.search(r"\bHalde?$", part)] == []


@given(st.text(alphabet=st.sampled_from("aB. \n!?\u2029é"), max_size=9_000) | st.text(max_size=300))
@settings(max_examples=60, deadline=None)
def test_the_pieces_of_any_text_are_the_text(text: str) -> None:
    end = 0
    for part, start in pieces(text):
        assert text[end:start].strip() == ""
        assert text[start : start + len(part)] == part
        assert 0 < len(part) <= ner._PIECE
        end = start + len(part)
    assert text[end:].strip() == ""


@given(
    st.lists(
        st.sampled_from(["Kari", "oslo", "NAV", "\n", " ", "…", "’", "e\u0301", "🙂", "\u00ad", "og", "3", "-", "\t"])
    )
)
@settings(max_examples=60, deadline=None)
def test_hits_lie_within_any_text_in_order(parts: list[str]) -> None:
    text = "".join(parts)
    (hits,) = entities([text], "nn")
    for hit in hits:
        assert 0 <= hit.start < hit.end <= len(text)
        assert text[hit.start : hit.end].strip()
        assert hit.type in TYPES
        assert hit.cls in CLASSES
    assert hits == sorted(hits, key=lambda hit: hit.start)


def test_what_is_shipped_is_one_version_small_and_described() -> None:
    meta = json.loads((MODEL / "meta.json").read_text(encoding="utf-8"))
    assert meta["version"] == VERSION
    assert sum(path.stat().st_size for path in MODEL.rglob("*") if path.is_file()) < 8_000_000
    card = (MODEL / "README.md").read_text(encoding="utf-8")
    assert VERSION in card
    assert f"--steps {meta['trained']['step']}" in card
    for wanted in ("NorNE", "CC0", "bokmål", "nynorsk", "strict F1", "95 %", *meta["labels"]["ner"]):
        assert wanted in card


def test_no_word_of_the_corpus_is_shipped() -> None:
    import spacy

    shipped = set(json.loads((MODEL / "vocab" / "strings.json").read_text(encoding="utf-8")))
    meta = json.loads((MODEL / "meta.json").read_text(encoding="utf-8"))
    own = set(spacy.blank("nb").vocab.strings)
    assert shipped - own - set(meta["labels"]["ner"]) <= {"ROOT"}


def test_nothing_reads_english_where_no_english_model_is_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    _installed(monkeypatch, {})
    assert not ready("en")
    assert detector("en") == ""
    assert seen("Last year Mary Smith moved to London.", "en") == []


def test_a_package_that_only_bears_the_name_of_an_english_model_is_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    _installed(monkeypatch, {"en_core_web_trf": "999.9.9", "en_core_web_sm": "3.8.0"})
    assert detector("en") == "ner@en_core_web_sm-3.8.0"
    _installed(monkeypatch, {"en_core_web_trf": "999.9.9"})
    assert not ready("en")


def test_an_english_model_that_is_installed_reads_english(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    import spacy

    model = spacy.blank("en")
    model.add_pipe("entity_ruler").add_patterns(
        [{"label": "GPE", "pattern": "London"}, {"label": "DATE", "pattern": "year"}]
    )
    package = tmp_path / "en_core_web_sm"
    package.mkdir()
    model.to_disk(package / "en_core_web_sm-3.8.0")
    (package / "meta.json").write_text(json.dumps(model.meta | {"name": "core_web_sm", "version": "3.8.0"}))
    (package / "__init__.py").write_text(PACKAGE)
    about = tmp_path / "en_core_web_sm-3.8.0.dist-info" / "METADATA"
    about.parent.mkdir()
    about.write_text("Metadata-Version: 2.1\nName: en_core_web_sm\nVersion: 3.8.0\n")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(ner, "_english", UNCACHED)

    assert detector("en") == "ner@en_core_web_sm-3.8.0"
    assert seen("Last year Mary moved to London.", "en") == ["London"]


def _installed(monkeypatch: pytest.MonkeyPatch, packages: dict[str, str]) -> None:
    def version(name: str) -> str:
        if name not in packages:
            raise PackageNotFoundError(name)
        return packages[name]

    monkeypatch.setattr(ner, "version", version)
    monkeypatch.setattr(ner, "_english", UNCACHED)


@pytest.mark.skipif(not DATA, reason="QUALKIT_DATA names no folder with the corpus of names")
@pytest.mark.parametrize("kind", ["nob", "nno"])
def test_strict_f1_does_not_fall(kind: str) -> None:
    from benchmarks.ner import KINDS, gold, labelled, strict, total

    sentences = gold(Path(DATA), kind)
    found = labelled([sentence.text for sentence in sentences])

    assert total(strict([sentence.spans for sentence in sentences], found)).f1 >= KINDS[kind][2]
