from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualkit.coding.queries import (
    Attribute,
    Coded,
    Either,
    Every,
    Near,
    Not,
    Query,
    QueryError,
    Said,
    Words,
    is_words,
    render_query,
    says_what,
)
from qualkit.coding.query_parser import parse_query


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("ringe", Words("ringe")),
        ("ringe vakt", Every((Words("ringe"), Words("vakt")))),
        ("ringe AND vakt", Every((Words("ringe"), Words("vakt")))),
        ("and or not", Every((Words("and"), Words("or"), Words("not")))),
        ("a OR b c", Either((Words("a"), Every((Words("b"), Words("c")))))),
        ("NOT a b", Every((Not(Words("a")), Words("b")))),
        ("a NEAR/5 b c", Every((Near(Words("a"), Words("b"), 5), Words("c")))),
        ("a near/0 (b OR c)", Near(Words("a"), Either((Words("b"), Words("c"))), 0)),
        ('"over helga"', Words("over helga", phrase=True)),
        ("«over helga»", Words("over helga", phrase=True)),
        ("code:varsel", Coded("varsel")),
        ('Code:"Å ringe"', Coded("Å ringe")),
        ('rolle="over 20 år"', Attribute("rolle", "over 20 år")),
        ('"år i yrket"=5', Attribute("år i yrket", "5")),
        ("speaker:interviewer", Said("speaker", "interviewer")),
        ("re:møtt(e|es)?", Words("re:møtt(e|es)?")),
        (r"(re:m[()]\) OR a)", Either((Words(r"re:m[()]\)"), Words("a")))),
        ('re:"a b"', Words("re:a b")),
        ('lemma:"ringe"', Words("lemma:ringe")),
        ("og/eller", Words("og/eller")),
    ],
)
def test_what_a_query_says(written: str, meant: Query) -> None:
    assert parse_query(written) == meant


@pytest.mark.parametrize(
    ("written", "column", "told"),
    [
        ('ringe "over helga', 7, "quotation mark"),
        ("ringe (vakt", 7, "not closed"),
        ("ringe) vakt", 6, "closes none"),
        ("ringe OR", 7, "missing behind OR"),
        ("OR ringe", 1, "missing before OR"),
        ("()", 2, "missing before )"),
        ("a NEAR b", 3, "NEAR takes a number"),
        ("a NEAR/x b", 3, "NEAR takes a number"),
        ("code:a NEAR/3 b", 8, "NEAR stands between words"),
        ("a kod:b", 3, "“kod:” is nothing"),
        ("a speakr:b", 3, "“speakr:” is nothing"),
        ("a code:", 3, "missing behind code:"),
        ("a role=", 3, "missing behind role="),
        ("a *", 3, "every word"),
        ("a lemma:b*", 3, "takes one word"),
        ("a ,", 3, "no words"),
        ('a b"c"', 3, "within a word"),
        ('code:"a"b', 1, "within a word"),
        ("a re:(", 3, "cannot be read"),
    ],
)
def test_a_query_that_cannot_be_read_says_where_and_why(written: str, column: int, told: str) -> None:
    with pytest.raises(QueryError) as raised:
        parse_query(written)
    assert str(raised.value).startswith(f"column {column} of the query: ")
    assert told in str(raised.value)


@pytest.mark.parametrize("written", ["NOT a", "NOT a NOT b", "a OR NOT b", "NOT NOT a", "NOT (a b)"])
def test_a_query_that_says_only_what_is_not_to_be_found_is_refused(written: str) -> None:
    with pytest.raises(QueryError, match="only what is not to be found"):
        parse_query(written)


@pytest.mark.parametrize("written", ["", "  ", "\u200b"])
def test_an_empty_query_is_refused(written: str) -> None:
    with pytest.raises(QueryError, match="empty"):
        parse_query(written)


def test_many_brackets_are_no_crash() -> None:
    for deep in ("(" * 5000 + "a" + ")" * 5000, "NOT " * 5000 + "a"):
        with pytest.raises(QueryError, match="too many brackets"):
            parse_query(deep)


NAMES = st.text("abæå -.()=:/", min_size=1, max_size=6).map(str.strip).filter(bool)
WORDS = st.one_of(
    st.text("abåø", min_size=1, max_size=4).map(Words),
    st.text("abåø", min_size=1, max_size=4).map(lambda word: Words(f"lemma:{word}")),
    st.lists(st.sampled_from(["å", "ab*", "kl:10", "lemma:bo", "x"]), min_size=1, max_size=3)
    .map(" ".join)
    .filter(lambda text: not ("kl:10" in text and ("*" in text or "lemma" in text)))
    .map(lambda text: Words(text, phrase=True)),
    st.sampled_from([r"re:a(b|c)+", "re:a b", r"re:[)]x"]).map(Words),
)
LEAVES = st.one_of(
    WORDS,
    NAMES.map(Coded),
    st.tuples(st.sampled_from(["speaker", "participant", "transcript", "kind"]), NAMES).map(lambda two: Said(*two)),
    st.tuples(NAMES, NAMES).map(lambda two: Attribute(*two)),
)
WORDY = st.recursive(
    WORDS,
    lambda below: st.one_of(
        st.tuples(below, below, st.integers(0, 99)).map(lambda three: Near(*three)),
        st.lists(below, min_size=2, max_size=3).map(lambda parts: Either(tuple(parts))),
    ),
    max_leaves=4,
)
QUERIES = st.recursive(
    LEAVES | WORDY,
    lambda below: st.one_of(
        st.lists(below, min_size=2, max_size=3).map(lambda parts: Every(tuple(parts))),
        st.lists(below, min_size=2, max_size=3).map(lambda parts: Either(tuple(parts))),
        below.map(Not),
    ),
    max_leaves=8,
).filter(says_what)


@given(QUERIES)
def test_a_query_that_is_written_again_is_the_same_query(query: Query) -> None:
    assert parse_query(render_query(query)) == query


@given(st.text('ab"() :=*/NEARORNOT5\\«re', max_size=25))
def test_anything_typed_is_a_query_or_refused_and_never_a_crash(written: str) -> None:
    query = None
    with suppress(QueryError):
        query = parse_query(written)
    if query is not None:
        assert says_what(query)
        assert parse_query(render_query(query)) == query


def test_what_near_may_stand_between() -> None:
    assert is_words(parse_query("a NEAR/2 b OR c"))
    assert not is_words(parse_query("a b"))
