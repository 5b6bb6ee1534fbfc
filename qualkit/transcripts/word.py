"""Word documents (docx): the words a reader of the finished document sees, and the marks on them.

python-docx loses tracked insertions, content controls and moved text, and keeps hidden text. Here the tree
is pruned of what is not read, and then only the elements that hold characters are visited: a wrapper that
nobody thought of keeps its words.
"""

from __future__ import annotations

import io
import lzma
import re
import struct
import zipfile
import zlib
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, NamedTuple

from qualkit.transcripts.encoding import looks_like
from qualkit.transcripts.plain import KNOWN_LABEL, Arranged, Time, arrange, counted, read_clock
from qualkit.transcripts.raw import Mark, Paragraph, RawText, UnreadableOriginal

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_LARGEST = 200 * 1024 * 1024
_SUSPECT = 10 * 1024 * 1024
_RATIO = 1000
# A tree of more tags or attributes does not fit in a laptop's memory; an hour of speech has some ten thousand.
_MOST_TAGS = 5_000_000

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SAVE_AS_DOCX = "Open it in Word and save it as .docx."
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
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_JOINED = "joined"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_DOCUMENT, _BODY, _P, _R, _T = f"{_W}document", f"{_W}body", f"{_W}p", f"{_W}r", f"{_W}t"
_PPR, _RPR, _TRPR, _TCPR = f"{_W}pPr", f"{_W}rPr", f"{_W}trPr", f"{_W}tcPr"
_TBL, _TR, _TC, _TXBX = f"{_W}tbl", f"{_W}tr", f"{_W}tc", f"{_W}txbxContent"
_TAB, _PTAB, _BR, _CR = f"{_W}tab", f"{_W}ptab", f"{_W}br", f"{_W}cr"
_HYPHEN, _SYM, _FLDCHAR = f"{_W}noBreakHyphen", f"{_W}sym", f"{_W}fldChar"
_INS, _DEL, _MOVE_FROM, _MOVE_TO = f"{_W}ins", f"{_W}del", f"{_W}moveFrom", f"{_W}moveTo"
_CELL_DEL = f"{_W}cellDel"
_VANISH, _HIGHLIGHT, _SHD = f"{_W}vanish", f"{_W}highlight", f"{_W}shd"
_PSTYLE, _RSTYLE, _NUMPR = f"{_W}pStyle", f"{_W}rStyle", f"{_W}numPr"
_NUMID, _ILVL, _VAL, _TYPE, _ID = f"{_W}numId", f"{_W}ilvl", f"{_W}val", f"{_W}type", f"{_W}id"
_COMMENT_START, _COMMENT_END = f"{_W}commentRangeStart", f"{_W}commentRangeEnd"
_COMMENT_REF = f"{_W}commentReference"
_ABSTRACT, _AUTHOR, _DATE = f"{_W}abstractNumId", f"{_W}author", f"{_W}date"
_FOOTNOTE, _ENDNOTE, _ALT_CHUNK = f"{_W}footnoteReference", f"{_W}endnoteReference", f"{_W}altChunk"
_ALTERNATE, _CHOICE, _FALLBACK = f"{_MC}AlternateContent", f"{_MC}Choice", f"{_MC}Fallback"

_COMMENT_MARKS = (_COMMENT_START, _COMMENT_END, _COMMENT_REF)
# What holds no words of the finished text: old formatting, tab stops (named as tabs are), readings above signs.
_UNREAD = tuple(f"{_W}{name}" for name in ("rPrChange", "pPrChange", "tabs", "rt"))
_WATCHED = (
    *(_INS, _DEL, _MOVE_FROM, _MOVE_TO, _CELL_DEL, _TXBX, _ALTERNATE, _FLDCHAR, _SYM, _VANISH, _HIGHLIGHT, _SHD),
    *(_TBL, _PSTYLE, _RSTYLE, _NUMPR, _FOOTNOTE, _ENDNOTE, _ALT_CHUNK, *_COMMENT_MARKS, *_UNREAD),
)
_CHARACTERS = {_TAB: "\t", _PTAB: "\t", _CR: "\n", _HYPHEN: "\u2011"}
_COLOURS = {
    "FFFF00": "yellow",
    "00FF00": "green",
    "00FFFF": "cyan",
    "FF00FF": "magenta",
    "0000FF": "blue",
    "FF0000": "red",
    "000080": "darkBlue",
    "008080": "darkCyan",
    "008000": "darkGreen",
    "800080": "darkMagenta",
    "800000": "darkRed",
    "808000": "darkYellow",
    "808080": "darkGray",
    "C0C0C0": "lightGray",
    "000000": "black",
}

