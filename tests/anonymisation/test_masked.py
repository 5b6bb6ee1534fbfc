import pytest

from qualkit.anonymisation.masked import masked_spans, says_a_category


def masked(text: str) -> list[str]:
    return [text[start:end] for start, end in masked_spans(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("NN kom hit", ["NN"]),
        ("N.N. kom hit", ["N.N."]),
        ("N. N. kom hit", ["N. N."]),
        ("NNs mann", ["NNs"]),
        ("XX og xxx og XXX.", ["XX", "xxx", "XXX"]),
        ("i X kommune", ["X"]),
        ("i [kommune] bor", ["[kommune]"]),
        ("hos [fornavn legen] da", ["[fornavn legen]"]),
        ("[FORNAVN] [ETTERNAVN]", ["[FORNAVN]", "[ETTERNAVN]"]),
        ("<navn> og (sted) og {by}", ["<navn>", "(sted)", "{by}"]),
        ("[[kommune]]", ["[[kommune]]"]),
        ("[navn på skole]", ["[navn på skole]"]),
        ("[by i Østfold]", ["[by i Østfold]"]),
        ("[liten by på Vestlandet]", ["[liten by på Vestlandet]"]),
        ("[mannens arbeidsplass]", ["[mannens arbeidsplass]"]),
        ("[kollega 2] og [barn 1]", ["[kollega 2]", "[barn 1]"]),
        ("[kommune A]", ["[kommune A]"]),
        ("[XX kommune]", ["[XX kommune]"]),
        ("[name of hospital]", ["[name of hospital]"]),
        ("[her GP]", ["[her GP]"]),
        ("[REDACTED]", ["[REDACTED]"]),
        ("*** og ____ og ████", ["***", "____", "████"]),
        ("Kommune A og kommune B.", ["Kommune A", "kommune B"]),
        ("Informant 3 sa", ["Informant 3"]),
        ("Sykehus B, Person 1", ["Sykehus B", "Person 1"]),
        ("Hospital C", ["Hospital C"]),
        ("[P2]s mann, [[K12]] og [I 3]", ["[P2]", "[[K12]]", "[I 3]"]),
    ],
)
def test_what_transcribers_masked_is_found(text: str, expected: list[str]) -> None:
    assert masked(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "[Kari]",
        "[Kari legen]",
        "[lege Kari Nes]",
        "[lege i Halden]",
        "[kommune Halden]",
        "(nav oslo)",
        "(46 år)",
        "[alder 46]",
        "[telefonnummer 68 05 00 12]",
        "[12.3.1987]",
        "[født 1987]",
        "[latter]",
        "(ler)",
        "[hun mener Kari]",
        "barn 3 år",
        "Barn 3 år gammel",
        "Kommune Aurskog",
        "Informant Anne",
        "Informanten sa 3",
        "i en by",
        "den NNE",
        "Skole 2019",
        "town I know",
        "X-faktor",
        "xylofon",
        "Lege Å. Nes",
        "Lege K. Nes",
    ],
)
def test_what_is_open_is_no_mask(text: str) -> None:
    assert masked(text) == []


@pytest.mark.parametrize("words", ["", " ", "...", "og", "i", "Kari", "Per", "halden", "kari sin by"])
def test_words_that_name_no_category_are_no_mask(words: str) -> None:
    assert not says_a_category(words)
