from qualkit.coding.codebook import parse_codebook
from qualkit.thematic import DrawnMap
from qualkit.themes.mapfile import parse_map
from qualkit.themes.structure import check_map, check_structure, dropped_themes, standing_themes
from qualkit.themes.themesfile import parse_themes

BOOK, _ = parse_codebook("codes: [Mas, Ro, Tid]")


def problems_of(text: str, subgroups: tuple[str, ...] = ()) -> list[str]:
    themes, _ = parse_themes(text)
    found = check_structure(standing_themes(themes), dropped_themes(themes), subgroups=subgroups, file="themes.yaml")
    assert all(problem.line and problem.hint for problem in found)
    return [problem.message for problem in found]


def test_a_theme_without_codes_is_told() -> None:
    text = "- {id: a, heading: A}\n- {id: b, heading: B, subthemes: [{heading: C, codes: [x]}]}\n"
    assert problems_of(text) == ["the theme “a” has no codes"]
    assert problems_of("- {id: a, heading: A, groups: [natt]}\n", ("natt",)) == []
    assert "is no subgroup" in problems_of("- {id: a, heading: A, groups: [natta]}\n", ("natt",))[0]


def test_themes_that_became_each_other_are_told() -> None:
    text = (
        "- {id: a, heading: A, status: dropped, became: [b]}\n- {id: b, heading: B, status: dropped, became: [a]}\n"
        "- {id: c, heading: C, status: dropped, became: [d]}\n- {id: e, heading: E, codes: [x], became: [a]}\n"
    )
    told = problems_of(text)
    assert "the theme “a” became itself, by way of others" in told
    assert "the theme “b” became itself, by way of others" in told
    assert any("it became “d”, which is no theme" in one for one in told)
    assert any("was not dropped" in one for one in told)
    assert not any("“c” became itself" in one or "“e” became itself" in one for one in told)


def test_a_theme_under_itself_is_told() -> None:
    _, problems = parse_themes("- {id: a, heading: A, subthemes: [{id: a, heading: B}]}")
    assert [problem.message for problem in problems] == ["the theme “a” stands under itself"]


def test_an_origin_is_that_of_a_code_of_the_theme() -> None:
    assert "no code of this theme" in problems_of("- {id: a, heading: A, codes: [x], origins: {y: Andersen}}\n")[0]


def of_map(text: str, *, automatic: bool = False) -> list[str]:
    themes, _ = parse_themes("- {id: tid, heading: Tida, codes: [mas]}\n- {id: b, heading: B, status: dropped}\n")
    drawn, _ = parse_map(text)
    found = check_map(
        drawn or DrawnMap(),
        standing_themes(themes),
        dropped_themes(themes),
        BOOK,
        automatic=automatic,
        file="themes.yaml",
    )
    assert all(problem.line for problem in found)
    return [problem.message for problem in found]


def test_what_leads_nowhere_on_a_map_is_told() -> None:
    assert of_map("map:\n  nodes: [tid, mas, 'code:tid']\n  links: [{from: tid, to: 'code:tid'}]") == []
    assert "which is no theme and no code" in of_map("map:\n  nodes: [tidd]")[0]
    assert "was dropped" in of_map("map:\n  nodes: [b]")[0]
    assert "stands twice" in of_map("map:\n  nodes: [mas, 'code:mas']")[0]
    assert "to itself" in of_map("map:\n  nodes: [mas]\n  links: [{from: mas, to: 'code:mas'}]")[0]
    assert "does not stand on the map" in of_map("map:\n  nodes: [mas]\n  links: [{from: mas, to: ro}]")[0]


def test_links_by_shared_passages_are_for_methods_that_allow_them() -> None:
    assert of_map("map:\n  together: 2", automatic=True) == []
    assert "do not belong" in of_map("map:\n  together: 2")[0]
