"""Names, institutions and roads as recognisers write them, and as they stand where capitals tell little."""

import pytest

from qualkit.anonymisation.detecting import detect


def is_covered(text: str, words: str, language: str) -> bool:
    """Whether every letter and figure of some words is seen."""
    start = text.index(words)
    seen = {at for hit in detect(text, language=language) for at in range(hit.start, hit.end)}
    return all(at in seen for at in range(start, start + len(words)) if text[at].isalnum())


@pytest.mark.parametrize(
    ("text", "words", "language"),
    [
        ("a nurse there, sister grace, from kerala, she got me up", "sister grace", "en"),
        ("it was judge combs hall she ran the court", "judge combs hall", "en"),
        ("there was three females and they called us the three dollies it was me", "the three dollies", "en"),
        ("ring and ask for the vest. they all call me that now.", "the vest", "en"),
        ("That was the bakery. Mossy Queally, that was the baker we had.", "Mossy Queally", "en"),
        ("It was only me and A Greens Car. She is from there.", "A Greens Car", "en"),
        ("And the name over the door? It is S E O, and then N A C.", "S E O", "en"),
        ("We call it the Long Tuesday. Because it was Tuesday.", "the Long Tuesday", "en"),
        ("that was the 2113th transportation out of uh paducah", "the 2113th transportation", "en"),
        ("she ran the veterans treatment court in floyd county", "veterans treatment court in floyd county", "en"),
        ("i wear it every sunday to second tandragee presbyterian", "second tandragee presbyterian", "en"),
        ("they named a bridge on us 119 the other day", "us 119", "en"),
        ("my lawyer is at flat 3/2, 188 garrioch quadrant.", "188 garrioch quadrant", "en"),
        ("eg sendte ho rosalinda i staden, syster mi", "rosalinda", "nn"),
        ("han er jo brannmann på kastell et han er svær", "kastell et", "nb"),
        ("hun var i panser bataljonen i nord", "panser bataljonen", "nb"),
        ("vi sa bare det. Dei kallar han Blomsterberget heime.", "Blomsterberget", "nn"),
    ],
)
def test_it_is_seen(text: str, words: str, language: str) -> None:
    assert is_covered(text, words, language)


@pytest.mark.parametrize(
    ("text", "words", "language"),
    [
        ("my gran was ill and the doctor will tell us there", "doctor will", "en"),
        ("we call it being poor and that is it", "being poor", "en"),
        ("There's no one here now. We went home then.", "There's", "en"),
        ("yes ma'am i was there in the end", "ma'am", "en"),
        ("de kaller det bare vanlig der og det er greit", "vanlig", "nb"),
    ],
)
def test_what_is_no_name_is_let_be(text: str, words: str, language: str) -> None:
    start = text.index(words)

    assert not [hit for hit in detect(text, language=language) if hit.start < start + len(words) and hit.end > start]
