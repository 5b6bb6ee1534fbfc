"""SRT and SBV subtitles, as recognisers, editors and video sites write them."""

from __future__ import annotations

from qualkit.transcripts.cues import Cue, joined, read_cues, split_lines
from qualkit.transcripts.encoding import decode_text
from qualkit.transcripts.raw import RawText, UnreadableOriginal


def read_srt(data: bytes) -> RawText:
    r"""Read SRT subtitles; comma or point in the times, with or without indices.

    Labels in the text (`Kari: …`, WhisperX's `[SPEAKER_00]: …`) are left to the label step; a cue that goes on
    with the sentence of the cue before is joined to it.

    Raises:
        UnreadableOriginal: No cue, or no word in any cue.

    Example:
        >>> raw = read_srt(b"1\n00:00:00,000 --> 00:00:02,000\n[SPEAKER_00]: Hei\n")
        >>> [(paragraph.speaker, paragraph.text, paragraph.time) for paragraph in raw.paragraphs]
        [('SPEAKER_00', 'Hei', (0.0, 2.0))]
    """
    text, _, decided = decode_text(data)
    lines = split_lines(text)
    told = list(decided)
    if lines[0].startswith("WEBVTT"):
        told.append("the file is WebVTT under the ending .srt, and was read as WebVTT")
    return _read(list(read_cues(lines)), text, told, "SRT")


def read_sbv(data: bytes) -> RawText:
    r"""Read SBV subtitles, the format of YouTube.

    Raises:
        UnreadableOriginal: No cue, or no word in any cue.

    Example:
        >>> raw = read_sbv(b"0:00:01.000,0:00:03.000\nHei.\n")
        >>> [(paragraph.text, paragraph.time) for paragraph in raw.paragraphs]
        [('Hei.', (1.0, 3.0))]
    """
    text, _, decided = decode_text(data)
    lines = split_lines(text.replace("[br]", " "))
    return _read(list(read_cues(lines, sbv=True)), text, list(decided), "SBV")


def _read(cues: list[Cue], text: str, told: list[str], name: str) -> RawText:
    hint = "Export the transcript again, as subtitles or as text."
    if not cues:
        message = "the file is empty" if not text.strip() else f"the file has no cue with times, so it is no {name}"
        raise UnreadableOriginal(message, hint)
    paragraphs, labelled, told_of_cues = joined(cues)
    if not paragraphs:
        raise UnreadableOriginal("the file's cues hold no words", hint)
    return RawText(tuple(paragraphs), decided=(*told, *told_of_cues), labelled=labelled)
