"""Quotations are put into themes.yaml and taken out again, and every other byte stays."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from qualkit.themes.quotation_edits import set_quotations
from qualkit.themes.themesfile import parse_themes

MINE = """# Våre tema
themes:
  - id: ringe        # det første
    heading: Om å ringe
    quotations:
      - k1   # den beste
      - k2
    subthemes:
      - heading: På natta
  - {heading: Om å vente, codes: [vente]}   # kort
"""


def lists(text: str) -> dict[str, tuple[tuple[str, ...], tuple[str, ...]]]:
    themes, problems = parse_themes(text)
    assert problems == []
    return {one.id: (one.quotations, one.reserve) for theme in themes for one in (theme, *theme.subthemes)}


def test_a_quotation_is_added_at_the_end_and_comments_stay() -> None:
    text = set_quotations(MINE, "ringe", "quotations", ["k1", "k2", "k3"])
    assert "      - k1   # den beste\n      - k2\n      - k3\n" in text
    text = set_quotations(text, "på-natta", "quotations", ["k9"])
    text = set_quotations(text, "om-å-vente", "reserve", ["k8"])
    assert lists(text) == {
        "ringe": (("k1", "k2", "k3"), ()),
        "på-natta": (("k9",), ()),
        "om-å-vente": ((), ("k8",)),
    }
    assert text.endswith("reserve: [k8]}   # kort\n")
    assert set_quotations(text, "ringe", "quotations", ["k1", "k2", "k3"]) == text


_IDS = st.lists(st.sampled_from([f"k{number}" for number in range(6)]), unique=True, max_size=5)


@given(st.lists(_IDS, min_size=1, max_size=4), st.sampled_from(["ringe", "på-natta", "om-å-vente"]))
def test_whatever_is_set_is_what_is_read_and_nothing_else_changes(orders: list[list[str]], theme: str) -> None:
    text, before = MINE, lists(MINE)
    for order in orders:
        text = set_quotations(text, theme, "quotations", order)
        assert lists(text) == {**before, theme: (tuple(order), ())}
