import json
from collections.abc import Callable
from pathlib import Path

import pytest

from qualkit import study as studies
from qualkit.cli.shown import json_text
from qualkit.mapping import NothingToDraw, export_map, plan_link, plan_on_map, thematic_map
from qualkit.material import Material, load_material
from qualkit.passing import WouldLeak
from qualkit.publishing import WrongEnding
from qualkit.theme_views import theme_extracts, theme_overlap, theme_people, theme_remarks
from qualkit.theming import NotUnder, carry_theme_change, plan_put, plan_split, plan_take

THEMES = """# Ours.
themes:
- id: kontakt
  heading: Kontakt   # one word
  codes: [telefon, vente]
- id: borte
  heading: Borte
  status: dropped
  codes: [vente]
"""

LINKED = """themes: [{id: a, heading: A, codes: [telefon]}]
map:
  nodes: [a, telefon]
  links: [{from: a, to: telefon, name: som Ola sa}]
"""


@pytest.fixture
def root(qualkit: Callable, interviews: Callable) -> Path:
    folder = interviews(participants="id;rolle\nK1;lege\nK2;pleier\n")
    assert qualkit("code", folder).code == 0
    root: Path = folder.with_name("interviews-study")
    qualkit("review", "--study", root, keys="a\n" * 9)
    (root / "themes.yaml").write_text(THEMES)
    return root


def loaded(root: Path) -> Material:
    return load_material(studies.open_study(root))


def text(root: Path) -> str:
    return (root / "themes.yaml").read_text()


def test_a_change_is_told_in_the_trail_and_taken_back(root: Path, qualkit: Callable) -> None:
    assert qualkit("themes", "rename", "kontakt", "Den som ringer", "--why", "ett ord", "--study", root).code == 0
    assert "heading: Den som ringer   # one word" in text(root)
    told = studies.read_trail(studies.open_study(root))[0][-1]
    assert (told.what, told.object, told.why) == ("themes rename", "theme kontakt", "ett ord")
    assert (told.before, told.after) == ({"heading": "Kontakt"}, {"heading": "Den som ringer"})
    assert qualkit("undo", "--study", root).code == 0
    assert text(root) == THEMES


@pytest.mark.parametrize(
    "words",
    [
        ("add", "Den som venter", "vente"),
        ("status", "kontakt", "reviewed"),
        ("drop", "kontakt", "--why", "to ting"),
        ("write", "kontakt", "--concept", "Å nå noen.", "--test", "Om å ringe.", "--in", "svar"),
        ("put", "vente", "kontakt", "--move"),
        ("take", "vente", "kontakt"),
        ("split", "kontakt", "Ringe=telefon", "Vente=vente", "--why", "to ideer"),
        ("announce", "Sammendrag"),
        ("merge", "borte", "--into", "kontakt", "--why", "ett"),
        ("place", "telefon", "0.5", "0.5"),
        ("link", "kontakt", "telefon", "bærer"),
    ],
)
def test_a_dry_run_writes_nothing_and_every_change_can_be_undone(
    root: Path, qualkit: Callable, words: tuple[str, ...]
) -> None:
    dry = qualkit("themes", *words, "-n", "--study", root)
    assert dry.code == 0
    assert text(root) == THEMES
    done = qualkit("themes", *words, "--study", root)
    assert done.code == 0, done.err
    changed = text(root)
    if words[0] != "put":
        assert changed != THEMES
        assert "+" in dry.out
        assert "# Ours." in changed
        assert "# one word" in changed
        assert qualkit("undo", "--study", root).code == 0
    assert text(root) == THEMES


def test_a_split_gives_quotations_with_their_codes(root: Path) -> None:
    study = studies.open_study(root)
    chosen = {e.coding.code: e.coding.id for e in loaded(root).accepted()}
    listed = ", ".join(chosen.values())
    (root / "themes.yaml").write_text(THEMES.replace("vente]\n- id: b", f"vente]\n  quotations: [{listed}]\n- id: b"))
    change = plan_split(loaded(root), "kari", "kontakt", [("Ringe", ["telefon"]), ("Vente", ["Å vente"])], why="to")
    assert carry_theme_change(study, change)
    themes = {theme.heading: theme for theme in loaded(root).themes}
    assert themes["Ringe"].quotations == (chosen["telefon"],)
    assert themes["Vente"].quotations == (chosen["vente"],)


def test_what_stands_nowhere_else_is_told_before_it_is_dropped(root: Path, qualkit: Callable) -> None:
    assert (
        "then under no theme: telefon, vente"
        in qualkit("themes", "drop", "kontakt", "--why", "x", "-n", "--study", root).err
    )
    with pytest.raises(NotUnder):
        plan_take(loaded(root), "kari", ["telefon"], "borte")
    with pytest.raises(NotUnder):
        plan_split(loaded(root), "kari", "borte", [("A", ["telefon"])], why="")
    assert plan_put(loaded(root), "kari", ["telefon"], "kontakt").lines() == []


def test_dropped_themes_are_in_no_result_and_checks_tell_what_they_leave(root: Path, qualkit: Callable) -> None:
    assert [theme.id for theme in loaded(root).themes] == ["kontakt"]
    assert qualkit("themes", "drop", "kontakt", "--why", "x", "--study", root).code == 0
    ran = qualkit("check", "--study", root)
    assert (
        "themes.yaml:3: accepted codings of “telefon”, which stands only under “kontakt”, which was dropped" in ran.err
    )
    assert "Kontakt" not in qualkit("themes", "table", "--study", root).out


