import time
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualkit.anonymisation.forms import Found, find_forms, register_hits
from qualkit.identity import Identities, Identity, Passed
from qualkit.model import Span


def known(*forms: str, kind: str = "person", only: tuple[Span, ...] = ()) -> Identities:
    return Identities((Identity("x1", forms, kind, only=only, by="kari"),))  # type: ignore[arg-type]


def seen(text: str, register: Identities, **place: object) -> list[str]:
    """Return the words found, each with how and with its ending."""
    found = find_forms(text, register, **place)  # type: ignore[arg-type]
    return [f"{text[one.start : one.end]} ({one.how}{one.ending and ' +' + one.ending})" for one in found]


@pytest.mark.parametrize(
    ("form", "kind", "text", "words"),
    [
        ("Ingrid", "person", "Ingrid, INGRID og ingrid", ["Ingrid (form)", "INGRID (form)", "ingrid (form)"]),
        ("Ingrid", "person", "Ingrids, Ingrid's", ["Ingrids (inflected +s)", "Ingrid's (inflected +s)"]),
        ("Aud Hans", "person", "Aud Hans’ bil", ["Aud Hans’ (inflected +s)"]),
        ("Halden", "place", "Halden-mannen", ["Halden-mannen (compound +-mannen)"]),
        ("Brann", "institution", "Brann‑treneren", ["Brann‑treneren (compound +-treneren)"]),
        ("Halden", "place", "haldenmannen", ["haldenmannen (compound +mannen)"]),
        ("Halden", "place", "haldensmannen", ["haldensmannen (compound +mannen)"]),
        ("Halden", "place", "en haldenser", ["haldenser (inflected +ser)"]),
        (
            "Halden",
            "place",
            "Haldn, Haldenn og Hadlen",
            ["Haldn (misspelt)", "Haldenn (misspelt)", "Hadlen (misspelt)"],
        ),
        ("Astrid", "person", "Astird og Asstrids", ["Astird (misspelt)", "Asstrids (misspelt +s)"]),
        ("Per", "person", "Perspektiv i Perstorp, superper, så kom Per.", ["Per (form)"]),
        ("Roe", "person", "Rose, Roer og Roy", []),
        ("Hans", "person", "møtte Hansen, og så kom Hans", ["Hans (form)"]),
        ("Anne-Lise", "person", "Annelise, Anne Lise, anne‐\nlise", 3 * [""]),
        ("Anne Lise Moe", "person", "anne\nlise\u00a0 Moes", ["anne\nlise\u00a0 Moes (inflected +s)"]),
        ("Abdirahman Warsame", "person", "Abdirahmann Warsame", ["Abdirahmann Warsame (misspelt)"]),
        ("Astrid", "person", "A\u00adst\u200brid, Ast\u2060rid", 2 * [""]),
        ("Bjørg Ås", "person", "BJØRG A\u030aS", ["BJØRG A\u030aS (form)"]),
        ("Astrid", "person", "Ast-\nrid og As\ntrid", ["Ast-\nrid (form)", "As\ntrid (form)"]),
        ("Ida", "person", "han kom i\nda", []),
        ("91 23 45 67", "contact", "ring 91234567, 912 34 567 eller 91 23 45 67, ikke 912345678", 3 * [""]),
        ("46", "age", "da jeg var 46, ikke 1946 eller 460", ["46 (form)"]),
        ("kari.nes@x.no", "contact", "skriv til Kari.Nes@x.no da", ["Kari.Nes@x.no (form)"]),
        (
            "ordføreren",
            "role",
            "ordføreren, ordførerens sønn",
            ["ordføreren (form)", "ordførerens (inflected +s)"],
        ),
        ("A.*a (x|y)", "other", "Anna, A.*a (x|y) og Ala", ["A.*a (x|y) (form)"]),
        ("🐻", "person", "han er 🐻 for oss", ["🐻 (form)"]),
        ("NAV Halden", "institution", "på NAV-Halden", ["NAV-Halden (form)"]),
    ],
)
def test_a_form_is_found_as_it_is_said(form: str, kind: str, text: str, words: list[str]) -> None:
    found = seen(text, known(form, kind=kind))
    assert len(found) == len(words)
    assert not any(words) or found == words


@pytest.mark.parametrize(
    ("text", "sure", "asked"),
    [
        ("en dag kom han", [], []),
        ("og så kom Dag hjem", ["Dag"], []),
        ("Dag etter dag.", [], ["Dag"]),
        ("Ja. Dag kom. «Dag»", [], ["Dag", "Dag"]),
        ("dagen kom, dager gikk, dagsverk", [], []),
        ("det var Dags bil, og Dag's", ["Dags", "Dag's"], []),
        ("hun tok DAG med", ["DAG"], []),
    ],
)
def test_a_name_that_is_a_word_too(text: str, sure: list[str], asked: list[str]) -> None:
    found = find_forms(text, known("Dag"))
    assert [text[one.start : one.end] for one in found if not one.ambiguous] == sure
    assert [text[one.start : one.end] for one in found if one.ambiguous] == asked


