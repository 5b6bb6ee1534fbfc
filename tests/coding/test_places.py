import re
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualkit.coding.places import Ground, Source, Within, find_places
from qualkit.coding.queries import Coded, QueryError, leaves
from qualkit.coding.query_parser import parse_query
from qualkit.model import Transcript
from qualkit.transcripts.raw import Paragraph, RawText
from qualkit.transcripts.reading import transcribe

TALK = """I: Hvem ringte du på fredag?
K1: Jeg ringte legen. Han tok ikke telefonen, og da ringte jeg vakta.
I: Og så?
K1: Ingenting. Det var ingen vakt på fredag.
K2: Jeg ringer aldri noen på en fredag."""

OWNERS = {"K1": "K1", "K2": "K2"}
PEOPLE = {"K1": {"rolle": "sykepleier", "Etat": "kommune nord"}, "K2": {"rolle": "lege", "Etat": "sykehus"}}


@pytest.fixture
def found(interview: Callable[..., Transcript]) -> Callable[..., list[str]]:
    """Return what answers a query; codings are given as passage and code."""

    def words(query: str, *passages: tuple[str, str], within: Within = "turn", talk: str = TALK) -> list[str]:
        record = interview(talk)
        places = tuple(sorted((start := record.text.index(said), start + len(said), code) for said, code in passages))
        asked = parse_query(query)
        below = {one.code: frozenset({one.code}) for one in leaves(asked) if isinstance(one, Coded)}
        below |= {"alt": frozenset({"a", "b"})} if "alt" in below else {}
        source = Source(record, OWNERS, places)
        told = find_places([source], asked, Ground(below, PEOPLE), within)
        assert told == sorted(told)
        for place in told:
            assert record.turns[place.turn - 1].label_start <= place.span.start
        return [record.text[place.span.start : place.span.end] for place in told]

    return words


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("fredag", ["fredag", "fredag", "fredag"]),
        ("FREDAG", ["fredag", "fredag", "fredag"]),
        ("lemma:ringe", ["ringte", "ringte", "ringte", "ringer"]),
        ("ring*", ["ringte", "ringte", "ringte", "ringer"]),
        ("re:vakta?", ["vakta", "vakt"]),
        ('"ikke tele*"', ["ikke telefonen"]),
        ("lemma:ringe fredag", ["ringte", "fredag", "ringer", "fredag"]),
        ("lemma:ringe NOT fredag", ["ringte", "ringte"]),
        ("ringer OR ingenting", ["Ingenting", "ringer"]),
        ("vakta OR (fredag speaker:interviewer)", ["fredag", "vakta"]),
        ("lemma:ringe speaker:K1", ["ringte", "ringte"]),
        ("lemma:ringe speaker:Interviewer", ["ringte"]),
        ("lemma:ringe rolle=lege", ["ringer"]),
        ("lemma:ringe etat=kommune*", ["ringte", "ringte"]),
        ("lemma:ringe etat=kommune", []),
        ("fredag participant:K2", ["fredag"]),
        ("fredag NOT speaker:participant", ["fredag"]),
        ("fredag transcript:K2", []),
        ("vakt kind:group-*", ["vakt"]),
        ("lemma:ringe NEAR/1 vakta", ["ringte jeg vakta"]),
        ("lemma:ringe NEAR/0 vakta", []),
        ("vakta NEAR/1 lemma:ringe", ["ringte jeg vakta"]),
        ("legen NEAR/9 (vakta OR ringte)", ["ringte legen"]),
        ("ringte NEAR/30 ringte", ["ringte legen. Han tok ikke telefonen, og da ringte"]),
        ("fredag NEAR/2 ingenting", []),
        ("speaker:interviewer", ["Hvem ringte du på fredag?", "Og så?"]),
        ("participant:K1 NOT fredag", ["Jeg ringte legen. Han tok ikke telefonen, og da ringte jeg vakta."]),
    ],
)
def test_words_and_people(found: Callable[..., list[str]], query: str, words: list[str]) -> None:
    assert found(query) == words


@pytest.mark.parametrize(
    ("within", "query", "words"),
    [
        ("sentence", "ringte vakta", ["ringte", "vakta"]),
        ("sentence", "legen vakta", []),
        ("turn", "legen vakta", ["legen", "vakta"]),
        ("sentence", "participant:K1 NOT ringte", ["Ingenting.", "Det var ingen vakt på fredag."]),
        ("sentence", "legen NEAR/9 ikke", []),
        ("turn", "legen NEAR/9 ikke", ["legen. Han tok ikke"]),
    ],
)
def test_what_stands_together(found: Callable[..., list[str]], within: Within, query: str, words: list[str]) -> None:
    assert found(query, within=within) == words


