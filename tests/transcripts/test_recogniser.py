import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualkit.transcripts.raw import RawText, UnreadableOriginal
from qualkit.transcripts.reading import transcribe
from qualkit.transcripts.recogniser import read_recogniser_json

Said = list[tuple[str | None, tuple[float, float] | None, str]]


def read(content: Any) -> RawText:
    return read_recogniser_json(json.dumps(content).encode())


def said(content: Any) -> Said:
    return [(paragraph.speaker, paragraph.time, paragraph.text) for paragraph in read(content).paragraphs]


def words(*spoken: tuple[str, float | None, str | None]) -> list[dict[str, Any]]:
    """Return words of half a second each, as WhisperX writes them."""
    return [
        {"word": word}
        | ({} if begin is None else {"start": begin, "end": begin + 0.5, "score": 0.9})
        | ({} if speaker is None else {"speaker": speaker})
        for word, begin, speaker in spoken
    ]


def test_whisper() -> None:
    content = {
        "text": " Hvordan går det? Bra.",
        "segments": [
            {
                "id": 0,
                "seek": 0,
                "start": 0.0,
                "end": 2.5,
                "text": " Hvordan går det",
                "tokens": [1],
                "avg_logprob": -0.2,
            },
            {"id": 1, "start": 2.5, "end": 3.0, "text": " på jobben?"},
            {"id": 2, "start": 4.0, "end": 5.0, "text": " Bra."},
        ],
        "language": "no",
    }
    assert said(content) == [(None, (0.0, 3.0), "Hvordan går det på jobben?"), (None, (4.0, 5.0), "Bra.")]
    assert not read(content).labelled
    assert read(content).about == {"language": "no"}


def test_segments_of_one_speaker_are_one_turn() -> None:
    segments = [
        {"start": 0.0, "end": 1.0, "text": "Hei.", "speaker": "SPEAKER_00"},
        {"start": 1.0, "end": 2.0, "text": "Hvordan går det?", "speaker": "SPEAKER_00"},
        {"start": 2.5, "end": 3.0, "text": "Bra.", "speaker": "SPEAKER_01"},
    ]
    assert said({"segments": segments}) == [
        ("SPEAKER_00", (0.0, 2.0), "Hei. Hvordan går det?"),
        ("SPEAKER_01", (2.5, 3.0), "Bra."),
    ]
    assert read({"segments": segments}).labelled


def test_a_segment_is_parted_where_its_words_change_speaker() -> None:
    spoken = words(
        ("Hvordan", 0.0, "SPEAKER_00"),
        ("var", 0.5, "SPEAKER_00"),
        ("1990?", None, None),
        ("Det", 1.5, "SPEAKER_01"),
        ("var", None, None),
        ("fint.", 2.5, "SPEAKER_01"),
    )
    text = " Hvordan var 1990?  Det var fint. "
    content = {"segments": [{"start": 0.0, "end": 3.0, "text": text, "speaker": "SPEAKER_00", "words": spoken}]}
    assert said(content) == [
        ("SPEAKER_00", (0.0, 1.0), "Hvordan var 1990?"),
        ("SPEAKER_01", (1.5, 3.0), "Det var fint."),
    ]
    assert read(content).decided == ("1 segment was parted where its words change speaker",)


def test_words_before_the_first_speaker_go_with_the_first() -> None:
    spoken = words(("I", None, None), ("2019", None, None), ("kom", 1.0, "A"), ("vi.", 1.5, "B"))
    content = {"segments": [{"start": 0.0, "end": 2.0, "text": "I 2019 kom vi.", "words": spoken}]}
    assert said(content) == [("A", (1.0, 1.5), "I 2019 kom"), ("B", (1.5, 2.0), "vi.")]


def test_a_part_without_times_lies_between_its_neighbours() -> None:
    spoken = words(("En", 0.0, "A"), ("to", None, "B"), ("tre", 2.0, "A"))
    content = {"segments": [{"start": 0.0, "end": 3.0, "text": "En to tre", "words": spoken}]}
    assert said(content) == [("A", (0.0, 0.5), "En"), ("B", (0.5, 2.0), "to"), ("A", (2.0, 2.5), "tre")]


