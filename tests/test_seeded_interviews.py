"""Invented interviews are scored so that an entity counts only where every occurrence of every form is covered."""

from collections import Counter
from pathlib import Path

import pytest

from benchmarks.identifying import Marked, Share, see
from benchmarks.seeded_interviews import FOLDER, interviews, interviews_of, score, together
from qualkit.identity import Hit

TEXT = """I: Hvem var det du traff?

K: Nasteexo, i Halden. Nasteexos mor er tolk.

I: Og så?

K: Så dro jeg fra Halden igjen.
"""
ENTITIES = """language: nb
entities:
  - {id: p1, type: person, class: direct, forms: [Nasteexo, Nasteexos]}
  - {id: s1, type: place, class: quasi, forms: [Halden]}
  - {id: r1, type: role, class: quasi, forms: [tolk]}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "a.yaml").write_text(ENTITIES, encoding="utf-8")
    return tmp_path


def seeing(*words: str):
    """A detector that sees some words, each at its first place only."""

    def detected(text: str, **_: object) -> list[Hit]:
        return [Hit(text.index(word), text.index(word) + len(word), "words@1") for word in words]

    return detected


def test_an_entity_is_found_only_where_every_occurrence_is_covered(folder):
    found = list(interviews(folder))
    scored = score(found, seeing("Nasteexo", "Halden", "tolk"))
    assert (scored.direct, scored.quasi) == (Share(0, 1), Share(1, 2))
    assert [(missed.entity.id, missed.words) for missed in scored.missed] == [
        ("p1", ("Nasteexos",)),
        ("s1", ("Halden",)),
    ]
    whole = score(found, seeing("Nasteexo", "Nasteexos", "Halden. Nasteexos mor er tolk", "Halden igjen"))
    assert (whole.direct, whole.quasi) == (Share(1, 1), Share(2, 2))


def test_words_of_no_entity_are_falsely_flagged(folder):
    scored = score(list(interviews(folder)), seeing("igjen", "tolk"))
    assert scored.false == Share(1, 20)


def test_labels_are_not_scored(folder):
    (interview,) = interviews(folder)
    assert [interview.text[start:end] for start, end in interview.speech][:2] == [
        "Hvem var det du traff?",
        "Nasteexo, i Halden. Nasteexos mor er tolk.",
    ]


def test_the_detectors_see_the_example(folder):
    assert score(list(interviews(folder))).direct == Share(1, 1)


def test_a_form_that_stands_nowhere_is_told_by_its_place_and_not_by_its_words(folder):
    (folder / "a.yaml").write_text(ENTITIES.replace("[tolk]", "[tolk, Berit]"), encoding="utf-8")
    with pytest.raises(ValueError, match=r"a\.txt: .*r1: form 2") as told:
        list(interviews(folder))
    assert "Berit" not in str(told.value)


def test_an_unknown_class_is_an_error(folder):
    (folder / "a.yaml").write_text(ENTITIES.replace("quasi", "half"), encoding="utf-8")
    with pytest.raises(ValueError, match="direct or quasi"):
        list(interviews(folder))


def test_the_interval_is_that_of_wilson():
    assert [round(bound, 3) for bound in Share(208, 214).wilson()] == [0.94, 0.987]
    assert Share(0, 0).wilson() == (0.0, 1.0)


def test_a_token_is_found_when_its_letters_are_covered_and_false_when_it_is_no_name():
    marked = Marked("Kari D. gikk", ((0, 4, "person"), (5, 7, "person"), (8, 12, "")), "nb")
    seen = see(marked, [Hit(0, 3, "x@1"), Hit(5, 6, "x@1"), Hit(9, 10, "x@1")])
    assert seen.recall == {"person": Share(1, 2)}
    assert (seen.flagged, seen.false) == (Share(3, 3), Share(1, 3))


def test_a_form_that_stands_in_labels_only_is_left_out_and_counted(folder):
    (folder / "a.yaml").write_text(ENTITIES.replace("[tolk]", "[tolk, K]"), encoding="utf-8")
    (interview,) = interviews(folder)
    assert [entity.forms for entity in interview.entities][-1] == ("tolk",)
    assert interview.only_labels == 1


def test_types_are_counted(folder):
    assert dict(score(list(interviews(folder)), seeing("tolk")).types) == {
        "person": Share(0, 1), "place": Share(0, 1), "role": Share(1, 1)
    }  # fmt: skip


def test_several_are_the_sum_of_each(folder):
    (folder / "b.txt").write_text(TEXT, encoding="utf-8")
    (folder / "b.yaml").write_text(ENTITIES, encoding="utf-8")
    found = list(interviews(folder))
    detector = seeing("Nasteexo", "Halden", "tolk")
    assert together([score([interview], detector) for interview in found]) == score(found, detector)


MAKE = {
    ("nb", "cased"): 2, ("nb", "lower"): 1, ("nb", "asr"): 1,
    ("nn", "cased"): 1, ("nn", "lower"): 1, ("nn", "asr"): 1,
    ("en", "cased"): 2, ("en", "lower"): 1, ("en", "asr"): 1, ("en", "upper"): 1,
}  # fmt: skip


def twice(things):
    """How many things there are more than one of; counted, so that no words are told."""
    return sum(count > 1 for count in Counter(things).values())


@pytest.mark.parametrize("name", ["dev-2", "held-out-2"])
def test_the_later_sets_are_of_one_make(name):
    found = list(interviews_of(name))
    assert Counter((interview.language, interview.variant) for interview in found) == MAKE
    assert [interview.name for interview in found if not 500 <= len(interview.text.split()) <= 950] == []


@pytest.mark.parametrize("name", ["dev-2", "held-out-2", "dev-3", "held-out-3", "dev-4", "held-out-4"])
def test_the_later_registers_have_no_entity_and_no_form_twice(name):
    for interview in interviews_of(name):
        forms = [form for entity in interview.entities for form in entity.forms]
        assert (interview.name, twice(entity.id for entity in interview.entities)) == (interview.name, 0)
        assert (interview.name, twice(forms)) == (interview.name, 0)
        assert (interview.name, interview.only_labels) == (interview.name, 0)


@pytest.mark.parametrize("name", ["dev-2", "held-out-2", "dev-3", "held-out-3", "dev-4", "held-out-4"])
def test_the_later_registers_know_the_same_types(name):
    known = {"person", "place", "institution", "role", "number", "age", "health", "date", "contact", "nationality"}
    found = list(interviews_of(name))
    assert {entity.type for interview in found for entity in interview.entities} == known | {"other"}
    assert {path.stem for path in (FOLDER / name).glob("*.yaml")} == {interview.name for interview in found}


def test_the_later_sets_share_no_direct_identifier():
    first, second = (
        {
            form.lower()
            for interview in interviews_of(name)
            for entity in interview.entities
            if entity.direct
            for form in entity.forms
        }
        for name in ("dev-2", "held-out-2")
    )
    assert len(first & second) == 0


def test_a_set_that_is_not_there_is_an_error():
    with pytest.raises(ValueError, match="there is no set dev-9"):
        list(interviews_of("dev-9"))
