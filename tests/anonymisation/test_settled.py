import pytest

from qualkit.anonymisation.candidates import Candidate
from qualkit.anonymisation.settled import related, still_waiting
from qualkit.identity import Identities, Identity, Passed
from qualkit.model import Span


def seen(*forms: str, spans: tuple[Span, ...] = (Span("K1", 0, 4),)) -> Candidate:
    return Candidate(forms[0], forms, "person", "direct", ("names@2",), spans, (), 1, ())


def test_what_a_decision_settled_does_not_wait_any_more() -> None:
    text = "Gunvor kom. Liv og Gunvors mann."
    candidate = seen("Gunvor", "Gunvors", spans=(Span("K1", 0, 6), Span("K1", 19, 26)))
    settled = Identities((Identity("p1", ("Gunvor",), shown={"*": "Anne"}, by="siri"),))
    assert still_waiting(candidate, Identities(), lambda _: text) is candidate
    assert still_waiting(candidate, settled, lambda _: text) is None


def test_places_that_were_not_meant_wait_still() -> None:
    text = "Liv er livet. Liv kom."
    candidate = seen("Liv", spans=(Span("K1", 0, 3), Span("K1", 14, 17)))
    some = Identities(passed=(Passed("Liv", (Span("K1", 0, 3),)),))
    left = still_waiting(candidate, some, lambda _: text)
    assert left is not None
    assert [str(span) for span in left.spans] == ["K1:14-17"]


def test_a_text_that_is_gone_lets_nothing_through() -> None:
    candidate = seen("Liv")
    assert still_waiting(candidate, Identities(), lambda _: None) is candidate


@pytest.mark.parametrize(
    ("form", "ids"),
    [
        ("Gunvor", ["p1"]),
        ("Vik", ["p1", "p2"]),
        ("Gunnvor", ["p1"]),
        ("Torvald Vik", ["p2", "p1"]),
        ("Sverre", []),
        ("er", []),
    ],
)
def test_who_shares_a_name_or_is_a_letter_off_may_be_the_same(form: str, ids: list[str]) -> None:
    known = Identities((Identity("p1", ("Gunvor Vik",)), Identity("p2", ("Torvald Vik",))))
    assert [one.id for one in related(seen(form), known)] == ids


@pytest.mark.parametrize(("detectors", "waits"), [(("ner@1",), False), (("names@1", "ner@1"), True)])
def test_a_name_that_a_guess_took_a_word_too_many_into_is_settled_with_the_name(
    detectors: tuple[str, ...], waits: bool
) -> None:
    text = "Så Gunvor ringer da."
    wide = Candidate(
        "Gunvor ringer", ("Gunvor ringer",), "person", "direct", detectors, (Span("K1", 3, 16),), (), 1, ()
    )
    settled = Identities((Identity("p1", ("Gunvor",), shown={"*": "Anne"}, by="siri"),))
    assert still_waiting(wide, Identities(), lambda _: text) is wide
    assert (still_waiting(wide, settled, lambda _: text) is not None) == waits
