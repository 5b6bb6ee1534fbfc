from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Literal

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

if TYPE_CHECKING:
    from qualkit.coding.guide_turns import AskedTurn
    from qualkit.material import Material
    from qualkit.table import Table

_SHOWN_FILES = ("guide.yaml",)

output_option = click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write it to a .docx, .xlsx, .html, .csv or .json file instead, with ids in the place of names.",
)
force_option = click.option("--force", is_flag=True, help="Write over a file that is there.")
counts_option = click.option("--counts/--marks", default=None, help="Numbers or marks.")

View = Literal["coverage", "parts", "turns", "all"]


@click.group("guide", invoke_without_command=True)
@counts_option
@study_option
@json_option
@output_option
@force_option
@draft_option
@click.pass_context
def command(
    context: click.Context,
    counts: bool | None,
    study_path: Path,
    as_json: bool,
    output: Path | None,
    force: bool,
    unreviewed: str | None,
) -> None:
    """See which questions of the interview guide (guide.yaml) each participant was asked and answered.

    Which turns of the interviewer ask which question is told by rules in guide.yaml, written as in the codebook,
    and by hand with `qualkit guide match`.

    Example: qualkit guide -o coverage.docx
    """
    if context.invoked_subcommand is None:
        _show(study_path, "coverage", counts, as_json=as_json, to=(output, force, unreviewed))


@command.command("parts")
@counts_option
@study_option
@json_option
@output_option
@force_option
@draft_option
def parts(
    counts: bool | None,
    study_path: Path,
    as_json: bool,
    output: Path | None,
    force: bool,
    unreviewed: str | None,
) -> None:
    """See what each part of the guide gave: of how many it was asked, and whether the answers were coded.

    Example: qualkit guide parts
    """
    _show(study_path, "parts", counts, as_json=as_json, to=(output, force, unreviewed))


@command.command("turns")
@click.option("--all", "every", is_flag=True, help="All turns of interviewers, with the question each asks.")
@study_option
@json_option
@output_option
@force_option
@draft_option
def turns(
    every: bool, study_path: Path, as_json: bool, output: Path | None, force: bool, unreviewed: str | None
) -> None:
    """List the interviewer's turns that ask no question of the guide.

    Example: qualkit guide turns --all
    """
    _show(study_path, "all" if every else "turns", None, as_json=as_json, to=(output, force, unreviewed))


@command.command("match")
@click.argument("transcript")
@click.argument("line", type=click.IntRange(1))
@click.argument("questions", nargs=-1, required=True, metavar="QUESTION...")
@study_option
@coder_option
def match(transcript: str, line: int, questions: tuple[str, ...], study_path: Path, coder: str | None) -> None:
    """Say by hand which QUESTION the interviewer's turn on a LINE of a TRANSCRIPT asks.

    What is said by hand counts for more than rules. “none” says that it asks nothing of the guide, “rules” leaves it
    to the rules again. The turn is known by its first words, so it is found also when the transcript is edited.

    Example: qualkit guide match K1 12 message
    """
    from qualkit import study as studies
    from qualkit.cli.writing import written
    from qualkit.guiding import good_guide, turn_on_line
    from qualkit.reflecting import say_asked

    study = open_study(study_path)
    who = studies.whoami(study, coder)
    with studies.locked(study, who):
        guide = good_guide(told_material(study, *_SHOWN_FILES))
        record, _ = studies.read_transcript(study, transcript)
        changed = say_asked(study, who, guide, record, turn_on_line(record, line), questions)
    written(changed=changed, what=f"{transcript}, line {line}: {', '.join(questions)}")


def _show(
    study_path: Path, view: View, counts: bool | None, *, as_json: bool, to: tuple[Path | None, bool, str | None]
) -> None:
    from qualkit.cli.faults import tell_problems
    from qualkit.cli.shown import next_step, show_path, show_table, study_option_for
    from qualkit.exporting import export_table
    from qualkit.finding import with_places
    from qualkit.guiding import check_guide_turns, good_guide, turns_asked
    from qualkit.material import load_material

    study = open_study(study_path)
    material = load_material(study)
    found = [problem for problem in material.problems if problem.file.startswith(("guide.yaml", "reflections/"))]
    tell_problems(found)
    good_guide(material)
    asked, slow = turns_asked(material)
    problems = [*check_guide_turns(material), *slow]
    tell_problems(problems)
    table = _table(material, view, counts, asked)
    output, force, unreviewed = to
    if output is not None:
        known = with_places(material, table)
        export_table(known, table, output, force=force, draft=draft_of(study, unreviewed))
        click.echo(show_path(output))
    else:
        show_table(table, as_json=as_json)
        if view == "turns" and table.rows and not as_json:
            name, line = table.rows[0][:2]
            next_step(f"qualkit guide match {name} {line} QUESTION{study_option_for(study.root)}")
    sys.exit(1 if any(problem.severity == "error" for problem in [*found, *problems]) else 0)


def _table(material: Material, view: View, counts: bool | None, asked: list[AskedTurn]) -> Table:
    from qualkit.guiding import coverage_table, parts_table, turns_table

    if view == "coverage":
        return coverage_table(material, asked, counts=counts)
    if view == "parts":
        return parts_table(material, asked, counts=counts)
    return turns_table(material, asked, every=view == "all")
