import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualkit.coding.descriptions import describe, parse_description
from qualkit.model import Code

FULL = Code(
    "tid",
    "Tid",
    brief="Knapp tid",
    definition="Opplevd mangel\npå tid",
    use_when=("en", "to"),
    not_when=("tre",),
    examples=("Eg rekk det aldri",),
)
SAID = """Kort: Knapp tid
Definisjon: Opplevd mangel
på tid
Brukes når: en
Brukes når: to
Brukes ikke når: tre
Eksempel: Eg rekk det aldri"""

texts = st.text(alphabet=st.sampled_from("Kort: Definisjon\nÅæ.–"), max_size=30).map(str.strip)


def test_the_parts_stand_after_their_labels_in_the_language_of_the_codebook() -> None:
    assert describe(FULL, "nb") == SAID
    assert describe(FULL, "nn").splitlines()[3] == "Brukast når: en"
    assert describe(FULL, "en").splitlines()[0] == "Brief: Knapp tid"
    assert describe(FULL, "") == describe(FULL, "en")


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_they_are_taken_apart_again(language: str) -> None:
    parts = parse_description(describe(FULL, language))
    assert parts == {key: getattr(FULL, key) for key in ("brief", "definition", "use_when", "not_when", "examples")}


def test_a_definition_alone_stands_alone_unless_it_looks_like_parts() -> None:
    assert describe(Code("a", "A", definition="Alt om tid"), "nb") == "Alt om tid"
    assert describe(Code("a", "A", definition="Kort: tid"), "nb") == "Definisjon: Kort: tid"
    assert parse_description("Definisjon: Kort: tid") == {
        "brief": "",
        "definition": "Kort: tid",
        "use_when": (),
        "not_when": (),
        "examples": (),
    }


@pytest.mark.parametrize(
    "text", ["", "Alt om tid", "Alt\nKort: tid", "Definisjon: b\nKort: a", "Kort: a\nKort: b", "Kort:a"]
)
def test_what_somebody_wrote_otherwise_is_left_whole(text: str) -> None:
    assert parse_description(text) is None or text == ""


@given(texts)
def test_a_text_that_is_taken_apart_is_put_together_the_same(text: str) -> None:
    parts = parse_description(text)
    code = Code("a", "A", **parts) if parts else Code("a", "A", definition=text)  # type: ignore[arg-type]
    assert any(describe(code, language) == text for language in ("nb", "nn", "en"))
