import pytest

from qualkit.transcripts.noscribe import read_noscribe
from qualkit.transcripts.plain import read_plain
from qualkit.transcripts.raw import RawText, UnreadableOriginal
from qualkit.transcripts.reading import transcribe

HEAD = """\
<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.0//EN" "http://www.w3.org/TR/REC-html40/strict.dtd">
<html><head><meta name="qrichtext" content="1" /><meta charset="UTF-8" />
<meta name="audio_source" content="C:/Opptak/Kari Nes.m4a" /><style type="text/css">p { margin: 0 }</style>
</head><body style="font-family: 'Arial'">
<p><span style="font-weight: 600">Kari Nes</span></p>
<p><span style="color: #909090">Transcribed with noScribe vers. 0.7<br />Audio source: C:/Opptak/Kari Nes.m4a</span></p>
"""


def segment(begin: int, end: int, speaker: str, text: str) -> str:
    return f'<a name="ts_{begin}_{end}_{speaker}" ><span style="color: #000000">{text}</span></a>'


def read(*paragraphs: str) -> RawText:
    return read_noscribe((HEAD + "".join(f"<p>{one}</p>\n" for one in paragraphs) + "</body></html>").encode())


def turns(raw: RawText) -> list[tuple[str | None, tuple[float, float] | None, str]]:
    transcript = transcribe(raw, transcript_id="I3").transcript
    return [(turn.speaker, turn.time, transcript.text[turn.start : turn.end]) for turn in transcript.turns]


def test_segments_give_times_and_labels_speakers() -> None:
    raw = read(
        segment(0, 2130, "", "(..)"),
        segment(2130, 7730, "S00", "S00: ")
        + segment(2130, 7730, "S00", "[00:00:02]")
        + segment(2130, 7730, "S00", " Hvordan går det på R&amp;D?")
        + segment(8330, 9730, "S00", " //S01: Ja. // Fint?"),
        segment(17900, 18660, "S01", "S01: [00:00:17] Jo."),
    )
    assert turns(raw) == [
        (None, (0.0, 2.13), "(..)"),
        ("S00", (2.13, 9.73), "Hvordan går det på R&D? //S01: Ja. // Fint?"),
        ("S01", (17.9, 18.66), "Jo."),
    ]
    assert "Opptak" not in repr(raw)
    assert raw.decided == (
        "3 lines above the first segment (title, settings, path) were left out",
        "2 time marks were taken out of the text and kept as times",
    )


def test_what_was_typed_and_renamed_in_the_editor() -> None:
    raw = read(
        segment(0, 1000, "S00", "Intervjuer ")
        + segment(0, 1000, "S00", "[00:00:00]")
        + segment(0, 1000, "S00", ": Hei."),
        "Dette ble skrevet til.",
        segment(1000, 2000, "S01", "Kari: Hei.<br />Ja.") + " <b>Nei</b>.",
        segment(2000, 3000, "S00", "Intervjuer: Fint?"),
    )
    assert turns(raw) == [
        ("Intervjuer", (0.0, 1.0), "Hei.\nDette ble skrevet til."),
        ("Kari", (1.0, 2.0), "Hei.\nJa. Nei."),
        ("Intervjuer", (2.0, 3.0), "Fint?"),
    ]


def test_segments_without_a_speaker_in_their_name() -> None:
    raw = read('<a name="ts_0_2000" href="ts_0_2000">S01: <span>[00:00:00]</span>Hei.</a>')
    assert turns(raw) == [("S01", (0.0, 2.0), "Hei.")]


def test_times_that_run_backwards_are_told() -> None:
    raw = read(segment(5000, 6000, "S01", "S01: Hei."), segment(1000, 900, "S02", "S02: Ja."))
    assert [time for _, time, _ in turns(raw)] == [(5.0, 6.0), (1.0, 1.0)]
    assert "times run backwards in 1 place; the order of the file was kept" in raw.decided


@pytest.mark.parametrize("codec", ["cp1252", "utf-16", "utf-8-sig"])
def test_another_encoding_than_the_page_declares(codec: str) -> None:
    page = HEAD + "<p>" + segment(0, 1, "S01", "S01: På møtet.") + "</p>"
    assert [p.text for p in read_noscribe(page.encode(codec)).paragraphs] == ["S01: På møtet."]


def test_a_page_that_breaks_off_keeps_its_words() -> None:
    page = HEAD + "<p>" + segment(0, 1, "S01", "S01: Hei.") + "</p><p>" + segment(1, 2, "S02", "S02: Ja")[:-9]
    assert [p.text for p in read_noscribe(page.encode()).paragraphs] == ["S01: Hei.", "S02: Ja"]


@pytest.mark.parametrize(
    ("page", "message"),
    [
        ("", "the file is empty"),
        ("<html><body><p>Hei</p></body></html>", "a web page, and not one that noScribe wrote"),
        (HEAD, "a web page, and not one that noScribe wrote"),
        ('<p><a name="ts_0_1_S01"></a></p>', "a web page, and not one that noScribe wrote"),
        ('<p><a name="ts_x_y_S01">Hei</a></p>', "a web page, and not one that noScribe wrote"),
    ],
)
def test_other_pages_are_refused(page: str, message: str) -> None:
    with pytest.raises(UnreadableOriginal, match=message) as refusal:
        read_noscribe(page.encode())
    assert refusal.value.hint


@pytest.mark.parametrize(
    "bomb",
    ["<a " * 200_000, "<p>" * 200_000, "<!--" * 200_000, "<script>" * 200_000, "&#" + "9" * 9_999 + ";", "<" * 500_000],
)
def test_bombs_are_read_in_linear_time(bomb: str) -> None:
    page = "<p>" + segment(0, 1, "S01", "S01: Hei.") + "</p>" + bomb
    assert read_noscribe(page.encode()).paragraphs[0].text == "S01: Hei."


def test_noscribes_text_loses_its_note() -> None:
    text = (
        "Kari Nes\n\nTranscribed with noScribe vers. 0.7\nAudio source: C:/Opptak/Kari Nes.m4a\n\n"
        "S01: [00:00:34] Guten Tag (..) //S02: Ja. //\n\nS02: [00:00:40] Hallo.\n"
    )
    raw = read_plain(text.encode())
    assert turns(raw) == [("S01", (34.0, 40.0), "Guten Tag (..) //S02: Ja. //"), ("S02", (40.0, 40.0), "Hallo.")]
    assert raw.decided[0] == "3 lines above the first turn were noScribe's (title, settings, path), and left out"
    assert "Opptak" not in repr(raw)


def test_who_only_talks_about_noscribe_loses_nothing() -> None:
    text = "I: Brukte du noScribe?\nR: Ja, noScribe versjon sju."
    assert [p.text for p in read_plain(text.encode()).paragraphs] == text.split("\n")
