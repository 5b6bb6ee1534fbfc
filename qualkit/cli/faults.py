"""What is printed when a command ends badly; never an informant's words."""

from __future__ import annotations

import os
import traceback
from collections.abc import Sequence
from pathlib import Path

import click

from qualkit.errors import FaultyFiles, Problem, QualkitError

_SHOWN = 40


def tell(error: Exception) -> int:
    """Print an error as far as it may be shown, and return the exit code."""
    if isinstance(error, FaultyFiles):
        tell_problems(error.problems, everything=True)
        if str(error):
            click.secho(f"Error: {error}", fg="red", err=True)
        return 1
    if isinstance(error, QualkitError):
        click.secho(f"Error: {error}", fg="red", err=True)
        if error.hint:
            click.echo(f"  {error.hint}", err=True)
        return 1
    if isinstance(error, OSError) and error.errno and error.filename:
        # A file's name and the system's reason; what was to be written is in neither.
        click.secho(f"Error: {Path(str(error.filename)).name}: {os.strerror(error.errno)}", fg="red", err=True)
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
        click.secho(str(problem), fg=colour, err=True)
        if problem.hint:
            click.echo(f"  {problem.hint}", err=True)
    if len(problems) > len(shown):
        click.echo(f"… and {len(problems) - len(shown)} more: qualkit check", err=True)
