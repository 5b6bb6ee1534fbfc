import pytest

from qualkit.transcripts.raw import RawText, UnreadableOriginal
from qualkit.transcripts.tsv import read_tsv

Said = list[tuple[str | None, tuple[float, float] | None, str]]


def read(*rows: str) -> RawText:
    return read_tsv("\n".join(rows).encode())


def said(*rows: str) -> Said:
    return [(paragraph.speaker, paragraph.time, paragraph.text) for paragraph in read(*rows).paragraphs]


HEAD = "start\tend\ttext"


def test_milliseconds_and_sentences() -> None:
    assert said(HEAD, "0\t2500\tHvordan går", "2500\t3000\tdet på jobben?", "3100\t4000\tBra.", "") == [
        (None, (0.0, 3.0), "Hvordan går det på jobben?"),
        (None, (3.1, 4.0), "Bra."),
    ]


def test_numbers_with_a_point_are_seconds() -> None:
    assert said(HEAD, "0.0\t2.5\tHei.") == [(None, (0.0, 2.5), "Hei.")]


def test_a_column_of_speakers() -> None:
    rows = ("speaker\tstart\tend\ttext", "S1\t0\t1000\tHei,", "S1\t1000\t2000\tdu.", "S2\t2000\t3000\tJa.")
    assert said(*rows) == [("S1", (0.0, 2.0), "Hei, du."), ("S2", (2.0, 3.0), "Ja.")]
    assert read(*rows).labelled


def test_tabs_and_line_ends_within_the_text() -> None:
    assert said(HEAD, "0\t1000\tHei\tder,", "du.", "1000\t2000\tJa.") == [
        (None, (0.0, 1.0), "Hei der, du."),
        (None, (1.0, 2.0), "Ja."),
    ]


def test_a_table_without_a_head_is_told() -> None:
    assert said("0\t1000\tHei.") == [(None, (0.0, 1.0), "Hei.")]
    assert read("0\t1000\tHei.").decided == ("the table has no head; its columns were taken to be start, end and text",)


def test_rows_without_times_or_words_are_told() -> None:
    raw = read(HEAD, "nan\tnan\tHei.", "-5\t10\tJa.", "0\t1000\t", "5000\t1000\tNei.")
    assert [(p.time, p.text) for p in raw.paragraphs] == [(None, "Hei."), (None, "Ja."), ((5.0, 5.0), "Nei.")]
    assert raw.decided == (
        "1 row ends before it begins",
        "2 rows have no usable time",
        "1 row without words was left out",
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "the file is empty"),
        ("id\tlabels\nK1\tKari", "no table of start, end and text"),
        ("I: Hei.", "no table of start, end and text"),
        (HEAD, "hold no words"),
        (HEAD + "\n0\t1\t \n", "hold no words"),
    ],
)
def test_what_is_no_transcript_is_refused(text: str, message: str) -> None:
    with pytest.raises(UnreadableOriginal, match=message) as refusal:
        read(text)
    assert "start, end and text" in refusal.value.hint
