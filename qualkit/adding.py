"""New originals become transcripts of a study. Originals are read and never written to."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Literal

from qualkit import disk
from qualkit import study as studies
from qualkit.coding.codings import unit_at
from qualkit.engine import over_chunks
from qualkit.erasure import withdrawn_originals
from qualkit.errors import FaultyFiles, Problem
from qualkit.language.labels import may_be_a_name
from qualkit.language.words import count_words
from qualkit.material import unknown_speakers
from qualkit.model import SPOKEN, Codebook, Coding, Decision, Declared, Kind, Participant, Study, Transcript
from qualkit.originals import CHECK, reason
from qualkit.settings import declared_for
from qualkit.text import sha256_hex, slug, transcript_id
from qualkit.transcripts.formats import format_of
from qualkit.transcripts.participants import People, index_people
from qualkit.transcripts.raw import Doubt, UnreadableOriginal
from qualkit.transcripts.reading import Imported, Reading, read_original
from qualkit.transcripts.sorting import kind_by_name
from qualkit.transcripts.tidying import Removed

READ_BEFORE = "read_before"
"""Header key: hashes of earlier versions of a transcript's original."""

_WORD = re.compile(r"[^\W\d_]+")
_KIND_NAMES = {"notes": "notes of an interview", "field-note": "a field note", "minutes": "minutes"}
# What Whisper and its kin write of one recording, by how much it tells of who speaks and when.
_OF_RECOGNISERS = (".json", ".vtt", ".srt", ".tsv", ".txt")


@dataclass(frozen=True, slots=True)
class Added:
    """What is told of one original that was read.

    Attributes:
        words: As they are indexed, speaker labels included.
        people: Labels of participants.
        unknown: How many of them are in no participants.csv.
        comments: Word comments and highlighting that became memos or codings.
        doubts: What a person should look at in it.
    """

    transcript: str
    source: str
    kind: Kind
    words: int
    turns: int
    speakers: int
    language: str
    unlabelled: bool
    people: tuple[str, ...]
    unknown: int
    comments: int
    decided: tuple[str, ...]
    doubts: tuple[Doubt, ...] = ()


@dataclass(frozen=True, slots=True)
class AddReport:
    """What adding originals gave.

    Attributes:
        skipped: File and reason, for files that were left alone.
        problems: Files that could not be read, and what is doubtful in those that were.
        transcripts: The transcripts themselves, where nothing was to be written.
        removed: By transcript, what clean-up on request took out of it, where nothing was to be written.
    """

    added: tuple[Added, ...] = ()
    skipped: tuple[tuple[str, str], ...] = ()
    problems: tuple[Problem, ...] = ()
    transcripts: tuple[Transcript, ...] = field(default=(), repr=False)
    removed: Mapping[str, tuple[Removed, ...]] = field(default_factory=lambda: MappingProxyType({}), repr=False)


@dataclass(frozen=True, slots=True)
class _Task:
    path: str
    transcript: str
    source: str


def add_originals(
    study: Study,
    paths: Sequence[Path],
    *,
    who: str,
    jobs: int = 1,
    dry_run: bool = False,
    known: Mapping[str, str] | None = None,
    declared: Declared | None = None,
    on_done: Callable[[int], None] = lambda _: None,
    rewrite: Callable[[Reading], Reading] | None = None,
) -> AddReport:
    """Read originals that are new to a study and write their transcripts.

    Args:
        study: Its participants and settings are used.
        paths: Of originals.
        who: For the trail.
        jobs: Processes.
        dry_run: Read everything, write nothing.
        known: Hash by stored path, of originals whose transcripts are there and that are unchanged.
        declared: What is said of all of them, over what study.yaml says.
        on_done: Called with the number of originals read since the last call.
        rewrite: Makes of what was read what is written, as with other words in the place of names: then the trail
            tells nothing of the original. In this process alone. Where study.yaml names a key of pseudonyms, nothing
            is added without it.

    Raises:
        FaultyFiles: If participants.csv has faults; nothing was changed.
        CannotWrite: If the disk is full or read-only; what was added is complete, the rest is read the next time.
    """
    known = known or {}
    paths = [path for path in paths if _stored(study, path) not in known]
    if not paths:
        return AddReport()
    participants, faults = studies.read_participants(study)
    if any(fault.severity == "error" for fault in faults):
        # They say which labels are participants'.
        raise FaultyFiles(faults, f"{faults[0].file} has faults; nothing was done")
    codebook, _ = studies.read_codebook(study)
    present, _ = studies.read_transcripts(study)
    tasks, skipped, problems = _plan(study, paths, present)
    if rewrite is None and not dry_run and study.settings.key_path:
        problems += [_with_names(task) for task in tasks]
        tasks = []
    said = (*study.settings.sources, *([declared] if declared else []))
    read = partial(_read_chunk, study, tuple(participants), codebook, said, "look" if dry_run else "write", rewrite)
    added: list[Added] = []
    transcripts: list[Transcript] = []
    removed: dict[str, tuple[Removed, ...]] = {}
    for size, (readings, faults) in over_chunks(read, tasks, jobs=1 if dry_run or rewrite else jobs):
        problems += faults
        for reading, told in readings:
            added.append(told)
            if reading is not None:
                transcripts.append(reading.transcript)
                removed |= {reading.transcript.id: reading.removed} if reading.removed else {}
        if not dry_run:
            studies.append_decision(study, *(_note(who, told, plain=rewrite is None) for _, told in readings))
        on_done(size)
    return AddReport(tuple(added), tuple(skipped), tuple(problems), tuple(transcripts), removed)


