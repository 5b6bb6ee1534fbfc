from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from qualkit.cli.options import json_option, open_study, study_option

if TYPE_CHECKING:
    from qualkit.model import Study


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

    study: Study | None = None
    try:
        study = open_study(study_path)
        problems = check_study(study)
    except FaultyFiles as error:
        problems = error.problems
    if as_json:
        click.echo(json_text([problem.as_json() for problem in problems]))
    else:
        tell_problems(problems, everything=True)
        count = "1 problem" if len(problems) == 1 else f"{len(problems)} problems"
        click.echo(count if problems else "Nothing is wrong.", err=True)
    if study is not None:
        _tell_waiting(study)
    sys.exit(1 if problems else 0)


def _tell_waiting(study: Study) -> None:
    """Tell how much waits to be decided, once somebody has begun to decide; it is no problem of the study's files."""
    from qualkit import register

    if not register.has_register(study) or register.is_sealed(study):
        return
    from qualkit import scanning
    from qualkit.cli.shown import study_option_for
    from qualkit.errors import FaultyFiles

    try:
        found = scanning.cached_queue(study, register.read_register(study)[0])
    except FaultyFiles:
        return
    if found:
        words = f"{len(found)} words wait" if len(found) > 1 else "One word waits"
        click.echo(f"{words} to be decided: qualkit anonymise decide{study_option_for(study.root)}", err=True)
