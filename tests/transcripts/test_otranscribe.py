import json

import pytest

from qualkit.transcripts.otranscribe import read_otr
from qualkit.transcripts.raw import RawText, UnreadableOriginal
from qualkit.transcripts.reading import transcribe


def stamp(time: str, shown: str = "1:23") -> str:
    return f'<span class="timestamp" contenteditable="false" data-timestamp="{time}">{shown}</span>&nbsp;'


def read(text: str) -> RawText:
    return read_otr(json.dumps({"text": text, "media": "Kari Nes.mp3", "media-time": 83.4}).encode())


def turns(raw: RawText) -> list[tuple[str | None, tuple[float, float] | None, str]]:
    transcript = transcribe(raw, transcript_id="I3").transcript
    return [(turn.speaker, turn.time, transcript.text[turn.start : turn.end]) for turn in transcript.turns]


def test_times_labels_and_text() -> None:
    raw = read(
        f"<p>{stamp('83.4')}<b>I:</b> Hvordan går det?</p><p><br></p>"
        f"<p>{stamp('90.25', '1:30')}R: Ja &amp; nei. {stamp('95', '1:35')}Jo.</p><p>Mer.</p>"
    )
    assert turns(raw) == [
        ("I", (83.4, 90.25), "Hvordan går det?"),
        ("R", (90.25, 90.25), "Ja & nei. \u00a0Jo.\nMer."),
    ]
    assert "Kari" not in repr(raw)
    assert raw.decided == ()


@pytest.mark.parametrize(
    ("span", "begin"),
    [
        ('<span class="timestamp" data-timestamp="1:23">1:23</span>', 83.0),
        ('<span class="timestamp" data-timestamp="01:01:23">1:23</span>', 3683.0),
        ('<span class="timestamp">83:20</span>', 5000.0),
        ('<span class="timestamp" onclick="setFrom(\'1:23\', this)">1:23</span>', 83.0),
    ],
)
def test_old_times(span: str, begin: float) -> None:
    assert turns(read(f"{span} I: Hei<br>")) == [("I", (begin, begin), "Hei")]


def test_a_time_alone_on_its_line_is_the_next_lines() -> None:
    assert turns(read(f"<p>{stamp('5')}</p><p>I: Hei.</p>")) == [("I", (5.0, 5.0), "Hei.")]


@pytest.mark.parametrize("time", ["NaN", "Infinity", "-3", "x", "1e999"])
def test_times_that_cannot_be_are_told(time: str) -> None:
    raw = read(f"<p>{stamp(time)}I: Hei.</p>")
    assert [(p.time, p.text) for p in raw.paragraphs] == [(None, "I: Hei.")]
    assert raw.decided == ("1 time that was set cannot be read",)


def test_a_time_that_is_not_closed_swallows_no_words() -> None:
    assert [
        p.text for p in read('<p><span class="timestamp" data-timestamp="3">1:23 I: Hei.</p><p>Ja.</p>').paragraphs
    ] == [
        "1:23 I: Hei.",
        "Ja.",
    ]


def test_times_that_run_backwards_are_told() -> None:
    raw = read(f"<p>{stamp('9')}I: Hei.</p><p>{stamp('5')}R: Ja.</p>")
    assert raw.decided == ("times run backwards in 1 place; the order of the file was kept",)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "the file is empty"),
        (b'{"text": "<p>He', "breaks off"),
        (b'{"text": "<p><br></p>"}', "holds no words"),
        (b'{"text": ""}', "holds no words"),
        (b'{"media": "x"}', "it has no text"),
        (b"[]", "it has no text"),
        (b'{"segments": []}', "a recogniser's JSON"),
        (b"PK\x03\x04\x00\x00", "not text"),
    ],
)
def test_what_is_no_transcript_is_refused(data: bytes, message: str) -> None:
    with pytest.raises(UnreadableOriginal, match=message) as refusal:
        read_otr(data)
    assert refusal.value.hint
