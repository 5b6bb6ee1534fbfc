"""The Word file around the text: template, styles, sections, headers and properties.

Imported by `render_word` when it is called, for python-docx is slow to load.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence, Set
from copy import deepcopy
from io import BytesIO
from typing import TYPE_CHECKING, Final
from zipfile import BadZipFile

import docx
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml import OxmlElement
from docx.oxml.ns import nsmap, qn
from docx.oxml.parser import parse_xml
from lxml import etree

from qualkit.document import Document, Picture
from qualkit.errors import QualkitError
from qualkit.exports import wordxml as x
from qualkit.exports.build_template import MARGIN, PORTRAIT, STYLES, TEMPLATE
from qualkit.exports.layout import Page, Section
from qualkit.exports.package import pack, unpack
from qualkit.exports.words import LOCALES, WRITTEN, one_line
from qualkit.language.printed import printed

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.opc.rel import Relationships
    from docx.section import _Footer, _Header
    from lxml.etree import _Element

_KEPT: Final = frozenset({"styles", "theme", "fontTable", "numbering", "settings"})
"""What is taken from a template beside its headers and footers; its text and comments are not."""


class UnusableTemplate(QualkitError):
    """The template is not a Word file that text can be laid out in."""

    hint = "open the template in Word and save it as a document (.docx) or template (.dotx) without macros"

    def __init__(self, reason: str) -> None:
        super().__init__(f"the Word template cannot be used: {reason}")


def open_template(template: bytes | None) -> WordDocument:
    """Open a template, or qualkit's own.

    Raises:
        UnusableTemplate: If it cannot be read, or holds macros.
    """
    try:
        parts = unpack(TEMPLATE.read_bytes() if template is None else template)
        types = parts["[Content_Types].xml"]
        if b"macroEnabled" in types or any(name.endswith("vbaProject.bin") for name in parts):
            raise UnusableTemplate("it holds macros")
        parts["[Content_Types].xml"] = types.replace(
            b"wordprocessingml.template.main", b"wordprocessingml.document.main"
        )
        return docx.Document(BytesIO(pack(parts)))
    except (BadZipFile, KeyError, ValueError, PackageNotFoundError, etree.XMLSyntaxError) as error:
        raise UnusableTemplate("it is no Word file") from error


def page_of(word: WordDocument) -> Page:
    """Return the page of the template's last section, upright."""
    section = word.sections[-1] if word.sections else word.add_section()

    def twips(length: int | None, otherwise: int) -> int:
        return otherwise if length is None else round(length / 635)

    first, second = twips(section.page_width, PORTRAIT[0]), twips(section.page_height, PORTRAIT[1])
    sides = twips(section.left_margin, MARGIN) + twips(section.right_margin, MARGIN) + twips(section.gutter, 0)
    ends = abs(twips(section.top_margin, MARGIN)) + abs(twips(section.bottom_margin, MARGIN))
    width, height = min(first, second), max(first, second)
    return Page(width, height, width - sides, height - ends)


def complete_styles(word: WordDocument, language: str) -> dict[str, str]:
    """Give a document every style of `STYLES`, all in its language; return their ids by name."""
    root = word.styles.element
    by_name = {_name(style): style for style in root.iterchildren(qn("w:style"))}
    taken = {style.get(qn("w:styleId")) for style in by_name.values()}
    ids: dict[str, str] = {}
    for style in STYLES:
        found = by_name.get(style.name.lower())
        if found is not None:
            ids[style.id] = found.get(qn("w:styleId")) or style.id
        else:
            ids[style.id] = style.id if style.id not in taken else f"{style.id}Qualkit"
    missing = [style for style in STYLES if style.name.lower() not in by_name]
    if missing:
        own = {_name(style): style for style in open_template(None).styles.element.iterchildren(qn("w:style"))}
        for style in missing:
            copy = deepcopy(own[style.name.lower()])
            copy.set(qn("w:styleId"), ids[style.id])
            for reference in copy.iterchildren(qn("w:basedOn"), qn("w:next")):
                target = reference.get(qn("w:val")) or ""
                reference.set(qn("w:val"), ids.get(target, target))
            root.append(copy)
    _say_language(root, LOCALES[language])
    return {style.name: ids[style.id] for style in STYLES}


