import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualkit.transcripts.labelslips import is_slip, near_pairs
from qualkit.transcripts.plain import read_plain
from qualkit.transcripts.reading import Reading, transcribe


def read(*labels: str, participants: tuple[str, ...] = ()) -> Reading:
    text = "\n".join(f"{label}: Det var slik det var, nummer {i}." for i, label in enumerate(labels))
    return transcribe(read_plain(text.encode()), transcript_id="I3", language="nb", participants=participants)


def messages(*labels: str) -> list[str]:
    return [doubt.message for doubt in read(*labels).doubts]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Informant 1", "Infromant 1"),
        ("Informant 1", "Informant1"),
        ("Informant 1", "informant 1"),
        ("Informant 1", "Informan 1"),
        ("Informant 1", "Informannt 1"),
        ("Informant 1", "Imformant 1"),
        ("Kari", "Karl"),
        ("Kari", "Kair"),
        ("Ola Nordmann", "Ola Nordman"),
        ("SPEAKER_01", "Speaker 01"),
    ],
)
def test_slips(one: str, other: str) -> None:
    assert is_slip(one, other)
    assert is_slip(other, one)
    assert near_pairs([one, other]) == [(one, other)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Informant 1", "Informant 2"),
        ("Informant 1", "Informant 11"),
        ("Informant 1", "Infromatn 1"),
        ("K1", "K2"),
        ("K", "R"),
        ("I", "R"),
        ("Ola", "Ole"),
        ("SPEAKER_00", "SPEAKER_01"),
        ("Kari", "Kristin"),
        ("Kari", "Kari"),
    ],
)
def test_no_slips(one: str, other: str) -> None:
    assert not is_slip(one, other)
    assert near_pairs([one, other]) == []


def test_a_rare_label_beside_a_frequent_one_is_asked_about() -> None:
    labels = ["Intervjuer", "Informant 1"] * 12 + ["Intervjuer", "Infromant 1", "Intervjuer", "Informant 1"]
    reading = read(*labels)
    (doubt,) = reading.doubts
    assert doubt.message == "the labels of speakers 2 and 3 differ by a slip of the finger; speaker 3 has only turn 26"
    assert "participants.csv" in doubt.hint
    assert [speaker.label for speaker in reading.transcript.speakers] == ["Intervjuer", "Informant 1", "Infromant 1"]


def test_no_label_is_printed() -> None:
    (message,) = messages(*["I", "Kari"] * 12, "I", "Karl")
    assert "Kar" not in message
    assert message.endswith("speaker 3 has only turn 26")


def test_a_mistyped_label_does_not_lend_its_words_to_the_speaker_before() -> None:
    text = "Ola: Hei.\nKristin: Ja.\n" * 6 + "Ola: Og så?\nKrisitn: Nei.\nHan sa det slik: ja.\n"
    reading = transcribe(read_plain(text.encode()), transcript_id="I3", language="nb")
    last = reading.transcript.turns[-1]
    assert last.speaker == "Krisitn"
    assert reading.transcript.text[last.start : last.end] == "Nei.\nHan sa det slik: ja."
    assert len(reading.doubts) == 1


@pytest.mark.parametrize(
    "labels",
    [
        ["Intervjuer", "Informant 1", "Informant 2"] * 10,
        ["K1", "K2", "I"] * 10,
        ["Kari", "Karl", "Intervjuer"] * 10,
        ["Marie", "Maria", "I"] * 4,
        [f"SPEAKER_{i:02d}" for i in range(30)],
        ["I", "R"] * 10 + ["K"],
    ],
)
def test_two_people_are_not_asked_about(labels: list[str]) -> None:
    assert messages(*labels) == []


def test_letters_changed_over_are_asked_about_however_often() -> None:
    assert len(messages(*["Intervjuer", "Kristin", "Kristni"] * 8)) == 1


def test_who_put_both_labels_into_the_list_has_decided() -> None:
    labels = ["Intervjuer", "Informant 1"] * 12 + ["Infromant 1"]
    assert read(*labels, participants=("Informant 1", "Infromant 1")).doubts == ()
    assert len(read(*labels, participants=("Informant 1",)).doubts) == 1


LABELS = st.lists(st.text("abAB1 ", min_size=1, max_size=7), max_size=8, unique=True)


@given(LABELS)
def test_pairs_are_those_of_every_label_against_every_other(labels: list[str]) -> None:
    slow = {frozenset((one, other)) for one in labels for other in labels if is_slip(one, other)}
    assert {frozenset(pair) for pair in near_pairs(labels)} == slow
