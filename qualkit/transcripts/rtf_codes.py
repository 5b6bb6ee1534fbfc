"""Which code page the bytes of an RTF file are in, and which of its words stand for characters or for none."""

from __future__ import annotations

import codecs

_CHARSETS = {
    0: "cp1252",
    77: "mac_roman",
    78: "shift_jis",
    128: "cp932",
    129: "cp949",
    130: "johab",
    134: "gbk",
    136: "cp950",
    161: "cp1253",
    162: "cp1254",
    163: "cp1258",
    177: "cp1255",
    178: "cp1256",
    186: "cp1257",
    204: "cp1251",
    222: "cp874",
    238: "cp1250",
    254: "cp437",
    255: "cp850",
}
_PAGES = {65001: "utf-8", 10000: "mac_roman", 10001: "shift_jis", 10006: "mac_greek", 10007: "mac_cyrillic"}
SYMBOLS = 2
"""The charset of fonts whose codes are places in the font, not characters."""

CHARACTERS = {
    "tab": "\t",
    "line": "\n",
    "emdash": "\u2014",
    "endash": "\u2013",
    "emspace": "\u2003",
    "enspace": "\u2002",
    "qmspace": "\u2005",
    "bullet": "\u2022",
    "lquote": "\u2018",
    "rquote": "\u2019",
    "ldblquote": "\u201c",
    "rdblquote": "\u201d",
    "zwj": "\u200d",
    "zwnj": "\u200c",
    "~": "\u00a0",
    "_": "\u2011",
}
"""Control words and symbols that are one character each; the optional hyphen is none."""

UNREAD = frozenset(
    """
    header headerl headerr headerf footer footerl footerr footerf ftnsep ftnsepc ftncn aftnsep aftnsepc aftncn
    pict shprslt nonshppict nonesttables stylesheet filetbl rxe xe tc tcn txe pntxta pntxtb fldinst objdata
    """.split()
)
"""Destinations that hold none of the document's text, though no star says so."""


def of_charset(charset: int) -> str | None:
    """Return the codec of a font's charset; None where it is the document's own."""
    return _CHARSETS.get(charset)


def of_page(page: int) -> str | None:
    """Return the codec of a code page; None where Python has none.

    Example:
        >>> of_page(1252), of_page(65001), of_page(4711)
        ('cp1252', 'utf-8', None)
    """
    name = _PAGES.get(page, f"cp{page}")
    try:
        codecs.lookup(name)
    except LookupError:
        return None
    return name
