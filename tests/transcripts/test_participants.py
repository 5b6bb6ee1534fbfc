"""participants.csv as Excel, Numbers and people write it, and whose a label is."""

import csv
import io
from collections.abc import Sequence
from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualkit.errors import Problem
from qualkit.model import Participant, Speaker, Transcript
from qualkit.transcripts.participants import label_owners, parse_participants


def read(text: str | bytes) -> tuple[list[Participant], list[Problem]]:
    return parse_participants(text.encode() if isinstance(text, str) else text, "participants.csv")


def people(text: str | bytes) -> list[Participant]:
    found, problems = read(text)
    assert problems == []
    return found


ROWS = [["id", "labels", "rolle", "may_quote", "notes"], ["K1", "Kari, K 1", "jordmor på øya", "nei", ""], ["K2"]]


def written(rows: Sequence[Sequence[str]], delimiter: str = ";") -> str:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter).writerows(rows)
    return out.getvalue()


# Files


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("head", ["", "sep={}\n", "SEP={}\r\n", '"sep={}"\r\n', "\r\n"])
@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
def test_separators_and_encodings(delimiter: str, codec: str, head: str, end: str) -> None:
    text = head.format(delimiter) + written(ROWS, delimiter).replace("\r\n", end)
    assert people(text.encode(codec)) == [
        Participant("K1", ("Kari", "K 1"), {"rolle": "jordmor på øya"}, may_quote=False),
        Participant("K2", (), {"rolle": ""}),
    ]


def test_the_declared_separator_is_taken() -> None:
    assert people('sep=,\nid,"a;b;c",x\nK1,1,2\n')[0].attributes == {"a;b;c": "1", "x": "2"}


def test_a_cell_in_quotation_marks_may_hold_everything() -> None:
    found, problems = read('id;labels;notes\nK1;"Kari\nKari N";"sa ""nei"";\nog gikk"\n;x;\n')
    assert found == [Participant("K1", ("Kari", "Kari N"), notes='sa "nei";\nog gikk')]
    assert [(p.line, p.column) for p in problems] == [(5, 1)]


def test_an_open_quotation_mark_swallows_nobody() -> None:
    found, problems = read('id;labels;may_quote\nK1;"Kari;ja\nK2;Ola;nei\nK3;Per;ja\n')
    assert [(person.id, person.labels, person.may_quote) for person in found] == [
        ("K1", ("Kari",), True),
        ("K2", ("Ola",), False),
        ("K3", ("Per",), True),
    ]
    assert [(p.line, p.message) for p in problems] == [(2, "a quotation mark is not closed, or stands within a cell")]


@pytest.mark.parametrize("cell", ["Kari;Ola", "Kari, Ola", "Kari | Ola", '"Kari\nOla"', "Kari:, Ola :", " Kari ,, Ola"])
def test_labels_are_parted(cell: str) -> None:
    delimiter = "\t" if ";" in cell else ";"
    assert people(f"id{delimiter}labels\nK1{delimiter}{cell}\n")[0].labels == ("Kari", "Ola")


@pytest.mark.parametrize(
    "header",
    [
        "ID;Etiketter;Kan siteres;Merknad",
        "Deltaker;Label;may quote;Notes",
        " id ;LABELS;Kan siteres?;notat",
        "informant;taler;may-quote;note",
    ],
)
def test_columns_have_several_names(header: str) -> None:
    assert people(f"{header}\nK1;Kari;nei;x\n") == [Participant("K1", ("Kari",), {}, may_quote=False, notes="x")]


def test_a_column_like_may_quote_is_told() -> None:
    found, [problem] = read("id;kan siterst\nK1;nei\n")
    assert found[0].attributes == {"kan siterst": "nei"}
    assert (problem.line, problem.column, problem.severity) == (1, 2, "warning")
    assert "may_quote" in problem.hint


def test_two_columns_of_one_name_are_told() -> None:
    found, [problem] = read("id;rolle;rolle\nK1;a;b\n")
    assert (found[0].attributes, problem.column) == ({"rolle": "b"}, 3)


@pytest.mark.parametrize("answer", ["ja", "JA ", "", "yes", "1", "TRUE", "SANN", "j"])
def test_who_may_be_quoted(answer: str) -> None:
    assert people(f"id;may_quote\nK1;{answer}\n")[0].may_quote


