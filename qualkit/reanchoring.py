"""Codings follow their words when a transcript was changed, and what cannot be found waits for a person.

A coding's own hash says which text its place counts in. Whatever is not yet on the text of today is moved,
file by file; the hash in the transcript's header is brought up to date last. So a run that broke off is
finished by the next one, and a second run changes nothing.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType

from qualkit import register
from qualkit import study as studies
from qualkit.adding import READ_BEFORE, keep_marks
from qualkit.coding.anchored import Reanchored, looked_at
from qualkit.coding.anchoring import reanchor
from qualkit.coding.seeking import reanchor_by_words
from qualkit.errors import FaultyFiles, QualkitError
from qualkit.memo_places import follow_memo
from qualkit.model import RULES_CODER, WAITING, Anchor, Coding, Decision, Study, Transcript
from qualkit.place_following import PlaceMoved
from qualkit.text import nfc
from qualkit.transcripts.reading import Imported, read_original
from qualkit.transcripts.tidying import TIDIED
from qualkit.turn_times import following

ANCHORS: tuple[Anchor, ...] = ("kept", "moved", "words-changed", "ambiguous", "lost")


class NamesWouldComeBack(QualkitError):
    """An original would be read again as it is, in a study whose transcripts never held its names."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"{name} was not read again: in this study names are replaced before a transcript is written",
            "Correct the transcript in transcripts/ by hand; qualkit anchor moves its codings along.",
        )


