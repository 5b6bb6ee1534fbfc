from __future__ import annotations

import sys
from pathlib import Path

import click

from qualkit.cli.options import json_option, open_study, study_option


@click.group("codebook")
def command() -> None:
    """Check and show the codebook."""


@command.command("check")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False), required=False)
@study_option
@json_option
def check(file: Path | None, study_path: Path, as_json: bool) -> None:
    """Find every fault of a codebook: FILE, or the study's own."""
    from qualkit import study as studies
    from qualkit.cli.faults import tell_problems
    from qualkit.cli.shown import json_text

    if file is not None:
        book, problems = studies.read_codebook_file(file)
    else:
        book, problems = studies.read_codebook(open_study(study_path))
    if as_json:
        click.echo(json_text([problem.as_json() for problem in problems]))
    else:
        tell_problems(problems, everything=True)
        codes = list(book.walk())
        rules = sum(len(code.rules) for code in codes)
        click.echo(f"{len(codes)} codes, {rules} rules, {len(problems)} problems", err=True)
    sys.exit(1 if problems else 0)


@command.command("show")
@study_option
@click.option("--rule", metavar="ID", help="Only this rule, with its patterns.")
@click.option("--forms", is_flag=True, help="With --rule: the words of this study that it matches, with counts.")
@json_option
def show(study_path: Path, rule: str | None, forms: bool, as_json: bool) -> None:
    """Show the codes as a tree, or one rule and the words it finds."""
    from qualkit import study as studies
    from qualkit.cli.faults import tell_problems
    from qualkit.cli.shown import show_table
    from qualkit.codebook_views import code_table, forms_table, rule_table

    study = open_study(study_path)
    book, problems = studies.read_codebook(study)
    tell_problems(problems, everything=True)
    faulty = any(problem.severity == "error" for problem in problems)
    if rule is None:
        show_table(code_table(book), as_json=as_json)
    elif forms:
        transcripts, _ = studies.read_transcripts(study)
        show_table(forms_table(book, rule, transcripts), as_json=as_json)
    else:
        show_table(rule_table(book, rule), as_json=as_json)
    sys.exit(1 if faulty else 0)