def _stored(study: Study, path: Path) -> str:
    return unicodedata.normalize("NFC", studies.relative(study, path))


def _plan(
    study: Study, paths: Iterable[Path], present: Sequence[Transcript]
) -> tuple[list[_Task], list[tuple[str, str]], list[Problem]]:
    """Give each new original an id; tell of originals that are there already, changed, or in each other's way."""
    withdrawn = withdrawn_originals(study)
    by_content = _by_content(present)
    by_source = {transcript.source: transcript for transcript in present if transcript.source}
    taken = {transcript.id.casefold(): transcript.id for transcript in present}
    skipped: list[tuple[str, str]] = []
    problems: list[Problem] = []
    fresh: list[tuple[Path, str]] = []
    first_with: dict[str, str] = {}
    for path in paths:
        source = _stored(study, path)
        content = _hash(path, source, withdrawn)
        if isinstance(content, Problem):
            problems.append(content)
        elif content in by_content:
            same = by_content[content]
            if same.source != source:
                same_as = "the same file as" if content == same.source_sha256 else "an earlier version of"
                skipped.append((source, f"{same_as} {same.source or 'one read before'}, which is transcript {same.id}"))
        elif source in by_source:
            hint = "The transcript was left as it is. To read the new version: qualkit add --again FILE"
            message = f"the original was changed after it became transcript {by_source[source].id}"
            problems.append(Problem(source, None, None, CHECK, message, hint, "warning"))
        elif content in first_with:
            skipped.append((source, f"the same file as {first_with[content]}"))
        else:
            first_with[content] = source
            fresh.append((path, source))
    wanted: dict[str, list[str]] = {}
    for path, source in fresh:
        wanted.setdefault(transcript_id(path.stem), []).append(source)
    tasks: list[_Task] = []
    for path, source in fresh:
        identifier = transcript_id(path.stem)
        if len(wanted[identifier]) > 1 or taken.get(identifier.casefold()) == identifier:
            rivals = (other for other in wanted[identifier] if other != source)
            rival = next(rivals, f"transcripts/{identifier}.txt")
            message = f"this original and {rival} would both become transcript “{identifier}”"
            problems.append(Problem(source, None, None, CHECK, message, _rename(wanted[identifier])))
            continue
        number = 2
        unique = identifier
        while unique.casefold() in taken:
            unique = f"{identifier}-{number}"
            number += 1
        taken[unique.casefold()] = unique
        tasks.append(_Task(str(path), unique, source))
    return tasks, skipped, problems


def _hash(path: Path, source: str, withdrawn: Collection[str]) -> str | Problem:
    """Return the hash of an original, or why it is left alone."""
    if not _is_text(source):
        shown = source.encode("utf-8", "replace").decode()
        message = "the file's name has letters in an encoding that is not this computer's"
        return Problem(shown, None, None, CHECK, message, "Give the file another name.")
    try:
        content = sha256_hex(path.read_bytes())
    except OSError as error:
        return _unreadable(source, error)
    if content in withdrawn:
        message = "this is the original of somebody who withdrew, or of a study that was closed"
        return Problem(source, None, None, CHECK, message, "It was left alone. Delete it.")
    return content


