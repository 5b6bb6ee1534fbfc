"""The codebook format of REFI-QDA, a `.qdc` file: written to the letter of the schema, read with patience.

The schema is version 1.0 of ``urn:QDA-XML:codebook:1.0``. Programs write older namespaces and other cases of
hexadecimal digits; what says the same is read as the same.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, Final
from xml.sax.saxutils import escape, quoteattr

from qualkit.errors import QualkitError
from qualkit.model import Code, Codebook, CodeSet
from qualkit.text import normalise
from qualkit.version import __version__

if TYPE_CHECKING:
    from lxml.etree import _Element

NAMESPACE: Final = "urn:QDA-XML:codebook:1.0"
LOCATION: Final = "http://schema.qdasoftware.org/versions/Codebook/v1.0/Codebook.xsd"
LARGEST: Final = 20_000_000
"""Bytes of a file that is read."""

DEEPEST: Final = 40
"""Levels of codes that are read."""

_ANY_NAMESPACE: Final = "urn:QDA-XML:"
_GUID = re.compile(r"\{?([0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})\}?\Z")
_COLOUR = re.compile(r"#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})\Z")
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")


class UnreadableExchange(QualkitError):
    """A file of another program that cannot be read."""

    def __init__(self, file: str, why: str, hint: str = "") -> None:
        super().__init__(f"{file} cannot be read: {why}", hint or "Export it again as a REFI-QDA codebook (.qdc).")


class NothingToExport(QualkitError):
    """A codebook without codes, which the format does not allow."""

    hint = "Write codes in codebook.yaml first."

    def __init__(self) -> None:
        super().__init__("the codebook has no codes, and a .qdc file needs at least one")


def render_qdc(codebook: Codebook, descriptions: Mapping[str, str], *, mark: str = "") -> bytes:
    """Render a codebook as a `.qdc` file, valid by the schema.

    GUIDs are written in capitals without braces, which every program reads.

    Args:
        codebook: Every code and set has a guid.
        descriptions: By code id, what is written as the code's description.
        mark: Stands in a comment at the top: the schema leaves no other place for it.

    Raises:
        NothingToExport: If there are no codes.
    """
    if not codebook.codes:
        raise NothingToExport
    lines = ['<?xml version="1.0" encoding="utf-8"?>']
    if mark:
        lines.append(f"<!-- {_plain(mark).replace('--', '– ')} -->")
    lines.append(
        f'<CodeBook xmlns="{NAMESPACE}" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
        f'xsi:schemaLocation="{NAMESPACE} {LOCATION}" origin="qualkit {__version__}">'
    )
    lines.append("<Codes>")
    for code in codebook.codes:
        lines += _code_lines(code, descriptions)
    lines.append("</Codes>")
    guids = {code.id: code.guid for code in codebook.walk()}
    # A list without members is forbidden, an empty set is not.
    if codebook.sets:
        lines.append("<Sets>")
        for one in codebook.sets:
            lines.append(f"<Set guid={_attribute(one.guid)} name={_attribute(one.name)}>")
            if one.description:
                lines.append(f"<Description>{_text(one.description)}</Description>")
            members = [guids[member] for member in one.members if member in guids]
            lines += [f"<MemberCode guid={_attribute(guid)}/>" for guid in members]
            lines.append("</Set>")
        lines.append("</Sets>")
    return "\n".join([*lines, "</CodeBook>", ""]).encode()


def _code_lines(code: Code, descriptions: Mapping[str, str]) -> Iterator[str]:
    colour = f" color={_attribute(code.colour)}" if code.colour else ""
    codable = "true" if code.codable else "false"
    yield f'<Code guid={_attribute(code.guid)} name={_attribute(code.name)} isCodable="{codable}"{colour}>'
    described = descriptions.get(code.id, "")
    if described:
        yield f"<Description>{_text(described)}</Description>"
    for child in code.children:
        yield from _code_lines(child, descriptions)
    yield "</Code>"


def _plain(text: str) -> str:
    return _NOT_XML.sub("", text)


def _text(text: str) -> str:
    return escape(_plain(text), {"\r": "&#13;"})


def _attribute(value: str) -> str:
    return quoteattr(_plain(value))


def read_qdc(data: bytes, file: str) -> tuple[Codebook, list[str]]:
    """Read a `.qdc` file.

    Args:
        data: Its bytes.
        file: Named in messages.

    Returns:
        The codebook, descriptions as definitions, codes without ids and members of sets by guid; and a
        sentence for everything in the file that was not taken over.

    Raises:
        UnreadableExchange: If it is no codebook, declares a document type, or is far too large.
    """
    if len(data) > LARGEST:
        raise UnreadableExchange(file, f"it is larger than {LARGEST // 1_000_000} MB")
    if data.startswith(b"PK"):
        hint = "In the other program choose to export the codebook, not the project."
        raise UnreadableExchange(file, "it is an archive, perhaps a whole project (.qdpx)", hint)
    root = _root(data, file)
    if _local(root) != "CodeBook" or not str(root.tag).startswith("{" + _ANY_NAMESPACE):
        raise UnreadableExchange(file, "it is XML, but no REFI-QDA codebook")
    reader = _Reader(file)
    codes: tuple[Code, ...] = ()
    sets: tuple[CodeSet, ...] = ()
    for part in _elements(root):
        if _local(part) == "Codes":
            codes += reader.codes(part, 1)
        elif _local(part) == "Sets":
            sets += reader.sets(part)
        else:
            reader.left[_local(part)] += 1
    members = {code.guid for code in Codebook(codes=codes).walk()}
    dangling = sum(member not in members for one in sets for member in one.members)
    told = reader.told()
    if dangling:
        told.append(f"{dangling} members of sets are codes that the file does not have")
    return Codebook(codes=codes, sets=sets), told


def _root(data: bytes, file: str) -> _Element:
    from lxml import etree

    # Looked for before anything is parsed: entities of a document type grow without bound.
    if b"<!DOCTYPE" in data.replace(b"\0", b"").upper():
        raise UnreadableExchange(file, "it declares a document type (DOCTYPE), which no program needs to")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        line = error.position[0] if error.position else 1
        raise UnreadableExchange(file, f"it is no XML from line {line} on") from None
    if etree.ElementTree(root).docinfo.internalDTD is not None:
        raise UnreadableExchange(file, "it declares a document type (DOCTYPE), which no program needs to")
    return root


def _elements(parent: _Element) -> list[_Element]:
    return [child for child in parent if isinstance(child.tag, str)]


def _local(element: _Element) -> str:
    return str(element.tag).rpartition("}")[2]


class _Reader:
    """Walks one file, and counts what is not taken over."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.left: Counter[str] = Counter()
        self.nameless = 0
        self.colours = 0
        self.guids: set[str] = set()
        self.twice = 0

    def told(self) -> list[str]:
        told = [f"{count} × {name} were not read" for name, count in sorted(self.left.items())]
        if self.nameless:
            told.append(f"{self.nameless} codes or sets without a name were not read")
        if self.colours:
            told.append(f"{self.colours} colours are no #RRGGBB and were not read")
        if self.twice:
            told.append(f"{self.twice} codes have a GUID that another has too, or none; they are known by name")
        return told

    def codes(self, parent: _Element, depth: int) -> tuple[Code, ...]:
        if depth > DEEPEST:
            raise UnreadableExchange(self.file, f"codes stand more than {DEEPEST} deep")
        found = []
        for element in _elements(parent):
            if _local(element) == "Description" and depth > 1:
                continue
            if _local(element) != "Code":
                self.left[_local(element)] += 1
                continue
            name = self.name(element)
            if not name:
                self.nameless += 1
                continue
            # Before those below it: of two that are the same, the one above keeps it.
            guid = self.guid(element)
            found.append(
                Code(
                    id="",
                    name=name,
                    codable=str(element.get("isCodable", "true")).strip().casefold() not in ("false", "0"),
                    colour=self.colour(element),
                    definition=self.description(element),
                    children=self.codes(element, depth + 1),
                    guid=guid,
                )
            )
        return tuple(found)

    def sets(self, parent: _Element) -> tuple[CodeSet, ...]:
        found = []
        for element in _elements(parent):
            name = self.name(element)
            if _local(element) != "Set" or not name:
                self.nameless += 1
                continue
            # In projects the attribute has another name; some programs write it here too.
            references: list[Any] = [
                member.get("guid") or member.get("targetGUID") or ""
                for member in _elements(element)
                if _local(member) == "MemberCode"
            ]
            members = tuple(_folded(reference) for reference in references)
            found.append(CodeSet(name, self.description(element), members, self.guid(element)))
        return tuple(found)

    def name(self, element: _Element) -> str:
        return " ".join(normalise(str(element.get("name") or ""))[0].split())

    def description(self, element: _Element) -> str:
        found = next((child for child in _elements(element) if _local(child) == "Description"), None)
        return normalise("".join(map(str, found.itertext())))[0].strip() if found is not None else ""

    def colour(self, element: _Element) -> str:
        colour = str(element.get("color") or "").strip()
        if colour and not _COLOUR.match(colour):
            self.colours += 1
            return ""
        return colour

    def guid(self, element: _Element) -> str:
        guid = _folded(str(element.get("guid") or ""))
        if not guid or guid in self.guids:
            self.twice += 1
            return ""
        self.guids.add(guid)
        return guid


def _folded(guid: str) -> str:
    """Return a guid as it is compared: capitals, no braces; "" where it is none."""
    match = _GUID.match(guid.strip())
    return match.group(1).upper() if match else ""
