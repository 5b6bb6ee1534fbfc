"""WebVTT as Teams, Zoom, Stream, Whisper, WhisperX, noScribe and autotekst write it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from types import MappingProxyType

from qualkit.transcripts.cues import joined, read_cues, split_lines
from qualkit.transcripts.encoding import decode_text
from qualkit.transcripts.raw import RawText, UnreadableOriginal

_HINT = "Export the transcript again as WebVTT (.vtt), or as text or Word."
_LANGUAGE = re.compile(r"(?i:NOTE[ \t]+)?(?i:language)[ \t]*:[ \t]*([A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*)[ \t]*$")


def read_vtt(data: bytes) -> RawText:
    r"""Read a WebVTT file into one paragraph per stretch of one voice.

    Where the file has voices (`<v Name>`), consecutive cues of one voice are one paragraph; see `cues.joined`.
    Header, notes and styles are left out: they hold file paths.

    Args:
        data: The whole file; any encoding that `decode_text` reads.

    Returns:
        Paragraphs with times in seconds; `labelled` where voices were found.

    Raises:
        UnreadableOriginal: No cue, or no word in any cue.

    Example:
        >>> raw = read_vtt(b"WEBVTT\n\n00:02.160 --> 00:06.560\n<v Kari>Linje en\nlinje to</v>")
        >>> [(paragraph.speaker, paragraph.text, paragraph.time) for paragraph in raw.paragraphs]
        [('Kari', 'Linje en linje to', (2.16, 6.56))]
    """
    text, _, decided = decode_text(data)
    lines = split_lines(text)
    cues = list(read_cues(lines))
    if not cues:
        message = "the file is empty" if not text.strip() else "the file has no cue with times, so it is no WebVTT"
        raise UnreadableOriginal(message, _HINT)
    told = list(decided)
    if not lines[0].startswith("WEBVTT"):
        told.append("the file does not begin with WEBVTT; its cues were read all the same")
    paragraphs, labelled, told_of_cues = joined(cues)
    if not paragraphs:
        raise UnreadableOriginal("the file's cues hold no words", _HINT)
    return RawText(
        tuple(paragraphs),
        decided=(*told, *told_of_cues),
        labelled=labelled,
        about=MappingProxyType(_about(lines)),
    )


def _about(lines: Sequence[str]) -> dict[str, str]:
    """Return the language that a header line or a note above the first cue states."""
    for line in lines[:100]:
        if "-->" in line:
            break
        match = _LANGUAGE.match(line)
        if match:
            return {"language": match[1]}
    return {}
