"""Which parts a docx has, and whether they are safe to open: the zip, its size, its XML."""

from __future__ import annotations

import io
import lzma
import re
import struct
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from qualkit.transcripts.raw import UnreadableOriginal
from qualkit.transcripts.sniffing import looks_like

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_LARGEST = 200 * 1024 * 1024
_SUSPECT = 10 * 1024 * 1024
_RATIO = 1000
# A tree of more tags or attributes does not fit in a laptop's memory; an hour of speech has some ten thousand.
_MOST_TAGS = 5_000_000

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
SAVE_AS_DOCX = "Open it in Word and save it as .docx."
_DAMAGED = "Fetch the file again from where it came, or open it in Word and save it anew."
_BROKEN_ZIP = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    OSError,
    RuntimeError,
    ValueError,
    LookupError,
    OverflowError,
)

_STRICT = (
    b"http://purl.oclc.org/ooxml/wordprocessingml/main",
    b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
)


@dataclass(slots=True)
class Package:
    """A docx's zip, its parts by name, and what could not be read of the lesser ones."""

    zip: zipfile.ZipFile
    size: int
    parts: dict[str, zipfile.ZipInfo]
    kind: str = "Word"
    told: list[str] = field(default_factory=list)

    def main(self) -> bytes:
        """Return the bytes of the document itself, usually word/document.xml."""
        if "word/document.xml" in self.parts:
            return self.read("word/document.xml")
        if "_rels/.rels" in self.parts:
            target = re.search(rb'officeDocument"[^>]*?Target="/?(word/[\w.]+)"', self.read("_rels/.rels"))
            target = target or re.search(rb'Target="/?(word/[\w.]+)"[^>]*officeDocument"', self.read("_rels/.rels"))
            name = target[1].decode().lower() if target else ""
            if name in self.parts:
                return self.read(name)
        raise UnreadableOriginal(f"the file is no Word document but {self._kind()}", SAVE_AS_DOCX)

    def _kind(self) -> str:
        for name, kind in (
            ("xl/workbook.xml", "an Excel workbook"),
            ("ppt/presentation.xml", "a PowerPoint presentation"),
            ("content.xml", "an OpenDocument file"),
            ("index/document.iwa", "a Pages document"),
        ):
            if name in self.parts:
                return kind
        return "another zip file: it has no word/document.xml"

    def read(self, name: str) -> bytes:
        """Return a part's bytes, however large its entry says that it is."""
        info = self.parts[name]
        if info.flag_bits & 1:
            raise UnreadableOriginal("the document is protected by a password", "Save a copy without the password.")
        try:
            return self._unzipped(info)
        except UnreadableOriginal:
            raise
        except _BROKEN_ZIP:
            raise UnreadableOriginal(f"the {self.kind} file is damaged or cut off", _DAMAGED) from None

    def _unzipped(self, info: zipfile.ZipInfo) -> bytes:
        packed = max(1, min(info.compress_size, self.size))
        _refuse_bomb(info.file_size, packed)
        chunks, size = [], 0
        with self.zip.open(info) as stream:
            while chunk := stream.read(1 << 20):
                size += len(chunk)
                _refuse_bomb(size, packed)
                chunks.append(chunk)
        return b"".join(chunks)

    def lesser(self, name: str, what: str, *, needed: Callable[[bytes], bool] | None = None) -> Element | None:
        """Return a part that the words do not depend on; None where there is none.

        Args:
            name: Of the part.
            what: Told where the part is damaged.
            needed: Looks at the bytes and may spare the parsing.
        """
        if name not in self.parts:
            return None
        try:
            data = self.read(name)
            return parsed(data) if needed is None or needed(data) else None
        except UnreadableOriginal:
            self.told.append(f"{what} could not be read")
            return None


def _refuse_bomb(size: int, packed: int) -> None:
    if size > _LARGEST or (size > _SUSPECT and size > _RATIO * packed):
        raise UnreadableOriginal(
            "the document would unpack to more than a transcript can be", "Is this the right file? " + SAVE_AS_DOCX
        )


def open_package(data: bytes, kind: str = "Word", ending: str = ".docx") -> Package:
    """Open a docx's or odt's zip without unpacking anything.

    Raises:
        UnreadableOriginal: No zip, or a damaged one.
    """
    if not data:
        raise UnreadableOriginal("the file is empty", "Look whether the right file was saved.")
    if data.startswith(_OLE):
        raise _ole(data)
    if not data.startswith(b"PK"):
        other = looks_like(data)
        seems = f"; it looks like {other}" if other else ""
        raise UnreadableOriginal(f"the file is no {kind} document ({ending}){seems}", SAVE_AS_DOCX)
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        parts = {info.filename.replace("\\", "/").lower(): info for info in archive.infolist()}
    except _BROKEN_ZIP:
        raise UnreadableOriginal(f"the {kind} file is damaged or cut off", _DAMAGED) from None
    return Package(archive, len(data), parts, kind)


def _ole(data: bytes) -> UnreadableOriginal:
    """Tell an old .doc from a docx under a password: both come in the same container."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        hint = "Open it in Word with the password and save a copy without one."
        return UnreadableOriginal("the document is protected by a password", hint)
    return UnreadableOriginal("the file is an old Word file (.doc), whatever its ending", SAVE_AS_DOCX)


def parsed(data: bytes) -> Element:
    """Parse a part as the UTF-8 or UTF-16 that Office writes, and nothing that declares entities."""
    from lxml import etree

    try:
        if data.startswith((b"\xff\xfe", b"\xfe\xff")):
            data = data.decode("utf-16").encode("utf-8")
        # An entity in an attribute is expanded even by a parser that resolves none.
        if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
            raise UnreadableOriginal("the document declares a DOCTYPE, as no word processor writes it", SAVE_AS_DOCX)
        if max(data.count(b"<"), data.count(b"=")) > _MOST_TAGS:
            raise UnreadableOriginal("the document is larger than a transcript can be", "Is this the right file?")
        # The declared encoding is not followed: it could hide a DOCTYPE from the line above.
        parser = etree.XMLParser(
            encoding="utf-8",
            resolve_entities=False,
            no_network=True,
            huge_tree=True,
            load_dtd=False,
            remove_comments=True,
            remove_pis=True,
        )
        return etree.fromstring(data.replace(*_STRICT), parser)
    except (etree.XMLSyntaxError, UnicodeDecodeError):
        raise UnreadableOriginal("the document's XML is damaged", _DAMAGED) from None
