"""Comments in Word files that were handed on and came back become memos, on the words as they stand in the study."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from qualkit import study as studies
from qualkit.anonymisation.redactor import Register
from qualkit.coding.anchoring import reanchor
from qualkit.errors import FaultyFiles, Problem, QualkitError
from qualkit.material import Material
from qualkit.model import Coding, Decision, Memo, Study
from qualkit.outgoing import Outgoing, outgoing
from qualkit.rewriting import Rewritten
from qualkit.shared_word import remarks_on
from qualkit.text import slug
from qualkit.transcripts.raw import UnreadableOriginal
from qualkit.transcripts.reading import Imported, read_original

_ENOUGH = 0.4
_SECTION = re.compile(r"(?m)^(?=## )")


class OfNoTranscript(QualkitError):
    """A file with comments is not one of the study's transcripts."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"{path.name}: no transcript of this study has these words",
            "Name the transcript with --transcript ID. Nothing was changed.",
        )


@dataclass(frozen=True, slots=True)
class CommentsRead:
    """What reading one file's comments gave.

    Attributes:
        transcript: Its id in the study.
        file: The name of the file.
        new: Comments that became memos.
        known: Comments that were read before.
        codes: Comments that are the codes that were handed on.
        lost: Of the new ones, those whose words were not found again.
        memo: The memo's path relative to the study; "" where nothing is new.
    """

    transcript: str
    file: str
    new: int
    known: int
    codes: int
    lost: int
    memo: str


def read_comments(
    material: Material, paths: Sequence[Path], register: Register, *, who: str, transcript: str | None = None
) -> list[CommentsRead]:
    """Read the comments of files that were handed on, as `share --word` writes them, and keep them as memos.

    Every comment comes to stand on the words of the transcript as they are in the study. What is a code that was
    handed on, unchanged, is no comment; a comment that was read before is not kept twice; one whose words are not
    there any more is kept with those it stood on.

    Args:
        material: Of the study.
        paths: Of the files, which are not changed.
        register: What was printed instead of names.
        who: For the trail.
        transcript: Which one the file is of; None: the one that has its words.

    Raises:
        FaultyFiles: If a file cannot be read; nothing was changed.
        NoTranscript: If the one named is not there.
        OfNoTranscript: If no transcript has the words of a file.
    """
    going = outgoing(material, register)
    found: list[tuple[Path, Rewritten, str, tuple[Imported, ...]]] = []
    for path in paths:
        read = _read(path, going, material)
        one = _named(transcript, going) if transcript else _same_words(path, read[0], going)
        found.append((path, one, *read))
    everything = outgoing(material, register, with_proposals=True)
    told = []
    for path, one, text, imported in found:
        remarks = remarks_on(one, material, everything, register)
        codes = {(slug(remark.author), _flat(remark.text)) for remark in remarks}
        told.append(_keep(material.study, path, one, text, imported, codes, who))
    return told


def _read(path: Path, going: Outgoing, material: Material) -> tuple[str, tuple[Imported, ...]]:
    labels = frozenset(s.label for one in going.transcripts.values() for s in one.transcript.speakers)
    asking = [s.label for one in going.transcripts.values() for s in one.transcript.speakers if s.role == "interviewer"]
    try:
        reading = read_original(
            path,
            transcript_id=path.stem,
            participants=labels,
            interviewers=asking,
            default_language=material.study.settings.language,
        )
    except UnreadableOriginal as error:
        problem = Problem(path.name, None, None, "comments", str(error), error.hint)
        raise FaultyFiles([problem], "nothing was read") from error
    return reading.transcript.text, reading.imported


def _named(name: str, going: Outgoing) -> Rewritten:
    """Return the transcript somebody named, by its id here or by the one it was handed on under."""
    for known, one in going.transcripts.items():
        if name in (known, one.transcript.id):
            return one
    raise studies.NoTranscript(name, list(going.transcripts))


