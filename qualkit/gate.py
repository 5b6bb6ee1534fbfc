"""The gate: a finished file is read again before it gets its name.

All of its text is gathered, as a reader or a program would find it, so that the names of the register can
be looked for: the words, the properties, what stands in attributes and in the names of columns.
"""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Iterator
from html.parser import HTMLParser
from io import BytesIO
from typing import Any
from xml.sax.saxutils import unescape

_TEXT_ATTRIBUTES = re.compile(r'\b(?:descr|title|name|val|tooltip|display|location|Target)="([^"]*)"')
# What these hold are names of typefaces, colours and styles; Roman is a first name too.
_FORM_PARTS = ("styles.xml", "fontTable.xml", "settings.xml", "numbering.xml")
_ENDS = re.compile(r"</(?:w:p|si|c|dc:\w+|cp:\w+|w:tab|w:br)\b[^>]*>|<w:(?:tab|br)/>")
_EVERY_END = re.compile(r"</[^>]*>")
_LISTS = ("docProps/", "xl/workbook.xml")
"""Parts in which every element stands for itself."""

_HEADER = re.compile(r"<(?:odd|even|first)(?:Header|Footer)>(.*?)</")
# What stands left, in the middle or right, its typeface, size and colour, the page's number.
_CODES = re.compile(r'&amp;(?:[LCRBIUSXYEPNDTFAZG]|K[0-9A-F]{6}|"[^"]*"|&quot;.*?&quot;|\d+)')
_BOOKMARK = re.compile(r"_Ref\d+\Z")
# The code of a field that shows the number or the page of such a bookmark.
_REFERENCE = re.compile(r"(<w:instrText[^<>]*> ?(?:PAGE)?REF) _Ref\d+ ")
# The letter that stands before and after a coded passage on paper, which touches its words.
_RAISED = re.compile(r'<w:vertAlign w:val="superscript"/></w:rPr><w:t[^>]*>([^<]*)</w:t></w:r>')
# Colours and identifiers for other programs.
_HEXADECIMAL = re.compile(
    r"(?<!\w)(?:(?=\w*\d)[0-9a-fA-F]{6}|[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})(?!\w)"
)
# A count or an offset tells nothing; the number of a person, a telephone or an account is longer.
_WORD = re.compile(r"[^\W\d_]{2,}|\d{5,}")
_RUNNING = frozenset("a abbr b bdi bdo cite code em i mark q s small span strong sub sup u wbr".split())
"""Elements of a page that do not end a word: a name may be split over several."""

_FORM_ATTRIBUTES = frozenset(
    "aria-labelledby charset class colspan content href http-equiv id lang name role rowspan scope tabindex".split()
)
"""What these hold is the page's own, as the class “said”; Said is a first name."""

_FORM_OF_DRAWINGS = frozenset("clip-path d height id style transform version viewBox width x y".split())
"""What these hold in a drawing is places, sizes and typefaces."""

OWN_KEYS = frozenset(
    "brief codable code code_path coder codes codings colour context definition end examples id kind level "
    "line name not_when note notice origin parent participant path place quotation speaker start status "
    "subtheme theme time transcript use_when words".split()
)
"""Names of columns in every study, for programs; Line is a first name."""


def text_of_file(data: bytes) -> str:
    """Return all text of a finished Word, Excel, CSV, HTML, JSON, XML or Parquet file, its properties included."""
    if data.startswith(b"PK"):
        return "\n".join(_office(data))
    if data.startswith(b"PAR1"):
        return "\n".join(_parquet(data))
    text = data.decode("utf-8-sig")
    if text.startswith("<!doctype html>"):
        return _page(text)
    if text.startswith("<?xml"):
        return "\n".join(_xml(data))
    if text.startswith("{"):
        # Escapes would part a name: its text is what a program reads.
        return "\n".join(_strings(json.loads(text)))
    return _delimited(text)


def words_of(text: str) -> frozenset[str]:
    """Return the words and long numbers of a text as they stand.

    Example:
        >>> sorted(words_of("Det sa [K1], 46 år, på 22225555."))
        ['22225555', 'Det', 'på', 'sa', 'år']
    """
    return frozenset(_WORD.findall(_HEXADECIMAL.sub(" ", text)))


def _office(data: bytes) -> Iterator[str]:
    with zipfile.ZipFile(BytesIO(data)) as package:
        for name in package.namelist():
            if name.endswith((".xml", ".rels")):
                xml = package.read(name).decode("utf-8", "replace")
                xml = _REFERENCE.sub(r"\1", xml)
                xml = _HEADER.sub(lambda match: f"\n{_CODES.sub(chr(10), match[1])}\n", xml)
                xml = _RAISED.sub(r"\n\1\n", xml)
                # A name may be split over several runs of one paragraph or cell.
                xml = (_EVERY_END if name.startswith(_LISTS) else _ENDS).sub("\n", xml)
                yield unescape(re.sub(r"<[^>]*>", "", xml))
                if not name.endswith(_FORM_PARTS) and "/theme/" not in name:
                    values = (unescape(value, {"&quot;": '"'}) for value in _TEXT_ATTRIBUTES.findall(xml))
                    yield from (value for value in values if not _BOOKMARK.match(value))


def _xml(data: bytes) -> Iterator[str]:
    """Yield elements' text, the values of attributes, and comments; the file is one of ours."""
    from lxml import etree

    root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
    drawing = etree.QName(root).localname == "svg"
    for node in root.getroottree().iter():
        yield node.text or ""
        yield node.tail or ""
        yield from (str(value) for name, value in node.attrib.items() if not (drawing and name in _FORM_OF_DRAWINGS))
    # Comments before the root are not below it.
    yield from re.findall(r"<!--(.*?)-->", data.decode(), re.DOTALL)


class _Reader(HTMLParser):
    """Gathers the words of a page and the values of its attributes; its style sheet is ours."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self.values: list[str] = []
        self._styling = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._styling = tag == "style"
        # A picture's words passed the gate before it was drawn, and nobody reads them out of its bytes.
        self.values += [
            value
            for name, value in attrs
            if value and name not in _FORM_ATTRIBUTES and not value.startswith("data:image/png;base64,")
        ]
        self.words.append("" if tag in _RUNNING else "\n")

    def handle_endtag(self, tag: str) -> None:
        self._styling = False
        self.words.append("" if tag in _RUNNING else "\n")

    def handle_data(self, data: str) -> None:
        if not self._styling:
            self.words.append(data)

    def handle_comment(self, data: str) -> None:
        self.values.append(data)


def _page(text: str) -> str:
    reader = _Reader()
    reader.feed(text)
    reader.close()
    return "\n".join(["".join(reader.words), *reader.values])


def _strings(value: Any) -> Iterator[str]:
    """Yield every string in a JSON value; the keys of objects are ours, those of columns stand as values."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from () if key == "key" and inner in OWN_KEYS else _strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _strings(inner)


def _delimited(text: str) -> str:
    """Return a CSV file's text without the names that columns have in every study."""
    header, newline, rest = text.partition("\r\n")
    return ",".join(key for key in re.split("[,;]", header) if key not in OWN_KEYS) + newline + rest


def _parquet(data: bytes) -> Iterator[str]:
    from pyarrow import parquet

    table = parquet.read_table(BytesIO(data))
    yield from (name for name in table.schema.names if name not in OWN_KEYS)
    yield from (value.decode("utf-8", "replace") for value in (table.schema.metadata or {}).values())
    for column in table.itercolumns():
        yield from (value for value in column.to_pylist() if isinstance(value, str))
