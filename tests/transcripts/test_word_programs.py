"""Layouts of Word documents that programs write, and of tables that people type; built from XML."""

import io
import zipfile
from collections import Counter
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualkit.transcripts.plain import read_plain
from qualkit.transcripts.raw import RawText, UnreadableOriginal
from qualkit.transcripts.reading import transcribe
from qualkit.transcripts.word import read_word

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
LONG = "Det var jo slik at vi ikke fikk plass, og da måtte vi reise hjem."
Said = tuple[str | None, tuple[float, float] | None, str]


def docx(body: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        archive.writestr("word/document.xml", f'{head}<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>')
    return buffer.getvalue()


def read(*body: str) -> RawText:
    return read_word(docx("".join(part if part.startswith("<") else p(part) for part in body)))


def r(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def p(*runs: str) -> str:
    return f"<w:p>{''.join(run if run.startswith('<') else r(run) for run in runs)}</w:p>"


def below(text: str) -> str:
    """Return a run that begins with a line break, as programs write them."""
    return f'<w:r><w:br/><w:t xml:space="preserve">{text}</w:t></w:r>'


def tr(*cells: str) -> str:
    return "<w:tr>" + "".join(f"<w:tc><w:tcPr/>{c if c.startswith('<') else p(c)}</w:tc>" for c in cells) + "</w:tr>"


def table(*rows: list[str]) -> str:
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(tr(*row) for row in rows)}</w:tbl>"


def said(raw: RawText) -> list[Said]:
    return [(paragraph.speaker, paragraph.time, paragraph.text) for paragraph in raw.paragraphs]


def spoken(raw: RawText) -> list[tuple[str | None, str]]:
    """Return the turns as they come to stand in a transcript."""
    transcript = transcribe(raw, transcript_id="K1").transcript
    return [(turn.speaker, transcript.text[turn.start : turn.end]) for turn in transcript.turns]


# Teams


def teams(name: str, clock: str, *lines: str) -> str:
    return p(r(name, "<w:b/>"), r(f"   {clock}"), *map(below, lines))


def test_teams_in_norwegian() -> None:
    raw = read(
        "Intervju 3-20260310_101010-Opptak av møte",
        "10. mars 2026, 10:10a.m.",
        "47m 23s",
        p(r("Pål Dahl", "<w:b/>"), " startet transkripsjon"),
        teams("Pål Dahl", "0:03", "Hva tenker du?"),
        teams("Svarperson", "0:11", "Jeg tenker", "på det."),
        teams("Pål Dahl", "1:00:31", "Ja."),
        p(r("Pål Dahl", "<w:b/>"), " stoppet transkripsjon"),
    )
    assert said(raw) == [
        ("Pål Dahl", (3.0, 11.0), "Hva tenker du?"),
        ("Svarperson", (11.0, 3631.0), "Jeg tenker\npå det."),
        ("Pål Dahl", (3631.0, 3631.0), "Ja."),
    ]
    assert dict(raw.about) == {
        "title": "Intervju 3-20260310_101010-Opptak av møte",
        "date": "10. mars 2026, 10:10a.m.",
    }
    assert raw.decided[0] == "3 lines above the first speaker (title, date, summary) were left out"
    assert raw.doubts == ()


def test_teams_where_one_person_spoke_once() -> None:
    raw = read("Kari Nes started transcription", teams("Kari Nes", "0:03", "Ja."))
    assert said(raw) == [("Kari Nes", (3.0, 3.0), "Ja.")]


def test_teams_with_odd_names_and_none() -> None:
    raw = read(
        teams("Nes, Kari (Ekstern)", "0:03", "en"),
        teams("Ola Nordmann | NTNU", "0:09", "to"),
        teams("+47 99 ** ** 12", "0:12", "tre"),
        teams("", "0:15", "fire"),
    )
    assert [(speaker, text) for speaker, _, text in said(raw)] == [
        ("Nes, Kari (Ekstern)", "en"),
        ("Ola Nordmann | NTNU", "to"),
        ("+47 99 ** ** 12", "tre"),
        (None, "fire"),
    ]
    assert spoken(raw)[-1] == ("?", "fire")


@pytest.mark.parametrize("apart", [True, False])
def test_older_teams(apart: bool) -> None:
    turns = [("0:0:5.100 --> 0:0:8.250", "Kari Nes", "Hei."), ("0:0:9.0 --> 0:0:9.5", "Ola", "Ja.")]
    body = ["".join(map(p, turn)) if apart else p(turn[0], below(turn[1]), below(turn[2])) for turn in turns]
    assert said(read(*body)) == [("Kari Nes", (5.1, 8.25), "Hei."), ("Ola", (9.0, 9.5), "Ja.")]


def test_speech_by_hand_above_header_lines_is_kept() -> None:
    raw = read("I: Hei.", "K1: Hei.", "I: Ja?", teams("Del to", "0:03", "Ja."), teams("Del tre", "0:09", "Nei."))
    assert [one.text for one in raw.paragraphs] == ["I: Hei.", "K1: Hei.", "I: Ja?", "Ja.", "Nei."]


# Word's transcriber, Otter


HEAD = ("Audio file", p("<w:hyperlink>" + r("opptak.mp3") + "</w:hyperlink>"), "Transcript")
HODE = ("Lydfil", p("<w:hyperlink>" + r("opptak.mp3") + "</w:hyperlink>"), "Transkripsjon")


@pytest.mark.parametrize("head", [HEAD, HODE])
def test_the_four_options_of_words_transcriber(head: tuple[str, ...]) -> None:
    assert said(read(*head, "Hei.", "Takk.")) == [(None, None, "Hei."), (None, None, "Takk.")]
    times = read(*head, "00:00:05", "Hei.", "00:00:09", "Takk.")
    assert said(times) == [(None, (5.0, 9.0), "Hei."), (None, (9.0, 9.0), "Takk.")]
    speakers = read(*head, "Speaker 1", "Hei.", "Speaker 2", "Takk.", "Speaker 1", "Ja.", "Da så.")
    assert spoken(speakers) == [("Speaker 1", "Hei."), ("Speaker 2", "Takk."), ("Speaker 1", "Ja.\nDa så.")]
    both = read(*head, "00:00:05 Taler 1", "Hei.", "00:00:09 Kari Nes", "Takk.", "00:00:19 Taler 1", "Ja.")
    assert said(both) == [
        ("Taler 1", (5.0, 9.0), "Hei."),
        ("Kari Nes", (9.0, 19.0), "Takk."),
        ("Taler 1", (19.0, 19.0), "Ja."),
    ]
    for raw in (times, speakers, both):
        assert raw.decided[0] == "the link to the recording above the transcript was left out"


OTTER = (
    "Intervju 3",
    "Thu, Mar 12, 2026 10:01AM • 45:10",
    "SUMMARY KEYWORDS",
    "bolig, jobb",
    "SPEAKERS",
    "Kari Nes, Speaker 2",
    "Kari Nes  00:04  ",
    "Ja.",
    "Speaker 2  00:09",
    "Nei.",
    "Transcribed by https://otter.ai",
)


def test_otter_in_word_and_text() -> None:
    for raw in (read(*OTTER), read_plain("\n".join(OTTER).encode())):
        assert said(raw) == [("Kari Nes", (4.0, 9.0), "Ja."), ("Speaker 2", (9.0, 9.0), "Nei.")]
        assert raw.decided[:2] == (
            "1 line in which a program tells of itself was left out",
            "6 lines above the first speaker (title, date, summary) were left out",
        )


def test_otter_without_names() -> None:
    raw = read("0:04  ", "Ja.", "0:09", "Nei.", "10:02", "Jo.", "Transcribed by https://otter.ai")
    assert said(raw) == [(None, (4.0, 9.0), "Ja."), (None, (9.0, 602.0), "Nei."), (None, (602.0, 602.0), "Jo.")]


def test_captions_that_zoom_saved() -> None:
    turns = [("Kari Nes", "Hei."), ("Ola", "Ja."), ("Kari Nes", "Bra."), ("Ola", "Da så.")]
    lines = "".join(f"[{name}] 10:05:{i:02}\n{text}\n\n" for i, (name, text) in enumerate(turns))
    raw = read_plain(lines.encode())
    assert [(speaker, text) for speaker, _, text in said(raw)] == turns


# An assistant's summary


SUMMARY = "Deltakerne var enige om at boligen var viktigst."
TIPS = "You should review Gemini's notes to make sure they're accurate. Get tips and learn how Gemini takes notes"
SPEECH = ("00:00:00", "Kari Nes: Nei.", "Ola: Jo.", "00:05:00", "Kari Nes: Da så.", "Ola: Ja.")


@pytest.mark.parametrize(
    "above",
    [
        (
            "📝 Notes",
            "Summary",
            SUMMARY,
            "Details",
            SUMMARY,
            TIPS,
            "📖 Transcript",
            "Jun 16, 2026",
            "Bolig - Transcript",
        ),
        ("Sammendrag", SUMMARY, "Neste steg", "Kari Nes: ringer Ola", "📖 Transkripsjon"),
        ("Oppsummering", SUMMARY, "Utskrift"),
        (SUMMARY, SUMMARY),
        (SUMMARY, TIPS),
        ("Møte om bolig", "Notater av Gemini", SUMMARY, "Kari Nes: ringer Ola"),
        ("Attendees", "Kari Nes, Ola", "Transcript"),
        (),
    ],
)
def test_notes_above_a_google_meet_transcript_are_no_data(above: tuple[str, ...]) -> None:
    end = (
        "Transcription ended after 00:49:58",
        "This editable transcript was computer generated and might contain errors.",
    )
    for raw in (read(*above, *SPEECH, *end, SUMMARY), read_plain("\n".join((*above, *SPEECH, *end, SUMMARY)).encode())):
        assert spoken(raw) == [("Kari Nes", "Nei."), ("Ola", "Jo."), ("Kari Nes", "Da så."), ("Ola", "Ja.")]
        assert "enige" not in "".join(one.text for one in raw.paragraphs)
        assert any("left out" in sentence for sentence in raw.decided)


@pytest.mark.parametrize(
    "notes",
    [
        ("Møtenotater", "AI-generert innhold kan være feil", SUMMARY, "Oppfølgingsoppgaver", "Kari Nes: ringer Ola"),
        ("Meeting notes", "AI-generated content may be incorrect", SUMMARY),
        ("Quick recap", SUMMARY, "Next steps", SUMMARY, "Summary", SUMMARY),
        (SUMMARY, SUMMARY),
    ],
)
def test_a_recap_above_or_below_a_teams_transcript_is_no_data(notes: tuple[str, ...]) -> None:
    turns = (teams("Kari Nes", "0:03", "Ja."), teams("Ola", "0:09", "Nei."))
    above = read(*notes, "Transkripsjon", *turns)
    assert [(speaker, text) for speaker, _, text in said(above)] == [("Kari Nes", "Ja."), ("Ola", "Nei.")]
    if len(notes) > 2:
        beneath = read(*turns, *notes)
        assert [(speaker, text) for speaker, _, text in said(beneath)] == [("Kari Nes", "Ja."), ("Ola", "Nei.")]
        assert [doubt.check for doubt in beneath.doubts] == ["below-speech"]


def test_a_long_text_above_the_first_speaker_is_told_as_doubtful() -> None:
    raw = read(LONG * 8, teams("Kari Nes", "0:03", "Ja."), teams("Ola", "0:09", "Nei."))
    assert [doubt.check for doubt in raw.doubts] == ["above-speech"]
    assert "plass" not in raw.doubts[0].message


@pytest.mark.parametrize(
    "notes",
    [
        ("Summary", SUMMARY, "Suggested next steps", "Kari will ring Ola.", TIPS),
        ("Møtesammendrag", "KI-generert innhold kan inneholde feil", SUMMARY),
        ("Meeting summary with AI Companion", SUMMARY, "Next steps", SUMMARY),
    ],
)
def test_notes_without_a_transcript_are_refused(notes: tuple[str, ...]) -> None:
    with pytest.raises(UnreadableOriginal, match="a machine's notes on a conversation, and no transcript"):
        read(*notes)


def test_people_may_speak_of_assistants() -> None:
    lines = [
        "Sammendrag",
        "I: Bruker dere Copilot?",
        "K1: Ja, det er jo AI-generert.",
        "I: Møtet ble avsluttet etter 45",
        "K1: Ja.",
    ]
    raw = read(*lines)
    assert [one.text for one in raw.paragraphs] == lines
    assert raw.decided == ()
    assert [doubt.check for doubt in raw.doubts] == ["machine-notes"]


def test_sections_with_times_keep_speech_above_the_first() -> None:
    lines = ["Stikkord", "I: Hei.", "K1: Hei.", "00:01:00", "I: Hvordan?", "00:02:00", "K1: Bra."]
    assert [text for _, text in spoken(read(*lines))] == ["Stikkord", "Hei.", "Hei.", "Hvordan?", "Bra."]


def test_headings_say_which_column_names_the_speaker() -> None:
    rows = [
        ["Taler", "Utsagn"],
        ["Anne Berg, intervjuer ved NTNU", "Ja"],
        ["Kari Nes, sykepleier i hjemmetjenesten", "Nei"],
    ]
    assert [(speaker, text) for speaker, _, text in said(read(table(*rows)))] == [(a, b) for a, b in rows[1:]]


# NVivo, f4


def test_nvivo_marks_on_lines_of_their_own_and_before_speech() -> None:
    raw = read("#00:00:00#", "I:\tHei.", "[00:02:00] R1: Ja.", "#00:03:00# R1: Mer.")
    assert said(raw) == [
        (None, (0.0, 120.0), "I:\tHei."),
        (None, (120.0, 180.0), "R1: Ja."),
        (None, (180.0, 180.0), "R1: Mer."),
    ]


def test_f4_marks_at_the_end_and_within() -> None:
    raw = read(
        "I: Går det? #00:01:23-4#", "B: Bra. #00:01:30-0# Og så verre. #00:02:00-1#", "B: (..) #00:02:30-0# nå #1"
    )
    assert said(raw) == [
        (None, (0.0, 83.4), "I: Går det?"),
        (None, (83.4, 120.1), "B: Bra. Og så verre."),
        (None, None, "B: (..) nå #1"),
    ]


# Tables


ROWS = [
    ("1", "00:00:05", "I", "Hei?"),
    ("2", "00:00:09", "K1", LONG),
    ("5", "00:00:12", "", "Mer."),
    ("9", "00:00:15", "I", "Ja?"),
]
TURNS: list[Said] = [
    ("I", (5.0, 9.0), "Hei?"),
    ("K1", (9.0, 12.0), LONG),
    ("K1", (12.0, 15.0), "Mer."),
    ("I", (15.0, 15.0), "Ja?"),
]
HEADS = ("Nr.", "Tidskode", "Hvem snakker", "Hva blir sagt")


@pytest.mark.parametrize("headed", [True, False])
@pytest.mark.parametrize(
    "order", [(0, 1, 2, 3), (3, 2, 1, 0), (1, 2, 3), (2, 3, 1), (3, 1, 2), (0, 2, 3), (2, 3), (3, 2)]
)
def test_columns_in_any_order(order: tuple[int, ...], headed: bool) -> None:
    rows = [[row[i] for i in order] for row in ([HEADS] if headed else []) + ROWS]
    raw = read(table(*rows))
    timed = 1 in order
    assert said(raw) == [(speaker, time if timed else None, text) for speaker, time, text in TURNS]
    assert raw.labelled
    assert ("1 heading row of a table was left out" in raw.decided) == headed
    assert ("1 column of row numbers was left out" in raw.decided) == (0 in order)


def test_columns_for_begin_and_end() -> None:
    rows = [
        ["Start", "Slutt", "Taler", "Ytring"],
        ["0:05", "0:08", "I", "Hei?"],
        ["0:09", "0:30", "K1", LONG],
        ["0:31", "0:32", "I", "Ja?"],
    ]
    assert said(read(table(*rows))) == [
        ("I", (5.0, 8.0), "Hei?"),
        ("K1", (9.0, 30.0), LONG),
        ("I", (31.0, 32.0), "Ja?"),
    ]


def test_a_column_of_the_researchers_notes_is_left_out_and_told() -> None:
    rows = [
        ["Hvem", "Hva", "Kommentarer"],
        ["I", "Hei?", ""],
        ["K1", LONG, "gråter"],
        ["I", "Ja?", ""],
        ["K1", "Nei.", ""],
    ]
    raw = read(table(*rows))
    assert [(speaker, text) for speaker, _, text in said(raw)] == [
        ("I", "Hei?"),
        ("K1", LONG),
        ("I", "Ja?"),
        ("K1", "Nei."),
    ]
    assert "1 column of notes or codes was left out" in raw.decided


@pytest.mark.parametrize("cell", ["{} (00:{})", "{}\n00:{}", "{} [00:{}]:", "{}: 0:00:{}"])
def test_speaker_and_time_in_one_cell(cell: str) -> None:
    rows = [("I", 10, "Hei?"), ("K1", 12, LONG), ("I", 30, "Ja?"), ("K1", 31, "Nei.")]
    raw = read(table(*(["".join(map(p, cell.format(who, at).split("\n"))), text] for who, at, text in rows)))
    assert said(raw) == [
        ("I", (10.0, 12.0), "Hei?"),
        ("K1", (12.0, 30.0), LONG),
        ("I", (30.0, 31.0), "Ja?"),
        ("K1", (31.0, 31.0), "Nei."),
    ]


def test_numbered_rows_with_labels_in_the_text() -> None:
    raw = read(table(["1", "I: Hei?"], ["2", f"K1: {LONG}"], ["3", "I: Ja?"]))
    assert spoken(raw) == [("I", "Hei?"), ("K1", LONG), ("I", "Ja?")]


def test_merged_cells_go_on_with_the_speaker() -> None:
    merged = f'<w:tc><w:tcPr><w:vMerge w:val="restart"/></w:tcPr>{p("K1")}</w:tc>'
    rows = f"<w:tr><w:tc>{p('I')}</w:tc><w:tc>{p('Hei?')}</w:tc></w:tr><w:tr>{merged}<w:tc>{p(LONG)}</w:tc></w:tr>"
    rows += f"<w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr>{p()}</w:tc><w:tc>{p('Mer.')}</w:tc></w:tr>"
    rows += f"<w:tr><w:tc>{p('I')}</w:tc><w:tc>{p('Ja?')}</w:tc></w:tr>"
    raw = read(f"<w:tbl>{rows}</w:tbl>")
    assert [(speaker, text) for speaker, _, text in said(raw)] == [
        ("I", "Hei?"),
        ("K1", LONG),
        ("K1", "Mer."),
        ("I", "Ja?"),
    ]


INTERVIEW = table(["I", "Hei?"], ["K7", LONG], ["I", "Mer?"], ["K7", "Ja."])
FACTS = [
    [["Informant", "K7"], ["Dato", "12.3.2026"], ["Sted", "Oslo"]],
    [["Informant:", "K7"], ["Intervjuer:", "Anne"]],
    [["Informant 1", "Sykepleier, 45 år"], ["Informant 2", "Lege, 50 år"], ["Intervjuer", "Anne"]],
    [["Tittel", "Bolig"], ["", ""], ["Varighet", "45 minutter."], ["Samtykke", "ja"]],
    [["Dato", "12.3.2026", ""], ["Deltakere", "K7 og Anne", ""]],
    [["Informant", "K7"]],
]


@pytest.mark.parametrize("facts", FACTS)
def test_a_table_of_facts_is_nobodys_speech(facts: list[list[str]]) -> None:
    told = "1 table of facts about the interview was left out"
    above_table = read(table(*facts), INTERVIEW)
    assert spoken(above_table) == [("I", "Hei?"), ("K7", LONG), ("I", "Mer?"), ("K7", "Ja.")]
    assert told in above_table.decided
    above_text = read(table(*facts), "I: Hei?", f"K7: {LONG}")
    assert spoken(above_text) == [("I", "Hei?"), ("K7", LONG)]
    assert told in above_text.decided


def test_lines_of_facts_above_speech_are_nobodys() -> None:
    lines = [
        "Intervju 7",
        "Informant: K7",
        "Dato: 12.3.2026",
        "Sted:\tOslo",
        "Intervjuer: Anne",
        "I: Hei?",
        f"K7: {LONG}",
    ]
    for raw in (read(*lines), read_plain("\n\n".join(lines).encode())):
        assert spoken(raw) == [(None, "Intervju 7"), ("I", "Hei?"), ("K7", LONG)]
        assert dict(raw.about) == {"date": "12.3.2026", "place": "Oslo"}
        assert raw.facts == tuple(lines[1:5])


@pytest.mark.parametrize(
    "lines",
    [
        ["Informant: Ja", "Intervjuer: Nei", "Informant: Jo"],
        ["Informant: Ja, det var i 2019.", "Intervjuer: Dato?", "Informant: Mars."],
        ["I: Hei.", "K7: Hei.", "Dato: 12.3.2026", "Sted: Oslo"],
        ["Dato: 12.3.2026", "I: Hei.", "K7: Hei."],
    ],
)
def test_lines_that_may_be_speech_are_no_facts(lines: list[str]) -> None:
    assert [one.text for one in read(*lines).paragraphs] == lines


def test_facts_at_the_head_of_the_interview_table() -> None:
    raw = read(table(*FACTS[0], ["I", "Hei?"], ["K7", LONG], ["I", "Mer?"], ["K7", "Ja."]))
    assert spoken(raw) == [("I", "Hei?"), ("K7", LONG), ("I", "Mer?"), ("K7", "Ja.")]
    assert dict(raw.about) == {"date": "12.3.2026", "place": "Oslo"}


def test_what_looks_like_facts_and_is_speech_is_kept() -> None:
    assert len(spoken(read(table(["Informant", "Ja, det gjorde jeg."], ["Intervjuer", "Hvorfor?"])))) == 2
    topics = read(table(["Yrke", LONG + LONG], ["Alder", LONG + LONG]))
    assert LONG in topics.paragraphs[0].text


def test_a_document_of_facts_alone_is_refused() -> None:
    with pytest.raises(UnreadableOriginal, match="no speech, only facts about an interview"):
        read(table(*FACTS[0]))


# Every word once


WORDS = st.lists(st.sampled_from(["ja", "nei", "bolig", "jobb.", "hva?", "12:30", "Oslo,"]), min_size=1, max_size=5)
NAMES = st.sampled_from(["Kari Nes", "Ola", "K1", "Speaker 2"])


@given(st.lists(st.tuples(NAMES, st.lists(WORDS, min_size=1, max_size=3)), min_size=3, max_size=8))
@settings(deadline=None)
def test_every_word_comes_out_once_from_teams_and_tables(turns: list[tuple[str, list[list[str]]]]) -> None:
    lines = [(name, [" ".join(words) + " x." for words in said]) for name, said in turns]
    expected = Counter(word for _, texts in lines for text in texts for word in text.split())
    clocks = [f"{i // 60:02}:{i % 60:02}" for i in range(len(lines))]
    body = "".join(teams(name, clock, *texts) for (name, texts), clock in zip(lines, clocks, strict=True))
    rows = [["Tid", "Hvem", "Tekst"]]
    rows += [[f"0:{clock}", name, "".join(map(p, texts))] for (name, texts), clock in zip(lines, clocks, strict=True)]
    for data in (docx(body), docx(table(*rows))):
        raw = read_word(data)
        assert raw == read_word(data)
        assert Counter(" ".join(one.text for one in raw.paragraphs).split()) == expected
        assert [one.speaker for one in raw.paragraphs] == [name for name, _ in lines]


LAYOUT = st.sampled_from(
    [
        "Summary",
        "Sammendrag",
        TIPS,
        SUMMARY,
        "Transcript",
        "Utskrift",
        "00:00:05",
        "0:04",
        "Kari Nes  0:04",
        "Kari: Ja.",
        "00:00:09 Speaker 1",
        "Audio file",
        "Speaker 1",
        "0:0:5.1 --> 0:0:8.2",
        "Transcription ended after 00:01:02",
        "#00:01:02-3#",
        "I: Hei #00:01:02-3# og #00:01:03-3#",
        "Kari Nes startet transkripsjon",
        "",
        "   0:15",
        "[00:01:00]",
    ]
)


@given(st.lists(LAYOUT, max_size=12))
@settings(max_examples=300, deadline=None)
def test_layouts_in_any_order_are_read_or_refused(lines: list[str]) -> None:
    with suppress(UnreadableOriginal):
        raw = read(*lines)
        assert raw == read(*lines)
        assert not any("Kari" in sentence for sentence in raw.decided)
        assert transcribe(raw, transcript_id="K1").transcript.text
