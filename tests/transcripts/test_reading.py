"""From paragraphs to a transcript: no word lost, marks on the same words, languages."""

import io
import re
import unicodedata
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualkit.text import normalise, sha256_hex
from qualkit.transcripts.canonical import parse_turns
from qualkit.transcripts.formats import KNOWN_BUT_UNREAD
from qualkit.transcripts.raw import Mark, Paragraph, RawText, UnreadableOriginal
from qualkit.transcripts.reading import Reading, read_original, transcribe
from qualkit.transcripts.speakers import NOBODY, split_turns


def transcribed(*lines: str, marks: tuple[Mark, ...] = (), **options: object) -> Reading:
    return transcribe(RawText(tuple(Paragraph(line) for line in lines), marks), transcript_id="I3", **options)  # type: ignore[arg-type]


def spoken(reading: Reading) -> list[tuple[str | None, str]]:
    record = reading.transcript
    return [(turn.speaker, record.text[turn.start : turn.end]) for turn in record.turns]


# The text


def test_a_turn_is_a_label_and_its_paragraphs() -> None:
    reading = transcribed("Intervju", "I: Hva?", "K1: \u00a0Ja. ", "  Og så.", "I:", "K1: Nei.")
    assert reading.transcript.text == "Intervju\n\nI: Hva?\n\nK1: Ja.\nOg så.\n\nI:\n\nK1: Nei.\n"
    assert spoken(reading) == [(None, "Intervju"), ("I", "Hva?"), ("K1", "Ja.\nOg så."), ("I", ""), ("K1", "Nei.")]


def test_a_label_above_its_speech_stands_before_it() -> None:
    reading = transcribed("I: Hva?", "K1:", "Ja.", "Nei.", "I: Og?")
    assert reading.transcript.text == "I: Hva?\n\nK1: Ja.\nNei.\n\nI: Og?\n"


def test_named_speech_that_begins_with_a_label_opens_no_turn() -> None:
    rows = (Paragraph("K1: sa hun.\nI: og så?", "I"), Paragraph("Ja.\nI: ja", "K1"), Paragraph("I: før"))
    reading = transcribe(RawText(rows, labelled=True), transcript_id="I3")
    assert spoken(reading) == [("I", "K1: sa hun. I: og så?"), ("K1", "Ja. I: ja"), (NOBODY, "I: før")]
    first = transcribe(RawText((Paragraph("I: før"), *rows), labelled=True), transcript_id="I3")
    assert spoken(first)[0] == (None, "I: før")


def test_what_the_file_gives_to_nobody_is_told_and_kept_apart() -> None:
    rows = (Paragraph("Hei.", "I", (0.0, 1.0)), Paragraph("Del to"), Paragraph("Ja.", "K1", (2.0, 3.0)))
    reading = transcribe(RawText(rows, labelled=True), transcript_id="I3", language="nb")
    assert reading.transcript.text == "I: Hei.\n\n?: Del to\n\nK1: Ja.\n"
    assert [(turn.speaker, turn.time) for turn in reading.transcript.turns] == [
        ("I", (0.0, 1.0)),
        (NOBODY, None),
        ("K1", (2.0, 3.0)),
    ]
    assert [(s.label, s.role) for s in reading.transcript.speakers] == [
        ("I", "interviewer"),
        (NOBODY, "other"),
        ("K1", "participant"),
    ]
    assert reading.decided == ("1 stretch between turns, for which the file names no speaker, kept under the label ?",)


def test_times_stand_at_their_turns_in_milliseconds() -> None:
    rows = (Paragraph("\u00ad"), Paragraph("Ja.", "K1", (1.00049, 2.123456789)))
    [turn] = transcribe(RawText(rows, labelled=True), transcript_id="I3").transcript.turns
    assert turn.time == (1.0, 2.123)


def test_what_was_mended_is_told() -> None:
    told = transcribed("I: sam\u00adarbeid pa\u030a\x07", language="nb").decided
    assert told == (
        "1 invisible characters (soft hyphens, zero-width spaces) were taken out",
        "1 control characters were taken out",
        "letters written as two characters (a + ring) were joined",
    )


