"""Notes on a passage that has no code, in `memos/word-ID.md`, where places follow an edited transcript.

A section begins with its place and quotes its words, as those of an original's own comments do: see `memo_places`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from qualkit import study as studies
from qualkit.marking import OutsideText
from qualkit.model import Decision, Study, Transcript
from qualkit.text import nfc, normalise, trimmed

_SECTION = re.compile(
    r"(?m)^## (?P<id>.+?):(?P<start>\d+)-(?P<end>\d+)(?P<lost> · lost)?(?: · words changed)? · (?P<about>[^\n]*)\n"
    r"\s*(?:^>[^\n]*\n)*(?P<text>(?:(?!^#{1,2} ).*\n?)*)"
)
_HEADING = re.compile(r"(?m)^(?=#)")


@dataclass(frozen=True, slots=True)
class PassageNote:
    """What somebody wrote beside a passage.

    Attributes:
        start: First code point.
        end: One past the last.
        about: Who and when: "note by kari · 2026-03-01".
        text: As written.
    """

    start: int
    end: int
    about: str
    text: str


def note_passage(study: Study, who: str, record: Transcript, start: int, end: int, text: str) -> None:
    """Write a note beside a passage; the trail is told that, not what.

    Args:
        study: Must be written to by nobody else meanwhile.
        who: Writes it.
        record: The transcript as it stands now.
        start: First code point of the passage.
        end: One past its last.
        text: Of the note.

    Raises:
        OutsideText: If there are no words between start and end, or the note has none.
    """
    start, end = trimmed(record.text, start, end) if 0 <= start < end <= len(record.text) else (0, 0)
    said = normalise(text)[0].strip()
    if start >= end or not said:
        raise OutsideText(record.id)
    place = f"{record.id}:{start}-{end}"
    when = studies.now()
    quoted = "".join(f"> {line}\n" for line in record.text[start:end].split("\n"))
    # A line that would begin a section of its own is kept from it.
    written = _HEADING.sub(r"\\", said)
    name = f"word-{record.id}"
    head = "" if studies.memo_path(study, name).is_file() else f"# Notes on {record.id}\n"
    studies.append_decision(study, Decision(when, who, "note", record.id, None, {"place": place}))
    studies.keep_text(study, record)
    studies.save_memo(study, name, f"{head}\n## {place} · note by {who} · {when}\n\n{quoted}\n{written}\n")


def passage_notes(study: Study, record: Transcript) -> list[PassageNote]:
    """Return the notes and comments beside passages of a transcript, in the order of the text.

    Those whose words were not found again, and what was only highlighted, are left out.
    """
    path = studies.memo_path(study, f"word-{record.id}")
    if not path.is_file():
        return []
    memo = path.read_bytes().decode("utf-8", "replace").replace("\r\n", "\n")
    found = []
    for section in _SECTION.finditer(memo):
        start, end = int(section["start"]), int(section["end"])
        text = re.sub(r"(?m)^\\(?=#)", "", section["text"]).strip()
        if text and not section["lost"] and nfc(section["id"]) == nfc(record.id) and start < end <= len(record.text):
            found.append(PassageNote(start, end, section["about"], text))
    return sorted(found, key=lambda note: (note.start, note.end))
