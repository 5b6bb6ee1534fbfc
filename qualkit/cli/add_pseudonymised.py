"""`qualkit add --pseudonymise`: what would be replaced is shown, and what is not sure is asked, each name once."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from qualkit.adding import AddReport
    from qualkit.anonymisation.candidates import Candidate
    from qualkit.anonymisation.decisionsfile import Choice
    from qualkit.model import Declared, Study
    from qualkit.pseudonymising import Door

_KEYS = "Enter or y: replace   e NAME: by another name   = NAME: is this person too   n: leave as it is   q: stop"


def add(
    study: Study, files: Sequence[Path], who: str, declared: Declared, decisions: Path | None, *, check: bool
) -> AddReport:
    """Add originals whose names are replaced; with `check`, only show what would be."""
    from qualkit import study as studies
    from qualkit.adding import add_originals
    from qualkit.cli.shown import DRAFTED, next_step, show_path, show_table, study_option_for, tell_added
    from qualkit.pseudonymised import add_pseudonymised, door_table, save_door
    from qualkit.pseudonymising import asked, open_door, with_choices
    from qualkit.register import key_path
    from qualkit.roster import ensure_participants
    from qualkit.scanning import every_detector

    read = add_originals(study, files, who=who, dry_run=True, declared=declared)
    if not read.transcripts:
        tell_added(read)
        return read
    door = open_door(study, read.transcripts, who, every_detector())
    if decisions is not None:
        door = with_choices(door, _choices(decisions))
    if check:
        show_table(door_table(door))
        _tell_waiting(len(asked(door)))
        click.echo("Nothing was written.", err=True)
        return read
    stopped = False
    if asked(door) and _on_terminal():
        door, stopped = _walk(door)
    with studies.locked(study, who):
        if stopped:
            save_door(door)
            click.echo("Stopped; nothing was added. What you decided is kept.", err=True)
            return read
        report = add_pseudonymised(door, files, declared=declared)
        if ensure_participants(study, report.added, who):
            click.echo(DRAFTED, err=True)
    tell_added(report)
    click.echo(f"Who is who stands in the key: {show_path(key_path(study))}. Keep it apart from the study.", err=True)
    inside = [path.name for path in files if study.root.absolute() in path.absolute().parents]
    if inside:
        click.echo(f"{len(inside)} originals lie inside the study, with the names in them: move them out.", err=True)
    next_step(f"qualkit anonymise scan{study_option_for(study.root)}   (places and what else tells who somebody is)")
    return report


def _on_terminal() -> bool:
    return sys.stdin.isatty() and sys.stderr.isatty()


def _choices(path: Path) -> list[Choice]:
    from qualkit.anonymisation.decisionsfile import parse_decisions
    from qualkit.errors import FaultyFiles

    choices, problems = parse_decisions(path.read_text(encoding="utf-8"), path.name)
    if any(problem.severity == "error" for problem in problems):
        raise FaultyFiles(problems, "the file of decisions has faults; nothing was added")
    return choices


def _tell_waiting(number: int) -> None:
    if number:
        what = "One name waits" if number == 1 else f"{number} names wait"
        click.echo(f"{what} to be decided: you are asked when you add, or decide in a file (--decisions).", err=True)


def _walk(door: Door) -> tuple[Door, bool]:
    """Ask about every name that is not decided; return what was decided, and whether somebody stopped."""
    from qualkit.cli.shown import visible
    from qualkit.pseudonymising import asked, left

    click.echo(f"{_KEYS}\n", err=True)
    told = False
    while waiting := asked(door):
        one = waiting[0]
        if one.type == "other" and not told:
            told = True
            words = ", ".join(visible(other.form) for other in waiting)
            click.echo(f"Left are words with a capital that are in no dictionary: {words}.", err=True)
            if click.confirm("Is none of them a name?", default=False, err=True):
                for other in waiting:
                    door = left(door, other)
                return door, False
        click.echo(f"{len(waiting)} left.", err=True)
        after = _answer(door, one)
        if after is None:
            return door, True
        door = after
    return door, False


def _answer(door: Door, one: Candidate) -> Door | None:
    """Ask about one name until the answer is one; None stops."""
    from qualkit.cli.shown import visible
    from qualkit.deciding import find_identity
    from qualkit.pseudonymising import contradictions, left, proposed, replaced, same_as

    shown = proposed(door, one)
    for place in one.places[:2]:
        words = click.style(place.words, bold=True)
        click.echo(f"  {place.where}: …{visible(place.before)}{words}{visible(place.after)}…", err=True)
    while True:
        said = click.prompt(f"{visible(one.form)} ({one.count}) → [{shown}]", default="y", show_default=False, err=True)
        key, _, rest = str(said).strip().partition(" ")
        rest = rest.strip() or (key[1:] if key.startswith("=") else "")
        if key == "n":
            return left(door, one)
        if key == "q":
            return None
        if key == "y" or (key == "e" and rest):
            after = replaced(door, one, rest if key == "e" else shown)
            if not contradictions(after):
                return after
            click.echo("That is somebody else's pseudonym, or a real name in the key: choose another.", err=True)
            continue
        same = find_identity(door.key, rest) if key.startswith("=") else None
        if same is not None:
            return same_as(door, one, same)
        click.echo(_KEYS if not key.startswith("=") else "Nobody of this name is in the key.", err=True)
