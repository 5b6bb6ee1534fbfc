import pytest

from qualkit.language.labels import is_recogniser_label, may_be_a_name, names_interviewer, names_participant


@pytest.mark.parametrize(
    "label", ["I", "Intervjuer", "INTERVJUER 2", "Int.", "Moderator", "M", "Spm", "Intervjuar", "Forskar 2"]
)
def test_labels_of_who_asks(label: str) -> None:
    assert names_interviewer(label)
    assert not may_be_a_name(label)


@pytest.mark.parametrize("label", ["R1", "Informant 2", "informant", "S01", "P-3", "Deltaker", "IP1"])
def test_labels_of_who_answers(label: str) -> None:
    assert names_participant(label)
    assert not names_interviewer(label)
    assert not may_be_a_name(label)


@pytest.mark.parametrize("label", ["SPEAKER_00", "Speaker 1", "Unknown Speaker", "spk2"])
def test_labels_of_recognisers_say_nothing(label: str) -> None:
    assert is_recogniser_label(label)
    assert not may_be_a_name(label)


@pytest.mark.parametrize(
    "label", ["Kari", "Per", "Ola Nordmann", "kari nes", "Åse", "Anne-Lise", "KARI", "IDA", "Bo", "ANN", "ELI"]
)
def test_names_may_be_names(label: str) -> None:
    assert may_be_a_name(label)
    assert not names_interviewer(label)
    assert not names_participant(label)


@pytest.mark.parametrize("label", ["K", "A", "KN", "K1", "NN", "ABC", "A12"])
def test_initials_and_codes_are_no_names(label: str) -> None:
    assert not may_be_a_name(label)
