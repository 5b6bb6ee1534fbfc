from __future__ import annotations

from pathlib import Path

import click

from qualkit.cli.options import coder_option, dry_run_option, json_option, open_study, study_option


@click.command("undo")
@study_option
@coder_option
@click.option("--redo", is_flag=True, help="Make again what was taken back last.")
@click.option("--force", is_flag=True, help="Also where a file was edited since.")
@click.option("--why", default="", metavar="TEXT", help="The reason, for the trail.")
@dry_run_option
@json_option
def command(
    study_path: Path, coder: str | None, redo: bool, force: bool, why: str, dry_run: bool, as_json: bool
) -> None:
    """Take back the last change: of the codebook, a sitting of review or split, a passage marked.

    Again, it takes back the one before, and so on. The files become what they were, to the byte; the trail keeps
    both lines. Where a file was edited since, nothing is done without --force.
    """
    from qualkit import study as studies
    from qualkit.cli.shown import show_table
    from qualkit.undoing import change_table, edited_since, first_of, next_back, take_back

    study = open_study(study_path)
    if dry_run:
        change = next_back(study, redo=redo)
        show_table(change_table(first_of(study, change), edited_since(study, change), redo=redo), as_json=as_json)
        click.echo("Nothing was written.", err=True)
        return
    who = studies.whoami(study, coder)
    with studies.locked(study, who):
        change = take_back(study, who, redo=redo, force=force, why=why)
    done = "Made again" if redo else "Taken back"
    files = f"{len(change.files)} file{'' if len(change.files) == 1 else 's'}"
    about = f"{change.what} {change.object}".strip()
    click.echo(f"{done}: {about}, of {change.when} by {change.who} ({files}).", err=True)
    click.echo(f"The other way round: qualkit undo{'' if redo else ' --redo'}", err=True)
