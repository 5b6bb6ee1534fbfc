"""What a board rests on, read again only where a file of it was changed."""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qualkit import study as studies
from qualkit.linenumbers import line_at
from qualkit.material import Material, load_material, stands
from qualkit.model import Extract, Study
from qualkit.text import sha256_hex
from qualkit.workbench.desk import version_of

if TYPE_CHECKING:
    from qualkit.workbench.desk import Desk

_KEPT = 2
_lock = threading.Lock()
_shelves: OrderedDict[Path, Shelf] = OrderedDict()


@dataclass(frozen=True, slots=True)
class Shelf:
    """A study's material, and the versions of the files it was read from."""

    seen: str
    material: Material


def seen(study: Study) -> str:
    """Return what changes when any file is written that a board shows something of."""
    names = ("study.yaml", "codebook.yaml", "themes.yaml", "condensates.yaml", "condensed.yaml")
    paths = [study.root / name for name in names]
    people = studies.participants_path(study)
    paths += [people] if people is not None else []
    paths += [studies.transcript_path(study, name) for name in studies.transcript_ids(study)]
    paths += [path for _, _, path in studies.coding_files(study)]
    return sha256_hex(" ".join(f"{path.name} {version_of(path)}" for path in paths))[:24]


def material_of(study: Study) -> Material:
    """Return everything an analysis needs of the study, as its files are now."""
    with _lock:
        now = seen(study)
        known = _shelves.get(study.root)
        if known is None or known.seen != now:
            known = Shelf(now, load_material(study))
            _shelves[study.root] = known
        _shelves.move_to_end(study.root)
        while len(_shelves) > _KEPT:
            _shelves.popitem(last=False)
        return known.material


def unit_json(desk: Desk, material: Material, extract: Extract) -> dict[str, Any]:
    """Return a meaning unit as a card shows it: its words, whose they are, and where they stand."""
    coding = extract.coding
    span = coding.unit.span
    record = material.transcripts.get(span.transcript)
    whole = record is not None and stands(coding, record)
    lines = desk.laid(material.study, span.transcript).lines if whole else []
    barred = {person.id for person in material.participants if not person.may_quote}
    return {
        "id": coding.id,
        "code": coding.code,
        "coder": coding.coder,
        "words": coding.unit.text,
        "participant": extract.participant,
        "transcript": span.transcript,
        "start": span.start,
        "end": span.end,
        "lines": [line_at(lines, span.start), line_at(lines, span.end - 1)],
        "adrift": not whole,
        "memo": coding.memo,
        "mayQuote": extract.participant not in barred and (record is None or record.may_quote),
    }