class NotReadBefore(QualkitError):
    """An original is to be read again from which no transcript came."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"no transcript of this study was read from {name}",
            "If it is a new version under another name, say of which: --transcript ID. A new original is added "
            "without --again.",
        )


@dataclass(frozen=True, slots=True)
class Moved:
    """What became of one coder's codings of one transcript.

    Attributes:
        written: Whether the file was changed.
        by_words: How many were looked for by their words alone, since the text they were made on was not kept.
    """

    transcript: str
    coder: str
    results: tuple[Reanchored, ...]
    written: bool
    by_words: int = 0

    def count(self, anchor: Anchor) -> int:
        """Return how many ended so."""
        return sum(result.anchor == anchor for result in self.results)


@dataclass(frozen=True, slots=True)
class Places:
    """What became of the places of the register, which decisions were made about alone.

    Attributes:
        moved: Of transcripts that were changed.
        locked: Whether the register is sealed and could not be opened: they follow when it is opened next.
    """

    moved: tuple[PlaceMoved, ...] = ()
    locked: bool = False

    @property
    def asked(self) -> tuple[PlaceMoved, ...]:
        """Those whose words are asked about again."""
        return tuple(one for one in self.moved if one.after is None)

    def count(self, anchor: Anchor) -> int:
        """Return how many ended so."""
        return sum(one.anchor == anchor for one in self.moved)


@dataclass(frozen=True, slots=True)
class Again:
    """What reading an original again gave.

    Attributes:
        changed: Whether the text is another one now.
        edited: Whether somebody had edited the transcript's text by hand; those edits are in `history/` alone.
        marks: Comments and highlighting that were not there before.
        places: What became of the places of the register.
    """

    transcript: str
    changed: bool
    edited: bool
    moved: tuple[Moved, ...] = ()
    marks: int = 0
    places: Places | None = None


def follow_register(
    study: Study, who: str, transcripts: Iterable[str] | None = None, *, dry_run: bool = False
) -> Places:
    """Move the places of the register along with changed transcripts; before their codings, and their headers.

    Args:
        study: Must be locked by the caller's process or written to by nobody else.
        who: For the trail.
        transcripts: Ids of those that may have been changed; all by default.
        dry_run: Tell what would happen; write nothing.
    """
    if not register.has_register(study):
        return Places()
    if register.is_sealed(study) and not _any_changed(study, transcripts):
        return Places()
    try:
        return Places(register.follow_places(study, who, dry_run=dry_run).moved)
    except (register.NoPassphrase, register.WrongPassphrase):
        return Places(locked=True)


def _any_changed(study: Study, transcripts: Iterable[str] | None) -> bool:
    for name in studies.transcript_ids(study) if transcripts is None else transcripts:
        _, faults = studies.transcript_or_problems(study, name)
        if any(fault.check == "changed-transcript" for fault in faults):
            return True
    return False


def reanchor_study(
    study: Study, who: str, transcripts: Iterable[str] | None = None, *, dry_run: bool = False
) -> list[Moved]:
    """Move the codings of changed transcripts along with their words.

    Args:
        study: Must be locked by the caller's process or written to by nobody else.
        who: For the trail.
        transcripts: Ids; all by default.
        dry_run: Tell what would happen; write nothing.

    Returns:
        One record for every file with codings that were not on the text of today; those of the rules too.
    """
    out: list[Moved] = []
    for name in studies.transcript_ids(study) if transcripts is None else transcripts:
        record, faults = studies.transcript_or_problems(study, name)
        if record is None:
            continue
        stale = _stale(study, record)
        if stale and not dry_run:
            # Before any line says that it counts in this text.
            studies.keep_text(study, record)
        results = reanchored(study, record, [coding for _, codings in stale for coding in codings])
        for coder, codings in stale:
            mine = [results.pop(0) for _ in codings]
            written = not dry_run and _write(study, who, record, coder, [result for result, _ in mine])
            moved = tuple(result for result, _ in mine)
            out.append(Moved(record.id, coder, moved, written, sum(by_words for _, by_words in mine)))
        if not dry_run and any(fault.check == "changed-transcript" for fault in faults):
            studies.keep_text(study, record)
            follow_memo(study, record, studies.read_header(study, record.id)[1])
            studies.save_header(study, following(study, record))
    return out


_WAITS = re.compile(rb'"anchor":\s*"(?:ambiguous|lost)"')


def _stale(study: Study, record: Transcript) -> list[tuple[str, list[Coding]]]:
    """Return, by coder, the codings of a transcript that are not on its text of today."""
    out = []
    for coder, _, path in studies.coding_files(study, record.id):
        data = path.read_bytes()
        here = data.count(b'"text_sha256":"' + record.sha256.encode() + b'"')
        if here == data.count(b"\n") and not _WAITS.search(data):
            # The usual case, without reading a line.
            continue
        codings, _ = studies.read_codings(study, coder, record.id)
        found = [coding for coding in codings if not _current(coding, record)]
        if found:
            out.append((coder, found))
    return out


def _current(coding: Coding, record: Transcript) -> bool:
    if coding.anchor in WAITING:
        # Found again where its own text was put back.
        return False
    if coding.text_sha256:
        return coding.text_sha256 == record.sha256
    # A line without a hash, written by hand or by another program, is on any text that holds its words.
    span = coding.unit.span
    return record.text[span.start : span.end] == coding.unit.text


def reanchored(study: Study, record: Transcript, codings: Sequence[Coding]) -> list[tuple[Reanchored, bool]]:
    """Re-anchor codings in their order, each group of one earlier text at once; say which went by words alone."""
    groups: dict[str, list[int]] = {}
    for number, coding in enumerate(codings):
        groups.setdefault(coding.text_sha256, []).append(number)
    out: dict[int, tuple[Reanchored, bool]] = {}
    for sha256, numbers in groups.items():
        own = [codings[number] for number in numbers]
        old = studies.old_text(study, record.id, sha256)
        results = reanchor_by_words(own, record.text) if old is None else reanchor(own, old, record.text)
        out.update({number: (result, old is None) for number, result in zip(numbers, results, strict=True)})
    return [out[number] for number in range(len(codings))]


def _write(study: Study, who: str, record: Transcript, coder: str, results: Sequence[Reanchored]) -> bool:
    """Write one coder's file, and a line of the trail before it."""
    before, _ = studies.read_codings(study, coder, record.id)
    lines = {result.before.id: result.line for result in results}
    if coder == RULES_CODER:
        # Nobody has decided on the words before: whoever decides sees those of today.
        lines = {name: looked_at(line) if line.anchor == "words-changed" else line for name, line in lines.items()}
    after = [lines.get(coding.id, coding) for coding in before]
    if after == before:
        return False
    counts = Counter(result.anchor for result in results)
    told: dict[str, object] = {"coder": coder, "text_sha256": record.sha256}
    for anchor in ANCHORS:
        if anchor in ("kept", "moved"):
            told[anchor] = counts[anchor]
        elif counts[anchor]:
            told[anchor] = [result.before.id for result in results if result.anchor == anchor]
    if coder == RULES_CODER:
        # Proposals are nobody's decisions; they are made anew.
        return studies.save_codings(study, coder, record.id, after)
    was = {"text_sha256": sorted({result.before.text_sha256 for result in results})}
    studies.append_decision(study, Decision(studies.now(), who, "anchor", f"transcript {record.id}", was, told))
    return studies.save_codings(study, coder, record.id, after)


# --- an original that was read before ---------------------------------------------------------------------