@pytest.mark.parametrize("answer", ["nei", "No", " 0", "false", "USANN", "N"])
def test_who_may_not_be_quoted(answer: str) -> None:
    assert not people(f"id;may_quote\nK1;{answer}\n")[0].may_quote


@pytest.mark.parametrize("answer", ["nei, helst ikke", "?", "kanskje", "x", "ja/nei", "-", "ikke navn"])
def test_who_gave_an_odd_answer_is_not_quoted(answer: str) -> None:
    found, [problem] = read(f"id;may_quote\nK1;{answer}\n")
    assert found[0].may_quote is False
    assert (problem.line, problem.column) == (2, 2)
    assert answer not in problem.message


def test_a_line_with_too_many_cells_is_told_and_not_quoted() -> None:
    """A separator in a cell moves the answer out of its column."""
    found, [problem] = read("id;rolle;may_quote\nK1;lege;;nei\nK2;lege;;;\n")
    assert [person.may_quote for person in found] == [False, True]
    assert (problem.line, problem.message) == (2, "the line has more cells than there are columns")


def test_an_id_is_taken_once_whatever_its_case() -> None:
    found, problems = read("id;labels\nK1;Kari\n\nk1;Ola\n;Per\nK2;\n")
    assert [(person.id, person.labels) for person in found] == [("K1", ("Kari",)), ("K2", ())]
    assert [(p.line, p.message) for p in problems] == [
        (4, "the id “k1” is taken by the participant on line 2"),
        (5, "a participant without an id"),
    ]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "no columns"),
        (" \n;;\n", "no columns"),
        ("navn;rolle\nKari;lege\n", "no column “id”"),
        ("K1;Kari\n", "no column “id”"),
        (b"\x00\x01\x02\xff" * 40, "not text"),
        (b"%PDF-1.7\n" + bytes(90), "looks like a PDF"),
        (b"PK\x03\x04" + bytes(90), "cannot be opened"),
    ],
)
def test_what_is_no_list_of_participants(content: str | bytes, message: str) -> None:
    found, [problem] = read(content)
    assert found == []
    assert message in problem.message


def test_letters_of_two_characters_are_joined() -> None:
    assert people("id;labels\nA\u030a1;Ka\u030are\n") == [Participant("Å1", ("Kåre",))]


# Workbooks


def workbook(*rows: Sequence[object]) -> bytes:
    from openpyxl import Workbook

    book = Workbook()
    for row in rows:
        book.active.append(list(row))  # type: ignore[union-attr]
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_workbook_with_numbers_dates_and_empty_rows() -> None:
    data = workbook(
        (),
        ("id", "labels", "alder", "dato", "may_quote", "andel"),
        (1, "Kari", 40.0, datetime(2026, 3, 12), True, 0.5),  # noqa: DTZ001
        (),
        (2.0, None, None, datetime(2026, 3, 12, 9, 30), False, None),  # noqa: DTZ001
        (None, " "),
    )
    assert people(data) == [
        Participant("1", ("Kari",), {"alder": "40", "dato": "2026-03-12", "andel": "0.5"}),
        Participant("2", (), {"alder": "", "dato": "2026-03-12 09:30:00", "andel": ""}, may_quote=False),
    ]


def test_problems_of_a_workbook_have_their_row() -> None:
    _, [problem] = read(workbook(("id",), (), ("K1",), (), ("K1",)))
    assert (problem.line, problem.message) == (5, "the id “K1” is taken by the participant on line 3")


WORKBOOK = workbook(("id", "labels"), ("K1", "Kari"))


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.tuples(st.integers(4, len(WORKBOOK) - 1), st.integers(0, 255)), max_size=4),
    st.integers(4, len(WORKBOOK)),
)
def test_a_damaged_workbook_is_read_or_told(changes: list[tuple[int, int]], length: int) -> None:
    data = bytearray(WORKBOOK)
    for at, value in changes:
        data[at] = value
    for damaged in (bytes(data), bytes(data[:length])):
        found, problems = read(damaged)
        assert found or problems


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_told(data: bytes) -> None:
    found, problems = read(data)
    assert read(data) == (found, problems)
    assert found or problems or len(data) > 1


CELLS = st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from('\n\r\t;,"'), max_size=12)


