from pathlib import Path

import pytest

from qualkit import study as studies
from qualkit.model import Settings, Study
from qualkit.reanchoring import reanchor_study

FILE = """---
id: K1
kind: interview
# written by hand
language: nb
sha256: {sha256}
speakers:
  I: {{role: interviewer}}
  K1: {{role: participant}}
times:
  1: [0.000, 2.000]
  2: [2.000, 9.500]
  3: [9.500, 11.000]
  4: [11.000, 20.000]
pages: {{0: 1, 62: 2}}
---
{text}"""
TALK = (
    "I: Hva skjedde den kvelden?\n\nK1: Jeg måtte ringe kommunen, og det regnet.\n\n"
    "I: Og så, hva ble det til?\n\nK1: Da måtte jeg vente lenge på svar.\n"
)


@pytest.fixture
def study(tmp_path: Path) -> Study:
    """A study whose transcript has times and pages, its text kept in history."""
    from qualkit.text import sha256_hex

    made = studies.create_study(tmp_path / "study", Settings("Kveld"))
    path = studies.transcript_path(made, "K1")
    path.parent.mkdir()
    path.write_text(FILE.format(sha256=sha256_hex(TALK), text=TALK), encoding="utf-8")
    record, problems = studies.read_transcript(made, "K1")
    assert problems == []
    studies.keep_text(made, record)
    return made


def edited(study: Study, before: str, after: str) -> dict[str, tuple[float, float] | None]:
    """Edit the text, re-anchor, and return the time of each turn by its words."""
    path = studies.transcript_path(study, "K1")
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after), encoding="utf-8")
    reanchor_study(study, "kari")
    record, problems = studies.read_transcript(study, "K1")
    assert problems == []
    return {record.text[turn.start : turn.end]: turn.time for turn in record.turns}


def test_a_turn_put_in_has_no_time_and_the_others_keep_theirs(study: Study) -> None:
    times = edited(study, "I: Og så,", "K1: Hm. Ja.\n\nI: Og så,")

    assert times["Hm. Ja."] is None
    assert times["Og så, hva ble det til?"] == (9.5, 11.0)
    assert times["Da måtte jeg vente lenge på svar."] == (11.0, 20.0)
    assert "# written by hand\n" in studies.transcript_path(study, "K1").read_text(encoding="utf-8")


def test_a_turn_taken_out_takes_its_time_with_it(study: Study) -> None:
    times = edited(study, "I: Og så, hva ble det til?\n\n", "")

    assert (9.5, 11.0) not in times.values()
    assert times["Da måtte jeg vente lenge på svar."] == (11.0, 20.0)


def test_turns_that_became_one_have_the_time_of_both(study: Study) -> None:
    times = edited(study, "\n\nI: Og så, hva ble det til?\n\nK1: Da", " Da")

    assert times["Jeg måtte ringe kommunen, og det regnet. Da måtte jeg vente lenge på svar."] == (2.0, 20.0)


def test_pages_begin_where_their_words_went(study: Study) -> None:
    page = TALK[62:]
    edited(study, "den kvelden", "den lange kvelden i mars")
    record, _ = studies.read_transcript(study, "K1")
    [begin] = [start for start, number in record.pages.items() if number == 2]

    assert record.text[begin:] == page
    assert dict(record.pages)[0] == 1