@pytest.mark.parametrize("lines", [(), ("",), ("\u00ad", " \n ")])
def test_nothing_to_read_is_refused(lines: tuple[str, ...]) -> None:
    with pytest.raises(UnreadableOriginal, match="empty"):
        transcribed(*lines)


def test_unlabelled_is_told() -> None:
    assert transcribed("Ja.", "Nei.").unlabelled
    assert not transcribed("I: Ja.").unlabelled


# Files


def test_an_original_is_read_by_its_ending_and_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "K1.TXT"
    data = "I: Hvordan går det?\r\nK1: Bra på øya.\r\n".encode("cp1252")
    path.write_bytes(data)
    reading = read_original(path, transcript_id="K1", source="originals/K1.TXT", language="nb")
    assert spoken(reading) == [("I", "Hvordan går det?"), ("K1", "Bra på øya.")]
    assert reading.transcript.source == "originals/K1.TXT"
    assert reading.transcript.source_sha256 == sha256_hex(data)
    assert reading.transcript.sha256 == sha256_hex(reading.transcript.text)
    assert reading.decided == ("the file is not UTF-8; it was read as Windows-1252 (cp1252)",)
    assert path.read_bytes() == data


def docx(*paragraphs: str, rows: Sequence[tuple[str, str]] = ()) -> bytes:
    """Return a Word file of paragraphs and a table below them; a row with equal cells is one merged cell."""
    from docx import Document

    made = Document()
    for paragraph in paragraphs:
        made.add_paragraph(paragraph)
    table = made.add_table(0, 2)
    for left, right in rows:
        cells = table.add_row().cells
        if left == right:
            cells[0].merge(cells[1]).text = left
        else:
            cells[0].text, cells[1].text = left, right
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def test_an_interview_table_with_a_section_title(tmp_path: Path) -> None:
    path = tmp_path / "K1.docx"
    rows = [("I", "Hva?"), ("K1", "Ja, det var mye."), ("", "Og mer."), ("Del to",) * 2, ("I", "Og?"), ("K1", "Nei.")]
    path.write_bytes(docx("Intervju", rows=rows))
    assert spoken(read_original(path, transcript_id="K1")) == [
        (None, "Intervju"),
        ("I", "Hva?"),
        ("K1", "Ja, det var mye."),
        ("K1", "Og mer."),
        (NOBODY, "Del to"),
        ("I", "Og?"),
        ("K1", "Nei."),
    ]


def test_a_word_file_that_is_one_paragraph_of_lines(tmp_path: Path) -> None:
    path = tmp_path / "K1.docx"
    path.write_bytes(docx("I: Hva?\nK1: Ja.\nOg så.\nI: Og?"))
    assert spoken(read_original(path, transcript_id="K1")) == [("I", "Hva?"), ("K1", "Ja.\nOg så."), ("I", "Og?")]


