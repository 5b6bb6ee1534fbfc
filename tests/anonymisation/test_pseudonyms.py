import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import Levenshtein

from qualkit.anonymisation import place_ladders, pseudonyms
from qualkit.anonymisation.identities import check_identities
from qualkit.anonymisation.lexicon import commonness, words
from qualkit.anonymisation.pseudonyms import (
    Name,
    NoNameLeft,
    draw_pseudonym,
    gender_of,
    home_of,
    shown_for,
    taken_apart,
)
from qualkit.identity import Identities, Identity

HOMES = pseudonyms._homes()
rows = pseudonyms._rows()
real_first = sorted(
    {name for (_, kind), names in rows.items() if kind in ("f", "m", "known-f", "known-m") for name in names}
)
real_last = sorted({name for (_, kind), names in rows.items() if kind.endswith("surname") for name in names})
firsts, lasts = st.sampled_from(real_first), st.sampled_from(real_last)
forms = st.one_of(firsts, st.tuples(firsts, lasts).map(" ".join), firsts.map(str.lower), lasts.map("doktor {}".format))


def drawn(form: str, *, seed: int = 7, gender: str = "", others: tuple[Identity, ...] = (), occurs: object = ()) -> str:
    mine = Identity("p1", (form,), gender=gender)  # type: ignore[arg-type]
    return draw_pseudonym(mine, Identities((mine, *others), seed=seed), occurs)  # type: ignore[arg-type]


def first_names(home: str, gender: str) -> set[str]:
    return set(rows[home, gender])


# --- what is drawn --------------------------------------------------------------------------------------


@given(forms, st.integers(0, 2**31))
def test_a_pseudonym_is_drawn_by_the_seed_and_never_looks_like_the_real_name(form: str, seed: int) -> None:
    name = drawn(form, seed=seed)
    assert drawn(form, seed=seed) == name
    for part in re.split(r"[ -]", name):
        for real in re.split(r"[ -]", form):
            assert part.casefold() != real.casefold()
    initials = {pseudonyms._initial(word) for word in form.split() if word != "doktor"}
    assert not {pseudonyms._initial(word) for word in name.split()} & initials
    mine = Identity("p1", (form,), shown={"*": name})
    assert [one for one in check_identities(Identities((mine,)), "f") if one.severity == "error"] == []


@given(st.lists(st.tuples(forms, st.sampled_from(["f", "m", ""])), min_size=2, max_size=14), st.integers(0, 2**31))
def test_no_two_share_a_name_or_bear_anothers_real_one(people: list[tuple[str, str]], seed: int) -> None:
    bare = [Identity(f"p{n}", (form,), gender=gender) for n, (form, gender) in enumerate(people)]  # type: ignore[arg-type]
    known = Identities(tuple(bare), seed=seed)
    for one in bare:
        name = draw_pseudonym(one, known)
        given_ = Identity(one.id, one.forms, gender=one.gender, shown={"*": name}, by="ida")
        known = Identities(tuple(given_ if each.id == one.id else each for each in known.identities), seed=seed)
    parts = [part for one in known.identities for part in one.print_form("nb").casefold().split()]
    assert len(set(parts)) == len(parts)
    real = {word.casefold() for form, _ in people for word in form.split()}
    assert not real & set(parts)
    for part in parts:
        assert all(Levenshtein.distance(part, word) > 1 for word in real if min(len(part), len(word)) > 3)
    assert [one for one in check_identities(known, "f") if one.severity == "error"] == []


@given(forms, st.sampled_from(["f", "m"]), st.integers(0, 2**31))
def test_gender_is_kept(form: str, gender: str, seed: int) -> None:
    name = drawn(form, gender=gender, seed=seed)
    if taken_apart(form).first:
        assert name.split()[0].split("-")[0] in {
            one.split("-")[0] for home in HOMES for one in first_names(home, gender)
        }