def _rename(rivals: Sequence[str]) -> str:
    """Say what to do about originals of one name; recognisers write one recording in several formats."""
    if len({Path(rival).suffix.casefold() for rival in rivals} & set(_OF_RECOGNISERS)) < 2:
        return "Rename one of them."
    most = next(suffix for suffix in _OF_RECOGNISERS if any(rival.casefold().endswith(suffix) for rival in rivals))
    return (
        "Rename one of them. If a recogniser wrote them of one recording, leave the one that you corrected, "
        f"or else the {most}, which tells most, and move the others out of the folder."
    )


def _by_content(present: Sequence[Transcript]) -> dict[str, Transcript]:
    """Return transcripts by the hash of their original, and of its earlier versions."""
    found = {sha256: record for record in present for sha256 in record.extra.get(READ_BEFORE, "").split()}
    found.update({record.source_sha256: record for record in present if record.source_sha256})
    return found


def _is_text(name: str) -> bool:
    """Return whether a file's name can be written in UTF-8; names out of old archives may hold stray bytes."""
    return not any("\ud800" <= char <= "\udfff" for char in name)


def _unreadable(source: str, error: OSError) -> Problem:
    message = f"the file cannot be opened: {reason(error)}"
    return Problem(source, None, None, CHECK, message, "Check that you may read it.")


@disk.together()
def _read_chunk(
    study: Study,
    participants: tuple[Participant, ...],
    codebook: Codebook,
    said: Sequence[Declared],
    mode: Literal["write", "look"],
    rewrite: Callable[[Reading], Reading] | None,
    tasks: Sequence[_Task],
) -> tuple[list[tuple[Reading | None, Added]], list[Problem]]:
    """Read some originals and write their transcripts; runs in a process of its own where there are many."""
    labels = frozenset(label.rpartition("/")[2] for person in participants for label in (person.id, *person.labels))
    people = index_people(participants)
    readings: list[tuple[Reading | None, Added]] = []
    problems: list[Problem] = []
    for task in tasks:
        declared = declared_for(task.source, said)
        try:
            reading = read_original(
                Path(task.path),
                transcript_id=task.transcript,
                source=task.source,
                participants=labels,
                language=declared.language,
                default_language=study.settings.language,
                interviewers=study.settings.interviewers,
                tidy=declared.tidy,
                kind=declared.kind or kind_by_name(task.source.rpartition("/")[2]),
            )
        except UnreadableOriginal as error:
            problems.append(_no_transcript(task, error, declared))
            continue
        except OSError as error:
            problems.append(_unreadable(task.source, error))
            continue
        if declared.kind is None and reading.transcript.kind not in SPOKEN:
            by_name = f"taken for {_KIND_NAMES[reading.transcript.kind]} by the file's name"
            reading = replace(reading, decided=(by_name, *reading.decided))
        told_of = {key: value for key in ("title", "date", "publisher") if (value := getattr(declared, key))}
        reading = replace(reading, transcript=replace(reading.transcript, **told_of))
        if rewrite is not None:
            reading = rewrite(reading)
        if mode == "write":
            # The transcript last: once it is there, its original is not read again.
            keep_marks(study, codebook, reading.transcript, reading.imported)
            studies.save_transcript(study, reading.transcript)
        told = _told(reading, people, task.source)
        problems += _doubts(told)
        # Only what is needed travels back between processes.
        readings.append((reading if mode == "look" else None, told))
    return readings, problems


def _with_names(task: _Task) -> Problem:
    """Tell that a file was left alone: in this study names are replaced before anything is written."""
    message = "the file was left alone: in this study names are replaced before a transcript is written"
    hint = "Add it so: qualkit add --pseudonymise FILE. To add files as they are, take key_path out of study.yaml."
    return Problem(task.source, None, None, CHECK, message, hint)


def _no_transcript(task: _Task, error: UnreadableOriginal, declared: Declared) -> Problem:
    """Tell that a file could not be read; of what lay in a folder and may have been something else, in passing."""
    in_passing = not declared.taken and format_of(Path(task.path).suffix).common
    return Problem(task.source, None, None, CHECK, str(error), error.hint, "warning" if in_passing else "error")