def test_checks_have_place_and_hint(root: Path, qualkit: Callable) -> None:
    (root / "themes.yaml").write_text(
        "themes:\n- heading: Tom\n- id: a\n  heading: A\n  codes: [telefon, vente]\n"
        "map:\n  nodes: [a, aa]\n  together: 1\n"
    )
    config = root / "study.yaml"
    config.write_text(config.read_text().replace("method: codebook-ta", "method: stc"))
    problems = json.loads(qualkit("check", "--json", "--study", root).out)
    told = {(p["line"], p["message"]): p["hint"] for p in problems if p["file"] == "themes.yaml"}
    assert (2, "the theme “tom” has no codes") in told
    assert (7, "the map names “aa”, which is no theme and no code") in told
    assert (7, "links by shared passages do not belong to a study of this method") in told
    assert all(told.values())


def test_views_follow_the_method(root: Path) -> None:
    (root / "themes.yaml").write_text(
        "themes:\n- {id: a, heading: A, codes: [telefon]}\n- {id: b, heading: B, codes: [telefon, vente]}\n"
    )
    material = loaded(root)
    assert theme_overlap(material, counts=True).rows == (("A", "B", "Å ringe", 2),)
    assert len(theme_overlap(material, counts=False).rows) == 2
    assert [row[0] for row in theme_extracts(material, ["a"]).rows] == ["A", "A"]
    assert theme_people(material, counts=False).rows[0][1] == "K1, K2"
    assert [row[1] for row in theme_remarks(material, ["Hvordan er B?"]).rows] == ["one word", "one code", "one word"]


@pytest.mark.drafts
@pytest.mark.parametrize("ending", ["docx", "xlsx", "html", "csv", "json"])
@pytest.mark.parametrize("name", ["extracts", "overlap", "people", "announced", "definitions"])
def test_views_are_written_as_files(root: Path, qualkit: Callable, name: str, ending: str, tmp_path: Path) -> None:
    target = tmp_path / f"view.{ending}"
    ran = qualkit("themes", name, "--study", root, "-o", target)
    assert ran.code == 0, ran.err
    assert target.stat().st_size > 0
    assert qualkit("themes", name, "--study", root, "-o", target).code == 1


def test_lines_that_nobody_drew_are_for_methods_that_begin_with_a_codebook(root: Path) -> None:
    written = (
        text(root) + "map:\n  nodes: [kontakt, telefon, vente]\n  links: [{from: telefon, to: vente, name: ender i}]\n"
    )
    (root / "themes.yaml").write_text(written)
    kinds = [link.kind for link in thematic_map(loaded(root)).links]
    assert kinds == ["named", "belongs", "belongs"]
    config = root / "study.yaml"
    config.write_text(config.read_text().replace("method: codebook-ta", "method: reflexive-ta"))
    assert [link.kind for link in thematic_map(loaded(root)).links] == ["named"]
    (root / "themes.yaml").write_text(written.replace("map:\n", "map:\n  belongs: yes\n"))
    assert [link.kind for link in thematic_map(loaded(root)).links] == ["named", "belongs", "belongs"]


def test_themes_that_share_passages_are_linked_where_it_is_asked_for(root: Path) -> None:
    (root / "themes.yaml").write_text(
        "themes:\n- {id: a, heading: A, codes: [telefon]}\n- {id: b, heading: B, codes: [telefon]}\n"
        "map: {together: 2}\n"
    )
    links = thematic_map(loaded(root)).links
    assert [(link.start, link.end, link.name, link.kind) for link in links] == [("theme:a", "theme:b", "2", "together")]


def test_a_map_passes_the_gate_or_is_not_written(root: Path, tmp_path: Path) -> None:
    for name in ("map.svg", "map.png"):
        export_map(loaded(root), tmp_path / name)
        assert (tmp_path / name).stat().st_size > 0
    with pytest.raises(WrongEnding):
        export_map(loaded(root), tmp_path / "map.pdf")
    (root / "themes.yaml").write_text("themes: []\n")
    with pytest.raises(NothingToDraw):
        export_map(loaded(root), tmp_path / "other.svg")


@pytest.mark.parametrize("ending", ["svg", "png"])
@pytest.mark.parametrize(
    "written",
    [
        "themes: [{heading: Den lange vakta som tilhørte Ola, codes: [telefon]}]\n",
        LINKED,
        "themes: [{id: a, heading: A, codes: [telefon]}]\nmap: {title: Olas kart}\n",
    ],
)
def test_a_name_on_the_map_stops_it(named_study: Path, tmp_path: Path, ending: str, written: str) -> None:
    (named_study / "themes.yaml").write_text(written)
    target = tmp_path / f"map.{ending}"
    with pytest.raises(WouldLeak):
        export_map(loaded(named_study), target)
    assert not target.exists()


def test_a_map_is_placed_for_a_page(root: Path, qualkit: Callable) -> None:
    ran = qualkit("themes", "map", "--json", "--study", root)
    found = json.loads(ran.out)
    assert [node["node"]["label"] for node in found["nodes"]] == ["Kontakt"]
    assert found["nodes"][0]["box"]["width"] > 0
    assert json_text(found)


def test_all_themes_stay_on_the_map_when_something_comes_to_them(root: Path) -> None:
    change = plan_on_map(loaded(root), "kari", "telefon", (0.25, 0.5))
    assert change.after.endswith("map:\n  nodes:\n    - kontakt\n    - {id: telefon, x: 0.25, y: 0.5}\n")
    linked = plan_link(loaded(root), "kari", "kontakt", "vente", "ender i")
    assert "- kontakt" in linked.after
    assert "- vente" in linked.after
