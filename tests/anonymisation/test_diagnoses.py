import pytest

from qualkit.anonymisation.diagnoses import find_diagnoses


def seen(text: str) -> list[str]:
    return [text[hit.start : hit.end] for hit in find_diagnoses(text, "nb")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("mor hadde Huntingtons", ["Huntingtons"]),
        ("far fikk ALS.", ["ALS"]),
        ("gutten har Duchenne muskeldystrofi", ["Duchenne", "muskeldystrofi"]),
        ("cystisk fibrose", ["cystisk fibrose"]),
        ("Ehlers-Danlos", ["Ehlers-Danlos"]),
        ("en sjelden sykdom", ["sjelden sykdom"]),
        ("ein svært sjeldan genetisk sjukdom", ["svært sjeldan genetisk sjukdom"]),
        ("Rubinstein-Taybi syndrom", ["Rubinstein-Taybi syndrom"]),
        ("Kabuki-syndromet", ["Kabuki-syndromet"]),
        ("hun er hiv-positiv", ["hiv-positiv"]),
        ("motor neurone disease", ["motor neurone disease"]),
        ("a very rare condition", ["very rare condition"]),
        ("barnet har Downs syndrom", ["Downs syndrom"]),
    ],
)
def test_rare_illnesses_are_seen(text: str, expected: list[str]) -> None:
    assert seen(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "diabetes, kreft, brystkreft, kols og angst",
        "Parkinson og Alzheimers sykdom",
        "halsen også falsk",
        "et syndrom",
        "Et syndrom er det",
        "det er sjelden jeg ringer",
        "Heart disease",
        "picasso",
        "the disease",
        "arthritis and depression",
    ],
)
def test_common_illnesses_are_let_be(text: str) -> None:
    assert seen(text) == []
