"""The file of a transcript: what is written comes back, whatever an editor did to its line ends."""

import unicodedata
from dataclasses import replace
from types import MappingProxyType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualkit.model import Speaker, Transcript, Turn
from qualkit.text import sha256_hex
from qualkit.transcripts.canonical import parse_transcript, parse_turns, render_transcript
from qualkit.transcripts.raw import Paragraph, RawText, UnreadableOriginal
from qualkit.transcripts.reading import transcribe
from qualkit.transcripts.speakers import split_turns


def spoken(text: str, turns: tuple[Turn, ...]) -> list[tuple[str | None, str]]:
    return [(turn.speaker, text[turn.start : turn.end]) for turn in turns]


def made(*paragraphs: Paragraph | str, labelled: bool = False, language: str | None = "nb") -> Transcript:
    given_paragraphs = tuple(Paragraph(p) if isinstance(p, str) else p for p in paragraphs)
    return transcribe(RawText(given_paragraphs, labelled=labelled), transcript_id="I3", language=language).transcript


def back(transcript: Transcript, content: str | None = None) -> Transcript:
    found, problems = parse_transcript(content or render_transcript(transcript), "transcripts/I3.txt")
    assert problems == []
    assert found is not None
    return found


FILE = """---
id: I3
kind: interview
language: nn
sha256: {hash}
speakers:
  I: {{role: interviewer}}
  K1: {{role: participant, language: nb}}
times:
  1: [0.000, 1.500]
---
I: Kor lenge?

K1: Me kan ringe.
Når som helst.
"""


def file(body: str = FILE) -> str:
    text = body.split("---\n", 2)[2]
    return body.format(hash=sha256_hex(text)) if "{hash}" in body else body


# The file


def test_offset_0_is_the_character_after_the_second_fence() -> None:
    transcript, problems = parse_transcript(file(), "I3.txt")
    assert transcript is not None
    assert problems == []
    assert transcript.text.startswith("I: Kor lenge?")
    assert spoken(transcript.text, transcript.turns) == [
        ("I", "Kor lenge?"),
        ("K1", "Me kan ringe.\nNår som helst."),
    ]
    assert transcript.turns[0].time == (0.0, 1.5)
    assert transcript.speakers == (Speaker("I", "interviewer"), Speaker("K1", "participant", "nb"))
    assert transcript.language == "nn"


def test_what_is_rendered_is_what_the_design_says() -> None:
    transcript = made(Paragraph("I: Kor lenge?", time=(0.0, 1.5)), "K1: Me kan ringe.")
    assert render_transcript(transcript).split("\n") == [
        "---",
        "id: I3",
        "kind: interview",
        "language: nb",
        f"sha256: {transcript.sha256}",
        "speakers:",
        "  I: {role: interviewer}",
        "  K1: {role: participant}",
        "times:",
        "  1: [0.000, 1.500]",
        "---",
        "I: Kor lenge?",
        "",
        "K1: Me kan ringe.",
        "",
    ]


def crlf(content: str) -> str:
    return content.replace("\n", "\r\n")


def decomposed(content: str) -> str:
    return unicodedata.normalize("NFD", content)


def marked(content: str) -> str:
    return "\ufeff" + content


@pytest.mark.parametrize("edit", [crlf, decomposed, marked])
def test_an_editor_that_changed_no_word_changed_nothing(edit) -> None:  # type: ignore[no-untyped-def]
    transcript = made("I: Nå?", "K1: På øya, ja.\u00a0Æ e her.", "Og så:\tgikk vi.")
    assert back(transcript, edit(render_transcript(transcript))) == transcript


def test_a_changed_word_is_told_at_the_hash() -> None:
    transcript, problems = parse_transcript(file().replace("ringe", "skrive"), "I3.txt")
    assert transcript is not None
    [problem] = problems
    assert (problem.check, problem.line, problem.column) == ("changed-transcript", 5, 9)
    assert "skrive" not in f"{problem} {problem.hint}"
    assert transcript.sha256 == sha256_hex(transcript.text)


@pytest.mark.parametrize("content", ["", "I: Hei.\n", "---\nid: I3\n", " ---\nid: I3\n---\n", "---\n---\nI: Hei.\n"])
def test_without_a_header_there_is_no_transcript(content: str) -> None:
    transcript, problems = parse_transcript(content, "I3.txt")
    assert transcript is None
    assert len(problems) == 1
    assert "Hei" not in str(problems[0])


