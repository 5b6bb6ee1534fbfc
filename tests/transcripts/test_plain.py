import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualkit.transcripts.lines import arrange
from qualkit.transcripts.plain import read_plain
from qualkit.transcripts.raw import RawText, UnreadableOriginal


def read(text: str) -> RawText:
    return read_plain(text.encode())


def words(text: str) -> list[str]:
    return [paragraph.text for paragraph in read(text).paragraphs]


def timed(text: str) -> list[tuple[tuple[float, float] | None, str]]:
    return [(paragraph.time, paragraph.text) for paragraph in read(text).paragraphs]


# Lines


@pytest.mark.parametrize(
    "end", ["\n", "\r\n", "\r", "\u2028", "\u2029", "\u0085", "\v", "\n\n", "\r\n \t\r\n", "\r\r\n"]
)
def test_every_line_end_parts_paragraphs(end: str) -> None:
    assert words(f"I: Hei.{end}R1: Ja, på møtet.{end}") == ["I: Hei.", "R1: Ja, på møtet."]


def test_white_space_and_marks_around_a_line_are_no_speech() -> None:
    assert words("\ufeff  I: Hei. \t\n\u200b\n\ufeffR1: Ja\u00a0da.\u00a0\n") == ["I: Hei.", "R1: Ja\u00a0da."]


def test_what_is_within_a_line_stays() -> None:
    line = "R1: “Ja” … sam\u00adarbeid,\ttab  og 10\u202f000 – \u200bslik [ler] (..) //S02: Ja. //"
    assert words(line) == [line]


@pytest.mark.parametrize(
    "line",
    [
        "I: Hvordan går det?",
        "Informant 1: Bra.",
        "R.1: Bra.",
        "SPEAKER_00: Hei",
        "I\tHvordan går det?",
        "[id1] Ja, det stemmer.",
        "Det var slik: jeg gikk",
        "Og da sa jeg: nei",
    ],
)
def test_labels_are_left_to_the_label_step(line: str) -> None:
    assert words(line + "\n" + line) == [line, line]
    assert not read(line).labelled


@pytest.mark.parametrize("data", [b"", b" \n\t\r\n", "\ufeff\u200b\n".encode(), "\u2003\n".encode()])
def test_an_empty_file_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableOriginal, match="the file is empty"):
        read_plain(data)


def test_rtf_under_another_name_is_refused() -> None:
    with pytest.raises(UnreadableOriginal, match="RTF"):
        read_plain(rb"{\rtf1\ansi\ansicpg1252 I: Hvordan g\'e5r det?\par}")


def test_the_encoding_is_told() -> None:
    assert read_plain("I: På møte?".encode("cp1252")).decided == (
        "the file is not UTF-8; it was read as Windows-1252 (cp1252)",
    )


# Hard-wrapped lines

WRAPPED = """\
I: Kan du fortelle litt om hvordan du opplevde den første tiden etter at du
kom hit, og hva som var vanskelig da?

R1: Ja, altså, det var jo mye nytt på en gang, og jeg husker at jeg tenkte at
dette går aldri bra. Men så kom det en dame fra kommunen som tok seg tid til
å sette seg ned med oss. Og da sa hun: dette finner vi ut av sammen, det er
ikke noe du skal stå alene med.

I: Hva betydde det for deg?

R1: Det betydde alt. Jeg hadde gått i flere uker og ikke visst hvem jeg skulle
ringe til. Ingen tok telefonen, og når de tok den, var det feil kontor.
"""


def test_lines_of_a_fixed_width_are_joined() -> None:
    raw = read(WRAPPED)
    assert [paragraph.text for paragraph in raw.paragraphs] == [
        " ".join(block.split("\n")) for block in WRAPPED.strip().split("\n\n")
    ]
    assert raw.decided == ("the lines are broken at a fixed width; 5 were joined to the line above",)


def test_a_label_after_a_full_line_stays_a_turn() -> None:
    joined = words(WRAPPED.replace("\n\n", "\n"))
    assert [text.split(":")[0] for text in joined] == ["I", "R1", "I", "R1"]


def test_long_lines_of_one_turn_each_are_not_joined() -> None:
    lines = [f"{'I' if i % 2 else 'R1'}: {'og så gikk vi en tur til ' * (2 + i % 2)}{i}" for i in range(30)]
    assert words("\n".join(lines)) == lines


def test_short_lines_are_not_joined() -> None:
    lines = ["ja", "nei", "vi får se", "kanskje det", "ikke godt å si", "vel", "nei", "jo"]
    assert words("\n".join(lines)) == lines


# Line numbers