def test_a_segment_of_very_many_turns() -> None:
    spoken = words(*((f"ord{i}", i if i % 3 else None, "AB"[i % 2]) for i in range(20_000)))
    text = " ".join(word["word"] for word in spoken)
    content = {"segments": [{"start": 0.0, "end": 20_000.0, "text": text, "words": spoken}]}
    assert [one for _, _, one in said(content)] == text.split()


def test_words_that_do_not_stand_in_the_text_take_nothing_away() -> None:
    spoken = words(("Hallo", 0.0, "A"), ("verden", 0.5, "B"))
    content = {"segments": [{"start": 0.0, "end": 1.0, "text": "Noe helt annet.", "speaker": "C", "words": spoken}]}
    assert said(content) == [("C", (0.0, 1.0), "Noe helt annet.")]


def test_who_is_not_named_is_nobody() -> None:
    segments = [
        {"start": 0.0, "end": 1.0, "text": "Hei.", "speaker": "SPEAKER_00"},
        {"start": 1.0, "end": 2.0, "text": "Uklart."},
    ]
    reading = transcribe(read({"segments": segments}), transcript_id="I3")
    assert reading.transcript.text == "SPEAKER_00: Hei.\n\n?: Uklart.\n"


@pytest.mark.parametrize(
    "content",
    [
        pytest.param({"segments": [{"start": 0.5, "end": 2, "text": " Hei.", "speaker": 1}]}, id="numbered speakers"),
        pytest.param(
            {"transcription": [{"offsets": {"from": 500, "to": 2000}, "text": " Hei.", "speaker": "1"}]},
            id="whisper.cpp",
        ),
        pytest.param(
            {
                "speakers": [{"speaker": "1", "timestamp": [0.5, 2.0], "text": " Hei."}],
                "chunks": [{"timestamp": [0.5, 2.0], "text": " Hei."}],
                "text": " Hei.",
            },
            id="diarised chunks",
        ),
        pytest.param({"chunks": [{"timestamp": [0.5, 2.0], "text": " Hei.", "speaker": "1"}]}, id="chunks"),
        pytest.param([{"start": "0.5", "end": "2.0", "text": "Hei.", "speaker": "1"}], id="a bare list"),
    ],
)
def test_other_shapes(content: Any) -> None:
    assert said(content) == [("Speaker 1", (0.5, 2.0), "Hei.")]
    assert read(content).decided == ("the file numbers its speakers; they were called Speaker 0, Speaker 1 and so on",)


def test_whisper_cpp_states_its_language_elsewhere() -> None:
    content = {"result": {"language": "en"}, "transcription": [{"offsets": {"from": 0, "to": 1}, "text": "Hi."}]}
    assert read(content).about == {"language": "en"}


def test_a_text_alone_is_read_without_times() -> None:
    assert said({"text": "Hei.\n Ja.\n"}) == [(None, None, "Hei."), (None, None, "Ja.")]
    assert read({"text": "Hei."}).decided == ("the file has no segments; its text was read without times",)


@pytest.mark.parametrize(
    ("start", "end", "time"),
    [
        ("NaN", "1.0", None),
        ("Infinity", "1.0", None),
        ("-3", "1", None),
        ("null", "1", None),
        ("true", "1", None),
        ('"tid"', "1", None),
        ("1e300", "1e301", None),
        ("2", "NaN", (2.0, 2.0)),
        ("2", "null", (2.0, 2.0)),
        ("2", "1", (2.0, 2.0)),
    ],
)
def test_times_that_cannot_be(start: str, end: str, time: tuple[float, float] | None) -> None:
    raw = read_recogniser_json(f'{{"segments": [{{"start": {start}, "end": {end}, "text": "Hei."}}]}}'.encode())
    assert [(paragraph.time, paragraph.text) for paragraph in raw.paragraphs] == [(time, "Hei.")]
    assert time is not None or raw.decided == ("1 segment has no usable time",)