@pytest.mark.parametrize(
    ("before", "after", "place", "message"),
    [
        ("interviewer}", "intervjuer}", (7, 3), "role is not known"),
        ("language: nn", "language: norsk", (4, 11), "language is not known"),
        ("[0.000, 1.500]", "[0.000]", (10, 3), "time cannot be read"),
        ("[0.000, 1.500]", "straks", (10, 3), "time cannot be read"),
        ("  1: [", "  en: [", (10, 3), "time cannot be read"),
        ("[0.000, 1.500]", "[0, inf]", (10, 3), "time cannot be read"),
        ("  1: [0.000, 1.500]\n", "  - 1\n", (10, 3), "times cannot be read"),
        (
            "  I: {role: interviewer}\n  K1: {role: participant, language: nb}\n",
            "  - I\n",
            (7, 3),
            "speakers cannot be read",
        ),
        ("kind: interview", "tags: [a, b]", (3, 7), "is not kept"),
        ("kind: interview", "kind: feild-note", (3, 7), "Did you mean “field-note”?"),
        ("kind: interview", "may_quote: kanskje", (3, 12), "counts as no"),
        ("kind: interview", "pages: {0: en}", (3, 8), "pages cannot be read"),
    ],
)
def test_faults_in_the_header_have_a_place(before: str, after: str, place: tuple[int, int], message: str) -> None:
    transcript, problems = parse_transcript(file().replace(before, after), "I3.txt")
    assert transcript is not None
    assert [(p.line, p.column) for p in problems] == [place]
    assert message in problems[0].message or message in problems[0].hint


def test_a_documents_header_tells_title_date_publisher_and_pages() -> None:
    told = 'kind: document\ntitle: "Plan: 2019"\ndate: "2019"\npublisher: Solvær\npages: {0: 3, 9: 4}'
    transcript, problems = parse_transcript(file().replace("kind: interview", told), "I3.txt")
    assert transcript is not None
    assert problems == []
    assert (transcript.title, transcript.date, transcript.publisher) == ("Plan: 2019", "2019", "Solvær")
    assert [transcript.page_at(offset) for offset in (0, 8, 9, 400)] == [3, 3, 4, 4]
    assert back(transcript) == transcript


def test_what_was_said_off_the_record_is_not_quoted_unless_the_header_says_so() -> None:
    closed, _ = parse_transcript(file().replace("kind: interview", "kind: off-the-record"), "I3.txt")
    opened, _ = parse_transcript(file().replace("kind: interview", "kind: off-the-record\nmay_quote: ja"), "I3.txt")
    unknown, _ = parse_transcript(file().replace("kind: interview", "kind: rykte"), "I3.txt")
    assert [t.may_quote for t in (closed, opened, unknown) if t] == [False, True, False]
    assert closed is not None
    assert opened is not None
    assert back(closed) == closed
    assert back(opened) == opened


def test_other_keys_of_the_header_stay() -> None:
    content = file().replace("kind: interview", 'kind: field-note\nopptak: "12:30"\n"ja: nei": "# 3"')
    transcript, problems = parse_transcript(content, "I3.txt")
    assert transcript is not None
    assert problems == []
    assert transcript.kind == "field-note"
    assert transcript.extra == {"opptak": "12:30", "ja: nei": "# 3"}
    assert back(transcript) == transcript


def test_a_header_may_name_the_participant_behind_a_label() -> None:
    transcript, _ = parse_transcript(file().replace("{role: participant,", "{role: participant, participant: P9,"), "x")
    assert transcript is not None
    assert transcript.speakers[1].participant == "P9"
    assert back(transcript) == transcript


def test_the_id_may_be_left_to_the_file_name() -> None:
    transcript, _ = parse_transcript(file().replace("id: I3\n", ""), "I3.txt", default_id="I3")
    assert transcript is not None
    assert transcript.id == "I3"


# Turns


def test_only_labels_of_the_header_open_turns() -> None:
    text = "Før.\n\nI: Ja: nei.\nOg da sa jeg: nei.\nKari: hei\n\nK1: I: ja\n"
    assert spoken(text, parse_turns(text, ["I", "K1"])) == [
        (None, "Før."),
        ("I", "Ja: nei.\nOg da sa jeg: nei.\nKari: hei"),
        ("K1", "I: ja"),
    ]


def test_a_longer_label_wins_over_its_beginning() -> None:
    text = "Kari: a\nKari Nes: b\nK.1: c\nKx1: d\n"
    assert spoken(text, parse_turns(text, ["Kari", "Kari Nes", "K.1"])) == [
        ("Kari", "a"),
        ("Kari Nes", "b"),
        ("K.1", "c\nKx1: d"),
    ]