def test_a_place_that_was_decided_is_found_however_it_is_written() -> None:
    text = "ja, dag kom. Dag etter dag."
    register = known("Dag", only=(Span("I3", 104, 107),))
    assert [(one.start, one.ambiguous) for one in find_forms(text, register, transcript="I3", offset=100)] == [
        (4, False),
        (13, True),
    ]
    assert [one.start for one in find_forms(text, register, transcript="I4", offset=100)] == [13]


def test_one_letter_is_found_only_where_it_was_decided() -> None:
    assert seen("Å, jeg kjenner Å. Og å.", known("Å")) == []
    assert seen("Å, jeg kjenner Å.", known("Å", only=(Span("I3", 15, 16),)), transcript="I3") == ["Å (form)"]


def two(only_first: tuple[Span, ...] = (), only_second: tuple[Span, ...] = ()) -> Identities:
    return Identities(
        (
            Identity("p1", ("Kari",), only=only_first, by="kari"),
            Identity("p2", ("Kari", "Kari Moe"), only=only_second, by="kari"),
        )
    )


def who(found: list[Found]) -> list[str]:
    return ["?".join([one.identity.id, *(other.id for other in one.others)]) for one in found]


def test_two_of_one_name_are_never_guessed() -> None:
    text = "Kari og Kari Moe"
    assert who(find_forms(text, two())) == ["p1?p2", "p2"]
    assert [one.ambiguous for one in find_forms(text, two())] == [True, False]
    decided = two(only_second=(Span("I3", 0, 4),))
    assert who(find_forms(text, decided, transcript="I3")) == ["p2", "p2"]
    assert [(one.identity.id, one.ambiguous) for one in find_forms("Kari", decided, transcript="I4")] == [("p1", False)]
    both = two((Span("I3", 0, 4),), (Span("I4", 0, 4),))
    assert [one.ambiguous for one in find_forms("Kari", both, transcript="I5")] == [True]


def test_a_word_that_two_forms_are_near_is_asked_about() -> None:
    register = Identities((Identity("p1", ("Marten",), by="k"), Identity("p2", ("Martyn",), by="k")))
    (found,) = find_forms("så kom Martzn", register)
    assert (found.how, found.ambiguous, [one.id for one in found.others]) == ("misspelt", True, ["p2"])


def test_what_was_let_through_is_not_found_again() -> None:
    here = Passed("Kari", (Span("I3", 0, 4),))
    register = Identities(known("Kari").identities, (here, Passed("Karis"), Passed("Haldn")))
    assert seen("Kari og Kari", register, transcript="I3") == ["Kari (form)"]
    everywhere = Identities(known("Astrid", "Dag").identities, (Passed("Astird"), Passed("Dag")))
    assert seen("Astird og Astrid. Dag etter dag, sa Dag.", everywhere) == ["Astrid (form)", "Dag (form)"]


def test_hits_tell_type_and_class_and_never_the_words() -> None:
    (hit,) = register_hits("i Haldens gater", known("Halden", kind="place"))
    assert (hit.start, hit.end, hit.detector, hit.type, hit.cls) == (2, 9, "register@1", "place", "direct")
    assert "Halden" not in hit.note


def test_an_empty_register_finds_nothing() -> None:
    assert find_forms("Kari", Identities()) == []


NAMES = ["Astrid", "Kari Nes", "Abdirahman", "Anne-Lise", "O'Brien", "Åse Bjørg", "Łukasz", "Nguyễn", "Sáhkku"]


@given(
    st.sampled_from(NAMES),
    st.sampled_from([str.upper, str.lower, str.title, str]),
    st.sampled_from(["", "s", "'s", "’s"]),
    st.sampled_from(["NFC", "NFD"]),
    st.sampled_from(["", "\u00ad", "\u200b", "\u200d", "\u2060"]),
    st.integers(1, 8),
    st.sampled_from(["", "ja ", "(", "«", "- ", "x, "]),
    st.sampled_from(["", " ja", ")", ".", "-mannen", "!", "_"]),
)
@settings(max_examples=400)
def test_no_way_of_writing_hides_a_form(name, case, ending, normal, hidden, at, before, after) -> None:  # type: ignore[no-untyped-def]
    written = unicodedata.normalize(normal, case(name))
    written = written[:at] + hidden + written[at:] + ending
    text = before + written + after
    (found,) = find_forms(text, known(*NAMES))
    assert found.start <= len(before)
    assert found.end >= len(before) + len(written)


@given(st.text(max_size=80), st.lists(st.text(max_size=12), max_size=4))
@settings(max_examples=300)
def test_no_text_and_no_form_is_too_odd(text: str, forms: list[str]) -> None:
    found = find_forms(text, known(*forms))
    assert all(0 <= one.start < one.end <= len(text) for one in found)
    assert [one.start for one in found] == sorted(one.start for one in found)


def test_hundreds_of_identities_are_one_pass() -> None:
    register = Identities(tuple(Identity(f"p{n}", (f"Navn{chr(97 + n % 26)}{'x' * (n // 26)}q",)) for n in range(400)))
    text = "Jeg snakket med Navncxxq i dag om hvordan vi skulle ringe kommunen. " * 1000
    find_forms(text, register)
    began = time.process_time()
    assert len(find_forms(text, register)) == 1000
    assert time.process_time() - began < 1
