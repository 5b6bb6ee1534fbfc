import time

import pytest

from qualkit.transcripts.hallucinations import find_loops, find_phrases, find_word_loops
from qualkit.transcripts.raw import Paragraph, RawText
from qualkit.transcripts.reading import Reading, transcribe


def read(*said: tuple[str | None, str], seconds: float | None = 60.0) -> Reading:
    paragraphs = tuple(
        Paragraph(text, speaker, None if seconds is None else (i * seconds, (i + 1) * seconds))
        for i, (speaker, text) in enumerate(said)
    )
    raw = RawText(paragraphs, labelled=any(speaker for speaker, _ in said))
    return transcribe(raw, transcript_id="I3", language="nb")


def messages(reading: Reading) -> list[str]:
    return [doubt.message for doubt in reading.doubts]


@pytest.mark.parametrize(
    "phrase",
    [
        "Teksting av Nicolai Winther",
        "Tekstet av Nicolai Winther",
        "Norsk tekst av Nicolai Winther",
        "Undertekster av Nicolai Winther",
        "Undertekster av Ai-Media",
        "Undertekst av Ai-Media",
        "Tekst: Nicolai Winther",
        "Danske tekster af Nicolai Winther",
        "Undertexter av Ai-Media",
        "Takk for at du så på!",
        "Takk for at du så på denne videoen.",
        "Takk for at dere så på.",
        "Takk for at du så med.",
        "Tak fordi du så med",
        "Tack för att ni tittade.",
        "Thanks for watching!",
        "Thank you so much for watching.",
        "Please subscribe to my channel.",
        "Subtitles by the Amara.org community",
        "Undertekstet av Amara.org-fellesskapet",
        "Captions by GetTranscribed.com",
        "Transcribed by Https",
        "Untertitel im Auftrag des ZDF, 2021",
        "Untertitelung aufgrund der Amara.org-Community",
        "[Automatisk tekstet av Autotekst med OpenAI Whisper V3. Kan inneholde feil.]",
        "[Automatic captions by Autotekst using OpenAI Whisper V3. May contain recognition errors.]",
    ],
)
def test_what_recognisers_write_into_silence(phrase: str) -> None:
    reading = read(("S1", "Hvordan var det?"), ("S2", f"Det var fint. {phrase}"), ("S1", "Ja."))
    (message,) = messages(reading)
    assert message.startswith("1 passage looks like what speech recognisers write where nobody speaks")
    assert message.endswith(": turn 2 (00:01:00)")
    assert phrase in reading.transcript.text


@pytest.mark.parametrize(
    "speech",
    [
        "Vi snakket om teksting av filmer for døve.",
        "Jeg jobber med undertekster av norske serier.",
        "Takk for at du så på søknaden min, sa hun.",
        "Og da takket jeg, takk for at du så på det.",
        "Vi så på hverandre.",
        "Takk for meg.",
        "Konteksten av det hele: Kari Nes gikk.",
        "Thank you for watching my kids while I was away.",
        "I subscribe to that view.",
        "We wrote subtitles by hand.",
    ],
)
def test_speech_about_such_things_is_speech(speech: str) -> None:
    assert find_phrases(speech) == []


def test_places_are_told_and_no_words() -> None:
    said = [("S1" if i % 2 else "S2", f"Vi gikk {i} turer.") for i in range(40)]
    for i in (3, 16, 17):
        said[i] = (said[i][0], "Teksting av Nicolai Winther")
    (message,) = messages(read(*said))
    assert message.endswith("turn 4 (00:03:00); turn 17 (00:16:00); turn 18 (00:17:00)")
    assert "Winther" not in message


def test_many_places_are_counted() -> None:
    said = [
        ("S1" if i % 2 else "S2", f"Thanks for watching! {i}" if i % 2 else "Thanks for watching!") for i in range(60)
    ]
    (message,) = messages(read(*said, seconds=None))
    assert message.startswith("60 passages look like")
    assert message.endswith("turn 12 and 48 more")


def test_a_text_without_speakers_is_one_turn_with_times_of_its_paragraphs() -> None:
    reading = read((None, "Vi gikk en tur."), (None, "Teksting av Nicolai Winther"), (None, "Så gikk vi hjem."))
    assert reading.unlabelled
    assert messages(reading)[0].endswith("turn 1 (00:01:00)")


def test_the_same_sentence_again_and_again() -> None:
    (message,) = messages(read(("S1", "Ja."), ("S2", "Det vet jeg ikke. " * 5), ("S1", "Nei.")))
    assert message == (
        "1 passage says the same many times in a row, as speech recognisers do when they are caught in a loop: "
        "turn 2 (00:01:00)"
    )


def test_the_same_turn_again_and_again() -> None:
    said = [("S1", "Hei."), *[("S2", "Det er bra!")] * 6, ("S1", "Nei.")]
    assert messages(read(*said))[0].endswith("turns 2–7 (00:01:00)")


def test_two_speakers_are_not_caught_in_one_loop() -> None:
    assert messages(read(*[("S1" if i % 2 else "S2", "Det er bra.") for i in range(20)])) == []


def test_the_same_words_without_a_full_stop() -> None:
    (message,) = messages(read(("S1", "Ja."), ("S2", "Vi gikk og så var det " + "og så var det " * 9 + "slutt.")))
    assert message.endswith("turn 2 (00:01:00)")


@pytest.mark.parametrize(
    "speech",
    [
        "Ja. Ja. Ja. Ja. Ja. Det er sant.",
        "Nei, nei, nei, nei, nei!",
        "Det er bra. Det er bra. Vi gikk.",
        "ja ja ja ja ja ja",
    ],
)
def test_people_say_things_twice_and_more(speech: str) -> None:
    assert messages(read(("S1", speech), ("S2", "Mm."), ("S1", "Mm."), ("S2", "Mm."))) == []


def test_what_was_typed_is_not_searched_for_single_words() -> None:
    assert messages(read(("I", "Hei."), ("R", "ha " * 30), seconds=None)) == []


def test_loops_have_their_places() -> None:
    said = "Ja. " + "Nå er det nok. " * 4 + "Hei."
    assert [said[start:end] for start, end in find_loops(said)] == [("Nå er det nok. " * 4).strip()]
    said = "en to tre " + "fire fem " * 12 + "seks"
    assert [said[start:end] for start, end in find_word_loops(said)] == [("fire fem " * 12).strip()]


def test_a_long_text_is_searched_in_linear_time() -> None:
    text = "Teksting er noe vi gjorde uten stopp og uten at noen så på det " * 20_000
    begin = time.process_time()
    assert find_phrases(text) == []
    assert time.process_time() - begin < 5
