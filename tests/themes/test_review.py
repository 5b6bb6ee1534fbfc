from qualkit.model import Coding, Earlier, Extract, MeaningUnit, Span, Theme
from qualkit.table import Cell
from qualkit.thematic import Announced
from qualkit.themes.announcing import announced_table
from qualkit.themes.definitions import definitions_table, theme_sheet
from qualkit.themes.review import extracts_table, overlap_table, people_table, shared_passages

NAMES = {"mas": "Mas", "ro": "Ro", "rom": "Rom"}


def extract(name: str, code: str, person: str, start: int, end: int) -> Extract:
    unit = MeaningUnit(Span("T", start, end), "x" * (end - start))
    return Extract(Coding(name, unit, code, "kari", "accepted", "manual", ""), person, "participant")


TIME = Theme("tid", "Tida", codes=("mas", "ro"))
ROOM = Theme("rom", "Rommet", codes=("rom",), subthemes=(Theme("ute", "Ute", codes=("ro",)),))
EXTRACTS = [
    extract("a", "mas", "K2", 0, 10),
    extract("b", "rom", "K1", 8, 30),
    extract("c", "ro", "K1", 40, 50),
    extract("d", "rom", "K1", 60, 70),
]


def plain(row: tuple[Cell, ...]) -> list[object]:
    return [cell.id if isinstance(cell, Coding) else cell for cell in row]


def test_extracts_stand_under_every_theme_they_serve() -> None:
    table = extracts_table([TIME, ROOM], EXTRACTS, NAMES, language="en")
    assert [[row[0], row[1], row[3]] for row in table.rows] == [
        ["Tida", "", "a"],
        ["Tida", "", "c"],
        ["Rommet", "", "b"],
        ["Rommet", "", "d"],
        ["Rommet", "Ute", "c"],
    ]
    assert isinstance(table.rows[0][-1], Coding)


def test_passages_that_lie_over_each_other_are_shared() -> None:
    shared = shared_passages([TIME, ROOM], EXTRACTS)
    assert [(one.coding.id, other.coding.id) for one, other in shared["tid", "rom"]] == [("a", "b"), ("c", "c")]
    assert shared_passages([TIME, Theme("x", "X", codes=("borte",))], EXTRACTS) == {}


def test_passages_that_only_meet_are_not_shared() -> None:
    meeting = [extract("a", "mas", "K1", 0, 10), extract("b", "rom", "K1", 10, 20)]
    assert shared_passages([TIME, ROOM], meeting) == {}


def test_what_themes_share_is_told_with_numbers_or_with_the_passages() -> None:
    counted = overlap_table([TIME, ROOM], EXTRACTS, NAMES, counts=True, language="en")
    assert counted.rows == (("Tida", "Rommet", "Ro", 2),)
    listed = overlap_table([TIME, ROOM], EXTRACTS, NAMES, counts=False, language="nb")
    assert [plain(row) for row in listed.rows] == [
        ["Tida", "Rommet", "Mas / Rom", "K1", "T:8-30", "b"],
        ["Tida", "Rommet", "Ro", "K1", "T:40-50", "c"],
    ]
    assert not any(isinstance(cell, int) for row in listed.rows for cell in row)


def test_a_theme_of_one_voice_can_be_seen() -> None:
    marks = people_table([TIME, ROOM], EXTRACTS, ["K1", "K2"], counts=False, language="nb")
    assert [row[:3] for row in marks.rows] == [
        ("Tida", "K1, K2", ""),
        ("Rommet", "K1", "K2"),
        ("\u2003Ute", "K1", "K2"),
    ]
    assert [row[3] is not None for row in marks.rows] == [False, True, True]
    counts = people_table([TIME], EXTRACTS, ["K1", "K2"], counts=True, language="nb")
    assert counts.rows[0][1] == "K1 (1), K2 (1)"


def test_what_was_announced_is_held_against_what_stands() -> None:
    renamed = Theme("tid", "Tida går", codes=("mas",), earlier=(Earlier("heading", "Tida", why="sier mer"),))
    gone = (
        Theme("gammel", "Gammel", status="dropped", became=("mellom",), why="for vid"),
        Theme("mellom", "Mellom", status="dropped", became=("rom",)),
        Theme("bort", "Bort", status="dropped", why="for tynn"),
    )
    announced = (
        Announced("Plan", "2026", themes=(("", "TIDA"), ("gammel", "Gammel"), ("bort", "Bort"), ("", "Været"))),
    )
    table = announced_table(announced, [renamed, ROOM, Theme("ny", "Nytt")], gone, language="en")
    assert [row[1:] for row in table.rows] == [
        ("TIDA", "Tida går", "renamed", "sier mer"),
        ("Gammel", "Rommet", "merged with another", "for vid"),
        ("Bort", "", "dropped", "for tynn"),
        ("Været", "", "not among the themes", ""),
        ("", "Nytt", "added since", ""),
    ]


def test_themes_that_became_each_other_are_no_endless_way() -> None:
    gone = (
        Theme("a", "A", status="dropped", became=("b",)),
        Theme("b", "B", status="dropped", became=("a",)),
    )
    table = announced_table((Announced("Plan", themes=(("a", "A"),)),), [], gone, language="nn")
    assert table.rows[0][2:4] == ("", "forkasta")


def test_definitions_have_the_columns_that_something_is_written_in() -> None:
    theme = Theme("tid", "Tida", concept="Ingen har tid.", codes=("mas",), origins={"mas": "Andersen (1995)"})
    table = definitions_table([theme, ROOM], NAMES, language="en")
    assert [column.key for column in table.columns] == ["theme", "concept", "codes", "origin"]
    assert table.rows[0] == ("Tida", "Ingen har tid.", "Mas", "Mas: Andersen (1995)")
    shown = dict(theme_sheet(theme, NAMES).rows)  # type: ignore[arg-type]
    assert (shown["concept"], shown["codes"]) == ("Ingen har tid.", "Mas (mas)")
