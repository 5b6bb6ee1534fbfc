"""Write a Document as a Word file that can go into a thesis as it is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from hashlib import sha256
from itertools import count, pairwise
from typing import Final

from qualkit.document import Block, Document, Heading, Paragraph, Picture, Pointer
from qualkit.exports import wordxml as x
from qualkit.exports.layout import Layout, Page, Part, Section, lay_out, row_height
from qualkit.exports.words import one_line, printable, refuse_codings, table_words
from qualkit.language.printed import printed
from qualkit.model import Coding, Quotation
from qualkit.table import Table

_SHORT: Final = 700
"""Characters of text between two wide tables that lie down with them, rather than stand on a page of their own."""

_LONG: Final = 240
"""Characters of a group's cell from which on it reaches over the rows of its group."""

_BLANKS: Final = " \u00a0\u2002\u2003"
_INDENT: Final = 180

_ROOM_ABOVE: Final = 200
"""White space, in twips, between a table and what follows it."""


def render_word(document: Document, *, template: bytes | None = None) -> bytes:
    """Render a document as a Word file.

    Captions are numbered by fields, tables have horizontal rules only and repeat their heading, wide
    tables lie on pages that lie down, and the mark stands in every header. The same document gives the
    same bytes, which carry no name and no date.

    Args:
        document: What is printed.
        template: A .docx or .dotx whose styles, page, headers and footers are used. Its text is not.
            Styles it lacks are taken from qualkit's own.

    Raises:
        TypeError: If a cell or block holds a Coding: an informant's words that publishing has not rendered.
        UnusableTemplate: If the template cannot be read, or holds macros.
    """
    refuse_codings(document)
    from qualkit.exports import wordfile

    word = wordfile.open_template(template)
    styles = wordfile.complete_styles(word, document.language)
    page = wordfile.page_of(word)
    sections = _sections(_Press(document, styles, page))
    return wordfile.write(word, sections, page, document, styles)


@dataclass(frozen=True, slots=True)
class _Press:
    """What every block needs to be laid out."""

    document: Document
    styles: Mapping[str, str]
    page: Page


@dataclass(frozen=True, slots=True)
class _Numbered:
    """A table in its place in the document: its number, its bookmark, its printed words and how they lie."""

    table: Table
    number: int
    bookmark: str
    words: list[list[str]]
    layout: Layout


def _sections(press: _Press) -> list[Section]:
    """Lay out every block, and gather them by the way their pages lie."""
    blocks = press.document.blocks
    tables = _number(press)
    lying = _lying(blocks, {index for index, table in tables.items() if table.layout.landscape})
    sections: list[Section] = []
    content = _front(press, list(tables.values()))
    landscape = bool(lying) and lying[0]
    after_table = False
    pictures = 0
    for index, block in enumerate(blocks):
        if lying[index] != landscape and content:
            sections.append(Section(landscape, tuple(content)))
            content = []
        landscape = lying[index]
        if index in tables:
            content += _table(press, tables[index])
        else:
            told = _pointer(press, block, tables) if isinstance(block, Pointer) else None
            if isinstance(block, Picture):
                pictures += 1
                told = _picture(press, block, pictures)
            before = _ROOM_ABOVE if after_table and content else None
            content += _text(press, block, before=before) if told is None else told
        after_table = index in tables
    if not content or content[-1].startswith("<w:tbl>"):
        content.append(x.paragraph(press.styles["Table Note"], ""))
    return [*sections, Section(landscape, tuple(content))]


def _number(press: _Press) -> dict[int, _Numbered]:
    """Return the tables by their place among the blocks."""
    tables: dict[int, _Numbered] = {}
    for index, block in enumerate(press.document.blocks):
        if isinstance(block, Table):
            words = _once(block, table_words(block, press.document.language))
            shown = _gathered(block, words) if _reaching(block, words) else words
            layout = lay_out(block, shown, portrait=press.page.text_width, landscape=press.page.lying_text_width)
            name = _bookmark(block, {table.bookmark for table in tables.values()})
            tables[index] = _Numbered(block, len(tables) + 1, name, words, layout)
    return tables


