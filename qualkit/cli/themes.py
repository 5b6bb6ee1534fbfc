from __future__ import annotations

import sys
from pathlib import Path

import click

from qualkit.cli import themes_changes, themes_map, themes_views
from qualkit.cli.options import draft_of, draft_option, json_option, open_study, study_option, told_material

_SHOWN_FILES = ("themes.yaml",)


@click.group("themes", invoke_without_command=True)
@study_option
@json_option
@click.pass_context
def command(context: click.Context, study_path: Path, as_json: bool) -> None:
    """Make themes of codes, write what they are about, and see what they rest on.

    Without a command: the themes as they stand. Everything stands in themes.yaml, which you may edit as well.
    """
    if context.invoked_subcommand is not None:
        return
    from qualkit.cli.shown import next_step, show_table, study_option_for
    from qualkit.theme_views import themes_overview

    study = open_study(study_path)
    material = told_material(study, *_SHOWN_FILES)
    show_table(themes_overview(material), as_json=as_json)
    if not material.themes:
        next_step(f"qualkit themes add HEADING CODE…{study_option_for(study.root)}")


@command.command("table")
@study_option
@json_option
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), help="Write it to a .docx, .xlsx or .csv file instead."
)
@draft_option
def table(study_path: Path, as_json: bool, output: Path | None, unreviewed: str | None) -> None:
    """Theme, subtheme, code and the quotations chosen in themes.yaml."""
    _show(study_path, 0, (), None, with_proposals=False, as_json=as_json, output=output, unreviewed=unreviewed)


@command.command("matrix")
@study_option
@click.option("--by", metavar="COLUMN", help="A column of participants.csv instead of the participants themselves.")
@click.option("--counts/--marks", default=None, help="Numbers or marks. Default: as the method does.")
@click.option("--with-proposals", is_flag=True, help="Count what rules propose too.")
@json_option
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), help="Write it to a .docx, .xlsx or .csv file instead."
)
@draft_option
def matrix(
    study_path: Path,
    by: str | None,
    counts: bool | None,
    with_proposals: bool,
    as_json: bool,
    output: Path | None,
    unreviewed: str | None,
) -> None:
    """Themes and codes against participants, or against a column of participants.csv."""
    number = 2 if by else 1
    columns = (by,) if by else ()
    _show(
        study_path,
        number,
        columns,
        counts,
        with_proposals=with_proposals,
        as_json=as_json,
        output=output,
        unreviewed=unreviewed,
    )


def _show(
    study_path: Path,
    number: int,
    by: tuple[str, ...],
    counts: bool | None,
    *,
    with_proposals: bool,
    as_json: bool,
    output: Path | None,
    unreviewed: str | None,
) -> None:
    from qualkit.checks import check_material
    from qualkit.cli.faults import tell_problems
    from qualkit.cli.shown import show_path, show_table
    from qualkit.material import load_material
    from qualkit.publishing import FileIsThere, publish, render_words, results_document, results_tables
    from qualkit.table import Table

    study = open_study(study_path)
    draft = draft_of(study, unreviewed)
    material = load_material(study)
    tell_problems(check_material(material))
    chosen = results_tables(material, by=list(by), counts=counts, with_proposals=with_proposals)[number]
    document = results_document(material, [chosen], draft=draft is not None)
    if output is not None:
        if output.exists():
            raise FileIsThere(output)
        publish(material, document, output, draft=draft)
        click.echo(show_path(output))
    else:
        ready = next(block for block in render_words(material, document).blocks if isinstance(block, Table))
        show_table(ready, as_json=as_json)
    sys.exit(1 if any(problem.severity == "error" for problem in material.of_results()) else 0)


for each in (*themes_changes.COMMANDS, *themes_views.COMMANDS, *themes_map.COMMANDS):
    command.add_command(each)
