from qualkit.coding.codebook import parse_codebook
from qualkit.language.printed import printed
from qualkit.model import Coding, Extract, MeaningUnit, Span, Status, Theme
from qualkit.themes.outline import outline
from qualkit.themes.tables import overview, quotation_list, theme_table

BOOK, _ = parse_codebook("codes:\n- name: Tid\n  codable: false\n  children: [Mas, Ro]\n- name: Rom\n")


def extract(identifier: str, code: str, participant: str, start: int = 0, status: Status = "accepted") -> Extract:
    unit = MeaningUnit(Span("T", start, start + 2), "Ja")
    return Extract(Coding(identifier, unit, code, "kari", status, "manual", ""), participant, "participant")


def test_only_chosen_quotations_stand_in_the_theme_table() -> None:
    themes = (Theme("t", "Tida", codes=("mas", "ro"), quotations=("c2", "c1", "c2", "borte", "c9")),)
    of = {"c1": "mas", "c2": "mas", "c3": "ro", "c9": "rom"}
    extracts = [extract(identifier, code, "K1") for identifier, code in of.items()]
    table = theme_table(outline(BOOK, themes), extracts, language="nb")
    empty = printed("choose-quotation", "nb")

    shown = [tuple(cell.id if isinstance(cell, Coding) else cell for cell in row) for row in table.rows]
    assert shown == [("Tida", "Mas", "c2"), ("Tida", "Mas", "c1"), ("Tida", "Ro", empty)]
    assert [column.key for column in table.columns] == ["theme", "code", "quotation"]


def test_a_subtheme_column_comes_when_needed() -> None:
    themes = (Theme("a", "A", subthemes=(Theme("u", "U", codes=("mas",)), Theme("v", "V", codes=("ro",)))),)
    table = theme_table(outline(BOOK, themes), [], language="en")

    assert [row[:3] for row in table.rows] == [("A", "U", "Mas"), ("A", "V", "Ro")]


def test_every_accepted_coding_of_the_outline_is_listed_in_order() -> None:
    extracts = [
        extract("c4", "rom", "K1"),
        extract("c3", "ro", "K2"),
        extract("c2", "mas", "K2"),
        extract("c1", "mas", "K1", 9),
        extract("c0", "mas", "K1", 4),
        extract("cx", "borte", "K1"),
    ]
    table, first = quotation_list(outline(BOOK), extracts, language="nb")

    assert [row[0] for row in table.rows] == ["c0", "c1", "c2", "c3", "c4"]
    assert first == {("mas", "K1"): 0, ("mas", "K2"): 2, ("ro", "K2"): 3, ("rom", "K1"): 4}
    assert [row[3] for row in table.rows][:2] == ["T:4-6", "T:9-11"]


def test_the_overview_keeps_proposals_and_decisions_apart() -> None:
    extracts = [
        extract("1", "mas", "K1"),
        extract("2", "mas", "K1", 5, "proposed"),
        extract("3", "ro", "K2", 5, "proposed"),
    ]
    table = overview(BOOK, extracts, ["K1", "K2"])

    assert [tuple(cell.strip() if isinstance(cell, str) else cell for cell in row) for row in table.rows] == [
        ("Tid", None, None, None, None, None),
        ("Mas", "1+1", None, 1, 1, 1),
        ("Ro", None, "+1", 1, 0, 1),
        ("Rom", None, None, 0, 0, 0),
    ]
    assert [column.key for column in overview(BOOK, extracts, ["K1", "K2"], widest=1).columns] == [
        "code",
        "proposed",
        "accepted",
        "participants",
    ]


def test_codings_of_a_heading_are_not_hidden() -> None:
    table = overview(BOOK, [extract("1", "tid", "K1")], ["K1"])

    assert table.rows[0] == ("Tid", 1, 0, 1, 1)