def test_leading_line_numbers_are_taken_off() -> None:
    speech = ["I: Hei.", "R1: Hei på deg.", "I: Hvor gammel er du?", "R1: 45 år.", "I: Takk.", "R1: 3 barn."]
    raw = read("\n".join(f"{i:>3}\t{line}" for i, line in enumerate(speech, 1)))
    assert [paragraph.text for paragraph in raw.paragraphs] == speech
    assert raw.decided == ("leading line numbers were taken off 6 lines",)


def test_line_numbers_may_begin_anew_on_a_page() -> None:
    speech = [f"R1: linje {chr(97 + i)}" for i in range(24)]
    numbered = [f"{i % 12 + 1} {line}" for i, line in enumerate(speech)]
    assert words("\n".join(numbered)) == speech


def test_numbers_in_fewer_lines_or_out_of_order_stay() -> None:
    listed = ["1. Ja", "2. Nei", "3. Vet ikke", "Hvorfor?", "Derfor.", "Nei."]
    assert words("\n".join(listed)) == listed
    speakers = [f"{1 + i % 2}: {'hei på deg ' * 2}{i}" for i in range(12)]
    assert words("\n".join(speakers)) == speakers
    years = ["2019 flyttet vi", "2015 kom vi", "2021 fikk vi jobb", "1990 var jeg liten", "2003 ble jeg syk"]
    assert words("\n".join(years)) == years


# Markdown


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("**I:** Hvordan går det?", "I: Hvordan går det?"),
        ("**I**: Hvordan?", "I: Hvordan?"),
        ("*Informant 1:* Ja, **veldig** bra.", "Informant 1: Ja, **veldig** bra."),
        ("__R.1:__ Nei", "R.1: Nei"),
        ("_I_: Ja", "I: Ja"),
        ("***I:*** Ja", "I: Ja"),
        ("**SPEAKER_00:** Hei", "SPEAKER_00: Hei"),
        ("**Veldig bra**, sa hun: ja", "**Veldig bra**, sa hun: ja"),
        ("R1: *ler* ja", "R1: *ler* ja"),
        ("*ler* Ja: nettopp", "*ler* Ja: nettopp"),
        ("**Det her er en lang uthevet setning:** ja", "**Det her er en lang uthevet setning:** ja"),
        ("## Intervju 3", "## Intervju 3"),
        ("[SPEAKER_00]: Hvordan går det?", "SPEAKER_00: Hvordan går det?"),
    ],
)
def test_emphasis_is_taken_off_the_label_alone(line: str, text: str) -> None:
    assert words(line) == [text]


# Time marks


@pytest.mark.parametrize(
    ("line", "begin", "text"),
    [
        ("[00:01:23] Speaker 1: Hei", 83.0, "Speaker 1: Hei"),
        ("S01: [00:00:12] Hei", 12.0, "S01: Hei"),
        ("P3 (00:12:01): Hei", 721.0, "P3: Hei"),
        ("R1\t[00:00:12] Hei", 12.0, "R1\tHei"),
        ("#00:01:23-4# I: Hei", 83.4, "I: Hei"),
        ("#00:01:23.456# I: Hei", 83.456, "I: Hei"),
        ("(00:01:23) I: Hei", 83.0, "I: Hei"),
        ("<00:01:23> I: Hei", 83.0, "I: Hei"),
        ("[01:23] I: Hei", 83.0, "I: Hei"),
        ("[1:02:03] I: Hei", 3723.0, "I: Hei"),
        ("[00.01.23] I: Hei", 83.0, "I: Hei"),
        ("**I:** [00:01:23] Hei", 83.0, "I: Hei"),
        ("**[00:01:23] I:** Hei", 83.0, "I: Hei"),
        ("[00:01:23] **I:** Hei", 83.0, "I: Hei"),
        ("[00:01:23]\nI: Hei", 83.0, "I: Hei"),
        ("[00:01:23]\n\n**I:**\nHei", 83.0, "I: Hei"),
    ],
)
def test_a_time_mark_at_the_start(line: str, begin: float, text: str) -> None:
    assert timed(line) == [((begin, begin), text)]
    assert read(line).decided[0] == "1 time mark was taken out of the text and kept as times"


def test_a_mark_runs_to_the_next() -> None:
    assert timed("[00:01] I: a\nfortsetter\n[00:05] R: b\n[00:03] I: c\n[00:04 - 00:09] R: d") == [
        ((1.0, 5.0), "I: a"),
        (None, "fortsetter"),
        ((5.0, 5.0), "R: b"),
        ((3.0, 4.0), "I: c"),
        ((4.0, 9.0), "R: d"),
    ]


