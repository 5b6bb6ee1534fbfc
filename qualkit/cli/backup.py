from __future__ import annotations

import os
from pathlib import Path

import click

from qualkit.cli.options import coder_option, open_study, study_option


@click.command("backup")
@click.argument("output", metavar="OUT.zip", type=click.Path(path_type=Path))
@study_option
@coder_option
@click.option("--private", is_flag=True, help="Also private/, sealed with a passphrase that is asked for.")
@click.option("--force", is_flag=True, help="Write over a file that is there.")
def command(output: Path, study_path: Path, coder: str | None, private: bool, force: bool) -> None:
    """Put the whole study into one zip file, and read it again to see that it is all there.

    It holds what informants said: keep it where the study itself may lie. private/, who is who, is only
    taken with --private, and then sealed with a passphrase (asked for twice; in a script $QUALKIT_PASSPHRASE).
    Take it out again with “qualkit restore”.
    """
    from qualkit import register
    from qualkit import study as studies
    from qualkit.backup import make_backup
    from qualkit.cli.erasing import many, tell_list
    from qualkit.cli.shown import next_step, show_path

    study = open_study(study_path)
    who = studies.whoami(study, coder)
    passphrase = new_passphrase() if private else None
    with studies.locked(study, who):
        made = make_backup(study, output, passphrase=passphrase, force=force)
    click.echo(show_path(output))
    sealed = f", and {many(made.private, 'file')} of private/, sealed" if private else ""
    click.echo(f"{many(made.files, 'file')}{sealed}; read again and found whole.", err=True)
    if private and not made.private:
        click.echo("There is nothing in private/.", err=True)
    if made.private_left:
        click.echo("private/ is not in it (--private takes it, sealed).", err=True)
    tell_list("Left out (links, and names other systems cannot hold):", made.left_out)
    outside = [folder for folder in study.settings.originals if folder.startswith("..") or Path(folder).is_absolute()]
    tell_list("Originals outside the study are not in it:", outside)
    if (key := register.key_path(study)).is_file() and study.root.absolute() not in key.absolute().parents:
        click.echo(f"The key of pseudonyms is not in it: {show_path(key)}", err=True)
    if study.root.resolve() in output.resolve().parents:
        click.echo("The backup lies inside the study: what destroys the one destroys the other. Move it.", err=True)
    click.echo("It holds informants' words, readable by anybody who opens it.", err=True)
    next_step(f"qualkit restore {show_path(output)} NEW-FOLDER   (try it once)")


def new_passphrase(*, asked: bool = False) -> str:
    """Ask for a new passphrase twice, or take it from the environment.

    Args:
        asked: Ask, whatever the environment says.

    Raises:
        UsageError: If it is too short.
    """
    from qualkit.cli.erasing import NotAsked
    from qualkit.sealing import SHORTEST

    given = None if asked else os.environ.get("QUALKIT_PASSPHRASE")
    if given is None:
        click.echo("Without the passphrase nobody can open it again, you neither: write it down.", err=True)
        try:
            given = click.prompt("Passphrase", hide_input=True, confirmation_prompt="Again", err=True)
        except click.Abort:
            raise NotAsked from None
    if len(given) < SHORTEST:
        raise click.UsageError(f"A passphrase has {SHORTEST} letters at least; four words are easy to remember.")
    return str(given)