FIRST, SECOND = "Jeg ringte legen.", "da ringte jeg vakta"
BOTH = "Og så?\n\nK1: Ingenting."


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("code:a", [FIRST]),
        ("code:a OR code:b", [FIRST, SECOND]),
        ("code:alt", [FIRST, SECOND]),
        ("code:a ringte", ["ringte"]),
        ("ringte NOT code:a", ["ringte", "ringte"]),
        ("vakta code:a", []),
        ("code:a NOT vakta", [FIRST]),
        ("code:b NOT vakta", []),
        ("ingenting OR code:a", [FIRST, "Ingenting"]),
        ("code:c speaker:interviewer", [BOTH]),
        ("code:c participant:K1", [BOTH]),
        ("code:c NOT speaker:interviewer", []),
        ("code:c code:a", []),
        ("participant:K1 NOT code:a NOT code:c", []),
        ("speaker:interviewer NOT code:c", ["Hvem ringte du på fredag?"]),
    ],
)
def test_codes_with_words_and_people(found: Callable[..., list[str]], query: str, words: list[str]) -> None:
    assert found(query, (FIRST, "a"), (SECOND, "b"), (BOTH, "c")) == words


def test_codes_that_overlap_are_found_together(found: Callable[..., list[str]]) -> None:
    passages = (FIRST, "a"), ("legen. Han", "b"), (SECOND, "b")
    assert found("code:a code:b", *passages) == [FIRST, "legen. Han"]
    assert found("code:a code:b", (FIRST, "a"), (FIRST, "b")) == [FIRST]


def test_paragraphs_of_a_long_turn_stand_alone() -> None:
    raw = RawText((Paragraph("Første avsnitt om vakt.\nAndre avsnitt om telefon."),))
    record = transcribe(raw, transcript_id="D", language="nb").transcript
    ground = Ground({}, {})
    for within, number in (("turn", 2), ("paragraph", 0)):
        told = find_places([Source(record, {})], parse_query("vakt telefon"), ground, within)  # type: ignore[arg-type]
        assert len(told) == number


def test_a_regular_expression_that_takes_too_long_is_told(found: Callable[..., list[str]]) -> None:
    with pytest.raises(QueryError, match="takes too long"):
        found("re:(a|aa)+b", talk="K1: " + "a" * 4000)


SOME = "ringe vakt fredag Ja nei veit'ke e-post på".split()
SPOKEN = st.lists(
    st.tuples(
        st.sampled_from(["I", "K1", "K2"]), st.lists(st.sampled_from([*SOME, "eh", "."]), min_size=1, max_size=8)
    ),
    min_size=1,
    max_size=6,
).map(lambda turns: "\n".join(f"{label}: {' '.join(words)}" for label, words in turns))


def transcripts_of(texts: list[str]) -> list[Transcript]:
    raws = [RawText(tuple(Paragraph(line) for line in text.splitlines())) for text in texts]
    return [transcribe(raw, transcript_id=f"T{n}", language="nb").transcript for n, raw in enumerate(raws)]


@given(st.lists(SPOKEN, min_size=1, max_size=3), st.sampled_from(SOME))
def test_plain_words_are_found_where_a_naive_search_finds_them(texts: list[str], word: str) -> None:
    records = transcripts_of(texts)
    naive = [
        (record.id, turn.start + match.start(), turn.start + match.end())
        for record in records
        for turn in record.turns
        for match in re.finditer(rf"(?<![\w'-]){re.escape(word)}(?![\w'-])", record.text[turn.start : turn.end], re.I)
    ]
    told = find_places([Source(record, {}) for record in records], parse_query(f'"{word}"'), Ground({}, {}))
    assert [(place.span.transcript, place.span.start, place.span.end) for place in told] == naive


@given(SPOKEN, st.sampled_from(SOME), st.sampled_from(SOME), st.integers(0, 5))
def test_words_near_each_other_are_those_a_naive_search_finds(text: str, one: str, other: str, most: int) -> None:
    [record] = transcripts_of([text])
    naive = set()
    for turn in record.turns:
        words = list(re.finditer(r"[\w'-]+", record.text[turn.start : turn.end].casefold()))
        for i, first in enumerate(words):
            near = [j for j, word in enumerate(words) if word[0] == other.casefold() and 0 < abs(i - j) <= most + 1]
            if first[0] == one.casefold() and near:
                naive.add(turn.start + first.start())
    told = find_places([Source(record, {})], parse_query(f'"{one}" NEAR/{most} "{other}"'), Ground({}, {}))
    covered = {at for at in naive if any(place.span.start <= at < place.span.end for place in told)}
    assert covered == naive
    assert bool(told) == bool(naive)


@given(SPOKEN, st.sampled_from(SOME), st.sampled_from(SOME))
def test_and_or_not_are_those_of_sets(text: str, one: str, other: str) -> None:
    [record] = transcripts_of([text])

    def told(query: str) -> set[tuple[int, int]]:
        found = find_places([Source(record, OWNERS)], parse_query(query), Ground({}, {}))
        return {(place.span.start, place.span.end) for place in found}

    assert told(f'"{one}" OR "{other}"') == told(f'"{one}"') | told(f'"{other}"')
    assert told(f'"{one}" speaker:K1') | told(f'"{one}" NOT speaker:K1') == told(f'"{one}"')
    if one != other:
        assert not told(f'"{one}" NOT "{other}"') & told(f'"{one}" "{other}"')
        assert told(f'"{one}" NOT "{other}"') | told(f'"{one}" "{other}"') >= told(f'"{one}"')
