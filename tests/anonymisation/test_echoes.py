"""A name that is known at one place of a transcript is seen at the others too."""

from qualkit.anonymisation.detecting import detect


def seen(text: str, language: str, name: str) -> list[int]:
    """Return where a name begins and some detector covers it whole."""
    hits = detect(text, language=language)
    return [
        at
        for at in range(len(text))
        if text.startswith(name, at)
        and all(any(hit.start <= here < hit.end for hit in hits) for here in range(at, at + len(name)))
    ]


def test_a_name_that_is_a_word_too_is_seen_where_nothing_tells_it() -> None:
    text = "heather had the dog stuffed and it stands in the hall. is heather's dog in? the heather was wet."

    assert seen(text, "en", "heather") == [0, text.index("heather's")]


def test_what_is_written_as_a_name_inside_a_sentence_is_one_at_its_beginning() -> None:
    text = "Vi sa bare Mindre. Mindre sto på lønnslippen. Han kom hit i fjor. Så reiste han."

    assert seen(text, "nb", "Mindre") == [11, 19]


def test_a_name_is_seen_when_the_recogniser_once_took_it_apart() -> None:
    text = "it was doctor paywell yes he was nice and then pay well had the clinic but they pay well there no"

    assert text.index("pay well had") in seen(text, "en", "pay well")
    heard = "hun heter bilal nei han heter bilal og så kom bil all og han satt i bil alle dager"
    assert seen(heard, "nb", "bil all") == [heard.index("bil all")]


def test_words_that_only_look_alike_are_let_be() -> None:
    text = "jeg bodde i kristiansand og så i halden og det var fint der i halden"
    hits = [text[hit.start : hit.end] for hit in detect(text, language="nb")]

    assert not {"og så", "så i", "i halden og"} & set(hits)