_HEADINGS = re.compile(
    r"(?:nr|#|no|tid|tidspunkt|tidskode|time|timecode|timestamp|timespan|start|hvem|kven|taler|talar|person|navn|namn"
    r"|label|speaker|participant|who|name|rolle|role|tekst|text|content|innhold|utsagn|ytring|tale|transkripsjon"
    r"|transcript|transcription|speech|utterance)[.:]?$",
    re.IGNORECASE,
)
_STYLE = re.compile(rb'<w:style [^>]*?\bw:styleId="([^"]*)"')
_BASED_ON = re.compile(rb'<w:basedOn w:val="([^"]*)"')
_INITIALS = re.compile(r"[A-ZÆØÅ]{1,3}\d{0,2}$")
_FULL_CLOCK = re.compile(r"\d{1,2}:\d\d:\d\d$")
_NOTES_HEADING = re.compile(r"(?i)\W*(?:summary|details|sammendrag|samandrag|oppsummering|detaljer)\W*$")
_TRANSCRIPT_HEADING = re.compile(r"(?i)(?:.*\W)?(?:transcript|transcription|transkripsjon|transkript|utskrift)\W*$")


def read_word(data: bytes) -> RawText:
    """Read a docx file: tracked insertions as accepted, deletions and hidden text left out.

    Headers, footers and footnotes are no speech and are left out; footnotes are told. Comments and
    highlighting become marks on the words they stand on.

    Args:
        data: The whole file.

    Returns:
        Paragraphs, marks, and a sentence on everything that was left out or read as accepted.

    Raises:
        UnreadableOriginal: Not a Word document, protected by a password, damaged, built to exhaust the
            memory, or without a word.
    """
    archive = _archive(data)
    try:
        return _read(archive)
    except RecursionError:
        raise UnreadableOriginal("the document's tables are nested too deeply to be read", _SAVE_AS_DOCX) from None


def _read(archive: _Archive) -> RawText:
    root = _parsed(archive.main())
    body = root.find(_BODY)
    if root.tag != _DOCUMENT or body is None:
        raise UnreadableOriginal("the file is a zip file, but not a Word document", _SAVE_AS_DOCX)
    tally = Counter(element.tag for element in root.iter(*_WATCHED))
    told = archive.told
    _prune(root, tally, told)
    walker = _Walker(tally, _styles(archive, root, tally))
    items = walker.blocks(body)
    _tell_what_is_missing(walker, tally, archive)
    tables: Counter[_Told] = Counter()
    blocks = list(_blocks(items, walker.texts, tables))
    for (one, many), count in tables.items():
        _tell(told, count, one, many)
    laid = _lay_out(blocks, walker.texts, told)
    if not laid.paragraphs:
        raise UnreadableOriginal("the document holds no text", "Look whether the right file was saved.")
    marks = _marks(walker, laid, _comments(archive), told)
    return RawText(laid.paragraphs, marks, tuple(told), laid.labelled)


def _tell_what_is_missing(walker: _Walker, tally: Counter[str], archive: _Archive) -> None:
    told = archive.told
    hidden, symbols = walker.hidden, walker.symbols
    _tell(told, hidden, "passage of hidden text was left out", "passages of hidden text were left out")
    _tell(told, tally[_FOOTNOTE], "footnote was left out", "footnotes were left out")
    _tell(told, tally[_ENDNOTE], "endnote was left out", "endnotes were left out")
    _tell(told, tally[_ALT_CHUNK], "embedded document was left out", "embedded documents were left out")
    _tell(told, symbols, "sign of a symbol font was left out", "signs of symbol fonts were left out")
    if walker.numbered:
        bullets = _bullets(archive)
        numbered = sum(count for number, count in walker.numbered.items() if number not in bullets)
        missing = "which is not in the text: labels made by numbering are missing"
        one, many = "paragraph has an automatic number", "paragraphs have an automatic number"
        _tell(told, numbered, f"{one}, {missing}", f"{many}, {missing}")


# The container


@dataclass(slots=True)
class _Archive:
    """A docx's zip, its parts by name, and what could not be read of the lesser ones."""

    zip: zipfile.ZipFile
    size: int
    parts: dict[str, zipfile.ZipInfo]
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
        raise UnreadableOriginal(f"the file is no Word document but {self._kind()}", _SAVE_AS_DOCX)

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
            raise UnreadableOriginal("the Word file is damaged or cut off", _DAMAGED) from None

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
            return _parsed(data) if needed is None or needed(data) else None
        except UnreadableOriginal:
            self.told.append(f"{what} could not be read")
            return None


def _refuse_bomb(size: int, packed: int) -> None:
    if size > _LARGEST or (size > _SUSPECT and size > _RATIO * packed):
        raise UnreadableOriginal(
            "the document would unpack to more than a transcript can be", "Is this the right file? " + _SAVE_AS_DOCX
        )


def _archive(data: bytes) -> _Archive:
    if not data:
        raise UnreadableOriginal("the file is empty", "Look whether the right file was saved.")
    if data.startswith(_OLE):
        raise _ole(data)
    if not data.startswith(b"PK"):
        kind = looks_like(data)
        seems = f"; it looks like {kind}" if kind else ""
        raise UnreadableOriginal(f"the file is no Word document (.docx){seems}", _SAVE_AS_DOCX)
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        parts = {info.filename.replace("\\", "/").lower(): info for info in archive.infolist()}
    except _BROKEN_ZIP:
        raise UnreadableOriginal("the Word file is damaged or cut off", _DAMAGED) from None
    return _Archive(archive, len(data), parts)


