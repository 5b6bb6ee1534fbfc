"""How results are shown: a Table on the terminal, plain where there is none, JSON where asked."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from qualkit.model import RULES_CODER, Anchor, Coding
from qualkit.table import Cell, Table, cell_text

if TYPE_CHECKING:
    from qualkit.adding import AddReport
    from qualkit.reanchoring import Moved, Places

_FEW = 50
_BECAME: tuple[tuple[Anchor, str], ...] = (
    ("kept", "where they stood"),
    ("moved", "moved with their words"),
    ("words-changed", "with other words now"),
    ("ambiguous", "not certain"),
    ("lost", "not found"),
)

DRAFTED = "participants.csv was drafted from the speaker labels: look through it and fill in what you compare by."

Progress = Callable[[str, int, int], None]


def show_table(table: Table, *, as_json: bool = False, owners: Mapping[str, str] | None = None) -> None:
    """Print a table on stdout.

    Args:
        table: Its words are shown as they were said: the screen is the researcher's own desk.
        as_json: As a list of rows.
        owners: By coding id, who is told behind the words.
    """
    if as_json:
        click.echo(json_text(table_rows(table, owners)))
        return
    from rich.console import Console
    from rich.table import Table as RichTable
    from rich.text import Text

    rich = RichTable(title=Text(visible(table.title)), title_justify="left", show_lines=False, header_style="bold")
    for column in table.columns:
        centred = column.kind in ("mark", "count")
        rich.add_column(Text(visible(column.label)), justify="center" if centred else "left", overflow="fold")
    for row in table.rows:
        rich.add_row(*(Text(visible(cell_text(_told(cell, owners or {})))) for cell in row))
    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else 160
    console = Console(width=width, highlight=False, file=sys.stdout)
    console.print(rich)
    for note in table.notes:
        console.print(Text(visible(note)), style="dim")


def show_tables(tables: Sequence[Table], *, as_json: bool = False, owners: Mapping[str, str] | None = None) -> None:
    """Print some tables on stdout; as JSON their rows under their names."""
    if as_json:
        click.echo(json_text({table.name: table_rows(table, owners) for table in tables}))
        return
    for table in tables:
        show_table(table, owners=owners)


def table_rows(table: Table, owners: Mapping[str, str] | None = None) -> list[dict[str, object]]:
    """Return a table's rows as JSON has them; `owners` are those of `show_table`."""
    keys = [column.key for column in table.columns]
    return [dict(zip(keys, (_plain(_told(cell, owners or {})) for cell in row), strict=True)) for row in table.rows]


def _told(cell: Cell, owners: Mapping[str, str]) -> Cell:
    """Return a cell with whose words it holds, where that is known."""
    return f"{cell.unit.text} ({owners[cell.id]})" if isinstance(cell, Coding) and owners.get(cell.id) else cell


def _plain(cell: object) -> object:
    return cell if cell is None or isinstance(cell, str | int | float) else cell_text(cell)  # type: ignore[arg-type]


def json_text(value: object) -> str:
    """Return JSON as it is printed: letters stay letters, and what would command the terminal is written out."""
    written = json.dumps(value, ensure_ascii=False, indent=1)
    return re.sub("[\x7f-\x9f\u2028\u2029]", lambda found: f"\\u{ord(found.group()):04x}", written)


def visible(text: str) -> str:
    """Return a text without characters that would command the terminal."""
    return "".join(char if char.isprintable() or char == "\n" else " " for char in text)


@contextmanager
def progress() -> Iterator[Progress]:
    """Give a function that shows progress: a bar on a terminal, a line a step elsewhere."""
    if not sys.stderr.isatty():
        told: set[str] = set()

        def line(what: str, _done: int, total: int) -> None:
            if what not in told and total:
                told.add(what)
                click.echo(f"{what}: {total} …", err=True)

        yield line
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        tasks: dict[str, int] = {}

        def advance(what: str, done: int, total: int) -> None:
            if what not in tasks:
                tasks[what] = bar.add_task(what, total=total)
            bar.update(tasks[what], completed=done)  # type: ignore[arg-type]

        yield advance


def tell_added(report: AddReport) -> None:
    """Print on stderr what became of each original; of many, only those about which something was decided."""
    for told in report.added:
        marks = f", {told.comments} comments and highlightings kept" if told.comments else ""
        if len(report.added) <= _FEW or told.decided:
            click.echo(
                f"{visible(told.source)} → {told.transcript}: {_counted(told.words, 'word')}, "
                f"{_counted(told.turns, 'turn')}, {_counted(told.speakers, 'speaker')}, {told.language}{marks}",
                err=True,
            )
        for sentence in told.decided:
            click.echo(f"  {visible(sentence)}", err=True)
    for source, why in report.skipped:
        click.echo(visible(f"{source}: {why}"), err=True)


def _counted(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def tell_moved(moved: Sequence[Moved], *, would: bool = False) -> None:
    """Print on stderr what became of the codings of changed transcripts; of proposals nothing, they are made anew.

    Args:
        moved: As `reanchor_study` returned it.
        would: Whether nothing was written, so that it is what would become of them.
    """
    names = dict.fromkeys(item.transcript for item in moved if item.coder != RULES_CODER and (item.written or would))
    became = "was changed: of its codings would be" if would else "was changed: of its codings"
    for name in names:
        own = [item for item in moved if item.transcript == name and item.coder != RULES_CODER]
        parts = [(sum(item.count(anchor) for item in own), words) for anchor, words in _BECAME]
        told = ", ".join(f"{number} {words}" for number, words in parts if number)
        click.echo(f"{name} {became} {told}.", err=True)
        alone = sum(item.by_words for item in own)
        if alone:
            click.echo(f"  {alone} were looked for by their words alone: the text they were made on is gone.", err=True)


def tell_places(places: Places, *, would: bool = False) -> None:
    """Print on stderr what became of the places that decisions of the register were made about alone.

    Args:
        places: As `follow_register` returned it.
        would: Whether nothing was written.
    """
    if places.locked:
        click.echo(
            "The register is sealed, so the places decided alone were not moved along. They follow when it is opened "
            "next, as by qualkit anonymise scan.",
            err=True,
        )
    parts = [(places.count(anchor), words) for anchor, words in _BECAME]
    told = ", ".join(f"{number} {words}" for number, words in parts if number)
    if told:
        click.echo(f"Of places that were decided alone {'would be' if would else 'are'} {told}.", err=True)
    for one in places.asked:
        could = f"; it could be {', '.join(map(str, one.candidates))}" if one.candidates else ""
        click.echo(
            f"  {visible(str(one.before))}: its words {'would be' if would else 'are'} asked about again{could}",
            err=True,
        )
    if places.asked and not would:
        click.echo("  Decide about them again: qualkit anonymise decide", err=True)


def show_path(path: Path) -> str:
    """Return a path as short as it can be typed from here."""
    try:
        return str(path.resolve().relative_to(Path.cwd()))
    except ValueError:
        return str(path)


def study_option_for(root: Path) -> str:
    """Return the option that names a study in a command, or "" where one stands in it."""
    here = show_path(root)
    return "" if here == "." else f" --study {shlex.quote(here)}"


def next_step(text: str) -> None:
    """Print the next command on stderr."""
    click.secho(f"Next: {text}", fg="cyan", err=True)