def _once(table: Table, words: list[list[str]]) -> list[list[str]]:
    """Return a table's words with the cells left out that only repeat the group above."""
    grouping = [index for index, column in enumerate(table.columns) if column.groups]
    shown = [list(row) for row in words]
    for above, row, here in zip(words, words[1:], shown[1:], strict=False):
        for index in grouping:
            if above[index] != row[index]:
                break
            here[index] = ""
    return shown


def _reaching(table: Table, words: list[list[str]]) -> bool:
    """Return whether cells of a group reach over its rows: long text beside many short ones would tear them apart."""
    heads = [index for index, column in enumerate(table.columns) if column.groups]
    return bool(heads) and len(heads) < len(table.columns) and any(len(row[i]) > _LONG for row in words for i in heads)


def _begins(table: Table, words: list[list[str]]) -> list[int]:
    """Return the rows with which a group begins."""
    heads = [index for index, column in enumerate(table.columns) if column.groups]
    return [place for place, row in enumerate(words) if place == 0 or any(row[i] for i in heads)]


def _gathered(table: Table, words: list[list[str]]) -> list[list[str]]:
    """Return a row for each group, with the words of its rows under one another."""
    begins = [*_begins(table, words), len(words)]
    rows = [words[first:last] for first, last in pairwise(begins)]
    columns = range(len(table.columns))
    return [["\n".join(row[i] for row in group if row[i]) for i in columns] for group in rows]


def _bookmark(table: Table, taken: Set[str]) -> str:
    """Return a bookmark's name for a table, the same wherever in a document the table stands.

    Two documents are pasted into one thesis: names that only count from 1 would meet there.
    """
    digests = (sha256(f"{table.name}\n{table.title}\n{turn}".encode("utf-8", "replace")).digest() for turn in count())
    names = (f"_Ref{int.from_bytes(digest[:6], 'big') % 10**9:09d}" for digest in digests)
    return next(name for name in names if name not in taken)


def _lying(blocks: tuple[Block, ...], wide: Set[int]) -> list[bool]:
    """Tell which blocks stand on pages that lie down: wide tables, and the little text that leads up to one."""
    lying = [index in wide for index in range(len(blocks))]
    start = 0
    for index, block in enumerate(blocks):
        if not isinstance(block, Table):
            continue
        if lying[index]:
            between = range(start, index)
            short = sum(_length(blocks[i]) for i in between) <= _SHORT
            follows = start == 0 or lying[start - 1]
            for i in reversed(between):
                # A heading alone at the foot of an upright page would have lost its table.
                if not (isinstance(blocks[i], Heading) or (short and follows)):
                    break
                lying[i] = True
        start = index + 1
    return lying


def _length(block: Block) -> int:
    return 0 if isinstance(block, Table | Coding | Pointer | Picture) else len(block.text)


def _front(press: _Press, tables: list[_Numbered]) -> list[str]:
    document, styles = press.document, press.styles
    front = []
    if one_line(document.title):
        front.append(x.paragraph(styles["Title"], x.run(one_line(document.title))))
    if len(tables) > 1:
        front += _list_of_tables(press, tables)
    return front


def _list_of_tables(press: _Press, tables: list[_Numbered]) -> list[str]:
    """List the tables in a field, which Word gives its page numbers when it opens the file."""
    language = press.document.language
    label = printed("table", language)
    listed = [x.paragraph(press.styles["TOC Heading"], x.run(printed("list-of-tables", language)), keep_next=True)]
    for listing in tables:
        entry = x.link(listing.bookmark, x.run(f"{label} {listing.number}. {one_line(listing.table.title)}"))
        if listing.number == 1:
            entry = x.field_start(rf'TOC \h \z \c "{label}"', dirty=True) + entry
        if listing.number == len(tables):
            entry += x.field_end()
        listed.append(x.paragraph(press.styles["table of figures"], entry))
    return listed


