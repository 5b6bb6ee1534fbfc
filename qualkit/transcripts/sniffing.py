"""What a file's first bytes say it is, whatever its name says.

Nothing is ever read as something else than its ending names; what is found here only makes the refusal say
what the file is. A kind is a line in `KINDS`.
"""

from __future__ import annotations

import codecs
import io
import re
from dataclasses import dataclass

from qualkit.transcripts.formats import KNOWN_BUT_UNREAD, SUFFIXES
from qualkit.transcripts.raw import UnreadableOriginal

_HEAD = 2048


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file that its first bytes give away.

    Attributes:
        name: As a sentence goes on: "the file is …".
        suffixes: Endings under which such a file may come; the first is its own.
        starts: Bytes with which it begins.
        pattern: What its first characters look like, where bytes do not tell.
        text: Whether it can be read as plain text, however badly.
    """

    name: str
    suffixes: tuple[str, ...] = ()
    starts: tuple[bytes, ...] = ()
    pattern: re.Pattern[str] | None = None
    text: bool = False


_ZIPPED = (".docx", ".docm", ".odt", ".ods", ".xlsx", ".pptx", ".pages", ".zip")
_OLE = (".doc", ".xls", ".ppt", ".msg", ".docx", ".docm", ".xlsx")
_CLOCK = r"\d{1,3}:\d\d:\d\d[.,]\d{1,3}"
_SOUND = "a sound recording"


def _text(name: str, suffixes: tuple[str, ...], pattern: str) -> Kind:
    return Kind(name, suffixes, pattern=re.compile(r"\s*" + pattern), text=True)


KINDS = (
    Kind("a PDF", (".pdf",), (b"%PDF-",)),
    Kind("an RTF document", (".rtf", ".doc"), (b"{\\rtf",)),
    Kind("a zip file, as Word, Excel and OpenDocument files are", _ZIPPED, (b"PK\x03\x04", b"PK\x05\x06")),
    # A Word document with a password is one of these, too.
    Kind("an old Office file (.doc, .xls)", _OLE, (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",)),
    Kind("an image (PNG)", starts=(b"\x89PNG\r\n",)),
    Kind("an image (JPEG)", starts=(b"\xff\xd8\xff",)),
    Kind("an image (GIF)", starts=(b"GIF8",)),
    Kind("an image (BMP)", starts=(b"BM",)),
    Kind("an image (TIFF)", starts=(b"II*\0", b"MM\0*")),
    Kind(f"{_SOUND} (MP3)", starts=(b"ID3", b"\xff\xfb", b"\xff\xf3")),
    Kind(f"{_SOUND} (Ogg)", starts=(b"OggS",)),
    Kind(f"{_SOUND} (FLAC)", starts=(b"fLaC",)),
    Kind(f"{_SOUND} (AMR)", starts=(b"#!AMR",)),
    Kind(f"{_SOUND} (WMA)", starts=(b"\x30\x26\xb2\x75\x8e\x66\xcf\x11",)),
    Kind(f"{_SOUND} (WAV)", starts=(b"RIFF",)),
    Kind("a sound or video recording (WebM)", starts=(b"\x1a\x45\xdf\xa3",)),
    Kind("a compressed file (gzip)", starts=(b"\x1f\x8b",)),
    Kind("a compressed file (7-Zip)", starts=(b"7z\xbc\xaf",)),
    Kind("a compressed file (RAR)", starts=(b"Rar!",)),
    Kind("a Windows program", starts=(b"MZ",)),
    _text("a web page (HTML)", (".html", ".htm", ".xhtml", ".doc"), r"(?i:<html|<!doctype html)"),
    _text("WebVTT subtitles", (".vtt", ".srt"), r"WEBVTT(?=\s|\Z)"),
    _text("SRT subtitles", (".srt", ".vtt"), rf"\d{{1,6}}[ \t]*\r?\n[ \t]*{_CLOCK}[ \t]*-->[ \t]*{_CLOCK}"),
    _text("SBV subtitles", (".sbv",), rf"{_CLOCK},{_CLOCK}[ \t]*\r?\n"),
    _text("JSON, as speech recognisers write it", (".json", ".otr"), r'(?:\{\s*"[^"\n]{1,80}"\s*:|\[\s*\{\s*")'),
    Kind("a Praat file in binary", (".textgrid",), (b"ooBinaryFile",)),
    _text("an ELAN file", (".eaf",), r"(?:<\?xml[^>]*\?>)?\s*<ANNOTATION_DOCUMENT\b"),
    _text("a TextGrid of Praat", (".textgrid",), r'(?:File type\s*=\s*"ooTextFile|"Praat chronological TextGrid)'),
    _text("a CHAT file", (".cha",), r"@(?:UTF8|Begin)\b"),
    _text("a recogniser's table (start, end, text)", (".tsv",), r"start\tend\ttext(?=\s|\Z)"),
)
"""Every kind that is told apart."""

# Two letters may also open a sentence, and "RIFF" a word.
_SHORT_STARTS = (b"BM", b"MZ", b"RIFF")
_BY_BYTES = tuple((start, kind) for kind in KINDS for start in kind.starts)
_BY_TEXT = tuple((kind.pattern, kind) for kind in KINDS if kind.pattern)
_VIDEO = Kind("a sound or video recording (MP4, M4A)")
_WIDE = ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"), (codecs.BOM_UTF8, "utf-8"))
_IN_ZIPS = (
    ("word/document.xml", "a Word document", ".docx"),
    ("xl/workbook.xml", "an Excel workbook", ".xlsx"),
    ("ppt/presentation.xml", "a PowerPoint presentation", ".pptx"),
    ("content.xml", "an OpenDocument file", ".odt"),
    ("index/document.iwa", "a Pages document", ".pages"),
)


def sniff(data: bytes) -> Kind | None:
    """Return the kind of file that the first bytes give away; None for text that may be anything.

    Args:
        data: The whole file, or at least its first two kilobytes.

    Example:
        >>> kind = sniff(b"WEBVTT\\n\\n00:01.000 --> 00:02.000\\nHei")
        >>> kind.name, kind.suffixes
        ('WebVTT subtitles', ('.vtt', '.srt'))
    """
    head = data[:_HEAD]
    for start, kind in _BY_BYTES:
        if head.startswith(start) and (start not in _SHORT_STARTS or b"\0" in head):
            return kind
    if head[4:8] == b"ftyp":
        return _VIDEO
    text = _decoded(head)
    return next((kind for pattern, kind in _BY_TEXT if pattern.match(text)), None)


def _decoded(head: bytes) -> str:
    for bom, name in _WIDE:
        if head.startswith(bom):
            return head[len(bom) :].decode(name, "ignore")
    # Without a mark, UTF-16 has a NUL beside every Latin letter.
    return head.replace(b"\0", b"").decode("utf-8", "replace")


def looks_like(data: bytes) -> str:
    """Name what a file's first bytes say it is, or return "".

    Example:
        >>> looks_like(b"%PDF-1.7"), looks_like("I: Hei".encode())
        ('a PDF', '')
    """
    kind = sniff(data)
    return kind.name if kind else ""


def refuse_other_kinds(data: bytes, suffix: str) -> None:
    """Stop before a file is read as what its ending says, where its contents say otherwise.

    Args:
        data: The whole file.
        suffix: Its ending, in small or capital letters.

    Raises:
        UnreadableOriginal: It is of another kind; the message names the kind, the hint what to do.

    Example:
        >>> refuse_other_kinds(b"%PDF-1.7", ".txt")
        Traceback (most recent call last):
            ...
        qualkit.transcripts.raw.UnreadableOriginal: the file is a PDF, although its name ends in .txt
    """
    suffix = suffix.casefold()
    kind = sniff(data)
    if kind is None or suffix in kind.suffixes:
        return
    own = next((one for one in kind.suffixes if one in SUFFIXES), "")
    if kind.text and not own:
        # As text it is at least read; no other reader would.
        return
    name, ending = kind.name, own or (kind.suffixes[0] if kind.suffixes else "")
    if kind.suffixes == _ZIPPED:
        name, ending = _zipped(data)
    raise UnreadableOriginal(f"the file is {name}, although its name ends in {suffix}", _hint(name, ending))


def _hint(name: str, ending: str) -> str:
    if ending in SUFFIXES:
        return f"Give it the ending {ending}."
    if ending in KNOWN_BUT_UNREAD:
        return f"Files of this kind are not read. {KNOWN_BUT_UNREAD[ending]}"
    if "recording" in name:
        return "Add what was said as text; recordings are not read."
    return "Look whether the right file was saved."


def _zipped(data: bytes) -> tuple[str, str]:
    """Return what is in a zip, and the ending it should have."""
    import zipfile

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = {name.casefold() for name in archive.namelist()}
    except (zipfile.BadZipFile, ValueError, OSError, LookupError, RuntimeError):
        return "a damaged zip file, as Word, Excel and OpenDocument files are", ""
    for part, name, ending in _IN_ZIPS:
        if part in parts:
            return name, ending
    return "a zip file", ""
