"""Who speaks: the conventions of transcribers, and what only looks like them."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualkit.transcripts.plain import read_plain
from qualkit.transcripts.raw import Paragraph, RawText
from qualkit.transcripts.reading import transcribe
from qualkit.transcripts.speakers import NOBODY, Spoken, assign_roles, find_labels, split_turns
from qualkit.transcripts.vtt import read_vtt


def raw(text: str) -> RawText:
    """Return the lines of a text as paragraphs, as a reader hands them over."""
    return RawText(tuple(Paragraph(line) for line in text.strip("\n").split("\n") if line.strip()))


def said(turns: Sequence[Spoken]) -> list[tuple[str | None, str]]:
    return [(turn.label, "\n".join(piece.text for piece in turn.pieces)) for turn in turns]


def read(text: str, known: Sequence[str] = ()) -> list[tuple[str | None, str]]:
    """Read a text file's content and return who says what."""
    return said(split_turns(read_plain(text.encode()), known))


# Conventions


@pytest.mark.parametrize(
    ("asks", "answers", "asker", "answerer"),
    [
        ("I: ", "R: ", "I", "R"),
        ("I:", "R.1:", "I", "R.1"),
        ("I\t", "R1\t", "I", "R1"),
        ("I:\t", "K1:\t", "I", "K1"),
        ("Intervjuer: ", "Informant 1: ", "Intervjuer", "Informant 1"),
        ("INTERVJUER: ", "INFORMANT: ", "INTERVJUER", "INFORMANT"),
        ("intervjuer: ", "informant: ", "intervjuer", "informant"),
        ("Intervjuer: ", "Deltaker 1: ", "Intervjuer", "Deltaker 1"),
        ("Intervjuar: ", "Deltakar 2: ", "Intervjuar", "Deltakar 2"),
        ("Moderator: ", "Informant nr. 3: ", "Moderator", "Informant nr. 3"),
        ("Ordstyrer: ", "Resp. 12: ", "Ordstyrer", "Resp. 12"),
        ("Spørsmål: ", "Svar: ", "Spørsmål", "Svar"),
        ("Spm: ", "Svar 2: ", "Spm", "Svar 2"),
        ("Q: ", "A: ", "Q", "A"),
        ("Interviewer: ", "Participant 4: ", "Interviewer", "Participant 4"),
        ("I: ", "Mor: ", "I", "Mor"),
        ("I: ", "Kari Nordmann: ", "I", "Kari Nordmann"),
        ("I: ", "K.N.: ", "I", "K.N."),
        ("I: ", "KN: ", "I", "KN"),
        ("I: ", "Anne-Grethe Ås: ", "I", "Anne-Grethe Ås"),
        ("I: ", "Mor til Kari: ", "I", "Mor til Kari"),
        ("I : ", "R1 : ", "I", "R1"),
        ("I：", "R1：", "I", "R1"),
        ("[I] ", "[id1] ", "I", "id1"),
        ("[I]: ", "[Kari]: ", "I", "Kari"),
        ("**I:** ", "**R1:** ", "I", "R1"),
        ("__I__: ", "__R1__: ", "I", "R1"),
        ("[SPEAKER_00]: ", "[SPEAKER_01]: ", "SPEAKER_00", "SPEAKER_01"),
        ("SPEAKER_00: ", "SPEAKER_01: ", "SPEAKER_00", "SPEAKER_01"),
        ("S01: [00:00:12] ", "S02: [00:00:15] ", "S01", "S02"),
        ("[00:01:23] Speaker 1: ", "[00:01:29] Speaker 2: ", "Speaker 1", "Speaker 2"),
        ("00:01:23 I: ", "00:01:29 R1: ", "I", "R1"),
        ("00:03:40.5Zack: ", "00:03:44.1Ida: ", "Zack", "Ida"),
        ("I (00:12:01): ", "P3 (00:12:09): ", "I", "P3"),
        ("(00:12:01) I: ", "(00:12:09) P3: ", "I", "P3"),
        ("#00:01:23-4# I: ", "#00:01:29-4# R1: ", "I", "R1"),
        ("I:\n", "Kari Nes:\n", "I", "Kari Nes"),
        ("Intervjuer\n", "Informant 1\n", "Intervjuer", "Informant 1"),
        ("Kari Nes  0:04\n", "Ola  0:09\n", "Kari Nes", "Ola"),
    ],
)
def test_conventions(asks: str, answers: str, asker: str, answerer: str) -> None:
    text = (
        f"{asks}Hvordan gikk det?\n\n{answers}Det gikk bra.\nOg så reiste vi.\n\n{asks}Hvorfor?\n\n{answers}Derfor.\n"
    )
    assert read(text) == [
        (asker, "Hvordan gikk det?"),
        (answerer, "Det gikk bra.\nOg så reiste vi."),
        (asker, "Hvorfor?"),
        (answerer, "Derfor."),
    ]


