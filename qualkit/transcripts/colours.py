"""What the colours of highlighting are called, whatever file they come from."""

from __future__ import annotations

_COLOURS = {
    "FFFF00": "yellow",
    "00FF00": "green",
    "00FFFF": "cyan",
    "FF00FF": "magenta",
    "0000FF": "blue",
    "FF0000": "red",
    "000080": "darkBlue",
    "008080": "darkCyan",
    "008000": "darkGreen",
    "800080": "darkMagenta",
    "800000": "darkRed",
    "808000": "darkYellow",
    "808080": "darkGray",
    "C0C0C0": "lightGray",
    "000000": "black",
}


def colour_name(hexadecimal: str) -> str:
    """Return the name that Word gives a colour, the colour itself where it has none, "" for white or none.

    Args:
        hexadecimal: Six digits; or a word for no colour: "auto", "transparent".

    Example:
        >>> colour_name("ffff00"), colour_name("A0B0C0"), colour_name("auto")
        ('yellow', '#A0B0C0', '')
    """
    colour = hexadecimal.upper().lstrip("#")
    if colour in ("", "AUTO", "TRANSPARENT", "NONE", "WHITE", "FFFFFF"):
        return ""
    return _COLOURS.get(colour, f"#{colour}")