def test_segments_without_words_are_told() -> None:
    segments = [{"start": 0, "end": 1, "text": " "}, {"start": 1, "end": 2, "text": None}, {"start": 2, "text": "Hei."}]
    assert read({"segments": segments}).decided == ("2 segments without words were left out",)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "the file is empty"),
        (b"I: Hei.", "the file is no JSON, or damaged at line 1, column 1"),
        (b'{"segments": [{"start": 0, "text": "He', "breaks off"),
        (b'{"segments": [{"start": 0, "text": "Hei"}', "breaks off"),
        (b'{"segments": [{"start": 0, "text": "Hei"} {"start": 1}], "language": "no"}', "damaged at line 1, column 43"),
        (b"[" * 200_000, "nested too deeply|breaks off"),
        (b'{"a":' * 100_000 + b"1" + b"}" * 100_000, "nested too deeply"),
        (b'{"segments": [{"start": ' + b"9" * 9_999 + b', "text": "Hei"}]}', "numbers that are too large"),
        (b'{"name": "x", "version": 1}', "not as a speech recogniser writes"),
        (b"[1, 2]", "not as a speech recogniser writes"),
        (b"3", "not as a speech recogniser writes"),
        (b'{"segments": [{"start": 0, "end": 1}]}', "not as a speech recogniser writes"),
        (b'{"text": "", "segments": [], "language": "no"}', "no segments with words"),
        (b'{"segments": [{"start": 0, "text": ""}]}', "hold no words"),
        (b'{"text": "<p>Hei</p>", "media": "a.mp3", "media-time": 1}', "an oTranscribe file"),
    ],
)
def test_what_is_no_transcript_is_refused(data: bytes, message: str) -> None:
    with pytest.raises(UnreadableOriginal, match=message) as refusal:
        read_recogniser_json(data)
    assert refusal.value.hint
    assert "Hei" not in str(refusal.value)


def test_an_unknown_file_is_told_what_was_expected() -> None:
    with pytest.raises(UnreadableOriginal) as refusal:
        read({"transcript": {"utterances": []}})
    assert '"segments"' in refusal.value.hint
    assert "WhisperX" in refusal.value.hint


def test_other_encodings_and_half_characters() -> None:
    assert [p.text for p in read_recogniser_json('[{"text": "På møte", "start": 0}]'.encode("cp1252")).paragraphs] == [
        "På møte"
    ]
    raw = read_recogniser_json(b'[{"text": "Hei \\ud83d der", "start": 0}]')
    assert transcribe(raw, transcript_id="I3").transcript.text == "Hei  der\n"


def test_three_hundred_speakers() -> None:
    segments = [{"start": i, "end": i + 1, "text": f"ord{i}", "speaker": f"SPEAKER_{i:03d}"} for i in range(300)]
    reading = transcribe(read({"segments": segments}), transcript_id="I3")
    assert [turn.speaker for turn in reading.transcript.turns] == [f"SPEAKER_{i:03d}" for i in range(300)]
    assert reading.doubts == ()


def test_more_speakers_than_any_conversation_has() -> None:
    segments = [{"start": i, "end": i + 1, "text": f"ord{i}", "speaker": f"N{i}"} for i in range(30_000)]
    with pytest.raises(UnreadableOriginal, match="names 30,000 speakers"):
        transcribe(read({"segments": segments}), transcript_id="I3")


SPEAKERS = st.sampled_from([None, "SPEAKER_00", "SPEAKER_01", 2])
SPOKEN = st.lists(st.tuples(SPEAKERS, st.lists(SPEAKERS, max_size=4)), min_size=1, max_size=8)


@given(SPOKEN)
def test_every_word_is_read_once(spoken: list[tuple[Any, list[Any]]]) -> None:
    segments, expected = [], []
    for number, (speaker, voices) in enumerate(spoken):
        texts = [f"ord{number}x{place}" for place in range(len(voices) or 1)]
        expected += texts
        segments.append(
            {"start": number, "end": number + 1, "text": " " + " ".join(texts)}
            | ({"speaker": speaker} if speaker is not None else {})
            | ({"words": [{"word": t, "speaker": v} for t, v in zip(texts, voices, strict=True)]} if voices else {})
        )
    raw = read({"segments": segments})
    assert " ".join(paragraph.text for paragraph in raw.paragraphs).split() == expected
    assert raw == read({"segments": segments})


JSONS = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(
        st.sampled_from(["segments", "text", "start", "end", "speaker", "words", "word", "chunks", "timestamp",
                         "transcription", "offsets", "from", "to", "result", "language", "media"]),
        inner,
        max_size=4,
    ),
    max_leaves=20,
)  # fmt: skip


@given(JSONS)
def test_any_json_is_read_or_refused(content: Any) -> None:
    data = json.dumps(content).encode()
    try:
        raw = read_recogniser_json(data)
    except UnreadableOriginal:
        return
    assert raw.paragraphs
    transcribe(raw, transcript_id="I3", language="nb")