def test_f4_times_close_the_paragraph() -> None:
    assert read("I: Hva? #00:01:23-4#\n\nR1: Ja. #00:01:25-0#\n") == [("I", "Hva?"), ("R1", "Ja.")]


def test_overlap_stays_in_the_text() -> None:
    assert read("S01: Ja (..) //S02: Ja. //\nS02: Nei.") == [("S01", "Ja (..) //S02: Ja. //"), ("S02", "Nei.")]


@pytest.mark.parametrize("aside", ["(ler)", "(gråter litt)", "(12)"])
def test_an_aside_between_label_and_colon_is_speech(aside: str) -> None:
    assert read(f"I: Hvorfor?\nR1 {aside}: Det vet du.\nI: Nei.\nR1: Jo.")[1] == ("R1", f"{aside}: Det vet du.")


def test_lines_of_one_paragraph_open_turns_too() -> None:
    """Shift and Enter in Word gives one paragraph of many lines."""
    turns = split_turns(RawText((Paragraph("Del 1\nI: Hva?\n  K1: Ja.\nOg nei.\nI: Vel."), Paragraph("Så."))))
    assert said(turns) == [(None, "Del 1"), ("I", "Hva?"), ("K1", "Ja.\nOg nei."), ("I", "Vel.\nSå.")]


@pytest.mark.parametrize("answerer", ["Kari", "Mor", "A", "Deltaker"])
def test_two_turns_are_enough(answerer: str) -> None:
    assert read(f"I: Hvordan?\n{answerer}: Bra.") == [("I", "Hvordan?"), (answerer, "Bra.")]


def test_who_speaks_once_among_labelled_lines_is_a_speaker() -> None:
    assert read("I: Hvordan?\nK1: Bra.\nMor: Vil dere ha kaffe?\nK1: Ja.")[2] == ("Mor", "Vil dere ha kaffe?")


NAMES = ["Anne", "Bjørn", "Camilla", "Dag Åge", "Else", "Frode", "Gro", "Hans-Petter"]


def test_a_group_of_eight() -> None:
    lines = [(name, f"Jeg heter {name.lower()}, ja.") for name in NAMES]
    lines = [("Moderator", "Hvem er dere?"), *lines, ("Moderator", "Og?"), *reversed(lines)]
    assert read("\n\n".join(f"{name}: {speech}" for name, speech in lines)) == lines


def test_names_typed_in_small_letters() -> None:
    text = "\n".join(f"kari: Det er {i}.\nola: Nei." for i in range(3))
    assert [label for label, _ in read(text)] == ["kari", "ola"] * 3


# Labels of participants.csv


@pytest.mark.parametrize(
    ("known", "line"),
    [
        ("Solfrid", "Solfrid: Ja."),
        ("solfrid", "SOLFRID: Ja."),
        ("kari  nes", "Kari Nes: Ja."),
        ("den som alltid kommer for sent", "Den som alltid kommer for sent: Ja."),
        ("Kari (mor)", "Kari (mor): Ja."),
        ("nei", "Nei: Ja."),
        ("12", "12: Ja."),
    ],
)
def test_a_known_label_is_one_however_rare(known: str, line: str) -> None:
    text = f"Det begynte slik.\n{line}\nOg så videre.\nOg enda mer."
    assert read(text, [known]) == [
        (None, "Det begynte slik."),
        (line.partition(":")[0], "Ja.\nOg så videre.\nOg enda mer."),
    ]


# Traps


@pytest.mark.parametrize(
    "speech",
    [
        "Og da sa jeg: nei, det går ikke.",
        "Det var slik: jeg gikk.",
        "Klokka 12:30 kom hun hjem.",
        "Kl 9:15 var det over.",
        "https://example.org/side: den der",
        "Se http://example.org",
        "[latter] Ja, det er så.",
        "[Latter] Ja, det er så.",
        "[Pause] Ja.",
        "Han sa: «Kom!»",
        "Altså: nei.",
        "Hun spurte «hvorfor»: det var rart.",
        "Nei: det var ikke sånn.",
        "Forholdet er 1:10 omtrent.",
        "jeg: meg",
        "Tema: skole",
        "// Kari: ja //",
        "(ler) Kari: ja",
        ": bare kolon",
        "::",
        "\t",
    ],
)
@pytest.mark.parametrize("times", [1, 5])
def test_speech_with_a_colon_opens_no_turn(speech: str, times: int) -> None:
    text = "I: Hva skjedde?\nK1: Mye.\nDet ble sent.\n" + f"{speech}\nOg så videre.\n" * times + "I: Ja."
    assert [label for label, _ in read(text)] == ["I", "K1", "I"]


