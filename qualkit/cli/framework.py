from __future__ import annotations

import sys
from pathlib import Path
from typing import TextIO

import click

from qualkit.cli.options import (
    coder_option,
    draft_of,
    draft_option,
    json_option,
    open_study,
    study_option,
    told_material,
)

_SHOWN_FILES = ("framework.yaml", "themes.yaml")

why_option = click.option("--why", default="", metavar="TEXT", help="Why; kept in the trail.")


@click.group("framework", invoke_without_command=True)
@study_option
@json_option
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="A file: .xlsx to write in, .docx, .csv …"
)
@click.option("--force", is_flag=True, help="Write over a file that is there.")
@draft_option
@click.pass_context
def command(
    context: click.Context, study_path: Path, as_json: bool, output: Path | None, force: bool, unreviewed: str | None
) -> None:
    """Write and show the framework matrix: what each case says to each theme, summed up by you.

    Without a command: the matrix, ⚑ before a summary whose passages changed since it was written. Everything stands
    in framework.yaml, which you may edit as well. For example:

    \b
      qualkit framework write K1 ikke-mottatt
      qualkit framework -o matrix.xlsx
    """
    if context.invoked_subcommand is not None:
        return
    from qualkit.cli.shown import next_step, show_path, show_table, study_option_for
    from qualkit.exporting import export_table
    from qualkit.framework import matrix
    from qualkit.framework_workbook import export_workbook

    study = open_study(study_path)
    material = told_material(study, *_SHOWN_FILES)
    if output is None:
        show_table(matrix(material), as_json=as_json)
        return
    draft = draft_of(study, unreviewed)
    if output.suffix.casefold() == ".xlsx":
        export_workbook(material, output, force=force, draft=draft)
    else:
        export_table(material, matrix(material, flags=False), output, force=force, draft=draft)
    click.echo(show_path(output))
    if output.suffix.casefold() == ".xlsx":
        next_step(f"qualkit framework read {show_path(output)}{study_option_for(study.root)}")


@command.command("write")
@click.argument("case")
@click.argument("theme")
@click.option("--file", "source", type=click.File(encoding="utf-8"), help="Read the text from a file; - for stdin.")
@click.option("--text", metavar="TEXT", help="The text itself.")
@click.option("--rests-on", "codings", multiple=True, metavar="CODING", help="A passage it rests on; several times.")
@why_option
@study_option
@coder_option
def write_(
    case: str,
    theme: str,
    source: TextIO | None,
    text: str | None,
    codings: tuple[str, ...],
    why: str,
    study_path: Path,
    coder: str | None,
) -> None:
    """Write what CASE (a participant) says to THEME, in your editor, here or from a file. Earlier texts are kept.

    It rests on the accepted passages of the theme in the case's words, unless you name others.
    """
    from qualkit import study as studies
    from qualkit.framework import summaries, write
    from qualkit.material import load_material

    study = open_study(study_path)
    who = studies.whoami(study, coder)
    before = next((one.text for one in summaries(study) if (one.case, one.theme) == (case, theme)), "")
    if source is not None and text is not None:
        raise click.UsageError("--file and --text both give the text: leave one out.")
    words = text if text is not None else source.read() if source is not None else None
    if words is None:
        words = click.edit(before + "\n", extension=".txt")
    if not (words or "").strip():
        click.echo("Nothing was written.", err=True)
        sys.exit(1)
    with studies.locked(study, who):
        changed = write(load_material(study), who, case, theme, str(words), codings=codings or None, why=why)
    click.echo("Written." if changed else "It is the text that stands there already.", err=True)


@command.command("passages")
@click.argument("case", required=False, default="")
@click.argument("theme", required=False, default="")
@study_option
@json_option
def passages_(case: str, theme: str, study_path: Path, as_json: bool) -> None:
    """Show the passages that summaries rest on, what became of them, and accepted ones that none rests on.

    Of one cell with CASE and THEME, also before anything is written there.
    """
    from qualkit.cli.shown import show_table
    from qualkit.framework import passages

    show_table(passages(told_material(open_study(study_path), *_SHOWN_FILES), case, theme), as_json=as_json)


def _linker(name: str, says: str) -> click.Command:
    @click.command(name, help=says)
    @click.argument("case")
    @click.argument("theme")
    @click.argument("codings", nargs=-1, required=True, metavar="CODING...")
    @why_option
    @study_option
    @coder_option
    def linker(case: str, theme: str, codings: tuple[str, ...], why: str, study_path: Path, coder: str | None) -> None:
        from qualkit import framework
        from qualkit import study as studies
        from qualkit.material import load_material

        study = open_study(study_path)
        who = studies.whoami(study, coder)
        with studies.locked(study, who):
            change = framework.link if name == "link" else framework.unlink
            change(load_material(study), who, case, theme, codings, why=why)
        click.echo(f"{len(codings)} {'linked' if name == 'link' else 'unlinked'}.", err=True)

    return linker


command.add_command(
    _linker(
        "link",
        "Let the summary of CASE and THEME rest on a CODING too. Of one that it rests on already and that changed "
        "since, this says that you have read it and the summary holds.",
    )
)
command.add_command(_linker("unlink", "Let the summary of CASE and THEME rest on a CODING no longer."))


@command.command("sheet")
@click.option("--force", is_flag=True, help="Write over a workbook that somebody wrote in.")
@study_option
def sheet(force: bool, study_path: Path) -> None:
    """Write a workbook to working/: the matrix to write in, and the passages in the words that were said.

    It is for your own desk and confidential on every page. Read it back with `qualkit framework read`.
    """
    from qualkit.cli.shown import next_step, show_path, study_option_for
    from qualkit.framework_workbook import write_working_workbook

    study = open_study(study_path)
    path = write_working_workbook(told_material(study, *_SHOWN_FILES), force=force)
    click.echo(show_path(path))
    next_step(f"qualkit framework read {show_path(path)}{study_option_for(study.root)}")


@command.command("read")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@why_option
@study_option
@coder_option
def read(file: Path, why: str, study_path: Path, coder: str | None) -> None:
    """Read summaries back from a workbook (FILE) that was written in.

    Earlier ones are kept as versions. What was changed on both sides, columns and rows that are gone, renamed or new
    are told with their cell, and nothing of the study is overwritten.
    """
    from qualkit import study as studies
    from qualkit.cli.faults import tell_problems
    from qualkit.framework_workbook import read_back
    from qualkit.material import load_material

    study = open_study(study_path)
    who = studies.whoami(study, coder)
    with studies.locked(study, who):
        done = read_back(load_material(study), who, file, why=why)
    tell_problems(list(done.problems))
    click.echo(f"{done.written} summaries written; {done.same} were the same already.", err=True)
    sys.exit(1 if any(problem.severity == "error" for problem in done.problems) else 0)
