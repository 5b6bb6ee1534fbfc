from __future__ import annotations

import sys
from pathlib import Path

import click

from qualkit.cli.options import json_option, open_study, study_option


@click.group("quotations")
def command() -> None:
    """Choose quotations, see their balance, and find the way back from print to transcript.

    Quotations are chosen by you and never by the tool. For example: qualkit quotations where "K1, line 42"
    """


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
    from qualkit.material import load_material
    from qualkit.tracing import standing_table, where

    material = load_material(open_study(study_path))
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
    from qualkit.material import load_material
    from qualkit.tracing import standing_table, trace

    material = load_material(open_study(study_path))
    found = trace(material, file)
    shown = found if every else [one for one in found if not one.sound]
    show_table(standing_table(material, shown, file=file.name), as_json=as_json)
    amiss = sum(not one.sound for one in found)
    if not found:
        click.echo("No quotation was found in it.", err=True)
    else:
        click.echo(f"{len(found)} quotations, {amiss or 'none'} of them with something amiss.", err=True)
    sys.exit(1 if amiss else 0)
