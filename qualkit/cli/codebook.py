from __future__ import annotations

import shlex
import sys
from pathlib import Path

import click

from qualkit.cli import codebook_changes as changes
from qualkit.cli.options import coder_option, draft_of, draft_option, json_option, open_study, study_option


@click.group("codebook")
def command() -> None:
    """Check, show and change the codebook, export it, and see what another file would change in it."""


for _change in (changes.rename, changes.merge, changes.split, changes.move, changes.delete):
    command.add_command(_change)


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


@command.command("export")
@click.argument("kind", type=click.Choice(["word", "excel", "csv", "qdc"]))
@study_option
@click.option("-o", "--output", type=click.Path(path_type=Path), help="A file or folder. Default: exports/.")
@click.option("--no-examples", is_flag=True, help="Without examples, which are informants' words.")
@click.option("--force", is_flag=True, help="Write over a file that is there.")
@draft_option
def export(
    kind: str, study_path: Path, output: Path | None, no_examples: bool, force: bool, unreviewed: str | None
) -> None:
    """Write the codebook as a Word, Excel or CSV file, or for other programs (REFI-QDA, .qdc).

    Excel and CSV can be edited and read back with `qualkit codebook import`. A .qdc file goes to NVivo,
    ATLAS.ti, MAXQDA and others; its GUIDs are kept in codebook.yaml, so that codes are known again.
    """
    from qualkit.cli.shown import next_step, show_path, study_option_for
    from qualkit.codebook_exchange import export_codebook

    study = open_study(study_path)
    draft = draft_of(study, unreviewed)
    path, left = export_codebook(study, kind, path=output, examples=not no_examples, force=force, draft=draft)
    for sentence in left:
        click.echo(f"Not in the file: {sentence}", err=True)
    click.echo(show_path(path))
    if kind == "word":
        next_step(f"qualkit export word{study_option_for(study.root)}")
    else:
        next_step(
            f"qualkit codebook import {shlex.quote(show_path(path))}{study_option_for(study.root)}   (when edited)"
        )


@command.command("import")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@study_option
@coder_option
@click.option("--apply", is_flag=True, help="Write the changes into codebook.yaml.")
@click.option("--remove", is_flag=True, help="Take codes out that FILE does not have and no coding has.")
@click.option("--diff", is_flag=True, help="Show the changed lines of codebook.yaml instead of a table.")
@json_option
def import_(
    file: Path, study_path: Path, coder: str | None, apply: bool, remove: bool, diff: bool, as_json: bool
) -> None:
    """Show what a codebook in FILE (.csv, .xlsx, .qdc) would change in the study's; write it only with --apply.

    Codes are known again by GUID, id, path or name. Fields the file does not have stay as they are, rules
    always. What stands in codebook.yaml around the changes, comments too, is kept to the byte.
    """
    from qualkit import study as studies
    from qualkit.cli.shown import next_step, show_path, show_table, study_option_for
    from qualkit.codebook_exchange import apply_import, propose_import
    from qualkit.coding.codebook_diff import change_table

    study = open_study(study_path)
    proposal = propose_import(study, file, remove=remove)
    if diff:
        show_diff(proposal.before, proposal.text)
    else:
        show_table(change_table(list(proposal.changes), proposal.names, remove=remove), as_json=as_json)
    for sentence in proposal.told:
        click.echo(sentence[:1].upper() + sentence[1:] + ".", err=True)
    if proposal.before == proposal.text:
        click.echo("codebook.yaml stays as it is.", err=True)
        return
    if apply:
        apply_import(study, proposal, who=studies.whoami(study, coder), source=file.name, remove=remove)
        click.echo("codebook.yaml was changed; the trail tells how (qualkit log).", err=True)
        next_step(f"qualkit codebook check{study_option_for(study.root)}")
    else:
        also = " --remove" if remove else ""
        command_ = f"qualkit codebook import {shlex.quote(show_path(file))}{also} --apply"
        next_step(f"{command_}{study_option_for(study.root)}   (nothing is written yet)")


def show_diff(before: str, after: str) -> None:
    """Print the changed lines of codebook.yaml, as programmers know them, in colour where there is any."""
    from difflib import unified_diff

    from qualkit.cli.shown import visible

    names = ("codebook.yaml", "codebook.yaml (proposed)")
    for line in unified_diff(before.splitlines(), after.splitlines(), *names, lineterm=""):
        head = line.startswith(("---", "+++", "@@"))
        colour = "cyan" if head else {"+": "green", "-": "red"}.get(line[:1])
        click.secho(visible(line), fg=colour)
