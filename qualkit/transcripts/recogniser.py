"""JSON that speech recognisers leave: Whisper, WhisperX, faster-whisper, whisper.cpp, and what is shaped like them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from math import isfinite
from types import MappingProxyType
from typing import Any

from qualkit.transcripts.clock import Time
from qualkit.transcripts.cues import plain_spaces
from qualkit.transcripts.jsontext import load_json
from qualkit.transcripts.raw import Paragraph, RawText, UnreadableOriginal, tell
from qualkit.transcripts.stretches import Piece, by_sentence, by_speaker, told_of_times

_EXPECTED = (
    "Expected is a list of segments as Whisper, WhisperX, faster-whisper and whisper.cpp write it: "
    '{"segments": [{"start": 0.0, "end": 2.5, "text": "…", "speaker": "…"}]}. '
    "Export the transcript as .vtt, .srt or .txt instead."
)
# Of the same length in every dialect; a day and night of speech is shorter than a million seconds.
_LONGEST = 1_000_000.0


def read_recogniser_json(data: bytes) -> RawText:
    r"""Read the segments of a recogniser's JSON.

    Where it names speakers, consecutive segments of one speaker are one paragraph, and a segment in which
    several speak is parted where its words say so; a word without a speaker stays with the word before. Where it
    names none, a segment is a paragraph unless it goes on with the sentence of the one before.

    Returns:
        Paragraphs with times in seconds; `labelled` where speakers are named; `about["language"]` as the file
        states it.

    Raises:
        UnreadableOriginal: The file is no JSON, breaks off, or holds no segments with words.

    Example:
        >>> raw = read_recogniser_json(b'{"segments": [{"start": 0, "end": 2.5, "text": " Ja.", "speaker": "S1"}]}')
        >>> [(paragraph.speaker, paragraph.text, paragraph.time) for paragraph in raw.paragraphs]
        [('S1', 'Ja.', (0.0, 2.5))]
    """
    content, decided = load_json(data)
    segments = _segments(content)
    about = MappingProxyType(_about(content))
    if not segments:
        text = content.get("text") if isinstance(content, Mapping) else None
        if not isinstance(text, str) or not text.strip():
            raise UnreadableOriginal("the file holds no segments with words", _EXPECTED)
        lines = [line.strip() for line in text.splitlines() if line.strip()]
        told = (*decided, "the file has no segments; its text was read without times")
        return RawText(tuple(Paragraph(line) for line in lines), decided=told, about=about)
    pieces, times, parted, empty = _pieces(segments)
    if not pieces:
        raise UnreadableOriginal("the file's segments hold no words", _EXPECTED)
    labelled = any(piece.speaker for piece in pieces)
    told_here = told_of_times(times, "segment")
    where = "parted where its words change speaker"
    tell(told_here, parted, f"segment was {where}", f"segments were {where.replace('its', 'their')}")
    if any(_is_numbered(segment.get("speaker")) for segment in segments):
        told_here.append("the file numbers its speakers; they were called Speaker 0, Speaker 1 and so on")
    tell(told_here, empty, "segment without words was left out", "segments without words were left out")
    paragraphs = by_speaker(pieces) if labelled else by_sentence(pieces)
    return RawText(tuple(paragraphs), decided=(*decided, *told_here), labelled=labelled, about=about)


def _segments(content: Any) -> Sequence[Mapping[str, Any]]:
    """Return the segments of every dialect; none where there is nothing but a text.

    Raises:
        UnreadableOriginal: It is JSON of another kind.
    """
    found = content
    if isinstance(content, Mapping):
        if "media-time" in content or ("media" in content and "segments" not in content):
            raise UnreadableOriginal("the file is an oTranscribe file", "Give it the ending .otr.")
        # Diarised chunks stand under "speakers", and once more without speakers under "chunks".
        lists = [content[key] for key in ("segments", "transcription", "speakers", "chunks") if key in content]
        found = next((one for one in lists if _has_texts(one)), None)
        if found is None:
            if isinstance(content.get("text"), str) or [] in lists:
                return []
            raise _unknown()
    if not _has_texts(found):
        raise _unknown()
    return [one for one in found if isinstance(one, Mapping)]


def _has_texts(found: Any) -> bool:
    return isinstance(found, list) and any(isinstance(one, Mapping) and "text" in one for one in found)


def _unknown() -> UnreadableOriginal:
    return UnreadableOriginal("the file is JSON, but not as a speech recogniser writes a transcript", _EXPECTED)


def _about(content: Any) -> dict[str, str]:
    if not isinstance(content, Mapping):
        return {}
    result = content.get("result")
    language = content.get("language") or (result.get("language") if isinstance(result, Mapping) else None)
    return {"language": language} if isinstance(language, str) and len(language) <= 40 else {}


def _pieces(segments: Sequence[Mapping[str, Any]]) -> tuple[list[Piece], list[Time | None], int, int]:
    """Return what each speaker says, the segments' times, how many were parted and how many are empty."""
    pieces: list[Piece] = []
    times: list[Time | None] = []
    parted = empty = 0
    for segment in segments:
        text = segment.get("text")
        if not isinstance(text, str) or not text.strip():
            empty += 1
            continue
        time = _time(segment)
        times.append(time)
        words = segment.get("words")
        before = len(pieces)
        if isinstance(words, list) and _have_several_speakers(words, segment) and (turns := _turns(text, words)):
            pieces.extend(_by_words(text, turns, words, segment, time))
        else:
            pieces.append(Piece(plain_spaces(text), _speaker(segment), time))
        parted += len(pieces) - before > 1
    return pieces, times, parted, empty