def _text(press: _Press, block: Block, *, before: int | None) -> list[str]:
    styles = press.styles
    match block:
        case Heading():
            level = min(max(block.level, 1), 3)
            text = one_line(block.text)
            return [x.paragraph(styles[f"heading {level}"], x.run(text), keep_next=True)] if text else []
        case Paragraph():
            pieces = [piece.strip("\n") for piece in re.split(r"\n[ \t]*\n", printable(block.text))]
            pieces = [piece for piece in pieces if piece.strip()]
            return [
                x.paragraph(styles["Normal"], x.run(piece), before=None if number else before)
                for number, piece in enumerate(pieces)
            ]
        case Quotation():
            content = x.run(printable(block.text).strip(), x.VERBATIM)
            attribution = one_line(block.attribution)
            if attribution:
                content = x.run(f"{attribution} ") + content if block.before else content + x.run(f" {attribution}")
            return [x.paragraph(styles["Quote"], content, before=before)]
        case _:
            raise TypeError(f"no block of a document: {type(block).__name__}")


def _pointer(press: _Press, pointer: Pointer, tables: Mapping[int, _Numbered]) -> list[str]:
    """Return a sentence whose table numbers are fields: moved tables get new numbers, and the sentence with them."""
    language = press.document.language
    label = printed("table", language)
    by_name = {one.table.name: one for one in tables.values()}
    found = [by_name[name] for name in dict.fromkeys(pointer.tables) if name in by_name]
    if not found:
        return []
    before, _, after = printed(pointer.key, language, tables="\0").partition("\0")
    content = x.run(before) if before else ""
    for place, one in enumerate(found):
        if place:
            content += x.run(f" {printed('and', language)} " if place == len(found) - 1 else ", ")
        content += x.field(rf"REF {one.bookmark} \h", x.run(f"{label} {one.number}"))
    return [x.paragraph(press.styles["Normal"], content + (x.run(after) if after else ""))]


