"""Write a Document as one page for a browser: nothing is fetched, nothing runs, everything said is escaped."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from html import escape
from itertools import groupby
from typing import Final

from qualkit.document import Document, Heading, Paragraph, Picture, Pointer, Said, Surroundings
from qualkit.exports.page_style import style_of
from qualkit.exports.words import one_line, printable, quotation_words, refuse_codings, table_words
from qualkit.language.printed import printed
from qualkit.model import Quotation
from qualkit.table import Column, Table, cell_text

_BLANKS: Final = " \u00a0\u2002\u2003"
_AUDIT: Final = "audit"
_LIST: Final = "quotations"
"""Name of the table that is shown as a list, each quotation with what was said around it."""


def render_html(document: Document) -> bytes:
    """Render a document as a page that is whole in itself.

    No script, no font and no picture is in it, and its own policy forbids the browser to fetch any. Tables
    have headings for rows and columns; the cells of matrices lead to the quotations they count; a quotation
    opens what was said around it, where the document knows it. The same document gives the same bytes.

    Raises:
        TypeError: If a cell or block holds a Coding: an informant's words that publishing has not rendered.
    """
    refuse_codings(document)
    return _Page(document).html().encode()


class _Page:
    """A document on its way to a page."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.language = document.language
        self.tables = document.tables()

    def say(self, key: str, **values: object) -> str:
        return escape(printed(key, self.language, **values))

    def html(self) -> str:
        document = self.document
        style = style_of(one_line(document.mark))
        digest = b64encode(sha256(style.encode()).digest()).decode()
        pictures = " img-src data:;" if any(isinstance(block, Picture) for block in document.blocks) else ""
        policy = f"default-src 'none'; style-src 'sha256-{digest}';{pictures} base-uri 'none'; form-action 'none'"
        mark = escape(one_line(document.mark))
        notice = f'<p class="notice" role="note">{mark}</p>' if mark else ""
        body = "".join(self.blocks())
        return (
            f'<!doctype html>\n<html lang="{self.language}">\n<head>\n<meta charset="utf-8">\n'
            f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
            '<meta name="robots" content="noindex, nofollow">\n<meta name="referrer" content="no-referrer">\n'
            f"<title>{escape(one_line(document.title))}</title>\n<style>{style}</style>\n</head>\n<body>\n"
            f'<a class="skip" href="#text">{self.say("skip-to-text")}</a>\n{notice}\n'
            f'<header id="top">\n<h1>{escape(one_line(document.title))}</h1>\n{self.contents()}</header>\n'
            f'<main id="text" tabindex="-1">\n{body}</main>\n'
            f'<footer><p>{mark}</p><p class="top"><a href="#top">{self.say("back-to-top")}</a></p></footer>\n'
            "</body>\n</html>\n"
        )

    def contents(self) -> str:
        entries = "".join(
            f'<li><a href="#{anchor}">{escape(one_line(title))}</a></li>' for anchor, title in self.sections()
        )
        if not entries:
            return ""
        return (
            f'<nav aria-labelledby="contents"><h2 id="contents">{self.say("contents")}</h2><ul>{entries}</ul></nav>\n'
        )

    def sections(self) -> Iterator[tuple[str, str]]:
        """Yield anchor and title of what stands on the page: headings of the second level, and tables of their own."""
        for place, block in enumerate(self.document.blocks):
            if isinstance(block, Heading) and block.level == 2:
                yield f"h-{place}", block.text
            elif isinstance(block, Table) and not self.inside(place):
                yield _anchor(block.name), block.title

    def inside(self, place: int) -> bool:
        """Return whether a table belongs to the section it stands in; what is looked up has a place of its own."""
        table = self.document.blocks[place]
        above = any(isinstance(block, Heading) and block.level > 1 for block in self.document.blocks[:place])
        return above and isinstance(table, Table) and table.name not in (_LIST, _AUDIT)

    def blocks(self) -> Iterator[str]:
        number = figures = 0
        for place, block in enumerate(self.document.blocks):
            match block:
                case Heading():
                    # The page's own title is its only heading of the first level, and what stands here leads to tables.
                    if block.level > 1:
                        level = min(block.level, 3)
                        yield f'<h{level} id="h-{place}" class="text">{escape(one_line(block.text))}</h{level}>\n'
                case Paragraph():
                    pieces = (piece.strip() for piece in printable(block.text).split("\n\n"))
                    yield "".join(f"<p>{escape(piece)}</p>\n" for piece in pieces if piece)
                case Pointer():
                    yield self.pointer(block)
                case Picture():
                    figures += 1
                    yield self.figure(block, figures)
                case Quotation():
                    yield f'<div class="told">{self.quotation(block)}</div>\n'
                case Table():
                    number += 1
                    yield self.part(block, number, inside=self.inside(place))

    def figure(self, picture: Picture, number: int) -> str:
        """Return a picture that lies in the page itself, for nothing is fetched."""
        told = escape(one_line(picture.description) or one_line(picture.title))
        caption = f"<b>{self.say('figure')} {number}</b> {escape(one_line(picture.title))}"
        data = b64encode(picture.png).decode()
        shown = f'<img alt="{told}" src="data:image/png;base64,{data}">'
        return f"<figure><figcaption>{caption}</figcaption>{shown}</figure>\n"

    def pointer(self, pointer: Pointer) -> str:
        """Return a sentence with links to the tables it names."""
        numbers = {table.name: number for number, table in enumerate(self.tables, 1)}
        found = [name for name in dict.fromkeys(pointer.tables) if name in numbers]
        if not found:
            return ""
        links = [f'<a href="#{_anchor(name)}">{self.say("table")} {numbers[name]}</a>' for name in found]
        told = f" {self.say('and')} ".join([*([", ".join(links[:-1])] if links[:-1] else []), links[-1]])
        before, _, after = printed(pointer.key, self.language, tables="\0").partition("\0")
        return f"<p>{escape(before)}{told}{escape(after)}</p>\n"

    def part(self, table: Table, number: int, *, inside: bool = False) -> str:
        """Return a table under its heading."""
        anchor = _anchor(table.name)
        shown = self.listing(table) if table.name == _LIST else self.table(table, number)
        notes = [printable(note).strip() for note in table.notes]
        told = "".join(f'<p class="note">{escape(note)}</p>' for note in notes if note)
        level, kind = (3, "part inside") if inside else (2, "part")
        heading = f'<h{level} id="{anchor}-title">{escape(one_line(table.title))}</h{level}>'
        opening = f'<section class="{kind}" id="{anchor}" aria-labelledby="{anchor}-title">'
        return f"{opening}\n{heading}\n{shown}{told}\n</section>\n"

    # Tables

    def table(self, table: Table, number: int) -> str:
        words = table_words(table, self.language)
        head = "".join(f'<th scope="col"{_class(column)}>{escape(_label(column))}</th>' for column in table.columns)
        if words:
            body = "".join(self.groups(table, words))
        else:
            body = f'<tbody><tr><td colspan="{len(table.columns)}">{self.say("empty-table")}</td></tr></tbody>'
        caption = f"{self.say('table')} {number}"
        title, described = one_line(table.title), one_line(table.description)
        # The heading above says the title already to those who see it.
        told = escape(described) if described and described != title else f'<span class="unseen">{escape(title)}</span>'
        # Where there are words to read, a narrow screen shows the cells under one another instead of scrolling.
        stack = ' class="stack"' if any(column.kind == "quotation" for column in table.columns) else ""
        label = f"{self.say('wide-table')}: {escape(title)}"
        return (
            f'<div class="scroll" role="region" tabindex="0" aria-label="{label}">\n<table{stack}>\n'
            f"<caption><b>{caption}</b> {told}</caption>\n"
            f"<thead><tr>{head}</tr></thead>\n{body}</table>\n</div>\n"
        )

    def groups(self, table: Table, words: Sequence[Sequence[str]]) -> Iterator[str]:
        """Yield bodies of a table: the rows of one theme stand together."""
        grouping = [index for index, column in enumerate(table.columns) if column.groups]
        heads = grouping[: next((at for at, index in enumerate(grouping) if index != at), len(grouping))]
        spans = _spans(words, heads)
        outer = heads[0] if heads else None
        numbered = list(enumerate(words))
        bodies = groupby(numbered, key=lambda row: row[1][outer]) if outer is not None else [("", iter(numbered))]
        for _, rows in bodies:
            inner = "".join(f"<tr>{self.row(table, place, row, spans)}</tr>\n" for place, row in rows)
            yield f"<tbody>\n{inner}</tbody>\n"

    def row(self, table: Table, place: int, row: Sequence[str], spans: Mapping[tuple[int, int], int]) -> str:
        cells = []
        for index, (column, words) in enumerate(zip(table.columns, row, strict=True)):
            if column.groups and (place, index) in spans:
                height = spans[place, index]
                if height:
                    # The scope reaches over all rows the cell spans.
                    scope = "rowgroup" if height > 1 or index == 0 else "row"
                    cells.append(f'<th scope="{scope}" rowspan="{height}">{escape(words)}</th>')
                continue
            if index == 0 and not isinstance(table.rows[place][0], Quotation):
                text = words.lstrip(_BLANKS)
                depth = min(len(words) - len(text), 2)
                indented = any(cell[0] in _BLANKS for cell in (str(line[0]) for line in table.rows) if cell)
                kind = f' class="in{depth}"' if indented else ""
                cells.append(f'<th scope="row"{kind}>{escape(text)}</th>')
                continue
            cells.append(f"<td{_class(column)}>{self.cell(table, place, index, words)}</td>")
        return "".join(cells)

    def cell(self, table: Table, place: int, index: int, words: str) -> str:
        value = table.rows[place][index]
        if isinstance(value, Quotation):
            return self.quotation(value)
        target = table.links.get((place, index))
        if target is None or not words or target[0] not in {other.name for other in self.tables}:
            return escape(words)
        told = printed(
            "to-quotations",
            self.language,
            value=words,
            row=one_line(cell_text(table.rows[place][0])),
            column=one_line(table.columns[index].label),
        )
        href = f"#{_anchor(target[0])}-{target[1] + 1}"
        return f'<a href="{href}" aria-label="{escape(told)}">{escape(words)}</a>'

    # Quotations

    def listing(self, table: Table) -> str:
        """Return the list of quotations under their codes and participants."""
        keys = [column.key for column in table.columns]
        records = [dict(zip(keys, row, strict=True)) for row in table.rows]
        words = table_words(table, self.language)
        if not records:
            return f"<p>{self.say('empty-table')}</p>\n"
        shown = []
        numbered = [(number, record, words[number]) for number, record in enumerate(records)]
        for code, rows in groupby(numbered, key=lambda item: str(item[1].get("code", ""))):
            shown.append(f"<h3>{escape(one_line(code))}</h3>\n")
            for person, own in groupby(rows, key=lambda item: str(item[1].get("participant") or "")):
                if person:
                    shown.append(f"<h4>{escape(one_line(person))}</h4>\n")
                items = "".join(self.entry(table.name, number, record) for number, record, _ in own)
                shown.append(f'<ul class="quotes">\n{items}</ul>\n')
        return "".join(shown)

    def entry(self, name: str, number: int, record: Mapping[str, object]) -> str:
        value = record.get("quotation")
        quotation = (
            self.quotation(value) if isinstance(value, Quotation) else f"<p>{escape(one_line(str(value or '')))}</p>"
        )
        facts = " · ".join(one_line(str(record[key])) for key in ("place", "status", "id") if record.get(key))
        return f'<li id="{_anchor(name)}-{number + 1}">{quotation}<p class="facts">{escape(facts)}</p></li>\n'

    def quotation(self, quotation: Quotation) -> str:
        words = escape(quotation_words(quotation, self.language))
        around = self.document.surroundings.get(quotation.coding)
        return f"<blockquote><p>{words}</p></blockquote>{self.surroundings(around) if around else ''}"

    def surroundings(self, around: Surroundings) -> str:
        turns = "".join(self.said(turn) for turn in around.turns)
        summary = f"{self.say('surroundings')} <span>({escape(one_line(around.place))})</span>"
        return f"<details><summary>{summary}</summary><dl>{turns}</dl></details>"

    def said(self, turn: Said) -> str:
        time = f" <span>{escape(one_line(turn.time))}</span>" if turn.time else ""
        words = "".join(self.piece(text, coded=coded) for text, coded in turn.pieces)
        return f"<dt>{escape(one_line(turn.speaker)) or '–'}{time}</dt><dd>{words}</dd>"

    def piece(self, text: str, *, coded: bool) -> str:
        words = escape(printable(text))
        if not coded:
            return words
        # Heard, the coded words begin and end as well as they are seen to.
        begins = f'<span class="unseen">{self.say("coded-begins")} </span>'
        ends = f'<span class="unseen"> ({self.say("coded-ends")})</span>'
        return f"<mark>{begins}{words}{ends}</mark>"


def _anchor(name: str) -> str:
    """Return a table's name as an id on the page, which may hold no white space."""
    return escape("t-" + "-".join(printable(name).split()))


def _label(column: Column) -> str:
    # "(n = 2)" is not broken.
    return re.sub(r"\([^()]{1,12}\)", lambda found: found[0].replace(" ", "\u00a0"), one_line(column.label))


def _class(column: Column) -> str:
    if column.kind in ("mark", "count"):
        return ' class="middle"'
    return ' class="said"' if column.kind == "quotation" else ""


def _spans(words: Sequence[Sequence[str]], heads: Sequence[int]) -> dict[tuple[int, int], int]:
    """Return how many rows each heading cell spans; 0 for the cells it covers."""
    spans: dict[tuple[int, int], int] = {}
    for depth, index in enumerate(heads):
        begin = 0
        for place, row in enumerate(words):
            if place == 0 or any(row[i] != words[place - 1][i] for i in heads[: depth + 1]):
                begin = place
            spans[place, index] = 0
            spans[begin, index] += 1
    return spans