def test_a_mark_at_the_end_closes_its_paragraph() -> None:
    assert timed("I: Hvordan går det? #00:01:23-4#\nR: Bra. #00:01:30-0#\nI: Fint.") == [
        ((0.0, 83.4), "I: Hvordan går det?"),
        ((83.4, 90.0), "R: Bra."),
        (None, "I: Fint."),
    ]
    assert timed("#00:00:05-0# Ja. #00:00:09-0#") == [((5.0, 9.0), "Ja.")]


def test_brackets_at_the_end_are_times_only_as_a_habit() -> None:
    assert timed("Jeg hørte ikke [00:12:30]") == [(None, "Jeg hørte ikke [00:12:30]")]
    assert timed("Ja. [00:00:30]\nNei. [00:00:40]") == [((0.0, 30.0), "Ja."), ((30.0, 40.0), "Nei.")]


def test_times_without_brackets_at_line_starts() -> None:
    assert timed("00:03:40.5Zack: Hei der.\n00:03:44.0Anna: Hei.") == [
        ((220.5, 224.0), "Zack: Hei der."),
        ((224.0, 224.0), "Anna: Hei."),
    ]
    nvivo = "00:01:23 - 00:01:30\tR1\tJa, det stemmer.\n00:01:30 - 00:01:32\tI\tHm."
    assert timed(nvivo) == [((83.0, 90.0), "R1\tJa, det stemmer."), ((90.0, 92.0), "I\tHm.")]


@pytest.mark.parametrize(
    "line",
    [
        "R1: Klokka 12:30 kom de.",
        "12:30 kom bussen, og 13.15 var vi framme",
        "Vi spiste (12:30)",
        "Og da kom han (12:30): det var sent",
        "R1: kl. 10.15",
        "[12.10.23] Feltnotat fra møtet",
        "[01.10.2023] Feltnotat",
        "[99:99] ja",
        "I: på side 3.14.15 står det",
        "forholdet var [2:1]",
        "R1: jeg sto opp 06:30:15",
    ],
)
def test_times_in_speech_are_speech(line: str) -> None:
    assert timed(line + "\nR1: Ja.") == [(None, line), (None, "R1: Ja.")]


def test_nothing_but_times_is_refused() -> None:
    with pytest.raises(UnreadableOriginal, match="nothing but times"):
        read("[00:00:01]\n[00:00:05]\n")


# Header lines

TEAMS = """\
Møte 3
Ola Nordmann started transcription

Ola Nordmann  0:04
Hei, klokka 12:30 er fin.
Ja: det er den.

Kari Nes   1:00:10
Nei.
Ola Nordmann\t1:00:12
Jo.
Ola Nordmann stopped transcription
"""


def test_header_lines_give_speaker_and_time() -> None:
    raw = read(TEAMS)
    assert raw.labelled
    assert [(p.speaker, p.time, p.text) for p in raw.paragraphs] == [
        ("Ola Nordmann", (4.0, 3610.0), "Hei, klokka 12:30 er fin.\nJa: det er den."),
        ("Kari Nes", (3610.0, 3612.0), "Nei."),
        ("Ola Nordmann", (3612.0, 3612.0), "Jo."),
    ]
    assert dict(raw.about) == {"title": "Møte 3"}
    assert raw.decided == (
        "1 line above the first speaker (a title, a date, a summary) was left out",
        "speakers and times were read from 3 header lines",
        "2 notes that the transcription began or ended were left out",
    )


def test_word_transcribe_headers() -> None:
    raw = read("00:00:05 Speaker 1\nHei.\n00:00:09 Speaker 2\nHei på deg.\nJa.\n")
    assert [(p.speaker, p.time, p.text) for p in raw.paragraphs] == [
        ("Speaker 1", (5.0, 9.0), "Hei."),
        ("Speaker 2", (9.0, 9.0), "Hei på deg.\nJa."),
    ]


def test_span_and_name_on_lines_of_their_own() -> None:
    raw = read("0:0:5.100 --> 0:0:8.250\nKari Nes\nHei.\n0:0:9.0 --> 0:0:10.0\nKari Nes\nJa.\n")
    assert [(p.speaker, p.time, p.text) for p in raw.paragraphs] == [
        ("Kari Nes", (5.1, 8.25), "Hei."),
        ("Kari Nes", (9.0, 10.0), "Ja."),
    ]


def test_speech_about_transcription_is_speech() -> None:
    raw = read("Ola  0:04\nOg da stoppet transkripsjonen\nKari  0:09\nJa.\n")
    assert [p.text for p in raw.paragraphs] == ["Og da stoppet transkripsjonen", "Ja."]


def test_one_header_is_none() -> None:
    lines = ["Pause  0:15", "I: Da fortsetter vi."]
    assert words("\n".join(lines)) == lines


