"""How much there is to draw on a page of a PDF, before anything is drawn: a form may draw others many times over."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pypdf import PageObject

_DRAWS = re.compile(rb"/([^\s/<>\[\](){}%]+)\s+Do\b")
_ESCAPED = re.compile(r"#([0-9a-fA-F]{2})")
_ENDLESS = float("inf")


def drawn(page: PageObject, sizes: dict[int, float]) -> float:
    """Return how many bytes of drawing a page makes, those of forms as often as they are drawn.

    Args:
        page: Of a file that may be built to exhaust time and memory.
        sizes: Of forms by their number in the file; kept between pages.
    """
    contents = page.get_contents()
    return 0 if contents is None else _size(contents.get_data(), page.get("/Resources"), sizes)


def _size(content: bytes, resources: Any, sizes: dict[int, float]) -> float:
    total: float = len(content)
    names = Counter(_DRAWS.findall(content))
    if not names or resources is None:
        return total
    forms = resources.get_object().get("/XObject")
    for raw, times in names.items() if forms is not None else ():
        name = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), raw.decode("latin-1"))
        form = forms.get_object().get(f"/{name}")
        form = None if form is None else form.get_object()
        if form is not None and form.get("/Subtype") == "/Form":
            total += times * _form(form, resources, sizes)
    return total


def _form(form: Any, resources: Any, sizes: dict[int, float]) -> float:
    number = getattr(form.indirect_reference, "idnum", id(form))
    if number not in sizes:
        # A form that draws itself has no end.
        sizes[number] = _ENDLESS
        sizes[number] = 1 + _size(form.get_data(), form.get("/Resources", resources), sizes)
    return sizes[number]
