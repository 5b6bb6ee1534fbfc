"""The formats that are read as transcripts: their file endings, and the module that reads each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module

from qualkit.transcripts.raw import RawText, UnreadableOriginal

Reader = Callable[[bytes], RawText]


@dataclass(frozen=True, slots=True)
class Format:
    """One format of originals.

    Attributes:
        name: As people call it.
        suffixes: Of its files, in small letters.
        reader: Module of this package and function, "plain:read_plain"; imported when a file needs it.
        common: Whether other things than transcripts come with these endings, so that one that is none is no fault.
    """

    name: str
    suffixes: tuple[str, ...]
    reader: str
    common: bool = False

    def read(self, data: bytes) -> RawText:
        """Read the bytes of a file of this format.

        Raises:
            UnreadableOriginal: If it is empty, broken, protected or not of this format.
        """
        module, _, function = self.reader.partition(":")
        reader: Reader = getattr(import_module(f"qualkit.transcripts.{module}"), function)
        return reader(data)


FORMATS = (
    Format("plain text", (".txt",), "plain:read_plain"),
    Format("Markdown", (".md",), "plain:read_plain"),
    Format("Word", (".docx",), "word:read_word"),
    Format("OpenDocument", (".odt",), "odt:read_odt"),
    Format("flat OpenDocument", (".fodt",), "odt:read_flat_odt"),
    Format("RTF", (".rtf",), "rtf:read_rtf"),
    Format("PDF", (".pdf",), "pdf:read_pdf"),
    Format("WebVTT", (".vtt",), "vtt:read_vtt"),
    Format("SRT", (".srt",), "srt:read_srt"),
    Format("SBV", (".sbv",), "srt:read_sbv"),
    Format("recogniser's JSON", (".json",), "recogniser:read_recogniser_json", common=True),
    Format("recogniser's table", (".tsv",), "tsv:read_tsv", common=True),
    Format("noScribe", (".html", ".htm"), "noscribe:read_noscribe", common=True),
    Format("oTranscribe", (".otr",), "otranscribe:read_otr"),
    Format("ELAN", (".eaf",), "elan:read_elan"),
    Format("Praat", (".textgrid",), "praat:read_textgrid"),
    Format("CHAT", (".cha",), "chat:read_chat"),
)
"""Every format that is read, in the order in which people are told of them."""

_BY_SUFFIX = {suffix: one for one in FORMATS for suffix in one.suffixes}

SUFFIXES = tuple(_BY_SUFFIX)
"""File endings that are read as transcripts."""

_SHEET = (
    "If it is a transcript, copy its table, with the heading row, into a Word document, and add that. If it is none, "
    "write a line under “sources” in study.yaml: “sheet.xlsx: skip”."
)
KNOWN_BUT_UNREAD = {
    ".doc": "Open it in Word and save it as .docx.",
    ".pages": "Export it as .docx.",
    **dict.fromkeys((".xlsx", ".xls", ".ods"), _SHEET),
}
"""Endings of files that may be transcripts, with what to do about them."""


def format_of(suffix: str) -> Format:
    """Return the format of files with this ending, in small or capital letters.

    Raises:
        UnreadableOriginal: If files with this ending are not read.

    Example:
        >>> format_of(".DOCX").name
        'Word'
    """
    suffix = suffix.casefold()
    if suffix not in _BY_SUFFIX:
        raise UnreadableOriginal(
            f"files of type {suffix or '(no ending)'} are not read",
            KNOWN_BUT_UNREAD.get(suffix, "Save it as .docx or .txt."),
        )
    return _BY_SUFFIX[suffix]
