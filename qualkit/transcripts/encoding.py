"""Turn the bytes of a text file into text.

A fixed cascade, not a statistical guess: detectors read short Norwegian files as cp1250 or cp775. Whatever
is not UTF-8 is said, so that a person can look at the first æ, ø and å.
"""

from __future__ import annotations

import codecs
import re
from itertools import islice

from qualkit.transcripts.raw import UnreadableOriginal, counted
from qualkit.transcripts.sniffing import looks_like

_BOMS = (
    # UTF-32 LE begins with the mark of UTF-16 LE, so it is tried first.
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_NAMES = {
    "cp1252": "Windows-1252 (cp1252)",
    "mac_roman": "Mac Roman (mac_roman)",
    "cp865": "DOS Nordic (cp865)",
    "utf-16-le": "UTF-16, little-endian",
    "utf-16-be": "UTF-16, big-endian",
    "utf-32-le": "UTF-32, little-endian",
    "utf-32-be": "UTF-32, big-endian",
}
_SAVE_AS_TEXT = "Open it in the program it comes from and save it as plain text in UTF-8."

# Tab, line ends, page break, Ctrl-Z and the 0x15 of CHAT files do occur in text.
_CONTROLS = bytes(set(range(0x20)) - set(b"\t\n\v\f\r\x15\x1a") | {0x7F})
_HIGH = bytes(range(0x80, 0x100))
_HIGH_BYTE = re.compile(rb"[\x80-\xff]")
_STRAY_BYTE = re.compile("[\udc80-\udcff]")
_SCORED = 20_000


def decode_text(data: bytes) -> tuple[str, str, tuple[str, ...]]:
    """Decode a text file by its byte order mark, its NUL bytes, UTF-8, or its Norwegian letters.

    Latin-1 is never taken: cp1252 has the same letters, and typographic quotation marks where latin-1
    has invisible controls. Work grows linearly with the file.

    Args:
        data: The whole file.

    Returns:
        The text without byte order mark, line ends as in the file; the encoding by its Python name; what
        was decided, empty where the file is UTF-8.

    Raises:
        UnreadableOriginal: The bytes are not text.

    Example:
        >>> text, name, decided = decode_text("Me går på møte.".encode("cp1252"))
        >>> text, name
        ('Me går på møte.', 'cp1252')
        >>> decided
        ('the file is not UTF-8; it was read as Windows-1252 (cp1252)',)
    """
    for bom, name in _BOMS:
        if data.startswith(bom):
            return _wide(data[len(bom) :], name)
    if data.startswith(codecs.BOM_UTF8):
        data = data.removeprefix(codecs.BOM_UTF8)
        name = "utf-8-sig"
    elif b"\0" in data:
        return _wide(data, _utf16_by_nul_bytes(data))
    else:
        name = "utf-8"
    if b"\0" in data or (len(data) - len(data.translate(None, _CONTROLS))) * 50 > len(data):
        raise _not_text(data)
    try:
        return data.decode("utf-8"), name, ()
    except UnicodeDecodeError:
        return _narrow(data)


def _not_text(data: bytes) -> UnreadableOriginal:
    kind = looks_like(data)
    if kind:
        return UnreadableOriginal(f"the file is not text; it looks like {kind}", _SAVE_AS_TEXT)
    return UnreadableOriginal("the file is not text but binary data", _SAVE_AS_TEXT)


def _utf16_by_nul_bytes(data: bytes) -> str:
    """Tell the byte order of UTF-16 without a mark: every Latin letter has a NUL on the same side.

    An emoji may have one on the other side; whether it is text at all is seen when it is decoded.
    """
    even, odd = data[0::2].count(0), data[1::2].count(0)
    few = max(len(data) // 20, 1)
    if odd >= few and even * 4 <= odd:
        return "utf-16-le"
    if even >= few and odd * 4 <= even:
        return "utf-16-be"
    raise _not_text(data)


def _wide(data: bytes, name: str) -> tuple[str, str, tuple[str, ...]]:
    try:
        text = data.decode(name)
    except UnicodeDecodeError:
        family = name[:6].upper()
        raise UnreadableOriginal(
            f"the file begins as {family} text, but breaks off or is damaged", _SAVE_AS_TEXT
        ) from None
    # Numbers of 16 bits look like UTF-16 until they are read.
    if "\0" in text or any(ord(c) < 0x20 and c not in "\t\n\v\f\r\x15\x1a\x1c\x1d\x1e" for c in set(text)):
        raise _not_text(data)
    return text, name, (f"the file is not UTF-8; it was read as {_NAMES[name]}",)


def _narrow(data: bytes) -> tuple[str, str, tuple[str, ...]]:
    name = _best_code_page(data)
    escaped = data.decode("utf-8", "surrogateescape")
    strays = len(_STRAY_BYTE.findall(escaped))
    ascii_bytes = len(data.translate(None, _HIGH))
    if len(escaped) - ascii_bytes - strays >= strays:
        # Valid UTF-8 sequences hardly occur by chance: the file is UTF-8 with pasted or damaged bytes.
        text = _STRAY_BYTE.sub(lambda stray: bytes([ord(stray[0]) - 0xDC00]).decode(name, "replace"), escaped)
        return text, "utf-8", (f"{counted(strays, 'byte was', 'bytes were')} not UTF-8 and read as {_NAMES[name]}",)
    text = data.decode(name, "replace")
    decided = [f"the file is not UTF-8; it was read as {_NAMES[name]}"]
    unknown = text.count("\ufffd")
    if unknown:
        decided.append(
            f"{counted(unknown, 'byte was', 'bytes were')} no character in {_NAMES[name]} and shown as \ufffd"
        )
    return text, name, tuple(decided)


def _best_code_page(data: bytes) -> str:
    places = [match.start() for match in islice(_HIGH_BYTE.finditer(data), _SCORED)]
    best, most = "cp1252", max(0, _norwegian_letters(data, places, "cp1252"))
    for name in ("mac_roman", "cp865"):
        score = _norwegian_letters(data, places, name)
        if score > most:
            best, most = name, score
    return best


def _norwegian_letters(data: bytes, places: list[int], name: str) -> int:
    """Count æ, ø and å where a word may have them, less any letter that stands where no word has it."""
    letters = bytes(range(256)).decode(name, "replace")
    score, a_ring_or_slash = 0, False
    for place in places:
        letter = letters[data[place]]
        if not letter.isalpha():
            continue
        before = letters[data[place - 1]] if place else " "
        after = letters[data[place + 1]] if place + 1 < len(data) else " "
        if not _fits(before, letter, after):
            score -= 1
        elif letter in "æøåÆØÅ":
            score += 1
            a_ring_or_slash = a_ring_or_slash or letter in "øåØÅ"
    # cp1252's ’ and ¾ are the Æ and æ of the others, and stand where a word may begin; its † and Œ do not.
    return score if a_ring_or_slash or name == "cp1252" else 0


def _fits(before: str, letter: str, after: str) -> bool:
    if before.isdigit() or after.isdigit():
        return False
    if letter.isupper():
        return not before.islower()
    return not after.isupper()
