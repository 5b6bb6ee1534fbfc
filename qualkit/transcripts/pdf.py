"""PDF: the words on its pages, joined into paragraphs as well as lines allow. The last resort.

A PDF knows where signs stand on a page and nothing of paragraphs; what it does to them is told, and the turns that
were found in it must be confirmed by a person.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

from qualkit.transcripts.lines import arrange
from qualkit.transcripts.pdf_drawing import drawn
from qualkit.transcripts.pdf_lines import paragraphs_of
from qualkit.transcripts.raw import Doubt, Paragraph, RawText, UnreadableOriginal, counted, tell
from qualkit.transcripts.sniffing import looks_like
from qualkit.transcripts.speakers import split_turns

if TYPE_CHECKING:
    from pypdf import PageObject, PdfReader

_MOST_PAGES = 3_000
# Bytes of drawing; a page of text has some ten thousand, and pypdf reads some hundred thousand in a second.
_MOST_DRAWN = 30_000_000
_DAMAGED = "Fetch the file again from where it came, or add the text it was made from as .docx or .txt."
_FROM_TEXT = "Add the text it was made from as .docx or .txt."
_LIGATURES = dict(zip("\ufb00\ufb01\ufb02\ufb03\ufb04\ufb05\ufb06", "ff fi fl ffi ffl st st".split(), strict=True))
_LIGATURE = re.compile("[\ufb00-\ufb06]")
_DATE = re.compile(r"D:(\d{4})(\d\d)(\d\d)")


class _Page(NamedTuple):
    """What stands on a page, as its lines do, and what is no text of it."""

    text: str
    flat: bool
    pictures: bool
    comments: int


def read_pdf(data: bytes) -> RawText:
    """Read a PDF: lines joined into paragraphs, without running heads, page numbers and line numbers.

    Args:
        data: The whole file.

    Returns:
        Paragraphs with the page that each begins on; everything that was left out or joined is told, and that the
        turns must be confirmed is a doubt.

    Raises:
        UnreadableOriginal: pypdf is not installed; or no PDF, protected by a password, cut off, built to exhaust
            the memory, or without text, as pages that were scanned.
    """
    if not data.strip():
        raise UnreadableOriginal("the file is empty", "Look whether the right file was saved.")
    if b"%PDF-" not in data[:1024]:
        kind = looks_like(data)
        seems = f"; it looks like {kind}" if kind else ""
        raise UnreadableOriginal(f"the file is no PDF{seems}", _FROM_TEXT)
    with _quiet():
        pages, about = _opened(data)
    return _read(pages, about, cut_off=b"%%EOF" not in data[-2048:])


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep pypdf from writing on the terminal what it finds odd in a file; words may be among it."""
    log = logging.getLogger("pypdf")
    level = log.level
    log.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        log.setLevel(level)


def _opened(data: bytes) -> tuple[list[_Page], dict[str, str]]:
    try:
        import pypdf
    except ModuleNotFoundError:
        hint = 'Install it with: pip install "qualkit-qda[pdf]"'
        raise UnreadableOriginal("reading PDF needs pypdf, which is not installed", hint) from None
    from io import BytesIO

    try:
        reader = pypdf.PdfReader(BytesIO(data))
        if reader.is_encrypted and not _opens_without_password(reader):
            raise UnreadableOriginal("the PDF is protected by a password", "Save a copy without the password.")
        count = len(reader.pages)
        if count > _MOST_PAGES:
            raise UnreadableOriginal(f"the PDF has more than {_MOST_PAGES} pages", "Is this the right file?")
        pages, size, sizes = [], 0.0, dict[int, float]()
        for page in reader.pages:
            size += drawn(page, sizes)
            if size > _MOST_DRAWN:
                raise UnreadableOriginal("the PDF holds more than a transcript can", "Is this the right file?")
            pages.append(_page(page))
        return pages, _about(reader)
    except UnreadableOriginal:
        raise
    except Exception:  # noqa: BLE001  a broken PDF makes pypdf raise errors of every kind
        raise UnreadableOriginal("the PDF is damaged or cut off", _DAMAGED) from None


def _opens_without_password(reader: PdfReader) -> bool:
    """Try the empty password: some files may be read, and only not be changed, by everybody."""
    from pypdf.errors import DependencyError

    try:
        return bool(reader.decrypt(""))
    except DependencyError:
        return False