def _same_words(path: Path, text: str, going: Outgoing) -> Rewritten:
    """Return the transcript that has most of a file's words, three at a time.

    Raises:
        OfNoTranscript: If none has enough of them.
    """
    runs = _runs(text)
    alike = {name: len(runs & _runs(one.transcript.text)) for name, one in going.transcripts.items()}
    best = max(alike, key=lambda name: alike[name], default="")
    if not runs or not best or alike[best] < _ENOUGH * len(runs):
        raise OfNoTranscript(path)
    return going.transcripts[best]


def _runs(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", text.casefold())
    return set(zip(words, words[1:], words[2:], strict=False))


def _flat(text: str) -> str:
    return " ".join(text.split()).casefold()


def _keep(
    study: Study,
    path: Path,
    one: Rewritten,
    text: str,
    imported: Sequence[Imported],
    codes: set[tuple[str, str]],
    who: str,
) -> CommentsRead:
    """Write a file's comments to the memo of its transcript."""
    record = one.before
    name = f"comments-{record.id}"
    file = study.root / "memos" / f"{name}.md"
    before = file.read_text(encoding="utf-8") if file.is_file() else ""
    kept = set(map(_without_place, _SECTION.split(before)[1:]))
    own = [item for item in imported if item.memo.unit and item.memo.unit.text]
    mine = [item for item in own if item.kind != "comment" or not _is_code(item.memo, codes)]
    sections = []
    lost = 0
    for item, place in zip(mine, _places(mine, text, one), strict=True):
        section = _section(item, record.id, record.text, place)
        if _without_place(section) in kept:
            continue
        kept.add(_without_place(section))
        sections.append(section)
        lost += place is None
    if sections:
        head = "" if before else f"# Comments on {record.id}\n\norigin: import:word\n"
        studies.save_memo(study, name, head + "".join(f"\n{section}" for section in sections))
        after = {"comments": len(sections), "not found": lost}
        studies.append_decision(study, Decision(studies.now(), who, "comments", record.id, None, after))
    told = studies.relative(study, file) if sections else ""
    counts = len(sections), len(mine) - len(sections), len(own) - len(mine), lost
    return CommentsRead(record.id, path.name, *counts, told)


def _is_code(memo: Memo, codes: set[tuple[str, str]]) -> bool:
    return (slug(memo.author), _flat(memo.text)) in codes


def _places(items: Sequence[Imported], text: str, one: Rewritten) -> list[tuple[int, int] | None]:
    """Return where each comment's words stand in the study; None where they are not found, or found twice."""
    units = [item.memo.unit for item in items if item.memo.unit]
    marks = [Coding(str(number), unit, "", "", "accepted", "import:word", "") for number, unit in enumerate(units)]
    found: list[tuple[int, int] | None] = []
    for again in reanchor(marks, text, one.transcript.text):
        span = again.after.unit.span if again.after is not None else None
        found.append(one.place_before(span.start, span.end) if span is not None else None)
    return found


def _section(item: Imported, transcript: str, text: str, place: tuple[int, int] | None) -> str:
    """Return what is written of one comment: where, by whom and when, the words it is about, and what it says."""
    memo = item.memo
    about = f"comment by {memo.author or 'unknown'}" if item.kind == "comment" else f"highlighted in {memo.text}"
    words = text[place[0] : place[1]] if place else memo.unit.text if memo.unit else ""
    quoted = "".join(f"> {line}\n" for line in words.split("\n"))
    where = f"{transcript}:{place[0]}-{place[1]}" if place else transcript
    note = "" if place else "The words it was about were not found again in the transcript; they were:\n\n"
    said = f"\n{memo.text}\n" if item.kind == "comment" else ""
    return f"## {where} · {about} · {memo.created or 'undated'}\n\n{note}{quoted}{said}"


def _without_place(section: str) -> str:
    """Return what tells two sections apart wherever their words have come to stand: who, when and what was said."""
    head, _, rest = section.partition("\n")
    said = [line for line in rest.split("\n") if line.strip() and not line.startswith(">")]
    told = head.partition(" · ")[2]
    if told.startswith("highlighted"):
        return f"{told}\n{_flat(rest)}"
    return told + "\n" + "\n".join(line for line in said if not line.startswith("The words it was about were not"))
