"""What holds for every format that recorders and recognisers leave, whatever is in the file."""

import json
import time
from collections.abc import Callable
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualkit.transcripts.formats import format_of
from qualkit.transcripts.raw import RawText, UnreadableOriginal
from qualkit.transcripts.reading import read_original

SUFFIXES = (".txt", ".md", ".vtt", ".srt", ".sbv", ".json", ".tsv", ".html", ".otr")

Spoken = list[tuple[str, float, float, str]]


def clock(seconds: float, sign: str = ".") -> str:
    return f"{int(seconds) // 3600:02d}:{int(seconds) // 60 % 60:02d}:{int(seconds) % 60:02d}{sign}000"


WRITERS: dict[str, Callable[[Spoken], str]] = {
    ".txt": lambda said: "".join(f"[{clock(a)[:8]}] {who}: {words}\n" for who, a, _, words in said),
    ".vtt": lambda said: (
        "WEBVTT\n\n" + "".join(f"{clock(a)} --> {clock(b)}\n<v {who}>{words}</v>\n\n" for who, a, b, words in said)
    ),
    ".srt": lambda said: "".join(
        f"{i}\n{clock(a, ',')} --> {clock(b, ',')}\n[{who}]: {words}\n\n"
        for i, (who, a, b, words) in enumerate(said, 1)
    ),
    ".sbv": lambda said: "".join(f"{clock(a)[1:]},{clock(b)[1:]}\n{who}: {words}\n\n" for who, a, b, words in said),
    ".json": lambda said: json.dumps(
        {"segments": [{"start": a, "end": b, "text": f" {words}", "speaker": who} for who, a, b, words in said]}
    ),
    ".tsv": lambda said: (
        "start\tend\ttext\tspeaker\n"
        + "".join(f"{int(a * 1000)}\t{int(b * 1000)}\t{words}\t{who}\n" for who, a, b, words in said)
    ),
    ".html": lambda said: (
        "<html><body><p>Tittel</p>"
        + "".join(
            f'<p><a name="ts_{int(a * 1000)}_{int(b * 1000)}_{who}">{who}: {words}</a></p>' for who, a, b, words in said
        )
    ),
    ".otr": lambda said: json.dumps(
        {
            "text": "".join(
                f'<p><span class="timestamp" data-timestamp="{a}">{clock(a)[:8]}</span> {who}: {words}</p>'
                for who, a, _, words in said
            )
        }
    ),
}


@cache
def specimen(suffix: str) -> bytes:
    said = [(f"SPEAKER_0{i % 2}", float(i * 3), float(i * 3 + 2), f"Dette er nummer {i}.") for i in range(6)]
    return WRITERS.get(suffix, WRITERS[".txt"])(said).encode()


def read(data: bytes, suffix: str) -> RawText | None:
    try:
        raw = format_of(suffix).read(data)
    except UnreadableOriginal as refusal:
        return None if str(refusal) else RawText(())
    assert raw.paragraphs
    return raw


@given(st.binary(max_size=300), st.sampled_from(SUFFIXES))
def test_any_bytes_are_read_or_refused(data: bytes, suffix: str) -> None:
    assert read(data, suffix) == read(data, suffix)


@given(st.text(max_size=200), st.sampled_from(SUFFIXES), st.sampled_from(["utf-8", "utf-16", "cp1252"]))
def test_any_text_is_read_or_refused(text: str, suffix: str, codec: str) -> None:
    data = text.encode(codec, "replace")
    assert read(data, suffix) == read(data, suffix)


@settings(max_examples=100)
@given(st.data(), st.sampled_from(SUFFIXES))
def test_a_file_that_was_cut_changed_or_doubled_is_read_or_refused(data: st.DataObject, suffix: str) -> None:
    whole = specimen(suffix)
    start = data.draw(st.integers(0, len(whole)))
    stop = data.draw(st.integers(start, len(whole)))
    between = data.draw(st.sampled_from([b"", b"\0", b"\xff\xfe", b"<", b"\n\n", b'"', b"-->", b"{", b"\xc3", whole]))
    broken = whole[:start] + between + whole[stop:]
    with TemporaryDirectory() as folder:
        path = Path(folder, f"I3{suffix}")
        path.write_bytes(broken)
        try:
            reading = read_original(path, transcript_id="I3")
        except UnreadableOriginal:
            return
        assert read_original(path, transcript_id="I3") == reading


WORDS = st.lists(st.text("abcdeæøå0123", min_size=1, max_size=6), min_size=1, max_size=6)
SAID = st.lists(st.tuples(st.integers(0, 2), WORDS), min_size=1, max_size=9)


@given(SAID, st.sampled_from(sorted(WRITERS)))
def test_every_word_of_everybody_is_there_once(said: list[tuple[int, list[str]]], suffix: str) -> None:
    spoken = [
        (f"SPEAKER_0{who}", float(i * 3), float(i * 3 + 2), "ord " + " ".join(words))
        for i, (who, words) in enumerate(said)
    ]
    with TemporaryDirectory() as folder:
        path = Path(folder, f"I3{suffix}")
        path.write_text(WRITERS[suffix](spoken), encoding="utf-8")
        transcript = read_original(path, transcript_id="I3", language="nb").transcript
    found: dict[str | None, list[str]] = {}
    for turn in transcript.turns:
        found.setdefault(turn.speaker, []).extend(transcript.text[turn.start : turn.end].split())
    expected: dict[str | None, list[str]] = {}
    for who, _, _, words in spoken:
        expected.setdefault(who, []).extend(words.split())
    assert found == expected
    assert transcript.turns[0].time is not None


@pytest.mark.parametrize("suffix", sorted(WRITERS))
def test_ten_times_as_much_takes_no_more_than_ten_times_as_long(suffix: str) -> None:
    def seconds(number: int) -> float:
        said = [(f"SPEAKER_{i % 300:02d}", float(i), float(i), f"dette er nummer {i}") for i in range(number)]
        data = WRITERS[suffix](said).encode()
        begin = time.process_time()
        assert read(data, suffix)
        return time.process_time() - begin

    seconds(100)
    small = min(seconds(2_000) for _ in range(3))
    assert seconds(20_000) < 40 * small + 0.5