def _have_several_speakers(words: Sequence[Any], segment: Mapping[str, Any]) -> bool:
    """Tell quickly whether words name another speaker than the segment; most segments have one."""
    named = [word["speaker"] for word in words if isinstance(word, dict) and "speaker" in word]
    return bool(named) and named.count(segment.get("speaker")) < len(named)


def _time(segment: Mapping[str, Any]) -> Time | None:
    """Return begin and end in seconds, from any of the ways in which they are written."""
    offsets, stamp = segment.get("offsets"), segment.get("timestamp")
    scale = 1.0
    if "start" in segment:
        begin, end = segment["start"], segment.get("end")
    elif isinstance(offsets, Mapping):
        begin, end, scale = offsets.get("from"), offsets.get("to"), 1000.0
    elif isinstance(stamp, list) and len(stamp) == 2:
        begin, end = stamp
    else:
        return None
    first = _number(begin, scale)
    if first is None:
        return None
    # The last segment of a recording may have no end.
    last = _number(end, scale)
    return first, first if last is None else last


def _number(value: Any, scale: float = 1.0) -> float | None:
    if isinstance(value, str):
        try:
            value = float(value)
        except ValueError:
            return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < _LONGEST * scale:
        return None
    return value / scale if isfinite(value) else None


def _speaker(one: Mapping[str, Any]) -> str | None:
    speaker = one.get("speaker")
    if isinstance(speaker, bool) or not isinstance(speaker, str | int):
        return None
    name = str(speaker)[:100].strip()
    if _is_numbered(speaker):
        return f"Speaker {name}"
    return name if any(char.isalnum() for char in name) else None


def _is_numbered(speaker: Any) -> bool:
    return not isinstance(speaker, bool) and isinstance(speaker, str | int) and str(speaker)[:100].strip().isdecimal()


class _Turn:
    """Where in a segment one speaker begins, and the words by their numbers."""

    __slots__ = ("at", "first", "last", "speaker")

    def __init__(self, speaker: str | None, at: int, first: int, last: int) -> None:
        self.speaker, self.at, self.first, self.last = speaker, at, first, last


def _turns(text: str, words: Sequence[Any]) -> list[_Turn]:
    """Find where the words of a segment change speaker; nothing where one speaks, or none is named.

    Each word is looked up in the segment's text behind the word before, so that not a letter of the text is
    lost where words are missing or differ.
    """
    turns: list[_Turn] = []
    at = 0
    for number, word in enumerate(words):
        if not isinstance(word, Mapping):
            continue
        speaker = _speaker(word)
        spelt = word.get("word", word.get("text"))
        found = text.find(spelt.strip(), at, at + 1000) if isinstance(spelt, str) else -1
        if speaker and found >= 0 and (not turns or speaker != turns[-1].speaker):
            turns.append(_Turn(speaker, found if turns else 0, number if turns else 0, number))
        elif turns:
            turns[-1].last = number
        if found >= 0 and isinstance(spelt, str):
            at = found + len(spelt.strip())
    return turns


def _by_words(
    text: str, turns: Sequence[_Turn], words: Sequence[Any], segment: Mapping[str, Any], time: Time | None
) -> Iterator[Piece]:
    if len(turns) == 1:
        yield Piece(plain_spaces(text), _speaker(segment) or turns[0].speaker, time)
        return
    stops = [turn.at for turn in turns[1:]] + [len(text)]
    spans = [_span(words[turn.first : turn.last + 1]) for turn in turns]
    # A part without times lies between its neighbours.
    followings: list[float | None] = [time[1] if time else None]
    for begin, _ in reversed(spans[1:]):
        followings.append(followings[-1] if begin is None else begin)
    last = time[0] if time else None
    for turn, stop, span, following in zip(turns, stops, spans, reversed(followings), strict=True):
        begin = last if span[0] is None else span[0]
        last = end = following if span[1] is None else span[1]
        part = plain_spaces(text[turn.at : stop])
        if part:
            yield Piece(part, turn.speaker, None if begin is None else (begin, begin if end is None else end))


def _span(words: Sequence[Any]) -> tuple[float | None, float | None]:
    """Return when the first word with a time begins and the last one ends."""
    timed = [word for word in words if isinstance(word, Mapping)]
    begins = (begin for word in timed if (begin := _number(word.get("start"))) is not None)
    ends = (end for word in reversed(timed) if (end := _number(word.get("end"))) is not None)
    return next(begins, None), next(ends, None)