def _ole(data: bytes) -> UnreadableOriginal:
    """Tell an old .doc from a docx under a password: both come in the same container."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        hint = "Open it in Word with the password and save a copy without one."
        return UnreadableOriginal("the document is protected by a password", hint)
    return UnreadableOriginal("the file is an old Word file (.doc), whatever its ending", _SAVE_AS_DOCX)


def _parsed(data: bytes) -> Element:
    """Parse a part as the UTF-8 or UTF-16 that Office writes, and nothing that declares entities."""
    from lxml import etree

    try:
        if data.startswith((b"\xff\xfe", b"\xfe\xff")):
            data = data.decode("utf-16").encode("utf-8")
        # An entity in an attribute is expanded even by a parser that resolves none.
        if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
            raise UnreadableOriginal("the document declares a DOCTYPE, as no Word document does", _SAVE_AS_DOCX)
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


# Styles, lists, comments


@dataclass(frozen=True, slots=True)
class _Styles:
    """What the named styles do that matters here.

    Attributes:
        hidden: Styles whose text is hidden.
        numbered: List and level that a paragraph style brings along.
    """

    hidden: frozenset[str] = frozenset()
    numbered: dict[str, tuple[str, str]] = field(default_factory=dict)


def _styles(archive: _Archive, document: Element, tally: Counter[str]) -> _Styles:
    if not (tally[_PSTYLE] or tally[_RSTYLE]):
        return _Styles()
    used = {style.get(_VAL, "") for style in document.iter(_PSTYLE, _RSTYLE)}
    root = archive.lesser("word/styles.xml", "the styles", needed=lambda data: _some_matter(data, used))
    if root is None:
        return _Styles()
    found = {style.get(f"{_W}styleId", ""): style for style in root.iter(f"{_W}style")}
    hidden, numbered = set(), {}
    for name in used & found.keys():
        lineage = list(_lineage(found, name))
        if next((on for style in lineage if (on := _hides(style.find(_RPR))) is not None), False):
            hidden.add(name)
        number = next((number for style in lineage if (number := _number(style.find(_PPR)))), None)
        if number:
            numbered[name] = number
    return _Styles(frozenset(hidden), numbered)


def _some_matter(data: bytes, used: Collection[str]) -> bool:
    """Tell whether a style in use may hide or number: Word's own styles are longer than most transcripts."""
    openings = list(_STYLE.finditer(data))
    stops = [*(opening.start() for opening in openings[1:]), len(data)]
    bodies = {
        opening[1].decode(errors="replace"): data[opening.end() : stop]
        for opening, stop in zip(openings, stops, strict=False)
    }
    names, seen = list(used), set()
    while names:
        name = names.pop()
        body = bodies.get(name)
        if body is None:
            # Named otherwise than Word names things, or not there at all: the parser knows.
            return True
        if b"vanish" in body or b"numPr" in body:
            return True
        seen.add(name)
        names += [base for found in _BASED_ON.findall(body) if (base := found.decode(errors="replace")) not in seen]
    return False


def _lineage(styles: dict[str, Element], name: str) -> Iterator[Element]:
    """Yield a style and those it is based on; a circle ends where it began."""
    seen = set()
    while name in styles and name not in seen:
        seen.add(name)
        style = styles[name]
        yield style
        based = style.find(f"{_W}basedOn")
        name = "" if based is None else based.get(_VAL, "")


def _hides(properties: Element | None) -> bool | None:
    """Tell whether run properties hide text; None where they do not say."""
    vanish = None if properties is None else properties.find(_VANISH)
    return None if vanish is None else vanish.get(_VAL, "1") not in ("0", "false", "off")


def _number(properties: Element | None) -> tuple[str, str] | None:
    """Return the list and level of paragraph properties; list "0" means none, whatever the style says."""
    numbering = None if properties is None else properties.find(_NUMPR)
    number = None if numbering is None else numbering.find(_NUMID)
    if numbering is None or number is None:
        return None
    level = numbering.find(_ILVL)
    return number.get(_VAL, "0"), "0" if level is None else level.get(_VAL, "0")


def _bullets(archive: _Archive) -> set[tuple[str, str]]:
    """Return the lists and levels that put a mere sign, and no number or label, before a paragraph."""
    root = archive.lesser("word/numbering.xml", "the lists")
    if root is None:
        return set()
    signs: dict[str, set[str]] = {}
    for abstract in root.iter(f"{_W}abstractNum"):
        levels = signs.setdefault(abstract.get(_ABSTRACT, ""), set())
        for level in abstract.iter(f"{_W}lvl"):
            style, text = level.find(f"{_W}numFmt"), level.find(f"{_W}lvlText")
            sign = "" if text is None else text.get(_VAL, "")
            if style is not None and style.get(_VAL) in ("bullet", "none") and ":" not in sign:
                levels.add(level.get(_ILVL, "0"))
    return {
        (number.get(_NUMID, ""), level)
        for number in root.iter(f"{_W}num")
        for abstract in number.iter(_ABSTRACT)
        for level in signs.get(abstract.get(_VAL, ""), ())
    }


class _Comment(NamedTuple):
    text: str
    author: str
    created: str