@pytest.mark.parametrize(
    ("form", "home", "gender"),
    [
        ("Kari", "norwegian", "f"),
        ("Mihkkal", "sami", "m"),
        ("Małgorzata", "polish", "f"),
        ("Abdirahman", "somali", "m"),
        ("Fatima", "arabic", "f"),
        ("Sivakumar", "tamil", "m"),
        ("Linh", "vietnamese", "f"),
        ("Catherine", "english", "f"),
        ("Kofi", "west-african", "m"),
        ("Ngozi", "west-african", "f"),
        ("Selamawit", "eritrean", "f"),
        ("Oksana", "ukrainian", "f"),
        ("Ayşe", "turkish", "f"),
        ("Hiwa", "kurdish", "m"),
        ("Parisa", "persian", "f"),
        ("Rupa Sharma", "south-asian", "f"),
        ("Wei", "chinese", "m"),
        ("Rosario", "filipino", "f"),
        ("Siobhán", "irish", "f"),
        ("Eilidh", "scottish", "f"),
        ("Rhys", "welsh", "m"),
    ],
)
def test_a_name_is_at_home_where_the_real_one_is(form: str, home: str, gender: str) -> None:
    assert (home_of([form]), gender_of([form])) == (home, gender)
    for seed in range(20):
        assert drawn(form, seed=seed).split()[0] in first_names(home, gender)


def test_who_else_there_is_does_not_matter_but_for_clashes() -> None:
    alone = drawn("Kari Nes")
    others = tuple(Identity(f"q{n}", (name,)) for n, name in enumerate(("Ola", "Paweł", "Fatima", "Aslak Utsi")))
    assert drawn("Kari Nes", others=others) in (alone, drawn("Kari Nes", others=others[::-1]))
    assert drawn("Kari Nes", others=others) == drawn("Kari Nes", others=others[::-1])
    assert drawn("Kari Nes", others=(Identity("q", ("Xabc",)),)) == alone


def test_seeds_and_ids_draw_other_names() -> None:
    assert len({drawn("Kari", seed=seed) for seed in range(40)}) > 15
    known = Identities(seed=7)
    assert len({draw_pseudonym(Identity(f"p{n}", ("Kari",)), known) for n in range(40)}) > 15


def test_a_word_of_the_study_is_no_pseudonym() -> None:
    before = drawn("Kari Nes")
    words = {part.casefold() for part in before.split()}
    for occurs in (words, words.__contains__):
        after = drawn("Kari Nes", occurs=occurs)
        assert not set(after.casefold().split()) & words


def test_a_genitive_of_it_in_the_study_bars_it_too() -> None:
    before = drawn("Kari")
    assert drawn("Kari", occurs={f"{before.casefold()}s"}) != before


def test_when_single_names_are_used_up_double_ones_are_drawn() -> None:
    taken = tuple(Identity(f"q{n}", ("Xyz",), shown={"*": name}) for n, name in enumerate(rows["norwegian", "f"]))
    one, _, other = drawn("Kari", others=taken).partition("-")
    assert {one, other} <= first_names("norwegian", "f")


def test_when_no_name_is_left_one_is_asked_for() -> None:
    with pytest.raises(NoNameLeft, match="no pseudonym is left to draw for “p1”") as caught:
        drawn("Kari", occurs=lambda _: True)
    assert "Write one of your own" in caught.value.hint


# --- forms ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("form", "name"),
    [
        ("Kari", Name(("Kari",), "")),
        ("kari", Name(("kari",), "")),
        ("Kari Nes", Name(("Kari",), "Nes")),
        ("tante Kari", Name(("Kari",), "")),
        ("Berit-Ánne", Name(("Berit-Ánne",), "")),
        ("Olsen", Name((), "Olsen")),
        ("dr. Hansen", Name((), "Hansen")),
        ("fru Lie", Name((), "Lie")),
        ("Kari Anne Lie", Name(("Kari", "Anne"), "Lie")),
        ("Nguyen Thi Linh", Name(("Thi", "Linh"), "Nguyen")),
        ("Rektor", Name(("Rektor",), "")),
        ("...", Name((), "")),
    ],
)
def test_forms_are_taken_apart(form: str, name: Name) -> None:
    assert taken_apart(form) == name


def test_a_surname_gets_a_surname_and_a_full_name_both() -> None:
    assert drawn("doktor Hansen") in rows["norwegian", "surname"]
    first, last = drawn("Kari Hansen").split()
    assert first in first_names("norwegian", "f")
    assert last in rows["norwegian", "surname"]
    both = Identity("p1", ("Kari", "Kari Hansen"))
    assert len(draw_pseudonym(both, Identities(seed=1)).split()) == 2
    assert shown_for("Kari", f"{first} {last}") == first
    assert shown_for("Hansen", f"{first} {last}") == last
    assert shown_for("Kari Hansen", f"{first} {last}") == f"{first} {last}"
    assert shown_for("Kari Hansen", "Anne") == "Anne"