@pytest.mark.parametrize("ending", [*KNOWN_BUT_UNREAD, ".mp3", ""])
def test_other_endings_are_refused_with_what_to_do(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"K1{ending}"
    path.write_bytes(b"x")
    with pytest.raises(UnreadableOriginal) as refusal:
        read_original(path, transcript_id="K1")
    assert refusal.value.hint


# Languages

BOKMAAL = [
    "Det var jo slik at vi ikke fikk plass på sykehjemmet.",
    "Jeg måtte ringe kommunen flere ganger før noen svarte.",
    "Etterpå kom hun hjem, og da var det ingen som visste noe.",
    "Hvis jeg skulle gjort det igjen, ville jeg spurt tidligere.",
    "De sa at noen skulle komme, men det gjorde de aldri.",
    "Hva skal man gjøre når ingen tar ansvar for noe?",
]
NYNORSK = [
    "Det var jo slik at me ikkje fekk plass på sjukeheimen.",
    "Eg måtte ringja kommunen fleire gonger før nokon svara.",
    "Etterpå kom ho heim, og då var det ingen som visste noko.",
    "Dersom eg skulle gjort det igjen, ville eg spurt tidlegare.",
    "Dei sa at nokon skulle koma, men det gjorde dei aldri.",
    "Kva skal ein gjera når ingen tek ansvar for noko?",
]
ENGLISH = [
    "It was like we never got a place at the nursing home.",
    "I had to call the council several times before anyone answered.",
    "Afterwards she came home, and nobody knew anything about it.",
    "If I were to do it again, I would have asked much earlier.",
    "They said somebody would come, but they never did.",
    "What are you supposed to do when nobody takes charge?",
]


def conversation(asked: list[str], answered: list[str]) -> list[str]:
    return [
        line for pair in zip(asked, answered, strict=False) for line in (f"I: {pair[0]}", f"K1: {pair[1]} {pair[1]}")
    ]


@pytest.mark.parametrize(("said", "language"), [(BOKMAAL, "nb"), (NYNORSK, "nn"), (ENGLISH, "en")])
def test_the_language_is_that_of_what_is_said(said: list[str], language: str) -> None:
    record = transcribed(*conversation(said, said), default_language="sv").transcript
    assert record.language == language
    assert [speaker.language for speaker in record.speakers] == [None, None]


@pytest.mark.parametrize("answered", [NYNORSK, ENGLISH])
def test_a_speaker_may_speak_another_language(answered: list[str]) -> None:
    record = transcribed(*conversation(BOKMAAL, answered)).transcript
    languages = {speaker.label: speaker.language or record.language for speaker in record.speakers}
    assert languages == {"I": "nb", "K1": "nn" if answered is NYNORSK else "en"}


def test_the_researcher_decides_over_the_guess() -> None:
    record = transcribed(*conversation(BOKMAAL, NYNORSK), language="nb").transcript
    assert record.language == "nb"
    assert [speaker.language for speaker in record.speakers] == [None, "nn"]


def test_of_too_little_nothing_is_concluded() -> None:
    reading = transcribed("I: Hei.", "K1: This is English, really.", default_language="nn")
    assert reading.transcript.language == "nn"
    assert [speaker.language for speaker in reading.transcript.speakers] == [None, None]
    assert reading.decided == ("too little is said to tell the language; nn was taken from the study",)


def test_four_utterances_are_too_few_and_five_enough() -> None:
    few = [f"K1: {line}" for line in NYNORSK]
    assert transcribed(*few[:4], default_language="en").transcript.language == "en"
    assert transcribed(*few[:5], default_language="en").transcript.language == "nn"


# Marks


def under(reading: Reading) -> list[str]:
    """Return the words that the marks stand on, and check that the unit agrees with the text."""
    units = [item.memo.unit for item in reading.imported]
    for unit in units:
        assert unit is not None
        assert reading.transcript.text[unit.span.start : unit.span.end] == unit.text
    return [unit.text for unit in units if unit]


def highlight(*ends: tuple[int, int]) -> Mark:
    return Mark("highlight", *ends, "yellow")


def mark_words(lines: list[str], words: str, to: str = "") -> Mark:
    """Highlight from the beginning of some words to their end, or to the end of later ones."""
    first = next(i for i, line in enumerate(lines) if words in line)
    last = next((i for i, line in enumerate(lines) if to and to in line), first)
    begin = lines[first].index(words)
    stop = lines[last].index(to) + len(to) if to else begin + len(words)
    return highlight((first, begin), (last, stop))


@pytest.mark.parametrize(
    ("lines", "words", "to", "expected"),
    [
        (["I: Hva skjedde?", "K1: Vi ble ikke hørt."], "ikke hørt", "", "ikke hørt"),
        (["I: Hva?", "K1:\t\tVi ble \tikke hørt."], "ikke", "", "ikke"),
        (["I: Hva?", "K1: sam\u00adar\u00adbeid er \u200bbra"], "er \u200bbra", "", "er bra"),
        (["I: Hva?", "K1: sam\u00adar\u00adbeid er bra"], "ar\u00adbeid", "", "arbeid"),
        (["I: Hva?", "K1: Pa\u030a øya er det a\u030apent"], "det a\u030apent", "", "det åpent"),
        (["I: Hva?", "K1: Ja.", "På \u00ad øya", "og så."], "øya", "og", "øya\nog"),
        (["I: Hva?", "K1: Ja.", "I: Og?"], "Ja", "Og", "Ja.\n\nI: Og"),
        (["I: Hva?", "K1: Ja.", "I: Og?"], "K1: Ja", "", "Ja"),
        (["I: Hva?", "K1: Ja. ", "I: Og?"], " ", "Og", "Hva?\n\nK1: Ja.\n\nI: Og"),
        (["I: Hva?\nK1: Ja, vel.\nI: Og?"], "vel", "", "vel"),
        (["I: Hva?\r\nK1: Ja, vel.\r\nOg nå?"], "vel.\r\nOg", "", "vel.\nOg"),
        (["I: Hva?\nK1: Ja, vel."], "Hva?\nK1: Ja", "", "Hva?\n\nK1: Ja"),
        (["Tittel", "  I: Hva?"], "Tittel", "Hva", "Tittel\n\nI: Hva"),
        (["I: 👩‍🌾 Hva?", "K1: 😀 ja 😀"], "ja 😀", "", "ja 😀"),
    ],
)
def test_highlighting_stands_on_the_same_words(lines: list[str], words: str, to: str, expected: str) -> None:
    assert under(transcribed(*lines, marks=(mark_words(lines, words, to),))) == [expected]


def test_trailing_space_marks_nothing_of_the_next_label() -> None:
    lines = ["I: Hva? ", "K1: Ja."]
    assert under(transcribed(*lines, marks=(highlight((0, 7), (1, 7)),))) == ["Ja."]
    assert under(transcribed(*lines, marks=(highlight((0, 3), (1, 3)),))) == ["Hva?"]


def test_a_mark_on_a_label_alone() -> None:
    marks = (highlight((1, 0), (1, 3)), Mark("comment", (1, 0), (1, 3), "Hvem?", "Kari", "2026-03-12T10:00:00Z"))
    reading = transcribed("I: Hva?", "K1: Ja.", marks=marks)
    assert [(item.kind, item.memo.text, item.memo.author) for item in reading.imported] == [
        ("comment", "Hvem?", "Kari")
    ]
    assert under(reading) == ["Ja."]


def test_a_comment_on_an_empty_turn_is_kept() -> None:
    reading = transcribed("I:", "K1: Ja.", marks=(Mark("comment", (0, 0), (0, 2), "Tomt"),))
    assert under(reading) == [""]


def test_marks_come_in_the_order_of_the_text() -> None:
    marks = (highlight((1, 4), (1, 6)), Mark("comment", (0, 3), (0, 6), "c"), highlight((0, 3), (0, 5)))
    reading = transcribed("I: Hva?", "K1: Ja.", marks=marks)
    assert under(reading) == ["Hv", "Hva", "Ja"]
    assert [item.memo.origin for item in reading.imported] == ["import:word"] * 3


# Anything at all

TEXT = st.text(alphabet=st.sampled_from("IKa1:? \t\n\r.-å\u030a\u00ad\u200b\ufeff\u2028😀\u0301ẛ\u0323é"), max_size=24)
LINES = st.lists(
    st.one_of(TEXT, st.sampled_from(["I: Hva?", "K1: Ja.", "Og så.", "I:", "K1: I: nei"])), min_size=1, max_size=8
)
NAMES = st.one_of(st.none(), st.sampled_from(["I", "K1", "Kari", "Kari: Nes", ""]))


def characters(text: str) -> str:
    """Return what is no space, as it stands in a canonical text."""
    return "".join(normalise(text)[0].split())


@settings(max_examples=400, deadline=None)
@given(LINES)
def test_no_character_of_speech_is_lost_or_moved(lines: list[str]) -> None:
    """All that stands in the text but is no speech is labels; without them it is what stood in the file."""
    raw = RawText(tuple(Paragraph(line) for line in lines))
    try:
        record = transcribe(raw, transcript_id="x").transcript
    except UnreadableOriginal:
        assert not characters("".join(lines))
        return
    assert normalise(record.text)[0] == record.text
    speech = "".join(characters(record.text[turn.start : turn.end]) for turn in record.turns)
    rest = "".join(characters(line) for line in lines)
    for turn in record.turns:
        # What the file has before a turn's speech is its label, as the transcript has it.
        own = characters(record.text[turn.start : turn.end])
        if turn.speaker is not None:
            opening = re.match(rf"\[?{re.escape(characters(turn.speaker))}\]?(?:\(\d+[:.]\d\d[\d:.,]*\))?", rest)
            assert opening
            rest = rest[opening.end() :]
            # A tab may stand in the colon's place, and speech may begin with a colon of its own.
            behind = re.sub("^[:：]", "", rest)
            rest = behind if behind.startswith(own) else rest
        assert rest.startswith(own)
        rest = rest[len(own) :]
        speech = speech[len(own) :]
    assert rest == speech == ""


@settings(max_examples=400, deadline=None)
@given(st.lists(st.tuples(TEXT, NAMES), min_size=1, max_size=8))
def test_named_speech_is_kept_to_the_character(rows: list[tuple[str, str | None]]) -> None:
    raw = RawText(tuple(Paragraph(text, name) for text, name in rows), labelled=True)
    try:
        record = transcribe(raw, transcript_id="x").transcript
    except UnreadableOriginal:
        return
    speech = "".join(characters(record.text[turn.start : turn.end]) for turn in record.turns)
    assert speech == "".join(characters(text) for text, _ in rows)


@settings(max_examples=400, deadline=None)
@given(LINES, st.data())
def test_marks_cover_speech_that_was_marked(lines: list[str], data: st.DataObject) -> None:
    raw = RawText(tuple(Paragraph(line) for line in lines))
    places = st.integers(0, len(lines) - 1).flatmap(lambda i: st.tuples(st.just(i), st.integers(0, len(lines[i]))))
    begin, end = sorted((data.draw(places), data.draw(places)))
    marks = (Mark("comment", begin, end, "c"), Mark("highlight", begin, end, "yellow"))
    try:
        reading = transcribe(RawText(raw.paragraphs, marks), transcript_id="x")
    except UnreadableOriginal:
        return
    text = reading.transcript.text
    assert [turn.speaker for turn in reading.transcript.turns] == [turn.label for turn in split_turns(raw)]
    for item in reading.imported:
        unit = item.memo.unit
        assert unit is not None
        assert text[unit.span.start : unit.span.end] == unit.text == unit.text.strip()
        if item.kind == "highlight" and begin[0] == end[0]:
            covered = "".join(
                characters(text[max(turn.start, unit.span.start) : min(turn.end, unit.span.end)])
                for turn in reading.transcript.turns
            )
            # A mark that ends between a letter and its accent takes both.
            whole = characters(lines[begin[0]])
            assert covered in characters(lines[begin[0]][begin[1] : end[1]]) or (
                covered in whole and any(map(unicodedata.combining, lines[begin[0]]))
            )


@settings(max_examples=200, deadline=None)
@given(LINES, st.booleans())
def test_the_same_file_gives_the_same_transcript(lines: list[str], labelled: bool) -> None:
    raw = RawText(tuple(Paragraph(line, "Kari" if labelled else None) for line in lines), labelled=labelled)
    try:
        once = transcribe(raw, transcript_id="x")
    except UnreadableOriginal:
        return
    assert transcribe(raw, transcript_id="x") == once
    record = once.transcript
    times = {turn.number: turn.time for turn in record.turns if turn.time}
    assert parse_turns(record.text, [speaker.label for speaker in record.speakers], times) == record.turns
    ends = [(turn.label_start, turn.start, turn.end) for turn in record.turns]
    assert [end for place in ends for end in place] == sorted(end for place in ends for end in place)


def test_a_field_note_keeps_its_facts_and_its_marks_and_an_interview_does_not(tmp_path: Path) -> None:
    path = tmp_path / "notat.txt"
    path.write_text("Sted: kantina\nTid: 11.30\n\nDet var bare to ved bordet.\n", encoding="utf-8")
    note = read_original(path, transcript_id="notat", kind="field-note")
    assert note.transcript.text == "Sted: kantina\nTid: 11.30\nDet var bare to ved bordet.\n"
    assert note.transcript.speakers == ()
    assert not any("left out" in sentence for sentence in note.decided)
    interview = read_original(path, transcript_id="notat")
    assert interview.transcript.text == "Det var bare to ved bordet.\n"
    assert "2 lines of facts about the interview were left out" in interview.decided
    mark = Mark("comment", (0, 4), (0, 7), "hvem?")
    raw = RawText((Paragraph("Det var bare to."),), (mark,), facts=("Sted: kantina", "Tid: 11.30"))
    found = transcribe(raw, transcript_id="notat", kind="field-note").imported[0].memo.unit
    assert found is not None
    assert found.text == "var"