def _comments(archive: _Archive) -> dict[str, _Comment]:
    root = archive.lesser("word/comments.xml", "the comments")
    if root is None:
        return {}
    tally = Counter(element.tag for element in root.iter(*_WATCHED))
    _prune(root, tally, [])
    walker = _Walker(tally, _Styles())
    comments = {}
    for comment in root.iter(f"{_W}comment"):
        first = len(walker.texts)
        walker.blocks(comment)
        text = "\n".join(text for text in walker.texts[first:] if text.strip()).strip()
        comments[comment.get(_ID, "")] = _Comment(text, comment.get(_AUTHOR, ""), comment.get(_DATE, ""))
    return comments


# The tree


def _tell(told: list[str], count: int, one: str, many: str) -> None:
    if count:
        told.append(counted(count, one, many))


def _prune(root: Element, tally: Counter[str], told: list[str]) -> None:
    """Take out of the tree what is not read, and put text boxes behind the paragraphs that hold them."""
    from lxml import etree

    for alternate in list(root.iter(_ALTERNATE)) if tally[_ALTERNATE] else ():
        _choose(alternate)
    inserted = sum(_is_content(e) for e in root.iter(_INS)) if tally[_INS] else 0
    moved = sum(_is_content(e) for e in root.iter(_MOVE_TO)) if tally[_MOVE_TO] else 0
    _tell(told, inserted, "tracked insertion was read as accepted", "tracked insertions were read as accepted")
    _tell(told, moved, "moved passage was read at its new place", "moved passages were read at their new place")
    if tally[_DEL] or tally[_MOVE_FROM] or tally[_CELL_DEL]:
        _tell(told, _delete(root), "deletion was left out", "deletions were left out")
    if any(tally[tag] for tag in _UNREAD):
        etree.strip_elements(root, *_UNREAD, with_tail=False)
    if tally[_TXBX]:
        _move_boxes(root, told)


def _move_boxes(root: Element, told: list[str]) -> None:
    boxes = list(root.iter(_TXBX))
    filled = [box for box in boxes if any((text.text or "").strip() for text in box.iter(_T))]
    hidden = [box for box in filled if any(_hides(run.find(_RPR)) for run in box.iterancestors(_R))]
    shown = len(filled) - len(hidden)
    _tell(told, shown, "text box was read after its paragraph", "text boxes were read after their paragraphs")
    _tell(told, len(hidden), "hidden text box was left out", "hidden text boxes were left out")
    for box in hidden:
        box.clear()
    # Backwards: a box within a box goes first, and two in one paragraph keep their order.
    for box in reversed(boxes):
        holder = next(box.iterancestors(_P), None)
        if holder is not None:
            holder.addnext(box)


def _is_content(change: Element) -> bool:
    """Tell a change of words from a change of a paragraph's end, a row or a cell."""
    parent = change.getparent()
    return parent is None or parent.tag not in (_RPR, _PPR, _TRPR, _TCPR)


def _choose(alternate: Element) -> None:
    """Keep one version of what was written twice: the first that has text, the choices before the fallback."""
    versions = [*alternate.iterchildren(_CHOICE), *alternate.iterchildren(_FALLBACK)]
    kept = next((version for version in versions if next(version.iter(_T), None) is not None), None)
    for version in versions:
        if version is not kept:
            alternate.remove(version)


def _delete(root: Element) -> int:
    """Take out what was deleted or moved away, and return how many deletions there were."""
    from lxml import etree

    deletions = 0
    for change in list(root.iter(_DEL, _MOVE_FROM, _CELL_DEL)):
        parent = change.getparent()
        holder = None if parent is None else parent.getparent()
        if _is_content(change):
            deletions += change.tag == _DEL
            # A comment on what was deleted stays with the words around it.
            for mark in list(change.iter(*_COMMENT_MARKS)):
                change.addprevious(mark)
        elif parent is not None and holder is not None and parent.tag in (_TRPR, _TCPR):
            deletions += 1
            table = holder.getparent()
            if table is not None:
                table.remove(holder)
        elif holder is not None and holder.tag == _PPR and (paragraph := holder.getparent()) is not None:
            # The end of the paragraph was deleted: its text goes on in the next one.
            paragraph.set(_JOINED, "1")
    etree.strip_elements(root, _DEL, _MOVE_FROM, with_tail=False)
    return deletions


@dataclass(slots=True)
class _Table:
    """Rows of cells; a cell holds what a body holds."""

    rows: list[list[list[_Item]]]


_Item = int | _Table
"""The number of a paragraph in `_Walker.texts`, or a table."""

_Told = tuple[str, str]
"""A sentence without its count: for one, and for many."""

_Place = tuple[int, int]
"""The number of a paragraph, and an offset in its text."""


