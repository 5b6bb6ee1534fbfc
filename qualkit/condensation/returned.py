"""What a working sheet says when it comes back: the condensate that was written, and what became of the rows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qualkit.text import nfc

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FIELD, _UNIT = "qualkit-condensate", "qualkit-unit:"


@dataclass(frozen=True, slots=True)
class Returned:
    """A working sheet as it came back.

    Attributes:
        subgroup: Its id; "" where the field for the condensate is gone.
        condensate: What stands in the field: insertions are in it, deletions are not; "" for nothing.
        units: Coding ids of the rows, in their order; rows whose deletion is tracked are not among them.
        tracked: Whether there are changes nobody has accepted or rejected in Word.
    """

    subgroup: str
    condensate: str
    units: tuple[str, ...]
    tracked: bool


def read_sheet(document: Element) -> Returned:
    """Return what a working sheet's document says.

    Args:
        document: The root of word/document.xml.
    """
    tracked = next(document.iter(f"{_W}ins", f"{_W}del", f"{_W}moveFrom", f"{_W}moveTo"), None) is not None
    units: list[str] = []
    subgroup, condensate = "", ""
    for control in document.iter(f"{_W}sdt"):
        tag, alias = _value(control, "tag"), _value(control, "alias")
        if tag.startswith(_UNIT) and not _deleted(control):
            units.append(tag.removeprefix(_UNIT))
        elif tag == _FIELD:
            subgroup = nfc(alias)
            shown = control.find(f"{_W}sdtPr/{_W}showingPlcHdr") is not None
            condensate = "" if shown else _text(control)
    return Returned(subgroup, condensate, tuple(units), tracked)


def _value(control: Element, name: str) -> str:
    found = control.find(f"{_W}sdtPr/{_W}{name}")
    return "" if found is None else str(found.get(f"{_W}val") or "")


def _deleted(control: Element) -> bool:
    return any(
        above.tag == f"{_W}tr" and above.find(f"{_W}trPr/{_W}del") is not None for above in control.iterancestors()
    )


def _text(control: Element) -> str:
    lines = ["".join(_pieces(paragraph)) for paragraph in control.iter(f"{_W}p")]
    return nfc("\n".join(" ".join(line.split(" ")) for line in lines).strip())


def _pieces(paragraph: Element) -> Iterator[str]:
    gone = {f"{_W}del", f"{_W}moveFrom"}
    for node in paragraph.iter(f"{_W}t", f"{_W}br", f"{_W}tab"):
        if any(above.tag in gone for above in node.iterancestors()):
            continue
        yield (node.text or "") if node.tag == f"{_W}t" else "\n" if node.tag == f"{_W}br" else " "