def _told(reading: Reading, people: People, source: str) -> Added:
    transcript = reading.transcript
    return Added(
        transcript=transcript.id,
        source=source,
        kind=transcript.kind,
        words=count_words([transcript.text]),
        turns=len(transcript.turns),
        speakers=len(transcript.speakers),
        language=transcript.language,
        unlabelled=reading.unlabelled,
        people=tuple(speaker.label for speaker in transcript.speakers if speaker.role == "participant"),
        unknown=unknown_speakers(transcript, people) if people.ids else 0,
        comments=len(reading.imported),
        decided=reading.decided,
        doubts=reading.doubts,
    )


def _doubts(told: Added) -> list[Problem]:
    doubts = [
        Problem(told.source, None, None, doubt.check, doubt.message, doubt.hint, "warning") for doubt in told.doubts
    ]
    if told.unlabelled and told.kind in SPOKEN:
        hint = (
            "Everything was read as one turn. If several people speak, write “I:”, “K1:” … at the start of their turns."
        )
        doubts.append(Problem(told.source, None, None, "speakers", "no speaker labels were found", hint, "warning"))
    if _names_somebody(told):
        hint = (
            "Tables and data files print the names of transcripts, and are refused while one is a person's. Before you "
            f"code: delete transcripts/{told.transcript}.txt, give the file another name, such as the person's id, and "
            "add it again."
        )
        message = "the file is named after somebody who speaks in it"
        doubts.append(Problem(told.source, None, None, "names", message, hint, "warning"))
    if told.unknown:
        several = "a speaker is" if told.unknown == 1 else f"{told.unknown} speakers are"
        hint = f"Add them to participants.csv; a label in this transcript alone is written {told.transcript}/LABEL."
        doubts.append(
            Problem(told.source, None, None, "speakers", f"{several} in no participants.csv", hint, "warning")
        )
    return doubts


def _names_somebody(told: Added) -> bool:
    """Return whether a transcript's name holds a word of a label that may be a name."""
    names = {word.casefold() for label in told.people if may_be_a_name(label) for word in _WORD.findall(label)}
    return any(len(word) > 1 and word.casefold() in names for word in _WORD.findall(told.transcript))


def _note(who: str, told: Added, *, plain: bool) -> Decision:
    source = told.source if plain else ""
    after = {"source": source, "words": told.words, "turns": told.turns, "decided": list(told.decided)}
    return Decision(studies.now(), who, "add", told.transcript, None, after)


def keep_marks(study: Study, codebook: Codebook, transcript: Transcript, imported: Sequence[Imported]) -> None:
    """Keep comments and highlighting: those that name a code as codings of their author, the rest as memos.

    Doing it twice, after a run that broke off, keeps everything once.
    """
    names = {name.casefold(): code.id for code in codebook.walk() for name in (code.name, code.id)}
    codings: dict[str, list[Coding]] = {}
    memos: list[str] = []
    for number, item in enumerate(imported, 1):
        memo, unit = item.memo, item.memo.unit
        if unit is None:
            continue
        code = names.get(memo.text.strip().lstrip("#").strip().casefold()) if item.kind == "comment" else None
        author = slug(memo.author) or "word"
        if code is not None and unit.text:
            coding = Coding(
                id=f"word-{transcript.sha256[:8]}-{number}",
                unit=unit_at(transcript, unit.span.start, unit.span.end),
                code=code,
                coder=author,
                status="accepted",
                origin="import:word",
                created=memo.created or studies.now(),
                text_sha256=transcript.sha256,
            )
            codings.setdefault(author, []).append(coding)
        else:
            about = (
                f"comment by {memo.author or 'unknown'}" if item.kind == "comment" else f"highlighted in {memo.text}"
            )
            quoted = "".join(f"> {line}\n" for line in unit.text.split("\n"))
            words = f"\n{memo.text}\n" if item.kind == "comment" else ""
            memos.append(f"\n## {unit.span} · {about} · {memo.created or 'undated'}\n\n{quoted}{words}")
    for author, made in codings.items():
        before, _ = studies.read_codings(study, author, transcript.id)
        ids = {coding.id for coding in made}
        studies.save_codings(study, author, transcript.id, [*(c for c in before if c.id not in ids), *made])
    if memos:
        head = f"# Marks in the original of {transcript.id}\n\norigin: import:word\n"
        studies.save_memo(study, f"word-{transcript.id}", head + "".join(memos))
