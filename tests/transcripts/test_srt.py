import pytest

from qualkit.transcripts.raw import RawText, UnreadableOriginal
from qualkit.transcripts.reading import transcribe
from qualkit.transcripts.srt import read_sbv, read_srt

Turn = tuple[str | None, tuple[float, float] | None, str]


def paragraphs(raw: RawText) -> list[tuple[tuple[float, float] | None, str]]:
    return [(paragraph.time, paragraph.text) for paragraph in raw.paragraphs]


def turns(raw: RawText) -> list[Turn]:
    transcript = transcribe(raw, transcript_id="I3").transcript
    return [(turn.speaker, turn.time, transcript.text[turn.start : turn.end]) for turn in transcript.turns]


WHISPERX = """\
1
00:00:00,000 --> 00:00:02,000
[SPEAKER_00]: Hvordan går det?

2
00:00:02,100 --> 00:00:03,000
[SPEAKER_01]: Bra, takk. På møtet
var vi få.

3
00:00:03,000 --> 00:00:04,500
[SPEAKER_00]: Å ja.
"""


def test_whisperx_names_speakers_in_brackets() -> None:
    assert turns(read_srt(WHISPERX.encode())) == [
        ("SPEAKER_00", (0.0, 2.0), "Hvordan går det?"),
        ("SPEAKER_01", (2.1, 3.0), "Bra, takk. På møtet var vi få."),
        ("SPEAKER_00", (3.0, 4.5), "Å ja."),
    ]


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda text: text.replace(",0", ".0").replace(",1", ".1").replace(",5", ".5"), id="points"),
        pytest.param(lambda text: text.replace("\n", "\r\n"), id="windows"),
        pytest.param(lambda text: text.replace("1\n00", "00").replace("2\n00", "00"), id="no-indices"),
        pytest.param(lambda text: "\n\n" + text.replace("\n\n", "\n\n\n"), id="more-blank-lines"),
        pytest.param(lambda text: text.replace("Bra", "<i>Bra</i>").replace("Å ja", r"{\an8}Å ja"), id="styles"),
        pytest.param(lambda text: text.rstrip(), id="no-last-line-end"),
    ],
)
def test_the_same_words_however_the_program_writes(change) -> None:  # type: ignore[no-untyped-def]
    assert turns(read_srt(change(WHISPERX).encode())) == turns(read_srt(WHISPERX.encode()))


@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16", "cp1252"])
def test_encodings(codec: str) -> None:
    assert paragraphs(read_srt(WHISPERX.encode(codec))) == paragraphs(read_srt(WHISPERX.encode()))


def test_a_sentence_goes_on_in_the_next_cue() -> None:
    text = "1\n00:00:01,000 --> 00:00:02,000\nVi ringte til dem\n\n2\n00:00:02,000 --> 00:00:03,000\nhver dag.\n"
    assert paragraphs(read_srt(text.encode())) == [((1.0, 3.0), "Vi ringte til dem hver dag.")]


def test_names_before_a_colon_are_labels_if_nearly_every_cue_has_one() -> None:
    said = [("Kari", "Hei."), ("Ola", "Hallo."), ("Kari", "Ja."), ("Gjest", "Nei.")]
    cues = [f"{i}\n00:00:0{i},000 --> 00:00:0{i},900\n{name}: {text}\n" for i, (name, text) in enumerate(said)]
    assert [(speaker, text) for speaker, _, text in turns(read_srt("\n".join(cues).encode()))] == said


def test_what_underlines_one_word_after_the_other_is_read_once() -> None:
    text = (
        "1\n00:00:00,000 --> 00:00:00,500\n<u>Hei</u> der.\n\n2\n00:00:00,500 --> 00:00:01,000\nHei <u>der.</u>\n\n"
        "3\n00:00:02,000 --> 00:00:03,000\nHei der.\n"
    )
    raw = read_srt(text.encode())
    assert paragraphs(raw) == [((0.0, 1.0), "Hei der."), ((2.0, 3.0), "Hei der.")]
    assert raw.decided == ("1 cue repeats the same words with another one underlined, and was read once",)


def test_times_that_cannot_be_are_told_and_their_words_kept() -> None:
    text = (
        "1\n00:00:05,000 --> 00:00:07,000\nEn.\n\n2\n00:00:06,000 --> 00:00:08,000\nTo.\n\n"
        "3\nNaN:NaN:NaN,NaN --> NaN:NaN:NaN,NaN\nTre.\n\n4\n-00:00:01,000 --> 00:00:02,000\nFire.\n\n"
        "5\n00:00:01,000 --> 00:00:00,500\nFem.\n\n6\n00:00:09,000 --> 00:00:10,000\n\n"
    )
    raw = read_srt(text.encode())
    assert paragraphs(raw) == [
        ((5.0, 7.0), "En."),
        ((6.0, 8.0), "To."),
        (None, "Tre."),
        (None, "Fire."),
        ((1.0, 1.0), "Fem."),
    ]
    assert raw.decided == (
        "times run backwards in 1 place; the order of the file was kept",
        "1 cue begins before the one before it has ended; both were kept",
        "1 cue ends before it begins",
        "2 cues have no usable time",
        "1 cue without words was left out",
    )


def test_webvtt_under_the_ending_of_srt_is_told() -> None:
    raw = read_srt(b"WEBVTT\n\n00:01.000 --> 00:02.000\n<v Kari>Hei.</v>\n")
    assert [(p.speaker, p.text) for p in raw.paragraphs] == [("Kari", "Hei.")]
    assert raw.decided == ("the file is WebVTT under the ending .srt, and was read as WebVTT",)


def test_a_file_that_breaks_off_keeps_what_it_has() -> None:
    cut = WHISPERX[: WHISPERX.index("[SPEAKER_00]: Å")]
    assert [text for _, _, text in turns(read_srt(cut.encode()))] == [
        "Hvordan går det?",
        "Bra, takk. På møtet var vi få.",
    ]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "the file is empty"),
        (b"\n \n", "the file is empty"),
        (b"I: Hei.\nR: Ja.\n", "no SRT"),
        (b"1\n00:00:00,000 --> 00:00:02,000\n\n", "no words"),
        (b"\xff\xd8\xff\x00\x01\x02" * 9, "not text|damaged"),
    ],
)
def test_what_holds_no_speech_is_refused(data: bytes, message: str) -> None:
    with pytest.raises(UnreadableOriginal, match=message) as refusal:
        read_srt(data)
    assert refusal.value.hint


def test_sbv() -> None:
    text = "0:00:01.000,0:00:03.000\nKari: Hei, 1,5 ganger.\n\n0:00:03.500,0:00:04.000\nog mer[br]til.\n"
    assert paragraphs(read_sbv(text.encode())) == [((1.0, 3.0), "Kari: Hei, 1,5 ganger."), ((3.5, 4.0), "og mer til.")]


def test_sbv_without_times_is_refused() -> None:
    with pytest.raises(UnreadableOriginal, match="no SBV"):
        read_sbv(b"Hei.\n")


def test_ten_thousand_cues_that_never_close_a_sentence() -> None:
    cues = []
    for i in range(10_000):
        at = f"{i // 3600:02d}:{i // 60 % 60:02d}:{i % 60:02d}"
        cues.append(f"{i}\n{at},000 --> {at},999\nord{i}\n")
    raw = read_srt("\n".join(cues).encode())
    assert " ".join(paragraph.text for paragraph in raw.paragraphs).split() == [f"ord{i}" for i in range(10_000)]
    assert max(len(paragraph.text) for paragraph in raw.paragraphs) < 1_100