class _Walker:
    """Collects the text of every paragraph, and the places of the marks in them.

    Attributes:
        texts: One for every `w:p`, in reading order; may be empty.
        opened: Where each comment's passage begins, by the comment's id.
        closed: Where it ends.
        referred: Where its sign stands.
        highlights: Paragraph, start, end and colour.
        numbered: How many paragraphs with text are in each list and level.
    """

    def __init__(self, tally: Counter[str], styles: _Styles) -> None:
        self.texts: list[str] = []
        self.opened: dict[str, _Place] = {}
        self.closed: dict[str, _Place] = {}
        self.referred: dict[str, _Place] = {}
        self.highlights: list[tuple[int, int, int, str]] = []
        self.numbered: Counter[tuple[str, str]] = Counter()
        self.hidden = self.symbols = 0
        self._styles = styles
        self._hides = bool(tally[_VANISH] or styles.hidden)
        self._colours = bool(tally[_HIGHLIGHT] or tally[_SHD])
        self._numbers = bool(tally[_NUMPR] or styles.numbered)
        self._joins = bool(tally[_DEL] or tally[_MOVE_FROM])
        self._tables = bool(tally[_TBL])
        # True for every field whose result is being read, False while its instruction is; how many are False.
        self._fields: list[bool] = []
        self._instructions = 0
        leaves = [_P, _T, _BR, *_CHARACTERS]
        leaves += [tag for tag in (_SYM, _FLDCHAR, *_COMMENT_MARKS) if tally[tag]]
        if self._hides or self._colours:
            leaves.append(_R)
        self._leaves = tuple(leaves)
        # The paragraph being read: it goes on in the next one where its end was deleted.
        self._open: Element | None = None
        self._parts: list[str] = []
        self._at = 0
        self._unfinished = False

    def blocks(self, container: Element) -> list[_Item]:
        """Return the paragraphs and tables of a body, a cell, a comment or whatever wraps them."""
        first = len(self.texts)
        if self._tables:
            items = self._mixed(container)
        else:
            self._read(container)
            items = list(range(first, len(self.texts) + (self._open is not None)))
        self._close()
        return items

    def _mixed(self, container: Element) -> list[_Item]:
        items: list[_Item] = []
        for child in container:
            tag = child.tag
            if tag == _P:
                before = len(self.texts) + (self._open is not None)
                self._read(child)
                items += range(before, len(self.texts) + 1)
            elif tag == _TBL:
                self._close()
                items.append(_Table([self._cells(row) for row in self._within(child, _TR)]))
            elif tag in _COMMENT_MARKS:
                self._comment(tag, child)
            elif len(child):
                items += self._mixed(child)
        return items

    def _cells(self, row: Element) -> list[list[_Item]]:
        return [self.blocks(cell) for cell in self._within(row, _TC)]

    def _within(self, parent: Element, tag: str) -> Iterator[Element]:
        """Yield rows or cells, whatever content control or custom XML they are wrapped in."""
        for child in parent:
            if child.tag == tag:
                yield child
            elif child.tag in _COMMENT_MARKS:
                self._comment(child.tag, child)
            elif len(child):
                yield from self._within(child, tag)

    def _read(self, container: Element) -> None:
        """Read the paragraphs within; the last one stays open."""
        hidden_by_style = hidden = was_hidden = False
        colour = ""
        for leaf in container.iter(*self._leaves):
            tag = leaf.tag
            if tag == _T:
                text = leaf.text or ""
            elif tag == _R:
                hidden, colour = self._format(leaf.find(_RPR), hidden_by_style=hidden_by_style)
                continue
            elif tag == _P:
                self._begin(leaf)
                hidden_by_style = self._hides and self._style_hides(leaf.find(f"{_PPR}/{_PSTYLE}"))
                hidden, was_hidden = hidden_by_style, False
                continue
            elif tag in _CHARACTERS:
                text = _CHARACTERS[tag]
            elif tag == _BR:
                text = "" if leaf.get(_TYPE) in ("page", "column") else "\n"
            else:
                text = self._rarer(tag, leaf)
            if not text or self._instructions:
                continue
            if hidden:
                self.hidden += not was_hidden and not text.isspace()
                was_hidden = was_hidden or not text.isspace()
                continue
            was_hidden = False
            self._parts.append(text)
            if colour:
                self._highlight(self._at, self._at + len(text), colour)
            self._at += len(text)

    def _begin(self, paragraph: Element) -> None:
        # A text box has been put between the two halves of a joined paragraph, and joins neither.
        parent = paragraph.getparent()
        if not self._unfinished or (parent is not None and parent.tag == _TXBX):
            self._close()
        self._open = paragraph
        self._unfinished = self._joins and paragraph.get(_JOINED) is not None

    def _close(self) -> None:
        if self._open is None:
            return
        text = "".join(self._parts)
        self.texts.append(text)
        if self._numbers and text.strip():
            self._count_number(self._open.find(_PPR))
        if self._instructions:
            # A field whose instruction never ends must not swallow the document.
            self._fields = [reading for reading in self._fields if reading]
            self._instructions = 0
        self._open, self._parts, self._at, self._unfinished = None, [], 0, False

    def _rarer(self, tag: str, leaf: Element) -> str:
        """Return the character of a symbol; keep book of fields and comments, which have none."""
        if tag == _SYM:
            return self._symbol(leaf)
        if tag == _FLDCHAR:
            self._field(leaf.get(f"{_W}fldCharType", ""))
        else:
            self._comment(tag, leaf)
        return ""

    def _symbol(self, leaf: Element) -> str:
        code = leaf.get(f"{_W}char", "")
        try:
            character = chr(int(code, 16))
        except (ValueError, OverflowError):
            character = ""
        # In a symbol font the code is a place in the font, not a character.
        if character and character.isprintable() and not "\ue000" <= character <= "\uf8ff":
            return character
        self.symbols += 1
        return ""

    def _field(self, kind: str) -> None:
        if kind == "begin":
            self._fields.append(False)
            self._instructions += 1
        elif kind in ("separate", "end") and self._fields:
            self._instructions -= not self._fields.pop()
            if kind == "separate":
                self._fields.append(True)

    def _comment(self, tag: str, element: Element) -> None:
        places = {_COMMENT_START: self.opened, _COMMENT_END: self.closed, _COMMENT_REF: self.referred}[tag]
        places[element.get(_ID, "")] = (len(self.texts), self._at)

    def _format(self, properties: Element | None, *, hidden_by_style: bool) -> tuple[bool, str]:
        """Return whether a run is hidden, and its highlighting."""
        if properties is None:
            return hidden_by_style, ""
        hidden = hidden_by_style
        if self._hides:
            direct = _hides(properties)
            # Two styles that hide show again what both name: Word's rule for such properties.
            by_both = hidden_by_style != self._style_hides(properties.find(_RSTYLE))
            hidden = by_both if direct is None else direct
        return hidden, _colour(properties) if self._colours else ""

    def _style_hides(self, style: Element | None) -> bool:
        return style is not None and style.get(_VAL, "") in self._styles.hidden

    def _highlight(self, start: int, end: int, colour: str) -> None:
        number = len(self.texts)
        if self.highlights:
            last, first, stop, same = self.highlights[-1]
            if (last, stop, same) == (number, start, colour):
                self.highlights[-1] = (number, first, end, colour)
                return
        self.highlights.append((number, start, end, colour))

    def _count_number(self, properties: Element | None) -> None:
        if properties is None:
            return
        style = properties.find(_PSTYLE)
        by_style = None if style is None else self._styles.numbered.get(style.get(_VAL, ""))
        found = _number(properties) or by_style
        if found and found[0] != "0":
            self.numbered[found] += 1


