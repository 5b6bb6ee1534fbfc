from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from qualkit.cli.options import coder_option, open_study, study_option

if TYPE_CHECKING:
    from qualkit.outgoing import LeftOut


@click.command("share")
@click.argument("out", type=click.Path(path_type=Path, file_okay=False))
@study_option
@coder_option
@click.option(
    "--attribute", "attributes", multiple=True, metavar="COLUMN", help="A column of participants.csv; may be repeated."
)
@click.option("--no-attributes", is_flag=True, help="No column of participants.csv but their ids.")
@click.option("--with-proposals", is_flag=True, help="What rules propose too.")
@click.option("--with-memos", is_flag=True, help="Memos too, also those of codings.")
@click.option(
    "--allow-unreviewed", "reason", metavar="REASON", help="Before everything is decided: a draft, marked as such."
)
@click.option("--word", is_flag=True, help="Word files with the codes as comments, one a transcript, and nothing else.")
def command(
    out: Path,
    study_path: Path,
    coder: str | None,
    attributes: tuple[str, ...],
    no_attributes: bool,
    with_proposals: bool,
    with_memos: bool,
    reason: str | None,
    word: bool,
) -> None:
    """Hand the study on, to a supervisor or an archive: a folder that opens as a study of its own.

    In it are the transcripts with ids in the place of names, the codings on the same words, codebook and themes, and
    the participants by id with the columns that divide them. Not in it are originals, memos, notes, earlier texts,
    the trail, and whatever tells who somebody is. Who may not be quoted is left out, and what was said off the record.

    With --word it is Word files to read and to write comments in. When they come back, qualkit add --comments keeps
    what was written there as memos, on the words as they are in the study.

    Nothing is shared while something in it may identify somebody and nobody has decided about it. Every file is
    searched for names before the folder gets its name. It is pseudonymised, not anonymous: what people
    tell about themselves is still there.
    """
    from qualkit import study as studies
    from qualkit.clearing import Draft
    from qualkit.cli.shown import next_step, show_path, study_option_for
    from qualkit.material import load_material
    from qualkit.sharing import share

    if attributes and no_attributes:
        raise click.UsageError("Say --attribute or --no-attributes, not both.")
    study = open_study(study_path)
    wanted = [] if no_attributes else list(attributes) or None
    who = studies.whoami(study, coder)
    told = share(
        load_material(study),
        out,
        who=who,
        attributes=wanted,
        with_proposals=with_proposals,
        memos=with_memos,
        word=word,
        draft=Draft(who, reason) if reason else None,
    )
    click.echo(show_path(told.out))
    people = f"participants with {', '.join(told.attributes)}" if told.attributes else "participants by id alone"
    with_ = "their codes as comments" if word else people
    click.echo(f"Shared: {told.transcripts} transcripts, {told.codings} codings, {with_}.", err=True)
    _tell(told.left)
    if word:
        next_step(f"qualkit add --comments FILE…{study_option_for(study.root)}   (when a file comes back)")
    else:
        next_step(f"qualkit check --study {show_path(told.out)}   (it is a study: look at it before you send it)")


def _tell(left: LeftOut) -> None:
    """Tell what was left out, and why."""
    for people, why in (
        (left.people, "may not be quoted: their words are not in it"),
        (left.sources, "off the record or may not be quoted: left out"),
        (left.interviews, "nobody answers in it who may be quoted: left out"),
    ):
        if people:
            click.echo(f"{', '.join(people)}: {why}", err=True)
    if left.codings:
        click.echo(f"{left.codings} codings of these words are not in it.", err=True)
    if left.waiting:
        click.echo(f"{left.waiting} codings have not been found again and are not in it: qualkit anchor", err=True)
