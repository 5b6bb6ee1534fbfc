"""What the head of an RTF file defines: its code page, its fonts with theirs, and its colours."""

from __future__ import annotations

from qualkit.transcripts.colours import colour_name
from qualkit.transcripts.rtf_codes import SYMBOLS, of_charset, of_page

_CODES = {"mac": "mac_roman", "pc": "cp437", "pca": "cp850"}


class Head:
    """Code pages, fonts and colours, as far as they are defined.

    Attributes:
        codec: Of the document.
        mistaken: Whether it is written in UTF-8 and says that it is not.
    """

    def __init__(self, data: bytes) -> None:
        self.codec = "cp1252"
        self.mistaken = not data.isascii() and _is_utf8(data)
        self._mac = False
        # By number: the codec, None for the document's own; and whether it is a font of symbols.
        self._fonts: dict[int, tuple[str | None, bool]] = {}
        self._font = self._default = 0
        self._colours: list[list[int]] = [[]]

    def obey(self, word: str, number: int) -> None:
        """Take what a control word says of the whole document."""
        if word in _CODES:
            self.codec, self._mac = _CODES[word], word == "mac"
        elif word == "deff":
            self._default = number
        elif word == "ansicpg" and (codec := of_page(number)):
            self.codec = codec
            self.mistaken = self.mistaken and codec != "utf-8"

    def define(self, word: str, number: int) -> None:
        """Take what a control word says of a font or a colour."""
        if word == "f":
            self._font = number
        elif word == "fcharset":
            # Where the document is a Mac's or in UTF-8, this is what programs write that think of neither.
            own = number == 0 and (self._mac or self.codec == "utf-8")
            self._fonts[self._font] = (None if own else of_charset(number)), number == SYMBOLS
        elif word == "cpg":
            self._fonts[self._font] = of_page(number), self.font(self._font)[1]
        elif word in ("red", "green", "blue"):
            self._colours[-1].append(number)

    def next_colour(self, count: int) -> None:
        """End as many colours; the first one of the table is no colour."""
        self._colours += [[] for _ in range(count)]

    def font(self, number: int | None) -> tuple[str | None, bool]:
        """Return the codec of a font, or of the usual one, and whether its signs are symbols."""
        return self._fonts.get(self._default if number is None else number, (None, False))

    def colour(self, number: int) -> str:
        """Return a colour's name; "" for none."""
        parts = self._colours[number] if 0 < number < len(self._colours) else []
        return colour_name("".join(f"{part & 0xFF:02X}" for part in parts)) if len(parts) == 3 else ""


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