def _colour(properties: Element) -> str:
    highlight = properties.find(_HIGHLIGHT)
    if highlight is not None and (name := highlight.get(_VAL, "none")) != "none":
        return name
    shading = properties.find(_SHD)
    fill = "auto" if shading is None or shading.get(_VAL) == "nil" else shading.get(f"{_W}fill", "auto")
    if fill.lower() in ("auto", "ffffff", "white", ""):
        return ""
    return _COLOURS.get(fill.upper(), f"#{fill.upper()}")


# From paragraphs and tables to blocks


@dataclass(slots=True)
class _Block:
    """What becomes a paragraph: numbers of paragraphs, each with what joins it to the one before.

    Attributes:
        label: The number of the paragraph in whose cell the speaker is named, -1 where there is none.
        speaker: As that cell has it.
        given: Whether a table has said who speaks, or when.
    """

    parts: list[tuple[str, int]]
    label: int = -1
    speaker: str | None = None
    time: Time | None = None
    given: bool = False

    def text(self, texts: Sequence[str]) -> str:
        if len(self.parts) == 1:
            return texts[self.parts[0][1]]
        return "".join([before + texts[number] for before, number in self.parts])


def _blocks(items: Sequence[_Item], texts: Sequence[str], told: Counter[_Told]) -> Iterator[_Block]:
    for item in items:
        if isinstance(item, _Table):
            yield from _table(item, texts, told)
        elif texts[item].strip():
            yield _Block([("", item)])


def _table(table: _Table, texts: Sequence[str], told: Counter[_Told]) -> Iterator[_Block]:
    columns = _columns(table, texts)
    if columns is not None:
        yield from _interview(table, columns, texts, told)
        return
    for row in table.rows:
        filled = [(column, parts) for column, cell in enumerate(row) if (parts := _flat(cell, texts))]
        if len(filled) == 1:
            # A frame around a text, or a cell that holds the whole interview.
            yield from _blocks(row[filled[0][0]], texts, told)
        elif filled:
            joined: list[tuple[str, int]] = []
            last = filled[0][0]
            for column, parts in filled:
                joined += [("\t" * (column - last) if i == 0 else before, n) for i, (before, n) in enumerate(parts)]
                last = column
            yield _Block(joined)


def _flat(cell: Sequence[_Item], texts: Sequence[str]) -> list[tuple[str, int]]:
    """Return a cell's paragraphs, each with what joins it to the one before; tables within by rows."""
    parts: list[tuple[str, int]] = []
    for item in cell:
        if not isinstance(item, _Table):
            if texts[item].strip():
                parts.append(("\n" if parts else "", item))
            continue
        for row in item.rows:
            first = True
            for inner in row:
                for i, (before, number) in enumerate(_flat(inner, texts)):
                    joint = before if i else "\n" if first else "\t"
                    parts.append((joint if parts else "", number))
                    first = False
    return parts


class _Columns(NamedTuple):
    """Which column of an interview table holds what; -1 where there is no such column."""

    width: int
    speech: int
    label: int
    time: int
    number: int
    heading: bool


