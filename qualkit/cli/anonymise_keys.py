from __future__ import annotations

import sys
from pathlib import Path

import click

from qualkit.cli.options import coder_option, dry_run_option, open_study, study_option


@click.command("encrypt")
@study_option
@coder_option
def encrypt(study_path: Path, coder: str | None) -> None:
    """Seal the register with a passphrase. Every command works on the sealed one, and asks for it.

    The passphrase is asked for twice; in a script it is $QUALKIT_PASSPHRASE. On a register that is sealed
    already this sets another passphrase. What the register was before earlier changes is forgotten: those
    cannot be taken back any more.
    """
    from qualkit import register
    from qualkit import study as studies
    from qualkit.cli.backup import new_passphrase
    from qualkit.cli.shown import show_path
    from qualkit.sealing_keys import seal_register

    study = open_study(study_path)
    if register.is_sealed(study):
        # The old one is asked for first: it may stand in the environment, where the new one cannot.
        register.register_text(study)
        passphrase = new_passphrase(asked=True)
    else:
        passphrase = new_passphrase()
    who = studies.whoami(study, coder)
    with studies.locked(study, who):
        done = seal_register(study, passphrase, who)
    for path in done:
        click.echo(show_path(path))
    click.echo("Sealed; read again and found whole. Without the passphrase nobody can open it.", err=True)
    click.echo("Backups of the computer, and git, may still hold it as it was.", err=True)


@click.command("decrypt")
@study_option
@coder_option
def decrypt(study_path: Path, coder: str | None) -> None:
    """Write the register without a passphrase again."""
    from qualkit import study as studies
    from qualkit.cli.shown import show_path
    from qualkit.sealing_keys import unseal_register

    study = open_study(study_path)
    who = studies.whoami(study, coder)
    with studies.locked(study, who):
        done = unseal_register(study, who)
    for path in done:
        click.echo(show_path(path))
    click.echo("Whoever opens this file can tell who said what.", err=True)


@click.command("destroy-key")
@study_option
@coder_option
@dry_run_option
@click.option("--delete", "groups", multiple=True, metavar="WHAT", help="What to destroy; may be given several times.")
@click.option("--judgement", default="", metavar="TEXT", help="What you judge the data to be now; kept in the trail.")
@click.option("--yes", is_flag=True, help="Do not ask; for scripts.")
def destroy_key(
    study_path: Path, coder: str | None, dry_run: bool, groups: tuple[str, ...], judgement: str, yes: bool
) -> None:
    """List what still tells who is who, and destroy what you name.

    Without --delete it only lists. qualkit does not call data anonymous: whether somebody can still be
    recognised is your judgement, and the trail keeps it. What is destroyed cannot be had back.
    """
    from qualkit import study as studies
    from qualkit.cli.erasing import asked, tell_changes
    from qualkit.cli.shown import next_step, show_table, study_option_for
    from qualkit.erasure import read_begun
    from qualkit.keys import WHAT, plan_destroying, what_still_identifies
    from qualkit.keys import destroy_key as destroy

    study = open_study(study_path)
    who = studies.whoami(study, coder)
    begun = read_begun(study)
    if not groups and not (begun is not None and begun.what == WHAT):
        show_table(what_still_identifies(study))
        next_step(f'qualkit anonymise destroy-key --delete register --judgement "…"{study_option_for(study.root)}')
        return
    plan = plan_destroying(study, groups, judgement)
    tell_changes(plan.changes)
    if dry_run:
        click.echo("Nothing was changed.", err=True)
        return
    if not asked("Destroy all this? It cannot be undone.", yes=yes):
        click.echo("Nothing was changed.", err=True)
        sys.exit(1)
    with studies.locked(study, who):
        plan = plan_destroying(study, groups, judgement)
        destroy(study, plan, who)
    click.echo("Destroyed. What still identifies:", err=True)
    show_table(what_still_identifies(study))
