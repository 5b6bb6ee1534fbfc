"""Documents laid out as files: which renderer writes which ending, and what a file holds whatever is printed in it."""

from __future__ import annotations

from functools import lru_cache
from typing import Final, get_args

from qualkit.document import Block, CaptionStyle, Document, Heading, Paragraph, Picture, Pointer, Said, Surroundings
from qualkit.gate import OWN_KEYS, text_of_file, words_of
from qualkit.language.printed import PHRASES
from qualkit.model import Kind, Method, Quotation, Role, Span, Status
from qualkit.table import Column, ColumnKind, Table

ENDINGS = {
    "word": ".docx",
    "excel": ".xlsx",
    "csv": ".csv",
    "html": ".html",
    "json": ".json",
    "parquet": ".parquet",
}
"""By kind of export."""

_PIXEL: Final = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01"
"""As much of a picture as says how large it is."""

_IN_DATA: Final = (*get_args(Kind), *get_args(Status), *get_args(Role), *get_args(Method), "true", "false")


def written(document: Document, suffix: str, template: bytes | None = None) -> bytes:
    """Return a document as a file's bytes; its words are rendered.

    Args:
        document: What is printed.
        suffix: One of `ENDINGS`, in small letters; .csv and .parquet hold the first table.
        template: A Word file whose styles are used.
    """
    if suffix == ".docx":
        from qualkit.exports.word import render_word

        return render_word(document, template=template)
    if suffix == ".xlsx":
        from qualkit.exports.excel import render_excel

        return render_excel(document)
    if suffix == ".html":
        from qualkit.exports.page import render_html

        return render_html(document)
    if suffix == ".json":
        from qualkit.exports.jsonfile import render_json

        return render_json(document)
    table = document.tables()[0]
    if suffix == ".parquet":
        from qualkit.exports.parquet import render_parquet

        return render_parquet(table, mark=document.mark)
    from qualkit.exports.delimited import render_csv, separator

    return render_csv(table, mark=document.mark, delimiter=separator(document.language))


@lru_cache(maxsize=16)
def framework(suffix: str, language: str, caption: CaptionStyle, template: bytes | None = None) -> frozenset[str]:
    """Return the words that a kind of file holds whatever is printed in it: its own, and print strings."""
    quotation = Quotation("…", "c", Span("t", 0, 1), "(…)")
    columns = [Column(kind, kind, kind) for kind in get_args(ColumnKind)]
    row = ("…", "●", 1, quotation)
    tables = [
        Table(name, "…", tuple(columns), (row, row), ("…",), "…", {(0, 2): ("quotations", 0)})
        for name in ("quotations", "t")
    ]
    # Cells that reach over several rows are written otherwise.
    long = (Column("group", "…", groups=True), Column("text", "…"))
    tables.append(Table("long", "…", long, (("… " * 300, "…"), ("… " * 300, "…"))))
    around = Surroundings("…", (Said("…", (("…", False), ("…", True)), "00:00:00"),))
    drawn = Picture("…", "…", _PIXEL, "…")
    running: list[Block] = [
        *(Heading("…", level) for level in (1, 2, 3)),
        Paragraph("…"),
        Pointer("see-tables", ("t",)),
        drawn,
        quotation,
    ]
    document = Document("…", language, (*running, *tables), "…", caption, {"c": around})
    text = text_of_file(written(document, suffix, template))
    strings = [phrase for key in PHRASES for phrase in PHRASES[key]]
    named = [string.casefold() for string in strings]
    return words_of(text).union(*map(words_of, [*OWN_KEYS, *strings, *named, *_IN_DATA]))
