"""What waits to be decided, as tables for the researcher's own screen."""

from __future__ import annotations

from collections.abc import Sequence

from qualkit.anonymisation.candidates import Candidate
from qualkit.identity import CLASSES, TYPES, Identities
from qualkit.table import Column, Table

SECONDS = 8
"""What a decision takes, by rule of thumb."""


def queue_table(found: Sequence[Candidate], identities: Identities) -> Table:
    """Return how much waits, by class and type, and how long it may take."""
    rows = []
    for cls in CLASSES:
        for kind in TYPES:
            alike = [one for one in found if one.cls == cls and one.type == kind]
            if alike:
                transcripts = {span.transcript for one in alike for span in one.spans if "/" not in span.transcript}
                rows.append((cls, kind, len(alike), sum(one.count for one in alike), len(transcripts)))
    columns = (
        Column("class", "Class", groups=True),
        Column("type", "Taken for"),
        Column("forms", "Words that wait", "count"),
        Column("places", "Places", "count"),
        Column("transcripts", "Transcripts", "count"),
    )
    minutes = max(1, round(len(found) * SECONDS / 60))
    decided = sum(one.decided for one in identities.identities)
    notes = [f"Decided so far: {decided} identities, {len(identities.passed)} words let through."]
    if found:
        waiting = "1 decision waits" if len(found) == 1 else f"{len(found)} decisions wait"
        notes.append(f"{waiting}: about {minutes} minute{'' if minutes == 1 else 's'}.")
    return Table("anonymise", "What waits to be decided", columns, tuple(rows), tuple(notes))


def words_table(found: Sequence[Candidate]) -> Table:
    """Return the words that wait, the most dangerous first."""
    columns = (
        Column("form", "Words"),
        Column("forms", "Also"),
        Column("type", "Taken for"),
        Column("class", "Class"),
        Column("proposed", "Proposed"),
        Column("places", "Places", "count"),
        Column("transcripts", "Transcripts", "count"),
        Column("participants", "Said by"),
        Column("detectors", "Seen by"),
        Column("first", "First place"),
    )
    rows = tuple(
        (
            one.form,
            ", ".join(form for form in one.forms if form != one.form),
            one.type,
            one.cls,
            one.proposed or "",
            one.count,
            one.transcripts,
            ", ".join(one.participants),
            ", ".join(one.detectors),
            str(one.spans[0]),
        )
        for one in found
    )
    return Table("anonymise-words", "Words that wait to be decided", columns, rows)