def _page(page: PageObject) -> _Page:
    flat = page.extract_text()
    try:
        laid = page.extract_text(extraction_mode="layout")
    except Exception:  # noqa: BLE001  the layout is a help only: the words are there without it
        laid = ""
    # Of turned text and of some fonts the laid out page lacks the words.
    lacks = _letters(laid) * 100 < _letters(flat) * 97
    return _Page(flat if lacks else laid, lacks, _has_pictures(page), _comments(page))


def _letters(text: str) -> int:
    return sum(sign.isalnum() for sign in text)


def _has_pictures(page: PageObject) -> bool:
    resources = page.get("/Resources")
    drawn = resources.get_object().get("/XObject") if resources is not None else None
    if drawn is None:
        return False
    return any(item.get_object().get("/Subtype") == "/Image" for item in drawn.get_object().values())


def _comments(page: PageObject) -> int:
    notes = page.get("/Annots")
    found = [note.get_object() for note in notes.get_object()] if notes is not None else []
    return sum(bool(str(note.get("/Contents", "")).strip()) for note in found if note is not None)


def _about(reader: PdfReader) -> dict[str, str]:
    try:
        said = reader.metadata
        title = "" if said is None else str(said.get("/Title") or "").strip()
        date = None if said is None else _DATE.match(str(said.get("/CreationDate") or ""))
    except Exception:  # noqa: BLE001  nothing rests on what the file says of itself
        return {}
    about = {"title": title} if title else {}
    return about | ({"date": "-".join(date.groups())} if date else {})


def _read(pages: list[_Page], about: dict[str, str], *, cut_off: bool) -> RawText:
    empty = [number for number, page in enumerate(pages, 1) if not page.text.strip() and page.pictures]
    if not any(page.text.strip() for page in pages):
        if empty:
            hint = "Let a program that recognises text (OCR) read them first, or add the text as .docx or .txt."
            raise UnreadableOriginal("the PDF's pages are pictures, as a scanner makes them, without text", hint)
        raise UnreadableOriginal("the PDF holds no text", _FROM_TEXT)
    lines, on_page, told = paragraphs_of(
        [_LIGATURE.sub(lambda match: _LIGATURES[match[0]], page.text) for page in pages]
    )
    arrangement = arrange(lines)
    found = tuple(
        Paragraph(text, one.speaker, one.time, on_page[one.pieces[0].line])
        for one in arrangement.paragraphs
        if (text := one.text(lines)).strip()
    )
    if not found:
        raise UnreadableOriginal("the PDF holds nothing but times and page numbers", _FROM_TEXT)
    told += arrangement.decided
    tell(told, sum(page.comments for page in pages), "comment was left out", "comments were left out")
    raw = RawText(found, decided=tuple(told), labelled=arrangement.labelled, about=about)
    return RawText(found, (), raw.decided, raw.labelled, tuple(_doubts(raw, pages, empty, cut_off=cut_off)), about)


def _doubts(raw: RawText, pages: list[_Page], empty: list[int], *, cut_off: bool) -> Iterator[Doubt]:
    turns = sum(turn.label is not None for turn in split_turns(raw))
    found = counted(turns, "turn was found", "turns were found")
    hint = "Hold the turns against the original; where the text it was made from exists, add that instead."
    if cut_off:
        yield Doubt("the file does not end as a PDF does; it may be cut off", _DAMAGED, "pdf")
    yield Doubt(f"a PDF keeps no paragraphs; {found} in its lines", hint, "pdf")
    if empty:
        numbers = ", ".join(map(str, empty[:10])) + (" …" if len(empty) > 10 else "")
        which = f"page {numbers} is a picture" if len(empty) == 1 else f"pages {numbers} are pictures"
        yield Doubt(f"{which} without text", "Let a program that recognises text (OCR) read the PDF first.", "pdf")
    if flat := [number for number, page in enumerate(pages, 1) if page.flat and page.text.strip()]:
        numbers = ", ".join(map(str, flat[:10])) + (" …" if len(flat) > 10 else "")
        message = f"the order of the lines is uncertain on {'page' if len(flat) == 1 else 'pages'} {numbers}"
        yield Doubt(message, "Read the transcript beside the original.", "pdf")
    if unreadable := sum(page.text.count("\ufffd") for page in pages):
        one, many = "character could not be read", "characters could not be read"
        yield Doubt(f"{unreadable} {one if unreadable == 1 else many}", "Look for the sign \ufffd.", "pdf")
