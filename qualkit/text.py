"""Pure string work: what a canonical text may hold, excerpts, identifiers, near misses."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass

CONTEXT = 32
"""Code points kept on each side of a coded passage."""

_LINE_BREAKS = re.compile("\r\n|[\r\u000b\u000c\u0085\u2028\u2029]")
_INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f\x80-\x84\x86-\x9f\ud800-\udfff]")
_ODD = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u200b\u2028\u2029\u2060\ufeff\ud800-\udfff]")

_LONGEST_SLIP = 100
_WINDOWS_RESERVED = {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))}
_NOT_IN_NAMES = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]+')


@dataclass(frozen=True, slots=True)
class Repairs:
    """How many of each kind of character `normalise` mended."""

    line_breaks: int = 0
    invisible: int = 0
    control: int = 0
    composed: bool = False

    def __add__(self, other: Repairs) -> Repairs:
        return Repairs(
            self.line_breaks + other.line_breaks,
            self.invisible + other.invisible,
            self.control + other.control,
            self.composed or other.composed,
        )

    def sentences(self) -> list[str]:
        """Tell what was mended, a sentence each; nothing for ordinary line endings of Windows."""
        told = []
        if self.invisible:
            told.append(f"{self.invisible} invisible characters (soft hyphens, zero-width spaces) were taken out")
        if self.control:
            told.append(f"{self.control} control characters were taken out")
        if self.composed:
            told.append("letters written as two characters (a + ring) were joined")
        return told


def normalise(text: str) -> tuple[str, Repairs]:
    r"""Return the text as it may stand in a canonical transcript, and what was mended.

    Line breaks of every kind become ``\n``; soft hyphens, zero-width spaces and control characters
    other than tab go; the rest is composed (NFC). Joiners inside emoji stay.

    Example:
        >>> normalise("sam\u00adarbeid\r\npa\u030a")[0]
        'samarbeid\npå'
    """
    repairs = Repairs()
    if _ODD.search(text):
        text, breaks = _LINE_BREAKS.subn("\n", text)
        text, invisible = _INVISIBLE.subn("", text)
        text, control = _CONTROL.subn("", text)
        repairs = Repairs(breaks, invisible, control)
    if not unicodedata.is_normalized("NFC", text):
        text = unicodedata.normalize("NFC", text)
        repairs += Repairs(composed=True)
    return text, repairs


def nfc(text: str) -> str:
    """Return a text with letters composed, as canonical texts and identifiers have them.

    Example:
        >>> len(nfc("pa\u030a"))
        2
    """
    return unicodedata.normalize("NFC", text)


def sha256_hex(data: bytes | str) -> str:
    """Return the SHA-256 of bytes, or of a text in UTF-8, as 64 hexadecimal digits."""
    return hashlib.sha256(data.encode() if isinstance(data, str) else data).hexdigest()


def around(text: str, start: int, end: int) -> tuple[str, str]:
    """Return up to 32 code points before and after a passage.

    Example:
        >>> around("Me kan ringe kvarandre.", 7, 12)
        ('Me kan ', ' kvarandre.')
    """
    return text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT]


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the passage without white space at its ends.

    Example:
        >>> trimmed("  ja  ", 0, 6)
        (2, 4)
    """
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def transcript_id(stem: str) -> str:
    """Return a transcript id from a file name's stem: a name that every file system can hold.

    Example:
        >>> transcript_id("Intervju æøå 😀"), transcript_id("con"), transcript_id("a:b?")
        ('Intervju æøå 😀', 'con_', 'a-b')
    """
    name = unicodedata.normalize("NFC", stem)
    name = _INVISIBLE.sub("", _CONTROL.sub("", name))
    name = _NOT_IN_NAMES.sub("-", name).strip(" .-")
    first, dot, rest = name.partition(".")
    if first.strip().casefold() in _WINDOWS_RESERVED:
        name = first.strip() + "_" + dot + rest
    while len(name.encode()) > 180:
        name = name[:-1]
    return name.strip(" .") or "transcript"


def slug(text: str) -> str:
    """Return a short identifier for a coder or a code: letters, digits and hyphens; æøå stay.

    Example:
        >>> slug("Kari Nes"), slug("Gråsone!")
        ('kari-nes', 'gråsone')
    """
    folded = unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).casefold())
    kept = "".join(c if c.isalnum() else "-" for c in folded)
    return re.sub("-+", "-", kept).strip("-")


def near_miss(word: str, known: list[str] | tuple[str, ...] | set[str]) -> str | None:
    """Return the known word most like this one, or None if none is near.

    Example:
        >>> near_miss("definiton", ["name", "definition"])
        'definition'
    """
    from difflib import get_close_matches

    if len(word) > _LONGEST_SLIP:
        return None
    folded = {name.casefold(): name for name in known}
    found = get_close_matches(word.casefold(), list(folded), n=1, cutoff=0.7)
    return folded[found[0]] if found else None


def alike(value: str, wanted: str) -> bool:
    """Say whether a value is what was asked for: case does not count, and * is any letters.

    Example:
        >>> alike("Sykepleier på post", "sykepleier*"), alike("lege", "leg")
        (True, False)
    """
    parts = map(re.escape, " ".join(wanted.casefold().split()).split("*"))
    return re.fullmatch(".*".join(parts), " ".join(value.casefold().split())) is not None
