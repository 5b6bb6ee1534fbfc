from __future__ import annotations

import shlex
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from qualkit.cli.options import coder_option, dry_run_option, jobs_option, open_study, study_option

if TYPE_CHECKING:
    from qualkit.adding import AddReport
    from qualkit.errors import Problem
    from qualkit.model import Declared, Study
    from qualkit.originals import LeftOut

_TIDYINGS = ("line-numbers", "page-numbers", "running-heads", "blank-lines", "hyphens")
_KINDS = ("interview", "group-interview", "notes", "field-note", "off-the-record", "minutes", "document")


@click.command("add")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True))
@study_option
@click.option("--kind", type=click.Choice(_KINDS), help="What the sources are. Default: as they look.")
@click.option("--language", type=click.Choice(["nb", "nn", "en", "da", "sv"]), help="Spoken. Default: as it sounds.")
@click.option("--title", default="", help="Of a document, as it is cited.")
@click.option("--date", default="", help="Of a document.")
@click.option("--publisher", default="", help="Of a document.")
@click.option(
    "--interviewer", multiple=True, metavar="LABEL", help="Who asks, where it does not show; may be repeated."
)
@click.option(
    "--tidy", multiple=True, type=click.Choice(_TIDYINGS), help="Take out what a printed page left; may be repeated."
)
@coder_option
@jobs_option
@click.option("--check", is_flag=True, help="Show first what everything is taken as and who speaks, and ask.")
@click.option("--again", is_flag=True, help="Read an original that was changed once more, and move its codings along.")
@click.option(
    "--pseudonymise", is_flag=True, help="Replace names before a transcript is written; with --check, show how."
)
@click.option(
    "--decisions",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="With --pseudonymise: a file of decisions about names.",
)
@click.option("--comments", is_flag=True, help="Keep comments of Word files that were shared and came back as memos.")
@click.option("--transcript", metavar="ID", help="With --again or --comments: the transcript that the file is of.")
@click.option("--untidy", is_flag=True, help="With --again: put back what clean-up took out.")
@dry_run_option
def command(
    paths: tuple[Path, ...],
    study_path: Path,
    kind: str | None,
    language: str | None,
    title: str,
    date: str,
    publisher: str,
    interviewer: tuple[str, ...],
    tidy: tuple[str, ...],
    coder: str | None,
    jobs: int | None,
    check: bool,
    again: bool,
    pseudonymise: bool,
    decisions: Path | None,
    comments: bool,
    transcript: str | None,
    untidy: bool,
    dry_run: bool,
) -> None:
    """Read originals (files or folders) into a study, where they lie; they are never written to.

    Of a folder, recordings, consent forms, interview guides and the like are left out, and told. A file that is
    named is read whatever its name says.

    With --check you see what every file is taken as, and every label with its person and role, before anything is
    written; on a terminal you are asked whether it is right, elsewhere nothing is written.

    With --again an original that was changed after it became a transcript (a better recognition, a corrected
    file) is read once more; the earlier text stays in history/, and codings move along with their words. So a
    clean-up can be asked for, or taken back, afterwards.

    With --pseudonymise speakers get ids and people who are named pseudonyms before anything is written, telephone
    numbers and the like a mark. You are asked where it is not sure, each name once. The originals stay where they are,
    and who is who stands in the key, outside the study (key_path in study.yaml).

    With --comments the files are Word files of “qualkit anonymise share --word” that somebody has commented on: the
    comments become memos on the same words of the transcripts, and the files become nothing else.
    """
    from qualkit import study as studies
    from qualkit.beginning import people_not_taken
    from qualkit.cli.faults import tell_problems
    from qualkit.cli.shown import next_step, show_path, tell_added
    from qualkit.model import Declared
    from qualkit.originals import Folder, NothingToRead, left_out, sort_folder

    study = open_study(study_path)
    who = studies.whoami(study, coder)
    if decisions is not None and not pseudonymise:
        raise click.UsageError("--decisions goes with --pseudonymise.")
    if pseudonymise and (again or comments):
        raise click.UsageError("--pseudonymise goes with neither --again nor --comments.")
    if transcript and not (again or comments):
        raise click.UsageError("--transcript goes with --again or --comments.")
    if comments:
        if transcript and len(paths) > 1:
            raise click.UsageError("--transcript takes one file.")
        _comments(study, paths, who, transcript)
        return
    if again:
        if transcript and len(paths) > 1:
            raise click.UsageError("--transcript takes one file.")
        asked = () if untidy else tidy or None
        sys.exit(_again(study, paths, who, transcript, asked, dry_run=dry_run))
    files: list[Path] = []
    left: list[LeftOut] = []
    for path in paths:
        folder = sort_folder(path, study.settings.sources) if path.is_dir() else Folder((path,), ())
        files += folder.originals
        left += folder.left
    if not files:
        tell_problems(left_out(study, left))
        raise NothingToRead(paths[0])
    study = replace(study, settings=replace(study.settings, interviewers=(*study.settings.interviewers, *interviewer)))
    declared = Declared(
        taken=None if any(path.is_dir() for path in paths) else True,
        kind=kind,  # type: ignore[arg-type]
        language=language,
        title=title,
        date=date,
        publisher=publisher,
        tidy=tidy,
    )
    if pseudonymise:
        from qualkit.cli.add_pseudonymised import add

        told = add(study, files, who, declared, decisions, check=check or dry_run)
        _tell_left(study, told.problems, left)
        sys.exit(1 if any(problem.severity == "error" for problem in told.problems) else 0)
    jobs = jobs or 0
    if check and not (_shown(study, files, left, who, declared) and _agreed()):
        sys.exit(0)
    report = _add(study, files, who, declared, jobs=jobs, dry_run=dry_run)
    tell_added(report)
    beside = [problem for path in paths if path.is_dir() for problem in people_not_taken(study, path)]
    _tell_left(study, [*report.problems, *beside], left)
    if not dry_run:
        here = show_path(study.root)
        next_step("qualkit code" if here == "." else f"qualkit code {shlex.quote(here)}")
    sys.exit(1 if any(problem.severity == "error" for problem in report.problems) else 0)


