"""What `withdraw` and `close` show: what will go, a question, and what is left to do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

import click

from qualkit.erasure import Change
from qualkit.errors import QualkitError
from qualkit.left_behind import Place

_SHOWN = 30
# Their files are named after hashes, which tell a person nothing.
_UNNAMED = ("cache", "undo data")


class NotAsked(QualkitError):
    """Nobody can be asked whether to go on."""

    def __init__(self) -> None:
        super().__init__(
            "nobody was there to answer, so nothing was changed", "In a script say --yes; -n shows what would go."
        )


def tell_changes(changes: Sequence[Change]) -> None:
    """Print how many files go and change, kind by kind, and their names, unless those tell nothing."""
    for going, head in ((True, "These files go:"), (False, "These files stay, without the words:")):
        some = [change for change in changes if (change.data is None) == going]
        if not some:
            continue
        click.echo(head, err=True)
        kinds = Counter(change.why for change in some)
        for why, number in kinds.items():
            names = [change.file for change in some if change.why == why]
            if why in _UNNAMED:
                click.echo(f"  {why}: {number}", err=True)
                continue
            more = f" … and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
            click.echo(f"  {why}: {number}  ({', '.join(names[:_SHOWN])}{more})", err=True)


def many(number: int, what: str) -> str:
    """Return a number with what is counted: the first word of it stands in the plural where there are several.

    Example:
        >>> many(1, "turn beside others"), many(3, "turn beside others")
        ('1 turn beside others', '3 turns beside others')
    """
    word, space, rest = what.partition(" ")
    return f"{number} {word}{'' if number == 1 else 's'}{space}{rest}"


def tell_list(head: str, items: Iterable[object]) -> None:
    """Print a heading and a list under it, if there is anything in it."""
    items = list(items)
    if items:
        click.echo(head, err=True)
        for item in items:
            click.echo(f"  - {item}", err=True)


def tell_places(head: str, places: Sequence[Place]) -> None:
    """Print where something was found, not more than can be read."""
    shown = [str(place) for place in places[:_SHOWN]]
    tell_list(head, [*shown, f"… and {len(places) - _SHOWN} more"] if len(places) > _SHOWN else shown)


class BeforeItsDate(QualkitError):
    """A study is to be closed before the date that was promised."""

    def __init__(self, when: str) -> None:
        super().__init__(
            f"{when}, so nothing was changed",
            'To close it all the same: qualkit close --before-date "why" (it is written to the trail).',
        )


def tell_date(day: date | None, *, early: bool) -> None:
    """Tell when the study is to be deleted.

    Raises:
        BeforeItsDate: If that is in the future, or not known, and nobody said why it is closed now.
    """
    left = (day - datetime.now(UTC).date()).days if day is not None else 0
    if day is not None and left <= 0:
        click.echo(f"The deletion date was {day.isoformat()}.", err=True)
        return
    known = f"the deletion date is {day.isoformat()}, in {left} days" if day is not None else ""
    when = known or "study.yaml names no deletion date"
    if not early:
        raise BeforeItsDate(when)
    click.echo(f"Note: {when}.", err=True)


def asked(question: str, *, yes: bool) -> bool:
    """Ask whether to go on; without a person there, stop.

    Raises:
        NotAsked: If nobody can answer.
    """
    if yes:
        return True
    try:
        return click.confirm(question, default=False, err=True)
    except click.Abort:
        raise NotAsked from None


def shown_paths(paths: Iterable[Path]) -> list[str]:
    """Return paths in full: they are to be found in a file manager."""
    return [str(path) for path in paths]
