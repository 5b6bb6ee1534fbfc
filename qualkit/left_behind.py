"""Whether anything of somebody's words still stands in a study folder, in any file of it."""

from __future__ import annotations

import bz2
import gzip
import html
import io
import lzma
import os
import re
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from qualkit.model import Study
from qualkit.phrases import Phrases, name_places
from qualkit.study import relative

PASSED_OVER = frozenset({".git"})
"""Folders that are not searched: what git has committed cannot be taken out of a file."""

_DEEPEST = 4
_LARGEST = 512 * 1024 * 1024
_NAME = re.compile(r"\b[^\W\d_a-zæøå][\w'-]{2,}")
_BLOCKS = r"w:(?:p|tc|tab|br)|text:[ph]|a:p|p|div|li|td|th|tr|h\d|br|si|c|row|v|t"
_BLOCK_TAG = re.compile(rf"</?(?:{_BLOCKS})\b[^>]*>", re.IGNORECASE)
_TAG = re.compile(r"<[^>]*>")
_ESCAPED = re.compile(r"\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|(.))")
_UNREADABLE = (".pdf", ".doc", ".mp3", ".m4a", ".wav", ".mp4", ".mov", ".png", ".jpg", ".jpeg", ".parquet")

_PACKED: tuple[tuple[bytes, Callable[[bytes], bytes]], ...] = (
    (b"\x1f\x8b", gzip.decompress),
    (b"\xfd7zXZ\x00", lzma.decompress),
    (b"\x5d\x00\x00", lzma.decompress),
    (b"BZh", bz2.decompress),
    (b"\x78", zlib.decompress),
)


@dataclass(frozen=True, slots=True)
class Place:
    """Where words or a name were found.

    Attributes:
        file: Relative to the study.
        line: From 1; None within a file that is no plain text.
        member: Of an archive or a document.
    """

    file: str
    line: int | None = None
    member: str = ""

    def __str__(self) -> str:
        return self.file + (f":{self.line}" if self.line else "") + (f" ({self.member})" if self.member else "")


def left_behind(study: Study, words: Phrases) -> list[Place]:
    """Return every place in a study folder where some of the words stand.

    Every file is read byte for byte, whatever it is called: text in any encoding, JSON with escaped letters, the
    parts of Word and Excel files and other archives, compressed texts. The names of files are looked at too.
    """
    return _search(study, words.stand_in, lambda text: [start for start, _ in words.places(text)])


def names_left(study: Study, names: Iterable[str]) -> list[Place]:
    """Return every place in a study folder where one of some names stands, or one part of it."""
    names = [part for name in names for part in {name, *_NAME.findall(name)} if len(part.strip()) > 2]
    if not names:
        return []

    def starts(text: str) -> list[int]:
        return [start for start, _ in name_places(text, names)]

    return _search(study, lambda text: bool(starts(text)), starts)


def _search(study: Study, stand_in: Callable[[str], bool], starts: Callable[[str], list[int]]) -> list[Place]:
    found: list[Place] = []
    for path in files_of(study.root):
        file = relative(study, path)
        if stand_in(path.stem):
            found.append(Place(file))
        try:
            data = path.read_bytes()
        except OSError:
            found.append(Place(file, None, "cannot be opened"))
            continue
        members = [member for member, view in views(data) if stand_in(view)]
        text = _plain(data) if members else None
        lines = sorted({text.count("\n", 0, start) + 1 for start in starts(text)}) if text is not None else []
        found += [Place(file, line) for line in lines] or [Place(file, None, one) for one in dict.fromkeys(members)]
    return found


def files_of(root: Path) -> list[Path]:
    """Return every file of a study folder, links to folders not followed, sorted."""
    found: list[Path] = []
    for base, folders, names in os.walk(root):
        folders[:] = sorted(name for name in folders if name not in PASSED_OVER)
        found += (Path(base, name) for name in sorted(names))
    return [path for path in found if path.is_file()]


def not_searched(study: Study) -> list[str]:
    """Return the files of a study in which no words can be looked for: PDF, pictures, recordings."""
    return [relative(study, path) for path in files_of(study.root) if path.suffix.casefold() in _UNREADABLE]


def stand_in_file(data: bytes, words: Phrases) -> bool:
    """Return whether any of the words stand in a file's bytes, in whatever form."""
    return any(words.stand_in(view) for _, view in views(data))


def _plain(data: bytes) -> str | None:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return None


def views(data: bytes, member: str = "", depth: int = 0) -> Iterator[tuple[str, str]]:
    """Yield a file's bytes as texts in every form they may be meant, each with the archive member it stands in."""
    if depth < _DEEPEST:
        if data[:2] == b"PK":
            yield from _members(data, member, depth)
            return
        inner = unpacked(data)
        if inner is not None:
            yield from views(inner, member, depth + 1)
            return
    for text in _decoded(data):
        yield member, text
        if "\\" in text:
            yield member, _ESCAPED.sub(_meant, text)
        if "<" in text and ">" in text:
            # A word may be split over several runs; paragraphs and cells are not one word.
            yield member, html.unescape(_TAG.sub("", _BLOCK_TAG.sub(" ", text)))
            yield member, html.unescape(_TAG.sub(" ", text))


def _members(data: bytes, member: str, depth: int) -> Iterator[tuple[str, str]]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            for info in package.infolist():
                name = f"{member}/{info.filename}" if member else info.filename
                yield name, info.filename
                if info.is_dir() or info.file_size > _LARGEST or info.flag_bits & 1:
                    continue
                with package.open(info) as file:
                    yield from views(file.read(_LARGEST), name, depth + 1)
    except (zipfile.BadZipFile, NotImplementedError, zlib.error, EOFError, OSError, lzma.LZMAError):
        # What cannot be unpacked is looked at as it stands.
        for text in _decoded(data):
            yield member, text


def unpacked(data: bytes) -> bytes | None:
    """Return what a compressed file holds, or None where it is not compressed in any way that is known."""
    for sign, unpack in _PACKED:
        if data.startswith(sign):
            try:
                return unpack(data)
            except (OSError, EOFError, zlib.error, lzma.LZMAError, ValueError):
                continue
    return None


def _decoded(data: bytes) -> Iterator[str]:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff") or (b"\0" in data[:64] and data[:200].count(b"\0") * 3 > len(data[:200])):
        for encoding in ("utf-16", "utf-16-le", "utf-16-be"):
            yield data.decode(encoding, "replace")
    text = _plain(data)
    if text is not None:
        yield text
    else:
        yield data.decode("utf-8", "replace")
        yield data.decode("cp1252", "replace")


def _meant(escaped: re.Match[str]) -> str:
    """Return the character an escape of JSON or YAML stands for."""
    short, long, letter = escaped.groups()
    code = short or long
    if code:
        number = int(code, 16)
        return chr(number) if number <= 0x10FFFF and not 0xD800 <= number <= 0xDFFF else " "
    return {"n": "\n", "t": "\t", "r": "\r"}.get(letter, letter)
