"""Commands under `qualkit themes` that show what themes rest on."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from qualkit.cli.destination import Destination, destination_options, put
from qualkit.cli.options import json_option, open_study, study_option, told_material

if TYPE_CHECKING:
    from qualkit.material import Material
    from qualkit.table import Table

_SHOWN_FILES = ("themes.yaml",)

counts_option = click.option("--counts/--marks", default=None, help="Numbers or none. Default: as the method does.")


@click.command("show")
@click.argument("theme", required=False)
@study_option
@json_option
def show(theme: str | None, study_path: Path, as_json: bool) -> None:
    """Show everything that is written of a THEME; without one, all themes as they stand."""
    from qualkit.cli.shown import show_table
    from qualkit.theme_views import shown_theme, themes_overview

    material = told_material(open_study(study_path), *_SHOWN_FILES)
    show_table(shown_theme(material, theme) if theme else themes_overview(material), as_json=as_json)


@click.command("extracts")
@click.argument("themes", nargs=-1, metavar="[THEME]...")
@study_option
@destination_options
def extracts(
    themes: tuple[str, ...],
    study_path: Path,
    to: Destination,
) -> None:
    """Gather everything coded under each THEME, to read it as a whole."""
    from qualkit.theme_views import theme_extracts

    view(study_path, lambda material: theme_extracts(material, themes), to)


@click.command("overlap")
@counts_option
@study_option
@destination_options
def overlap(
    counts: bool | None,
    study_path: Path,
    to: Destination,
) -> None:
    """Show what themes share: the passages themselves, or, with --counts, how many."""
    from qualkit.theme_views import theme_overlap

    view(study_path, lambda material: theme_overlap(material, counts=counts), to)


@click.command("people")
@counts_option
@study_option
@destination_options
def people(
    counts: bool | None,
    study_path: Path,
    to: Destination,
) -> None:
    """Show who is heard under each theme and who is not, and where one voice stands alone."""
    from qualkit.theme_views import theme_people

    view(study_path, lambda material: theme_people(material, counts=counts), to)


@click.command("announced")
@study_option
@destination_options
def announced(study_path: Path, to: Destination) -> None:
    """Hold the themes that were announced (qualkit themes announce) against those that stand now."""
    from qualkit.theme_views import theme_announced

    view(study_path, theme_announced, to)


@click.command("definitions")
@study_option
@destination_options
def definitions(study_path: Path, to: Destination) -> None:
    """Show what each theme is about: concept, definition, test, scope, codes and where they come from."""
    from qualkit.theme_views import theme_definitions

    view(study_path, theme_definitions, to)


@click.command("remarks")
@study_option
@json_option
def remarks(study_path: Path, as_json: bool) -> None:
    """Remark what a careful colleague would of your themes: nothing of it is forbidden.

    Headings of one word, headings over a subject ("Barriers to …"), a theme that is a question of the interview
    guide, a test of more than two sentences, a theme without a concept, of one code or one voice.
    """
    from qualkit.cli.shown import show_table
    from qualkit.theme_views import theme_remarks

    show_table(theme_remarks(told_material(open_study(study_path), *_SHOWN_FILES)), as_json=as_json)


def view(study_path: Path, table_of: Callable[[Material], Table], to: Destination) -> None:
    """Show a table of a study, or write it as a file."""
    from qualkit.cli.faults import tell_problems
    from qualkit.material import load_material

    material = load_material(open_study(study_path))
    tell_problems(material.of_results())
    put(material, table_of(material), to)
    sys.exit(1 if any(problem.severity == "error" for problem in material.of_results()) else 0)


COMMANDS = (show, extracts, overlap, people, announced, definitions, remarks)
