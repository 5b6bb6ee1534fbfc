"""Messages are put into bokmål and nynorsk by sentences, longest first, with what stands in them carried over."""

from __future__ import annotations

import pytest

from qualkit.language.saying import parse_catalogue, said, sentences, unsaid


@pytest.mark.parametrize(
    ("english", "nb", "nn"),
    [
        ("there is no transcript “K9”", "det finnes ingen transkripsjon «K9»", "det finst ingen transkripsjon «K9»"),
        (
            "“farge” stands twice in a code, first on line 12",
            "«farge» står to ganger i en kode, først på linje 12",
            "«farge» står to gonger i ein kode, først på linje 12",
        ),
        (
            "the study is being written to by ola (process 7 on kontoret), since 4 minutes ago",
            "studien er opptatt: ola (prosess 7 på kontoret) skriver til den, og begynte for 4 minutter siden",
            "studien er oppteken: ola (prosess 7 på kontoret) skriv til han, og byrja for 4 minutt sidan",
        ),
        (
            "K1.txt could not be written: No space left on device",
            "K1.txt kunne ikke skrives: ingen plass igjen på disken",
            "K1.txt kunne ikkje skrivast: ingen plass att på disken",
        ),
        (
            "a quotation is without raw, edited and by",
            "et sitat mangler raw, edited og by",
            "eit sitat manglar raw, edited og by",
        ),
    ],
)
def test_a_message_is_said_with_its_names_and_numbers(english: str, nb: str, nn: str) -> None:
    assert (said(english, "nb"), said(english, "nn")) == (nb, nn)
    assert said(english, "en") == said(english, "") == english


def test_a_name_that_reads_like_a_message_is_carried_over() -> None:
    assert said("the codebook has no code “a text is expected here”", "nb") == (
        "kodeboka har ingen kode «a text is expected here»"
    )


def test_what_nobody_has_put_into_words_stays_english() -> None:
    assert said("the moon is made of cheese", "nb") == "the moon is made of cheese"
    assert unsaid("the moon is made of cheese") == ["the moon is made of cheese"]
    assert unsaid("the file cannot be read: Permission denied") == []
    assert unsaid("the file cannot be read: cheese") == ["cheese"]
    assert said("x" * 100_000, "nn") == "x" * 100_000


def test_a_sentence_that_says_more_is_found_first() -> None:
    order = [sentence.letters for sentence in sentences()]
    assert order == sorted(order, reverse=True)
    assert said("there is no case “K1”", "nb") == "det finnes ingen kasus «K1»"


def test_every_sentence_stands_once_and_ends_alike() -> None:
    known = sentences()
    assert len({sentence.english for sentence in known}) == len(known)
    for sentence in known:
        for text in sentence.others.values():
            assert text.strip(), sentence.english
            assert text.endswith(".") == sentence.english.endswith("."), sentence.english


@pytest.mark.parametrize("block", ["only one line", "one {a}\nen {a}\nein {b}", "one\nto\ntre\nfire"])
def test_a_catalogue_with_a_slip_is_refused(block: str) -> None:
    with pytest.raises(ValueError, match=r"slip\.txt"):
        parse_catalogue(block, "slip.txt")
