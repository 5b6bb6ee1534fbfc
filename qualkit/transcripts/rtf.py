"""Rich Text Format (rtf), as Word, LibreOffice, TextEdit, f4 and easytranscript write it.

An own reader: the library there is keeps deleted and hidden text, drops comments, and makes lines of cells.
"""

from __future__ import annotations

from qualkit.transcripts.raw import Doubt, RawText, UnreadableOriginal, tell
from qualkit.transcripts.rtf_walk import Walker
from qualkit.transcripts.sniffing import looks_like
from qualkit.transcripts.word_package import SAVE_AS_DOCX
from qualkit.transcripts.written import as_raw

_BOM = b"\xef\xbb\xbf"


def read_rtf(data: bytes) -> RawText:
    r"""Read an rtf file: tracked insertions as accepted, deletions and hidden text left out.

    Headers, footers and footnotes are no speech and are left out; footnotes are told. Comments and highlighting
    become marks on the words they stand on.

    Args:
        data: The whole file.

    Raises:
        UnreadableOriginal: Not RTF, or without a word.

    Example:
        >>> raw = read_rtf(rb"{\rtf1\ansi I: Hvordan g\'e5r det?\par K1: \'abBra\'bb \u8211? ja.}")
        >>> [paragraph.text for paragraph in raw.paragraphs]
        ['I: Hvordan går det?', 'K1: «Bra» – ja.']
    """
    data = data.removeprefix(_BOM).lstrip()
    if not data:
        raise UnreadableOriginal("the file is empty", "Look whether the right file was saved.")
    if not data.startswith(b"{\\rtf"):
        kind = looks_like(data)
        seems = f"; it looks like {kind}" if kind else ""
        raise UnreadableOriginal(f"the file is no RTF document{seems}", SAVE_AS_DOCX)
    walker = Walker(data)
    try:
        walker.read()
        told = _told(walker)
        return as_raw(walker.written, walker.tables.end(), told, doubts=_doubts(walker, data), about=walker.about)
    except RecursionError:
        raise UnreadableOriginal("the document is nested too deeply to be read", SAVE_AS_DOCX) from None


def _told(walker: Walker) -> list[str]:
    told: list[str] = []
    count = walker.count
    if walker.head.mistaken:
        told.append("the file is written in UTF-8, whatever it says of itself, and was read so")
    inserted = "tracked insertion was read as accepted", "tracked insertions were read as accepted"
    tell(told, count["insertions"], *inserted)
    tell(told, count["deletions"], "deletion was left out", "deletions were left out")
    tell(told, count["moves"], "moved passage was read at its new place", "moved passages were read at their new place")
    tell(told, count["boxes"], "text box was read after its paragraph", "text boxes were read after their paragraphs")
    tell(told, count["notes"], "footnote or endnote was left out", "footnotes or endnotes were left out")
    tell(told, count["symbols"], "sign of a symbol font was left out", "signs of symbol fonts were left out")
    left_out = "labels made by numbering are missing"
    one, many = "automatic number was left out", "automatic numbers were left out"
    tell(told, count["numbers"], f"{one}: {left_out}", f"{many}: {left_out}")
    return told


def _doubts(walker: Walker, data: bytes) -> list[Doubt]:
    doubts = []
    if walker.end < 0:
        hint = "Hold the end of the transcript against the recording, or fetch the file again from where it came."
        doubts.append(Doubt("the file does not end as an RTF document does; it may be cut off", hint))
    elif data[walker.end :].strip(b" \t\r\n\x00\x1a}"):
        hint = "Open it in Word, look whether everything is there, and save it as .docx."
        doubts.append(Doubt("the document ends before the file does, and what follows was not read", hint))
    if unreadable := walker.count["unreadable"]:
        hint = f"Look for the sign \ufffd in the transcript. {SAVE_AS_DOCX}"
        one, many = "character could not be read", "characters could not be read"
        doubts.append(Doubt(f"{unreadable} {one if unreadable == 1 else many}", hint))
    return doubts