def test_gender_that_is_not_told() -> None:
    assert gender_of(["Kari", "Ola"]) == ""
    assert gender_of(["Olsen"]) == ""


@given(st.text(max_size=20))
def test_any_form_draws_something(form: str) -> None:
    name = drawn(form)
    assert name
    assert name == name.strip()


# --- names ----------------------------------------------------------------------------------------------


def test_every_home_has_names_of_each_kind_and_none_is_an_everyday_word() -> None:
    for home in HOMES:
        for kind in ("f", "m", "surname"):
            names = rows[home, kind]
            assert len(names) == len(set(names)) >= 12, (home, kind)
            for name in names:
                assert all(commonness(name.casefold(), language) == 0 for language in ("nb", "nn", "en")), name


ENGLISH = ["Thwaite", "Martin", "Sarah", "Sarah Wainwright", "Mr Copperthwaite", "Nora", "Jem", "Paul Dunmore"]


@pytest.mark.parametrize("form", ENGLISH)
@pytest.mark.parametrize("seed", range(6))
def test_in_an_english_interview_english_names_stand_for_english_ones(form: str, seed: int) -> None:
    mine = Identity("p1", (form,))
    name = draw_pseudonym(mine, Identities((mine,), seed=seed), language="en").split()
    kinds = {"f": rows["english", "f"], "m": rows["english", "m"]}
    gender = gender_of([form])
    firsts = kinds[gender] if gender else (*kinds["f"], *kinds["m"])
    parts = taken_apart(form)
    wanted = [firsts] * bool(parts.first) + [rows["english", "surname"]] * bool(parts.surname)
    assert len(name) == len(wanted)
    assert all(one in names for one, names in zip(name, wanted, strict=True))


def test_in_an_english_interview_other_names_stay_at_home_where_they_are() -> None:
    assert [home_of([name], "en") for name in ("Paweł", "Ingrid", "Abdirahman", "Nguyễn")] == [
        "polish",
        "norwegian",
        "somali",
        "vietnamese",
    ]


def test_in_a_norwegian_interview_names_that_are_borne_here_stay_norwegian() -> None:
    assert [home_of([name], "nb") for name in ("Nora", "Martin", "Maria", "Xyzzy", "Agnes", "Daniel", "Hanna")] == [
        "norwegian"
    ] * 7


def test_forty_people_of_an_english_study_have_forty_names_and_none_of_the_study() -> None:
    said = ["Sarah Wainwright", "Tom Beck", "Grace Hollis", "Neil Ogden", "Wendy Yates"] + [
        f"{first} {last}" for first in rows["english", "f"][:20] for last in rows["english", "surname"][:2]
    ]
    known: tuple[Identity, ...] = tuple(Identity(f"p{number}", (name,)) for number, name in enumerate(said))
    printed: list[str] = []
    for number, one in enumerate(known):
        name = draw_pseudonym(one, Identities(known, seed=3), language="en")
        known = (*known[:number], Identity(one.id, one.forms, shown={"*": name}), *known[number + 1 :])
        printed.append(name)
    real = {word for name in said for word in name.split()}
    assert len(set(printed)) == len(printed)
    assert not real & {word for name in printed for word in name.split()}
    assert check_identities(Identities(known, seed=3), "r") == []


@pytest.mark.parametrize(
    ("name", "gender"),
    [
        ("Kaja", "f"),
        ("Brit Solfrid", "f"),
        ("Sander", "m"),
        ("Jonatan", "m"),
        ("Ingebrigt", "m"),
        ("Gunn Elin", "f"),
        ("Åse-Marie", "f"),
        ("Robin", ""),
    ],
)
def test_a_common_name_keeps_its_gender(name: str, gender: str) -> None:
    assert gender_of([name]) == gender


def test_hardly_any_common_name_tells_no_gender_and_none_is_in_both_lists() -> None:
    common = words("first-names.txt")
    assert sum(not gender_of([name.title()]) for name in common) < 0.04 * len(common)
    listed = dict(place_ladders.wider_rows("genders.tsv"))
    assert not set(listed["f"].split()) & set(listed["m"].split())
