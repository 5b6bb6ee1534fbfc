from __future__ import annotations

import os
from pathlib import Path

import click


@click.command("restore")
@click.argument("backup", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--without-private", is_flag=True, help="Leave private/ out; no passphrase is asked for.")
def command(backup: Path, folder: Path, without_private: bool) -> None:
    """Take a study out of BACKUP into a new FOLDER, every file held against its hash.

    The folder appears when everything is right, and not before. If private/ is in it, its passphrase is asked for
    (in a script $QUALKIT_PASSPHRASE).
    """
    from qualkit.cli.erasing import NotAsked, many
    from qualkit.cli.shown import next_step, show_path, study_option_for
    from qualkit.restoring import restore

    def passphrase() -> str:
        given = os.environ.get("QUALKIT_PASSPHRASE")
        if given is not None:
            return given
        try:
            return str(click.prompt("Passphrase of private/", hide_input=True, err=True))
        except click.Abort:
            raise NotAsked from None

    restored = restore(backup, folder, None if without_private else passphrase)
    click.echo(show_path(folder))
    private = f", and {many(restored.private, 'file')} of private/" if restored.private else ""
    click.echo(f"{many(restored.files, 'file')}{private}; every one is as it was.", err=True)
    if restored.sealed_left:
        click.echo("private/ is in the backup and was left there.", err=True)
    next_step(f"qualkit check{study_option_for(folder)}")
