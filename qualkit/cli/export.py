from __future__ import annotations

import sys
from pathlib import Path

import click

from qualkit.cli.options import open_study, study_option


@click.command("export")
@click.argument("kind", type=click.Choice(["word", "excel", "csv"]))
@study_option
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), help="A file (for csv a folder). Default: exports/ in the study."
)
@click.option(
    "--by", multiple=True, metavar="COLUMN", help="A column of participants.csv to compare by; may be repeated."
)
@click.option("--counts/--marks", default=None, help="Numbers or marks in matrices. Default: as the method does.")
@click.option("--with-proposals", is_flag=True, help="Count and list what rules propose too, marked as such.")
@click.option(
    "--template",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="A Word file whose styles are used.",
)
@click.option("--force", is_flag=True, help="Write over a file that is there.")
def command(
    kind: str,
    study_path: Path,
    output: Path | None,
    by: tuple[str, ...],
    counts: bool | None,
    with_proposals: bool,
    template: Path | None,
    force: bool,
) -> None:
    """Write theme table and matrices as a Word, Excel or CSV file.

    Accepted codings are printed. The words go through the redactor, which puts participants' ids in the
    place of their names; until a study is anonymised every file says that it is not.
    """
    from qualkit.checks import check_material
    from qualkit.cli.faults import tell_problems
    from qualkit.cli.shown import show_path
    from qualkit.material import load_material
    from qualkit.model import READ_FIRST
    from qualkit.publishing import export_results

    study = open_study(study_path)
    if with_proposals and study.settings.method in READ_FIRST:
        click.echo("Proposals are not printed in a study of this method; accepted codings are.", err=True)
    material = load_material(study)
    tell_problems(check_material(material))
    written = export_results(
        material,
        kind,
        path=output,
        by=list(by) or None,
        counts=counts,
        with_proposals=with_proposals,
        template=template.read_bytes() if template else None,
        force=force,
    )
    for path in written:
        click.echo(show_path(path))
    sys.exit(1 if any(problem.severity == "error" for problem in material.problems) else 0)
