import json
import re
from collections.abc import Callable, Sequence

import pytest

from qualkit import scanning
from qualkit import study as studies
from qualkit.identity import Hit, Identities
from qualkit.model import Span, Study
from qualkit.scanning import Detectors

CALLS: list[str] = []


def names(text: str, *, language: str, speech: Sequence[tuple[int, int]] | None = None) -> list[Hit]:
    """See every capitalised word of four letters and more where somebody speaks."""
    CALLS.append(language)
    return [
        Hit(start + found.start(), start + found.end(), "names@2", "person")
        for start, end in speech or [(0, len(text))]
        for found in re.finditer(r"[A-ZÆØÅ][a-zæøå]{3,}", text[start:end])
    ]


FIRST = Detectors(names, {"names": 1})
TALKS = {
    "K1.txt": "Ingrid: Hva?\n\nTorvald: Jeg ringte Gunvor. Gunvors mann kom.\n\nIngrid: Ja?\n\nTorvald: Ja.\n",
    "K2.txt": "Ingrid: Hva?\n\nTorvald: Det vet Sverre.\n\nIngrid: Ja?\n\nTorvald: Ja.\n",
}


@pytest.fixture
def study(qualkit: Callable, interviews: Callable) -> Study:
    folder = interviews(TALKS, codebook="codes: [{id: a, name: Hos Gunvor}]\n")
    ran = qualkit("code", folder)
    assert ran.code == 0, ran.err
    CALLS.clear()
    return studies.open_study(folder.with_name("interviews-study"))


def forms(study: Study, detectors: Detectors = FIRST, **options: object) -> dict[str, int]:
    return {one.form: one.count for one in scanning.queue(study, Identities(), detectors, **options)}


def test_the_whole_study_is_one_queue_with_what_the_researcher_wrote(study: Study) -> None:
    scanning.scan(study, FIRST, jobs=1)
    found = scanning.queue(study, Identities(), FIRST)
    gunvor = next(one for one in found if one.form == "Gunvor")
    assert [place.where for place in gunvor.places] == ["K1, line 2", "codebook.yaml: name of a", "K1, line 2"]
    assert {one.form for one in found} == {"Gunvor", "Sverre"}


def test_labels_are_no_speech(study: Study) -> None:
    assert "Torvald" not in forms(study)


def test_a_second_run_reads_only_what_was_kept(study: Study) -> None:
    assert (scanning.scan(study, FIRST, jobs=1).searched, len(CALLS)) == (2, 2)
    first = forms(study)
    CALLS.clear()
    again = scanning.scan(study, FIRST, jobs=1)
    assert (again.searched, again.known, CALLS) == (0, 2, [])
    assert forms(study) == first
    assert CALLS == []


def test_a_changed_text_is_searched_again_and_no_other(study: Study) -> None:
    scanning.scan(study, FIRST, jobs=1)
    path = studies.transcript_path(study, "K2")
    path.write_text(path.read_text(encoding="utf-8").replace("Sverre", "Oddbjørg"), encoding="utf-8")
    assert scanning.scan(study, FIRST, jobs=1).searched == 1
    assert set(forms(study)) == {"Gunvor", "Oddbjørg"}


def test_a_new_version_of_a_detector_searches_everything_again(study: Study) -> None:
    scanning.scan(study, FIRST, jobs=1)
    assert scanning.scan(study, Detectors(names, {"names": 2}), jobs=1).searched == 2


def test_the_cache_holds_offsets_and_no_words(study: Study) -> None:
    scanning.scan(study, FIRST, jobs=1)
    forms(study)
    files = list((study.root / ".qualkit" / "hits").glob("*.json"))
    assert len(files) == 3
    written = "".join(path.read_text(encoding="utf-8") for path in files)
    assert "names@2" in written
    assert not re.search("gunvor|sverre|torvald", written, re.IGNORECASE)


def test_what_was_found_in_a_text_that_is_gone_goes(study: Study) -> None:
    scanning.scan(study, FIRST, jobs=1)
    studies.transcript_path(study, "K2").unlink()
    scanning.scan(study, FIRST, jobs=1)
    assert len(list((study.root / ".qualkit" / "hits").glob("*.json"))) == 1


@pytest.mark.parametrize("damage", [b"", b"{", b'{"of": 1}', b"[]", b'{"of": "x", "hits": [[1]]}'])
def test_a_damaged_cache_is_made_again(study: Study, damage: bytes) -> None:
    scanning.scan(study, FIRST, jobs=1)
    before = forms(study)
    for path in (study.root / ".qualkit" / "hits").glob("*.json"):
        path.write_bytes(damage)
    assert forms(study) == before


def test_a_cache_with_hits_that_cannot_be_is_made_again(study: Study) -> None:
    before = forms(study)
    for path in (study.root / ".qualkit" / "hits").glob("*.json"):
        kept = json.loads(path.read_bytes())
        kept["hits"] = [[5, 2, "names@2", "person", "direct", ""]]
        path.write_text(json.dumps(kept), encoding="utf-8")
    assert forms(study) == before


def test_several_processes_find_the_same(study: Study) -> None:
    told: list[tuple[str, int, int]] = []
    alone = forms(study)
    scanning.scan(study, Detectors(names, {"names": 3}), jobs=2, tell=lambda *step: told.append(step))
    assert forms(study, Detectors(names, {"names": 3})) == alone
    assert [step[1:] for step in told] == [(1, 2), (2, 2)]


def test_each_speakers_words_are_searched_in_the_language_they_are_in(study: Study) -> None:
    path = studies.transcript_path(study, "K1")
    text = path.read_text(encoding="utf-8")
    changed = re.sub(r"(?m)^(  Torvald: .*)}$", r"\1, language: en}", text)
    assert changed != text
    path.write_text(changed, encoding="utf-8")
    scanning.scan(study, FIRST, jobs=1)
    assert sorted(CALLS) == ["en", "nb", "nb"]


def test_nothing_is_searched_to_tell_what_waits(study: Study) -> None:
    assert scanning.cached_queue(study, Identities(), FIRST) is None
    scanning.scan(study, FIRST, jobs=1)
    CALLS.clear()
    found = scanning.cached_queue(study, Identities(), FIRST)
    assert found is not None
    assert {one.form for one in found} == {"Gunvor", "Sverre"}
    assert CALLS == []


def test_only_what_could_be_printed_is_asked_for(study: Study) -> None:
    text = studies.read_transcript(study, "K1")[0].text
    start = text.index("Gunvors")
    found = forms(study, wanted=scanning.in_passages([Span("K1", start, start + 12)]))
    assert found == {"Gunvor": 2}


def test_texts_are_read_by_their_id(study: Study) -> None:
    text_of = scanning.texts(study)
    assert "Gunvors mann" in (text_of("K1") or "")
    assert text_of("codebook.yaml/name/a") == "Hos Gunvor"
    assert text_of("themes.yaml/heading/none") is None
    assert text_of("K9") is None
