from qualkit.coding.codebook import parse_codebook
from qualkit.model import Theme
from qualkit.themes.outline import outline

BOOK, _ = parse_codebook(
    "codes:\n- name: Tid\n  codable: false\n  children:\n  - name: Mas\n  - name: Ro\n    children: [Stille]\n"
    "- name: Rom\n- name: Mat\n  rules: [mat]\n  children: [Lunsj]\n"
)


def test_without_themes_the_tree_is_the_outline() -> None:
    assert [(line.theme, line.subtheme, line.code.id) for line in outline(BOOK)] == [
        ("Tid", "", "mas"),
        ("Tid", "Ro", "stille"),
        ("", "", "rom"),
        ("Mat", "", "lunsj"),
    ]


def test_a_code_above_others_has_a_line_of_its_own_where_passages_have_it() -> None:
    assert [(line.theme, line.subtheme, line.code.id) for line in outline(BOOK, used={"tid", "mat"})] == [
        ("Tid", "", "tid"),
        ("Tid", "", "mas"),
        ("Tid", "Ro", "stille"),
        ("", "", "rom"),
        ("Mat", "", "mat"),
        ("Mat", "", "lunsj"),
    ]


def test_themes_decide_order_and_headings() -> None:
    themes = (
        Theme("b", "B", codes=("rom", "borte"), quotations=("c1",)),
        Theme("a", "A", subthemes=(Theme("u", "U", codes=("mas",), quotations=("c2",)),), quotations=("c3",)),
    )

    assert [(line.theme, line.subtheme, line.code.id, line.quotations) for line in outline(BOOK, themes)] == [
        ("B", "", "rom", ("c1",)),
        ("A", "U", "mas", ("c2", "c3")),
    ]