def test_headings_are_nobodys_label() -> None:
    text = "Tema: hjemmet\nI: Hva?\nK1: Ja.\nBakgrunn: skole\nOg?\nK1: Nei."
    assert find_labels(text.split("\n")) == {"I": 1, "K1": 2}


def test_a_text_without_labels_is_one_turn() -> None:
    text = "Vi møttes på torget. Det var slik: kaldt.\nKlokka var 12:30.\nResultatet: vi gikk hjem."
    assert [label for label, _ in read(text)] == [None]


# Where the format names the speakers


def test_the_format_has_the_last_word() -> None:
    given = RawText((Paragraph("I: hei", "Kari"), Paragraph("nei\nI: ja", "Ola")), labelled=True)
    assert said(split_turns(given)) == [("Kari", "I: hei"), ("Ola", "nei\nI: ja")]


def test_a_heading_between_named_speakers_is_in_nobodys_mouth() -> None:
    rows = (
        Paragraph("Intervju 3"),
        Paragraph("Hei.", "I"),
        Paragraph("Ja.", "K1"),
        Paragraph("Del to"),
        Paragraph("om hjemmet"),
        Paragraph("Vel?", "I"),
    )
    turns = split_turns(RawText(rows, labelled=True))
    assert said(turns) == [
        (None, "Intervju 3"),
        ("I", "Hei."),
        ("K1", "Ja."),
        (NOBODY, "Del to\nom hjemmet"),
        ("I", "Vel?"),
    ]
    roles, _ = assign_roles(turns)
    assert roles == {"I": "interviewer", "K1": "participant", NOBODY: "other"}


def test_a_cue_without_a_voice_goes_on_with_the_voice_before() -> None:
    cues = "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Kari>Ja,</v>\n\n00:02.000 --> 00:03.000\ndet er så.\n"
    assert said(split_turns(read_vtt(cues.encode()))) == [("Kari", "Ja, det er så.")]


def test_cues_before_the_first_voice_are_nobodys() -> None:
    cues = "WEBVTT\n\n00:01.000 --> 00:02.000\nHallo?\n\n00:02.000 --> 00:03.000\n<v Kari>Ja.</v>\n"
    assert said(split_turns(read_vtt(cues.encode()))) == [(None, "Hallo?"), ("Kari", "Ja.")]


@pytest.mark.parametrize("label", ["", " ", ":", "\u00ad", "\n"])
def test_a_name_of_nothing_is_no_name(label: str) -> None:
    assert said(split_turns(RawText((Paragraph("Ja.", label),), labelled=True))) == [(None, "Ja.")]


def test_times_of_what_is_joined_run_to_the_last() -> None:
    cues = (Paragraph("Kari: Ja", time=(1.0, 2.0)), Paragraph("og", time=(2.0, 3.0)), Paragraph("så", time=(0.0, 1.0)))
    [turn] = split_turns(RawText(cues), ["Kari"])
    assert turn.time == (1.0, 3.0)


# Roles


def roles(text: str, participants: Sequence[str] = ()) -> dict[str, str]:
    return dict(assign_roles(split_turns(raw(text), participants), participants)[0])


ASKED = "{a}: Hvordan var det?\n{b}: Det var som det var, og det var ikke bra, det må jeg si.\n" * 4


def test_who_has_an_interviewers_label_asks() -> None:
    assert roles("I: Ja.\nK1: Hva mener du?") == {"I": "interviewer", "K1": "participant"}
    assert roles("Forsker: Ja.\nKari: Nei.\nForsker: Ja.\nKari: Nei.") == {
        "Forsker": "interviewer",
        "Kari": "participant",
    }


def test_who_is_in_the_list_of_participants_answers() -> None:
    assert roles("I: Hva?\nM: Ja.", ["m"]) == {"I": "interviewer", "M": "participant"}
    assert roles(ASKED.format(a="Kari", b="Ola"), ["Kari"]) == {"Kari": "participant", "Ola": "participant"}


