"""Write a transcript as a Word file whose codes are comments, for somebody who reads it in Word and answers there.

The text of the file is the transcript and nothing else, so that it can be read again with the comments it comes
back with; what is said of it stands above every page.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final
from xml.sax.saxutils import quoteattr

from qualkit.document import Commented, Document, Remark
from qualkit.exports import wordxml as x
from qualkit.exports.layout import Section
from qualkit.exports.package import pack, unpack
from qualkit.exports.words import one_line, printable

_PART: Final = "word/comments.xml"
_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_RELATION: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
_DECLARED: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def render_commented(text: Commented) -> bytes:
    """Render a transcript as a Word file with comments on its passages; the same text gives the same bytes."""
    from qualkit.exports import wordfile

    word = wordfile.open_template(None)
    styles = wordfile.complete_styles(word, text.language)
    page = wordfile.page_of(word)
    remarks = [one for one in text.remarks if one.start < one.end]
    content = tuple(_paragraphs(text, remarks, styles["Normal"])) or (x.paragraph(styles["Normal"], ""),)
    document = Document(one_line(text.id), text.language, (), text.mark)
    section = Section(landscape=False, content=content)
    parts = unpack(wordfile.write(word, [section], page, document, styles, running=one_line(text.id)))
    return pack(_with_comments(parts, remarks)) if remarks else pack(parts)


def _paragraphs(text: Commented, remarks: Sequence[Remark], style: str) -> Iterator[str]:
    """Yield a paragraph for every line that holds words; a passage that runs over several is one comment."""
    bold = dict(text.labels)
    at = 0
    for line in text.text.split("\n"):
        end = at + len(line)
        if line.strip():
            yield x.paragraph(style, _runs(text.text, at, end, bold.get(at, at), remarks), before=120)
        at = end + 1


def _runs(text: str, start: int, end: int, label_end: int, remarks: Sequence[Remark]) -> str:
    """Return a line's runs, with the beginnings and ends of comments between them."""
    begins: dict[int, list[int]] = {}
    ends: dict[int, list[int]] = {}
    for number, one in enumerate(remarks):
        first, last = _worded(text, one)
        if start <= first < end:
            begins.setdefault(first, []).append(number)
        if start < last <= end:
            ends.setdefault(last, []).append(number)
    edges = sorted({start, end, min(max(label_end, start), end), *begins, *ends})
    out = ["".join(f'<w:commentRangeStart w:id="{number}"/>' for number in begins.get(start, ()))]
    for low, high in pairwise(edges):
        out.append(x.run(printable(text[low:high]), (x.BOLD if high <= label_end else "") + x.VERBATIM))
        out += [_closed(number) for number in ends.get(high, ())]
        if high < end:
            out += [f'<w:commentRangeStart w:id="{number}"/>' for number in begins.get(high, ())]
    return "".join(out)


def _worded(text: str, one: Remark) -> tuple[int, int]:
    """Return a passage without white space at its ends, where it holds any words."""
    start, end = one.start, min(one.end, len(text))
    while start < end - 1 and text[start].isspace():
        start += 1
    while end > start + 1 and text[end - 1].isspace():
        end -= 1
    return start, end


def _closed(number: int) -> str:
    return f'<w:commentRangeEnd w:id="{number}"/><w:r><w:commentReference w:id="{number}"/></w:r>'


def _with_comments(parts: dict[str, bytes], remarks: Sequence[Remark]) -> dict[str, bytes]:
    """Return the parts of a Word file with its comments among them."""
    types = parts["[Content_Types].xml"].decode()
    relations = parts["word/_rels/document.xml.rels"].decode()
    override = f'<Override PartName="/{_PART}" ContentType="{_TYPE}"/></Types>'
    relation = f'<Relationship Id="rIdComments" Type="{_RELATION}" Target="comments.xml"/></Relationships>'
    told = "".join(_comment(number, one) for number, one in enumerate(remarks))
    return {
        **parts,
        "[Content_Types].xml": types.replace("</Types>", override).encode(),
        "word/_rels/document.xml.rels": relations.replace("</Relationships>", relation).encode(),
        _PART: f"{_DECLARED}<w:comments {x.NAMESPACES}>{told}</w:comments>".encode(),
    }


def _comment(number: int, one: Remark) -> str:
    author = one_line(one.author)
    initials = "".join(word[0] for word in author.replace("-", " ").split())[:9]
    date = f" w:date={quoteattr(one.created)}" if one.created else ""
    return (
        f'<w:comment w:id="{number}" w:author={quoteattr(author)}{date} w:initials={quoteattr(initials)}>'
        f"{x.paragraph('', x.run(printable(one.text)))}</w:comment>"
    )
