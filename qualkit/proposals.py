"""What the rules propose, kept up to date over a whole study, and the counts that go with it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from qualkit import disk
from qualkit import study as studies
from qualkit.coding.codings import check_codings, coding_id, decided
from qualkit.coding.passages import Passage, codings_of, render_passages
from qualkit.coding.proposing import propose_passages
from qualkit.engine import over_chunks
from qualkit.errors import Problem
from qualkit.language.words import count_words
from qualkit.material import extracts_of, speaking_at
from qualkit.model import RULES_CODER, WAITING, Codebook, Coding, Participant, Study, Transcript
from qualkit.transcripts.participants import People, index_people, label_owners

Counts = list[tuple[str, str, str, int]]


@dataclass(frozen=True, slots=True)
class Proposed:
    """What the rules gave for one transcript.

    Attributes:
        transcript: Its id.
        words: In its text.
        new: Proposals that were not there before.
        withdrawn: Proposals nobody had decided on and no rule makes any more.
        counts: By code, participant and status.
        faulty: Whether something is wrong with its codings; that must be told again the next time.
        changed: Whether the text is no longer the one that was coded; then nothing was proposed.
    """

    transcript: str
    words: int
    new: int
    withdrawn: int
    counts: Counts
    changed: bool = False
    faulty: bool = False


def update_proposals(
    study: Study,
    codebook: Codebook,
    participants: Sequence[Participant],
    transcripts: Sequence[str],
    *,
    jobs: int,
    on_done: Callable[[int], None] = lambda _: None,
) -> tuple[list[Proposed], list[Problem]]:
    """Propose codings for transcripts and write what changed. Decisions are never touched.

    A proposal that was there keeps its line; one whose rule is gone is withdrawn, unless somebody decided
    on it: the decision stands in the decider's own file.

    Args:
        transcripts: Ids.
        jobs: Processes.
        on_done: Called with the number of transcripts done since the last call.
    """
    work = partial(_update_chunk, study, codebook, tuple(participants), studies.now())
    results: list[Proposed] = []
    problems: list[Problem] = []
    for size, (found, faults) in over_chunks(work, list(transcripts), jobs=jobs):
        results += found
        problems += [fault for fault in faults if fault not in problems]
        on_done(size)
    return results, problems


@disk.together()
def _update_chunk(
    study: Study, codebook: Codebook, participants: tuple[Participant, ...], created: str, names: Sequence[str]
) -> tuple[list[Proposed], list[Problem]]:
    problems: list[Problem] = []
    records: list[Transcript] = []
    changed: set[str] = set()
    for name in names:
        record, faults = studies.transcript_or_problems(study, name)
        problems += faults
        if record is None:
            continue
        records.append(record)
        if any(fault.check == "changed-transcript" for fault in faults):
            changed.add(record.id)
    people = index_people(participants)
    owners = {record.id: label_owners(record, people) for record in records}
    unchanged = [record for record in records if record.id not in changed]
    passages, faults = propose_passages(unchanged, codebook, owners=owners)
    problems += faults
    results = []
    for record in records:
        files = list(studies.coding_files(study, record.id))
        if files or record.id in changed:
            proposals = None
            if record.id not in changed:
                proposals = codings_of(record, passages[record.id], coder=RULES_CODER, created=created)
            results.append(_update_one(study, record, files, proposals, people, problems))
        else:
            results.append(_first(study, record, passages[record.id], people, created))
    return results, problems


def _first(study: Study, record: Transcript, passages: Sequence[Passage], people: People, created: str) -> Proposed:
    """Write the proposals of a transcript that nobody has coded yet, without a record for each."""
    # So that the codings can be moved along when somebody edits the text.
    studies.keep_text(study, record)
    lines = render_passages(record, passages, coder=RULES_CODER, created=created)
    studies.begin_codings(study, RULES_CODER, record.id, lines)
    whose = speaking_at(record, people)
    counts = Counter((code, whose(start, end), "proposed") for start, end, code, _ in passages)
    return Proposed(record.id, count_words([record.text]), len(passages), 0, _sorted(counts.items()))


def _update_one(
    study: Study,
    record: Transcript,
    files: Sequence[tuple[str, str, Path]],
    proposals: list[Coding] | None,
    people: People,
    problems: list[Problem],
) -> Proposed:
    known = len(problems)
    by_people: list[Coding] = []
    before: list[Coding] = []
    for coder, _, path in files:
        found, faults = studies.read_codings(study, coder, record.id)
        problems += faults
        if coder == RULES_CODER:
            before = found
        else:
            by_people += found
            if proposals is not None:
                # The header may have been given the hash of a changed text.
                problems += check_codings(found, record, studies.relative(study, path))
    if proposals is None:
        counts = count_codings([*before, *by_people], record, people)
        return Proposed(record.id, count_words([record.text]), 0, 0, counts, changed=True)
    # So that the codings can be moved along when somebody edits the text.
    studies.keep_text(study, record)
    was = {coding.id: coding for coding in before}
    decided_ids = {coding.id for coding in by_people if coding.status != "proposed"}
    now = [
        replace(coding, created=was[coding.id].created) if coding.id in was else coding
        for coding in with_known_ids(proposals, before, by_people, record)
    ]
    studies.save_codings(study, RULES_CODER, record.id, now)
    ids = {coding.id for coding in now}
    return Proposed(
        transcript=record.id,
        words=count_words([record.text]),
        new=len(ids - set(was) - decided_ids),
        withdrawn=len(set(was) - ids - decided_ids),
        counts=count_codings([*now, *by_people], record, people),
        faulty=len(problems) > known,
    )


def with_known_ids(
    proposals: Sequence[Coding], before: Sequence[Coding], by_people: Sequence[Coding], record: Transcript
) -> list[Coding]:
    """Give proposals that moved with their words the ids they had, and no other the id of one that moved away.

    An id is made from place and code; a decision has its proposal's id. In an edited transcript the place
    is another, and after a renaming the code; the decision must still be that of the same passage.
    """
    standing = {coding.id for coding in before}
    decided_alone = [c for c in by_people if c.origin.startswith("rule:") and c.id not in standing]
    here = [c for c in (*decided_alone, *before) if c.text_sha256 == record.sha256 and c.anchor not in WAITING]
    known = {_where(coding): coding.id for coding in here}
    # The place of one that waits is a place in another text.
    given = {coding.id: None if coding.anchor in WAITING else coding.unit.span for coding in (*before, *by_people)}
    out = []
    for coding in proposals:
        identifier, span = known.get(_where(coding), coding.id), coding.unit.span
        if given.get(identifier, span) != span:
            identifier = coding_id(record.sha256, span.start, span.end, coding.code)
        out.append(coding if identifier == coding.id else replace(coding, id=identifier))
    return out


def _where(coding: Coding) -> tuple[int, int, str]:
    return coding.unit.span.start, coding.unit.span.end, coding.code


def count_codings(
    codings: Iterable[Coding], record: Transcript, participants: Sequence[Participant] | People
) -> Counts:
    """Return how many codings there are by code, participant and status, decisions instead of their proposals."""
    extracts = extracts_of(decided(codings), {record.id: record}, participants)
    counts = Counter((e.coding.code, e.participant, e.coding.status) for e in extracts)
    return _sorted(counts.items())


def _sorted(counts: Iterable[tuple[tuple[str, str, str], int]]) -> Counts:
    return [(code, person, status, number) for (code, person, status), number in sorted(counts)]