@given(st.lists(st.lists(CELLS, min_size=5, max_size=5), max_size=6), st.sampled_from(";,\t"))
def test_no_participant_is_lost(cells: list[list[str]], delimiter: str) -> None:
    rows = [[f"P{i}", *row[1:]] for i, row in enumerate(cells)]
    found, _ = read(written([ROWS[0], *rows], delimiter).encode())
    assert [person.id for person in found] == [row[0] for row in rows]


# Whose a label is


def record(name: str, *speakers: str | Speaker) -> Transcript:
    made = [s if isinstance(s, Speaker) else Speaker(s, "interviewer" if s == "I" else "participant") for s in speakers]
    return Transcript(name, "", (), tuple(made), "nb", "")


KARI, OLA = Participant("K1", ("Kari",)), Participant("K2", ("Ola Nes", "Ola"))


@pytest.mark.parametrize(
    ("name", "speakers", "listed", "owners"),
    [
        # The id itself, a label, in any case and spacing.
        ("x", ["I", "K1", "OLA  nes"], [KARI, OLA], {"K1": "K1", "OLA  nes": "K2"}),
        # One person in several transcripts, several persons in one.
        ("a", ["Kari"], [KARI, OLA], {"Kari": "K1"}),
        ("b", ["Kari", "Ola"], [KARI, OLA], {"Kari": "K1", "Ola": "K2"}),
        # One person under two labels.
        ("x", ["Kari", "K1"], [KARI], {"Kari": "K1", "K1": "K1"}),
        # A label for one transcript alone goes before one for all; elsewhere it says nothing.
        ("I3", ["Kari"], [KARI, Participant("K9", ("I3/Kari",))], {"Kari": "K9"}),
        ("I4", ["Kari"], [Participant("K9", ("I3/Kari",))], {}),
        ("I3", ["Mor/Far"], [Participant("K9", ("Mor/Far",))], {"Mor/Far": "K9"}),
        # The only one who takes part in a transcript named after a participant.
        ("K1 intervju", ["I", "Informant"], [KARI, OLA], {"Informant": "K1"}),
        ("intervju_k1-2026", ["I", "Informant"], [KARI, OLA], {"Informant": "K1"}),
        ("Intervju K 1", ["Informant"], [Participant("K 1")], {"Informant": "K 1"}),
        # Notes without labels, named after whom they are about.
        ("2-K1-notat", [], [KARI, OLA], {"": "K1"}),
        ("K1 og K2 notat", [], [KARI, OLA], {}),
        # Never the wrong person.
        ("K1 og K2", ["I", "Informant"], [KARI, OLA], {}),
        ("K12", ["Informant"], [KARI], {}),
        ("K1", ["Informant", "Mor"], [KARI], {}),
        ("Gruppe 2", ["Kari", "Ukjent"], [KARI, Participant("2")], {"Kari": "K1"}),
        ("K1", ["Ola"], [KARI, OLA], {"Ola": "K2"}),
        ("x", ["Kari"], [KARI, Participant("K3", ("kari",))], {}),
        ("K2", ["Kari"], [KARI, OLA, Participant("K3", ("kari",))], {}),
        ("K3", ["Kari"], [KARI, Participant("K3", ("kari",))], {"Kari": "K3"}),
        ("I3", ["Kari"], [Participant("A", ("I3/Kari",)), Participant("B", ("I3/Kari",))], {}),
        ("x", ["K1"], [KARI, Participant("K3", ("K1",))], {}),
        ("K1", ["I"], [KARI], {}),
        ("K1", [Speaker("?", "other")], [KARI], {}),
        ("x", [], [KARI], {}),
        # The header of the transcript has the last word.
        ("K1", [Speaker("Kari", "participant", None, "K2")], [KARI, OLA], {"Kari": "K2"}),
        ("K1", [Speaker("Kari", "participant", None, "k2")], [KARI, OLA], {"Kari": "K2"}),
        ("K1", [Speaker("Kari", "participant", None, "P77")], [KARI], {"Kari": "P77"}),
    ],
)
def test_whose_a_label_is(
    name: str, speakers: list[str | Speaker], listed: list[Participant], owners: dict[str, str]
) -> None:
    assert label_owners(record(name, *speakers), listed) == owners
    assert label_owners(record(name, *speakers), listed[::-1]) == owners
