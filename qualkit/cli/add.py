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
    dry_run: bool,
) -> None:
    """Read originals (files or folders) into a study, where they lie; they are never written to.

    Of a folder, recordings, consent forms, interview guides and the like are left out, and told. A file that is
    named is read whatever its name says.

    With --check you see what every file is taken as, and every label with its person and role, before anything is
    written; on a terminal you are asked whether it is right, elsewhere nothing is written.
    """
    from qualkit import study as studies
    from qualkit.cli.faults import tell_problems
    from qualkit.cli.shown import next_step, show_path, tell_added
    from qualkit.model import Declared
    from qualkit.originals import Folder, NothingToRead, left_out, sort_folder

    study = open_study(study_path)
    who = studies.whoami(study, coder)
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
    jobs = jobs or 0
    if check and not (_shown(study, files, left, who, declared) and _agreed()):
        sys.exit(0)
    report = _add(study, files, who, declared, jobs=jobs, dry_run=dry_run)
    tell_added(report)
    tell_problems([*report.problems, *left_out(study, left)])
    if not dry_run:
        here = show_path(study.root)
        next_step("qualkit code" if here == "." else f"qualkit code {shlex.quote(here)}")
    sys.exit(1 if any(problem.severity == "error" for problem in report.problems) else 0)


def _add(study: Study, files: Sequence[Path], who: str, declared: Declared, *, jobs: int, dry_run: bool) -> AddReport:
    from contextlib import nullcontext

    from qualkit import study as studies
    from qualkit.adding import add_originals
    from qualkit.cli.shown import progress
    from qualkit.engine import default_jobs

    with nullcontext() if dry_run else studies.locked(study, who), progress() as show:
        done = 0

        def on_done(count: int) -> None:
            nonlocal done
            done += count
            show("Reading transcripts", done, len(files))

        jobs = jobs or default_jobs()
        return add_originals(study, files, who=who, jobs=jobs, dry_run=dry_run, declared=declared, on_done=on_done)


def _shown(study: Study, files: Sequence[Path], left: Sequence[LeftOut], who: str, declared: Declared) -> bool:
    """Show what would be added; say whether there is anything."""
    from qualkit import study as studies
    from qualkit.cli.faults import tell_problems
    from qualkit.cli.shown import show_table
    from qualkit.preview import files_table, speakers_table
    from qualkit.transcripts.tidying import removed_table

    report = _add(study, files, who, declared, jobs=1, dry_run=True)
    participants, _ = studies.read_participants(study)
    show_table(files_table(study, report, left))
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
