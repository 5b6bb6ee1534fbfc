"""Options that several commands share."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from qualkit.model import Study

if TYPE_CHECKING:
    from qualkit.clearing import Draft
    from qualkit.material import Material

Command = TypeVar("Command", bound=Callable[..., Any])

study_option = click.option(
    "--study",
    "study_path",
    type=click.Path(path_type=Path),
    default=Path(),
    show_default="the folder you are in, or one above it",
    help="The study.",
)
coder_option = click.option(
    "--coder", metavar="NAME", help="Who you are. Default: $QUALKIT_CODER, the study's only coder, or your login name."
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON on stdout.")
dry_run_option = click.option("-n", "--dry-run", is_flag=True, help="Tell what would happen; write nothing.")
jobs_option = click.option(
    "--jobs", type=click.IntRange(1, 64), metavar="N", help="Processes. Default: the cores there are, eight at most."
)

draft_option = click.option(
    "--allow-unreviewed",
    "unreviewed",
    metavar="REASON",
    help="Write a draft before everything in it is decided: it says that it is not anonymised, the trail says why.",
)


def draft_of(study: Study, reason: str | None) -> Draft | None:
    """Return who wants a draft and why; None where nobody asked for one."""
    from qualkit import study as studies
    from qualkit.clearing import Draft

    if reason is None:
        return None
    if not reason.strip():
        raise click.BadParameter("write why, in a few words", param_hint="--allow-unreviewed")
    return Draft(studies.whoami(study, None), reason.strip())


def open_study(path: Path) -> Study:
    """Open the study an option named, and finish a change that a crash broke off."""
    from qualkit import register
    from qualkit import study as studies
    from qualkit.disk import StudyLocked

    study = studies.open_study(path)
    register.ask_with(_passphrase)
    if studies.broken_off(study):
        from qualkit.undoing import finish

        try:
            with studies.locked(study, studies.whoami(study, None)):
                if what := finish(study):
                    click.echo(f"A change that was broken off was finished: {what}.", err=True)
        except StudyLocked as error:
            # Whoever holds the lock is in the middle of it; readers are not kept waiting.
            click.echo(f"A change is being written, and may be seen half: {error}. {error.hint}", err=True)
    return study


def told_material(study: Study, *files: str) -> Material:
    """Read a study, and tell what is wrong in those of its files that a command shows."""
    from qualkit import study as studies
    from qualkit.cli.faults import tell_problems
    from qualkit.material import load_material

    material = load_material(study)
    problems = [*material.problems, *(studies.read_framework(study)[1] if studies.FRAMEWORK in files else ())]
    tell_problems([problem for problem in problems if problem.file in files])
    return material


def _passphrase(what: str) -> str:
    """Ask for the passphrase of what is sealed; "" where nobody can be asked."""
    if not sys.stdin.isatty():
        return ""
    try:
        return str(click.prompt(f"Passphrase of {what}", hide_input=True, err=True))
    except click.Abort:
        return ""
