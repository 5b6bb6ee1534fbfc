from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from qualkit.cli import quotations_edit
from qualkit.cli.options import coder_option, json_option, open_study, study_option, told_material

if TYPE_CHECKING:
    from qualkit.material import Material

_SHOWN_FILES = ("themes.yaml", "condensates.yaml")

why_option = click.option("--why", default="", metavar="TEXT", help="Why; kept in the trail.")


@click.group("quotations", invoke_without_command=True)
@study_option
@json_option
@click.pass_context
def command(context: click.Context, study_path: Path, as_json: bool) -> None:
    """Choose quotations, see their balance, and find the way back from print to transcript.

    Without a command: what is chosen and in reserve. Quotations are chosen by you and never by the tool; they stand
    in themes.yaml and condensates.yaml. For example:

    \b
      qualkit quotations choose K1-12 kjennskap
      qualkit quotations edit --decide
      qualkit quotations where "K1, line 42"
    """
    if context.invoked_subcommand is not None:
        return
    from qualkit.cli.shown import show_table
    from qualkit.quotations import listed

    show_table(listed(told_material(open_study(study_path), *_SHOWN_FILES)), as_json=as_json)


command.add_command(quotations_edit.command)


@command.command("choose")
@click.argument("coding")
@click.argument("section", metavar="THEME")
@why_option
@study_option
@coder_option
def choose(coding: str, section: str, why: str, study_path: Path, coder: str | None) -> None:
    """Choose a CODING (its id) as a quotation of a THEME, or as the golden quotation of a subgroup."""
    from qualkit import quotations

    _change(study_path, coder, lambda material, who: quotations.choose(material, who, coding, section, why=why))
    click.echo(f"{coding} is chosen for {section}.", err=True)


@command.command("unchoose")
@click.argument("coding")
@click.argument("section", metavar="THEME")
@why_option
@study_option
@coder_option
def unchoose(coding: str, section: str, why: str, study_path: Path, coder: str | None) -> None:
    """Take a CODING out of the quotations, or the reserve, of a THEME or subgroup."""
    from qualkit import quotations

    _change(study_path, coder, lambda material, who: quotations.unchoose(material, who, coding, section, why=why))
    click.echo(f"{coding} is no quotation of {section} any more.", err=True)


@command.command("reserve")
@click.argument("coding")
@click.argument("section", metavar="THEME")
@click.option("--place", type=click.IntRange(1), help="1 is the second choice. Default: the last.")
@why_option
@study_option
@coder_option
def reserve(coding: str, section: str, place: int | None, why: str, study_path: Path, coder: str | None) -> None:
    """Keep a CODING in reserve for a THEME; one that is chosen becomes a reserve."""
    from qualkit import quotations

    _change(
        study_path,
        coder,
        lambda material, who: quotations.reserve(material, who, coding, section, place=place, why=why),
    )
    click.echo(f"{coding} is in reserve for {section}.", err=True)


@command.command("cut")
@click.argument("coding")
@click.argument("words", required=False, default="")
@study_option
@coder_option
def cut(coding: str, words: str, study_path: Path, coder: str | None) -> None:
    """Print a CODING without a part of it: WORDS are its words, with […] where some are left out.

    Without WORDS the whole is printed again. Nothing but what is left out may differ. For example:

    \b
      qualkit quotations cut K1-12 "Ho ringer […] når det e noe ho itj kan skrive."
    """
    from qualkit import quotations

    _change(study_path, coder, lambda material, who: quotations.cut(material, who, coding, words))
    click.echo(f"{coding} is printed {'with its cuts' if words else 'whole'}.", err=True)


@command.command("balance")
@click.option("--by", multiple=True, metavar="COLUMN", help="A column of participants.csv. Default: those that divide.")
@study_option
@json_option
def balance_(by: tuple[str, ...], study_path: Path, as_json: bool) -> None:
    """Show who is quoted, where and how often: for you, and printed nowhere.

    It tells themes without a quotation or of one voice, participants whom nobody quotes, and quotations that are the
    same words, overlap or are nearly alike.
    """
    from qualkit.cli.shown import show_tables
    from qualkit.publishing import NoSuchAttribute, attributes_of
    from qualkit.quotations import balance

    material = told_material(open_study(study_path), *_SHOWN_FILES)
    known = list(dict.fromkeys(name for person in material.participants for name in person.attributes))
    for name in by:
        if name not in known:
            raise NoSuchAttribute(name, known)
    tables = balance(material, by or attributes_of(material))
    show_tables([table for table in tables if table.rows or as_json], as_json=as_json)


def _change(study_path: Path, coder: str | None, do: Callable[[Material, str], None]) -> None:
    from qualkit import study as studies
    from qualkit.material import load_material

    study = open_study(study_path)
    who = studies.whoami(study, coder)
    with studies.locked(study, who):
        do(load_material(study), who)


@command.command("where")
@click.argument("asked", nargs=-1, required=True, metavar="PRINTED...")
@study_option
@json_option
def where_(asked: tuple[str, ...], study_path: Path, as_json: bool) -> None:
    """Tell where something PRINTED stands in the study.

    It may be “K1, line 42”, a place as K1:204-391, the id of a coding, the brackets behind a quotation, or the
    quotation's words, as they were said or as they were anonymised. For example:

    \b
      qualkit quotations where "K1, line 42"
      qualkit quotations where "Ho ringer når det e noe ho itj kan skrive."
    """
    from qualkit.cli.shown import show_table
    from qualkit.tracing import standing_table, where

    material = told_material(open_study(study_path), *_SHOWN_FILES)
    found = where(material, " ".join(asked))
    show_table(standing_table(material, found), as_json=as_json)
    sys.exit(0 if all(one.span is not None for one in found) else 1)


@command.command("trace")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@click.option("--all/--faults", "every", default=True, help="Every quotation, or only those with something amiss.")
@study_option
@json_option
def trace_(file: Path, every: bool, study_path: Path, as_json: bool) -> None:
    """Trace every quotation in a FILE to its transcript, line and coding, and tell whether its words still stand.

    The file is one that was exported, or a text you went on writing in: .docx, .xlsx, .html, .csv, .json, .parquet,
    .md or .txt. It ends with 1 if a quotation stands nowhere, or no longer as it is printed.
    """
    from qualkit.cli.shown import show_table
    from qualkit.tracing import standing_table, trace

    material = told_material(open_study(study_path), *_SHOWN_FILES)
    found = trace(material, file)
    shown = found if every else [one for one in found if not one.sound]
    show_table(standing_table(material, shown, file=file.name), as_json=as_json)
    amiss = sum(not one.sound for one in found)
    if not found:
        click.echo("No quotation was found in it.", err=True)
    else:
        click.echo(f"{len(found)} quotations, {amiss or 'none'} of them with something amiss.", err=True)
    sys.exit(1 if amiss else 0)
