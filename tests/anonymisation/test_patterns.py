import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualkit.anonymisation.cleaned import cleaned
from qualkit.anonymisation.patterns import DETECTORS as PATTERNS
from qualkit.anonymisation.patterns import find_patterns
from qualkit.anonymisation.quasi import DETECTORS as QUASI
from qualkit.anonymisation.quasi import find_quasi

SPOKEN = """\
Ja (ler) eg er 46 (.) og bur i Bakke\u00advegen 3 [latter], ring # 68 05 # 00 12. Eg er fødd i nittenhundre (pause)
og sekstito, har fem barn og er den einaste tannlegen i kommunen. NN og Informant 3 er frå [kommune].
Skriv til kari punktum nes krøllalfa example punktum no. Nummeret er 158460 12378. Hunden min Trixie. Eg er polsk.
"""


def test_a_talk_is_seen_through_its_marks() -> None:
    view, _ = cleaned(SPOKEN)
    found = {view[hit.start : hit.end] for hit in (*find_patterns(view, "nn"), *find_quasi(view, "nn"))}

    assert found >= {
        "46", "Bakkevegen 3", "68 05 00 12", "fem barn", "den einaste tannlegen i kommunen", "158460 12378", "Trixie",
        "kari punktum nes krøllalfa example punktum no", "polsk",
    }  # fmt: skip
    assert not any("NN" in words or "Informant" in words or "kommune]" in words for words in found)


PIECES = "er 46 år i femti null en og den mai 12. 3 veien @ a.no +47 68 050012 hunden min Kari har fem barn på"


@given(
    st.lists(st.sampled_from(PIECES.split()), max_size=25),
    st.sampled_from(["nb", "nn", "en", "da"]),
    st.sampled_from([" ", "\n", ", ", ". ", "-"]),
)
def test_hits_lie_in_the_text_and_their_detectors_are_known(words: list[str], language: str, between: str) -> None:
    text = between.join(words)

    for hit in find_patterns(text, language):
        assert 0 <= hit.start < hit.end <= len(text)
        assert hit.detector in PATTERNS
    for hit in find_quasi(text, language):
        assert 0 <= hit.start < hit.end <= len(text)
        assert hit.detector in QUASI


@given(st.text(max_size=80), st.sampled_from(["nb", "en"]))
def test_any_text_can_be_searched(text: str, language: str) -> None:
    for hit in (*find_patterns(text, language), *find_quasi(text, language)):
        assert text[hit.start : hit.end].strip() == text[hit.start : hit.end] != ""


@pytest.mark.parametrize("detector", [*PATTERNS, *QUASI])
def test_a_detector_says_which_version_it_is(detector: str) -> None:
    name, _, version = detector.partition("@")

    assert name
    assert version.isdigit()


def test_no_note_repeats_what_was_found() -> None:
    view, _ = cleaned(SPOKEN)

    for hit in (*find_patterns(view, "nn"), *find_quasi(view, "nn")):
        assert view[hit.start : hit.end] not in hit.note
