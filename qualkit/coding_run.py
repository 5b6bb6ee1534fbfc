"""`qualkit code`: what is new is added, what the rules propose is brought up to date, the whole is counted.

A second run on an unchanged study reads nothing but file times: what the first run counted is kept in
the cache, under the size, time and number of every file it rests on.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import orjson

from qualkit import disk
from qualkit import study as studies
from qualkit.adding import AddReport, add_originals
from qualkit.coding.codings import CHANGED, check_codings
from qualkit.coding.proposing import propose_codings
from qualkit.errors import FaultyFiles, Problem, QualkitError
from qualkit.language.words import count_words
from qualkit.model import READ_FIRST, RULES_CODER, Codebook, Coding, Decision, Participant, Study
from qualkit.originals import LeftOut, NothingToRead, left_out, left_out_in_short, sort_folder, still_left
from qualkit.proposals import Proposed, count_codings, update_proposals, with_known_ids
from qualkit.reanchoring import Moved, Places, follow_register, reanchor_study
from qualkit.roster import ensure_participants
from qualkit.table import Column, Table
from qualkit.text import sha256_hex
from qualkit.themes.tables import overview_of_counts
from qualkit.transcripts.participants import index_people, label_owners
from qualkit.version import __version__

_CACHED = ("originals", "transcripts", "report")

Progress = Callable[[str, int, int], None]
"""Called with what is being done, how many are done, and of how many."""


class ReadOnlyStudy(QualkitError):
    """The study cannot be written to."""

    def __init__(self, root: Path) -> None:
        super().__init__(
            f"the study {root.name} cannot be written to",
            "Nothing was changed. Check its permissions, or work on a copy.",
        )


@dataclass(frozen=True, slots=True)
class RunReport:
    """What a run did and found.

    Attributes:
        added: Originals read.
        new: Proposals made now.
        withdrawn: Proposals taken back, since no rule makes them any more.
        transcripts: In the study.
        words: In all of them.
        unread: Transcripts whose proposals are not shown, since this coder has not read them yet.
        table: Codes by participants.
        problems: Of every file.
        left: What was left out of the folders of originals, counted: "2 recordings".
        drafted: Whether participants.csv was drafted from the speakers' labels.
        moved: What became of codings whose transcripts were changed.
        places: What became of places in them that the register names.
    """

    added: AddReport
    new: int
    withdrawn: int
    transcripts: int
    words: int
    unread: int
    table: Table
    problems: tuple[Problem, ...]
    left: str = ""
    drafted: bool = False
    moved: tuple[Moved, ...] = ()
    places: Places | None = None


def run(
    study: Study,
    *,
    coder: str,
    jobs: int,
    dry_run: bool = False,
    progress: Progress = lambda _what, _done, _of: None,
) -> RunReport:
    """Add what is new, propose codings, count.

    Args:
        study: Its `originals` folders are looked through.
        coder: Who runs; in STC and reflexive studies the transcripts this coder has read decide what is shown.
        jobs: Processes.
        dry_run: Tell what would happen; write nothing.
        progress: Called now and then.

    Raises:
        FaultyFiles: If the codebook or participants.csv has faults; nothing was changed.
        NothingToRead: If the study has neither transcripts nor originals.
    """
    cached = _read_state(study)
    if not dry_run and cached.get("stamp") == _stamp(study, coder):
        return _report_from(cached)
    rules = _rules_key(study)
    codebook = studies.good_codebook(study)
    participants, faults = studies.read_participants(study)
    if any(fault.severity == "error" for fault in faults):
        raise FaultyFiles(faults, f"{faults[0].file} has faults; nothing was done")
    originals, left = _originals(study)
    faults = [*faults, *_missing_folders(study)]
    if not originals and not studies.transcript_ids(study):
        raise NothingToRead(study.root / study.settings.originals[0])
    if dry_run:
        return _dry_run(study, codebook, participants, originals, coder, faults, left)
    if not os.access(study.root, os.W_OK):
        raise ReadOnlyStudy(study.root)
    with studies.locked(study, coder):
        known = _unchanged_originals(cached, study)
        todo = len(originals) - len(known)
        done = 0

        def on_read(count: int) -> None:
            nonlocal done
            done += count
            progress("Reading transcripts", done, todo)

        added = add_originals(study, originals, who=coder, jobs=jobs, known=known, on_done=on_read)
        faults = [*faults, *added.problems]
        if not studies.transcript_ids(study):
            raise FaultyFiles(list(faults), "no transcript could be read; nothing was changed")
        drafted = ensure_participants(study, added.added, coder)
        if drafted:
            participants, _ = studies.read_participants(study)
            rules = _rules_key(study)
        # Before rules propose anew: what was decided on keeps its id where its passage went.
        changed = _coded_before(study, _to_do(study, cached, rules), added)
        places = follow_register(study, coder, changed)
        moved = reanchor_study(study, coder, changed)
        results, found = _propose(study, codebook, participants, cached, rules, jobs, progress)
        faults += found
        report = _report(study, codebook, participants, coder, added, results, faults, left)
        report = replace(report, drafted=drafted, moved=tuple(moved), places=places)
        if added.added or report.new or report.withdrawn:
            after = {"transcripts": len(added.added), "proposed": report.new, "withdrawn": report.withdrawn}
            version = sha256_hex(studies.codebook_path(study).read_bytes())
            decision = Decision(studies.now(), coder, "code", "study", None, {**after, "codebook": version})
            studies.append_decision(study, decision)
        # The cache is only speed: where there is no room for it, the next run reads everything again.
        with suppress(disk.CannotWrite):
            _save_state(study, coder, report, results, rules)
    return report


def _originals(study: Study) -> tuple[list[Path], list[LeftOut]]:
    found: list[Path] = []
    left: list[LeftOut] = []
    for name in study.settings.originals:
        folder = _folder(study, name)
        if folder is not None:
            sorted_ = sort_folder(folder, study.settings.sources)
            found += sorted_.originals
            left += sorted_.left
    return found, left


def _folder(study: Study, name: str) -> Path | None:
    """Return a folder of originals; a link to it keeps its name, so that stored paths stay near the study."""
    written = study.root / name
    return next((path for path in (Path(os.path.normpath(written)), written) if path.is_dir()), None)


def _missing_folders(study: Study) -> list[Problem]:
    hint = "New originals are not found there. Correct “originals” in study.yaml, or put the folder back."
    return [
        Problem(studies.SETTINGS, None, None, "originals", f"there is no folder “{name}”", hint, "warning")
        for name in study.settings.originals
        if name != "originals" and _folder(study, name) is None
    ]


def _to_do(study: Study, cached: dict[str, Any], rules: str) -> list[str]:
    """Return the transcripts that changed since the last run, or whose codings, rules or people did."""
    old = cached.get("transcripts", {}) if cached.get("rules") == rules else {}
    names = studies.transcript_ids(study)
    return [name for name in names if name not in old or old[name]["stamp"] != _transcript_stamp(study, name)]


def _coded_before(study: Study, names: Sequence[str], added: AddReport) -> list[str]:
    """Return the transcripts that may have been changed under codings: not those that came just now, without any."""
    new = {told.transcript for told in added.added}
    return [name for name in names if name not in new or any(studies.coding_files(study, name))]


def _propose(
    study: Study,
    codebook: Codebook,
    participants: Sequence[Participant],
    cached: dict[str, Any],
    rules: str,
    jobs: int,
    progress: Progress,
) -> tuple[list[Proposed], list[Problem]]:
    """Bring proposals up to date where the transcript, the rules, the people or a decision changed."""
    kept: dict[str, Proposed] = {}
    todo = _to_do(study, cached, rules)
    for name in set(studies.transcript_ids(study)).difference(todo):
        entry = cached["transcripts"][name]
        counts = [(code, person, status, number) for code, person, status, number in entry["counts"]]
        kept[name] = Proposed(name, entry["words"], 0, 0, counts)
    done = 0

    def on_done(count: int) -> None:
        nonlocal done
        done += count
        progress("Looking for passages", done, len(todo))

    results, problems = update_proposals(study, codebook, participants, todo, jobs=jobs, on_done=on_done)
    kept.update({result.transcript: result for result in results})
    return [kept[name] for name in sorted(kept, key=studies.natural)], problems


def _report(
    study: Study,
    codebook: Codebook,
    participants: Sequence[Participant],
    coder: str,
    added: AddReport,
    results: Sequence[Proposed],
    problems: Sequence[Problem],
    left: Sequence[LeftOut] = (),
) -> RunReport:
    read_first = study.settings.method in READ_FIRST
    seen = studies.transcripts_read(study, coder) if read_first else set()
    hidden = [r for r in results if read_first and r.transcript not in seen]
    totals: dict[tuple[str, str, str], int] = defaultdict(int)
    people: dict[str, None] = {}
    for result in results:
        for code, person, status, number in result.counts:
            people.setdefault(person)
            if status == "accepted" or (status == "proposed" and result not in hidden):
                totals[code, person, status] += number
    left = still_left(study, left)
    order = [person.id for person in participants]
    columns = [p for p in order if p in people] + sorted((p for p in people if p not in order), key=studies.natural)
    return RunReport(
        added=added,
        new=sum(result.new for result in results),
        withdrawn=sum(result.withdrawn for result in results),
        transcripts=len(results),
        words=sum(result.words for result in results),
        unread=sum(any(c[2] == "proposed" for c in result.counts) for result in hidden),
        table=overview_of_counts(codebook, totals, columns),
        problems=(*problems, *left_out(study, left)),
        left=left_out_in_short(left),
    )


def _dry_run(
    study: Study,
    codebook: Codebook,
    participants: Sequence[Participant],
    originals: Sequence[Path],
    coder: str,
    found: Sequence[Problem],
    left: Sequence[LeftOut],
) -> RunReport:
    """Read, move codings along and propose in memory alone."""
    added = add_originals(study, originals, who=coder, dry_run=True)
    present, unread = studies.read_transcripts(study)
    # Of a changed text there is nothing to tell where its codings would be moved along.
    problems = [*found, *added.problems, *(fault for fault in unread if fault.check != CHANGED)]
    places = follow_register(study, coder, dry_run=True)
    moved = reanchor_study(study, coder, dry_run=True)
    lines = {(one.coder, one.transcript): {r.before.id: r.line for r in one.results} for one in moved}
    everything = [*present, *added.transcripts]
    people = index_people(participants)
    owners = {record.id: label_owners(record, people) for record in everything}
    proposals, faults = propose_codings(everything, codebook, coder=RULES_CODER, created=studies.now(), owners=owners)
    results = []
    for record in everything:
        before: list[Coding] = []
        decisions: list[Coding] = []
        for name, _, path in studies.coding_files(study, record.id):
            read, told = studies.read_codings(study, name, record.id)
            after = lines.get((name, record.id), {})
            now = [after.get(one.id, one) for one in read]
            problems += told
            if name == RULES_CODER:
                before = now
            else:
                decisions += now
                problems += check_codings(now, record, studies.relative(study, path))
        proposed = with_known_ids(proposals[record.id], before, decisions, record)
        ids, was = {c.id for c in proposed}, {c.id for c in before}
        settled = {c.id for c in decisions}
        counts = count_codings([*proposed, *decisions], record, people)
        new, gone = len(ids - was - settled), len(was - ids - settled)
        results.append(Proposed(record.id, count_words([record.text]), new, gone, counts))
    report = _report(study, codebook, participants, coder, added, results, [*problems, *faults], left)
    return replace(report, moved=tuple(moved), places=places)


# --- what the last run left in the cache ----------------------------------------------------------------


def _stat(path: Path | os.DirEntry[str]) -> list[int] | None:
    try:
        stat = path.stat()
    except OSError:
        return None
    return [stat.st_size, stat.st_mtime_ns, stat.st_ino]


def _folder_stamp(folder: Path) -> list[Any]:
    """Return name, size, time and inode of every file in a folder, by name."""
    try:
        with os.scandir(folder) as entries:
            return sorted([entry.name, _stat(entry)] for entry in entries if not entry.name.startswith("."))
    except OSError:
        return []


def _stamp(study: Study, coder: str) -> str:
    """Return one hash over the state of every file a run rests on."""
    root = study.root
    parts: list[Any] = [__version__, coder, _rules_key(study)]
    parts += [_folder_stamp(root / "transcripts"), _folder_stamp(root / "readings")]
    codings = root / "codings"
    parts += [[entry[0], _folder_stamp(codings / entry[0])] for entry in _folder_stamp(codings)]
    for path in _originals(study)[0]:
        parts.append([str(path), _stat(path)])
    # Not JSON: a file name may hold bytes that are no text.
    return sha256_hex(repr(parts))


def _rules_key(study: Study) -> str:
    people = studies.participants_path(study)
    paths = [study.root / studies.SETTINGS, studies.codebook_path(study), *([people] if people else [])]
    return sha256_hex(orjson.dumps([__version__, [[path.name, _stat(path)] for path in paths]]))


def _transcript_stamp(study: Study, name: str) -> list[Any]:
    files = [[coder, _stat(path)] for coder, _, path in studies.coding_files(study, name)]
    return [_stat(studies.transcript_path(study, name)), files]


def _state_path(study: Study) -> Path:
    return studies.cache_folder(study) / "state.json"


def _read_state(study: Study) -> dict[str, Any]:
    try:
        state = orjson.loads(_state_path(study).read_bytes())
    except (OSError, orjson.JSONDecodeError):
        return {}
    whole = isinstance(state, dict) and all(isinstance(state.get(key, {}), dict) for key in _CACHED)
    return state if whole else {}


def _unchanged_originals(cached: dict[str, Any], study: Study) -> dict[str, str]:
    stored = cached.get("originals", {})
    known = {}
    for source, (stamp, transcript) in stored.items():
        if _stat(study.root / source) == stamp and studies.transcript_path(study, transcript).is_file():
            known[source] = transcript
    return known


def _save_state(study: Study, coder: str, report: RunReport, results: Sequence[Proposed], rules: str) -> None:
    """Keep what was counted, unless something is wrong: faults must show up again at the next run.

    Args:
        rules: Key of the rules as they were when the run began; somebody may have saved the codebook since.
    """
    originals = dict(_read_state(study).get("originals", {}))
    for told in report.added.added:
        originals[told.source] = [_stat(study.root / told.source), told.transcript]
    clean = not report.problems and not any(result.changed for result in results) and rules == _rules_key(study)
    table = report.table
    state = {
        "stamp": _stamp(study, coder) if clean else "",
        "rules": rules,
        "originals": originals,
        "transcripts": {
            result.transcript: {
                "stamp": _transcript_stamp(study, result.transcript),
                "words": result.words,
                "counts": result.counts,
            }
            for result in results
            if not (result.changed or result.faulty)
        },
        "report": {
            "transcripts": report.transcripts,
            "words": report.words,
            "unread": report.unread,
            "left": report.left,
            "columns": [[column.key, column.label, column.kind] for column in table.columns],
            "rows": table.rows,
            "notes": table.notes,
            "title": table.title,
        },
    }
    disk.write_atomically(_state_path(study), orjson.dumps(state))


def _report_from(cached: dict[str, Any]) -> RunReport:
    kept = cached["report"]
    table = Table(
        "overview",
        kept["title"],
        tuple(Column(*column) for column in kept["columns"]),
        tuple(tuple(row) for row in kept["rows"]),
        tuple(kept["notes"]),
    )
    counts = (kept["transcripts"], kept["words"], kept["unread"])
    return RunReport(AddReport(), 0, 0, *counts, table, (), left=kept.get("left", ""))