def test_spans_cover_speech_and_no_space_around_it() -> None:
    text = "  Før. \nI:   Ja. \n\nK1:\nNei.\n\nI:\n\nK1: \n"
    turns = parse_turns(text, ["I", "K1"])
    assert spoken(text, turns) == [(None, "Før."), ("I", "Ja."), ("K1", "Nei."), ("I", ""), ("K1", "")]
    assert [text[turn.label_start :][:2] for turn in turns] == ["  ", "I:", "K1", "I:", "K1"]


def test_a_text_without_labels_is_one_turn_of_nobody() -> None:
    assert spoken("I: Ja.\n", parse_turns("I: Ja.\n", [])) == [(None, "I: Ja.")]
    assert parse_turns(" \n", []) == ()


# Whatever reading can produce

ODD = st.text(
    alphabet=st.sampled_from("Ia:K1 -#\n\t\r.«»'\"{}[]&*?|>%@`,å\u030a\u00ad\ufeff\u2028\u0085\x07\ue000👩\u200d🌾")
)
LABELS = st.one_of(
    st.sampled_from(
        ["I", "K1", "Kari Nes", "12:30", "no", "null", "---", "O'Neil", '"K"', "{x}", "#1", "- a", "?", "👩‍🌾"]
    ),
    ODD,
    st.text(max_size=30),
)
SPEECH = st.one_of(
    st.sampled_from(
        [
            "",
            "---",
            "---\nid: x\n---",
            "K1: hei",
            "hei\nI: nei\n\nK1:\nI:",
            "I:",
            "I: ja\n---\nnei",
            "Kari Nes: ja",
            " I: a",
            "sha256: 0",
        ]
    ),
    ODD,
    st.text(max_size=60),
)
TIMES = st.one_of(st.none(), st.tuples(st.floats(0, 360_000), st.floats(0, 360_000)))
PARAGRAPHS = st.lists(st.builds(Paragraph, SPEECH, st.one_of(st.none(), LABELS), TIMES), min_size=1, max_size=8)


def transcript_of(paragraphs: list[Paragraph], *, labelled: bool) -> Transcript | None:
    try:
        return made(*paragraphs, labelled=labelled)
    except UnreadableOriginal:
        return None


@settings(max_examples=400, deadline=None)
@given(PARAGRAPHS, st.booleans(), st.dictionaries(st.sampled_from(["opptak", "ja: nei", "#", "12"]), ODD, max_size=2))
def test_nothing_is_lost_between_writing_and_reading(
    paragraphs: list[Paragraph], labelled: bool, extra: dict[str, str]
) -> None:
    transcript = transcript_of(paragraphs, labelled=labelled)
    if transcript is None:
        return
    assert back(transcript) == transcript
    kept = {key: unicodedata.normalize("NFC", value) for key, value in extra.items()}
    transcript = replace(transcript, extra=MappingProxyType(kept))
    content = render_transcript(transcript)
    assert back(transcript) == transcript
    assert back(transcript, crlf(content)) == transcript
    assert back(transcript, decomposed(content)) == transcript


@settings(max_examples=400, deadline=None)
@given(PARAGRAPHS, st.booleans())
def test_turns_are_those_that_were_read(paragraphs: list[Paragraph], labelled: bool) -> None:
    transcript = transcript_of(paragraphs, labelled=labelled)
    if transcript is None:
        return
    read = split_turns(RawText(tuple(paragraphs), labelled=labelled))
    assert [turn.speaker for turn in transcript.turns] == [turn.label for turn in read]
    for turn, one in zip(transcript.turns, read, strict=True):
        speech = "".join(piece.text for piece in one.pieces)
        assert "".join(transcript.text[turn.start : turn.end].split()) == "".join(speech.split())
        assert (turn.time is None) == (one.time is None)


@given(st.text(), st.lists(st.text(max_size=5), max_size=3))
def test_spans_never_overlap(text: str, labels: list[str]) -> None:
    turns = parse_turns(text, labels)
    at = 0
    for turn in turns:
        assert at <= turn.label_start <= turn.start <= turn.end <= len(text)
        speech = text[turn.start : turn.end]
        assert speech == speech.strip()
        at = turn.end


@given(st.text())
def test_any_file_is_read_or_refused(content: str) -> None:
    for given_content in (content, "---\n" + content, f"---\nspeakers:\n{content}\n---\nI: Ja.\n"):
        transcript, problems = parse_transcript(given_content, "I3.txt")
        assert transcript is not None or problems
