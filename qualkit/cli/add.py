from __future__ import annotations

import sys
from pathlib import Path

import click

from qualkit.cli.options import coder_option, dry_run_option, jobs_option, open_study, study_option


@click.command("add")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True))
@study_option
@coder_option
@jobs_option
@dry_run_option
def command(paths: tuple[Path, ...], study_path: Path, coder: str | None, jobs: int | None, dry_run: bool) -> None:
    """Read originals (files or folders) into a study, where they lie; they are never written to."""
    from contextlib import nullcontext

    from qualkit import study as studies
    from qualkit.adding import add_originals, originals_in
    from qualkit.cli.faults import tell_problems
    from qualkit.cli.shown import next_step, progress, tell_added
    from qualkit.engine import default_jobs

    study = open_study(study_path)
    who = studies.whoami(study, coder)
    files: list[Path] = []
    for path in paths:
        files += originals_in(path)[0] if path.is_dir() else [path]
    with nullcontext() if dry_run else studies.locked(study, who), progress() as show:
        done = 0

        def on_done(count: int) -> None:
            nonlocal done
            done += count
            show("Reading transcripts", done, len(files))

        report = add_originals(study, files, who=who, jobs=jobs or default_jobs(), dry_run=dry_run, on_done=on_done)
    tell_added(report)
    tell_problems(report.problems)
    if not dry_run:
        next_step("qualkit code")
    sys.exit(1 if any(problem.severity == "error" for problem in report.problems) else 0)
