import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualkit.transcripts.cues import read_cues
from qualkit.transcripts.raw import RawText, UnreadableOriginal
from qualkit.transcripts.vtt import read_vtt

Turn = tuple[str | None, tuple[float, float] | None, str]


def turns(text: str) -> list[Turn]:
    return [(p.speaker, p.time, p.text) for p in read(text).paragraphs]


def read(text: str) -> RawText:
    return read_vtt(text.encode())


def words(*payloads: str) -> list[str]:
    cues = "".join(f"\n00:0{i}.000 --> 00:0{i}.900\n{payload}\n" for i, payload in enumerate(payloads))
    return [f"{p.speaker or ''}|{p.text}" for p in read("WEBVTT\n" + cues).paragraphs]


def test_teams() -> None:
    text = """\
WEBVTT

53118acb-c442-4300-a3e9-4f29e5413f84/12-0
00:00:02.160 --> 00:00:06.560
<v Ola Nordmann>Linje en
linje to</v>

53118acb-c442-4300-a3e9-4f29e5413f84/13-0
00:00:06.560 --> 00:00:07.000
<v Ola Nordmann>og mer.</v>

53118acb-c442-4300-a3e9-4f29e5413f84/14-1
00:00:07.500 --> 00:00:08.000
<v Kari Nes>Ja.</v>

53118acb-c442-4300-a3e9-4f29e5413f84/15-0
00:00:08.000 --> 00:00:09.250
Uten navn.
"""
    assert turns(text) == [
        ("Ola Nordmann", (2.16, 7.0), "Linje en linje to og mer."),
        ("Kari Nes", (7.5, 9.25), "Ja. Uten navn."),
    ]
    assert read(text).labelled
    assert read(text).decided == ()


def test_times_without_leading_zeros() -> None:
    text = "WEBVTT\n\n0:0:0.0 --> 0:0:6.110\n<v Kari>Ja</v>\n\n0:1:6.5 --> 1:0:0.25\n<v Ola>Nei</v>\n"
    assert turns(text) == [("Kari", (0.0, 6.11), "Ja"), ("Ola", (66.5, 3600.25), "Nei")]


def test_stream_classic() -> None:
    text = """\
WEBVTT

NOTE duration:"00:46:01.0120000"

NOTE language:nb-no

NOTE Confidence: 0.65

0a1b2c3d-c442-4300-a3e9-4f29e5413f84
00:00:01.000 --> 00:00:02.000
Hei der.

NOTE Confidence: 0.88

1a1b2c3d-c442-4300-a3e9-4f29e5413f84
00:00:02.000 --> 00:00:03.000
Ja.
"""
    assert turns(text) == [(None, (1.0, 2.0), "Hei der."), (None, (2.0, 3.0), "Ja.")]
    assert not read(text).labelled


def test_zoom() -> None:
    text = """\
WEBVTT

1
00:00:01.000 --> 00:00:02.000
Kari Nes: Hei, slik: ja.

2
00:00:03.000 --> 00:00:04.000
Ola: Hei.
Kari Nes: Nei.
Vel: ja.
""".replace("\n", "\r\n")
    assert turns(text) == [
        (None, (1.0, 2.0), "Kari Nes: Hei, slik: ja."),
        (None, (3.0, 4.0), "Ola: Hei."),
        (None, (3.0, 4.0), "Kari Nes: Nei. Vel: ja."),
    ]
    assert not read(text).labelled


def test_whisper() -> None:
    text = "WEBVTT\n\n00:00.000 --> 00:02.500\nHvordan går det?\n\n59:58.000 --> 01:00:01.000\nPil -> slik.\n"
    assert turns(text) == [(None, (0.0, 2.5), "Hvordan går det?"), (None, (3598.0, 3601.0), "Pil -> slik.")]


def test_whisperx() -> None:
    assert words("[SPEAKER_00]: Hei", "[SPEAKER_01]: Bra, takk.\n[SPEAKER_00]: Fint", "[ler]: ja") == [
        "SPEAKER_00|Hei",
        "SPEAKER_01|Bra, takk.",
        "SPEAKER_00|Fint [ler]: ja",
    ]


def test_the_cues_of_one_speaker_of_whisperx_are_one_turn() -> None:
    said = ["[SPEAKER_00]: Sende du det?", "[SPEAKER_01]: Eg sende det eine.", "[SPEAKER_01]: Det andre", "reiv ho."]
    assert words(*said) == ["SPEAKER_00|Sende du det?", "SPEAKER_01|Eg sende det eine. Det andre reiv ho."]