def _columns(table: _Table, texts: Sequence[str]) -> _Columns | None:
    """Tell an interview table, whose rows all have label or time and speech, from any other."""
    if not all(len(row) in (1, 2, 3) for row in table.rows):
        return None
    rows = [[_cell(cell, texts) for cell in row] for row in table.rows]
    rows = [row for row in rows if any(row)]
    count = Counter(len(row) for row in rows if len(row) > 1).most_common(1)
    rows = [row for row in rows if len(row) > 1]
    if not rows or any(len(row) != count[0][0] for row in rows):
        return None
    heading = all(not cell or _HEADINGS.match(cell) for cell in rows[0])
    columns = [[row[i] for row in rows[heading:]] for i in range(count[0][0])]
    left = {i: [cell for cell in column if cell] for i, column in enumerate(columns) if any(column)}
    time = _take(left, lambda cells: all(read_clock(cell) for cell in cells))
    number = _take(left, _counts_up)
    label = -1
    if len(left) == 2:
        named = [i for i, cells in left.items() if _are_labels(cells)]
        label = min(named, key=lambda i: (not _all_known(left[i]), len(set(left[i]))), default=-1)
        left.pop(label, None)
    if len(left) != 1 or len(rows) - heading < 2 or label == time == -1:
        return None
    return _Columns(count[0][0], next(iter(left)), label, time, number, heading)


def _cell(cell: Sequence[_Item], texts: Sequence[str]) -> str:
    return "".join([before + texts[number] for before, number in _flat(cell, texts)]).strip()


def _take(columns: dict[int, list[str]], is_such: Callable[[list[str]], bool]) -> int:
    found = next((i for i, cells in columns.items() if is_such(cells)), -1)
    columns.pop(found, None)
    return found


def _counts_up(cells: list[str]) -> bool:
    numbers = [int(cell.rstrip(".")) for cell in cells if re.fullmatch(r"\d{1,6}\.?", cell)]
    return len(numbers) == len(cells) > 1 and all(b == a + 1 for a, b in pairwise(numbers))


def _are_labels(cells: list[str]) -> bool:
    short = all(len(cell) <= 40 and len(cell.split()) <= 4 and "\n" not in cell for cell in cells)
    ended = any(cell.endswith(("?", "!", ",")) for cell in cells)
    return short and not ended and (len(set(cells)) * 2 <= len(cells) or _all_known(cells))


def _all_known(cells: list[str]) -> bool:
    return all(KNOWN_LABEL.match(name) or _INITIALS.match(name) for cell in cells for name in (cell.rstrip(":"),))


def _interview(table: _Table, columns: _Columns, texts: Sequence[str], told: Counter[_Told]) -> Iterator[_Block]:
    what = [name for name in ("time", "label") if getattr(columns, name) >= 0]
    read_as = f"read as {', '.join(what)} and speech"
    told[f"table was {read_as}", f"tables were {read_as}"] += 1
    told["heading row of a table was left out", "heading rows of tables were left out"] += columns.heading
    told["column of row numbers was left out", "columns of row numbers were left out"] += columns.number >= 0
    blocks: list[_Block] = []
    heading, speaker = columns.heading, None
    for row in table.rows:
        if len(row) < columns.width:
            blocks += _blocks(row[0], texts, told)
            continue
        if heading:
            heading = not any(_cell(cell, texts) for cell in row)
            continue
        # A cell without a name goes on with the speaker above.
        named = _flat(row[columns.label], texts) if columns.label >= 0 else []
        speaker = texts[named[0][1]].strip().rstrip(": \t") if named else speaker
        speech = _flat(row[columns.speech], texts)
        clock = read_clock(_cell(row[columns.time], texts)) if columns.time >= 0 else None
        if speech:
            time = None if clock is None else (clock[0], max(clock[0], clock[1] or 0.0))
            blocks.append(_Block(speech, named[0][1] if named else -1, speaker, time, given=True))
    following = 0.0
    for block in reversed(blocks):
        if block.time:
            begin, end = block.time
            block.time = (begin, end if end > begin else max(begin, following))
            following = begin
    yield from blocks


# From blocks to paragraphs


class _Laid(NamedTuple):
    """The paragraphs, and by which way their words came there.

    Attributes:
        arranged: The pieces of each paragraph.
        origins: For every line that pieces are cut of, its block and where in the block it begins.
    """

    paragraphs: tuple[Paragraph, ...]
    labelled: bool
    blocks: list[_Block]
    arranged: list[Arranged]
    lines: list[str]
    origins: list[tuple[int, int]]


def _lay_out(blocks: list[_Block], texts: Sequence[str], told: list[str]) -> _Laid:
    blocks = blocks[_machine_notes(blocks, texts, told) :]
    in_tables = sum(len(block.text(texts)) for block in blocks if block.speaker)
    named = bool(in_tables) and in_tables * 2 > sum(len(block.text(texts)) for block in blocks)
    lines: list[str] = []
    origins: list[tuple[int, int]] = []
    continues: set[int] = set()
    given: dict[int, tuple[str | None, Time | None]] = {}
    for number, block in enumerate(blocks):
        if block.given:
            given[len(lines)] = (block.speaker if named else None, block.time)
            if block.label >= 0 and not named:
                # Most of the document is no table: its labels are found in the text, and these with them.
                joint = " " if texts[block.label].rstrip().endswith(":") else ": "
                block.parts = [("", block.label), (joint, block.parts[0][1]), *block.parts[1:]]
        text = block.text(texts)
        at = 0
        if block.given or "\n" not in text:
            lines.append(text)
            origins.append((number, 0))
            continue
        for line in text.split("\n"):
            if at:
                continues.add(len(lines))
            lines.append(line)
            origins.append((number, at))
            at += len(line) + 1
    arrangement = arrange(lines, continues=continues, given=given)
    told += arrangement.decided
    arranged, paragraphs = [], []
    for one in arrangement.paragraphs:
        text = one.text(lines)
        if text.strip():
            arranged.append(one)
            paragraphs.append(Paragraph(text, one.speaker, one.time))
    return _Laid(tuple(paragraphs), arrangement.labelled or named, blocks, arranged, lines, origins)


