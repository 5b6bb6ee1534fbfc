from __future__ import annotations

import shlex
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
    from qualkit.adding import NothingToRead, add_originals, left_out, originals_in
    from qualkit.cli.faults import tell_problems
    from qualkit.cli.shown import next_step, progress, show_path, tell_added
    from qualkit.engine import default_jobs

    study = open_study(study_path)
    who = studies.whoami(study, coder)
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