def test_a_table_of_contents_is_no_transcript() -> None:
    lines = ["Innledning  0:00", "Bakgrunn  4:10", "Slutt  9:59", "Teksten begynner."]
    assert words("\n".join(lines)) == lines


def test_a_time_before_speech_is_no_header() -> None:
    text = "00:00:05 Ja det var fint\n00:00:09 Nei\n00:00:12 Vi får se\n"
    assert timed(text) == [((5.0, 9.0), "Ja det var fint"), ((9.0, 12.0), "Nei"), ((12.0, 12.0), "Vi får se")]


# Labels on lines of their own


def test_a_label_alone_is_joined_to_the_line_below() -> None:
    raw = read("Intervjuer:\nHvordan går det?\n\nInformant 1:\n\nBra.\nVeldig bra.\n")
    assert [p.text for p in raw.paragraphs] == ["Intervjuer: Hvordan går det?", "Informant 1: Bra.", "Veldig bra."]
    assert raw.decided == ("2 labels that stood alone were joined to the line below",)


def test_a_known_label_alone_without_a_colon() -> None:
    assert words("Intervjuer\nHei.\nInformant 1\nHei.\nIntervjuer\nJa.\nInformant 1\nNei.") == [
        "Intervjuer: Hei.",
        "Informant 1: Hei.",
        "Intervjuer: Ja.",
        "Informant 1: Nei.",
    ]


def test_a_label_alone_does_not_swallow_the_next_turn() -> None:
    lines = ["Dato:", "Sted:", "I: Hei.", "Og så sa hun plutselig:", "R1: Nei.", "I: Ja."]
    assert words("\n".join(lines)) == lines
    assert words("Intervjuer:\nI: Hei.\nIntervjuer:\nI: Ja.") == ["Intervjuer:", "I: Hei.", "Intervjuer:", "I: Ja."]
    long = "R1: " + "dette er en lang replikk " * 10
    assert words(f"Og da:\n{long}\nI: Ja.\nR1: Nei.") == ["Og da:", long.strip(), "I: Ja.", "R1: Nei."]


def test_speech_with_a_colon_below_a_label_alone() -> None:
    assert words("Intervjuer:\nEn ting: hvor lenge?\nR1:\nLenge.\nIntervjuer:\nTakk.")[0] == (
        "Intervjuer: En ting: hvor lenge?"
    )


# What the readers share


def test_pieces_tell_where_the_words_stood() -> None:
    lines = ["[00:01] I: Hei. #00:00:02-0#", "R1:", "Ja."]
    arranged = arrange(lines).paragraphs
    assert [[lines[p.line][p.start : p.end] for p in one.pieces] for one in arranged] == [["I: Hei."], ["R1:", "Ja."]]


def test_lines_of_one_paragraph_stay_together() -> None:
    lines = ["I: Hei.", "", "ja", "[00:05] R1: Nei.", "Jo."]
    arranged = arrange(lines, continues={1, 2, 3, 4}).paragraphs
    assert [one.text(lines) for one in arranged] == ["I: Hei.\n\nja", "R1: Nei.\nJo."]


def test_a_long_line_is_read_in_linear_time() -> None:
    begin = time.process_time()
    line = "I: " + "så gikk vi kl 10.30 til (12:30) og [tok] **pause** " * 200_000
    assert words(line) == [line.strip()]
    assert time.process_time() - begin < 20


@given(st.binary(max_size=400))
def test_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        raw = read_plain(data)
    except UnreadableOriginal:
        return
    assert raw.paragraphs
    assert all(paragraph.text.strip() for paragraph in raw.paragraphs)


LINES = st.lists(
    st.one_of(
        st.sampled_from(
            [
                "I:",
                "Intervjuer",
                "**I:** ja",
                "[00:01]",
                "#00:00:01-4#",
                "Ola  0:04",
                "00:00:05 Speaker 1",
                "",
                "12 ",
                "(12:30)",
            ]
        ),
        st.text(st.sampled_from("aå :.[]()#*_0123\t<>-"), max_size=30),
    ),
    max_size=12,
).map("\n".join)


@given(LINES)
def test_no_word_is_lost_or_invented(text: str) -> None:
    """Letters outside labels and time marks come back in their order, whatever the lines look like."""
    try:
        raw = read(text)
    except UnreadableOriginal:
        return
    kept = "".join((p.speaker or "") + p.text for p in raw.paragraphs)
    assert [c for c in kept if c in "aå"] == [c for c in text if c in "aå"] or raw.labelled
    for paragraph in raw.paragraphs:
        assert paragraph.time is None or paragraph.time[0] <= paragraph.time[1]
