import pytest

from qualkit.condensation.condensatesfile import parse_condensates
from qualkit.condensation.faults import check_condensates, is_first_person
from qualkit.model import Coding, Extract, MeaningUnit, Span

TEXT = """groups:
  - code: alene
    subgroups:
      - id: natta
        name: Om natta
        units: [{units}]
        golden: {golden}
        condensate: {condensate}
"""


def extract(name: str, words: str, code: str = "alene") -> Extract:
    unit = MeaningUnit(Span("K1", 0, len(words)), words)
    return Extract(Coding(name, unit, code, "kari", "accepted", "manual", ""), "K1", "participant")


UNITS = [extract("k1", "Jeg er alene."), extract("k2", "Det er natt."), extract("k3", "Nøkkelen.", "huset")]


def told(units: str, *, golden: str = "k1", condensate: str = "Jeg står alene om natta.") -> list[str]:
    groups, problems = parse_condensates(TEXT.format(units=units, golden=golden, condensate=condensate))
    assert problems == []
    statuses = {one.coding.id: one.coding.status for one in UNITS} | {"k9": "rejected"}
    found = check_condensates(groups, UNITS, codes=["alene", "huset"], statuses=statuses, language="nb")
    assert all(problem.line and problem.hint for problem in found)
    return [problem.message for problem in found]


def test_a_whole_condensation_has_no_faults() -> None:
    assert told("k1, k2") == []


def test_units_that_lead_nowhere() -> None:
    assert told("k1, k2, k3, k4, k9") == [
        "the unit “k3” has the code “huset”, not “alene”",
        "the unit “k4” is no coding of this study",
        "the coding of the unit “k9” is rejected, not accepted",
    ]


def test_a_unit_moved_to_no_subgroup() -> None:
    assert told("k1, {id: k2, moved-to: nata, why: feil}") == [
        "the unit “k2” was moved to “nata”, which is no subgroup",
        "a meaning unit stands in no subgroup of “alene”",
    ]


def test_a_golden_quotation_from_elsewhere() -> None:
    assert told("k1, k2", golden="k3") == ["the golden quotation of “natta” is no unit that is used there"]


def test_units_that_wait_are_told_once_a_condensate_is_written() -> None:
    assert told("k1") == ["a meaning unit stands in no subgroup of “alene”"]
    assert told("k1", condensate='""') == []
    assert told("k1, {id: k2, set-aside: annen sak}") == []


def test_a_condensate_in_the_third_person_or_copied() -> None:
    assert told("k1, k2", condensate="Informantene er alene.") == [
        "the condensate of “natta” is not told in the first person"
    ]
    assert told("k1, k2", condensate="Jeg  er ALENE.") == [
        "the condensate of “natta” is one of its units, word for word"
    ]


@pytest.mark.parametrize(
    ("text", "language", "first"),
    [
        ("Æ står aleina.", "nb", True),
        ("Eg står der.", "nn", True),
        ("Hun står der.", "nb", False),
        ("I've been alone.", "en", True),
        ("They are alone in it.", "en", False),
        ("E du der?", "en", False),
    ],
)
def test_first_person(text: str, language: str, first: bool) -> None:
    assert is_first_person(text, language) is first
