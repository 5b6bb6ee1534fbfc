from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualkit.anonymisation.identities import (
    check_identities,
    parse_identities,
    parse_span,
    render_identities,
    with_form,
    with_identity,
    with_passed,
    with_seed,
    without_identity,
    without_passed,
)
from qualkit.anonymisation.identity_edits import CannotEditRegister, NoSuchIdentity, with_places, without_participant
from qualkit.errors import FaultyFiles
from qualkit.identity import ACTIONS, CLASSES, TYPES, Identities, Identity, Passed
from qualkit.model import Span
from qualkit.text import nfc

REGISTER = """# Vårt eget
format: 1
seed: 4711
identities:   # de som er nevnt
  - id: p1   # sjukepleiaren
    forms:
      - Kari        # som i K1
      - 'Kari Nes'
    action: pseudonym
    print: Anne
    by: ida
    date: 2026-05-04
  - {id: s1, forms: [Halden], type: place, class: indirect, action: generalise, print: {nb: by i Østfold, en: town}}
passed:
  - form: Norge   # alle kommer derfra
    reason: "Land: hele utvalget"
"""


def faults(text: str) -> list[tuple[int | None, int | None, str, str]]:
    return [(one.line, one.column, one.message, one.severity) for one in parse_identities(text)[1]]


def plain(identities: Identities) -> Identities:
    """Without lines, which a file that is written anew has others of."""
    ours = tuple(
        Identity(**{key: getattr(one, key) for key in Identity.__slots__ if key != "line"})
        for one in identities.identities
    )
    theirs = tuple(
        Passed(**{key: getattr(one, key) for key in Passed.__slots__ if key != "line"}) for one in identities.passed
    )
    return Identities(ours, theirs, identities.seed)


# --- reading ------------------------------------------------------------------------------------------


def test_what_is_written_is_read() -> None:
    read, problems = parse_identities(REGISTER)
    assert problems == []
    kari, halden = read.identities
    assert (kari.forms, kari.print_form("nn"), kari.by, kari.date, kari.line) == (
        ("Kari", "Kari Nes"),
        "Anne",
        "ida",
        "2026-05-04",
        5,
    )
    assert (halden.type, halden.cls, halden.action) == ("place", "indirect", "generalise")
    assert (halden.print_form("nb"), halden.print_form("en")) == ("by i Østfold", "town")
    assert read.passed == (Passed("Norge", (), "Land: hele utvalget", line=15),)
    assert read.seed == 4711


def test_an_id_and_forms_are_enough() -> None:
    read, problems = parse_identities("identities:\n- id: p1\n  forms: Kari\n")
    assert problems == []
    assert read.identities == (Identity("p1", ("Kari",), line=2),)
    assert not read.identities[0].decided


def test_words_that_yaml_would_turn_into_something_else_stay_words() -> None:
    read, problems = parse_identities('identities:\n- id: "1"\n  forms: [No, 220519, 07:30, Ja, "~~"]\n')
    assert problems == []
    assert read.identities[0].forms == ("No", "220519", "07:30", "Ja", "~~")


def test_a_name_that_is_a_regular_expression_is_plain_text() -> None:
    text = 'identities:\n- id: p1\n  forms: ["K(ar", ".*", "[a-"]\n  action: pseudonym\n  print: Kåre\n'
    read, problems = parse_identities(text)
    assert problems == []
    assert read.identities[0].forms == ("K(ar", ".*", "[a-")
    assert parse_identities(render_identities(read))[0].identities[0].forms == ("K(ar", ".*", "[a-")


