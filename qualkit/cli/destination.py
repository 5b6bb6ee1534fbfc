"""Where a table goes that a command shows: to the screen, as JSON, or into a file."""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from qualkit.cli.options import draft_of, draft_option, json_option

if TYPE_CHECKING:
    from qualkit.material import Material
    from qualkit.table import Table


@dataclass(frozen=True, slots=True)
class Destination:
    """What the options say.

    Attributes:
        as_json: JSON on stdout.
        output: The file it is written to; None for the screen.
        force: A file that is there is written over.
        unreviewed: Why a draft is written before everything in it is decided; None where none is asked for.
    """

    as_json: bool
    output: Path | None
    force: bool
    unreviewed: str | None


def destination_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command --json, --output, --force and --allow-unreviewed, which it takes together as `to`."""

    @functools.wraps(command)
    def told(*, as_json: bool, output: Path | None, force: bool, unreviewed: str | None, **given: Any) -> Any:
        return command(to=Destination(as_json, output, force, unreviewed), **given)

    output = click.option(
        "-o",
        "--output",
        type=click.Path(path_type=Path, dir_okay=False),
        help="Write it to a .docx, .xlsx, .html, .csv or .json file instead; a name that must not be printed stops it.",
    )
    force = click.option("--force", is_flag=True, help="Write over a file that is there.")
    for option in (draft_option, force, output, json_option):
        told = option(told)
    return told


def put(material: Material, table: Table, to: Destination) -> None:
    """Show a table, or write it as a file.

    Raises:
        QualkitError: Where the file cannot be written, or something in it is not decided.
    """
    from qualkit.cli.shown import show_path, show_table
    from qualkit.exporting import export_table

    if to.output is None:
        show_table(table, as_json=to.as_json)
        return
    export_table(material, table, to.output, force=to.force, draft=draft_of(material.study, to.unreviewed))
    click.echo(show_path(to.output))
