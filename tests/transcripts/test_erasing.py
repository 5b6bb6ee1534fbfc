from collections.abc import Callable

from hypothesis import given, settings
from hypothesis import strategies as st

from qualkit.model import Transcript
from qualkit.transcripts.canonical import parse_transcript, render_transcript
from qualkit.transcripts.erasing import Erased, erase_turns
from qualkit.transcripts.raw import Paragraph, RawText
from qualkit.transcripts.reading import transcribe

GROUP = "I: Hva skjedde?\n\nKari: Jeg ringte.\n\nOla: Ikke jeg.\n\nKari: Nei, du sov.\n\nMona: Jeg ringte også."


def without(record: Transcript, *labels: str) -> Erased:
    return erase_turns(record, labels, mark="[trukket]", name="Trukket")


def words(record: Transcript, passage: str) -> tuple[int, int]:
    start = record.text.index(passage)
    return start, start + len(passage)


def carried(gone: Erased, passage: str) -> str | None:
    place = gone.carried(*words(gone.before, passage))
    return None if place is None else gone.transcript.text[slice(*place)]


def test_turns_become_a_mark_behind_a_label_that_names_nobody(interview: Callable) -> None:
    gone = without(interview(GROUP), "Kari").transcript
    assert gone.text.strip() == (
        "I: Hva skjedde?\n\nTrukket: [trukket]\n\nOla: Ikke jeg.\n\nTrukket: [trukket]\n\nMona: Jeg ringte også."
    )
    assert [(s.label, s.role) for s in gone.speakers][1] == ("Trukket", "other")
    read, problems = parse_transcript(render_transcript(gone), "K1.txt")
    assert (read, problems) == (gone, [])


def test_somebody_else_may_withdraw_later(interview: Callable) -> None:
    gone = without(without(interview(GROUP), "Kari").transcript, "Ola").transcript
    assert [speaker.label for speaker in gone.speakers] == ["I", "Trukket", "Trukket 2", "Mona"]
    assert "Trukket 2: [trukket]" in gone.text


def test_passages_of_others_keep_their_words(interview: Callable) -> None:
    gone = without(interview(GROUP), "Kari")
    for passage in ("Hva skjedde?", "Ikke jeg.", "jeg", "Mona: Jeg ringte også.", "også", "Jeg ringte også."):
        start = gone.before.text.rindex(passage)
        place = gone.carried(start, start + len(passage))
        assert place is not None
        assert gone.transcript.text[slice(*place)] == passage


def test_passages_over_several_persons_turns(interview: Callable) -> None:
    gone = without(interview(GROUP), "Kari")
    assert carried(gone, "Jeg ringte.") is None
    assert carried(gone, "Hva skjedde?\n\nKari: Jeg ringte.") is None
    assert carried(gone, "ringte.\n\nOla: Ikke jeg.") == "Ikke jeg."
    assert carried(gone, "Ikke jeg.\n\nKari: Nei, du") == "Ikke jeg."
    assert carried(gone, "jeg.\n\nKari: Nei, du sov.\n\nMona: Jeg") == "jeg.\n\nTrukket: [trukket]\n\nMona: Jeg"


def test_pages_and_times_follow(interview: Callable) -> None:
    from dataclasses import replace

    record = interview(GROUP)
    pages = {0: 1, record.text.index("Ola:"): 2, record.text.index("Mona:"): 3}
    record = replace(record, pages=pages, turns=tuple(replace(turn, time=(1.0, 2.0)) for turn in record.turns))
    gone = without(record, "Kari").transcript
    assert {gone.text[start:].partition(":")[0]: page for start, page in gone.pages.items()} == {
        "I": 1,
        "Ola": 2,
        "Mona": 3,
    }
    assert [turn.time for turn in gone.turns] == [(1.0, 2.0), None, (1.0, 2.0), None, (1.0, 2.0)]


SPEECH = st.text("abc å.\n😀", min_size=1, max_size=12).filter(str.strip)


@given(st.lists(st.tuples(st.sampled_from(["I", "K1", "K2", "K3"]), SPEECH), min_size=2, max_size=8), st.data())
@settings(max_examples=200)
def test_every_offset_in_others_speech_keeps_its_place(turns: list[tuple[str, str]], data: st.DataObject) -> None:
    lines = (f"{label}: {speech.strip().replace(chr(10), ' ')}" for label, speech in turns)
    record = transcribe(RawText(tuple(map(Paragraph, lines))), transcript_id="G", language="nb").transcript
    gone = without(record, "K1")
    for old, new in zip(record.turns, gone.transcript.turns, strict=True):
        if old.speaker == "K1":
            assert gone.transcript.text[new.start : new.end] == "[trukket]"
            continue
        assert gone.transcript.text[new.start : new.end] == record.text[old.start : old.end]
        offset = data.draw(st.integers(old.start, old.end))
        assert gone.moved(offset) == new.start + offset - old.start
