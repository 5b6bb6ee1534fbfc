import pytest

from qualkit.anonymisation.families import find_families


def seen(text: str, language: str = "nb") -> list[str]:
    return [text[hit.start : hit.end] for hit in find_families(text, language)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("vi har fem barn", ["fem barn"]),
        ("med tre born", ["tre born"]),
        ("har to voksne døtre", ["to voksne døtre"]),
        ("trebarnsmor", ["trebarnsmor"]),
        ("en datter og to sønner", ["en datter og to sønner"]),
        ("vi fikk tvillinger", ["tvillinger"]),
        ("tvillingbroren hans", ["tvillingbroren"]),
        ("han er adoptert fra", ["adoptert"]),
        ("vaks opp i fosterheim", ["fosterheim"]),
        ("eg er enkje", ["enkje"]),
        ("yngst av sju", ["yngst av sju"]),
        ("mannen min døde", ["mannen min døde"]),
        ("far min drukna", ["far min drukna"]),
        ("broren min tok livet sitt", ["broren min tok livet sitt"]),
        ("mista mannen min", ["mista mannen"]),
        ("søstera mi fikk brystkreft", ["søstera mi fikk brystkreft"]),
        ("hunden min Trixie sov", ["Trixie"]),
        ("hunden min trixie sov", ["trixie"]),
        ("katten, Pus, var syk", ["Pus"]),
        ("enslig mor", ["enslig mor"]),
        ("Balder er hunden min", ["Balder"]),
        ("my dog's called Biscuit", ["Biscuit"]),
        ("en hund som heter Balder", ["Balder"]),
        ("ein katt som heiter pus", ["pus"]),
        ("Balder, hunden min", ["Balder"]),
        ("hestane Blakka og Brunen", []),
        ("hesten Blakka", ["Blakka"]),
        ("three kids", ["three kids"]),
        ("my two sisters are", ["two sisters"]),
        ("the twins", ["twins"]),
        ("I was adopted", ["adopted"]),
        ("my mum passed away", ["mum passed away"]),
        ("my brother killed himself", ["brother killed himself"]),
        ("I lost my husband", ["lost my husband"]),
        ("our dog Biscuit", ["Biscuit"]),
        ("our dog biscuit barks", ["biscuit"]),
        ("the cat, Mog, was", ["Mog"]),
        ("a dog called Rex", ["Rex"]),
        ("Rex, my old dog", ["Rex"]),
        ("youngest of seven", ["youngest of seven"]),
    ],
)
def test_facts_of_a_family_are_seen(text: str, expected: list[str]) -> None:
    assert seen(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "barn og unge",
        "mange barn",
        "to ganger",
        "hunden min var syk",
        "hunden min er gammel",
        "gikk tur med hunden. Kari kom",
        "katten, og så",
        "Han, hunden min",
        "ulv, hund og katt",
        "mor og far kom",
        "pasienten døde",
        "mange døde",
        "the dog barked",
        "my dog was ill",
        "dog food",
        "mannen i gata",
        "mister jobben",
    ],
)
def test_ordinary_families_are_let_be(text: str) -> None:
    assert seen(text) == []
