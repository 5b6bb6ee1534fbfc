"""The framework matrix as a workbook to write in, and what came back in one."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from qualkit import disk
from qualkit import study as studies
from qualkit.clearing import Draft
from qualkit.errors import Problem
from qualkit.framework import codes_of, columns_of, summaries, write_many
from qualkit.gate import words_of
from qualkit.language.printed import PHRASES, printed
from qualkit.linenumbers import lay_lines, line_at
from qualkit.material import Material, stands
from qualkit.passing import passed
from qualkit.rendering import framework
from qualkit.summary import fingerprint
from qualkit.transcripts.raw import UnreadableOriginal

CHECK = "framework"
SIGN = "qualkit-framework-1"
"""Stands in the hidden corner of the sheet that is read back."""

_STATE = "qualkit"
_FIRST_ROW, _FIRST_COLUMN = 3, 2
_CELL_AT_MOST = 32_000


@dataclass(frozen=True, slots=True)
class Read:
    """What reading a workbook back came to.

    Attributes:
        written: Summaries that are other than before.
        same: Cells that say what the study says already.
        problems: What was not written, and why.
    """

    written: int
    same: int
    problems: tuple[Problem, ...]


def render_workbook(material: Material, *, with_words: bool, mark: str) -> bytes:
    """Return the matrix as a workbook: cells to write in, headings and ids locked, the ids out of sight.

    Args:
        material: Of the study.
        with_words: A second sheet with the passages in the coded words, for the researcher's own desk.
        mark: On every sheet and printed page.
    """
    import xlsxwriter

    language = material.study.settings.language
    cases, columns = material.people(), columns_of(material)
    texts = {(cell.case, cell.theme): cell.text for cell in summaries(material.study)}
    held = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(held, options) as book:
        wrapped = {"text_wrap": True, "valign": "top", "border": 1, "border_color": "#999999"}
        head = book.add_format({**wrapped, "bold": True})
        open_ = book.add_format({**wrapped, "locked": False})
        note = book.add_format({"italic": True})
        sheet = book.add_worksheet(printed("framework", language)[:31])
        sheet.write_string(0, 1, f"{mark} · {printed('framework-note', language)}", note)
        sheet.write_row(1, 0, [SIGN, "", *(theme for theme, _ in columns)])
        sheet.write_row(2, 1, [printed("case", language), *(heading for _, heading in columns)], head)
        sheet.set_row(1, None, None, {"hidden": True})
        sheet.set_row(2, 34)
        sheet.set_column(0, 0, 6, None, {"hidden": True})
        sheet.set_column(1, 1, 12)
        sheet.set_column(_FIRST_COLUMN, _FIRST_COLUMN + max(len(columns) - 1, 0), 38)
        for row, case in enumerate(cases, _FIRST_ROW):
            sheet.write_string(row, 0, case)
            sheet.write_string(row, 1, case, head)
            longest = max((len(texts.get((case, theme), "")) for theme, _ in columns), default=0)
            sheet.set_row(row, min(16 * (longest // 36 + 2), 400))
            for at, (theme, _) in enumerate(columns, _FIRST_COLUMN):
                sheet.write_string(row, at, texts.get((case, theme), "")[:_CELL_AT_MOST], open_)
                if not texts.get((case, theme)):
                    sheet.write_blank(row, at, None, open_)
        sheet.freeze_panes(_FIRST_ROW, _FIRST_COLUMN)
        sheet.protect("", {"format_columns": True, "format_rows": True, "format_cells": True})
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(2)
        sheet.set_header(f"&C{mark.replace('&', '&&')}")
        if with_words:
            _passages(book, material, head, book.add_format(wrapped), mark)
        state = book.add_worksheet(_STATE)
        state.very_hidden()
        state.write_row(0, 0, [SIGN])
        for number, ((case, theme), text) in enumerate(sorted(texts.items()), 1):
            state.write_row(number, 0, [case, theme, fingerprint(text)])
    return held.getvalue()


def _passages(book: Any, material: Material, head: Any, wrapped: Any, mark: str) -> None:
    language = material.study.settings.language
    sheet = book.add_worksheet(printed("meaning-units", language)[:31])
    keys = ("case", "theme", "id", "place", "quotation")
    sheet.write_row(0, 0, [printed(key, language) for key in keys], head)
    sheet.set_column(0, 3, 16)
    sheet.set_column(4, 4, 90)
    sheet.set_header(f"&C{mark.replace('&', '&&')}")
    codes = codes_of(material)
    row = 1
    for theme, heading in columns_of(material):
        # What two coders gave the same code is one passage.
        passages = {(one.coding.unit.span, one.coding.code): one for one in reversed(material.accepted())}
        for extract in reversed(passages.values()):
            coding, span = extract.coding, extract.coding.unit.span
            record = material.transcripts.get(span.transcript)
            if coding.code not in codes[theme] or record is None or not stands(coding, record):
                continue
            line = line_at(lay_lines(record.text), span.start)
            place = printed("place-line", language, transcript=span.transcript, line=line)
            words = " ".join(coding.unit.text.split())
            for at, value in enumerate((extract.participant, heading, coding.id, place, words)):
                sheet.write_string(row, at, value, wrapped)
            row += 1


def write_working_workbook(material: Material, *, force: bool = False) -> Path:
    """Write the workbook for the researcher's own desk to working/: with the passages in the coded words.

    Raises:
        FileIsThere: If somebody wrote in one that lies there already.
    """
    from qualkit.publishing import FileIsThere

    language = material.study.settings.language
    path = studies.working_folder(material.study) / "framework.confidential.xlsx"
    if path.is_file() and not force and _differs(material, path):
        raise FileIsThere(path)
    disk.write_atomically(path, render_workbook(material, with_words=True, mark=printed("confidential", language)))
    return path


def _differs(material: Material, path: Path) -> bool:
    """Return whether a workbook has summaries that the study does not have."""
    try:
        wanted, _, problems = _compared(material, path)
    except UnreadableOriginal:
        return True
    return bool(wanted or problems)


def export_workbook(material: Material, path: Path, *, force: bool = False, draft: Draft | None = None) -> None:
    """Write the workbook without passages, through the gate; it can be written in and read back as well.

    Raises:
        FileIsThere: If it is there already.
        Unresolved: If something in it may identify somebody, and nobody has decided about it.
        WouldLeak: If a name of the register stands in it.
    """
    from qualkit.exporting import refuse_to_overwrite, write_exported

    language = material.study.settings.language
    refuse_to_overwrite(material.study, [path], named=True, force=force)
    mark = printed("not-anonymised" if draft is not None else "pseudonymised", language)
    data = render_workbook(material, with_words=False, mark=mark)
    # Fingerprints are ours, and tell nothing.
    kept = [fingerprint(cell.text) for cell in summaries(material.study)]
    ours = words_of("\n".join([SIGN, _STATE, *kept, *(phrase for key in PHRASES for phrase in PHRASES[key])]))
    ours |= framework(".xlsx", language, "apa") | words_of("Named Ranges Print_Titles Print Titles xlnm")
    passed(data, path, material, ours=ours, draft=draft)
    write_exported(material.study, {path: data}, draft=draft)


def read_back(material: Material, who: str, path: Path, *, why: str = "") -> Read:
    """Write what somebody wrote in a workbook into the study; what is in doubt is told and not written.

    Args:
        material: Of the study, which is locked by the caller's process.
        who: Wrote it.
        path: Of the workbook.

    Raises:
        UnreadableOriginal: If the file is no workbook of a framework matrix.
    """
    wanted, same, problems = _compared(material, path)
    return Read(write_many(material, who, wanted, why=why), same, tuple(problems))


def _compared(material: Material, path: Path) -> tuple[dict[tuple[str, str], str], int, list[Problem]]:
    """Return what a workbook has that the study does not, how many cells are the same, and what is in doubt."""
    grid, state = _opened(path)
    reader = _Reader(path.name, grid, state, material)
    return reader.wanted(), reader.same, reader.problems


def _opened(path: Path) -> tuple[list[list[object]], dict[tuple[str, str], str] | None]:
    from openpyxl import load_workbook

    data = studies.bytes_of(path, path.name)
    try:
        book = load_workbook(io.BytesIO(data))
        sheets = [sheet for sheet in book.worksheets if sheet.title != _STATE]
        grids = [[list[object](row) for row in sheet.iter_rows(values_only=True)] for sheet in sheets]
        lines = [list(row) for row in book[_STATE].iter_rows(values_only=True)] if _STATE in book.sheetnames else []
    except Exception as error:
        # Whatever the library says of a foreign file may hold its words.
        raise UnreadableOriginal("the file cannot be read as a workbook", "Save it again as .xlsx.") from error
    grid = next((one for one in grids if any(_said(cell) == SIGN for row in one[:6] for cell in row[:3])), None)
    if grid is None:
        hint = "The hidden first column is gone. Make a new one (qualkit framework sheet) and copy your texts into it."
        raise UnreadableOriginal("this is no workbook of a framework matrix", hint)
    state = {(_said(line[0]), _said(line[1])): _said(line[2]) for line in lines[1:] if len(line) > 2} if lines else None
    return grid, state


def _said(cell: object) -> str:
    return "" if cell is None else str(cell).strip()


class _Reader:
    """Compares a workbook's cells with the study's, and gathers what is in doubt, each with its place."""

    def __init__(
        self,
        file: str,
        grid: Sequence[Sequence[object]],
        state: Mapping[tuple[str, str], str] | None,
        material: Material,
    ) -> None:
        self.file, self.grid, self.state, self.material = file, grid, state, material
        self.problems: list[Problem] = []
        self.same = 0
        self.now = {(cell.case, cell.theme): cell.text for cell in summaries(material.study)}
        self.ids = next(number for number, row in enumerate(grid) if any(_said(cell) == SIGN for cell in row[:3]))
        self.side = next(at for at, cell in enumerate(grid[self.ids]) if _said(cell) == SIGN)

    def fault(self, row: int, column: int, message: str, hint: str, *, warning: bool = False) -> None:
        self.problems.append(
            Problem(self.file, row + 1, column + 1, CHECK, f"cell {_name(row, column)}: {message}", hint)
            if not warning
            else Problem(
                self.file, row + 1, column + 1, CHECK, f"cell {_name(row, column)}: {message}", hint, "warning"
            )
        )

    def wanted(self) -> dict[tuple[str, str], str]:
        columns, cases = self._columns(), self._cases()
        found: dict[tuple[str, str], str] = {}
        for row, case in cases.items():
            for column, theme in columns.items():
                line = self.grid[row]
                value = line[column] if column < len(line) else None
                text = self._text(row, column, value, case, theme)
                if text is not None:
                    found[case, theme] = text
        return found

    def _columns(self) -> dict[int, str]:
        """Return the theme of each column; those that are gone, renamed, doubled or new are told of."""
        known = dict(columns_of(self.material))
        ids, labels = self.grid[self.ids], self.grid[self.ids + 1] if self.ids + 1 < len(self.grid) else []
        found: dict[int, str] = {}
        width = max(len(ids), len(labels))
        for column in range(self.side + 2, width):
            theme = _said(ids[column]) if column < len(ids) else ""
            label = _said(labels[column]) if column < len(labels) else ""
            if theme in found.values():
                self.fault(self.ids + 1, column, f"a second column of “{theme}”", "Only the first was read.")
            elif theme in known:
                found[column] = theme
                if label != known[theme]:
                    message = f"the column of “{theme}” was renamed; it was read, and the theme keeps its heading"
                    hint = f"If the theme is to be called so, change its heading in {studies.THEMES}."
                    self.fault(self.ids + 1, column, message, hint, warning=True)
            elif theme:
                hint = "It was not read. See the themes there are: qualkit framework"
                self.fault(self.ids + 1, column, f"the study has no theme “{theme}” any more", hint)
            elif label or self._has_text(column):
                hint = f"It was not read. Add the theme to {studies.THEMES}, and make a new workbook."
                self.fault(self.ids + 1, column, "a column was added that is no theme", hint)
        for theme in known:
            if theme not in found.values():
                hint = "Its summaries stay as they are."
                self.fault(self.ids + 1, self.side, f"the column of “{theme}” is gone", hint, warning=True)
        return found

    def _has_text(self, column: int) -> bool:
        return any(_said(row[column]) for row in self.grid[self.ids + 2 :] if column < len(row))

    def _cases(self) -> dict[int, str]:
        """Return the case of each row; those that are gone, renamed, doubled or new are told of."""
        known = self.material.people()
        found: dict[int, str] = {}
        for row in range(self.ids + 2, len(self.grid)):
            line = self.grid[row]
            case = _said(line[self.side]) if line else ""
            label = _said(line[self.side + 1]) if len(line) > self.side + 1 else ""
            if not any(_said(cell) for cell in line):
                continue
            if case in found.values():
                self.fault(row, self.side + 1, f"a second row of {case}", "Only the first was read.")
            elif case in known:
                found[row] = case
                if label != case:
                    hint = "The id stands in participants.csv and is changed there."
                    self.fault(row, self.side + 1, f"the row of {case} was renamed; it was read", hint, warning=True)
            elif case or label:
                hint = "It was not read. A case is a participant's id; see qualkit framework."
                self.fault(row, self.side + 1, "the study has no such case", hint)
            else:
                self.fault(row, self.side + 1, "a row without a case", "It was not read.")
        for case in known:
            if case not in found.values():
                hint = "Its summaries stay as they are."
                self.fault(self.ids, self.side + 1, f"the row of {case} is gone", hint, warning=True)
        return found

    def _text(self, row: int, column: int, value: object, case: str, theme: str) -> str | None:
        """Return what is to be written of a cell; None where nothing is."""
        text = "\n".join(line.rstrip() for line in _said(value).replace("\r\n", "\n").split("\n"))
        now = self.now.get((case, theme), "")
        if fingerprint(text) == fingerprint(now):
            self.same += bool(text)
            return None
        was = self.state.get((case, theme), fingerprint("")) if self.state is not None else None
        if was == fingerprint(text):
            # Nobody wrote here; the study's own text is newer.
            self.same += 1
            return None
        if text.startswith("="):
            self.fault(row, column, "a formula stands where a summary should", "Write its words.")
            return None
        if not text:
            hint = "The summary in the study stays. Take it out of framework.yaml if it is to go."
            self.fault(row, column, f"the summary of {case} and “{theme}” was emptied", hint)
            return None
        if was != fingerprint(now) and (now or was is not None):
            message = f"the summary of {case} and “{theme}” was changed here and in the study since"
            hint = f"The study's stays. Put the two together: qualkit framework write {case} {theme}"
            self.fault(row, column, message, hint)
            return None
        return text


def _name(row: int, column: int) -> str:
    """Return a cell's name.

    Example:
        >>> _name(4, 2), _name(0, 27)
        ('C5', 'AB1')
    """
    letters, at = "", column + 1
    while at:
        at, rest = divmod(at - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row + 1}"
