from __future__ import annotations

import shlex
import sys
from pathlib import Path

import click

from qualkit.cli.options import coder_option, dry_run_option, jobs_option, open_study, study_option
from qualkit.model import Study


@click.command("add")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True))
@study_option
@coder_option
@jobs_option
@click.option("--again", is_flag=True, help="Read an original that was changed once more, and move its codings along.")
@click.option("--transcript", metavar="ID", help="With --again: the transcript that the file is a new version of.")
@dry_run_option
def command(
    paths: tuple[Path, ...],
    study_path: Path,
    coder: str | None,
    jobs: int | None,
    again: bool,
    transcript: str | None,
    dry_run: bool,
) -> None:
    """Read originals (files or folders) into a study, where they lie; they are never written to.

    With --again an original that was changed after it became a transcript (a better recognition, a corrected
    file) is read once more; the earlier text stays in history/, and codings move along with their words.
    """
    from contextlib import nullcontext

    from qualkit import study as studies
    from qualkit.adding import NothingToRead, add_originals, left_out, originals_in
    from qualkit.cli.faults import tell_problems
    from qualkit.cli.shown import next_step, progress, show_path, tell_added
    from qualkit.engine import default_jobs

    study = open_study(study_path)
    who = studies.whoami(study, coder)
    if transcript and not again:
        raise click.UsageError("--transcript goes with --again.")
    if again:
        if transcript and len(paths) > 1:
            raise click.UsageError("--transcript takes one file.")
        sys.exit(_again(study, paths, who, transcript, dry_run=dry_run))
    files: list[Path] = []
    left: list[tuple[Path, str]] = []
    for path in paths:
        found, others = originals_in(path) if path.is_dir() else ([path], [])
        files += found
        left += others
    if not files:
        tell_problems(left_out(study, left))
        raise NothingToRead(paths[0])
    with nullcontext() if dry_run else studies.locked(study, who), progress() as show:
        done = 0

        def on_done(count: int) -> None:
            nonlocal done
            done += count
            show("Reading transcripts", done, len(files))

        report = add_originals(study, files, who=who, jobs=jobs or default_jobs(), dry_run=dry_run, on_done=on_done)
    tell_added(report)
    tell_problems([*report.problems, *left_out(study, left)])
    if not dry_run:
        here = show_path(study.root)
        next_step("qualkit code" if here == "." else f"qualkit code {shlex.quote(here)}")
    sys.exit(1 if any(problem.severity == "error" for problem in report.problems) else 0)


def _again(study: Study, paths: tuple[Path, ...], who: str, transcript: str | None, *, dry_run: bool) -> int:
    """Read changed originals again; return the exit code."""
    from contextlib import nullcontext

    from qualkit import study as studies
    from qualkit.cli.shown import next_step, study_option_for, tell_moved
    from qualkit.reanchoring import read_again

    waiting = False
    with nullcontext() if dry_run else studies.locked(study, who):
        for path in paths:
            told = read_again(study, path, who, transcript=transcript, dry_run=dry_run)
            would = "would be " if dry_run else "was "
            became = f"{would}read again" if told.changed else "has the same text as before"
            click.echo(f"{studies.relative(study, path)} → {told.transcript}: {became}", err=True)
            if told.edited:
                said = "What was corrected by hand in the transcript is not in the original"
                kept = "" if dry_run else "; the text with your corrections is in history/"
                click.echo(f"  {said}{kept}.", err=True)
            tell_moved(told.moved)
            waiting = waiting or any(item.count("ambiguous") or item.count("lost") for item in told.moved)
    if not dry_run:
        option = study_option_for(study.root)
        next_step(f"qualkit anchor{option}" if waiting else f"qualkit code{option}")
    return 1 if waiting else 0
