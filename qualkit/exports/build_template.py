"""Build `template.docx`, the Word template that ships with qualkit.

The template is a file, so that a researcher can copy it and change its styles in Word; it is built here,
so that its styles can be read, reviewed and tested. After a change: ``python -m qualkit.exports.build_template``.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from qualkit.exports.package import pack
from qualkit.exports.wordxml import NAMESPACES

TEMPLATE: Final = Path(__file__).with_name("template.docx")

PORTRAIT: Final = (11906, 16838)
"""A4, in twips."""

MARGIN: Final = 1417

# On every Windows and Mac; metrically the same as Liberation Serif, which stands in for it elsewhere.
_TYPEFACE: Final = "Times New Roman"
_RED: Final = "8B0000"


@dataclass(frozen=True, slots=True)
class Style:
    """One style: its name as Word lists it, its id, and its properties in the order of the schema.

    Attributes:
        own: Whether the name is ours, not one of those Word knows by heart.
    """

    name: str
    id: str
    type: Literal["paragraph", "character", "table"] = "paragraph"
    based_on: str = "Normal"
    next: str = ""
    paragraph: str = ""
    run: str = ""
    priority: int = 1
    own: bool = False


def _size(points: float) -> str:
    return f'<w:sz w:val="{round(points * 2)}"/><w:szCs w:val="{round(points * 2)}"/>'


def _spacing(before: float, after: float, line: int) -> str:
    return (
        f'<w:spacing w:before="{round(before * 20)}" w:after="{round(after * 20)}" w:line="{line}" w:lineRule="auto"/>'
    )


_BOLD: Final = "<w:b/><w:bCs/>"
_ITALIC: Final = "<w:i/><w:iCs/>"
# Said outright, so that a university's Normal with its indents and justified lines does not reach into the tables.
_FLUSH: Final = '<w:ind w:left="0" w:right="0" w:firstLine="0"/>'
_LEFT: Final = '<w:jc w:val="left"/>'
_CENTRE: Final = '<w:jc w:val="center"/>'


def _heading(level: int, points: float, before: float, after: float) -> Style:
    return Style(
        f"heading {level}",
        f"Heading{level}",
        next="Normal",
        paragraph=f'<w:keepNext/><w:keepLines/>{_spacing(before, after, 264)}<w:outlineLvl w:val="{level - 1}"/>',
        run=_BOLD + _size(points),
        priority=9,
    )


_TEXT_WIDTH: Final = PORTRAIT[0] - 2 * MARGIN

STYLES: Final = (
    Style("Normal", "Normal", based_on="", paragraph=_spacing(0, 8, 336), priority=0),
    _heading(1, 16, 24, 8),
    _heading(2, 14, 18, 6),
    _heading(3, 12, 14, 4),
    Style(
        "Title",
        "Title",
        next="Normal",
        paragraph=f"<w:keepNext/><w:keepLines/>{_spacing(6, 16, 264)}<w:contextualSpacing/>",
        run=_BOLD + _size(20),
        priority=10,
    ),
    Style(
        "Quote",
        "Quote",
        next="Normal",
        paragraph=f'{_spacing(4, 12, 288)}<w:ind w:left="567" w:right="567"/>',
        run="<w:noProof/>" + _size(11.5),
        priority=29,
    ),
    Style(
        "caption",
        "Caption",
        next="Normal",
        paragraph=f"<w:keepNext/><w:keepLines/>{_spacing(16, 5, 264)}{_FLUSH}{_LEFT}",
        run=_size(11.5),
        priority=35,
    ),
    Style(
        "Table Title", "TableTitle", "character", based_on="DefaultParagraphFont", run=_ITALIC, priority=35, own=True
    ),
    Style(
        "Table Text",
        "TableText",
        paragraph=_spacing(2, 4, 240) + _FLUSH + _LEFT,
        run=_size(10),
        priority=36,
        own=True,
    ),
    Style("Table Mark", "TableMark", based_on="TableText", paragraph=_CENTRE, priority=36, own=True),
    Style(
        "Table Heading",
        "TableHeading",
        based_on="TableText",
        paragraph="<w:keepNext/>",
        run=_BOLD,
        priority=36,
        own=True,
    ),
    Style(
        "Table Note",
        "TableNote",
        based_on="TableText",
        paragraph=f"<w:keepLines/>{_spacing(4, 0, 240)}",
        run=_size(9.5),
        priority=36,
        own=True,
    ),
    Style(
        "Notice",
        "Notice",
        paragraph=(
            "<w:keepLines/><w:pBdr>"
            + "".join(
                f'<w:{side} w:val="single" w:sz="8" w:space="3" w:color="{_RED}"/>'
                for side in ("top", "left", "bottom", "right")
            )
            + f'</w:pBdr>{_spacing(0, 12, 240)}<w:ind w:left="85" w:right="85" w:firstLine="0"/>{_CENTRE}'
        ),
        run=f'{_BOLD}<w:color w:val="{_RED}"/>{_size(11)}',
        priority=37,
        own=True,
    ),
    Style("header", "Header", paragraph=_spacing(0, 0, 240), run=_size(9.5), priority=99),
    Style("footer", "Footer", paragraph=_spacing(0, 0, 240) + _CENTRE, run=_size(9.5), priority=99),
    Style(
        "TOC Heading",
        "TOCHeading",
        next="Normal",
        paragraph=f"<w:keepNext/>{_spacing(12, 6, 264)}",
        run=_BOLD + _size(14),
        priority=39,
    ),
    Style(
        "table of figures",
        "TableofFigures",
        next="Normal",
        paragraph=(
            f'<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="{_TEXT_WIDTH}"/></w:tabs>'
            f'{_spacing(0, 4, 264)}<w:ind w:left="284" w:right="567" w:hanging="284"/>'
        ),
        run=_size(11.5),
        priority=99,
    ),
)
"""Every style that a document of qualkit uses."""


def _style(style: Style) -> str:
    default = ' w:default="1"' if not style.based_on else ""
    own = ' w:customStyle="1"' if style.own else ""
    return (
        f'<w:style w:type="{style.type}"{default}{own} w:styleId="{style.id}"><w:name w:val="{style.name}"/>'
        + (f'<w:basedOn w:val="{style.based_on}"/>' if style.based_on else "")
        + (f'<w:next w:val="{style.next}"/>' if style.next else "")
        + f'<w:uiPriority w:val="{style.priority}"/><w:qFormat/>'
        + (f"<w:pPr>{style.paragraph}</w:pPr>" if style.paragraph else "")
        + (f"<w:rPr>{style.run}</w:rPr>" if style.run else "")
        + "</w:style>"
    )


def _styles() -> str:
    fonts = "".join(f' w:{script}="{_TYPEFACE}"' for script in ("ascii", "hAnsi", "eastAsia", "cs"))
    return (
        f"<w:styles {NAMESPACES}><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts{fonts}/>"
        f'{_size(12)}<w:lang w:val="nb-NO" w:eastAsia="nb-NO" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        "<w:pPrDefault/></w:docDefaults>"
        + _style(STYLES[0])
        + '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>'
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
        '<w:uiPriority w:val="99"/><w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar>'
        '<w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/>'
        '<w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
        '<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/>'
        '<w:uiPriority w:val="99"/><w:semiHidden/></w:style>' + "".join(map(_style, STYLES[1:])) + "</w:styles>"
    )


def _document() -> str:
    width, height = PORTRAIT
    margins = "".join(f' w:{side}="{MARGIN}"' for side in ("top", "right", "bottom", "left"))
    return (
        f'<w:document {NAMESPACES}><w:body><w:p/><w:sectPr><w:pgSz w:w="{width}" w:h="{height}"/>'
        f'<w:pgMar{margins} w:header="624" w:footer="624" w:gutter="0"/></w:sectPr></w:body></w:document>'
    )


def _settings() -> str:
    # Without the mode Word opens the file as one of 2007, "in compatibility mode".
    return (
        f'<w:settings {NAMESPACES}><w:zoom w:percent="100"/><w:defaultTabStop w:val="708"/>'
        '<w:characterSpacingControl w:val="doNotCompress"/><w:compat>'
        '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>'
        '</w:compat><w:themeFontLang w:val="nb-NO"/></w:settings>'
    )


def _fonts() -> str:
    return (
        f'<w:fonts {NAMESPACES}><w:font w:name="{_TYPEFACE}"><w:altName w:val="Liberation Serif"/>'
        '<w:panose1 w:val="02020603050405020304"/><w:charset w:val="00"/><w:family w:val="roman"/>'
        '<w:pitch w:val="variable"/></w:font></w:fonts>'
    )


_WORD: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def _content_types() -> str:
    return (
        f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{_WORD}.document.main+xml"/>'
        f'<Override PartName="/word/styles.xml" ContentType="{_WORD}.styles+xml"/>'
        f'<Override PartName="/word/settings.xml" ContentType="{_WORD}.settings+xml"/>'
        f'<Override PartName="/word/fontTable.xml" ContentType="{_WORD}.fontTable+xml"/>'
        '<Override PartName="/docProps/core.xml" '
        'ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>'
    )


def _relationships(*targets: tuple[str, str]) -> str:
    return (
        f'<Relationships xmlns="{_PACKAGE}/relationships">'
        + "".join(
            f'<Relationship Id="rId{number}" Type="{kind}" Target="{target}"/>'
            for number, (kind, target) in enumerate(targets, 1)
        )
        + "</Relationships>"
    )


def _core() -> str:
    return (
        f'<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"/>'
    )


def build_template() -> bytes:
    """Return the template as a Word file: A4, the styles of `STYLES`, no text."""
    parts = {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _relationships(
            (f"{_OFFICE}/officeDocument", "word/document.xml"),
            (f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
        ),
        "docProps/core.xml": _core(),
        "word/document.xml": _document(),
        "word/_rels/document.xml.rels": _relationships(
            (f"{_OFFICE}/styles", "styles.xml"),
            (f"{_OFFICE}/settings", "settings.xml"),
            (f"{_OFFICE}/fontTable", "fontTable.xml"),
        ),
        "word/styles.xml": _styles(),
        "word/settings.xml": _settings(),
        "word/fontTable.xml": _fonts(),
    }
    declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    return pack({name: (declaration + text).encode() for name, text in parts.items()})


if __name__ == "__main__":
    TEMPLATE.write_bytes(build_template())
