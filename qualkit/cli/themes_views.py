"""Commands under `qualkit themes` that show what themes rest on."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from qualkit.cli.options import draft_of, draft_option, json_option, open_study, study_option, told_material

if TYPE_CHECKING:
    from qualkit.material import Material
    from qualkit.table import Table

Command = TypeVar("Command", bound=Callable[..., Any])

_SHOWN_FILES = ("themes.yaml",)

counts_option = click.option("--counts/--marks", default=None, help="Numbers or none. Default: as the method does.")
_output = click.option(
    "-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="A file: .docx, .xlsx, .html, .csv, .json."
)
_force = click.option("--force", is_flag=True, help="Write over a file that is there.")


def _viewing(command: Command) -> Command:
    for option in (draft_option, _force, _output, json_option, study_option):
        command = option(command)
    return command


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
@_viewing
def extracts(
    themes: tuple[str, ...],
    study_path: Path,
    as_json: bool,
    output: Path | None,
    force: bool,
    unreviewed: str | None,
) -> None:
    """Gather everything coded under each THEME, to read it as a whole."""
    from qualkit.theme_views import theme_extracts

    view(study_path, lambda material: theme_extracts(material, themes), as_json, output, force, unreviewed)


@click.command("overlap")
@counts_option
@_viewing
def overlap(
    counts: bool | None,
    study_path: Path,
    as_json: bool,
    output: Path | None,
    force: bool,
    unreviewed: str | None,
) -> None:
    """Show what themes share: the passages themselves, or, with --counts, how many."""
    from qualkit.theme_views import theme_overlap

    view(study_path, lambda material: theme_overlap(material, counts=counts), as_json, output, force, unreviewed)


@click.command("people")
@counts_option
@_viewing
def people(
    counts: bool | None,
    study_path: Path,
    as_json: bool,
    output: Path | None,
    force: bool,
    unreviewed: str | None,
) -> None:
    """Show who is heard under each theme and who is not, and where one voice stands alone."""
    from qualkit.theme_views import theme_people

    view(study_path, lambda material: theme_people(material, counts=counts), as_json, output, force, unreviewed)


@click.command("announced")
@_viewing
def announced(study_path: Path, as_json: bool, output: Path | None, force: bool, unreviewed: str | None) -> None:
    """Hold the themes that were announced (qualkit themes announce) against those that stand now."""
    from qualkit.theme_views import theme_announced

    view(study_path, theme_announced, as_json, output, force, unreviewed)


@click.command("definitions")
@_viewing
def definitions(study_path: Path, as_json: bool, output: Path | None, force: bool, unreviewed: str | None) -> None:
    """Show what each theme is about: concept, definition, test, scope, codes and where they come from."""
    from qualkit.theme_views import theme_definitions

    view(study_path, theme_definitions, as_json, output, force, unreviewed)


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


def view(
    study_path: Path,
    table_of: Callable[[Material], Table],
    as_json: bool,
    output: Path | None,
    force: bool,
    unreviewed: str | None,
) -> None:
    """Show a table of a study, or write it as a file."""
    from qualkit.cli.faults import tell_problems
    from qualkit.cli.shown import show_path, show_table
    from qualkit.exporting import export_table
    from qualkit.material import load_material

    study = open_study(study_path)
    draft = draft_of(study, unreviewed)
    material = load_material(study)
    tell_problems(material.of_results())
    table = table_of(material)
    if output is not None:
        export_table(material, table, output, force=force, draft=draft)
        click.echo(show_path(output))
    else:
        show_table(table, as_json=as_json)
    sys.exit(1 if any(problem.severity == "error" for problem in material.of_results()) else 0)


COMMANDS = (show, extracts, overlap, people, announced, definitions, remarks)
