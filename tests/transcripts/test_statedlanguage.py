import pytest

from qualkit.transcripts.raw import Paragraph, RawText
from qualkit.transcripts.reading import Reading, transcribe
from qualkit.transcripts.statedlanguage import stated_language
from qualkit.transcripts.vtt import read_vtt

NORWEGIAN = ("Jeg vet ikke hva de tenkte på den kvelden, men vi ringte til dem mange ganger og fikk ikke svar.",) * 6
ENGLISH = ("I don't know what they were thinking that evening, but we called them many times.",) * 6


def read(said: tuple[str, ...], stated: str, default: str = "nb") -> Reading:
    raw = RawText(tuple(Paragraph(f"{i} {text}") for i, text in enumerate(said)), about={"language": stated})
    return transcribe(raw, transcript_id="I3", default_language=default)


@pytest.mark.parametrize(
    ("stated", "language"),
    [("no", "nb"), ("norwegian", "nb"), ("nn", "nn"), ("nb-NO", "nb"), ("nn_no", "nn"), ("EN", "en"), ("english", "en"),
     ("danish", "da"), ("sv-SE", "sv"), ("", ""), ("auto", ""), ("fi", ""), ("tlh-x", "")],
)  # fmt: skip
def test_how_languages_are_stated(stated: str, language: str) -> None:
    assert stated_language(stated, "en") == language


def test_one_norwegian_is_the_studys() -> None:
    assert stated_language("no", "nn") == "nn"


def test_another_language_than_is_stated_is_told() -> None:
    reading = read(NORWEGIAN, "en")
    assert reading.transcript.language == "nb"
    assert [doubt.message for doubt in reading.doubts] == [
        "the file states that English is spoken, but its words look Norwegian"
    ]


@pytest.mark.parametrize(
    ("said", "stated"), [(NORWEGIAN, "no"), (NORWEGIAN, "nn"), (NORWEGIAN, "fi"), (ENGLISH, "english")]
)
def test_what_agrees_is_not_told(said: tuple[str, ...], stated: str) -> None:
    assert read(said, stated).doubts == ()


def test_of_too_little_what_is_stated_counts() -> None:
    reading = read(("Yes.",), "en", default="nn")
    assert reading.transcript.language == "en"
    assert reading.decided == ("too little is said to tell the language; en was taken from what the file states",)


@pytest.mark.parametrize("note", ["NOTE language:nb-no", "Language: nb", "NOTE language: nb"])
def test_subtitles_state_it_above_their_first_cue(note: str) -> None:
    text = f"WEBVTT\n{note}\n\n00:01.000 --> 00:02.000\nLanguage: en\n"
    assert read_vtt(text.encode()).about["language"].startswith("nb")
