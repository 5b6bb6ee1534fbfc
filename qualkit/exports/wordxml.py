"""Paragraphs, fields and tables as WordprocessingML.

Word reads the children of each property element in the order of the schema and refuses some files in
which LibreOffice sees no fault; so the order stands here, in the strings, and nowhere else.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from qualkit.exports.layout import PADDING

NAMESPACES: Final = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)

BOLD: Final = "<w:b/><w:bCs/>"
ITALIC: Final = "<w:i/><w:iCs/>"
UPRIGHT: Final = '<w:i w:val="0"/><w:iCs w:val="0"/>'
LIGHT: Final = '<w:b w:val="0"/><w:bCs w:val="0"/>'
VERBATIM: Final = "<w:noProof/>"
"""An informant's words are not for the spelling checker to mend."""

_RULE: Final = 'w:val="single" w:sz="{size}" w:space="0" w:color="auto"'
_HEAVY: Final = _RULE.format(size=8)
_FINE: Final = _RULE.format(size=4)
_NONE: Final = 'w:val="nil"'


def run(text: str, properties: str = "") -> str:
    r"""Return a run of text; ``\n`` breaks the line.

    Example:
        >>> run("a\nb & c", BOLD).count("<w:br/>")
        1
    """
    pieces = []
    for piece in re.split(r"([\n\t])", text):
        if piece == "\n":
            pieces.append("<w:br/>")
        elif piece == "\t":
            pieces.append("<w:tab/>")
        elif piece:
            pieces.append(f'<w:t xml:space="preserve">{escape(piece)}</w:t>')
    return _run("".join(pieces), properties)


def _run(content: str, properties: str) -> str:
    return f"<w:r>{f'<w:rPr>{properties}</w:rPr>' if properties else ''}{content}</w:r>"


def field(code: str, result: str, properties: str = "") -> str:
    """Return a field: its code, and as runs what it shows until a program computes it anew."""
    return field_start(code, properties) + result + field_end(properties)


def field_start(code: str, properties: str = "", *, dirty: bool = False) -> str:
    """Return a field's beginning, up to its result; a dirty one is computed when Word opens the file."""
    stale = ' w:dirty="true"' if dirty else ""
    return (
        _run(f'<w:fldChar w:fldCharType="begin"{stale}/>', properties)
        + _run(f'<w:instrText xml:space="preserve"> {escape(code)} </w:instrText>', properties)
        + _run('<w:fldChar w:fldCharType="separate"/>', properties)
    )


def field_end(properties: str = "") -> str:
    """Return a field's end."""
    return _run('<w:fldChar w:fldCharType="end"/>', properties)


def bookmark(number: int, name: str, content: str) -> str:
    """Return runs with a bookmark around them."""
    return f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>{content}<w:bookmarkEnd w:id="{number}"/>'


def picture(number: int, relation: str, size: tuple[int, int], described: str) -> str:
    """Return a run with a picture in the line; the size is in English Metric Units, 914,400 an inch."""
    wide, high = size
    name = f"Picture {number}"
    return _run(
        '<w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
        f'distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{wide}" cy="{high}"/>'
        f'<wp:docPr id="{9000 + number}" name="{name}" descr={quoteattr(described)}/>'
        '<a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
        '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture">'
        '<pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture">'
        f'<pic:nvPicPr><pic:cNvPr id="{9000 + number}" name="{name}"/><pic:cNvPicPr/></pic:nvPicPr>'
        f'<pic:blipFill><a:blip r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{wide}" cy="{high}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>'
        "</wp:inline></w:drawing>",
        "",
    )


def link(anchor: str, content: str) -> str:
    """Return runs that lead to a bookmark."""
    return f'<w:hyperlink w:anchor="{anchor}" w:history="1">{content}</w:hyperlink>'


def paragraph(
    style: str,
    content: str,
    *,
    keep_next: bool = False,
    before: int | None = None,
    indent: int = 0,
    centred: bool = False,
) -> str:
    """Return a paragraph.

    Args:
        style: Id of the paragraph's style, "" for the document's own.
        content: Runs.
        keep_next: Whether it stays on the page of what follows.
        before: White space above it where it is not the style's.
        indent: White space before all its lines.
        centred: Whether it stands in the middle although its style does not.
    """
    properties = "".join(
        (
            f"<w:pStyle w:val={quoteattr(style)}/>" if style else "",
            "<w:keepNext/>" if keep_next else "",
            f'<w:spacing w:before="{before}"/>' if before is not None else "",
            f'<w:ind w:left="{indent}"/>' if indent else "",
            '<w:jc w:val="center"/>' if centred else "",
        )
    )
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{content}</w:p>"


def table(rows: Sequence[str], widths: Sequence[int], *, title: str, description: str) -> str:
    """Return a table with a rule above and one below, and none between its columns.

    Args:
        rows: From `row`, the heading first.
        widths: One a column.
        title: Its name for a reader who hears it.
        description: What it shows, for the same reader.
    """
    return (
        "<w:tbl><w:tblPr>"
        f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        "<w:tblBorders>"
        f"<w:top {_HEAVY}/><w:left {_NONE}/><w:bottom {_HEAVY}/><w:right {_NONE}/>"
        f"<w:insideH {_NONE}/><w:insideV {_NONE}/>"
        "</w:tblBorders>"
        '<w:tblLayout w:type="fixed"/>'
        f'<w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="{PADDING}" w:type="dxa"/>'
        f'<w:bottom w:w="0" w:type="dxa"/><w:right w:w="{PADDING}" w:type="dxa"/></w:tblCellMar>'
        '<w:tblLook w:val="0620" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" '
        'w:noHBand="1" w:noVBand="1"/>'
        f"<w:tblCaption w:val={quoteattr(title)}/><w:tblDescription w:val={quoteattr(description)}/>"
        "</w:tblPr><w:tblGrid>"
        + "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
        + "</w:tblGrid>"
        + "".join(rows)
        + "</w:tbl>"
    )


def row(cells: Sequence[str], *, heading: bool = False, whole: bool = True) -> str:
    """Return a row; the heading is repeated on every page, a whole row is not split between two."""
    properties = ("<w:cantSplit/>" if whole else "") + ("<w:tblHeader/>" if heading else "")
    return f"<w:tr>{f'<w:trPr>{properties}</w:trPr>' if properties else ''}{''.join(cells)}</w:tr>"


def cell(paragraphs: str, width: int, *, heading: bool = False, merged: str = "", ruled: bool = False) -> str:
    """Return a cell; under one of the heading's stands a rule.

    Args:
        paragraphs: What stands in it.
        width: Of its column.
        heading: Whether it is of the heading.
        merged: "restart" where a cell reaches over the rows below, "continue" in those rows; "" for a cell alone.
        ruled: Whether a fine rule stands above it.
    """
    merge = {"restart": '<w:vMerge w:val="restart"/>', "continue": "<w:vMerge/>"}.get(merged, "")
    below = f'<w:tcBorders><w:bottom {_FINE}/></w:tcBorders><w:vAlign w:val="bottom"/>' if heading else ""
    above = f"<w:tcBorders><w:top {_FINE}/></w:tcBorders>" if ruled else ""
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{merge}{above}{below}</w:tcPr>{paragraphs}</w:tc>'