def test_every_fault_is_told_at_once_with_its_place_and_no_name() -> None:
    text = """format: 1
identities:
- id: p1
  forms: [Gunvor]
  class: dirct
  action: remove
- id: p1
  frms: [Torleif]
  only: [I3:210-204]
  type: Torleif
- forms: [Sigbjørn]
  date: 26.3.2026
- id: Ola Sæther
  forms: [Ola]
- Ola: x
passed:
- frm: Norge
seeds: 1
"""
    found = faults(text)
    assert [(line, column) for line, column, *_ in found if column] == [
        (5, 10),
        (6, 11),
        (7, 3),
        (7, 7),
        (8, 3),
        (9, 10),
        (10, 9),
        (11, 3),
        (12, 9),
        (13, 7),
        (15, 3),
        (15, 3),
        (15, 3),
        (17, 3),
        (17, 3),
        (18, 1),
    ]
    told = " ".join(f"{one} {one.hint}" for one in parse_identities(text)[1])
    for name in ("Gunvor", "Torleif", "Sigbjørn", "Ola", "Sæther", "Norge"):
        assert name not in told
    for said in (
        "“dirct” is no class",
        "Did you mean “direct”?",
        "this is no action that is known",
        "It can be pseudonym, generalise, band, redact, keep.",
        "the id “p1” is taken by the identity on line 3",
        "“p1” has no forms, so it is found nowhere",
        "Did you mean “forms”?",
        "“only” names something that is no place",
        "an identity without an id",
        "the date cannot be read",
        "this cannot be an id",
        "“frm” is no key of what was let through",
        "“seeds” is no key of the register",
    ):
        assert said in told


def test_what_cannot_be_read_of_an_identity_is_taken_carefully() -> None:
    read, _ = parse_identities(
        "identities:\n- {id: p1, forms: [Kari], action: shw, class: pblic, type: x}\n- forms: [B]\n"
    )
    careful, unnamed = read.identities
    assert (careful.action, careful.cls, careful.type) == ("redact", "direct", "other")
    assert unnamed.forms == ("B",)


@pytest.mark.parametrize("text", ["", "\n\n", "# bare dette\n", "\ufeff"])
def test_an_empty_file_is_told_of(text: str) -> None:
    read, problems = parse_identities(text)
    assert read == Identities()
    assert [(one.message, one.severity) for one in problems] == [
        ("the register is empty: nobody and nothing is decided", "warning")
    ]


def test_a_register_without_a_name_is_no_fault() -> None:
    assert parse_identities("format: 1\nseed: 3\nidentities: []\n") == (Identities(seed=3), [])


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("- id: p1\n", "a register is keys with values"),
        ("format: 2\n", "qualkit reads registers of format 1, and this one has another"),
        ("seed: syv\n", "the seed is a whole number"),
        ("identities: {p1: x}\n", "“identities” is a list"),
        ("identities: [Kari]\n", "an identity is keys with values"),
        ("passed: [Kari]\n", "what was let through is keys with values"),
        ("identities: [{id: p1, id: p2, forms: [K]}]\n", "a key stands twice in an identity, first on line 1"),
        ("identities: [{id: p1, forms: {a: b}}]\n", "a list is expected here"),
        ("identities: [{id: p1, forms: [[a]]}]\n", "a text is expected here"),
        ("identities: [{id: p1, forms: [Kari], only: {}}]\n", "“only” names no place"),
        ("identities: [{id: p1, forms: [Kari], print: [Anne]}]\n", "is a text, or one for each language"),
        ("identities: [{id: p1, forms: [Kari], print: '[Anne]'}]\n", "has brackets or line breaks"),
        ("identities: [{id: p1, forms: [Kari], print: {no: Anne}}]\n", "print forms are told by language"),
        ("identities: [{id: p1, forms: [Kari], gender: kvinne}]\n", "this is no gender that is known"),
    ],
)
def test_other_faults(text: str, said: str) -> None:
    assert any(said in message and severity == "error" for _, _, message, severity in faults(text))


@given(st.text())
def test_any_text_is_read_or_told_of(text: str) -> None:
    parse_identities(text)


def test_places() -> None:
    assert parse_span("Intervju 3: del 2:4-9") == Span("Intervju 3: del 2", 4, 9)
    assert [parse_span(text) for text in ("I3", "I3:4", ":4-9", "I3:9-4", "I3:4-4", "I3:-4-9")] == [None] * 6


# --- contradictions -----------------------------------------------------------------------------------


def told(*identities: Identity, passed: tuple[Passed, ...] = ()) -> list[tuple[str, str]]:
    found = check_identities(Identities(identities, passed), "identities.yaml")
    return [(one.message, one.severity) for one in found]


