"""Write a working sheet of a subgroup as a Word file: the units, numbered, and a field for the condensate."""

from __future__ import annotations

import re
from typing import Final
from xml.sax.saxutils import quoteattr

from qualkit.document import Document, Sheet
from qualkit.exports import wordxml as x
from qualkit.exports.layout import Section
from qualkit.exports.words import one_line, printable
from qualkit.language.printed import printed

FIELD: Final = "qualkit-condensate"
"""Tag of the content control that holds the condensate; its alias is the subgroup's id."""

UNIT: Final = "qualkit-unit:"
"""Begins the tag of the content control around a unit's number; what follows is the coding's id."""

_NUMBER, _WHOSE = 700, 1900
_GREY: Final = '<w:color w:val="595959"/>'


def render_sheet(sheet: Sheet) -> bytes:
    """Render a working sheet as a Word file. The same sheet gives the same bytes."""
    from qualkit.exports import wordfile

    word = wordfile.open_template(None)
    styles = wordfile.complete_styles(word, sheet.language)
    page = wordfile.page_of(word)
    widths = (_NUMBER, page.text_width - _NUMBER - _WHOSE, _WHOSE)
    text = styles["Table Text"]
    heads = (
        printed("number", sheet.language),
        printed("meaning-units", sheet.language),
        printed("whose", sheet.language),
    )
    rows = [
        x.row(
            [
                x.cell(x.paragraph(styles["Table Heading"], x.run(head)), width, heading=True)
                for head, width in zip(heads, widths, strict=True)
            ],
            heading=True,
        )
    ]
    for number, unit in enumerate(sheet.units, 1):
        told = x.paragraph(text, x.run(one_line(unit.told), _GREY))
        if unit.mark:
            told += x.paragraph(text, x.run(unit.mark, x.ITALIC))
        rows.append(
            x.row(
                [
                    x.cell(x.paragraph(text, _number(unit.id, number)), widths[0]),
                    x.cell(x.paragraph(text, x.run(printable(unit.words), x.VERBATIM)), widths[1]),
                    x.cell(told, widths[2]),
                ]
            )
        )
    content = (
        x.paragraph(styles["Title"], x.run(one_line(sheet.title)), keep_next=True),
        x.paragraph(styles["Normal"], x.run(one_line(sheet.facts)), keep_next=True),
        x.table(rows, widths, title=one_line(sheet.title), description=one_line(sheet.facts)),
        x.paragraph(styles["heading 1"], x.run(printed("condensate", sheet.language)), keep_next=True),
        x.paragraph(styles["Table Note"], x.run(one_line(sheet.note)), keep_next=True),
        _field(sheet, styles["Normal"]),
        x.paragraph(styles["Normal"], ""),
    )
    document = Document(one_line(sheet.title), sheet.language, (), sheet.mark)
    return wordfile.write(word, [Section(landscape=False, content=content)], page, document, styles)


def _number(identifier: str, number: int) -> str:
    """Return a unit's number in a control that says which unit it is, wherever the row is moved to."""
    tag = quoteattr(UNIT + identifier)
    return (
        f'<w:sdt><w:sdtPr><w:tag w:val={tag}/><w:lock w:val="contentLocked"/></w:sdtPr>'
        f"<w:sdtContent>{x.run(str(number))}</w:sdtContent></w:sdt>"
    )


def _field(sheet: Sheet, style: str) -> str:
    written = printable(sheet.condensate or sheet.prompt)
    # Where a line ends in the file says nothing; an empty line parts paragraphs.
    pieces = [" ".join(piece.split()) for piece in re.split(r"\n\s*\n", written)]
    between = x.paragraph(style, "")
    paragraphs = between.join(x.paragraph(style, x.run(piece)) for piece in pieces)
    placeholder = "" if sheet.condensate else "<w:showingPlcHdr/>"
    return (
        f'<w:sdt><w:sdtPr><w:alias w:val={quoteattr(sheet.subgroup)}/><w:tag w:val="{FIELD}"/>'
        f'<w:lock w:val="sdtLocked"/>{placeholder}</w:sdtPr>'
        f"<w:sdtContent>{paragraphs}</w:sdtContent></w:sdt>"
    )