def test_noscribe_leaves_its_settings_and_the_path_behind() -> None:
    text = """\
WEBVTT Intervju med Kari

NOTE
Transcribed with noScribe vers. 0.7
language: no

NOTE media: C:/Users/Kari Nes/Opptak/intervju_kari.m4a

1
00:00:00.000 --> 00:00:03.000
<v S01>Ja (..) R&amp;D (12 seconds pause)

2
00:00:03.000 --> 00:00:04.000
<v S01>og &lt;slik&gt;

3
00:00:04.000 --> 00:00:05.000
<v S00>//S01: Ja. // &amp;amp;
"""
    raw = read(text)
    assert turns(text) == [
        ("S01", (0.0, 4.0), "Ja (..) R&D (12 seconds pause) og <slik>"),
        ("S00", (4.0, 5.0), "//S01: Ja. // &amp;"),
    ]
    assert "Kari" not in repr(raw)


def test_two_voices_in_one_cue() -> None:
    assert words("<v Kari>Ja.</v> <v Ola>Nei.</v>", "<v Ola>Jo.\n<v.loud.first Kari N>Nei!") == [
        "Kari|Ja.",
        "Ola|Nei. Jo.",
        "Kari N|Nei!",
    ]


def test_tags_go_and_their_words_stay() -> None:
    payload = "<v K&amp;N><i>Ja</i> <00:00:01.000><c.gul>men</c> <b>a < b</b> <lang nb>nei</lang> 3 <> 2"
    assert words(payload) == ["K&N|Ja men a < b nei 3 <> 2"]


def test_a_voice_over_two_lines_and_names_with_odd_white_space() -> None:
    assert words("<v  Ola\nNordmann >Ja</v>") == ["Ola Nordmann|Ja"]


def test_empty_cues_are_dropped() -> None:
    assert words("<v Kari>Ja</v>", "", "<v Ola></v>", "<v Kari> \n<b></b>", "<v Kari>nei</v>") == ["Kari|Ja nei"]


def test_speech_before_the_first_voice_has_no_speaker() -> None:
    assert words("Hei.", "Ja.", "<v Kari>Nei.</v>") == ["|Hei.", "|Ja.", "Kari|Nei."]


def test_entities_are_unescaped_once() -> None:
    assert words("&amp;lt; &#229; &#xE5; &nbsp;| &aring; R&D &unknown; &#0;") == [
        "|&lt; å å \u00a0| å R&D &unknown; \ufffd"
    ]


def test_settings_styles_and_regions_are_no_speech() -> None:
    text = """\
WEBVTT - Tittel
Kind: captions
Language: nb

STYLE
::cue { color: red }

REGION
id:fred

00:01.000 --> 00:02.000 align:start position:0%
Ja.

STYLE
::cue(b) { color: blue }
"""
    assert turns(text) == [(None, (1.0, 2.0), "Ja.")]


def test_comma_no_fraction_and_missing_blank_lines() -> None:
    text = "WEBVTT\n1\n00:01,5 --> 00:02\nJa.\n2\n00:03 --> 00:04,25\nNei.\n00:05 --> 00:06\nJo.\n12\n"
    assert turns(text) == [(None, (1.5, 2.0), "Ja."), (None, (3.0, 4.25), "Nei."), (None, (5.0, 6.0), "Jo. 12")]


def test_a_blank_line_within_a_cue_loses_no_speech() -> None:
    text = (
        "WEBVTT\n\n1\n00:01.000 --> 00:02.000\n<v Kari>Ja,\n\nmen nei.\n\n2\n\n3\n00:03.000 --> 00:04.000\n<v Ola>Jo.\n"
    )
    assert turns(text) == [("Kari", (1.0, 2.0), "Ja, men nei."), ("Ola", (3.0, 4.0), "Jo.")]


def test_a_note_right_before_the_times_is_no_speech() -> None:
    text = "WEBVTT\n\n00:01.000 --> 00:02.000\nJa.\n\nNOTE hemmelig\n00:03.000 --> 00:04.000\nNOTE er et ord.\n"
    assert [turn[2] for turn in turns(text)] == ["Ja.", "NOTE er et ord."]


def test_times_that_run_backwards_are_told() -> None:
    text = "WEBVTT\n\n00:05.000 --> 00:06.000\na.\n\n00:03.000 --> 00:02.000\nb.\n\n00:04.000 --> 00:05.000\nc.\n"
    assert turns(text) == [(None, (5.0, 6.0), "a."), (None, (3.0, 3.0), "b."), (None, (4.0, 5.0), "c.")]
    assert read(text).decided == (
        "times run backwards in 1 place; the order of the file was kept",
        "1 cue ends before it begins",
    )