def test_two_of_one_name_are_asked_about_until_their_places_are_named() -> None:
    kari, other = Identity("p1", ("Kari",), line=3), Identity("p2", ("KARI",), line=9)
    message = "a form of “p2” is a form of “p1” (line 3) too, so it is never replaced without being asked about"
    assert told(kari, other) == [(message, "warning")]
    here, there = (Span("I3", 1, 5),), (Span("I3", 9, 13),)
    assert told(Identity("p1", ("Kari",), only=here), Identity("p2", ("Kari",), only=there)) == []


def test_two_with_one_pseudonym() -> None:
    found = told(
        Identity("p1", ("Kari",), shown={"*": "Anne"}, line=3), Identity("p2", ("Liv",), shown={"nn": "anne"}, line=5)
    )
    assert found == [("“p2” has the pseudonym of “p1” (line 3)", "error")]
    wider = [Identity(one, (one,), "place", action="generalise", shown={"*": "ein by"}) for one in ("a1", "b1")]
    assert told(*wider) == []


@pytest.mark.parametrize("shown", ["KARI", "Lise-Kari", "Karis", "tante kari", "Nes"])
def test_a_print_form_never_holds_a_real_name(shown: str) -> None:
    real = Identity("p1", ("Kari Nes", "Kari"), action="redact", line=3)
    found = told(real, Identity("p2", ("Berit",), shown={"*": shown}, line=7))
    assert found == [("the print form of “p2” holds a real form of “p1” (line 3)", "error")]


def test_words_that_only_look_like_a_name_may_stand_in_print() -> None:
    assert told(Identity("p1", ("Per",), action="redact"), Identity("p2", ("Xi",), shown={"*": "Perly"})) == []
    kept = Identity("f1", ("Østfold",), "place", "public", "keep")
    assert told(kept, Identity("s1", ("Halden",), "place", action="generalise", shown={"nb": "by i Østfold"})) == []
    sometimes = Identity("p1", ("By",), action="redact", only=(Span("I3", 1, 3),))
    assert told(sometimes, Identity("s1", ("Halden",), "place", action="generalise", shown={"nb": "by i nord"})) == []


def test_a_name_of_one_letter_is_found_only_where_it_is_named() -> None:
    assert [severity for _, severity in told(Identity("p1", ("K",)))] == ["warning"]
    assert told(Identity("p1", ("K",), only=(Span("I3", 1, 2),))) == []


def test_what_has_nothing_to_print() -> None:
    assert told(Identity("p1", ("Kari",), by="ida")) == [("“p1” is to have a pseudonym, and has none", "error")]
    assert told(Identity("p1", ("Kari",))) == []
    for action in ("generalise", "band"):
        message = "“a1” is to be printed as something wider, and it does not say as what"
        assert told(Identity("a1", ("46",), "age", action=action)) == [(message, "error")]
    assert [s for _, s in told(Identity("p1", ("Kari",), action="keep", shown={"*": "x"}))] == ["warning"]


def test_hidden_and_let_through_at_once() -> None:
    message = "a form of “p1” (line 3) is let through everywhere"
    assert told(Identity("p1", ("Dag",), line=3), passed=(Passed("dag"),)) == [(message, "error")]
    assert told(Identity("p1", ("Dag",)), passed=(Passed("dag", (Span("I1", 1, 4),)),)) == []


# --- writing ------------------------------------------------------------------------------------------

# Everything that YAML gives a meaning, and letters that are composed, invisible or beyond the first plane.
letters = st.text("aåÅøbzKL 079~:#-?'\"[]{},|>&*!%@`\\=<.éŋ\u00ad\u200b\U0001f600", min_size=1, max_size=12)
said = letters.map(lambda text: nfc(text).strip()).filter(bool)
printed = said.filter(lambda text: not set("[]\n") & set(text))
spans = st.builds(lambda at, length: Span("I3", at, at + length), st.integers(0, 10**6), st.integers(1, 30))
shown = st.one_of(
    st.just({}),
    st.dictionaries(st.sampled_from(["nb", "nn", "en"]), printed, min_size=1),
    printed.map(lambda text: {"*": text}),
).map(MappingProxyType)
days = st.dates().map(lambda day: day.isoformat())


