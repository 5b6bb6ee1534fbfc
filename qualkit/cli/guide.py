from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from qualkit.cli.destination import Destination, destination_options, put
from qualkit.cli.options import coder_option, open_study, study_option, told_material

if TYPE_CHECKING:
    from qualkit.coding.guide_turns import AskedTurn
    from qualkit.material import Material
    from qualkit.table import Table

_SHOWN_FILES = ("guide.yaml",)

counts_option = click.option("--counts/--marks", default=None, help="Numbers or marks.")

View = Literal["coverage", "parts", "turns", "all"]


@click.group("guide", invoke_without_command=True)
@counts_option
@study_option
@destination_options
@click.pass_context
def command(
    context: click.Context,
    counts: bool | None,
    study_path: Path,
    to: Destination,
) -> None:
    """See which questions of the interview guide (guide.yaml) each participant was asked and answered.

    Which turns of the interviewer ask which question is told by rules in guide.yaml, written as in the codebook,
    and by hand with `qualkit guide match`.

    Example: qualkit guide -o coverage.docx
    """
    if context.invoked_subcommand is None:
        _show(study_path, "coverage", counts, to)


@command.command("parts")
@counts_option
@study_option
@destination_options
def parts(
    counts: bool | None,
    study_path: Path,
    to: Destination,
) -> None:
    """See what each part of the guide gave: of how many it was asked, and whether the answers were coded.

    Example: qualkit guide parts
    """
    _show(study_path, "parts", counts, to)


@command.command("turns")
@click.option("--all", "every", is_flag=True, help="All turns of interviewers, with the question each asks.")
@study_option
@destination_options
def turns(every: bool, study_path: Path, to: Destination) -> None:
    """List the interviewer's turns that ask no question of the guide.

    Example: qualkit guide turns --all
    """
    _show(study_path, "all" if every else "turns", None, to)


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


def _show(study_path: Path, view: View, counts: bool | None, to: Destination) -> None:
    from qualkit.cli.faults import tell_problems
    from qualkit.cli.shown import next_step, study_option_for
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
    put(with_places(material, table), table, to)
    if view == "turns" and table.rows and to.output is None and not to.as_json:
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