def test_a_missing_header_is_told() -> None:
    text = "1\n00:00:01,000 --> 00:00:02,000\nJa.\n"
    assert turns(text) == [(None, (1.0, 2.0), "Ja.")]
    assert read(text).decided == ("the file does not begin with WEBVTT; its cues were read all the same",)


def test_encodings() -> None:
    text = "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Kåre>På møte.\n"
    for codec in ("utf-8-sig", "utf-16", "cp1252"):
        assert read_vtt(text.encode(codec)).paragraphs == read(text).paragraphs
    assert read_vtt(text.encode("cp1252")).decided[0].endswith("Windows-1252 (cp1252)")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "the file is empty"),
        ("WEBVTT\n\nNOTE ingenting\n", "no cue"),
        ("I: Hei.\nR: Hei --> ja.\n", "no cue"),
        ("WEBVTT\n\n00:01.000 --> 00:02.000\n\n", "no words"),
        ("WEBVTT\n\n00:01.000 --> 00:02.000\n<v Kari></v>\n", "no words"),
    ],
)
def test_what_holds_no_speech_is_refused(text: str, message: str) -> None:
    with pytest.raises(UnreadableOriginal, match=message) as refusal:
        read(text)
    assert refusal.value.hint
    assert "Kari" not in str(refusal.value)


def test_cues_of_srt_come_from_the_same_loop() -> None:
    lines = ["1", "00:00:00,000 --> 00:00:02,000", "[SPEAKER_00]: Hei", "", "", "00:00:03,000 --> 00:00:04,500", "Ja"]
    assert [(cue.time, cue.lines) for cue in read_cues(lines)] == [
        ((0.0, 2.0), ("[SPEAKER_00]: Hei",)),
        ((3.0, 4.5), ("Ja",)),
    ]


@given(st.binary(max_size=400))
def test_bytes_are_read_or_refused(data: bytes) -> None:
    for head in (b"", b"WEBVTT\n\n00:01.000 --> 00:02.000\n"):
        try:
            raw = read_vtt(head + data)
        except UnreadableOriginal:
            continue
        assert all(paragraph.text.strip() for paragraph in raw.paragraphs)


@given(
    st.lists(
        st.tuples(st.sampled_from(["", "Kari", "Ola N", "Å & Ø"]), st.text("aåæ. ,:&<>-1\n", max_size=20)), max_size=8
    )
)
def test_every_word_of_every_voice_is_read(said: list[tuple[str, str]]) -> None:
    escaped = [(name.replace("&", "&amp;"), text.replace("&", "&amp;").replace("<", "&lt;")) for name, text in said]
    body = "".join(
        f"\n00:0{i}.000 --> 00:0{i}.500\n" + (f"<v {name}>" if name else "") + text.strip("\n") + "\n"
        for i, (name, text) in enumerate(escaped)
    )
    try:
        raw = read("WEBVTT\n" + body)
    except UnreadableOriginal:
        assert not any(text.split() for _, text in said)
        return
    kept = "".join(c for p in raw.paragraphs for c in p.text if c in "aåæ")
    assert kept == "".join(c for _, text in said for c in text if c in "aåæ")


def test_a_sentence_goes_on_in_the_next_cue_where_nobody_is_named() -> None:
    cues = ["I call the on-call doctor", "but nobody picks up the phone.", "Then I wait"]
    blocks = [f"00:0{n}.000 --> 00:0{n + 1}.000\n{cue}\n" for n, cue in enumerate(cues)]
    raw = read_vtt(("WEBVTT\n\n" + "\n".join(blocks)).encode())

    assert [(paragraph.text, paragraph.time) for paragraph in raw.paragraphs] == [
        ("I call the on-call doctor but nobody picks up the phone.", (0.0, 2.0)),
        ("Then I wait", (2.0, 3.0)),
    ]


def test_captions_that_roll_over_the_screen_are_read_once() -> None:
    text = """\
WEBVTT
Kind: captions
Language: nb

00:00:00.080 --> 00:00:02.230 align:start position:0%
~
vi<00:00:00.240><c> ringte</c><00:00:00.480><c> til</c>

00:00:02.230 --> 00:00:02.240 align:start position:0%
vi ringte til
~

00:00:02.240 --> 00:00:04.150 align:start position:0%
vi ringte til
dem<00:00:02.400><c> hver</c><00:00:03.000><c> dag</c>

00:00:04.150 --> 00:00:04.160 align:start position:0%
dem hver dag
~
"""
    raw = read(text.replace("~", " "))
    assert " ".join(paragraph.text for paragraph in raw.paragraphs) == "vi ringte til dem hver dag"
    assert raw.decided == ("3 lines that roll on were read once",)
    assert raw.about == {"language": "nb"}
