"""OpenDocument texts (odt, fodt), as LibreOffice writes them: the words a reader of the document sees, and the marks.

Libraries that read OpenDocument mix comments into the paragraphs they stand on, and deleted text into the document.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualkit.transcripts.odt_styles import read_styles
from qualkit.transcripts.odt_walk import DC, META, OFFICE, Walker
from qualkit.transcripts.raw import RawText, UnreadableOriginal
from qualkit.transcripts.sniffing import looks_like
from qualkit.transcripts.word_package import SAVE_AS_DOCX, Package, open_package, parsed
from qualkit.transcripts.written import Written, as_raw

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_KINDS = (
    ("spreadsheet", "a spreadsheet"),
    ("presentation", "a presentation"),
    ("drawing", "a drawing"),
)


def read_odt(data: bytes) -> RawText:
    """Read an odt file: tracked insertions as accepted, deletions and hidden text left out.

    Headers, footers and notes are no speech and are left out; notes are told. Comments and highlighting become
    marks on the words they stand on.

    Args:
        data: The whole file.

    Raises:
        UnreadableOriginal: Not an OpenDocument text, protected by a password, damaged, built to exhaust the
            memory, or without a word.
    """
    package = open_package(data, "OpenDocument", ".odt")
    _refuse_others(package)
    content = parsed(package.read("content.xml"))
    lesser = [
        root
        for name, what in (("styles.xml", "the styles"), ("meta.xml", "title and date"))
        if (root := package.lesser(name, what)) is not None
    ]
    return _read(content, [content, *lesser], package.told)


def read_flat_odt(data: bytes) -> RawText:
    """Read a fodt file: the same document as one XML file.

    Raises:
        UnreadableOriginal: As `read_odt`.
    """
    if not data.strip():
        raise UnreadableOriginal("the file is empty", "Look whether the right file was saved.")
    if kind := looks_like(data):
        raise UnreadableOriginal(f"the file is no OpenDocument text (.fodt); it looks like {kind}", SAVE_AS_DOCX)
    root = parsed(data)
    return _read(root, [root], [])


def _refuse_others(package: Package) -> None:
    manifest = package.read("meta-inf/manifest.xml") if "meta-inf/manifest.xml" in package.parts else b""
    # Any part may be encrypted alone: with an encrypted picture the words can still be read.
    if "encrypted-package" in package.parts:
        raise _protected()
    if b"encryption-data" in manifest:
        root = parsed(manifest)
        for entry in root.iter("{*}file-entry"):
            name = next((value for key, value in entry.attrib.items() if str(key).endswith("}full-path")), "")
            if name == "content.xml" and entry.find("{*}encryption-data") is not None:
                raise _protected()
    if "content.xml" not in package.parts:
        if "word/document.xml" in package.parts:
            raise UnreadableOriginal("the file is a Word document, whatever its ending", "Give it the ending .docx.")
        raise UnreadableOriginal("the file is a zip file, but not an OpenDocument text", SAVE_AS_DOCX)


def _protected() -> UnreadableOriginal:
    return UnreadableOriginal("the document is protected by a password", "Save a copy without the password.")


def _read(root: Element, parts: list[Element], told: list[str]) -> RawText:
    body = root.find(f"{OFFICE}body/{OFFICE}text")
    if body is None:
        raise UnreadableOriginal(f"the file is {_kind(root)}, and no OpenDocument text", SAVE_AS_DOCX)
    written = Written()
    walker = Walker(written, read_styles(parts))
    try:
        items = walker.blocks(body)
        walker.tell(told)
        return as_raw(written, items, told, about=_about(parts))
    except RecursionError:
        raise UnreadableOriginal("the document is nested too deeply to be read", SAVE_AS_DOCX) from None


def _kind(root: Element) -> str:
    body = root.find(f"{OFFICE}body")
    names = [str(child.tag) for child in body] if body is not None else []
    return next((kind for name, kind in _KINDS if f"{OFFICE}{name}" in names), "another XML file")


def _about(parts: list[Element]) -> dict[str, str]:
    about = {}
    for part in parts:
        for key, tag in (("title", f"{DC}title"), ("date", f"{META}creation-date"), ("date", f"{DC}date")):
            found = part.find(f"{OFFICE}meta/{tag}")
            if found is not None and (text := (found.text or "").strip()) and key not in about:
                about[key] = text[:10] if key == "date" else text
    return about
