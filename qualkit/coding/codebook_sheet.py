"""The codebook as rows that can be edited in a spreadsheet, and such rows read back, other programs' too."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from qualkit.coding.codebook_diff import FIELDS, Incoming
from qualkit.errors import Problem, QualkitError
from qualkit.model import Code, Codebook
from qualkit.table import Cell, Column, Table
from qualkit.text import near_miss, nfc, normalise

CHECK: Final = "codebook-import"
PATH_SIGN: Final = " > "
LARGEST: Final = 20_000_000
"""Bytes of a file that is read."""

MOST: Final = 20_000
"""Codes of a file that is read."""

DEEPEST: Final = 40
"""Levels of codes that are read."""

_COLUMNS: Final = {
    "id": ("id",),
    "name": ("name", "navn", "namn"),
    "path": ("path", "code", "kode", "tag", "sti"),
    "parent": ("parent", "parent id", "forelder", "under"),
    "level": ("level", "nivå"),
    "codable": ("codable", "kodbar", "iscodable"),
    "colour": ("colour", "color", "farge"),
    "brief": ("brief", "kort"),
    "definition": ("definition", "definisjon"),
    "description": ("description", "memo", "beskrivelse", "skildring"),
    "use_when": ("use when", "brukes når", "brukast når"),
    "not_when": ("not when", "brukes ikke når", "brukast ikkje når"),
    "examples": ("examples", "eksempler", "døme", "example"),
    "note": ("note", "notat"),
}
_LISTS: Final = ("use_when", "not_when", "examples")
_YES: Final = frozenset("true yes ja 1 x sann".split())
_NO: Final = frozenset("false no nei 0 usann".split())
_COLOUR = re.compile(r"#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})\Z")
_STEPS = re.compile(r"\s*[>\\]\s*")
_GUARDED = re.compile(r"\A'(?=[\s]*[=+\-@＝＋－＠])")


class UnreadableCodebook(QualkitError):
    """A file that holds no codebook that can be read."""

    def __init__(self, file: str, why: str, hint: str = "") -> None:
        super().__init__(f"{file} cannot be read as a codebook: {why}", hint or "Nothing was changed.")


def codebook_sheet(codebook: Codebook, title: str) -> Table:
    """Return the codebook as rows to be edited: a code a row, lists with a line for each item.

    The last column shows where the code stands; it is for reading, and is not read back: a code is moved by
    its `parent` and renamed by its `name`.
    """
    parents = parents_of(codebook)
    rows: list[tuple[Cell, ...]] = []
    for identifier, path in codebook.paths().items():
        code = path[-1]
        rows.append(
            (
                code.id,
                parents[identifier],
                code.name,
                code.level,
                "true" if code.codable else "false",
                code.colour,
                code.brief,
                code.definition,
                *("\n".join(item.replace("\n", "\n  ") for item in getattr(code, key)) for key in _LISTS),
                code.note,
                PATH_SIGN.join(above.name for above in path),
            )
        )
    keys = ("id", "parent", "name", "level", "codable", "colour", "brief", "definition", *_LISTS, "note", "path")
    return Table("codebook", title, tuple(Column(key, key) for key in keys), tuple(rows), description=title)


def parents_of(codebook: Codebook) -> dict[str, str]:
    """Return the id of every code's parent; "" for those at the top."""
    return {name: path[-2].id if len(path) > 1 else "" for name, path in codebook.paths().items()}


def read_codebook_sheet(data: bytes, file: str) -> tuple[Incoming, list[Problem]]:
    """Read a codebook from a csv or xlsx file's bytes.

    Columns of qualkit's own export are known, and those of others: `Code | Memo`, with the steps of a path
    parted by ``>`` or a backslash, and `tag, description`, where `a.b` stands under `a` if there is an `a`.

    Args:
        data: Of the file; an xlsx is recognised by its content.
        file: Named in the Problems.

    Raises:
        UnreadableCodebook: If there are no columns that a codebook has, or far too much of everything.
    """
    if len(data) > LARGEST:
        raise UnreadableCodebook(file, f"it is larger than {LARGEST // 1_000_000} MB")
    sheets = _workbook(data, file) if data[:4] == b"PK\x03\x04" else [("", _delimited(data))]
    for sheet, rows in sheets:
        for number, row in rows[:15]:
            columns = _header(row)
            if {"name", "path"} & set(columns):
                return _Sheet(file, sheet, columns, row).read([pair for pair in rows if pair[0] > number])
    raise UnreadableCodebook(
        file, "no line names its columns", "One column must be called name, path, Code or tag; see docs/exports.md."
    )