def test_who_asks_and_says_less_is_taken_for_the_interviewer_and_told() -> None:
    turns = split_turns(raw(ASKED.format(a="Kari", b="Ola")))
    found, told = assign_roles(turns)
    assert found == {"Kari": "interviewer", "Ola": "participant"}
    assert told == ["speaker 1 asks most of the questions and was taken for the interviewer"]
    assert roles(ASKED.format(a="SPEAKER_01", b="SPEAKER_00")) == {
        "SPEAKER_01": "interviewer",
        "SPEAKER_00": "participant",
    }


@pytest.mark.parametrize(
    "text",
    [
        "Kari: Hva?\nOla: Hvem?\nKari: Hvor?\nOla: Når?\nKari: Ja.\nOla: Nei.",
        "Kari: Ja.\nOla: Nei.\n" * 3,
        "Kari: Ja? Og det var det, og det er mye, og mer enn nok.\nOla: Nei.\n" * 3,
    ],
)
def test_nobody_is_guessed_to_ask_where_it_is_not_clear(text: str) -> None:
    assert roles(text) == {"Kari": "participant", "Ola": "participant"}


def test_unclear_recogniser_labels_are_told() -> None:
    turns = split_turns(raw("S01: Ja.\nS02: Nei."))
    assert assign_roles(turns) == (
        {"S01": "participant", "S02": "participant"},
        ["no speaker could be told to be the interviewer; all were taken for participants"],
    )


def test_two_letters_of_interviewers_are_not_two_interviewers() -> None:
    """I and M: a moderator and an informant, or an interviewer and a mother. The questions tell."""
    assert roles(ASKED.format(a="I", b="M")) == {"I": "interviewer", "M": "participant"}
    assert roles(ASKED.format(a="M", b="I")) == {"M": "interviewer", "I": "participant"}
    assert roles("I: Ja.\nM: Nei.") == {"I": "participant", "M": "participant"}
    assert roles("I: Ja.\nM: Nei.\nK1: Jo.") == {"I": "interviewer", "M": "interviewer", "K1": "participant"}


def test_assumptions_name_nobody() -> None:
    _, told = assign_roles(split_turns(raw(ASKED.format(a="Solfrid", b="Torgeir"))))
    assert "Solfrid" not in " ".join(told)


def test_no_speaker_no_role() -> None:
    assert assign_roles(split_turns(raw("Ja."))) == ({}, [])


# Anything at all

LINES = st.lists(
    st.text(alphabet=st.sampled_from("IKari1 :\t[](){}?-–.«a\u030a\u00ad\u200b\n\u2028👩\u200d🌾R"), max_size=30),
    max_size=12,
)


@given(LINES, st.lists(st.text(max_size=8), max_size=3), st.booleans())
def test_any_lines_give_the_same_turns_twice(lines: list[str], known: list[str], labelled: bool) -> None:
    given_lines = RawText(tuple(Paragraph(line) for line in lines), labelled=labelled)
    once = split_turns(given_lines, known)
    assert once == split_turns(given_lines, known)
    labels = {turn.label for turn in once if turn.label is not None}
    assert not any(":" in label or "\n" in label or label != label.strip() for label in labels)
    roles_of, told = assign_roles(once, known)
    assert list(roles_of) == list(dict.fromkeys(turn.label for turn in once if turn.label is not None))
    assert (roles_of, told) == assign_roles(once, known)


def test_a_name_with_its_part_in_brackets_is_one_label() -> None:
    lines = [
        "Anne (intervjuer): Hva skjedde?",
        "Åse: Læreren ringte.",
        "Anne (intervjuer): Og så?",
        "Åse (ler): Så kom jeg.",
    ]
    raw = RawText(tuple(Paragraph(line) for line in lines))
    record = transcribe(raw, transcript_id="T").transcript

    assert [(turn.speaker, record.text[turn.start : turn.end]) for turn in record.turns] == [
        ("Anne (intervjuer)", "Hva skjedde?"),
        ("Åse", "Læreren ringte."),
        ("Anne (intervjuer)", "Og så?"),
        ("Åse", "(ler): Så kom jeg."),
    ]
    assert [(speaker.label, speaker.role) for speaker in record.speakers] == [
        ("Anne (intervjuer)", "interviewer"),
        ("Åse", "participant"),
    ]


def test_a_letter_and_a_number_is_a_label_even_if_it_comes_once() -> None:
    assert find_labels(["I: Hva sier dere?", "K1: Ja.", "E1: Nei.", "K1: Jo."]) == {
        "I": 1,
        "K1": 2,
        "E1": 1,
    }
