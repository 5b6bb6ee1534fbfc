from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from qualkit.anonymisation import settled
from qualkit.anonymisation.candidates import Candidate
from qualkit.anonymisation.changed_words import changed_words, touches, words_of
from qualkit.anonymisation.settled import still_waiting
from qualkit.identity import Identities, Identity, Passed
from qualkit.model import Span

WORDS = (
    "Kari Karis Kari-mannen kari Nes Kari\u00adNes Anne-Lise Annelise Anne Lise Halden Haldn Haldenserne mannen "
    "Liv liv Per Pers perspektiv NAV nav-kontoret sykepleier 4711 47 11 a@b.no Li Ås åsen ringte kom . , \n"
).split(" ")
FORMS = (
    "Kari",
    "Kari Nes",
    "Nes",
    "Anne-Lise",
    "Halden",
    "Liv",
    "Per",
    "NAV",
    "sykepleier",
    "4711",
    "a@b.no",
    "Li",
    "Ås",
)
TEXTS = st.lists(st.sampled_from(WORDS), min_size=1, max_size=25).map(" ".join)


@st.composite
def sittings(draw: st.DrawFn) -> tuple[str, list[Candidate], list[Identities]]:
    """Return a text, what was seen in it, and the registers that one decision after the other made."""
    text = draw(TEXTS)
    seen = []
    for form in FORMS:
        for at in range(len(text)):
            if text.startswith(form, at):
                detector = draw(st.sampled_from(["names@1", "ner@1", "capitals@1"]))
                span = Span("K1", at, at + len(form))
                seen.append(Candidate(form, (form,), "person", "direct", (detector,), (span,), (), 1, ()))
    places = [one.spans[0] for one in seen] or [Span("K1", 0, 1)]
    registers = [Identities()]
    for number in range(draw(st.integers(1, 6))):
        last = registers[-1]
        form = draw(st.sampled_from(FORMS))
        only = tuple(draw(st.lists(st.sampled_from(places), max_size=1)))
        what = draw(st.sampled_from(["identity", "passed", "back", "form"]))
        kind = draw(st.sampled_from(["person", "place", "number"]))
        if what == "passed":
            registers.append(Identities(last.identities, (*last.passed, Passed(form, only))))
        elif what == "back" and len(registers) > 1:
            registers.append(registers[-2])
        elif what == "form" and last.identities:
            first, *others = last.identities
            more = Identity(first.id, (*first.forms, form), first.type, only=first.only, by="siri")
            registers.append(Identities((more, *others), last.passed))
        else:
            by = draw(st.sampled_from(["siri", ""]))
            new = Identity(f"p{number}", (form,), kind, only=only, by=by)
            registers.append(Identities((*last.identities, new), last.passed))
    return text, seen, registers


@given(sittings())
@settings(max_examples=400)
@example(
    (
        "Lise",
        [Candidate("Li", ("Li",), "person", "direct", ("names@1",), (Span("K1", 0, 2),), (), 1, ())],
        [Identities(), Identities(passed=(Passed("Li", (Span("K1", 0, 2),)),))],
    )
)
def test_what_waits_after_each_decision_is_what_would_wait_if_all_were_looked_at_anew(
    sitting: tuple[str, list[Candidate], list[Identities]],
) -> None:
    text, seen, registers = sitting
    settled._seen.clear()
    kept = [[still_waiting(one, known, lambda _: text) for one in seen] for known in registers]
    anew = []
    for known in registers:
        settled._seen.clear()
        anew.append([still_waiting(one, known, lambda _: text) for one in seen])
    assert kept == anew
    for before, after in pairwise(range(len(registers))):
        changed = changed_words(registers[before], registers[after])
        if not touches(changed, words_of(text)):
            assert anew[before] == anew[after]


@pytest.mark.parametrize(
    ("form", "text"),
    [
        ("Kari", "karis"),
        ("Halden", "Haldensere"),
        ("Halden", "Halde"),
        ("Halden", "fra Hal-\nden"),
        ("Anne-Lise", "Annelise"),
        ("4711", "47 11"),
        ("Li", "Lis"),
        ("Li", "Lise"),
        ("47", "4711"),
        ("!", "nothing of it"),
    ],
)
def test_what_a_form_may_be_found_as_is_looked_at_again(form: str, text: str) -> None:
    changed = changed_words(Identities(), Identities((Identity("p1", (form,)),)))
    assert touches(changed, words_of(text))


def test_what_is_far_from_a_form_is_not_looked_at_again() -> None:
    changed = changed_words(Identities(), Identities((Identity("p1", ("Kari", "Mo")),)))
    assert not touches(changed, words_of("Ola ringte livredd til Nes."))
    assert not changed_words(
        Identities((Identity("p1", ("Kari",), line=3),)), Identities((Identity("p1", ("Kari",), line=9),))
    )


def test_words_that_were_changed_are_looked_at_anew() -> None:
    seen = Candidate("Kari", ("Kari",), "person", "direct", ("names@1",), (Span("K1", 0, 4),), (), 1, ())
    known = Identities((Identity("p1", ("Kari",), by="siri"),))
    assert still_waiting(seen, known, lambda _: "Kari kom.") is None
    assert still_waiting(seen, known, lambda _: "Kara kom.") == seen
