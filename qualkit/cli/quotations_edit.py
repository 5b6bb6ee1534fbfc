"""Light editing of chosen quotations: how each is printed is proposed, and approved by a person."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from qualkit.cli.options import coder_option, json_option, open_study, study_option, told_material

if TYPE_CHECKING:
    from qualkit.model import Study
    from qualkit.quoting import Quote

_SHOWN_FILES = ("themes.yaml", "condensates.yaml")


@click.command("edit")
@click.argument("coding", required=False)
@study_option
@coder_option
@click.option("--approve", is_flag=True, help="Print it as it is proposed.")
@click.option("--words", metavar="TEXT", help="Print it in these words, within what the study's style allows.")
@click.option("--take-back", is_flag=True, help="Take back what was approved: it waits again.")
@click.option("--decide", is_flag=True, help="Go through those that wait, one after the other.")
@json_option
def command(
    coding: str | None,
    study_path: Path,
    coder: str | None,
    approve: bool,
    words: str | None,
    take_back: bool,
    decide: bool,
    as_json: bool,
) -> None:
    """Show chosen quotations as they were said and as they may be edited, and approve how they are printed.

    What may be edited is declared by quotation_style in study.yaml: nothing (verbatim), sounds of hesitation and words
    said twice in a row (hesitations-removed), or the spelling of dialect, too (normalised). Whatever does more is
    refused. CODING is an id out of this list. It shows informants' words: it is for your own screen. It ends with 1
    while a chosen quotation waits. For example:

    \b
      qualkit quotations edit 3fa1c2 --words "Det gikk bra."
    """
    from dataclasses import asdict

    from qualkit import quoting
    from qualkit import study as studies
    from qualkit.cli.shown import json_text, next_step, study_option_for
    from qualkit.material import load_material
    from qualkit.undoing import recorded

    study = open_study(study_path)
    who = studies.whoami(study, coder)
    if approve + (words is not None) + take_back > 1 or ((approve or words is not None or take_back) and not coding):
        raise click.UsageError("Name one CODING, and one of --approve, --words TEXT and --take-back.")
    if coding and (approve or words is not None or take_back):
        with studies.locked(study, who), recorded(study, who, "quotations edit", coding, [quoting.path_of(study)]):
            material = load_material(study)
            if take_back:
                quoting.take_back(material, who, coding)
            else:
                quoting.approve(material, who, coding, words or "")
    if decide:
        _walk(study, who)
    material = told_material(study, *_SHOWN_FILES)
    shown = [quoting.quote_of(material, coding)] if coding else quoting.chosen(material)
    if as_json:
        click.echo(json_text([asdict(one) for one in shown]))
    else:
        for one in shown:
            _show(one)
        click.echo(quoting.style_sentence(material), err=True)
    waits = [one for one in shown if one.state not in ("verbatim", "approved")]
    if waits:
        next_step(f"qualkit quotations edit --decide{study_option_for(study.root)}")
    sys.exit(1 if waits else 0)


_SAID = {
    "verbatim": "printed as it was said",
    "waits": "nobody has approved it",
    "approved": "approved",
    "changed": "its words were changed since it was approved",
    "refused": "what was approved does more than the style allows",
}


def _show(one: Quote) -> None:
    from qualkit.cli.shown import visible

    click.echo()
    click.secho(f"{one.coding}", bold=True, nl=False)
    click.secho(f"  {one.place}  {_SAID[one.state]}{f': {one.why}' if one.why else ''}", fg="cyan")
    click.echo(f"  said:      {visible(one.raw)}")
    if one.state != "verbatim":
        click.echo(f"  proposed:  {visible(one.proposed)}")
    if one.edited:
        click.echo(f"  approved:  {visible(one.edited)}   ({visible(one.by)})")


def _walk(study: Study, who: str) -> None:
    """Show one quotation after the other and take a decision on each; the sitting is one change to take back."""
    from qualkit import quoting
    from qualkit import study as studies
    from qualkit.cli.keys import key as pressed
    from qualkit.cli.keys import line
    from qualkit.errors import QualkitError
    from qualkit.material import load_material
    from qualkit.undoing import Sitting, recorded

    sitting = Sitting()
    waiting = [one for one in quoting.chosen(load_material(study)) if one.state not in ("verbatim", "approved")]
    at = 0
    while at < len(waiting):
        one = waiting[at]
        _show(one)
        click.secho("  [a]pprove as proposed  [s]aid: as it was said  [w]rite  [n]ext  [q]uit", dim=True)
        key = pressed()
        if key in ("q", ""):
            return
        words = {"a": one.proposed, "s": one.raw, "w": ""}.get(key)
        if key == "w":
            words = line("The words as they are printed (empty to go back): ")
        if not words:
            at += key == "n"
            continue
        try:
            with (
                studies.locked(study, who),
                recorded(study, who, "quotations edit", "", [quoting.path_of(study)], sitting=sitting),
            ):
                quoting.approve(load_material(study), who, one.coding, words)
            at += 1
        except QualkitError as error:
            click.echo(f"{error}. {error.hint}", err=True)