def read_again(
    study: Study,
    path: Path,
    who: str,
    *,
    transcript: str | None = None,
    tidy: Collection[str] | None = None,
    dry_run: bool = False,
) -> Again:
    """Read an original again that was changed since it became a transcript, and move the codings along.

    The earlier text stays in `history/`. What was corrected in the transcript's header (roles, languages,
    participants, kind, title …) is kept; what was corrected in its *text* by hand is not in the original,
    and is told.

    Args:
        study: Must be locked by the caller's process or written to by nobody else.
        path: Of the original.
        who: For the trail.
        transcript: The id, where the new version has another name than the original had.
        tidy: Kinds of clean-up; none takes back what was cleaned up before; None: as before.
        dry_run: Tell what would happen; write nothing.

    Raises:
        NamesWouldComeBack: If names were replaced before the transcript was written.
        NotReadBefore: If no transcript came from this original.
        UnreadableOriginal: If it cannot be read.
        FaultyFiles: If participants.csv or the transcript as it stands has faults.
    """
    if study.settings.key_path:
        raise NamesWouldComeBack(path.name)
    source = nfc(studies.relative(study, path))
    records, _ = studies.read_transcripts(study)
    if transcript is not None:
        before, _ = studies.read_transcript(study, transcript)
    else:
        from_here = next((record for record in records if record.source == source), None)
        if from_here is None:
            raise NotReadBefore(path.name)
        before = from_here
    people, faults = studies.read_participants(study)
    if any(fault.severity == "error" for fault in faults):
        raise FaultyFiles(faults, f"{faults[0].file} has faults; nothing was done")
    labels = frozenset(label.rpartition("/")[2] for person in people for label in (person.id, *person.labels))
    reading = read_original(
        path,
        transcript_id=before.id,
        source=source,
        participants=labels,
        default_language=study.settings.language,
        kind=before.kind,
        interviewers=study.settings.interviewers,
        tidy=before.extra.get(TIDIED, "").replace(",", " ").split() if tidy is None else tidy,
    )
    after = _with_header_of(before, reading.transcript)
    edited = _edited_by_hand(study, before)
    if dry_run:
        return Again(before.id, before.sha256 != after.sha256, edited)
    told = {"source": source, "text_sha256": after.sha256, "edited_by_hand": edited}
    was = {"source": before.source, "text_sha256": before.sha256}
    studies.append_decision(study, Decision(studies.now(), who, "add-again", before.id, was, told))
    # While the header still says in which text the places count.
    follow_memo(study, after, studies.read_header(study, before.id)[1])
    studies.save_transcript(study, after)
    places = follow_register(study, who)
    moved = reanchor_study(study, who, [before.id])
    codebook, _ = studies.read_codebook(study)
    marks = [item for item in reading.imported if not _known_mark(study, after, item)]
    keep_marks(study, codebook, after, marks)
    return Again(before.id, before.sha256 != after.sha256, edited, tuple(moved), len(marks), places)


def _with_header_of(before: Transcript, after: Transcript) -> Transcript:
    """Return the new text under the header that a person may have corrected."""
    corrected = {speaker.label: speaker for speaker in before.speakers}
    return replace(
        after,
        speakers=tuple(corrected.get(speaker.label, speaker) for speaker in after.speakers),
        language=before.language,
        kind=before.kind,
        may_quote=before.may_quote,
        title=before.title or after.title,
        date=before.date or after.date,
        publisher=before.publisher or after.publisher,
        extra=_extra(before, after),
    )


def _extra(before: Transcript, after: Transcript) -> Mapping[str, str]:
    """Return the header's further keys, with the clean-up, and the hash of the original read before: it is not new."""
    known = dict.fromkeys([*before.extra.get(READ_BEFORE, "").split(), before.source_sha256])
    hashes = " ".join(sha256 for sha256 in known if sha256 and sha256 != after.source_sha256)
    others = {key: value for key, value in before.extra.items() if key not in (READ_BEFORE, TIDIED)}
    now = {READ_BEFORE: hashes, TIDIED: after.extra.get(TIDIED, "")}
    return MappingProxyType({**others, **{key: value for key, value in now.items() if value}})


def _edited_by_hand(study: Study, record: Transcript) -> bool:
    """Return whether a transcript's text is another one than it had when its original was read."""
    trail, _ = studies.read_trail(study)
    edits = [entry for entry in trail if entry.what == "anchor" and entry.object == f"transcript {record.id}"]
    reads = [entry for entry in trail if entry.what in ("add", "add-again") and entry.object == record.id]
    _, faults = studies.transcript_or_problems(study, record.id)
    if any(fault.check == "changed-transcript" for fault in faults):
        return True
    read = reads[-1].after.get("text_sha256") if reads and isinstance(reads[-1].after, dict) else None
    return record.sha256 != read if read else bool(edits)


def _known_mark(study: Study, record: Transcript, item: Imported) -> bool:
    """Return whether a comment or highlighting was kept when the original was read before."""
    unit = item.memo.unit
    if unit is None:
        return True
    for coder in studies.coders(study):
        for coding in studies.read_codings(study, coder, record.id)[0]:
            if coding.origin == "import:word" and coding.unit.span == unit.span:
                return True
    memo = studies.memo_path(study, f"word-{record.id}")
    quoted = "".join(f"> {line}\n" for line in unit.text.split("\n"))
    return memo.is_file() and quoted.encode() in memo.read_bytes()