def identities_of(identifier: st.SearchStrategy[str]) -> st.SearchStrategy[Identity]:
    return st.builds(
        Identity,
        identifier,
        st.lists(said, min_size=1, max_size=4).map(tuple),
        st.sampled_from(TYPES),
        st.sampled_from(CLASSES),
        st.sampled_from(ACTIONS),
        shown,
        st.one_of(st.just(""), said),
        st.lists(spans, max_size=3).map(tuple),
        st.sampled_from(["f", "m", ""]),
        st.one_of(st.just(""), said),
        st.one_of(st.just(""), said),
        st.one_of(st.just(""), days),
    )


passed_words = st.builds(
    Passed, said, st.lists(spans, max_size=2).map(tuple), st.just(""), st.one_of(st.just(""), said), st.just("")
)


@given(
    st.lists(identities_of(st.integers(1, 10**6).map(lambda n: f"p{n}")), max_size=3, unique_by=lambda one: one.id),
    st.lists(passed_words, max_size=2),
    st.integers(0, 2**40),
)
def test_what_is_rendered_is_read_again(people: list[Identity], passed: list[Passed], seed: int) -> None:
    whole = Identities(tuple(people), tuple(passed), seed)
    read, problems = parse_identities(render_identities(whole))
    assert [one for one in problems if one.column is not None and "empty" not in one.message] == []
    assert plain(read) == plain(whole)


@given(identities_of(st.sampled_from(["p1", "s1", "ny"])))
def test_an_identity_that_is_written_is_read_and_the_rest_stays(identity: Identity) -> None:
    after = with_identity(REGISTER, identity)
    read, _ = parse_identities(after)
    assert next(one for one in plain(read).identities if one.id == identity.id) == identity
    before = [one for one in plain(parse_identities(REGISTER)[0]).identities if one.id != identity.id]
    assert [one for one in plain(read).identities if one.id != identity.id] == before
    assert plain(read).passed == plain(parse_identities(REGISTER)[0]).passed
    for kept in ("# Vårt eget\n", "seed: 4711\nidentities:   # de som er nevnt\n", "  - form: Norge   # alle kommer"):
        assert kept in after


def test_only_what_changes_is_written() -> None:
    kari, halden = parse_identities(REGISTER)[0].identities
    assert with_identity(REGISTER, kari) == REGISTER
    assert with_identity(REGISTER, halden) == REGISTER
    fields = {key: getattr(kari, key) for key in Identity.__slots__}
    other = Identity(**{**fields, "shown": {"*": "Berit"}})
    assert with_identity(REGISTER, other) == REGISTER.replace("print: Anne", "print: Berit")
    windows = REGISTER.replace("\n", "\r\n")
    assert with_identity(windows, other) == windows.replace("print: Anne", "print: Berit")
    third = Identity(**{**fields, "forms": ("Kari", "Kari Nes", "Kaia")})
    assert with_identity(REGISTER, third) == REGISTER.replace("- 'Kari Nes'\n", "- 'Kari Nes'\n      - Kaia\n")


def test_an_identity_begins_a_register() -> None:
    new = Identity("p1", ("Kari",), action="redact", by="ida")
    for text in ("", "# kommentar\n", "format: 1", "identities:\n", "identities: []   # ingen\npassed: []\n"):
        after = with_identity(text, new)
        assert plain(parse_identities(after)[0]).identities == (new,)
        assert after.count("identities:") == 1
    assert "# ingen\n" in with_identity("identities: []   # ingen\npassed: []\n", new)


def test_forms_are_added_once() -> None:
    after = with_form(REGISTER, "s1", "Halla")
    assert "forms: [Halden, Halla]" in after
    assert with_form(after, "s1", "Halla") == after
    with pytest.raises(NoSuchIdentity):
        with_form(REGISTER, "s2", "x")


def test_what_is_let_through_adds_its_places() -> None:
    after = with_passed(REGISTER, Passed("Dag", (Span("I1", 4, 7),), by="ida"))
    after = with_passed(after, Passed("Dag", (Span("I2", 4, 7),), by="ida"))
    assert parse_identities(after)[0].passed[1].only == (Span("I1", 4, 7), Span("I2", 4, 7))
    everywhere = with_passed(after, Passed("Dag", by="ida"))
    assert parse_identities(everywhere)[0].passed[1].only == ()
    once = with_passed(everywhere, Passed("Dag", (Span("I2", 4, 7),), by="ida"))
    assert parse_identities(once)[0].passed[1].only == ()
    assert without_passed(after, "Norge").count("form: Norge") == 0
    assert without_passed(without_passed(after, "Norge"), "Dag").endswith("passed: []\n")