def _add(study: Study, files: Sequence[Path], who: str, declared: Declared, *, jobs: int, dry_run: bool) -> AddReport:
    from contextlib import nullcontext

    from qualkit import study as studies
    from qualkit.adding import add_originals
    from qualkit.cli.shown import DRAFTED, progress
    from qualkit.engine import default_jobs
    from qualkit.roster import ensure_participants

    with nullcontext() if dry_run else studies.locked(study, who), progress() as show:
        done = 0

        def on_done(count: int) -> None:
            nonlocal done
            done += count
            show("Reading transcripts", done, len(files))

        jobs = jobs or default_jobs()
        report = add_originals(study, files, who=who, jobs=jobs, dry_run=dry_run, declared=declared, on_done=on_done)
        if not dry_run and ensure_participants(study, report.added, who):
            click.echo(DRAFTED, err=True)
        return report


def _tell_left(study: Study, problems: Sequence[Problem], left: Sequence[LeftOut]) -> None:
    """Tell what is doubtful, and what of a folder was not read: by name where it may be a transcript, else counted."""
    from qualkit.cli.faults import tell_problems
    from qualkit.originals import left_out, left_out_in_short, still_left

    left = still_left(study, left)
    tell_problems([*problems, *left_out(study, left)])
    if counted := left_out_in_short(left):
        click.echo(f"Left out: {counted} (qualkit add --check shows them).", err=True)


def _shown(study: Study, files: Sequence[Path], left: Sequence[LeftOut], who: str, declared: Declared) -> bool:
    """Show what would be added; say whether there is anything."""
    from qualkit import study as studies
    from qualkit.cli.faults import tell_problems
    from qualkit.cli.shown import show_table
    from qualkit.originals import still_left
    from qualkit.preview import files_table, speakers_table
    from qualkit.transcripts.tidying import removed_table

    report = _add(study, files, who, declared, jobs=1, dry_run=True)
    participants, _ = studies.read_participants(study)
    show_table(files_table(study, [*files, *(one.path for one in left)], report, still_left(study, left)))
    if report.transcripts:
        show_table(speakers_table(report.transcripts, participants))
    if report.removed:
        show_table(removed_table(report.removed))
    tell_problems(report.problems)
    return bool(report.added)


def _agreed() -> bool:
    """Ask whether what was shown is right; where nobody can be asked, it is only shown."""
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        click.echo(
            "Nothing was written. These are assumptions: correct them with --kind, --language, participants.csv or "
            "“sources” in study.yaml, and run this again without --check.",
            err=True,
        )
        return False
    return click.confirm("Is this right, and shall it be added?", default=False, err=True)


def _again(
    study: Study,
    paths: tuple[Path, ...],
    who: str,
    transcript: str | None,
    tidy: tuple[str, ...] | None,
    *,
    dry_run: bool,
) -> int:
    """Read changed originals again; return the exit code."""
    from contextlib import nullcontext

    from qualkit import study as studies
    from qualkit.cli.shown import next_step, study_option_for, tell_moved, tell_places
    from qualkit.reanchoring import read_again

    waiting = False
    with nullcontext() if dry_run else studies.locked(study, who):
        for path in paths:
            told = read_again(study, path, who, transcript=transcript, tidy=tidy, dry_run=dry_run)
            would = "would be " if dry_run else "was "
            became = f"{would}read again" if told.changed else "has the same text as before"
            click.echo(f"{studies.relative(study, path)} → {told.transcript}: {became}", err=True)
            if told.edited:
                said = "What was corrected by hand in the transcript is not in the original"
                kept = "" if dry_run else "; the text with your corrections is in history/"
                click.echo(f"  {said}{kept}.", err=True)
            tell_moved(told.moved)
            if told.places is not None:
                tell_places(told.places)
            waiting = waiting or any(item.count("ambiguous") or item.count("lost") for item in told.moved)
    if not dry_run:
        option = study_option_for(study.root)
        next_step(f"qualkit anchor{option}" if waiting else f"qualkit code{option}")
    return 1 if waiting else 0


def _comments(study: Study, paths: tuple[Path, ...], who: str, transcript: str | None) -> None:
    """Keep the comments of files that were shared and came back, and tell how many."""
    from qualkit import study as studies
    from qualkit.clearing import register_of
    from qualkit.cli.shown import next_step, study_option_for
    from qualkit.comments import read_comments
    from qualkit.material import load_material

    material = load_material(study)
    with studies.locked(study, who):
        read = read_comments(material, paths, register_of(material), who=who, transcript=transcript)
    for told in read:
        where = f" in {told.memo}" if told.memo else ""
        click.echo(f"{told.file} → {told.transcript}: {told.new} comments kept as memos{where}", err=True)
        if told.known:
            click.echo(f"  {told.known} were read before.", err=True)
        if told.lost:
            click.echo(f"  {told.lost} are about words that are not in the transcript any more; see there.", err=True)
    next_step(f"qualkit themes table{study_option_for(study.root)}")