def write(
    word: WordDocument,
    sections: list[Section],
    page: Page,
    document: Document,
    styles: Mapping[str, str],
    *,
    running: str = "",
) -> bytes:
    """Return the file: the template's styles, page and headers around the sections of a document.

    Args:
        word: From `open_template`.
        sections: In order.
        page: As `page_of` gives it.
        document: Gives title, language and mark.
        styles: As `complete_styles` gives them.
        running: Stands above every page with the page's number, which then does not stand below.
    """
    _strip_text(word)
    _strip_traces(word)
    _write_headers(word, document, styles, running, page)
    _write_properties(word, document)
    buffer = BytesIO()
    word.save(buffer)
    parts = unpack(buffer.getvalue())
    parts[str(word.part.partname).lstrip("/")] = _text(sections, word.element.body.sectPr, page)
    pictures = [block for block in document.blocks if isinstance(block, Picture)]
    if pictures:
        _add_pictures(parts, str(word.part.partname).lstrip("/"), pictures)
    return pack(parts)


def picture_relation(number: int) -> str:
    """Return the id by which the text refers to a picture, numbered from 1."""
    return f"rIdPicture{number}"


def _add_pictures(parts: dict[str, bytes], main: str, pictures: Sequence[Picture]) -> None:
    folder, _, file = main.rpartition("/")
    rels = f"{folder}/_rels/{file}.rels"
    told = ""
    for number, picture in enumerate(pictures, 1):
        parts[f"{folder}/media/picture{number}.png"] = picture.png
        told += (
            f'<Relationship Id="{picture_relation(number)}" '
            'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image" '
            f'Target="media/picture{number}.png"/>'
        )
    parts[rels] = parts[rels].replace(b"</Relationships>", told.encode() + b"</Relationships>")
    types = parts["[Content_Types].xml"]
    if b'Extension="png"' not in types:
        at = types.index(b">", types.index(b"<Types")) + 1
        parts["[Content_Types].xml"] = types[:at] + b'<Default Extension="png" ContentType="image/png"/>' + types[at:]


def _name(style: _Element) -> str:
    name = style.find(qn("w:name"))
    return "" if name is None else (name.get(qn("w:val")) or "").lower()


def _say_language(styles: _Element, locale: str) -> None:
    """Name the language in every style that names one, in the first style, and in the defaults."""

    def first(parent: _Element, tag: str) -> _Element:
        found = parent.find(qn(tag))
        if found is None:
            found = OxmlElement(tag)
            parent.insert(0, found)
        return found

    normal = next(style for style in styles.iterchildren(qn("w:style")) if _name(style) == "normal")
    properties = normal.find(qn("w:rPr"))
    if properties is None:
        properties = OxmlElement("w:rPr")
        after = normal.findall(qn("w:tblPr"))
        if after:
            after[0].addprevious(properties)
        else:
            normal.append(properties)
    defaults = first(first(first(styles, "w:docDefaults"), "w:rPrDefault"), "w:rPr")
    for parent in (properties, defaults):
        if parent.find(qn("w:lang")) is None:
            language = OxmlElement("w:lang")
            later = next(parent.iterchildren(*map(qn, ("w:eastAsianLayout", "w:specVanish", "w:oMath"))), None)
            if later is None:
                parent.append(language)
            else:
                later.addprevious(language)
    for language in styles.iter(qn("w:lang")):
        language.set(qn("w:val"), locale)


def _strip_text(word: WordDocument) -> None:
    """Take out the template's text; what remains is the properties of its last section."""
    body = word.element.body
    for element in [*word.element.iterchildren(), *body.iterchildren()]:
        if element is not body and element is not body.sectPr:
            element.getparent().remove(element)
    section = body.sectPr
    own = ("footnotePr", "endnotePr", "type", "paperSrc", "printerSettings", "sectPrChange")
    for element in list(section.iterchildren(*(qn(f"w:{tag}") for tag in own))):
        section.remove(element)


def _strip_traces(word: WordDocument) -> None:
    """Take out of a template what its text alone used, and what tells who made it and on which machine."""
    section = word.element.body.sectPr
    used = set(section.xpath("./w:headerReference/@r:id | ./w:footerReference/@r:id"))
    _keep_relationships(word.part.rels, _KEPT, used)
    _keep_relationships(word.part.package.rels, {"officeDocument", "core-properties"}, set())
    settings = word.settings.element
    traces = ("attachedTemplate", "rsids", "mailMerge", "footnotePr", "endnotePr", "docVars", "saveThroughXslt")
    for element in list(settings.iterchildren(*(qn(f"w:{tag}") for tag in traces))):
        settings.remove(element)
    _keep_relationships(word.part._settings_part.rels, set(), set())


def _keep_relationships(relationships: Relationships, kinds: Set[str], ids: Set[str]) -> None:
    for key, relationship in list(relationships.items()):
        if relationship.reltype.rpartition("/")[2] not in kinds and key not in ids:
            del relationships[key]