def test_identities_go_and_their_neighbours_stay() -> None:
    after = without_identity(REGISTER, "p1")
    assert [one.id for one in parse_identities(after)[0].identities] == ["s1"]
    assert "Kari" not in after
    empty = without_identity(after, "s1")
    assert parse_identities(empty)[0].identities == ()
    assert without_identity(empty, "s1") == empty
    assert plain(parse_identities(with_identity(empty, Identity("p9", ("Ola",))))[0]).identities[0].id == "p9"


def test_a_participant_goes_with_all_that_is_theirs() -> None:
    text = "identities:\n- {id: p1, forms: [A B], participant: K1}\n- id: p2\n  forms: [C D]\n  participant: k1\n"
    assert parse_identities(without_participant(text, "K1"))[0].identities == ()
    assert without_participant(text, "K2") == text


def test_an_identity_called_as_a_participant_goes_with_them_unless_it_is_another_participants() -> None:
    text = (
        "identities:\n- {id: p1, forms: [Kari Nes]}\n- {id: p2, forms: [kari  nes], participant: K2}\n"
        "- {id: p3, forms: [Per]}\n"
    )
    after = without_participant(text, "K1", ["Kari Nes"])
    assert [one.id for one in parse_identities(after)[0].identities] == ["p2", "p3"]


@given(st.lists(st.lists(spans, max_size=3), max_size=4), st.integers(0, 10**6))
def test_places_move_and_what_was_only_at_places_that_are_gone_goes(places: list[list[Span]], edge: int) -> None:
    people = tuple(Identity(f"p{n}", (f"Form{n}",), only=tuple(only)) for n, only in enumerate(places))
    text = render_identities(
        Identities(people, tuple(Passed(f"ord{n}", only=one.only) for n, one in enumerate(people)))
    )

    def moved(span: Span) -> Span | None:
        return None if span.start < edge else Span(span.transcript, span.start - edge, span.end - edge)

    read, _ = parse_identities(with_places(text, moved))
    wanted = {
        one.id: tuple(there for span in one.only if (there := moved(span)))
        for one in people
        if not one.only or any(span.start >= edge for span in one.only)
    }
    assert {one.id: one.only for one in read.identities} == wanted
    assert [one.only for one in read.passed] == list(wanted.values())
    assert with_places(text, lambda span: span) == text


def test_the_seed() -> None:
    assert with_seed(REGISTER, 3) == REGISTER.replace("4711", "3")
    assert parse_identities(with_seed("identities: []\n", 3))[0].seed == 3
    assert parse_identities(with_seed("seed:\n", 3))[0].seed == 3
    assert parse_identities(with_seed("", 3))[0].seed == 3


def test_nothing_is_written_into_what_cannot_be_read() -> None:
    with pytest.raises(FaultyFiles, match="the register has faults; nothing was done"):
        with_identity("identities:\n\t- id: p1\n", Identity("p1", ("K",)))
    with pytest.raises(CannotEditRegister):
        with_identity("identities: alle\n", Identity("p1", ("K",)))


def test_words_that_are_kept_may_hold_no_name_that_goes() -> None:
    text = """identities:
- {id: p1, forms: [Asbjørn], print: Jon, by: kari, date: 2026-03-01}
- {id: r1, forms: [læreren i Halden], type: role, action: keep, by: kari, date: 2026-03-01}
- {id: s1, forms: [Halden], type: place, action: generalise, print: by i Østfold, by: kari, date: 2026-03-01}
passed:
- {form: Asbjørn heite, by: kari, date: 2026-03-01}
- {form: Åtti mål, by: kari, date: 2026-03-01}
"""
    _, problems = parse_identities(text, "identities.yaml")

    assert [(problem.line, problem.message) for problem in problems] == [
        (3, "these words are kept and hold a form of “s1” (line 4)"),
    ]