def _picture(press: _Press, picture: Picture, number: int) -> list[str]:
    """Return a figure under its number and title, as wide as the text at most."""
    label = printed("figure", press.document.language)
    bold = x.BOLD + x.UPRIGHT
    head = x.run(f"{label} ", bold) + x.field(rf"SEQ {label} \* ARABIC", x.run(str(number), bold), bold)
    apa = press.document.caption == "apa"
    slant = x.LIGHT + (x.ITALIC if apa else x.UPRIGHT)
    between = x.run("\n", bold) if apa else x.run(". ", bold)
    caption = head + between + x.run(one_line(picture.title), slant)
    wide, high = (int.from_bytes(picture.png[at : at + 4], "big") * 914_400 // 300 for at in (16, 20))
    scale = min(1.0, press.page.text_width * 635 / wide, press.page.text_height * 635 * 0.8 / high)
    size = int(wide * scale), int(high * scale)
    drawn = x.picture(number, f"rIdPicture{number}", size, one_line(picture.description) or one_line(picture.title))
    styles = press.styles
    return [x.paragraph(styles["caption"], caption, keep_next=True), x.paragraph(styles["Table Note"], drawn)]


def _table(press: _Press, numbered: _Numbered) -> Iterator[str]:
    notes = [note.strip() for note in map(printable, numbered.table.notes) if note.strip()]
    parts = numbered.layout.parts
    for place, part in enumerate(parts):
        yield _caption(press, numbered, continued=place > 0)
        yield _grid(press, numbered, part, continued=place > 0, noted=bool(notes) and place == len(parts) - 1)
    for place, note in enumerate(notes):
        opening = x.run(printed("note", press.document.language), x.ITALIC) + x.run(" ") if place == 0 else ""
        yield x.paragraph(press.styles["Table Note"], opening + x.run(note), keep_next=place < len(notes) - 1)


def _caption(press: _Press, numbered: _Numbered, *, continued: bool) -> str:
    """Return number and title as one paragraph, in "apa" on two lines.

    Two paragraphs would look the same; but Word's list of tables and its cross-references take the
    paragraph in which the number stands, and would show numbers without titles.
    """
    language = press.document.language
    number, name, printed_title = numbered.number, numbered.bookmark, one_line(numbered.table.title)
    apa = press.document.caption == "apa"
    label = printed("table", language)
    # Said of the runs themselves: a template's caption style may be bold or italic already.
    bold = x.BOLD + x.UPRIGHT
    if continued:
        # Refers to the number and does not count as one more.
        head = x.field(rf"REF {name} \h", x.run(f"{label} {number}", bold), bold)
        head += x.run(f" ({printed('continued', language)})", bold)
    else:
        counted = x.field(rf"SEQ {label} \* ARABIC", x.run(str(number), bold), bold)
        head = x.bookmark(number, name, x.run(f"{label} ", bold) + counted)
    slant = x.LIGHT + (x.ITALIC if apa else x.UPRIGHT)
    title = x.run(printed_title, f'<w:rStyle w:val="{press.styles["Table Title"]}"/>{slant}')
    between = x.run("\n", bold) if apa else x.run(". ", bold)
    content = head + between + title if printed_title else head
    return x.paragraph(press.styles["caption"], content, keep_next=True)


def _grid(press: _Press, numbered: _Numbered, part: Part, *, continued: bool, noted: bool) -> str:
    language, table = press.document.language, numbered.table
    body = numbered.words or [[printed("empty-table", language), *[""] * (len(table.columns) - 1)]]
    page = press.page.lying_text_height if numbered.layout.landscape else press.page.text_height
    together = part.height < page * 0.6
    last = len(body) - 1
    reaching = _reaching(table, body)
    begins = set(_begins(table, body)) if reaching else set()
    rows = [_row(press, table, part, [column.label for column in table.columns], heading=True, keep=True)]
    for index, words in enumerate(body):
        # A row taller than most of a page would leave the page before it empty: it alone may be split.
        beside = [i for i in part.columns if not (reaching and table.columns[i].groups)]
        widths = [width for i, width in zip(part.columns, part.widths, strict=True) if i in beside]
        whole = row_height([words[i] for i in beside], widths) < page * 0.75
        # What is left of a long cell stands in the last row that it reaches over, which grows with it.
        whole = whole and not (reaching and (index == last or index + 1 in begins))
        # The heading is not left with one row at the foot of a page, nor the notes at the head of one.
        keep = noted if index == last else together or index in (0, last - 1)
        begun = None if not reaching else index in begins
        rows.append(_row(press, table, part, words, whole=whole, keep=keep and whole, begins=begun))
    title = one_line(table.title) + (f" ({printed('continued', language)})" if continued else "")
    described = one_line(table.description) or printed(
        "table-description",
        language,
        rows=len(table.rows),
        columns=", ".join(one_line(column.label) for column in table.columns),
    )
    return x.table(rows, part.widths, title=title, description=described)


def _row(
    press: _Press,
    table: Table,
    part: Part,
    words: list[str],
    *,
    heading: bool = False,
    whole: bool = True,
    keep: bool,
    begins: bool | None = None,
) -> str:
    """Return a row; `begins` tells whether a group begins with it, where cells of a group reach over its rows."""
    cells = []
    for index, width in zip(part.columns, part.widths, strict=True):
        kind = table.columns[index].kind
        centred = kind in ("mark", "count")
        if heading:
            # "(n = 2)" is not broken.
            label = re.sub(r"\([^()]{1,12}\)", lambda found: found[0].replace(" ", "\u00a0"), one_line(words[index]))
            content = x.run(label)
            paragraph = x.paragraph(press.styles["Table Heading"], content, keep_next=keep, centred=centred)
        else:
            # Blanks before a text show its level; as an indent they do so on all of its lines.
            text = words[index].lstrip(_BLANKS)
            indent = _INDENT * len(words[index][: len(words[index]) - len(text)])
            content = x.run(text, x.VERBATIM if kind == "quotation" else "")
            style = press.styles["Table Mark" if centred else "Table Text"]
            paragraph = x.paragraph(style, content, keep_next=keep, indent=indent)
        merged = "" if begins is None or not table.columns[index].groups else "restart" if begins else "continue"
        cells.append(x.cell(paragraph, width, heading=heading, merged=merged, ruled=bool(begins)))
    return x.row(cells, heading=heading, whole=whole)
