"""The trail as a table, and as a file that may leave."""

from collections.abc import Callable
from pathlib import Path

import pytest

from qualkit.anonymisation.redactor import Register
from qualkit.gate import text_of_file
from qualkit.model import Decision
from qualkit.trail import Wanted, kind_of, printed_trail, trail_table

TRAIL = [
    Decision("2026-03-01T08:00:00Z", "kari", "add", "K1", None, {"source": "originals/K1.docx", "words": 90}),
    Decision("2026-03-02T08:00:00Z", "kari", "accept", "coding u1", {"status": "proposed"}, {"code": "varsel"}),
    Decision("2026-03-09T08:00:00Z", "ola", "condense write", "subgroup uten-varsel", None, {"text": "Jeg sto der."}),
    Decision("2026-04-01T08:00:00Z", "ola", "rename", "varsel", "Varsel", "Varselet", "klarere"),
]


def whats(**wanted: str) -> list[str]:
    return [str(row[2]) for row in trail_table(TRAIL, Wanted(**wanted)).rows]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({}, ["add", "accept", "condense write", "rename"]),
        ({"kind": "coding"}, ["accept"]),
        ({"kind": "group"}, ["condense write"]),
        ({"kind": "code"}, ["rename"]),
        ({"about": "varsel"}, ["accept", "rename"]),
        ({"about": "uten-varsel"}, ["condense write"]),
        ({"who": "ola", "since": "2026-04"}, ["rename"]),
        ({"until": "2026-03-02"}, ["add", "accept"]),
        ({"until": "2026-03"}, ["add", "accept", "condense write"]),
        ({"text": "KLARERE"}, ["rename"]),
        ({"text": "jeg sto"}, ["condense write"]),
    ],
)
def test_decisions_are_found_by_what_they_are_about(wanted: dict[str, str], found: list[str]) -> None:
    assert whats(**wanted) == found


def test_a_transcript_called_as_a_kind_of_thing_is_a_transcript() -> None:
    assert kind_of(Decision("", "kari", "add", "code")) == "transcript"


def test_in_a_file_there_are_no_texts_and_no_names() -> None:
    register = Register({}, {"Solveig": "K1"})
    told = [*TRAIL, Decision("2026-05-01T08:00:00Z", "ola", "undo", "study", why="Solveig ba om det")]
    table = printed_trail(told, Wanted(), register, language="nb")
    assert table.rows[2][5] == '{"text": "…"}'
    assert table.rows[1][5] == '{"code": "varsel"}'
    assert "Solveig" not in str(table.rows)


@pytest.mark.drafts
def test_the_trail_is_written_through_the_gate(qualkit: Callable, interviews: Callable, tmp_path: Path) -> None:
    folder = interviews({"K1.txt": "I: Og så?\n\nK1: Det er ingen å ringe.\n"}, codebook="codes: [{id: a, name: A}]\n")
    qualkit("code", folder, "--coder", "leser")
    root = folder.with_name("interviews-study")
    out = tmp_path / "spor.docx"
    ran = qualkit("log", "--kind", "transcript", "-o", out, "--study", root)
    assert ran.code == 0, ran.err
    assert "add" in text_of_file(out.read_bytes())
    assert "the kinds are transcript" in qualkit("log", "--kind", "kode", "--study", root).err
    assert "write a day" in qualkit("log", "--since", "i går", "--study", root).err
