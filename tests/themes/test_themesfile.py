import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualkit.themes.themesfile import parse_themes


def test_themes_are_read_with_their_places() -> None:
    themes, problems = parse_themes(
        "# funn\nthemes:\n- heading: Alene om natta\n  concept: ansvar\n  codes: [alene, ansvar]\n  quotations: c1\n"
        "  subthemes:\n  - heading: 'Når det smeller: da'\n    id: smell\n    codes:\n    - krise\n"
    )

    assert problems == []
    (alone,) = themes
    assert (alone.id, alone.heading, alone.concept, alone.line) == ("alene-om-natta", "Alene om natta", "ansvar", 3)
    assert (alone.codes, alone.quotations) == (("alene", "ansvar"), ("c1",))
    assert [(s.id, s.heading, s.codes, s.line) for s in alone.subthemes] == [
        ("smell", "Når det smeller: da", ("krise",), 8)
    ]


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        ("themes: x\n", (1, 1), "themes stand in a list"),
        ("themes: {a: b}\n", (1, 1), "themes stand in a list"),
        ("- heading: A\n  heding: B\n", (2, 3), "“heding” is no key"),
        ("- A\n", (1, 3), "a theme is keys"),
        ("- concept: A\n", (1, 3), "a theme without a heading"),
        ("- heading: A\n- heading: a\n", (2, 3), "the id “a” is taken by the theme on line 1"),
        ("- heading: A\n  subthemes: B\n", (2, 14), "subthemes stand in a list"),
        ("- heading: A\n  subthemes: {heading: B}\n", (2, 14), "subthemes stand in a list"),
        (
            "- heading: A\n  subthemes:\n  - heading: B\n    subthemes:\n    - heading: C\n",
            (5, 5),
            "a subtheme has no subthemes",
        ),
        ("- heading: A\n  codes: {a: b}\n", (2, 10), "a list is expected"),
        ("- heading: A\n  codes: [[a]]\n", (2, 11), "a text is expected"),
        ("- heading: [A]\n  id: a\n", (1, 12), "a text is expected"),
        ("- heading: A\n  codes: [a]\n  codes: [b]\n", (3, 3), "“codes” stands twice"),
        ("- heading: A: b\n", (1, 12), "a value with a colon"),
    ],
)
def test_a_fault_has_its_place(text: str, place: tuple[int, int], message: str) -> None:
    _, problems = parse_themes(text)

    assert any((p.line, p.column) == place and p.message.startswith(message) for p in problems), problems


@pytest.mark.parametrize("text", ["", "themes:\n", "themes: []\n", "# ingen\n"])
def test_no_themes_are_no_fault(text: str) -> None:
    assert parse_themes(text) == ((), [])


@given(st.one_of(st.text(), st.text(st.sampled_from("themsading: -[]{}\n'\"#"), max_size=60)))
@settings(max_examples=150)
def test_no_text_is_too_broken(text: str) -> None:
    parse_themes(text)
    parse_themes("- heading: A\n  subthemes: " + text)