def _machine_notes(blocks: Sequence[_Block], texts: Sequence[str], told: list[str]) -> int:
    """Count the blocks of an AI's summary before a transcript, as Google Meet writes both into one file."""
    noted = False
    for i, block in enumerate(blocks):
        number = block.parts[0][1]
        if len(block.parts) > 1 or len(texts[number]) > 120:
            continue
        text = texts[number].strip()
        noted = noted or bool(_NOTES_HEADING.match(text))
        if noted and _TRANSCRIPT_HEADING.match(text):
            following = [later.text(texts).strip() for later in blocks[i + 1 : i + 5]]
            if any(_FULL_CLOCK.match(line) for line in following):
                was = "paragraph before the transcript, a machine's notes, was left out"
                were = "paragraphs before the transcript, a machine's notes, were left out"
                _tell(told, i, was, were)
                return i + 1
    return 0


# Marks


class _Places:
    """Where the words of the document's own paragraphs have come to stand."""

    def __init__(self, walker: _Walker, laid: _Laid) -> None:
        self._paragraphs = laid.paragraphs
        # Every paragraph of the document has a stretch of one long line, whatever became of it.
        self._bases = [0, *accumulate(len(text) + 1 for text in walker.texts)]
        stretches = sorted(self._stretches(walker.texts, laid))
        self._begins = [begin for begin, _, _, _ in stretches]
        self._stretched = stretches

    def _stretches(self, texts: Sequence[str], laid: _Laid) -> Iterator[tuple[int, int, int, int]]:
        """Yield begin and end on the long line, the paragraph, and the offset there of the begin."""
        for paragraph, arranged in enumerate(laid.arranged):
            at = 0
            for before, line, start, end in arranged.pieces:
                at += len(before)
                block, offset = laid.origins[line]
                begin, in_block = offset + start, 0
                for joint, number in laid.blocks[block].parts:
                    in_block += len(joint)
                    first = max(begin, in_block)
                    stop = min(offset + end, in_block + len(texts[number]))
                    if first < stop:
                        base = self._bases[number] - in_block
                        yield base + first, base + stop, paragraph, at + first - begin
                    in_block += len(texts[number])
                at += end - start

    def _on_line(self, place: _Place) -> int:
        return self._bases[min(place[0], len(self._bases) - 1)] + place[1]

    def start(self, place: _Place) -> _Place:
        """Return the place of the first kept character from here on."""
        x = self._on_line(place)
        i = max(0, bisect_right(self._begins, x) - 1)
        if x >= self._stretched[i][1] and i + 1 < len(self._stretched):
            i += 1
        begin, end, paragraph, at = self._stretched[i]
        return paragraph, at + min(max(x, begin), end) - begin

    def end(self, place: _Place) -> _Place:
        """Return the place behind the last kept character before here."""
        x = self._on_line(place)
        begin, end, paragraph, at = self._stretched[max(0, bisect_left(self._begins, x) - 1)]
        return paragraph, at + min(max(x, begin), end) - begin

    def whole(self, place: _Place) -> tuple[_Place, _Place]:
        """Return the whole paragraph that a place is in."""
        paragraph = self.start((place[0], 0))[0]
        return (paragraph, 0), (paragraph, len(self._paragraphs[paragraph].text))


def _marks(walker: _Walker, laid: _Laid, comments: dict[str, _Comment], told: list[str]) -> tuple[Mark, ...]:
    if not (walker.highlights or comments):
        return ()
    places = _Places(walker, laid)
    marks = []
    for number, first, stop, colour in walker.highlights:
        start, end = places.start((number, first)), places.end((number, stop))
        if start < end and walker.texts[number][first:stop].strip():
            marks.append(Mark("highlight", start, end, colour))
    lost = 0
    for identifier, (text, author, created) in comments.items():
        opened, closed = walker.opened.get(identifier), walker.closed.get(identifier)
        place = walker.referred.get(identifier) or opened or closed
        if place is None:
            lost += 1
        elif text:
            start, end = places.whole(place)
            if opened and closed and places.start(opened) < places.end(closed):
                start, end = places.start(opened), places.end(closed)
            marks.append(Mark("comment", start, end, text, author, created))
    was, were = "comment outside the text was left out", "comments outside the text were left out"
    _tell(told, lost, was, were)
    return tuple(sorted(marks, key=lambda mark: (mark.start, mark.end, mark.kind)))
