"""A first participants.csv, drafted from the labels of transcripts, for the researcher to correct."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Collection, Sequence

from qualkit import disk
from qualkit import study as studies
from qualkit.adding import Added
from qualkit.language.labels import may_be_a_name
from qualkit.model import Decision, Study
from qualkit.text import sha256_hex

COLUMNS = ("id", "labels", "role", "may_quote", "notes")


def draft_rows(added: Sequence[Added], taken: Collection[str] = ()) -> list[tuple[str, str]]:
    """Return id and label for each participant's label in each transcript.

    A label that says a part, as *K1*, becomes the id where one transcript alone uses it. A label that may
    be a name is never printed: its owner gets a number.

    Args:
        added: Originals that were read.
        taken: Ids that are in use.

    Returns:
        Labels are written as "TRANSCRIPT/LABEL": the same label elsewhere may be somebody else.
    """
    people = [(told.transcript, label) for told in added for label in told.people]
    used = Counter(label.casefold() for _, label in people)
    ids = {identifier.casefold() for identifier in taken}
    rows = []
    number = 1
    for transcript, label in people:
        identifier = label
        if used[label.casefold()] > 1 or may_be_a_name(label) or label.casefold() in ids:
            while f"p{number}" in ids or f"p{number}" in used:
                number += 1
            identifier = f"P{number}"
        ids.add(identifier.casefold())
        rows.append((identifier, f"{transcript}/{label}"))
    return rows


def ensure_participants(study: Study, added: Sequence[Added], who: str) -> bool:
    """Draft participants.csv where nobody is listed yet, and go on with a draft that nobody has edited.

    Returns:
        Whether the file was written.
    """
    path = studies.participants_path(study)
    before = path.read_bytes() if path else b""
    listed, _ = studies.read_participants(study)
    drafted = bool(before) and sha256_hex(before) in _drafts(study)
    rows = draft_rows(added, [person.id for person in listed])
    if not rows or (listed and not drafted) or (path is not None and path.suffix != ".csv"):
        return False
    text = io.StringIO(newline="")
    table = csv.writer(text, delimiter=";", lineterminator="\n")
    if not listed:
        table.writerow(COLUMNS)
    table.writerows((identifier, label, "", "", "") for identifier, label in rows)
    # Excel takes a file without the mark for Windows-1252 and spoils æøå.
    data = before + text.getvalue().encode() if listed else text.getvalue().encode("utf-8-sig")
    disk.write_atomically(study.root / "participants.csv", data)
    after = {"participants": sha256_hex(data)}
    studies.append_decision(study, Decision(studies.now(), who, "draft", "participants.csv", None, after))
    return True


def _drafts(study: Study) -> set[str]:
    trail, _ = studies.read_trail(study)
    return {str(d.after["participants"]) for d in trail if d.what == "draft" and isinstance(d.after, dict)}