def _write_headers(word: WordDocument, document: Document, styles: Mapping[str, str], running: str, page: Page) -> None:
    """Put the mark into every header, and page numbers into the footers that a template leaves empty."""
    section = word.sections[-1]
    headers: list[_Header] = [section.header]
    footers: list[_Footer] = [section.footer]
    if section.different_first_page_header_footer:
        headers.append(section.first_page_header)
        footers.append(section.first_page_footer)
    if word.settings.odd_and_even_pages_header_footer:
        headers.append(section.even_page_header)
        footers.append(section.even_page_footer)
    mark = one_line(document.mark)
    if running:
        # The tab's place is the right edge of the text.
        tab = f'<w:tabs><w:tab w:val="right" w:pos="{page.text_width}"/></w:tabs>'
        line = x.run(f"{running}\t") + _page_number(document.language)
        form = f'<w:pStyle w:val="{styles["header"]}"/>{tab}<w:spacing w:before="0" w:after="120"/>'
        head = f"<w:p><w:pPr>{form}</w:pPr>{line}</w:p>"
        for header in headers:
            _place(header, head)
    if mark:
        for header in headers:
            _place(header, x.paragraph(styles["Notice"], x.run(mark)))
    for footer in footers:
        if footer.is_linked_to_previous and not running:
            _place(footer, x.paragraph(styles["footer"], _page_number(document.language)))


def _place(story: _Header | _Footer, paragraph: str) -> None:
    """Put a paragraph first in a header or footer, alone where there was none before."""
    fresh = story.is_linked_to_previous
    story.is_linked_to_previous = False
    element = story._element
    if fresh:
        for child in list(element):
            element.remove(child)
    element.insert(0, _parse(paragraph))


def _parse(xml: str) -> _Element:
    return next(parse_xml(f"<w:body {x.NAMESPACES}>{xml}</w:body>").iterchildren())


def _page_number(language: str) -> str:
    pieces = re.split("([\x00\x01])", printed("page", language, page="\x00", pages="\x01"))
    fields = {"\x00": x.field("PAGE", x.run("1")), "\x01": x.field("NUMPAGES", x.run("1"))}
    return "".join(fields.get(piece) or x.run(piece) for piece in pieces if piece)


def _text(sections: list[Section], model: _Element, page: Page) -> bytes:
    """Return the part that holds the text: its sections, all of which refer to the same headers.

    It is put together as a string and parsed once: moving parsed tables from one tree to another takes
    time by the square of their size.
    """
    for element in list(model):
        if etree.QName(element).namespace != nsmap["w"]:
            model.remove(element)
    content = []
    for place, section in enumerate(sections):
        properties = deepcopy(model)
        _turn(properties, page, landscape=section.landscape)
        if place > 0:
            # Only the document's first page is a first page, and page numbers go on.
            for element in list(properties.iterchildren(qn("w:titlePg"))):
                properties.remove(element)
            for element in properties.iterchildren(qn("w:pgNumType")):
                element.attrib.pop(qn("w:start"), "")
        *body, last = section.content
        if place == len(sections) - 1:
            content += [*body, last, _xml(properties)]
        elif last.startswith("<w:p>"):
            content += [*body, _xml(_end_section(_parse(last), properties))]
        else:
            content += [*body, last, _xml(_end_section(OxmlElement("w:p"), properties))]
    text = f"<w:document {x.NAMESPACES}><w:body>{''.join(content)}</w:body></w:document>"
    root = etree.fromstring(text.encode(), etree.XMLParser(huge_tree=True, resolve_entities=False))
    etree.cleanup_namespaces(root, keep_ns_prefixes=["w", "r"])
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _xml(element: _Element) -> str:
    return etree.tostring(element, encoding="unicode", with_tail=False)


def _end_section(paragraph: _Element, properties: _Element) -> _Element:
    """Return a paragraph with which a section ends: the section's properties stand last in its own."""
    own = paragraph.find(qn("w:pPr"))
    if own is None:
        own = OxmlElement("w:pPr")
        paragraph.insert(0, own)
    own.append(properties)
    return paragraph


def _turn(properties: _Element, page: Page, *, landscape: bool) -> None:
    size = properties.find(qn("w:pgSz"))
    if size is None:
        size = OxmlElement("w:pgSz")
        margins = properties.find(qn("w:pgMar"))
        if margins is None:
            properties.append(size)
        else:
            margins.addprevious(size)
    size.attrib.clear()
    width, height = (page.height, page.width) if landscape else (page.width, page.height)
    size.set(qn("w:w"), str(width))
    size.set(qn("w:h"), str(height))
    if landscape:
        size.set(qn("w:orient"), "landscape")


def _write_properties(word: WordDocument, document: Document) -> None:
    properties = word.core_properties
    # A template's author, company and keywords are not this document's.
    for child in list(properties._element):
        properties._element.remove(child)
    properties.title = one_line(document.title)[:255]
    properties.language = LOCALES[document.language]
    properties.author = ""
    properties.created = WRITTEN
    properties.modified = WRITTEN
