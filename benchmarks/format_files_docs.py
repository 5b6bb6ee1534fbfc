"""OpenDocument, RTF and PDF to paragraphs; beside the barest way to get the same characters out of each file."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence
from typing import Protocol

_TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
_OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"


class Said(Protocol):
    """A turn of the interview that specimens are made of."""

    @property
    def speaker(self) -> str: ...

    @property
    def text(self) -> str: ...


def make_odt(turns: Sequence[Said]) -> bytes:
    body = "".join(f"<text:p><text:span>{turn.speaker}:</text:span><text:tab/>{turn.text}</text:p>" for turn in turns)
    content = (
        f'<office:document-content xmlns:office="{_OFFICE}" xmlns:text="{_TEXT}"><office:body><office:text>'
        f"{body}</office:text></office:body></office:document-content>"
    )
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", content)
    return buffer.getvalue()


def bare_odt(data: bytes) -> int:
    from lxml import etree

    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        root = etree.fromstring(archive.read("content.xml"))
    return sum(len("".join(paragraph.itertext())) for paragraph in root.iter(f"{{{_TEXT}}}p"))


def make_rtf(turns: Sequence[Said]) -> bytes:
    def coded(text: str) -> str:
        return "".join(sign if sign.isascii() else f"\\u{ord(sign)}\\'{sign.encode('cp1252')[0]:02x}" for sign in text)

    lines = [
        rf"\pard\plain \s0\f0\fs22\lang1044{{\b\loch {turn.speaker}:}}\tab {{\loch {coded(turn.text)}}}\par"
        for turn in turns
    ]
    head = r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\fswiss\fcharset0 Calibri;}}"
    return "\n".join([head, *lines, "}"]).encode("ascii")


def bare_rtf(data: bytes) -> int:
    from striprtf.striprtf import rtf_to_text

    return len(rtf_to_text(data.decode("latin-1"), encoding="cp1252", errors="ignore"))


def make_pdf(turns: Sequence[Said], width: int = 80, height: int = 50) -> bytes:
    lines: list[str] = []
    for turn in turns:
        line = ""
        for word in f"{turn.speaker}: {turn.text}".split():
            if len(line) + 1 + len(word) > width:
                lines.append(line)
                line = word
            else:
                line = f"{line} {word}".lstrip()
        lines.append(line)
    pages = [lines[at : at + height] for at in range(0, len(lines), height)]
    kids = b" ".join(b"%d 0 R" % (4 + 2 * n) for n in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [" + kids + b"] /Count %d >>" % len(pages),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Courier /Encoding /WinAnsiEncoding >>",
    ]
    for number, page in enumerate(pages):
        shown = b"".join(b"(" + _escaped(line) + b") Tj T*\n" for line in page)
        drawing = b"BT /F 10 Tf 12 TL 60 780 Td " + shown + b"ET"
        entries = b"/MediaBox [0 0 595 842] /Contents %d 0 R /Resources << /Font << /F 3 0 R >> >>" % (5 + 2 * number)
        objects.append(b"<< /Type /Page /Parent 2 0 R " + entries + b" >>")
        objects.append(b"<< /Length %d >>\nstream\n" % len(drawing) + drawing + b"\nendstream")
    out, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n" % number + content + b"\nendobj\n"
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + table
    trailer = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, len(out))
    return out + end + trailer


def _escaped(line: str) -> bytes:
    return line.encode("cp1252", "replace").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")


def bare_pdf(data: bytes) -> int:
    import pypdf

    return sum(len(page.extract_text()) for page in pypdf.PdfReader(io.BytesIO(data)).pages)


SPECIMENS: list[tuple[str, str, Callable[[Sequence[Said]], bytes], Callable[[bytes], object]]] = [
    ("OpenDocument", ".odt", make_odt, bare_odt),
    ("RTF", ".rtf", make_rtf, bare_rtf),
    ("PDF", ".pdf", make_pdf, bare_pdf),
]
"""Name, ending, what makes a file of turns, and the barest parser of its format."""
