"""What is printed when a command ends badly; never an informant's words."""

from __future__ import annotations

import os
import traceback
from collections.abc import Sequence
from pathlib import Path

import click

from qualkit.cli.shown import visible
from qualkit.errors import FaultyFiles, Problem, QualkitError

_SHOWN = 40


def tell(error: Exception) -> int:
    """Print an error as far as it may be shown, and return the exit code."""
    if isinstance(error, FaultyFiles):
        tell_problems(error.problems, everything=True)
        if str(error):
            click.secho(f"Error: {visible(str(error))}", fg="red", err=True)
        return 1
    if isinstance(error, QualkitError):
        click.secho(f"Error: {visible(str(error))}", fg="red", err=True)
        if error.hint:
            click.echo(f"  {visible(error.hint)}", err=True)
        return 1
    if isinstance(error, OSError) and error.errno:
        # A file's name, where the system tells it, and its reason; what was to be written is in neither.
        file = f"{Path(str(error.filename)).name}: " if error.filename else "a file could not be read or written: "
        click.secho(f"Error: {visible(file)}{os.strerror(error.errno)}", fg="red", err=True)
        click.echo("  Check that it is there, and that you may read it and write to its folder.", err=True)
        return 1
    tell_crash(error)
    return 1


def tell_crash(error: Exception) -> None:
    """Print where qualkit broke. The message of the error is left out: it may hold an informant's words."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if "qualkit" in Path(frame.filename).parts] or list(frames)
    places = [f"{'/'.join(Path(frame.filename).parts[-3:])}:{frame.lineno}" for frame in ours[-4:]]
    click.secho("qualkit broke off. Your files are as the last finished step left them.", fg="red", err=True)
    click.echo(f"  {type(error).__name__} at {' ← '.join(reversed(places))}", err=True)
    click.echo("  Please report these two lines; they hold no words from your transcripts.", err=True)


def tell_problems(problems: Sequence[Problem], *, everything: bool = False) -> None:
    """Print problems on stderr, errors first where there are many, with a hint under each."""
    shown = problems if everything else sorted(problems, key=lambda p: p.severity != "error")[:_SHOWN]
    for problem in shown:
        colour = "red" if problem.severity == "error" else "yellow"
        click.secho(visible(str(problem)), fg=colour, err=True)
        if problem.hint:
            click.echo(f"  {visible(problem.hint)}", err=True)
    if len(problems) > len(shown):
        click.echo(f"… and {len(problems) - len(shown)} more: qualkit check", err=True)