def _workbook(data: bytes, file: str) -> list[tuple[str, list[tuple[int, list[str]]]]]:
    import zlib

    import openpyxl
    from openpyxl.utils.exceptions import InvalidFileException

    broken = (InvalidFileException, zipfile.BadZipFile, zlib.error, SyntaxError, LookupError, ValueError, TypeError)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            if sum(entry.file_size for entry in package.infolist()) > 10 * LARGEST:
                raise UnreadableCodebook(file, "unpacked, it is far too large")
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        sheets = []
        for sheet in book.worksheets:
            values = enumerate(sheet.iter_rows(values_only=True, max_row=MOST + 20, max_col=60), 1)
            sheets.append((str(sheet.title), [(number, [_cell(value) for value in row]) for number, row in values]))
    except (*broken, AttributeError, OSError, EOFError, RuntimeError) as error:
        raise UnreadableCodebook(file, "it is no workbook") from error
    return sheets


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _delimited(data: bytes) -> list[tuple[int, list[str]]]:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = data.decode("utf-16", "replace")
    else:
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = data.decode("cp1252", "replace")
    first = text.lstrip().partition("\n")[0]
    delimiter = max((";", ",", "\t"), key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    rows = []
    try:
        for row in reader:
            rows.append(
                (reader.line_num, [_GUARDED.sub("", cell, count=1) if cell[:1] == "'" else cell for cell in row])
            )
            if len(rows) > MOST + 20:
                break
    except csv.Error:
        return rows
    return rows


def _header(row: Sequence[str]) -> dict[str, int]:
    """Return the known columns by their key; of two with the same key the first."""
    found: dict[str, int] = {}
    for number, label in enumerate(row):
        folded = " ".join(nfc(label).casefold().replace("_", " ").split())
        for key, labels in _COLUMNS.items():
            if folded in labels:
                found.setdefault(key, number)
    return found


@dataclass(slots=True)
class _Row:
    """A row on its way to become a code."""

    number: int
    code: Code
    parent: str = ""
    steps: tuple[str, ...] = ()
    below: list[_Row] = field(default_factory=list)


class _Sheet:
    """Reads the rows under one header."""

    def __init__(self, file: str, sheet: str, columns: dict[str, int], header: Sequence[str]) -> None:
        self.file = file
        self.sheet = sheet
        self.columns = columns
        self.dotted = "path" in columns and header[columns["path"]].strip().casefold() == "tag"
        self.problems: list[Problem] = []

    def fault(self, number: int, key: str, message: str, hint: str) -> None:
        column = self.columns.get(key, 0)
        place = f"{self.sheet}!{chr(65 + column % 26)}{number}" if self.sheet else ""
        self.problems.append(Problem(self.file, number, column + 1, CHECK, message, hint, place=place))

    def read(self, rows: Sequence[tuple[int, list[str]]]) -> tuple[Incoming, list[Problem]]:
        made = [row for number, cells in rows if (row := self.row(number, cells)) is not None]
        if len(made) > MOST:
            raise UnreadableCodebook(self.file, f"it has more than {MOST} codes")
        says = {key for key in (*FIELDS, "description") if key in self.columns} | {"name"}
        if "parent" in self.columns:
            made = self.under_parents(made)
            says.add("parent")
        elif "name" not in self.columns:
            hierarchy = any(len(row.steps) > 1 for row in made)
            made = self.under_paths(made)
            says |= {"parent"} if hierarchy else set()
        elif "path" in self.columns:
            made = self.under_named_paths(made)
            says.add("parent")
        codes = tuple(_with_children(row) for row in made)
        return Incoming(Codebook(codes=codes), frozenset(says)), self.problems

    def row(self, number: int, cells: Sequence[str]) -> _Row | None:
        def value(key: str) -> str:
            at = self.columns.get(key)
            return normalise(cells[at])[0].strip() if at is not None and at < len(cells) else ""

        if not any(cell.strip() for cell in cells):
            return None
        steps = tuple(step for step in self.steps(value("path")) if step)
        if len(steps) > DEEPEST:
            message = f"the path has more than {DEEPEST} steps"
            self.fault(number, "path", message, "Codes stand at most so deep.")
            return None
        name = value("name") or (steps[-1] if steps else "")
        if not name:
            self.fault(number, "name", "a code without a name", "Write its name, or take the row out.")
            return None
        colour = value("colour")
        if colour and not _COLOUR.match(colour):
            self.fault(number, "colour", "a colour is # and six hexadecimal digits", "For instance #aa3300.")
            colour = ""
        codable = value("codable").casefold()
        if codable and codable not in _YES | _NO:
            self.fault(number, "codable", "neither true nor false", "Write true or false.")
        code = Code(
            id=value("id"),
            name=name,
            level=value("level") or "code",
            codable=codable not in _NO,
            colour=colour,
            brief=value("brief"),
            definition=value("description") if "definition" not in self.columns else value("definition"),
            use_when=_items(value("use_when")),
            not_when=_items(value("not_when")),
            examples=_items(value("examples")),
            note=value("note"),
            line=number,
        )
        return _Row(number, code, value("parent"), steps)

    def steps(self, path: str) -> Sequence[str]:
        return (path,) if self.dotted else _STEPS.split(path)

    def under_parents(self, rows: list[_Row]) -> list[_Row]:
        """Put rows under the rows their `parent` names by id, or else by name."""
        ids = {row.code.id.casefold(): row for row in rows if row.code.id}
        counted = Counter(row.code.name.casefold() for row in rows)
        names = {row.code.name.casefold(): row for row in rows if counted[row.code.name.casefold()] == 1}
        for identifier, times in Counter(row.code.id.casefold() for row in rows if row.code.id).items():
            if times > 1:
                row = ids[identifier]
                self.fault(row.number, "id", f"the id “{row.code.id}” stands {times} times", "Give each code its own.")
        above: dict[int, _Row] = {}
        for row in rows:
            if not row.parent:
                continue
            parent = ids.get(row.parent.casefold()) or names.get(row.parent.casefold())
            if parent is None:
                near = near_miss(row.parent, [other.code.id for other in rows if other.code.id])
                hint = f"Did you mean “{near}”?" if near else "A parent is the id of another row."
                self.fault(row.number, "parent", f"there is no code “{row.parent}” to stand under", hint)
                continue
            above[row.number] = parent
        for row in rows:
            seen, at = {row.number}, above.get(row.number)
            while at is not None and at.number not in seen and len(seen) <= DEEPEST:
                seen.add(at.number)
                at = above.get(at.number)
            if at is not None and row.number in above:
                message = (
                    "the code stands under itself" if at.number in seen else f"codes stand more than {DEEPEST} deep"
                )
                self.fault(row.number, "parent", message, "Mend the column parent.")
                del above[row.number]
        return self.placed(rows, above)

    def under_paths(self, rows: list[_Row]) -> list[_Row]:
        """Put rows under the rows whose path is the beginning of theirs; a step without a row becomes a code."""
        if self.dotted:
            rows = self.dotted_paths(rows)
        known: dict[tuple[str, ...], _Row] = {}
        for row in rows:
            if row.steps in known:
                self.fault(row.number, "path", "the code stands twice", "Take one of the rows out.")
            known.setdefault(row.steps, row)
        complete: list[_Row] = []
        for row in rows:
            for depth in range(1, len(row.steps)):
                steps = row.steps[:depth]
                if steps not in known:
                    known[steps] = _Row(row.number, Code("", steps[-1], line=row.number), steps=steps)
                    complete.append(known[steps])
            complete.append(row)
        tops = []
        for row in complete:
            if len(row.steps) > 1:
                known[row.steps[:-1]].below.append(row)
            else:
                tops.append(row)
        return tops

    def dotted_paths(self, rows: list[_Row]) -> list[_Row]:
        names = {row.code.name for row in rows}
        for row in rows:
            steps: list[str] = []
            rest = row.code.name
            cuts = [at for at, char in enumerate(rest) if char == "." and rest[:at] in names]
            begin = 0
            for cut in cuts:
                steps.append(rest[begin:cut])
                begin = cut + 1
            row.steps = (*steps, rest[begin:])
            row.code = _named(row.code, row.steps[-1])
        return rows

    def under_named_paths(self, rows: list[_Row]) -> list[_Row]:
        """Put rows under the row whose path is theirs without the last step."""
        known = {row.steps: row for row in rows}
        above = {row.number: known[row.steps[:-1]] for row in rows if row.steps[:-1] in known}
        return self.placed(rows, above)

    def placed(self, rows: list[_Row], above: dict[int, _Row]) -> list[_Row]:
        tops: list[_Row] = []
        for row in rows:
            parent = above.get(row.number)
            (parent.below if parent is not None else tops).append(row)
        return tops


def _named(code: Code, name: str) -> Code:
    return replace(code, name=name)


def _with_children(row: _Row) -> Code:
    return replace(row.code, children=tuple(_with_children(below) for below in row.below))


def _items(text: str) -> tuple[str, ...]:
    """Return the items of a list, a line each; a line that is set in goes on with the item above."""
    return tuple(item.replace("\n  ", "\n").strip() for item in re.split(r"\n(?! {2})", text) if item.strip())
