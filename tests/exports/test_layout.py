"""How a table lies on paper."""

from __future__ import annotations

from qualkit.exports.layout import lay_out
from qualkit.table import Column, Table


def test_short_quotations_have_room_beside_long_headings() -> None:
    columns = (Column("theme", "Tema"), Column("code", "Kode"), Column("quotation", "Sitat", "quotation"))
    words = [
        ("Hjelpa gjekk gjennom dei som kjende nokon", "Venting", "«Eg sat og venta den måndagen.» (R1)"),
        ("Dei som kom att", "Å komme tilbake", "[velg sitat]"),
    ]
    [part] = lay_out(Table("theme-table", "Temaer", columns, tuple(words)), words, portrait=9000, landscape=14000).parts
    theme, code, quotation = part.widths
    assert quotation > code
    assert quotation > theme / 2
