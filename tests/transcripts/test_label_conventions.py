"""Every way of naming speakers that is met in text files, from the bytes to the turns."""

import pytest

from qualkit.transcripts.plain import read_plain
from qualkit.transcripts.reading import transcribe

Turn = tuple[str | None, str]


def turns(text: str) -> list[Turn]:
    transcript = transcribe(read_plain(text.encode()), transcript_id="I3", language="nb").transcript
    return [(turn.speaker, transcript.text[turn.start : turn.end]) for turn in transcript.turns]


def begins(text: str) -> list[float | None]:
    transcript = transcribe(read_plain(text.encode()), transcript_id="I3", language="nb").transcript
    return [turn.time[0] if turn.time else None for turn in transcript.turns]


@pytest.mark.parametrize(
    ("asked", "answered", "asker", "answerer"),
    [
        ("I: {}", "R: {}", "I", "R"),
        ("Intervjuer: {}", "Informant 1: {}", "Intervjuer", "Informant 1"),
        ("I: {}", "R.1: {}", "I", "R.1"),
        ("[00:01:23] Speaker 1: {}", "[00:01:30] Speaker 2: {}", "Speaker 1", "Speaker 2"),
        ("SPEAKER_00: {}", "SPEAKER_01: {}", "SPEAKER_00", "SPEAKER_01"),
        ("[SPEAKER_00]: {}", "[SPEAKER_01]: {}", "SPEAKER_00", "SPEAKER_01"),
        ("S01: [00:00:12] {}", "S02: [00:00:20] {}", "S01", "S02"),
        ("I: {} #00:01:23-4#", "R: {} #00:01:40-0#", "I", "R"),
        ("P3 (00:12:01): {}", "P4 (00:12:10): {}", "P3", "P4"),
        ("I\t{}", "R\t{}", "I", "R"),
        ("**I:** {}", "**R1:** {}", "I", "R1"),
        ("[id1] {}", "[id2] {}", "id1", "id2"),
        ("Intervjuer\n{}", "Informant 1\n{}", "Intervjuer", "Informant 1"),
        ("Kari:\n{}", "Ola:\n{}", "Kari", "Ola"),
        ("Kari Nes  0:04\n{}", "Ola Nordmann  1:00:12\n{}", "Kari Nes", "Ola Nordmann"),
        ("Kari Nes\t0:04\n{}", "Ola Nordmann\t0:10\n{}", "Kari Nes", "Ola Nordmann"),
        ("00:03:40.5Zack: {}", "00:03:44.2Anna: {}", "Zack", "Anna"),
        ("00:01:23 - 00:01:30\tR1\t{}", "00:01:30 - 00:01:35\tI\t{}", "R1", "I"),
        ("I：{}", "R：{}", "I", "R"),
        ("00:00:05 Speaker 1\n{}", "00:00:09 Speaker 2\n{}", "Speaker 1", "Speaker 2"),
        ("10:04:05 Kari Nes: {}", "10:04:09 Ola: {}", "Kari Nes", "Ola"),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\n\n"])
def test_turns_of_two_speakers(asked: str, answered: str, asker: str, answerer: str, end: str) -> None:
    said = [
        "Hvordan var det?",
        "Det var slik: jeg gikk.",
        "Og så?",
        "Da sa jeg: nei //S02: Ja. //",
        "Klokka 12:30?",
        "Ja.",
    ]
    text = end.join((answered if i % 2 else asked).format(words) for i, words in enumerate(said))
    assert turns(text) == [(answerer if i % 2 else asker, words) for i, words in enumerate(said)]


def test_a_part_that_speaks_once_above_its_words() -> None:
    text = "Intervjuer\nHvordan var det?\nInformant 1\nDet var slik: jeg gikk.\nIntervjuer\nSå sa du: nei?\n"
    assert turns(text) == [
        ("Intervjuer", "Hvordan var det?"),
        ("Informant 1", "Det var slik: jeg gikk."),
        ("Intervjuer", "Så sa du: nei?"),
    ]


@pytest.mark.parametrize(
    "header", ["Kari Nes {}", "[Kari Nes] {}", "Kari Nes  {}", "Kari Nes ({})", "Kari Nes\t{}"], ids=repr
)
def test_a_header_line_with_name_and_time(header: str) -> None:
    other = header.replace("Kari Nes", "Ola")
    if "(" in header:
        header, other = header.replace(" (", "  ("), other.replace(" (", "  (")
    blocks = [f"{(other if i % 2 else header).format(f'0:{i + 10}')}\nDette er nummer {i}.\n" for i in range(6)]
    text = "\n".join(blocks)
    assert turns(text) == [("Ola" if i % 2 else "Kari Nes", f"Dette er nummer {i}.") for i in range(6)]
    assert begins(text) == [10.0 + i for i in range(6)]


def test_otters_own_line_is_no_speech() -> None:
    text = "Kari Nes  0:04\nHei.\n\nOla  0:08\nJa.\n\nTranscribed by https://otter.ai\n"
    assert turns(text) == [("Kari Nes", "Hei."), ("Ola", "Ja.")]


def test_names_alone_on_their_lines() -> None:
    text = "".join(f"{'Kari Nes' if i % 2 else 'Ola'}\nDette er nummer {i}.\n\n" for i in range(6))
    assert turns(text) == [("Kari Nes" if i % 2 else "Ola", f"Dette er nummer {i}.") for i in range(6)]


@pytest.mark.parametrize("answers", [("Ja", "Nei"), ("Nettopp", "Akkurat"), ("Ja", "Kari")])
def test_short_answers_alone_on_their_lines_are_no_names(answers: tuple[str, str]) -> None:
    text = "".join(f"{answers[i % 2]}\nog så var det nummer {i}\n" for i in range(8))
    assert [speaker for speaker, _ in turns(text)] == [None]


def test_a_list_of_names_is_no_conversation() -> None:
    text = "Kari\nOla\nPer\n" * 4
    assert [speaker for speaker, _ in turns(text)] == [None]


def test_who_speaks_once_behind_a_time_is_a_speaker() -> None:
    said = [("Zack", "Hei."), ("Anna", "Ja."), ("Zack", "Nei."), ("Moderator", "Hm?"), ("Gjest", "Jo.")]
    text = "\n".join(f"00:03:4{i}.5{name}: {words}" for i, (name, words) in enumerate(said))
    assert turns(text) == said
    assert begins(text) == [220.5, 221.5, 222.5, 223.5, 224.5]


def test_speech_behind_a_time_opens_no_turn() -> None:
    text = "[00:00:01] Det var slik: jeg gikk.\n[00:00:05] Og så kom hun.\n[00:00:09] Da sa jeg: nei.\n"
    assert [speaker for speaker, _ in turns(text)] == [None]
