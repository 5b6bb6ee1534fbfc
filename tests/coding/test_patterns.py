import random

import pytest

from qualkit.coding.patterns import Element, Lexicon, PatternError, parse_pattern
from qualkit.language.lemmas import lemmas, query_lemmas


@pytest.mark.parametrize(
    ("text", "elements"),
    [
        ("ringe rundt", [("word", "ringe"), ("word", "rundt")]),
        ('"Ringe rundt"', [("word", "ringe"), ("word", "rundt")]),
        ('"ta* kontakt"', [("word", "ta"), ("word", "kontakt")]),
        ("ta* kontakt", [("wildcard", "ta*"), ("word", "kontakt")]),
        ("ta * kontakt", [("word", "ta"), ("wildcard", "*"), ("word", "kontakt")]),
        ("*-Ansatt", [("wildcard", "*-ansatt")]),
        ("lemma:Kontakte", [("lemma", "kontakte")]),
        ("LEMMA:ta compound:bolig", [("lemma", "ta"), ("compound", "bolig")]),
        ("«veit’ke»", [("word", "veit'ke")]),
        ("pa\u030a plass", [("word", "på"), ("word", "plass")]),
        ("sam\u00adarbeid*", [("wildcard", "samarbeid*")]),
        ("e-post, takk!", [("word", "e-post"), ("word", "takk")]),
    ],
)
def test_what_a_pattern_says(text: str, elements: list[tuple[str, str]]) -> None:
    assert [(element.kind, element.word) for element in parse_pattern(text).elements] == elements


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "no words"),
        ('""', "no words"),
        ("…", "no words"),
        ("* *", "every word"),
        ("lemma:", "one word"),
        ("lemma:a/b", "one word"),
        ("lemma:ring*", "one word"),
        ("lemme:ringe", "no kind"),
        ("a/b*", "letters"),
        ("re:", "empty"),
        ("re:(", "cannot be read"),
        (r"re:\L<n>", "cannot be read"),
        ("re:" + "(" * 5000 + ")" * 5000, "cannot be read"),
        ("re:x*", "everywhere"),
        (r"re:(a|aa)+\1$", "too long"),
        ("re:(?R)", "too long"),
    ],
)
def test_what_is_no_pattern_is_refused_with_a_hint(text: str, why: str) -> None:
    with pytest.raises(PatternError, match=why) as error:
        parse_pattern(text)
    assert error.value.hint


def words(kind: str, word: str, vocabulary: str, language: str = "nb") -> list[str]:
    lexicon = Lexicon(vocabulary.split())
    return [lexicon.words[n] for n in lexicon.numbers(Element(kind, word), language)]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("wildcard", "found"),
    [
        ("ta*", ["ta", "tar", "tatt"]),
        ("*ta", ["ta", "kontakta", "da-ta"]),
        ("*a*a", ["kontakta", "da-ta"]),
        ("t*r", ["tar"]),
        ("*", ["ta", "tar", "tatt", "kontakta", "da-ta", "ikke"]),
        ("x*", []),
        ("ta*ta", []),
    ],
)
def test_a_star_is_any_letters(wildcard: str, found: list[str]) -> None:
    assert words("wildcard", wildcard, "ta tar tatt kontakta da-ta ikke") == found


def test_a_word_is_that_word_alone() -> None:
    assert words("word", "tar", "ta tar tarr") == ["tar"]
    assert words("word", "borte", "ta tar") == []


@pytest.mark.parametrize(
    ("lemma", "language", "vocabulary", "found"),
    [
        ("kontakte", "nb", "kontaktet kontakter kontorene", ["kontaktet", "kontakter"]),
        ("ringe", "nb", "ringte ringer ringen", ["ringte", "ringer"]),
        ("høyre", "nn", "høyrer høyrde høgre", ["høyrer", "høyrde"]),
        ("ikke", "nb", "veit'ke ikke ikkje ikt", ["veit'ke", "ikke"]),
        ("meet", "en", "meets met meat meeting's", ["meets", "met"]),
    ],
)
def test_a_lemma_is_every_form(lemma: str, language: str, vocabulary: str, found: list[str]) -> None:
    hits = words("lemma", lemma, vocabulary, language)

    assert set(found) <= set(hits)
    assert not {"kontorene", "høgre", "ikt", "meat"} & set(hits)


@pytest.mark.parametrize(
    ("part", "yes", "no"),
    [
        (
            "bolig",
            "bolig boligen omsorgsbolig omsorgsboligen boligkontoret utleieboliger bolig-",
            "mobil mobilen mobilige",
        ),
        ("bil", "bil bilen personbil bilvei elbil", "mobil mobilen bilde"),
        ("mor", "mor moren mormor farmor", "humor tumor"),
        ("sak", "saken rettssak saksbehandler", "ransake"),
        ("barn", "barna småbarn barnehage", "barokk"),
        ("vakt", "nattevakt vaktrom", "akt"),
        ("nav", "nav nav-ansatt", "navn navle"),
        ("lege", "legen fastlege legekontor", "privilege legere"),
    ],
)
def test_compounds_part_at_a_joint_between_words(part: str, yes: str, no: str) -> None:
    assert words("compound", part, f"{yes} {no}") == yes.split()


@pytest.mark.parametrize("language", ["nb", "nn", "en", "da", "sv"])
def test_looking_up_few_words_finds_what_looking_up_all_does(language: str) -> None:
    from simplemma.strategies.dictionaries.dictionary_factory import DEFAULT_DICTIONARY_FACTORY

    rng = random.Random(language)
    dictionary = sorted(DEFAULT_DICTIONARY_FACTORY.get_dictionary(language))
    known = [word.lower() for word in rng.sample(dictionary, 1500) if " " not in word]
    made = {change(word, rng.choice(known)) for word in known for change in rng.sample(CHANGES, 2)}
    vocabulary = sorted({*known, *made, "itj", "veit'ke", "ta'n"} - {""})
    everywhere: dict[str, set[str]] = {}
    for word in vocabulary:
        for lemma in lemmas(word, language):
            everywhere.setdefault(lemma, set()).add(word)
    asked = rng.sample(sorted(everywhere), 800)
    lexicon = Lexicon(vocabulary, {language: asked})
    for word in asked:
        expected = set().union(*(everywhere.get(lemma, set()) for lemma in query_lemmas(word, language)))
        assert {vocabulary[n] for n in lexicon.numbers(Element("lemma", word), language)} == expected
    # A word nobody announced is looked for all the same.
    alone = Lexicon(vocabulary).numbers(Element("lemma", asked[0]), language)
    assert alone == lexicon.numbers(Element("lemma", asked[0]), language)


CHANGES = [
    lambda word, other: word + other,
    lambda word, other: f"{word}-{other}",
    lambda word, other: word + "ene",
    lambda word, other: word + "s",
    lambda word, other: word + "'ke",
    lambda word, other: word + "xe",
    lambda word, other: word[:-1],
    lambda word, other: other[:3] + word,
]
