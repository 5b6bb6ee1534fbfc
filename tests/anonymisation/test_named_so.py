"""Names that the words around them tell."""

import pytest

from qualkit.anonymisation.named_so import find_named_so


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("Ja. «Bass bak lås». Jeg hater den tittelen.", "nb", ["Bass bak lås"]),
        ("det står på ein kopp dei laga. «filetere 'n».", "nn", ["filetere 'n"]),
        ("Hun sa «kom hit nå» og gikk.", "nb", []),
        ("ten country, it is called joyous choir of the canal. i sing", "en", ["joyous choir of the canal"]),
        ("it's called being poor, that", "en", []),
        ("vi e fjorten, og så e det svarten, men han e katt", "nb", ["svarten"]),
        ("up raccoon creek and my daddy was up the creek", "en", ["raccoon creek"]),
        ("a pass to see a man on bush house, not on the house", "en", ["bush house"]),
        ("door to door in loch e with a clipboard", "en", ["loch e"]),
        ("the dawn r whitaker memorial", "en", ["dawn r whitaker", "dawn"]),
        ("i spilte i ski og omegn musikkorps da", "nb", ["ski og omegn musikkorps"]),
        ("ho vart innlagt på knausen den hausten", "nn", ["knausen"]),
        ("we drank in the duke of wellington and the shoulder of mutton", "en", None),
        ("she lives on market street, in the street", "en", ["market street"]),
        ("after the kingsmill inquiry and the public inquiry", "en", ["the kingsmill inquiry"]),
        ("the dog's called biscuit and he bites", "en", ["biscuit"]),
        ("i went to our lady's grammar then", "en", ["our lady's grammar"]),
        ("little acorns nursery was full", "en", ["little acorns nursery"]),
    ],
)
def test_what_stands_around_a_name_tells_it(text: str, language: str, expected: list[str] | None) -> None:
    found = sorted((hit.start, -hit.end) for hit in find_named_so(text, language))

    assert [text[start:-end] for start, end in found] == (
        ["the duke of wellington", "the shoulder of mutton"] if expected is None else expected
    )
