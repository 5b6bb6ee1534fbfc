from __future__ import annotations

import sys
from pathlib import Path

import click

from qualkit.cli.options import json_option, open_study, study_option


@click.command("check")
@study_option
@json_option
def command(study_path: Path, as_json: bool) -> None:
    """Find everything that is wrong in a study, each with its place and what to do. Writes nothing.

    Exits with 1 when anything is found.
    """
    from qualkit.checks import check_study
    from qualkit.cli.faults import tell_problems
    from qualkit.cli.shown import json_text
    from qualkit.errors import FaultyFiles

    try:
        problems = check_study(open_study(study_path))
    except FaultyFiles as error:
        problems = error.problems
    if as_json:
        click.echo(json_text([problem.as_json() for problem in problems]))
    else:
        tell_problems(problems, everything=True)
        count = "1 problem" if len(problems) == 1 else f"{len(problems)} problems"
        click.echo(count if problems else "Nothing is wrong.", err=True)
    sys.exit(1 if problems else 0)
