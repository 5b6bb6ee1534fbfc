from collections.abc import Sequence
from fnmatch import fnmatchcase
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualkit.coding.matching import compile_patterns, find
from qualkit.coding.patterns import FILLERS, parse_pattern
from qualkit.language.words import Vocabulary, fold, index_words


def matches(text: str, patterns: Sequence[str], language: str = "nb") -> list[tuple[str, str]]:
    vocabulary = Vocabulary()
    words = index_words(text, vocabulary)
    parsed = [parse_pattern(pattern) for pattern in patterns]
    hits = find(words, compile_patterns(parsed, vocabulary.words(), language))
    spans = zip(hits.pattern.tolist(), hits.first.tolist(), hits.last.tolist(), strict=True)
    return sorted((patterns[p], text[words.starts[a] : words.ends[b]]) for p, a, b in spans)


def slowly(tokens: Sequence[str], pattern: Sequence[str]) -> set[tuple[int, int]]:
    """Find a pattern of words and wildcards, place by place; `|` is a break, hesitations do not count."""
    indexed = [(i, token) for i, token in enumerate(token for token in tokens if token != "|")]
    breaks, seen = set(), 0
    for token in tokens:
        if token == "|":
            breaks.add(seen)
        else:
            seen += 1

    def matched(token: str, wanted: str) -> bool:
        return fnmatchcase(token, wanted) and (len(pattern) == 1 or token not in FILLERS or token == wanted)

    found = set()
    for begin, token in indexed:
        at = begin
        if not matched(token, pattern[0]):
            continue
        for before, wanted in pairwise(pattern):
            following = at + 1
            for _ in range(3):
                passing = following < len(indexed) and not {before, wanted} & FILLERS
                following += passing and indexed[following][1] in FILLERS
            broken = any(at < b <= following for b in breaks)
            if following >= len(indexed) or broken or not matched(indexed[following][1], wanted):
                break
            at = following
        else:
            found.add((begin, at))
    return found


TOKENS = st.lists(st.sampled_from(["ta", "tar", "kontakt", "med", "eh", "hm", "|"]), max_size=25)
PATTERNS = st.lists(
    st.sampled_from(["ta", "tar", "ta*", "*a*", "kontakt", "med", "*", "eh", "hm"]), min_size=1, max_size=4
)


@given(TOKENS, st.lists(PATTERNS.filter(lambda p: set(p) != {"*"}), min_size=1, max_size=4))
@settings(max_examples=500, deadline=None)
def test_the_matcher_finds_what_a_slow_one_finds(tokens: list[str], patterns: list[list[str]]) -> None:
    text = " ".join(tokens).replace(" |", "\n").replace("|", "\n")
    vocabulary = Vocabulary()
    words = index_words(text, vocabulary)
    parsed = [parse_pattern(" ".join(pattern)) for pattern in patterns]
    hits = find(words, compile_patterns(parsed, vocabulary.words(), "nb"))

    for number, pattern in enumerate(patterns):
        fast = [
            (first, last)
            for p, first, last in zip(hits.pattern.tolist(), hits.first.tolist(), hits.last.tolist(), strict=True)
            if p == number
        ]
        assert len(fast) == len(set(fast))
        assert set(fast) == slowly(tokens, pattern)


@pytest.mark.parametrize(
    ("text", "pattern", "found"),
    [
        ("Vi kan ringe rundt.", "ringe rundt", ["ringe rundt"]),
        ("Vi kan ringe, eh, hm rundt.", "ringe rundt", ["ringe, eh, hm rundt"]),
        ("Vi kan ringe. Rundt omkring", "ringe rundt", []),
        ("Vi kan ringe\nrundt", "ringe rundt", []),
        ("ringe! rundt", "ringe rundt", []),
        ("ringe … rundt", "ringe rundt", ["ringe … rundt"]),
        ("Tok kontakt, tar kontakt, ta'n kontakt", "ta* kontakt", ["tar kontakt", "ta'n kontakt"]),
        ("tok opp kontakten", "lemma:ta * lemma:kontakt", ["tok opp kontakten"]),
        ("RINGE ringe Ringe", "ringe", ["RINGE", "Ringe", "ringe"]),
        ("ja, eh, så", "ja eh", ["ja, eh"]),
        ("mm ja", "mm ja", ["mm ja"]),
        ("eh ta", "* ta", []),
        ("eh ja", "e*", ["eh"]),
        ("ja ja ja", "ja ja", ["ja ja", "ja ja"]),
        ("", "ja", []),
        ("ja", "ja ja", []),
    ],
)
def test_where_words_match(text: str, pattern: str, found: list[str]) -> None:
    assert [words for _, words in matches(text, [pattern])] == sorted(found)


def test_the_language_decides_what_a_lemma_means() -> None:
    vocabulary = Vocabulary()
    index_words("høyrer", vocabulary)
    pattern = parse_pattern("lemma:høyre")

    assert compile_patterns([pattern], vocabulary.words(), "nn").triggers.tolist() == [True]
    assert compile_patterns([pattern], vocabulary.words(), "en").triggers.tolist() == [False]


def test_regular_expressions_and_nothing_match_no_words() -> None:
    assert matches("ringe rundt", ["re:ringe"]) == []
    assert matches("ringe rundt", []) == []
    assert fold("ringe") == ["ringe"]
