from __future__ import annotations

import sys
from pathlib import Path

import click

from qualkit.cli.options import coder_option, dry_run_option, jobs_option, json_option


@click.command("code")
@click.argument("folder", type=click.Path(path_type=Path), required=False)
@click.option("-c", "--codebook", type=click.Path(path_type=Path), help="A codebook. Default: the study's own.")
@click.option("--study", "study_path", type=click.Path(path_type=Path), help="The study, as with other commands.")
@coder_option
@click.option(
    "--method",
    type=click.Choice(["stc", "reflexive-ta", "codebook-ta", "framework", "content-analysis"]),
    help="Of a study made now. Default: codebook-ta.",
)
@click.option("--language", type=click.Choice(["nb", "nn", "en"]), help="Of the tables of a study made now.")
@jobs_option
@dry_run_option
@json_option
def command(
    folder: Path | None,
    codebook: Path | None,
    study_path: Path | None,
    coder: str | None,
    method: str | None,
    language: str | None,
    jobs: int | None,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Add what is new in FOLDER, propose codings, and show codes by participants.

    FOLDER is a study, or any folder with transcripts: then FOLDER-study is made
    beside it, and FOLDER stays as it was. Without FOLDER the study you are in is taken.

    Run it again whenever transcripts or rules have changed: only what is new is proposed, and every
    decision stands.
    """
    from qualkit import coding_run
    from qualkit import study as studies
    from qualkit.beginning import study_for
    from qualkit.cli.faults import tell_problems
    from qualkit.cli.shown import (
        DRAFTED,
        next_step,
        progress,
        show_table,
        study_option_for,
        tell_added,
        tell_moved,
        tell_places,
    )
    from qualkit.engine import default_jobs

    where = folder or study_path or studies.find_study(Path())
    with study_for(
        where,
        codebook,
        coder=coder or "",
        method=method,  # type: ignore[arg-type]
        language=language,
        dry_run=dry_run,
    ) as study:
        who = studies.whoami(study, coder)
        with progress() as on_progress:
            report = coding_run.run(
                study, coder=who, jobs=jobs or default_jobs(), dry_run=dry_run, progress=on_progress
            )
    tell_added(report.added)
    tell_moved(report.moved, would=dry_run)
    if report.places is not None:
        tell_places(report.places, would=dry_run)
    tell_problems(report.problems)
    show_table(report.table, as_json=as_json)
    would = "would be " if dry_run else ""
    withdrawn = f", {report.withdrawn} withdrawn" if report.withdrawn else ""
    nothing = not (report.added.added or report.new or report.withdrawn)
    made = "nothing new" if nothing else f"{report.new} codings {would}proposed{withdrawn}"
    words = f"{report.words:,}".replace(",", "\u202f")
    click.echo(f"{report.transcripts} transcripts, {words} words; {made}.", err=True)
    if report.left:
        click.echo(f"Left out: {report.left} (qualkit add --check shows them).", err=True)
    if report.drafted:
        click.echo(DRAFTED, err=True)
    if report.unread:
        click.echo(
            f"Proposals in {report.unread} transcripts are not shown: by this study's method you read and code first.",
            err=True,
        )
    if not dry_run:
        option = study_option_for(study.root)
        if report.unread:
            next_step(f"qualkit review --read TRANSCRIPT{option}   (when you have read and coded one)")
        elif report.new or any(row[-3] for row in report.table.rows):
            next_step(f"qualkit review{option}   or   qualkit export word{option}")
        else:
            next_step(f"qualkit export word{option}")
    sys.exit(1 if any(problem.severity == "error" for problem in report.problems) else 0)
